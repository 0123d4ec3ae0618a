/* SPDX-License-Identifier: ISC */
#include "record.h"

#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "board.h"
#include "logfile.h"
#include "offences.h"
#include "tls.h"
#include "upstream.h"

static void
move(struct slice *s, const char *from, char *to)
{
	if (s->len > 0)
		s->at = to + (s->at - from);
}

int
record_keep(struct exchange *x, const char *p, size_t len)
{
	struct head_marks *m = &x->marks;

	if ((x->request = malloc(len)) == NULL)
		return -1;
	memcpy(x->request, p, len);
	x->request_len = len;
	move(&m->method, p, x->request);
	move(&m->target, p, x->request);
	move(&m->host, p, x->request);
	move(&m->referer, p, x->request);
	move(&m->user_agent, p, x->request);
	return 0;
}

static struct slice
value(const struct h1_head *h, enum h1_name id)
{
	size_t i;

	for (i = 0; i < h->nfields; i++)
		if (h->fields[i].id == id)
			return h->fields[i].value;
	return slice_of("");
}

void
record_request(struct exchange *x, const struct h1_request *r)
{
	struct out o = { .buf = x->w->head, .size = sizeof(x->w->head) };
	struct head_marks  *m = &x->marks;
	struct slice	    parts[] = { r->method_text, r->target, r->host,
		       value(&r->head, H1_NAME_REFERER),
		       value(&r->head, H1_NAME_USER_AGENT) };
	struct slice *const to[] = { &m->method, &m->target, &m->host,
		&m->referer, &m->user_agent };
	size_t		    i;

	memset(m, 0, sizeof(*m));
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		to[i]->at = o.buf + o.len;
		to[i]->len = parts[i].len;
		out_slice(&o, parts[i]);
	}
	free(x->request);
	x->request = NULL;
	if (o.full || record_keep(x, o.buf, o.len) == -1)
		memset(m, 0, sizeof(*m));
}

/*
 * A blocked one shall not feed its own ban; and a worker that leaves does not
 * wait for a head as long as the file says.
 */
static void
tell(struct exchange *x, enum reason reason)
{
	if (reason == REASON_HEAD_TIMEOUT && x->w->draining)
		return;
	if (reason == REASON_HEAD_TIMEOUT || reason == REASON_BODY_SLOW)
		offences_tell(x->w, &x->address, OFFENCE_LIMIT);
	else if (x->status >= 400 && x->status <= 499 &&
	    reason != REASON_BLOCKED)
		offences_tell(x->w, &x->address, OFFENCE_4XX);
}

static void
count(struct exchange *x, enum reason reason)
{
	struct board *b = x->w->board;

	board_reason(b, reason);
	if (reason == REASON_BLOCKED)
		board_count(b, COUNTER_REFUSED_BLOCKED);
	if (x->status >= 100 && x->status <= 599)
		board_count(b,
		    (enum counter)(COUNTER_1XX + x->status / 100 - 1));
	if (x->site != NULL)
		board_site(b, x->site->number, x->status);
	board_add(b, COUNTER_BYTES_OUT, (int64_t)x->sent);
}

void
record_write(struct exchange *x, enum reason reason)
{
	struct worker	    *w = x->w;
	struct access_record r;
	char		     address[ADDR_LEN], line[ACCESS_LINE_MAX];
	struct out	     o = { .buf = line, .size = sizeof(line) };
	struct stream	    *s = x->side->stream(x->client);
	int64_t		     now;

	count(x, reason);
	tell(x, reason);
	if (w->conf->log == EDGE_LOG_NO)
		return;
	now = worker_now(w);
	memset(&r, 0, sizeof(r));
	r.client = addr_print(&x->address, address);
	r.time = x->time;
	r.method = x->marks.method;
	r.target = x->marks.target;
	r.host = x->marks.host;
	r.referer = x->marks.referer;
	r.user_agent = x->marks.user_agent;
	r.minor = x->minor;
	r.status = x->status;
	r.bytes = x->sent;
	r.received = x->received;
	r.reason = reason;
	r.list = reason == REASON_BLOCKED ? x->list : NULL;
	r.ms = now - x->began;
	r.upstream =
	    x->has_server ? upstream_name(w->upstreams, x->server) : NULL;
	r.upstream_ms = x->answered > 0 ? x->answered - x->began : -1;
	r.tls = s->ssl != NULL && s->secure ? tls_version(s->ssl) : NULL;
	access_line(&o, w->conf->log_format, &r);
	logfile_add(w->log, line, o.len);
}
