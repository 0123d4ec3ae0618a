/* SPDX-License-Identifier: ISC */
/*
 * The doctor of nftables: a listing of the ruleset in, findings out.  Pure.
 */
#ifndef NFT_EXAMINE_H
#define NFT_EXAMINE_H

#include <stddef.h>
#include <stdint.h>

#include "backend.h"

void nft_examine(struct firewall_report *, const struct firewall *,
    const uint16_t *ports, size_t nports, const char *json);

#endif /* NFT_EXAMINE_H */
