/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "addr.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/* --- prefix_parse, prefix_print ------------------------------------------ */

static const struct {
	const char *what;
	const char *text;
	const char *want; /* printed again */
	const char *why;  /* or the complaint */
} prefixes[] = {
	{ "an IPv4 prefix", "192.0.2.0/24", "192.0.2.0/24", NULL },
	{ "an address is a full prefix", "192.0.2.1", "192.0.2.1", NULL },
	{ "/32 prints as the address", "192.0.2.1/32", "192.0.2.1", NULL },
	{ "all of IPv4", "0.0.0.0/0", "0.0.0.0/0", NULL },
	{ "half of IPv4", "128.0.0.0/1", "128.0.0.0/1", NULL },
	{ "an odd length", "192.0.2.128/25", "192.0.2.128/25", NULL },
	{ "an IPv6 prefix", "2001:db8::/32", "2001:db8::/32", NULL },
	{ "all of IPv6", "::/0", "::/0", NULL },
	{ "/128 prints as the address", "2001:db8::1/128", "2001:db8::1",
	    NULL },
	{ "a length within an octet", "2001:db8:8000::/33",
	    "2001:db8:8000::/33", NULL },
	{ "mapped /120 is IPv4 /24", "::ffff:192.0.2.0/120", "192.0.2.0/24",
	    NULL },
	{ "mapped /96 is all of IPv4", "::ffff:0:0/96", "0.0.0.0/0", NULL },
	{ "mapped /128 is the address", "::ffff:192.0.2.1/128", "192.0.2.1",
	    NULL },
	{ "mapped without a length", "::ffff:192.0.2.1", "192.0.2.1", NULL },

	{ "mapped, cut before the end of ffff", "::ffff:0:0/95", NULL,
	    "host bits are set" },
	{ "mapped with host bits", "::ffff:192.0.2.1/120", NULL,
	    "host bits are set" },
	{ "host bits", "192.0.2.1/24", NULL, "host bits are set" },
	{ "one host bit", "192.0.2.128/24", NULL, "host bits are set" },
	{ "host bits of IPv6", "2001:db8::1/64", NULL, "host bits are set" },
	{ "host bits under /0", "1.0.0.0/0", NULL, "host bits are set" },
	{ "more than 32", "192.0.2.0/33", NULL, "more than 32 bits" },
	{ "more than 128", "2001:db8::/129", NULL, "more than 128 bits" },
	{ "no length", "192.0.2.0/", NULL,
	    "not a number of bits behind the slash" },
	{ "a leading zero", "192.0.2.0/024", NULL,
	    "not a number of bits behind the slash" },
	{ "two zeros", "0.0.0.0/00", NULL,
	    "not a number of bits behind the slash" },
	{ "a sign", "192.0.2.0/+24", NULL,
	    "not a number of bits behind the slash" },
	{ "a minus", "192.0.2.0/-1", NULL,
	    "not a number of bits behind the slash" },
	{ "a huge number", "192.0.2.0/4294967320", NULL,
	    "not a number of bits behind the slash" },
	{ "a netmask", "192.0.2.0/255.255.255.0", NULL,
	    "not a number of bits behind the slash" },
	{ "two slashes", "192.0.2.0/24/24", NULL,
	    "not a number of bits behind the slash" },
	{ "a space behind", "192.0.2.0/24 ", NULL,
	    "not a number of bits behind the slash" },
	{ "a space before the slash", "192.0.2.0 /24", NULL, "not an address" },
	{ "no address", "/24", NULL, "not an address" },
	{ "nothing", "", NULL, "not an address" },
	{ "a short form", "10/8", NULL, "not an address" },
	{ "a scope id", "fe80::%eth0/64", NULL, "not an address" },
	{ "far too long",
	    "00000000000000000000000000000000000000000000000000"
	    "000000000000000000000000/8",
	    NULL, "not an address" },
};

static void
test_prefix(void **state)
{
	struct prefix p;
	const char   *why;
	char	      buf[PREFIX_LEN];
	size_t	      i;

	(void)state;
	for (i = 0; i < nitems(prefixes); i++) {
		why = prefix_parse(&p, prefixes[i].text);
		if (prefixes[i].why != NULL) {
			if (why == NULL || strcmp(why, prefixes[i].why) != 0)
				fail_msg("%s: %s", prefixes[i].what,
				    why == NULL ? "taken" : why);
			continue;
		}
		if (why != NULL)
			fail_msg("%s: %s", prefixes[i].what, why);
		if (strcmp(prefix_print(&p, buf), prefixes[i].want) != 0)
			fail_msg("%s: %s", prefixes[i].what, buf);
	}
}

