/* SPDX-License-Identifier: ISC */
/*
 * Where is it?  Whatever the bytes are, each step stays within the counts.
 */
#include "set_inner.h"

#include <stddef.h>
#include <stdint.h>

static uint64_t
least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* What is compared with the count must be what is used then. */
static uint32_t
read_once(const uint32_t *p)
{
	return *(const volatile uint32_t *)p;
}

/* Nodes are whole. */
static void
plan_levels(struct set_plan *p)
{
	uint64_t n = (p->n6 + SET_STEP6 - 1) / SET_STEP6;

	p->nlevels = 0;
	p->nallkeys6 = 0;
	while (n > 0) {
		p->nkeys6[p->nlevels] = n;
		p->level6[p->nlevels++] = p->nallkeys6;
		n = (n + SET_NODE6 - 1) / SET_NODE6;
		p->nallkeys6 += n * SET_NODE6;
		if (n == 1)
			break;
	}
}

/* Each step is bound to the counts, so that no sum overflows. */
int
set_plan(struct set_plan *p, uint64_t n4, uint64_t n6)
{
	if (n4 > SET_MAX / sizeof(struct range4) ||
	    n6 > SET_MAX / sizeof(struct range6))
		return -1;
	p->n4 = n4;
	p->n6 = n6;
	p->bits4 = 0;
	while (p->bits4 < SET_BITS4 && n4 >> p->bits4 > SET_FULL4)
		p->bits4++;
	p->nindex4 = (UINT64_C(1) << p->bits4) + 1;
	p->keys6 = sizeof(struct set_header);
	plan_levels(p);
	p->ranges6 = p->keys6 + p->nallkeys6 * sizeof(uint64_t);
	p->ranges4 = p->ranges6 + n6 * sizeof(struct range6);
	p->index4 = p->ranges4 + n4 * sizeof(struct range4);
	p->end = p->index4 + p->nindex4 * sizeof(uint32_t);
	p->end = (p->end + 7) / 8 * 8;
	p->size = p->end + sizeof(uint64_t);
	return p->size > SET_MAX ? -1 : 0;
}

/*
 * Searches without a branch that nobody could foresee: the processor would
 * guess wrong every other time.
 */

/* How many of those begin at a or before; sorted. */
static size_t
not_after4(const struct range4 *r, size_t n, uint32_t a)
{
	const struct range4 *at = r;
	size_t		     half;

	if (n == 0)
		return 0;
	while (n > 1) {
		half = n / 2;
		at += at[half - 1].first <= a ? half : 0;
		n -= half;
	}
	return (size_t)(at - r) + (at->first <= a);
}

size_t
set_find4(const struct set_view *v, uint32_t a)
{
	uint64_t      place = (uint64_t)a >> v->shift4;
	size_t	      at, end;
	struct range4 r;

	at = least(read_once(&v->index4[place]), v->n4);
	end = least(read_once(&v->index4[place + 1]), v->n4);
	if (end > at)
		at += not_after4(v->v4 + at, end - at, a);
	/* One of these, or the one that began before all of them. */
	if (at == 0)
		return SET_NOWHERE;
	r = v->v4[at - 1];
	return r.first <= a && a <= r.last ? at - 1 : SET_NOWHERE;
}

static unsigned int
not_after(struct addr6 a, struct addr6 b)
{
	return (a.high < b.high) | ((a.high == b.high) & (a.low <= b.low));
}

static size_t
not_after6(const struct range6 *r, size_t n, struct addr6 a)
{
	const struct range6 *at = r;
	size_t		     half, i, count = 0;

	/* Few: all at once, so that their cache lines come together. */
	if (n <= SET_STEP6) {
		for (i = 0; i < n; i++)
			count += not_after(r[i].first, a);
		return count;
	}
	while (n > 1) {
		half = n / 2;
		at += not_after(at[half - 1].first, a) != 0 ? half : 0;
		n -= half;
	}
	return (size_t)(at - r) + not_after(at->first, a);
}

/* Down the levels: the last block whose first is below it, or block 0. */
static size_t
block_of(const struct set_view *v, uint64_t high)
{
	const uint64_t *keys;
	size_t		block = 0, below, i;
	unsigned int	level;

	for (level = v->nlevels; level-- > 0;) {
		keys = v->level[level] + block * SET_NODE6;
		below = 0;
		for (i = 0; i < SET_NODE6; i++)
			below += keys[i] < high;
		block = block * SET_NODE6 + below - (below > 0);
		if (block >= v->nkeys[level])
			block = v->nkeys[level] - 1;
	}
	return block;
}

size_t
set_find6(const struct set_view *v, struct addr6 a)
{
	size_t	      at, n, left;
	struct range6 r;

	if (v->n6 == 0)
		return SET_NOWHERE;
	at = block_of(v, a.high) * SET_STEP6;
	left = v->n6 - at;
	/* Where one /64 has many ranges, it may be in a later block. */
	n = SET_STEP6;
	while (n < left && v->v6[at + n].first.high <= a.high)
		n *= 2;
	n = (size_t)least(n, left);
	at += not_after6(v->v6 + at, n, a);
	if (at == 0)
		return SET_NOWHERE;
	r = v->v6[at - 1];
	return not_after(r.first, a) && not_after(a, r.last) ? at - 1 :
							       SET_NOWHERE;
}
