/* SPDX-License-Identifier: ISC */
/*
 * What a door tells postern-lists about an address, a line each, over the
 * stream socket state/run/lists.sock:
 *
 *	offence 192.0.2.9 reject
 *
 * There is no answer.  Pure.
 */
#ifndef OFFENCE_H
#define OFFENCE_H

#include <stddef.h>

#include "addr.h"

#define OFFENCE_SOCKET	 "lists.sock" /* in state/run */
#define OFFENCE_LINE_MAX 80	      /* with its newline */

enum offence {
	OFFENCE_REJECT, /* the milter refused a client's mail for good */
	OFFENCE_4XX,	/* the edge answered a request with 4xx */
	OFFENCE_LIMIT, /* the edge's limits: too many connections, slow heads */
	OFFENCES
};

/* "reject", "4xx", "limit": on the wire and in logs. */
const char *offence_name(enum offence);
/* "rejects", "4xx", "limits": in the file. */
const char *offence_plural(enum offence);
/* Returns the length of the line. */
size_t offence_write(char buf[OFFENCE_LINE_MAX], const struct addr *,
    enum offence);
/* A line without its newline.  0, or -1: anything else. */
int offence_read(const char *line, size_t len, struct addr *, enum offence *);

#endif /* OFFENCE_H */
