/* SPDX-License-Identifier: ISC */
#include "h1_client.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "board.h"
#include "clock.h"
#include "exchange.h"
#include "h1_side.h"
#include "log.h"
#include "tls.h"

static const char not_tls[] =
    "This port speaks HTTPS (TLS), and HTTP came: the address begins with "
    "https://\n";

#define LINGER_MS    2000
#define LINGER_BYTES (1024 * 1024)

/* --- the end --- */

void
client_close(struct client *c)
{
	struct worker *w = c->w;

	if (c->gone)
		return;
	c->gone = 1;
	deadline_clear(w->deadlines, &c->deadline);
	stream_close(&c->stream);
	input_drop(&c->in);
	if (c->counted)
		board_leave(w->board, &c->peer);
	if (c->idle)
		board_add(w->board, COUNTER_IDLE, -1);
	board_add(w->board, COUNTER_OPEN, -1);
	TAILQ_REMOVE(&w->clients, c, entry);
	w->nclients--;
	worker_bury(w, &c->grave);
	worker_check_end(w);
}

static void
set_idle(struct client *c, int idle)
{
	if (c->idle == (unsigned int)idle)
		return;
	c->idle = (unsigned int)idle;
	board_add(c->w->board, COUNTER_IDLE, idle ? 1 : -1);
}

/*
 * Bytes that we have not read would make the kernel answer with RST, which
 * takes the answer away from the client: throw them away for a moment.
 */
static void
finish(struct client *c)
{
	int unread = c->body != H1_NO_BODY || stream_has_input(&c->stream) ||
	    input_has(&c->in) > 0;

	stream_finish(&c->stream);
	if (c->stream.failed || !unread) {
		client_close(c);
		return;
	}
	input_drop(&c->in);
	c->lingering = 1;
	deadline_set(c->w->deadlines, &c->deadline, worker_now(c->w),
	    LINGER_MS);
}

static void
wait_for_request(struct client *c)
{
	struct worker *w = c->w;
	int64_t	       ms = (int64_t)w->conf->idle_timeout * 1000;

	deadline_set(w->deadlines, &c->deadline, worker_now(w),
	    w->draining && ms > DRAIN_IDLE_MS ? DRAIN_IDLE_MS : ms);
}

void
side_ended(struct client *c, int keep, int cut)
{
	struct worker *w = c->w;

	c->x = NULL;
	if (cut || c->stream.failed) {
		stream_abort(&c->stream);
		client_close(c);
		return;
	}
	if (!keep || w->stopping || c->body != H1_NO_BODY) {
		finish(c);
		if (c->lingering)
			client_work(c);
		return;
	}
	wait_for_request(c);
	client_work(c);
}

/* --- heads --- */

enum stream_io
side_read(struct client *c, size_t want)
{
	return input_read(&c->in, &c->stream, c->w->from_client, want);
}

static struct exchange *
begin(struct client *c, struct exchange_from *from, struct head_client *head)
{
	head->address = c->address;
	head->ipv6 = c->peer.family == ADDR_IPV6;
	head->trusted = c->trusted;
	head->tls = c->tls;
	from->client = c;
	from->side = &h1_side_ops;
	from->sni = c->sni;
	from->head = head;
	from->peer = &c->peer;
	from->began = c->began;
	from->close = c->w->draining;
	deadline_clear(c->w->deadlines, &c->deadline);
	if ((c->x = exchange_new(c->w, from)) == NULL)
		client_close(c);
	return c->x;
}

/* What came is no request, or only half of one; status 0: say nothing. */
static void
refuse(struct client *c, const struct h1_request *r, int status,
    const char *text, enum reason reason)
{
	struct exchange_from from;
	struct head_client   head;

	if (begin(c, &from, &head) == NULL)
		return;
	if (status == 0) {
		exchange_end(c->x, reason);
		return;
	}
	c->body = H1_UNTIL_CLOSE; /* whatever comes is not looked at */
	exchange_refuse(c->x, r, status, text, reason);
}

