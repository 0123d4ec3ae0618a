/* SPDX-License-Identifier: ISC */
#include "parent_front.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <event2/event.h>

#include "board.h"
#include "clock.h"
#include "edge_conf.h"
#include "figures.h"
#include "line.h"
#include "log.h"
#include "metrics.h"
#include "orders.h"
#include "parent_files.h"
#include "parent_lists.h"
#include "parent_tickets.h"
#include "prometheus.h"
#include "sock.h"
#include "status.h"
#include "watch.h"
#include "wire.h"
#include "xalloc.h"

#define WORKERS_MAX 64

/* A file that is in force, or is tried. */
struct edition {
	const struct conf      *conf;
	const struct edge_conf *edge;
	struct files	       *files;
};

static struct {
	struct daemon_parent *parent;
	struct edition	     *now, *next;
	int		      board_fd;
	struct board	     *board;
	struct watch	     *watch;
	struct metrics	     *metrics;
	struct tickets	      tickets;
	struct event	     *rotate;
	time_t		      started;
	int		      resumed; /* and nothing is in force yet */
} front = { .board_fd = -1 };

/* ---- what the file says ---- */

const char *
front_check(const struct conf *conf)
{
	if (!edge_conf_listens(edge_conf(conf)))
		return "there is no \"listen\" in a block \"edge\"";
	return NULL;
}

unsigned int
front_workers(const struct conf *conf)
{
	unsigned int n = edge_conf(conf)->workers;
	long	     cpus;

	if (n != 0)
		return n;
	cpus = sysconf(_SC_NPROCESSORS_ONLN);
	if (cpus < 1)
		return 1;
	return cpus > WORKERS_MAX ? WORKERS_MAX : (unsigned int)cpus;
}

unsigned int
front_drain(const struct conf *conf)
{
	return edge_conf(conf)->drain;
}

static struct edition *
edition_new(const struct conf *conf)
{
	struct edition *e;

	e = xcalloc(1, sizeof(*e));
	e->conf = conf_ref(conf);
	e->edge = edge_conf(conf);
	return e;
}

static void
edition_free(struct edition *e)
{
	if (e == NULL)
		return;
	files_free(e->files);
	conf_unref(e->conf);
	free(e);
}

/* ---- figures ---- */

static char *
figures(void (*write)(struct out *, const struct figures *))
{
	/* The board and the watch are by the one that is tried, if any. */
	const struct edition *e = front.next != NULL ? front.next : front.now;
	struct daemon_crowd   n;
	struct edge_now	      now;

	if (e == NULL)
		return NULL;
	daemon_crowd(front.parent, &n);
	parent_lists_count(front.board);
	memset(&now, 0, sizeof(now));
	now.conf = e->edge;
	now.board = front.board;
	now.watch = front.watch;
	now.started = front.started;
	now.generation = n.generation;
	now.workers = n.ready;
	now.draining = n.draining;
	return figures_text(&now, write);
}

static char *
metrics_text(void *arg)
{
	(void)arg;
	return figures(prometheus_write);
}

char *
front_status(void)
{
	char *text = figures(status_write);

	return text != NULL ? text : xstrdup("");
}

/* ---- tickets ---- */

static void
send_tickets(struct daemon_worker *w, void *arg)
{
	struct wire_msg m;

	(void)arg;
	wire_start(&m, ORDER_TICKETS);
	wire_put_bytes(&m, front.tickets.keys,
	    front.tickets.n * sizeof(front.tickets.keys[0]));
	daemon_worker_send(w, &m);
	explicit_bzero(&m, sizeof(m));
}

static void
on_rotate(evutil_socket_t fd, short what, void *arg)
{
	struct timeval tv = { .tv_sec = 0 };
	time_t	       now = clock_now();

	(void)fd;
	(void)what;
	(void)arg;
	if (tickets_due(&front.tickets, now) == 0) {
		tickets_rotate(&front.tickets, now);
		daemon_each(front.parent, send_tickets, NULL);
	}
	tv.tv_sec = tickets_due(&front.tickets, now);
	evtimer_add(front.rotate, &tv);
}

/* ---- once ---- */

