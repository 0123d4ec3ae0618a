/* SPDX-License-Identifier: ISC */
/*
 * What a request says of where it came from: X-Forwarded-For, -Proto and
 * -Host, X-Real-IP and Forwarded (RFC 7239), written for the upstream.  Pure.
 */
#ifndef FORWARDED_H
#define FORWARDED_H

#include "h1.h"
#include "head.h"
#include "out.h"
#include "rules.h"

/*
 * Does the field say such a thing?  Then forwarded_write() writes it, or the
 * peer has no say in it.  What else begins with "X-Forwarded-" passes if the
 * peer is trusted; what only CGI takes for one of them does not.
 */
int forwarded_is(const struct h1_field *, int trusted);

/* host: as it is for the upstream, in lower case and with its port. */
void forwarded_write(struct out *, const struct h1_request *,
    const struct head_client *, struct slice host, const struct rules *);

#endif /* FORWARDED_H */
