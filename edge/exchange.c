/* SPDX-License-Identifier: ISC */
#include "exchange.h"

#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "clock.h"
#include "log.h"
#include "record.h"
#include "sets.h"
#include "stream.h"
#include "upstream.h"

#define RATE_SECONDS 10	  /* over which "body rate" is measured */
#define LOOK_MS	     1000 /* is the client still there? */
#define FLUSH_AT     4096 /* bytes of a body that are not gathered */

static const char continue_line[] = "HTTP/1.1 100 Continue\r\n\r\n";

static void expired(struct deadline *);

struct exchange *
exchange_new(struct worker *w, const struct exchange_from *from)
{
	struct exchange *x;

	if ((x = calloc(1, sizeof(*x))) == NULL)
		return NULL;
	x->w = w;
	x->client = from->client;
	x->side = from->side;
	x->close = from->close;
	x->address = *from->peer;
	x->began = from->began;
	x->time = worker_wall(w);
	x->deadline.expired = expired;
	x->to_client = H1_NO_BODY;
	x->minor = 1;
	w->nexchanges++;
	return x;
}

void
exchange_wait(struct exchange *x, int64_t ms)
{
	deadline_set(x->w->deadlines, &x->deadline, worker_now(x->w), ms);
}

/* --- the request --- */

enum written {
	WRITTEN,
	WRITTEN_LARGE,
	WRITTEN_NO_MEMORY
};

/* The head for the upstream; what the log needs of it is in it. */
static enum written
write_request(struct exchange *x, const struct h1_request *r,
    const struct head_client *head)
{
	struct out o = { .buf = x->w->head, .size = sizeof(x->w->head) };

	if (head_request(&o, r, head, x->site, x->location, &x->marks) == -1)
		return WRITTEN_LARGE;
	if (record_keep(x, o.buf, o.len) == 0)
		return WRITTEN;
	memset(&x->marks, 0, sizeof(x->marks));
	return WRITTEN_NO_MEMORY;
}

static void
forward(struct exchange *x, const struct h1_request *r,
    const struct exchange_from *from)
{
	x->forward = x->w->route.forward;
	switch (write_request(x, r, from->head)) {
	case WRITTEN:
		break;
	case WRITTEN_LARGE:
		record_request(x, r);
		own_answer(x, 431, NULL, slice_of(""), REASON_BAD_REQUEST);
		return;
	case WRITTEN_NO_MEMORY:
		own_answer(x, 503, NULL, slice_of(""), REASON_BUSY);
		return;
	}
	if (r->head.framing == H1_LENGTH &&
	    r->head.length > x->site->body_size) {
		own_answer(x, 413, NULL, slice_of(""), REASON_BODY_LARGE);
		return;
	}
	x->expects = r->expect_continue;
	x->upgrade = r->head.upgrade;
	upstream_get(x, 0);
}

void
exchange_start(struct exchange *x, const struct h1_request *r,
    const struct exchange_from *from)
{
	struct worker	     *w = x->w;
	struct route_question q = { .conf = w->conf,
		.request = r,
		.tls = from->head->tls,
		.sni = from->sni,
		.tls_port = w->tls_port,
		.member = sets_member,
		.arg = w->sets };

	x->method = r->method;
	x->minor = r->head.minor;
	x->framing = r->head.framing;
	x->body_done = r->head.framing == H1_NO_BODY;
	x->close |= !r->head.keep_alive;
	if (from->head->trusted)
		x->address =
		    head_client_address(r, from->peer, &w->conf->trusted);
	q.client = x->address;
	board_count(w->board, COUNTER_REQUESTS);
	route_request(&w->route, &q);
	x->site = w->route.site;
	x->location = w->route.location;
	if (w->route.kind == ROUTE_FORWARD) {
		forward(x, r, from);
		return;
	}
	record_request(x, r);
	x->close |= w->route.close;
	if (w->route.blocked != NULL)
		x->list = w->route.blocked->list;
	own_answer(x, w->route.status, w->route.text,
	    (struct slice){ w->route.url, w->route.url_len }, w->route.reason);
}

void
exchange_refuse(struct exchange *x, const struct h1_request *r, int status,
    const char *text, enum reason reason)
{
	if (r != NULL) {
		x->minor = r->head.minor;
		x->method = r->method;
		record_request(x, r);
	}
	board_count(x->w->board, COUNTER_REQUESTS);
	x->close = 1;
	own_answer(x, status, text, slice_of(""), reason);
}

/*
 * A reset that came together with the request is told by no event of its own:
 * if there is no answer soon, somebody looks.
 */
static void
wait_for_answer(struct exchange *x)
{
	int64_t ms = (int64_t)x->site->answer_timeout * 1000;

	x->answer_by = worker_now(x->w) + ms;
	exchange_wait(x, ms < LOOK_MS ? ms : LOOK_MS);
}

/* --- its body --- */

