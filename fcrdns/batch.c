/* SPDX-License-Identifier: ISC */
#include "batch.h"

#include <sys/time.h>

#include <event2/event.h>
#include <stdlib.h>

#include "dnsbls.h"
#include "fcrdns_conf.h"
#include "inquiries.h"
#include "jail.h"
#include "log.h"
#include "resolver.h"
#include "sock.h"
#include "xalloc.h"

#define FILES_WANTED 1024
#define FILES_SPARE  32
#define CACHE	     1024

/* One address, from its turn to be asked to its turn to be told. */
struct slot {
	struct asker	asker;
	struct findings findings;
	int		done;
};

struct run {
	const struct batch *batch;
	struct event_base  *base;
	struct event	   *input;
	struct inquiries   *inquiries;
	struct dnsbls	   *dnsbls; /* or NULL */
	struct fcrdns_conf  conf;   /* without limits */
	struct slot	   *slots;  /* a ring */
	unsigned int	    size, first, used;
	int		    end;
};

static void pump(struct run *);

static void
on_findings(struct asker *a, const struct findings *f)
{
	struct slot *s = (struct slot *)a;

	s->findings = *f;
	s->done = 1;
	pump(a->arg);
}

static void
on_input(int fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	pump(arg);
}

/* Tell what is known, in order. */
static void
tell(struct run *r)
{
	struct slot *s;

	while (r->used > 0 && (s = &r->slots[r->first])->done) {
		r->batch->done(r->batch->arg, &s->findings);
		r->first = (r->first + 1) % r->size;
		r->used--;
	}
}

static void
ask(struct run *r, const struct addr *addr)
{
	struct slot *s = &r->slots[(r->first + r->used++) % r->size];

	s->asker.fn = on_findings;
	s->asker.arg = r;
	s->done = inquiries_ask(r->inquiries, addr, &s->asker, &s->findings);
}

static void
pump(struct run *r)
{
	struct addr addr;

	tell(r);
	while (!r->end && r->used < r->size) {
		switch (r->batch->next(r->batch->arg, &addr)) {
		case BATCH_ADDRESS:
			ask(r, &addr);
			tell(r);
			continue;
		case BATCH_LATER:
			if (event_add(r->input, NULL) == 0)
				return;
			log_warn("input");
			break;
		case BATCH_END:
			break;
		}
		r->end = 1;
	}
	if (r->end && r->used == 0)
		event_base_loopbreak(r->base);
}

static struct resolver *
start_resolver(struct event_base *base, const struct fcrdns_conf *conf)
{
	struct jail	 jail = { .needs = JAIL_INET };
	struct resolver *resolver;
	unsigned long	 files;

	files = sock_raise_files(FILES_WANTED);
	resolver = resolver_new(base, conf,
	    files > 2 * FILES_SPARE ? (unsigned int)files - FILES_SPARE :
				      FILES_SPARE);
	if (resolver == NULL)
		return NULL;
	if (resolver_start(resolver) == -1 || jail_lock(&jail) == -1) {
		resolver_unref(resolver);
		return NULL;
	}
	return resolver;
}

/* All that is asked for comes from one person: no limit but one. */
static void
use(struct run *r, const struct fcrdns_conf *conf, struct resolver *resolver)
{
	r->conf = *conf;
	r->conf.inquiries = r->conf.inquiries_per_network = r->size;
	if (r->batch->dnsbls) {
		r->dnsbls = dnsbls_new(r->base);
		dnsbls_use(r->dnsbls, &r->conf, resolver);
	}
	inquiries_sets(r->inquiries, r->batch->sets);
	inquiries_use(r->inquiries, &r->conf, resolver, r->dnsbls);
}

int
batch_run(const struct fcrdns_conf *conf, unsigned int inflight,
    const struct batch *batch)
{
	struct run	 r = { .batch = batch, .size = inflight };
	struct resolver *resolver = NULL;
	int		 ret = -1;

	if ((r.base = event_base_new()) == NULL ||
	    (r.input = event_new(r.base, batch->fd, EV_READ, on_input, &r)) ==
		NULL) {
		log_warnx("no event loop");
		goto out;
	}
	if ((resolver = start_resolver(r.base, conf)) == NULL)
		goto out;
	r.slots = xcalloc(inflight, sizeof(*r.slots));
	r.inquiries = inquiries_new(r.base, CACHE);
	use(&r, conf, resolver);
	pump(&r);
	if ((!r.end || r.used > 0) && event_base_dispatch(r.base) == -1) {
		log_warnx("the event loop failed");
		goto out;
	}
	ret = 0;
out:
	inquiries_free(r.inquiries);
	dnsbls_free(r.dnsbls);
	resolver_unref(resolver);
	free(r.slots);
	if (r.input != NULL)
		event_free(r.input);
	if (r.base != NULL)
		event_base_free(r.base);
	return ret;
}
