/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "nat.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define START 1000000

/*
 * So many different names come from that address, one each "every" seconds,
 * over and over: does it hide others at the end, and how often was it said?
 */
static const struct {
	const char *what;
	const char *addr;
	int	    is_protected;
	int	    names, times, every;
	int	    hides, said;
} cases[] = {
	{ "one name", "192.168.1.1", 0, 1, 50, 1, 0, 0 },
	{ "seven names", "192.168.1.1", 0, 7, 50, 1, 0, 0 },
	{ "eight names", "192.168.1.1", 0, 8, 8, 1, 1, 1 },
	{ "eight names, many times: it is said once", "192.168.1.1", 0, 8, 500,
	    1, 1, 1 },
	{ "a thousand names", "192.168.1.1", 0, 1000, 1000, 1, 1, 1 },
	{ "the eighth comes within the hour", "192.168.1.1", 0, 8, 8, 514, 1,
	    1 },
	{ "the eighth comes too late", "192.168.1.1", 0, 8, 8, 515, 0, 0 },
	{ "after an hour it is said again", "192.168.1.1", 0, 8, 3608, 1, 1,
	    2 },
	{ "10/8", "10.1.2.3", 0, 8, 8, 1, 1, 1 },
	{ "172.16/12", "172.31.0.1", 0, 8, 8, 1, 1, 1 },
	{ "172.32 is no private address", "172.32.0.1", 0, 8, 8, 1, 0, 0 },
	{ "a carrier's NAT", "100.64.0.1", 0, 8, 8, 1, 1, 1 },
	{ "link-local", "169.254.1.1", 0, 8, 8, 1, 1, 1 },
	{ "unique local", "fd00::1", 0, 8, 8, 1, 1, 1 },
	{ "link-local of IPv6", "fe80::1", 0, 8, 8, 1, 1, 1 },
	{ "loopback", "127.0.0.1", 1, 8, 8, 1, 0, 0 },
	{ "loopback of IPv6", "::1", 1, 8, 8, 1, 0, 0 },
	{ "a public address", "192.0.2.9", 0, 1000, 1000, 1, 0, 0 },
	{ "a public address of IPv6", "2001:db8::9", 0, 1000, 1000, 1, 0, 0 },
	{ "a gateway with a public address", "192.0.2.9", 1, 8, 8, 1, 1, 1 },
};

static void
test_cases(void **state)
{
	struct nat *nat;
	struct addr addr;
	char	    helo[32];
	size_t	    i;
	int64_t	    now;
	int	    k, hides = 0, news, said;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		assert_non_null(nat = nat_new());
		assert_int_equal(addr_parse(&addr, cases[i].addr), 0);
		now = START;
		for (k = said = 0; k < cases[i].times; k++) {
			now = START + (int64_t)k * cases[i].every;
			snprintf(helo, sizeof(helo), "h%d.example",
			    k % cases[i].names);
			hides = nat_hides(nat, &addr, cases[i].is_protected,
			    helo, now, &news);
			said += news;
		}
		if (hides != cases[i].hides || said != cases[i].said ||
		    nat_count(nat, now) != (size_t)hides)
			fail_msg("%s: %d, said %d, count %zu", cases[i].what,
			    hides, said, nat_count(nat, now));
		assert_int_equal(nat_count(nat, now + NAT_WITHIN), 0);
		nat_free(nat);
	}
}

/* Case, a dot behind and what is beyond the room make no other name. */
static void
test_same_name(void **state)
{
	static const char *const same[] = { "Host.Example", "host.example",
		"HOST.EXAMPLE.", "host.example..", "hOST.eXAMPLE" };
	struct nat		*nat;
	struct addr		 addr;
	char			 helo[600];
	size_t			 i;
	int			 news;

	(void)state;
	assert_non_null(nat = nat_new());
	assert_int_equal(addr_parse(&addr, "10.0.0.1"), 0);
	for (i = 0; i < 100; i++)
		assert_int_equal(nat_hides(nat, &addr, 0,
				     same[i % nitems(same)], START, &news),
		    0);
	memset(helo, 'x', sizeof(helo));
	for (i = 0; i < 100; i++) {
		helo[sizeof(helo) - 1 - i] = '\0';
		assert_int_equal(nat_hides(nat, &addr, 0, helo, START, &news),
		    0);
	}
	for (i = 0; i < 6; i++) {
		snprintf(helo, sizeof(helo), "%zu", i);
		assert_int_equal(nat_hides(nat, &addr, 0, helo, START, &news),
		    i == 5);
	}
	nat_free(nat);
}

/* Addresses beyond the bound push out whoever was quiet for longest. */
static void
test_bound(void **state)
{
	struct nat *nat;
	struct addr addr;
	char	    text[32];
	int	    k, news, n;

	(void)state;
	assert_non_null(nat = nat_new());
	for (n = 0; n < 3 * NAT_ADDRESSES; n++) {
		snprintf(text, sizeof(text), "10.0.%d.%d", n / 256, n % 256);
		assert_int_equal(addr_parse(&addr, text), 0);
		for (k = 0; k < NAT_HELOS; k++) {
			snprintf(text, sizeof(text), "h%d", k);
			assert_int_equal(nat_hides(nat, &addr, 0, text,
					     START + n, &news),
			    k == NAT_HELOS - 1);
		}
		assert_int_equal(news, 1);
		assert_int_equal(nat_count(nat, START + n),
		    n < NAT_ADDRESSES ? n + 1 : NAT_ADDRESSES);
	}
	/* The last ones are still known, the first are not. */
	assert_int_equal(nat_hides(nat, &addr, 0, "h0", START + n, &news), 1);
	assert_int_equal(news, 0);
	assert_int_equal(addr_parse(&addr, "10.0.0.0"), 0);
	assert_int_equal(nat_hides(nat, &addr, 0, "h0", START + n, &news), 0);
	nat_free(nat);
}

/* Nobody, and a client that said nothing. */
static void
test_nothing(void **state)
{
	struct nat *nat;
	struct addr addr = { .family = ADDR_NONE };
	int	    k, news;

	(void)state;
	assert_non_null(nat = nat_new());
	assert_int_equal(nat_hides(nat, &addr, 1, "x", START, &news), 0);
	assert_int_equal(addr_parse(&addr, "10.0.0.1"), 0);
	for (k = 0; k < 20; k++)
		assert_int_equal(nat_hides(nat, &addr, 0, "", START, &news), 0);
	assert_int_equal(nat_count(nat, START), 0);
	nat_free(nat);
	nat_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_same_name),
		cmocka_unit_test(test_bound),
		cmocka_unit_test(test_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
