/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>

#include "clock.h"

static void
test_forward(void **state)
{
	int64_t last, now;
	int	i;

	(void)state;
	last = clock_ms();
	for (i = 0; i < 1000; i++) {
		now = clock_ms();
		assert_true(now >= last);
		last = now;
	}
}

static void
test_now(void **state)
{
	time_t before, now;

	(void)state;
	before = time(NULL);
	now = clock_now();
	/* time(2) may lag by a tick of the kernel. */
	assert_true(now >= before && now <= time(NULL) + 1);
}

#ifdef POSTERN_TEST
static const struct {
	const char *what;
	int64_t	    ms;
} moves[] = {
	{ "an hour on", 3600000 },
	{ "a second back", -1000 },
	{ "a year on", INT64_C(31536000000) },
	{ "nowhere", 0 },
};

static void
test_move(void **state)
{
	int64_t ms;
	time_t	now;
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		ms = clock_ms();
		now = clock_now();
		clock_move(moves[i].ms);
		/* A minute is more than any machine takes over this. */
		if (clock_ms() - ms < moves[i].ms ||
		    clock_ms() - ms > moves[i].ms + 60000)
			fail_msg("%s: clock_ms", moves[i].what);
		if (clock_now() - now < moves[i].ms / 1000 ||
		    clock_now() - now > moves[i].ms / 1000 + 60)
			fail_msg("%s: clock_now", moves[i].what);
		clock_move(-moves[i].ms);
	}
}

static void
test_hold(void **state)
{
	int64_t before = clock_ms(), ms, us;

	(void)state;
	clock_hold(1);
	ms = clock_ms();
	assert_true(ms >= before);
	for (us = clock_us(); clock_us() < us + 3000;)
		assert_true(clock_ms() == ms);
	clock_move(500);
	assert_true(clock_ms() == ms + 500);
	clock_move(-500);
	clock_hold(0);
	for (us = clock_us(); clock_us() < us + 3000;)
		;
	assert_true(clock_ms() > ms);
}
#endif

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forward),
		cmocka_unit_test(test_now),
#ifdef POSTERN_TEST
		cmocka_unit_test(test_move),
		cmocka_unit_test(test_hold),
#endif
	};

	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
