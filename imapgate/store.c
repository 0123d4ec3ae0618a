/* SPDX-License-Identifier: ISC */
#include "store.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "flock.h"
#include "leases.h"
#include "log.h"
#include "state.h"
#include "whole.h"

#define FILE_NAME   "leases"
#define BROKEN_NAME "leases.broken"
#define LOCK_NAME   "lock"
#define FILE_MAX    (64L * 1024 * 1024)
#define LOCK_MS	    10000

/*
 * Open a folder that is ours alone; made if it is missing.  The descriptor;
 * -1 with *code set, 0 if it is only not there.
 */
static int
folder(int at, const char *name, mode_t mode, int make, int *code)
{
	struct stat st;
	int	    fd;

	static const int flags =
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

	*code = EX_CANTCREAT;
	fd = openat(at, name, flags);
	if (fd == -1 && errno == ENOENT && make) {
		if (mkdirat(at, name, mode) == -1 && errno != EEXIST) {
			log_warn("cannot make the folder %s", name);
			return -1;
		}
		if (at != AT_FDCWD)
			fsync(at);
		fd = openat(at, name, flags);
	}
	if (fd == -1 && errno == ENOENT && !make) {
		*code = 0;
		return -1;
	}
	if (fd == -1 && (errno == ENOTDIR || errno == ELOOP)) {
		log_warnx("%s is a symbolic link or no folder: refused", name);
		return -1;
	}
	if (fd == -1 || fstat(fd, &st) == -1) {
		log_warn("%s", name);
		goto bad;
	}
	if (st.st_uid != geteuid() || (st.st_mode & (S_IWGRP | S_IWOTH))) {
		log_warnx("%s must be root's and writable by nobody else: "
			  "refused",
		    name);
		goto bad;
	}
	return fd;
bad:
	if (fd != -1)
		close(fd);
	return -1;
}

int
store_open(struct store *s, const char *state, int make)
{
	int code, fd;

	memset(s, 0, sizeof(*s));
	s->dir = s->lock = -1;
	if (make && state_ancestors(state) == -1)
		return EX_CANTCREAT;
	if ((fd = folder(AT_FDCWD, state, 0755, make, &code)) == -1)
		return code;
	s->dir = folder(fd, "imapgate", 0700, make, &code);
	close(fd);
	return s->dir == -1 ? code : 0;
}

void
store_unlock(struct store *s)
{
	if (s->lock != -1)
		close(s->lock);
	s->lock = -1;
}

void
store_close(struct store *s)
{
	store_unlock(s);
	if (s->dir != -1)
		close(s->dir);
	s->dir = -1;
}

/* A regular file that is ours.  The descriptor, or -1 with errno. */
static int
open_own(const struct store *s, const char *name, int flags)
{
	struct stat st;
	int	    fd;

	/* O_NONBLOCK: a FIFO must not keep us. */
	fd = openat(s->dir, name, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
	    0600);
	if (fd == -1)
		return -1;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_uid == geteuid())
		return fd;
	close(fd);
	errno = EPERM;
	return -1;
}

/* What went wrong with it, in words that help. */
static int
refuse(const char *name, int code)
{
	if (errno == ELOOP)
		log_warnx("imapgate/%s is a symbolic link: refused", name);
	else if (errno == EPERM)
		log_warnx("imapgate/%s is not a file of root's: refused", name);
	else
		log_warn("imapgate/%s", name);
	return code;
}

int
store_lock(struct store *s)
{
	s->lock = open_own(s, LOCK_NAME, O_RDWR | O_CREAT);
	/* On a read-only disk the firewall can still be made equal. */
	if (s->lock == -1 && errno == EROFS)
		s->lock = open_own(s, LOCK_NAME, O_RDONLY);
	if (s->lock == -1 && errno == ENOENT)
		return 0;
	if (s->lock == -1)
		return refuse(LOCK_NAME, EX_CANTCREAT);
	if (flock_wait(s->lock, LOCK_MS) == 0)
		return 0;
	if (errno != ETIMEDOUT) {
		log_warn("imapgate/%s", LOCK_NAME);
		return EX_CANTCREAT;
	}
	log_warnx("another imapgate has held the lock for %d seconds: try "
		  "again",
	    LOCK_MS / 1000);
	return EX_TEMPFAIL;
}