/* The board of before an upgrade, if this program can read it, or a new one. */
static int
open_board(struct daemon_parent *p)
{
	front.board_fd = daemon_kept_fd(p, "board");
	if (front.board_fd != -1) {
		if ((front.board = board_map(front.board_fd)) != NULL)
			return 0;
		close(front.board_fd);
	}
	if ((front.board_fd = board_make()) == -1)
		return -1;
	front.board = board_map(front.board_fd);
	return front.board == NULL ? -1 : 0;
}

int
front_open(struct daemon_parent *p, const struct conf *conf)
{
	struct event_base *base = daemon_base(p);
	const void	  *bytes;
	size_t		   len;

	front.parent = p;
	if (open_board(p) == -1 || parent_lists_open(p, conf) == -1 ||
	    (front.watch = watch_new(base, p)) == NULL ||
	    (front.metrics = metrics_new(base, metrics_text, NULL)) == NULL ||
	    (front.rotate = evtimer_new(base, on_rotate, NULL)) == NULL)
		return -1;
	bytes = daemon_kept_bytes(p, "tickets", &len);
	if (bytes != NULL && tickets_read(&front.tickets, bytes, len) == -1)
		log_warnx("the ticket keys of before are no good");
	on_rotate(-1, EV_TIMEOUT, NULL);
	bytes = daemon_kept_bytes(p, "started", &len);
	front.started = clock_now();
	front.resumed = bytes != NULL;
	if (bytes != NULL && len == sizeof(front.started))
		memcpy(&front.started, bytes, len);
	return 0;
}

void
front_keep(struct daemon_parent *p)
{
	unsigned char buf[TICKETS_KEPT];

	watch_keep(front.watch);
	parent_lists_count(front.board);
	daemon_keep(p, "board", front.board_fd, NULL, 0);
	daemon_keep(p, "tickets", -1, buf, tickets_write(&front.tickets, buf));
	explicit_bzero(buf, sizeof(buf));
	daemon_keep(p, "started", -1, &front.started, sizeof(front.started));
}

void
front_close(struct daemon_parent *p)
{
	(void)p;
	metrics_free(front.metrics);
	watch_free(front.watch);
	parent_lists_close();
	if (front.rotate != NULL)
		event_free(front.rotate);
	board_unmap(front.board);
	edition_free(front.now);
	edition_free(front.next);
	explicit_bzero(&front.tickets, sizeof(front.tickets));
}

/* ---- each file ---- */

static int
listen_all(struct daemon_parent *p, const struct edge_conf *edge)
{
	char   label[32];
	size_t i;
	int    bad = 0;

	for (i = 0; i < edge->nlistens; i++) {
		snprintf(label, sizeof(label), "listen %zu", i);
		bad |= daemon_listen(p, label, &edge->listens[i].addr,
			   edge->listens[i].port) == -1;
	}
	return bad ? -1 : 0;
}

/* What there is once and is of one file at a time. */
static int
use(const struct edition *e)
{
	if (watch_use(front.watch, e->edge) == -1 ||
	    metrics_use(front.metrics, e->edge) == -1)
		return -1;
	parent_lists_use(e->conf);
	board_names(front.board, e->edge);
	return 0;
}

/*
 * Too few are no reason to stay shut: a connection that waits takes one, not
 * two, and where they do run out, accepting waits until some are free.
 */
static void
have_files(const struct edition *e)
{
	unsigned long needed = files_needed(e->edge, front_workers(e->conf));
	unsigned long had = sock_need_files(needed);

	if (had < needed)
		log_warnx("\"connections %u\" and \"pool %u\" may need %lu "
			  "open descriptors a worker, and only %lu can be had",
		    e->edge->connections, e->edge->pool, needed, had);
}

int
front_prepare(struct daemon_parent *p, const struct conf *conf)
{
	struct edition *e;

	front.next = e = edition_new(conf);
	have_files(e);
	/* After an upgrade workers serve by it: certificates are to watch. */
	if ((e->files = files_open(e->edge, front.resumed)) == NULL ||
	    listen_all(p, e->edge) == -1)
		return -1;
	return use(e);
}

void
front_settle(struct daemon_parent *p, int good)
{
	(void)p;
	if (good) {
		edition_free(front.now);
		front.now = front.next;
	} else {
		edition_free(front.next);
		if (front.now != NULL && use(front.now) == -1)
			log_warnx("the file of before is not whole");
	}
	front.next = NULL;
	front.resumed = 0;
}

