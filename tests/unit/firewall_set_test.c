/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "firewall.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/* Words of prefixes in, merged words out. */
static void
read_set(struct firewall_set *set, const char *words)
{
	struct prefix p;
	char	      buf[512], *word, *last;

	set->prefix = NULL;
	set->n = 0;
	assert_true(strlcpy(buf, words, sizeof(buf)) < sizeof(buf));
	for (word = strtok_r(buf, " ", &last); word != NULL;
	     word = strtok_r(NULL, " ", &last)) {
		assert_null(prefix_parse(&p, word));
		assert_int_equal(firewall_set_add(set, &p), 0);
	}
}

static void
print_set(char *buf, size_t size, const struct firewall_set *set)
{
	char   text[PREFIX_LEN];
	size_t i;

	buf[0] = '\0';
	for (i = 0; i < set->n; i++) {
		if (i > 0)
			strlcat(buf, " ", size);
		strlcat(buf, prefix_print(&set->prefix[i], text), size);
	}
}

static const struct {
	const char *what;
	const char *in;
	const char *want;
} merges[] = {
	{ "nothing", "", "" },
	{ "one", "192.0.2.1", "192.0.2.1" },
	{ "twice the same", "192.0.2.1 192.0.2.1", "192.0.2.1" },
	{ "sorted", "198.51.100.1 192.0.2.1", "192.0.2.1 198.51.100.1" },
	{ "IPv4 before IPv6", "2001:db8::1 192.0.2.1",
	    "192.0.2.1 2001:db8::1" },
	{ "an address inside a prefix", "192.0.2.7 192.0.2.0/24",
	    "192.0.2.0/24" },
	{ "a prefix inside a prefix", "192.0.2.0/24 192.0.2.128/25",
	    "192.0.2.0/24" },
	{ "the first of a prefix", "192.0.2.0 192.0.2.0/30", "192.0.2.0/30" },
	{ "the last of a prefix", "192.0.2.3 192.0.2.0/30", "192.0.2.0/30" },
	{ "just behind a prefix", "192.0.2.4 192.0.2.0/30",
	    "192.0.2.0/30 192.0.2.4" },
	{ "two halves join", "192.0.2.0/25 192.0.2.128/25", "192.0.2.0/24" },
	{ "two addresses join", "192.0.2.3 192.0.2.2", "192.0.2.2/31" },
	{ "neighbours of different parents do not", "192.0.2.1 192.0.2.2",
	    "192.0.2.1 192.0.2.2" },
	{ "halves of different lengths do not", "192.0.2.0/25 192.0.2.128/26",
	    "192.0.2.0/25 192.0.2.128/26" },
	{ "joining goes on upwards",
	    "192.0.2.0/26 192.0.2.64/26 192.0.2.128/26 192.0.2.192/26",
	    "192.0.2.0/24" },
	{ "and to the left",
	    "192.0.2.0/25 192.0.2.128/26 192.0.2.192/27 192.0.2.224/27",
	    "192.0.2.0/24" },
	{ "what was joined covers what follows",
	    "192.0.2.0/25 192.0.2.128/25 192.0.2.200", "192.0.2.0/24" },
	{ "up to all of IPv4", "0.0.0.0/1 128.0.0.0/1", "0.0.0.0/0" },
	{ "all of IPv4 and one more", "0.0.0.0/0 255.255.255.255 0.0.0.0",
	    "0.0.0.0/0" },
	{ "up to all of IPv6", "8000::/1 ::/1", "::/0" },
	{ "all of both", "::/0 0.0.0.0/0", "0.0.0.0/0 ::/0" },
	{ "the two zero addresses are of two families", ":: 0.0.0.0",
	    "0.0.0.0 ::" },
	{ "IPv6 halves of a /64",
	    "2001:db8::/65 2001:db8:0:0:8000::/65 2001:db8::7",
	    "2001:db8::/64" },
	{ "the last address of all", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
	    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
};

static void
test_merge(void **state)
{
	struct firewall_set set, again;
	char		    got[512];
	size_t		    i;

	(void)state;
	for (i = 0; i < nitems(merges); i++) {
		read_set(&set, merges[i].in);
		firewall_set_merge(&set);
		print_set(got, sizeof(got), &set);
		if (strcmp(got, merges[i].want) != 0)
			fail_msg("%s: %s", merges[i].what, got);
		read_set(&again, merges[i].want);
		if (!firewall_set_equal(&set, &again))
			fail_msg("%s: not equal to itself", merges[i].what);
		firewall_set_free(&again);
		firewall_set_free(&set);
	}
}

static const struct {
	const char *what;
	const char *set;
	const char *addr;
	int	    want;
} contained[] = {
	{ "nothing holds nothing", "", "192.0.2.1", 0 },
	{ "itself", "192.0.2.1", "192.0.2.1", 1 },
	{ "another", "192.0.2.1", "192.0.2.2", 0 },
	{ "before the first", "192.0.2.1", "192.0.2.0", 0 },
	{ "the first of a prefix", "192.0.2.0/24", "192.0.2.0", 1 },
	{ "the last of a prefix", "192.0.2.0/24", "192.0.2.255", 1 },
	{ "behind a prefix", "192.0.2.0/24", "192.0.3.0", 0 },
	{ "between two", "192.0.2.0/24 198.51.100.0/24", "192.0.3.0", 0 },
	{ "the second of three", "192.0.2.0/24 198.51.100.0/24 203.0.113.1",
	    "198.51.100.7", 1 },
	{ "the third of three", "192.0.2.0/24 198.51.100.0/24 203.0.113.1",
	    "203.0.113.1", 1 },
	{ "all of IPv4 is no IPv6", "0.0.0.0/0", "2001:db8::1", 0 },
	{ "all of IPv6 is no IPv4", "::/0", "192.0.2.1", 0 },
	{ "all of IPv6", "::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 1 },
	{ "all of IPv4", "0.0.0.0/0", "255.255.255.255", 1 },
};

static void
test_contains(void **state)
{
	struct firewall_set set;
	struct addr	    a;
	size_t		    i;

	(void)state;
	for (i = 0; i < nitems(contained); i++) {
		read_set(&set, contained[i].set);
		firewall_set_merge(&set);
		assert_int_equal(addr_parse(&a, contained[i].addr), 0);
		if (firewall_set_contains(&set, &a) != contained[i].want)
			fail_msg("%s", contained[i].what);
		firewall_set_free(&set);
	}
}

static void
test_equal(void **state)
{
	struct firewall_set a, b;

	(void)state;
	read_set(&a, "192.0.2.0/24");
	read_set(&b, "192.0.2.0/25");
	assert_false(firewall_set_equal(&a, &b));
	firewall_set_free(&b);
	read_set(&b, "192.0.2.0/24 198.51.100.1");
	assert_false(firewall_set_equal(&a, &b));
	firewall_set_free(&b);
	read_set(&b, "");
	assert_false(firewall_set_equal(&a, &b));
	firewall_set_free(&a);
	assert_true(firewall_set_equal(&a, &b));
}

/* A merged set holds the same addresses, and nothing in it can be joined. */
static void
test_random(void **state)
{
	struct firewall_set set;
	struct prefix	    p, q;
	struct addr	    a = { ADDR_IPV4, { 192, 0, 2, 0 } };
	uint32_t	    seed = 1;
	int		    round, i, n, in[256];
	size_t		    k;

	(void)state;
	for (round = 0; round < 500; round++) {
		memset(&set, 0, sizeof(set));
		memset(in, 0, sizeof(in));
		n = round % 40;
		while (n-- > 0) {
			seed = seed * 1664525 + 1013904223;
			a.octets[3] = (uint8_t)(seed >> 24);
			p = prefix_around(&a, 24 + (seed >> 8) % 9);
			if (p.bits < 27 && round % 3 != 0)
				p = prefix_around(&a, 32);
			assert_int_equal(firewall_set_add(&set, &p), 0);
			for (i = 0; i < 256; i++) {
				a.octets[3] = (uint8_t)i;
				in[i] |= prefix_contains(&p, &a);
			}
		}
		firewall_set_merge(&set);
		for (i = 0; i < 256; i++) {
			a.octets[3] = (uint8_t)i;
			assert_int_equal(firewall_set_contains(&set, &a),
			    in[i]);
		}
		for (k = 1; k < set.n; k++) {
			p = set.prefix[k - 1];
			q = set.prefix[k];
			assert_true(addr_compare(&p.addr, &q.addr) < 0);
			assert_false(prefix_contains(&p, &q.addr));
			if (p.bits == q.bits)
				p = prefix_around(&p.addr, p.bits - 1);
			assert_false(p.bits < q.bits && p.bits + 1 == q.bits &&
			    set.prefix[k - 1].bits == q.bits &&
			    prefix_contains(&p, &q.addr));
		}
		firewall_set_free(&set);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_merge),
		cmocka_unit_test(test_contains),
		cmocka_unit_test(test_equal),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests_name("firewall_set", tests, NULL, NULL);
}
