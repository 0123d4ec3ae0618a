/* SPDX-License-Identifier: ISC */
#include "tool.h"

#include <sys/types.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clock.h"
#include "line.h"

enum {
	TO_CHILD,
	FROM_OUT,
	FROM_ERR,
	STREAMS
};

/* One child and our ends of its streams; -1 when closed. */
struct child {
	pid_t	     pid;
	int	     fd[STREAMS];
	const char  *in;
	size_t	     inlen;
	char	     err[TOOL_ERR_LEN];
	size_t	     errlen, room;
	int64_t	     deadline;
	struct tool *s;
};

#define INHERITED 256

/* What our own caller left open is no business of another program. */
static void
keep_to_ourselves(void)
{
	int fd, flags;

	for (fd = STREAMS; fd < INHERITED; fd++) {
		flags = fcntl(fd, F_GETFD);
		if (flags != -1 && (flags & FD_CLOEXEC) == 0)
			(void)fcntl(fd, F_SETFD, flags | FD_CLOEXEC);
	}
}

static void
shut(int *fd)
{
	if (*fd != -1)
		close(*fd);
	*fd = -1;
}

/*
 * Sockets, not pipes: send(2) can be told to make no SIGPIPE when a child
 * does not read all of its input.
 */
static int
open_streams(struct child *c, int theirs[STREAMS])
{
	int i, pair[2], ret = 0;

	for (i = 0; i < STREAMS; i++)
		c->fd[i] = theirs[i] = -1;
	for (i = 0; i < STREAMS && ret == 0; i++) {
		ret = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair);
		if (ret == -1)
			break;
		c->fd[i] = pair[0];
		/* Below 3 one stream's end would be overwritten by another. */
		theirs[i] = pair[1];
		if (pair[1] < STREAMS) {
			theirs[i] = fcntl(pair[1], F_DUPFD_CLOEXEC, STREAMS);
			close(pair[1]);
			if (theirs[i] == -1)
				return -1;
		}
		ret = fcntl(pair[0], F_SETFL, O_NONBLOCK);
	}
	return ret;
}

