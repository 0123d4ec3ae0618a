/* SPDX-License-Identifier: ISC */
/*
 * What "postern explain ADDRESS" says of lists: our own, and the DNS'.
 */
#ifndef EXPLAIN_LISTS_H
#define EXPLAIN_LISTS_H

#include <stdio.h>

struct fcrdns_conf;
struct findings;

#define EXPLAIN_LABEL "%-10s "

/* A line for each list that "pass from" and "block from" name. */
void explain_own(FILE *, const struct fcrdns_conf *, const struct findings *);
/* A line for each DNS list that was to be asked. */
void explain_dnsbls(FILE *, const struct fcrdns_conf *,
    const struct findings *);
#endif /* EXPLAIN_LISTS_H */
