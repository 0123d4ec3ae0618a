/* SPDX-License-Identifier: ISC */
/*
 * What clients do wrong, told by a worker to its parent, which tells
 * postern-lists (parent_lists.h).  Never waits.
 */
#ifndef OFFENCES_H
#define OFFENCES_H

#include "addr.h"
#include "offence.h"
#include "worker.h"

#define OFFENCES_RATE 20 /* a second and worker; more are lost */

/* The client's address: if it is a trusted proxy's, nothing is told. */
void offences_tell(struct worker *, const struct addr *, enum offence);

#endif /* OFFENCES_H */
