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
struct ban_line;

/* NULL: out of memory. */
struct bans *bans_new(void);
void	     bans_free(struct bans *);

/*
 * The time by which bans are judged.  A clock that is more than BANS_SLACK
 * before the newest line, or more than BANS_SKEW after it (when some ban would
 * end by that), is not believed: then time stands still at the newest line,
 * for what holds and for what is banned anew, until the clock comes back to
 * where it should be, or somebody says that it is right.
 */
#define BANS_SLACK 60
#define BANS_SKEW  (31 * 86400)

struct bans_clock {
	int64_t now;
	int	good; /* 0: not believed; nothing expires */
};

struct bans_clock bans_judge(const struct bans *, int64_t now);
/* The time of the newest line; 0: there is none. */
int64_t bans_newest(const struct bans *);

/*
 * One line more.  0, or -1: out of memory.  An unban forgives: it ends that
 * ban and all that lie within it, and forgets the past ones.
 */
int bans_apply(struct bans *, const struct ban_line *);
/*
 * Forget those that ended longest or more ago, and of the past ones the oldest
 * beyond BANS_MAX.  The clock is good.
 */
void bans_forget(struct bans *, const struct bans_clock *, int64_t longest);
/* All that is remembered, past ones too. */
size_t bans_records(const struct bans *);

/* Past or not: the ban of exactly that prefix, or NULL. */
const struct ban *bans_find(const struct bans *, const struct prefix *);
/* What holds of that prefix or of a wider one: the narrowest, or NULL. */
const struct ban *bans_holding(const struct bans *, const struct prefix *,
    const struct bans_clock *);
/* Does any hold that lies within it? */
int bans_within(const struct bans *, const struct prefix *,
    const struct bans_clock *);
/*
 * How many hold that are of exactly that many bits, at most 8 more than the
 * prefix, and lie in it; *latest: when the last of them ends.
 */
unsigned int bans_siblings(const struct bans *, const struct prefix *,
    unsigned int bits, const struct bans_clock *, int64_t *latest);

size_t bans_count(const struct bans *, const struct bans_clock *);
/*
 * All that hold, in order, until fn is not 0.  Returns for how many it was
 * called.  clock NULL: all that is remembered.
 */
size_t bans_each(const struct bans *, const struct bans_clock *,
    int (*fn)(void *arg, const struct ban *), void *arg);
/* When the next one ends, 0: none. */
int64_t bans_next_end(const struct bans *, const struct bans_clock *);
/* What doors shall map: merged.  0 or -1. */
int bans_ranges(const struct bans *, const struct bans_clock *,
    struct ranges *);

#endif /* BANS_H */
