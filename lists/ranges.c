/* SPDX-License-Identifier: ISC */
#include "ranges.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ranges_sort.h"

#define SIZE_MIN 64

uint32_t
range_from_addr4(const struct addr *a)
{
	const uint8_t *o = a->octets;

	return (uint32_t)o[0] << 24 | (uint32_t)o[1] << 16 |
	    (uint32_t)o[2] << 8 | o[3];
}

static uint64_t
read64(const uint8_t *o)
{
	uint64_t v = 0;
	int	 i;

	for (i = 0; i < 8; i++)
		v = v << 8 | o[i];
	return v;
}

static void
write64(uint8_t *o, uint64_t v)
{
	int i;

	for (i = 7; i >= 0; i--, v >>= 8)
		o[i] = (uint8_t)(v & 0xff);
}

struct addr6
range_from_addr6(const struct addr *a)
{
	struct addr6 v;

	v.high = read64(a->octets);
	v.low = read64(a->octets + 8);
	return v;
}

void
range_to_addr4(struct addr *a, uint32_t v)
{
	memset(a, 0, sizeof(*a));
	a->family = ADDR_IPV4;
	a->octets[0] = (uint8_t)(v >> 24);
	a->octets[1] = (uint8_t)(v >> 16 & 0xff);
	a->octets[2] = (uint8_t)(v >> 8 & 0xff);
	a->octets[3] = (uint8_t)(v & 0xff);
}

void
range_to_addr6(struct addr *a, struct addr6 v)
{
	memset(a, 0, sizeof(*a));
	a->family = ADDR_IPV6;
	write64(a->octets, v.high);
	write64(a->octets + 8, v.low);
}

int
addr6_compare(struct addr6 a, struct addr6 b)
{
	if (a.high != b.high)
		return a.high < b.high ? -1 : 1;
	if (a.low != b.low)
		return a.low < b.low ? -1 : 1;
	return 0;
}

struct addr6
addr6_next(struct addr6 a)
{
	if (++a.low == 0)
		a.high++;
	return a;
}

void
ranges_free(struct ranges *r)
{
	free(r->v4);
	free(r->v6);
	memset(r, 0, sizeof(*r));
}

/* Room for n more of that many bytes each, by doubling. */
static int
reserve(void **array, size_t have, size_t *size, size_t more, size_t bytes)
{
	size_t want, grown;
	void  *p;

	if (more <= *size - have)
		return 0;
	if (more > SIZE_MAX / bytes - have)
		return -1;
	want = have + more;
	grown = *size <= SIZE_MAX / bytes / 2 ? *size * 2 : want;
	if (grown < SIZE_MIN)
		grown = SIZE_MIN;
	if (grown < want)
		grown = want;
	if ((p = realloc(*array, grown * bytes)) == NULL)
		return -1;
	*array = p;
	*size = grown;
	return 0;
}

static int
reserve4(struct ranges *r, size_t more)
{
	void *p = r->v4;
	int   ret;

	ret = reserve(&p, r->n4, &r->size4, more, sizeof(*r->v4));
	r->v4 = p;
	return ret;
}

static int
reserve6(struct ranges *r, size_t more)
{
	void *p = r->v6;
	int   ret;

	ret = reserve(&p, r->n6, &r->size6, more, sizeof(*r->v6));
	r->v6 = p;
	return ret;
}

int
ranges_add4(struct ranges *r, uint32_t first, uint32_t last)
{
	if (r->n4 == r->size4 && reserve4(r, 1) == -1)
		return -1;
	r->v4[r->n4].first = first;
	r->v4[r->n4++].last = last;
	return 0;
}

int
ranges_add6(struct ranges *r, struct addr6 first, struct addr6 last)
{
	if (r->n6 == r->size6 && reserve6(r, 1) == -1)
		return -1;
	r->v6[r->n6].first = first;
	r->v6[r->n6++].last = last;
	return 0;
}

int
ranges_add_all(struct ranges *r, const struct ranges *more)
{
	if (reserve4(r, more->n4) == -1 || reserve6(r, more->n6) == -1)
		return -1;
	if (more->n4 > 0)
		memcpy(r->v4 + r->n4, more->v4, more->n4 * sizeof(*r->v4));
	if (more->n6 > 0)
		memcpy(r->v6 + r->n6, more->v6, more->n6 * sizeof(*r->v6));
	r->n4 += more->n4;
	r->n6 += more->n6;
	return 0;
}

/*
 * Sorted by first alone, v[keep] being the one that grows.  One that does not
 * make it grow lies within whichever made it as long as it is; and if that one
 * began where the next begins that makes it longer, it lies within the next.
 * holder is where it began.
 */
static size_t
merge4(struct range4 *v, size_t *n)
{
	size_t	 i, keep = 0, within = 0;
	uint32_t holder;

	if (*n == 0)
		return 0;
	for (holder = v[0].first, i = 1; i < *n; i++) {
		if (v[i].last <= v[keep].last) {
			within++;
			continue;
		}
		/* last is below v[i].last: one more does not wrap around. */
		if (v[i].first <= v[keep].last + 1) {
			within += v[i].first == holder;
			v[keep].last = v[i].last;
		} else {
			v[++keep] = v[i];
		}
		holder = v[i].first;
	}
	*n = keep + 1;
	return within;
}

