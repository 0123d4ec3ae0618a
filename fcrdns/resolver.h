/* SPDX-License-Identifier: ISC */
/*
 * The DNS resolver: the one place that knows libunbound.  It runs on the
 * caller's libevent loop, with a cache and (if so configured) DNSSEC
 * validation of its own, and recurses by itself or forwards.
 *
 * A reply may come before resolver_ask() returns, and it comes from inside
 * libunbound: whoever gets it copies what it needs and returns, and calls
 * nothing of this header.  Deadlines are the
 * caller's: libunbound itself may try for minutes.
 *
 * The names that are asked for are never logged whole if a zone of
 * resolver_hide() is in them, by us or by libunbound.
 *
 * Counted references: a reload makes a new resolver, the inquiries in flight
 * finish with the old one.
 */
#ifndef RESOLVER_H
#define RESOLVER_H

#include <stddef.h>

#include "tally.h"

struct event_base;
struct fcrdns_conf;
struct question; /* that libunbound still works on */
struct resolver;

enum resolver_type {
	RESOLVER_A = 1,
	RESOLVER_PTR = 12,
	RESOLVER_TXT = 16,
	RESOLVER_AAAA = 28
};

struct reply {
	enum lookup_state state; /* LOOKUP_ANSWERED: there is a message */
	int		  secure;
	const void	 *msg; /* until the callback returns */
	size_t		  len;
};

typedef void resolver_fn(void *arg, const struct reply *);

/*
 * files: how many descriptors it may use.  NULL with the reason logged.
 * resolver_start() forces the first lookup, a local one, by which libunbound
 * takes its settings and opens what it needs: call it before the jail is
 * locked.  0, or -1 with the reason logged (a bad trust anchor, say).
 */
struct resolver *resolver_new(struct event_base *, const struct fcrdns_conf *,
    unsigned int files);
int		 resolver_start(struct resolver *);
struct resolver *resolver_ref(struct resolver *);
void		 resolver_unref(struct resolver *);
int		 resolver_validates(const struct resolver *);

/*
 * A zone that is a secret: no line that tells it is logged from now on, not
 * after a reload either, for what is still in flight.  In resolver_log.c.
 */
void resolver_hide(const char *zone);

/* Would a resolver for the one do for the other as well? */
int resolver_same(const struct fcrdns_conf *, const struct fcrdns_conf *);

/*
 * *slot is the question until its reply comes, and NULL from then on, when
 * fn is called.  What cannot be asked is replied at once, by a reason.
 */
void resolver_ask(struct resolver *, const char *name, enum resolver_type,
    struct question **slot, resolver_fn *, void *arg);
/* The reply is not wanted any more; sets *slot to NULL. */
void resolver_forget(struct question **slot);

#endif /* RESOLVER_H */
