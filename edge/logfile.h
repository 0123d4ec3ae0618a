/* SPDX-License-Identifier: ISC */
/*
 * Where a worker's access lines go: a file that the parent opened, or the
 * parent's log.  Lines are gathered while the loop works and written before it
 * waits; a full disk costs lines (which are counted and said), never time.
 */
#ifndef LOGFILE_H
#define LOGFILE_H

#include <stddef.h>

#include "edge_conf.h"

struct board;
struct logfile;

struct logfile *logfile_new(enum edge_log_target, struct board *);
void		logfile_free(struct logfile *); /* writes the rest */
/* The file, or (SIGUSR1) the next one: owned from now on. */
void logfile_use(struct logfile *, int fd);
/* One line, with its newline. */
void logfile_add(struct logfile *, const char *, size_t);
void logfile_flush(struct logfile *);

#endif /* LOGFILE_H */
