/* SPDX-License-Identifier: ISC */
#include "wanted.h"

#include <string.h>

#include "firewall.h"
#include "imapgate_conf.h"
#include "leases.h"

int
wanted_is(const struct imapgate_conf *c, const struct lease *l, time_t now)
{
	if (l->ended || (now != 0 && !lease_is_open(l, now)))
		return 0;
	return imapgate_refuses(c, &l->prefix) == NULL;
}

int
wanted_set(struct firewall_set *set, const struct leases *l,
    const struct imapgate_conf *c, time_t now)
{
	size_t i;

	memset(set, 0, sizeof(*set));
	for (i = 0; i < c->npermanent; i++)
		if (firewall_set_add(set, &c->permanent[i].prefix) == -1)
			goto bad;
	for (i = 0; i < l->n; i++)
		if (wanted_is(c, &l->lease[i], now) &&
		    firewall_set_add(set, &l->lease[i].prefix) == -1)
			goto bad;
	firewall_set_merge(set);
	return 0;
bad:
	firewall_set_free(set);
	return -1;
}

int
wanted_gone(struct firewall_set *set, const struct leases *l,
    const struct imapgate_conf *c, time_t now, const struct firewall_set *have)
{
	size_t i;

	memset(set, 0, sizeof(*set));
	for (i = 0; i < have->n; i++)
		if (firewall_set_add(set, &have->prefix[i]) == -1)
			goto bad;
	for (i = 0; i < l->n; i++)
		if (!wanted_is(c, &l->lease[i], now) &&
		    firewall_set_add(set, &l->lease[i].prefix) == -1)
			goto bad;
	firewall_set_merge(set);
	return 0;
bad:
	firewall_set_free(set);
	return -1;
}

static int
covers(const struct prefix *wide, const struct prefix *p)
{
	return wide->bits <= p->bits && prefix_contains(wide, &p->addr);
}

const struct imapgate_permanent *
wanted_permanent(const struct imapgate_conf *c, const struct prefix *p)
{
	size_t i;

	for (i = 0; i < c->npermanent; i++)
		if (covers(&c->permanent[i].prefix, p))
			return &c->permanent[i];
	return NULL;
}

const struct lease *
wanted_lease(const struct leases *l, const struct imapgate_conf *c,
    const struct prefix *p, time_t now, const struct lease * not )
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (&l->lease[i] != not &&covers(&l->lease[i].prefix, p) &&
		    wanted_is(c, &l->lease[i], now))
			return &l->lease[i];
	return NULL;
}
