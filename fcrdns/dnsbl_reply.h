/* SPDX-License-Identifier: ISC */
/*
 * What the resolver's reply to a question to a DNS list says.
 */
#ifndef DNSBL_REPLY_H
#define DNSBL_REPLY_H

#include "answer.h"
#include "dnsbl.h"

struct reply;

/*
 * DNSBL_LISTED: each of the replies is a good one; of DNSBL_BROKEN some is
 * not.  ttl, in seconds, is for those two and for DNSBL_CLEAR.
 */
enum dnsbl_state dnsbl_reply_read(const struct reply *, struct replies *,
    uint32_t *ttl);

#endif /* DNSBL_REPLY_H */
