/* SPDX-License-Identifier: ISC */
/*
 * What h1_side.c and h1_body.c share.
 */
#ifndef H1_SIDE_H
#define H1_SIDE_H

#include "h1_client.h"
#include "exchange.h"

/* h1_body.c */
extern const struct side_ops h1_side_ops;
/* Some of the request's body.  1: go on; 0: wait, or it is over. */
int side_take_body(struct client *);

/* h1_side.c */
/* Read more behind what is there, until there are at most want bytes. */
enum stream_io side_read(struct client *, size_t want);
void	       side_ended(struct client *, int keep, int cut);

#endif /* H1_SIDE_H */
