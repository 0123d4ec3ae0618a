/* SPDX-License-Identifier: ISC */
/*
 * A line of the journal of bans: one change.
 *
 *	1790000000 ban 192.0.2.9/32 until 1790604800 times 1 by root
 *	    because "guessing" crc=3d2f01aa
 *	1790000000 unban 192.0.2.9/32 by root crc=...
 *	1790000000 clock crc=...
 *	1790000000 clock right by root crc=...
 *
 * (each on one line; times are seconds since 1970).  In the quotes \" and \\
 * are the only escapes, and all is printable ASCII.  The sum at the end is
 * that of all before it, so that a line that was cut, or glued to another, is
 * found.  Nothing else is a line: what is read is what would be written,
 * byte for byte.  Pure.
 */
#ifndef BAN_LINE_H
#define BAN_LINE_H

#include <stddef.h>
#include <stdint.h>

#include "addr.h"
#include "bans.h"

#define BAN_LINE_LEN   512		     /* with its newline and a NUL */
#define BAN_TIME_LAST  INT64_C(253402300799) /* 9999-12-31T23:59:59Z */
#define BAN_WIDEST4    16		     /* bits: no wider ban */
#define BAN_WIDEST6    32
#define BAN_NARROWEST6 64
#define BAN_PREFIX_LEN PREFIX_LEN

enum ban_word {
	BAN_LINE_BAN,
	BAN_LINE_UNBAN,
	BAN_LINE_CLOCK, /* it was so late then, and believed */
	BAN_LINE_RIGHT	/* it is, whatever the lines before say */
};

struct ban_line {
	enum ban_word word;
	int64_t	      time;
	/* Of a ban and an unban: */
	struct prefix prefix;
	/* Of a ban: */
	int64_t	     until;
	unsigned int times;
	char	     why[BAN_WHY_LEN];
	/* Of all but BAN_LINE_CLOCK: */
	char who[BAN_WHO_LEN];
};

/* With its newline.  Returns the length. */
size_t ban_line_write(char buf[BAN_LINE_LEN], const struct ban_line *);
/* A line without its newline.  NULL, or a static phrase: what is wrong. */
const char *ban_line_read(struct ban_line *, const char *, size_t);

/* Texts from outside, made such as a line may hold; what is long is cut. */
void ban_line_who(char who[BAN_WHO_LEN], const char *);
void ban_line_why(char why[BAN_WHY_LEN], const char *);
/* What is banned on behalf of it: an IPv6 prefix is a /64 at least. */
struct prefix ban_line_prefix(const struct prefix *);
/* NULL, or "is too wide: ...". */
const char *ban_line_too_wide(const struct prefix *);
/* Always with its bits: "192.0.2.9/32".  Returns buf. */
const char *ban_line_print(const struct prefix *, char buf[BAN_PREFIX_LEN]);

#endif /* BAN_LINE_H */
