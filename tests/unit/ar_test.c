/* SPDX-License-Identifier: ISC */
#include <sys/types.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "ar.h"
#include "ar_lines.h"
#include "fcrdns_conf.h"
#include "fold.h"
#include "iprev.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/* --- ar_is_name ---------------------------------------------------------- */

static const struct {
	const char *what;
	const char *name;
	int	    want;
} names[] = {
	{ "the name", "Authentication-Results", 1 },
	{ "in lower case", "authentication-results", 1 },
	{ "in upper case", "AUTHENTICATION-RESULTS", 1 },
	{ "white space before the colon", "Authentication-Results \t", 1 },
	{ "nothing", "", 0 },
	{ "less", "Authentication-Result", 0 },
	{ "more", "Authentication-Results2", 0 },
	{ "the chain's (RFC 8617)", "ARC-Authentication-Results", 0 },
	{ "a private one", "X-Authentication-Results", 0 },
	{ "a word behind", "Authentication-Results x", 0 },
};

static void
test_names(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < nitems(names); i++)
		if (ar_is_name(names[i].name) != names[i].want)
			fail_msg("%s: %s", names[i].what, names[i].name);
}

/* --- ar_claims, for mail.example.org ------------------------------------- */

#define ID "mail.example.org"

static const struct {
	const char *what;
	const char *value;
	int	    want;
} claims[] = {
	/* the grammar */
	{ "a plain one", "mail.example.org; spf=pass", 1 },
	{ "without a space", "mail.example.org;none", 1 },
	{ "nothing behind the id", "mail.example.org", 1 },
	{ "spaces around", "  mail.example.org  ; none", 1 },
	{ "tabs around", "\tmail.example.org\t; none", 1 },
	{ "upper case", "MAIL.EXAMPLE.ORG; none", 1 },
	{ "both cases", "mAIL.eXample.oRG; none", 1 },
	{ "version 1", "mail.example.org 1; none", 1 },
	{ "a version nobody knows", "mail.example.org 99; none", 1 },
	{ "version and comments", "(a)mail.example.org(b)1(c);none", 1 },
	{ "a comment before", "(a) mail.example.org; none", 1 },
	{ "a comment glued to it", "(a)mail.example.org; none", 1 },
	{ "a comment behind", "mail.example.org (a); none", 1 },
	{ "three comments", "(a) (b)\t(c) mail.example.org; none", 1 },
	{ "an empty comment", "() mail.example.org; none", 1 },
	{ "nested comments", "(a (b (c)) d) mail.example.org; none", 1 },
	{ "a quoted parenthesis", "(a \\) b) mail.example.org; none", 1 },
	{ "a quoted backslash", "(a \\\\) mail.example.org; none", 1 },
	{ "a semicolon in a comment", "(b.example;) mail.example.org;", 1 },
	{ "a quote in a comment", "(\") mail.example.org; none", 1 },
	{ "8-bit in a comment", "(caf\xe9) mail.example.org; none", 1 },
	{ "folded", "\n mail.example.org;\n\tspf=pass", 1 },
	{ "folded with CR LF", "\r\n mail.example.org;\r\n\tspf=pass", 1 },
	{ "folded in a comment", "(a\n b) mail.example.org; none", 1 },
	{ "folded behind it", "mail.example.org\n ; none", 1 },
	{ "quoted", "\"mail.example.org\"; none", 1 },
	{ "quoted, with a version", "\"mail.example.org\" 1; none", 1 },
	{ "quoted pairs", "\"m\\ail.ex\\ample.org\"; none", 1 },
	{ "all quoted pairs", "\"\\m\\a\\i\\l.example.org\"; none", 1 },
	{ "quoted in upper case", "\"MAIL.Example.org\"; none", 1 },
	{ "spaces in the quotes", "\" mail.example.org \"; none", 1 },
	{ "folded in the quotes", "\"mail.\n example.org\"; none", 1 },
	{ "8-bit in the quotes", "\"mail.example.org\xa0\"; none", 1 },

	/* what a lax reader might take for it */
	{ "a dot at the end", "mail.example.org.; none", 1 },
	{ "dots at the end", "mail.example.org..; none", 1 },
	{ "a quoted dot at the end", "\"mail.example.org.\"; none", 1 },
	{ "a version behind a slash", "mail.example.org/1; none", 1 },
	{ "a port", "mail.example.org:25; none", 1 },
	{ "a comma for a semicolon", "mail.example.org, spf=pass", 1 },
	{ "no semicolon at all", "mail.example.org spf=pass", 1 },
	{ "an equals sign", "mail.example.org=1; none", 1 },
	{ "in angle brackets", "<mail.example.org>; none", 1 },
	{ "in square brackets", "[mail.example.org]; none", 1 },
	{ "as an address", "root@mail.example.org; none", 1 },
	{ "half of it quoted", "mail.\"example\".org; none", 1 },
	{ "quotes without end behind it", "mail.example.org\"; none", 1 },
	{ "a comment in it", "mail.(x)example.org; none", 1 },
	{ "nested comments in it", "mail.(x(y)z)example.org; none", 1 },
	{ "a comment in it, and quotes", "\"(\" mail.(\")example.org;", 1 },
	{ "a space in it", "mail. example.org; none", 1 },
	{ "folded in it", "mail.\n\texample.org; none", 1 },
	{ "backslashes in it", "m\\ail.example.org; none", 1 },
	{ "a control byte in it",
	    "mail.\x01"
	    "example.org; none",
	    1 },
	{ "a control byte behind it", "mail.example.org\x7f; none", 1 },
	{ "a hard space behind it", "mail.example.org\xc2\xa0; none", 1 },
	{ "a zero-width space in it",
	    "mail.\xe2\x80\x8b"
	    "example.org;",
	    1 },
	{ "a byte order mark",
	    "\xef\xbb\xbf"
	    "mail.example.org; none",
	    1 },
	{ "a word before it", "x mail.example.org; none", 1 },
	{ "a semicolon before it", "; mail.example.org; none", 1 },
	{ "results before it", "spf=pass; mail.example.org; none", 1 },
	{ "a version before it", "1 mail.example.org; none", 1 },
	{ "two ids", "a.example mail.example.org; none", 1 },
	{ "an encoded word", "=?utf-8?q?mail=2Eexample.org?=; none", 1 },
	{ "in base64", "=?us-ascii?b?bWFpbC5leGFtcGxlLm9yZw==?=; none", 1 },
	{ "encoded behind a word", "mail.\n =?utf-8?q?example.org?=;", 1 },
	{ "encoded in a comment before another id",
	    "(=?utf-8?b?KSBtYWlsLmV4YW1wbGUub3JnOw==?=) b.example; none", 1 },
	{ "a semicolon in the quotes", "\"mail.example.org;x\"; none", 1 },
	{ "a parenthesis in the quotes", "\"mail.example.org(x)\"; none", 1 },
	{ "a quote in the quotes", "\"mail.example.org\\\"x\"; none", 1 },
	{ "cut by a NUL byte", "mail.", 1 },
	{ "cut by a NUL byte behind a backslash", "\\", 1 },
	{ "cut by a NUL byte behind a word", "x mail.", 1 },
	{ "no semicolon, and no id", "spf=pass", 1 },
	{ "cut by a NUL byte, folded", "\n m", 1 },
	{ "a comment, then cut by a NUL byte", "(a) \"mail.exam", 1 },
	{ "in a comment before another id",
	    "(a (b) mail.example.org; spf=pass (c)) b.example; none", 1 },

	/* what ends before it has said a name */
	{ "nothing", "", 1 },
	{ "white space", " \n\t", 1 },
	{ "a comment only", "(mail.example.com)", 1 },
	{ "an open comment", "(a.example; none", 1 },
	{ "an open nested comment", "(a (b) a.example; none", 1 },
	{ "a comment that ends in a backslash", "(a \\", 1 },
	{ "an open quote", "\"a.example; none", 1 },
	{ "a quote that ends in a backslash", "\"a.example\\", 1 },

	/* others */
	{ "another id", "mail.example.net; none", 0 },
	{ "another id in quotes", "\"mail.example.net\"; none", 0 },
	{ "longer before", "xmail.example.org; none", 0 },
	{ "longer behind", "mail.example.org.example.net; none", 0 },
	{ "the domain", "example.org; none", 0 },
	{ "a host below", "a.mail.example.org; none", 0 },
	{ "ours in a comment behind", "b.example (mail.example.org); no", 0 },
	{ "ours in a result", "b.example; x=mail.example.org", 0 },
	{ "ours in a quoted result", "b.example; x=\"mail.example.org\"", 0 },
	{ "ours behind a semicolon", "b.example 1; mail.example.org", 0 },
	{ "a wrong grammar, but not ours", "spf=pass; dkim=pass", 0 },
	{ "a beginning of ours", "mail; none", 0 },
	{ "a beginning of ours, quoted", "\"mail.example\"; none", 0 },
	{ "nothing behind another id", "mx.example.net", 0 },
	{ "an address in quotes", "\"[2001:db8::1]\"; none", 0 },
	{ "an encoded word in a result", "b.example; x=\"=?a?b?c?=\"", 0 },
	{ "an UTF-8 id (RFC 8601, 2.2)",
	    "b\xc3\xbc"
	    "cher.example; none",
	    0 },
	{ "a semicolon only", ";", 0 },
	{ "a dash for a dot", "mail-example-org; none", 0 },
};