int
exchange_wants_body(const struct exchange *x)
{
	return !x->body_done && x->up != NULL &&
	    (x->state == EXCHANGE_WAITING || x->state == EXCHANGE_ANSWERING) &&
	    stream_pending(&x->up->stream) == 0;
}

static int
up_flush(struct exchange *x)
{
	x->unsent = 0;
	stream_flush(&x->up->stream);
	if (!x->up->stream.failed)
		return 0;
	/* It may have answered before it closed: the reader sees. */
	x->up->stream.failed = 0;
	x->close |= !x->body_done;
	x->body_done = 1;
	x->up_deaf = 1;
	stream_again(&x->up->stream);
	return -1;
}

int
exchange_body(struct exchange *x, const void *p, size_t len)
{
	struct stream *s = &x->up->stream;
	char	       line[20];
	struct out     o = { .buf = line, .size = sizeof(line) };

	x->received += len;
	board_add(x->w->board, COUNTER_BYTES_IN, (int64_t)len);
	if (x->received > x->site->body_size) {
		exchange_fail(x, 413, REASON_BODY_LARGE);
		return -1;
	}
	if (x->framing == H1_CHUNKED && len > 0) {
		out_hex(&o, len);
		out_text(&o, "\r\n");
		stream_put(s, line, o.len);
		stream_put(s, p, len);
		stream_put(s, "\r\n", 2);
	} else
		stream_put(s, p, len);
	x->unsent = 1;
	if (len >= FLUSH_AT)
		(void)up_flush(x);
	return x->state == EXCHANGE_OVER ? -1 : 0;
}

void
exchange_body_end(struct exchange *x, const char *trailers, size_t len)
{
	struct stream *s = &x->up->stream;

	if (x->framing == H1_CHUNKED) {
		stream_put(s, "0\r\n", 3);
		if (len > 0)
			stream_put(s, trailers, len);
		stream_put(s, "\r\n", 2);
	}
	x->body_done = 1;
	x->unsent = 1;
	wait_for_answer(x);
}

void
exchange_settle(struct exchange *x)
{
	if (x->unsent && x->up != NULL)
		(void)up_flush(x);
}

void
exchange_fail(struct exchange *x, int status, enum reason reason)
{
	if (status == 0 ||
	    (x->state != EXCHANGE_CONNECTING && x->state != EXCHANGE_WAITING)) {
		exchange_end(x, reason);
		return;
	}
	exchange_drop_up(x);
	own_answer(x, status, NULL, slice_of(""), reason);
}

/* --- the upstream --- */

void
exchange_drop_up(struct exchange *x)
{
	if (x->state == EXCHANGE_CONNECTING)
		upstream_cancel(x);
	if (x->up != NULL)
		upstream_drop(x->up);
	x->up = NULL;
	x->unsent = 0;
}

static int64_t
window_ms(const struct exchange *x)
{
	return x->w->conf->body_rate > 0 ?
	    RATE_SECONDS * 1000 :
	    (int64_t)x->w->conf->idle_timeout * 1000;
}

/* Bytes of the body that the upstream took, more or less. */
static int64_t
taken(const struct exchange *x)
{
	return (int64_t)x->received - (int64_t)stream_pending(&x->up->stream);
}

void
exchange_connected(struct exchange *x, struct up *up, int reused)
{
	x->up = up;
	x->reused = reused;
	x->state = EXCHANGE_WAITING;
	x->up_first = 0;
	x->up_deaf = 0;
	stream_put(&up->stream, x->request, x->request_len);
	x->unsent = 1;
	if (x->body_done) {
		wait_for_answer(x);
		exchange_settle(x);
		return;
	}
	x->blocked = 0;
	x->window = taken(x);
	exchange_wait(x, window_ms(x));
	if (x->expects) {
		x->side->head(x->client, continue_line,
		    sizeof(continue_line) - 1);
		x->side->flush(x->client);
		x->expects = 0;
	}
	/* In the middle of the side's own work this does nothing yet. */
	x->side->resume(x->client);
}

void
exchange_unconnected(struct exchange *x, enum reason reason)
{
	x->state = EXCHANGE_WAITING;
	own_answer(x, reason == REASON_UP_TIMEOUT ? 504 : 503, NULL,
	    slice_of(""), reason);
}

int
exchange_repeatable(const struct exchange *x)
{
	return h1_idempotent(x->method) && x->framing == H1_NO_BODY &&
	    !x->upgrade;
}

void
exchange_up_failed(struct exchange *x, enum reason reason)
{
	int again = x->reused && !x->up_first && exchange_repeatable(x) &&
	    reason == REASON_UP_CLOSED;

	if (x->state != EXCHANGE_WAITING) {
		exchange_end(x, REASON_UP_CUT);
		return;
	}
	exchange_drop_up(x);
	if (again) {
		board_count(x->w->board, COUNTER_UP_RETRIES);
		x->state = EXCHANGE_CONNECTING;
		upstream_get(x, 1);
		return;
	}
	own_answer(x, reason == REASON_UP_TIMEOUT ? 504 : 502, NULL,
	    slice_of(""), reason);
}

