/* SPDX-License-Identifier: ISC */
/*
 * What an exchange leaves behind: its access line and its counts; and what it
 * keeps of the request until then.
 */
#ifndef RECORD_H
#define RECORD_H

#include "exchange.h"

/*
 * Keep a copy of the written request; x->marks, which point into it, move
 * along.  -1: no memory.
 */
int record_keep(struct exchange *, const char *, size_t);
/* There is no written request: keep what the line says of it. */
void record_request(struct exchange *, const struct h1_request *);
void record_write(struct exchange *, enum reason);

#endif /* RECORD_H */
