/* SPDX-License-Identifier: ISC */
/*
 * Findings about one client address: the result of the method iprev (RFC
 * 8601, 2.7.3 and 3) and what it came from, what the DNS lists answered, and
 * which of the machine's own lists have the address.  Plain values.
 */
#ifndef IPREV_H
#define IPREV_H

#include <stdint.h>

#include "addr.h"
#include "dnsbl.h"
#include "lists_conf.h"

#define DNS_NAME_LEN   256 /* a hostname as text and its NUL */
#define IPREV_NAMES    10  /* PTR names looked at (RFC 8601, 3) */
#define FINDINGS_LISTS 16  /* own lists named; the first ones */

enum iprev {
	IPREV_UNASKED,	 /* pass from, block from: no DNS was asked */
	IPREV_PASS,	 /* some PTR name leads back to the address */
	IPREV_FAIL,	 /* PTR names, but none leads back */
	IPREV_TEMPERROR, /* could not find out */
	IPREV_PERMERROR	 /* no PTR record */
};

enum dnssec {
	DNSSEC_UNKNOWN, /* not validating */
	DNSSEC_NO,	/* some answer of the chain was unsigned */
	DNSSEC_YES	/* the whole confirming chain was secure */
};

enum name_state {
	NAME_UNASKED, /* its addresses were not needed any more */
	NAME_CONFIRMED,
	NAME_MISMATCH,	/* addresses, but not this one */
	NAME_NOADDRESS, /* no address of the family */
	NAME_TEMPERROR	/* its lookup could not be finished */
};

/* Why the result is what it is.  cause_text() has a sentence for each. */
enum cause {
	CAUSE_NONE,	    /* pass */
	CAUSE_NO_PTR,	    /* permerror: NXDOMAIN or no PTR record */
	CAUSE_NO_NAME,	    /* fail: PTR records, none a usable hostname */
	CAUSE_NO_MATCH,	    /* fail: no name leads back */
	CAUSE_NO_ADDRESS,   /* fail: no name has an address */
	CAUSE_PTR_SERVFAIL, /* temperror: PTR lookup failed */
	CAUSE_PTR_REFUSED,  /* temperror: PTR lookup was refused */
	CAUSE_PTR_TIMEOUT,
	CAUSE_PTR_BOGUS,     /* temperror: DNSSEC validation failed */
	CAUSE_NAME_SERVFAIL, /* temperror: a name's lookup failed */
	CAUSE_NAME_REFUSED,
	CAUSE_NAME_TIMEOUT,
	CAUSE_NAME_BOGUS,
	CAUSE_OVERLOAD,	   /* temperror: too many inquiries at once */
	CAUSE_RESOURCES,   /* temperror: out of memory or descriptors */
	CAUSE_UNREACHABLE, /* temperror: fcrdnsd does not answer */
	CAUSE_COUNT
};

struct finding {
	char		name[DNS_NAME_LEN]; /* no trailing dot, lower case */
	enum name_state state;
};

struct findings {
	struct addr    addr;
	enum iprev     iprev;
	enum cause     cause;
	enum dnssec    dnssec;
	unsigned int   nptrs;	 /* PTR records that the answer had */
	unsigned int   ninvalid; /* of which no hostnames: never used */
	unsigned int   nnames;
	struct finding names[IPREV_NAMES];
	uint32_t       ttl;	   /* seconds that this may be kept */
	uint32_t       elapsed_ms; /* that the inquiry took */
	int	       cached;

	/*
	 * Those of the lists that "pass from" and "block from" name which have
	 * the address, those of "pass from" first; 0: not looked at.
	 */
	int	     lists_known;
	int	     is_protected; /* nothing may block it */
	unsigned int nlists;
	char	     lists[FINDINGS_LISTS][LIST_NAME_LEN];

	/* Each dnsbl of the file, in its order; none of a private address. */
	unsigned int	     ndnsbls;
	struct dnsbl_finding dnsbls[DNSBLS_MAX];
};

const char *iprev_name(enum iprev);    /* "pass"; "none" if unasked */
int	    iprev_parse(const char *); /* an enum iprev, or -1 */
const char *cause_name(enum cause);    /* "no-ptr" */
int	    cause_parse(const char *);
const char *cause_text(enum cause); /* "no PTR record" */
const char *name_state_name(enum name_state);
int	    name_state_parse(const char *);
const char *dnssec_name(enum dnssec); /* "yes", "no", "unknown" */
int	    dnssec_parse(const char *);

/* Is the address in that list of ours?  0, too, if nobody knows. */
int findings_in(const struct findings *, const char *list);
/* What the DNS list of that name answered, or NULL. */
const struct dnsbl_finding *findings_dnsbl(const struct findings *,
    const char *name);
/* The name that confirmed, or NULL. */
const char *findings_confirmed(const struct findings *);
/* Nothing but a temperror for that reason; no lists are known. */
void findings_trouble(struct findings *, const struct addr *, enum cause);

#endif /* IPREV_H */
