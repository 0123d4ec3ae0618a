/* SPDX-License-Identifier: ISC */
/*
 * Is that pair of files good?  Pure but for OpenSSL: PEM in, judgement out.
 */
#ifndef CERT_H
#define CERT_H

#include <stddef.h>
#include <time.h>

enum cert_state {
	CERT_GOOD,
	CERT_EXPIRED, /* or not valid yet: usable if there is no better one */
	CERT_BAD      /* cannot be used at all */
};

#define CERT_WHY_LEN  200
#define CERT_FILE_MAX (256 * 1024)

struct cert_info {
	enum cert_state state;
	char		why[CERT_WHY_LEN]; /* printable; "" if CERT_GOOD */
	time_t		not_before;
	time_t		not_after;  /* of the first to expire in the chain */
	char		issuer[64]; /* printable */
	char		key[16];    /* "ECDSA P-256", "RSA 2048" */
};

/*
 * The chain (leaf first, each signed by the next), the key, and the names that
 * the leaf should have (n may be 0).  A missing name is said by cert_names().
 */
void cert_check(struct cert_info *, const void *chain, size_t chain_len,
    const void *key, size_t key_len, time_t now);
/* The first of names that the leaf does not cover, or NULL. */
const char *cert_names(const void *chain, size_t chain_len, char **names,
    size_t n);

#endif /* CERT_H */
