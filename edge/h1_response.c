/* SPDX-License-Identifier: ISC */
/*
 * Status lines, and how an answer's end is known (RFC 9112, 4 and 6.3).
 */
#include "h1_inner.h"

#define BAD_LINE "not a status line of HTTP/1.1"

static enum h1_result
too_large(const struct h1_reader *r)
{
	return h1_short(r, 502, "the head is too large");
}

/* " 200": the reader stands behind it then. */
static enum h1_result
status_code(struct h1_response *a, struct h1_reader *r)
{
	int n = 0, i;

	for (i = 0; i < 4; i++, r->at++) {
		if (r->at == r->end)
			return too_large(r);
		if (i == 0 && *r->at == ' ')
			continue;
		if (i == 0 || *r->at < '0' || *r->at > '9')
			return h1_bad(&a->head, 502, BAD_LINE);
		n = n * 10 + (*r->at - '0');
	}
	if (n < 100 || n > 599)
		return h1_bad(&a->head, 502, "a status that is none");
	a->status = n;
	return H1_DONE;
}

/* Some leave out the space before an empty phrase, too. */
static enum h1_result
phrase(struct h1_response *a, struct h1_reader *r)
{
	const char *p = r->at, *start;

	if (p < r->end && *p != ' ' && *p != '\r')
		return h1_bad(&a->head, 502, BAD_LINE);
	if (p < r->end && *p == ' ')
		p++;
	for (start = p; p < r->end; p++)
		if ((unsigned char)*p < 0x20 ? *p != '\t' : *p == 0x7f)
			break;
	if (p == r->end || (*p == '\r' && p + 1 == r->end))
		return too_large(r);
	if (*p != '\r' || p[1] != '\n')
		return h1_bad(&a->head, 502, "a control byte in the phrase");
	a->reason.at = start;
	a->reason.len = (size_t)(p - start);
	r->at = p + 2;
	return H1_DONE;
}

static enum h1_result
status_line(struct h1_response *a, struct h1_reader *r)
{
	enum h1_result res;
	size_t	       len, left = (size_t)(r->end - r->at);

	if (!h1_version(r->at, left, &len)) {
		if (len == left)
			return too_large(r);
		return h1_bad(&a->head, 502, BAD_LINE);
	}
	if (r->at[5] != '1' || r->at[7] > '1')
		return h1_bad(&a->head, 502, BAD_LINE);
	a->head.minor = r->at[7] - '0';
	r->at += len;
	if ((res = status_code(a, r)) != H1_DONE)
		return res;
	return phrase(a, r);
}

static enum h1_result
body(struct h1_response *a, enum h1_method method)
{
	struct h1_head *h = &a->head;
	int		none;

	none = a->status < 200 || a->status == 204;
	if (none && h->framing != H1_NO_BODY)
		return h1_bad(h, 502, "a body with a status that has none");
	if (method == H1_HEAD || a->status == 304 ||
	    (method == H1_CONNECT && a->status < 300))
		none = 1;
	if (none)
		h->framing = H1_NO_BODY;
	else if (h->framing == H1_NO_BODY && !h->has_length) {
		h->framing = H1_UNTIL_CLOSE;
		h->keep_alive = 0;
	}
	if (a->status != 101)
		h->upgrade = 0;
	else if (!h->upgrade)
		return h1_bad(h, 502, "101 to another protocol");
	return H1_DONE;
}

enum h1_result
h1_response(struct h1_response *a, enum h1_method method, const char *buf,
    size_t len, const struct h1_limits *limits)
{
	struct h1_reader r;
	enum h1_result	 res;

	a->status = 0;
	a->reason = (struct slice){ NULL, 0 };
	h1_start(&r, &a->head, buf, len, limits);
	if ((res = status_line(a, &r)) == H1_DONE &&
	    (res = h1_fields(&r)) == H1_DONE &&
	    (res = h1_frame(&r)) == H1_DONE &&
	    (res = h1_connection(&r, 0)) == H1_DONE)
		res = body(a, method);
	/* Whatever it is, it is the server's fault. */
	if (res == H1_BAD)
		a->head.status = 502;
	return res;
}
