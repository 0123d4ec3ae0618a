/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <event2/event.h>

#include "clock.h"
#include "deadline.h"

#define G DEADLINE_GRAIN_MS

/* What waits; what its end does to another, or to itself. */
enum effect {
	NOTHING,
	CLEAR_OTHER,
	SOON_OTHER, /* sets it to end at once */
	LATER_OTHER,
	AGAIN, /* itself, at once */
	FREE   /* itself */
};

struct thing {
	struct deadline	  d; /* first: the test casts */
	struct deadlines *wheel;
	struct thing	 *other;
	enum effect	  effect;
	int		  ended;
	int64_t		  when; /* the test's now */
};

static int64_t now; /* of the test: the wheel is turned by hand */
static int     freed;

static void
expired(struct deadline *d)
{
	struct thing *t = (struct thing *)(void *)d;

	assert_true(d->at == 0);
	assert_true(d->queued == 0);
	t->ended++;
	t->when = now;
	switch (t->effect) {
	case CLEAR_OTHER:
		deadline_clear(t->wheel, &t->other->d);
		break;
	case SOON_OTHER:
		deadline_set(t->wheel, &t->other->d, now, 0);
		break;
	case LATER_OTHER:
		deadline_set(t->wheel, &t->other->d, now, 7000);
		break;
	case AGAIN:
		deadline_set(t->wheel, d, now, 0);
		break;
	case FREE:
		freed++;
		free(t);
		break;
	case NOTHING:
		break;
	}
}

static struct event_base *base;
static struct deadlines	 *wheel;

static int
setup(void **state)
{
	(void)state;
	base = event_base_new();
	wheel = deadlines_new(base);
	now = clock_ms();
	freed = 0;
	return base == NULL || wheel == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	deadlines_free(wheel);
	event_base_free(base);
	return 0;
}

static void
make(struct thing *t)
{
	memset(t, 0, sizeof(*t));
	t->wheel = wheel;
	t->d.expired = expired;
}

/* Turn the wheel every step of ms, as a busy loop would. */
static void
turn(int64_t ms, int64_t step)
{
	int64_t end = now + ms;

	while (now < end) {
		now += now + step > end ? end - now : step;
		deadlines_run(wheel, now);
	}
}

static const struct {
	const char *what;
	int64_t	    ms;
	int64_t	    then; /* after "after" ms set anew to it; -1: no */
	int64_t	    after;
	int64_t	    due; /* from the start */
} waits[] = {
	{ "at once", 0, -1, 0, 0 },
	{ "one millisecond", 1, -1, 0, 1 },
	{ "one grain", G, -1, 0, G },
	{ "a second and a bit", 1037, -1, 0, 1037 },
	{ "just before the wheel's length", 511 * G - 1, -1, 0, 511 * G - 1 },
	{ "the wheel's length", 512 * G, -1, 0, 512 * G },
	{ "three wheels", 1536 * G + 33, -1, 0, 1536 * G + 33 },
	{ "ten minutes", 600000, -1, 0, 600000 },
	{ "a time that is over", -5000, -1, 0, 0 },
	{ "moved later", 10000, 10000, 9000, 19000 },
	{ "moved later, past the wheel", 10000, 100000, 9000, 109000 },
	{ "moved earlier", 60000, 1000, 2000, 3000 },
	{ "moved from past the wheel to soon", 600000, 50, 100000, 100050 },
	{ "moved to at once", 60000, 0, 30000, 30000 },
	{ "moved by a millisecond", 5000, 4901, 100, 5001 },
};

static void
test_waits(void **state)
{
	static const int64_t steps[] = { 1, 7, G, G + 1, 999 };
	struct thing	     t;
	int64_t		     start;
	size_t		     i, k;

	(void)state;
	for (i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		for (k = 0; k < sizeof(steps) / sizeof(steps[0]); k++) {
			make(&t);
			start = now;
			deadline_set(wheel, &t.d, now, waits[i].ms);
			if (waits[i].then != -1) {
				turn(waits[i].after, steps[k]);
				deadline_set(wheel, &t.d, now, waits[i].then);
			}
			if (waits[i].due > now - start)
				turn(start + waits[i].due - 1 - now, steps[k]);
			if (t.ended != 0)
				fail_msg("%s: early", waits[i].what);
			/* At most a grain late, and what a turn takes. */
			turn(1 + G, steps[k]);
			if (t.ended != 1 ||
			    t.when - start > waits[i].due + G + steps[k])
				fail_msg("%s: late", waits[i].what);
			turn(600 * G, steps[k]);
			if (t.ended != 1)
				fail_msg("%s: twice", waits[i].what);
		}
	}
}

/*
 * Two in one slot, once in each order.  Whoever is first, the one has its
 * effect on the other before or after that ends.
 */
static const struct {
	const char *what;
	enum effect effect; /* of the one */
	int	    ended;  /* the other, over both orders */
} effects[] = {
	{ "both end", NOTHING, 2 },
	{ "the other is cleared, in its own slot", CLEAR_OTHER, 1 },
	{ "the other is set to end at once, once too often", SOON_OTHER, 3 },
	{ "the other is moved away, or set again", LATER_OTHER, 3 },
};

