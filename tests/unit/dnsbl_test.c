/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "dnsbl.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *what;
	const char *addr, *zone, *want;
} queries[] = {
	{ "IPv4", "192.0.2.9", "bl.example", "9.2.0.192.bl.example." },
	{ "a long octet", "255.254.253.252", "a.b", "252.253.254.255.a.b." },
	{ "IPv6", "2001:db8:1:2:3:4:567:89ab", "bl.example",
	    "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2."
	    "bl.example." },
};

static void
test_queries(void **state)
{
	char	    buf[DNSBL_QUERY_LEN], zone[DNSBL_ZONE_LEN];
	struct addr addr;
	size_t	    i;

	(void)state;
	for (i = 0; i < nitems(queries); i++) {
		assert_int_equal(addr_parse(&addr, queries[i].addr), 0);
		assert_int_equal(dnsbl_query(buf, &addr, queries[i].zone), 0);
		if (strcmp(buf, queries[i].want) != 0)
			fail_msg("%s: %s", queries[i].what, buf);
	}
	/* The longest zone has room behind the longest address. */
	memset(zone, 'z', sizeof(zone) - 1);
	zone[sizeof(zone) - 1] = '\0';
	assert_int_equal(dnsbl_query(buf, &addr, zone), 0);
	assert_true(strlen(buf) <= 254);
}

static const struct {
	const char *what;
	const char *text;
	const char *back; /* NULL: as it was */
	const char *why;  /* NULL: fine */
} filters[] = {
	{ "one reply", "127.0.0.2", NULL, NULL },
	{ "a range", "127.0.0.2-11", NULL, NULL },
	{ "any", "127.0.*.1-3", NULL, NULL },
	{ "all that there is", "127.*.*.*", NULL, NULL },
	{ "any, written as a range", "127.0.0-255.2", "127.0.*.2", NULL },
	{ "a range of one", "127.0.0.2-2", "127.0.0.2", NULL },
	{ "errors within", "127.0.0.1-255", NULL, NULL },
	{ "all of 127.255.*", "127.255.*.2", NULL, NULL },
	{ "nothing", "", NULL, "is no reply such as 127.0.0.2-11" },
	{ "three octets", "127.0.0", NULL, "is no reply such as 127.0.0.2-11" },
	{ "five octets", "127.0.0.2.3", NULL,
	    "is no reply such as 127.0.0.2-11" },
	{ "too large", "127.0.0.256", NULL,
	    "is no reply such as 127.0.0.2-11" },
	{ "a leading zero", "127.0.0.02", NULL,
	    "is no reply such as 127.0.0.2-11" },
	{ "a range downwards", "127.0.0.3-2", NULL,
	    "is no reply such as 127.0.0.2-11" },
	{ "half a range", "127.0.0.3-", NULL,
	    "is no reply such as 127.0.0.2-11" },
	{ "a range without a start", "127.0.0.-3", NULL,
	    "is no reply such as 127.0.0.2-11" },
	{ "any and more", "127.0.0.*2", NULL,
	    "is no reply such as 127.0.0.2-11" },
	{ "Postfix's brackets", "127.0.0.[2..11]", NULL,
	    "is no reply such as 127.0.0.2-11" },
	{ "a prefix", "127.0.0.0/24", NULL,
	    "is no reply such as 127.0.0.2-11" },
	{ "a blank", "127.0.0.2 ", NULL, "is no reply such as 127.0.0.2-11" },
	{ "not of 127/8", "10.0.0.2", NULL, "does not begin with 127" },
	{ "more than 127/8", "*.0.0.2", NULL, "does not begin with 127" },
	{ "a range around 127", "126-127.0.0.2", NULL,
	    "does not begin with 127" },
	{ "localhost", "127.0.0.1", NULL, "is an error, never a listing" },
	{ "a resolver's placeholder", "127.0.0.255", NULL,
	    "is an error, never a listing" },
	{ "refused by the list", "127.255.255.254", NULL,
	    "is an error, never a listing" },
	{ "all errors of lists", "127.255.255.*", NULL,
	    "is an error, never a listing" },
};

