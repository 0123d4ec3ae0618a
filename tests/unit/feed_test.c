/* SPDX-License-Identifier: ISC */
/*
 * Feeds of every form, whole and byte by byte.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "feed_lab.h"

static const struct {
	const char    *what;
	const char    *text;
	const char    *want; /* merged */
	enum feed_form form;
	uint64_t       lines, empty, good, bad, meta, duplicate;
	int	       html;
	const char    *first_bad;
} feeds[] = {
	{ "empty", "", "", FEED_UNKNOWN, 0, 0, 0, 0, 0, 0, 0, "" },
	{ "only comments", "# a\n; b\n// c\n\n", "", FEED_UNKNOWN, 4, 4, 0, 0,
	    0, 0, 0, "" },
	{ "a netset", "# a set\n#\n192.0.2.0/24\n198.51.100.7\n",
	    "192.0.2.0-192.0.2.255 198.51.100.7-198.51.100.7", FEED_PLAIN, 4, 2,
	    2, 0, 0, 0, 0, "" },
	{ "no newline at the end", "192.0.2.1\n192.0.2.2",
	    "192.0.2.1-192.0.2.2", FEED_PLAIN, 2, 0, 2, 0, 0, 0, 0, "" },
	{ "CRLF", "192.0.2.1\r\n\r\n192.0.2.2\r\n", "192.0.2.1-192.0.2.2",
	    FEED_PLAIN, 3, 1, 2, 0, 0, 0, 0, "" },
	{ "a byte order mark",
	    "\xef\xbb\xbf"
	    "192.0.2.1\n",
	    "192.0.2.1-192.0.2.1", FEED_PLAIN, 1, 0, 1, 0, 0, 0, 0, "" },
	{ "a byte order mark, later",
	    "192.0.2.1\n\xef\xbb\xbf"
	    "192.0.2.2\n",
	    "192.0.2.1-192.0.2.1", FEED_PLAIN, 2, 0, 1, 1, 0, 0, 0,
	    "\\xef\\xbb\\xbf192.0.2.2" },
	{ "duplicates", "192.0.2.0/24\n192.0.2.1\n192.0.2.0/24\n",
	    "192.0.2.0-192.0.2.255", FEED_PLAIN, 3, 0, 3, 0, 0, 2, 0, "" },
	{ "up to the last address",
	    "255.255.255.255\n255.255.255.0/24\n255.255.254.0/24\n",
	    "255.255.254.0-255.255.255.255", FEED_PLAIN, 3, 0, 3, 0, 0, 1, 0,
	    "" },
	{ "glued in the middle", "192.0.2.1\n192.0.2.3198.51.100.7\n192.0.2.2",
	    "192.0.2.1-192.0.2.2", FEED_PLAIN, 3, 0, 2, 1, 0, 0, 0,
	    "192.0.2.3198.51.100.7" },
	{ "Spamhaus DROP", "; Spamhaus DROP List\n192.0.2.0/24 ; SBL1\n",
	    "192.0.2.0-192.0.2.255", FEED_PLAIN, 2, 1, 1, 0, 0, 0, 0, "" },
	{ "Spamhaus DROP as JSON",
	    "{\"cidr\":\"192.0.2.0/24\",\"sblid\":\"SBL1\",\"rir\":\"x\"}\n"
	    "{\"type\":\"metadata\",\"timestamp\":1,\"size\":2,"
	    "\"copyright\":\"x\"}\n",
	    "192.0.2.0-192.0.2.255", FEED_NDJSON, 2, 0, 1, 0, 1, 0, 0, "" },
	{ "DShield",
	    "# DShield.org\n#\nStart\tEnd\tNetmask\tAttacks\tName\n"
	    "192.0.2.0\t192.0.2.255\t24\t35\tX\n",
	    "192.0.2.0-192.0.2.255", FEED_DSHIELD, 4, 3, 1, 0, 0, 0, 0, "" },
	{ "DShield, its columns in line",
	    "# x\nStart   End     Netmask Attacks\n"
	    "192.0.2.0 192.0.2.255 24 35\n",
	    "192.0.2.0-192.0.2.255", FEED_DSHIELD, 3, 2, 1, 0, 0, 0, 0, "" },
	{ "columns by tabulators", "IP\tCountry\n192.0.2.1\tXX\n",
	    "192.0.2.1-192.0.2.1", FEED_PLAIN, 2, 1, 1, 0, 0, 0, 0, "" },
	{ "the name of a column before an address",
	    "network 192.0.2.9\n192.0.2.1\n", "192.0.2.1-192.0.2.1", FEED_PLAIN,
	    2, 0, 1, 1, 0, 0, 0, "network 192.0.2.9" },
	{ "a word that begins as a column does", "ipset x\n192.0.2.1\n",
	    "192.0.2.1-192.0.2.1", FEED_PLAIN, 2, 0, 1, 1, 0, 0, 0, "ipset x" },
	{ "CSV with columns", "# x\n\"ip\",\"seen\"\n\"192.0.2.1\",\"y\"\n",
	    "192.0.2.1-192.0.2.1", FEED_CSV, 3, 2, 1, 0, 0, 0, 0, "" },
	{ "CSV of one column", "ip\n192.0.2.1\n", "192.0.2.1-192.0.2.1",
	    FEED_PLAIN, 2, 1, 1, 0, 0, 0, 0, "" },
	{ "columns twice", "ip,seen\nip,seen\n192.0.2.1,y\n",
	    "192.0.2.1-192.0.2.1", FEED_CSV, 3, 1, 1, 1, 0, 0, 0, "ip,seen" },
	{ "columns behind data", "192.0.2.1,y\nip,seen\n",
	    "192.0.2.1-192.0.2.1", FEED_CSV, 2, 0, 1, 1, 0, 0, 0, "ip,seen" },
	{ "a first line that is nothing", "hello\n192.0.2.1\n",
	    "192.0.2.1-192.0.2.1", FEED_PLAIN, 2, 0, 1, 1, 0, 0, 0, "hello" },
	{ "a web page", "<!DOCTYPE html>\n<p>192.0.2.1\n", "", FEED_UNKNOWN, 2,
	    0, 0, 2, 0, 0, 1, "<!DOCTYPE html>" },
	{ "a web page, after blanks", "\n  \n\t<HTML>\n", "", FEED_UNKNOWN, 3,
	    2, 0, 1, 0, 0, 1, "<HTML>" },
	{ "a web page with a byte order mark",
	    "\xef\xbb\xbf<?xml version=\"1.0\"?>\n", "", FEED_UNKNOWN, 1, 0, 0,
	    1, 0, 0, 1, "<?xml version=\"1.0\"?>" },
	{ "markup later on is a bad line", "192.0.2.1\n<html>\n",
	    "192.0.2.1-192.0.2.1", FEED_PLAIN, 2, 0, 1, 1, 0, 0, 0, "<html>" },
	{ "a captcha in words", "Please prove, you are human\nand wait\n", "",
	    FEED_UNKNOWN, 2, 1, 0, 1, 0, 0, 0, "and wait" },
	{ "escapes do not reach the log", "\033[2J\033]0;x\007\n", "",
	    FEED_UNKNOWN, 1, 0, 0, 1, 0, 0, 0, "\\x1b[2J\\x1b]0;x\\x07" },
};

