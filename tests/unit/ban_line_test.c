/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "ban_line.h"
#include "crc32c.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))
#define WHY127                                                             \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define WHO31 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define BAN   "1790000000 ban 192.0.2.9/32 until 1790604800 times 1 by root "

/* Without their sum, which the test adds. */
static const struct {
	const char *what;
	const char *line;
	const char *wrong; /* NULL: a good one */
} lines[] = {
	{ "a ban", BAN "because \"text\"", NULL },
	{ "no reason", BAN "because \"\"", NULL },
	{ "quotes and backslashes", BAN "because \"a \\\"b\\\" \\\\\"", NULL },
	{ "the longest reason", BAN "because \"" WHY127 "\"", NULL },
	{ "one that is longer", BAN "because \"" WHY127 "a\"", "expected why" },
	{ "a control character", BAN "because \"a\tb\"", "expected why" },
	{ "UTF-8", BAN "because \"\xc3\xa4\"", "expected why" },
	{ "no end of quotes", BAN "because \"text", "expected why" },
	{ "a backslash at the end", BAN "because \"text\\", "expected why" },
	{ "something behind it", BAN "because \"text\" x", "expected why" },
	{ "an escape that is none", BAN "because \"\\x\"", "the sum is wrong" },
	{ "no because", BAN "\"text\"", "expected why" },
	{ "IPv6", "1 ban 2001:db8::/64 until 2 times 1 by /56 because \"x\"",
	    NULL },
	{ "the widest of IPv6",
	    "1 ban 2001:db8::/32 until 2 times 1 by x because \"\"", NULL },
	{ "too wide", "1 ban 2001:d00::/31 until 2 times 1 by x because \"\"",
	    "expected a prefix" },
	{ "too narrow", "1 ban 2001:db8::/65 until 2 times 1 by x because \"\"",
	    "expected a prefix" },
	{ "the widest of IPv4",
	    "1 ban 192.0.0.0/16 until 2 times 1 by x because \"\"", NULL },
	{ "too wide for IPv4",
	    "1 ban 192.0.0.0/15 until 2 times 1 by x because \"\"",
	    "expected a prefix" },
	{ "without its bits",
	    "1 ban 192.0.2.1 until 2 times 1 by x because \"\"",
	    "the sum is wrong" },
	{ "host bits", "1 ban 192.0.2.1/24 until 2 times 1 by x because \"\"",
	    "expected a prefix" },
	{ "no canonical address",
	    "1 ban 2001:DB8::/64 until 2 times 1 by x because \"\"",
	    "the sum is wrong" },
	{ "no time at all",
	    "0 ban 192.0.2.0/24 until 2 times 1 by x because "
	    "\"\"",
	    "expected a time" },
	{ "a time with zeros",
	    "01 ban 192.0.2.0/24 until 2 times 1 by x because \"\"",
	    "the sum is wrong" },
	{ "a time below zero",
	    "-1 ban 192.0.2.0/24 until 2 times 1 by x because \"\"",
	    "expected a time" },
	{ "a time beyond the year 9999",
	    "253402300800 ban 192.0.2.0/24 until 2 times 1 by x because \"\"",
	    "expected a time" },
	{ "the end of the year 9999",
	    "253402300799 ban 192.0.2.0/24 until 253402300799 times "
	    "4294967295 by " WHO31 " because \"\"",
	    NULL },
	{ "too often",
	    "1 ban 192.0.2.0/24 until 2 times 4294967296 by x because \"\"",
	    "expected how often" },
	{ "by too long a name",
	    "1 ban 192.0.2.0/24 until 2 times 1 by " WHO31 "a because \"\"",
	    "expected by whom" },
	{ "by no name", "1 unban 192.0.2.0/24 by ", "expected by whom" },
	{ "by a strange name", "1 unban 192.0.2.0/24 by a\"b",
	    "expected by whom" },
	{ "an unban", "1 unban 192.0.2.0/24 by root", NULL },
	{ "an unban with a space behind", "1 unban 192.0.2.0/24 by root ",
	    "the sum is wrong" },
	{ "a clock", "1790000000 clock", NULL },
	{ "a clock that is right", "1790000000 clock right by root", NULL },
	{ "a clock that is wrong", "1790000000 clock wrong by root",
	    "expected right" },
	{ "a word that is none", "1 banish 192.0.2.0/24 by root",
	    "expected ban, unban or clock" },
	{ "a time alone", "1790000000", "expected a word" },
	{ "two spaces", "1790000000  clock", "expected ban, unban or clock" },
};

