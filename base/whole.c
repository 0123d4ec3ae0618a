/* SPDX-License-Identifier: ISC */
#include "whole.h"

#include <errno.h>
#include <unistd.h>

ssize_t
whole_read(int fd, void *to, size_t len, off_t from)
{
	char   *at = to;
	size_t	done = 0;
	ssize_t n;

	while (done < len) {
		n = pread(fd, at + done, len - done, from + (off_t)done);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (ssize_t)done;
}

int
whole_write(int fd, const void *from, size_t len)
{
	const char *at = from;
	ssize_t	    n;

	while (len > 0) {
		n = write(fd, at, len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		at += n;
		len -= (size_t)n;
	}
	return 0;
}
