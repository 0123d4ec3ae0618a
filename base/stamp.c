/* SPDX-License-Identifier: ISC */
#include "stamp.h"

#include <sys/stat.h>

#include <errno.h>
#include <string.h>

void
stamp_of(struct stamp *s, const struct stat *st)
{
	memset(s, 0, sizeof(*s));
	s->mode = st->st_mode;
	s->device = st->st_dev;
	s->inode = st->st_ino;
	s->size = st->st_size;
	s->written = st->st_mtim;
	s->changed = st->st_ctim;
}

void
stamp_at(struct stamp *s, int dir, const char *path, int flags)
{
	struct stat st;

	if (fstatat(dir, path, &st, flags) == 0) {
		stamp_of(s, &st);
		return;
	}
	memset(s, 0, sizeof(*s));
	s->error = errno;
}

static int
same_time(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

int
stamp_equal(const struct stamp *a, const struct stamp *b)
{
	return a->error == b->error && a->mode == b->mode &&
	    a->device == b->device && a->inode == b->inode &&
	    a->size == b->size && same_time(&a->written, &b->written) &&
	    same_time(&a->changed, &b->changed);
}
