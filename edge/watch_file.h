/* SPDX-License-Identifier: ISC */
/*
 * A file that somebody may replace at any time: is it another one now, and
 * what is in it.
 */
#ifndef WATCH_FILE_H
#define WATCH_FILE_H

#include <sys/types.h>
#include <stddef.h>
#include <time.h>

struct watch_stamp {
	int		error; /* errno, or 0 and: */
	mode_t		mode;
	dev_t		device; /* of what a link leads to */
	ino_t		inode;
	off_t		size;
	struct timespec written;
	struct timespec changed;
};

struct watch_bytes {
	char  *at; /* NULL: none */
	size_t len;
};

void watch_stamp(struct watch_stamp *, const char *path);
int  watch_stamp_equal(const struct watch_stamp *, const struct watch_stamp *);

/*
 * All of a regular file of at most CERT_FILE_MAX bytes.  NULL, or a phrase
 * that says what is wrong, good until the next call.
 */
const char *watch_read(struct watch_bytes *, const char *path);
int  watch_bytes_equal(const struct watch_bytes *, const struct watch_bytes *);
void watch_bytes_wipe(struct watch_bytes *); /* and free */

#endif /* WATCH_FILE_H */
