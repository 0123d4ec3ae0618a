/* SPDX-License-Identifier: ISC */
/*
 * What is said to nftables, as text.  Pure.
 */
#ifndef NFT_TEXT_H
#define NFT_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "backend.h"

#define NFT_PRIORITY -10 /* before the usual filter chains */

/*
 * NULL, or a static phrase: which name cannot be used.  What passes has only
 * letters, digits, "_", "-" and ".", so it can be put into a command.
 */
const char *nft_names(const struct firewall *);
/* May no set have that name, since it is a word of nft's?  Case counts. */
int nft_is_word(const char *name);

/*
 * The one transaction that makes both sets exactly that.  NULL when memory
 * is out; the caller frees it.
 */
char *nft_replace_text(const struct firewall *, const struct firewall_set *);
char *nft_rules_text(const struct firewall *, const uint16_t *, size_t);

#endif /* NFT_TEXT_H */
