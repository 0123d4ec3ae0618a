/* SPDX-License-Identifier: ISC */
/*
 * Findings that still hold, by address.  Bounded: when it is full, what went
 * in first goes out first.  An entry takes what its names and its answers from
 * DNS lists take, some 150 bytes as a rule.  Which of our own lists have the
 * address is not kept: that is looked up at each ask.
 */
#ifndef CACHE_H
#define CACHE_H

#include <stddef.h>
#include <stdint.h>

struct addr;
struct cache;
struct findings;

struct cache *cache_new(size_t max); /* may die */
void	      cache_free(struct cache *);
/*
 * now: of clock_ms().  1 and the findings, with what is left of their ttl and cached
 * set, or 0.
 */
int cache_get(struct cache *, const struct addr *, int64_t now,
    struct findings *);
/* Kept for f->ttl seconds; 0: not kept.  No memory: not kept either. */
void cache_put(struct cache *, const struct findings *, int64_t now);
/* Another file may mean other findings. */
void   cache_clear(struct cache *);
size_t cache_count(const struct cache *);

#endif /* CACHE_H */
