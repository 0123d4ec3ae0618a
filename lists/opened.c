/* SPDX-License-Identifier: ISC */
#include "opened.h"

#include <sys/stat.h>

#include <event2/event.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon.h"
#include "jobs.h"
#include "log.h"
#include "stamp.h"
#include "wire.h"
#include "xalloc.h"

/* What was there when we last looked, for each file of each job. */
struct seen {
	struct stamp stamp;
	int	     said; /* that it is not there */
};

struct opened {
	struct daemon_parent *parent;
	struct event	     *timer;
	struct jobs	     *jobs;
	struct seen (*seen)[JOB_FILES];
};

static void
message(struct wire_msg *m, const struct job *job, enum job_file which)
{
	wire_start(m, OPENED_MESSAGE);
	wire_put_string(m, job->name);
	wire_put_number(m, which);
	m->fd = job->fd[which];
}

static void
tell_one(struct daemon_worker *w, void *arg)
{
	daemon_worker_send(w, arg);
}

/* 1 if it is another one now, or gone. */
static int
look_at(struct job *job, struct seen *seen, enum job_file which)
{
	const char  *path = job_path(job->source, which);
	struct stamp is;
	struct stat  st;
	char	     why[128];
	int	     fd, was = job->fd[which];

	stamp_at(&is, AT_FDCWD, path, 0);
	if (was != -1 && stamp_equal(&is, &seen->stamp))
		return 0;
	if (was != -1)
		close(was);
	job->fd[which] = fd = job_open(path, why, sizeof(why));
	/* What was opened may be newer than what was looked at. */
	if (fd != -1 && fstat(fd, &st) == 0)
		stamp_of(&is, &st);
	seen->stamp = is;
	if (fd == -1 && !seen->said)
		log_warnx("list %s: %s: %s", job->list->name, path, why);
	seen->said = fd == -1;
	return was != -1 || fd != -1;
}

static void
look(struct opened *o, int tell)
{
	struct wire_msg m;
	struct job     *job;
	size_t		i;
	int		f;

	for (i = 0; i < o->jobs->n; i++) {
		job = &o->jobs->list[i];
		for (f = 0; f < JOB_FILES; f++) {
			if (job_path(job->source, (enum job_file)f) == NULL ||
			    !look_at(job, &o->seen[i][f], (enum job_file)f) ||
			    !tell)
				continue;
			message(&m, job, (enum job_file)f);
			daemon_each(o->parent, tell_one, &m);
		}
	}
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	look(arg, 1);
}

static void
use(struct opened *o, const struct conf *conf)
{
	jobs_free(o->jobs);
	free(o->seen);
	o->jobs = jobs_new(conf);
	o->seen = xcalloc(o->jobs->n + 1, sizeof(*o->seen));
}

struct opened *
opened_new(struct daemon_parent *parent, const struct conf *conf)
{
	static const struct timeval tv = { .tv_sec = OPENED_SECONDS };
	struct opened		   *o = xcalloc(1, sizeof(*o));

	o->parent = parent;
	use(o, conf);
	look(o, 0);
	o->timer = event_new(daemon_base(parent), -1, EV_PERSIST, on_timer, o);
	if (o->timer == NULL || event_add(o->timer, &tv) == -1)
		fatalx(EX_OSERR, "no timer");
	return o;
}

void
opened_free(struct opened *o)
{
	if (o == NULL)
		return;
	event_free(o->timer);
	jobs_free(o->jobs);
	free(o->seen);
	free(o);
}

void
opened_use(struct opened *o, const struct conf *conf)
{
	use(o, conf);
	look(o, 1);
}

void
opened_hire(struct opened *o, struct daemon_worker *w)
{
	struct wire_msg	  m;
	const struct job *job;
	size_t		  i;
	int		  f;

	for (i = 0; i < o->jobs->n; i++) {
		job = &o->jobs->list[i];
		for (f = 0; f < JOB_FILES; f++) {
			if (job->fd[f] == -1)
				continue;
			message(&m, job, (enum job_file)f);
			daemon_worker_send(w, &m);
		}
	}
}
