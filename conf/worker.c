/* SPDX-License-Identifier: ISC */
/*
 * A child's process, as its parent runs it: fork and exec of ourselves, the
 * queue of messages to it, and the back-off after it died.
 */
#include <sys/socket.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <event2/event.h>

#include "clock.h"
#include "global.h"
#include "log.h"
#include "parent.h"
#include "wire.h"
#include "xalloc.h"

#define BACKOFF_FIRST_MS 100
#define BACKOFF_LAST_MS	 30000
#define HEALTHY_MS	 60000 /* ran so long: forget the back-off */
#define NO_SLOT_MS	 50    /* one that drains was killed for it */

/* What one that works may leave unread: it asks, and does not listen. */
#define QUEUE_MAX 16384

/*
 * Of what it has asked for and does not take: it is not heard any more, until
 * it does.  A worker that was taken over shall not use up our descriptors.
 */
#define QUEUE_FDS_MAX 32

/* A whole wire_msg would be a page, most of it empty. */
struct queued_msg {
	TAILQ_ENTRY(queued_msg) entry;
	uint32_t      type;
	int	      fd; /* ours, or -1 */
	size_t	      len;
	unsigned char data[];
};

static void write_wire(evutil_socket_t fd, short what, void *arg);

struct daemon_worker *
worker_only(const struct daemon_parent *p)
{
	return TAILQ_FIRST(&p->workers);
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct daemon_worker *w = arg;

	(void)fd;
	(void)what;
	if (w->pid == -1)
		worker_start(w);
	else
		crowd_timer(w);
}

struct daemon_worker *
worker_new(struct daemon_parent *p, struct generation *g, unsigned int place)
{
	struct daemon_worker *w;

	w = xcalloc(1, sizeof(*w));
	w->parent = p;
	w->generation = generation_ref(g);
	w->place = place;
	w->pid = -1;
	w->fd = -1;
	w->backoff = BACKOFF_FIRST_MS;
	w->version = xstrdup(VERSION);
	TAILQ_INIT(&w->queue);
	w->timer = evtimer_new(p->base, on_timer, w);
	if (w->timer == NULL)
		fatalx(EX_OSERR, "out of memory");
	TAILQ_INSERT_TAIL(&p->workers, w, entry);
	return w;
}

/*
 * In the new process, between fork and exec.  Standard input is nothing;
 * output and error stay, if anybody sees them, for what a library might print
 * in distress.  Signals are the parent's business: those of a terminal, or of
 * who signals all that have our name, must not end the child under it.
 */
static void
become_child(struct daemon_parent *p, int wire)
{
	const char *name = p->daemon->name;
	sigset_t    none;
	int	    null;

	if ((null = open("/dev/null", O_RDWR)) != -1)
		dup2(null, STDIN_FILENO);
	if (null != -1 && parent_is_mute(p)) {
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
	}
	if (wire == WIRE_FD) {
		if (fcntl(WIRE_FD, F_SETFD, 0) == -1)
			_exit(EX_OSERR);
	} else if (dup2(wire, WIRE_FD) == -1)
		_exit(EX_OSERR);
	closefrom(WIRE_FD + 1);
	setpgid(0, 0);
	signal(SIGCHLD, SIG_DFL);
	signal(SIGHUP, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGUSR1, SIG_IGN);
	signal(SIGUSR2, SIG_IGN);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execl(p->program, name, "-C", VERSION, (char *)NULL);
	_exit(EX_UNAVAILABLE);
}

/*
 * A copy of the message waits; of its descriptor, too: who sent it may close
 * it before it is the message's turn.
 */
static void
enqueue(struct daemon_worker *w, const struct wire_msg *m)
{
	struct queued_msg *q;
	int		   fd = -1;

	if (w->fd == -1)
		return;
	if (m->bad)
		bug("a message that does not fit");
	if (m->fd != -1 && (fd = fcntl(m->fd, F_DUPFD_CLOEXEC, 0)) == -1) {
		log_warn("a descriptor for the child");
		worker_kill(w);
		return;
	}
	q = xcalloc(1, sizeof(*q) + m->len);
	q->type = m->type;
	q->fd = fd;
	q->len = m->len;
	memcpy(q->data, m->data, m->len);
	TAILQ_INSERT_TAIL(&w->queue, q, entry);
	w->queued++;
	w->queued_fds += fd != -1;
	event_add(w->writable, NULL);
	if (w->ready && w->queued_fds >= QUEUE_FDS_MAX && !w->full) {
		w->full = 1;
		event_del(w->readable);
	}
}

