/* SPDX-License-Identifier: ISC */
/*
 * Addresses by the million: ranges of IPv4 and IPv6, from first to last, both
 * included, as a set file holds them and as a feed fills them.  Pure, but for
 * the memory.
 */
#ifndef RANGES_H
#define RANGES_H

#include <stddef.h>
#include <stdint.h>

#include "addr.h"

/* In the machine's byte order, so that comparing is one instruction. */
struct range4 {
	uint32_t first, last;
};

struct addr6 {
	uint64_t high, low;
};

struct range6 {
	struct addr6 first, last;
};

/* A plain value that starts as zeros. */
struct ranges {
	struct range4 *v4;
	size_t	       n4, size4; /* size: allocated */
	struct range6 *v6;
	size_t	       n6, size6;
};

uint32_t     range_from_addr4(const struct addr *);
struct addr6 range_from_addr6(const struct addr *);
void	     range_to_addr4(struct addr *, uint32_t);
void	     range_to_addr6(struct addr *, struct addr6);
int	     addr6_compare(struct addr6, struct addr6);
struct addr6 addr6_next(struct addr6); /* around the end */

void ranges_free(struct ranges *);
/* 0, or -1: out of memory, and nothing is changed. */
int ranges_add4(struct ranges *, uint32_t first, uint32_t last);
int ranges_add6(struct ranges *, struct addr6 first, struct addr6 last);
int ranges_add_prefix(struct ranges *, const struct prefix *);
int ranges_add_all(struct ranges *, const struct ranges *);
/*
 * Sort, and make one of those that overlap or touch.  Returns how many were
 * wholly within another one (a second copy, too): the duplicates.
 */
size_t ranges_merge(struct ranges *);
/* The rest is for merged ones. */
int ranges_has(const struct ranges *, const struct addr *);
/* from without what is in less; both merged.  0 or -1. */
int ranges_subtract(struct ranges *from, const struct ranges *less);
/* How many addresses: exact for IPv4; of IPv6 how many /64 are touched. */
uint64_t ranges_count4(const struct ranges *);
uint64_t ranges_count6(const struct ranges *);
/* Call fn for the prefixes that make it up, in order, until it is not 0. */
int ranges_prefixes(const struct ranges *,
    int (*fn)(void *arg, const struct prefix *), void *arg);

#endif /* RANGES_H */
