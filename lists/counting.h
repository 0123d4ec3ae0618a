/* SPDX-License-Identifier: ISC */
/*
 * Offences counted: who has had enough?  By IPv4 address and IPv6 /64, in
 * bounded memory: the one that was quiet for longest makes room.  Pure.
 */
#ifndef COUNTING_H
#define COUNTING_H

#include <stddef.h>
#include <stdint.h>

#include "addr.h"
#include "offence.h"

struct bans_rule;
struct counting;

/* NULL: out of memory.  entries: how many addresses are remembered. */
struct counting *counting_new(size_t entries);
void		 counting_free(struct counting *);
/* Rules from now on; borrowed until the next call.  Counts start anew. */
void counting_use(struct counting *, const struct bans_rule *, size_t n);
/*
 * One offence, now (milliseconds, never back).  The rule that is full by it
 * (its count starts anew), or NULL.
 */
const struct bans_rule *counting_add(struct counting *, const struct addr *,
    enum offence, int64_t now);
size_t			counting_entries(const struct counting *);

#endif /* COUNTING_H */
