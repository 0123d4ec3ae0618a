/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "counting.h"
#include "lists_conf.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))
#define HOUR	  INT64_C(3600000)

static const struct bans_rule rules[] = {
	{ .offence = OFFENCE_REJECT, .count = 5, .within = 3600, .length = 10 },
	{ .offence = OFFENCE_4XX, .count = 100, .within = 60, .length = 20 },
	{ .offence = OFFENCE_LIMIT, .count = 1, .within = 60, .length = 30 },
};

static struct addr
addr(const char *text)
{
	struct addr a;

	assert_int_equal(addr_parse(&a, text), 0);
	return a;
}

/* How many of n offences, step milliseconds apart, until the first is full. */
static unsigned int
until_full(struct counting *c, enum offence offence, int64_t step,
    unsigned int n)
{
	static int64_t		now;
	struct addr		a = addr("192.0.2.9");
	const struct bans_rule *r;
	unsigned int		i;

	now += 100 * HOUR;
	for (i = 1; i <= n; i++, now += step) {
		if ((r = counting_add(c, &a, offence, now)) != NULL) {
			assert_int_equal(r->offence, offence);
			return i;
		}
	}
	return 0;
}

static const struct {
	const char  *what;
	enum offence offence;
	int64_t	     step;
	unsigned int n, want;
} runs[] = {
	{ "five at once", OFFENCE_REJECT, 0, 10, 5 },
	{ "five within the hour, to the millisecond", OFFENCE_REJECT,
	    HOUR / 4 - 1, 10, 5 },
	{ "the first is over when the fifth comes", OFFENCE_REJECT, HOUR / 4,
	    10, 0 },
	{ "slowly", OFFENCE_REJECT, HOUR, 100, 0 },
	{ "a hundred at once", OFFENCE_4XX, 0, 200, 100 },
	{ "a hundred in fifty seconds", OFFENCE_4XX, 500, 200, 100 },
	{ "as many in two minutes", OFFENCE_4XX, 1200, 1000, 0 },
	{ "one is enough", OFFENCE_LIMIT, 0, 1, 1 },
};

static void
test_runs(void **state)
{
	struct counting *c = counting_new(10);
	unsigned int	 n;
	size_t		 i;

	(void)state;
	counting_use(c, rules, nitems(rules));
	for (i = 0; i < nitems(runs); i++) {
		n = until_full(c, runs[i].offence, runs[i].step, runs[i].n);
		if (n != runs[i].want)
			fail_msg("%s: %u", runs[i].what, n);
	}
	counting_free(c);
}

/* A count starts anew when it was full. */
static void
test_anew(void **state)
{
	struct counting *c = counting_new(10);
	struct addr	 a = addr("192.0.2.9");
	int		 i;

	(void)state;
	counting_use(c, rules, nitems(rules));
	for (i = 1; i <= 20; i++)
		assert_int_equal(counting_add(c, &a, OFFENCE_REJECT, i) != NULL,
		    i % 5 == 0);
	for (i = 0; i < 4; i++)
		assert_null(counting_add(c, &a, OFFENCE_REJECT, 100));
	counting_use(c, rules, nitems(rules));
	assert_int_equal(counting_entries(c), 0);
	for (i = 0; i < 4; i++)
		assert_null(counting_add(c, &a, OFFENCE_REJECT, 100));
	assert_ptr_equal(counting_add(c, &a, OFFENCE_REJECT, 100), &rules[0]);
	counting_use(c, NULL, 0);
	assert_null(counting_add(c, &a, OFFENCE_REJECT, 100));
	counting_free(c);
}

/* Two rules of one kind: of two that are full the longer counts. */
static void
test_two(void **state)
{
	static const struct bans_rule two[] = {
		{ .offence = OFFENCE_REJECT,
		    .count = 2,
		    .within = 60,
		    .length = 10 },
		{ .offence = OFFENCE_REJECT,
		    .count = 4,
		    .within = 3600,
		    .length = 100 },
	};
	struct counting *c = counting_new(10);
	struct addr	 a = addr("192.0.2.9");

	(void)state;
	counting_use(c, two, 2);
	assert_null(counting_add(c, &a, OFFENCE_REJECT, 1));
	assert_ptr_equal(counting_add(c, &a, OFFENCE_REJECT, 2), &two[0]);
	assert_null(counting_add(c, &a, OFFENCE_REJECT, 3));
	assert_ptr_equal(counting_add(c, &a, OFFENCE_REJECT, 4), &two[1]);
	assert_null(counting_add(c, &a, OFFENCE_4XX, 5));
	counting_free(c);
}

static void
test_who(void **state)
{
	struct counting *c = counting_new(10);
	struct addr	 a, none = { .family = ADDR_NONE };
	char		 text[64];
	int		 i;

	(void)state;
	counting_use(c, rules, nitems(rules));
	/* A /64 is one; its addresses are for free. */
	for (i = 1; i <= 5; i++) {
		snprintf(text, sizeof(text), "2001:db8:0:1:%x::1", i);
		a = addr(text);
		assert_int_equal(counting_add(c, &a, OFFENCE_REJECT, i) != NULL,
		    i == 5);
	}
	assert_int_equal(counting_entries(c), 1);
	a = addr("2001:db8:0:2::1");
	assert_null(counting_add(c, &a, OFFENCE_REJECT, 1));
	assert_int_equal(counting_entries(c), 2);
	assert_null(counting_add(c, &none, OFFENCE_LIMIT, 1));
	assert_int_equal(counting_entries(c), 2);
	counting_free(c);
}

/* Whoever was quiet for longest makes room. */
static void
test_room(void **state)
{
	struct counting *c = counting_new(100);
	struct addr	 a, busy = addr("192.0.2.9");
	char		 text[64];
	int		 i;

	(void)state;
	counting_use(c, rules, nitems(rules));
	for (i = 0; i < 4; i++)
		assert_null(counting_add(c, &busy, OFFENCE_REJECT, 1));
	for (i = 0; i < 100000; i++) {
		snprintf(text, sizeof(text), "10.%d.%d.%d", i >> 16,
		    i >> 8 & 255, i & 255);
		a = addr(text);
		assert_null(counting_add(c, &a, OFFENCE_REJECT, 2 + i));
		if (i % 90 == 0)
			counting_add(c, &busy, OFFENCE_4XX, 2 + i);
	}
	assert_int_equal(counting_entries(c), 100);
	assert_ptr_equal(counting_add(c, &busy, OFFENCE_REJECT, 200000),
	    &rules[0]);
	/* One that made room begins anew. */
	a = addr("10.0.0.1");
	for (i = 0; i < 4; i++)
		assert_null(counting_add(c, &a, OFFENCE_REJECT, 200001));
	counting_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_runs),
		cmocka_unit_test(test_anew),
		cmocka_unit_test(test_two),
		cmocka_unit_test(test_who),
		cmocka_unit_test(test_room),
	};

	return cmocka_run_group_tests_name("counting", tests, NULL, NULL);
}
