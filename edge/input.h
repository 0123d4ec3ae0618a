/* SPDX-License-Identifier: ISC */
/*
 * Bytes that were read from a stream but not understood yet.  While a
 * callback works they may lie in a buffer that all share; what is left at its
 * end gets memory of its own, of just that size.
 */
#ifndef INPUT_H
#define INPUT_H

#include <stddef.h>

#include "stream.h"

struct input {
	char  *buf;
	size_t at, len, size; /* the bytes are at to len */
	int    shared;
};

static inline size_t
input_has(const struct input *in)
{
	return in->len - in->at;
}

/*
 * Read once, behind what is there, until there are at most want bytes;
 * lent is the buffer that all share, of at least want bytes.  STREAM_ERROR
 * if there is no memory or no room, too.
 */
enum stream_io input_read(struct input *, struct stream *, char *lent,
    size_t want);
/* The shared buffer is for others now.  -1: no memory. */
int  input_own(struct input *);
void input_drop(struct input *);

#endif /* INPUT_H */
