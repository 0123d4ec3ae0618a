/* SPDX-License-Identifier: ISC */
/*
 * How long the body is and what becomes of the connection (RFC 9112, 6 and
 * 9.3; RFC 9110, 7.6.1 and 7.8).
 */
#include "h1_inner.h"

#define LENGTH_DIGITS 19 /* of INT64_MAX */
#define OPTIONS_MAX   32 /* in Connection: each one may cost a walk */

int
h1_list_next(struct slice *rest, struct slice *element)
{
	const char *p, *end;

	if ((p = rest->at) == NULL)
		return 0;
	end = p + rest->len;
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	element->at = p;
	while (p < end && h1_is(*p, H1_TOKEN))
		p++;
	element->len = (size_t)(p - element->at);
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	if (p < end && *p != ',')
		return -1;
	rest->at = p < end ? p + 1 : NULL;
	rest->len = p < end ? (size_t)(end - rest->at) : 0;
	return 1;
}

/*
 * A tab beside a value that frames is allowed, but there are readers that take
 * it for a part of the value.
 */
static int
tab_beside(const struct h1_field *f)
{
	const char *p;

	for (p = f->name.at + f->name.len + 1; p < f->value.at; p++)
		if (*p == '\t')
			return 1;
	for (p = f->value.at + f->value.len; *p != '\r'; p++)
		if (*p == '\t')
			return 1;
	return 0;
}

static int
length_of(struct slice value, uint64_t *length)
{
	uint64_t n = 0;
	size_t	 i;

	if (value.len == 0 || value.len > LENGTH_DIGITS)
		return -1;
	for (i = 0; i < value.len; i++) {
		if (value.at[i] < '0' || value.at[i] > '9')
			return -1;
		n = n * 10 + (uint64_t)(value.at[i] - '0');
	}
	if (n > INT64_MAX)
		return -1;
	*length = n;
	return 0;
}

/*
 * Codings that are none of ours are 501 (RFC 9112, 6.1), but chunked must come
 * last, and once, whatever stands before it.
 */
static enum h1_result
bad_coding(struct h1_reader *r, struct slice value)
{
	struct slice coding;
	int	     chunked = 0, n;

	while ((n = h1_list_next(&value, &coding)) == 1 && coding.len > 0 &&
	    !chunked)
		chunked = slice_is(coding, "chunked");
	if (n != 0)
		return h1_bad(r->head, 400, "a bad Transfer-Encoding");
	return h1_bad(r->head, 501, "an unknown transfer coding");
}

static enum h1_result
frame_by_coding(struct h1_reader *r)
{
	struct slice value = h1_value(r, H1_NAME_TRANSFER_ENCODING);

	if (r->seen & h1_bit(H1_NAME_CONTENT_LENGTH))
		return h1_bad(r->head, 400,
		    "Content-Length and Transfer-Encoding");
	if (r->twice & h1_bit(H1_NAME_TRANSFER_ENCODING))
		return h1_bad(r->head, 400, "two Transfer-Encodings");
	if (r->head->minor == 0)
		return h1_bad(r->head, 400, "Transfer-Encoding in HTTP/1.0");
	if (tab_beside(&r->head->fields[r->first[H1_NAME_TRANSFER_ENCODING]]))
		return h1_bad(r->head, 400, "a tab beside Transfer-Encoding");
	if (!slice_is(value, "chunked"))
		return bad_coding(r, value);
	r->head->framing = H1_CHUNKED;
	return H1_DONE;
}

static enum h1_result
frame_by_length(struct h1_reader *r)
{
	struct h1_head *h = r->head;

	if (r->twice & h1_bit(H1_NAME_CONTENT_LENGTH))
		return h1_bad(h, 400, "two Content-Lengths");
	if (tab_beside(&h->fields[r->first[H1_NAME_CONTENT_LENGTH]]))
		return h1_bad(h, 400, "a tab beside Content-Length");
	if (length_of(h1_value(r, H1_NAME_CONTENT_LENGTH), &h->length) == -1)
		return h1_bad(h, 400, "a bad Content-Length");
	h->has_length = 1;
	if (h->length > 0)
		h->framing = H1_LENGTH;
	return H1_DONE;
}

enum h1_result
h1_frame(struct h1_reader *r)
{
	if (r->seen & h1_bit(H1_NAME_TRANSFER_ENCODING))
		return frame_by_coding(r);
	if (r->seen & h1_bit(H1_NAME_CONTENT_LENGTH))
		return frame_by_length(r);
	return H1_DONE;
}

/* Fields that Connection may not take from those behind us. */
static int
is_essential(enum h1_name id)
{
	switch (id) {
	case H1_NAME_CONTENT_LENGTH:
	case H1_NAME_CONTENT_TYPE:
	case H1_NAME_EXPECT:
	case H1_NAME_HOST:
	case H1_NAME_TRANSFER_ENCODING:
		return 1;
	default:
		return 0;
	}
}

static void
mark(struct h1_head *h, struct slice name)
{
	size_t i;

	for (i = 0; i < h->nfields; i++)
		if (slice_same(h->fields[i].name, name))
			h->fields[i].hop = 1;
}

struct options {
	unsigned int n;
	int	     close, keep_alive, upgrade;
};

/* One field Connection.  NULL, or what is wrong with it. */
static const char *
options_of(struct h1_head *h, struct slice value, int request,
    struct options *o)
{
	struct slice name;
	enum h1_name id;
	int	     hop, n;

	while ((n = h1_list_next(&value, &name)) == 1) {
		if (++o->n > OPTIONS_MAX)
			return "too many options in Connection";
		id = h1_name_id(name, &hop);
		if (request && is_essential(id))
			return "Connection names a field that all need";
		if (id == H1_NAME_KEEP_ALIVE)
			o->keep_alive = 1;
		else if (id == H1_NAME_UPGRADE)
			o->upgrade = 1;
		else if (slice_is(name, "close"))
			o->close = 1;
		else if (!hop && name.len > 0)
			mark(h, name);
	}
	return n == 0 ? NULL : "a bad Connection";
}

enum h1_result
h1_connection(struct h1_reader *r, int request)
{
	struct h1_head *h = r->head;
	struct options	o = { 0, 0, 0, 0 };
	const char     *why = NULL;
	struct slice	to;
	size_t		i;

	if (r->seen & h1_bit(H1_NAME_CONNECTION)) {
		for (i = r->first[H1_NAME_CONNECTION]; i < h->nfields; i++) {
			if (h->fields[i].id == H1_NAME_CONNECTION)
				why = options_of(h, h->fields[i].value, request,
				    &o);
			if (why != NULL)
				return h1_bad(h, 400, why);
		}
	}
	h->keep_alive = !o.close && (h->minor == 1 || o.keep_alive);
	if (o.upgrade && h->minor == 1 &&
	    ((r->seen & ~r->twice) & h1_bit(H1_NAME_UPGRADE)) != 0) {
		to = h1_value(r, H1_NAME_UPGRADE);
		if (slice_is(to, "websocket")) {
			h->upgrade = 1;
			h->upgrade_to = to;
		}
	}
	return H1_DONE;
}
