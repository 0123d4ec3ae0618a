/* SPDX-License-Identifier: ISC */
/*
 * What a url gives, and whether it may take the place of what there is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "guard.h"
#include "special.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char  *what;
	const char  *text; /* after n good and n bad lines: */
	unsigned int good, bad;
	size_t	     before;
	const char  *want; /* within the phrase; NULL: taken */
} cases[] = {
	{ "empty", "", 0, 0, 0, "empty" },
	{ "only blank lines", "\n\n", 0, 0, 0, "nothing in it but comments" },
	{ "only comments", "# a\n; b\n", 0, 0, 0,
	    "nothing in it but comments" },
	{ "only metadata", "{\"type\":\"metadata\"}\n", 0, 0, 0,
	    "nothing in it but comments" },
	{ "a web page", "<!doctype html>\n<p>\n", 0, 0, 0, "web page" },
	{ "a web page that names addresses",
	    "<html>\n1.1.1.1\n1.1.1.2\n1.1.1.3\n", 0, 0, 0, "web page" },
	{ "a captcha in words", "Are you human?\nTick the box.\n", 0, 0, 0,
	    "no line of it is an address" },
	{ "an error as JSON", "{\"error\":\"rate limit\"}\n", 0, 0, 0,
	    "no line of it is an address" },
	{ "6 percent garbage", "", 94, 6, 0, "6 of 100 lines are bad" },
	{ "5 percent garbage", "", 95, 5, 0, NULL },
	{ "4 percent garbage", "", 96, 4, 0, NULL },
	{ "one good address", "", 1, 0, 0, NULL },
	{ "halved", "", 500, 0, 1000, "halved: 500 entries instead of 1000" },
	{ "nearly halved", "", 501, 0, 1000, NULL },
	{ "tripled", "", 3000, 0, 1000, "tripled: 3000 entries" },
	{ "nearly tripled", "", 2999, 0, 1000, NULL },
	{ "halved, of few", "", 400, 0, 999, NULL },
	{ "tripled, of few", "", 3000, 0, 999, NULL },
	{ "nothing before", "", 3000, 0, 0, NULL },
	{ "copies are not entries", "64.0.0.1\n64.0.0.1\n64.0.0.1\n", 500, 0,
	    1000, "halved" },
	{ "all of IPv4", "0.0.0.0/0\n", 100, 0, 0,
	    "one line alone covers more than \"widest 8 16\"" },
	{ "a /7", "2.0.0.0/7\n", 100, 0, 0, "one line alone" },
	{ "a /7, half of it special-purpose", "10.0.0.0/7\n", 0, 0, 0,
	    "one line alone" },
	{ "a /8", "9.0.0.0/8\n", 0, 0, 0, NULL },
	{ "a /8 and one address more", "9.0.0.0/8\n8.8.8.8\n", 0, 0, 0,
	    "in all it covers" },
	{ "much, but special-purpose",
	    "10.0.0.0/8\n127.0.0.0/8\n224.0.0.0/3\n0.0.0.0/8\n9.0.0.0/8\n"
	    "192.168.0.0/16\n::/3\n4000::/2\n8000::/1\nfe80::/10\n",
	    0, 0, 0, NULL },
	{ "the same /8 twice", "9.0.0.0/8\n9.0.0.0/8\n9.1.0.0/16\n", 0, 0, 0,
	    NULL },
	{ "an IPv6 /16", "2a00::/16\n", 0, 0, 0, NULL },
	{ "an IPv6 /15", "2a00::/15\n", 0, 0, 0, "one line alone" },
	{ "an IPv6 /16 and a /64", "2a00::/16\n2600::/64\n", 0, 0, 0,
	    "in all it covers" },
	{ "all of IPv6", "::/0\n", 0, 0, 0, "one line alone" },
	{ "nothing but this machine", "127.0.0.1\n10.0.0.0/8\n::1\n", 0, 0, 0,
	    "only special-purpose addresses" },
};

static void
fill(struct feed *f, size_t i)
{
	char	     line[64];
	unsigned int n;
	int	     len;

	feed_init(f, 0);
	for (n = 0; n < cases[i].good; n++) {
		/* Two apart: none touches the next. */
		len = snprintf(line, sizeof(line), "64.0.%u.%u\n", n / 128,
		    n % 128 * 2 + 1);
		assert_int_equal(feed_put(f, line, (size_t)len), 0);
	}
	for (n = 0; n < cases[i].bad; n++)
		assert_int_equal(feed_put(f, "garbage\n", 8), 0);
	assert_int_equal(feed_put(f, cases[i].text, strlen(cases[i].text)), 0);
	feed_end(f);
	feed_merge(f);
}

static void
test_cases(void **state)
{
	static struct feed f;
	struct guard	   g = { .widest4 = 8, .widest6 = 16 };
	char		   why[GUARD_WHY_LEN];
	const char	  *phrase;
	size_t		   i;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		fill(&f, i);
		g.entries = cases[i].before;
		phrase = guard_refuses(&g, &f, why);
		if ((phrase == NULL) != (cases[i].want == NULL) ||
		    (phrase != NULL && strstr(phrase, cases[i].want) == NULL))
			fail_msg("%s: %s", cases[i].what,
			    phrase == NULL ? "taken" : phrase);
		feed_free(&f);
	}
}

