/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "offence.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char  *what;
	const char  *line;
	int	     good;
	enum offence offence;
} lines[] = {
	{ "a reject", "offence 192.0.2.9 reject", 1, OFFENCE_REJECT },
	{ "a 4xx", "offence 2001:db8::1 4xx", 1, OFFENCE_4XX },
	{ "a limit", "offence 192.0.2.9 limit", 1, OFFENCE_LIMIT },
	{ "the plural", "offence 192.0.2.9 rejects", 0, 0 },
	{ "nothing", "", 0, 0 },
	{ "no address", "offence reject", 0, 0 },
	{ "an empty address", "offence  reject", 0, 0 },
	{ "no kind", "offence 192.0.2.9", 0, 0 },
	{ "an empty kind", "offence 192.0.2.9 ", 0, 0 },
	{ "another word", "offense 192.0.2.9 reject", 0, 0 },
	{ "capitals", "offence 2001:DB8::1 reject", 0, 0 },
	{ "a long form", "offence 2001:db8:0::1 reject", 0, 0 },
	{ "a mapped address", "offence ::ffff:192.0.2.9 reject", 0, 0 },
	{ "a prefix", "offence 192.0.2.0/24 reject", 0, 0 },
	{ "a space before", " offence 192.0.2.9 reject", 0, 0 },
	{ "a space behind", "offence 192.0.2.9 reject ", 0, 0 },
	{ "two spaces", "offence 192.0.2.9  reject", 0, 0 },
	{ "a newline", "offence 192.0.2.9 reject\n", 0, 0 },
	{ "something long",
	    "offence 192.0.2.9 rejectrejectrejectrejectrejectrejectrejectreject"
	    "rejectrejectrejectreject",
	    0, 0 },
};

static void
test_lines(void **state)
{
	char	     again[OFFENCE_LINE_MAX];
	struct addr  addr;
	enum offence o;
	size_t	     i, n, len;
	int	     good;

	(void)state;
	for (i = 0; i < nitems(lines); i++) {
		len = strlen(lines[i].line);
		good = offence_read(lines[i].line, len, &addr, &o) == 0;
		if (good != lines[i].good || (good && o != lines[i].offence))
			fail_msg("%s", lines[i].what);
		if (!good)
			continue;
		n = offence_write(again, &addr, o);
		assert_int_equal(n, len + 1);
		assert_memory_equal(again, lines[i].line, len);
		assert_int_equal(again[len], '\n');
	}
	assert_int_equal(offence_read("offence 192.0.2.9 reject\0", 25, &addr,
			     &o),
	    -1);
}

static void
test_longest(void **state)
{
	char	     buf[OFFENCE_LINE_MAX];
	struct addr  addr;
	enum offence o;
	size_t	     n;
	int	     i;

	(void)state;
	assert_int_equal(addr_parse(&addr,
			     "1111:1111:1111:1111:1111:1111:1111:1111"),
	    0);
	for (i = 0; i < OFFENCES; i++) {
		n = offence_write(buf, &addr, (enum offence)i);
		assert_true(n > 0 && n == strlen(buf));
		assert_int_equal(offence_read(buf, n - 1, &addr, &o), 0);
		assert_int_equal(o, i);
	}
	assert_string_equal(offence_plural(OFFENCE_REJECT), "rejects");
	assert_string_equal(offence_plural(OFFENCE_4XX), "4xx");
	assert_string_equal(offence_plural(OFFENCE_LIMIT), "limits");
	assert_string_equal(offence_name(OFFENCE_LIMIT), "limit");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_longest),
	};

	return cmocka_run_group_tests_name("offences", tests, NULL, NULL);
}
