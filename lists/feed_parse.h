/* SPDX-License-Identifier: ISC */
/*
 * The parts of a feed's line, for feed*.c.  All take the bytes from s up to
 * end, which hold no newline.  Pure.
 */
#ifndef FEED_PARSE_H
#define FEED_PARSE_H

#include "feed.h"

struct feed_entry {
	enum addr_family family;
	int		 single; /* an address, not a prefix or a range */
	struct range4	 v4;
	struct range6	 v6;
};

enum feed_what {
	FEED_LINE_EMPTY, /* blank, a comment */
	FEED_LINE_GOOD,
	FEED_LINE_META,
	FEED_LINE_BAD
};

#define FEED_VALUE_LEN 128

const char *feed_skip_blanks(const char *s, const char *end);
/* The number of bits of a prefix: what is behind it, or NULL. */
const char *feed_bits(unsigned int *, unsigned int max, const char *s,
    const char *end);
/*
 * ADDRESS, ADDRESS/BITS, or ADDRESS - ADDRESS.  What is behind it (which the
 * caller must look at: the address may go on), or NULL.
 */
const char *feed_entry(struct feed_entry *, const char *s, const char *end);
/*
 * One JSON object, to the last byte.  Good: the text of the member that says
 * which address is meant.
 */
enum feed_what feed_json(char text[FEED_VALUE_LEN], const char *s,
    const char *end);
/* One line of any form, neither blank around it nor a byte order mark. */
enum feed_what feed_line_parse(struct feed_entry *, enum feed_form *,
    const char *s, const char *end);
/* Does it name columns?  Asked of a bad line only. */
int feed_line_titles(const char *s, const char *end);

#endif /* FEED_PARSE_H */
