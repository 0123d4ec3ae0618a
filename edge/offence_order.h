/* SPDX-License-Identifier: ISC */
/*
 * The message of one offence, from a worker to its parent.  Pure.
 */
#ifndef OFFENCE_ORDER_H
#define OFFENCE_ORDER_H

#include "addr.h"
#include "offence.h"

struct wire_msg;

void offence_order_write(struct wire_msg *, const struct addr *, enum offence);
/*
 * The whole message.  0, or -1: it makes no sense.  The parent believes a
 * worker only what a front can see.
 */
int offence_order_read(struct wire_msg *, struct addr *, enum offence *);

#endif /* OFFENCE_ORDER_H */
