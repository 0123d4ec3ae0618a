/* SPDX-License-Identifier: ISC */
/*
 * Keys and certificates for a test, made on the spot.
 */
#ifndef MAKE_CERT_H
#define MAKE_CERT_H

#include <stdlib.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#define DAY 86400L

struct wish {
	const char   *name; /* common name */
	const char   *san;  /* "DNS:www.example.org", or NULL */
	const char   *eku;  /* or NULL */
	EVP_PKEY     *key;
	X509	     *issuer; /* NULL: signs itself */
	EVP_PKEY     *issuer_key;
	const EVP_MD *digest; /* NULL: SHA-256 */
	long	      from;   /* seconds from now */
	long	      to;
	int	      ca;
};

/* "P-256", "P-384", "P-521", "RSA 2048", "RSA 1024", "ED25519". */
static inline EVP_PKEY *
make_key(const char *kind)
{
	if (strncmp(kind, "RSA ", 4) == 0)
		return EVP_PKEY_Q_keygen(NULL, NULL, "RSA",
		    (size_t)atoi(kind + 4));
	if (strncmp(kind, "P-", 2) == 0)
		return EVP_PKEY_Q_keygen(NULL, NULL, "EC", kind);
	return EVP_PKEY_Q_keygen(NULL, NULL, kind);
}

static inline void
add_extension(X509 *x, int nid, const char *value)
{
	X509_EXTENSION *e;
	X509V3_CTX	ctx;

	X509V3_set_ctx(&ctx, x, x, NULL, NULL, 0);
	e = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	if (e == NULL || X509_add_ext(x, e, -1) != 1)
		abort();
	X509_EXTENSION_free(e);
}

static inline X509 *
make_cert(const struct wish *w)
{
	static long	     serial;
	const unsigned char *name = (const unsigned char *)w->name;
	EVP_PKEY	    *signer = w->issuer ? w->issuer_key : w->key;
	const EVP_MD	    *md = w->digest ? w->digest : EVP_sha256();
	X509		    *x = X509_new();

	X509_set_version(x, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(x), ++serial);
	X509_gmtime_adj(X509_getm_notBefore(x), w->from);
	X509_gmtime_adj(X509_getm_notAfter(x), w->to);
	X509_set_pubkey(x, w->key);
	X509_NAME_add_entry_by_NID(X509_get_subject_name(x), NID_commonName,
	    MBSTRING_UTF8, name, -1, -1, 0);
	X509_set_issuer_name(x,
	    X509_get_subject_name(w->issuer ? w->issuer : x));
	add_extension(x, NID_basic_constraints,
	    w->ca ? "critical,CA:TRUE" : "CA:FALSE");
	if (w->san != NULL)
		add_extension(x, NID_subject_alt_name, w->san);
	if (w->eku != NULL)
		add_extension(x, NID_ext_key_usage, w->eku);
	if (EVP_PKEY_is_a(signer, "ED25519"))
		md = NULL;
	if (X509_sign(x, signer, md) == 0)
		abort();
	return x;
}

static inline char *
take_text(BIO *bio)
{
	char *at, *text;
	long  len = BIO_get_mem_data(bio, &at);

	text = strndup(at, (size_t)len);
	BIO_free(bio);
	return text;
}

/* To be freed. */
static inline char *
print_cert(X509 *x)
{
	BIO *bio = BIO_new(BIO_s_mem());

	PEM_write_bio_X509(bio, x);
	return take_text(bio);
}

/* passphrase: NULL, or the key is encrypted. */
static inline char *
print_key(EVP_PKEY *key, const char *passphrase, int traditional)
{
	const EVP_CIPHER *cipher = passphrase ? EVP_aes_128_cbc() : NULL;
	BIO		 *bio = BIO_new(BIO_s_mem());
	char		 *secret = passphrase ? strdup(passphrase) : NULL;

	if (traditional)
		PEM_write_bio_PrivateKey_traditional(bio, key, cipher, NULL, 0,
		    NULL, secret);
	else
		PEM_write_bio_PKCS8PrivateKey(bio, key, cipher, NULL, 0, NULL,
		    secret);
	free(secret);
	return take_text(bio);
}

/* A certificate signed by itself, and its key; both to be freed. */
static inline void
make_pair(const char *kind, const char *name, const char *san, long to,
    char **chain, char **key)
{
	struct wish w = { .name = name, .san = san, .from = -DAY };
	X509	   *x;

	w.key = make_key(kind);
	w.to = to;
	x = make_cert(&w);
	*chain = print_cert(x);
	*key = print_key(w.key, NULL, 0);
	X509_free(x);
	EVP_PKEY_free(w.key);
}

#endif /* MAKE_CERT_H */
