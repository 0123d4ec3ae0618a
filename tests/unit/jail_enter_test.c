/* SPDX-License-Identifier: ISC */
/*
 * Who a child is in the jail and where, and who gets into none.
 */
#include "jail_lab.h"

static int
try_who(void)
{
	struct stat here, up;
	gid_t	    groups[8];

	/* No C library call names a user in here: only numbers. */
	if (getuid() == 0 || geteuid() == 0 || getgid() == 0 || getegid() == 0)
		return -1;
	if (getgroups(8, groups) > 1)
		return -1;
	if (stat("file", &here) == -1)
		return -1; /* we are not where we should be */
	if (light)
		return 0;
	if (stat("/file", &up) == -1 || here.st_ino != up.st_ino ||
	    stat("../file", &up) == -1 || here.st_ino != up.st_ino)
		return -1; /* it is not the root */
	return 0;
}

static void
test_enter(void **state)
{
	struct jail j = { .user = user, .root = dir };
	pid_t	    pid;
	int	    status;

	(void)state;
	if ((pid = fork()) == 0) {
		if (jail_enter(&j) == -1)
			_exit(2);
		if (getuid() == 0)
			_exit(3);
		_exit(try_who() == 0 ? 0 : 1);
	}
	status = end_of(pid);
	if (getuid() == 0)
		assert_int_equal(status, 0);
	else
		assert_true(WIFEXITED(status));
}

static const struct {
	const char *what;
	struct jail j;
	int	    want;	/* as root */
	int	    want_other; /* as anybody else */
} entries[] = {
	{ "no such user", { "_no_such_user", "/", 0, NULL, NULL }, -1, 0 },
	{ "root is no user to change to", { "root", "/", 0, NULL, NULL }, -1,
	    0 },
	{ "no such folder", { "nobody", "/nonexistent", 0, NULL, NULL }, -1,
	    -1 },
	{ "a root that is no folder", { "nobody", "/dev/null", 0, NULL, NULL },
	    -1, -1 },
	{ "no user is wanted: only the folder", { NULL, "/", 0, NULL, NULL }, 0,
	    0 },
	{ "no user is wanted, and no such folder",
	    { NULL, "/nonexistent", 0, NULL, NULL }, -1, -1 },
	{ "neither user nor folder", { NULL, NULL, 0, NULL, NULL }, 0, 0 },
};

static void
test_refused(void **state)
{
	pid_t  pid;
	size_t i;
	int    status;

	(void)state;
	for (i = 0; i < nitems(entries); i++) {
		if ((pid = fork()) == 0)
			_exit(jail_enter(&entries[i].j) == 0 ? 0 : 1);
		status = end_of(pid);
		if (!WIFEXITED(status) ||
		    (WEXITSTATUS(status) != 0) !=
			((getuid() == 0 ? entries[i].want :
					  entries[i].want_other) != 0))
			fail_msg("%s: %d", entries[i].what, status);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_enter),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests_name("jail_enter", tests, lab_open,
	    lab_close);
}
