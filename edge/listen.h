/* SPDX-License-Identifier: ISC */
/*
 * The listening sockets that the parent bound, as a worker takes connections
 * from them.
 */
#ifndef LISTEN_H
#define LISTEN_H

#include "worker.h"

/* Take the sockets and begin to accept.  0, or -1 and logged. */
int  listeners_open(struct worker *);
void listeners_close(struct worker *); /* accept no more */

#endif /* LISTEN_H */
