/* SPDX-License-Identifier: ISC */
#include "set_file.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "set.h"

void
set_file_path(char path[PATH_MAX], const char *state, const char *name)
{
	snprintf(path, PATH_MAX, "%s/lists/%s" SET_SUFFIX, state, name);
}

static void
stamp_from(struct set_stamp *s, const struct stat *st)
{
	s->error = 0;
	s->device = st->st_dev;
	s->inode = st->st_ino;
	s->size = st->st_size;
	s->written = st->st_mtim;
	s->changed = st->st_ctim;
}

void
set_file_stamp(struct set_stamp *s, const char *path)
{
	struct stat st;

	memset(s, 0, sizeof(*s));
	if (lstat(path, &st) == -1)
		s->error = errno;
	else
		stamp_from(s, &st);
}

static int
same_time(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

int
set_stamp_equal(const struct set_stamp *a, const struct set_stamp *b)
{
	return a->error == b->error && a->device == b->device &&
	    a->inode == b->inode && a->size == b->size &&
	    same_time(&a->written, &b->written) &&
	    same_time(&a->changed, &b->changed);
}

static const char *
refuse(const struct stat *st, int ours)
{
	if (!S_ISREG(st->st_mode))
		return "is no regular file";
	if (ours && st->st_uid != 0 && st->st_uid != geteuid())
		return "is not root's";
	/* Else a link to it could show a secret file to somebody. */
	if ((st->st_mode & S_IROTH) == 0)
		return "is not readable by all";
	return NULL;
}

int
set_file_open(const char *path, int ours, struct set_stamp *stamp,
    const char **why)
{
	struct stat st;
	int	    fd;

	memset(stamp, 0, sizeof(*stamp));
	fd = open(path,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd == -1 || fstat(fd, &st) == -1) {
		stamp->error = errno;
		*why = errno == ELOOP || errno == EMLINK ?
		    "is a symbolic link" :
		    strerror(errno);
		if (fd != -1)
			close(fd);
		return -1;
	}
	stamp_from(stamp, &st);
	if ((*why = refuse(&st, ours)) == NULL)
		return fd;
	close(fd);
	return -1;
}
