/* SPDX-License-Identifier: ISC */
/*
 * What a child says to its parent, to the last word.
 */
#include <sys/socket.h>
#include <sys/wait.h>

#include <errno.h>
#include <unistd.h>

#include <event2/event.h>

#include "log.h"
#include "parent.h"
#include "wire.h"

/* Messages of a dead child that are still read. */
#define LAST_WORDS 4096

static int
take_log(struct wire_msg *m)
{
	const char *text;
	uint64_t    n;

	n = wire_get_number(m);
	text = wire_get_string(m);
	if (wire_end(m) == -1 || n > LOG_LEVEL_ERROR)
		return -1;
	log_raw((enum log_level)n, text);
	return 0;
}

static int
take_ready(struct daemon_worker *w, struct wire_msg *m)
{
	if (wire_end(m) == -1)
		return -1;
	if (w->ready)
		return 0;
	w->ready = 1;
	if (parent_has_crowd(w->parent))
		crowd_ready(w);
	else
		parent_ready(w->parent);
	return 0;
}

static int
take_reloaded(struct daemon_worker *w, struct wire_msg *m)
{
	uint64_t n;

	n = wire_get_number(m);
	if (wire_end(m) == -1 || parent_has_crowd(w->parent))
		return -1;
	parent_reloaded(w->parent,
	    n == 1 ? NULL : "the child did not take the file");
	return 0;
}

static int
take_status(struct daemon_worker *w, struct wire_msg *m)
{
	const char *text;

	text = wire_get_string(m);
	if (wire_end(m) == -1)
		return -1;
	w->asked = 0;
	control_status_text(w->parent, text);
	return 0;
}

/* 0, or -1: a child of ours does not say such a thing. */
static int
handle(struct daemon_worker *w, struct wire_msg *m)
{
	const struct daemon *d = w->parent->daemon;

	if (m->type >= DAEMON_MSG_OWN && d->message != NULL)
		return d->message(w->parent, w, m);
	if (m->fd != -1)
		return -1;
	switch (m->type) {
	case MSG_LOG:
		return take_log(m);
	case MSG_READY:
		return take_ready(w, m);
	case MSG_RELOADED:
		return take_reloaded(w, m);
	case MSG_STATUS_TEXT:
		return take_status(w, m);
	default:
		return -1;
	}
}

/*
 * One message from the child.  1, 0 when there is none now, or -1 when there
 * will be none, and errno is 0 if it has hung up.
 */
static int
read_one(struct daemon_worker *w)
{
	struct wire_msg m;
	int		ret;

	switch (wire_recv(w->fd, &m, MSG_DONTWAIT)) {
	case 0:
		errno = 0;
		return -1;
	case -1:
		if (errno == EAGAIN)
			return 0;
		/* Linux, once, when what we sent stays unread. */
		return errno == ECONNRESET ? 1 : -1;
	default:
		ret = handle(w, &m);
		if (m.fd != -1)
			close(m.fd);
		if (ret == 0)
			return 1;
		errno = EBADMSG;
		return -1;
	}
}

void
worker_readable(evutil_socket_t fd, short what, void *arg)
{
	struct daemon_worker *w = arg;
	int		      i, ret;

	(void)fd;
	(void)what;
	/* A child that never pauses must not keep us from our signals. */
	for (i = 0; i < 64 && !w->full; i++) {
		if ((ret = read_one(w)) == 0)
			return;
		if (ret == 1)
			continue;
		/* Without its wire it is of no use; SIGCHLD tells the rest. */
		if (errno == EBADMSG)
			log_warnx("the child sent a message that makes no "
				  "sense, killing it");
		else if (errno != 0)
			log_warn("wire");
		event_del(w->readable);
		worker_kill(w);
		return;
	}
}

/* What it still had to say, then what became of it. */
static void
ended(struct daemon_worker *w, int status)
{
	struct daemon_parent *p = w->parent;
	int		      i;

	w->gone = 1;
	/* Somebody else might have its end of the wire: not for ever. */
	for (i = 0; i < LAST_WORDS && read_one(w) == 1; i++)
		continue;
	worker_hang_up(w);
	evtimer_del(w->timer);
	w->was = w->pid;
	w->pid = -1;
	w->ready = 0;
	if (parent_has_crowd(p))
		crowd_ended(w, status);
	else if (p->stopping || !p->was_ready)
		parent_end(p, status);
	else {
		worker_again(w, status);
		parent_reloaded(p, "the child did not take the file");
	}
}

void
workers_reap(struct daemon_parent *p)
{
	struct daemon_worker *w;
	int		      status;
	pid_t		      pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (upgrade_reaped(p, pid, status))
			continue;
		TAILQ_FOREACH(w, &p->workers, entry)
			if (w->pid == pid)
				break;
		if (w != NULL)
			ended(w, status);
	}
}
