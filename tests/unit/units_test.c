/* SPDX-License-Identifier: ISC */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "units.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

typedef const char *reader(long long *, const char *);

static const char duration_form[] =
    "is not a duration such as 30s, 5m, 12h, 7d or 1y";
static const char size_form[] = "is not a size such as 512, 64k, 32m or 1g";
static const char mode_form[] = "is not an octal mode such as 0660";

static const struct {
	const char *what;
	reader	   *read;
	const char *text;
	long long   want;
	const char *why; /* or the complaint */
} cases[] = {
	{ "seconds", units_duration, "30s", 30, NULL },
	{ "minutes", units_duration, "5m", 300, NULL },
	{ "hours", units_duration, "12h", 43200, NULL },
	{ "days", units_duration, "7d", 604800, NULL },
	{ "a year has 365 days", units_duration, "1y", 31536000, NULL },
	{ "none at all", units_duration, "0s", 0, NULL },
	{ "leading zeros are harmless", units_duration, "005s", 5, NULL },
	{ "a duration needs its unit", units_duration, "5", 0,
	    "has no unit: s, m, h, d or y" },
	{ "a unit needs its number", units_duration, "s", 0, duration_form },
	{ "nothing is no duration", units_duration, "", 0, duration_form },
	{ "units are lower case", units_duration, "5S", 0, duration_form },
	{ "one unit only", units_duration, "1h30m", 0, duration_form },
	{ "no words", units_duration, "5sec", 0, duration_form },
	{ "no space", units_duration, "5 s", 0, duration_form },
	{ "no sign", units_duration, "-5s", 0, duration_form },
	{ "no fraction", units_duration, "1.5h", 0, duration_form },
	{ "a size's unit", units_duration, "5k", 0, duration_form },
	{ "the largest in seconds", units_duration, "9223372036854775807s",
	    LLONG_MAX, NULL },
	{ "one more", units_duration, "9223372036854775808s", 0,
	    "is too large" },
	{ "overflow by the unit", units_duration, "292471208678y", 0,
	    "is too large" },
	{ "the last that fits", units_duration, "292471208677y",
	    292471208677LL * 31536000, NULL },
	{ "very many digits", units_duration,
	    "99999999999999999999999999999999999999d", 0, "is too large" },

	{ "bytes", units_size, "512", 512, NULL },
	{ "kilobytes", units_size, "64k", 65536, NULL },
	{ "megabytes", units_size, "32m", 33554432, NULL },
	{ "gigabytes", units_size, "1g", 1073741824, NULL },
	{ "no bytes", units_size, "0", 0, NULL },
	{ "a duration's unit", units_size, "5s", 0, size_form },
	{ "two letters", units_size, "5kb", 0, size_form },
	{ "no number", units_size, "k", 0, size_form },
	{ "nothing is no size", units_size, "", 0, size_form },
	{ "too many gigabytes", units_size, "8589934592g", 0, "is too large" },
	{ "the most gigabytes", units_size, "8589934591g",
	    8589934591LL * 1073741824, NULL },
	{ "too many bytes", units_size, "9223372036854775808", 0,
	    "is too large" },

	{ "a number", units_number, "65536", 65536, NULL },
	{ "zero", units_number, "0", 0, NULL },
	{ "the largest number", units_number, "9223372036854775807", LLONG_MAX,
	    NULL },
	{ "a larger one", units_number, "9223372036854775808", 0,
	    "is too large" },
	{ "nothing is no number", units_number, "", 0, "is not a number" },
	{ "a negative number", units_number, "-1", 0, "is not a number" },
	{ "a plus sign", units_number, "+1", 0, "is not a number" },
	{ "hexadecimal", units_number, "0x10", 0, "is not a number" },
	{ "a unit", units_number, "1k", 0, "is not a number" },
	{ "white space", units_number, " 1", 0, "is not a number" },

	{ "a mode", units_octal, "0660", 0660, NULL },
	{ "a mode of three digits", units_octal, "660", 0660, NULL },
	{ "a mode with all bits", units_octal, "7777", 07777, NULL },
	{ "an 8", units_octal, "0680", 0, mode_form },
	{ "two digits", units_octal, "66", 0, mode_form },
	{ "five digits", units_octal, "00660", 0, mode_form },
	{ "letters", units_octal, "rw-", 0, mode_form },
};

static void
test_read(void **state)
{
	const char *why;
	long long   got;
	size_t	    i;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		why = cases[i].read(&got, cases[i].text);
		if (cases[i].why == NULL && why == NULL) {
			if (got != cases[i].want)
				fail_msg("%s: got %lld", cases[i].what, got);
		} else if (cases[i].why == NULL || why == NULL ||
		    strcmp(why, cases[i].why) != 0)
			fail_msg("%s: %s", cases[i].what,
			    why == NULL ? "no complaint" : why);
	}
}

static const struct {
	const char *what;
	int	    size;
	long long   value;
	const char *want;
} prints[] = {
	{ "no time", 0, 0, "0s" },
	{ "seconds", 0, 59, "59s" },
	{ "a minute", 0, 60, "1m" },
	{ "more than a minute", 0, 61, "61s" },
	{ "an hour", 0, 3600, "1h" },
	{ "ninety minutes", 0, 5400, "90m" },
	{ "a week", 0, 604800, "7d" },
	{ "a year", 0, 31536000, "1y" },
	{ "a year and a day", 0, 31622400, "366d" },
	{ "no bytes", 1, 0, "0" },
	{ "bytes", 1, 1023, "1023" },
	{ "a kilobyte", 1, 1024, "1k" },
	{ "a megabyte", 1, 1048576, "1m" },
	{ "a megabyte and a half", 1, 1572864, "1536k" },
	{ "two gigabytes", 1, 2147483648LL, "2g" },
	{ "the most", 1, LLONG_MAX, "9223372036854775807" },
};

static void
test_print(void **state)
{
	char	  buf[UNITS_LEN];
	long long back;
	size_t	  i;

	(void)state;
	for (i = 0; i < nitems(prints); i++) {
		if (prints[i].size)
			units_print_size(prints[i].value, buf);
		else
			units_print_duration(prints[i].value, buf);
		if (strcmp(buf, prints[i].want) != 0)
			fail_msg("%s: got %s", prints[i].what, buf);
		if ((prints[i].size ? units_size(&back, buf) :
				      units_duration(&back, buf)) != NULL ||
		    back != prints[i].value)
			fail_msg("%s: does not come back", prints[i].what);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_print),
	};

	return cmocka_run_group_tests_name("units", tests, NULL, NULL);
}
