/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "json.h"

static const struct {
	const char *what;
	const char *text;
	const char *want;
} rows[] = {
	{ "nothing", "", "\"\"" },
	{ "a word", "drop", "\"drop\"" },
	{ "quotes and backslashes", "a\"b\\c", "\"a\\\"b\\\\c\"" },
	{ "control bytes", "a\nb\033[1m\177",
	    "\"a\\u000ab\\u001b[1m\\u007f\"" },
	{ "bytes beyond ASCII", "\303\251", "\"\\u00c3\\u00a9\"" },
	{ "the edges of what is printed", " ~", "\" ~\"" },
};

static void
test_strings(void **state)
{
	char  *got;
	size_t i, len;
	FILE  *fp;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_non_null(fp = open_memstream(&got, &len));
		json_put(fp, rows[i].text);
		assert_int_equal(fclose(fp), 0);
		if (strcmp(got, rows[i].want) != 0)
			fail_msg("%s: %s", rows[i].what, got);
		free(got);
	}
}

static void
test_members(void **state)
{
	char  *got;
	size_t len;
	FILE  *fp;

	(void)state;
	assert_non_null(fp = open_memstream(&got, &len));
	json_member(fp, "a", "b\"");
	json_member(fp, "c", NULL);
	assert_int_equal(fclose(fp), 0);
	assert_string_equal(got, "\"a\":\"b\\\"\"\"c\":null");
	free(got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_members),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
