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

void
set_file_stamp(struct stamp *s, const char *path)
{
	stamp_at(s, AT_FDCWD, path, AT_SYMLINK_NOFOLLOW);
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
set_file_open(const char *path, int ours, struct stamp *stamp, const char **why)
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
	stamp_of(stamp, &st);
	if ((*why = refuse(&st, ours)) == NULL)
		return fd;
	close(fd);
	return -1;
}
