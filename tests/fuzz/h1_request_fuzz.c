/* SPDX-License-Identifier: ISC */
/*
 * Heads of requests.  Whatever is taken is clean; parsed in pieces it is the
 * same; and written anew it is taken again, and means the same.
 */
#include "h1_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const struct h1_limits limits = { 8192, 100 };

static void
check(const struct h1_request *q, const char *buf, size_t len)
{
	const struct h1_head *h = &q->head;

	must_be_fields(h, buf, len);
	must_be_framed(h);
	must(h->framing != H1_UNTIL_CLOSE);
	must_lie(q->method_text, buf, h->len);
	must_lie(q->target, buf, h->len);
	must_lie(q->query, buf, h->len);
	must_lie(q->host, buf, h->len);
	must_lie(q->port, buf, h->len);
	must(q->method_text.len > 0 && q->method != H1_CONNECT);
	must(q->path.len > 0);
	must(q->path.at[0] == '/' ||
	    (slice_is(q->path, "*") && q->method == H1_OPTIONS));
	must(memchr(q->path.at, '?', q->path.len) == NULL);
	must(q->query.len == 0 || q->has_query);
	must(q->host.len > 0 || h->minor == 0);
	must((q->method != H1_GET && q->method != H1_HEAD) ||
	    h->framing == H1_NO_BODY);
	must(!q->expect_continue || h->framing != H1_NO_BODY);
}

/*
 * Any beginning of it: bad only if all is bad, and for the same reason.  What
 * the scan says to it holds, too.
 */
static void
check_piece(const char *buf, size_t len, enum h1_result whole,
    const struct h1_request *w)
{
	static struct h1_request q;
	enum h1_result		 res, scan;

	res = h1_request(&q, buf, len, &limits);
	scan = h1_scan(buf, len, 0);
	must(scan != H1_BAD || res == H1_BAD);
	must(scan != H1_DONE || res != H1_MORE);
	must(res != H1_DONE || scan == H1_DONE);
	must(scan == h1_scan(buf, len, 0));
	if (res == H1_BAD) {
		must(whole == H1_BAD && q.head.status == w->head.status &&
		    strcmp(q.head.why, w->head.why) == 0);
		must(q.head.status >= 400 && q.head.status <= 505);
	}
	if (res == H1_DONE)
		must(whole == H1_DONE && q.head.len == w->head.len);
}

/* In two steps the scan finds what it finds in one. */
static void
check_scan(const char *buf, size_t len, size_t part)
{
	if (h1_scan(buf, part, 0) == H1_MORE)
		must(h1_scan(buf, len, part) == h1_scan(buf, len, 0));
}

static void
check_again(const struct h1_request *q)
{
	static struct h1_request again;
	static char		 buf[16384];
	struct out		 o = { .buf = buf, .size = sizeof(buf) };

	out_slice(&o, q->method_text);
	out_text(&o, " ");
	out_slice(&o, q->path);
	out_text(&o, q->has_query ? "?" : "");
	out_slice(&o, q->query);
	out_text(&o, q->head.minor == 1 ? " HTTP/1.1\r\n" : " HTTP/1.0\r\n");
	if (q->host.len > 0) {
		out_text(&o, "Host: ");
		out_slice(&o, q->host);
		out_text(&o, q->port.len > 0 ? ":" : "");
		out_slice(&o, q->port);
		out_text(&o, "\r\n");
	}
	write_fields(&o, &q->head);
	must(h1_request(&again, buf, o.len,
		 &(const struct h1_limits){ sizeof(buf), 200 }) == H1_DONE);
	must(again.head.len == o.len);
	must(slice_equal(q->method_text, again.method_text));
	must(slice_equal(q->path, again.path));
	must(slice_equal(q->query, again.query));
	must(q->has_query == again.has_query);
	must(slice_equal(q->host, again.host));
	must(slice_equal(q->port, again.port));
	must(q->head.framing == again.head.framing);
	must(q->head.length == again.head.length);
	must(q->expect_continue == again.expect_continue);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct h1_request q;
	enum h1_result		 res;
	char			*buf, *piece;
	size_t			 part, step;

	if ((buf = malloc(size + 1)) == NULL)
		abort();
	memcpy(buf, data, size);
	res = h1_request(&q, buf, size, &limits);
	step = size / 64 + 1;
	for (part = 0; part <= size; part += step) {
		/* Of just that size, so that a byte too many is seen. */
		if ((piece = malloc(part + 1)) == NULL)
			abort();
		memcpy(piece + 1, buf, part);
		check_piece(piece + 1, part, res, &q);
		free(piece);
		check_scan(buf, size, part);
	}
	if (res == H1_DONE) {
		check(&q, buf, size);
		check_again(&q);
	}
	free(buf);
	return 0;
}
