/* SPDX-License-Identifier: ISC */
#include "inquiries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cache.h"
#include "clock.h"
#include "dnsbls.h"
#include "fcrdns_conf.h"
#include "health.h"
#include "inquiry.h"
#include "known.h"
#include "line.h"
#include "log.h"
#include "resolver.h"
#include "table.h"
#include "xalloc.h"

#define EXPECTED 4096 /* in flight, for the tables' size */

/* Askers of one network, while any of its inquiries is in flight. */
struct network {
	struct table_entry table; /* first: see table.h */
	unsigned int	   inflight;
};

/* One inquiry and all who wait for it. */
struct shared {
	struct table_entry table; /* first */
	struct inquiries  *all;
	struct inquiry	  *inquiry;
	struct network	  *network;
	TAILQ_HEAD(askers, asker) askers;
	TAILQ_ENTRY(shared) entry;
	int keep; /* in the cache */
};

struct inquiries {
	struct event_base *base;
	struct resolver	  *resolver;
	struct cache	  *cache;
	struct table	   inflight; /* struct shared */
	struct table	   networks; /* struct network */
	TAILQ_HEAD(all_shared, shared) shared;
	const struct fcrdns_conf *conf;
	struct dnsbls		 *dnsbls;     /* or NULL */
	unsigned int		  generation; /* of them */
	const struct sets	 *sets;	      /* or NULL */
	struct health		  health;
	struct inquiries_stats	  stats;
};

struct inquiries *
inquiries_new(struct event_base *base, size_t cache)
{
	struct inquiries *all;

	all = xcalloc(1, sizeof(*all));
	all->base = base;
	all->cache = cache_new(cache);
	table_init(&all->inflight, EXPECTED);
	table_init(&all->networks, EXPECTED);
	TAILQ_INIT(&all->shared);
	return all;
}

static void
leave_network(struct inquiries *all, struct network *net)
{
	if (--net->inflight > 0)
		return;
	table_remove(&all->networks, &net->table);
	free(net);
}

/* Nobody waits any more, or will hear. */
static void
shared_free(struct shared *s)
{
	struct asker *a;

	while ((a = TAILQ_FIRST(&s->askers)) != NULL)
		inquiries_leave(a);
	table_remove(&s->all->inflight, &s->table);
	TAILQ_REMOVE(&s->all->shared, s, entry);
	if (s->network != NULL)
		leave_network(s->all, s->network);
	free(s);
}

void
inquiries_free(struct inquiries *all)
{
	struct shared *s;

	if (all == NULL)
		return;
	while ((s = TAILQ_FIRST(&all->shared)) != NULL) {
		inquiry_free(s->inquiry);
		shared_free(s);
	}
	resolver_unref(all->resolver);
	cache_free(all->cache);
	table_free(&all->inflight);
	table_free(&all->networks);
	free(all);
}

void
inquiries_sets(struct inquiries *all, const struct sets *sets)
{
	all->sets = sets;
}

/* What was found, and what is still found by those in flight. */
static void
forget(struct inquiries *all)
{
	struct shared *s;

	cache_clear(all->cache);
	for (s = TAILQ_FIRST(&all->shared); s != NULL; s = TAILQ_NEXT(s, entry))
		s->keep = 0;
}

/* The DNS lists may be others, or one of them no good any more. */
static void
look_at_lists(struct inquiries *all)
{
	unsigned int generation;

	generation = all->dnsbls != NULL ? dnsbls_generation(all->dnsbls) : 0;
	if (generation == all->generation)
		return;
	all->generation = generation;
	forget(all);
}

void
inquiries_use(struct inquiries *all, const struct fcrdns_conf *conf,
    struct resolver *r, struct dnsbls *dnsbls)
{
	all->conf = conf;
	all->dnsbls = dnsbls;
	look_at_lists(all);
	if (r == all->resolver)
		return;
	resolver_ref(r);
	resolver_unref(all->resolver);
	all->resolver = r;
	/* What the old one found, and will still find, is the old truth. */
	forget(all);
}

static void
count(struct inquiries *all, const struct findings *f)
{
	unsigned int clients, temperrors;
	int64_t	     now = clock_ms() / 1000;

	all->stats.results[f->iprev]++;
	switch (health_add(&all->health, now, f->iprev == IPREV_TEMPERROR)) {
	case HEALTH_SAME:
		break;
	case HEALTH_BEGINS:
		health_minute(&all->health, now, &clients, &temperrors);
		log_warnx("resolver-trouble clients=%u temperror=%u "
			  "why=\"most lookups of the last minute failed: "
			  "is the resolver or the network down?\"",
		    clients, temperrors);
		break;
	case HEALTH_ENDS:
		log_info("resolver-recovered");
		break;
	}
}

/* With -v: each inquiry. */
static void
log_findings(const struct findings *f)
{
	struct line  l;
	char	     addr[ADDR_LEN], dnsbl[DNSBL_NAME_LEN + 16];
	unsigned int i;

	if (!log_is_verbose())
		return;
	line_init(&l);
	line_word(&l, "inquiry");
	line_field(&l, "client", addr_print(&f->addr, addr), ADDR_LEN);
	line_field(&l, "result", iprev_name(f->iprev), ADDR_LEN);
	line_field(&l, "cause", cause_name(f->cause), ADDR_LEN);
	line_field(&l, "name", findings_confirmed(f), DNS_NAME_LEN);
	line_number(&l, "ptrs", f->nptrs);
	line_number(&l, "invalid", f->ninvalid);
	line_field(&l, "secure", dnssec_name(f->dnssec), ADDR_LEN);
	line_number(&l, "ttl", f->ttl);
	line_number(&l, "ms", f->elapsed_ms);
	for (i = 0; i < f->ndnsbls; i++) {
		snprintf(dnsbl, sizeof(dnsbl), "%s/%s", f->dnsbls[i].name,
		    dnsbl_state_name(f->dnsbls[i].state));
		line_field(&l, "dnsbl", dnsbl, sizeof(dnsbl));
	}
	log_debug("%s", l.buf);
}

