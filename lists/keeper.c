/* SPDX-License-Identifier: ISC */
#include "keeper.h"

#include <sys/wait.h>

#include <errno.h>
#include <event2/event.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "jobs.h"
#include "log.h"
#include "opened.h"
#include "wire.h"

#define TICK_SECONDS 1
#define LATER	     60	       /* seconds, after a process failed */
#define LOOK_AGAIN   60	       /* somebody may have run a round by hand */
#define STALE_LOOK   (60 * 60) /* seconds */
#define TIDY	     (ROUND_FAILED + 1) /* the exit status of tidying */

/*
 * Files do not wait for servers, which may take as long as "timeout" says: a
 * process for the one kind, and one for the other.
 */
enum kind {
	URLS,
	FILES, /* and tidying */
	KINDS
};

struct process {
	pid_t pid; /* -1: none */
	int   given_up;
	char  running[SOURCE_NAME_LEN]; /* "": tidying */
};

struct keeper {
	const struct folder *folder;
	struct jobs	    *jobs;
	struct event	    *timer;
	struct event	    *child; /* SIGCHLD */
	struct process	     processes[KINDS];
	void (*first)(void *arg);
	void		   *first_arg;
	int		    untidy; /* the file is new */
	int64_t		    looked; /* for stale ones */
	struct keeper_stats stats;
};

/* When to look at it again: not before it is due, nor much later than now. */
static void
schedule(struct keeper *k, struct job *job, int64_t now)
{
	int64_t due = 0;

	if (job->source->url != NULL)
		due = round_due(job->source, k->folder, job->name);
	job->due = due > now + LOOK_AGAIN ? now + LOOK_AGAIN : due;
}

/* For the figures.  What is stale is said by the round that had no answer. */
static void
count_stale(struct keeper *k, int64_t now)
{
	struct meta meta;
	size_t	    i, stale = 0, trouble = 0;

	for (i = 0; i < k->jobs->n; i++) {
		const struct job *job = &k->jobs->list[i];

		if (source_read_meta(k->folder, job->name, &meta) == -1)
			continue;
		trouble += meta.held || meta.why[0] != '\0';
		stale +=
		    source_is_stale(job->list, job->source, &meta, now) != 0;
	}
	k->stats.stale = stale;
	k->stats.trouble = trouble;
	k->looked = now;
}

/*
 * job NULL: tidy up.  The new process has this loop, but never runs it; its
 * lines go to the parent over the same wire.
 */
static void
start(struct keeper *k, struct process *p, struct job *job)
{
	sigset_t all, was;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &was);
	p->pid = fork();
	if (p->pid == 0) {
		signal(SIGCHLD, SIG_DFL);
		sigprocmask(SIG_SETMASK, &was, NULL);
		if (k->first != NULL)
			k->first(k->first_arg);
		if (job == NULL) {
			jobs_tidy(k->jobs, k->folder);
			_exit(TIDY);
		}
		_exit((int)job_run(job, k->folder, 0, clock_now()));
	}
	sigprocmask(SIG_SETMASK, &was, NULL);
	if (p->pid == -1) {
		log_warn("lists: cannot start a process");
		if (job != NULL)
			job->due = clock_now() + LATER;
		return;
	}
	p->given_up = 0;
	strlcpy(p->running, job != NULL ? job->name : "", sizeof(p->running));
	if (job == NULL)
		k->untidy = 0;
	else
		job->changed = 0;
}

/* What a round has not renamed yet is as if it had not begun. */
static void
give_up(struct process *p)
{
	if (p->pid == -1)
		return;
	p->given_up = 1;
	kill(p->pid, SIGKILL);
}

static void
count(struct keeper *k, int status)
{
	k->stats.rounds++;
	switch (WIFEXITED(status) ? WEXITSTATUS(status) : ROUND_FAILED) {
	case ROUND_NEW:
		k->stats.news++;
		break;
	case ROUND_HELD:
		k->stats.held++;
		break;
	case ROUND_SAME:
	case ROUND_EARLY:
		break;
	default:
		k->stats.failed++;
		break;
	}
}

static void
ended(struct keeper *k, struct process *p, int status)
{
	struct job *job;
	int64_t	    now = clock_now();

	p->pid = -1;
	if (!WIFEXITED(status) && !p->given_up)
		log_warnx("lists: the round of %s died by signal %d",
		    p->running[0] != '\0' ? p->running : "tidying",
		    WTERMSIG(status));
	if (p->running[0] == '\0')
		return;
	if (!p->given_up)
		count(k, status);
	k->looked = 0; /* the figures follow */
	if ((job = jobs_find(k->jobs, p->running)) == NULL)
		return; /* the file does not name it any more */
	schedule(k, job, now);
	/* Not again at once, whatever went wrong with the process. */
	if (!p->given_up && (!WIFEXITED(status) || job->due <= now))
		job->due = now + LATER;
	/* A file that could not be used now (a full disk, say) later. */
	if (job->source->file != NULL && !job->changed)
		job->changed =
		    !WIFEXITED(status) || WEXITSTATUS(status) == ROUND_FAILED;
}

