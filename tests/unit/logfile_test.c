/* SPDX-License-Identifier: ISC */
#include <sys/types.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <setjmp.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "board.h"
#include "clock.h"
#include "log.h"
#include "logfile.h"

/*
 * A file that may not grow any more is what a full disk is: a write that
 * reaches the limit is short, the next one fails.
 */
static char	       name[] = "/tmp/postern-logfile.XXXXXX";
static int	       board_fd, said;
static struct board   *parent, *boards[2];
static struct logfile *logs[2];
static char	       last[256];

static void
divert(enum log_level level, const char *text)
{
	(void)level;
	said++;
	snprintf(last, sizeof(last), "%s", text);
}

static void
limit(rlim_t bytes)
{
	struct rlimit rl;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &rl), 0);
	rl.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &rl), 0);
}

static int
open_log(void)
{
	int fd = open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

	assert_true(fd != -1);
	return fd;
}

static int
setup(void **state)
{
	int i, fd;

	(void)state;
	memcpy(strrchr(name, '.'), ".XXXXXX", 7);
	if ((fd = mkstemp(name)) == -1)
		return -1;
	close(fd);
	signal(SIGXFSZ, SIG_IGN);
	board_fd = board_make();
	if ((parent = board_map(board_fd)) == NULL)
		return -1;
	for (i = 0; i < 2; i++) {
		boards[i] = board_map(board_fd);
		board_take(boards[i], (unsigned int)i);
		logs[i] = logfile_new(EDGE_LOG_FILE, boards[i]);
		logfile_use(logs[i], open_log());
	}
	log_divert(divert);
	said = 0;
	last[0] = '\0';
	clock_hold(1);
	return 0;
}

static int
teardown(void **state)
{
	int i;

	(void)state;
	clock_hold(0);
	limit(RLIM_INFINITY);
	for (i = 0; i < 2; i++) {
		logfile_free(logs[i]);
		board_unmap(boards[i]);
	}
	board_unmap(parent);
	close(board_fd);
	unlink(name);
	log_divert(NULL);
	return 0;
}

static void
add(struct logfile *l, const char *text)
{
	logfile_add(l, text, strlen(text));
}

/* A second is over: it may try again. */
static void
later(struct logfile *l)
{
	clock_move(2000);
	logfile_flush(l);
}

static void
expect(const char *what, const char *text)
{
	char  got[256];
	FILE *fp;

	assert_non_null(fp = fopen(name, "r"));
	got[fread(got, 1, sizeof(got) - 1, fp)] = '\0';
	fclose(fp);
	if (strcmp(got, text) != 0)
		fail_msg("%s: \"%s\" instead of \"%s\"", what, got, text);
}

static void
test_gather(void **state)
{
	char   line[1024];
	size_t i;

	(void)state;
	add(logs[0], "one\n");
	add(logs[0], "two\n");
	expect("only gathered", "");
	assert_int_equal(logfile_waiting(logs[0]), 8);
	logfile_flush(logs[0]);
	logfile_flush(logs[0]);
	expect("both, once", "one\ntwo\n");
	assert_int_equal(logfile_waiting(logs[0]), 0);
	/* Much of it is written although nobody flushes. */
	memset(line, 'x', sizeof(line));
	line[sizeof(line) - 1] = '\n';
	for (i = 0; i < 1000; i++) {
		logfile_add(logs[0], line, sizeof(line));
		assert_in_range(logfile_waiting(logs[0]), 0, LOGFILE_GATHER);
	}
	assert_int_equal(board_sum(parent, COUNTER_LOG_LOST), 0);
	assert_int_equal(said, 0);
}

