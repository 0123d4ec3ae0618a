/* SPDX-License-Identifier: ISC */
#include "access.h"

#include <string.h>

#include "access_text.h"
#include "date.h"

static int
is_plain(unsigned char c)
{
	return c >= 0x20 && c <= 0x7e && c != '"' && c != '\\';
}

/* One byte that does not stand for itself; returns the length. */
static size_t
escape(char *dst, unsigned char c, const char *code)
{
	static const char hex[] = "0123456789abcdef";
	size_t		  n = 0;

	if (c == '"' || c == '\\') {
		dst[0] = '\\';
		dst[1] = (char)c;
		return 2;
	}
	for (; code[n] != '\0'; n++)
		dst[n] = code[n];
	dst[n++] = hex[c >> 4];
	dst[n++] = hex[c & 0xf];
	return n;
}

void
access_text(struct out *o, struct slice s, size_t max, const char *code)
{
	char   buf[8];
	size_t i, n, len = 0;

	for (i = 0; i < s.len; i += n) {
		for (n = 0; i + n < s.len && len + n < max &&
		     is_plain((unsigned char)s.at[i + n]);
		     n++)
			continue;
		if (n > 0) {
			out_bytes(o, s.at + i, n);
			len += n;
			continue;
		}
		n = escape(buf, (unsigned char)s.at[i], code);
		if (len + n > max)
			return;
		out_bytes(o, buf, n);
		len += n;
		n = 1;
	}
}

void
access_number(struct out *o, int64_t n)
{
	if (n < 0)
		out_text(o, "-");
	out_number(o, n < 0 ? -(uint64_t)n : (uint64_t)n);
}

/* [06/Nov/1994:08:49:37 +0000] */
static void
when(struct out *o, time_t t)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	char		  text[] = "[06/Nov/1994:08:49:37 +0000]";
	struct date	  d;

	date_utc(&d, t);
	date_digits(text + 1, d.day, 2);
	memcpy(text + 4, months + (d.month - 1) * 3, 3);
	date_digits(text + 8, d.year, 4);
	date_digits(text + 13, d.hour, 2);
	date_digits(text + 16, d.minute, 2);
	date_digits(text + 19, d.second, 2);
	out_bytes(o, text, sizeof(text) - 1);
}

/* In quotes; "-" if there is none. */
static void
quoted(struct out *o, struct slice s)
{
	out_text(o, " \"");
	if (s.len > 0)
		access_text(o, s, ACCESS_FIELD_MAX, "\\x");
	else
		out_text(o, "-");
	out_text(o, "\"");
}

static void
request(struct out *o, const struct access_record *r)
{
	if (r->method.len == 0) {
		out_text(o, " \"-\"");
		return;
	}
	out_text(o, " \"");
	access_text(o, r->method, ACCESS_METHOD_MAX, "\\x");
	out_text(o, " ");
	access_text(o, r->target, ACCESS_TARGET_MAX, "\\x");
	out_text(o, r->minor == 0 ? " HTTP/1.0\"" : " HTTP/1.1\"");
}

/* As base/line.h has it: bare, if nothing in it needs quotes. */
static void
word(struct out *o, const char *key, struct slice s)
{
	size_t i;
	char   c;

	out_text(o, key);
	for (i = 0; i < s.len; i++) {
		c = s.at[i];
		if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') &&
		    (c < '0' || c > ':') && strchr("._[]-", c) == NULL)
			break;
	}
	if (s.len == 0) {
		out_text(o, "-");
		return;
	}
	if (i == s.len && s.len <= ACCESS_FIELD_MAX &&
	    !(i == 1 && *s.at == '-')) {
		out_slice(o, s);
		return;
	}
	out_text(o, "\"");
	access_text(o, s, ACCESS_FIELD_MAX, "\\x");
	out_text(o, "\"");
}

static void
combined(struct out *o, const struct access_record *r)
{
	char status[] = " 000 ";

	out_text(o, r->client);
	out_text(o, " - - ");
	when(o, r->time);
	request(o, r);
	date_digits(status + 1, (unsigned int)r->status, 3);
	out_bytes(o, status, sizeof(status) - 1);
	out_number(o, r->bytes);
	quoted(o, r->referer);
	quoted(o, r->user_agent);
	word(o, " host=", r->host);
	out_text(o, " why=");
	out_text(o, reason_word(r->reason));
	out_text(o, " ms=");
	access_number(o, r->ms);
	out_text(o, " received=");
	out_number(o, r->received);
	if (r->upstream != NULL) {
		word(o, " upstream=", slice_of(r->upstream));
		out_text(o, " upstream_ms=");
		access_number(o, r->upstream_ms);
	}
	if (r->tls != NULL)
		word(o, " tls=", slice_of(r->tls));
	if (r->list != NULL)
		word(o, " list=", slice_of(r->list));
	out_text(o, "\n");
}

void
access_line(struct out *o, enum edge_log_format format,
    const struct access_record *r)
{
	size_t start = o->len;

	if (format == EDGE_LOG_JSON)
		access_json(o, r);
	else
		combined(o, r);
	/* Half a line would swallow the next. */
	if (o->full)
		o->len = start;
}
