/* SPDX-License-Identifier: ISC */
/*
 * Somebody is to be banned: for how long, and what comes of it?  The lines
 * that the journal is to get.  Pure.
 *
 * Who is banned again after his ban was over is so for twice as long as the
 * time before (if the ban says so, and up to the longest).  One that holds is
 * never made shorter, unless its length is given.  Eight /64 that hold of one
 * IPv6 /56 ban the /56, eight of those the /48, until the latest of them ends.
 */
#ifndef BAN_PLAN_H
#define BAN_PLAN_H

#include "ban_line.h"
#include "bans.h"

#define BAN_PLAN_LINES 3

struct ban_plan {
	/* In. */
	struct prefix prefix;  /* neither too wide nor too narrow */
	int64_t	      length;  /* seconds; 0: keep */
	int	      repeats; /* longer each time */
	const char   *who, *why;
	int64_t	      keep, longest;

	/* Out. */
	struct ban_line line[BAN_PLAN_LINES];
	size_t		n; /* of them, 1 at least */
};

void ban_plan(struct ban_plan *, const struct bans *,
    const struct bans_clock *);

#endif /* BAN_PLAN_H */
