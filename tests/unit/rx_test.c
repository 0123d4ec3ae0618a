/* SPDX-License-Identifier: ISC */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "log.h"
#include "rx.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static _Atomic int lines;
static char	   last[LOG_TEXT_MAX];

static void
take_line(enum log_level level, const char *text)
{
	assert_int_equal(level, LOG_LEVEL_WARN);
	strlcpy(last, text, sizeof(last));
	lines++;
}

static const struct {
	const char    *what;
	const char    *pattern;
	int	       caseless;
	const char    *text;
	enum rx_result want;
} matches[] = {
	{ "a plain word", "dsl", 0, "host.dsl.example.net", RX_YES },
	{ "not there", "dsl", 0, "mail.example.net", RX_NO },
	{ "case matters", "dsl", 0, "host.DSL.example.net", RX_NO },
	{ "or not", "dsl", 1, "host.DSL.example.net", RX_YES },
	{ "anchors", "^mail[0-9]+\\.example\\.org$", 0, "mail12.example.org",
	    RX_YES },
	{ "the end is the end, not before a newline", "org$", 0,
	    "example.org\n", RX_NO },
	{ "the empty text", "^$", 0, "", RX_YES },
	{ "the empty pattern matches all", "", 0, "x", RX_YES },
	{ "more groups than there is room to report", "(a)(b)(c)(d)", 0, "abcd",
	    RX_YES },
	{ "a look behind", "(?<=a)b", 0, "ab", RX_YES },
	{ "a back reference", "^(..)\\1$", 0, "abab", RX_YES },
	{ "four numbers of an address", "(?:[0-9]{1,3}[.-]){3}[0-9]{1,3}", 1,
	    "ip-192-0-2-9.example.net", RX_YES },
	{ "bytes that are no UTF-8", "^..$", 0, "\xff\xfe", RX_YES },
	{ "too much work", "(a+)+$", 0,
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
	    RX_LIMIT },
	{ "too much work of another sort", "^(([a-z])+.)+[A-Z]([a-z])+$", 0,
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	    RX_LIMIT },
	{ "a recursion without end", "(?R)?a", 0, "aab", RX_LIMIT },
};

static void
test_match(void **state)
{
	struct rx     *rx;
	char	       why[128];
	enum rx_result got;
	size_t	       at, i;

	(void)state;
	for (i = 0; i < nitems(matches); i++) {
		rx = rx_new(matches[i].pattern, matches[i].caseless, why,
		    sizeof(why), &at);
		if (rx == NULL)
			fail_msg("%s: %s", matches[i].what, why);
		lines = 0;
		got = rx_match(rx, matches[i].text);
		if (got != matches[i].want)
			fail_msg("%s: %d", matches[i].what, got);
		(void)rx_match(rx, matches[i].text);
		if (lines != (matches[i].want == RX_LIMIT))
			fail_msg("%s: said %d times", matches[i].what, lines);
		rx_free(rx);
	}
}

