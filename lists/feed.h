/* SPDX-License-Identifier: ISC */
/*
 * What others publish, made ranges.  The form is recognised by the content:
 *
 *	address; CIDR; "a - b"; with comments behind "#", ";" or "//"
 *	DShield block.txt: first, last, bits, ...
 *	Spamhaus DROP: text, and NDJSON ({"cidr":"..."}; the last line says
 *	what it is and is none)
 *	netset; hosts with a name behind; CSV whose first field is an address
 *
 * A byte order mark, CRLF and blank lines are no matter; of CSV and DShield
 * the first line may name the columns.  Host bits are cleared: "192.0.2.1/24"
 * means the network.  What could mean two things is bad: a second address
 * behind the first, leading zeros, a scope id.  A bad line is skipped and
 * counted.  Bytes come in pieces of any size; gzip is unpacked by the caller
 * (unpack.h).  Pure, but for the memory.
 */
#ifndef FEED_H
#define FEED_H

#include <stddef.h>
#include <stdint.h>

#include "ranges.h"

#define FEED_LINE_MAX 4096 /* a longer one is one bad line */

enum feed_form {
	FEED_UNKNOWN, /* no good line yet */
	FEED_PLAIN,   /* addresses, prefixes, ranges, one a line */
	FEED_DSHIELD,
	FEED_NDJSON,
	FEED_CSV
};

struct feed_counts {
	uint64_t lines; /* all */
	uint64_t empty; /* blank, or comment only */
	uint64_t good;
	uint64_t bad;
	uint64_t meta;		/* NDJSON that says what the feed is */
	uint64_t duplicate;	/* of the good; known after feed_merge() */
	char	 first_bad[80]; /* printable, cut; "" */
	uint64_t first_bad_line;
};

struct feed {
	struct ranges	   ranges;
	struct feed_counts counts;
	enum feed_form	   form;
	uint64_t	   lines_max;
	/*
	 * The widest single entry that is not all special-purpose (special.h):
	 * its addresses, its /64.
	 */
	uint64_t widest4, widest6;
	int	 html;	  /* it begins as a web page does */
	int	 toomany; /* lines_max was reached: the rest is not read */
	int	 nomem;
	int	 begun;	 /* a line was not blank */
	int	 titled; /* a line named the columns */
	size_t	 len;	 /* of what follows: */
	int	 skip;	 /* within a line that is too long */
	char	 line[FEED_LINE_MAX];
};

/* lines_max 0: no limit. */
void feed_init(struct feed *, uint64_t lines_max);
void feed_free(struct feed *);
/* 0, or -1: do not go on (toomany, nomem). */
int  feed_put(struct feed *, const void *, size_t);
void feed_end(struct feed *); /* the last line may have no newline */
/* "plain", "dshield", "ndjson", "csv", "unknown" */
const char *feed_form_name(enum feed_form);

/*
 * ranges_merge() for the ranges of a feed: counts.duplicate follows.  More
 * than once is no matter.
 */
void feed_merge(struct feed *);
/*
 * How many entries it has, for comparing it with what there is, and for
 * people: good lines without the duplicates.  Not how many ranges they make
 * when merged.
 */
uint64_t feed_entries(const struct feed *);

/*
 * One line alone, without its newline; nothing is counted.  1: good, and a
 * range is added; 0: nothing in it; -1: bad.
 */
int feed_line(struct feed *, const char *, size_t);

#endif /* FEED_H */
