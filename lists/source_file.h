/* SPDX-License-Identifier: ISC */
/*
 * Files in state/lists/src: never changed in place, always written beside and
 * renamed.  For source*.c alone.
 */
#ifndef SOURCE_FILE_H
#define SOURCE_FILE_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

struct folder;
struct ranges;

#define SOURCE_FILE_LEN (NAME_MAX + 1)

struct source_part {
	const void *bytes;
	size_t	    len;
};

/* NAME and its suffix.  0, or -1 with errno. */
int source_file(char buf[SOURCE_FILE_LEN], const char *name,
    const char *suffix);
/* A regular file, and no link.  The descriptor, or -1 with errno. */
int source_file_open(int dir, const char *file);
/* 0, or -1 with errno, and what was there stays. */
int source_file_write(int dir, const char *file, const struct source_part *,
    size_t nparts);
/*
 * To is from now on another name of what from is, whatever it was.  0, or -1
 * with errno.
 */
int source_file_link(int dir, const char *from, const char *to);

/*
 * source_since.c: the .since that belongs to these ranges, as they will be in
 * use; what was there before (and its .since) keeps its age.  was may be
 * NULL; was_time: of what has no .since.  0, or -1 with errno.
 */
int since_write(const struct folder *, const char *name,
    const struct ranges *was, int64_t was_time, const struct ranges *is,
    int64_t now);

#endif /* SOURCE_FILE_H */