static void
request(struct client *c)
{
	struct h1_request   *r = &c->w->request;
	struct exchange_from from;
	struct head_client   head;

	if (begin(c, &from, &head) == NULL)
		return;
	c->body = r->head.framing;
	c->left = r->head.length;
	memset(&c->chunks, 0, sizeof(c->chunks));
	c->trailers = 0;
	c->scanned = 0;
	c->partial = 0;
	c->in.at += r->head.len;
	exchange_start(c->x, r, &from);
}

/* The time of the whole head runs from its first byte. */
static void
half_head(struct client *c)
{
	if (!c->partial)
		deadline_set(c->w->deadlines, &c->deadline, c->began,
		    (int64_t)c->w->conf->head_timeout * 1000);
	c->partial = 1;
	stream_look_again(&c->stream);
}

/* 1: there was a head.  0: there is none yet. */
static int
parse_head(struct client *c)
{
	struct worker	*w = c->w;
	struct h1_limits limits = { w->conf->head_size, w->conf->head_fields };
	const char	*at = c->in.buf + c->in.at;
	size_t		 len = input_has(&c->in);
	enum h1_result	 result = h1_scan(at, len, c->scanned);

	if (result == H1_MORE && len < limits.bytes) {
		c->scanned = len;
		half_head(c);
		return 0;
	}
	if (h1_request(&w->request, at, len, &limits) == H1_DONE) {
		request(c);
		return 1;
	}
	log_debug("bad request: %s", w->request.head.why);
	refuse(c, &w->request, w->request.head.status, NULL,
	    REASON_BAD_REQUEST);
	return 1;
}

/* The handshake is over. */
static void
secured(struct client *c)
{
	struct board *b = c->w->board;

	c->sni = tls_site(c->stream.ssl);
	board_count(b, COUNTER_HANDSHAKES);
	if (tls_resumed(c->stream.ssl))
		board_count(b, COUNTER_RESUMED);
	board_count(b,
	    strcmp(tls_version(c->stream.ssl), "TLSv1.3") == 0 ? COUNTER_TLS13 :
								 COUNTER_TLS12);
	wait_for_request(c);
}

static void
handshake_failed(struct client *c)
{
	struct board *b = c->w->board;

	if (c->stream.not_tls) {
		board_count(b, COUNTER_PLAIN_ON_TLS);
		stream_undress(&c->stream);
		c->tls = 0;
		c->began = worker_now(c->w);
		refuse(c, NULL, 400, not_tls, REASON_BAD_REQUEST);
		return;
	}
	board_count(b,
	    c->stream.first || !tls_unknown_name(c->stream.ssl) ?
		COUNTER_HANDSHAKE_FAILED :
		COUNTER_NO_SNI_SITE);
	c->stream.failed = 0;
	stream_flush(&c->stream); /* the alert */
	client_close(c);
}

static void
no_input(struct client *c)
{
	if (!c->stream.secure)
		handshake_failed(c);
	else if (input_has(&c->in) > 0)
		refuse(c, NULL, 0, NULL, REASON_CLIENT_GONE);
	else
		client_close(c);
}

/* The first byte of a head; its time runs. */
static void
head_begins(struct client *c)
{
	struct worker *w = c->w;

	set_idle(c, 0);
	c->began = worker_now(w);
}

/* 1: go on; 0: wait. */
static int
take_head(struct client *c)
{
	struct worker *w = c->w;
	enum stream_io io;
	unsigned int   was_secure;

	if (input_has(&c->in) > 0 && c->scanned == 0) {
		head_begins(c);
		if (parse_head(c))
			return 1;
	}
	was_secure = c->stream.secure;
	io = side_read(c, w->conf->head_size);
	if (!was_secure && c->stream.secure && c->stream.ssl != NULL)
		secured(c);
	if (io == STREAM_WAIT)
		return 0;
	if (io != STREAM_OK) {
		no_input(c);
		return 0;
	}
	if (c->scanned == 0)
		head_begins(c);
	(void)parse_head(c);
	return 1;
}

/* --- the loop --- */

