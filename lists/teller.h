/* SPDX-License-Identifier: ISC */
/*
 * A door's end of the offence socket.  Never waits and never fails loudly:
 * postern-lists may be down, and mail and web go on.  Of one IPv4 address or
 * IPv6 /64 it tells 10 times a second at most, of all together 100 times; what
 * is more is dropped and counted.  All calls may come from any thread.
 */
#ifndef TELLER_H
#define TELLER_H

#include <stdint.h>

#include "offence.h"

struct addr;
struct teller;

/* path of the socket.  NULL: out of memory. */
struct teller *teller_new(const char *path);
void	       teller_free(struct teller *);
void	       teller_tell(struct teller *, const struct addr *, enum offence);
/* How many were told, and how many could not be. */
void teller_stats(const struct teller *, uint64_t *told, uint64_t *lost);

#endif /* TELLER_H */
