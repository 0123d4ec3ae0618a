/* SPDX-License-Identifier: ISC */
/*
 * The journal of the bans, state/lists/bans: one line a change, appended
 * under a lock and synced before it is acknowledged; and bans.set, which
 * follows it under the same lock.  Works with or without postern-lists.
 *
 * A line that was cut (kill, full disk) is no line; what is appended begins a
 * new one.  Compaction writes a new file beside it and renames.
 */
#ifndef JOURNAL_H
#define JOURNAL_H

#include <stdint.h>
#include <stdio.h>

#include "bans.h"

struct bans_conf;
struct folder;

struct journal_ban {
	struct prefix prefix;
	int64_t	      length;  /* seconds; 0: "keep", longer for repeaters */
	int	      repeats; /* lengthen it for repeat offenders */
	const char   *who, *why;
};

enum journal_result {
	JOURNAL_DONE,	/* written, synced, and in bans.set */
	JOURNAL_ABSENT, /* unban: there was no such ban */
	JOURNAL_WIDE,	/* wider than /16, /32 */
	JOURNAL_FULL,	/* BANS_MAX */
	JOURNAL_LATE,	/* written and synced, but bans.set could not be */
	JOURNAL_FAILED	/* nothing is changed; the reason is logged */
};

/*
 * Each takes the lock, reads what is new, appends, syncs, writes bans.set.
 * What was read is kept for the next call: from one thread at a time.  The
 * protected set is the caller's to ask before.
 *
 * *out (may be NULL): the ban as it stands now.  An IPv6 prefix is a /64 at
 * least; and it is the /56 or /48, if that became full by it.
 */
enum journal_result journal_ban(const struct folder *, const struct bans_conf *,
    const struct journal_ban *, struct ban *out);
/*
 * Ends that ban and all that are narrower.  *still (may be NULL): the wider
 * one that goes on, or one of family ADDR_NONE; with JOURNAL_ABSENT, too.
 */
enum journal_result journal_unban(const struct folder *,
    const struct bans_conf *, const struct prefix *, const char *who,
    struct ban *still);
/*
 * Expiry and compaction; bans.set is made anew if it is not what it should
 * be.  *next: seconds until there is something to do again.
 */
enum journal_result journal_tend(const struct folder *,
    const struct bans_conf *, int64_t *next);
/* The clock is right, whatever the journal says (bans.h). */
enum journal_result journal_right(const struct folder *,
    const struct bans_conf *, const char *who);
/* What holds now, read without the lock; NULL with the reason logged. */
struct bans *journal_look(const struct folder *, struct bans_clock *);
/* Forget what is kept between calls. */
void journal_close(void);

#endif /* JOURNAL_H */
