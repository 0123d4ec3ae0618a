/* SPDX-License-Identifier: ISC */
/*
 * Files that are cut under the mapping, and writers that are killed.
 */
#include <sys/mman.h>
#include <sys/wait.h>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#include "jail.h"
#include "set_inner.h"
#include "set_lab.h"

static const struct {
	const char *what;
	off_t	    left; /* of some 320 KB; negative: from the end */
} cuts[] = {
	{ "all is gone", 0 },
	{ "the first page is left", 4096 },
	{ "half of it is left, within a page", 160001 },
	{ "a page is gone at the end", -4096 },
	{ "the last byte is gone", -1 },
};

static void
test_cut_under_mapping(void **state)
{
	struct addr   a, b = address("192.0.2.1");
	struct set   *s, *other;
	struct ranges r;
	struct stat   st;
	char	      why[SET_WHY_LEN];
	size_t	      i;
	uint32_t      n, seen;
	int	      fd;

	(void)state;
	assert_int_equal(set_guard(), 0);
	assert_int_equal(set_guard(), 0);
	lab_write_many(folder_fd, "c.set", 40000);
	assert_non_null(other = lab_set("c.set", why));
	for (i = 0; i < nitems(cuts); i++) {
		lab_write_many(folder_fd, "a.set", 40000);
		assert_non_null(s = lab_set("a.set", why));
		fd = openat(folder_fd, "a.set", O_RDWR);
		assert_int_equal(fstat(fd, &st), 0);
		assert_true(st.st_size > SET_SMALL);
		assert_int_equal(ftruncate(fd,
				     cuts[i].left < 0 ?
					 st.st_size + cuts[i].left :
					 cuts[i].left),
		    0);
		close(fd);
		for (n = seen = 0; n < 80000; n++) {
			range_to_addr4(&a, 0x0a000000 + n);
			seen += (uint32_t)set_has(s, &a);
			/* Never somebody who was not in it. */
			assert_true(n % 2 == 0 || !set_has(s, &a));
		}
		assert_true(seen <= 40000);
		assert_false(set_has(s, &b));
		assert_true(set_broken(s));
		range_to_addr4(&a, 0x0a000000);
		if (cuts[i].left >= 0 && cuts[i].left < 160000)
			assert_false(set_has(s, &a));
		set_ranges(s, &r);
		for (n = 0; n < r.n4; n++)
			assert_true(r.v4[n].first == 0 ||
			    r.v4[n].first == 0x0a000000 + 2 * n);
		set_close(s);
	}
	/* Others are not hurt by it. */
	range_to_addr4(&a, 0x0a000000 + 79998);
	assert_true(set_has(other, &a));
	assert_false(set_broken(other));
	set_close(other);
}

/* A small one is a copy. */
static void
test_small_is_safe(void **state)
{
	struct addr a = address("192.0.2.1");
	struct set *s;
	char	    why[SET_WHY_LEN];
	int	    fd;

	(void)state;
	lab_write(folder_fd, "a.set", "192.0.2.1");
	assert_non_null(s = lab_set("a.set", why));
	fd = openat(folder_fd, "a.set", O_RDWR);
	assert_int_equal(ftruncate(fd, 0), 0);
	close(fd);
	assert_true(set_has(s, &a));
	assert_false(set_broken(s));
	set_close(s);
}

static atomic_int stop;

static void *
look_up(void *arg)
{
	struct addr a;
	uint32_t    n = 0;

	do {
		range_to_addr4(&a, 0x0a000001 + 2 * (n++ % 39999));
		if (set_has(arg, &a))
			return arg; /* who was never in it */
	} while (!atomic_load(&stop));
	return NULL;
}

static void
test_threads(void **state)
{
	pthread_t   threads[4];
	struct set *s;
	void	   *wrong;
	char	    why[SET_WHY_LEN];
	size_t	    i;
	int	    round, fd;

	(void)state;
	/* cmocka has its own handler in each test. */
	assert_int_equal(set_guard(), 0);
	for (round = 0; round < 5; round++) {
		lab_write_many(folder_fd, "a.set", 40000);
		assert_non_null(s = lab_set("a.set", why));
		atomic_store(&stop, 0);
		for (i = 0; i < nitems(threads); i++)
			assert_int_equal(pthread_create(&threads[i], NULL,
					     look_up, s),
			    0);
		fd = openat(folder_fd, "a.set", O_RDWR);
		assert_int_equal(ftruncate(fd, 5000), 0);
		close(fd);
		while (!set_broken(s))
			continue;
		atomic_store(&stop, 1);
		for (i = 0; i < nitems(threads); i++) {
			pthread_join(threads[i], &wrong);
			assert_null(wrong);
		}
		set_close(s);
	}
}

