/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "addr.h"
#include "crowd.h"

#define MANY 1000000 /* no limit */

/* A fixed key: what collides here collides each time. */
static const struct sip_key key = { UINT64_C(0x0123456789abcdef),
	UINT64_C(0xfedcba9876543210) };

static struct crowd sums, one, two;

static int
setup(void **state)
{
	(void)state;
	memset(&sums, 0, sizeof(sums));
	memset(&one, 0, sizeof(one));
	memset(&two, 0, sizeof(two));
	return 0;
}

static uint64_t
digest(const char *text)
{
	struct addr a;

	assert_int_equal(addr_parse(&a, text), 0);
	return crowd_digest(&key, &a);
}

/* The address number n, of a /8. */
static uint64_t
nth(uint32_t n)
{
	struct addr a;

	memset(&a, 0, sizeof(a));
	a.family = ADDR_IPV4;
	a.octets[0] = 10;
	a.octets[1] = (uint8_t)(n >> 16);
	a.octets[2] = (uint8_t)(n >> 8);
	a.octets[3] = (uint8_t)n;
	return crowd_digest(&key, &a);
}

static const struct {
	const char *what;
	const char *a, *b;
	int	    same;
} pairs[] = {
	{ "one address", "192.0.2.1", "192.0.2.1", 1 },
	{ "two of a /24", "192.0.2.1", "192.0.2.2", 0 },
	{ "two of a /64", "2001:db8::1", "2001:db8::ffff:1", 1 },
	{ "two /64 of a /48", "2001:db8:0:1::1", "2001:db8:0:2::1", 0 },
	{ "mapped is IPv4", "::ffff:192.0.2.1", "192.0.2.1", 1 },
	{ "the same octets, another family", "192.0.2.1", "c000:201::", 0 },
};

static void
test_digest(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if ((digest(pairs[i].a) == digest(pairs[i].b)) != pairs[i].same)
			fail_msg("%s", pairs[i].what);
}

static int
is_empty(const struct crowd *c)
{
	static const struct crowd zero;

	return memcmp(c, &zero, sizeof(zero)) == 0;
}

static void
test_limits(void **state)
{
	uint64_t a = digest("192.0.2.1"), b = digest("2001:db8::1");
	int	 i;

	(void)state;
	for (i = 0; i < 3; i++)
		assert_int_equal(crowd_enter(&sums, i == 0 ? &one : &two, a,
				     MANY, 3),
		    BOARD_WELCOME);
	/* However often it knocks: what was refused is not counted. */
	for (i = 0; i < 100; i++)
		assert_int_equal(crowd_enter(&sums, &one, a, MANY, 3),
		    BOARD_FULL_ADDRESS);
	assert_int_equal(crowd_enter(&sums, &one, b, 4, 3), BOARD_WELCOME);
	for (i = 0; i < 100; i++)
		assert_int_equal(crowd_enter(&sums, &one, b, 4, 3), BOARD_FULL);
	crowd_leave(&sums, &two, a);
	assert_int_equal(crowd_enter(&sums, &one, b, 4, 3), BOARD_WELCOME);
	crowd_leave(&sums, &one, b);
	assert_int_equal(crowd_enter(&sums, &one, a, 4, 3), BOARD_WELCOME);
	assert_int_equal(crowd_enter(&sums, &one, a, 5, 3), BOARD_FULL_ADDRESS);
	crowd_leave(&sums, &one, a);
	crowd_leave(&sums, &one, a);
	crowd_leave(&sums, &one, b);
	crowd_leave(&sums, &two, a);
	assert_true(is_empty(&sums) && is_empty(&one) && is_empty(&two));
}

/* A worker died: what it held is free, what another holds is not. */
static void
test_give_back(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < 5000; i++)
		assert_int_equal(crowd_enter(&sums, i % 2 ? &one : &two,
				     nth(i % 1000), MANY, 5),
		    BOARD_WELCOME);
	assert_int_equal(sums.all, 5000);
	crowd_give_back(&sums, &one);
	assert_true(is_empty(&one));
	assert_int_equal(sums.all, 2500);
	assert_memory_equal(&sums, &two, sizeof(sums));
	crowd_give_back(&sums, &one); /* nothing is there any more */
	crowd_give_back(&sums, &two);
	assert_true(is_empty(&sums));
}

static const struct {
	const char  *what;
	uint32_t     addresses;
	uint32_t     each; /* connections */
	unsigned int limit;
	uint32_t     others; /* that come then, one each */
} crowds[] = {
	{ "ten thousand from ten thousand, 4 each allowed", 10000, 1, 4,
	    10000 },
	{ "the same, 256 allowed", 10000, 1, 256, 10000 },
	{ "a hundred thousand, 32 allowed", 100000, 1, 32, 10000 },
	{ "forty have all they may, then ten thousand come", 40, 256, 256,
	    10000 },
	{ "four hundred have all they may", 400, 256, 256, 10000 },
};

/* None is refused for what others have, and each that has enough is. */
static void
test_false(void **state)
{
	uint32_t i, k;
	size_t	 n;

	for (n = 0; n < sizeof(crowds) / sizeof(crowds[0]); n++) {
		setup(state);
		for (i = 0; i < crowds[n].addresses; i++)
			for (k = 0; k < crowds[n].each; k++)
				if (crowd_enter(&sums, &one, nth(i), MANY,
					crowds[n].limit) != BOARD_WELCOME)
					fail_msg("%s: %u", crowds[n].what, i);
		for (i = 0; i < crowds[n].others; i++)
			if (crowd_enter(&sums, &two, nth(1000000 + i), MANY,
				crowds[n].limit) != BOARD_WELCOME)
				fail_msg("%s: other %u", crowds[n].what, i);
		for (i = 0; crowds[n].each == crowds[n].limit &&
		     i < crowds[n].addresses;
		     i++)
			if (crowd_enter(&sums, &two, nth(i), MANY,
				crowds[n].limit) != BOARD_FULL_ADDRESS)
				fail_msg("%s: over %u", crowds[n].what, i);
	}
}

/* Numbers that no honest worker leaves do no harm but to numbers. */
static void
test_spoiled(void **state)
{
	uint64_t     a = digest("192.0.2.1");
	unsigned int row, column;

	(void)state;
	crowd_leave(&sums, &one, a); /* never entered */
	assert_int_equal(crowd_enter(&sums, &two, a, 1, 1), BOARD_WELCOME);
	setup(state);
	one.all = INT32_MIN;
	for (row = 0; row < CROWD_ROWS; row++)
		for (column = 0; column < CROWD_COLUMNS; column++)
			one.cells[row][column] =
			    column % 2 ? INT32_MAX : INT32_MIN;
	crowd_give_back(&sums, &one);
	assert_true(is_empty(&one));
	crowd_leave(&sums, &one, a);
	setup(state);
	sums.all = INT32_MAX;
	crowd_enter(&sums, &one, a, MANY, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_digest),
		cmocka_unit_test_setup(test_limits, setup),
		cmocka_unit_test_setup(test_give_back, setup),
		cmocka_unit_test_setup(test_false, setup),
		cmocka_unit_test_setup(test_spoiled, setup),
	};

	return cmocka_run_group_tests_name("crowd", tests, NULL, NULL);
}
