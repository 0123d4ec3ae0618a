/* SPDX-License-Identifier: ISC */
#include "parent_files.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "board.h"
#include "log.h"
#include "xalloc.h"

#define SPARE 64 /* standard ones, wire, log, board, event loop, ... */

int
files_open_log(const char *path)
{
	struct stat st;
	int	    fd;

	/* Not to wait for the reader of a FIFO. */
	fd = open(path,
	    O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
	    0640);
	if (fd == -1) {
		log_warn("access log %s", path);
		return -1;
	}
	if (fstat(fd, &st) == -1 || S_ISDIR(st.st_mode)) {
		log_warnx("access log %s: is no file", path);
		close(fd);
		return -1;
	}
	return fd;
}

/* 0, or -1 and logged. */
static int
read_page(struct files_page *page, const char *path)
{
	struct stat st;
	ssize_t	    n;
	int	    fd, ret = -1;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd == -1 || fstat(fd, &st) == -1) {
		log_warn("error page %s", path);
		goto out;
	}
	if (!S_ISREG(st.st_mode) || st.st_size > FILES_PAGE_MAX) {
		log_warnx("error page %s: is no file of at most %d bytes", path,
		    FILES_PAGE_MAX);
		goto out;
	}
	page->bytes = xcalloc(1, (size_t)st.st_size + 1);
	while (page->len < (size_t)st.st_size) {
		n = read(fd, page->bytes + page->len,
		    (size_t)st.st_size - page->len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			log_warn("error page %s", path);
			goto out;
		}
		if (n == 0)
			break;
		page->len += (size_t)n;
	}
	ret = 0;
out:
	if (fd != -1)
		close(fd);
	return ret;
}

struct files *
files_open(const struct edge_conf *edge)
{
	struct files *f;
	size_t	      i;
	int	      bad = 0;

	f = xcalloc(1, sizeof(*f));
	f->log = -1;
	f->npages = edge->npages;
	f->pages = xcalloc(edge->npages + 1, sizeof(*f->pages));
	/* All that is wrong is said at once. */
	for (i = 0; i < edge->npages; i++)
		bad |= read_page(&f->pages[i], edge->pages[i]) == -1;
	if (edge->log == EDGE_LOG_FILE) {
		f->log = files_open_log(edge->log_file);
		bad |= f->log == -1;
	}
	if (!bad)
		return f;
	files_free(f);
	return NULL;
}

void
files_free(struct files *f)
{
	size_t i;

	if (f == NULL)
		return;
	for (i = 0; i < f->npages; i++)
		free(f->pages[i].bytes);
	free(f->pages);
	if (f->log != -1)
		close(f->log);
	free(f);
}

unsigned long
files_needed(const struct edge_conf *edge, unsigned int workers)
{
	unsigned long parent, worker;

	worker = 2UL * edge->connections +
	    (unsigned long)edge->pool * edge->nservers +
	    (unsigned long)edge->nlistens * workers + SPARE;
	parent = (unsigned long)edge->nlistens * workers + 2UL * BOARD_SLOTS +
	    edge->npairs + SPARE;
	return worker > parent ? worker : parent;
}
