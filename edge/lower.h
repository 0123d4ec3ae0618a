/* SPDX-License-Identifier: ISC */
/*
 * ASCII letters made small, whatever the locale.  Pure.
 */
#ifndef LOWER_H
#define LOWER_H

#include "out.h"

static inline char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static inline void
lower_write(struct out *o, struct slice s)
{
	char  *p;
	size_t i;

	if (o->full || s.len > o->size - o->len) {
		o->full = 1;
		return;
	}
	p = o->buf + o->len;
	for (i = 0; i < s.len; i++)
		p[i] = lower(s.at[i]);
	o->len += s.len;
}

#endif /* LOWER_H */
