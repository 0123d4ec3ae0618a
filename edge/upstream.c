/* SPDX-License-Identifier: ISC */
/*
 * Which server, and a connection to it.
 */
#include "upstream.h"

#include <sys/socket.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "board.h"
#include "clock.h"
#include "exchange.h"
#include "log.h"
#include "up_server.h"
#include "xalloc.h"

#define AGAIN_MS      100  /* between two tries of a server that is down */
#define ASK_MS	      1000 /* the same, if there are others */
#define SKIP_FIRST_MS 1000 /* one that does not answer is not asked: */
#define SKIP_LAST_MS  30000

/* --- servers that are down, and who waits for them --- */

static void
watch(struct server *s)
{
	struct timeval tv = { .tv_usec = AGAIN_MS * 1000 };

	if (!TAILQ_EMPTY(&s->waiters) && !evtimer_pending(s->again, NULL))
		evtimer_add(s->again, &tv);
}

/* Its last chance is over. */
static void
give_up(struct exchange *x)
{
	exchange_unconnected(x,
	    x->timed_out ? REASON_UP_TIMEOUT : REASON_UP_REFUSED);
}

static void
unwait(struct server *s, struct exchange *x)
{
	TAILQ_REMOVE(&s->waiters, x, waiting);
	s->u->nwaiting--;
	x->is_waiting = 0;
}

/* From the timer: one of those who wait asks for all. */
static void
try_again(evutil_socket_t fd, short what, void *arg)
{
	struct server	*s = arg;
	struct exchange *x, *next;
	int64_t		 now;

	(void)fd;
	(void)what;

	now = worker_now(s->u->w);
	for (x = TAILQ_FIRST(&s->waiters); x != NULL; x = next) {
		next = TAILQ_NEXT(x, waiting);
		if (x->wait_until > now)
			continue;
		unwait(s, x);
		give_up(x);
	}
	if ((x = TAILQ_FIRST(&s->waiters)) != NULL) {
		unwait(s, x);
		x->tried = 0;
		upstream_get(x, 1);
	}
	watch(s);
}

/* Those who wait at that server go on, if s is one of theirs. */
static void
let_go(struct server *at, const struct server *s)
{
	struct exchange *x, *next, *last = TAILQ_LAST(&at->waiters, waiters);

	for (x = TAILQ_FIRST(&at->waiters); x != NULL; x = next) {
		next = x == last ? NULL : TAILQ_NEXT(x, waiting);
		if (!server_serves(s, x->forward))
			continue;
		unwait(at, x);
		x->tried = 0;
		upstream_get(x, 0);
		/* Down so soon again: they are at the end of the queue. */
		if (s->down_since != 0)
			break;
	}
}

static void
is_up(struct server *s)
{
	struct upstreams *u = s->u;
	size_t		  i;

	if (s->down_since != 0) {
		log_info("upstream %s is up again", s->name);
		s->down_since = s->skip_until = 0;
		s->skip_ms = SKIP_FIRST_MS;
	}
	board_server(s->u->w->board, s->number, 1);
	for (i = 0; i < u->n && u->nwaiting > 0 && s->down_since == 0; i++)
		let_go(&u->servers[i], s);
}

static void
is_down(struct server *s, const char *why, int silent)
{
	int64_t now = worker_now(s->u->w);

	board_count(s->u->w->board, COUNTER_UP_CONNECT_FAILED);
	board_server(s->u->w->board, s->number, 0);
	s->ask_at = now + ASK_MS;
	if (s->down_since == 0) {
		s->down_since = now;
		log_warnx("upstream %s is down: %s", s->name, why);
	}
	if (!silent)
		return;
	s->skip_until = now + s->skip_ms;
	s->skip_ms *= 2;
	if (s->skip_ms > SKIP_LAST_MS)
		s->skip_ms = SKIP_LAST_MS;
}

/* Nobody could be reached.  Perhaps a server only restarts. */
static void
wait_or_fail(struct exchange *x)
{
	struct worker *w = x->w;
	int64_t	       now = worker_now(w);
	int64_t	       wait = (int64_t)w->conf->wait_timeout * 1000;
	struct server *s = server_restarting(x, now);

	if (x->wait_until == 0 && s != NULL) {
		x->wait_until = now + wait;
		board_count(w->board, COUNTER_UP_WAITED);
	}
	if (x->wait_until <= now) {
		give_up(x);
		return;
	}
	if (s == NULL)
		s = server_of(w->upstreams, x->forward, 0);
	TAILQ_INSERT_TAIL(&s->waiters, x, waiting);
	w->upstreams->nwaiting++;
	x->is_waiting = 1;
	x->server = s->number;
	watch(s);
}

