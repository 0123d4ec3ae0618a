/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "bucket.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))
#define RATE	  20

/* Each asks for 30 at one time, one case after the other. */
static const struct {
	const char *what;
	int64_t	    now;
	int	    want;
} cases[] = {
	{ "a new one is full", 5000, RATE },
	{ "at the same time there is no more", 5000, 0 },
	{ "less than one", 5049, 0 },
	{ "what was less is not lost", 5050, 1 },
	{ "half a second", 5550, 10 },
	{ "a second fills it", 6550, RATE },
	{ "a day fills it, too, and no more", 86406550, RATE },
	{ "a clock that went back", 100, RATE },
	{ "goes on from there", 600, 10 },
};

static void
test_cases(void **state)
{
	struct bucket b = { 0 };
	size_t	      i;
	int	      k, got;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		for (k = got = 0; k < 30; k++)
			got += bucket_take(&b, cases[i].now, RATE);
		if (got != cases[i].want)
			fail_msg("%s: %d", cases[i].what, got);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
