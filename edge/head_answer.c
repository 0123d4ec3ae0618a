/* SPDX-License-Identifier: ISC */
#include "head.h"

#include <stddef.h>

#include "date.h"
#include "rules.h"

/* Hop-by-hop, or ours to write. */
static const unsigned char dropped[H1_NAMES] = {
	[H1_NAME_CONNECTION] = 1,
	[H1_NAME_CONTENT_LENGTH] = 1,
	[H1_NAME_HTTP2_SETTINGS] = 1,
	[H1_NAME_KEEP_ALIVE] = 1,
	[H1_NAME_PROXY_CONNECTION] = 1,
	[H1_NAME_TE] = 1,
	[H1_NAME_TRAILER] = 1,
	[H1_NAME_TRANSFER_ENCODING] = 1,
	[H1_NAME_UPGRADE] = 1,
};

/* What is the same for an upstream's answer and for our own. */
struct answer {
	const struct head_answer *how;
	const struct edge_site	 *site;
	struct rules		  rules;
	int			  hsts;
};

static void
start(struct answer *a, const struct head_answer *how,
    const struct edge_site *site, const struct edge_location *location)
{
	a->how = how;
	a->site = site;
	a->hsts = how->tls && site != NULL && site->hsts > 0;
	rules_init(&a->rules, site != NULL ? &site->response : NULL,
	    location != NULL ? &location->response : NULL);
}

static void
status_line(struct out *o, int status, struct slice phrase)
{
	char line[] = "HTTP/1.1 000 ";

	date_digits(line + 9, (unsigned int)status, 3);
	out_bytes(o, line, sizeof(line) - 1);
	out_slice(o, phrase);
	out_text(o, "\r\n");
}

static void
date(struct out *o, const struct answer *a)
{
	if (rules_replace_ours(&a->rules, "Date"))
		return;
	out_text(o, "Date: ");
	out_bytes(o, a->how->date, HEAD_DATE_LEN - 1);
	out_text(o, "\r\n");
}

static void
length(struct out *o, uint64_t n)
{
	out_text(o, "Content-Length: ");
	out_number(o, n);
	out_text(o, "\r\n");
}

/* RFC 6797, 6.1. */
static void
hsts(struct out *o, const struct edge_site *site)
{
	out_text(o, "Strict-Transport-Security: max-age=");
	out_number(o, site->hsts);
	if (site->hsts_subdomains)
		out_text(o, "; includeSubDomains");
	if (site->hsts_preload)
		out_text(o, "; preload");
	out_text(o, "\r\n");
}

static void
finish(struct out *o, const struct answer *a)
{
	if (a->hsts &&
	    !rules_replace_ours(&a->rules, "Strict-Transport-Security"))
		hsts(o, a->site);
	rules_write(&a->rules, o, NULL);
	if (a->how->close || a->how->framing == H1_UNTIL_CLOSE)
		out_text(o, "Connection: close\r\n");
	else if (a->how->minor == 0)
		out_text(o, "Connection: keep-alive\r\n");
	out_text(o, "\r\n");
}

/* A 1xx: only what stands before the answer that is one. */
static int
interim(struct out *o, const struct h1_response *r,
    const struct head_answer *how)
{
	const struct h1_field *f, *end = r->head.fields + r->head.nfields;

	for (f = r->head.fields; f < end; f++)
		if (!f->hop && !dropped[f->id])
			rules_field(o, f->name, f->value);
	if (r->status == 101 && how->upgrade)
		out_text(o, "Connection: upgrade\r\nUpgrade: websocket\r\n");
	out_text(o, "\r\n");
	return o->full ? -1 : 0;
}

/* Returns whether one of them was Date. */
static int
fields(struct out *o, const struct h1_head *head, const struct answer *a)
{
	const struct h1_field *f, *end = head->fields + head->nfields;
	int		       dated = 0;

	for (f = head->fields; f < end; f++) {
		if (f->hop || dropped[f->id])
			continue;
		if (f->id == H1_NAME_STRICT_TRANSPORT_SECURITY && a->hsts)
			continue;
		dated |= f->id == H1_NAME_DATE;
		if (!rules_replace(&a->rules, f->name))
			rules_field(o, f->name, f->value);
	}
	return dated;
}

static void
framing(struct out *o, const struct h1_response *r, const struct head_answer *a)
{
	if (r->status == 204)
		return;
	/* What a GET would have got; nobody reads it off the wire. */
	if (a->head || r->status == 304) {
		if (r->head.has_length)
			length(o, r->head.length);
		return;
	}
	switch (a->framing) {
	case H1_NO_BODY:
		length(o, 0);
		break;
	case H1_LENGTH:
		length(o, a->length);
		break;
	case H1_CHUNKED:
		out_text(o, "Transfer-Encoding: chunked\r\n");
		break;
	case H1_UNTIL_CLOSE:
		break;
	}
}

int
head_answer(struct out *o, const struct h1_response *r,
    const struct head_answer *how, const struct edge_site *site,
    const struct edge_location *location)
{
	struct answer a;

	status_line(o, r->status,
	    r->reason.len > 0 ? r->reason : slice_of(head_phrase(r->status)));
	if (r->status < 200)
		return interim(o, r, how);
	start(&a, how, site, location);
	if (!fields(o, &r->head, &a))
		date(o, &a);
	framing(o, r, how);
	finish(o, &a);
	return o->full ? -1 : 0;
}

int
head_own(struct out *o, int status, const char *type, struct slice url,
    unsigned int retry_after, const struct head_answer *how,
    const struct edge_site *site, const struct edge_location *location)
{
	struct answer a;

	start(&a, how, site, location);
	status_line(o, status, slice_of(head_phrase(status)));
	date(o, &a);
	if (type != NULL && !rules_replace_ours(&a.rules, "Content-Type"))
		rules_field(o, slice_of("Content-Type"), slice_of(type));
	if (url.len > 0 && !rules_replace_ours(&a.rules, "Location"))
		rules_field(o, slice_of("Location"), url);
	if (retry_after > 0 && !rules_replace_ours(&a.rules, "Retry-After")) {
		out_text(o, "Retry-After: ");
		out_number(o, retry_after);
		out_text(o, "\r\n");
	}
	if (status >= 200 && status != 204 && status != 304)
		length(o, how->length);
	finish(o, &a);
	return o->full ? -1 : 0;
}
