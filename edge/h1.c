/* SPDX-License-Identifier: ISC */
#include "h1.h"

#include <string.h>

#include "h1_inner.h"

#define START_MAX 32 /* bytes of a method, or of "HTTP/1.1" */

/* Bits: H1_TOKEN 1, H1_TARGET 2, H1_HOST 4.  No byte above 127 is in a class. */
/* clang-format off */
const uint8_t h1_bytes[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 3, 2, 1, 3, 3, 3, 3, 2, 2, 3, 3, 2, 7, 7, 2,
	7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 2, 2, 2, 2, 2, 2,
	2, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
	7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 2, 2, 2, 3, 7,
	3, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
	7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 2, 3, 2, 3, 0,
};
/* clang-format on */

/*
 * A request line begins with a method, a token, and a space; a status line
 * with "HTTP/1.1" and a space.  A TLS record or the like is seen by its first
 * byte.
 */
static int
may_start(const char *buf, size_t len)
{
	size_t i, start = 0;

	if (len > 0 && buf[0] == '\r') {
		if (len > 1 && buf[1] != '\n')
			return 0;
		start = 2;
	}
	for (i = start; i < len && i <= start + START_MAX; i++) {
		if (buf[i] == ' ')
			return i > start;
		if (!h1_is(buf[i], H1_TOKEN) && buf[i] != '/')
			return 0;
	}
	return i <= start + START_MAX;
}

enum h1_result
h1_scan(const char *buf, size_t len, size_t from)
{
	const char *lf;
	size_t	    at;

	if (from <= START_MAX + 2 && !may_start(buf, len))
		return H1_BAD;
	while (from < len) {
		if ((lf = memchr(buf + from, '\n', len - from)) == NULL)
			return H1_MORE;
		at = (size_t)(lf - buf);
		if (at == 0 || buf[at - 1] != '\r')
			return H1_BAD;
		if (at > 2 && buf[at - 2] == '\n')
			return H1_DONE;
		from = at + 1;
	}
	return H1_MORE;
}

void
h1_start(struct h1_reader *r, struct h1_head *head, const char *buf, size_t len,
    const struct h1_limits *limits)
{
	r->buf = r->at = buf;
	r->cut = len >= limits->bytes;
	r->end = buf + (r->cut ? limits->bytes : len);
	r->max =
	    limits->fields < H1_FIELDS_MAX ? limits->fields : H1_FIELDS_MAX;
	r->head = head;
	r->seen = r->twice = 0;
	head->len = 0;
	head->minor = 1;
	head->framing = H1_NO_BODY;
	head->length = 0;
	head->has_length = 0;
	head->keep_alive = 0;
	head->upgrade = 0;
	head->upgrade_to = (struct slice){ NULL, 0 };
	head->status = 0;
	head->why = NULL;
	head->nfields = 0;
}

enum h1_result
h1_bad(struct h1_head *head, int status, const char *why)
{
	head->status = status;
	head->why = why;
	return H1_BAD;
}

enum h1_result
h1_short(const struct h1_reader *r, int status, const char *why)
{
	return r->cut ? h1_bad(r->head, status, why) : H1_MORE;
}

int
h1_version(const char *p, size_t n, size_t *len)
{
	static const char form[] = "HTTP/D.D";
	size_t		  i;

	for (i = 0; i < n && i < sizeof(form) - 1; i++) {
		if (form[i] == 'D' ? p[i] < '0' || p[i] > '9' : p[i] != form[i])
			break;
	}
	*len = i;
	return i == sizeof(form) - 1;
}

int
h1_idempotent(enum h1_method method)
{
	switch (method) {
	case H1_GET:
	case H1_HEAD:
	case H1_PUT:
	case H1_DELETE:
	case H1_OPTIONS:
	case H1_TRACE:
		return 1;
	case H1_POST:
	case H1_CONNECT:
	case H1_PATCH:
	case H1_OTHER:
		break;
	}
	return 0;
}