/* --- connections --- */

static void
up_free(struct up *up)
{
	struct worker *w = up->w;

	deadline_clear(w->deadlines, &up->deadline);
	stream_close(&up->stream);
	input_drop(&up->in);
	worker_bury(w, &up->grave);
}

void
upstream_drop(struct up *up)
{
	up->exchange = NULL;
	if (up->id != 0)
		server_forget(up);
	up_free(up);
}

static void
idle_out(struct up *up)
{
	struct server *s = up->server;

	TAILQ_REMOVE(&s->idle, up, entry);
	s->nidle--;
	board_add(up->w->board, COUNTER_UP_IDLE, -1);
}

void
upstream_keep(struct up *up)
{
	struct worker *w = up->w;
	struct server *s = up->server;

	up->exchange = NULL;
	up->scanned = 0;
	if (s->nidle >= w->conf->pool || w->draining) {
		up_free(up);
		return;
	}
	TAILQ_INSERT_HEAD(&s->idle, up, entry);
	s->nidle++;
	board_add(w->board, COUNTER_UP_IDLE, 1);
	deadline_set(w->deadlines, &up->deadline, worker_now(w),
	    (int64_t)w->conf->pool_age * 1000);
}

/*
 * The connection failed before it was one: let the exchange try the next
 * server.
 */
static void
connect_failed(struct up *up, const char *why, int silent)
{
	struct exchange *x = up->exchange;

	x->connecting = NULL;
	x->timed_out |= silent;
	is_down(up->server, why, silent);
	upstream_drop(up);
	upstream_get(x, 0);
}

static void
connect_done(struct up *up)
{
	struct exchange *x = up->exchange;
	socklen_t	 len = sizeof(int);
	int		 error = 0;

	if (getsockopt(up->stream.fd, SOL_SOCKET, SO_ERROR, &error, &len) == -1)
		error = errno;
	if (error != 0) {
		connect_failed(up, strerror(error), error == ETIMEDOUT);
		return;
	}
	up->connected = 1;
	deadline_clear(up->w->deadlines, &up->deadline);
	x->connecting = NULL;
	board_count(up->w->board, COUNTER_UP_CONNECTS);
	exchange_connected(x, up, 0);
	is_up(up->server);
	/* What came together with the connection is told but once. */
	if (up->exchange != NULL && up->stream.readable)
		stream_again(&up->stream);
}

static void
on_up(evutil_socket_t fd, short what, void *arg)
{
	struct up *up = arg;

	(void)fd;

	stream_woken(&up->stream, what);
	if (!up->connected)
		connect_done(up);
	else if (up->exchange != NULL)
		exchange_up_event(up->exchange);
	else if (what & (EV_READ | EV_CLOSED)) {
		idle_out(up); /* it says good-bye, or what nobody asked for */
		up_free(up);
	}
}

static void
expired(struct deadline *d)
{
	struct up *up =
	    (struct up *)((char *)d - offsetof(struct up, deadline));

	if (up->exchange != NULL)
		connect_failed(up, "no answer to connect", 1);
	else {
		idle_out(up);
		up_free(up);
	}
}

static struct up *
up_new(struct server *s, struct exchange *x)
{
	struct worker *w = s->u->w;
	struct up     *up;

	if ((up = calloc(1, sizeof(*up))) == NULL)
		return NULL;
	up->w = w;
	up->server = s;
	up->exchange = x;
	up->stream.fd = -1;
	up->stream.scratch = w->scratch;
	up->deadline.expired = expired;
	deadline_set(w->deadlines, &up->deadline, worker_now(w),
	    (int64_t)w->conf->connect_timeout * 1000);
	return up;
}

enum tried {
	TRIED_WAIT, /* it is under way, or done */
	TRIED_DOWN,
	TRIED_OURS
};

