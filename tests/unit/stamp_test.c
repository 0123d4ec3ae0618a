/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "stamp.h"

static char folder[] = "/tmp/stamp_test.XXXXXX";
static int  dir = -1;

static int
set_up(void **state)
{
	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return dir == -1 ? -1 : 0;
}

static int
tear_down(void **state)
{
	(void)state;
	(void)unlinkat(dir, "file", 0);
	(void)unlinkat(dir, "link", 0);
	close(dir);
	return rmdir(folder);
}

static void
put(const char *name, const char *text)
{
	int fd;

	fd = openat(dir, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_int_not_equal(fd, -1);
	assert_int_equal(write(fd, text, 1), 1);
	assert_int_equal(close(fd), 0);
}

static void
test_same(void **state)
{
	struct stamp a, b;
	struct stat  st;

	(void)state;
	put("file", "a");
	stamp_at(&a, dir, "file", 0);
	assert_int_equal(a.error, 0);
	assert_int_equal(fstatat(dir, "file", &st, 0), 0);
	stamp_of(&b, &st);
	assert_true(stamp_equal(&a, &b));
}

/* As "rsync --inplace --times" does it, for one. */
static void
test_time_set_back(void **state)
{
	static const struct timespec old[2] = { { .tv_sec = 1000000000 },
		{ .tv_sec = 1000000000 } };
	struct stamp		     a, b;

	(void)state;
	put("file", "a");
	assert_int_equal(utimensat(dir, "file", old, 0), 0);
	stamp_at(&a, dir, "file", 0);
	/* The kernel's clock of files may stand still for a tick. */
	do {
		put("file", "b");
		assert_int_equal(utimensat(dir, "file", old, 0), 0);
		stamp_at(&b, dir, "file", 0);
		assert_int_equal(b.size, a.size);
		assert_int_equal(b.written.tv_sec, a.written.tv_sec);
	} while (b.changed.tv_sec == a.changed.tv_sec &&
	    b.changed.tv_nsec == a.changed.tv_nsec);
	assert_false(stamp_equal(&a, &b));
}

static void
test_gone(void **state)
{
	struct stamp a, b;

	(void)state;
	put("file", "a");
	stamp_at(&a, dir, "file", 0);
	assert_int_equal(unlinkat(dir, "file", 0), 0);
	stamp_at(&b, dir, "file", 0);
	assert_int_equal(b.error, ENOENT);
	assert_false(stamp_equal(&a, &b));
	stamp_at(&a, dir, "file", 0);
	assert_true(stamp_equal(&a, &b));
}

static void
test_link(void **state)
{
	struct stamp file, link, followed;

	(void)state;
	put("file", "a");
	assert_int_equal(symlinkat("file", dir, "link"), 0);
	stamp_at(&file, dir, "file", 0);
	stamp_at(&followed, dir, "link", 0);
	stamp_at(&link, dir, "link", AT_SYMLINK_NOFOLLOW);
	assert_true(stamp_equal(&file, &followed));
	assert_false(stamp_equal(&file, &link));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_time_set_back),
		cmocka_unit_test(test_gone),
		cmocka_unit_test(test_link),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
