/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/socket.h>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "whole.h"

#define BIG (4 * 1024 * 1024) /* more than any socket holds */

static int
temporary(void)
{
	char name[] = "/tmp/whole_test.XXXXXX";
	int  fd;

	fd = mkstemp(name);
	assert_int_not_equal(fd, -1);
	assert_int_equal(unlink(name), 0);
	return fd;
}

static void
test_file(void **state)
{
	char buf[16] = "";
	int  fd = temporary();

	(void)state;
	assert_int_equal(whole_write(fd, "0123456789", 10), 0);
	assert_int_equal(whole_write(fd, "", 0), 0);
	assert_int_equal(whole_read(fd, buf, 10, 0), 10);
	assert_memory_equal(buf, "0123456789", 10);
	assert_int_equal(whole_read(fd, buf, 3, 4), 3);
	assert_memory_equal(buf, "456", 3);
	/* Fewer at the end alone, and none behind it. */
	assert_int_equal(whole_read(fd, buf, sizeof(buf), 7), 3);
	assert_memory_equal(buf, "789", 3);
	assert_int_equal(whole_read(fd, buf, sizeof(buf), 10), 0);
	assert_int_equal(whole_read(fd, buf, 0, 0), 0);
	close(fd);
	assert_int_equal(whole_read(fd, buf, 1, 0), -1);
	assert_int_equal(errno, EBADF);
	assert_int_equal(whole_write(fd, "a", 1), -1);
	assert_int_equal(errno, EBADF);
}

static void
on_signal(int number)
{
	(void)number;
}

struct reader {
	int	  fd;
	pthread_t writer;
	size_t	  got;
	int	  wrong;
};

/* Slowly, and with a signal to the writer before each piece. */
static void *
read_slowly(void *arg)
{
	struct reader *r = arg;
	char	       piece[65536];
	ssize_t	       n, i;

	do {
		pthread_kill(r->writer, SIGUSR1);
		n = read(r->fd, piece, sizeof(piece));
		for (i = 0; i < n; i++)
			r->wrong |=
			    piece[i] != (char)((r->got + (size_t)i) % 251);
		r->got += n > 0 ? (size_t)n : 0;
	} while (n > 0);
	return NULL;
}

static void
test_short_writes(void **state)
{
	struct sigaction sa = { .sa_handler = on_signal }; /* no SA_RESTART */
	struct reader	 r = { .writer = pthread_self() };
	pthread_t	 thread;
	char		*big = malloc(BIG);
	size_t		 i;
	int		 pair[2];

	(void)state;
	assert_non_null(big);
	for (i = 0; i < BIG; i++)
		big[i] = (char)(i % 251);
	sigemptyset(&sa.sa_mask);
	assert_int_equal(sigaction(SIGUSR1, &sa, NULL), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	r.fd = pair[1];
	assert_int_equal(pthread_create(&thread, NULL, read_slowly, &r), 0);
	assert_int_equal(whole_write(pair[0], big, BIG), 0);
	close(pair[0]);
	assert_int_equal(pthread_join(thread, NULL), 0);
	close(pair[1]);
	assert_int_equal(r.got, BIG);
	assert_false(r.wrong);
	free(big);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_short_writes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
