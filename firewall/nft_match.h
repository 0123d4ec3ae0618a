/* SPDX-License-Identifier: ISC */
/*
 * Whether a rule of nftables matches an imagined packet, as far as can be
 * told.  For nft_follow.c.
 */
#ifndef NFT_MATCH_H
#define NFT_MATCH_H

#include "nft_json.h"
#include "nft_rules.h"

enum nft_match {
	MATCH_NO,
	MATCH_MAYBE,
	MATCH_YES
};

/* The packet, and whose rules it is held against. */
struct nft_place {
	const struct firewall	*fw;
	const struct nft_packet *packet;
	const char		*table; /* "inet filter" */
};

/* Is what the packet has the value that the rule names? */
typedef enum nft_match nft_value_fn(const struct nft_place *, json_t *);

/*
 * What a key asks of the packet.  *implied: what the key itself demands, e.g.
 * "ip saddr" that the packet is IPv4.
 */
nft_value_fn *nft_key(const struct nft_place *, json_t *left,
    enum nft_match *implied);
/* One value, a list of them, or { "set": a list }. */
enum nft_match nft_among(const struct nft_place *, json_t *right,
    nft_value_fn *);
/* A whole { "match": ... }, the part inside. */
enum nft_match nft_match_expr(const struct nft_place *, json_t *match);

#endif /* NFT_MATCH_H */