void
exchange_up_event(struct exchange *x)
{
	struct up *up = x->up;

	if (x->state == EXCHANGE_TUNNEL) {
		tunnel_move(x);
		return;
	}
	if (stream_pending(&up->stream) > 0)
		(void)up_flush(x);
	answer_read(x);
	if (x->state != EXCHANGE_OVER && exchange_wants_body(x))
		x->side->resume(x->client);
}

/* --- the client takes --- */

void
exchange_flushing(struct exchange *x, enum reason reason)
{
	x->state = EXCHANGE_FLUSHING;
	x->end = reason;
	exchange_writable(x);
}

void
exchange_writable(struct exchange *x)
{
	size_t waiting = x->side->flush(x->client);

	if (x->side->stream(x->client)->failed) {
		exchange_end(x, REASON_CLIENT_GONE);
		return;
	}
	if (x->state == EXCHANGE_TUNNEL)
		tunnel_move(x);
	else if (waiting > 0)
		exchange_wait(x, (int64_t)x->w->conf->send_timeout * 1000);
	else if (x->state == EXCHANGE_FLUSHING)
		exchange_end(x, x->end);
	else if (x->state == EXCHANGE_ANSWERING) {
		exchange_wait(x, (int64_t)x->site->answer_timeout * 1000);
		answer_read(x);
	}
}

void
exchange_client_event(struct exchange *x, short what)
{
	if (x->state == EXCHANGE_TUNNEL)
		tunnel_move(x);
	else if ((what & (EV_READ | EV_CLOSED)) && x->body_done &&
	    stream_is_reset(x->side->stream(x->client)))
		exchange_end(x, REASON_CLIENT_GONE);
	else if ((what & EV_WRITE) && x->side->pending(x->client) > 0)
		exchange_writable(x);
}

/* --- time --- */

/*
 * The client has to send; did it send enough?  But while the upstream takes
 * less than there is, it is not the client's turn: then it is only asked
 * whether it takes anything.
 */
static void
body_slow(struct exchange *x)
{
	int64_t got = taken(x) - x->window;
	int64_t least = (int64_t)x->w->conf->body_rate * RATE_SECONDS;
	int	blocked = stream_pending(&x->up->stream) > 0;

	if (blocked && x->blocked && got <= 0) {
		exchange_up_failed(x, REASON_UP_TIMEOUT);
		return;
	}
	if (!blocked && !x->blocked && (got <= 0 || got < least)) {
		exchange_fail(x, 408, REASON_BODY_SLOW);
		return;
	}
	x->blocked = blocked;
	x->window += got;
	exchange_wait(x,
	    blocked ? (int64_t)x->site->answer_timeout * 1000 : window_ms(x));
}

static void
answer_late(struct exchange *x)
{
	int64_t left = x->answer_by - worker_now(x->w);

	if (left <= 0)
		exchange_up_failed(x, REASON_UP_TIMEOUT);
	else if (stream_is_reset(x->side->stream(x->client)))
		exchange_end(x, REASON_CLIENT_GONE);
	else
		exchange_wait(x, left);
}

static void
expired(struct deadline *d)
{
	struct exchange *x = (struct exchange *)((char *)d -
	    offsetof(struct exchange, deadline));

	switch (x->state) {
	case EXCHANGE_WAITING:
		if (!x->body_done)
			body_slow(x);
		else
			answer_late(x);
		break;
	case EXCHANGE_ANSWERING:
		if (x->side->pending(x->client) > 0)
			exchange_end(x, REASON_CLIENT_SLOW);
		else
			exchange_end(x, REASON_UP_TIMEOUT);
		break;
	case EXCHANGE_FLUSHING:
		exchange_end(x, REASON_CLIENT_SLOW);
		break;
	case EXCHANGE_TUNNEL:
		exchange_end(x, REASON_TUNNEL);
		break;
	case EXCHANGE_CONNECTING:
	case EXCHANGE_OVER:
		break;
	}
}

/* --- the end --- */

void
exchange_end(struct exchange *x, enum reason reason)
{
	int whole = x->state == EXCHANGE_FLUSHING && reason == x->end;
	int cut = x->state == EXCHANGE_ANSWERING ||
	    (x->state == EXCHANGE_FLUSHING && !whole);

	if (x->state == EXCHANGE_OVER)
		return;
	exchange_drop_up(x);
	if (x->state == EXCHANGE_TUNNEL) {
		x->w->ntunnels--;
		board_add(x->w->board, COUNTER_TUNNELS, -1);
	} else
		x->w->nexchanges--;
	x->state = EXCHANGE_OVER;
	deadline_clear(x->w->deadlines, &x->deadline);
	record_write(x, reason);
	free(x->request);
	x->request = NULL;
	worker_bury(x->w, &x->grave);
	x->side->ended(x->client, whole && !x->close, cut);
}
