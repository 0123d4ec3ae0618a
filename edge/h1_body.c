/* SPDX-License-Identifier: ISC */
/*
 * Bodies on a client's connection: the request's is taken off the wire, the
 * answer's is put on it.
 */
#include "h1_side.h"

#include "log.h"
#include "out.h"
#include "trailers.h"
#include "upstream.h"

#define BODY_READ (64 * 1024)

/* --- of requests --- */

static int
bad(struct client *c, const char *why)
{
	log_debug("bad body: %s", why);
	c->body = H1_UNTIL_CLOSE; /* where it ends nobody knows */
	exchange_fail(c->x, 400, REASON_BODY_BAD);
	return 0;
}

static int
take_length(struct client *c)
{
	size_t n = input_has(&c->in);

	if (n > c->left)
		n = (size_t)c->left;
	c->left -= n;
	c->in.at += n;
	if (exchange_body(c->x, c->in.buf + c->in.at - n, n) == -1)
		return 0;
	if (c->left == 0) {
		c->body = H1_NO_BODY;
		exchange_body_end(c->x, NULL, 0);
	}
	return 1;
}

static int
take_trailers(struct client *c)
{
	struct h1_head *t = &c->w->request.head;
	struct out	o = { .buf = c->w->head, .size = WORKER_HEAD };

	switch (h1_trailers(t, c->in.buf + c->in.at, input_has(&c->in))) {
	case H1_MORE:
		return -1;
	case H1_BAD:
		return bad(c, "trailers");
	case H1_DONE:
		break;
	}
	c->in.at += t->len;
	c->body = H1_NO_BODY;
	trailers_write(&o, t);
	exchange_body_end(c->x, o.buf, o.full ? 0 : o.len);
	return 1;
}

/* 1: go on; 0: over; -1: more bytes are needed. */
static int
take_chunks(struct client *c)
{
	struct slice data;
	size_t	     used;

	for (;;) {
		if (c->trailers)
			return take_trailers(c);
		switch (h1_chunks_next(&c->chunks, c->in.buf + c->in.at,
		    input_has(&c->in), &used, &data)) {
		case H1_CHUNK_DATA:
			c->in.at += used;
			if (exchange_body(c->x, data.at, data.len) == -1)
				return 0;
			break;
		case H1_CHUNK_MORE:
			c->in.at += used;
			return -1;
		case H1_CHUNK_END:
			c->in.at += used;
			c->trailers = 1;
			break;
		case H1_CHUNK_BAD:
			return bad(c, "chunks");
		}
	}
}

/* Is there something that was not looked at yet? */
static int
has_fresh(const struct client *c)
{
	return input_has(&c->in) > (c->trailers ? c->scanned : 0);
}

int
side_take_body(struct client *c)
{
	enum stream_io io;
	int	       ret;

	if (!has_fresh(c)) {
		io = side_read(c, BODY_READ);
		if (io == STREAM_WAIT)
			return 0;
		if (io != STREAM_OK) {
			exchange_fail(c->x, 0, REASON_CLIENT_GONE);
			return 0;
		}
	}
	if (c->body == H1_LENGTH)
		ret = take_length(c);
	else
		ret = take_chunks(c);
	if (ret == 0)
		return 0;
	/* A part of the trailers: look again when there is more. */
	c->scanned = ret == -1 ? input_has(&c->in) : 0;
	if (c->x != NULL && c->body != H1_NO_BODY)
		stream_look_again(&c->stream);
	return 1;
}

/* --- of answers --- */

static void
put_head(struct client *c, const char *p, size_t len)
{
	stream_put(&c->stream, p, len);
}

static void
put_body(struct client *c, const void *p, size_t len)
{
	char	   line[20];
	struct out o = { .buf = line, .size = sizeof(line) };

	if (len == 0)
		return;
	if (c->x->to_client != H1_CHUNKED) {
		stream_put(&c->stream, p, len);
		return;
	}
	out_hex(&o, len);
	out_text(&o, "\r\n");
	stream_put(&c->stream, line, o.len);
	stream_put(&c->stream, p, len);
	stream_put(&c->stream, "\r\n", 2);
}

static void
put_end(struct client *c, const char *trailers, size_t len)
{
	if (c->x->to_client != H1_CHUNKED)
		return;
	stream_put(&c->stream, "0\r\n", 3);
	if (len > 0)
		stream_put(&c->stream, trailers, len);
	stream_put(&c->stream, "\r\n", 2);
}

static size_t
flush(struct client *c)
{
	return stream_flush(&c->stream);
}

static size_t
pending(const struct client *c)
{
	return stream_pending(&c->stream);
}

static void
resume(struct client *c)
{
	client_work(c);
}

static struct stream *
stream(struct client *c)
{
	return &c->stream;
}

/* What came behind the request is the tunnel's. */
static void
rest(struct client *c)
{
	struct stream *up = &c->x->up->stream;

	stream_put(up, c->in.buf + c->in.at, input_has(&c->in));
	stream_flush(up);
	input_drop(&c->in);
}

const struct side_ops h1_side_ops = {
	.head = put_head,
	.body = put_body,
	.end = put_end,
	.flush = flush,
	.pending = pending,
	.resume = resume,
	.ended = side_ended,
	.stream = stream,
	.rest = rest,
};
