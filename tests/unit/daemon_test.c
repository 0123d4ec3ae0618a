/* SPDX-License-Identifier: ISC */
/*
 * A real parent with children that misbehave: this program is the daemon,
 * too.  Which way the child goes wrong, it learns by the environment.
 */
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "hostile.h"
#include "sock.h"

#define TEXT_MAX   65536
#define ANSWER_MAX 8192

static const char *self;
static char	   dir[64];
static pid_t	   daemon_pid = -1;

static void
write_conf(const char *state)
{
	FILE *fp;

	fp = fopen(sign("conf"), "w");
	assert_non_null(fp);
	fprintf(fp, "state \"%s/%s\"\nlog to stderr\n", dir, state);
	fclose(fp);
}

static int
set_up(void **state)
{
	(void)state;
	strlcpy(dir, "/tmp/daemon_test.XXXXXX", sizeof(dir));
	if (mkdtemp(dir) == NULL || chmod(dir, 0755) == -1)
		return -1;
	setenv("TEST_DIR", dir, 1);
	write_conf("state");
	return 0;
}

/* Its log so far. */
static const char *
said(void)
{
	static char text[TEXT_MAX];
	ssize_t	    n;
	int	    fd;

	text[0] = '\0';
	if ((fd = open(sign("log"), O_RDONLY)) == -1)
		return text;
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	text[n < 0 ? 0 : n] = '\0';
	return text;
}

static int
tear_down(void **state)
{
	(void)state;
	if (daemon_pid != -1) {
		kill(daemon_pid, SIGCONT);
		kill(daemon_pid, SIGKILL);
		waitpid(daemon_pid, NULL, 0);
		daemon_pid = -1;
	}
	return remove_folder(dir);
}

/* Is it there within some seconds? */
static void
wait_said(const char *words)
{
	time_t end = time(NULL) + SECONDS;

	while (strstr(said(), words) == NULL) {
		if (time(NULL) > end)
			fail_msg("no \"%s\" in:\n%s", words, said());
		tick();
	}
}

static void
wait_file(const char *name)
{
	time_t end = time(NULL) + SECONDS;

	while (access(sign(name), F_OK) == -1) {
		if (time(NULL) > end)
			fail_msg("no file %s; log:\n%s", name, said());
		tick();
	}
}

static pid_t
run(const char *mode, mode_t mask)
{
	char  conf[128], log[128];
	pid_t pid;
	int   fd;

	setenv("TEST_MODE", mode, 1);
	strlcpy(conf, sign("conf"), sizeof(conf));
	strlcpy(log, sign("log"), sizeof(log));
	pid = fork();
	assert_int_not_equal(pid, -1);
	if (pid == 0) {
		fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0644);
		dup2(fd, STDOUT_FILENO);
		dup2(fd, STDERR_FILENO);
		umask(mask);
		execl(self, self, "-d", "-f", conf, (char *)NULL);
		perror(self);
		_exit(127);
	}
	return pid;
}

static void
start(const char *mode, mode_t mask)
{
	daemon_pid = run(mode, mask);
	wait_said("ready file=");
}

/* A question to the control socket; read_answer() has the answer. */
static int
ask(const char *verb)
{
	char path[128];
	int  fd;

	strlcpy(path, sign("state/run/" NAME ".ctl"), sizeof(path));
	fd = sock_connect_unix(path, 0);
	assert_int_not_equal(fd, -1);
	assert_int_equal(write(fd, verb, strlen(verb)), (long)strlen(verb));
	return fd;
}

static const char *
read_answer(int fd)
{
	static char text[ANSWER_MAX];
	size_t	    len = 0;
	ssize_t	    n;

	while ((n = read(fd, text + len, sizeof(text) - 1 - len)) > 0)
		len += (size_t)n;
	text[len] = '\0';
	close(fd);
	return text;
}

/* How many lines of the text have it? */
static int
count_in(const char *p, const char *words)
{
	int n = 0;

	for (; (p = strstr(p, words)) != NULL; p++)
		n++;
	return n;
}

static int
count(const char *words)
{
	return count_in(said(), words);
}

static void
stop(int status)
{
	int got;

	kill(daemon_pid, SIGTERM);
	assert_int_equal(waitpid(daemon_pid, &got, 0), daemon_pid);
	daemon_pid = -1;
	assert_true(WIFEXITED(got));
	assert_int_equal(WEXITSTATUS(got), status);
}

static void
test_hangs_up(void **state)
{
	(void)state;
	start("hangs up", 022);
	close(ask("status\n"));
	wait_said("last words");
	wait_said("starting it again");
	assert_null(strstr(said(), "wire"));
}

static void
test_nonsense(void **state)
{
	static const char *const which[] = { "sends nothing", "sends garbage",
		"sends unknown" };
	const char		*text;
	size_t			 i;
	int			 starts;

	(void)state;
	for (i = 0; i < sizeof(which) / sizeof(which[0]); i++) {
		start(which[i], 022);
		wait_said("starting it again");
		wait_said("works again");
		/* It goes on meanwhile: three lines each time, and no more. */
		text = said();
		starts = count_in(text, "starting it again");
		assert_true(count_in(text, "\n") <= 1 + 3 * (starts + 1));
		assert_true(count_in(text, "no sense") <= starts + 1);
		tear_down(NULL);
		set_up(NULL);
	}
}