static void
test_filters(void **state)
{
	struct dnsbl_filter f;
	const char	   *why, *back;
	char		    buf[DNSBL_FILTER_LEN];
	size_t		    i;

	(void)state;
	for (i = 0; i < nitems(filters); i++) {
		why = dnsbl_filter_parse(&f, filters[i].text);
		if ((why == NULL) != (filters[i].why == NULL) ||
		    (why != NULL && strcmp(why, filters[i].why) != 0))
			fail_msg("%s: %s", filters[i].what,
			    why == NULL ? "taken" : why);
		if (why != NULL)
			continue;
		back =
		    filters[i].back != NULL ? filters[i].back : filters[i].text;
		if (strcmp(dnsbl_filter_print(&f, buf), back) != 0)
			fail_msg("%s: %s", filters[i].what, buf);
	}
}

static const struct {
	const char *what;
	uint8_t	    reply[4];
	int	    good;
} replies[] = {
	{ "the usual one", { 127, 0, 0, 2 }, 1 },
	{ "an allow list's", { 127, 0, 5, 3 }, 1 },
	{ "bits", { 127, 1, 255, 255 }, 1 },
	{ "none", { 127, 0, 0, 0 }, 1 },
	{ "localhost", { 127, 0, 0, 1 }, 0 },
	{ "the placeholder", { 127, 0, 0, 255 }, 0 },
	{ "asked by a public resolver", { 127, 255, 255, 254 }, 0 },
	{ "asked too often", { 127, 255, 255, 255 }, 0 },
	{ "a typing error in the zone", { 127, 255, 255, 252 }, 0 },
	{ "not an error of 127.255.255.0/24", { 127, 255, 254, 2 }, 1 },
	{ "a parked domain", { 192, 0, 2, 1 }, 0 },
	{ "126/8", { 126, 0, 0, 2 }, 0 },
	{ "zero", { 0, 0, 0, 0 }, 0 },
};

static void
test_replies(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < nitems(replies); i++) {
		if (dnsbl_reply_good(replies[i].reply) != replies[i].good)
			fail_msg("%s", replies[i].what);
	}
}

/* Filters that are as wide as can be still match no error. */
static void
test_error_never_matches(void **state)
{
	struct dnsbl_filter  f;
	struct dnsbl	     d = { .filters = &f, .nfilters = 1 };
	struct dnsbl_finding found = { .nreplies = 1 };
	size_t		     i;
	int		     score;

	(void)state;
	assert_null(dnsbl_filter_parse(&f, "127.*.*.*"));
	f.score = 7;
	for (i = 0; i < nitems(replies); i++) {
		assert_int_equal(dnsbl_match(&d, replies[i].reply) != NULL,
		    replies[i].good);
		memcpy(found.replies[0], replies[i].reply, 4);
		found.state = DNSBL_LISTED;
		assert_int_equal(dnsbl_listed(&d, &found, &score),
		    replies[i].good);
		assert_int_equal(score, replies[i].good ? 7 : 0);
		found.state = DNSBL_BROKEN;
		assert_int_equal(dnsbl_listed(&d, &found, &score), 0);
		assert_int_equal(score, 0);
	}
}

static const struct {
	const char *what;
	const char *zone, *text;
	int	    tells;
} telling[] = {
	{ "nothing of it", "bl.example.org", "Listed for spam", 0 },
	{ "the whole zone", "bl.example.org", "see bl.example.org", 1 },
	{ "in capitals", "bl.example.org", "see BL.Example.ORG.", 1 },
	{ "its domain is public", "bl.example.org", "www.example.org", 0 },
	{ "a short label is no secret", "bl.example.org", "bl", 0 },
	{ "the customer's key", "abcdef0123.bl.example.org", "key ABCDEF0123!",
	    1 },
	{ "a key of six", "abcdef.bl.example.org", "xabcdefx", 1 },
	{ "a key behind the list's name", "zen.abcdef0123.dq.example.org",
	    "abcdef0123", 1 },
	{ "a key in a zone of two labels", "abcdef0123.example", "abcdef0123",
	    1 },
	{ "half of the key", "abcdef0123.bl.example.org", "abcdef012", 0 },
	{ "the name before the key", "zen.abcdef0123.dq.example.org", "zen",
	    0 },
	{ "no zone", "", "anything", 0 },
	{ "no text", "bl.example.org", "", 0 },
};

static void
test_telling(void **state)
{
	char   out[DNSBL_TXT_LEN];
	size_t i;

	(void)state;
	for (i = 0; i < nitems(telling); i++) {
		if (dnsbl_tells(telling[i].text, telling[i].zone) !=
		    telling[i].tells)
			fail_msg("%s", telling[i].what);
		dnsbl_txt(out, telling[i].text, strlen(telling[i].text),
		    telling[i].zone);
		if (strcmp(out, telling[i].tells ? "" : telling[i].text) != 0)
			fail_msg("%s: %s", telling[i].what, out);
	}
}

