/* SPDX-License-Identifier: ISC */
/*
 * Answers that are not the upstream's: pages, redirects, texts of the file.
 */
#include <string.h>

#include "exchange.h"
#include "out.h"
#include "page.h"
#include "stream.h"

#define RETRY_AFTER 10 /* seconds; a restart is over by then */

/* The site's own page, ours, or the text of a "return". */
static struct slice
body_of(const struct exchange *x, int status, const char *text, struct out *o)
{
	const struct out *own;

	if (status == 204 || status == 304)
		return slice_of("");
	if (text != NULL)
		return slice_of(text);
	if (x->site != NULL && x->site->page != -1 && status >= 502 &&
	    status <= 504) {
		own = &x->w->pages[x->site->page];
		if (own->len > 0)
			return (struct slice){ own->buf, own->len };
	}
	page_write(o, status);
	return (struct slice){ o->buf, o->len };
}

void
own_answer(struct exchange *x, int status, const char *text, struct slice url,
    enum reason reason)
{
	char		   page[PAGE_MAX];
	struct out	   o = { .buf = x->w->head, .size = WORKER_HEAD };
	struct out	   p = { .buf = page, .size = sizeof(page) };
	struct slice	   body = body_of(x, status, text, &p);
	struct head_answer a;
	unsigned int	   retry = 0;

	x->close |= !x->body_done || x->w->draining;
	x->to_client = body.len > 0 ? H1_LENGTH : H1_NO_BODY;
	memset(&a, 0, sizeof(a));
	a.framing = x->to_client;
	a.length = body.len;
	a.close = x->close;
	a.minor = x->minor;
	a.head = x->method == H1_HEAD;
	a.tls = x->side->stream(x->client)->ssl != NULL;
	a.date = worker_date(x->w);
	if (status >= 502 && status <= 504)
		retry = RETRY_AFTER;
	if (head_own(&o, status,
		text != NULL ? "text/plain; charset=utf-8" : PAGE_TYPE, url,
		retry, &a, x->site, x->location) == -1) {
		exchange_end(x, reason);
		return;
	}
	x->status = status;
	x->side->head(x->client, o.buf, o.len);
	if (x->method != H1_HEAD && body.len > 0) {
		x->sent = body.len;
		x->side->body(x->client, body.at, body.len);
	}
	exchange_flushing(x, reason);
}
