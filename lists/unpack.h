/* SPDX-License-Identifier: ISC */
/*
 * Bytes of a feed, gzip or not, told by the first two: out they come plain,
 * in pieces, and never more than the cap.
 */
#ifndef UNPACK_H
#define UNPACK_H

#include <stddef.h>

struct unpack;

/* Gets the plain bytes; not 0: stop. */
typedef int unpack_fn(void *arg, const void *, size_t);

enum unpack_result {
	UNPACK_OK,
	UNPACK_TOO_BIG, /* plain bytes beyond the cap: a bomb, perhaps */
	UNPACK_BAD,	/* no good gzip, or it is cut */
	UNPACK_STOPPED, /* by fn */
	UNPACK_NOMEM
};

struct unpack	  *unpack_new(size_t cap, unpack_fn *, void *arg);
void		   unpack_free(struct unpack *);
enum unpack_result unpack_put(struct unpack *, const void *, size_t);
enum unpack_result unpack_end(struct unpack *);
const char	  *unpack_text(enum unpack_result);

#endif /* UNPACK_H */
