/* SPDX-License-Identifier: ISC */
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "kept.h"

static const struct {
	const char *name;
	const char *bytes;
	int	    with_fd;
} items[] = {
	{ "empty", "", 0 },
	{ "text", "some words", 0 },
	{ "descriptor", "", 1 },
	{ "both", "and words", 1 },
	{ "text", "the second of that name", 0 },
};

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static int
scratch(void)
{
	FILE *fp = tmpfile();
	int   fd;

	assert_non_null(fp);
	assert_int_not_equal(fd = dup(fileno(fp)), -1);
	fclose(fp);
	return fd;
}

/* All items, written to a file, which is then read from its start. */
static int
written(int fds[nitems(items)])
{
	struct kept *k = kept_new();
	size_t	     i;
	int	     fd = scratch();

	for (i = 0; i < nitems(items); i++) {
		fds[i] = items[i].with_fd ? open("/dev/null", O_RDONLY) : -1;
		kept_add(k, items[i].name, fds[i], items[i].bytes,
		    strlen(items[i].bytes));
	}
	assert_int_equal(kept_inherit(k, 1), 0);
	assert_int_equal(kept_write(k, fd), 0);
	assert_int_equal(lseek(fd, 0, SEEK_CUR), (long)kept_size(k));
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	kept_free(k);
	return fd;
}

static void
test_whole(void **state)
{
	const struct kept_item *item, *text;
	struct kept	       *k;
	int			fd, fds[nitems(items)];
	size_t			i;

	(void)state;
	fd = written(fds);
	assert_non_null(k = kept_read(fd));
	for (i = 0; i < nitems(items) - 1; i++) {
		item = kept_next(k, items[i].name, NULL);
		assert_non_null(item);
		assert_int_equal(item->len, strlen(items[i].bytes));
		assert_memory_equal(item->bytes, items[i].bytes, item->len);
		assert_int_equal(item->fd, fds[i]);
		if (item->fd != -1)
			assert_int_equal(fcntl(item->fd, F_GETFD), FD_CLOEXEC);
	}
	text = kept_next(k, "text", kept_next(k, "text", NULL));
	assert_non_null(text);
	assert_int_equal(text->len, strlen(items[4].bytes));
	assert_null(kept_next(k, "text", text));
	assert_null(kept_next(k, "unknown", NULL));
	/* What somebody took is not closed with the rest. */
	item = kept_next(k, "both", NULL);
	assert_int_equal(kept_take_fd(k, item), fds[3]);
	assert_int_equal(kept_take_fd(k, item), -1);
	kept_close_rest(k);
	assert_int_equal(fcntl(fds[2], F_GETFD), -1);
	assert_int_not_equal(fcntl(fds[3], F_GETFD), -1);
	close(fds[3]);
	kept_free(k);
	close(fd);
}

static int
exists(int fd)
{
	return fcntl(fd, F_GETFD) != -1;
}

static void
test_others(void **state)
{
	struct kept *k = kept_new();
	int	     low, mine, other, high;

	(void)state;
	low = open("/dev/null", O_RDONLY);
	mine = open("/dev/null", O_RDONLY);
	other = open("/dev/null", O_RDONLY);
	high = fcntl(low, F_DUPFD, 200);
	assert_true(low < mine && mine < other && other < high);
	kept_add(k, "mine", mine, NULL, 0);
	kept_close_others(k, low + 1);
	assert_true(exists(low));
	assert_true(exists(mine));
	assert_false(exists(other));
	assert_false(exists(high));
	close(low);
	close(mine);
	kept_free(k);
}

/* Wherever it ends too early, it is refused, unless an item just ended. */
static void
test_torn(void **state)
{
	struct kept *k;
	struct stat  st;
	int	     fd, fds[nitems(items)];
	size_t	     whole = 0;
	off_t	     len;

	(void)state;
	fd = written(fds);
	assert_int_equal(fstat(fd, &st), 0);
	for (len = st.st_size - 1; len >= 0; len--) {
		assert_int_equal(ftruncate(fd, len), 0);
		assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
		if ((k = kept_read(fd)) == NULL)
			assert_int_equal(errno, EBADMSG);
		else
			whole++;
		kept_free(k);
	}
	assert_int_equal(whole, nitems(items));
	close(fds[2]);
	close(fds[3]);
	close(fd);
}

static void
test_garbage(void **state)
{
	static const struct {
		const char *what;
		const char *bytes;
		size_t	    len;
	} cases[] = {
		{ "nothing", "", 0 },
		{ "other words", "something else, which is long", 29 },
		{ "a name without end",
		    "postern\n\xff\xff\xff\xff\xff\xff\xff\xff"
		    "\0\0\0\0\0\0\0\0name",
		    28 },
		{ "more than fits",
		    "postern\n\4\0\0\0\xff\xff\xff\xff"
		    "\xff\xff\xff\xff\xff\xff\xff\x7fname",
		    28 },
		{ "a descriptor below all",
		    "postern\n\4\0\0\0\xfe\xff\xff\xff"
		    "\0\0\0\0\0\0\0\0name",
		    28 },
		{ "a descriptor that is not open",
		    "postern\n\4\0\0\0\x0f\xff\xff\x0f"
		    "\0\0\0\0\0\0\0\0name",
		    28 },
		{ "an empty name",
		    "postern\n\0\0\0\0\xff\xff\xff\xff"
		    "\0\0\0\0\0\0\0\0",
		    24 },
	};
	size_t i;
	int    fd;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		print_message("%s\n", cases[i].what);
		fd = scratch();
		assert_int_equal(write(fd, cases[i].bytes, cases[i].len),
		    (long)cases[i].len);
		assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
		assert_null(kept_read(fd));
		close(fd);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_torn),
		cmocka_unit_test(test_garbage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