/* What the file may have; who writes then, and what is there in the end. */
static const struct {
	const char *what;
	rlim_t	    room;
	int	    first; /* who tries again first: 0 or 1 */
	const char *full;
	const char *end;
} fulls[] = {
	{ "full between two lines", 4, 0, "one\n", "one\ntwo\nthree\nother\n" },
	{ "full between two lines, the other is first", 4, 1, "one\n",
	    "one\nother\ntwo\nthree\n" },
	{ "full in the first line", 1, 0, "o", "one\ntwo\nthree\nother\n" },
	{ "full in the first line, the other is first", 1, 1, "o",
	    "o\nother\none\ntwo\nthree\n" },
	{ "full in the second line", 6, 0, "one\ntw",
	    "one\ntwo\nthree\nother\n" },
	{ "full in the second line, the other is first", 6, 1, "one\ntw",
	    "one\ntw\nother\ntwo\nthree\n" },
	{ "full before a newline", 7, 0, "one\ntwo",
	    "one\ntwo\nthree\nother\n" },
	{ "full before a newline, the other is first", 7, 1, "one\ntwo",
	    "one\ntwo\nother\ntwo\nthree\n" },
};

static void
test_full(void **state)
{
	size_t i;
	int    k;

	for (i = 0; i < sizeof(fulls) / sizeof(fulls[0]); i++) {
		add(logs[0], "one\n");
		add(logs[0], "two\n");
		add(logs[0], "three\n");
		add(logs[1], "other\n");
		limit(fulls[i].room);
		logfile_flush(logs[0]);
		expect(fulls[i].what, fulls[i].full);
		later(logs[1]);
		later(logs[0]);
		expect(fulls[i].what, fulls[i].full);
		assert_int_equal(said, 2); /* by each, once */
		limit(RLIM_INFINITY);
		logfile_flush(logs[0]); /* too early */
		expect(fulls[i].what, fulls[i].full);
		for (k = 0; k < 2; k++)
			later(logs[k == 0 ? fulls[i].first : !fulls[i].first]);
		expect(fulls[i].what, fulls[i].end);
		assert_int_equal(said, 4);
		assert_int_equal(board_torn(parent), 0);
		assert_int_equal(board_sum(parent, COUNTER_LOG_LOST), 0);
		teardown(state);
		assert_int_equal(setup(state), 0);
	}
}

/* The one that has torn a line dies, and the next one has its place. */
static void
test_dead(void **state)
{
	(void)state;
	add(logs[0], "one\n");
	limit(2);
	logfile_flush(logs[0]);
	expect("half a line", "on");
	logfile_free(logs[0]);
	board_free_slot(parent, 0);
	assert_int_equal(board_sum(parent, COUNTER_LOG_LOST), 1);
	limit(RLIM_INFINITY);
	logs[0] = logfile_new(EDGE_LOG_FILE, boards[0]);
	logfile_use(logs[0], open_log());
	add(logs[0], "two\n");
	logfile_flush(logs[0]);
	expect("its own line", "on\ntwo\n");
}

/* The ended half line fills the disk again. */
static void
test_again(void **state)
{
	(void)state;
	add(logs[0], "one\n");
	add(logs[1], "two\n");
	limit(2);
	logfile_flush(logs[0]);
	limit(3);
	logfile_flush(logs[1]);
	expect("only the newline", "on\n");
	limit(5);
	later(logs[0]);
	expect("anew, and torn again", "on\non");
	limit(7);
	later(logs[1]);
	expect("the other, torn too", "on\non\nt");
	limit(RLIM_INFINITY);
	later(logs[0]);
	later(logs[1]);
	expect("all are whole", "on\non\nt\none\ntwo\n");
}

static void
test_lost(void **state)
{
	char   line[1024], text[64];
	size_t i, kept;

	(void)state;
	memset(line, 'x', sizeof(line));
	line[sizeof(line) - 1] = '\n';
	limit(0);
	for (i = 0; i < 3000; i++)
		logfile_add(logs[0], line, sizeof(line));
	kept = logfile_waiting(logs[0]);
	assert_int_equal(kept, LOGFILE_KEEP);
	assert_int_equal(board_sum(parent, COUNTER_LOG_LOST),
	    3000 - kept / sizeof(line));
	assert_int_equal(said, 1);
	limit(RLIM_INFINITY);
	later(logs[0]);
	assert_int_equal(logfile_waiting(logs[0]), 0);
	assert_int_equal(said, 2);
	snprintf(text, sizeof(text), "%zu lines were lost",
	    3000 - kept / sizeof(line));
	assert_non_null(strstr(last, text));
}

