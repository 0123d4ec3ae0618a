/* SPDX-License-Identifier: ISC */
/*
 * What is remembered of a source, as text.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "meta.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static void
test_there_and_back(void **state)
{
	struct meta m, back;
	char	    text[META_TEXT_MAX];
	size_t	    len;

	(void)state;
	memset(&m, 0, sizeof(m));
	m.first = 1;
	m.tried = INT64_MAX;
	m.good = 3;
	m.changed = 4;
	m.not_before = 5;
	m.told = 6;
	m.failures = UINT_MAX;
	m.entries = UINT64_MAX;
	m.bad = 8;
	m.duplicate = 9;
	m.held = 1;
	m.held_entries = 10;
	memset(m.form, 'f', sizeof(m.form) - 1);
	memset(m.etag, 'e', sizeof(m.etag) - 1);
	memset(m.last_modified, ' ', sizeof(m.last_modified) - 1);
	memset(m.why, '~', sizeof(m.why) - 1);
	len = meta_print(&m, text);
	assert_in_range(len, 1, META_TEXT_MAX - 1);
	meta_parse(&back, text, len);
	assert_memory_equal(&m, &back, sizeof(m));
}

static const struct {
	const char  *what;
	const char  *text;
	int64_t	     tried;
	uint64_t     entries;
	unsigned int failures;
	int	     held;
	const char  *etag;
} texts[] = {
	{ "nothing", "", 0, 0, 0, 0, "" },
	{ "what it should be",
	    "tried 1795356000\nentries 7\nfailures 2\nheld 1\netag \"a\"\n",
	    1795356000, 7, 2, 1, "\"a\"" },
	{ "lines that nobody knows are left out",
	    "tried 5\nhello world\n\n \ntries 9\ntrie 9\n", 5, 0, 0, 0, "" },
	{ "a last line that was cut is none", "tried 5\nentries 123", 5, 0, 0,
	    0, "" },
	{ "a number with something behind it is none",
	    "tried 5x\nentries 5 \nfailures +5\n", 0, 0, 0, 0, "" },
	{ "no number is none", "tried \nentries\nfailures\n", 0, 0, 0, 0, "" },
	{ "a negative number is none", "tried -5\n", 0, 0, 0, 0, "" },
	{ "too great a number is none",
	    "tried 9223372036854775808\nentries 18446744073709551616\n"
	    "failures 4294967296\nheld 2\n",
	    0, 0, 0, 0, "" },
	{ "the greatest",
	    "tried 9223372036854775807\n"
	    "entries 18446744073709551615\nfailures 4294967295\n",
	    INT64_MAX, UINT64_MAX, UINT_MAX, 0, "" },
	{ "more digits than any number has",
	    "tried 000000000000000000000000001\n", 0, 0, 0, 0, "" },
	{ "text that is not printable is left out", "etag \"a\033b\"\n", 0, 0,
	    0, 0, "" },
	{ "a carriage return is not printable", "etag \"a\"\r\n", 0, 0, 0, 0,
	    "" },
	{ "the last one of two counts", "tried 1\ntried 2\n", 2, 0, 0, 0, "" },
};

static void
test_texts(void **state)
{
	struct meta m;
	size_t	    i;

	(void)state;
	for (i = 0; i < nitems(texts); i++) {
		print_message("%s\n", texts[i].what);
		memset(&m, 0xa5, sizeof(m));
		meta_parse(&m, texts[i].text, strlen(texts[i].text));
		assert_int_equal(m.tried, texts[i].tried);
		assert_true(m.entries == texts[i].entries);
		assert_int_equal(m.failures, texts[i].failures);
		assert_int_equal(m.held, texts[i].held);
		assert_string_equal(m.etag, texts[i].etag);
	}
}

static void
test_long(void **state)
{
	struct meta m;
	char	   *text = malloc((size_t)3 * META_TEXT_MAX);
	size_t	    i;

	(void)state;
	assert_non_null(text);
	/* A text that is one too long is cut, not believed. */
	memset(text, 'x', (size_t)3 * META_TEXT_MAX);
	memcpy(text, "etag ", 5);
	text[5 + META_TAG_LEN] = '\n';
	meta_parse(&m, text, 6 + META_TAG_LEN);
	assert_string_equal(m.etag, "");
	text[4 + META_TAG_LEN] = '\n';
	meta_parse(&m, text, 6 + META_TAG_LEN);
	assert_int_equal(strlen(m.etag), META_TAG_LEN - 1);
	/* What is beyond the bound is not looked at. */
	memset(text, '\n', (size_t)3 * META_TEXT_MAX);
	memcpy(text + META_TEXT_MAX, "tried 5\n", 8);
	meta_parse(&m, text, (size_t)3 * META_TEXT_MAX);
	assert_int_equal(m.tried, 0);
	/* Any bytes. */
	for (i = 0; i < (size_t)3 * META_TEXT_MAX; i++)
		text[i] = (char)(i * 7 % 256);
	meta_parse(&m, text, (size_t)3 * META_TEXT_MAX);
	free(text);
}

static void
test_bad_values(void **state)
{
	struct meta m, back;
	char	    text[META_TEXT_MAX];

	(void)state;
	/* What no reader would take is not written. */
	memset(&m, 0, sizeof(m));
	m.tried = -1;
	m.held = 7;
	strlcpy(m.why, "two\nlines", sizeof(m.why));
	memset(m.form, 'f', sizeof(m.form));
	meta_parse(&back, text, meta_print(&m, text));
	assert_int_equal(back.tried, 0);
	assert_int_equal(back.held, 1);
	assert_string_equal(back.why, "");
	assert_string_equal(back.form, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_bad_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