static void
dequeue(struct daemon_worker *w, struct queued_msg *q)
{
	TAILQ_REMOVE(&w->queue, q, entry);
	w->queued--;
	if (q->fd != -1) {
		w->queued_fds--;
		close(q->fd);
	}
	if (w->full && w->queued_fds < QUEUE_FDS_MAX) {
		w->full = 0;
		event_add(w->readable, NULL);
	}
	explicit_bzero(q->data, q->len); /* it may have been a key */
	free(q);
}

void
worker_send(struct daemon_worker *w, enum daemon_msg type)
{
	struct wire_msg m;

	wire_start(&m, type);
	enqueue(w, &m);
}

void
daemon_worker_send(struct daemon_worker *w, const struct wire_msg *m)
{
	if (w->leaving > DRAINS || w->gone)
		return;
	if (w->ready && w->queued >= QUEUE_MAX) {
		log_warnx("worker %ld does not read, killing it", (long)w->pid);
		worker_kill(w);
		return;
	}
	enqueue(w, m);
}

const struct conf *
daemon_worker_conf(const struct daemon_worker *w)
{
	return w->generation->conf;
}

unsigned int
daemon_worker_slot(const struct daemon_worker *w)
{
	return w->slot;
}

void
daemon_each(struct daemon_parent *p,
    void (*fn)(struct daemon_worker *, void *arg), void *arg)
{
	struct daemon_worker *w;

	TAILQ_FOREACH(w, &p->workers, entry)
		if (w->pid != -1 && strcmp(w->version, VERSION) == 0)
			fn(w, arg);
}

static void
send_piece(void *arg, const char *name, const void *bytes, size_t len)
{
	struct wire_msg m;

	wire_start(&m, MSG_TEXT);
	wire_put_string(&m, name);
	wire_put_bytes(&m, bytes, len);
	enqueue(arg, &m);
}

/* A text, in pieces, and the word to take it. */
void
worker_send_text(struct daemon_worker *w, const struct generation *g)
{
	const struct global_conf *now = global_conf(w->parent->now->conf);
	struct wire_msg		  m;

	generation_pieces(g, send_piece, w);
	wire_start(&m, MSG_COMMIT);
	wire_put_number(&m, (uint64_t)w->parent->verbose);
	wire_put_string(&m, now->user);
	wire_put_string(&m, now->state);
	enqueue(w, &m);
}

static void
send_listener(void *arg, const char *label, int fd)
{
	struct wire_msg m;

	wire_start(&m, MSG_LISTENER);
	wire_put_string(&m, label);
	m.fd = fd;
	enqueue(arg, &m);
}

static void
drop_queue(struct daemon_worker *w)
{
	struct queued_msg *q;

	while ((q = TAILQ_FIRST(&w->queue)) != NULL)
		dequeue(w, q);
}

void
worker_hang_up(struct daemon_worker *w)
{
	drop_queue(w);
	if (w->readable != NULL)
		event_free(w->readable);
	if (w->writable != NULL)
		event_free(w->writable);
	w->readable = w->writable = NULL;
	if (w->fd != -1)
		close(w->fd);
	w->fd = -1;
}

void
worker_free(struct daemon_worker *w)
{
	worker_hang_up(w);
	event_free(w->timer);
	TAILQ_REMOVE(&w->parent->workers, w, entry);
	generation_unref(w->parent, w->generation);
	free(w->version);
	free(w);
}

void
worker_timer(struct daemon_worker *w, int64_t ms)
{
	struct timeval tv;

	tv.tv_sec = (time_t)(ms / 1000);
	tv.tv_usec = (suseconds_t)(ms % 1000 * 1000);
	evtimer_add(w->timer, &tv);
}

/* Try again later, and later each time. */
static void
back_off(struct daemon_worker *w)
{
	worker_timer(w, w->backoff);
	w->backoff *= 2;
	if (w->backoff > BACKOFF_LAST_MS)
		w->backoff = BACKOFF_LAST_MS;
	w->parent->restarts++;
}

void
worker_say_hint(const struct daemon_worker *w, int status)
{
	int code = WIFSIGNALED(status) ? 0 : WEXITSTATUS(status);

	if (code == EX_PROTOCOL)
		log_warnx("the program is of another version by now: %s",
		    parent_has_crowd(w->parent) ?
			"upgrade (SIGUSR2) or restart the daemon" :
			"restart the daemon");
	if (code == EX_UNAVAILABLE)
		log_warnx("can the program still be run?");
}

