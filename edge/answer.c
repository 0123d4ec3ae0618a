/* SPDX-License-Identifier: ISC */
/*
 * The upstream's answer: taken off its wire, written anew for the client.
 */
#include <string.h>

#include "board.h"
#include "exchange.h"
#include "log.h"
#include "out.h"
#include "stream.h"
#include "trailers.h"
#include "upstream.h"

#define ANSWER_HEAD  (32 * 1024)
#define ANSWER_TURNS 16 /* reads in one turn of the loop */
#define INTERIM_MAX  16 /* 1xx before the answer */

/*
 * A client that takes all at once is given more at once; what one does not
 * take waits in our memory, so a slow one is given little.
 */
#define GRAIN_MIN (32 * 1024)
#define GRAIN_MAX WORKER_READ

/* What becomes of the exchange after a piece was looked at. */
enum next {
	NEXT_GO,   /* on with the next piece */
	NEXT_MORE, /* bytes are needed */
	NEXT_STOP  /* the exchange took another turn */
};

static enum next
bad(struct exchange *x, const char *why)
{
	log_debug("bad answer from %s: %s",
	    upstream_name(x->w->upstreams, x->server), why);
	exchange_up_failed(x, REASON_UP_BAD);
	return NEXT_STOP;
}

/*
 * All of it is here.  The connection is of use again only if nothing is
 * left on it that nobody asked for.
 */
static enum next
whole(struct exchange *x, const char *trailers, size_t len)
{
	struct up *up = x->up;

	x->side->end(x->client, trailers, len);
	x->up = NULL;
	if (x->up_keep && !x->up_deaf && x->body_done &&
	    input_has(&up->in) == 0 && !up->stream.readable &&
	    stream_pending(&up->stream) == 0) {
		input_drop(&up->in);
		upstream_keep(up);
	} else
		upstream_drop(up);
	x->unsent = 0;
	exchange_flushing(x, REASON_DONE);
	return NEXT_STOP;
}

/* --- heads --- */

static void
ask_date(struct exchange *x, struct head_answer *a)
{
	struct stream *s = x->side->stream(x->client);

	memset(a, 0, sizeof(*a));
	a->minor = x->minor;
	a->tls = s->ssl != NULL;
	a->date = worker_date(x->w);
}

/* 100 is ours to give; others go on to whoever can understand them. */
static enum next
interim(struct exchange *x, const struct h1_response *r)
{
	struct out	   o = { .buf = x->w->head, .size = WORKER_HEAD };
	struct head_answer a;

	if (++x->up_interim > INTERIM_MAX)
		return bad(x, "too many 1xx");
	x->up->in.at += r->head.len;
	x->up->scanned = 0;
	if (r->status == 100 || x->minor == 0)
		return NEXT_GO;
	ask_date(x, &a);
	if (head_answer(&o, r, &a, NULL, NULL) == -1)
		return bad(x, "a head that is too large");
	x->side->head(x->client, o.buf, o.len);
	x->side->flush(x->client); /* early, or of no use */
	return NEXT_GO;
}

static enum next
switch_protocols(struct exchange *x, const struct h1_response *r)
{
	struct out	   o = { .buf = x->w->head, .size = WORKER_HEAD };
	struct head_answer a;

	if (!x->upgrade || !r->head.upgrade)
		return bad(x, "101, and nobody asked for it");
	/* The server may have been slow; no tunnel was there to look at. */
	if (tunnel_blocked(x)) {
		x->close = 1;
		exchange_fail(x, 403, REASON_BLOCKED);
		return NEXT_STOP;
	}
	ask_date(x, &a);
	a.upgrade = 1;
	x->status = r->status;
	x->answered = worker_now(x->w);
	if (head_answer(&o, r, &a, x->site, x->location) == -1)
		return bad(x, "a head that is too large");
	x->up->in.at += r->head.len;
	x->side->head(x->client, o.buf, o.len);
	tunnel_start(x);
	return NEXT_STOP;
}

/* How the body goes to the client. */
static void
choose_framing(struct exchange *x, const struct h1_response *r)
{
	x->up_framing = r->head.framing;
	x->up_left = r->head.length;
	memset(&x->up_chunks, 0, sizeof(x->up_chunks));
	x->up_trailers = 0;
	x->up_keep = r->head.keep_alive && r->head.framing != H1_UNTIL_CLOSE;
	x->to_client = r->head.framing;
	if (x->to_client == H1_UNTIL_CLOSE && x->minor == 1)
		x->to_client = H1_CHUNKED;
	if (x->to_client == H1_CHUNKED && x->minor == 0)
		x->to_client = H1_UNTIL_CLOSE;
	x->close |=
	    x->to_client == H1_UNTIL_CLOSE || !x->body_done || x->w->draining;
}

static enum next
final(struct exchange *x, const struct h1_response *r)
{
	struct out	   o = { .buf = x->w->head, .size = WORKER_HEAD };
	struct head_answer a;

	choose_framing(x, r);
	ask_date(x, &a);
	a.framing = x->to_client;
	a.length = r->head.length;
	a.close = x->close;
	a.head = x->method == H1_HEAD || r->status == 304;
	if (head_answer(&o, r, &a, x->site, x->location) == -1)
		return bad(x, "a head that is too large");
	x->up->in.at += r->head.len;
	x->up->scanned = 0;
	x->status = r->status;
	x->answered = worker_now(x->w);
	x->state = EXCHANGE_ANSWERING;
	x->side->head(x->client, o.buf, o.len);
	return x->up_framing == H1_NO_BODY ? whole(x, NULL, 0) : NEXT_GO;
}