static struct addr6
before6(struct addr6 a)
{
	if (a.low-- == 0)
		a.high--;
	return a;
}

static size_t
merge6(struct range6 *v, size_t *n)
{
	size_t	     i, keep = 0, within = 0;
	struct addr6 holder;

	if (*n == 0)
		return 0;
	for (holder = v[0].first, i = 1; i < *n; i++) {
		if (addr6_compare(v[i].last, v[keep].last) <= 0) {
			within++;
			continue;
		}
		if (addr6_compare(v[i].first, addr6_next(v[keep].last)) <= 0) {
			within += addr6_compare(v[i].first, holder) == 0;
			v[keep].last = v[i].last;
		} else {
			v[++keep] = v[i];
		}
		holder = v[i].first;
	}
	*n = keep + 1;
	return within;
}

size_t
ranges_merge(struct ranges *r)
{
	ranges_sort4(r->v4, r->n4);
	ranges_sort6(r->v6, r->n6);
	return merge4(r->v4, &r->n4) + merge6(r->v6, &r->n6);
}

static int
has4(const struct ranges *r, uint32_t a)
{
	size_t low = 0, high = r->n4, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (a > r->v4[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < r->n4 && a >= r->v4[low].first;
}

static int
has6(const struct ranges *r, struct addr6 a)
{
	size_t low = 0, high = r->n6, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (addr6_compare(a, r->v6[middle].last) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < r->n6 && addr6_compare(a, r->v6[low].first) >= 0;
}

int
ranges_has(const struct ranges *r, const struct addr *a)
{
	switch (a->family) {
	case ADDR_IPV4:
		return has4(r, range_from_addr4(a));
	case ADDR_IPV6:
		return has6(r, range_from_addr6(a));
	case ADDR_NONE:
		break;
	}
	return 0;
}

/* What is left of one; *j is the first of less that may touch it. */
static int
cut4(struct ranges *out, struct range4 v, const struct ranges *less, size_t *j)
{
	size_t i;

	while (*j < less->n4 && less->v4[*j].last < v.first)
		++*j;
	for (i = *j; i < less->n4 && less->v4[i].first <= v.last; i++) {
		if (less->v4[i].first > v.first &&
		    ranges_add4(out, v.first, less->v4[i].first - 1) == -1)
			return -1;
		if (less->v4[i].last >= v.last)
			return 0;
		v.first = less->v4[i].last + 1;
	}
	return ranges_add4(out, v.first, v.last);
}

static int
cut6(struct ranges *out, struct range6 v, const struct ranges *less, size_t *j)
{
	const struct range6 *w;
	size_t		     i;

	while (*j < less->n6 && addr6_compare(less->v6[*j].last, v.first) < 0)
		++*j;
	for (i = *j; i < less->n6; i++) {
		w = &less->v6[i];
		if (addr6_compare(w->first, v.last) > 0)
			break;
		if (addr6_compare(w->first, v.first) > 0 &&
		    ranges_add6(out, v.first, before6(w->first)) == -1)
			return -1;
		if (addr6_compare(w->last, v.last) >= 0)
			return 0;
		v.first = addr6_next(w->last);
	}
	return ranges_add6(out, v.first, v.last);
}

int
ranges_subtract(struct ranges *from, const struct ranges *less)
{
	struct ranges out;
	size_t	      i, j;

	memset(&out, 0, sizeof(out));
	if (reserve4(&out, from->n4) == -1 || reserve6(&out, from->n6) == -1)
		goto bad;
	for (i = j = 0; i < from->n4; i++)
		if (cut4(&out, from->v4[i], less, &j) == -1)
			goto bad;
	for (i = j = 0; i < from->n6; i++)
		if (cut6(&out, from->v6[i], less, &j) == -1)
			goto bad;
	ranges_free(from);
	*from = out;
	return 0;
bad:
	ranges_free(&out);
	return -1;
}

uint64_t
ranges_count4(const struct ranges *r)
{
	uint64_t n = 0;
	size_t	 i;

	for (i = 0; i < r->n4; i++)
		n += (uint64_t)r->v4[i].last - r->v4[i].first + 1;
	return n;
}

uint64_t
ranges_count6(const struct ranges *r)
{
	uint64_t n = 0, touched;
	size_t	 i;

	for (i = 0; i < r->n6; i++) {
		touched = r->v6[i].last.high - r->v6[i].first.high;
		/* The /64 that it shares with the one before is counted. */
		if (i == 0 || r->v6[i].first.high != r->v6[i - 1].last.high) {
			if (touched == UINT64_MAX)
				return UINT64_MAX;
			touched++;
		}
		n += touched;
		if (n < touched)
			return UINT64_MAX;
	}
	return n;
}
