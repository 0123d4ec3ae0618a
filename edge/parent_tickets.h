/* SPDX-License-Identifier: ISC */
/*
 * The keys of the session tickets, the same in all workers: made by chance,
 * kept in memory only, another each twelve hours.  Pure but for chance.
 */
#ifndef PARENT_TICKETS_H
#define PARENT_TICKETS_H

#include <stddef.h>
#include <time.h>

#include "tls.h"

#define TICKETS_SECONDS (12 * 60 * 60)
#define TICKETS_KEPT	(8 + TLS_TICKET_KEYS * TLS_TICKET_KEY_LEN)

struct tickets {
	time_t	      made; /* the first one */
	size_t	      n;
	unsigned char keys[TLS_TICKET_KEYS][TLS_TICKET_KEY_LEN];
};

/* A new first one; the oldest goes.  Also to begin with: of n 0. */
void tickets_rotate(struct tickets *, time_t now);
/* Seconds until the next one is due, at least 0, by a clock that may jump. */
time_t tickets_due(struct tickets *, time_t now);

/* Over an upgrade: as bytes (their number is returned), and back (0 or -1). */
size_t tickets_write(const struct tickets *, unsigned char buf[TICKETS_KEPT]);
int    tickets_read(struct tickets *, const void *, size_t);

#endif /* PARENT_TICKETS_H */
