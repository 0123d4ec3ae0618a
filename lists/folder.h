/* SPDX-License-Identifier: ISC */
/*
 * The folder state/lists: made by root, sticky, and written by the user that
 * the file calls "lists".  A root command that works in it takes that user's
 * effective ids first.
 *
 *	NAME.set		what doors map: of each list, and bans.set
 *	protected.set		root's own
 *	bans			the journal;  bans.lock
 *	src/NAME-HASH.set	of each source: what is in use
 *	src/NAME-HASH.since	since when each range of it is there
 *	src/NAME-HASH.prev	what was in use before
 *	src/NAME-HASH.held	what was refused
 *	src/NAME-HASH.meta	text: validators, times, counts, the last word
 *	lock			whoever changes lists (not bans) has it
 */
#ifndef FOLDER_H
#define FOLDER_H

#include <sys/types.h>

struct conf;

struct folder {
	int    dir;   /* state/lists */
	int    src;   /* state/lists/src */
	int    taken; /* effective ids to give back: */
	gid_t  gid;
	gid_t *groups;
	int    ngroups;
};

/*
 * Make what is missing (root only) and open it.  take: as root, take the
 * ids of the lists user from here on, until folder_close().  0, or a code of
 * sysexits(3) with the reason logged.
 */
int folder_open(struct folder *, const struct conf *, int take);
/* Open only; what is not there is -1, and no error. */
int  folder_look(struct folder *, const struct conf *);
void folder_close(struct folder *);
/*
 * state/lists alone, for what root writes there: what its user has made of
 * all below it is no matter.  A descriptor, or -1 with the reason logged.
 */
int folder_make_top(const struct conf *);
/* The same without making it; what is not there is -1, and no error. */
int folder_look_top(const struct conf *);
/*
 * Wait for that lock, for FOLDER_LOCK_MS at most (ETIMEDOUT): a descriptor to
 * be closed, or -1 with errno.
 */
#define FOLDER_LOCK    "lock" /* of whoever changes lists */
#define FOLDER_LOCK_MS 30000
int folder_lock(const struct folder *, const char *name);

#endif /* FOLDER_H */
