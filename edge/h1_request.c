/* SPDX-License-Identifier: ISC */
/*
 * Request lines, and what a request's fields mean (RFC 9112, 3; RFC 9110, 7).
 */
#include <string.h>

#include "h1_inner.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define METHOD_MAX 32

static enum h1_method
method_of(struct slice text)
{
	static const struct {
		const char    *name;
		enum h1_method method;
	} methods[] = {
		{ "GET", H1_GET },
		{ "POST", H1_POST },
		{ "HEAD", H1_HEAD },
		{ "PUT", H1_PUT },
		{ "DELETE", H1_DELETE },
		{ "OPTIONS", H1_OPTIONS },
		{ "PATCH", H1_PATCH },
		{ "TRACE", H1_TRACE },
		{ "CONNECT", H1_CONNECT },
	};
	size_t i;

	for (i = 0; i < nitems(methods); i++)
		if (slice_equal(text, slice_of(methods[i].name)))
			return methods[i].method;
	return H1_OTHER;
}

/* OpenBSD's httpd reads no body with these either. */
static const char *const webdav[] = { "COPY", "MOVE" };

/*
 * A body has no meaning with these methods (RFC 9110, 9.3), and OpenBSD's
 * httpd, which does not read it, takes it for the next request: whatever the
 * one side may send there, the other would obey.
 */
static int
takes_no_body(const struct h1_request *q)
{
	size_t i;

	switch (q->method) {
	case H1_GET:
	case H1_HEAD:
	case H1_DELETE:
	case H1_OPTIONS:
	case H1_TRACE:
	case H1_CONNECT:
		return 1;
	case H1_POST:
	case H1_PUT:
	case H1_PATCH:
		return 0;
	case H1_OTHER:
		break;
	}
	for (i = 0; i < nitems(webdav); i++)
		if (slice_equal(q->method_text, slice_of(webdav[i])))
			return 1;
	return 0;
}

/* "HTTP/1.1" and the end of the line; the reader stands behind it then. */
static enum h1_result
request_version(struct h1_request *q, struct h1_reader *r)
{
	const char *p = r->at;
	size_t	    len, left = (size_t)(r->end - p);

	if (!h1_version(p, left, &len)) {
		if (len == left)
			return h1_short(r, 414, "the request line is too long");
		return h1_bad(&q->head, 400,
		    "a request line that does not end in HTTP/1.1");
	}
	if (left == len || (left == len + 1 && p[len] == '\r'))
		return h1_short(r, 414, "the request line is too long");
	if (p[len] != '\r' || p[len + 1] != '\n')
		return h1_bad(&q->head, 400,
		    "a request line that does not end in HTTP/1.1");
	if (p[5] != '1' || p[7] > '1')
		return h1_bad(&q->head, 505, "not HTTP/1.1");
	q->head.minor = p[7] - '0';
	r->at = p + len + 2;
	return H1_DONE;
}

static enum h1_result
request_line(struct h1_request *q, struct h1_reader *r, size_t target_max)
{
	const char *p = r->at, *start = p;

	while (p < r->end && h1_is(*p, H1_TOKEN))
		p++;
	if (p - start > METHOD_MAX)
		return h1_bad(&q->head, 400, "a method that is too long");
	if (p == r->end)
		return h1_short(r, 414, "the request line is too long");
	if (p == start || *p != ' ')
		return h1_bad(&q->head, 400, "not a request line");
	q->method_text.at = start;
	q->method_text.len = (size_t)(p - start);
	q->method = method_of(q->method_text);

	start = ++p;
	while (p < r->end && h1_is(*p, H1_TARGET))
		p++;
	if ((size_t)(p - start) > target_max)
		return h1_bad(&q->head, 414, "a target that is too long");
	if (p == r->end)
		return h1_short(r, 414, "the request line is too long");
	if (p == start || *p != ' ')
		return h1_bad(&q->head, 400, "a bad byte in the target");
	q->target.at = start;
	q->target.len = (size_t)(p - start);
	r->at = p + 1;
	return request_version(q, r);
}

/* A single empty line may stand before a request (RFC 9112, 2.2). */
static enum h1_result
empty_line(struct h1_reader *r)
{
	if (r->at == r->end || *r->at != '\r')
		return H1_DONE;
	if (r->end - r->at < 2)
		return h1_short(r, 414, "the request line is too long");
	if (r->at[1] != '\n')
		return h1_bad(r->head, 400, "a bare CR");
	r->at += 2;
	return H1_DONE;
}

static void
origin_form(struct h1_request *q, struct slice text)
{
	const char *mark;

	q->path = text;
	if ((mark = memchr(text.at, '?', text.len)) == NULL)
		return;
	q->path.len = (size_t)(mark - text.at);
	q->query.at = mark + 1;
	q->query.len = text.len - q->path.len - 1;
	q->has_query = 1;
}

/*
 * "http://HOST:PORT/PATH?QUERY": what is behind "//" up to the path.
 * *standard: the port of its scheme.
 */
