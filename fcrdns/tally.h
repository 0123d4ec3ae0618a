/* SPDX-License-Identifier: ISC */
/*
 * What the lookups about one address add up to: the PTR lookup, and one for
 * the addresses of each of its names.  Pure: lookups are made elsewhere.
 *
 *	no PTR record			permerror
 *	some name leads back		pass, whatever became of the others
 *	some lookup was not finished	temperror
 *	else				fail
 */
#ifndef TALLY_H
#define TALLY_H

#include <stdint.h>

#include "iprev.h"
#include "name.h"

enum lookup_state {
	LOOKUP_UNASKED,
	LOOKUP_ASKED,
	LOOKUP_ANSWERED, /* by records, or by the word that there are none */
	LOOKUP_SERVFAIL,
	LOOKUP_REFUSED,
	LOOKUP_TIMEOUT,
	LOOKUP_BOGUS,
	LOOKUP_OVERLOAD,
	LOOKUP_RESOURCES
};

struct lookup {
	enum lookup_state state;
	/* The rest is for LOOKUP_ANSWERED. */
	int	     secure; /* by DNSSEC */
	uint32_t     ttl;
	unsigned int records;
	int	     match; /* one is the address */
};

struct tally {
	int	      validating;
	struct lookup ptr;
	struct names  names;
	struct lookup forward[IPREV_NAMES];
};

/* Longest and, of a temperror, only time that findings may be kept. */
#define TALLY_TTL_MAX	    3600
#define TALLY_TTL_TEMPERROR 2

/* Can no further answer change the result? */
int tally_over(const struct tally *);
/* Fills in all but addr, elapsed_ms and cached. */
void tally_findings(const struct tally *, struct findings *);

#endif /* TALLY_H */
