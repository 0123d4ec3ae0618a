/* SPDX-License-Identifier: ISC */
#include "round_say.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "log.h"
#include "units.h"

#define HOUR 3600
#define DAY  86400

void
round_info(const struct round *r, struct set_info *info)
{
	memset(info, 0, sizeof(*info));
	info->time = (uint64_t)r->now;
	info->good = r->feed.counts.good;
	info->bad = r->feed.counts.bad;
	info->duplicate = r->feed.counts.duplicate;
	info->protected = r->special + list_protected(r->f, &r->feed.ranges);
}

/*
 * Which line is bad.  What is in it is only said of a file of ours: a server
 * could have put our token there.
 */
static void
bad_words(const struct round *r, char *buf, size_t size)
{
	const struct feed_counts *c = &r->feed.counts;

	buf[0] = '\0';
	if (c->bad == 0)
		return;
	if (r->source->url != NULL)
		snprintf(buf, size, "; line %" PRIu64 " is bad first",
		    c->first_bad_line);
	else
		snprintf(buf, size, "; line %" PRIu64 " is bad first: \"%s\"",
		    c->first_bad_line, c->first_bad);
}

void
round_say_new(const struct round *r, const struct set_info *info)
{
	char bad[160], protected[64] = "", was[64] = "";

	bad_words(r, bad, sizeof(bad));
	if (info->protected > 0)
		snprintf(protected, sizeof(protected),
		    ", %" PRIu64 " protected", info->protected);
	if (r->was > 0)
		snprintf(was, sizeof(was), " (was %zu)", r->was);
	log_info("list %s: %s: %" PRIu64 " entries, %" PRIu64 " bad, %" PRIu64
		 " duplicates%s%s%s",
	    r->list->name, r->shown, r->m.entries, info->bad, info->duplicate,
	    protected, was, bad);
}

void
round_say_same(const struct round *r)
{
	if (r->source->url != NULL)
		log_info("list %s: %s: nothing new", r->list->name, r->shown);
	else
		log_debug("list %s: %s: nothing new", r->list->name, r->shown);
}

void
round_say_early(const struct round *r, int64_t when)
{
	if (r->by_hand)
		log_info("list %s: %s: too soon: it may be asked again in "
			 "%" PRId64 " seconds",
		    r->list->name, r->shown, when - r->now);
	else
		log_debug("list %s: %s: due in %" PRId64 " seconds",
		    r->list->name, r->shown, when - r->now);
}

void
round_say_held(const struct round *r)
{
	if (r->m.held && !r->feed.html)
		log_warnx("list %s: %s: refused: %s: the old one stays; "
			  "\"postern lists accept %s\" overrides",
		    r->list->name, r->shown, r->m.why, r->list->name);
	else
		log_warnx("list %s: %s: refused: %s: the old one stays",
		    r->list->name, r->shown, r->m.why);
}

void
round_say_failed(const struct round *r, int64_t when, int news)
{
	if (when != 0)
		log_warnx("list %s: %s: %s: the old one stays; asked again in "
			  "%" PRId64 " seconds",
		    r->list->name, r->shown, r->m.why,
		    when > r->now ? when - r->now : 0);
	else if (news || r->by_hand)
		log_warnx("list %s: %s: %s: the old one stays", r->list->name,
		    r->shown, r->m.why);
	else
		log_debug("list %s: %s: %s", r->list->name, r->shown, r->m.why);
}

void
round_say_stale(struct round *r)
{
	char	     buf[UNITS_LEN];
	struct meta *m = &r->m;
	int64_t	     age, last = m->good != 0 ? m->good : m->first;

	if (!source_is_stale(r->list, r->source, m, r->now) ||
	    (m->told != 0 && m->told <= r->now && r->now - m->told < DAY))
		return;
	m->told = r->now;
	age = r->now - last;
	if (age >= HOUR)
		age -= age % HOUR;
	log_warnx("list %s: %s: stale: no good answer for %s", r->list->name,
	    r->shown, units_print_duration(age, buf));
}
