/* SPDX-License-Identifier: ISC */
/*
 * The protected set: addresses that nothing may ever block.  This machine's
 * own, its default gateways, its resolvers, loopback; "protect { }" of the
 * file; and whom imapgate lets in.
 */
#ifndef PROTECT_H
#define PROTECT_H

#include "addr.h"
#include "ranges.h"

#define PROTECT_SET    "protected.set" /* in state/lists, root's */
#define PROTECT_LEASES "protect"       /* in state/imapgate: see below */

struct conf;

/*
 * Root: compute it from the live machine and the file, and write the set if
 * it differs; in turns, by the lock state/protected.lock.  *changed may be
 * NULL.  0, or -1 with the reason logged; the former one stays.
 */
int protect_refresh(const struct conf *, int *changed);
/* The same without writing; merged.  0 or -1. */
int protect_compute(const struct conf *, struct ranges *);
/*
 * Why is it protected?  "loopback", "this machine's own address", "a default
 * gateway", "a resolver", "protect { } of the file", "let in by imapgate"; or
 * NULL: it is not.  A prefix is, if any address of it is.  If the machine
 * cannot be looked at: "this machine's own addresses are not known".
 */
const char *protect_why(const struct conf *, const struct prefix *);

/*
 * What imapgate leaves in state/imapgate/protect, a line each: "PREFIX
 * SECONDS", the time since 1970 at which it ends, 0 for never.  Pure.
 * Returns 0, or -1: no such line.
 */
int protect_read_line(const char *line, struct prefix *, long long *until);

#endif /* PROTECT_H */
