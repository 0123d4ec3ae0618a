/* SPDX-License-Identifier: ISC */
#include "tls_pem.h"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "cert.h"

static BIO *
open_pem(const void *p, size_t len, const char **why)
{
	BIO *bio;

	/* As in tls_new(), if the parent comes here first. */
	OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
	if (len == 0) {
		*why = "is empty";
		return NULL;
	}
	if (len > CERT_FILE_MAX) {
		*why = "is too large";
		return NULL;
	}
	/* It is only read, and not copied. */
	if ((bio = BIO_new_mem_buf(p, (int)len)) == NULL)
		*why = "does not fit into memory";
	return bio;
}

/* Is that how the last block of a file ends? */
static int
is_end(void)
{
	unsigned long e = ERR_peek_last_error();

	return ERR_GET_LIB(e) == ERR_LIB_PEM &&
	    ERR_GET_REASON(e) == PEM_R_NO_START_LINE;
}

/* Nobody is there to be asked: a daemon has no terminal. */
static int
refuse_passphrase(char *buf, int size, int writing, void *arg)
{
	int *asked = arg;

	(void)buf;
	(void)size;
	(void)writing;
	*asked = 1;
	return -1;
}

/* 0, or -1 with *why. */
static int
read_all(BIO *bio, STACK_OF(X509) * chain, const char **why)
{
	X509 *x;
	int   asked = 0;

	while ((x = PEM_read_bio_X509(bio, NULL, refuse_passphrase, &asked)) !=
	    NULL) {
		if (sk_X509_num(chain) == TLS_PEM_CHAIN_MAX) {
			*why = "has more than 16 certificates";
			X509_free(x);
			return -1;
		}
		if (sk_X509_push(chain, x) == 0) {
			*why = "does not fit into memory";
			X509_free(x);
			return -1;
		}
	}
	if (!is_end()) {
		*why = "has a certificate that is damaged or cut off";
		return -1;
	}
	if (sk_X509_num(chain) == 0) {
		*why = "has no certificate";
		return -1;
	}
	return 0;
}

STACK_OF(X509) * tls_pem_chain(const void *p, size_t len, const char **why)
{
	STACK_OF(X509) *chain = NULL;
	BIO *bio;
	int  ret = -1;

	if ((bio = open_pem(p, len, why)) == NULL)
		return NULL;
	ERR_clear_error();
	if ((chain = sk_X509_new_null()) == NULL) {
		*why = "does not fit into memory";
		goto out;
	}
	ret = read_all(bio, chain, why);
out:
	if (ret == -1) {
		sk_X509_pop_free(chain, X509_free);
		chain = NULL;
	}
	BIO_free(bio);
	ERR_clear_error();
	return chain;
}

EVP_PKEY *
tls_pem_key(const void *p, size_t len, const char **why)
{
	EVP_PKEY *key;
	BIO	 *bio;
	int	  asked = 0;

	if ((bio = open_pem(p, len, why)) == NULL)
		return NULL;
	ERR_clear_error();
	key = PEM_read_bio_PrivateKey(bio, NULL, refuse_passphrase, &asked);
	if (key == NULL) {
		/* OpenSSL does not say whether it found none or half of one. */
		*why = asked ?
		    "is encrypted: a passphrase cannot be asked for" :
		    "has no private key that can be read";
	}
	BIO_free(bio);
	ERR_clear_error();
	return key;
}
