/* SPDX-License-Identifier: ISC */
#include "worker.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include <event2/event.h>

#include "board.h"
#include "h1_client.h"
#include "clock.h"
#include "daemon.h"
#include "deadline.h"
#include "exchange.h"
#include "global.h"
#include "jail.h"
#include "listen.h"
#include "log.h"
#include "logfile.h"
#include "orders.h"
#include "pieces.h"
#include "set_watch.h"
#include "sets.h"
#include "stream.h"
#include "tls.h"
#include "upstream.h"
#include "wire.h"
#include "xalloc.h"

#define LOG_AGAIN_SECONDS 1 /* lines that could not be written */

#define TIDY_MS 1000

#define GATHER_EXCHANGES 3    /* at least, without tunnels */
#define GATHER_MAX_US	 1000 /* a nap that was longer is a bad one */
#define GATHER_BAD	 100  /* of those, more than good ones: no more */

/* --- time, graves --- */

int64_t
worker_now(struct worker *w)
{
	if (w->now == 0) {
		w->now = clock_ms();
		w->wall = clock_now();
	}
	return w->now;
}

time_t
worker_wall(struct worker *w)
{
	(void)worker_now(w);
	return w->wall;
}

const char *
worker_date(struct worker *w)
{
	time_t wall = worker_wall(w);

	if (wall != w->date_of) {
		head_date(w->date, wall);
		w->date_of = wall;
	}
	return w->date;
}

void
worker_bury(struct worker *w, struct grave *g)
{
	SLIST_INSERT_HEAD(&w->graves, g, entry);
}

static void
free_graves(struct worker *w)
{
	struct grave *g;

	while ((g = SLIST_FIRST(&w->graves)) != NULL) {
		SLIST_REMOVE_HEAD(&w->graves, entry);
		free(g);
	}
}

/* --- the end --- */

/* A tunnel has no end of its own: it is cut when all else is done. */
static void
end_tunnels(struct worker *w)
{
	struct client *c, *next;

	for (c = TAILQ_FIRST(&w->clients); c != NULL; c = next) {
		next = TAILQ_NEXT(c, entry);
		if (c->x != NULL && c->x->state == EXCHANGE_TUNNEL)
			exchange_end(c->x, REASON_STOPPED);
	}
}

void
worker_check_end(struct worker *w)
{
	if (w->draining && w->nclients == 0)
		event_base_loopbreak(w->base);
}

/*
 * Connections between two requests are not closed at once: under load many
 * have their next request on its way, which gets its answer, and "close" with
 * it.  Those that rest would keep this process for long.
 */
static void
drain(struct worker *w)
{
	struct client *c;

	if (!w->draining)
		log_debug("draining, with %zu clients", w->nclients);
	w->draining = 1;
	listeners_close(w);
	TAILQ_FOREACH(c, &w->clients, entry)
		client_hurry(c, DRAIN_IDLE_MS);
	worker_check_end(w);
}

/* What is under way is finished, unless it had its time already. */
static void
stop(struct worker *w)
{
	struct client *c, *next;
	int	       late = w->draining;

	w->draining = w->stopping = 1;
	listeners_close(w);
	for (c = TAILQ_FIRST(&w->clients); c != NULL; c = next) {
		next = TAILQ_NEXT(c, entry);
		if (c->x == NULL)
			client_stop(c);
		else if (late)
			exchange_end(c->x, REASON_STOPPED);
	}
	worker_check_end(w);
}

/* --- the parent --- */

static int
take_message(struct worker *w, struct wire_msg *m)
{
	if (m->type != SET_MESSAGE)
		return orders_take(w, m);
	w->sets_new = 1;
	return set_message(w->sets, m);
}

/* 0, or -1: there is nobody any more who makes sense. */
static int
take(struct worker *w, enum child_event event)
{
	switch (event) {
	case CHILD_MESSAGE:
		return take_message(w, child_message(w->child));
	case CHILD_DRAIN:
		drain(w);
		return 0;
	case CHILD_STOP:
		stop(w);
		return 0;
	case CHILD_RELOAD: /* a crowd has generations */
		child_refuse(w->child);
		return 0;
	case CHILD_STATUS: /* and its board */
	case CHILD_NOTHING:
		return 0;
	case CHILD_GONE:
		break;
	}
	return -1;
}

static void
wire_turn(struct worker *w)
{
	enum child_event event;

	while ((event = child_next(w->child, 0)) != CHILD_NOTHING) {
		if (take(w, event) == 0)
			continue;
		w->gone = 1;
		event_base_loopbreak(w->base);
		return;
	}
}

static void
on_wire(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	wire_turn(arg);
}

/* --- lists --- */

/*
 * Once for all sets that came: who waits for a next request is asked then, but
 * a tunnel has none.
 */
static void
look_at_tunnels(struct worker *w)
{
	struct client *c, *next;

	w->sets_new = 0;
	if (w->ntunnels == 0)
		return;
	for (c = TAILQ_FIRST(&w->clients); c != NULL; c = next) {
		next = TAILQ_NEXT(c, entry);
		if (c->x != NULL && c->x->state == EXCHANGE_TUNNEL &&
		    tunnel_blocked(c->x))
			exchange_end(c->x, REASON_BLOCKED);
	}
}

/* Without a turn of the loop nobody asks what is in a set. */
static void
tidy_sets(struct worker *w)
{
	size_t n;

	w->sets_tidied = w->now;
	if ((n = sets_tidy(w->sets)) > 0)
		log_warnx("%zu set file%s cut while in use: nobody is in %s "
			  "until there is a new one",
		    n, n == 1 ? " was" : "s were", n == 1 ? "it" : "them");
}

/* --- the loop --- */

static void
nothing(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
}

