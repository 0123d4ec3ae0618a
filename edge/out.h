/* SPDX-License-Identifier: ISC */
/*
 * Bytes that are being put together in a buffer of fixed size.  What does not
 * fit sets full and is left out whole; nothing is written after that.  Pure.
 */
#ifndef OUT_H
#define OUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "slice.h"

struct out {
	char  *buf; /* the caller's; no NUL is written */
	size_t size;
	size_t len;
	int    full;
};

static inline void
out_bytes(struct out *o, const void *p, size_t len)
{
	if (o->full || len > o->size - o->len) {
		o->full = 1;
		return;
	}
	memcpy(o->buf + o->len, p, len);
	o->len += len;
}

static inline void
out_slice(struct out *o, struct slice s)
{
	if (s.len > 0)
		out_bytes(o, s.at, s.len);
}

/* For a literal the compiler counts. */
static inline void
out_text(struct out *o, const char *s)
{
	out_bytes(o, s, strlen(s));
}

void out_number(struct out *, uint64_t);
void out_hex(struct out *, uint64_t); /* lower case, no leading zeros */

#endif /* OUT_H */
