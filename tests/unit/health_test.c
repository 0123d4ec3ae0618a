/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "health.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *what;
	struct {
		int64_t		   now;
		unsigned int	   times;
		int		   temperror;
		enum health_change last; /* of the last one */
	} steps[4];
} cases[] = {
	{ "all is well", { { 0, 1000, 0, HEALTH_SAME } } },
	{ "nine in trouble are too few to tell", { { 0, 9, 1, HEALTH_SAME } } },
	{ "ten of ten", { { 0, 10, 1, HEALTH_BEGINS } } },
	{ "it is said once",
	    { { 0, 10, 1, HEALTH_BEGINS }, { 0, 100, 1, HEALTH_SAME } } },
	{ "half is not most",
	    { { 0, 50, 0, HEALTH_SAME }, { 1, 50, 1, HEALTH_SAME } } },
	{ "more than half is",
	    { { 0, 50, 0, HEALTH_SAME }, { 1, 51, 1, HEALTH_BEGINS } } },
	{ "what was more than a minute ago does not count",
	    { { 0, 1000, 0, HEALTH_SAME }, { 70, 10, 1, HEALTH_BEGINS } } },
	{ "what was less than a minute ago does",
	    { { 0, 1000, 0, HEALTH_SAME }, { 49, 10, 1, HEALTH_SAME } } },
	{ "it ends below a quarter, and begins anew",
	    { { 0, 10, 1, HEALTH_BEGINS }, { 5, 29, 0, HEALTH_SAME },
		{ 5, 1, 0, HEALTH_ENDS }, { 6, 21, 1, HEALTH_BEGINS } } },
	{ "after a silent hour one good client ends it",
	    { { 0, 10, 1, HEALTH_BEGINS }, { 3600, 1, 0, HEALTH_ENDS } } },
	{ "one bad client does not",
	    { { 0, 10, 1, HEALTH_BEGINS }, { 3600, 1, 1, HEALTH_SAME } } },
};

static void
test_cases(void **state)
{
	struct health	   h;
	enum health_change change;
	unsigned int	   n;
	size_t		   i, j;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		memset(&h, 0, sizeof(h));
		for (j = 0; j < 4 && cases[i].steps[j].times > 0; j++) {
			change = HEALTH_SAME;
			for (n = 0; n < cases[i].steps[j].times; n++)
				change = health_add(&h,
				    1000000 + cases[i].steps[j].now,
				    cases[i].steps[j].temperror);
			if (change != cases[i].steps[j].last)
				fail_msg("%s: step %zu: %d", cases[i].what, j,
				    change);
		}
	}
}

static void
test_minute(void **state)
{
	struct health h;
	unsigned int  clients, temperrors;
	int64_t	      t;

	(void)state;
	memset(&h, 0, sizeof(h));
	for (t = 0; t < 600; t++)
		health_add(&h, t, t % 4 == 0);
	health_minute(&h, 599, &clients, &temperrors);
	assert_int_equal(clients, 60);
	assert_int_equal(temperrors, 15);
	health_minute(&h, 659, &clients, &temperrors);
	assert_int_equal(clients, 0);
	assert_int_equal(temperrors, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_minute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
