/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "lease.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *what;
	const char *line;
	const char *want; /* printed again; NULL: as it was */
} lines[] = {
	{ "one of ours",
	    "203.0.113.7 until 2026-11-23T02:00:00Z since "
	    "2026-11-22T14:00:00Z who root from 203.0.113.7 why \"\"",
	    NULL },
	{ "a comment in words",
	    "203.0.113.7 until 2026-11-23T02:00:00Z who ann from - "
	    "why \"my hotel\"",
	    NULL },
	{ "for ever", "2001:db8:1:2::/64 until forever who ann from - why home",
	    NULL },
	{ "ended",
	    "203.0.113.0/24 ended 2026-11-23T02:00:00Z who ann from - "
	    "why \"\"",
	    NULL },
	{ "escapes",
	    "203.0.113.7 until forever who \"\\\"\\\\\" from - "
	    "why \"a\\\"b\\\\\\\\\"",
	    NULL },
	{ "as short as a person writes it", "203.0.113.7 until forever",
	    "203.0.113.7 until forever who \"\" from - why \"\"" },
	{ "in another order", "203.0.113.7 why x who y until forever from z",
	    "203.0.113.7 until forever who y from z why x" },
	{ "white space", "  203.0.113.7\tuntil   forever  ",
	    "203.0.113.7 until forever who \"\" from - why \"\"" },
	{ "quotes that are not needed", "\"203.0.113.7\" \"until\" \"forever\"",
	    "203.0.113.7 until forever who \"\" from - why \"\"" },
	{ "a mapped address", "::ffff:203.0.113.7 until forever",
	    "203.0.113.7 until forever who \"\" from - why \"\"" },
	{ "UTF-8", "203.0.113.7 until forever why \"h\xc3\xb4tel\"",
	    "203.0.113.7 until forever who \"\" from - why "
	    "\"h\xc3\xb4tel\"" },
	{ "a hash in quotes", "203.0.113.7 until forever why \"room #7\"",
	    "203.0.113.7 until forever who \"\" from - why \"room #7\"" },
};

static void
test_lines(void **state)
{
	struct lease l;
	const char  *why;
	char	     line[LEASE_LINE_LEN];
	size_t	     i, n;

	(void)state;
	for (i = 0; i < nitems(lines); i++) {
		if ((why = lease_parse(&l, lines[i].line)) != NULL)
			fail_msg("%s: %s", lines[i].what, why);
		n = lease_print(&l, line);
		assert_int_equal(n, strlen(line));
		if (strcmp(line,
			lines[i].want == NULL ? lines[i].line :
						lines[i].want) != 0)
			fail_msg("%s: %s", lines[i].what, line);
	}
}

#define LONG64 \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct {
	const char *what;
	const char *line;
	const char *why;
} wrong[] = {
	{ "nothing", "", "there is no address" },
	{ "no address", "until forever", "not an address" },
	{ "a name", "mail.example.org until forever", "not an address" },
	{ "host bits", "203.0.113.7/24 until forever", "host bits are set" },
	{ "only an address", "203.0.113.7", "expected either until or ended" },
	{ "no end", "203.0.113.7 since 2026-11-22T14:00:00Z",
	    "expected either until or ended" },
	{ "two ends", "203.0.113.7 until forever ended 2026-11-22T14:00:00Z",
	    "expected either until or ended" },
	{ "a word that is none of ours", "203.0.113.7 untill forever",
	    "expected until, ended, since, who, from or why" },
	{ "a word twice", "203.0.113.7 until forever until forever",
	    "a word is given twice" },
	{ "no value", "203.0.113.7 until", "a value is missing at the end" },
	{ "a time that is none", "203.0.113.7 until tomorrow",
	    "a time is not of the form 2026-11-23T02:00:00Z" },
	{ "ended for ever", "203.0.113.7 ended forever",
	    "a time is not of the form 2026-11-23T02:00:00Z" },
	{ "a text that is too long",
	    "203.0.113.7 until forever why " LONG64 LONG64,
	    "a text is longer than 127 bytes" },
	{ "a comment behind", "203.0.113.7 until forever # mine",
	    "a comment needs a line of its own" },
	{ "a control byte", "203.0.113.7 until forever why \"\x1b\"",
	    "a control byte" },
	{ "a carriage return", "203.0.113.7 until forever\r",
	    "a carriage return: lines end in a newline alone" },
	{ "a brace", "203.0.113.7 { until forever }",
	    "something that is no word" },
	{ "an open quote", "203.0.113.7 until forever why \"x",
	    "the quote is not closed on its line" },
};

