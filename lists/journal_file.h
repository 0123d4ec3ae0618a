/* SPDX-License-Identifier: ISC */
/*
 * The journal's file, read once and followed from then on: what was read is
 * kept from call to call, and only what is new is read.  For whoever has the
 * lock; journal.h is what others use.
 *
 * Functions return 0, or -1 with the reason logged.
 */
#ifndef JOURNAL_FILE_H
#define JOURNAL_FILE_H

#include <sys/types.h>
#include <stddef.h>
#include <stdint.h>

#include "bans.h"

#define JOURNAL_NAME "bans" /* in state/lists */

/* Starts as zeros, but for fd: -1. */
struct journal_file {
	/* Kept open: so its inode can be no other file's. */
	int	     fd;
	dev_t	     dev;
	ino_t	     ino;
	off_t	     size;  /* of the file, as it was last seen */
	off_t	     taken; /* up to here: whole lines, read */
	size_t	     lines; /* all of them */
	size_t	     bad;
	struct bans *bans;
	char	     tail[64]; /* what is before "taken": is it the same? */
	size_t	     ntail;
};

void journal_file_close(struct journal_file *);
/*
 * Open it, and read what is new.  make: make it, if it is missing; otherwise
 * there are no bans.
 */
int journal_file_read(struct journal_file *, int dir, int make);
/*
 * Append lines in one piece, sync, and read them back.  -1: nothing is
 * changed.  1: it is on the disk, but memory is out and bans is stale.
 */
int journal_file_append(struct journal_file *, const char *text, size_t len);
/* Has it many more lines than it needs?  Then write it anew. */
int journal_file_compact(struct journal_file *, int dir);

#endif /* JOURNAL_FILE_H */