static void
check_feed(size_t i, const struct feed *f)
{
	const struct feed_counts *c = &f->counts;
	char			  buf[TEXT_LEN];

	if (strcmp(print_ranges(&f->ranges, buf), feeds[i].want) != 0)
		fail_msg("%s: %s", feeds[i].what, buf);
	if (c->lines != feeds[i].lines || c->empty != feeds[i].empty ||
	    c->good != feeds[i].good || c->bad != feeds[i].bad ||
	    c->meta != feeds[i].meta || c->duplicate != feeds[i].duplicate ||
	    f->form != feeds[i].form || f->html != feeds[i].html)
		fail_msg("%s: lines %d empty %d good %d bad %d meta %d "
			 "duplicate %d %s html %d",
		    feeds[i].what, (int)c->lines, (int)c->empty, (int)c->good,
		    (int)c->bad, (int)c->meta, (int)c->duplicate,
		    feed_form_name(f->form), f->html);
	if (strcmp(c->first_bad, feeds[i].first_bad) != 0)
		fail_msg("%s: %s", feeds[i].what, c->first_bad);
	assert_int_equal(feed_entries(f), c->good - c->duplicate);
}

static void
test_feeds(void **state)
{
	static struct feed f;
	size_t		   i, piece, at, len, n;

	(void)state;
	for (i = 0; i < nitems(feeds); i++) {
		len = strlen(feeds[i].text);
		for (piece = 1; piece <= len + 1; piece++) {
			feed_init(&f, 0);
			for (at = 0; at < len; at += n) {
				n = len - at < piece ? len - at : piece;
				assert_int_equal(feed_put(&f,
						     feeds[i].text + at, n),
				    0);
			}
			feed_end(&f);
			feed_merge(&f);
			feed_merge(&f);
			check_feed(i, &f);
			feed_free(&f);
		}
	}
}

/* --- long lines, NUL, limits --------------------------------------------- */