static void
test_claims(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < nitems(claims); i++)
		if (ar_claims(claims[i].value, ID) != claims[i].want)
			fail_msg("%s: %s", claims[i].what, claims[i].value);
}

static const struct {
	const char *what;
	const char *id;
	const char *value;
	int	    want;
} ids[] = {
	{ "our id ends in a dot", "a.example.", "a.example; none", 1 },
	{ "our id is in upper case", "A.EXAMPLE", "a.example; none", 1 },
	{ "our id is a word", "mx", "mx; none", 1 },
	{ "our id is a word, theirs begins so", "mx", "mx2.example; none", 0 },
	{ "our id holds a space", "my host", "\"my host\"; none", 1 },
	{ "our id repeats itself", "aaab.example", "x aaaab.example", 1 },
	{ "our id repeats itself elsewhere", "abab.example", "x ababab.example",
	    1 },
};

static void
test_ids(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < nitems(ids); i++)
		if (ar_claims(ids[i].value, ids[i].id) != ids[i].want)
			fail_msg("%s: %s", ids[i].what, ids[i].value);
}

/* A long value takes time in proportion, whatever is in it. */
static void
test_long(void **state)
{
	static const char fill[] = "((\\a\"m ";
	char		 *value;
	size_t		  i, c, len = 1000000;

	(void)state;
	assert_non_null(value = malloc(len + 64));
	for (c = 0; c < sizeof(fill) - 1; c++) {
		for (i = 0; i < len; i++)
			value[i] = fill[(i + c) % (c + 1)];
		value[len] = '\0';
		ar_claims(value, ID);
		memcpy(value, "x mail.", 7);
		memcpy(value + len, "mail.example.org", 17);
		assert_int_equal(ar_claims(value, ID), 1);
	}
	free(value);
}

