/* SPDX-License-Identifier: ISC */
#include "cert.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "addr.h"
#include "tls_pem.h"

#define RSA_BITS_MIN 2048
#define RSA_BITS_MAX 8192 /* a signature costs the cube of it */
#define SAFE_BITS    112  /* what RSA 2048 and SHA-224 are good for */

static int say(struct cert_info *, enum cert_state, const char *, ...)
    __attribute__((__format__(printf, 3, 4)));

/* Note why; always -1. */
static int
say(struct cert_info *info, enum cert_state state, const char *fmt, ...)
{
	va_list ap;

	info->state = state;
	va_start(ap, fmt);
	vsnprintf(info->why, sizeof(info->why), fmt, ap);
	va_end(ap);
	return -1;
}

/* The issuer's common name, or else its organisation. */
static void
read_issuer(struct cert_info *info, X509 *leaf)
{
	static const int     nids[] = { NID_commonName, NID_organizationName };
	const X509_NAME	    *name = X509_get_issuer_name(leaf);
	const ASN1_STRING   *s;
	const unsigned char *p;
	size_t		     i, len;
	int		     at = -1;

	for (i = 0; at < 0 && i < sizeof(nids) / sizeof(nids[0]); i++)
		at = X509_NAME_get_index_by_NID(name, nids[i], -1);
	if (at < 0)
		return;
	s = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
	p = ASN1_STRING_get0_data(s);
	len = (size_t)ASN1_STRING_length(s);
	if (len >= sizeof(info->issuer))
		len = sizeof(info->issuer) - 1;
	for (i = 0; i < len; i++)
		info->issuer[i] = p[i] < ' ' || p[i] > '~' ? '?' : (char)p[i];
	info->issuer[len] = '\0';
}

/* What browsers take, and what is quick to sign with. */
static int
read_key(struct cert_info *info, X509 *leaf)
{
	EVP_PKEY *key;
	char	  curve[32];
	int	  bits;

	if ((key = X509_get0_pubkey(leaf)) == NULL)
		return say(info, CERT_BAD, "the certificate's key is unknown");
	switch (EVP_PKEY_get_base_id(key)) {
	case EVP_PKEY_RSA:
		bits = EVP_PKEY_get_bits(key);
		if (bits < RSA_BITS_MIN || bits > RSA_BITS_MAX)
			return say(info, CERT_BAD,
			    "RSA of %d bits: 2048 to 8192 are taken", bits);
		snprintf(info->key, sizeof(info->key), "RSA %d", bits);
		return 0;
	case EVP_PKEY_EC:
		if (EVP_PKEY_get_group_name(key, curve, sizeof(curve), NULL) !=
		    1)
			strlcpy(curve, "of no name", sizeof(curve));
		if (strcmp(curve, SN_X9_62_prime256v1) == 0)
			strlcpy(info->key, "ECDSA P-256", sizeof(info->key));
		else if (strcmp(curve, SN_secp384r1) == 0)
			strlcpy(info->key, "ECDSA P-384", sizeof(info->key));
		else
			return say(info, CERT_BAD,
			    "curve %s: P-256 and P-384 are taken", curve);
		return 0;
	default:
		return say(info, CERT_BAD,
		    "a key that is neither ECDSA nor RSA");
	}
}

/* 0 for a date that cannot be read, which no certificate has. */
static time_t
to_time(const ASN1_TIME *t)
{
	struct tm tm;

	if (ASN1_TIME_to_tm(t, &tm) != 1)
		return 0;
	return timegm(&tm);
}

static const char *
print_time(time_t t, char buf[32])
{
	struct tm tm;

	if (gmtime_r(&t, &tm) == NULL ||
	    strftime(buf, 32, "%Y-%m-%d %H:%M:%S UTC", &tm) == 0)
		strlcpy(buf, "a time of its own", 32);
	return buf;
}

/* The span in which all of the chain is valid. */
static int
read_dates(struct cert_info *info, STACK_OF(X509) * chain)
{
	X509  *x;
	time_t from, to;
	int    i;

	for (i = 0; i < sk_X509_num(chain); i++) {
		x = sk_X509_value(chain, i);
		from = to_time(X509_get0_notBefore(x));
		to = to_time(X509_get0_notAfter(x));
		if (from == 0 || to == 0)
			return say(info, CERT_BAD,
			    "certificate %d has no valid dates", i + 1);
		if (i == 0 || from > info->not_before)
			info->not_before = from;
		if (i == 0 || to < info->not_after)
			info->not_after = to;
	}
	return 0;
}

/* A signature that clients would not believe? */
static int
is_weak(X509 *x)
{
	uint32_t flags;
	int	 bits;

	/* A root's own signature is looked at by nobody. */
	if (X509_get_extension_flags(x) & EXFLAG_SS)
		return 0;
	if (X509_get_signature_info(x, NULL, NULL, &bits, &flags) != 1)
		return 0;
	/* SHA-1 counts as 63 bits. */
	return bits < SAFE_BITS;
}

