/* SPDX-License-Identifier: ISC */
/*
 * The control socket state/run/NAME.ctl, root's alone: a line in (status,
 * reload, stop), lines out: "ok" or "error", what there is to say, and a dot.
 */
#include <sys/file.h>
#include <sys/queue.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>

#include "clock.h"
#include "global.h"
#include "line.h"
#include "log.h"
#include "parent.h"
#include "sock.h"

#define CONNS_MAX      16
#define CONN_SECONDS   10 /* for the whole conversation */
#define CHILD_SECONDS  2  /* for the child's answer */
#define RELOAD_SECONDS 8
#define LINE_IN_MAX    64

#define STATUS_LINE_MAX 256

enum waiting {
	WAITING_LINE,	/* for the command */
	WAITING_STATUS, /* for the child's lines */
	WAITING_TURN,	/* for another reload to end */
	WAITING_RELOAD, /* for the child to take the file */
	WAITING_DRAIN	/* for the client to read */
};

struct conn {
	LIST_ENTRY(conn) entry;
	struct daemon_parent *parent;
	struct bufferevent   *bev;
	struct event	     *timer;
	enum waiting	      waiting;
};

struct control {
	struct event *accepting;
	char	     *path;
	int	      fd;
	int	      lock;
	unsigned int  nconns;
	LIST_HEAD(, conn) conns;
};

static void
conn_free(struct conn *c)
{
	LIST_REMOVE(c, entry);
	c->parent->control->nconns--;
	event_free(c->timer);
	bufferevent_free(c->bev);
	free(c);
}

static void
set_timer(struct conn *c, int seconds)
{
	struct timeval tv = { .tv_sec = seconds };

	evtimer_add(c->timer, &tv);
}

/* The closing dot; the connection ends when it is read. */
static void
finish(struct conn *c)
{
	c->waiting = WAITING_DRAIN;
	evbuffer_add_printf(bufferevent_get_output(c->bev), ".\n");
	bufferevent_disable(c->bev, EV_READ);
	set_timer(c, CONN_SECONDS);
}

static void
say(struct conn *c, const char *text)
{
	evbuffer_add_printf(bufferevent_get_output(c->bev), "%s\n", text);
}

static void
own_status(struct conn *c)
{
	struct daemon_parent *p = c->parent;
	struct evbuffer	     *out = bufferevent_get_output(c->bev);

	evbuffer_add_printf(out,
	    "ok\nprogram %s\nversion %s\nfile %s\npid %ld\n", p->daemon->name,
	    VERSION, p->file, (long)getpid());
	if (!parent_has_crowd(p))
		evbuffer_add_printf(out, "child %ld\n",
		    worker_only(p) == NULL ? -1L : (long)worker_only(p)->pid);
	evbuffer_add_printf(out, "uptime %lld\nrestarts %u\nreloads %u\n",
	    (long long)(clock_ms() - p->began) / 1000, p->restarts, p->reloads);
}

/* What the parent itself does. */
static void
work_status(struct conn *c)
{
	char *text;

	if (c->parent->daemon->status == NULL ||
	    (text = c->parent->daemon->status()) == NULL)
		return;
	evbuffer_add_printf(bufferevent_get_output(c->bev), "%s", text);
	free(text);
}

static void
do_status(struct conn *c)
{
	struct daemon_worker *w = worker_only(c->parent);

	own_status(c);
	if (parent_has_crowd(c->parent))
		crowd_status(c->parent, bufferevent_get_output(c->bev));
	work_status(c);
	if (parent_has_crowd(c->parent) || c->parent->daemon->child == NULL) {
		finish(c);
		return;
	}
	if (w->pid == -1 || !w->ready) {
		say(c, "trouble the child does not run");
		finish(c);
		return;
	}
	c->waiting = WAITING_STATUS;
	if (!w->asked)
		worker_send(w, MSG_STATUS);
	w->asked = 1;
	set_timer(c, CHILD_SECONDS);
}

static void
collect(void *arg, const char *text)
{
	evbuffer_add_printf(arg, "%s\n", text);
}

