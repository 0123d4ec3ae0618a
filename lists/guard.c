/* SPDX-License-Identifier: ISC */
#include "guard.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "special.h"

/* What there is of good and bad. */
static const char *
judge_lines(const struct feed *f, char why[GUARD_WHY_LEN])
{
	const struct feed_counts *c = &f->counts;

	if (f->html)
		return "it is a web page, not a list";
	if (f->toomany)
		return "it has more lines than \"lines\" allows";
	if (f->nomem)
		return "out of memory";
	if (c->lines == 0)
		return "it is empty";
	if (c->good + c->bad == 0)
		return "there is nothing in it but comments";
	if (c->good == 0)
		return "no line of it is an address";
	if (c->bad * 100 > (c->good + c->bad) * GUARD_BAD_PERCENT) {
		snprintf(why, GUARD_WHY_LEN,
		    "%" PRIu64 " of %" PRIu64 " lines are bad, more than %d "
		    "percent; line %" PRIu64 " is the first",
		    c->bad, c->good + c->bad, GUARD_BAD_PERCENT,
		    c->first_bad_line);
		return why;
	}
	return NULL;
}

static const char *
judge_change(const struct guard *g, const struct feed *f,
    char why[GUARD_WHY_LEN])
{
	uint64_t    entries = feed_entries(f);
	const char *word;

	if (g->entries < GUARD_ENTRIES)
		return NULL;
	if (entries <= g->entries / 2)
		word = "halved";
	else if (entries / 3 >= g->entries)
		word = "tripled";
	else
		return NULL;
	snprintf(why, GUARD_WHY_LEN, "%s: %" PRIu64 " entries instead of %zu",
	    word, entries, g->entries);
	return why;
}

/* How many a prefix has: addresses of IPv4, /64 of IPv6. */
static uint64_t
room(unsigned int bits, unsigned int all)
{
	if (bits >= all)
		return 1;
	return all - bits >= 64 ? UINT64_MAX : (uint64_t)1 << (all - bits);
}

static const char *
judge_width(const struct guard *g, const struct feed *f,
    char why[GUARD_WHY_LEN])
{
	uint64_t room4 = room(g->widest4, 32), room6 = room(g->widest6, 64);
	struct ranges r;
	const char   *what = NULL;

	memset(&r, 0, sizeof(r));
	if (ranges_add_all(&r, &f->ranges) == -1 || guard_special(&r) == -1) {
		ranges_free(&r);
		return "out of memory";
	}
	if (f->widest4 > room4 || f->widest6 > room6)
		what = "one line alone covers";
	else if (ranges_count4(&r) > room4 || ranges_count6(&r) > room6)
		what = "in all it covers";
	if (what != NULL)
		snprintf(why, GUARD_WHY_LEN,
		    "%s more than \"widest %u %u\" allows", what, g->widest4,
		    g->widest6);
	else if (r.n4 + r.n6 == 0)
		snprintf(why, GUARD_WHY_LEN,
		    "there are only special-purpose addresses in it");
	else
		why = NULL;
	ranges_free(&r);
	return why;
}

const char *
guard_refuses(const struct guard *g, const struct feed *f,
    char why[GUARD_WHY_LEN])
{
	const char *phrase;

	/* The worst first: a list of everybody may well be a shorter one. */
	if ((phrase = judge_lines(f, why)) == NULL &&
	    (phrase = judge_width(g, f, why)) == NULL)
		phrase = judge_change(g, f, why);
	return phrase;
}

int
guard_special(struct ranges *r)
{
	struct ranges special;
	int	      ret = -1;

	memset(&special, 0, sizeof(special));
	if (special_ranges(&special) == 0 && ranges_subtract(r, &special) == 0)
		ret = 0;
	ranges_free(&special);
	return ret;
}

size_t
guard_special_count(const struct ranges *r)
{
	size_t i, n = 0;

	for (i = 0; i < r->n4; i++)
		n += special_touches4(r->v4[i].first, r->v4[i].last) != 0;
	for (i = 0; i < r->n6; i++)
		n += special_touches6(r->v6[i].first, r->v6[i].last) != 0;
	return n;
}