/* Each by the next. */
static int
check_links(struct cert_info *info, STACK_OF(X509) * chain)
{
	X509	 *x, *next;
	EVP_PKEY *key;
	int	  i, last = sk_X509_num(chain) - 1;

	for (i = 0; i <= last; i++) {
		x = sk_X509_value(chain, i);
		if (X509_get_extension_flags(x) & EXFLAG_INVALID)
			return say(info, CERT_BAD,
			    "certificate %d has an extension that is damaged",
			    i + 1);
		if (is_weak(x))
			return say(info, CERT_BAD,
			    "certificate %d has a weak signature", i + 1);
		if (i == last)
			break;
		next = sk_X509_value(chain, i + 1);
		if (X509_check_issued(next, x) != X509_V_OK ||
		    (key = X509_get0_pubkey(next)) == NULL ||
		    X509_verify(x, key) != 1)
			return say(info, CERT_BAD,
			    "certificate %d was not issued by certificate %d "
			    "of the chain",
			    i + 1, i + 2);
		if (X509_check_ca(next) == 0)
			return say(info, CERT_BAD,
			    "certificate %d may not issue others", i + 2);
	}
	x = sk_X509_value(chain, 0);
	if (X509_check_purpose(x, X509_PURPOSE_SSL_SERVER, 0) != 1)
		return say(info, CERT_BAD,
		    "the certificate is not meant for servers");
	return 0;
}

/*
 * X509_check_private_key() compares the public halves; this proves that the
 * private one belongs to them, too.
 */
static int
signs(EVP_PKEY *key, EVP_PKEY *pub)
{
	static const unsigned char text[] = "does the key fit?";
	unsigned char		   sig[RSA_BITS_MAX / 8];
	EVP_MD_CTX		  *ctx = NULL, *check = NULL;
	size_t			   len = sizeof(sig);
	int			   ret = 0;

	if ((ctx = EVP_MD_CTX_new()) == NULL ||
	    (check = EVP_MD_CTX_new()) == NULL)
		goto out;
	if (EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key) != 1 ||
	    EVP_DigestSign(ctx, sig, &len, text, sizeof(text)) != 1)
		goto out;
	if (EVP_DigestVerifyInit(check, NULL, EVP_sha256(), NULL, pub) != 1)
		goto out;
	ret = EVP_DigestVerify(check, sig, len, text, sizeof(text)) == 1;
out:
	EVP_MD_CTX_free(ctx);
	EVP_MD_CTX_free(check);
	return ret;
}

static int
check_key(struct cert_info *info, X509 *leaf, const void *p, size_t len)
{
	EVP_PKEY   *key;
	const char *why;
	int	    fits;

	if ((key = tls_pem_key(p, len, &why)) == NULL)
		return say(info, CERT_BAD, "the key's file %s", why);
	fits = X509_check_private_key(leaf, key) == 1 &&
	    signs(key, X509_get0_pubkey(leaf));
	EVP_PKEY_free(key);
	if (!fits)
		return say(info, CERT_BAD,
		    "the key does not belong to the certificate");
	return 0;
}

static void
check_dates(struct cert_info *info, time_t now)
{
	char buf[32];

	if (now < info->not_before)
		say(info, CERT_EXPIRED, "not valid before %s",
		    print_time(info->not_before, buf));
	else if (now > info->not_after)
		say(info, CERT_EXPIRED, "expired on %s",
		    print_time(info->not_after, buf));
}

void
cert_check(struct cert_info *info, const void *chain_pem, size_t chain_len,
    const void *key_pem, size_t key_len, time_t now)
{
	STACK_OF(X509) * chain;
	const char *why;
	X509	   *leaf;

	memset(info, 0, sizeof(*info));
	info->state = CERT_GOOD;
	if ((chain = tls_pem_chain(chain_pem, chain_len, &why)) == NULL) {
		say(info, CERT_BAD, "the chain's file %s", why);
		return;
	}
	leaf = sk_X509_value(chain, 0);
	read_issuer(info, leaf);
	/* The worst is said first: what is bad is not just expired. */
	if (read_key(info, leaf) == 0 && read_dates(info, chain) == 0 &&
	    check_links(info, chain) == 0 &&
	    check_key(info, leaf, key_pem, key_len) == 0)
		check_dates(info, now);
	sk_X509_pop_free(chain, X509_free);
	ERR_clear_error();
}

static int
covers(X509 *leaf, const char *name)
{
	struct addr addr;

	if (addr_parse(&addr, name) == 0)
		return X509_check_ip_asc(leaf, name, 0) == 1;
	return X509_check_host(leaf, name, 0, 0, NULL) == 1;
}

const char *
cert_names(const void *chain_pem, size_t chain_len, char **names, size_t n)
{
	STACK_OF(X509) * chain;
	const char *why, *missing = NULL;
	size_t	    i;

	if ((chain = tls_pem_chain(chain_pem, chain_len, &why)) == NULL)
		return NULL;
	for (i = 0; i < n && missing == NULL; i++)
		if (!covers(sk_X509_value(chain, 0), names[i]))
			missing = names[i];
	sk_X509_pop_free(chain, X509_free);
	ERR_clear_error();
	return missing;
}