static void
do_reload(struct conn *c)
{
	struct evbuffer *errors;

	if (c->parent->stopping) {
		say(c, "error the daemon stops");
		finish(c);
		return;
	}
	if ((errors = evbuffer_new()) == NULL) {
		say(c, "error out of memory");
		finish(c);
		return;
	}
	set_timer(c, RELOAD_SECONDS);
	switch (parent_reload(c->parent, collect, errors)) {
	case RELOAD_BUSY:
		c->waiting = WAITING_TURN;
		break;
	case RELOAD_BAD:
		say(c, "error the file is bad, the old one stays");
		bufferevent_write_buffer(c->bev, errors);
		finish(c);
		break;
	case RELOAD_SENT:
		c->waiting = WAITING_RELOAD;
		break;
	case RELOAD_DONE:
		say(c, "ok");
		finish(c);
		break;
	}
	evbuffer_free(errors);
}

static void
do_stop(struct conn *c)
{
	say(c, "ok");
	finish(c);
	parent_stop(c->parent);
}

static void
on_line(struct bufferevent *bev, void *arg)
{
	struct conn	*c = arg;
	struct evbuffer *in = bufferevent_get_input(bev);
	char		*line;

	if (c->waiting != WAITING_LINE)
		return;
	line = evbuffer_readln(in, NULL, EVBUFFER_EOL_LF);
	if (line == NULL) {
		if (evbuffer_get_length(in) > LINE_IN_MAX)
			conn_free(c);
		return;
	}
	if (strcmp(line, "status") == 0)
		do_status(c);
	else if (strcmp(line, "reload") == 0)
		do_reload(c);
	else if (strcmp(line, "stop") == 0)
		do_stop(c);
	else {
		say(c, "error the words are status, reload and stop");
		finish(c);
	}
	free(line);
}

static void
on_drained(struct bufferevent *bev, void *arg)
{
	struct conn *c = arg;

	(void)bev;
	if (c->waiting == WAITING_DRAIN)
		conn_free(c);
}

static void
on_event(struct bufferevent *bev, short what, void *arg)
{
	(void)bev;
	if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR))
		conn_free(arg);
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct conn *c = arg;

	(void)fd;
	(void)what;
	switch (c->waiting) {
	case WAITING_STATUS:
		say(c, "trouble the child does not answer");
		finish(c);
		break;
	case WAITING_TURN:
	case WAITING_RELOAD:
		say(c,
		    parent_has_crowd(c->parent) ?
			"error the new workers are not ready yet" :
			"error the child does not answer");
		finish(c);
		break;
	case WAITING_LINE:
	case WAITING_DRAIN:
		conn_free(c);
		break;
	}
}

static void
on_accept(evutil_socket_t fd, short what, void *arg)
{
	struct daemon_parent *p = arg;
	struct conn	     *c;
	int		      s;

	(void)what;
	if ((s = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) == -1)
		return;
	if (p->control->nconns >= CONNS_MAX ||
	    (c = calloc(1, sizeof(*c))) == NULL) {
		close(s);
		return;
	}
	c->parent = p;
	c->bev = bufferevent_socket_new(p->base, s, BEV_OPT_CLOSE_ON_FREE);
	c->timer = evtimer_new(p->base, on_timer, c);
	if (c->bev == NULL || c->timer == NULL)
		fatalx(EX_OSERR, "out of memory");
	LIST_INSERT_HEAD(&p->control->conns, c, entry);
	p->control->nconns++;
	bufferevent_setcb(c->bev, on_line, on_drained, on_event, c);
	bufferevent_setwatermark(c->bev, EV_READ, 0, 2 * LINE_IN_MAX);
	bufferevent_enable(c->bev, EV_READ | EV_WRITE);
	set_timer(c, CONN_SECONDS);
}

/*
 * One of us on a state folder.  The sockets cannot tell: of two that start at
 * once, both see a free name.  The file stays, for whoever removes a lock may
 * remove the next one's.
 */
static int
lock_folder(const char *state, const char *name)
{
	char path[PATH_MAX];
	int  fd;

	snprintf(path, sizeof(path), "%s/run/%s.lock", state, name);
	fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd == -1) {
		log_warn("%s", path);
		return -1;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) == -1) {
		if (errno == EWOULDBLOCK)
			log_warnx("%s/run: in use, another %s runs", state,
			    name);
		else
			log_warn("%s", path);
		close(fd);
		return -1;
	}
	return fd;
}

