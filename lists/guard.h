/* SPDX-License-Identifier: ISC */
/*
 * Is what a url gave fit to take the place of what it gave before?  Pure.
 */
#ifndef GUARD_H
#define GUARD_H

#include <stddef.h>

#include "feed.h"

#define GUARD_WHY_LEN	  160
#define GUARD_BAD_PERCENT 5    /* of the lines that say something */
#define GUARD_ENTRIES	  1000 /* from here on halved and tripled count */

struct guard {
	unsigned int widest4, widest6; /* bits, as in the file */
	/* feed_entries() of what there is already; 0: nothing. */
	size_t entries;
};

/*
 * NULL: take it.  Or a phrase, the worst there is: empty, only comments, a web
 * page, too many bad lines, one entry that alone is too wide, covers too much
 * (special-purpose ranges left out), halved, tripled.  The feed is merged;
 * whether guard_special() was there before is no matter.
 */
const char *guard_refuses(const struct guard *, const struct feed *,
    char why[GUARD_WHY_LEN]);

/*
 * Addresses that no list means, whatever it says: special-purpose ranges
 * (RFC 6890), loopback, private ones are taken out.  Merged before
 * and after; 0 or -1.
 */
int guard_special(struct ranges *);
/* How many of the merged ranges have such addresses: to be asked before. */
size_t guard_special_count(const struct ranges *);

#endif /* GUARD_H */
