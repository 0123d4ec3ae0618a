/* SPDX-License-Identifier: ISC */
/*
 * How a set file is laid out, in the byte order of the machine that wrote it:
 *
 *	struct set_header	128 bytes
 *	uint64_t keys6		the high half of the first address of every
 *				SET_STEP6th range, in nodes of SET_NODE6; behind
 *				them of every SET_NODE6th of these, and so on,
 *				until there is one node.  Nodes are filled up
 *				with ones.
 *	struct range6 n6	sorted, apart
 *	struct range4 n4	sorted, apart
 *	uint32_t index4		for each value of the leading bits: how many
 *				ranges begin below it; one more at the end
 *	(zeros)			up to seven bytes
 *	uint64_t		SET_END: gone or zero as soon as it is cut
 *
 * Where each begins follows from the counts, and the size of the file must be
 * just that.  The sum is of all bytes, with zeros in its own place.
 */
#ifndef SET_INNER_H
#define SET_INNER_H

#include <stddef.h>
#include <stdint.h>

#include "ranges.h"
#include "set.h"

#define SET_MAGIC   UINT64_C(0x0074657370740a89) /* "\x89\npstset\0" backward */
#define SET_END	    UINT64_C(0x646e652074736c89)
#define SET_VERSION 1
#define SET_MAX	    (UINT64_C(1) << 30) /* bytes of a file */
#define SET_SMALL   65536 /* bytes: a file up to here is read, not mapped */

#define SET_STEP6  8
#define SET_NODE6  8  /* keys: a cache line */
#define SET_LEVELS 10 /* for more than fit into SET_MAX */
#define SET_FULL4  8  /* ranges under one value of the index, about */
#define SET_BITS4  17 /* of the index, at most */

struct set_header {
	uint64_t magic;
	uint32_t version;
	uint32_t sum;
	uint64_t size; /* of the file */
	uint64_t time;
	uint64_t n4, n6;
	uint64_t good, bad, duplicate, protected;
	uint64_t bits4;
	uint64_t spare[5]; /* 0; nodes shall not lie across cache lines */
};

/* Offsets into the file, and the counts that they follow from. */
struct set_plan {
	uint64_t     n4, n6;
	unsigned int bits4;
	uint64_t     nindex4;
	unsigned int nlevels;
	uint64_t     nkeys6[SET_LEVELS]; /* without what fills them up */
	uint64_t     level6[SET_LEVELS]; /* where in keys6 each begins */
	uint64_t     nallkeys6;
	uint64_t     keys6, ranges6, ranges4, index4, end, size;
};

/* 0, or -1: it would be too large. */
int set_plan(struct set_plan *, uint64_t n4, uint64_t n6);

/* What set_has() looks at; what it points to may change under its hands. */
struct set_view {
	const struct range6 *v6;
	const uint64_t	    *level[SET_LEVELS]; /* 0: that of all blocks */
	size_t		     nkeys[SET_LEVELS];
	unsigned int	     nlevels;
	const struct range4 *v4;
	const uint32_t	    *index4;
	size_t		     n4, n6;
	unsigned int	     shift4; /* of an address, to its place there */
};

#define SET_NOWHERE SIZE_MAX

/* The range that has it, or SET_NOWHERE. */
size_t set_find4(const struct set_view *, uint32_t);
size_t set_find6(const struct set_view *, struct addr6);

#endif /* SET_INNER_H */
