/* SPDX-License-Identifier: ISC */
/*
 * All leases, as the file has them: its lines to leases and back, and what
 * may happen to them.  Pure; store.h reads and writes the file.
 *
 * A person may edit the file.  Comments stay where they are; a line that
 * cannot be read is set apart, for the store to report and keep.
 */
#ifndef LEASES_H
#define LEASES_H

#include <stddef.h>

#include "lease.h"

/* A line of the file that is no lease. */
struct leases_line {
	char	    *text;
	size_t	     len;
	size_t	     before; /* of a comment: the index of the next lease */
	unsigned int number;
	const char  *why; /* of a broken one; static */
};

struct leases {
	struct lease	   *lease;
	size_t		    n;
	struct leases_line *comment;
	size_t		    ncomments;
	struct leases_line *broken;
	size_t		    nbroken;
	int		    dirty; /* differs from the file */
};

void leases_free(struct leases *);
/*
 * The text of the file, added to *l, which was all zeroes.  0, or -1 when
 * memory is out.
 */
int leases_parse(struct leases *, const char *text, size_t len);
/* The file again, without the broken lines; NULL when memory is out. */
char *leases_print(const struct leases *, size_t *len);

/* The lease of exactly that prefix that is not ended, or NULL. */
struct lease *leases_find(const struct leases *, const struct prefix *);
/* 0, or -1 when memory is out; pointers to leases are stale afterwards. */
int  leases_add(struct leases *, const struct lease *);
void leases_end(struct leases *, struct lease *, time_t when);

/* When the newest record was made; 0: there is none. */
time_t leases_newest(const struct leases *);
/*
 * Is the clock believed?  It is, when nothing would be lost by an error: no
 * lease would end or be forgotten.
 */
enum lease_clock leases_clock(const struct leases *, time_t now);
/* The clock is right: no record may make us doubt it. */
void leases_believe(struct leases *, time_t now);

/*
 * The first lease from index *i on whose time is over and that is not ended;
 * NULL if there is none.  *i is its index.
 */
struct lease *leases_over(const struct leases *, size_t *i, time_t now);
/* Forget what ended LEASE_KEEP ago.  Returns how many. */
size_t leases_forget(struct leases *, time_t now);
/* When the next open lease ends; 0: none does. */
time_t leases_next(const struct leases *);

#endif /* LEASES_H */
