/* SPDX-License-Identifier: ISC */
/*
 * What "postern explain ADDRESS" says of lists: our own, and the DNS'.
 */
#ifndef EXPLAIN_LISTS_H
#define EXPLAIN_LISTS_H

#include <stdio.h>

struct conf;
struct fcrdns_conf;
struct findings;
struct sets;

#define EXPLAIN_LABEL "%-10s "

/* A line for each list that "pass from" and "block from" name. */
void explain_own(FILE *, const struct fcrdns_conf *, const struct findings *);
/* A line for each DNS list that was to be asked. */
void explain_dnsbls(FILE *, const struct fcrdns_conf *,
    const struct findings *);
/*
 * The set files that fcrdnsd would have: what cannot be had is said and left
 * out.  NULL: none at all, with the reason logged.
 */
struct sets *explain_sets(const struct conf *);

#endif /* EXPLAIN_LISTS_H */
