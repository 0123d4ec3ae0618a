/* SPDX-License-Identifier: ISC */
/*
 * "metrics on": the parent's small server.  Whatever a client says, after its
 * first line (or when it says nothing and closes its half) it gets one answer
 * with one text, as HTTP.  What it says is never looked at, for root parses
 * nothing that is foreign.
 */
#ifndef METRICS_H
#define METRICS_H

#include "edge_conf.h"

struct event_base;
struct metrics;

/* text: to be freed by us; NULL: no memory.  NULL: no memory. */
struct metrics *metrics_new(struct event_base *, char *(*text)(void *), void *);
void		metrics_free(struct metrics *);

/*
 * Listen where that file says, and nowhere else any more.  What stays as it
 * was stays open.  0, or -1 and logged: then all is as before.  The socket is
 * for the owner and the group of its folder to use (0660).
 */
int metrics_use(struct metrics *, const struct edge_conf *);

/* Where it listens ("ADDRESS port N", or the path), or NULL. */
const char *metrics_where(const struct metrics *);

#endif /* METRICS_H */