/* What a process of that kind comes to. */
static int
ends_by(void (*what)(void))
{
	pid_t pid;
	int   status;

	if ((pid = fork()) == 0) {
		signal(SIGBUS, SIG_DFL);
		if (set_guard() == 0)
			what();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void
is_sent(void)
{
	raise(SIGBUS);
}

/* A mapping that is none of ours. */
static void
reads_elsewhere(void)
{
	volatile char *p;
	int	       fd = openat(folder_fd, "a.set", O_RDWR);

	p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	if (p != MAP_FAILED && ftruncate(fd, 0) == 0)
		(void)p[0];
}

/* What is not ours ends the process as ever. */
static void
test_other_bus(void **state)
{
	(void)state;
	lab_write_many(folder_fd, "a.set", 40000);
	assert_int_equal(ends_by(is_sent), SIGBUS);
	assert_int_equal(ends_by(reads_elsewhere), SIGBUS);
}

/* As a door does it: in jail, by a descriptor that it was given. */
static int
live_in_jail(int set, int in, int out)
{
	const struct jail j = { .needs = JAIL_STDIO };
	struct addr	  a = address("10.0.0.0");
	struct set	 *s;
	char		  why[SET_WHY_LEN], byte = 0;

	signal(SIGBUS, SIG_DFL);
	if (set_guard() == -1 || jail_lock(&j) == -1)
		return 10;
	if ((s = set_open(set, why)) == NULL)
		return 11;
	if (!set_has(s, &a))
		return 12;
	if (write(out, "", 1) != 1 || read(in, &byte, 1) != 1)
		return 13;
	if (set_has(s, &a) || !set_broken(s))
		return 14;
	set_close(s);
	return 42;
}

static void
test_jailed(void **state)
{
	int   to[2], from[2], status, fd;
	char  byte;
	pid_t pid;

	(void)state;
	lab_write_many(folder_fd, "a.set", 40000);
	fd = openat(folder_fd, "a.set", O_RDWR);
	assert_int_equal(pipe(to) + pipe(from), 0);
	if ((pid = fork()) == 0)
		_exit(live_in_jail(lab_fd("a.set"), to[0], from[1]));
	close(from[1]); /* so that its end is seen */
	assert_int_equal(read(from[0], &byte, 1), 1);
	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(write(to[1], "", 1), 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 42);
	close(from[0]);
	close(to[0]);
	close(to[1]);
	close(fd);
}

/* Old or new, at whatever instant the writer is killed. */
static void
test_killed(void **state)
{
	struct addr a = address("10.0.0.0");
	char	    why[SET_WHY_LEN];
	struct set *s;
	pid_t	    pid;
	int	    i, status;

	(void)state;
	srand(4);
	lab_write_many(folder_fd, "a.set", 1);
	for (i = 0; i < 60; i++) {
		if ((pid = fork()) == 0)
			for (;;) {
				lab_write_many(folder_fd, "a.set", 20000);
				lab_write_many(folder_fd, "a.set", 1);
			}
		/* No instant in particular. */
		usleep((useconds_t)(rand() % 15000));
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		assert_non_null(s = lab_set("a.set", why));
		assert_true(set_has(s, &a));
		set_close(s);
		/* What the former left is cleared by the next. */
		assert_true(lab_files() <= 4 + 1);
	}
	lab_write_many(folder_fd, "a.set", 1);
	unlinkat(folder_fd, "b.set", 0);
	unlinkat(folder_fd, "c.set", 0);
	assert_int_equal(lab_files(), 1);
}

static void
test_write_fails(void **state)
{
	const struct set_info info = { .time = 1 };
	struct ranges	      r;
	char		      name[300];
	int		      fd;

	(void)state;
	lab_ranges(&r, "192.0.2.1");
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(set_write(folder_fd, name, &r, &info), -1);
	assert_int_equal(errno, ENAMETOOLONG);
	/* A folder stands in the way: what was written beside it is gone. */
	assert_int_equal(mkdirat(folder_fd, "d.set", 0755), 0);
	assert_int_equal(set_write(folder_fd, "d.set", &r, &info), -1);
	assert_int_equal(errno, EISDIR);
	assert_int_equal(lab_files(), 2);
	assert_int_equal(unlinkat(folder_fd, "d.set", AT_REMOVEDIR), 0);
	fd = open("/dev/null", O_RDONLY);
	assert_int_equal(set_write(fd, "a.set", &r, &info), -1);
	assert_int_equal(errno, ENOTDIR);
	close(fd);
	ranges_free(&r);
	assert_int_equal(lab_files(), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut_under_mapping),
		cmocka_unit_test(test_small_is_safe),
		cmocka_unit_test(test_threads),
		cmocka_unit_test(test_other_bus),
		cmocka_unit_test(test_jailed),
		cmocka_unit_test(test_killed),
		cmocka_unit_test(test_write_fails),
	};

	return cmocka_run_group_tests(tests, lab_open, lab_close);
}
