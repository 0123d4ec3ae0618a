/* SPDX-License-Identifier: ISC */
/*
 * Who is banned, until when, and why: the state that the journal's lines add
 * up to.  Pure: time comes in, lines come out.
 */
#ifndef BANS_H
#define BANS_H

#include <stddef.h>
#include <stdint.h>

#include "addr.h"
#include "ranges.h"

#define BAN_WHY_LEN  128
#define BAN_WHO_LEN  32
#define BANS_MAX     200000
#define BAN_SIBLINGS 8 /* /64 of one /56, /56 of one /48 */

struct ban {
	struct prefix prefix;	    /* IPv6: /64 at the narrowest */
	int64_t	      since, until; /* seconds since 1970 */
	unsigned int  times;	    /* how often by now, this one included */
	char	      who[BAN_WHO_LEN]; /* "root", "rejects", "/56" */
	char	      why[BAN_WHY_LEN];
};

struct bans;

/* NULL: out of memory. */
struct bans *bans_new(void);
void	     bans_free(struct bans *);

/* What is said of one, for the journal and for lists. */
struct bans_clock {
	int64_t now;
	int	good; /* 0: not believed; nothing expires */
};

size_t		  bans_count(const struct bans *, const struct bans_clock *);
const struct ban *bans_covering(const struct bans *, const struct addr *,
    const struct bans_clock *);
/* All that hold, in order; returns how many (not 0 fn: stop). */
size_t bans_each(const struct bans *, const struct bans_clock *,
    int (*fn)(void *arg, const struct ban *), void *arg);
/* When the next one ends, 0: none. */
int64_t bans_next_end(const struct bans *, const struct bans_clock *);
/* What doors shall map: merged.  0 or -1. */
int bans_ranges(const struct bans *, const struct bans_clock *,
    struct ranges *);

#endif /* BANS_H */
