/* SPDX-License-Identifier: ISC */
/*
 * The child's process, as its parent runs it: fork and exec of ourselves,
 * the queue of messages to it, the messages from it, and the back-off after
 * it died.
 */
#include <sys/socket.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <event2/event.h>

#include "clock.h"
#include "global.h"
#include "log.h"
#include "parent.h"
#include "text.h"
#include "wire.h"
#include "xalloc.h"

#define BACKOFF_FIRST_MS 100
#define BACKOFF_LAST_MS	 30000
#define HEALTHY_MS	 60000 /* ran so long: forget the back-off */

/* Bytes of file in one message, beside a name of TEXT_NAME_MAX. */
#define TEXT_PIECE (WIRE_MAX - TEXT_NAME_MAX - 32)

/* Messages of a dead child that are still read. */
#define LAST_WORDS 4096

static void read_wire(evutil_socket_t fd, short what, void *arg);
static void write_wire(evutil_socket_t fd, short what, void *arg);

static void
start_again(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	worker_start(arg);
}

void
worker_init(struct daemon_parent *p)
{
	struct worker *w = &p->worker;

	w->pid = -1;
	w->fd = -1;
	w->backoff = BACKOFF_FIRST_MS;
	TAILQ_INIT(&w->queue);
	w->restart = evtimer_new(p->base, start_again, p);
	if (w->restart == NULL)
		fatalx(EX_OSERR, "out of memory");
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
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execl(p->program, name, "-C", VERSION, (char *)NULL);
	_exit(EX_UNAVAILABLE);
}

static void
enqueue(struct daemon_parent *p, const struct wire_msg *m)
{
	struct queued_msg *q;

	q = xcalloc(1, sizeof(*q));
	q->msg = xcalloc(1, sizeof(*q->msg));
	*q->msg = *m;
	TAILQ_INSERT_TAIL(&p->worker.queue, q, entry);
	event_add(p->worker.writable, NULL);
}

static void
dequeue(struct worker *w, struct queued_msg *q)
{
	TAILQ_REMOVE(&w->queue, q, entry);
	free(q->msg);
	free(q);
}

void
worker_send(struct daemon_parent *p, enum daemon_msg type)
{
	struct wire_msg m;

	if (p->worker.fd == -1)
		return;
	wire_start(&m, type);
	enqueue(p, &m);
}

/* A text, in pieces, and the word to take it. */
void
worker_send_text(struct daemon_parent *p, const struct conf_text *text)
{
	const struct global_conf *g = global_conf(p->conf);
	struct wire_msg		  m;
	const char		 *data, *name;
	size_t			  i, off, len, piece;

	if (p->worker.fd == -1)
		return;
	for (i = 0; i < conf_text_count(text); i++) {
		data = conf_text_file(text, i, &name, &len);
		off = 0;
		do {
			piece = len - off;
			if (piece > TEXT_PIECE)
				piece = TEXT_PIECE;
			wire_start(&m, MSG_TEXT);
			wire_put_string(&m, name);
			wire_put_bytes(&m, data + off, piece);
			enqueue(p, &m);
			off += piece;
		} while (off < len);
	}
	wire_start(&m, MSG_COMMIT);
	wire_put_number(&m, (uint64_t)p->verbose);
	wire_put_string(&m, g->user);
	wire_put_string(&m, g->state);
	enqueue(p, &m);
}

static void
send_listeners(struct daemon_parent *p)
{
	struct wire_msg m;
	size_t		i;

	for (i = 0; i < p->nlisteners; i++) {
		wire_start(&m, MSG_LISTENER);
		wire_put_string(&m, p->listeners[i].label);
		m.fd = p->listeners[i].fd;
		enqueue(p, &m);
	}
}

static void
drop_queue(struct worker *w)
{
	struct queued_msg *q;

	while ((q = TAILQ_FIRST(&w->queue)) != NULL)
		dequeue(w, q);
}

static void
hang_up(struct worker *w)
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

/* Try again later, and later each time. */
static void
back_off(struct daemon_parent *p)
{
	struct worker *w = &p->worker;
	struct timeval tv;

	tv.tv_sec = (time_t)(w->backoff / 1000);
	tv.tv_usec = (suseconds_t)(w->backoff % 1000 * 1000);
	evtimer_add(w->restart, &tv);
	w->backoff *= 2;
	if (w->backoff > BACKOFF_LAST_MS)
		w->backoff = BACKOFF_LAST_MS;
	w->restarts++;
}

void
worker_start(struct daemon_parent *p)
{
	struct worker  *w = &p->worker;
	struct wire_msg m;
	sigset_t	all, was;
	int		fds[2];

	if (wire_pair(fds) == -1) {
		log_warn("cannot start the child");
		back_off(p);
		return;
	}
	/* Our handlers would tell our own loop of the new process's signals. */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &was);
	if ((w->pid = fork()) == 0)
		become_child(p, fds[1]);
	sigprocmask(SIG_SETMASK, &was, NULL);
	if (w->pid == -1) {
		log_warn("cannot start the child");
		close(fds[0]);
		close(fds[1]);
		back_off(p);
		return;
	}
	close(fds[1]);
	w->fd = fds[0];
	w->started = clock_ms();
	w->ready = w->asked = 0;
	evutil_make_socket_nonblocking(w->fd);
	w->readable =
	    event_new(p->base, w->fd, EV_READ | EV_PERSIST, read_wire, p);
	w->writable = event_new(p->base, w->fd, EV_WRITE, write_wire, p);
	if (w->readable == NULL || w->writable == NULL)
		fatalx(EX_OSERR, "out of memory");
	event_add(w->readable, NULL);
	worker_send_text(p, p->text);
	send_listeners(p);
	wire_start(&m, MSG_START);
	wire_put_number(&m, 0);
	enqueue(p, &m);
}

