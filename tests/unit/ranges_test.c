/* SPDX-License-Identifier: ISC */
/*
 * Ranges: sorted, merged, split, taken out of one another; also against a
 * plain way of doing the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "ranges.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))
#define TEXT_LEN  4096

static struct addr
address(const char *text)
{
	struct addr a;

	if (addr_parse(&a, text) == -1)
		fail_msg("no address: %s", text);
	return a;
}

static void
add_pair(struct ranges *r, const char *first, const char *last)
{
	struct addr a = address(first), b = address(last);

	assert_int_equal(a.family, b.family);
	if (a.family == ADDR_IPV4)
		assert_int_equal(ranges_add4(r, range_from_addr4(&a),
				     range_from_addr4(&b)),
		    0);
	else
		assert_int_equal(ranges_add6(r, range_from_addr6(&a),
				     range_from_addr6(&b)),
		    0);
}

/* "A B-C D/8" */
static void
read_ranges(struct ranges *r, const char *text)
{
	char	      copy[TEXT_LEN], *word, *rest = copy, *hyphen;
	struct prefix p;

	memset(r, 0, sizeof(*r));
	assert_true(strlen(text) < sizeof(copy));
	memcpy(copy, text, strlen(text) + 1);
	while ((word = strsep(&rest, " ")) != NULL) {
		if (word[0] == '\0')
			continue;
		if ((hyphen = strchr(word, '-')) != NULL) {
			*hyphen = '\0';
			add_pair(r, word, hyphen + 1);
		} else if (prefix_parse(&p, word) == NULL) {
			assert_int_equal(ranges_add_prefix(r, &p), 0);
		} else {
			fail_msg("no prefix: %s", word);
		}
	}
}

static int
print_one(void *arg, const struct prefix *p)
{
	char *out = arg, text[PREFIX_LEN];

	if (out[0] != '\0')
		strlcat(out, " ", TEXT_LEN);
	strlcat(out, prefix_print(p, text), TEXT_LEN);
	return 0;
}

static const char *
prefixes(const struct ranges *r, char buf[TEXT_LEN])
{
	buf[0] = '\0';
	assert_int_equal(ranges_prefixes(r, print_one, buf), 0);
	return buf;
}

