/* SPDX-License-Identifier: ISC */
/*
 * Which file is it, and is it as it was?  For whoever looks now and then at a
 * file that others replace or change.
 */
#ifndef STAMP_H
#define STAMP_H

#include <sys/types.h>
#include <time.h>

struct stat;

/* A plain value; to be compared by stamp_equal() alone. */
struct stamp {
	int		error; /* errno, or 0 and: */
	mode_t		mode;
	dev_t		device;
	ino_t		inode;
	off_t		size;
	struct timespec written;
	struct timespec changed; /* unlike the former, nobody can set it */
};

void stamp_of(struct stamp *, const struct stat *);
/* As fstatat(2); what cannot be looked at has an error. */
void stamp_at(struct stamp *, int dir, const char *path, int flags);
int  stamp_equal(const struct stamp *, const struct stamp *);

#endif /* STAMP_H */
