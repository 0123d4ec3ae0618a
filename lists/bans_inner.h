/* SPDX-License-Identifier: ISC */
/*
 * What bans.c (changes) and bans_ask.c (questions) share.
 */
#ifndef BANS_INNER_H
#define BANS_INNER_H

#include "bans.h"

struct record {
	struct ban     ban;
	int64_t	       told; /* the time of its newest line */
	struct record *next; /* of the same hash */
};

struct bans {
	struct record **heads;
	size_t		nheads; /* a power of two */
	size_t		n;
	uint32_t	seed;
	int64_t		newest;
	size_t		width4[33], width6[129]; /* how many of those bits */
};

/* Of exactly that prefix, or NULL. */
struct record *bans_record(const struct bans *, const struct prefix *);
int	       bans_lies_in(const struct prefix *, const struct prefix *wide);

#endif /* BANS_INNER_H */
