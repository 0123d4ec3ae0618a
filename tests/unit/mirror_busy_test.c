/* SPDX-License-Identifier: ISC */
/*
 * Somebody writes sets all the time.
 */
#include "mirror_lab.h"

/* <drop> is loaded, which took ten seconds. */
static struct mirror *
slow_load(void)
{
	struct mirror *m;

	lab_write(lists_fd, "protected.set", "");
	lab_write(lists_fd, "bans.set", "");
	lab_write(lists_fd, "drop.set", "192.0.2.1");
	assert_non_null(m = mirror_new(base, conf));
	/* The process for the other one starts at once. */
	until_said("info: table <banned>: loaded");
	clock_move(10 * 1000);
	until_said("info: table <dropped>: loaded");
	return m;
}

/* After a load there is a rest, four times as long; other tables have none. */
static void
test_rest(void **state)
{
	struct mirror *m;

	(void)state;
	m = slow_load();
	lab_write(lists_fd, "drop.set", "192.0.2.2");
	/* All tables are looked at after each load. */
	lab_write(lists_fd, "bans.set", "203.0.113.1");
	until_table("banned", "203.0.113.1\n");
	lab_write(lists_fd, "bans.set", "203.0.113.2");
	until_table("banned", "203.0.113.2\n");
	until_said("debug: table <banned>: loaded");
	assert_string_equal(table("dropped"), "192.0.2.1\n");
	/* Whom imapgate lets in does not wait for it. */
	lab_write(lists_fd, "protected.set", "192.0.2.1");
	until_table("dropped", "192.0.2.2\n");
	mirror_free(m);
}

/* And when it is over, the newest set is loaded. */
static void
test_after(void **state)
{
	struct mirror *m;

	(void)state;
	m = slow_load();
	lab_write(lists_fd, "drop.set", "192.0.2.2");
	lab_write(lists_fd, "drop.set", "192.0.2.3");
	clock_move(40 * 1000);
	until_table("dropped", "192.0.2.3\n");
	mirror_free(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_rest, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_after, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("mirror_busy", tests, NULL, NULL);
}
