/* SPDX-License-Identifier: ISC */
/*
 * PEM in memory to OpenSSL's objects, for the parent that judges a pair and
 * the worker that uses it.  Bounded; never asks for a passphrase.
 */
#ifndef TLS_PEM_H
#define TLS_PEM_H

#include <stddef.h>

struct stack_st_X509; /* STACK_OF(X509) */
struct evp_pkey_st;   /* EVP_PKEY */

#define TLS_PEM_CHAIN_MAX 16 /* certificates */

/*
 * All certificates, in their order, at least one.  NULL, and *why is a static
 * phrase about the chain ("has no certificate").
 */
struct stack_st_X509 *tls_pem_chain(const void *, size_t, const char **why);
/* The first private key.  This is where keys enter. */
struct evp_pkey_st *tls_pem_key(const void *, size_t, const char **why);

#endif /* TLS_PEM_H */
