/* SPDX-License-Identifier: ISC */
/*
 * SIGUSR2: is the program on disk good for the file?  It is run to say so,
 * while the workers are served as ever.  Then it is run in our place.
 */
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <event2/event.h>

#include "clock.h"
#include "kept.h"
#include "log.h"
#include "parent.h"
#include "shared.h"
#include "xalloc.h"

#define CHECK_SECONDS 10
#define FLUSH_MS      1000 /* for what workers have not read yet */
#define OUTPUT_MAX    2000 /* of what the check prints */
#define READS	      16   /* of it at once: as much as a pipe has */

extern char **environ;

struct upgrade {
	pid_t	      pid;
	int	      fd; /* what it prints */
	struct event *readable;
	struct event *timer;
	char	      output[OUTPUT_MAX];
	size_t	      len;
};

static void
read_output(evutil_socket_t fd, short what, void *arg)
{
	struct upgrade *u = arg;
	char		more[4096];
	ssize_t		n = 1;
	int		i;

	(void)what;
	/* One that prints without end must not keep us: time will kill it. */
	for (i = 0; i < READS && n > 0; i++) {
		if ((n = read(fd, more, sizeof(more))) <= 0)
			break;
		if ((size_t)n > sizeof(u->output) - u->len)
			n = (ssize_t)(sizeof(u->output) - u->len);
		memcpy(u->output + u->len, more, (size_t)n);
		u->len += (size_t)n;
	}
	if (n == 0 || (n == -1 && errno != EAGAIN && errno != EINTR))
		event_del(u->readable);
}

static void
too_long(evutil_socket_t fd, short what, void *arg)
{
	struct upgrade *u = arg;

	(void)fd;
	(void)what;
	log_warnx("upgrade: the new program takes too long to check the file");
	kill(-u->pid, SIGKILL);
}

