/* SPDX-License-Identifier: ISC */
/*
 * What somebody wrote for an address, as the prefix that is let in.  Pure.
 */
#ifndef OPERAND_H
#define OPERAND_H

#include "addr.h"

struct imapgate_conf;

#define OPERAND_BITS6 64 /* what an IPv6 lease covers at least */

struct operand {
	struct prefix prefix;  /* what a lease has */
	struct prefix given;   /* the same, not widened */
	int	      widened; /* to the IPv6 /64 */
	int	      is_private;
};

/*
 * An address or a prefix.  NULL, or a static phrase: what is wrong with it.
 * c NULL: it need not be one that may be let in.
 */
const char *operand_parse(struct operand *, const struct imapgate_conf *c,
    const char *text);
/* The same of an address that is known. */
const char *operand_of(struct operand *, const struct imapgate_conf *c,
    const struct addr *);

#endif /* OPERAND_H */
