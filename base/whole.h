/* SPDX-License-Identifier: ISC */
/*
 * All of what is asked for: a short read or write goes on, and so does one
 * that a signal has interrupted.  For files; these may wait.
 */
#ifndef WHOLE_H
#define WHOLE_H

#include <sys/types.h>
#include <stddef.h>

/*
 * From that place of the file on; where the descriptor stands is no matter.
 * How many bytes there were, fewer at the end of the file alone; -1 with
 * errno.
 */
ssize_t whole_read(int fd, void *, size_t, off_t from);
/* 0, or -1 with errno: perhaps a part was written. */
int whole_write(int fd, const void *, size_t);

#endif /* WHOLE_H */
