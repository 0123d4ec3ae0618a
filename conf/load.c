/* SPDX-License-Identifier: ISC */
#include <sys/types.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "text.h"

/* What stands in this file is done as root: who could have put it there? */
static int
trusted(const struct stat *st, char *why, size_t size)
{
	if (!S_ISREG(st->st_mode)) {
		snprintf(why, size, "not a regular file");
		return 0;
	}
	if (geteuid() != 0)
		return 1;
	if (st->st_uid != 0 && st->st_uid != getuid()) {
		snprintf(why, size,
		    "owned by user %lu, neither by root "
		    "nor by you",
		    (unsigned long)st->st_uid);
		return 0;
	}
	if (st->st_mode & (S_IWGRP | S_IWOTH)) {
		snprintf(why, size,
		    "writable by others than its owner (mode "
		    "%04o): chmod go-w",
		    (unsigned int)(st->st_mode & 07777));
		return 0;
	}
	return 1;
}

static int
load(struct conf_text *text, const char *path, int fd, char *why, size_t size)
{
	struct stat st;
	char	    buf[16384];
	ssize_t	    n;

	if (fstat(fd, &st) == -1) {
		snprintf(why, size, "%s", strerror(errno));
		return -1;
	}
	if (!trusted(&st, why, size))
		return -1;
	do {
		if ((n = read(fd, buf, sizeof(buf))) == -1) {
			snprintf(why, size, "%s", strerror(errno));
			return -1;
		}
		if (conf_text_add(text, path, buf, (size_t)n) == -1) {
			snprintf(why, size,
			    "too large: all files together may "
			    "have %d bytes",
			    CONF_TEXT_MAX);
			return -1;
		}
	} while (n > 0);
	return 0;
}

int
text_load(struct conf_text *text, const char *path, char *why, size_t size)
{
	int fd, ret;

	/* A piece of the file goes into one message with its name. */
	if (strlen(path) > TEXT_NAME_MAX) {
		snprintf(why, size, "its name is longer than %d bytes",
		    TEXT_NAME_MAX);
		return -1;
	}
	/* Not blocking: it might be a fifo. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd == -1) {
		snprintf(why, size, "%s", strerror(errno));
		return -1;
	}
	ret = load(text, path, fd, why, size);
	close(fd);
	return ret;
}

int
text_is_secret(const char *path)
{
	return geteuid() != 0 &&
	    faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) == -1 &&
	    errno == EACCES;
}
