/* SPDX-License-Identifier: ISC */
#include <sys/types.h>
#include <sys/socket.h>

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "addr.h"
#include "clock.h"
#include "log.h"
#include "sock.h"
#include "teller.h"

#define TEXT_MAX (1024 * 1024)

static char  dir[64], path[80];
static char *text; /* what the other end read */

static struct addr
addr(const char *name)
{
	struct addr a;

	assert_int_equal(addr_parse(&a, name), 0);
	return a;
}

static int
set_up(void **state)
{
	(void)state;
	strlcpy(dir, "/tmp/teller_test.XXXXXX", sizeof(dir));
	if (mkdtemp(dir) == NULL || (text = malloc(TEXT_MAX)) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/lists.sock", dir);
	/* A token comes each tenth of a second: not by itself here. */
	clock_hold(1);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	clock_hold(0);
	unlink(path);
	free(text);
	return rmdir(dir);
}

static int
listener(void)
{
	int fd;

	fd = sock_listen_unix(path, (uid_t)-1, (gid_t)-1, 0600);
	assert_int_not_equal(fd, -1);
	return fd;
}

/* What is there by now. */
static size_t
read_now(int fd)
{
	size_t	len = 0;
	ssize_t n;

	while ((n = recv(fd, text + len, TEXT_MAX - 1 - len, MSG_DONTWAIT)) > 0)
		len += (size_t)n;
	text[len] = '\0';
	return len;
}

static void
stats(const struct teller *t, uint64_t told, uint64_t lost)
{
	uint64_t a, b;

	teller_stats(t, &a, &b);
	if (a != told || b != lost)
		fail_msg("%llu told, %llu lost", (unsigned long long)a,
		    (unsigned long long)b);
}

static void
test_told(void **state)
{
	struct teller *t = teller_new(path);
	struct addr    a = addr("192.0.2.9"), b = addr("2001:db8::1"),
		    none = { .family = ADDR_NONE };
	int server = listener(), fd;

	(void)state;
	teller_tell(t, &a, OFFENCE_REJECT);
	teller_tell(t, &b, OFFENCE_4XX);
	teller_tell(t, &none, OFFENCE_LIMIT);
	assert_int_not_equal(fd = accept(server, NULL, NULL), -1);
	read_now(fd);
	assert_string_equal(text,
	    "offence 192.0.2.9 reject\noffence 2001:db8::1 4xx\n");
	stats(t, 2, 0);
	teller_free(t);
	close(fd);
	close(server);
}

/* Nobody is there; somebody comes, goes, and comes again. */
static void
test_down(void **state)
{
	struct teller *t = teller_new(path);
	struct addr    a = addr("192.0.2.9");
	int	       server, fd;

	(void)state;
	teller_tell(t, &a, OFFENCE_REJECT);
	stats(t, 0, 1);
	server = listener();
	/* It is not tried again at once. */
	teller_tell(t, &a, OFFENCE_REJECT);
	stats(t, 0, 2);
	clock_move(1000);
	teller_tell(t, &a, OFFENCE_REJECT);
	stats(t, 1, 2);
	assert_int_not_equal(fd = accept(server, NULL, NULL), -1);
	/* A new server: a line is lost at most, if it comes in a second. */
	close(fd);
	close(server);
	server = listener();
	clock_move(1000);
	teller_tell(t, &a, OFFENCE_LIMIT);
	stats(t, 2, 2);
	assert_int_not_equal(fd = accept(server, NULL, NULL), -1);
	read_now(fd);
	assert_string_equal(text, "offence 192.0.2.9 limit\n");
	/* And it goes for good. */
	close(fd);
	close(server);
	unlink(path);
	teller_tell(t, &a, OFFENCE_LIMIT);
	stats(t, 2, 3);
	teller_free(t);
}

static void
test_rates(void **state)
{
	struct teller *t = teller_new(path);
	struct addr    a = addr("192.0.2.9");
	char	       name[64];
	int	       server = listener(), i;

	(void)state;
	for (i = 0; i < 30; i++)
		teller_tell(t, &a, OFFENCE_REJECT);
	stats(t, 10, 20);
	/* A /64 is one. */
	for (i = 0; i < 30; i++) {
		snprintf(name, sizeof(name), "2001:db8::%x", i);
		a = addr(name);
		teller_tell(t, &a, OFFENCE_REJECT);
	}
	stats(t, 20, 40);
	/* All together. */
	clock_move(1000);
	for (i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "10.0.%d.%d", i / 256, i % 256);
		a = addr(name);
		teller_tell(t, &a, OFFENCE_REJECT);
	}
	stats(t, 20 + 100, 40 + 900);
	/* A tenth of a second is one more of an address, ten of all. */
	clock_move(100);
	a = addr("192.0.2.200");
	for (i = 0; i < 30; i++)
		teller_tell(t, &a, OFFENCE_REJECT);
	stats(t, 130, 960);
	clock_move(100);
	for (i = 0; i < 30; i++)
		teller_tell(t, &a, OFFENCE_REJECT);
	stats(t, 131, 989);
	teller_free(t);
	close(server);
}

/*
 * A server that does not read: nothing waits, and when it reads again, each
 * line that it gets is whole.
 */
static void
test_slow(void **state)
{
	struct teller *t = teller_new(path);
	struct addr    a;
	char	       name[64], *line, *next;
	int	       server = listener(), fd, i;
	uint64_t       told, lost;
	size_t	       lines = 0;

	(void)state;
	for (i = 0; i < 200000; i++) {
		snprintf(name, sizeof(name), "10.%d.%d.%d", i >> 16,
		    i >> 8 & 255, i & 255);
		a = addr(name);
		clock_move(20);
		teller_tell(t, &a, OFFENCE_REJECT);
	}
	teller_stats(t, &told, &lost);
	assert_true(told > 100 && lost > 1000);
	assert_int_not_equal(fd = accept(server, NULL, NULL), -1);
	assert_true(read_now(fd) > 0);
	a = addr("192.0.2.9");
	clock_move(1000);
	teller_tell(t, &a, OFFENCE_LIMIT);
	read_now(fd); /* thrown away: a line may have ended in it */
	for (i = 0; i < 5; i++)
		teller_tell(t, &a, OFFENCE_LIMIT);
	read_now(fd);
	for (line = text; *line != '\0'; line = next, lines++) {
		assert_non_null(next = strchr(line, '\n'));
		next++;
		assert_memory_equal(line, "offence 192.0.2.9 limit\n", 24);
	}
	assert_int_equal(lines, 5);
	teller_free(t);
	close(fd);
	close(server);
}

#define THREADS 4
#define EACH	2000

static void *
tell_many(void *arg)
{
	struct addr a = addr("192.0.2.9");
	int	    i;

	for (i = 0; i < EACH; i++) {
		a.octets[2] = (uint8_t)i;
		teller_tell(arg, &a, OFFENCE_4XX);
	}
	return NULL;
}

static void
test_threads(void **state)
{
	struct teller *t = teller_new(path);
	pthread_t      threads[THREADS];
	int	       server = listener(), i;
	uint64_t       told, lost;

	(void)state;
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, tell_many,
				     t),
		    0);
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	teller_stats(t, &told, &lost);
	assert_int_equal(told + lost, THREADS * EACH);
	assert_true(told >= 100);
	teller_free(t);
	close(server);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_down, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_rates, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_slow, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_threads, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests_name("teller", tests, NULL, NULL);
}
