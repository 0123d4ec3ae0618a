/* SPDX-License-Identifier: ISC */
#include "parent_files.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "board.h"
#include "daemon.h"
#include "log.h"
#include "orders.h"
#include "whole.h"
#include "wire.h"
#include "xalloc.h"

#define PIECE 4000 /* bytes of a message, beside its numbers */
#define SPARE 64   /* standard ones, wire, log, board, event loop, ... */

/* May others than root put something there? */
static int
is_shared(const char *path)
{
	const char *slash = strrchr(path, '/');
	char	   *folder;
	struct stat st;
	int	    ret;

	folder = xstrndup(path, slash == NULL ? 0 : (size_t)(slash - path) + 1);
	ret = stat(folder, &st) == -1 || st.st_uid != geteuid() ||
	    (st.st_mode & (S_IWGRP | S_IWOTH)) != 0;
	free(folder);
	return ret;
}

int
files_open_log(const char *path)
{
	struct stat st;
	int	    fd, shared = is_shared(path);

	/* Not to wait for the reader of a FIFO. */
	fd = open(path,
	    O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK |
		(shared ? O_NOFOLLOW : 0),
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
	if (shared && S_ISREG(st.st_mode) && st.st_nlink != 1) {
		log_warnx("access log %s: has another name, and its folder is "
			  "not root's alone",
		    path);
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
	n = whole_read(fd, page->bytes, (size_t)st.st_size, 0);
	if (n == -1) {
		log_warn("error page %s", path);
		goto out;
	}
	page->len = (size_t)n;
	ret = 0;
out:
	if (ret == -1) {
		free(page->bytes);
		page->bytes = NULL;
		page->len = 0;
	}
	if (fd != -1)
		close(fd);
	return ret;
}

struct files *
files_open(const struct edge_conf *edge, int any)
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
	if (!bad || any)
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
	/* A generation that starts has not taken its own yet: two of each. */
	parent = (2UL * edge->nlistens + 2) * workers + 2UL * BOARD_SLOTS +
	    edge->npairs + SPARE;
	return worker > parent ? worker : parent;
}

static void
send_page(struct daemon_worker *w, size_t number, const struct files_page *page)
{
	struct wire_msg m;
	size_t		at = 0, len;

	/* An empty one is one empty piece. */
	do {
		len = page->len - at < PIECE ? page->len - at : PIECE;
		wire_start(&m, ORDER_PIECE);
		wire_put_number(&m, ORDER_FILE_PAGE);
		wire_put_number(&m, number);
		wire_put_bytes(&m, page->bytes + at, len);
		daemon_worker_send(w, &m);
		at += len;
	} while (at < page->len);
	wire_start(&m, ORDER_PAGE);
	wire_put_number(&m, number);
	daemon_worker_send(w, &m);
}

void
files_send_pages(const struct files *f, struct daemon_worker *w)
{
	size_t i;

	for (i = 0; i < f->npages; i++)
		if (f->pages[i].bytes != NULL)
			send_page(w, i, &f->pages[i]);
}