static size_t
add_sum(char buf[2 * BAN_LINE_LEN], const char *line)
{
	return (size_t)snprintf(buf, 2 * BAN_LINE_LEN, "%s crc=%08lx", line,
	    (unsigned long)crc32c(0, line, strlen(line)));
}

static void
test_lines(void **state)
{
	struct ban_line l;
	char		buf[2 * BAN_LINE_LEN], again[BAN_LINE_LEN];
	const char     *wrong;
	size_t		i, len;

	(void)state;
	for (i = 0; i < nitems(lines); i++) {
		len = add_sum(buf, lines[i].line);
		wrong = ban_line_read(&l, buf, len);
		if ((wrong == NULL) != (lines[i].wrong == NULL) ||
		    (wrong != NULL && strcmp(wrong, lines[i].wrong) != 0))
			fail_msg("%s: %s", lines[i].what,
			    wrong == NULL ? "is taken" : wrong);
		if (wrong != NULL)
			continue;
		assert_int_equal(ban_line_write(again, &l), len + 1);
		assert_memory_equal(again, buf, len);
		assert_int_equal(again[len], '\n');
	}
}

/* Each cut, each glueing, each change of a byte is found. */
static void
test_damage(void **state)
{
	struct ban_line l;
	char		buf[2 * BAN_LINE_LEN], other[4 * BAN_LINE_LEN];
	size_t		i, len;

	(void)state;
	len = add_sum(buf, BAN "because \"a \\\"b\\\"\"");
	for (i = 0; i < len; i++) {
		assert_non_null(ban_line_read(&l, buf, i));
		assert_non_null(ban_line_read(&l, buf + i + 1, len - i - 1));
		memcpy(other, buf, i);
		memcpy(other + i, buf, len);
		if (i > 0)
			assert_non_null(ban_line_read(&l, other, i + len));
		memcpy(other, buf, len);
		other[i] ^= 1;
		assert_non_null(ban_line_read(&l, other, len));
		other[i] = '\0';
		assert_non_null(ban_line_read(&l, other, len));
	}
	assert_null(ban_line_read(&l, buf, len));
	assert_int_equal(l.until, 1790604800);
	assert_string_equal(l.why, "a \"b\"");
	memset(other, 'x', sizeof(other));
	assert_string_equal(ban_line_read(&l, other, sizeof(other)),
	    "is too long");
}

static void
test_texts(void **state)
{
	struct prefix p;
	char	      who[BAN_WHO_LEN], why[BAN_WHY_LEN], text[64];

	(void)state;
	ban_line_who(who, "a b\"c\n\xff");
	assert_string_equal(who, "a_b_c__");
	ban_line_who(who, "");
	assert_string_equal(who, "-");
	ban_line_who(who, WHO31 "bbb");
	assert_string_equal(who, WHO31);
	ban_line_why(why, "a\nb\xff");
	assert_string_equal(why, "a\\x0ab\\xff");
	ban_line_why(why, WHY127 "bbb");
	assert_string_equal(why, WHY127);
	assert_null(prefix_parse(&p, "2001:db8:0:1:2::3"));
	p = ban_line_prefix(&p);
	assert_string_equal(ban_line_print(&p, text), "2001:db8:0:1::/64");
	assert_null(prefix_parse(&p, "192.0.2.1"));
	p = ban_line_prefix(&p);
	assert_string_equal(ban_line_print(&p, text), "192.0.2.1/32");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests_name("ban lines", tests, NULL, NULL);
}