static int
start(struct child *c, const char *const argv[], const int theirs[STREAMS])
{
	static char	 path[] = "PATH=/usr/bin:/bin:/usr/sbin:/sbin";
	static char	 locale[] = "LC_ALL=C";
	static const int caught[] = { SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGALRM,
		SIGTERM, SIGCHLD, SIGUSR1, SIGUSR2 };
	char *const	 env[] = { path, locale, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t	   attr;
	sigset_t		   none, ours;
	char			 **args;
	int			   error, i;

	sigemptyset(&none);
	sigemptyset(&ours);
	for (i = 0; i < (int)(sizeof(caught) / sizeof(caught[0])); i++)
		sigaddset(&ours, caught[i]);
	if ((error = posix_spawn_file_actions_init(&actions)) != 0)
		return error;
	if ((error = posix_spawnattr_init(&attr)) != 0) {
		posix_spawn_file_actions_destroy(&actions);
		return error;
	}
	/* A group of its own: a ^C must not stop it half-way. */
	error = posix_spawnattr_setflags(&attr,
	    POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
		POSIX_SPAWN_SETSIGDEF);
	if (error == 0)
		error = posix_spawnattr_setpgroup(&attr, 0);
	if (error == 0)
		error = posix_spawnattr_setsigmask(&attr, &none);
	if (error == 0)
		error = posix_spawnattr_setsigdefault(&attr, &ours);
	for (i = 0; i < STREAMS && error == 0; i++)
		error =
		    posix_spawn_file_actions_adddup2(&actions, theirs[i], i);
	memcpy(&args, &argv, sizeof(args)); /* posix_spawn(3) lacks a const */
	if (error == 0)
		error =
		    posix_spawn(&c->pid, argv[0], &actions, &attr, args, env);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

static void
feed(struct child *c)
{
	ssize_t n;

	n = send(c->fd[TO_CHILD], c->in, c->inlen, MSG_NOSIGNAL);
	if (n == -1) {
		if (errno != EAGAIN && errno != EINTR)
			shut(&c->fd[TO_CHILD]);
		return;
	}
	c->in += n;
	c->inlen -= (size_t)n;
	if (c->inlen == 0)
		shut(&c->fd[TO_CHILD]);
}

/* 0, or -1 if it was too much or memory is out; end says which. */
static int
keep(struct child *c, const char *data, size_t len)
{
	struct tool *s = c->s;
	char	    *grown;

	if (len > TOOL_OUT_MAX - s->outlen) {
		s->end = TOOL_FLOODED;
		return -1;
	}
	if (s->outlen + len >= c->room) {
		grown = realloc(s->out, (s->outlen + len + 1) * 2);
		if (grown == NULL) {
			s->end = TOOL_SYSTEM;
			s->code = ENOMEM;
			return -1;
		}
		s->out = grown;
		c->room = (s->outlen + len + 1) * 2;
	}
	memcpy(s->out + s->outlen, data, len);
	s->outlen += len;
	s->out[s->outlen] = '\0';
	return 0;
}

static int
listen_to(struct child *c, int stream)
{
	char	buf[16384];
	ssize_t n;
	size_t	room;

	n = read(c->fd[stream], buf, sizeof(buf));
	if (n == -1 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n <= 0) {
		shut(&c->fd[stream]);
		return 0;
	}
	if (stream == FROM_OUT)
		return keep(c, buf, (size_t)n);
	room = sizeof(c->err) - c->errlen;
	if ((size_t)n < room)
		room = (size_t)n;
	memcpy(c->err + c->errlen, buf, room);
	c->errlen += room;
	return 0;
}

/* Write and read at once, until it has closed both.  0, or -1 to kill it. */
static int
talk(struct child *c)
{
	struct pollfd pfd[STREAMS];
	int64_t	      left;
	int	      i;

	if (c->inlen == 0)
		shut(&c->fd[TO_CHILD]);
	while (c->fd[FROM_OUT] != -1 || c->fd[FROM_ERR] != -1) {
		if ((left = c->deadline - clock_ms()) <= 0) {
			c->s->end = TOOL_HUNG;
			return -1;
		}
		for (i = 0; i < STREAMS; i++) {
			pfd[i].fd = c->fd[i];
			pfd[i].events = i == TO_CHILD ? POLLOUT : POLLIN;
			pfd[i].revents = 0;
		}
		if (poll(pfd, STREAMS, (int)left) == -1 && errno != EINTR) {
			c->s->end = TOOL_SYSTEM;
			c->s->code = errno;
			return -1;
		}
		if (pfd[TO_CHILD].revents != 0)
			feed(c);
		for (i = FROM_OUT; i <= FROM_ERR; i++) {
			if (pfd[i].revents != 0 && listen_to(c, i) == -1)
				return -1;
		}
	}
	return 0;
}

/* It has closed its streams, so its end is near; or it hangs even so. */
static int
wait_for(struct child *c, int *status)
{
	static const struct timespec pause = { 0, 1000000 };
	pid_t			     pid;

	for (;;) {
		pid = waitpid(c->pid, status, WNOHANG);
		if (pid == c->pid)
			return 0;
		if (pid == -1 && errno != EINTR) {
			c->s->end = TOOL_SYSTEM;
			c->s->code = errno;
			return -1;
		}
		if (clock_ms() >= c->deadline) {
			c->s->end = TOOL_HUNG;
			return -1;
		}
		nanosleep(&pause, NULL);
	}
}

static void
finish(struct child *c, int status)
{
	if (WIFSIGNALED(status)) {
		c->s->end = TOOL_DIED;
		c->s->code = WTERMSIG(status);
	} else {
		c->s->end = TOOL_EXITED;
		c->s->code = WEXITSTATUS(status);
	}
}

static void
clean_err(struct child *c)
{
	size_t i, len = c->errlen;

	while (len > 0 && (c->err[len - 1] == '\n' || c->err[len - 1] == ' '))
		len--;
	for (i = 0; i < len; i++) {
		if (c->err[i] == '\n')
			c->err[i] = ' ';
	}
	line_clean(c->s->err, sizeof(c->s->err), c->err, len);
}

void
tool_run(struct tool *s, const char *const argv[], const char *in, size_t inlen)
{
	struct child c = { .in = in, .inlen = inlen, .s = s };
	int	     error, i, status, theirs[STREAMS];

	memset(s, 0, sizeof(*s));
	keep_to_ourselves();
	c.deadline = clock_ms() + TOOL_SECONDS * 1000;
	error = open_streams(&c, theirs) == -1 || keep(&c, "", 0) == -1 ?
	    errno :
	    start(&c, argv, theirs);
	for (i = 0; i < STREAMS; i++)
		shut(&theirs[i]);
	if (error != 0) {
		s->end = error == ENOENT || error == EACCES ? TOOL_MISSING :
							      TOOL_SYSTEM;
		s->code = error;
	} else if (talk(&c) == 0 && wait_for(&c, &status) == 0)
		finish(&c, status);
	else {
		kill(-c.pid, SIGKILL);
		while (waitpid(c.pid, &status, 0) == -1 && errno == EINTR)
			continue;
	}
	for (i = 0; i < STREAMS; i++)
		shut(&c.fd[i]);
	clean_err(&c);
}

void
tool_free(struct tool *s)
{
	free(s->out);
	s->out = NULL;
	s->outlen = 0;
}
