/* SPDX-License-Identifier: ISC */
/*
 * Tables of a firewall that are declared, never patched: keep the set that
 * should be, hand over the whole set, and the table is that set.  For
 * imapgate's leases, lists and bans.
 *
 * One backend a file: pf (pfctl(8)), nftables (libnftables), none (a file
 * remembers the set, for tests and dry runs).  All need root and say so by
 * FIREWALL_DENIED.  Every error is a sentence in why, which names what the
 * operator can do; nothing is logged here.
 */
#ifndef FIREWALL_H
#define FIREWALL_H

#include <stddef.h>
#include <stdint.h>

#include "addr.h"

#define FIREWALL_NAME_LEN 64
#define FIREWALL_WHY_LEN  512

enum firewall_kind {
	FIREWALL_NONE,
	FIREWALL_PF,
	FIREWALL_NFTABLES
};

/* Which table, in the backend's own words.  A plain value. */
struct firewall {
	enum firewall_kind kind;
	char		   table[FIREWALL_NAME_LEN]; /* pf; "inet filter" */
	char		   set[FIREWALL_NAME_LEN];   /* nftables: IPv4 */
	char		   set6[FIREWALL_NAME_LEN];  /* nftables: IPv6 */
	const char	  *file; /* none: where it is kept */
};

/* "Could not tell" is a case of its own. */
enum firewall_result {
	FIREWALL_DONE,
	FIREWALL_ABSENT,  /* no such table or set */
	FIREWALL_DENIED,  /* not permitted: not root */
	FIREWALL_TOO_BIG, /* it would not fit; nothing was changed */
	FIREWALL_FAILED	  /* the tool is missing, hangs or failed */
};

/*
 * Prefixes in no particular order; they may overlap.  A plain value that
 * starts as zeros and is filled by firewall_set_add() alone.
 */
struct firewall_set {
	struct prefix *prefix;
	size_t	       n;
};

void firewall_set_free(struct firewall_set *);
/* 0, or -1 when memory is out. */
int firewall_set_add(struct firewall_set *, const struct prefix *);
/*
 * Sort, drop what another covers and join neighbours: no two overlap
 * afterwards, as nftables and pf's radix tables want it.  Pure.
 */
void firewall_set_merge(struct firewall_set *);
/* Of merged sets. */
int firewall_set_equal(const struct firewall_set *,
    const struct firewall_set *);
int firewall_set_contains(const struct firewall_set *, const struct addr *);

/*
 * Make the table exactly that (merged) set, in one atomic step.  Callers take
 * turns, by a lock of theirs.
 */
enum firewall_result firewall_replace(const struct firewall *,
    const struct firewall_set *, char why[FIREWALL_WHY_LEN]);
/* What the table is now; the caller frees the set, which is merged. */
enum firewall_result firewall_show(const struct firewall *,
    struct firewall_set *, char why[FIREWALL_WHY_LEN]);
/*
 * End the sessions to these local TCP ports whose peer is in the (merged) set
 * gone and not in keep, and no others: whoever came in by another rule of the
 * firewall's is none of our business.  Call it after firewall_replace().
 * *ended: how many.
 */
enum firewall_result firewall_end_sessions(const struct firewall *,
    const uint16_t *ports, size_t nports, const struct firewall_set *gone,
    const struct firewall_set *keep, size_t *ended, char why[FIREWALL_WHY_LEN]);

/* One finding of firewall_doctor(). */
struct firewall_finding {
	int  good;
	char text[FIREWALL_WHY_LEN]; /* what was looked at, what it showed */
	char cure[FIREWALL_WHY_LEN]; /* the line to add; "" if good */
};

#define FIREWALL_FINDINGS 16

/*
 * Is the gate shut for whoever is not in the table?  Looks at the loaded
 * rules.  Returns how many findings were written.
 */
size_t firewall_doctor(const struct firewall *, const uint16_t *ports,
    size_t nports, struct firewall_finding[FIREWALL_FINDINGS]);
/*
 * The rules to paste, as text; for nftables a whole table that stands before
 * any other, for pf the table and the rules.  The caller frees it; NULL when
 * memory is out.
 */
char *firewall_rules(const struct firewall *, const uint16_t *ports,
    size_t nports);

#endif /* FIREWALL_H */
