/* SPDX-License-Identifier: ISC */
/*
 * What daemon_crowd_test.c does with its daemon: start it, ask it, connect to
 * it, and read what it said.
 */
#ifndef CROWD_LAB_H
#define CROWD_LAB_H

#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <netinet/in.h>

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "crowd_child.h"
#include "sock.h"

#define TEXT_MAX   65536
#define ANSWER_MAX 8192

static const char *self;
static char	   dir[64];
static pid_t	   daemon_pid = -1;
static uint16_t	   port;

/* ---- what is said ---- */

static const char *
said(void)
{
	static char text[TEXT_MAX];
	ssize_t	    n = 0;
	int	    fd;

	if ((fd = open(sign("log"), O_RDONLY)) != -1) {
		n = read(fd, text, sizeof(text) - 1);
		close(fd);
	}
	text[n < 0 ? 0 : n] = '\0';
	return text;
}

static int
count(const char *text, const char *words)
{
	int n = 0;

	for (; (text = strstr(text, words)) != NULL; text++)
		n++;
	return n;
}

static void
wait_said(const char *words, int times)
{
	time_t end = time(NULL) + SECONDS;

	while (count(said(), words) < times) {
		if (time(NULL) > end)
			fail_msg("no \"%s\" in:\n%s", words, said());
		tick();
	}
}

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

static const char *
status_text(void)
{
	return read_answer(ask("status\n"));
}

static void
wait_status(const char *words, int times)
{
	time_t end = time(NULL) + SECONDS;

	while (count(status_text(), words) != times) {
		if (time(NULL) > end)
			fail_msg("not \"%s\" in:\n%s\n%s", words, status_text(),
			    said());
		tick();
	}
}

static void
reload(const char *answer)
{
	assert_string_equal(read_answer(ask("reload\n")), answer);
}

/* ---- clients ---- */

/* A connection; *pid is the worker that has it.  -1: nobody takes it. */
static int
connect_to(pid_t *pid)
{
	struct pollfd	   pfd = { .events = POLLIN };
	struct sockaddr_in sin = { .sin_family = AF_INET };
	char		   text[32] = "";

	sin.sin_port = htons(port);
	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	pfd.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_not_equal(pfd.fd, -1);
	if (connect(pfd.fd, (struct sockaddr *)&sin, sizeof(sin)) == -1 ||
	    poll(&pfd, 1, 1000 * SECONDS) != 1 ||
	    read(pfd.fd, text, sizeof(text) - 1) <= 0) {
		close(pfd.fd);
		return -1;
	}
	*pid = (pid_t)strtol(text, NULL, 10);
	return pfd.fd;
}

static int
is_open(int fd)
{
	char c;

	return recv(fd, &c, 1, MSG_DONTWAIT) == -1;
}

static void
all_answered(void)
{
	pid_t pid;
	int   fd, i;

	for (i = 0; i < 40; i++) {
		fd = connect_to(&pid);
		assert_int_not_equal(fd, -1);
		close(fd);
	}
}

/* ---- the daemon ---- */

static void
copy(const char *from)
{
	char  buf[8192];
	FILE *in = fopen(from, "r"), *out;

	size_t n;

	/* Not into the file that runs. */
	unlink(sign("program"));
	out = fopen(sign("program"), "w");
	assert_non_null(in);
	assert_non_null(out);
	while ((n = fread(buf, 1, sizeof(buf), in)) > 0)
		assert_int_equal(fwrite(buf, 1, n, out), n);
	fclose(in);
	fclose(out);
	assert_int_equal(chmod(sign("program"), 0755), 0);
}

static int
set_up(void **state)
{
	char conf[128];

	(void)state;
	strlcpy(dir, "/tmp/crowd_test.XXXXXX", sizeof(dir));
	if (mkdtemp(dir) == NULL || chmod(dir, 0755) == -1)
		return -1;
	setenv("TEST_DIR", dir, 1);
	snprintf(conf, sizeof(conf), "state \"%s/state\"\nlog to stderr\n",
	    dir);
	write_sign("conf", conf);
	copy(self);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	if (daemon_pid != -1) {
		kill(daemon_pid, SIGKILL);
		waitpid(daemon_pid, NULL, 0);
		daemon_pid = -1;
	}
	unlink(sign("hold"));
	unlink(sign("stay"));
	return remove_folder(dir);
}

static void
start(void)
{
	char	    conf[128], log[128], program[128], text[256] = "";
	const char *p;
	int	    fd, fds[2];
	size_t	    len = 0;
	ssize_t	    n;

	strlcpy(conf, sign("conf"), sizeof(conf));
	strlcpy(log, sign("log"), sizeof(log));
	strlcpy(program, sign("program"), sizeof(program));
	assert_int_equal(pipe(fds), 0);
	daemon_pid = fork();
	assert_int_not_equal(daemon_pid, -1);
	if (daemon_pid == 0) {
		fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0644);
		dup2(fd, STDERR_FILENO);
		dup2(fds[1], STDOUT_FILENO);
		execl(program, program, "-d", "-v", "-R", "1", "-f", conf,
		    (char *)NULL);
		perror(program);
		_exit(127);
	}
	close(fds[1]);
	while (strstr(text, "port ") == NULL || strchr(text, '\0')[-1] != '\n')
		if ((n = read(fds[0], text + len, sizeof(text) - 1 - len)) > 0)
			text[len += (size_t)n] = '\0';
		else
			fail_msg("did not start:\n%s", said());
	close(fds[0]);
	assert_non_null(p = strstr(text, "ready\n127.0.0.1 port "));
	port = (uint16_t)strtoul(strstr(p, "port ") + 5, NULL, 10);
}

static void
wait_end(int status)
{
	int got;

	assert_int_equal(waitpid(daemon_pid, &got, 0), daemon_pid);
	daemon_pid = -1;
	assert_true(WIFEXITED(got));
	assert_int_equal(WEXITSTATUS(got), status);
}

static void
stop(int status)
{
	kill(daemon_pid, SIGTERM);
	wait_end(status);
}

static void
upgrade(int times)
{
	kill(daemon_pid, SIGUSR2);
	wait_said("takes over from", times);
}

#endif /* CROWD_LAB_H */