/* Lines that a full disk did not take are tried again. */
static void
after_turn(struct worker *w)
{
	struct timeval tv = { .tv_sec = LOG_AGAIN_SECONDS };

	/* Not where a client ends: each of them would begin it again. */
	if (w->stopping && w->nclients > 0 && w->nclients == w->ntunnels)
		end_tunnels(w);
	if (w->sets_new)
		look_at_tunnels(w);
	if (w->now - w->sets_tidied >= TIDY_MS)
		tidy_sets(w);
	free_graves(w);
	stream_turn(w->scratch);
	logfile_flush(w->log);
	if (logfile_waiting(w->log) > 0 && !evtimer_pending(w->log_again, NULL))
		evtimer_add(w->log_again, &tv);
	w->now = 0;
}

/*
 * Under load each turn of the loop finds an event or two, and then sleeps for
 * a moment until the next: to be woken, and to wake the others so often, costs
 * more than to serve.  So when many exchanges are under way, let more events
 * gather first.  A moment is what the system makes of it, some 100 us on Linux;
 * where it is long (a system that counts time in ticks, a machine that is busy
 * otherwise), there are no naps.
 */
static void
let_gather(struct worker *w)
{
	static const struct timespec moment = { .tv_nsec = 40000 };
	int64_t			     before;

	if (w->nexchanges < GATHER_EXCHANGES || w->naps_bad >= GATHER_BAD)
		return;
	before = clock_us();
	(void)nanosleep(&moment, NULL);
	if (clock_us() - before > GATHER_MAX_US)
		w->naps_bad++;
	else if (w->naps_bad > 0)
		w->naps_bad--;
}

static void
loop(struct worker *w)
{
	while (!w->gone && !(w->draining && w->nclients == 0)) {
		let_gather(w);
		if (event_base_loop(w->base, EVLOOP_ONCE) == -1)
			fatalx(EX_OSERR, "the event loop is broken");
		after_turn(w);
	}
}

/* --- the beginning --- */

static int
hand_line(void *arg, const char *line)
{
	struct worker  *w = arg;
	struct wire_msg m;

	if (w->conf->log == EDGE_LOG_SYSLOG)
		return child_log(w->child, line);
	wire_start(&m, ORDER_LINE);
	wire_put_string(&m, line);
	return child_tell(w->child, &m);
}

static void
open_log(struct worker *w)
{
	w->log = logfile_new(w->conf->log, w->board);
	if (w->log == NULL)
		fatalx(EX_OSERR, "out of memory");
	logfile_hand(w->log, hand_line, w);
	if (w->log_fd != -1)
		logfile_use(w->log, w->log_fd);
	w->log_fd = -1;
}

/* Before the jail: what needs files or privileges. */
static struct worker *
worker_new(struct child *child)
{
	struct worker *w = xcalloc(1, sizeof(*w));

	w->child = child;
	w->file = conf_ref(child_conf(child));
	w->conf = edge_conf(w->file);
	w->log_fd = -1;
	w->pieces = pieces_new();
	w->sets = sets_new();
	w->pages = xcalloc(w->conf->npages + 1, sizeof(*w->pages));
	TAILQ_INIT(&w->clients);
	SLIST_INIT(&w->graves);
	w->base = event_base_new();
	w->scratch = stream_scratch_new();
	if (w->base == NULL || w->scratch == NULL || w->sets == NULL ||
	    (w->deadlines = deadlines_new(w->base)) == NULL)
		fatalx(EX_OSERR, "cannot make an event loop");
	if ((w->tls = tls_new(w->conf)) == NULL)
		exit(EX_SOFTWARE);
	if (set_guard() == -1)
		fatal(EX_OSERR, "a handler for set files that are cut");
	return w;
}

static void
watch_wire(struct worker *w)
{
	w->wire = event_new(w->base, child_fd(w->child), EV_READ | EV_PERSIST,
	    on_wire, w);
	w->log_again = evtimer_new(w->base, nothing, NULL);
	if (w->wire == NULL || w->log_again == NULL ||
	    event_add(w->wire, NULL) == -1)
		fatalx(EX_OSERR, "cannot watch the wire");
}

static void
worker_free(struct worker *w)
{
	struct client *c;
	size_t	       i;

	listeners_close(w);
	while ((c = TAILQ_FIRST(&w->clients)) != NULL) {
		if (c->x != NULL)
			exchange_end(c->x, REASON_STOPPED);
		client_close(c);
	}
	upstreams_free(w->upstreams);
	free_graves(w);
	logfile_free(w->log);
	deadlines_free(w->deadlines);
	event_free(w->wire);
	event_free(w->log_again);
	event_base_free(w->base);
	stream_scratch_free(w->scratch);
	tls_free(w->tls);
	board_unmap(w->board);
	for (i = 0; i < w->conf->npages; i++)
		free(w->pages[i].buf);
	free(w->pages);
	pieces_free(w->pieces);
	sets_free(w->sets);
	conf_unref(w->file);
	free(w);
}

int
edge_worker(struct child *child)
{
	struct jail    jail = { .needs = JAIL_INET };
	struct worker *w = worker_new(child);
	char	      *root;

	jail.user = global_conf(w->file)->edge_user;
	root = xasprintf("%s/run", global_conf(w->file)->state);
	jail.root = root;
	if (jail_enter(&jail) == -1)
		return EX_NOPERM;
	watch_wire(w);
	w->upstreams = upstreams_new(w);
	wire_turn(w);
	if (w->gone)
		return EX_SOFTWARE;
	if (w->board == NULL)
		fatalx(EX_SOFTWARE, "the parent gave no board");
	open_log(w);
	if (listeners_open(w) == -1 || jail_lock(&jail) == -1)
		return EX_NOPERM;
	free(root);
	child_ready(child);
	loop(w);
	worker_free(w);
	return 0;
}
