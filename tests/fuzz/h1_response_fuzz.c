/* SPDX-License-Identifier: ISC */
/*
 * Heads of answers; the first byte says what they answer.  Whatever is taken
 * is clean; parsed in pieces it is the same; and written anew it is taken
 * again, and means the same.
 */
#include "h1_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const struct h1_limits limits = { 8192, 100 };

static void
check(const struct h1_response *a, enum h1_method method, const char *buf,
    size_t len)
{
	const struct h1_head *h = &a->head;

	must_be_fields(h, buf, len);
	must_be_framed(h);
	must_lie(a->reason, buf, h->len);
	must(a->status >= 100 && a->status <= 599);
	must(h->framing == H1_NO_BODY ||
	    (a->status >= 200 && a->status != 204 && a->status != 304 &&
		method != H1_HEAD));
	must(h->upgrade == (a->status == 101));
}

static void
check_piece(const char *buf, size_t len, enum h1_method method,
    enum h1_result whole, const struct h1_response *w)
{
	static struct h1_response a;
	enum h1_result		  res, scan;

	res = h1_response(&a, method, buf, len, &limits);
	scan = h1_scan(buf, len, 0);
	must(scan != H1_BAD || res == H1_BAD);
	must(scan != H1_DONE || res != H1_MORE);
	must(res != H1_DONE || scan == H1_DONE);
	if (res == H1_BAD)
		must(whole == H1_BAD && a.head.status == 502 &&
		    strcmp(a.head.why, w->head.why) == 0);
	if (res == H1_DONE)
		must(whole == H1_DONE && a.head.len == w->head.len);
}

static void
check_again(const struct h1_response *a, enum h1_method method)
{
	static struct h1_response again;
	static char		  buf[16384];
	struct out		  o = { .buf = buf, .size = sizeof(buf) };

	out_text(&o, "HTTP/1.1 ");
	out_number(&o, (uint64_t)a->status);
	out_text(&o, " ");
	out_slice(&o, a->reason);
	out_text(&o, "\r\n");
	if (a->head.upgrade)
		out_text(&o, "Connection: upgrade\r\nUpgrade: websocket\r\n");
	write_fields(&o, &a->head);
	must(h1_response(&again, method, buf, o.len,
		 &(const struct h1_limits){ sizeof(buf), 200 }) == H1_DONE);
	must(again.head.len == o.len && again.status == a->status);
	must(slice_equal(a->reason, again.reason));
	must(a->head.framing == again.head.framing);
	must(a->head.length == again.head.length);
	must(a->head.has_length == again.head.has_length);
	must(a->head.upgrade == again.head.upgrade);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum h1_method methods[] = { H1_GET, H1_HEAD, H1_POST,
		H1_CONNECT };
	static struct h1_response   a;
	enum h1_method		    method;
	enum h1_result		    res;
	char			   *buf, *piece;
	size_t			    part, step;

	if (size == 0)
		return 0;
	method = methods[*data++ % 4];
	if ((buf = malloc(size)) == NULL)
		abort();
	memcpy(buf, data, --size);
	res = h1_response(&a, method, buf, size, &limits);
	step = size / 64 + 1;
	for (part = 0; part <= size; part += step) {
		/* Of just that size, so that a byte too many is seen. */
		if ((piece = malloc(part + 1)) == NULL)
			abort();
		memcpy(piece + 1, buf, part);
		check_piece(piece + 1, part, method, res, &a);
		free(piece);
	}
	if (res == H1_DONE) {
		check(&a, method, buf, size);
		check_again(&a, method);
	}
	free(buf);
	return 0;
}
