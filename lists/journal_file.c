/* SPDX-License-Identifier: ISC */
#include "journal_file.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ban_line.h"
#include "log.h"
#include "whole.h"

#define SHOWN	 "lists/" JOURNAL_NAME
#define FILE_MAX (256L * 1024 * 1024)
#define MODE	 0640 /* why somebody is banned is not everybody's */

void
journal_file_close(struct journal_file *j)
{
	if (j->fd != -1)
		close(j->fd);
	bans_free(j->bans);
	memset(j, 0, sizeof(*j));
	j->fd = -1;
}

/* --- opening ------------------------------------------------------------- */

/* A regular file.  The descriptor, or -1 with errno. */
static int
open_regular(int dir, int flags, struct stat *st)
{
	int fd, err;

	fd = openat(dir, JOURNAL_NAME,
	    flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, MODE);
	if (fd == -1)
		return -1;
	if (fstat(fd, st) == 0 && S_ISREG(st->st_mode))
		return fd;
	err = S_ISREG(st->st_mode) ? errno : EPERM;
	close(fd);
	errno = err;
	return -1;
}

/*
 * As with folder_lock(): in a sticky folder O_CREAT alone fails for a file of
 * somebody else's.
 */
static int
open_file(int dir, int make, struct stat *st)
{
	int fd;

	fd = open_regular(dir, make ? O_RDWR | O_APPEND : O_RDONLY, st);
	if (fd != -1 || errno != ENOENT || !make)
		return fd;
	return open_regular(dir, O_RDWR | O_APPEND | O_CREAT | O_EXCL, st);
}

/* Is it the file that we know, with something more at its end? */
static int
goes_on(const struct journal_file *j, int fd, const struct stat *st)
{
	char tail[sizeof(j->tail)];

	if (j->fd == -1 || j->bans == NULL || st->st_dev != j->dev ||
	    st->st_ino != j->ino || st->st_size < j->taken)
		return 0;
	/* Somebody may have edited it in its place. */
	return pread(fd, tail, j->ntail, j->taken - (off_t)j->ntail) ==
	    (ssize_t)j->ntail &&
	    memcmp(tail, j->tail, j->ntail) == 0;
}

/* --- reading ------------------------------------------------------------- */

static int
take_line(struct journal_file *j, const char *line, size_t len)
{
	struct ban_line l;
	const char     *why;

	j->lines++;
	if ((why = ban_line_read(&l, line, len)) == NULL)
		return bans_apply(j->bans, &l);
	/* What was cut is followed by the newline of the next one. */
	if (len > 0 && j->bad++ == 0)
		log_warnx(SHOWN ": line %zu: %s: it is skipped", j->lines, why);
	return 0;
}

/* Whole lines; the rest of it is none yet.  0, or -1: memory is out. */
static int
take_text(struct journal_file *j, const char *text, size_t len)
{
	const char *line = text, *end;
	size_t	    used;

	while (
	    (end = memchr(line, '\n', len - (size_t)(line - text))) != NULL) {
		if (take_line(j, line, (size_t)(end - line)) == -1)
			return -1;
		line = end + 1;
	}
	if ((used = (size_t)(line - text)) == 0)
		return 0;
	j->taken += (off_t)used;
	j->ntail = used < sizeof(j->tail) ? used : sizeof(j->tail);
	memcpy(j->tail, line - j->ntail, j->ntail);
	return 0;
}

/* From "taken" up to that size. */
static int
read_new(struct journal_file *j, off_t size)
{
	char   *text;
	size_t	len;
	ssize_t got = -1;
	int	ret = -1;

	if (size > FILE_MAX) {
		log_warnx(SHOWN ": is too large");
		return -1;
	}
	j->size = size;
	if ((len = (size_t)(size - j->taken)) == 0)
		return 0;
	if ((text = malloc(len)) != NULL)
		got = whole_read(j->fd, text, len, j->taken);
	if (got == (ssize_t)len)
		ret = take_text(j, text, len);
	else if (got != -1)
		errno = EIO; /* it was cut just now */
	if (ret == -1)
		log_warn(SHOWN);
	free(text);
	return ret;
}

/* Without make, a file that is not there has no bans. */
static int
start_anew(struct journal_file *j, int fd, const struct stat *st)
{
	journal_file_close(j);
	j->fd = fd;
	j->dev = st->st_dev;
	j->ino = st->st_ino;
	if ((j->bans = bans_new()) != NULL)
		return 0;
	log_warn(SHOWN);
	return -1;
}

int
journal_file_read(struct journal_file *j, int dir, int make)
{
	struct stat st = { .st_size = 0 };
	int	    fd;

	fd = open_file(dir, make, &st);
	if (fd == -1 && (make || errno != ENOENT)) {
		if (errno == ELOOP || errno == EPERM)
			log_warnx(SHOWN ": is no regular file: refused");
		else
			log_warn(SHOWN);
		return -1;
	}
	if (fd != -1 && goes_on(j, fd, &st)) {
		close(fd);
	} else {
		if (start_anew(j, fd, &st) == -1)
			goto bad;
		/*
		 * Whoever made it may have been killed before its name was on
		 * the disk.
		 */
		if (make && fsync(dir) == -1) {
			log_warn(SHOWN);
			goto bad;
		}
	}
	if (read_new(j, st.st_size) == 0)
		return 0;
bad:
	journal_file_close(j);
	return -1;
}

/* --- writing ------------------------------------------------------------- */

/* In one write(2), so that a short one is known for what it is. */
static int
write_once(int fd, const char *text, size_t len)
{
	ssize_t n;

	while ((n = write(fd, text, len)) == -1 && errno == EINTR)
		;
	if (n == -1)
		return -1;
	if ((size_t)n == len)
		return 0;
	errno = ENOSPC;
	return -1;
}

int
journal_file_append(struct journal_file *j, const char *text, size_t len)
{
	char *both = NULL;
	int   ret = -1;

	/* Nobody would read it again. */
	if (j->size > FILE_MAX - (off_t)len - 1) {
		errno = EFBIG;
		goto out;
	}
	/* Behind a line that was cut a new one begins. */
	if ((both = malloc(len + 1)) == NULL)
		goto out;
	both[0] = '\n';
	memcpy(both + 1, text, len);
	ret = j->size > j->taken ? write_once(j->fd, both, len + 1) :
				   write_once(j->fd, text, len);
	if (ret == 0)
		ret = fsync(j->fd);
out:
	free(both);
	if (ret == -1) {
		log_warn(SHOWN ": nothing is changed");
		/* If that fails: a line that was not acknowledged, or none. */
		if (ftruncate(j->fd, j->size) == -1)
			log_warn(SHOWN);
		return -1;
	}
	if (read_new(j, j->size + (off_t)len + (j->size > j->taken)) == 0)
		return 0;
	journal_file_close(j);
	return 1;
}
