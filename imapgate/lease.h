/* SPDX-License-Identifier: ISC */
/*
 * A lease: who may reach IMAP, from where, and until when.  Plain values and
 * pure functions; leases.h has many of them, store.h the file.
 *
 * In the file it is one line, of the words of postern.conf(5):
 *
 *	203.0.113.7 until 2026-11-23T02:00:00Z since 2026-11-22T14:00:00Z
 *	    who root from 203.0.113.7 why "hotel"
 *
 * (all on one line; "until forever" for one that does not expire).  Times are
 * UTC.  A lease that has expired or was revoked says "ended" for "until": it
 * does not open again, whatever becomes of the clock.
 */
#ifndef LEASE_H
#define LEASE_H

#include <sys/types.h>
#include <stddef.h>

#include "addr.h"

#define LEASE_TEXT_LEN 128
#define LEASE_LINE_LEN 1024
#define LEASE_TIME_LEN 32
#define LEASE_FOREVER  ((time_t)0)
#define LEASE_MAX      (30 * 86400) /* the longest that is not for ever */
#define LEASE_KEEP     (7 * 86400)  /* an ended line stays so long */
#define LEASE_SKEW     (LEASE_MAX + 86400) /* time to see that one is over */
#define LEASE_SLACK    60 /* a clock set back by so much is no matter */

struct lease {
	struct prefix prefix;
	time_t	      since; /* 0: not known */
	time_t	      until; /* or LEASE_FOREVER; of an ended one, when */
	int	      ended;
	/*
	 * May be empty.  Ours are printable ASCII; a person may have written
	 * UTF-8, but no control bytes.
	 */
	char who[LEASE_TEXT_LEN];
	char from[LEASE_TEXT_LEN];
	char why[LEASE_TEXT_LEN];
};

/* NULL, or a static phrase: what is wrong with the line (no newline in it). */
const char *lease_parse(struct lease *, const char *line);
/* Printed so that lease_parse() gives the same.  Returns the length. */
size_t lease_print(const struct lease *, char line[LEASE_LINE_LEN]);

/*
 * A text from outside, as a lease may hold it: bytes that it may not hold
 * leave as \xNN.  What does not fit is cut.
 */
void lease_text(char text[LEASE_TEXT_LEN], const char *from);

/* May it be used at that time? */
int lease_is_open(const struct lease *, time_t now);

/* RFC 3339 in UTC, e.g. 2026-11-23T02:00:00Z, or "forever".  Returns buf. */
const char *lease_time(time_t, char buf[LEASE_TIME_LEN]);
/* 0, or -1: that form only, and no year beyond 9999. */
int lease_time_parse(time_t *, const char *);

/*
 * A clock that is more than LEASE_SLACK before the newest record, or more than
 * LEASE_SKEW after it, is not believed.  newest 0: there is none.
 */
enum lease_clock {
	LEASE_CLOCK_GOOD,
	LEASE_CLOCK_BACK,
	LEASE_CLOCK_AHEAD
};
enum lease_clock lease_clock(time_t newest, time_t now);

#endif /* LEASE_H */
