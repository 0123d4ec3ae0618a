/* SPDX-License-Identifier: ISC */
/*
 * A journal of bans, whatever its bytes are: what is taken is written as it
 * was read, and the bans that it adds up to are the same when they are written
 * anew.  As no fuzzer finds a sum, each line is also read with the right one.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ban_line.h"
#include "ban_plan.h"
#include "bans.h"
#include "crc32c.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(int true_)
{
	if (!true_)
		abort();
}

static void
take(struct bans *b, const char *line, size_t len)
{
	struct ban_line l;
	char		again[BAN_LINE_LEN];

	if (ban_line_read(&l, line, len) != NULL)
		return;
	must(ban_line_write(again, &l) == len + 1);
	must(memcmp(again, line, len) == 0 && again[len] == '\n');
	must(bans_apply(b, &l) == 0);
}

static void
take_line(struct bans *b, const char *line, size_t len)
{
	char	 text[2 * BAN_LINE_LEN];
	uint32_t crc;

	take(b, line, len);
	if (len > BAN_LINE_LEN)
		return;
	memcpy(text, line, len);
	crc = crc32c(0, text, len);
	len += (size_t)snprintf(text + len, sizeof(text) - len, " crc=%08lx",
	    (unsigned long)crc);
	take(b, text, len);
}

static int
copy(void *arg, const struct ban *ban)
{
	struct ban_line l = { .word = BAN_LINE_BAN, .time = ban->since };
	char		line[BAN_LINE_LEN];
	size_t		n;

	l.prefix = ban->prefix;
	l.until = ban->until;
	l.times = ban->times;
	strlcpy(l.who, ban->who, sizeof(l.who));
	strlcpy(l.why, ban->why, sizeof(l.why));
	n = ban_line_write(line, &l);
	must(ban_line_read(&l, line, n - 1) == NULL);
	must(bans_apply(arg, &l) == 0);
	return 0;
}

static int
compare(void *arg, const struct ban *ban)
{
	const struct ban *same = bans_find(arg, &ban->prefix);

	must(same != NULL && same->since == ban->since &&
	    same->until == ban->until && same->times == ban->times &&
	    strcmp(same->who, ban->who) == 0 &&
	    strcmp(same->why, ban->why) == 0);
	return 0;
}

/* One more ban of each that there is: it holds then. */
static int
plan(void *arg, const struct ban *ban)
{
	struct bans	 *b = arg;
	struct bans_clock clock = bans_judge(b, 1790000000);
	struct ban_plan	  p = { .prefix = ban->prefix,
		  .repeats = 1,
		  .who = "fuzz",
		  .why = "",
		  .keep = 60,
		  .longest = 86400 };
	size_t		  i;

	ban_plan(&p, b, &clock);
	must(p.n >= 1 && p.n <= BAN_PLAN_LINES);
	for (i = 0; i < p.n; i++)
		must(bans_apply(b, &p.line[i]) == 0);
	must(bans_holding(b, &p.prefix, &clock) != NULL ||
	    clock.now == BAN_TIME_LAST);
	return 1;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct bans	 *b = bans_new(), *again = bans_new();
	const char	 *p = (const char *)data, *end;
	struct bans_clock clock;
	struct ranges	  r;

	must(b != NULL && again != NULL);
	for (; (end = memchr(p, '\n', len)) != NULL;
	     len -= (size_t)(end + 1 - p), p = end + 1)
		take_line(b, p, (size_t)(end - p));
	must(bans_each(b, NULL, copy, again) == bans_records(b));
	must(bans_records(again) == bans_records(b));
	bans_each(again, NULL, compare, b);
	clock = bans_judge(b, 1790000000);
	must(bans_ranges(b, &clock, &r) == 0);
	must((r.n4 + r.n6 > 0) == (bans_count(b, &clock) > 0));
	ranges_free(&r);
	if (clock.good)
		bans_forget(b, &clock, 90 * 86400);
	bans_each(again, NULL, plan, again);
	bans_free(again);
	bans_free(b);
	return 0;
}