static const struct {
	const char *what;
	const char *prefix;
	const char *addr;
	int	    want;
} contained[] = {
	{ "an address inside", "192.0.2.0/24", "192.0.2.255", 1 },
	{ "the first", "192.0.2.0/24", "192.0.2.0", 1 },
	{ "just below", "192.0.2.0/24", "192.0.1.255", 0 },
	{ "just above", "192.0.2.0/24", "192.0.3.0", 0 },
	{ "inside a /25", "192.0.2.128/25", "192.0.2.128", 1 },
	{ "below a /25", "192.0.2.128/25", "192.0.2.127", 0 },
	{ "itself", "192.0.2.1", "192.0.2.1", 1 },
	{ "not its neighbour", "192.0.2.1", "192.0.2.0", 0 },
	{ "everything", "0.0.0.0/0", "203.0.113.9", 1 },
	{ "no IPv6 in IPv4", "0.0.0.0/0", "::1", 0 },
	{ "no IPv4 in IPv6", "::/0", "192.0.2.1", 0 },
	{ "mapped counts as IPv4", "192.0.2.0/24", "::ffff:192.0.2.7", 1 },
	{ "mapped is not in IPv6", "::/0", "::ffff:192.0.2.7", 0 },
	{ "an IPv4 prefix written as mapped", "::ffff:192.0.2.0/120",
	    "192.0.2.9", 1 },
	{ "inside an IPv6 /33", "2001:db8:8000::/33", "2001:db8:ffff::1", 1 },
	{ "outside an IPv6 /33", "2001:db8:8000::/33", "2001:db8:7fff::1", 0 },
};

static void
test_contains(void **state)
{
	struct addr   a;
	struct prefix p;
	size_t	      i;

	(void)state;
	for (i = 0; i < nitems(contained); i++) {
		assert_null(prefix_parse(&p, contained[i].prefix));
		assert_int_equal(addr_parse(&a, contained[i].addr), 0);
		if (prefix_contains(&p, &a) != contained[i].want)
			fail_msg("%s", contained[i].what);
	}
	memset(&a, 0, sizeof(a));
	assert_int_equal(prefix_contains(&p, &a), 0);
}

static const struct {
	const char  *what;
	const char  *addr;
	unsigned int bits;
	const char  *want;
	const char  *network;
} around[] = {
	{ "within an octet", "192.0.2.255", 25, "192.0.2.128/25",
	    "192.0.2.0/24" },
	{ "no bits", "192.0.2.255", 0, "0.0.0.0/0", "192.0.2.0/24" },
	{ "all bits", "192.0.2.255", 32, "192.0.2.255", "192.0.2.0/24" },
	{ "too many bits are all", "192.0.2.255", 200, "192.0.2.255",
	    "192.0.2.0/24" },
	{ "IPv6", "2001:db8:1:2:3:4:5:6", 48, "2001:db8:1::/48",
	    "2001:db8:1:2::/64" },
	{ "IPv6, all bits", "2001:db8::6", 128, "2001:db8::6",
	    "2001:db8::/64" },
};

static void
test_around(void **state)
{
	struct addr   a;
	struct prefix p;
	char	      buf[PREFIX_LEN];
	size_t	      i;

	(void)state;
	for (i = 0; i < nitems(around); i++) {
		assert_int_equal(addr_parse(&a, around[i].addr), 0);
		p = prefix_around(&a, around[i].bits);
		if (strcmp(prefix_print(&p, buf), around[i].want) != 0)
			fail_msg("%s: %s", around[i].what, buf);
		p = addr_network(&a);
		if (strcmp(prefix_print(&p, buf), around[i].network) != 0)
			fail_msg("%s: network %s", around[i].what, buf);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_prefix),
		cmocka_unit_test(test_contains),
		cmocka_unit_test(test_around),
	};

	return cmocka_run_group_tests_name("prefix", tests, NULL, NULL);
}
