/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "ban_line.h"
#include "ban_plan.h"
#include "bans.h"
#include "ranges.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))
#define DAY	  INT64_C(86400)
#define T	  INT64_C(1790000000)

static struct prefix
prefix(const char *text)
{
	struct prefix p;

	if (prefix_parse(&p, text) != NULL)
		fail_msg("%s", text);
	return p;
}

static struct addr
addr(const char *text)
{
	struct addr a;

	assert_int_equal(addr_parse(&a, text), 0);
	return a;
}

static struct bans_clock
at(int64_t now)
{
	return (struct bans_clock){ .now = now, .good = 1 };
}

/* Plan it as the journal does, and apply it.  Returns the last line. */
static struct ban_line
do_ban(struct bans *b, int64_t now, const char *text, int64_t length,
    int repeats)
{
	struct bans_clock clock = bans_judge(b, now);
	struct ban_plan	  p = { .prefix = prefix(text),
		  .length = length,
		  .repeats = repeats,
		  .who = "root",
		  .why = "",
		  .keep = 7 * DAY,
		  .longest = 90 * DAY };
	size_t		  i;

	ban_plan(&p, b, &clock);
	for (i = 0; i < p.n; i++)
		assert_int_equal(bans_apply(b, &p.line[i]), 0);
	return p.line[p.n - 1];
}

static void
do_unban(struct bans *b, int64_t now, const char *text)
{
	struct ban_line l = { .word = BAN_LINE_UNBAN, .time = now };

	l.prefix = prefix(text);
	assert_int_equal(bans_apply(b, &l), 0);
}

static void
do_clock(struct bans *b, int64_t now, enum ban_word word)
{
	struct ban_line l = { .word = word, .time = now };

	assert_int_equal(bans_apply(b, &l), 0);
}

static const char *
covering(const struct bans *b, const char *text, int64_t now)
{
	static char	  buf[BAN_PREFIX_LEN];
	struct bans_clock clock = at(now);
	struct addr	  a = addr(text);
	struct prefix p = prefix_around(&a, a.family == ADDR_IPV4 ? 32 : 128);
	const struct ban *ban;

	if ((ban = bans_holding(b, &p, &clock)) == NULL)
		return "-";
	return ban_line_print(&ban->prefix, buf);
}

static void
test_cover(void **state)
{
	struct bans	 *b = bans_new();
	struct bans_clock clock = at(T + 1);

	(void)state;
	do_ban(b, T, "192.0.2.0/24", DAY, 0);
	do_ban(b, T, "192.0.2.9", DAY, 0);
	do_ban(b, T, "2001:db8::/48", DAY, 0);
	assert_string_equal(covering(b, "192.0.2.9", T + 1), "192.0.2.9/32");
	assert_string_equal(covering(b, "192.0.2.8", T + 1), "192.0.2.0/24");
	assert_string_equal(covering(b, "192.0.3.9", T + 1), "-");
	assert_string_equal(covering(b, "2001:db8:0:ffff::1", T + 1),
	    "2001:db8::/48");
	assert_string_equal(covering(b, "192.0.2.9", T + DAY - 1),
	    "192.0.2.9/32");
	assert_string_equal(covering(b, "192.0.2.9", T + DAY), "-");
	assert_int_equal(bans_count(b, &clock), 3);
	assert_int_equal(bans_next_end(b, &clock), T + DAY);
	clock = at(T + DAY);
	assert_int_equal(bans_count(b, &clock), 0);
	assert_int_equal(bans_next_end(b, &clock), 0);
	assert_int_equal(bans_records(b), 3);
	bans_free(b);
}

