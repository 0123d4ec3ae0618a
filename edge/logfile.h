/* SPDX-License-Identifier: ISC */
/*
 * Where a worker's access lines go: a file that the parent opened, or the
 * parent's log.  Lines are gathered while the loop works and written before it
 * waits; a full disk costs lines (which are counted and said), never time.
 *
 * The file is all workers' together, opened with O_APPEND.  Each write has
 * whole lines.  If the disk is full in the middle of one, its writer writes
 * the rest later; if another worker comes first, that ends the half line with
 * a newline, and its writer writes the whole line anew.  So every line stands
 * there whole, and no two are mixed.
 */
#ifndef LOGFILE_H
#define LOGFILE_H

#include <stddef.h>

#include "edge_conf.h"

struct board;
struct logfile;

#define LOGFILE_GATHER (64 * 1024)   /* bytes, then they are written */
#define LOGFILE_KEEP   (1024 * 1024) /* that wait; more lines are lost */

/* board: the worker's, after board_take(). */
struct logfile *logfile_new(enum edge_log_target, struct board *);
void		logfile_free(struct logfile *); /* writes the rest */
/*
 * For EDGE_LOG_SYSLOG and EDGE_LOG_STDERR: who takes each line (a string
 * without its newline, shorter than LOG_TEXT_MAX) without waiting: 0, or -1
 * for not now.  Without this it is log_info().
 */
void logfile_hand(struct logfile *, int (*fn)(void *, const char *), void *);
/* The file, or (SIGUSR1) the next one: owned from now on. */
void logfile_use(struct logfile *, int fd);
/* One line, with its newline. */
void logfile_add(struct logfile *, const char *, size_t);
void logfile_flush(struct logfile *);
/* Bytes that could not be written yet: call logfile_flush() in a second. */
size_t logfile_waiting(const struct logfile *);

#endif /* LOGFILE_H */
