/* SPDX-License-Identifier: ISC */
/*
 * The parent's eye on the certificates: what is on disk and good is read
 * once, kept, and handed to the workers; what changes is looked at within
 * seconds.  A bad pair of files never takes the place of a good one.
 */
#ifndef WATCH_H
#define WATCH_H

#include <stddef.h>

#include "cert.h"

#define WATCH_SECONDS  2  /* between two looks */
#define WATCH_FEW_DAYS 14 /* from here on the days left are said daily */

struct daemon_parent;
struct daemon_worker;
struct edge_conf;
struct event_base;
struct watch;

/*
 * Looks by itself from then on.  Has what watch_keep() left to us, as if a
 * former file had had it.  NULL: no memory.
 */
struct watch *watch_new(struct event_base *, struct daemon_parent *);
void	      watch_free(struct watch *);

/*
 * The pairs of that file from now on; it is not kept.  A pair of the same two
 * paths keeps its last good content.  What is not there or bad is said, and
 * no reason to refuse the file: ACME may have to come first.  What the former
 * file had is kept for one more call, so that the former file can come back
 * when a reload fails: then call this again with it.  0, or -1 and logged: no
 * memory, and all is as before.
 */
int watch_use(struct watch *, const struct edge_conf *);

/*
 * Hand that worker all good pairs, under the numbers of the file that it
 * lives by: ORDER_PIECE and ORDER_PAIR.
 */
void watch_send(struct watch *, struct daemon_worker *);

/* In the keep hook, before an upgrade: leave what is in use to the next. */
void watch_keep(const struct watch *);

/* Look now; the timer does it. */
void watch_look(struct watch *);

/* By the numbers of the file in force. */
size_t watch_count(const struct watch *);
/* What is in use; NULL: nothing, the sites have no TLS by it. */
const struct cert_info *watch_info(const struct watch *, size_t pair);
/* Why what is on disk is not in use; "" if it is. */
const char *watch_problem(const struct watch *, size_t pair);

#endif /* WATCH_H */
