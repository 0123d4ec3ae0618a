/* SPDX-License-Identifier: ISC */
/*
 * A listing of nftables in memory, for nft_json.c and nft_follow.c.
 */
#ifndef NFT_RULES_H
#define NFT_RULES_H

#include <jansson.h>

struct nft_rules {
	json_t *root;
	json_t *list; /* its array, borrowed */
};

/* Is the member of that key this string? */
int nft_is(json_t *, const char *key, const char *value);
/* Are its family and the member of that key this table ("inet filter")? */
int nft_in_table(json_t *, const char *table, const char *key);

#endif /* NFT_RULES_H */
