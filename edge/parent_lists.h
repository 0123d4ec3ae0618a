/* SPDX-License-Identifier: ISC */
/*
 * What the parent has to do with lists: hand the set files to the workers,
 * and tell postern-lists of the offences that they saw.  One in a process.
 */
#ifndef PARENT_LISTS_H
#define PARENT_LISTS_H

#include "board.h"
#include "daemon.h"

/* 0, or -1 and logged. */
int  parent_lists_open(struct daemon_parent *, const struct conf *);
void parent_lists_close(void);
/* The lists of that file from now on. */
void parent_lists_use(const struct conf *);
/* A worker that starts: all sets that there are. */
void parent_lists_hire(struct daemon_worker *);
/* ORDER_OFFENCE.  0, or -1: it makes no sense. */
int parent_lists_offence(struct wire_msg *);
/* What became of offences since the last call goes on the board. */
void parent_lists_count(struct board *);

#endif /* PARENT_LISTS_H */