/* One after another, of the same address; keep is 7 days. */
static const struct {
	const char  *what;
	int64_t	     now;    /* days from the start */
	int64_t	     length; /* days; 0: keep */
	int	     repeats;
	int64_t	     until; /* days */
	unsigned int times;
} repeats[] = {
	{ "the first time", 0, 0, 1, 7, 1 },
	{ "while it holds it goes on", 2, 0, 1, 9, 1 },
	{ "a shorter rule does not cut it", 3, 1, 1, 9, 1 },
	{ "a person's word does", 3, 1, 0, 4, 1 },
	{ "the second time: twice", 5, 0, 1, 19, 2 },
	{ "while that holds, a time for the first", 18, 3, 1, 24, 2 },
	{ "by hand, with a time", 30, 1, 0, 31, 3 },
	{ "the fourth time", 40, 0, 1, 96, 4 },
	{ "as long as the longest", 100, 0, 1, 190, 5 },
	{ "no longer than that", 200, 0, 1, 290, 6 },
	{ "by hand beyond it", 300, 1000, 0, 1300, 7 },
	{ "a rule does not cut that", 301, 1, 1, 1300, 7 },
};

static void
test_repeats(void **state)
{
	struct bans    *b = bans_new();
	struct ban_line l;
	size_t		i;

	(void)state;
	for (i = 0; i < nitems(repeats); i++) {
		/* Time goes on in small steps. */
		do_clock(b, T + repeats[i].now * DAY, BAN_LINE_CLOCK);
		l = do_ban(b, T + repeats[i].now * DAY, "192.0.2.9",
		    repeats[i].length * DAY, repeats[i].repeats);
		if (l.until != T + repeats[i].until * DAY ||
		    l.times != repeats[i].times)
			fail_msg("%s: until %lld, %u times", repeats[i].what,
			    (long long)((l.until - T) / DAY), l.times);
	}
	/* An unban forgives. */
	do_unban(b, T + 302 * DAY, "192.0.2.9");
	l = do_ban(b, T + 303 * DAY, "192.0.2.9", 0, 1);
	assert_int_equal(l.times, 1);
	assert_int_equal(l.until, T + 310 * DAY);
	bans_free(b);
}

static void
test_forget(void **state)
{
	struct bans	 *b = bans_new();
	struct bans_clock clock;
	struct prefix	  p = prefix("192.0.2.9");

	(void)state;
	do_ban(b, T, "192.0.2.9", DAY, 0);
	do_ban(b, T, "192.0.2.10", 200 * DAY, 0);
	clock = at(T + 91 * DAY - 1);
	bans_forget(b, &clock, 90 * DAY);
	assert_non_null(bans_find(b, &p));
	clock = at(T + 91 * DAY);
	bans_forget(b, &clock, 90 * DAY);
	assert_null(bans_find(b, &p));
	assert_int_equal(bans_records(b), 1);
	assert_string_equal(covering(b, "192.0.2.10", clock.now),
	    "192.0.2.10/32");
	bans_free(b);
}

static void
test_wider(void **state)
{
	struct bans    *b = bans_new();
	struct ban_line l;
	char		text[64];
	unsigned int	i, j;

	(void)state;
	/* Seven, of which one is over then, one again, one more: seven. */
	do_ban(b, T, "2001:db8:0:77::/64", 60, 0);
	for (i = 0; i < 7; i++) {
		snprintf(text, sizeof(text), "2001:db8:0:%x::/64", i);
		l = do_ban(b, i < 6 ? T : T + 61, text, (10 - i) * DAY, 0);
		assert_int_equal(l.prefix.bits, 64);
	}
	l = do_ban(b, T + 61, "2001:db8:0:3::/64", DAY, 0);
	assert_int_equal(l.prefix.bits, 64);
	/* The eighth: until the latest of them ends. */
	l = do_ban(b, T + 61, "2001:db8:0:ff::/64", DAY, 0);
	assert_int_equal(l.prefix.bits, 56);
	assert_int_equal(l.until, T + 10 * DAY);
	assert_string_equal(l.who, "/56");
	assert_string_equal(l.why, "8 of its /64 are banned");
	/* One more is no more than one more, unless it lasts longer. */
	l = do_ban(b, T + 61, "2001:db8:0:fe::/64", DAY, 0);
	assert_int_equal(l.prefix.bits, 64);
	l = do_ban(b, T + 61, "2001:db8:0:fd::/64", 11 * DAY, 0);
	assert_int_equal(l.prefix.bits, 56);
	assert_int_equal(l.until, T + 61 + 11 * DAY);

	/* Seven more /56, and the /48 is full. */
	for (i = 1; i < 8; i++)
		for (j = 0; j < 8; j++) {
			snprintf(text, sizeof(text), "2001:db8:0:%x%02x::/64",
			    i, j);
			l = do_ban(b, T + 61, text, DAY, 0);
			assert_int_equal(l.prefix.bits,
			    j < 7     ? 64 :
				i < 7 ? 56 :
					48);
		}
	assert_int_equal(l.until, T + 61 + 11 * DAY);
	assert_string_equal(l.why, "8 of its /56 are banned");
	assert_string_equal(covering(b, "2001:db8:0:ffff::1", T + 62),
	    "2001:db8::/48");
	/* All of it ends with the widest. */
	do_unban(b, T + 100, "2001:db8::/48");
	assert_int_equal(bans_records(b), 0);
	bans_free(b);
}

