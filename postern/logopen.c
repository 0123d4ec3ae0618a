/* SPDX-License-Identifier: ISC */
#include "logopen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "unpack.h"
#include "xalloc.h"

/* Of these, gzip may make a thousand times as many. */
#define RAW_LEN 1024

struct opened_log {
	int	       fd;
	char	      *name;
	struct unpack *unpack;
	int	       over;
	char	      *plain;
	size_t	       at, len, size;
};

static int
keep(void *arg, const void *data, size_t len)
{
	struct opened_log *f = arg;

	if (f->len + len > f->size) {
		f->size = 2 * (f->len + len);
		f->plain = xreallocarray(f->plain, f->size, 1);
	}
	memcpy(f->plain + f->len, data, len);
	f->len += len;
	return 0;
}

/* Some more, or the end.  0, or -1 and said. */
static int
read_more(struct opened_log *f)
{
	char		   raw[RAW_LEN];
	ssize_t		   n;
	enum unpack_result r;

	f->at = f->len = 0;
	do
		n = read(f->fd, raw, sizeof(raw));
	while (n == -1 && errno == EINTR);
	if (n == -1) {
		log_warn("%s", f->name);
		return -1;
	}
	f->over = n == 0;
	r = f->over ? unpack_end(f->unpack) :
		      unpack_put(f->unpack, raw, (size_t)n);
	if (r == UNPACK_OK)
		return 0;
	log_warnx("%s: %s", f->name, unpack_text(r));
	errno = EIO;
	return -1;
}

static int
read_plain(void *cookie, char *buf, int size)
{
	struct opened_log *f = cookie;
	size_t		   n = (size_t)size;

	while (f->at == f->len && !f->over)
		if (read_more(f) == -1)
			return -1;
	if (n > f->len - f->at)
		n = f->len - f->at;
	memcpy(buf, f->plain + f->at, n);
	f->at += n;
	return (int)n;
}

static int
close_file(void *cookie)
{
	struct opened_log *f = cookie;

	close(f->fd);
	unpack_free(f->unpack);
	free(f->plain);
	free(f->name);
	free(f);
	return 0;
}

FILE *
logopen(const char *name)
{
	struct opened_log *f;
	FILE		  *fp;
	int		   is_stdin = strcmp(name, "-") == 0;

	if (is_stdin)
		name = "standard input";
	f = xcalloc(1, sizeof(*f));
	f->fd = is_stdin ? dup(STDIN_FILENO) : open(name, O_RDONLY | O_CLOEXEC);
	if (f->fd == -1) {
		log_warn("%s", name);
		free(f);
		return NULL;
	}
	f->name = xstrdup(name);
	f->size = RAW_LEN;
	f->plain = xcalloc(1, f->size);
	f->unpack = unpack_new(SIZE_MAX, keep, f);
	if (f->unpack == NULL ||
	    (fp = funopen(f, read_plain, NULL, NULL, close_file)) == NULL) {
		log_warn("%s", name);
		close_file(f);
		return NULL;
	}
	return fp;
}