void
control_adopt(struct daemon_parent *p, int fd, int lock)
{
	struct control *ctl;
	char		path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/run/%s.ctl",
	    global_conf(p->now->conf)->state, p->daemon->name);
	if ((ctl = calloc(1, sizeof(*ctl))) == NULL)
		fatalx(EX_OSERR, "out of memory");
	LIST_INIT(&ctl->conns);
	ctl->fd = fd;
	ctl->lock = lock;
	ctl->path = strdup(path);
	ctl->accepting =
	    event_new(p->base, ctl->fd, EV_READ | EV_PERSIST, on_accept, p);
	if (ctl->path == NULL || ctl->accepting == NULL)
		fatalx(EX_OSERR, "out of memory");
	event_add(ctl->accepting, NULL);
	p->control = ctl;
}

void
control_keep(const struct daemon_parent *p, int *fd, int *lock)
{
	*fd = p->control->fd;
	*lock = p->control->lock;
}

int
control_open(struct daemon_parent *p)
{
	const char *state = global_conf(p->now->conf)->state;
	char	    path[PATH_MAX];
	int	    fd, lock;

	snprintf(path, sizeof(path), "%s/run/%s.ctl", state, p->daemon->name);
	if ((lock = lock_folder(state, p->daemon->name)) == -1)
		return -1;
	fd = sock_listen_unix(path, (uid_t)-1, (gid_t)-1, 0600);
	if (fd == -1) {
		close(lock);
		return -1;
	}
	control_adopt(p, fd, lock);
	return 0;
}

/*
 * Lines that the child wrote, for root's terminal: printable, and none of
 * them ends the answer.
 */
static void
say_foreign(struct conn *c, const char *text)
{
	char   clean[STATUS_LINE_MAX];
	size_t len;

	for (; *text != '\0'; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		line_clean(clean, sizeof(clean), text, len);
		if (strcmp(clean, ".") != 0)
			say(c, clean);
	}
}

void
control_status_text(struct daemon_parent *p, const char *text)
{
	struct conn *c;

	LIST_FOREACH(c, &p->control->conns, entry) {
		if (c->waiting != WAITING_STATUS)
			continue;
		say_foreign(c, text);
		finish(c);
	}
}

void
control_reloaded(struct daemon_parent *p, const char *why)
{
	struct evbuffer *out;
	struct conn	*c;

	LIST_FOREACH(c, &p->control->conns, entry) {
		if (c->waiting != WAITING_RELOAD)
			continue;
		out = bufferevent_get_output(c->bev);
		if (why == NULL)
			evbuffer_add_printf(out, "ok\n");
		else
			evbuffer_add_printf(out, "error %s\n", why);
		finish(c);
	}
}

/* Their file may be another one by now: each gets its own answer. */
void
control_turn(struct daemon_parent *p)
{
	struct conn *c;

	LIST_FOREACH(c, &p->control->conns, entry) {
		if (c->waiting == WAITING_TURN)
			do_reload(c);
	}
}

/* What was said last, to whoever asked us to stop say, still goes out. */
static void
say_rest(struct conn *c)
{
	struct evbuffer *out = bufferevent_get_output(c->bev);

	evbuffer_unfreeze(out, 1);
	(void)evbuffer_write(out, bufferevent_getfd(c->bev));
	evbuffer_freeze(out, 1);
}

void
control_leave(struct daemon_parent *p)
{
	struct conn *c;

	LIST_FOREACH(c, &p->control->conns, entry) {
		if (c->waiting == WAITING_TURN) {
			say(c,
			    "error an upgrade is under way: it reads the "
			    "file, too");
			finish(c);
		}
		say_rest(c);
	}
}

void
control_close(struct daemon_parent *p)
{
	struct control *ctl = p->control;
	struct conn    *c;

	if (ctl == NULL)
		return;
	while ((c = LIST_FIRST(&ctl->conns)) != NULL) {
		say_rest(c);
		conn_free(c);
	}
	event_free(ctl->accepting);
	close(ctl->fd);
	unlink(ctl->path);
	close(ctl->lock); /* now another one may start */
	free(ctl->path);
	free(ctl);
	p->control = NULL;
}
