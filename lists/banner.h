/* SPDX-License-Identifier: ISC */
/*
 * postern-lists' child at the bans: counts what doors tell, bans who has had
 * enough (never one who is protected), and lets bans end.
 */
#ifndef BANNER_H
#define BANNER_H

#include <stdint.h>

#include "offence.h"

#define BANNER_ENTRIES 20000 /* addresses remembered */

struct banner;
struct conf;
struct event_base;
struct folder;

struct banner_stats {
	uint64_t    offences, protected, made, failed;
	size_t	    counted; /* addresses remembered now */
	size_t	    bans;    /* in force */
	const char *clock;   /* "good", "back", "ahead": as in "status" */
};

/* NULL: out of memory.  The folder outlives it. */
struct banner *banner_new(struct event_base *, const struct folder *,
    const struct conf *);
void	       banner_free(struct banner *);
/* Rules from now on. */
void banner_use(struct banner *, const struct conf *);
/* An ear_fn. */
void banner_hear(void *banner, const struct addr *, enum offence);
void banner_stats(struct banner *, struct banner_stats *);

#endif /* BANNER_H */
