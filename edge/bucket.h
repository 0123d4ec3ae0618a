/* SPDX-License-Identifier: ISC */
/*
 * So many a second, and no more: a bucket of tokens.  Pure: the time comes in.
 */
#ifndef BUCKET_H
#define BUCKET_H

#include <stdint.h>

/* A plain value; zeroes: it is full at its first use. */
struct bucket {
	int64_t tokens; /* thousandths */
	int64_t filled; /* when, clock_ms() */
};

/*
 * One token of a bucket that gets so many a second, and holds those of one
 * second: 1, or 0 if there is none.
 */
int bucket_take(struct bucket *, int64_t now, int64_t rate);

#endif /* BUCKET_H */
