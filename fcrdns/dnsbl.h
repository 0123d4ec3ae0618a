/* SPDX-License-Identifier: ISC */
/*
 * DNS lists (RFC 5782): what a list is in the file, what its answers mean.
 * Pure.
 *
 * A list has a name, which is shown, and a zone, which is a secret (customers'
 * keys are in it): nothing but the resolver ever gets to see it.
 */
#ifndef DNSBL_H
#define DNSBL_H

#include <stddef.h>
#include <stdint.h>

#include "addr.h"
#include "conf.h"

#define DNSBLS_MAX	 16
#define DNSBL_NAME_LEN	 32 /* with its NUL */
#define DNSBL_ZONE_LEN	 180
#define DNSBL_QUERY_LEN	 256
#define DNSBL_REPLIES	 4   /* of an answer that are kept */
#define DNSBL_TXT_LEN	 128 /* of the reason that is kept, with its NUL */
#define DNSBL_SCORE_MAX	 100
#define DNSBL_FILTER_MAX 32

#define DNSBL_SECRET_MIN 6 /* a label of fewer bytes is no secret */

/* Each octet from first to last; 127.0.0.2-11, 127.0.*.1-3. */
struct dnsbl_filter {
	uint8_t	     first[4], last[4];
	unsigned int group; /* which "reply { }" it is in, from 0 */
	int	     score; /* of the group */
};

struct dnsbl {
	char		    *name;
	char		    *zone;	/* NULL: "zone hidden", never asked */
	char		    *zone_file; /* where it came from, or NULL */
	struct dnsbl_filter *filters;
	size_t		     nfilters;
	struct conf_where    where;
};

enum dnsbl_state {
	DNSBL_CLEAR,  /* NXDOMAIN, or no address */
	DNSBL_LISTED, /* replies, all of them good ones */
	DNSBL_BROKEN, /* a reply that no listing is: never a listing */
	DNSBL_TIMEOUT,
	DNSBL_SERVFAIL,
	DNSBL_REFUSED,
	DNSBL_BOGUS,
	DNSBL_OVERLOAD,
	DNSBL_RESOURCES,
	DNSBL_ASIDE,	/* not asked: it failed its test, or is too slow */
	DNSBL_UNTESTED, /* not asked: not tested yet */
	DNSBL_FAMILY,	/* not asked: does not know addresses of that family */
	DNSBL_STATES
};

/* A fact: what that list answered about the address. */
struct dnsbl_finding {
	char		 name[DNSBL_NAME_LEN];
	enum dnsbl_state state;
	unsigned int	 nreplies;
	uint8_t		 replies[DNSBL_REPLIES][4];
	char		 txt[DNSBL_TXT_LEN]; /* printable ASCII; "" */
};

const char *dnsbl_state_name(enum dnsbl_state);
int	    dnsbl_state_parse(const char *);
/* Was it asked, or to be asked, but did not answer? */
int dnsbl_state_open(enum dnsbl_state);

/*
 * "9.2.0.192.ZONE." (RFC 5782, 2.1) or the nibbles (2.4).  0, or -1: too
 * long.
 */
int dnsbl_query(char buf[DNSBL_QUERY_LEN], const struct addr *,
    const char	    *zone);
/*
 * Is it an address that a list of the world can know of?  Loopback, link-local
 * and private ones are none; and 127.0.0.2 is listed by all, as a test.
 */
int dnsbl_public(const struct addr *);
/* "127.0.0.2-11": NULL, or a phrase that says what is wrong. */
const char *dnsbl_filter_parse(struct dnsbl_filter *, const char *);
/* Back to words. */
#define DNSBL_FILTER_LEN 32
const char *dnsbl_filter_print(const struct dnsbl_filter *,
    char buf[DNSBL_FILTER_LEN]);
int	    dnsbl_same_filters(const struct dnsbl *, const struct dnsbl *);
/* May a working list reply this? */
int dnsbl_reply_good(const uint8_t reply[4]);
/* Does some filter match that reply (which is a good one)? */
const struct dnsbl_filter *dnsbl_match(const struct dnsbl *,
    const uint8_t reply[4]);
/*
 * What the file makes of a finding: 1 if some reply matches some filter,
 * *score the sum of the groups that are matched first by some reply, each
 * counted once; 0: not listed, score 0.
 */
int dnsbl_listed(const struct dnsbl *, const struct dnsbl_finding *,
    int *score);
/* What all its negative scores come to; 0: it is no allow list. */
int dnsbl_lowest(const struct dnsbl *);
/*
 * Would this text tell the zone?  It has the whole of it in it, or its first
 * label, or any but the last two, in any case; not labels so short that no
 * key could be in them.
 */
int dnsbl_tells(const char *text, const char *zone);
/*
 * What may be a zone: labels of letters, digits, "-" and "_".  0, or -1;
 * the copy is in lower case, without a dot at its end.
 */
int dnsbl_zone_read(char out[DNSBL_ZONE_LEN], const char *text, size_t len);
/*
 * A TXT record's text, made fit to be shown: printable ASCII, cut after 100
 * bytes; "" if it tells the zone.
 */
#define DNSBL_TXT_CUT 100
void dnsbl_txt(char out[DNSBL_TXT_LEN], const void *text, size_t len,
    const char *zone);

#endif /* DNSBL_H */