static void
test_wrong(void **state)
{
	static const struct lease zero;
	struct lease		  l;
	const char		 *why;
	size_t			  i;

	(void)state;
	for (i = 0; i < nitems(wrong); i++) {
		why = lease_parse(&l, wrong[i].line);
		if (why == NULL || strcmp(why, wrong[i].why) != 0)
			fail_msg("%s: %s", wrong[i].what,
			    why == NULL ? "taken" : why);
		assert_memory_equal(&l, &zero, sizeof(l));
	}
}

/* The longest line there can be fits. */
static void
test_longest(void **state)
{
	struct lease l, again;
	char	     line[LEASE_LINE_LEN];

	(void)state;
	memset(&l, 0, sizeof(l));
	assert_null(prefix_parse(&l.prefix,
	    "2001:db8:1111:2222:3333:4444:5555:6666/127"));
	l.since = l.until = 253402300799;
	l.ended = 1;
	memset(l.who, '\\', sizeof(l.who) - 1);
	memset(l.from, '"', sizeof(l.from) - 1);
	memset(l.why, '"', sizeof(l.why) - 1);
	assert_true(lease_print(&l, line) < sizeof(line) - 1);
	assert_null(lease_parse(&again, line));
	assert_memory_equal(&l, &again, sizeof(l));
}

static const struct {
	const char *what;
	const char *text;
	time_t	    want; /* 0: refused */
} times[] = {
	{ "the example", "2026-11-23T02:00:00Z", 1795399200 },
	{ "the first second", "1970-01-01T00:00:01Z", 1 },
	{ "the epoch would be for ever", "1970-01-01T00:00:00Z", 0 },
	{ "before the epoch", "1969-12-31T23:59:59Z", 0 },
	{ "beyond 32 bits", "2038-01-19T03:14:08Z", 2147483648 },
	{ "the last second", "9999-12-31T23:59:59Z", 253402300799 },
	{ "a leap day", "2028-02-29T12:00:00Z", 1835438400 },
	{ "a leap day of a century", "2000-02-29T00:00:00Z", 951782400 },
	{ "no leap day", "2027-02-29T12:00:00Z", 0 },
	{ "no leap day of a century", "2100-02-29T12:00:00Z", 0 },
	{ "month 13", "2026-13-01T00:00:00Z", 0 },
	{ "month 0", "2026-00-01T00:00:00Z", 0 },
	{ "day 0", "2026-01-00T00:00:00Z", 0 },
	{ "hour 24", "2026-01-01T24:00:00Z", 0 },
	{ "a leap second", "2016-12-31T23:59:60Z", 0 },
	{ "another zone", "2026-11-23T02:00:00+01:00", 0 },
	{ "no zone", "2026-11-23T02:00:00", 0 },
	{ "small letters", "2026-11-23t02:00:00z", 0 },
	{ "a fraction", "2026-11-23T02:00:00.5Z", 0 },
	{ "a sign", "+026-11-23T02:00:00Z", 0 },
	{ "a space behind", "2026-11-23T02:00:00Z ", 0 },
	{ "nothing", "", 0 },
};