static const struct {
	const char *what;
	const char *in;
	const char *want; /* as prefixes */
	size_t	    within, n4, n6;
} merges[] = {
	{ "nothing", "", "", 0, 0, 0 },
	{ "one address", "192.0.2.1", "192.0.2.1", 0, 1, 0 },
	{ "out of order", "192.0.2.9 192.0.2.1", "192.0.2.1 192.0.2.9", 0, 2,
	    0 },
	{ "twice the same", "192.0.2.1 192.0.2.1", "192.0.2.1", 1, 1, 0 },
	{ "adjacent ones become one", "192.0.2.0/25 192.0.2.128/25",
	    "192.0.2.0/24", 0, 1, 0 },
	{ "overlapping ones become one",
	    "192.0.2.0-192.0.2.200 "
	    "192.0.2.100-192.0.2.255",
	    "192.0.2.0/24", 0, 1, 0 },
	{ "one within another", "192.0.2.0/24 192.0.2.7", "192.0.2.0/24", 1, 1,
	    0 },
	{ "the longer one comes second, and begins alike",
	    "192.0.2.0/25 192.0.2.0/24", "192.0.2.0/24", 1, 1, 0 },
	{ "three that begin alike, within a run",
	    "192.0.2.0-192.0.2.6 192.0.2.4-192.0.2.5 192.0.2.4-192.0.2.9 "
	    "192.0.2.4-192.0.2.15",
	    "192.0.2.0/28", 2, 1, 0 },
	{ "within the union of two, but in neither",
	    "192.0.2.0-192.0.2.7 192.0.2.8-192.0.2.15 192.0.2.4-192.0.2.11",
	    "192.0.2.0/28", 0, 1, 0 },
	{ "one address lies between", "192.0.2.0 192.0.2.2",
	    "192.0.2.0 192.0.2.2", 0, 2, 0 },
	{ "up to the last address", "255.255.255.254 255.255.255.255",
	    "255.255.255.254/31", 0, 1, 0 },
	{ "beyond the last address there is nothing",
	    "255.255.255.255 255.255.255.0/24 0.0.0.0",
	    "0.0.0.0 255.255.255.0/24", 1, 2, 0 },
	{ "all of IPv4, in halves", "128.0.0.0/1 0.0.0.0/1", "0.0.0.0/0", 0, 1,
	    0 },
	{ "all of IPv4 and some of it", "0.0.0.0/0 192.0.2.1 255.255.255.255",
	    "0.0.0.0/0", 2, 1, 0 },
	{ "IPv6, adjacent over the middle",
	    "2001:db8:0:0:ffff:ffff:ffff:ffff 2001:db8:0:1::",
	    "2001:db8::ffff:ffff:ffff:ffff 2001:db8:0:1::", 0, 0, 1 },
	{ "IPv6, up to the last address",
	    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff "
	    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe",
	    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127", 0, 0, 1 },
	{ "IPv6, beyond the last there is nothing",
	    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ::",
	    ":: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 0, 0, 2 },
	{ "all of IPv6, in halves", "8000::/1 ::/1", "::/0", 0, 0, 1 },
	{ "IPv6 that begins alike", "2001:db8::/48 2001:db8::/32 2001:db8::/64",
	    "2001:db8::/32", 2, 0, 1 },
	{ "both families", "::1 127.0.0.1", "127.0.0.1 ::1", 0, 1, 1 },
};

static void
test_merges(void **state)
{
	struct ranges r;
	char	      buf[TEXT_LEN];
	size_t	      i, within;

	(void)state;
	for (i = 0; i < nitems(merges); i++) {
		read_ranges(&r, merges[i].in);
		within = ranges_merge(&r);
		if (strcmp(prefixes(&r, buf), merges[i].want) != 0)
			fail_msg("%s: %s", merges[i].what, buf);
		if (within != merges[i].within || r.n4 != merges[i].n4 ||
		    r.n6 != merges[i].n6)
			fail_msg("%s: %zu within, %zu and %zu", merges[i].what,
			    within, r.n4, r.n6);
		assert_int_equal(ranges_merge(&r), 0);
		ranges_free(&r);
	}
}

static const struct {
	const char *what;
	const char *from, *less, *want;
} subtractions[] = {
	{ "nothing from nothing", "", "", "" },
	{ "nothing taken out", "192.0.2.0/24", "198.51.100.0/24",
	    "192.0.2.0/24" },
	{ "all taken out", "192.0.2.0/24", "192.0.0.0/16", "" },
	{ "the middle", "192.0.2.0-192.0.2.3", "192.0.2.1-192.0.2.2",
	    "192.0.2.0 192.0.2.3" },
	{ "the beginning", "192.0.2.0-192.0.2.3", "192.0.0.0-192.0.2.2",
	    "192.0.2.3" },
	{ "the end", "192.0.2.0-192.0.2.3", "192.0.2.1-192.0.3.0",
	    "192.0.2.0" },
	{ "several out of one", "192.0.2.0/29", "192.0.2.1 192.0.2.3 192.0.2.5",
	    "192.0.2.0 192.0.2.2 192.0.2.4 192.0.2.6/31" },
	{ "one out of several", "192.0.2.0/31 192.0.2.4/31 192.0.2.8/31",
	    "192.0.2.1-192.0.2.8", "192.0.2.0 192.0.2.9" },
	{ "the last address of all", "255.255.255.254/31", "255.255.255.255",
	    "255.255.255.254" },
	{ "the first address of all", "0.0.0.0/31", "0.0.0.0", "0.0.0.1" },
	{ "all of IPv4", "0.0.0.0/0", "0.0.0.0/0", "" },
	{ "IPv6, over the middle",
	    "2001:db8::ffff:ffff:ffff:fffe-2001:db8:0:1::1",
	    "2001:db8::ffff:ffff:ffff:ffff-2001:db8:0:1::",
	    "2001:db8::ffff:ffff:ffff:fffe 2001:db8:0:1::1" },
	{ "IPv6, the last of all",
	    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127",
	    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
	    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe" },
	{ "all of IPv6", "::/0", "::/0", "" },
	{ "one family is not the other", "::/0 0.0.0.0/0", "::/1 128.0.0.0/1",
	    "0.0.0.0/1 8000::/1" },
};

static void
test_subtractions(void **state)
{
	struct ranges from, less;
	char	      buf[TEXT_LEN];
	size_t	      i;

	(void)state;
	for (i = 0; i < nitems(subtractions); i++) {
		read_ranges(&from, subtractions[i].from);
		read_ranges(&less, subtractions[i].less);
		ranges_merge(&from);
		ranges_merge(&less);
		assert_int_equal(ranges_subtract(&from, &less), 0);
		if (strcmp(prefixes(&from, buf), subtractions[i].want) != 0)
			fail_msg("%s: %s", subtractions[i].what, buf);
		ranges_free(&from);
		ranges_free(&less);
	}
}

static const struct {
	const char *what;
	const char *in;
	uint64_t    n4, n6;
} counts[] = {
	{ "nothing", "", 0, 0 },
	{ "addresses", "192.0.2.0/24 192.0.3.7", 257, 0 },
	{ "all of IPv4", "0.0.0.0/0", 4294967296, 0 },
	{ "two addresses of one /64", "2001:db8::1 2001:db8::9", 0, 1 },
	{ "a range over two /64", "2001:db8::9-2001:db8:0:1::1", 0, 2 },
	{ "and one more in the second",
	    "2001:db8::9-2001:db8:0:1::1 2001:db8:0:1::3", 0, 2 },
	{ "a /48", "2001:db8::/48", 0, 65536 },
	{ "more than there are numbers", "::/0", 0, UINT64_MAX },
	{ "as many as there are, in two",
	    "::-7fff:ffff:ffff:ffff:ffff:ffff:ffff:fffe "
	    "8000::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
	    0, UINT64_MAX },
};

static void
test_counts(void **state)
{
	struct ranges r;
	size_t	      i;

	(void)state;
	for (i = 0; i < nitems(counts); i++) {
		read_ranges(&r, counts[i].in);
		ranges_merge(&r);
		if (ranges_count4(&r) != counts[i].n4 ||
		    ranges_count6(&r) != counts[i].n6)
			fail_msg("%s", counts[i].what);
		ranges_free(&r);
	}
}

static const struct {
	const char *what;
	const char *in, *ask;
	int	    want;
} members[] = {
	{ "nothing has nothing", "", "192.0.2.1", 0 },
	{ "the first of it", "192.0.2.0/24", "192.0.2.0", 1 },
	{ "the last of it", "192.0.2.0/24", "192.0.2.255", 1 },
	{ "one before", "192.0.2.0/24", "192.0.1.255", 0 },
	{ "one behind", "192.0.2.0/24", "192.0.3.0", 0 },
	{ "the last of all", "0.0.0.0 255.255.255.255", "255.255.255.255", 1 },
	{ "between two", "0.0.0.0 255.255.255.255", "128.0.0.1", 0 },
	{ "IPv6", "2001:db8::/32", "2001:db8:ffff::1", 1 },
	{ "IPv6, one behind", "2001:db8::/32", "2001:db9::", 0 },
	{ "the other family", "0.0.0.0/0", "::1", 0 },
};

static void
test_members(void **state)
{
	struct ranges r;
	struct addr   a;
	size_t	      i;

	(void)state;
	for (i = 0; i < nitems(members); i++) {
		read_ranges(&r, members[i].in);
		ranges_merge(&r);
		a = address(members[i].ask);
		if (ranges_has(&r, &a) != members[i].want)
			fail_msg("%s", members[i].what);
		ranges_free(&r);
	}
}

/* 256 addresses, in the last /24 of all, as flags. */
#define LAST24 0xffffff00U

static uint32_t
random32(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static void
scatter(struct ranges *r, unsigned char flags[256], uint32_t *seed)
{
	struct addr6 first, last;
	unsigned int i, n = random32(seed) % 20, from, to;

	memset(r, 0, sizeof(*r));
	memset(flags, 0, 256);
	for (i = 0; i < n; i++) {
		from = random32(seed) % 256;
		to = from + random32(seed) % 16;
		to = to > 255 ? 255 : to;
		memset(flags + from, 1, to - from + 1);
		assert_int_equal(ranges_add4(r, LAST24 + from, LAST24 + to), 0);
		/* The same about the middle of the address. */
		first.high = 5 + from / 128;
		first.low = from % 128 + (from < 128 ? UINT64_MAX - 127 : 0);
		last.high = 5 + to / 128;
		last.low = to % 128 + (to < 128 ? UINT64_MAX - 127 : 0);
		assert_int_equal(ranges_add6(r, first, last), 0);
	}
}

static int
collect(void *arg, const struct prefix *p)
{
	return ranges_add_prefix(arg, p);
}

static void
check_flags(const struct ranges *r, const unsigned char flags[256])
{
	struct addr   a, b;
	struct addr6  v;
	struct ranges again;
	unsigned int  i, runs = 0;

	for (i = 0; i < 256; i++) {
		range_to_addr4(&a, LAST24 + i);
		v.high = 5 + i / 128;
		v.low = i % 128 + (i < 128 ? UINT64_MAX - 127 : 0);
		range_to_addr6(&b, v);
		assert_int_equal(ranges_has(r, &a), flags[i]);
		assert_int_equal(ranges_has(r, &b), flags[i]);
		runs += flags[i] && (i == 0 || !flags[i - 1]);
	}
	assert_int_equal(r->n4, runs);
	assert_int_equal(r->n6, runs);
	/* Split into prefixes, and merged again: the same. */
	memset(&again, 0, sizeof(again));
	assert_int_equal(ranges_prefixes(r, collect, &again), 0);
	assert_int_equal(ranges_merge(&again), 0);
	assert_int_equal(again.n4, r->n4);
	assert_int_equal(again.n6, r->n6);
	if (r->n4 > 0) {
		assert_memory_equal(again.v4, r->v4, r->n4 * sizeof(*r->v4));
		assert_memory_equal(again.v6, r->v6, r->n6 * sizeof(*r->v6));
	}
	ranges_free(&again);
}

static void
test_random(void **state)
{
	unsigned char a[256], b[256];
	struct ranges r, s;
	uint32_t      seed = 20261122;
	unsigned int  round, i;

	(void)state;
	for (round = 0; round < 2000; round++) {
		scatter(&r, a, &seed);
		scatter(&s, b, &seed);
		ranges_merge(&r);
		ranges_merge(&s);
		check_flags(&r, a);
		assert_int_equal(ranges_subtract(&r, &s), 0);
		for (i = 0; i < 256; i++)
			a[i] = a[i] && !b[i];
		check_flags(&r, a);
		ranges_free(&r);
		ranges_free(&s);
	}
}

/* So many that the radix sort is used, with every digit in use. */
static void
test_many(void **state)
{
	struct ranges r;
	struct addr6  v;
	uint32_t      seed = 7, a;
	size_t	      i;

	(void)state;
	memset(&r, 0, sizeof(r));
	for (i = 0; i < 20000; i++) {
		a = random32(&seed);
		v.high = (uint64_t)random32(&seed) << 32 | random32(&seed);
		v.low = (uint64_t)random32(&seed) << 32 | random32(&seed);
		assert_int_equal(ranges_add4(&r, a, a), 0);
		assert_int_equal(ranges_add6(&r, v, v), 0);
	}
	ranges_merge(&r);
	assert_int_equal(r.n6, 20000);
	for (i = 1; i < r.n4; i++)
		assert_true(r.v4[i - 1].last < r.v4[i].first);
	for (i = 1; i < r.n6; i++)
		assert_true(addr6_compare(r.v6[i - 1].last, r.v6[i].first) < 0);
	ranges_free(&r);
}

static int
stop_at_two(void *arg, const struct prefix *p)
{
	int *n = arg;

	(void)p;
	return ++*n == 2;
}

static void
test_stop(void **state)
{
	struct ranges r;
	int	      n = 0;

	(void)state;
	read_ranges(&r, "192.0.2.1 192.0.2.3 192.0.2.5 ::1");
	ranges_merge(&r);
	assert_int_equal(ranges_prefixes(&r, stop_at_two, &n), -1);
	assert_int_equal(n, 2);
	ranges_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_merges),
		cmocka_unit_test(test_subtractions),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_stop),
	};

	return cmocka_run_group_tests_name("ranges", tests, NULL, NULL);
}