/* IPv4 neighbours have nothing to do with one another. */
static void
test_no_wider(void **state)
{
	struct bans    *b = bans_new();
	struct ban_line l;
	char		text[64];
	unsigned int	i;

	(void)state;
	for (i = 0; i < 256; i++) {
		snprintf(text, sizeof(text), "192.0.2.%u", i);
		l = do_ban(b, T, text, DAY, 0);
		assert_int_equal(l.prefix.bits, 32);
	}
	bans_free(b);
}

static const struct {
	const char *what;
	int64_t	    now; /* seconds after the newest line */
	int	    good;
	int64_t	    judged;
} clocks[] = {
	{ "the same second", 0, 1, 0 },
	{ "later", 100, 1, 100 },
	{ "a little back is no matter, time stands still", -60, 1, 0 },
	{ "back", -61, 0, 0 },
	{ "1970", -T - 10, 0, 0 },
	{ "a month later", 31 * DAY, 1, 31 * DAY },
	{ "more than that", 31 * DAY + 1, 0, 0 },
	{ "a century later", 36500 * DAY, 0, 0 },
};

static void
test_clock(void **state)
{
	struct bans	 *b = bans_new();
	struct bans_clock c;
	size_t		  i;

	(void)state;
	c = bans_judge(b, 0);
	assert_true(c.good && c.now == 1);
	c = bans_judge(b, INT64_MAX);
	assert_true(c.good && c.now == BAN_TIME_LAST);
	do_ban(b, T - DAY, "192.0.2.9", 10 * DAY, 0);
	do_ban(b, T, "192.0.2.10", 40 * DAY, 0);
	for (i = 0; i < nitems(clocks); i++) {
		c = bans_judge(b, T + clocks[i].now);
		if (c.good != clocks[i].good || c.now != T + clocks[i].judged)
			fail_msg("%s: %lld, %s", clocks[i].what,
			    (long long)(c.now - T), c.good ? "good" : "bad");
	}
	/* Nothing to lose: believed. */
	do_unban(b, T, "192.0.2.9");
	c = bans_judge(b, T + 35 * DAY);
	assert_true(c.good);
	bans_free(b);
}

static void
test_right(void **state)
{
	struct bans	 *b = bans_new();
	struct prefix	  p = prefix("192.0.2.9");
	const struct ban *ban;

	(void)state;
	/* By a clock that was a year ahead: one is over, one holds. */
	do_ban(b, T + 365 * DAY, "192.0.2.8", 60, 0);
	do_ban(b, T + 365 * DAY, "192.0.2.9", DAY, 0);
	do_clock(b, T + 365 * DAY + 100, BAN_LINE_CLOCK);
	do_clock(b, T, BAN_LINE_RIGHT);
	assert_int_equal(bans_newest(b), T);
	ban = bans_find(b, &p);
	assert_non_null(ban);
	assert_int_equal(ban->since, T);
	assert_int_equal(ban->until, T + DAY);
	assert_string_equal(covering(b, "192.0.2.8", T), "-");
	assert_string_equal(covering(b, "192.0.2.9", T), "192.0.2.9/32");
	bans_free(b);
}

