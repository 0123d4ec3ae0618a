/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "access_text.h"
#include "date.h"

/* key: with what stands before it, and the colon. */
static void
text(struct out *o, const char *key, struct slice s, size_t max)
{
	out_text(o, key);
	if (s.len == 0) {
		out_text(o, "null");
		return;
	}
	out_text(o, "\"");
	access_text(o, s, max, "\\u00");
	out_text(o, "\"");
}

static void
string(struct out *o, const char *key, const char *s)
{
	struct slice none = { NULL, 0 };

	text(o, key, s != NULL ? slice_of(s) : none, ACCESS_FIELD_MAX);
}

static void
number(struct out *o, const char *key, int64_t n)
{
	out_text(o, key);
	access_number(o, n);
}

/* RFC 3339 */
static void
when(struct out *o, time_t t)
{
	char	    s[] = "{\"time\":\"1994-11-06T08:49:37Z\"";
	struct date d;

	date_utc(&d, t);
	date_digits(s + 9, d.year, 4);
	date_digits(s + 14, d.month, 2);
	date_digits(s + 17, d.day, 2);
	date_digits(s + 20, d.hour, 2);
	date_digits(s + 23, d.minute, 2);
	date_digits(s + 26, d.second, 2);
	out_bytes(o, s, sizeof(s) - 1);
}

void
access_json(struct out *o, const struct access_record *r)
{
	const char *protocol = r->minor == 0 ? "HTTP/1.0" : "HTTP/1.1";

	when(o, r->time);
	string(o, ",\"client\":", r->client);
	text(o, ",\"method\":", r->method, ACCESS_METHOD_MAX);
	text(o, ",\"target\":", r->target, ACCESS_TARGET_MAX);
	string(o, ",\"protocol\":", r->method.len > 0 ? protocol : NULL);
	number(o, ",\"status\":", r->status);
	out_text(o, ",\"bytes\":");
	out_number(o, r->bytes);
	out_text(o, ",\"received\":");
	out_number(o, r->received);
	text(o, ",\"host\":", r->host, ACCESS_FIELD_MAX);
	text(o, ",\"referer\":", r->referer, ACCESS_FIELD_MAX);
	text(o, ",\"user_agent\":", r->user_agent, ACCESS_FIELD_MAX);
	string(o, ",\"why\":", reason_word(r->reason));
	string(o, ",\"list\":", r->list);
	number(o, ",\"ms\":", r->ms);
	string(o, ",\"upstream\":", r->upstream);
	if (r->upstream != NULL && r->upstream_ms >= 0)
		number(o, ",\"upstream_ms\":", r->upstream_ms);
	else
		out_text(o, ",\"upstream_ms\":null");
	string(o, ",\"tls\":", r->tls);
	out_text(o, "}\n");
}
