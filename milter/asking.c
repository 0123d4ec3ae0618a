/* SPDX-License-Identifier: ISC */
#include <stdatomic.h>

#include "asking.h"
#include "fcrdns_conf.h"
#include "milter_conf.h"
#include "xalloc.h"

#define IDLE_CONNECTIONS 64

/* fcrdnsd ends every inquiry by its timeout; then it is not coming. */
#define GRACE_MS 1000
/* Postfix's milter_command_timeout is 30 s; then it stops listening to us. */
#define PATIENCE_MS 28000

struct asking {
	struct fcrdns_client *client;
	atomic_uint	      waiting;
};

struct asking *
asking_new(const char *path)
{
	struct asking *a;

	a = xcalloc(1, sizeof(*a));
	a->client = fcrdns_client_new(path, IDLE_CONNECTIONS);
	return a;
}

struct fcrdns_ask *
asking_send(struct asking *a, const struct addr *addr)
{
	return fcrdns_ask(a->client, addr);
}

int
asking_ready(const struct fcrdns_ask *ask)
{
	return ask == NULL || fcrdns_ready(ask);
}

void
asking_fetch(struct asking *a, struct fcrdns_ask *ask, const struct addr *addr,
    const struct milter_conf *mconf, const struct fcrdns_conf *fconf,
    struct findings *found)
{
	int ms;

	if (ask == NULL) {
		findings_trouble(found, addr, CAUSE_RESOURCES);
		return;
	}
	if (atomic_fetch_add(&a->waiting, 1) >= mconf->sessions) {
		fcrdns_drop(ask);
		findings_trouble(found, addr, CAUSE_OVERLOAD);
	} else {
		ms = (int)fconf->timeout * 1000 + GRACE_MS;
		fcrdns_answer(ask, ms < PATIENCE_MS ? ms : PATIENCE_MS, found);
	}
	atomic_fetch_sub(&a->waiting, 1);
}

unsigned int
asking_waiting(const struct asking *a)
{
	return atomic_load(&a->waiting);
}