/* What became of it, and what is to be done about it. */
static void
say_ended(const struct daemon_worker *w, int status)
{
	char	  who[40] = "the child";
	long long ms = w->backoff;

	if (parent_has_crowd(w->parent))
		snprintf(who, sizeof(who), "worker %ld", (long)w->was);
	if (WIFSIGNALED(status))
		log_warnx("%s died by signal %d, starting it again in %lld ms",
		    who, WTERMSIG(status), ms);
	else
		log_warnx("%s ended with status %d, starting it again in "
			  "%lld ms",
		    who, WEXITSTATUS(status), ms);
	worker_say_hint(w, status);
}

void
worker_again(struct daemon_worker *w, int status)
{
	if (clock_ms() - w->started > HEALTHY_MS)
		w->backoff = BACKOFF_FIRST_MS;
	say_ended(w, status);
	back_off(w);
}

void
worker_attach(struct daemon_worker *w, int fd)
{
	w->fd = fd;
	evutil_make_socket_nonblocking(fd);
	w->readable = event_new(w->parent->base, fd, EV_READ | EV_PERSIST,
	    worker_readable, w);
	w->writable = event_new(w->parent->base, fd, EV_WRITE, write_wire, w);
	if (w->readable == NULL || w->writable == NULL)
		fatalx(EX_OSERR, "out of memory");
	event_add(w->readable, NULL);
}

/* The process, with its end of the wire.  0, or -1 with errno. */
static int
make_process(struct daemon_worker *w)
{
	sigset_t all, was;
	int	 fds[2];

	if (wire_pair(fds) == -1)
		return -1;
	/* Our handlers would tell our own loop of the new process's signals. */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &was);
	if ((w->pid = fork()) == 0)
		become_child(w->parent, fds[1]);
	sigprocmask(SIG_SETMASK, &was, NULL);
	close(fds[1]);
	if (w->pid == -1) {
		close(fds[0]);
		return -1;
	}
	worker_attach(w, fds[0]);
	return 0;
}

void
worker_start(struct daemon_worker *w)
{
	struct daemon_parent *p = w->parent;
	struct wire_msg	      m;
	int		      slot;

	if ((slot = crowd_slot(p)) == -1) {
		worker_timer(w, NO_SLOT_MS);
		return;
	}
	w->slot = (unsigned int)slot;
	w->ready = w->asked = w->gone = 0;
	w->started = clock_ms();
	if (make_process(w) == -1) {
		log_warn("cannot start the child");
		back_off(w);
		return;
	}
	worker_send_text(w, w->generation);
	parent_listen_each(w, send_listener, w);
	if (p->daemon->hire != NULL)
		p->daemon->hire(p, w);
	wire_start(&m, MSG_START);
	wire_put_number(&m, w->slot);
	enqueue(w, &m);
}

/* 1 when all is sent, 0 when the wire is full, -1 when it will not be. */
static int
send_queued(struct daemon_worker *w)
{
	struct queued_msg *q;
	struct wire_msg	   m;
	int		   ret;

	while ((q = TAILQ_FIRST(&w->queue)) != NULL) {
		wire_start(&m, q->type);
		m.fd = q->fd;
		m.len = q->len;
		memcpy(m.data, q->data, q->len);
		ret = wire_send(w->fd, &m, MSG_DONTWAIT);
		explicit_bzero(m.data, m.len);
		if (ret == 0)
			dequeue(w, q);
		else
			return errno == EAGAIN || errno == ENOBUFS ? 0 : -1;
	}
	return 1;
}

static void
write_wire(evutil_socket_t fd, short what, void *arg)
{
	struct daemon_worker *w = arg;

	(void)fd;
	(void)what;
	switch (send_queued(w)) {
	case 1:
		return;
	case 0:
		event_add(w->writable, NULL);
		return;
	default:
		break;
	}
	/* It has hung up, or would get half of what we say. */
	if (errno != EPIPE && errno != ECONNRESET)
		log_warn("the child cannot be told");
	drop_queue(w);
	worker_kill(w);
}

int
worker_flush(struct daemon_worker *w, int64_t until)
{
	struct pollfd pfd = { .fd = w->fd, .events = POLLOUT };
	int64_t	      left;
	int	      ret;

	while (w->fd != -1 && (ret = send_queued(w)) != 1) {
		if (ret == -1)
			return 0; /* it ends: there is nothing to wait for */
		if ((left = until - clock_ms()) <= 0)
			return -1;
		(void)poll(&pfd, 1, (int)left);
	}
	return 0;
}

void
worker_kill(struct daemon_worker *w)
{
	/* Of one that was waited for, the number may be another's by now. */
	if (w->pid != -1 && !w->gone)
		kill(w->pid, SIGKILL);
}