static void
on_child(evutil_socket_t sig, short what, void *arg)
{
	struct keeper *k = arg;
	size_t	       i;
	int	       status;
	pid_t	       pid;

	(void)sig;
	(void)what;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (i = 0; i < KINDS; i++) {
			if (k->processes[i].pid == pid)
				ended(k, &k->processes[i], status);
		}
	}
}

static int
wants(const struct job *job, int64_t now)
{
	if (job->source->file != NULL)
		return job->changed && job->due <= now;
	return job->due <= now;
}

/* It is its turn, if it is due. */
static void
turn(struct keeper *k, struct job *job, int64_t now)
{
	struct process *p;

	p = &k->processes[job->source->url != NULL ? URLS : FILES];
	if (p->pid != -1)
		return;
	/* A clock that was set back must not keep a list old. */
	if (job->due > now + LOOK_AGAIN)
		schedule(k, job, now);
	if (!wants(job, now))
		return;
	/* Due by our memory; by the folder's, too? */
	if (job->source->url != NULL) {
		schedule(k, job, now);
		if (job->due > now)
			return;
	}
	start(k, p, job);
}

static void
tick(evutil_socket_t fd, short what, void *arg)
{
	struct keeper *k = arg;
	int64_t	       now = clock_now();
	size_t	       i;

	(void)fd;
	(void)what;
	if (now - k->looked >= STALE_LOOK || now < k->looked)
		count_stale(k, now);
	for (i = 0; i < k->jobs->n && !k->untidy; i++)
		turn(k, &k->jobs->list[i], now);
	/* A round by the former file would undo what tidying does. */
	if (k->untidy && k->processes[URLS].pid == -1 &&
	    k->processes[FILES].pid == -1)
		start(k, &k->processes[FILES], NULL);
}

/* What works by the former file shall not be waited for. */
static void
use(struct keeper *k, const struct conf *conf)
{
	struct jobs *jobs = jobs_new(conf);
	size_t	     i;

	if (k->jobs != NULL)
		jobs_inherit(jobs, k->jobs);
	jobs_free(k->jobs);
	k->jobs = jobs;
	k->stats.sources = jobs->n;
	k->untidy = 1;
	k->looked = 0;
	for (i = 0; i < KINDS; i++)
		give_up(&k->processes[i]);
}

struct keeper *
keeper_new(struct event_base *base, const struct folder *folder,
    const struct conf *conf)
{
	static const struct timeval tv = { .tv_sec = TICK_SECONDS };
	struct keeper		   *k;
	size_t			    i;

	if ((k = calloc(1, sizeof(*k))) == NULL)
		return NULL;
	k->folder = folder;
	for (i = 0; i < KINDS; i++)
		k->processes[i].pid = -1;
	use(k, conf);
	k->timer = event_new(base, -1, EV_PERSIST, tick, k);
	k->child = evsignal_new(base, SIGCHLD, on_child, k);
	if (k->timer == NULL || k->child == NULL ||
	    event_add(k->timer, &tv) == -1 || event_add(k->child, NULL) == -1) {
		keeper_free(k);
		return NULL;
	}
	event_active(k->timer, EV_TIMEOUT, 1);
	return k;
}

void
keeper_free(struct keeper *k)
{
	size_t i;

	if (k == NULL)
		return;
	for (i = 0; i < KINDS; i++) {
		give_up(&k->processes[i]);
		if (k->processes[i].pid != -1)
			waitpid(k->processes[i].pid, NULL, 0);
	}
	if (k->timer != NULL)
		event_free(k->timer);
	if (k->child != NULL)
		event_free(k->child);
	jobs_free(k->jobs);
	free(k);
}

void
keeper_first(struct keeper *k, void (*fn)(void *arg), void *arg)
{
	k->first = fn;
	k->first_arg = arg;
}

void
keeper_use(struct keeper *k, const struct conf *conf)
{
	use(k, conf);
}

int
keeper_message(struct keeper *k, struct wire_msg *m)
{
	const char *name;
	struct job *job;
	uint64_t    which;

	name = wire_get_string(m);
	which = wire_get_number(m);
	if (wire_end(m) == -1 || which >= JOB_FILES)
		return -1;
	/* A file of the next configuration may come a moment early. */
	if ((job = jobs_find(k->jobs, name)) == NULL)
		return 0;
	if (job->fd[which] != -1)
		close(job->fd[which]);
	job->fd[which] = m->fd;
	m->fd = -1;
	if (which == JOB_FILE) {
		job->changed = job->fd[which] != -1;
		job->due = 0;
	}
	return 0;
}

void
keeper_stats(const struct keeper *k, struct keeper_stats *s)
{
	*s = k->stats;
}