static enum tried
connect_to(struct server *s, struct exchange *x)
{
	struct up *up;
	int	   fd;

	if ((up = up_new(s, x)) == NULL)
		return TRIED_OURS;
	x->connecting = up;
	if (s->conf->addr.family == ADDR_NONE) {
		if (server_ask(up) == 0)
			return TRIED_WAIT;
		fd = -1;
		errno = ENOBUFS;
	} else
		fd = server_connect(s);
	if (fd != -1 &&
	    stream_open(&up->stream, x->w->scratch, x->w->base, fd, NULL, 1,
		on_up, up) == 0)
		return TRIED_WAIT;
	x->connecting = NULL;
	if (fd != -1 || server_is_ours(errno)) {
		up_free(up);
		return TRIED_OURS;
	}
	is_down(s, strerror(errno), 0);
	up_free(up);
	return TRIED_DOWN;
}

/* Is an idle connection still one?  Looks without reading. */
static int
is_alive(struct up *up)
{
	char byte;

	return recv(up->stream.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == -1 &&
	    errno == EAGAIN;
}

/*
 * A request that cannot be sent twice gets a connection that was looked at
 * just now.
 */
static struct up *
take_idle(struct server *s, const struct exchange *x)
{
	struct up *up;

	while ((up = TAILQ_FIRST(&s->idle)) != NULL) {
		idle_out(up);
		if (exchange_repeatable(x) || is_alive(up))
			return up;
		up_free(up);
	}
	return NULL;
}

static void
use_idle(struct up *up, struct exchange *x)
{
	deadline_clear(x->w->deadlines, &up->deadline);
	up->exchange = x;
	board_count(x->w->board, COUNTER_UP_REUSED);
	exchange_connected(x, up, 1);
}

void
upstream_get(struct exchange *x, int fresh)
{
	struct upstreams *u = x->w->upstreams;
	struct server	 *s;
	struct up	 *up;
	enum tried	  tried;

	while ((s = server_choose(u, x)) != NULL) {
		x->server = s->number;
		x->has_server = 1;
		if (!fresh && (up = take_idle(s, x)) != NULL) {
			x->tried = 0; /* it may be dead, the server not */
			use_idle(up, x);
			return;
		}
		tried = connect_to(s, x);
		if (tried == TRIED_OURS && upstreams_shrink(u) > 0)
			tried = connect_to(s, x);
		switch (tried) {
		case TRIED_WAIT:
			return;
		case TRIED_DOWN:
			break;
		case TRIED_OURS:
			server_say_ours(s);
			exchange_unconnected(x, REASON_BUSY);
			return;
		}
	}
	wait_or_fail(x);
}

void
upstream_cancel(struct exchange *x)
{
	if (x->connecting != NULL)
		upstream_drop(x->connecting);
	x->connecting = NULL;
	if (x->is_waiting)
		unwait(server_number(x->w->upstreams, x->server), x);
}

void
upstream_socket(struct upstreams *u, uint64_t id, int error, int fd)
{
	struct up *up = server_asked(u, id);

	if (up == NULL) {
		if (fd != -1)
			close(fd);
		return;
	}
	if (fd == -1) {
		connect_failed(up, strerror(error), 0);
		return;
	}
	if (stream_open(&up->stream, u->w->scratch, u->w->base, fd, NULL, 1,
		on_up, up) == -1)
		connect_failed(up, "out of memory", 0);
}

size_t
upstreams_shrink(struct upstreams *u)
{
	struct up *up;
	size_t	   i, closed = 0;

	for (i = 0; i < u->n; i++)
		while ((up = TAILQ_FIRST(&u->servers[i].idle)) != NULL) {
			idle_out(up);
			up_free(up);
			closed++;
		}
	return closed;
}

/* --- all of them --- */

struct upstreams *
upstreams_new(struct worker *w)
{
	struct upstreams *u = xcalloc(1, sizeof(*u));
	size_t		  i;

	u->w = w;
	u->n = w->conf->nservers;
	u->servers = xcalloc(u->n + 1, sizeof(*u->servers));
	TAILQ_INIT(&u->asked);
	for (i = 0; i < u->n; i++) {
		server_init(&u->servers[i], u, i);
		u->servers[i].skip_ms = SKIP_FIRST_MS;
		u->servers[i].again =
		    evtimer_new(w->base, try_again, &u->servers[i]);
		if (u->servers[i].again == NULL)
			fatalx(1, "out of memory");
	}
	return u;
}

void
upstreams_free(struct upstreams *u)
{
	size_t i;

	upstreams_shrink(u);
	for (i = 0; i < u->n; i++) {
		event_free(u->servers[i].again);
		free(u->servers[i].name);
	}
	free(u->servers);
	free(u);
}
