/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "date.h"

/* Each day of four centuries and more, at some time of day. */
static void
test_days(void **state)
{
	struct date d;
	struct tm   tm;
	time_t	    t;

	(void)state;
	for (t = 0; t < (time_t)500 * 366 * 86400; t += 86399) {
		date_utc(&d, t);
		assert_non_null(gmtime_r(&t, &tm));
		assert_int_equal(d.year, tm.tm_year + 1900);
		assert_int_equal(d.month, tm.tm_mon + 1);
		assert_int_equal(d.day, tm.tm_mday);
		assert_int_equal(d.hour, tm.tm_hour);
		assert_int_equal(d.minute, tm.tm_min);
		assert_int_equal(d.second, tm.tm_sec);
		assert_int_equal(d.weekday, tm.tm_wday);
	}
}

static void
test_ends(void **state)
{
	struct date d;

	(void)state;
	date_utc(&d, -1);
	assert_int_equal(d.year, 1970);
	assert_int_equal(d.second, 0);
	date_utc(&d, (time_t)INT64_MAX);
	assert_int_equal(d.year, 9999);
	assert_int_equal(d.month, 12);
	assert_int_equal(d.day, 31);
	assert_int_equal(d.second, 59);
}

static void
test_digits(void **state)
{
	char buf[] = "xxxxx";

	(void)state;
	assert_ptr_equal(date_digits(buf, 7, 2), buf + 2);
	assert_string_equal(buf, "07xxx");
	date_digits(buf, 12345, 4);
	assert_string_equal(buf, "2345x");
}

static void
test_rfc3339(void **state)
{
	static const struct {
		const char *name;
		time_t	    time;
		const char *text;
	} rows[] = {
		{ "the first moment", 0, "1970-01-01T00:00:00Z" },
		{ "a leap day", 1709209845, "2024-02-29T12:30:45Z" },
		{ "before all time", -1, "1970-01-01T00:00:00Z" },
	};
	char   buf[DATE_RFC3339_LEN];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(date_rfc3339(rows[i].time, buf), rows[i].text) != 0)
			fail_msg("%s: %s", rows[i].name, buf);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_digits),
		cmocka_unit_test(test_rfc3339),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
