/* SPDX-License-Identifier: ISC */
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <unistd.h>
#include <cmocka.h>

#include "log.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static enum log_level got_level;
static char	      got[LOG_TEXT_MAX];
static int	      got_lines;

static void
take_line(enum log_level level, const char *text)
{
	got_level = level;
	strlcpy(got, text, sizeof(got));
	got_lines++;
	errno = EDOM; /* must not be seen by who logs */
}

static const struct {
	const char *what;
	const char *text;
	const char *want;
} texts[] = {
	{ "plain text", "reject client=192.0.2.9 why=\"no PTR\"",
	    "reject client=192.0.2.9 why=\"no PTR\"" },
	{ "a newline cannot begin another line", "a\nforged: b",
	    "a\\x0aforged: b" },
	{ "a newline at the end", "a\n", "a\\x0a" },
	{ "a return", "a\rb", "a\\x0db" },
	{ "an escape sequence", "\x1b[31mred", "\\x1b[31mred" },
	{ "high bytes", "caf\xc3\xa9 \xff", "caf\\xc3\\xa9 \\xff" },
	{ "DEL", "\x7f", "\\x7f" },
	{ "a backslash stays", "a\\x0ab", "a\\x0ab" },
	{ "percent signs", "100% %s %n", "100% %s %n" },
	{ "nothing", "", "" },
};

static void
test_texts(void **state)
{
	size_t i;

	(void)state;
	log_divert(take_line);
	for (i = 0; i < nitems(texts); i++) {
		log_info("%s", texts[i].text);
		if (strcmp(got, texts[i].want) != 0)
			fail_msg("%s: %s", texts[i].what, got);
		log_raw(LOG_LEVEL_WARN, texts[i].text);
		if (strcmp(got, texts[i].want) != 0 ||
		    got_level != LOG_LEVEL_WARN)
			fail_msg("%s: raw: %s", texts[i].what, got);
		log_raw(LOG_LEVEL_INFO, got);
		if (strcmp(got, texts[i].want) != 0)
			fail_msg("%s: cleaned twice: %s", texts[i].what, got);
	}
	log_divert(NULL);
}

static void
test_levels(void **state)
{
	(void)state;
	log_divert(take_line);
	got_lines = 0;
	errno = ENOENT;
	log_warn("%s", "a file");
	assert_int_equal(errno, ENOENT);
	assert_int_equal(got_level, LOG_LEVEL_WARN);
	assert_string_equal(got, "a file: No such file or directory");
	log_warnx("just this");
	assert_int_equal(errno, ENOENT);
	assert_string_equal(got, "just this");
	log_info("a record");
	assert_int_equal(errno, ENOENT);
	assert_int_equal(got_level, LOG_LEVEL_INFO);
	assert_int_equal(got_lines, 3);

	assert_int_equal(log_is_verbose(), 0);
	log_debug("unheard");
	log_raw(LOG_LEVEL_DEBUG, "unheard");
	assert_int_equal(got_lines, 3);
	log_verbose(1);
	assert_int_equal(log_is_verbose(), 1);
	log_debug("heard %d", 1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(got_level, LOG_LEVEL_DEBUG);
	assert_string_equal(got, "heard 1");
	log_verbose(0);
	log_divert(NULL);
}

static const struct {
	const char *what;
	char	    fill;
	size_t	    len;
	size_t	    want; /* length of the line */
} longs[] = {
	{ "the longest line", 'x', LOG_TEXT_MAX - 1, LOG_TEXT_MAX - 1 },
	{ "one byte more", 'x', LOG_TEXT_MAX, LOG_TEXT_MAX - 1 },
	{ "far more", 'x', 3 * LOG_TEXT_MAX, LOG_TEXT_MAX - 1 },
	/* 4 bytes each, none of them cut: 511 of them fit into 2047 */
	{ "escapes", '\n', 3 * LOG_TEXT_MAX, (LOG_TEXT_MAX - 1) / 4 * 4 },
};

static void
test_long(void **state)
{
	static char text[3 * LOG_TEXT_MAX + 1];
	size_t	    i;

	(void)state;
	log_divert(take_line);
	for (i = 0; i < nitems(longs); i++) {
		memset(text, longs[i].fill, sizeof(text));
		text[longs[i].len] = '\0';
		log_info("%s", text);
		if (strlen(got) != longs[i].want)
			fail_msg("%s: %zu", longs[i].what, strlen(got));
		log_warn("%s", text);
		if (strlen(got) < longs[i].want)
			fail_msg("%s: warn: %zu", longs[i].what, strlen(got));
		log_raw(LOG_LEVEL_INFO, text);
		if (strlen(got) != longs[i].want)
			fail_msg("%s: raw: %zu", longs[i].what, strlen(got));
	}
	log_divert(NULL);
}

/* --- standard error ------------------------------------------------------ */

/*
 * A socket that keeps the bounds of each write(2) stands in for descriptor 2,
 * while fn runs.  Returns the other end.
 */
static int
with_stderr(void *(*fn)(void *), int threads)
{
	pthread_t thread[8];
	int	  fds[2], i, saved;

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds), 0);
	saved = dup(STDERR_FILENO);
	assert_int_not_equal(saved, -1);
	assert_int_equal(dup2(fds[0], STDERR_FILENO), STDERR_FILENO);
	for (i = 0; i < threads; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, fn, &thread),
		    0);
	if (threads == 0)
		(void)fn(NULL);
	for (i = 0; i < threads; i++)
		assert_int_equal(pthread_join(thread[i], NULL), 0);
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(fds[0]);
	return fds[1];
}