/* The whole of it; NULL with errno. */
static char *
read_all(struct store *s, int fd, size_t *len)
{
	struct stat st;
	char	   *text;
	ssize_t	    n;
	size_t	    size;

	if (fstat(fd, &st) == -1)
		return NULL;
	stamp_of(&s->read, &st);
	if (st.st_size > FILE_MAX) {
		errno = EFBIG;
		return NULL;
	}
	size = (size_t)st.st_size;
	if ((text = malloc(size + 1)) == NULL)
		return NULL;
	if ((n = whole_read(fd, text, size, 0)) == -1) {
		free(text);
		return NULL;
	}
	*len = (size_t)n;
	return text;
}

int
store_read(struct store *s, struct leases *l)
{
	char  *text;
	size_t i, len;
	int    fd, ret;

	memset(l, 0, sizeof(*l));
	if (s->dir == -1)
		return 0;
	if ((fd = open_own(s, FILE_NAME, O_RDONLY)) == -1)
		return errno == ENOENT ? 0 : refuse(FILE_NAME, EX_CANTCREAT);
	text = read_all(s, fd, &len);
	if (text == NULL)
		log_warn("imapgate/%s", FILE_NAME);
	close(fd);
	if (text == NULL)
		return EX_IOERR;
	ret = leases_parse(l, text, len);
	free(text);
	if (ret == -1) {
		log_warn("imapgate/%s", FILE_NAME);
		leases_free(l);
		return EX_OSERR;
	}
	for (i = 0; i < l->nbroken; i++)
		log_warnx("imapgate/%s:%u: %s: the line is not used", FILE_NAME,
		    l->broken[i].number, l->broken[i].why);
	return 0;
}

/* To the end of the file of that name, and on the disk. */
static int
append_broken(const struct store *s, const struct leases *l)
{
	size_t i;
	int    fd, ret = 0;

	if (l->nbroken == 0)
		return 0;
	fd = open_own(s, BROKEN_NAME, O_WRONLY | O_CREAT | O_APPEND);
	if (fd == -1)
		return -1;
	for (i = 0; i < l->nbroken && ret == 0; i++) {
		ret = whole_write(fd, l->broken[i].text, l->broken[i].len);
		if (ret == 0)
			ret = whole_write(fd, "\n", 1);
	}
	if (ret == 0)
		ret = fsync(fd);
	close(fd);
	return ret;
}

/* The new file beside the old one, whole and on the disk. */
static int
write_new(const struct store *s, const char *name, const char *text, size_t len)
{
	int fd, ret = -1;

	/* What somebody who was killed left behind, or a link. */
	if (unlinkat(s->dir, name, 0) == -1 && errno != ENOENT)
		return -1;
	fd = open_own(s, name, O_WRONLY | O_CREAT | O_EXCL);
	if (fd == -1)
		return -1;
	if (whole_write(fd, text, len) == 0 && fsync(fd) == 0)
		ret = 0;
	if (close(fd) == -1)
		ret = -1;
	return ret;
}

int
store_put(const struct store *s, const char *name, const char *text, size_t len)
{
	char beside[NAME_MAX + 1];
	int  err, n;

	n = snprintf(beside, sizeof(beside), "%s.new", name);
	if (n < 0 || (size_t)n >= sizeof(beside)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (write_new(s, beside, text, len) == 0 &&
	    renameat(s->dir, beside, s->dir, name) == 0)
		return 0;
	err = errno;
	(void)unlinkat(s->dir, beside, 0);
	errno = err;
	return -1;
}

int
store_write(const struct store *s, const struct leases *l)
{
	char   *text;
	size_t	len;
	int64_t began = clock_ms();

	if ((text = leases_print(l, &len)) == NULL) {
		log_warn("imapgate/%s", FILE_NAME);
		return EX_OSERR;
	}
	if (append_broken(s, l) == -1) {
		log_warn("imapgate/%s: the leases stay as they were",
		    BROKEN_NAME);
		free(text);
		return EX_CANTCREAT;
	}
	if (store_put(s, FILE_NAME, text, len) == -1) {
		log_warn("imapgate/%s.new: the leases stay as they were",
		    FILE_NAME);
		free(text);
		return EX_CANTCREAT;
	}
	free(text);
	if (fsync(s->dir) == -1) {
		log_warn("imapgate/%s: written, but perhaps not on the disk",
		    FILE_NAME);
		return EX_CANTCREAT;
	}
	log_debug("imapgate/%s: bytes=%zu ms=%lld", FILE_NAME, len,
	    (long long)(clock_ms() - began));
	return 0;
}