static void
test_times(void **state)
{
	char   buf[LEASE_TIME_LEN];
	time_t t;
	size_t i;

	(void)state;
	for (i = 0; i < nitems(times); i++) {
		t = 0;
		if (lease_time_parse(&t, times[i].text) !=
		    (times[i].want == 0 ? -1 : 0))
			fail_msg("%s", times[i].what);
		if (t != times[i].want)
			fail_msg("%s: %lld", times[i].what, (long long)t);
		if (t != 0 && strcmp(lease_time(t, buf), times[i].text) != 0)
			fail_msg("%s: %s", times[i].what, buf);
	}
	assert_string_equal(lease_time(LEASE_FOREVER, buf), "forever");
	assert_string_equal(lease_time(-1, buf), "1970-01-01T00:00:01Z");
	assert_string_equal(lease_time(INT64_MAX, buf), "9999-12-31T23:59:59Z");
}

/* Against the C library, some days of each year. */
static void
test_calendar(void **state)
{
	char	  buf[LEASE_TIME_LEN], want[LEASE_TIME_LEN];
	struct tm tm;
	time_t	  t, back;

	(void)state;
	for (t = 1; t < 253402300799; t += 86399 * 37) {
		assert_non_null(gmtime_r(&t, &tm));
		strftime(want, sizeof(want), "%Y-%m-%dT%H:%M:%SZ", &tm);
		assert_string_equal(lease_time(t, buf), want);
		assert_int_equal(lease_time_parse(&back, buf), 0);
		assert_int_equal(back, t);
	}
}

static const struct {
	const char *what;
	time_t	    until;
	int	    ended;
	time_t	    now;
	int	    want;
} opens[] = {
	{ "before its end", 1000, 0, 999, 1 },
	{ "at its end", 1000, 0, 1000, 0 },
	{ "for ever", LEASE_FOREVER, 0, 1000000000, 1 },
	{ "ended, and the clock went back", 1000, 1, 10, 0 },
};

static void
test_open(void **state)
{
	struct lease l;
	size_t	     i;

	(void)state;
	for (i = 0; i < nitems(opens); i++) {
		memset(&l, 0, sizeof(l));
		l.until = opens[i].until;
		l.ended = opens[i].ended;
		if (lease_is_open(&l, opens[i].now) != opens[i].want)
			fail_msg("%s", opens[i].what);
	}
}

#define T 1795399200

static const struct {
	const char	*what;
	time_t		 newest;
	time_t		 now;
	enum lease_clock want;
} clocks[] = {
	{ "no record at all", 0, 5, LEASE_CLOCK_GOOD },
	{ "the same second", T, T, LEASE_CLOCK_GOOD },
	{ "a step back", T, T - LEASE_SLACK, LEASE_CLOCK_GOOD },
	{ "a leap back", T, T - LEASE_SLACK - 1, LEASE_CLOCK_BACK },
	{ "a battery that is empty", T, 0, LEASE_CLOCK_BACK },
	{ "a lease of 30 days, seen late", T, T + LEASE_MAX + 3600,
	    LEASE_CLOCK_GOOD },
	{ "31 days later", T, T + LEASE_SKEW, LEASE_CLOCK_GOOD },
	{ "more than 31 days later", T, T + LEASE_SKEW + 1, LEASE_CLOCK_AHEAD },
};

static void
test_clock(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < nitems(clocks); i++)
		if (lease_clock(clocks[i].newest, clocks[i].now) !=
		    clocks[i].want)
			fail_msg("%s", clocks[i].what);
}

static void
test_text(void **state)
{
	char text[LEASE_TEXT_LEN];
	char big[400];

	(void)state;
	lease_text(text, "a \"b\" \\ \x1b[31m\n\xc3\xb4");
	assert_string_equal(text, "a \"b\" \\ \\x1b[31m\\x0a\\xc3\\xb4");
	memset(big, '\n', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	lease_text(text, big);
	assert_int_equal(strlen(text), 124); /* no half of an escape */
	lease_text(text, "");
	assert_string_equal(text, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_longest),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_calendar),
		cmocka_unit_test(test_open),
		cmocka_unit_test(test_clock),
		cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests_name("lease", tests, NULL, NULL);
}
