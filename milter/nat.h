/* SPDX-License-Identifier: ISC */
/*
 * Guard against a blind spot: when many different HELO names come from one
 * private address (or from a gateway), NAT hides who they are, and to judge
 * that address is to judge the world.  Then it is only observed.  Pure; the
 * caller has a lock.
 */
#ifndef NAT_H
#define NAT_H

#include <stddef.h>
#include <stdint.h>

#include "addr.h"

#define NAT_HELOS     8	   /* different names, */
#define NAT_WITHIN    3600 /* seconds, and it is NAT */
#define NAT_ADDRESSES 64   /* remembered */

struct nat;

/* NULL: out of memory. */
struct nat *nat_new(void);
void	    nat_free(struct nat *);
/*
 * That name came from there, now (seconds, never back).  is_protected: as
 * fcrdnsd says.  1 if the address hides others; *news is 1 when that has just
 * been found out, to be said once.  Public addresses that are not protected
 * are always 0.
 */
int    nat_hides(struct nat *, const struct addr *, int is_protected,
       const char *helo, int64_t now, int *news);
size_t nat_count(const struct nat *, int64_t now);

#endif /* NAT_H */
