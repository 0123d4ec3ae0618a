/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "head.h"
#include "page.h"
#include "reason.h"

/* Every status has a page that fits, names itself and fetches nothing. */
static void
test_all(void **state)
{
	char buf[PAGE_MAX + 1], want[128];
	int  status;

	(void)state;
	for (status = 200; status < 600; status++) {
		struct out o = { buf, PAGE_MAX, 0, 0 };

		page_write(&o, status);
		assert_false(o.full);
		buf[o.len] = '\0';
		snprintf(want, sizeof(want), "<b>%d</b> %s</small>", status,
		    head_phrase(status));
		assert_non_null(strstr(buf, want));
		assert_int_equal(strncmp(buf, "<!doctype html>\n", 16), 0);
		assert_non_null(strstr(buf, "prefers-color-scheme:dark"));
		assert_null(strstr(buf, "<script"));
		assert_null(strstr(buf, "//"));
		assert_null(strstr(buf, "url("));
		assert_int_equal(strlen(buf), o.len);
	}
}

static const int away[] = { 502, 503, 504 };

static void
test_away(void **state)
{
	char   buf[PAGE_MAX + 1];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(away) / sizeof(away[0]); i++) {
		struct out o = { buf, PAGE_MAX, 0, 0 };

		page_write(&o, away[i]);
		buf[o.len] = '\0';
		assert_non_null(strstr(buf, "It will be back"));
		assert_non_null(strstr(buf, "Nothing is wrong at your end."));
	}
}

/* Words of the log: there is one for each, and they differ. */
static void
test_reasons(void **state)
{
	unsigned int i, k;
	const char  *word;

	(void)state;
	for (i = 0; i < REASONS; i++) {
		word = reason_word((enum reason)i);
		assert_non_null(word);
		assert_true(word[0] != '\0' &&
		    word[strspn(word, "abcdefghijklmnopqrstuvwxyz-")] == '\0');
		for (k = 0; k < i; k++)
			assert_string_not_equal(word,
			    reason_word((enum reason)k));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all),
		cmocka_unit_test(test_away),
		cmocka_unit_test(test_reasons),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