static void *
say_two(void *arg)
{
	log_info("first\nline");
	errno = EACCES;
	log_warn("second");
	return arg;
}

static void
test_stderr(void **state)
{
	char	buf[4096];
	ssize_t n;
	int	fd;

	(void)state;
	log_init("tester", LOG_TARGET_STDERR, LOG_DAEMON);
	fd = with_stderr(say_two, 0);
	n = read(fd, buf, sizeof(buf) - 1);
	assert_true(n > 0);
	buf[n] = '\0';
	assert_string_equal(buf, "tester: first\\x0aline\n");
	n = read(fd, buf, sizeof(buf) - 1);
	assert_true(n > 0);
	buf[n] = '\0';
	assert_string_equal(buf, "tester: second: Permission denied\n");
	assert_int_equal(read(fd, buf, sizeof(buf)), 0);
	close(fd);
}

static void *
say_many(void *arg)
{
	int i;

	for (i = 0; i < 10; i++)
		log_info("a line of some length: %s", "0123456789");
	return arg;
}

static void
test_threads(void **state)
{
	static const char want[] =
	    "tester: a line of some length: 0123456789\n";
	char	buf[4096];
	ssize_t n;
	int	fd, lines = 0;

	(void)state;
	fd = with_stderr(say_many, 8);
	while ((n = read(fd, buf, sizeof(buf))) > 0) {
		assert_int_equal(n, sizeof(want) - 1);
		assert_memory_equal(buf, want, sizeof(want) - 1);
		lines++;
	}
	assert_int_equal(lines, 80);
	close(fd);
}

/* A line that is written while another is handed over: no dead lock. */
static void
take_and_say(enum log_level level, const char *text)
{
	static int depth;

	take_line(level, text);
	if (depth++ == 0)
		log_warnx("could not pass it on");
	depth--;
}

static void
test_reentrant(void **state)
{
	(void)state;
	got_lines = 0;
	log_divert(take_and_say);
	log_info("x");
	log_divert(NULL);
	assert_int_equal(got_lines, 2);
	assert_string_equal(got, "could not pass it on");
}

/* --- the ends ------------------------------------------------------------ */

static void
end_fatal(void)
{
	errno = ENOENT;
	fatal(EX_OSERR, "gone");
}

static void
end_fatalx(void)
{
	fatalx(EX_CONFIG, "bad file");
}

static void
end_bug(void)
{
	signal(SIGABRT, SIG_DFL); /* not the sanitizer's report */
	bug("cannot be");
}

static const struct {
	const char *what;
	void (*fn)(void);
	int	    code; /* or minus the signal */
	const char *line;
} last_words[] = {
	{ "fatal", end_fatal, EX_OSERR,
	    "tester: gone: No such file or directory\n" },
	{ "fatalx", end_fatalx, EX_CONFIG, "tester: bad file\n" },
	{ "bug", end_bug, -SIGABRT, "tester: cannot be\n" },
};

static void
test_ends(void **state)
{
	char	buf[4096];
	size_t	i;
	ssize_t n;
	pid_t	pid;
	int	p[2], status;

	(void)state;
	for (i = 0; i < nitems(last_words); i++) {
		assert_int_equal(pipe(p), 0);
		if ((pid = fork()) == 0) {
			dup2(p[1], STDERR_FILENO);
			last_words[i].fn();
			_exit(99);
		}
		assert_int_not_equal(pid, -1);
		close(p[1]);
		n = read(p[0], buf, sizeof(buf) - 1);
		assert_true(n >= 0);
		buf[n] = '\0';
		close(p[0]);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (strcmp(buf, last_words[i].line) != 0)
			fail_msg("%s: %s", last_words[i].what, buf);
		if (last_words[i].code < 0 ? !WIFSIGNALED(status) ||
			    WTERMSIG(status) != -last_words[i].code :
					     !WIFEXITED(status) ||
			    WEXITSTATUS(status) != last_words[i].code)
			fail_msg("%s: status %d", last_words[i].what, status);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_stderr),
		cmocka_unit_test(test_threads),
		cmocka_unit_test(test_reentrant),
		cmocka_unit_test(test_ends),
	};

	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
