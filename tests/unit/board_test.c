/* SPDX-License-Identifier: ISC */
#include <sys/types.h>
#include <sys/wait.h>

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "addr.h"
#include "board.h"
#include "edge_conf.h"
#include "log.h"
#include "shared.h"

static int	     fd;
static struct board *parent, *one, *two;

static void
ignore(enum log_level level, const char *text)
{
	(void)level;
	(void)text;
}

static int
setup(void **state)
{
	(void)state;
	fd = board_make();
	parent = board_map(fd);
	one = board_map(fd);
	two = board_map(fd);
	if (parent == NULL || one == NULL || two == NULL)
		return -1;
	board_take(one, 0);
	board_take(two, BOARD_SLOTS - 1);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	board_unmap(parent);
	board_unmap(one);
	board_unmap(two);
	close(fd);
	return 0;
}

/* A file with these sites and servers; a server's name is its socket's. */
struct file {
	struct edge_conf   conf;
	struct edge_site   sites[BOARD_SITES + 4];
	struct edge_server servers[4];
	char		   names[BOARD_SITES + 4][16];
	char		  *name[BOARD_SITES + 4];
};

static const struct edge_conf *
file(struct file *f, const char *sites, const char *servers)
{
	size_t i;

	memset(f, 0, sizeof(*f));
	f->conf.sites = f->sites;
	f->conf.servers = f->servers;
	for (i = 0; sites[i] != '\0'; i++) {
		f->names[i][0] = sites[i];
		f->name[i] = f->names[i];
		f->sites[i].names = &f->name[i];
		f->sites[i].nnames = 1;
	}
	f->conf.nsites = i;
	for (i = 0; servers[i] != '\0'; i++) {
		f->servers[i].addr.family = ADDR_IPV4;
		f->servers[i].addr.octets[0] = 192;
		f->servers[i].port = (uint16_t)servers[i];
	}
	f->conf.nservers = i;
	return &f->conf;
}

static void
test_counters(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < COUNTERS; i++) {
		board_count(one, (enum counter)i);
		board_add(two, (enum counter)i, 10);
	}
	board_add(one, COUNTER_OPEN, -1);
	board_reason(one, REASON_DONE);
	board_reason(two, REASON_DONE);
	assert_int_equal(board_sum(parent, COUNTER_REQUESTS), 11);
	assert_int_equal(board_sum(parent, COUNTER_OPEN), 10);
	assert_int_equal(board_sum_reason(parent, REASON_DONE), 2);
	assert_int_equal(board_sum_reason(parent, REASON_BUSY), 0);
	/* The dead have no gauges; what they did stays done. */
	board_free_slot(parent, BOARD_SLOTS - 1);
	assert_int_equal(board_sum(parent, COUNTER_REQUESTS), 11);
	assert_int_equal(board_sum(parent, COUNTER_LOG_LOST), 11);
	assert_int_equal(board_sum(parent, COUNTER_OPEN), 0);
	assert_int_equal(board_sum(parent, COUNTER_IDLE), 1);
	assert_int_equal(board_sum(parent, COUNTER_TUNNELS), 1);
	assert_int_equal(board_sum(parent, COUNTER_UP_IDLE), 1);
	assert_int_equal(board_sum_reason(parent, REASON_DONE), 2);
	board_free_slot(parent, BOARD_SLOTS - 1);
	board_count(two, COUNTER_REQUESTS); /* its successor */
	assert_int_equal(board_sum(parent, COUNTER_REQUESTS), 12);
	/* What only the parent sees is no worker's, and stays. */
	board_parent_add(parent, COUNTER_OFFENCES, 5);
	board_free_slot(parent, BOARD_SLOTS - 1);
	assert_int_equal(board_sum(parent, COUNTER_OFFENCES), 16);
}

static void
test_crowd(void **state)
{
	struct addr a, b;
	int	    i;

	(void)state;
	assert_int_equal(addr_parse(&a, "192.0.2.1"), 0);
	assert_int_equal(addr_parse(&b, "2001:db8::1"), 0);
	for (i = 0; i < 4; i++)
		assert_int_equal(board_enter(i % 2 ? one : two, &a, 6, 4),
		    BOARD_WELCOME);
	assert_int_equal(board_enter(one, &a, 6, 4), BOARD_FULL_ADDRESS);
	assert_int_equal(board_enter(two, &a, 6, 4), BOARD_FULL_ADDRESS);
	assert_int_equal(board_enter(two, &b, 6, 4), BOARD_WELCOME);
	assert_int_equal(board_enter(two, &b, 6, 4), BOARD_WELCOME);
	assert_int_equal(board_enter(two, &b, 6, 4), BOARD_FULL);
	board_free_slot(parent, BOARD_SLOTS - 1);
	assert_int_equal(board_enter(one, &b, 3, 4), BOARD_WELCOME);
	assert_int_equal(board_enter(one, &a, 3, 4), BOARD_FULL);
	board_leave(one, &a);
	assert_int_equal(board_enter(one, &b, 3, 4), BOARD_WELCOME);
}