/* SIGUSR1, on a full disk: the rest goes to the next file. */
static void
test_use(void **state)
{
	(void)state;
	add(logs[0], "one\n");
	add(logs[0], "two\n");
	limit(6);
	logfile_flush(logs[0]);
	expect("the old one", "one\ntw");
	assert_int_equal(unlink(name), 0);
	logfile_use(logs[0], open_log());
	logfile_use(logs[1], open_log());
	logfile_flush(logs[0]);
	expect("the line that was torn, whole", "two\n");
	add(logs[1], "three\n");
	limit(RLIM_INFINITY);
	logfile_use(logs[1], open_log());
	expect("what was gathered before", "two\nthree\n");
	assert_int_equal(board_torn(parent), 0);
}

static int  handed, refuse;
static char hand_last[LOG_TEXT_MAX + 1];

static int
hand(void *arg, const char *line)
{
	assert_ptr_equal(arg, &handed);
	if (refuse)
		return -1;
	handed++;
	snprintf(hand_last, sizeof(hand_last), "%s", line);
	return 0;
}

static void
test_hand(void **state)
{
	struct logfile *l = logfile_new(EDGE_LOG_SYSLOG, boards[0]);
	char		line[LOG_TEXT_MAX * 2];
	int		i;

	(void)state;
	add(l, "by log_info\n");
	logfile_flush(l);
	assert_string_equal(last, "by log_info");
	said = 0;
	logfile_hand(l, hand, &handed);
	handed = refuse = 0;
	add(l, "one\n");
	add(l, "two\n");
	logfile_flush(l);
	assert_int_equal(handed, 2);
	assert_string_equal(hand_last, "two");
	memset(line, 'x', sizeof(line));
	line[sizeof(line) - 1] = '\n';
	logfile_add(l, line, sizeof(line));
	logfile_flush(l);
	assert_int_equal(strlen(hand_last), LOG_TEXT_MAX - 1);
	refuse = 1;
	for (i = 0; i < 1000; i++)
		logfile_add(l, line, sizeof(line));
	logfile_flush(l);
	assert_int_equal(handed, 3);
	assert_int_equal(said, 0); /* nobody would hear it */
	refuse = 0;
	logfile_flush(l);
	assert_int_equal(logfile_waiting(l), 0);
	assert_int_equal(handed, 3 + LOGFILE_KEEP / (int)sizeof(line));
	assert_int_equal(board_sum(parent, COUNTER_LOG_LOST),
	    1000 - LOGFILE_KEEP / (int)sizeof(line));
	assert_int_equal(said, 1);
	add(l, "the end\n");
	logfile_free(l);
	assert_string_equal(hand_last, "the end");
}

static void
test_no(void **state)
{
	struct logfile *l = logfile_new(EDGE_LOG_NO, boards[0]);

	(void)state;
	add(l, "one\n");
	assert_int_equal(logfile_waiting(l), 0);
	logfile_free(l);
	/* A file that could not be opened: lines wait for the next one. */
	l = logfile_new(EDGE_LOG_FILE, boards[0]);
	add(l, "one\n");
	logfile_flush(l);
	logfile_use(l, open_log());
	logfile_free(l);
	expect("it came", "one\n");
	logfile_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_gather, setup, teardown),
		cmocka_unit_test_setup_teardown(test_full, setup, teardown),
		cmocka_unit_test_setup_teardown(test_dead, setup, teardown),
		cmocka_unit_test_setup_teardown(test_again, setup, teardown),
		cmocka_unit_test_setup_teardown(test_lost, setup, teardown),
		cmocka_unit_test_setup_teardown(test_use, setup, teardown),
		cmocka_unit_test_setup_teardown(test_hand, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no, setup, teardown),
	};

	return cmocka_run_group_tests_name("logfile", tests, NULL, NULL);
}