/* posix_spawn(3), for vfork: the parent may be large by now. */
static int
spawn_check(struct daemon_parent *p, pid_t *pid, int output)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t	   attr;
	sigset_t		   all, none;
	char  n[] = "-n", u[] = "-U", f[] = "-f", number[16];
	char *argv[] = { p->program, n, u, number, f, p->file, NULL };
	int   error;

	snprintf(number, sizeof(number), "%d", UPGRADE_FORMAT);
	sigfillset(&all);
	sigemptyset(&none);
	if (posix_spawn_file_actions_init(&actions) != 0 ||
	    posix_spawnattr_init(&attr) != 0)
		fatalx(EX_OSERR, "out of memory");
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
	    O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
	posix_spawnattr_setflags(&attr,
	    POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
		POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setsigdefault(&attr, &all);
	posix_spawnattr_setsigmask(&attr, &none);
	error = posix_spawn(pid, p->program, &actions, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	errno = error;
	return error == 0 ? 0 : -1;
}

void
upgrade_free(struct daemon_parent *p)
{
	struct upgrade *u = p->upgrade;

	if (u == NULL)
		return;
	p->upgrade = NULL;
	if (u->pid != -1) {
		kill(-u->pid, SIGKILL);
		waitpid(u->pid, NULL, 0);
	}
	if (u->readable != NULL)
		event_free(u->readable);
	if (u->timer != NULL)
		event_free(u->timer);
	close(u->fd);
	free(u);
}

void
upgrade_try(struct daemon_parent *p)
{
	struct timeval	tv = { .tv_sec = CHECK_SECONDS };
	struct upgrade *u;
	int		fds[2];

	if (p->stopping || p->upgrade != NULL)
		return;
	if (p->next != NULL || !p->was_ready) {
		p->upgrade_again = 1;
		return;
	}
	log_info("upgrade: checking %s", p->program);
	if (pipe2(fds, O_CLOEXEC) == -1) {
		log_warn("upgrade: pipe");
		return;
	}
	(void)fcntl(fds[0], F_SETFL, O_NONBLOCK);
	p->upgrade = u = xcalloc(1, sizeof(*u));
	u->fd = fds[0];
	u->pid = -1;
	if (spawn_check(p, &u->pid, fds[1]) == -1) {
		log_warn("upgrade: %s", p->program);
		u->pid = -1;
		close(fds[1]);
		upgrade_free(p);
		return;
	}
	close(fds[1]);
	u->readable =
	    event_new(p->base, u->fd, EV_READ | EV_PERSIST, read_output, u);
	u->timer = evtimer_new(p->base, too_long, u);
	if (u->readable == NULL || u->timer == NULL)
		fatalx(EX_OSERR, "out of memory");
	event_add(u->readable, NULL);
	evtimer_add(u->timer, &tv);
}

/* The new program starts another in its place. */
static void
give_up_on(struct daemon_worker *w)
{
	w->leaving = KILLED;
	w->patience = clock_ms() + FLUSH_MS;
	worker_kill(w);
}

/*
 * A worker that is not ready yet would need the rest of its file from us: it
 * ends.  What the others have been told must be on its way.  One that does not
 * read, whatever for, must not keep us from what may mend it.
 */
static void
settle_workers(struct daemon_parent *p)
{
	struct daemon_worker *w;
	int64_t		      until = clock_ms() + FLUSH_MS;

	TAILQ_FOREACH(w, &p->workers, entry) {
		if (w->pid == -1)
			continue;
		if (!w->ready && w->leaving == STAYS)
			give_up_on(w);
		else if (w->leaving != KILLED && worker_flush(w, until) == -1) {
			log_warnx("upgrade: worker %ld does not read, "
				  "killing it",
			    (long)w->pid);
			give_up_on(w);
		}
	}
}

/* Comes back only if that failed, with errno. */
static void
run_new(const struct daemon_parent *p, int fd)
{
	char  u[] = "-U", d[] = "-d", v[] = "-v", f[] = "-f", number[16];
	char *argv[8];
	int   n = 0;

	snprintf(number, sizeof(number), "%d", fd);
	argv[n++] = p->program;
	argv[n++] = u;
	argv[n++] = number;
	if (p->foreground)
		argv[n++] = d;
	if (p->verbose)
		argv[n++] = v;
	argv[n++] = f;
	argv[n++] = p->file;
	argv[n] = NULL;
	execv(p->program, argv);
}

/* Comes back only if we stay who we are. */
static void
take_over(struct daemon_parent *p)
{
	struct kept *k;
	sigset_t     all, was;
	int	     fd, saved;

	settle_workers(p);
	control_leave(p);
	p->kept = k = kept_new();
	resume_write(p, k);
	p->kept = NULL;
	/* What cannot be read there would be the end of us. */
	if (kept_size(k) > KEPT_MAX) {
		log_warnx("upgrade: %zu bytes to hand over are too many",
		    kept_size(k));
		kept_free(k);
		return;
	}
	if ((fd = shared_make(kept_size(k))) == -1) {
		kept_free(k);
		return;
	}
	/* A signal that comes now waits until the new program looks for it. */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &was);
	if (kept_write(k, fd) == 0 && lseek(fd, 0, SEEK_SET) == 0 &&
	    kept_inherit(k, 1) == 0 && fcntl(fd, F_SETFD, 0) == 0)
		run_new(p, fd);
	saved = errno;
	(void)kept_inherit(k, 0);
	sigprocmask(SIG_SETMASK, &was, NULL);
	errno = saved;
	log_warn("upgrade: %s", p->program);
	close(fd);
	kept_free(k);
}

static void
say_output(const struct upgrade *u)
{
	char   line[200];
	size_t i, len;

	for (i = 0; i < u->len; i += len + 1) {
		for (len = 0; i + len < u->len; len++)
			if (u->output[i + len] == '\n')
				break;
		snprintf(line, sizeof(line), "%.*s", (int)len, u->output + i);
		log_warnx("upgrade: %s", line);
	}
}

int
upgrade_reaped(struct daemon_parent *p, pid_t pid, int status)
{
	struct upgrade *u = p->upgrade;
	int		good;

	if (u == NULL || u->pid != pid)
		return 0;
	u->pid = -1;
	good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	read_output(u->fd, EV_READ, u);
	if (!good)
		say_output(u);
	if (WIFSIGNALED(status))
		log_warnx("upgrade: the check died by signal %d",
		    WTERMSIG(status));
	else if (!good)
		log_warnx("upgrade: the check ended with status %d",
		    WEXITSTATUS(status));
	upgrade_free(p);
	if (good && !p->stopping)
		take_over(p);
	crowd_fill(p);
	log_warnx("upgrade: going on as we are");
	parent_next_turn(p);
	return 1;
}
