/* SPDX-License-Identifier: ISC */
/*
 * "postern explain ADDRESS": each list, each step of the lookup, the result,
 * the verdict, and the line of the file that decided.
 */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include <stdio.h>

struct addr;
struct conf;
struct fcrdns_conf;
struct findings;
struct verdict;

/*
 * Asks the running fcrdnsd or, if that cannot be, looks up by itself.
 * Returns an exit status of sysexits(3): 0, 75 for a temperror, 71.
 */
int explain_address(const struct conf *, const struct addr *, FILE *);

/* The printing alone.  findings: NULL if nobody at all was asked. */
void explain_print(FILE *, const struct fcrdns_conf *, const struct addr *,
    const struct findings *, const struct verdict *);

#endif /* EXPLAIN_H */
