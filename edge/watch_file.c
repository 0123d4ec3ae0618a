/* SPDX-License-Identifier: ISC */
#include "watch_file.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cert.h"
#include "whole.h"

static const char *
read_all(struct watch_bytes *b, int fd)
{
	ssize_t n;

	/* One byte more than it may have, to see that it has more. */
	if ((b->at = malloc(CERT_FILE_MAX + 1)) == NULL)
		return "does not fit into memory";
	if ((n = whole_read(fd, b->at, CERT_FILE_MAX + 1, 0)) == -1)
		return strerror(errno);
	b->len = (size_t)n;
	return b->len > CERT_FILE_MAX ? "is too large" : NULL;
}

const char *
watch_read(struct watch_bytes *b, const char *path)
{
	struct stat st;
	const char *why;
	int	    fd;

	b->at = NULL;
	b->len = 0;
	/* A FIFO must not hold us up. */
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd == -1)
		return strerror(errno);
	if (fstat(fd, &st) == -1)
		why = strerror(errno);
	else if (!S_ISREG(st.st_mode))
		why = "is no regular file";
	else
		why = read_all(b, fd);
	close(fd);
	if (why != NULL)
		watch_bytes_wipe(b);
	return why;
}

int
watch_bytes_equal(const struct watch_bytes *a, const struct watch_bytes *b)
{
	return a->at != NULL && b->at != NULL && a->len == b->len &&
	    memcmp(a->at, b->at, a->len) == 0;
}

void
watch_bytes_wipe(struct watch_bytes *b)
{
	if (b->at != NULL)
		explicit_bzero(b->at, b->len);
	free(b->at);
	b->at = NULL;
	b->len = 0;
}
