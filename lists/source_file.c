/* SPDX-License-Identifier: ISC */
#include "source_file.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "whole.h"

#define NEW ".new"

int
source_file(char buf[SOURCE_FILE_LEN], const char *name, const char *suffix)
{
	int len;

	len = snprintf(buf, SOURCE_FILE_LEN, "%s%s", name, suffix);
	if (len >= 0 && len < SOURCE_FILE_LEN)
		return 0;
	errno = ENAMETOOLONG;
	return -1;
}

int
source_file_open(int dir, const char *file)
{
	struct stat st;
	int	    fd, err;

	/* O_NONBLOCK: a FIFO must not keep us. */
	fd = openat(dir, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd == -1)
		return -1;
	if (fstat(fd, &st) == 0) {
		if (S_ISREG(st.st_mode))
			return fd;
		errno = EPERM;
	}
	err = errno;
	close(fd);
	errno = err;
	return -1;
}

/* Beside, whole and on the disk. */
static int
write_beside(int dir, const char *beside, const struct source_part *parts,
    size_t nparts)
{
	size_t i;
	int    err, fd, ret = 0;

	/* What somebody who was killed left behind. */
	if (unlinkat(dir, beside, 0) == -1 && errno != ENOENT)
		return -1;
	fd = openat(dir, beside,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd == -1)
		return -1;
	for (i = 0; i < nparts && ret == 0; i++)
		ret = whole_write(fd, parts[i].bytes, parts[i].len);
	if (ret == 0 && (fchmod(fd, 0644) == -1 || fsync(fd) == -1))
		ret = -1;
	err = errno;
	if (close(fd) == -1 && ret == 0)
		return -1;
	errno = err;
	return ret;
}

int
source_file_write(int dir, const char *file, const struct source_part *parts,
    size_t nparts)
{
	char beside[SOURCE_FILE_LEN];
	int  err;

	if (source_file(beside, file, NEW) == -1)
		return -1;
	if (write_beside(dir, beside, parts, nparts) == 0 &&
	    renameat(dir, beside, dir, file) == 0) {
		(void)fsync(dir);
		return 0;
	}
	err = errno;
	(void)unlinkat(dir, beside, 0);
	errno = err;
	return -1;
}

int
source_file_link(int dir, const char *from, const char *to)
{
	char beside[SOURCE_FILE_LEN];
	int  err;

	if (source_file(beside, to, NEW) == -1)
		return -1;
	if (unlinkat(dir, beside, 0) == -1 && errno != ENOENT)
		return -1;
	if (linkat(dir, from, dir, beside, 0) == 0 &&
	    renameat(dir, beside, dir, to) == 0) {
		/* Of two names of one file, rename(2) leaves both. */
		(void)unlinkat(dir, beside, 0);
		return 0;
	}
	err = errno;
	(void)unlinkat(dir, beside, 0);
	errno = err;
	return -1;
}
