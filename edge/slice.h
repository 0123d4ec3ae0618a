/* SPDX-License-Identifier: ISC */
/*
 * A run of bytes that somebody else owns.  It is no string: nothing ends it.
 */
#ifndef SLICE_H
#define SLICE_H

#include <stddef.h>
#include <string.h>

struct slice {
	const char *at; /* may be NULL if len is 0 */
	size_t	    len;
};

/* Is it that word, whatever the case of its letters (ASCII)? */
int slice_is(struct slice, const char *lower);
/* Byte by byte. */
int slice_equal(struct slice, struct slice);
/* The same, whatever the case of letters (ASCII). */
int slice_same(struct slice, struct slice);

static inline struct slice
slice_of(const char *s)
{
	struct slice r = { s, strlen(s) };

	return r;
}

#endif /* SLICE_H */
