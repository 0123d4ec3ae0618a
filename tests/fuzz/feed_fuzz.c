/* SPDX-License-Identifier: ISC */
/*
 * A feed, as anybody may publish it: whole and in pieces it is the same; each
 * line is counted once; what is left is in order, and split into prefixes it
 * makes a feed of the same ranges.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "feed.h"
#include "guard.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(int true_)
{
	if (!true_)
		abort();
}

static void
check(const struct feed *f)
{
	const struct feed_counts *c = &f->counts;
	const struct ranges	 *r = &f->ranges;
	const char		 *p;
	size_t			  i;

	must(c->lines == c->empty + c->good + c->bad + c->meta);
	must(c->good >= c->duplicate);
	must((c->good > 0) == (f->form != FEED_UNKNOWN));
	must((c->bad > 0) == (c->first_bad_line > 0));
	must(c->first_bad_line <= c->lines);
	for (p = c->first_bad; *p != '\0'; p++)
		must(*p >= 0x20 && *p < 0x7f);
	for (i = 0; i < r->n4; i++)
		must(r->v4[i].first <= r->v4[i].last);
	for (i = 1; i < r->n4; i++)
		must(r->v4[i - 1].last < r->v4[i].first &&
		    r->v4[i].first - r->v4[i - 1].last > 1);
	for (i = 1; i < r->n6; i++)
		must(addr6_compare(r->v6[i - 1].last, r->v6[i].first) < 0);
}

static void
same(const struct ranges *a, const struct ranges *b)
{
	must(a->n4 == b->n4 && a->n6 == b->n6);
	must(a->n4 == 0 || memcmp(a->v4, b->v4, a->n4 * sizeof(*a->v4)) == 0);
	must(a->n6 == 0 || memcmp(a->v6, b->v6, a->n6 * sizeof(*a->v6)) == 0);
}

static int
put_prefix(void *arg, const struct prefix *p)
{
	char text[PREFIX_LEN + 1];

	prefix_print(p, text);
	strlcat(text, "\n", sizeof(text));
	must(feed_put(arg, text, strlen(text)) == 0);
	return 0;
}

static void
round_trip(const struct feed *f)
{
	static struct feed again;

	feed_init(&again, 0);
	must(ranges_prefixes(&f->ranges, put_prefix, &again) == 0);
	feed_end(&again);
	feed_merge(&again);
	must(again.counts.bad == 0 && again.counts.duplicate == 0);
	same(&f->ranges, &again.ranges);
	feed_free(&again);
}

/* The first byte says in pieces of which size. */
static void
in_pieces(struct feed *f, const uint8_t *data, size_t len, size_t piece)
{
	size_t n;

	feed_init(f, 200);
	for (; len > 0; data += n, len -= n) {
		n = len < piece ? len : piece;
		if (feed_put(f, data, n) == -1)
			break;
	}
	feed_end(f);
	feed_merge(f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static struct feed	  whole, pieces;
	static const struct guard g = { 8, 16, 0 };
	char			  why[GUARD_WHY_LEN];

	if (len == 0)
		return 0;
	in_pieces(&whole, data + 1, len - 1, SIZE_MAX);
	in_pieces(&pieces, data + 1, len - 1, (size_t)data[0] + 1);
	check(&whole);
	must(memcmp(&whole.counts, &pieces.counts, sizeof(whole.counts)) == 0);
	must(whole.form == pieces.form && whole.html == pieces.html &&
	    whole.toomany == pieces.toomany &&
	    whole.widest4 == pieces.widest4 && whole.widest6 == pieces.widest6);
	same(&whole.ranges, &pieces.ranges);
	round_trip(&whole);
	if (guard_refuses(&g, &whole, why) == NULL) {
		must(guard_special(&whole.ranges) == 0);
		must(whole.ranges.n4 + whole.ranges.n6 > 0);
		must(ranges_count4(&whole.ranges) <= 1 << 24);
		must(guard_special_count(&whole.ranges) == 0);
	}
	feed_free(&whole);
	feed_free(&pieces);
	return 0;
}
