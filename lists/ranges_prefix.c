/* SPDX-License-Identifier: ISC */
/*
 * From prefixes to ranges, and back.
 */
#include "ranges.h"

#include <stdint.h>

/* All ones but for the leading bits; a shift by the width is undefined. */
static uint32_t
host4(unsigned int bits)
{
	return bits >= 32 ? 0 : UINT32_MAX >> bits;
}

static struct addr6
host6(unsigned int bits)
{
	struct addr6 h = { 0, 0 };

	if (bits < 64)
		h.high = UINT64_MAX >> bits;
	if (bits <= 64)
		h.low = UINT64_MAX;
	else if (bits < 128)
		h.low = UINT64_MAX >> (bits - 64);
	return h;
}

int
ranges_add_prefix(struct ranges *r, const struct prefix *p)
{
	struct addr6 first6, last6;
	uint32_t     first4;

	switch (p->addr.family) {
	case ADDR_IPV4:
		first4 = range_from_addr4(&p->addr);
		return ranges_add4(r, first4, first4 | host4(p->bits));
	case ADDR_IPV6:
		first6 = range_from_addr6(&p->addr);
		last6 = host6(p->bits);
		last6.high |= first6.high;
		last6.low |= first6.low;
		return ranges_add6(r, first6, last6);
	case ADDR_NONE:
		break;
	}
	return 0;
}

/* The widest prefix that begins at first and does not go beyond last. */
static int
split4(struct range4 v, int (*fn)(void *, const struct prefix *), void *arg)
{
	struct prefix p;
	uint32_t      host;

	for (;; v.first += host + 1) {
		for (p.bits = 32; p.bits > 0; p.bits--) {
			host = host4(p.bits - 1);
			if ((v.first & host) != 0 || host > v.last - v.first)
				break;
		}
		host = host4(p.bits);
		range_to_addr4(&p.addr, v.first);
		if (fn(arg, &p) != 0)
			return -1;
		if (v.last - v.first == host)
			return 0;
	}
}

static int
split6(struct range6 v, int (*fn)(void *, const struct prefix *), void *arg)
{
	struct prefix p;
	struct addr6  host, end;

	for (;; v.first = addr6_next(end)) {
		for (p.bits = 128; p.bits > 0; p.bits--) {
			host = host6(p.bits - 1);
			end.high = v.first.high | host.high;
			end.low = v.first.low | host.low;
			if ((v.first.high & host.high) != 0 ||
			    (v.first.low & host.low) != 0 ||
			    addr6_compare(end, v.last) > 0)
				break;
		}
		host = host6(p.bits);
		end.high = v.first.high | host.high;
		end.low = v.first.low | host.low;
		range_to_addr6(&p.addr, v.first);
		if (fn(arg, &p) != 0)
			return -1;
		if (addr6_compare(end, v.last) == 0)
			return 0;
	}
}

int
ranges_prefixes(const struct ranges *r,
    int (*fn)(void *arg, const struct prefix *), void *arg)
{
	size_t i;

	for (i = 0; i < r->n4; i++)
		if (split4(r->v4[i], fn, arg) == -1)
			return -1;
	for (i = 0; i < r->n6; i++)
		if (split6(r->v6[i], fn, arg) == -1)
			return -1;
	return 0;
}
