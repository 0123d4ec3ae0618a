/* SPDX-License-Identifier: ISC */
/*
 * TLS as a server: contexts with the certificates of each site, the choice by
 * SNI, tickets.  One struct tls for a worker, made from the file and filled by
 * what the parent sends.  Keys enter in one place (tls_pair), which a process
 * that keeps them, called synchronously, can take over.
 *
 * The bytes go through stream.c, which gives the BIO.
 */
#ifndef TLS_H
#define TLS_H

#include <stddef.h>
#include <stdint.h>

#include "edge_conf.h"

struct ssl_st; /* OpenSSL's SSL */
struct tls;

#define TLS_TICKET_KEY_LEN 80 /* name 16, HMAC 32, AES 32 */
#define TLS_TICKET_KEYS	   3  /* the present one, and those before it */

/* TLS 1.2 with AEAD and ECDHE, and 1.3; X25519 and P-256; http/1.1. */
struct tls *tls_new(const struct edge_conf *); /* NULL, and logged */
void	    tls_free(struct tls *);

/*
 * The chain and key of pair n of the file, PEM, checked by the parent.  From
 * now on new handshakes of its sites get them; connections that are there keep
 * theirs.  0, or -1 and logged: then what was stays.
 */
int tls_pair(struct tls *, size_t n, const void *chain, size_t chain_len,
    const void *key, size_t key_len);

/* keys[0] makes tickets, all of them open tickets.  Copied. */
void tls_tickets(struct tls *, const unsigned char keys[][TLS_TICKET_KEY_LEN],
    size_t n);

/*
 * A new server side of a connection, without a BIO yet.  NULL: no memory.
 * SSL_MODE_RELEASE_BUFFERS is on: an idle one holds no buffers.
 */
struct ssl_st *tls_session(struct tls *);
/* After the handshake: the site by SNI (or the default one). */
const struct edge_site *tls_site(const struct ssl_st *);
/* During it: was it ended for a name that is no site? */
int	    tls_unknown_name(const struct ssl_st *);
const char *tls_version(const struct ssl_st *); /* "TLSv1.3" */
int	    tls_resumed(const struct ssl_st *);

#endif /* TLS_H */
