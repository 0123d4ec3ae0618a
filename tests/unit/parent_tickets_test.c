/* SPDX-License-Identifier: ISC */
#include <sys/stat.h>

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "orders.h"
#include "parent_files.h"
#include "parent_front.h"
#include "parent_tickets.h"
#include "wire.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))
#define NOW	  1000000

static void
test_rotate(void **state)
{
	struct tickets t, was;
	size_t	       i;

	(void)state;
	memset(&t, 0, sizeof(t));
	for (i = 1; i <= 5; i++) {
		was = t;
		tickets_rotate(&t, NOW);
		assert_int_equal(t.n,
		    i < TLS_TICKET_KEYS ? i : TLS_TICKET_KEYS);
		/* A new one comes first; of the old ones the oldest goes. */
		assert_memory_not_equal(t.keys[0], was.keys[0],
		    TLS_TICKET_KEY_LEN);
		assert_memory_equal(t.keys[1], was.keys[0],
		    (TLS_TICKET_KEYS - 1) * TLS_TICKET_KEY_LEN);
	}
}

static void
test_due(void **state)
{
	static const struct {
		const char *what;
		time_t	    now, due;
	} cases[] = {
		{ "just made", NOW, TICKETS_SECONDS },
		{ "an hour old", NOW + 3600, TICKETS_SECONDS - 3600 },
		{ "a second left", NOW + TICKETS_SECONDS - 1, 1 },
		{ "old enough", NOW + TICKETS_SECONDS, 0 },
		{ "much older", NOW + 10 * TICKETS_SECONDS, 0 },
		{ "the clock was set back", NOW - 500, TICKETS_SECONDS },
		{ "and goes on from there", NOW - 400, TICKETS_SECONDS - 100 },
		{ "until then", NOW - 500 + TICKETS_SECONDS, 0 },
	};
	struct tickets t;
	size_t	       i;

	(void)state;
	memset(&t, 0, sizeof(t));
	assert_int_equal(tickets_due(&t, NOW), 0);
	tickets_rotate(&t, NOW);
	for (i = 0; i < nitems(cases); i++) {
		print_message("%s\n", cases[i].what);
		assert_int_equal(tickets_due(&t, cases[i].now), cases[i].due);
	}
}

static void
test_kept(void **state)
{
	struct tickets t, u;
	unsigned char  buf[TICKETS_KEPT];
	size_t	       i, len;

	(void)state;
	memset(&t, 0, sizeof(t));
	for (i = 1; i <= TLS_TICKET_KEYS; i++) {
		tickets_rotate(&t, NOW);
		len = tickets_write(&t, buf);
		assert_int_equal(len, 8 + i * TLS_TICKET_KEY_LEN);
		memset(&u, 0, sizeof(u));
		assert_int_equal(tickets_read(&u, buf, len), 0);
		assert_int_equal(u.n, i);
		assert_int_equal(u.made, NOW);
		assert_memory_equal(u.keys, t.keys, sizeof(t.keys));
		assert_int_equal(tickets_read(&u, buf, len - 1), -1);
	}
	assert_int_equal(tickets_read(&u, NULL, 0), -1);
	assert_int_equal(tickets_read(&u, buf, 8), -1);
	assert_int_equal(tickets_read(&u, buf,
			     sizeof(buf) + TLS_TICKET_KEY_LEN),
	    -1);
}

static void
test_needed(void **state)
{
	static const struct {
		const char	*what;
		struct edge_conf conf;
		unsigned int	 workers;
		unsigned long	 low, high;
	} cases[] = {
		{ "each connection has one behind it",
		    { .connections = 4096, .nlistens = 2 }, 4, 8192, 8400 },
		{ "a pool for each server",
		    { .connections = 1000, .pool = 64, .nservers = 10 }, 1,
		    2640, 2800 },
		{ "the parent's sockets, and those on their way to workers, if "
		  "few may connect",
		    { .connections = 1, .nlistens = 100 }, 64, 12800, 13400 },
		{ "as many as can be said",
		    { .connections = 1000000, .nlistens = 2 }, 64, 2000000,
		    2001000 },
	};
	unsigned long n;
	size_t	      i;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		print_message("%s\n", cases[i].what);
		n = files_needed(&cases[i].conf, cases[i].workers);
		assert_in_range(n, cases[i].low, cases[i].high);
	}
}

#define FOLDER "/tmp/parent_files.XXXXXX"

/* Others may have put it there: root must not write where it leads. */
static void
test_log(void **state)
{
	static const struct {
		const char *what;
		mode_t	    mode;
		const char *name;
		int	    good;
	} cases[] = {
		{ "a new file", 0755, "new", 1 },
		{ "again", 0755, "new", 1 },
		{ "a link of root's", 0755, "soft", 1 },
		{ "another name", 0755, "hard", 1 },
		{ "a folder", 0755, ".", 0 },
		{ "others may write: a file", 01777, "new", 1 },
		{ "others may write: a link", 01777, "soft", 0 },
		{ "the group may write: a link", 0775, "soft", 0 },
		{ "others may write: another name", 01777, "hard", 0 },
	};
	char   folder[] = FOLDER, path[64], target[64], command[64];
	size_t i;
	int    fd;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(target, sizeof(target), "%s/target", folder);
	assert_int_not_equal(fd = open(target, O_CREAT | O_WRONLY, 0600), -1);
	close(fd);
	snprintf(path, sizeof(path), "%s/soft", folder);
	assert_int_equal(symlink(target, path), 0);
	snprintf(path, sizeof(path), "%s/hard", folder);
	assert_int_equal(link(target, path), 0);
	for (i = 0; i < nitems(cases); i++) {
		print_message("%s\n", cases[i].what);
		assert_int_equal(chmod(folder, cases[i].mode), 0);
		snprintf(path, sizeof(path), "%s/%s", folder, cases[i].name);
		fd = files_open_log(path);
		assert_int_equal(fd != -1, cases[i].good);
		if (fd != -1)
			close(fd);
	}
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

/* Of a worker that was taken over; standard error may be a terminal. */
static void
test_line(void **state)
{
	static const struct {
		const char *what;
		const char *line, *printed;
	} cases[] = {
		{ "a line as it should be", "{\"a\":\"\\u00e9\"}",
		    "{\"a\":\"\\u00e9\"}\n" },
		{ "an escape", "\033[2J", "\\x1b[2J\n" },
		{ "two lines", "one\npostern-edge: ready",
		    "one\\x0apostern-edge: "
		    "ready\n" },
	};
	struct wire_msg m;
	char		text[256];
	ssize_t		n;
	size_t		i;
	int		fds[2], was;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	for (i = 0; i < nitems(cases); i++) {
		print_message("%s\n", cases[i].what);
		wire_start(&m, ORDER_LINE);
		wire_put_string(&m, cases[i].line);
		was = dup(STDERR_FILENO);
		dup2(fds[1], STDERR_FILENO);
		assert_int_equal(front_message(NULL, NULL, &m), 0);
		dup2(was, STDERR_FILENO);
		close(was);
		n = read(fds[0], text, sizeof(text) - 1);
		assert_true(n > 0);
		text[n] = '\0';
		assert_string_equal(text, cases[i].printed);
	}
	close(fds[0]);
	close(fds[1]);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rotate),
		cmocka_unit_test(test_due),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_needed),
		cmocka_unit_test(test_log),
		cmocka_unit_test(test_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
