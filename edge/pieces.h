/* SPDX-License-Identifier: ISC */
/*
 * What the parent sends beyond the file (orders.h), as a worker takes it.
 */
#ifndef PIECES_H
#define PIECES_H

#include "worker.h"

struct wire_msg;

struct pieces *pieces_new(void);
void	       pieces_free(struct pieces *);

/* One message.  0, or -1 and logged: the parent makes no sense. */
int orders_take(struct worker *, struct wire_msg *);

#endif /* PIECES_H */
