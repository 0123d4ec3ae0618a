/* SPDX-License-Identifier: ISC */
/*
 * Field lines (RFC 9112, 5), and the trailer section, which is nothing else.
 */
#include <string.h>

#include "h1_inner.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Up to the next control byte, eight at a time: values are most of a head. */
static const char *
text(const char *p, const char *end)
{
	uint64_t w, low, del;

	while (end - p >= 8) {
		memcpy(&w, p, 8);
		low = (w - EACH(0x20)) & ~w;
		del = w ^ EACH(0x7f);
		del = (del - EACH(1)) & ~del;
		if (((low | del) & EACH(0x80)) != 0)
			break;
		p += 8;
	}
	while (p < end && (unsigned char)*p >= 0x20 && *p != 0x7f)
		p++;
	return p;
}

static enum h1_result
too_large(const struct h1_reader *r)
{
	return h1_short(r, 431, "the head is too large");
}

static enum h1_result
bad_name(struct h1_reader *r, const char *start, const char *p)
{
	const char *why;

	if (p == start && (*p == ' ' || *p == '\t'))
		why = "a folded line";
	else if (p == start && *p == ':')
		why = "an empty field name";
	else if (*p == ' ' || *p == '\t')
		why = "white space in or after a field name";
	else if (*p == '\n' || *p == '\r')
		why = "a field line without a colon";
	else
		why = "a field name that is no token";
	return h1_bad(r->head, 400, why);
}

static enum h1_result
bad_value(struct h1_reader *r, const char *p)
{
	const char *why;

	if (*p == '\n')
		why = "a bare LF";
	else if (*p == '\r')
		why = "a bare CR";
	else
		why = "a control byte in a field value";
	return h1_bad(r->head, 400, why);
}

static void
note(struct h1_reader *r, struct h1_field *f)
{
	uint32_t bit;

	f->id = h1_name_id(f->name, &f->hop);
	if (f->id == H1_NAME_OTHER)
		return;
	bit = h1_bit(f->id);
	if (r->seen & bit) {
		r->twice |= bit;
		return;
	}
	r->seen |= bit;
	r->first[f->id] = (uint8_t)r->head->nfields;
}

/* One line; the reader stands behind it then. */
static enum h1_result
field(struct h1_reader *r)
{
	struct h1_field *f = &r->head->fields[r->head->nfields];
	const char	*start = r->at, *p = start, *last;

	while (p < r->end && h1_is(*p, H1_TOKEN))
		p++;
	if (p == r->end)
		return too_large(r);
	if (*p != ':' || p == start)
		return bad_name(r, start, p);
	f->name.at = start;
	f->name.len = (size_t)(p - start);

	for (p++; p < r->end && (*p == ' ' || *p == '\t'); p++)
		;
	start = p;
	while ((p = text(p, r->end)) < r->end && *p == '\t')
		p++;
	if (p == r->end || (*p == '\r' && p + 1 == r->end))
		return too_large(r);
	if (*p != '\r' || p[1] != '\n')
		return bad_value(r, p);
	for (last = p; last > start && (last[-1] == ' ' || last[-1] == '\t');
	     last--)
		;
	f->value.at = start;
	f->value.len = (size_t)(last - start);
	note(r, f);
	r->head->nfields++;
	r->at = p + 2;
	return H1_DONE;
}

enum h1_result
h1_fields(struct h1_reader *r)
{
	enum h1_result res;

	while (r->at < r->end && *r->at != '\r') {
		if (r->head->nfields == r->max)
			return h1_bad(r->head, 431, "too many fields");
		if ((res = field(r)) != H1_DONE)
			return res;
	}
	if (r->end - r->at < 2)
		return too_large(r);
	if (r->at[1] != '\n')
		return h1_bad(r->head, 400, "a bare CR");
	r->at += 2;
	r->head->len = (size_t)(r->at - r->buf);
	return H1_DONE;
}

struct slice
h1_value(const struct h1_reader *r, enum h1_name id)
{
	return r->head->fields[r->first[id]].value;
}

/* What frames, routes, authenticates or says what the content is. */
static int
no_trailer(const struct h1_field *f)
{
	static const char *const others[] = { "authorization", "cache-control",
		"content-encoding", "content-range", "cookie", "max-forwards",
		"proxy-authenticate", "proxy-authorization", "range",
		"set-cookie", "status", "www-authenticate" };
	size_t			 i;

	if (f->hop)
		return 1;
	switch (f->id) {
	case H1_NAME_OTHER:
		break;
	case H1_NAME_ACCEPT_ENCODING:
	case H1_NAME_DATE:
	case H1_NAME_REFERER:
	case H1_NAME_SERVER:
	case H1_NAME_USER_AGENT:
		return 0;
	default:
		return 1;
	}
	for (i = 0; i < nitems(others); i++)
		if (slice_is(f->name, others[i]))
			return 1;
	return 0;
}

enum h1_result
h1_trailers(struct h1_head *head, const char *buf, size_t len)
{
	static const struct h1_limits limits = { H1_TRAILERS_MAX,
		H1_FIELDS_MAX };
	struct h1_reader	      r;
	enum h1_result		      res;
	size_t			      i;

	h1_start(&r, head, buf, len, &limits);
	if ((res = h1_fields(&r)) != H1_DONE)
		return res;
	for (i = 0; i < head->nfields; i++)
		if (no_trailer(&head->fields[i]))
			return h1_bad(head, 400,
			    "a trailer that belongs into the head");
	return H1_DONE;
}
