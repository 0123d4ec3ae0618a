/* SPDX-License-Identifier: ISC */
/*
 * Special-purpose addresses (RFC 6890 and the registries that go on from
 * it): private, loopback, multicast, reserved; of IPv6 all that is outside of
 * 2000::/3, too.  What comes from the Internet comes from none of them.  6to4
 * and what is reachable all the same (AS112, AMT) is not among them; nor is
 * documentation, for nobody is shut out by it, and whoever tries things, as
 * examples do, would wonder.  Pure, but for the memory.
 */
#ifndef SPECIAL_H
#define SPECIAL_H

#include "ranges.h"

/* Added and merged: the caller's struct was empty.  0 or -1. */
int special_ranges(struct ranges *);
/* Is all of it special, in one piece? */
int special_is4(uint32_t first, uint32_t last);
int special_is6(struct addr6 first, struct addr6 last);
/* Is any of it? */
int special_touches4(uint32_t first, uint32_t last);
int special_touches6(struct addr6 first, struct addr6 last);

#endif /* SPECIAL_H */
