/* SPDX-License-Identifier: ISC */
/*
 * Session tickets (RFC 5077, RFC 8446 4.6.1): the state of a session, sealed
 * and kept by the client.  Whoever has the same keys opens them.
 */
#ifndef TLS_TICKET_H
#define TLS_TICKET_H

#include <stddef.h>

#include "tls.h"

struct evp_cipher_ctx_st;
struct hmac_ctx_st;
struct tls_ticket_ring;

struct tls_ticket_ring *tls_ticket_ring_new(void); /* NULL: no memory */
void			tls_ticket_ring_free(struct tls_ticket_ring *);
/* keys[0] seals.  0, or -1 and logged: then no ticket is made or opened. */
int tls_ticket_ring_set(struct tls_ticket_ring *,
    const unsigned char keys[][TLS_TICKET_KEY_LEN], size_t n);

/*
 * OpenSSL's callback, but for the ring: prepares both contexts for a new
 * ticket (seal), or for the one of that name and iv.  Returns 1; 2 if it
 * should be renewed; 0 if it cannot be opened (or made: go without); -1 on
 * an error.
 */
int tls_ticket_key(const struct tls_ticket_ring *, unsigned char name[16],
    unsigned char iv[16], struct evp_cipher_ctx_st *, struct hmac_ctx_st *,
    int		  seal);

#endif /* TLS_TICKET_H */