static void
test_effects(void **state)
{
	struct thing one, other;
	size_t	     i;
	int	     swap, ended;

	(void)state;
	for (i = 0; i < sizeof(effects) / sizeof(effects[0]); i++) {
		ended = 0;
		for (swap = 0; swap < 2; swap++) {
			make(&one);
			make(&other);
			one.effect = effects[i].effect;
			one.other = &other;
			if (swap)
				deadline_set(wheel, &other.d, now, 1000);
			deadline_set(wheel, &one.d, now, 1000);
			if (!swap)
				deadline_set(wheel, &other.d, now, 1000);
			turn(20000, G);
			if (one.ended != 1 || other.d.queued != 0)
				fail_msg("%s: the one", effects[i].what);
			ended += other.ended;
		}
		if (ended != effects[i].ended)
			fail_msg("%s: %d", effects[i].what, ended);
	}
}

/* One that is set to end at once, each time, ends once a grain. */
static void
test_again(void **state)
{
	struct thing t;

	(void)state;
	make(&t);
	t.effect = AGAIN;
	deadline_set(wheel, &t.d, now, 0);
	turn(100 * G, 1);
	assert_in_range(t.ended, 99, 101);
	now += 10 * 512 * G; /* the clock jumps, over the whole wheel */
	deadlines_run(wheel, now);
	assert_in_range(t.ended, 100, 102);
	deadline_clear(wheel, &t.d);
	turn(10 * G, G);
	assert_in_range(t.ended, 100, 102);
}

/* Many in the same slots, that free themselves or clear others. */
static void
test_ends_itself(void **state)
{
	struct thing *t;
	int	      i;

	(void)state;
	for (i = 0; i < 10000; i++) {
		t = malloc(sizeof(*t));
		assert_non_null(t);
		make(t);
		t->effect = FREE;
		deadline_set(wheel, &t->d, now, i % 3 == 0 ? 500 : i * 10);
	}
	turn(500 + G, G);
	assert_true(freed >= 3333);
	now += 3600000; /* jumps: all that is due ends at the next turn */
	deadlines_run(wheel, now);
	assert_int_equal(freed, 10000);
}

/* What a jump makes due ends; what it does not, is neither lost nor early. */
static void
test_jump(void **state)
{
	struct thing soon, late;

	(void)state;
	make(&soon);
	make(&late);
	deadline_set(wheel, &soon.d, now, 10000);
	deadline_set(wheel, &late.d, now, 7200000);
	now += 3600000;
	deadlines_run(wheel, now);
	assert_int_equal(soon.ended, 1);
	assert_int_equal(late.ended, 0);
	turn(3600000 - 1, 50);
	assert_int_equal(late.ended, 0);
	turn(1 + G, 50);
	assert_int_equal(late.ended, 1);
	/* Back: everything waits the longer. */
	deadline_set(wheel, &soon.d, now, 1000);
	now -= 5000;
	turn(4999, 50);
	assert_int_equal(soon.ended, 1);
	turn(1001 + G, 50);
	assert_int_equal(soon.ended, 2);
}

static void
test_clear(void **state)
{
	struct thing t;

	(void)state;
	make(&t);
	deadline_clear(wheel, &t.d); /* never set */
	deadline_set(wheel, &t.d, now, 1000);
	deadline_clear(wheel, &t.d);
	deadline_clear(wheel, &t.d);
	assert_true(t.d.at == 0);
	turn(3000, G);
	assert_int_equal(t.ended, 0);
	deadline_set(wheel, &t.d, now, 1000);
	turn(1000 + G, G);
	assert_int_equal(t.ended, 1);
}

/* With the loop's own timer. */
static void
test_loop(void **state)
{
	struct thing first, second, never;
	int64_t	     start = clock_ms();

	(void)state;
	make(&first);
	make(&second);
	make(&never);
	deadline_set(wheel, &never.d, start, 3600000);
	deadline_set(wheel, &second.d, start, 2 * G);
	deadline_set(wheel, &first.d, start, 10);
	while (first.ended == 0)
		assert_int_equal(event_base_loop(base, EVLOOP_ONCE), 0);
	assert_true(clock_ms() >= start + 10);
	while (second.ended == 0)
		assert_int_equal(event_base_loop(base, EVLOOP_ONCE), 0);
	assert_true(clock_ms() >= start + 2 * G);
	assert_int_equal(never.ended, 0);
	deadline_clear(wheel, &never.d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_waits, setup, teardown),
		cmocka_unit_test_setup_teardown(test_effects, setup, teardown),
		cmocka_unit_test_setup_teardown(test_again, setup, teardown),
		cmocka_unit_test_setup_teardown(test_ends_itself, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_jump, setup, teardown),
		cmocka_unit_test_setup_teardown(test_clear, setup, teardown),
		cmocka_unit_test_setup_teardown(test_loop, setup, teardown),
	};

	return cmocka_run_group_tests_name("deadline", tests, NULL, NULL);
}