/* ---- workers ---- */

static void
send_log(struct daemon_worker *w, int fd)
{
	struct wire_msg m;

	wire_start(&m, ORDER_LOG);
	m.fd = fd;
	daemon_worker_send(w, &m);
}

void
front_hire(struct daemon_parent *p, struct daemon_worker *w)
{
	const struct edition *e = front.next;
	struct wire_msg	      m;

	(void)p;
	if (e == NULL || e->conf != daemon_worker_conf(w))
		e = front.now;
	wire_start(&m, ORDER_BOARD);
	wire_put_number(&m, daemon_worker_slot(w));
	m.fd = front.board_fd;
	daemon_worker_send(w, &m);
	send_tickets(w, NULL);
	watch_send(front.watch, w);
	parent_lists_hire(w);
	if (e == NULL || e->conf != daemon_worker_conf(w))
		return; /* an upgrade for which the old file was no good */
	files_send_pages(e->files, w);
	if (e->files->log != -1)
		send_log(w, e->files->log);
}

void
front_fired(struct daemon_parent *p, unsigned int slot)
{
	(void)p;
	board_free_slot(front.board, slot);
}

/*
 * It may connect where its file says, and nowhere else.  Its jail cannot: a
 * path of another folder means nothing there.
 */
static int
answer_socket(struct daemon_worker *w, uint64_t id, uint64_t number)
{
	const struct conf      *conf = daemon_worker_conf(w);
	const struct edge_conf *edge;
	struct wire_msg		m;
	int			error = 0, fd = -1;

	wire_start(&m, ORDER_SOCKET);
	wire_put_number(&m, id);
	if (conf == NULL)
		error = ECONNREFUSED;
	else {
		edge = edge_conf(conf);
		if (number >= edge->nservers ||
		    edge->servers[number].socket == NULL)
			return -1;
		fd = sock_connect_foreign(edge->servers[number].socket);
		if (fd == -1)
			error = errno;
	}
	wire_put_number(&m, (uint64_t)error);
	m.fd = fd;
	daemon_worker_send(w, &m);
	if (fd != -1)
		close(fd);
	return 0;
}

/*
 * "access log to stderr": of a worker as it should be, nothing is changed; one
 * that was taken over writes no escapes to a terminal, and no line but this.
 */
static int
say_line(struct wire_msg *m)
{
	const char *line = wire_get_string(m);
	char	    clean[LOG_TEXT_MAX];

	if (wire_end(m) == -1)
		return -1;
	line_clean(clean, sizeof(clean), line, strlen(line));
	(void)dprintf(STDERR_FILENO, "%s\n", clean);
	return 0;
}

int
front_message(struct daemon_parent *p, struct daemon_worker *w,
    struct wire_msg *m)
{
	uint64_t id, number;

	(void)p;
	if (m->fd != -1)
		return -1;
	if (m->type == ORDER_LINE)
		return say_line(m);
	if (m->type == ORDER_OFFENCE)
		return parent_lists_offence(m);
	if (m->type != ORDER_ASK_SOCKET)
		return -1;
	id = wire_get_number(m);
	number = wire_get_number(m);
	if (wire_end(m) == -1)
		return -1;
	return answer_socket(w, id, number);
}

/* ---- SIGUSR1 ---- */

/* Somebody took the log files away: the next ones. */
static void
reopen(struct daemon_worker *w, void *arg)
{
	const struct conf      *conf = daemon_worker_conf(w);
	const struct edge_conf *edge;
	int			fd;

	(void)arg;
	if (conf == NULL)
		return;
	edge = edge_conf(conf);
	if (edge->log != EDGE_LOG_FILE)
		return;
	/* An older file may name another log. */
	if ((fd = files_open_log(edge->log_file)) == -1)
		return;
	send_log(w, fd);
	close(fd);
}

static void
reopen_own(const struct edition *e)
{
	int fd;

	if (e == NULL || e->files->log == -1 ||
	    (fd = files_open_log(e->edge->log_file)) == -1)
		return;
	close(e->files->log);
	e->files->log = fd;
}

void
front_usr1(struct daemon_parent *p)
{
	log_info("opening the access log again");
	reopen_own(front.now);
	reopen_own(front.next);
	daemon_each(p, reopen, NULL);
}