static int
throw_away(struct client *c)
{
	enum stream_io io;

	input_drop(&c->in);
	io = side_read(c, sizeof(c->w->from_client));
	c->thrown += input_has(&c->in);
	if (io == STREAM_OK && c->thrown <= LINGER_BYTES)
		return 1;
	input_drop(&c->in);
	if (io != STREAM_WAIT)
		client_close(c);
	return 0;
}

static int
step(struct client *c)
{
	if (c->lingering)
		return throw_away(c);
	if (c->x == NULL)
		return take_head(c);
	if (c->body != H1_NO_BODY && c->body != H1_UNTIL_CLOSE &&
	    exchange_wants_body(c->x))
		return side_take_body(c);
	return 0;
}

void
client_work(struct client *c)
{
	int turns = 0;

	if (c->working)
		return;
	c->working = 1;
	while (!c->gone && step(c)) {
		if (++turns == 64) { /* others want to live, too */
			stream_again(&c->stream);
			break;
		}
	}
	c->working = 0;
	if (c->gone)
		return;
	if (input_own(&c->in) == -1) {
		if (c->x != NULL)
			exchange_end(c->x, REASON_CLIENT_GONE);
		else
			client_close(c);
		return;
	}
	if (c->x != NULL)
		exchange_settle(c->x);
	else {
		set_idle(c,
		    c->stream.secure && !c->lingering &&
			input_has(&c->in) == 0);
		/* Tickets go with an answer, if there will be one. */
		stream_flush(&c->stream);
	}
}

static void
on_client(evutil_socket_t fd, short what, void *arg)
{
	struct client *c = arg;

	(void)fd;

	stream_woken(&c->stream, what);
	if (c->x != NULL)
		exchange_client_event(c->x, what);
	if (!c->gone)
		client_work(c);
}

static void
too_late(struct deadline *d)
{
	struct client *c =
	    (struct client *)((char *)d - offsetof(struct client, deadline));

	if (c->stream.secure && !c->lingering && input_has(&c->in) > 0)
		refuse(c, NULL, 408, NULL, REASON_HEAD_TIMEOUT);
	else {
		if (!c->stream.secure)
			board_count(c->w->board, COUNTER_HANDSHAKE_FAILED);
		else if (!c->lingering)
			stream_finish(&c->stream);
		client_close(c);
	}
}

void
client_new(struct worker *w, int fd, const struct addr *peer, int tls,
    int trusted, int counted)
{
	struct client *c;
	struct ssl_st *ssl = NULL;

	c = calloc(1, sizeof(*c));
	if (c == NULL || (tls && (ssl = tls_session(w->tls)) == NULL)) {
		close(fd);
		fd = -1;
	}
	if (fd == -1 ||
	    stream_open(&c->stream, w->scratch, w->base, fd, ssl, 0, on_client,
		c) == -1) {
		free(c);
		if (counted)
			board_leave(w->board, peer);
		return;
	}
	c->w = w;
	c->peer = *peer;
	addr_print(peer, c->address);
	c->tls = (unsigned int)tls;
	c->counted = (unsigned int)counted;
	c->trusted = (unsigned int)trusted;
	c->deadline.expired = too_late;
	TAILQ_INSERT_TAIL(&w->clients, c, entry);
	w->nclients++;
	board_count(w->board, COUNTER_CONNECTIONS);
	board_add(w->board, COUNTER_OPEN, 1);
	deadline_set(w->deadlines, &c->deadline, worker_now(w),
	    (int64_t)w->conf->head_timeout * 1000);
	set_idle(c, !tls);
}

void
client_hurry(struct client *c, int64_t ms)
{
	struct worker *w = c->w;

	if (c->x == NULL && c->deadline.at > worker_now(w) + ms)
		deadline_set(w->deadlines, &c->deadline, worker_now(w), ms);
}

void
client_stop(struct client *c)
{
	if (c->x != NULL || c->lingering)
		return;
	if (input_has(&c->in) == 0) {
		if (c->stream.secure)
			stream_finish(&c->stream);
		client_close(c);
	}
}
