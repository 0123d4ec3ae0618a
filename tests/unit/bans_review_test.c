/* SPDX-License-Identifier: ISC */
/*
 * What went wrong once with bans.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "clock.h"
#include "journal_lab.h"

#define YEAR (365 * 86400)

static int
setup(void **state)
{
	(void)state;
	return lab_open();
}

static int
teardown(void **state)
{
	(void)state;
	lab_close();
	return 0;
}

static const char *
path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", lab_dir, name);
	return path;
}

/*
 * While the clock is not believed, the journal is kept short all the same: it
 * may stay so for months, and one that is too large is read by nobody.
 */
static void
test_short_in_doubt(void **state)
{
	struct ban_line l = { .word = BAN_LINE_CLOCK,
		.time = clock_now() + YEAR };
	struct ban	first, now;
	char		text[BAN_LINE_LEN];
	off_t		long_one;
	int		i;

	(void)state;
	lab_append(text, ban_line_write(text, &l));
	assert_int_equal(lab_ban("192.0.2.1", 3600, "one", &first),
	    JOURNAL_DONE);
	l.word = BAN_LINE_BAN;
	l.prefix = lab_prefix("192.0.2.2");
	l.times = 1;
	ban_line_who(l.who, "rejects");
	for (i = 0; i < 2000; i++) {
		l.until = l.time + 3600 + i;
		lab_append(text, ban_line_write(text, &l));
	}
	long_one = lab_size();
	assert_int_equal(lab_ban("192.0.2.3", 3600, "three", NULL),
	    JOURNAL_DONE);
	assert_in_range(lab_size(), 1, long_one / 100);
	journal_close();
	assert_true(lab_holds("192.0.2.1", &now));
	assert_memory_equal(&first, &now, sizeof(now));
	assert_true(lab_holds("192.0.2.2", &now));
	assert_int_equal(now.until, l.until);
	assert_int_equal(lab_in_set("192.0.2.3"), 1);
}

/*
 * What would make the journal too large to be read is not written: the bans
 * that there are still hold, and end.
 */
static void
test_as_large_as_can_be(void **state)
{
	struct ban_line l = { .word = BAN_LINE_BAN, .time = clock_now() };
	char		text[BAN_LINE_LEN];
	off_t		size = (off_t)256 * 1024 * 1024 - 10;

	(void)state;
	l.prefix = lab_prefix("192.0.2.1");
	l.until = l.time + 3600;
	l.times = 1;
	ban_line_who(l.who, "root");
	lab_append(text, ban_line_write(text, &l));
	/* It has one line more, which is bad, and long. */
	assert_int_equal(truncate(path_of("bans"), size), 0);
	assert_int_equal(lab_ban("192.0.2.2", 3600, "", NULL), JOURNAL_FAILED);
	assert_int_equal(lab_size(), size);
	journal_close();
	assert_true(lab_holds("192.0.2.1", NULL));
	assert_false(lab_holds("192.0.2.2", NULL));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_short_in_doubt, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_as_large_as_can_be, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
