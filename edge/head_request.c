/* SPDX-License-Identifier: ISC */
#include "head.h"

#include <stddef.h>

#include "forwarded.h"
#include "lower.h"
#include "rules.h"

#define HOST_MAX 300 /* with its port */

/* Fields that are never passed on: they are hop-by-hop, or ours to write. */
static const unsigned char dropped[H1_NAMES] = {
	[H1_NAME_CONNECTION] = 1,
	[H1_NAME_CONTENT_LENGTH] = 1,
	[H1_NAME_EXPECT] = 1,
	[H1_NAME_HOST] = 1,
	[H1_NAME_HTTP2_SETTINGS] = 1,
	[H1_NAME_KEEP_ALIVE] = 1,
	[H1_NAME_PROXY] = 1,
	[H1_NAME_PROXY_CONNECTION] = 1,
	[H1_NAME_TE] = 1,
	[H1_NAME_TRAILER] = 1,
	[H1_NAME_TRANSFER_ENCODING] = 1,
	[H1_NAME_UPGRADE] = 1,
};

static struct slice
since(const struct out *o, size_t start)
{
	struct slice s = { o->buf + start, o->len - start };

	return s;
}

static void
request_line(struct out *o, const struct h1_request *r, struct head_marks *m)
{
	size_t start = o->len;

	out_slice(o, r->method_text);
	m->method = since(o, start);
	out_text(o, " ");
	start = o->len;
	out_slice(o, r->path);
	if (r->has_query) {
		out_text(o, "?");
		out_slice(o, r->query);
	}
	m->target = since(o, start);
	out_text(o, " HTTP/1.1\r\n");
}

/*
 * The host for the upstream; HTTP/1.0 may come without, and gets the first
 * name of the site.
 */
static void
put_host(struct out *o, const struct h1_request *r,
    const struct edge_site *site)
{
	if (r->host.len > 0)
		lower_write(o, r->host);
	else if (site != NULL && site->nnames > 0 && site->names[0][0] != '*')
		out_text(o, site->names[0]);
	if (r->port.len > 0) {
		out_text(o, ":");
		out_slice(o, r->port);
	}
}

/* There is exactly one: "set" may change it, "add" and "remove" may not. */
static void
host_field(struct out *o, const struct h1_request *r,
    const struct edge_site *site, const struct rules *rules,
    struct head_marks *m)
{
	const char *value;
	size_t	    start;

	out_text(o, "Host: ");
	start = o->len;
	if (rules->n > 0 && (value = rules_value(rules, "host")) != NULL)
		out_text(o, value);
	else
		put_host(o, r, site);
	m->host = since(o, start);
	out_text(o, "\r\n");
}

static void
mark(struct head_marks *m, const struct out *o, const struct h1_field *f)
{
	struct slice s = since(o, o->len - f->value.len - 2);

	s.len = f->value.len;
	if (f->id == H1_NAME_REFERER)
		m->referer = s;
	if (f->id == H1_NAME_USER_AGENT)
		m->user_agent = s;
}

static void
fields(struct out *o, const struct h1_head *head, int trusted,
    const struct rules *rules, struct head_marks *m)
{
	const struct h1_field *f, *end = head->fields + head->nfields;

	for (f = head->fields; f < end; f++) {
		if (f->hop || dropped[f->id] || forwarded_is(f, trusted))
			continue;
		if (rules_replace(rules, f->name))
			continue;
		rules_field(o, f->name, f->value);
		if (o->full)
			return;
		mark(m, o, f);
	}
}

/* A server may ask for the length of a body that there could be (411). */
static int
says_zero(const struct h1_request *r)
{
	if (r->method == H1_GET || r->method == H1_HEAD)
		return 0;
	return r->head.has_length || r->method == H1_POST ||
	    r->method == H1_PUT || r->method == H1_PATCH;
}

static void
framing(struct out *o, const struct h1_request *r)
{
	switch (r->head.framing) {
	case H1_CHUNKED:
		out_text(o, "Transfer-Encoding: chunked\r\n");
		break;
	case H1_LENGTH:
		out_text(o, "Content-Length: ");
		out_number(o, r->head.length);
		out_text(o, "\r\n");
		break;
	case H1_NO_BODY:
	case H1_UNTIL_CLOSE:
		if (says_zero(r))
			out_text(o, "Content-Length: 0\r\n");
		break;
	}
	if (r->head.upgrade)
		out_text(o, "Connection: upgrade\r\nUpgrade: websocket\r\n");
}

int
head_request(struct out *o, const struct h1_request *r,
    const struct head_client *client, const struct edge_site *site,
    const struct edge_location *location, struct head_marks *marks)
{
	static const struct slice none;
	struct head_marks	  ignored;
	struct rules		  rules;
	struct slice		  host;
	char			  buf[HOST_MAX];
	struct out		  own = { buf, sizeof(buf), 0, 0 };

	if (marks == NULL)
		marks = &ignored;
	marks->referer = marks->user_agent = none;
	rules_init(&rules, site != NULL ? &site->request : NULL,
	    location != NULL ? &location->request : NULL);
	request_line(o, r, marks);
	host_field(o, r, site, &rules, marks);
	host = marks->host;
	if (rules.n > 0) {
		/* What the client asked for, whatever Host is set to. */
		put_host(&own, r, site);
		host = since(&own, 0);
	}
	fields(o, &r->head, client->trusted, &rules, marks);
	forwarded_write(o, r, client, host, &rules);
	rules_write(&rules, o, "host");
	framing(o, r);
	out_text(o, "\r\n");
	return o->full ? -1 : 0;
}