/* The limit is that of one match: the expression works on. */
static void
test_after_limit(void **state)
{
	struct rx *rx;
	char	   why[128];
	size_t	   at;

	(void)state;
	lines = 0;
	rx = rx_new("(a+)+$", 0, why, sizeof(why), &at);
	assert_non_null(rx);
	assert_int_equal(rx_match(rx, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"),
	    RX_LIMIT);
	assert_int_equal(rx_match(rx, "baaa"), RX_YES);
	assert_int_equal(rx_match(rx, "b"), RX_NO);
	assert_int_equal(lines, 1);
	assert_non_null(strstr(last, "(a+)+$"));
	rx_free(rx);
}

/* Memory is limited, too: each turn of the group has to be remembered. */
static void
test_long_text(void **state)
{
	static char text[200000];
	struct rx  *rx;
	char	    why[128];
	size_t	    at;

	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	rx = rx_new("^(a|b)+c", 0, why, sizeof(why), &at);
	assert_non_null(rx);
	assert_int_equal(rx_match(rx, text), RX_LIMIT);
	text[1000] = 'c';
	assert_int_equal(rx_match(rx, text), RX_YES);
	rx_free(rx);
}

/* What was caught, group by group: "-" is a group that took no part. */
static const struct {
	const char  *what;
	const char  *pattern;
	const char  *text;
	const char  *caught[RX_SPANS + 1]; /* up to NULL */
	unsigned int groups;
} captures[] = {
	{ "no group", "b+", "abbc", { "bb" }, 0 },
	{ "one group", "^/user/([^/]+)", "/user/x/y", { "/user/x", "x" }, 1 },
	{ "an empty one", "^/a(.*)$", "/a", { "/a", "" }, 1 },
	{ "the second of two branches", "(a)|(b)", "b", { "b", "-", "b" }, 2 },
	{ "the first: the last group is behind what was set", "(a)|(b)", "a",
	    { "a", "a", "-" }, 2 },
	{ "a group that catches nothing is none", "(?:a)(b)", "ab",
	    { "ab", "b" }, 1 },
	{ "groups in groups, named ones too", "((?<n>a)b)", "ab",
	    { "ab", "ab", "a" }, 2 },
	{ "the last turn of many", "(a|b)+", "abab", { "abab", "b" }, 1 },
	{ "nine groups", "(1)(2)(3)(4)(5)(6)(7)(8)(9)", "123456789",
	    { "123456789", "1", "2", "3", "4", "5", "6", "7", "8", "9" }, 9 },
	{ "more than there is room for", "(1)(2)(3)(4)(5)(6)(7)(8)(9)(a)(b)",
	    "123456789ab",
	    { "123456789ab", "1", "2", "3", "4", "5", "6", "7", "8", "9" },
	    11 },
	{ "what was matched begins late", "ab\\K(c)", "abc", { "c", "c" }, 1 },
	{ "no match: nothing is set", "(a)", "b", { "-", "-" }, 1 },
	{ "gave up: nothing is set", "^((a+)+)$",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
	    { "-", "-", "-" }, 2 },
};

static void
check_span(const char *what, const char *text, const struct rx_span *span,
    const char *want)
{
	size_t len = strlen(want);

	if (strcmp(want, "-") == 0) {
		if (span->set)
			fail_msg("%s: a group is set", what);
		return;
	}
	if (!span->set || span->to - span->from != len ||
	    memcmp(text + span->from, want, len) != 0)
		fail_msg("%s: not \"%s\"", what, want);
}

static void
test_captures(void **state)
{
	struct rx_span spans[RX_SPANS];
	struct rx     *rx;
	char	       why[128];
	size_t	       at, i, n;

	(void)state;
	for (i = 0; i < nitems(captures); i++) {
		rx = rx_new(captures[i].pattern, 0, why, sizeof(why), &at);
		if (rx == NULL)
			fail_msg("%s: %s", captures[i].what, why);
		if (rx_groups(rx) != captures[i].groups)
			fail_msg("%s: %u groups", captures[i].what,
			    rx_groups(rx));
		memset(spans, 0xff, sizeof(spans));
		(void)rx_captures(rx, captures[i].text, spans, RX_SPANS);
		for (n = 0; captures[i].caught[n] != NULL; n++)
			check_span(captures[i].what, captures[i].text,
			    &spans[n], captures[i].caught[n]);
		for (; n < RX_SPANS; n++)
			check_span(captures[i].what, captures[i].text,
			    &spans[n], "-");
		/* Fewer than there are groups. */
		(void)rx_captures(rx, captures[i].text, spans, 1);
		check_span(captures[i].what, captures[i].text, &spans[0],
		    captures[i].caught[0]);
		rx_free(rx);
	}
}

static const struct {
	const char *what;
	const char *pattern;
	size_t	    at;
} bads[] = {
	{ "no closing parenthesis", "a(b", 3 },
	{ "nothing to repeat", "*a", 0 },
	{ "no closing bracket", "ab[c", 4 },
	{ "a byte that splits characters", "a\\Cb", 3 },
	{ "UTF by a back door", "(*UTF)a", 6 },
	{ "Unicode properties by a back door", "(*UCP)a", 6 },
	{ "a range the wrong way", "[z-a]", 3 },
};

static void
test_bad(void **state)
{
	char   why[128], tiny[4];
	size_t at, i;

	(void)state;
	for (i = 0; i < nitems(bads); i++) {
		why[0] = '\0';
		at = 999;
		if (rx_new(bads[i].pattern, 0, why, sizeof(why), &at) != NULL)
			fail_msg("%s: taken", bads[i].what);
		if (why[0] == '\0' || at != bads[i].at)
			fail_msg("%s: at %zu: %s", bads[i].what, at, why);
	}
	/* A small buffer gets a short reason. */
	assert_null(rx_new("a(b", 0, tiny, sizeof(tiny), &at));
	assert_int_equal(strlen(tiny), 3);
	rx_free(NULL);
}

static void *
match_often(void *arg)
{
	const struct rx *rx = arg;
	int		 i;

	for (i = 0; i < 200; i++) {
		if (rx_match(rx, "xaab") != RX_NO ||
		    rx_match(rx, "xaa") != RX_YES)
			return arg;
	}
	(void)rx_match(rx, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
	return NULL;
}

static void
test_threads(void **state)
{
	pthread_t  thread[4];
	struct rx *rx;
	void	  *bad;
	char	   why[128];
	size_t	   at, i;

	(void)state;
	lines = 0;
	rx = rx_new("(a+)+$", 0, why, sizeof(why), &at);
	assert_non_null(rx);
	for (i = 0; i < nitems(thread); i++)
		assert_int_equal(pthread_create(&thread[i], NULL, match_often,
				     rx),
		    0);
	for (i = 0; i < nitems(thread); i++) {
		assert_int_equal(pthread_join(thread[i], &bad), 0);
		assert_null(bad);
	}
	assert_int_equal(lines, 1); /* once for all of them */
	rx_free(rx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_captures),
		cmocka_unit_test(test_after_limit),
		cmocka_unit_test(test_long_text),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_threads),
	};

	log_divert(take_line);
	return cmocka_run_group_tests_name("rx", tests, NULL, NULL);
}