static void
on_findings(void *arg, const struct findings *found)
{
	struct shared	 *s = arg;
	struct inquiries *all = s->all;
	struct findings	  f = *found;
	struct asker	 *a;

	log_findings(found);
	s->inquiry = NULL;
	look_at_lists(all);
	if (all->dnsbls != NULL)
		dnsbls_doubt(all->dnsbls, &f);
	if (s->keep)
		cache_put(all->cache, found, clock_ms());
	/* As they are now, not as they were when it began. */
	known_lists(&f, &f.addr, all->conf, all->sets);
	while ((a = TAILQ_FIRST(&s->askers)) != NULL) {
		inquiries_leave(a);
		count(all, &f);
		a->fn(a, &f);
	}
	shared_free(s);
}

/*
 * At a limit the oldest inquiry that nobody waits for any more gives way, in
 * that network or (NULL) in any: who asks and leaves shall shut out nobody.
 */
static int
give_way(struct inquiries *all, const struct network *net)
{
	struct shared *s;

	TAILQ_FOREACH(s, &all->shared, entry) {
		if (s->inquiry == NULL || !TAILQ_EMPTY(&s->askers) ||
		    (net != NULL && s->network != net))
			continue;
		inquiry_free(s->inquiry);
		shared_free(s);
		return 1;
	}
	return 0;
}

/* NULL: out of memory.  *full: the network's limit is reached. */
static struct network *
enter_network(struct inquiries *all, const struct addr *addr, int *full)
{
	struct prefix	prefix = addr_network(addr);
	struct network *net;

	net = (struct network *)table_find(&all->networks, &prefix.addr);
	if (net == NULL) {
		if ((net = calloc(1, sizeof(*net))) == NULL)
			return NULL;
		table_add(&all->networks, &net->table, &prefix.addr);
	}
	/* Counted first: the network must not go with one that gives way. */
	net->inflight++;
	if (net->inflight > all->conf->inquiries_per_network &&
	    !give_way(all, net)) {
		*full = 1;
		leave_network(all, net);
		return NULL;
	}
	return net;
}

/* Start an inquiry; CAUSE_NONE, or why not. */
static enum cause
start(struct inquiries *all, const struct addr *addr, struct shared **sp)
{
	struct shared *s;
	int	       full = 0;

	if (all->inflight.count >= all->conf->inquiries && !give_way(all, NULL))
		return CAUSE_OVERLOAD;
	if ((s = calloc(1, sizeof(*s))) == NULL)
		return CAUSE_RESOURCES;
	s->all = all;
	s->keep = 1;
	TAILQ_INIT(&s->askers);
	table_add(&all->inflight, &s->table, addr);
	TAILQ_INSERT_TAIL(&all->shared, s, entry);
	s->network = enter_network(all, addr, &full);
	if (s->network != NULL)
		s->inquiry = inquiry_new(all->base, all->resolver, all->dnsbls,
		    addr, all->conf->timeout, on_findings, s);
	if (s->inquiry == NULL) {
		shared_free(s);
		return full ? CAUSE_OVERLOAD : CAUSE_RESOURCES;
	}
	all->stats.started++;
	*sp = s;
	return CAUSE_NONE;
}

/* What is known at once: 1 and the findings. */
static int
answer_now(struct inquiries *all, const struct addr *addr, struct findings *f)
{
	if (known_early(f, addr, all->conf, all->sets)) {
		all->stats.early++;
		all->stats.results[f->iprev]++;
		return 1;
	}
	look_at_lists(all);
	if (!cache_get(all->cache, addr, clock_ms(), f))
		return 0;
	known_lists(f, addr, all->conf, all->sets);
	all->stats.cached++;
	count(all, f);
	return 1;
}

int
inquiries_ask(struct inquiries *all, const struct addr *addr, struct asker *a,
    struct findings *f)
{
	struct shared *s;
	enum cause     cause;

	a->shared = NULL;
	all->stats.clients++;
	if (answer_now(all, addr, f))
		return 1;
	s = (struct shared *)table_find(&all->inflight, addr);
	if (s != NULL)
		all->stats.shared++;
	else if ((cause = start(all, addr, &s)) != CAUSE_NONE) {
		all->stats.overload += cause == CAUSE_OVERLOAD;
		findings_trouble(f, addr, cause);
		known_lists(f, addr, all->conf, all->sets);
		count(all, f);
		return 1;
	}
	a->shared = s;
	TAILQ_INSERT_TAIL(&s->askers, a, entry);
	return 0;
}

void
inquiries_leave(struct asker *a)
{
	if (a->shared == NULL)
		return;
	TAILQ_REMOVE(&a->shared->askers, a, entry);
	a->shared = NULL;
}

void
inquiries_stats(struct inquiries *all, struct inquiries_stats *st)
{
	*st = all->stats;
	st->inflight = all->inflight.count;
	st->cache_entries = cache_count(all->cache);
	health_minute(&all->health, clock_ms() / 1000, &st->minute_clients,
	    &st->minute_temperrors);
	st->trouble = all->health.trouble;
}