static enum next
take_head(struct exchange *x)
{
	static const struct h1_limits limits = { ANSWER_HEAD, H1_FIELDS_MAX };
	struct h1_response	     *r = &x->w->response;
	struct input		     *in = &x->up->in;
	const char		     *at = in->buf + in->at;
	size_t			      len = input_has(in);
	enum h1_result		      result;

	if (len > 0)
		x->up_first = 1;
	result = h1_scan(at, len, x->up->scanned);
	if (result == H1_MORE) {
		x->up->scanned = len;
		return len >= ANSWER_HEAD ? bad(x, "an endless head") :
					    NEXT_MORE;
	}
	if (h1_response(r, x->method, at, len, &limits) != H1_DONE)
		return bad(x, r->head.why);
	if (r->status == 101)
		return switch_protocols(x, r);
	if (r->status < 200)
		return interim(x, r);
	return final(x, r);
}

/* --- bodies --- */

static void
pass(struct exchange *x, const void *p, size_t len)
{
	x->sent += len;
	x->side->body(x->client, p, len);
}

static enum next
take_length(struct exchange *x)
{
	struct input *in = &x->up->in;
	size_t	      n = input_has(in);

	if (n > x->up_left)
		n = (size_t)x->up_left;
	x->up_left -= n;
	in->at += n;
	pass(x, in->buf + in->at - n, n);
	return x->up_left == 0 ? whole(x, NULL, 0) : NEXT_MORE;
}

static enum next
take_trailers(struct exchange *x)
{
	struct h1_head *t = &x->w->response.head;
	struct input   *in = &x->up->in;
	struct out	o = { .buf = x->w->head, .size = WORKER_HEAD };
	enum h1_result	result;

	result = h1_trailers(t, in->buf + in->at, input_has(in));
	if (result == H1_MORE)
		return NEXT_MORE;
	if (result == H1_BAD)
		return bad(x, "trailers");
	in->at += t->len;
	trailers_write(&o, t);
	return whole(x, o.buf, o.full ? 0 : o.len);
}

static enum next
take_chunks(struct exchange *x)
{
	struct input *in = &x->up->in;
	struct slice  data;
	enum h1_chunk got;
	size_t	      used;

	while (!x->up_trailers) {
		got = h1_chunks_next(&x->up_chunks, in->buf + in->at,
		    input_has(in), &used, &data);
		if (got == H1_CHUNK_BAD)
			return bad(x, "chunks");
		in->at += used;
		if (got == H1_CHUNK_MORE)
			return NEXT_MORE;
		if (got == H1_CHUNK_DATA)
			pass(x, data.at, data.len);
		else
			x->up_trailers = 1;
	}
	return take_trailers(x);
}

static enum next
take_body(struct exchange *x)
{
	struct input *in = &x->up->in;

	switch (x->up_framing) {
	case H1_LENGTH:
		return take_length(x);
	case H1_CHUNKED:
		return take_chunks(x);
	case H1_UNTIL_CLOSE:
		pass(x, in->buf + in->at, input_has(in));
		in->at = in->len;
		return NEXT_MORE;
	case H1_NO_BODY:
		break;
	}
	bug("an answer without a body goes on");
}

/* --- the loop --- */

static void
ended(struct exchange *x, enum stream_io io)
{
	if (x->state == EXCHANGE_ANSWERING && io == STREAM_EOF &&
	    x->up_framing == H1_UNTIL_CLOSE) {
		x->up_keep = 0;
		(void)whole(x, NULL, 0);
		return;
	}
	exchange_up_failed(x, REASON_UP_CLOSED);
}

/* 1: something was read; 0: not now, or it is over. */
static int
read_more(struct exchange *x)
{
	enum stream_io io;

	if (x->grain == 0)
		x->grain = GRAIN_MIN;
	io = input_read(&x->up->in, &x->up->stream, x->w->from_up, x->grain);
	if (io == STREAM_OK)
		return 1;
	if (io != STREAM_WAIT)
		ended(x, io);
	return 0;
}

static enum next
look(struct exchange *x)
{
	enum next next;

	do
		next =
		    x->state == EXCHANGE_WAITING ? take_head(x) : take_body(x);
	while (next == NEXT_GO && input_has(&x->up->in) > 0);
	return next;
}

/* What was read goes out before more is read.  1: go on. */
static int
hand_over(struct exchange *x)
{
	size_t waiting;

	if (x->state != EXCHANGE_ANSWERING)
		return 1;
	waiting = x->side->flush(x->client);
	if (x->side->stream(x->client)->failed) {
		exchange_end(x, REASON_CLIENT_GONE);
		return 0;
	}
	if (waiting > 0)
		x->grain = GRAIN_MIN;
	else if (x->grain < GRAIN_MAX)
		x->grain *= 2;
	exchange_wait(x,
	    1000 *
		(int64_t)(waiting > 0 ? x->w->conf->send_timeout :
					x->site->answer_timeout));
	return waiting == 0;
}

void
answer_read(struct exchange *x)
{
	int turns;

	for (turns = 0; turns < ANSWER_TURNS; turns++) {
		if (x->state == EXCHANGE_ANSWERING &&
		    x->side->pending(x->client) > 0)
			break;
		if (!read_more(x) || look(x) == NEXT_STOP || !hand_over(x))
			break;
		stream_look_again(&x->up->stream);
	}
	if (x->state == EXCHANGE_OVER || x->up == NULL)
		return;
	if (turns == ANSWER_TURNS)
		stream_again(&x->up->stream);
	if (input_own(&x->up->in) == -1)
		exchange_end(x, REASON_BUSY);
}
