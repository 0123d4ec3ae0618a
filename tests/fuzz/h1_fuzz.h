/* SPDX-License-Identifier: ISC */
/*
 * What must hold of every head that was taken.
 */
#ifndef H1_FUZZ_H
#define H1_FUZZ_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "h1.h"
#include "out.h"

static inline void
must(int true_)
{
	if (!true_)
		abort();
}

/* It lies in the buffer, and no byte of it could end a line. */
static inline void
must_lie(struct slice s, const char *buf, size_t len)
{
	if (s.len == 0)
		return;
	must(s.at >= buf && s.len <= len && s.at <= buf + len - s.len);
	must(memchr(s.at, '\0', s.len) == NULL);
	must(memchr(s.at, '\r', s.len) == NULL);
	must(memchr(s.at, '\n', s.len) == NULL);
}

static inline void
must_be_fields(const struct h1_head *h, const char *buf, size_t len)
{
	const struct h1_field *f;
	size_t		       i;

	must(h->len <= len && h->nfields <= H1_FIELDS_MAX);
	must(h->len >= 2 && memcmp(buf + h->len - 2, "\r\n", 2) == 0);
	for (i = 0; i < h->nfields; i++) {
		f = &h->fields[i];
		must_lie(f->name, buf, h->len);
		must_lie(f->value, buf, h->len);
		must(f->name.len > 0);
		must(memchr(f->name.at, ' ', f->name.len) == NULL);
		must(memchr(f->name.at, ':', f->name.len) == NULL);
		must(f->value.len == 0 ||
		    (f->value.at[0] != ' ' && f->value.at[0] != '\t'));
		must(f->id >= H1_NAME_OTHER && f->id < H1_NAMES);
	}
}

static inline void
must_be_framed(const struct h1_head *h)
{
	must(h->minor == 0 || h->minor == 1);
	must(h->length <= INT64_MAX && (h->has_length || h->length == 0));
	must(h->framing != H1_LENGTH || h->length > 0);
	must(h->framing != H1_CHUNKED || (!h->has_length && h->minor == 1));
	must(h->framing != H1_UNTIL_CLOSE || !h->keep_alive);
	must(!h->upgrade || h->minor == 1);
}

/* What a reader behind us would see: none that frames but ours. */
static inline void
write_fields(struct out *o, const struct h1_head *h)
{
	const struct h1_field *f;
	size_t		       i;

	for (i = 0; i < h->nfields; i++) {
		f = &h->fields[i];
		if (f->hop || f->id == H1_NAME_CONTENT_LENGTH ||
		    f->id == H1_NAME_HOST)
			continue;
		out_slice(o, f->name);
		out_text(o, ": ");
		out_slice(o, f->value);
		out_text(o, "\r\n");
	}
	if (h->framing == H1_CHUNKED)
		out_text(o, "Transfer-Encoding: chunked\r\n");
	if (h->framing == H1_LENGTH || h->has_length) {
		out_text(o, "Content-Length: ");
		out_number(o, h->length);
		out_text(o, "\r\n");
	}
	out_text(o, "\r\n");
	must(!o->full);
}

#endif /* H1_FUZZ_H */