static void
test_too_many(void **state)
{
	static struct feed f;
	struct guard	   g = { .widest4 = 8, .widest6 = 16 };
	char		   why[GUARD_WHY_LEN];

	(void)state;
	feed_init(&f, 1);
	assert_int_equal(feed_put(&f, "8.8.8.8\n8.8.4.4\n", 16), -1);
	assert_non_null(strstr(guard_refuses(&g, &f, why), "more lines"));
	feed_free(&f);
}

/* "widest" from one end to the other. */
static void
test_widest(void **state)
{
	static struct feed f;
	struct guard	   g = { .widest4 = 0, .widest6 = 0 };
	char		   why[GUARD_WHY_LEN];

	(void)state;
	feed_init(&f, 0);
	assert_int_equal(feed_put(&f, "0.0.0.0/0\n::/0\n", 15), 0);
	feed_merge(&f);
	assert_null(guard_refuses(&g, &f, why));
	feed_free(&f);
	g.widest4 = 32;
	g.widest6 = 128;
	feed_init(&f, 0);
	assert_int_equal(feed_put(&f, "8.8.8.8\n2600::1\n", 16), 0);
	feed_merge(&f);
	assert_null(guard_refuses(&g, &f, why));
	assert_int_equal(feed_put(&f, "8.8.8.9\n", 8), 0);
	feed_merge(&f);
	assert_non_null(guard_refuses(&g, &f, why));
	feed_free(&f);
}

static const struct {
	const char *what;
	const char *text;
	int	    special; /* all of it */
} purposes[] = {
	{ "this network", "0.0.0.0", 1 },
	{ "loopback", "127.0.0.1", 1 },
	{ "private, 10", "10.255.255.255", 1 },
	{ "private, 172", "172.31.255.255", 1 },
	{ "behind private, 172", "172.32.0.0", 0 },
	{ "private, 192", "192.168.0.0/16", 1 },
	{ "carrier-grade NAT", "100.64.0.0/10", 1 },
	{ "behind carrier-grade NAT", "100.128.0.0", 0 },
	{ "link-local", "169.254.1.1", 1 },
	{ "documentation", "192.0.2.0/24", 0 },
	{ "documentation, second", "198.51.100.1", 0 },
	{ "documentation, third", "203.0.113.255", 0 },
	{ "benchmarks", "198.19.255.255", 1 },
	{ "multicast", "224.0.0.1", 1 },
	{ "broadcast", "255.255.255.255", 1 },
	{ "the last before multicast", "223.255.255.255", 0 },
	{ "a resolver that everybody knows", "8.8.8.8", 0 },
	{ "IPv6 loopback", "::1", 1 },
	{ "unspecified", "::", 1 },
	{ "translated", "64:ff9b::1", 1 },
	{ "unique local", "fd00::1", 1 },
	{ "IPv6 link-local", "fe80::1", 1 },
	{ "IPv6 multicast", "ff02::1", 1 },
	{ "IPv6 documentation", "2001:db8::/32", 0 },
	{ "IPv6 documentation, new", "3fff::/20", 0 },
	{ "behind it", "3fff:1000::", 0 },
	{ "Teredo", "2001::1", 1 },
	{ "the first /32 of a registry", "2001:200::", 0 },
	{ "not assigned", "4000::", 1 },
	{ "IPv6 of a provider", "2a01:4f8::1", 0 },
};

static void
test_special(void **state)
{
	static struct feed f;
	size_t		   i;
	int		   taken;

	(void)state;
	for (i = 0; i < nitems(purposes); i++) {
		feed_init(&f, 0);
		assert_int_equal(feed_line(&f, purposes[i].text,
				     strlen(purposes[i].text)),
		    1);
		feed_merge(&f);
		taken = guard_special_count(&f.ranges) == 1;
		assert_int_equal(guard_special(&f.ranges), 0);
		if (taken != purposes[i].special ||
		    (f.ranges.n4 + f.ranges.n6 == 0) != purposes[i].special)
			fail_msg("%s", purposes[i].what);
		feed_free(&f);
	}
}

/* One range around private addresses: two are left, and one was touched. */
static void
test_cut(void **state)
{
	struct ranges r;

	(void)state;
	memset(&r, 0, sizeof(r));
	assert_int_equal(ranges_add4(&r, 0x09ffffff, 0x0b000000), 0);
	assert_int_equal(guard_special_count(&r), 1);
	assert_int_equal(guard_special(&r), 0);
	assert_int_equal(r.n4, 2);
	assert_int_equal(ranges_count4(&r), 2);
	ranges_free(&r);
}

/* The table is in order and nothing in it touches. */
static void
test_table(void **state)
{
	struct ranges r;
	size_t	      n4, n6;

	(void)state;
	memset(&r, 0, sizeof(r));
	assert_int_equal(special_ranges(&r), 0);
	n4 = r.n4;
	n6 = r.n6;
	assert_int_equal(ranges_merge(&r), 0);
	assert_int_equal(r.n4, n4);
	assert_int_equal(r.n6, n6);
	assert_int_equal(n4, 11);
	assert_int_equal(n6, 3);
	ranges_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_too_many),
		cmocka_unit_test(test_widest),
		cmocka_unit_test(test_special),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests_name("guard", tests, NULL, NULL);
}
