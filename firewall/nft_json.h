/* SPDX-License-Identifier: ISC */
/*
 * What nftables lists as JSON (libnftables-json(5)), read.  Pure.
 * jansson is known to the files nft_* alone.
 */
#ifndef NFT_JSON_H
#define NFT_JSON_H

#include <stddef.h>
#include <stdint.h>

#include "firewall.h"

/*
 * Add the elements of all sets of a listing.  NULL, or a static phrase: what
 * went wrong.
 */
const char *nft_parse_set(struct firewall_set *, const char *json);

struct nft_rules; /* a whole ruleset */

/* NULL when it is not such a listing, or memory is out. */
struct nft_rules *nft_rules_new(const char *json);
void		  nft_rules_free(struct nft_rules *);

/* What is known of a set of that name in that table ("inet filter"). */
enum nft_set_state {
	NFT_SET_GOOD,
	NFT_SET_NO_TABLE,
	NFT_SET_ABSENT,
	NFT_SET_TYPE,	 /* it holds something else */
	NFT_SET_INTERVAL /* it has no "flags interval": takes no prefixes */
};
enum nft_set_state nft_rules_set(const struct nft_rules *, const char *table,
    const char *set, enum addr_family);

/* An imagined packet from outside to a gated port of ours. */
struct nft_packet {
	enum addr_family family;
	uint16_t	 port;
	int		 let_in;      /* its source is in the set */
	int		 established; /* or it is a connection's first */
};

#define NFT_WHERE_LEN 192

struct nft_verdict {
	int  shut;		   /* some chain surely drops it */
	int  dropped_late;	   /* some rule would, but behind where */
	int  rewritten;		   /* where sends it to another port first */
	char where[NFT_WHERE_LEN]; /* which rule may accept it first, clean */
	char chain[NFT_WHERE_LEN]; /* which chain drops it */
};

/*
 * Follow a packet through every base chain that it meets on its way in.  A
 * verdict "accept" ends one base chain only, "drop" ends all (nft(8)).  A port
 * that is rewritten on the way is another one for the chains behind.
 */
void nft_follow(struct nft_verdict *, const struct nft_rules *,
    const struct firewall *, const struct nft_packet *);

#endif /* NFT_JSON_H */
