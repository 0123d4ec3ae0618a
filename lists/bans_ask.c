/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "ban_line.h"
#include "bans.h"
#include "bans_inner.h"

int
bans_lies_in(const struct prefix *p, const struct prefix *wide)
{
	return p->bits >= wide->bits && prefix_contains(wide, &p->addr);
}

static int
holds(const struct ban *ban, const struct bans_clock *clock)
{
	return clock == NULL || ban->until > clock->now;
}

/* Would one end by this time that holds now? */
static int
would_end(const struct bans *b, int64_t now)
{
	const struct record *r;
	size_t		     i;

	for (i = 0; i < b->nheads; i++)
		for (r = b->heads[i]; r != NULL; r = r->next)
			if (r->ban.until > b->newest && r->ban.until <= now)
				return 1;
	return 0;
}

struct bans_clock
bans_judge(const struct bans *b, int64_t now)
{
	struct bans_clock c = { .good = 1 };

	/* Such as a line can hold. */
	if (now < 1)
		now = 1;
	if (now > BAN_TIME_LAST)
		now = BAN_TIME_LAST;
	c.now = now;
	if (b->newest == 0)
		return c;
	if (now < b->newest)
		c.now = b->newest;
	if (now < b->newest - BANS_SLACK)
		c.good = 0;
	if (now > b->newest + BANS_SKEW && would_end(b, now)) {
		c.now = b->newest;
		c.good = 0;
	}
	return c;
}

size_t
bans_count(const struct bans *b, const struct bans_clock *clock)
{
	const struct record *r;
	size_t		     i, n = 0;

	for (i = 0; i < b->nheads; i++)
		for (r = b->heads[i]; r != NULL; r = r->next)
			n += (size_t)holds(&r->ban, clock);
	return n;
}

const struct ban *
bans_holding(const struct bans *b, const struct prefix *p,
    const struct bans_clock *clock)
{
	const struct record *r;
	const size_t	    *width;
	struct prefix	     wide;
	unsigned int	     bits;

	width = p->addr.family == ADDR_IPV4 ? b->width4 : b->width6;
	for (bits = p->bits + 1; bits-- > 0;) {
		if (width[bits] == 0)
			continue;
		wide = prefix_around(&p->addr, bits);
		r = bans_record(b, &wide);
		if (r != NULL && holds(&r->ban, clock))
			return &r->ban;
	}
	return NULL;
}

int
bans_within(const struct bans *b, const struct prefix *p,
    const struct bans_clock *clock)
{
	const struct record *r;
	size_t		     i;

	if ((r = bans_record(b, p)) != NULL && holds(&r->ban, clock))
		return 1;
	if (p->bits == (p->addr.family == ADDR_IPV4 ? 32 : BAN_NARROWEST6))
		return 0;
	for (i = 0; i < b->nheads; i++)
		for (r = b->heads[i]; r != NULL; r = r->next)
			if (bans_lies_in(&r->ban.prefix, p) &&
			    holds(&r->ban, clock))
				return 1;
	return 0;
}

unsigned int
bans_siblings(const struct bans *b, const struct prefix *wide,
    unsigned int bits, const struct bans_clock *clock, int64_t *latest)
{
	const struct record *r;
	struct prefix	     p = { .addr = wide->addr, .bits = bits };
	unsigned int	     i, n = 0, max;
	uint8_t		    *octet;

	/* Widths that are whole octets: they differ in one. */
	octet = &p.addr.octets[bits / 8 - 1];
	max = 1U << (bits - wide->bits);
	*latest = 0;
	for (i = 0; i < max; i++) {
		*octet = (uint8_t)i;
		if ((r = bans_record(b, &p)) == NULL || !holds(&r->ban, clock))
			continue;
		n++;
		if (r->ban.until > *latest)
			*latest = r->ban.until;
	}
	return n;
}

static int
compare(const void *x, const void *y)
{
	const struct ban *a = *(const struct ban *const *)x;
	const struct ban *b = *(const struct ban *const *)y;
	int		  order;

	if ((order = addr_compare(&a->prefix.addr, &b->prefix.addr)) != 0)
		return order;
	return a->prefix.bits < b->prefix.bits ?
	    -1 :
	    a->prefix.bits > b->prefix.bits;
}

size_t
bans_each(const struct bans *b, const struct bans_clock *clock,
    int (*fn)(void *arg, const struct ban *), void	*arg)
{
	const struct ban   **all;
	const struct record *r;
	size_t		     i, n = 0, called = 0;

	if (b->n == 0 || (all = calloc(b->n, sizeof(*all))) == NULL)
		return 0;
	for (i = 0; i < b->nheads; i++)
		for (r = b->heads[i]; r != NULL; r = r->next)
			if (holds(&r->ban, clock))
				all[n++] = &r->ban;
	qsort(all, n, sizeof(*all), compare);
	while (called < n && fn(arg, all[called++]) == 0)
		;
	free(all);
	return called;
}

int64_t
bans_next_end(const struct bans *b, const struct bans_clock *clock)
{
	const struct record *r;
	int64_t		     next = 0;
	size_t		     i;

	for (i = 0; i < b->nheads; i++)
		for (r = b->heads[i]; r != NULL; r = r->next)
			if (holds(&r->ban, clock) &&
			    (next == 0 || r->ban.until < next))
				next = r->ban.until;
	return next;
}

int
bans_ranges(const struct bans *b, const struct bans_clock *clock,
    struct ranges *ranges)
{
	const struct record *r;
	size_t		     i;

	memset(ranges, 0, sizeof(*ranges));
	for (i = 0; i < b->nheads; i++)
		for (r = b->heads[i]; r != NULL; r = r->next)
			if (holds(&r->ban, clock) &&
			    ranges_add_prefix(ranges, &r->ban.prefix) == -1) {
				ranges_free(ranges);
				return -1;
			}
	ranges_merge(ranges);
	return 0;
}
