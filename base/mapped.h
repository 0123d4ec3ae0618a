/* SPDX-License-Identifier: ISC */
/*
 * A file, mapped to be read, that somebody else may cut.  The system answers
 * a read of what is gone with SIGBUS; under the guard, the whole mapping is
 * made zeros then, and the program goes on.
 */
#ifndef MAPPED_H
#define MAPPED_H

#include <stddef.h>

/* At once in a process: their places are fixed, for a signal finds them. */
#define MAPPED_MAX 256

struct mapped;

/*
 * The guard: a handler of SIGBUS for the whole process.  It leaves alone what
 * happens elsewhere: that goes where it went before.  Twice is as once.  0, or
 * -1 with errno.
 */
int mapped_guard(void);

/*
 * The first bytes of that file, shared and ready to be read; the descriptor
 * may be closed.  NULL with errno (ENFILE: MAPPED_MAX are there).
 */
struct mapped *mapped_open(int fd, size_t);
void	       mapped_close(struct mapped *);
void	      *mapped_at(const struct mapped *); /* not to be written to */
/*
 * Were any of its bytes gone when somebody read them?  What was read before
 * this says no was there.  From any thread, without a lock.
 */
int mapped_broken(const struct mapped *);

#endif /* MAPPED_H */
