/* SPDX-License-Identifier: ISC */
/*
 * What is in a file that somebody may replace at any time.
 */
#ifndef WATCH_FILE_H
#define WATCH_FILE_H

#include <stddef.h>

struct watch_bytes {
	char  *at; /* NULL: none */
	size_t len;
};

/*
 * All of a regular file of at most CERT_FILE_MAX bytes.  NULL, or a phrase
 * that says what is wrong, good until the next call.
 */
const char *watch_read(struct watch_bytes *, const char *path);
int  watch_bytes_equal(const struct watch_bytes *, const struct watch_bytes *);
void watch_bytes_wipe(struct watch_bytes *); /* and free */

#endif /* WATCH_FILE_H */
