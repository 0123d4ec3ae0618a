/* SPDX-License-Identifier: ISC */
#include "set_lab.h"
#include "sets.h"

static void
take(struct sets *sets, const char *name, const char *prefixes)
{
	char why[SET_WHY_LEN];

	lab_write(folder_fd, "a.set", prefixes);
	assert_int_equal(sets_take(sets, name, lab_fd("a.set"), why), 0);
}

static void
refuse(struct sets *sets, const char *name, const char *file,
    const char *expected)
{
	char why[SET_WHY_LEN] = "";
	int  fd = lab_fd(file);

	assert_int_equal(sets_take(sets, name, fd, why), -1);
	assert_string_equal(why, expected);
	/* It is closed in any case. */
	assert_int_equal(fcntl(fd, F_GETFD), -1);
}

static void
test_swap(void **state)
{
	struct sets *sets;
	struct addr  a = address("192.0.2.1"), b = address("2001:db8::1");
	char	     why[SET_WHY_LEN];

	(void)state;
	assert_non_null(sets = sets_new());
	assert_null(sets_get(sets, "drop"));
	assert_false(sets_member(sets, "drop", &a));
	assert_false(sets_protected(sets, &a));
	assert_int_equal(sets_take(sets, "drop", -1, why), 0);

	take(sets, "drop", "192.0.2.1");
	take(sets, "bans", "2001:db8::/64");
	assert_true(sets_member(sets, "drop", &a));
	assert_false(sets_member(sets, "drop", &b));
	assert_true(sets_member(sets, "bans", &b));
	assert_false(sets_member(sets, "dro", &a));
	assert_false(sets_member(sets, "dropp", &a));

	take(sets, "drop", "2001:db8::1");
	assert_false(sets_member(sets, "drop", &a));
	assert_true(sets_member(sets, "drop", &b));
	assert_int_equal(sets_take(sets, "drop", -1, why), 0);
	assert_false(sets_member(sets, "drop", &b));
	assert_null(sets_get(sets, "drop"));
	assert_true(sets_member(sets, "bans", &b));
	sets_free(sets);
}

static void
test_refused(void **state)
{
	struct sets *sets;
	struct addr  a = address("192.0.2.1");
	char	     name[LIST_NAME_LEN + 1];
	int	     fd;

	(void)state;
	assert_non_null(sets = sets_new());
	fd = openat(folder_fd, "bad.set", O_WRONLY | O_CREAT, 0644);
	assert_int_equal(write(fd, "hello", 5), 5);
	close(fd);
	refuse(sets, "drop", "bad.set", "is cut short");
	take(sets, "drop", "192.0.2.1");
	refuse(sets, "drop", "bad.set", "is cut short");
	assert_true(sets_member(sets, "drop", &a));
	refuse(sets, "", "a.set", "has no name that a list can have");
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	refuse(sets, name, "a.set", "has no name that a list can have");
	name[sizeof(name) - 2] = '\0';
	take(sets, name, "192.0.2.1");
	assert_true(sets_member(sets, name, &a));
	sets_free(sets);
	sets_free(NULL);
}

static void
test_many(void **state)
{
	struct sets *sets;
	struct addr  a = address("192.0.2.1");
	char	     name[LIST_NAME_LEN], why[SET_WHY_LEN];
	int	     i;

	(void)state;
	assert_non_null(sets = sets_new());
	for (i = 0; i < 2 * LISTS_MAX; i++) {
		snprintf(name, sizeof(name), "list%d", i);
		take(sets, name, "192.0.2.1");
	}
	refuse(sets, "one-more", "a.set", "is one set too many");
	assert_true(sets_member(sets, "list0", &a));
	assert_true(sets_member(sets, name, &a));
	/* In the place of another there is room. */
	take(sets, name, "192.0.2.2");
	assert_false(sets_member(sets, name, &a));
	assert_int_equal(sets_take(sets, "list0", -1, why), 0);
	take(sets, "one-more", "192.0.2.1");
	assert_true(sets_member(sets, "one-more", &a));
	sets_free(sets);
}

static void
test_protected(void **state)
{
	struct sets *sets;
	struct addr  a = address("192.0.2.1"), b = address("192.0.2.2");
	char	     why[SET_WHY_LEN];

	(void)state;
	assert_non_null(sets = sets_new());
	take(sets, "drop", "192.0.2.1");
	assert_false(sets_protected(sets, &a));
	take(sets, LIST_PROTECTED, "192.0.2.1");
	assert_true(sets_protected(sets, &a));
	assert_false(sets_protected(sets, &b));
	take(sets, LIST_PROTECTED, "192.0.2.2");
	assert_false(sets_protected(sets, &a));
	assert_true(sets_protected(sets, &b));
	assert_int_equal(sets_take(sets, LIST_PROTECTED, -1, why), 0);
	assert_false(sets_protected(sets, &b));
	take(sets, "other", "192.0.2.2");
	assert_false(sets_protected(sets, &b));
	sets_free(sets);
}

static void
test_cut(void **state)
{
	struct sets *sets;
	struct addr  a = address("10.0.0.0"), b = address("192.0.2.1");
	char	     why[SET_WHY_LEN];
	int	     fd;

	(void)state;
	assert_int_equal(set_guard(), 0);
	assert_non_null(sets = sets_new());
	take(sets, "drop", "192.0.2.1");
	lab_write_many(folder_fd, "m.set", 40000);
	assert_int_equal(sets_take(sets, "many", lab_fd("m.set"), why), 0);
	assert_true(sets_member(sets, "many", &a));
	assert_int_equal(sets_tidy(sets), 0);
	fd = openat(folder_fd, "m.set", O_RDWR);
	assert_int_equal(ftruncate(fd, 0), 0);
	close(fd);
	assert_false(sets_member(sets, "many", &a));
	assert_non_null(sets_get(sets, "many"));
	assert_int_equal(sets_tidy(sets), 1);
	assert_null(sets_get(sets, "many"));
	assert_int_equal(sets_tidy(sets), 0);
	assert_true(sets_member(sets, "drop", &b));
	lab_write_many(folder_fd, "m.set", 40000);
	assert_int_equal(sets_take(sets, "many", lab_fd("m.set"), why), 0);
	assert_true(sets_member(sets, "many", &a));
	sets_free(sets);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_swap),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_protected),
		cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, lab_open, lab_close);
}
