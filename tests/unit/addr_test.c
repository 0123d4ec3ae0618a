/* SPDX-License-Identifier: ISC */
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "addr.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/* --- addr_parse, addr_print ---------------------------------------------- */

static const struct {
	const char *what;
	const char *text;
	const char *want; /* printed again; NULL: refused */
} parses[] = {
	{ "an IPv4 address", "192.0.2.1", "192.0.2.1" },
	{ "the lowest IPv4 address", "0.0.0.0", "0.0.0.0" },
	{ "the highest IPv4 address", "255.255.255.255", "255.255.255.255" },
	{ "an IPv6 address", "2001:db8::1", "2001:db8::1" },
	{ "capitals become small", "2001:DB8::ABCD", "2001:db8::abcd" },
	{ "all groups written out", "2001:0db8:0000:0000:0000:0000:0000:0001",
	    "2001:db8::1" },
	{ "the unspecified address", "::", "::" },
	{ "loopback", "::1", "::1" },
	{ "zeros at the end", "2001:db8::", "2001:db8::" },
	{ "one zero group is not shortened", "2001:db8:0:1:1:1:1:1",
	    "2001:db8:0:1:1:1:1:1" },
	{ "one zero group written as :: is spelled out", "2001:db8::1:1:1:1:1",
	    "2001:db8:0:1:1:1:1:1" },
	{ "the longest run is shortened", "2001:0:0:1:0:0:0:1",
	    "2001:0:0:1::1" },
	{ "of two runs the first", "2001:db8:0:0:1:0:0:1",
	    "2001:db8::1:0:0:1" },
	{ "a run of two at the end", "1:2:3:4:5:6:0:0", "1:2:3:4:5:6::" },
	{ "a run of two at the start", "0:0:3:4:5:6:7:8", "::3:4:5:6:7:8" },
	{ "no zeros at all", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8" },
	{ "the highest IPv6 address", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
	    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
	{ "mapped, dotted, is IPv4", "::ffff:192.0.2.1", "192.0.2.1" },
	{ "mapped, in hex, is IPv4", "::ffff:c000:201", "192.0.2.1" },
	{ "mapped, written out, is IPv4", "0:0:0:0:0:FFFF:192.0.2.1",
	    "192.0.2.1" },
	{ "IPv4-compatible stays IPv6, in hex", "::192.0.2.1", "::c000:201" },
	{ "translated is not mapped", "64:ff9b::192.0.2.1",
	    "64:ff9b::c000:201" },
	{ "ffff one group earlier is not mapped", "::ffff:0:192.0.2.1",
	    "::ffff:0:c000:201" },

	{ "nothing", "", NULL },
	{ "a name", "mail.example.org", NULL },
	{ "a word of hex digits", "face", NULL },
	{ "three parts", "1.2.3", NULL },
	{ "five parts", "1.2.3.4.5", NULL },
	{ "one number", "3221225985", NULL },
	{ "hex", "0xc0.0.2.1", NULL },
	{ "a leading zero", "192.0.02.1", NULL },
	{ "a leading zero before the last", "192.0.2.01", NULL },
	{ "two zeros", "00.0.0.0", NULL },
	{ "256", "192.0.2.256", NULL },
	{ "a dot at the end", "192.0.2.1.", NULL },
	{ "an empty part", "192..2.1", NULL },
	{ "a sign", "+1.2.3.4", NULL },
	{ "a space before", " 192.0.2.1", NULL },
	{ "a space behind", "192.0.2.1 ", NULL },
	{ "a newline behind", "192.0.2.1\n", NULL },
	{ "a prefix", "192.0.2.0/24", NULL },
	{ "a port", "192.0.2.1:25", NULL },
	{ "a scope id", "fe80::1%eth0", NULL },
	{ "a numeric scope id", "fe80::1%1", NULL },
	{ "an empty scope id", "fe80::1%", NULL },
	{ "brackets", "[2001:db8::1]", NULL },
	{ "Postfix's and SMTP's form", "IPv6:2001:db8::1", NULL },
	{ "two ::", "2001::db8::1", NULL },
	{ ":::", ":::", NULL },
	{ "a colon at the start", ":1:2:3:4:5:6:7", NULL },
	{ "a colon at the end", "1:2:3:4:5:6:7:", NULL },
	{ "seven groups", "1:2:3:4:5:6:7", NULL },
	{ "nine groups", "1:2:3:4:5:6:7:8:9", NULL },
	{ "five digits in a group", "2001:db8::00001", NULL },
	{ "a bad digit", "2001:db8::g", NULL },
	{ "a leading zero in the dotted part", "::ffff:192.0.2.01", NULL },
	{ "dotted in the middle", "::192.0.2.1:1", NULL },
	{ "far too long",
	    "1111111111111111111111111111111111111111111111111"
	    "11111111111111111111111111111111111111111111111111111111",
	    NULL },
};

static void
test_parse(void **state)
{
	char	    buf[ADDR_LEN];
	struct addr a, again;
	size_t	    i;
	int	    ret;

	(void)state;
	for (i = 0; i < nitems(parses); i++) {
		ret = addr_parse(&a, parses[i].text);
		if (parses[i].want == NULL) {
			if (ret != -1 || a.family != ADDR_NONE)
				fail_msg("%s: taken", parses[i].what);
			continue;
		}
		if (ret != 0)
			fail_msg("%s: refused", parses[i].what);
		if (strcmp(addr_print(&a, buf), parses[i].want) != 0)
			fail_msg("%s: %s", parses[i].what, buf);
		if (addr_parse(&again, buf) != 0 || !addr_equal(&a, &again))
			fail_msg("%s: what is printed is not the same address",
			    parses[i].what);
	}
}

/* --- the rest ------------------------------------------------------------ */

static const struct {
	const char *what;
	const char *addr;
	const char *want;
} reverses[] = {
	{ "IPv4", "192.0.2.10", "10.2.0.192.in-addr.arpa" },
	{ "the longest IPv4", "255.255.255.255",
	    "255.255.255.255.in-addr.arpa" },
	{ "IPv6", "2001:db8::a1",
	    "1.a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
	    "0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa" },
	{ "mapped asks for IPv4", "::ffff:192.0.2.10",
	    "10.2.0.192.in-addr.arpa" },
};

static void
test_reverse(void **state)
{
	struct addr a;
	char	    buf[ADDR_REVERSE_LEN];
	size_t	    i;

	(void)state;
	for (i = 0; i < nitems(reverses); i++) {
		assert_int_equal(addr_parse(&a, reverses[i].addr), 0);
		if (strcmp(addr_reverse(&a, buf), reverses[i].want) != 0)
			fail_msg("%s: %s", reverses[i].what, buf);
	}
	memset(&a, 0, sizeof(a));
	assert_string_equal(addr_reverse(&a, buf), "");
}

static const struct {
	const char *what;
	const char *addr;
	int	    want;
} specials[] = {
	{ "0/8", "0.1.2.3", 1 },
	{ "above 0/8", "1.0.0.0", 0 },
	{ "10/8", "10.255.255.255", 1 },
	{ "above 10/8", "11.0.0.0", 0 },
	{ "below the shared space", "100.63.255.255", 0 },
	{ "the shared space", "100.64.0.0", 1 },
	{ "the end of the shared space", "100.127.255.255", 1 },
	{ "above the shared space", "100.128.0.0", 0 },
	{ "loopback", "127.0.0.53", 1 },
	{ "link-local", "169.254.169.254", 1 },
	{ "below 172.16/12", "172.15.255.255", 0 },
	{ "172.16/12", "172.16.0.1", 1 },
	{ "the end of 172.16/12", "172.31.255.255", 1 },
	{ "above 172.16/12", "172.32.0.0", 0 },
	{ "documentation 1", "192.0.2.1", 1 },
	{ "documentation 2", "198.51.100.1", 1 },
	{ "documentation 3", "203.0.113.1", 1 },
	{ "above documentation 3", "203.0.114.0", 0 },
	{ "192.168/16", "192.168.1.1", 1 },
	{ "benchmarks", "198.19.255.255", 1 },
	{ "above benchmarks", "198.20.0.0", 0 },
	{ "reserved", "240.0.0.1", 1 },
	{ "broadcast", "255.255.255.255", 1 },
	{ "a public address", "9.9.9.9", 0 },
	{ "a private address, mapped", "::ffff:10.0.0.1", 1 },
	{ "a public address, mapped", "::ffff:9.9.9.9", 0 },
	{ "unspecified", "::", 1 },
	{ "IPv6 loopback", "::1", 1 },
	{ "not loopback", "::2", 0 },
	{ "IPv6 documentation", "2001:db8:ffff::1", 1 },
	{ "above IPv6 documentation", "2001:db9::1", 0 },
	{ "the new documentation range", "3fff:fff:ffff::1", 1 },
	{ "Teredo", "2001:0:1::1", 1 },
	{ "not Teredo", "2001:1::1", 0 },
	{ "ORCHID", "2001:1f::1", 1 },
	{ "not ORCHID", "2001:20::1", 0 },
	{ "unique local", "fd12:3456::1", 1 },
	{ "the other half", "fc00::1", 1 },
	{ "below unique local", "fbff::1", 0 },
	{ "IPv6 link-local", "fe80::1", 1 },
	{ "the end of link-local", "febf::1", 1 },
	{ "site-local", "fec0::1", 1 },
	{ "the well-known prefix of NAT64 is public", "64:ff9b::1", 0 },
	{ "the local one is not", "64:ff9b:1::1", 1 },
	{ "discard", "100::1", 1 },
	{ "a public IPv6 address", "2620:fe::fe", 0 },
	{ "6to4 has public reverse zones", "2002:c000:201::1", 0 },
};

static void
test_special(void **state)
{
	struct addr a;
	size_t	    i;

	(void)state;
	for (i = 0; i < nitems(specials); i++) {
		assert_int_equal(addr_parse(&a, specials[i].addr), 0);
		if (addr_is_special(&a) != specials[i].want)
			fail_msg("%s", specials[i].what);
	}
	memset(&a, 0, sizeof(a));
	assert_int_equal(addr_is_special(&a), 0);
}

static const struct {
	const char *what;
	const char *a, *b;
	int	    want; /* sign */
} orders[] = {
	{ "the same", "192.0.2.1", "192.0.2.1", 0 },
	{ "smaller", "192.0.2.1", "192.0.2.2", -1 },
	{ "by value, not by text", "192.0.2.10", "192.0.2.9", 1 },
	{ "IPv4 before IPv6", "255.255.255.255", "::", -1 },
	{ "mapped is the same", "::ffff:192.0.2.1", "192.0.2.1", 0 },
	{ "two spellings of one", "2001:DB8:0::1", "2001:db8::1", 0 },
	{ "the last octet counts", "2001:db8::2", "2001:db8::1", 1 },
};

static void
test_order(void **state)
{
	struct addr a, b;
	size_t	    i;
	int	    got;

	(void)state;
	for (i = 0; i < nitems(orders); i++) {
		assert_int_equal(addr_parse(&a, orders[i].a), 0);
		assert_int_equal(addr_parse(&b, orders[i].b), 0);
		got = addr_compare(&a, &b);
		if ((got > 0) - (got < 0) != orders[i].want)
			fail_msg("%s", orders[i].what);
		if (addr_equal(&a, &b) != (orders[i].want == 0))
			fail_msg("%s: equal", orders[i].what);
		/* Not promised for unequal ones, but for these it holds. */
		if ((addr_hash(&a, 7) == addr_hash(&b, 7)) !=
		    (orders[i].want == 0))
			fail_msg("%s: hash", orders[i].what);
		if (addr_hash(&a, 7) == addr_hash(&a, 8))
			fail_msg("%s: the seed changes nothing",
			    orders[i].what);
	}
}

static const struct {
	const char *what;
	const char *addr; /* as inet_pton(3) reads it */
	int	    family;
	const char *want;
} sockaddrs[] = {
	{ "IPv4", "192.0.2.1", AF_INET, "192.0.2.1" },
	{ "IPv6", "2001:db8::1", AF_INET6, "2001:db8::1" },
	{ "mapped is folded", "::ffff:192.0.2.1", AF_INET6, "192.0.2.1" },
};

static void
test_sockaddr(void **state)
{
	struct sockaddr_storage ss;
	struct sockaddr_in6	sin6;
	struct sockaddr_in	sin;
	struct addr		a, b;
	char			buf[ADDR_LEN];
	size_t			i, len;

	(void)state;
	for (i = 0; i < nitems(sockaddrs); i++) {
		memset(&ss, 0, sizeof(ss));
		memset(&sin, 0, sizeof(sin));
		memset(&sin6, 0, sizeof(sin6));
		sin.sin_family = AF_INET;
		sin6.sin6_family = AF_INET6;
		sin6.sin6_scope_id = 5;
		if (sockaddrs[i].family == AF_INET) {
			inet_pton(AF_INET, sockaddrs[i].addr, &sin.sin_addr);
			memcpy(&ss, &sin, sizeof(sin));
		} else {
			inet_pton(AF_INET6, sockaddrs[i].addr, &sin6.sin6_addr);
			memcpy(&ss, &sin6, sizeof(sin6));
		}
		if (addr_from_sockaddr(&a, (struct sockaddr *)&ss) != 0)
			fail_msg("%s: refused", sockaddrs[i].what);
		if (strcmp(addr_print(&a, buf), sockaddrs[i].want) != 0)
			fail_msg("%s: %s", sockaddrs[i].what, buf);
		len = addr_to_sockaddr(&a, 4660, &ss);
		if (len != (a.family == ADDR_IPV4 ? sizeof(sin) : sizeof(sin6)))
			fail_msg("%s: length", sockaddrs[i].what);
		memcpy(&sin, &ss, sizeof(sin)); /* the port is at one place */
		assert_int_equal(ntohs(sin.sin_port), 4660);
		assert_int_equal(addr_from_sockaddr(&b, (struct sockaddr *)&ss),
		    0);
		if (!addr_equal(&a, &b))
			fail_msg("%s: there and back", sockaddrs[i].what);
	}

	memset(&ss, 0, sizeof(ss));
	ss.ss_family = AF_UNIX;
	assert_int_equal(addr_from_sockaddr(&a, (struct sockaddr *)&ss), -1);
	assert_int_equal(a.family, ADDR_NONE);
	assert_int_equal(addr_from_sockaddr(&a, NULL), -1);
	assert_int_equal(addr_to_sockaddr(&a, 25, &ss), 0);
	assert_string_equal(addr_print(&a, buf), "none");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_reverse),
		cmocka_unit_test(test_special),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_sockaddr),
	};

	return cmocka_run_group_tests_name("addr", tests, NULL, NULL);
}