static void
write_wire(evutil_socket_t fd, short what, void *arg)
{
	struct daemon_parent *p = arg;
	struct queued_msg    *q;

	(void)what;
	while ((q = TAILQ_FIRST(&p->worker.queue)) != NULL) {
		if (wire_send(fd, q->msg, MSG_DONTWAIT) == 0) {
			dequeue(&p->worker, q);
			continue;
		}
		if (errno == EAGAIN || errno == ENOBUFS) {
			event_add(p->worker.writable, NULL);
			return;
		}
		/* It has hung up, or would get half of what we say. */
		if (errno != EPIPE && errno != ECONNRESET)
			log_warn("the child cannot be told");
		drop_queue(&p->worker);
		worker_kill(p);
	}
}

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

/* 0, or -1: a child of ours does not say such a thing. */
static int
handle(struct daemon_parent *p, struct wire_msg *m)
{
	const char *text;
	uint64_t    n;

	if (m->fd != -1) {
		close(m->fd);
		return -1;
	}
	switch (m->type) {
	case MSG_LOG:
		return take_log(m);
	case MSG_READY:
		if (wire_end(m) == -1)
			return -1;
		if (!p->worker.ready) {
			p->worker.ready = 1;
			parent_ready(p);
		}
		return 0;
	case MSG_RELOADED:
		n = wire_get_number(m);
		if (wire_end(m) == -1)
			return -1;
		parent_reloaded(p, n == 1);
		return 0;
	case MSG_STATUS_TEXT:
		text = wire_get_string(m);
		if (wire_end(m) == -1)
			return -1;
		p->worker.asked = 0;
		control_status_text(p, text);
		return 0;
	default:
		return -1;
	}
}

/*
 * One message from the child.  1, 0 when there is none now, or -1 when there
 * will be none, and errno is 0 if it has hung up.
 */
static int
read_one(struct daemon_parent *p)
{
	struct wire_msg m;

	switch (wire_recv(p->worker.fd, &m, MSG_DONTWAIT)) {
	case 0:
		errno = 0;
		return -1;
	case -1:
		if (errno == EAGAIN)
			return 0;
		/* Linux, once, when what we sent stays unread. */
		return errno == ECONNRESET ? 1 : -1;
	default:
		if (handle(p, &m) == 0)
			return 1;
		errno = EBADMSG;
		return -1;
	}
}

static void
read_wire(evutil_socket_t fd, short what, void *arg)
{
	struct daemon_parent *p = arg;
	int		      i, ret;

	(void)fd;
	(void)what;
	/* A child that never pauses must not keep us from our signals. */
	for (i = 0; i < 64; i++) {
		if ((ret = read_one(p)) == 0)
			return;
		if (ret == 1)
			continue;
		/* Without its wire it is of no use; SIGCHLD tells the rest. */
		if (errno == EBADMSG)
			log_warnx("the child sent a message that makes no "
				  "sense, killing it");
		else if (errno != 0)
			log_warn("wire");
		event_del(p->worker.readable);
		worker_kill(p);
		return;
	}
}

/* What became of it, and what is to be done about it. */
static void
say_ended(const struct worker *w, int status)
{
	long long ms = w->backoff;
	int	  code = WIFSIGNALED(status) ? 0 : WEXITSTATUS(status);

	if (WIFSIGNALED(status))
		log_warnx("the child died by signal %d, starting it again "
			  "in %lld ms",
		    WTERMSIG(status), ms);
	else
		log_warnx("the child ended with status %d, starting it again "
			  "in %lld ms",
		    code, ms);
	if (code == EX_PROTOCOL)
		log_warnx("the program is of another version by now: "
			  "restart the daemon");
	if (code == EX_UNAVAILABLE)
		log_warnx("can the program still be run?");
}

/* What it still had to say, then what became of it. */
static void
ended(struct daemon_parent *p, int status)
{
	struct worker *w = &p->worker;
	int	       i;

	/* Somebody else might have its end of the wire: not for ever. */
	for (i = 0; i < LAST_WORDS && read_one(p) == 1; i++)
		continue;
	hang_up(w);
	w->pid = -1;
	if (p->stopping || !p->was_ready) {
		parent_worker_ended(p, status);
		return;
	}
	if (clock_ms() - w->started > HEALTHY_MS)
		w->backoff = BACKOFF_FIRST_MS;
	say_ended(w, status);
	back_off(p);
	parent_reloaded(p, 0);
}

void
worker_reap(struct daemon_parent *p)
{
	int   status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (pid == p->worker.pid)
			ended(p, status);
}

void
worker_kill(struct daemon_parent *p)
{
	if (p->worker.pid != -1)
		kill(p->worker.pid, SIGKILL);
}

void
worker_free(struct daemon_parent *p)
{
	hang_up(&p->worker);
	event_free(p->worker.restart);
	p->worker.restart = NULL;
}
