/* SPDX-License-Identifier: ISC */
/*
 * Who is to be let in?  The set that the firewall should have: the leases
 * that are open and what is permanent.  Pure.
 */
#ifndef WANTED_H
#define WANTED_H

#include <sys/types.h>

struct addr;
struct firewall_set;
struct imapgate_conf;
struct imapgate_permanent;
struct lease;
struct leases;
struct prefix;

/*
 * Is the lease in force?  now 0: the clock is not believed, so nothing has
 * expired that is not ended in the file.  A lease that the configuration
 * refuses (the file may be edited, "widest" may change) is not.
 */
int wanted_is(const struct imapgate_conf *, const struct lease *, time_t now);

/* The merged set.  0, or -1 when memory is out. */
int wanted_set(struct firewall_set *, const struct leases *,
    const struct imapgate_conf *, time_t now);

/*
 * The merged set of whom something let in that may be over: the leases that
 * are not in force, and what the firewall had.  0, or -1 when memory is out.
 */
int wanted_gone(struct firewall_set *, const struct leases *,
    const struct imapgate_conf *, time_t now, const struct firewall_set *have);

/*
 * What else lets the whole of that prefix in, or NULL: a permanent entry, or
 * a lease that is in force and is not that one (which may be NULL).
 */
const struct imapgate_permanent *wanted_permanent(const struct imapgate_conf *,
    const struct prefix *);
const struct lease		*wanted_lease(const struct leases *,
		 const struct imapgate_conf *, const struct prefix *, time_t now,
		 const struct lease * not );

#endif /* WANTED_H */
