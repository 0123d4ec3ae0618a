/* SPDX-License-Identifier: ISC */
/*
 * How "postern lists" prints ranges and times.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "lists_verb.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *what;
	uint32_t    first, last;
	const char *want;
} fours[] = {
	{ "an address", 0xc0000201, 0xc0000201, "192.0.2.1" },
	{ "a prefix", 0xc0000200, 0xc00002ff, "192.0.2.0/24" },
	{ "no prefix", 0xc0000201, 0xc0000202, "192.0.2.1-192.0.2.2" },
	{ "two prefixes", 0xc0000200, 0xc0000202, "192.0.2.0-192.0.2.2" },
	{ "all of IPv4", 0, UINT32_MAX, "0.0.0.0/0" },
	{ "all but the last", 0, UINT32_MAX - 1, "0.0.0.0-255.255.255.254" },
	{ "the last", UINT32_MAX, UINT32_MAX, "255.255.255.255" },
};

static const struct {
	const char  *what;
	struct addr6 first, last;
	const char  *want;
} sixes[] = {
	{ "an address", { 0x20010db800000000, 1 }, { 0x20010db800000000, 1 },
	    "2001:db8::1" },
	{ "a prefix", { 0x20010db800000000, 0 },
	    { 0x20010db8ffffffff, UINT64_MAX }, "2001:db8::/32" },
	{ "no prefix", { 0x20010db800000000, 1 }, { 0x20010db800000000, 2 },
	    "2001:db8::1-2001:db8::2" },
	{ "all of IPv6", { 0, 0 }, { UINT64_MAX, UINT64_MAX }, "::/0" },
	{ "the longest", { 0x1111111111111111, 0x1111111111111111 },
	    { 0x1111111111111111, 0x1111111111111112 },
	    "1111:1111:1111:1111:1111:1111:1111:1111-"
	    "1111:1111:1111:1111:1111:1111:1111:1112" },
};

static void
test_ranges(void **state)
{
	struct range4 v4;
	struct range6 v6;
	char	      buf[LISTS_RANGE_LEN];
	size_t	      i;

	(void)state;
	for (i = 0; i < nitems(fours); i++) {
		v4.first = fours[i].first;
		v4.last = fours[i].last;
		if (strcmp(lists_print4(&v4, buf), fours[i].want) != 0)
			fail_msg("%s: %s", fours[i].what, buf);
	}
	for (i = 0; i < nitems(sixes); i++) {
		v6.first = sixes[i].first;
		v6.last = sixes[i].last;
		if (strcmp(lists_print6(&v6, buf), sixes[i].want) != 0)
			fail_msg("%s: %s", sixes[i].what, buf);
	}
}

static const struct {
	int64_t	    seconds;
	const char *want;
} spans[] = {
	{ -5, "0s" },
	{ 0, "0s" },
	{ 59, "59s" },
	{ 60, "1m" },
	{ 3599, "59m" },
	{ 3600, "1h 0m" },
	{ 86399, "23h 59m" },
	{ 86400, "1d 0h" },
	{ INT64_MAX, "106751991167300d 15h" },
};

static void
test_times(void **state)
{
	char   buf[LISTS_TIME_LEN];
	size_t i;

	(void)state;
	for (i = 0; i < nitems(spans); i++)
		assert_string_equal(lists_span(spans[i].seconds, buf),
		    spans[i].want);
	assert_string_equal(lists_time(0, buf), "never");
	assert_string_equal(lists_json_time(0, buf), "null");
	assert_string_equal(lists_time(1795356000, buf),
	    "2026-11-22T14:00:00Z");
	assert_string_equal(lists_json_time(1795356000, buf),
	    "\"2026-11-22T14:00:00Z\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_times),
	};

	return cmocka_run_group_tests_name("lists_say", tests, NULL, NULL);
}