/* A process that is killed holds nothing any more. */
static void
test_killed(void **state)
{
	struct addr a;
	pid_t	    pid;
	int	    i, status, pipes[2];
	char	    c;

	(void)state;
	assert_int_equal(addr_parse(&a, "192.0.2.1"), 0);
	assert_int_equal(pipe(pipes), 0);
	if ((pid = fork()) == 0) {
		for (i = 0; i < 8; i++)
			if (board_enter(one, &a, 100, 8) != BOARD_WELCOME)
				_exit(1);
		board_count(one, COUNTER_REQUESTS);
		(void)!write(pipes[1], "", 1);
		for (;;)
			pause();
	}
	assert_true(pid > 0);
	assert_int_equal(read(pipes[0], &c, 1), 1);
	assert_int_equal(board_enter(two, &a, 100, 8), BOARD_FULL_ADDRESS);
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	board_free_slot(parent, 0);
	for (i = 0; i < 8; i++)
		assert_int_equal(board_enter(two, &a, 100, 8), BOARD_WELCOME);
	assert_int_equal(board_sum(parent, COUNTER_REQUESTS), 1);
	close(pipes[0]);
	close(pipes[1]);
}

/* A site keeps its numbers when a reload moves it; a new one has none. */
static void
test_names(void **state)
{
	static struct file first, second;

	(void)state;
	file(&first, "abc", "xy");
	board_site(one, 0, 200); /* before it knows: nothing */
	board_names(one, &first.conf);
	board_site(one, 0, 200); /* the parent has not spoken yet */
	board_names(parent, &first.conf);
	assert_int_equal(board_sum_site(parent, 0, 0), 0);
	board_names(one, &first.conf);
	board_names(two, &first.conf);
	board_site(one, 0, 200);
	board_site(one, 1, 404);
	board_site(two, 1, 503);
	board_site(two, 1, 0); /* nothing was sent */
	assert_int_equal(board_sum_site(parent, 0, 2), 1);
	assert_int_equal(board_sum_site(parent, 1, 0), 3);
	assert_int_equal(board_sum_site(parent, 1, 4), 1);
	assert_int_equal(board_sum_site(parent, 1, 6), 0);
	assert_int_equal(board_sum_site(parent, 7, 0), 0);

	assert_int_equal(board_server_state(parent, 0), -1);
	board_server(one, 0, 1);
	assert_int_equal(board_server_state(parent, 0), 1);
	board_server(two, 1, 0);
	assert_int_equal(board_server_state(parent, 1), 0);

	/* one drains with the first file, two is of the second. */
	file(&second, "dcb", "zyx");
	board_names(parent, &second.conf);
	board_free_slot(parent, BOARD_SLOTS - 1);
	board_names(two, &second.conf);
	board_site(one, 1, 200);
	board_site(two, 2, 200);
	board_site(two, 0, 302);
	assert_int_equal(board_sum_site(parent, 2, 0), 5);
	assert_int_equal(board_sum_site(parent, 2, 2), 2);
	assert_int_equal(board_sum_site(parent, 0, 0), 1);
	assert_int_equal(board_sum_site(parent, 1, 0), 0);
	assert_int_equal(board_server_state(parent, 0), -1);
	assert_int_equal(board_server_state(parent, 1), -1); /* it died */
	assert_int_equal(board_server_state(parent, 2), 1);
	/* The reload is taken back. */
	board_names(parent, &first.conf);
	assert_int_equal(board_sum_site(parent, 0, 0), 1);
	assert_int_equal(board_sum_site(parent, 1, 0), 5);
}

/* The places of names that are no more are used again, from zero. */
static void
test_places(void **state)
{
	static struct file f;
	char		   all[BOARD_SITES + 4];
	size_t		   i;

	(void)state;
	board_names(parent, file(&f, "a", ""));
	board_names(one, &f.conf);
	board_site(one, 0, 200);
	memset(all, '#', sizeof(all));
	all[sizeof(all) - 1] = '\0';
	file(&f, all, "");
	for (i = 0; i < f.conf.nsites; i++) {
		f.names[i][1] = (char)('a' + i % 26);
		f.names[i][2] = (char)('a' + i / 26);
	}
	board_names(parent, &f.conf);
	board_names(one, &f.conf);
	for (i = 0; i < f.conf.nsites; i++)
		assert_int_equal(board_sum_site(parent, i, 0), 0);
	for (i = 0; i < f.conf.nsites; i++)
		board_site(one, i, 200);
	for (i = 0; i < f.conf.nsites; i++)
		assert_int_equal(board_sum_site(parent, i, 2), i < BOARD_SITES);
	board_names(parent, file(&f, "a", ""));
	assert_int_equal(board_sum_site(parent, 0, 0), 0);
}

static void
test_torn(void **state)
{
	(void)state;
	assert_int_not_equal(board_id(one), board_id(two));
	assert_int_equal(board_torn(one), 0);
	assert_true(board_torn_change(one, 0, board_id(one)));
	assert_false(board_torn_change(two, 0, board_id(two)));
	assert_int_equal(board_torn(two), board_id(one));
	board_free_slot(parent, 0); /* the next one there is another one */
	assert_int_not_equal(board_torn(one), 0);
	assert_int_not_equal(board_torn(one), board_id(one));
}

static void
test_map(void **state)
{
	int other;

	(void)state;
	log_divert(ignore);
	assert_null(board_map(-1));
	assert_true((other = shared_make(4096)) != -1);
	assert_null(board_map(other)); /* too small */
	close(other);
	/* Large enough, and of another version. */
	assert_true((other = shared_make((size_t)64 << 20)) != -1);
	assert_null(board_map(other));
	close(other);
	log_divert(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_counters, setup, teardown),
		cmocka_unit_test_setup_teardown(test_crowd, setup, teardown),
		cmocka_unit_test_setup_teardown(test_killed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_names, setup, teardown),
		cmocka_unit_test_setup_teardown(test_places, setup, teardown),
		cmocka_unit_test_setup_teardown(test_torn, setup, teardown),
		cmocka_unit_test_setup_teardown(test_map, setup, teardown),
	};

	return cmocka_run_group_tests_name("board", tests, NULL, NULL);
}