static const char *
absolute_form(struct h1_request *q, struct slice *authority,
    unsigned int *standard)
{
	struct slice rest = q->target, scheme = q->target;
	size_t	     n = 0;

	for (; scheme.len > 0; scheme.len--)
		if (n < rest.len && rest.at[n++] == ':')
			break;
	scheme.len = n > 0 ? n - 1 : 0;
	if (slice_is(scheme, "http"))
		*standard = 80;
	else if (slice_is(scheme, "https"))
		*standard = 443;
	else
		return "a target that is neither a path nor a URL";
	if (rest.len < n + 2 || rest.at[n] != '/' || rest.at[n + 1] != '/')
		return "a target that is neither a path nor a URL";
	rest.at += n + 2;
	rest.len -= n + 2;
	for (n = 0; n < rest.len && rest.at[n] != '/' && rest.at[n] != '?'; n++)
		;
	authority->at = rest.at;
	authority->len = n;
	rest.at += n;
	rest.len -= n;
	if (rest.len > 0 || q->method != H1_OPTIONS)
		origin_form(q, rest);
	if (q->path.len == 0)
		q->path = slice_of(
		    q->method == H1_OPTIONS && !q->has_query ? "*" : "/");
	return NULL;
}

/* Take the target apart; host and port are those of an absolute-form. */
static const char *
target(struct h1_request *q, unsigned int *standard)
{
	struct slice authority;
	const char  *why;

	if (q->target.at[0] == '/') {
		origin_form(q, q->target);
		return NULL;
	}
	if (slice_is(q->target, "*")) {
		q->path = q->target;
		return q->method == H1_OPTIONS ?
		    NULL :
		    "a target * that is no OPTIONS";
	}
	if ((why = absolute_form(q, &authority, standard)) != NULL)
		return why;
	return h1_authority(authority, &q->host, &q->port);
}

static enum h1_result
host(struct h1_request *q, struct h1_reader *r, unsigned int standard)
{
	struct slice name, port;
	const char  *why;

	if (r->twice & h1_bit(H1_NAME_HOST))
		return h1_bad(&q->head, 400, "two Hosts");
	if ((r->seen & h1_bit(H1_NAME_HOST)) == 0) {
		if (q->head.minor == 0)
			return H1_DONE;
		return h1_bad(&q->head, 400, "no Host");
	}
	why = h1_authority(h1_value(r, H1_NAME_HOST), &name, &port);
	if (why != NULL)
		return h1_bad(&q->head, 400, why);
	if (q->host.len > 0) {
		if (!h1_authority_same(q->host, q->port, name, port, standard))
			return h1_bad(&q->head, 400,
			    "a Host that is not that of the target");
		return H1_DONE;
	}
	q->host = name;
	q->port = port;
	return H1_DONE;
}

static enum h1_result
expect(struct h1_request *q, struct h1_reader *r)
{
	if ((r->seen & h1_bit(H1_NAME_EXPECT)) == 0)
		return H1_DONE;
	if ((r->twice & h1_bit(H1_NAME_EXPECT)) != 0 ||
	    !slice_is(h1_value(r, H1_NAME_EXPECT), "100-continue"))
		return h1_bad(&q->head, 417, "an unknown Expect");
	/* RFC 9110, 10.1.1: not of an HTTP/1.0 client. */
	q->expect_continue =
	    q->head.minor == 1 && q->head.framing != H1_NO_BODY;
	return H1_DONE;
}

static enum h1_result
meaning(struct h1_request *q, struct h1_reader *r)
{
	enum h1_result res;
	unsigned int   standard = 0;
	const char    *why;

	if ((why = target(q, &standard)) != NULL)
		return h1_bad(&q->head, 400, why);
	if ((res = host(q, r, standard)) != H1_DONE ||
	    (res = h1_frame(r)) != H1_DONE ||
	    (res = h1_connection(r, 1)) != H1_DONE)
		return res;
	if (q->head.framing != H1_NO_BODY && takes_no_body(q))
		return h1_bad(&q->head, 400, "a body with that method");
	if (q->method != H1_GET)
		q->head.upgrade = 0;
	return expect(q, r);
}

enum h1_result
h1_request(struct h1_request *q, const char *buf, size_t len,
    const struct h1_limits *limits)
{
	struct h1_reader r;
	enum h1_result	 res;

	q->method = H1_OTHER;
	q->method_text = q->target = q->path = q->query = q->host = q->port =
	    (struct slice){ NULL, 0 };
	q->has_query = q->expect_continue = 0;
	h1_start(&r, &q->head, buf, len, limits);
	if ((res = empty_line(&r)) != H1_DONE ||
	    (res = request_line(q, &r, limits->bytes / 2)) != H1_DONE)
		return res;
	if (q->method == H1_CONNECT)
		return h1_bad(&q->head, 501, "CONNECT is not done here");
	if ((res = h1_fields(&r)) != H1_DONE)
		return res;
	return meaning(q, &r);
}
