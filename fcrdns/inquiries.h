/* SPDX-License-Identifier: ISC */
/*
 * All inquiries of a program: askers of the same address share one, so many
 * are in flight at once in all and for one network and no more, and what was
 * found is kept for as long as it holds.
 *
 * An asker is embedded in whatever the caller waits with.
 */
#ifndef INQUIRIES_H
#define INQUIRIES_H

#include <sys/queue.h>
#include <stddef.h>
#include <stdint.h>

#include "iprev.h"

struct dnsbls;
struct event_base;
struct fcrdns_conf;
struct inquiries;
struct resolver;
struct sets;
struct shared;

struct asker;
typedef void asker_fn(struct asker *, const struct findings *);

struct asker {
	TAILQ_ENTRY(asker) entry;
	struct shared *shared; /* NULL: does not wait */
	asker_fn      *fn;
	void	      *arg; /* the caller's */
};

struct inquiries_stats {
	uint64_t     clients;  /* asks */
	uint64_t     started;  /* inquiries */
	uint64_t     cached;   /* asks answered from the cache */
	uint64_t     shared;   /* asks that joined an inquiry */
	uint64_t     overload; /* asks refused for the limits */
	uint64_t     early;    /* asks decided by our own lists */
	uint64_t     results[IPREV_PERMERROR + 1]; /* of asks */
	size_t	     inflight;
	size_t	     cache_entries;
	unsigned int minute_clients;
	unsigned int minute_temperrors;
	int	     trouble; /* the fault is ours: health.h */
};

/* May die. */
struct inquiries *inquiries_new(struct event_base *, size_t cache);
void		  inquiries_free(struct inquiries *);
/*
 * The file from now on, which must stay until the next one; takes a reference
 * to the resolver.  A new resolver empties the cache, and so do new DNS lists
 * (NULL: none are asked).
 */
void inquiries_use(struct inquiries *, const struct fcrdns_conf *,
    struct resolver *, struct dnsbls *);
/* Our own lists; borrowed.  What they decide is answered without any DNS. */
void inquiries_sets(struct inquiries *, const struct sets *);

/*
 * 1: answered at once, in *f, and the asker is not used.  0: asker->fn will
 * be called, from the loop.
 */
int inquiries_ask(struct inquiries *, const struct addr *, struct asker *,
    struct findings *f);
/* Not interested any more.  The inquiry goes on, for the cache. */
void inquiries_leave(struct asker *);
void inquiries_stats(struct inquiries *, struct inquiries_stats *);

#endif /* INQUIRIES_H */