static void
test_txt(void **state)
{
	char out[DNSBL_TXT_LEN], text[4096];

	(void)state;
	dnsbl_txt(out, "a\r\nb\0c\x1b\xfc", 8, "bl.example.org");
	assert_string_equal(out, "abc");
	memset(text, 'x', sizeof(text));
	dnsbl_txt(out, text, sizeof(text), "bl.example.org");
	assert_int_equal(strlen(out), DNSBL_TXT_CUT);
	/* The zone behind the cut, or made whole by what is left out. */
	memcpy(text + 200, "bl.example.org", 14);
	dnsbl_txt(out, text, sizeof(text), "bl.example.org");
	assert_string_equal(out, "");
	dnsbl_txt(out, "bl.exa\nmple.org", 15, "bl.example.org");
	assert_string_equal(out, "");
}

static const struct {
	const char *what;
	const char *text;
	const char *want; /* NULL: refused */
} zones[] = {
	{ "a zone", "bl.example.org", "bl.example.org" },
	{ "with its dot", "bl.example.org.", "bl.example.org" },
	{ "capitals", "BL.Example.org", "bl.example.org" },
	{ "one label", "bl", "bl" },
	{ "other signs", "a_b-c.example", "a_b-c.example" },
	{ "nothing", "", NULL },
	{ "the root", ".", NULL },
	{ "two dots", "a..b", NULL },
	{ "a dot first", ".a", NULL },
	{ "two dots at the end", "a..", NULL },
	{ "a blank", "a b", NULL },
	{ "a slash", "a/b", NULL },
	{ "an umlaut", "\xfc.example", NULL },
	{ "a label of 64",
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	    NULL },
};

static void
test_zones(void **state)
{
	char   out[DNSBL_ZONE_LEN], text[DNSBL_ZONE_LEN + 2];
	size_t i;
	int    ret;

	(void)state;
	for (i = 0; i < nitems(zones); i++) {
		ret =
		    dnsbl_zone_read(out, zones[i].text, strlen(zones[i].text));
		if ((ret == 0) != (zones[i].want != NULL) ||
		    (ret == 0 && strcmp(out, zones[i].want) != 0))
			fail_msg("%s", zones[i].what);
	}
	for (i = 0; i < sizeof(text); i++)
		text[i] = i % 10 == 9 ? '.' : 'a';
	assert_int_equal(dnsbl_zone_read(out, text, DNSBL_ZONE_LEN - 2), 0);
	assert_int_equal(dnsbl_zone_read(out, text, DNSBL_ZONE_LEN + 1), -1);
	assert_int_equal(dnsbl_zone_read(out, "a\0b", 3), -1);
}

static const struct {
	const char *what;
	const char *addr;
	int public;
} publics[] = {
	{ "a server's", "192.0.2.1", 1 },
	{ "IPv6", "2001:db8::1", 1 },
	{ "every list's test entry", "127.0.0.2", 0 },
	{ "loopback", "127.255.255.255", 0 },
	{ "private", "10.1.2.3", 0 },
	{ "private too", "172.31.255.255", 0 },
	{ "not private any more", "172.32.0.0", 1 },
	{ "a home's", "192.168.1.1", 0 },
	{ "link-local", "169.254.1.1", 0 },
	{ "a provider's own", "100.64.0.1", 0 },
	{ "IPv6 loopback", "::1", 0 },
	{ "IPv6 of a site", "fd00::1", 0 },
	{ "IPv6 of a link", "fe80::1", 0 },
};

static void
test_publics(void **state)
{
	struct addr addr;
	size_t	    i;

	(void)state;
	for (i = 0; i < nitems(publics); i++) {
		assert_int_equal(addr_parse(&addr, publics[i].addr), 0);
		if (dnsbl_public(&addr) != publics[i].public)
			fail_msg("%s", publics[i].what);
	}
}

static void
test_states(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < DNSBL_STATES; i++)
		assert_int_equal(dnsbl_state_parse(
				     dnsbl_state_name((enum dnsbl_state)i)),
		    i);
	assert_int_equal(dnsbl_state_parse("maybe"), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_queries),
		cmocka_unit_test(test_filters),
		cmocka_unit_test(test_replies),
		cmocka_unit_test(test_error_never_matches),
		cmocka_unit_test(test_telling),
		cmocka_unit_test(test_txt),
		cmocka_unit_test(test_zones),
		cmocka_unit_test(test_publics),
		cmocka_unit_test(test_states),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
