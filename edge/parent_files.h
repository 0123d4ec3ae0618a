/* SPDX-License-Identifier: ISC */
/*
 * What the parent opens for its workers by one file: error pages, the access
 * log, and room for descriptors.
 */
#ifndef PARENT_FILES_H
#define PARENT_FILES_H

#include <stddef.h>

#include "edge_conf.h"

struct daemon_worker;

#define FILES_PAGE_MAX (64 * 1024)

struct files_page {
	char  *bytes; /* NULL: not to be had */
	size_t len;
};

struct files {
	struct files_page *pages; /* as in the edge_conf */
	size_t		   npages;
	int		   log; /* -1: not to a file */
};

/*
 * NULL, and logged.  any: what is not to be had is logged, and left out: by
 * that file others work already.
 */
struct files *files_open(const struct edge_conf *, int any);
void	      files_free(struct files *);
/* ORDER_PIECE and ORDER_PAGE: all pages that there are. */
void files_send_pages(const struct files *, struct daemon_worker *);

/*
 * The access log, to append to; -1, and logged.  In a folder that others than
 * root may write to, it is no symbolic link, and has no other name: those
 * could have us write where they cannot.
 */
int files_open_log(const char *path);

/*
 * The most descriptors that a process of ours may need at once: a worker that
 * has all connections, each with one to a server.  Pure.
 */
unsigned long files_needed(const struct edge_conf *, unsigned int workers);

#endif /* PARENT_FILES_H */
