/* SPDX-License-Identifier: ISC */
#include "ban_plan.h"

#include <stdio.h>
#include <string.h>

/* Wider and wider: eight of these many bits ban one of so many. */
static const struct {
	unsigned int from, to;
} steps[] = { { 64, 56 }, { 56, 48 } };

static int64_t
twice(int64_t length, unsigned int times, int64_t longest)
{
	for (; times > 1 && length < longest; times--)
		length *= 2;
	return length < longest ? length : longest;
}

/* How often by now.  What goes on while it holds is no new offence. */
static unsigned int
again(const struct ban *was, const struct bans_clock *clock)
{
	return was->until > clock->now || was->times == UINT32_MAX ?
	    was->times :
	    was->times + 1;
}

/* The one that was asked for. */
static void
plan_first(struct ban_plan *p, const struct bans *b,
    const struct bans_clock *clock)
{
	struct ban_line	 *l = &p->line[0];
	const struct ban *was = bans_find(b, &p->prefix);
	int64_t		  length = p->length == 0 ? p->keep : p->length;
	int		  held = was != NULL && was->until > clock->now;

	l->word = BAN_LINE_BAN;
	l->time = clock->now;
	l->prefix = p->prefix;
	l->times = 1;
	if (was != NULL)
		l->times = again(was, clock);
	if (p->repeats)
		length = twice(length, l->times, p->longest);
	l->until = clock->now + length;
	if (held && was->until > l->until && (p->repeats || p->length == 0))
		l->until = was->until;
	if (l->until > BAN_TIME_LAST)
		l->until = BAN_TIME_LAST;
	ban_line_who(l->who, p->who);
	ban_line_why(l->why, p->why == NULL ? "" : p->why);
	if (held && l->why[0] == '\0')
		strlcpy(l->why, was->why, sizeof(l->why));
}

/* Does the last line make a wider one full?  1 if a line was added. */
static int
plan_wider(struct ban_plan *p, const struct bans *b,
    const struct bans_clock *clock, unsigned int from, unsigned int to)
{
	const struct ban_line *last = &p->line[p->n - 1];
	struct ban_line	      *l = &p->line[p->n];
	const struct ban      *was;
	int64_t		       latest;
	unsigned int	       n;

	if (last->prefix.addr.family != ADDR_IPV6 || last->prefix.bits != from)
		return 0;
	l->prefix = prefix_around(&last->prefix.addr, to);
	n = bans_siblings(b, &l->prefix, from, clock, &latest);
	was = bans_find(b, &last->prefix);
	if (was == NULL || was->until <= clock->now)
		n++; /* itself */
	if (n < BAN_SIBLINGS)
		return 0;
	if (last->until > latest)
		latest = last->until;
	was = bans_find(b, &l->prefix);
	if (was != NULL && was->until >= latest)
		return 0;
	l->word = BAN_LINE_BAN;
	l->time = clock->now;
	l->until = latest;
	l->times = 1;
	if (was != NULL)
		l->times = again(was, clock);
	snprintf(l->who, sizeof(l->who), "/%u", to);
	snprintf(l->why, sizeof(l->why), "%u of its /%u are banned", n, from);
	p->n++;
	return 1;
}

void
ban_plan(struct ban_plan *p, const struct bans *b,
    const struct bans_clock *clock)
{
	size_t i;

	memset(p->line, 0, sizeof(p->line));
	p->n = 1;
	plan_first(p, b, clock);
	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (plan_wider(p, b, clock, steps[i].from, steps[i].to) == 0)
			break;
}
