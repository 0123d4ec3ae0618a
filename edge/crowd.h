/* SPDX-License-Identifier: ISC */
/*
 * How many connections each address has, over all workers: a table of counts
 * that lives in shared memory (a count-min sketch, Cormode and Muthukrishnan,
 * 2005).  An address has one cell in each row; what it has is at most the
 * least of them.  It is never counted short, and counted too high only if
 * others share all its cells.
 *
 * With 16384 columns: 10,000 connections of as many addresses leave a count
 * of others of 4 or more in all four cells in one case of 6e9, and 400
 * addresses that have all they may reach a further one in one case of 3e6.
 * So a limit is exact for all practical purposes while it is well above
 * (connections in all) / 16384.  The hash has a key: nobody can choose whom
 * to share cells with.
 */
#ifndef CROWD_H
#define CROWD_H

#include <stdatomic.h>
#include <stdint.h>

#include "addr.h"
#include "board.h"
#include "sip.h"

#define CROWD_ROWS    4
#define CROWD_COLUMNS 16384

/*
 * Signed: a count that was spoiled by a process that was killed between two
 * steps may be off by one, and must not turn into a huge one.
 */
struct crowd {
	_Atomic int32_t all;
	_Atomic int32_t cells[CROWD_ROWS][CROWD_COLUMNS];
};

/* Of an IPv6 address, its /64. */
uint64_t crowd_digest(const struct sip_key *, const struct addr *);

/*
 * One more: in the sums, if that leaves at most so many, and then in mine,
 * which is only written by the caller.
 */
enum board_enter crowd_enter(struct crowd *sums, struct crowd *mine,
    uint64_t digest, unsigned int all, unsigned int per_address);
/* One that entered. */
void crowd_leave(struct crowd *sums, struct crowd *mine, uint64_t digest);
/* All that entered by mine are gone; nobody else uses mine any more. */
void crowd_give_back(struct crowd *sums, struct crowd *mine);

#endif /* CROWD_H */