/* --- ar_build ------------------------------------------------------------ */

static const struct {
	const char     *what;
	const char     *id;
	const char     *addr;
	struct findings found;
	const char     *want;
} builds[] = {
	{ "pass names the name", ID, "192.0.2.1",
	    { .iprev = IPREV_PASS,
		.nnames = 1,
		.names = { { "a.example.net", NAME_CONFIRMED } } },
	    "mail.example.org; iprev=pass\n"
	    "\t(a.example.net) policy.iprev=192.0.2.1" },
	{ "an IPv6 address is no token", ID, "2001:db8::1",
	    { .iprev = IPREV_PASS,
		.nnames = 1,
		.names = { { "a.example.net", NAME_CONFIRMED } } },
	    "mail.example.org; iprev=pass\n"
	    "\t(a.example.net) policy.iprev=\"2001:db8::1\"" },
	{ "no PTR record says so", ID, "192.0.2.1",
	    { .iprev = IPREV_PERMERROR, .cause = CAUSE_NO_PTR },
	    "mail.example.org; iprev=permerror\n"
	    "\t(no PTR record) policy.iprev=192.0.2.1" },
	{ "DNSSEC says what it says", "mx", "192.0.2.1",
	    { .iprev = IPREV_PERMERROR,
		.cause = CAUSE_NO_PTR,
		.dnssec = DNSSEC_YES },
	    "mx; iprev=permerror (no PTR record,\n"
	    "\tdnssec=yes) policy.iprev=192.0.2.1" },
	{ "an id that is no token is quoted", "my \"host\"", "192.0.2.1",
	    { .iprev = IPREV_PERMERROR, .cause = CAUSE_NO_PTR },
	    "\"my_\\\"host\\\"\"; iprev=permerror\n"
	    "\t(no PTR record) policy.iprev=192.0.2.1" },
};