/* Off for 40 days, and somebody offends before it is said that that is so. */
static void
test_banned_in_doubt(void **state)
{
	struct bans	 *b = bans_new();
	struct prefix	  p = prefix("192.0.2.11");
	const struct ban *ban;
	int64_t		  now = T + 40 * DAY;

	(void)state;
	do_ban(b, T - 100, "192.0.2.9", 7 * DAY, 0);
	do_ban(b, T - 100, "192.0.2.10", 7 * DAY, 0);
	do_clock(b, T, BAN_LINE_CLOCK);
	/* Anew, and one that holds, for longer. */
	do_ban(b, now, "192.0.2.11", DAY, 0);
	do_ban(b, now, "192.0.2.10", 9 * DAY, 0);
	do_clock(b, now, BAN_LINE_RIGHT);
	assert_string_equal(covering(b, "192.0.2.9", now), "-");
	ban = bans_find(b, &p);
	assert_non_null(ban);
	assert_int_equal(ban->since, now);
	assert_int_equal(ban->until, now + DAY);
	assert_string_equal(covering(b, "192.0.2.10", now + 9 * DAY - 1),
	    "192.0.2.10/32");
	assert_string_equal(covering(b, "192.0.2.10", now + 9 * DAY), "-");
	p = prefix("192.0.2.10");
	assert_int_equal(bans_find(b, &p)->since, T - 100);
	/* Said once more, nothing changes. */
	do_clock(b, now + 10, BAN_LINE_RIGHT);
	assert_int_equal(ban->until, now + DAY);
	bans_free(b);
}

struct order {
	struct prefix last;
	size_t	      n, stop;
};

static int
in_order(void *arg, const struct ban *ban)
{
	struct order *o = arg;
	int	      c;

	if (o->n++ > 0) {
		c = addr_compare(&o->last.addr, &ban->prefix.addr);
		assert_true(
		    c < 0 || (c == 0 && o->last.bits < ban->prefix.bits));
	}
	o->last = ban->prefix;
	return o->n == o->stop;
}

#define MANY 5000

static void
test_many(void **state)
{
	struct bans	 *b = bans_new();
	struct bans_clock clock = at(T + 1);
	struct order	  o = { .stop = 0 };
	struct ranges	  r;
	struct addr	  a;
	char		  text[64];
	unsigned int	  i;

	(void)state;
	for (i = 0; i < MANY; i++) {
		snprintf(text, sizeof(text), "10.%u.%u.%u", i * 7 % 256,
		    i / 256, i * 2 % 256);
		do_ban(b, T, text, i % 5 == 0 ? 1 : DAY, 0);
	}
	do_ban(b, T, "10.0.0.0/16", DAY, 0);
	do_ban(b, T, "10.0.0.0/24", DAY, 0);
	assert_int_equal(bans_count(b, &clock), MANY / 5 * 4 + 2);
	assert_int_equal(bans_each(b, &clock, in_order, &o), MANY / 5 * 4 + 2);
	o.n = 0;
	assert_int_equal(bans_each(b, NULL, in_order, &o), MANY + 2);
	o.n = 0;
	o.stop = 10;
	assert_int_equal(bans_each(b, &clock, in_order, &o), 10);
	assert_int_equal(bans_ranges(b, &clock, &r), 0);
	a = addr("10.0.77.77");
	assert_true(ranges_has(&r, &a));
	a = addr("10.7.0.2"); /* the second */
	assert_true(ranges_has(&r, &a));
	a = addr("10.35.0.10"); /* the sixth: it is over */
	assert_false(ranges_has(&r, &a));
	ranges_free(&r);
	/* All that are within go with it. */
	i = (unsigned int)bans_records(b);
	do_unban(b, T + 2, "10.0.0.0/16");
	assert_true(bans_records(b) < i - 2);
	assert_string_equal(covering(b, "10.0.0.1", T + 2), "-");
	bans_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cover),
		cmocka_unit_test(test_repeats),
		cmocka_unit_test(test_forget),
		cmocka_unit_test(test_wider),
		cmocka_unit_test(test_no_wider),
		cmocka_unit_test(test_clock),
		cmocka_unit_test(test_right),
		cmocka_unit_test(test_banned_in_doubt),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests_name("bans", tests, NULL, NULL);
}