static void
test_bad_status(void **state)
{
	const char *text;

	(void)state;
	start("bad status", 022);
	text = read_answer(ask("status\n"));
	assert_non_null(strstr(text, "\na \\x1b[31m1\nok\nno newline\n.\n"));
	stop(0);
}

/* Whoever asks to stop hears of it, although no child runs. */
static void
test_stop_in_back_off(void **state)
{
	int status;

	(void)state;
	start("dies", 022);
	wait_said("again in 1600 ms");
	assert_string_equal(read_answer(ask("stop\n")), "ok\n.\n");
	assert_int_equal(waitpid(daemon_pid, &status, 0), daemon_pid);
	daemon_pid = -1;
	assert_int_equal(status, 0);
}

/*
 * Two reloads at once: each gets its own answer.  The second is refused, and
 * a new child gets the file of the first.
 */
static void
test_reloads(void **state)
{
	char  first[ANSWER_MAX];
	FILE *fp;
	int   a, b;

	(void)state;
	start("takes one", 022);
	a = ask("reload\n");
	wait_file("looking");
	b = ask("reload\n");
	kill(daemon_pid, SIGHUP);
	kill(daemon_pid, SIGHUP);
	fp = fopen(sign("conf"), "a");
	assert_non_null(fp);
	fprintf(fp, "fcrdns { timeout 7s\n}\n");
	fclose(fp);
	make_sign("go");
	strlcpy(first, read_answer(a), sizeof(first));
	assert_string_equal(first, "ok\n.\n");
	assert_string_equal(read_answer(b),
	    "error the child did not take the file\n.\n");
	wait_said("keeping the old one");
	assert_non_null(strstr(read_answer(ask("status\n")), "reloads 1\n"));
	stop(0);
}

static pid_t
child_pid(void)
{
	const char *p;
	pid_t	    pid;

	p = strstr(read_answer(ask("status\n")), "\nchild ");
	assert_non_null(p);
	pid = (pid_t)strtol(p + 7, NULL, 10);
	assert_true(pid > 1);
	return pid;
}

/* Ctrl-C at a terminal, "pkill -HUP NAME": the parent alone acts on them. */
static void
test_signals(void **state)
{
	pid_t pid;

	(void)state;
	start("tells state", 022);
	pid = child_pid();
	assert_int_equal(getpgid(pid), pid);
	kill(pid, SIGHUP);
	kill(pid, SIGINT);
	kill(pid, SIGTERM);
	assert_int_equal(child_pid(), pid);
	assert_null(strstr(said(), "again"));
	stop(0);
}

/* What needs a restart of all is not used by a child that starts again. */
static void
test_fixed(void **state)
{
	char want[128], other[128];

	(void)state;
	start("tells state", 022);
	snprintf(want, sizeof(want), "_postern in %s/state\n", dir);
	snprintf(other, sizeof(other), "in %s/other", dir);
	wait_said(want);
	write_conf("other");
	assert_string_equal(read_answer(ask("reload\n")), "ok\n.\n");
	wait_said("after a restart");
	kill(child_pid(), SIGKILL);
	wait_said("works again");
	assert_non_null(read_answer(ask("status\n")));
	assert_int_equal(count(want), 2);
	assert_null(strstr(said(), other));
	/* And back: nothing has changed then. */
	write_conf("state");
	assert_string_equal(read_answer(ask("reload\n")), "ok\n.\n");
	assert_int_equal(count("after a restart"), 1);
	stop(0);
}

/* Others must be able to enter state/run, whatever root's umask is. */
static void
test_umask(void **state)
{
	struct stat st;

	(void)state;
	start("tells state", 077);
	assert_int_equal(stat(sign("state/run"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0755);
	stop(0);
}

/* A parent that stands still costs its child a moment, not one a line. */
static void
test_talks(void **state)
{
	(void)state;
	start("talks", 022);
	close(ask("status\n"));
	wait_file("talked");
	kill(daemon_pid, SIGCONT);
	close(ask("status\n"));
	stop(0);
}

static void
test_version(void **state)
{
	(void)state;
	start("version", 022);
	wait_said("restart the daemon");
}

/* A pipe that was open in whoever started it. */
static void
test_inherits(void **state)
{
	struct pollfd pfd = { .events = POLLIN };
	int	      fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	start("tells state", 022);
	close(fds[1]);
	pfd.fd = fds[0];
	assert_int_equal(poll(&pfd, 1, 1000 * SECONDS), 1);
	close(fds[0]);
	stop(0);
}

/* Of two that start at the same moment, one does. */
static void
test_two(void **state)
{
	int   i, status;
	pid_t end, other;

	(void)state;
	for (i = 0; i < 20; i++) {
		daemon_pid = run("tells state", 022);
		other = run("tells state", 022);
		end = waitpid(-1, &status, 0);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), EX_UNAVAILABLE);
		if (end == daemon_pid)
			daemon_pid = other;
		wait_said("ready file=");
		stop(0);
		assert_int_equal(count("ready file="), 1);
		unlink(sign("log"));
	}
}

int
main(int argc, char *argv[])
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_hangs_up, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_nonsense, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_bad_status, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_stop_in_back_off, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_reloads, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_fixed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_umask, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_talks, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_version, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_signals, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_inherits, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_two, set_up, tear_down),
	};

	if (argc > 1)
		return daemon_main(&hostile, argc, argv);
	self = argv[0];
	alarm(900); /* a daemon that never ends is a failure, too */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
