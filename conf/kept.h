/* SPDX-License-Identifier: ISC */
/*
 * What a program leaves to the one that runs in its place after an upgrade:
 * items in order, each with a name, a descriptor perhaps, and bytes.  They go
 * through shared memory: keys must not reach a disk.  The descriptors stay
 * open over exec.
 */
#ifndef KEPT_H
#define KEPT_H

#include <stddef.h>

#define KEPT_NAME_MAX 64
#define KEPT_MAX      (64 * 1024 * 1024) /* bytes of it all */

struct kept;

struct kept_item {
	const char *name;
	int	    fd; /* -1: none, or somebody took it */
	const void *bytes;
	size_t	    len;
};

struct kept *kept_new(void);
/* Closes nothing: kept_close_rest() does. */
void kept_free(struct kept *);
/* Copied, but for the descriptor, which is borrowed. */
void kept_add(struct kept *, const char *name, int fd, const void *, size_t);
/* The one of that name after that one (NULL: the first); NULL: no more. */
const struct kept_item *kept_next(const struct kept *, const char *name,
    const struct kept_item *after);
/* Its descriptor is the caller's now. */
int kept_take_fd(struct kept *, const struct kept_item *);

size_t kept_size(const struct kept *); /* bytes that are written */
/* To a file, from its present place.  0, or -1 with errno. */
int kept_write(const struct kept *, int fd);
/*
 * From a file, to its end.  NULL with errno (EBADMSG: it is none).  The
 * descriptors are close-on-exec then.
 */
struct kept *kept_read(int fd);
/* 0, or -1 with errno: the descriptors survive an exec, or do not. */
int kept_inherit(const struct kept *, int on);
/* Close all descriptors from low on that are no item's, or that nobody took. */
void kept_close_others(const struct kept *, int low);
void kept_close_rest(struct kept *);

#endif /* KEPT_H */
