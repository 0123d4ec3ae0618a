/* SPDX-License-Identifier: ISC */
/*
 * The DNS lists of the running program: each with its tests (dnsbl_health.h)
 * and what it was asked so far.  A list that is in the file still after a
 * reload, by name and zone, goes on as it was; but by another resolver each
 * is tested anew.
 */
#ifndef DNSBLS_H
#define DNSBLS_H

#include <sys/queue.h>
#include <stddef.h>
#include <stdint.h>

#include "dnsbl.h"

struct dnsbl_live; /* one of them: counted references */
struct dnsbls;
struct event_base;
struct fcrdns_conf;
struct findings;
struct resolver;

/* May die. */
struct dnsbls *dnsbls_new(struct event_base *);
void	       dnsbls_free(struct dnsbls *);
/* From now on the lists of this file; what is new is tested. */
void dnsbls_use(struct dnsbls *, const struct fcrdns_conf *, struct resolver *);
/*
 * Another number: findings of before are of other lists, or some list has
 * been caught telling what is not so.
 */
unsigned int dnsbls_generation(const struct dnsbls *);
/* What a list said before it was caught is no listing. */
void   dnsbls_doubt(const struct dnsbls *, struct findings *);
size_t dnsbls_count(const struct dnsbls *);
/* Lines for "postern status"; to be freed.  May die. */
char *dnsbls_status(const struct dnsbls *);

/* The list at that place of the file, with a reference of the caller's. */
struct dnsbl_live *dnsbls_ref(struct dnsbls *, size_t);
void		   dnsbls_unref(struct dnsbl_live *);
/* Its words in the file; the zone is for the resolver alone. */
const struct dnsbl *dnsbl_live_words(const struct dnsbl_live *);
/*
 * Shall it be asked?  DNSBL_CLEAR: yes.  DNSBL_UNTESTED: not yet; the waiter
 * is called when that is over, or not if it leaves before.
 */
struct dnsbl_waiter {
	TAILQ_ENTRY(dnsbl_waiter) entry;
	struct dnsbl_live *live; /* NULL: does not wait */
	void (*fn)(void *arg);
	void *arg;
};
enum dnsbl_state dnsbl_live_ask(struct dnsbl_live *, enum addr_family,
    struct dnsbl_waiter *);
void		 dnsbl_live_leave(struct dnsbl_waiter *);
/* It was asked, and that was the answer. */
void dnsbl_live_answered(struct dnsbl_live *, enum dnsbl_state, int listed);

#endif /* DNSBLS_H */
