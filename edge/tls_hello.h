/* SPDX-License-Identifier: ISC */
/*
 * The name that a client asks for (RFC 6066, 3).  Pure.
 */
#ifndef TLS_HELLO_H
#define TLS_HELLO_H

#include <stddef.h>

#include "slice.h"

/*
 * The one host name in the body of a server_name extension.  It is empty if
 * it can be no site's: an address, a bad byte, a wildcard, a final dot.
 * 0, or -1 if the extension is malformed.
 */
int tls_hello_name(const unsigned char *, size_t, struct slice *);

#endif /* TLS_HELLO_H */