static const struct {
	const char *what;
	size_t	    spaces; /* between an address and a word */
	int	    newline;
	uint64_t    good, bad;
} longs[] = {
	{ "as long as may be", FEED_LINE_MAX - 10, 1, 2, 0 },
	{ "as long as may be, at the end", FEED_LINE_MAX - 10, 0, 1, 0 },
	{ "one byte too long", FEED_LINE_MAX - 9, 1, 1, 1 },
	{ "one byte too long, at the end", FEED_LINE_MAX - 9, 0, 0, 1 },
	{ "much too long", FEED_LINE_MAX * 5, 1, 1, 1 },
	{ "much too long, at the end", FEED_LINE_MAX * 5, 0, 0, 1 },
};

static void
test_long(void **state)
{
	static struct feed f;
	static char	   text[FEED_LINE_MAX * 6];
	size_t		   i, at, len, n, piece;

	(void)state;
	for (i = 0; i < nitems(longs); i++) {
		len = (size_t)snprintf(text, sizeof(text), "192.0.2.1%*s%s",
		    (int)longs[i].spaces + 1, "x",
		    longs[i].newline ? "\n192.0.2.2\n" : "");
		for (piece = 1; piece < sizeof(text); piece *= 7) {
			feed_init(&f, 0);
			for (at = 0; at < len; at += n) {
				n = len - at < piece ? len - at : piece;
				assert_int_equal(feed_put(&f, text + at, n), 0);
			}
			feed_end(&f);
			if (f.counts.good != longs[i].good ||
			    f.counts.bad != longs[i].bad)
				fail_msg("%s", longs[i].what);
			feed_free(&f);
		}
	}
}

static void
test_nul(void **state)
{
	static const char  text[] = "192.0.2.1\0\n192.0.2.2\n\0\n#\0\n";
	static struct feed f;

	(void)state;
	feed_init(&f, 0);
	assert_int_equal(feed_put(&f, text, sizeof(text) - 1), 0);
	feed_end(&f);
	assert_int_equal(f.counts.lines, 4);
	assert_int_equal(f.counts.good, 1);
	assert_int_equal(f.counts.bad, 3);
	assert_string_equal(f.counts.first_bad, "192.0.2.1\\x00");
	assert_int_equal(f.counts.first_bad_line, 1);
	feed_free(&f);
}

static void
test_too_many(void **state)
{
	static const char  text[] = "192.0.2.1\n\n192.0.2.2\n192.0.2.3";
	static struct feed f;

	(void)state;
	feed_init(&f, 4);
	assert_int_equal(feed_put(&f, text, sizeof(text) - 1), 0);
	feed_end(&f);
	assert_int_equal(f.toomany, 0);
	assert_int_equal(f.counts.good, 3);
	feed_free(&f);

	feed_init(&f, 3);
	assert_int_equal(feed_put(&f, text, sizeof(text) - 1), 0);
	feed_end(&f);
	assert_int_equal(f.toomany, 1);
	assert_int_equal(f.counts.lines, 3);
	assert_int_equal(feed_put(&f, "x\n", 2), -1);
	feed_free(&f);

	feed_init(&f, 2);
	assert_int_equal(feed_put(&f, text, sizeof(text) - 1), -1);
	assert_int_equal(f.toomany, 1);
	assert_int_equal(f.counts.good, 1);
	feed_free(&f);
}

/* What is wide, unless nobody could mean it. */
static const struct {
	const char *what;
	const char *line;
	uint64_t    widest4, widest6;
} wide[] = {
	{ "an address", "192.0.1.1", 1, 0 },
	{ "a /7", "2.0.0.0/7", 1 << 25, 0 },
	{ "all of IPv4", "0.0.0.0/0", (uint64_t)1 << 32, 0 },
	{ "private addresses alone", "10.0.0.0/8", 0, 0 },
	{ "private addresses and as many more", "10.0.0.0/7", 1 << 25, 0 },
	{ "multicast and reserved", "224.0.0.0/3", 0, 0 },
	{ "an IPv6 /16", "2a00::/16", 0, (uint64_t)1 << 48 },
	{ "an IPv6 address", "2a00::1", 0, 1 },
	{ "all of IPv6", "::/0", 0, UINT64_MAX },
	{ "what is not assigned", "4000::/2", 0, 0 },
};

static void
test_wide(void **state)
{
	static struct feed f;
	size_t		   i;

	(void)state;
	for (i = 0; i < nitems(wide); i++) {
		feed_init(&f, 0);
		assert_int_equal(feed_line(&f, wide[i].line,
				     strlen(wide[i].line)),
		    1);
		if (f.widest4 != wide[i].widest4 ||
		    f.widest6 != wide[i].widest6)
			fail_msg("%s", wide[i].what);
		feed_free(&f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_feeds),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_nul),
		cmocka_unit_test(test_too_many),
		cmocka_unit_test(test_wide),
	};

	return cmocka_run_group_tests_name("feed", tests, NULL, NULL);
}