static const struct fcrdns_conf no_lists;

/* Where a line ends is fold's, so the words are what is compared. */
static void
test_builds(void **state)
{
	struct findings found;
	char		got[AR_VALUE_LEN], want[AR_VALUE_LEN];
	size_t		i;

	(void)state;
	for (i = 0; i < nitems(builds); i++) {
		found = builds[i].found;
		assert_int_equal(addr_parse(&found.addr, builds[i].addr), 0);
		assert_int_equal(ar_build(got, sizeof(got), builds[i].id,
				     &found, &no_lists),
		    0);
		check_lines(got);
		snprintf(want, sizeof(want), "%s", builds[i].want);
		assert_string_equal(without_space(got), without_space(want));
	}
}

/* Whatever we write, we know it again. */
static void
test_ours_is_ours(void **state)
{
	struct findings found;
	char		got[AR_VALUE_LEN];
	size_t		i;

	(void)state;
	for (i = 0; i < nitems(builds); i++) {
		found = builds[i].found;
		addr_parse(&found.addr, builds[i].addr);
		ar_build(got, sizeof(got), ID, &found, &no_lists);
		assert_int_equal(ar_claims(got, ID), 1);
		assert_int_equal(ar_claims(got, "mail.example.net"), 0);
	}
}

static void
test_longest_name(void **state)
{
	struct findings found = { .iprev = IPREV_PASS, .nnames = 1 };
	char		got[AR_VALUE_LEN];

	(void)state;
	addr_parse(&found.addr, "2001:db8:1111:2222:3333:4444:5555:6666");
	memset(found.names[0].name, '(', DNS_NAME_LEN - 1);
	found.names[0].state = NAME_CONFIRMED;
	assert_int_equal(ar_build(got, sizeof(got), ID, &found, &no_lists), 0);
	assert_non_null(strstr(got, "policy.iprev=\"2001:db8:1111:2222:"));
	assert_int_equal(ar_build(got, 100, ID, &found, &no_lists), -1);
}

/* --- fold ---------------------------------------------------------------- */

static const struct {
	const char *what;
	const char *text;
	const char *want;
} folds[] = {
	{ "short", "a b", "a b" },
	{ "spaces become one", "  a \t b ", "a b" },
	{ "foreign bytes",
	    "a\x01\xff"
	    "b",
	    "a??b" },
	{ "a line that is full",
	    "1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 "
	    "1234567890",
	    "1234567890 1234567890 1234567890 1234567890 1234567890 1234567890\n"
	    "\t1234567890" },
	{ "newlines cannot end the field", "a\nX-Evil: b\r\n\r\nc",
	    "a X-Evil: b c" },
	{ "nothing", "", "" },
};

static void
test_folds(void **state)
{
	struct fold f;
	char	    got[256];
	size_t	    i;

	(void)state;
	for (i = 0; i < nitems(folds); i++) {
		fold_init(&f, got, sizeof(got), "X-Postern");
		fold_text(&f, folds[i].text);
		assert_string_equal(got, folds[i].want);
		assert_false(f.cut);
	}
	fold_init(&f, got, 4, "X-Postern");
	fold_text(&f, "abcdef");
	assert_string_equal(got, "abc");
	assert_true(f.cut);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_claims),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_builds),
		cmocka_unit_test(test_ours_is_ours),
		cmocka_unit_test(test_longest_name),
		cmocka_unit_test(test_folds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
