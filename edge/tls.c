/* SPDX-License-Identifier: ISC */
/*
 * Each site has a context of its own, so that its certificates, the id that
 * binds its tickets to it, and the way back from a connection to the site are
 * all in one pointer.  A connection begins with the context of the site that
 * is asked for most (the default one, or the first), and changes it only if
 * the client's hello names another: a change copies what SSL_new() copied.
 *
 * The choice is made in OpenSSL's client hello callback, the earliest one.
 * The usual servername callback comes after TLS 1.3 has looked at tickets, so
 * a ticket of one site would be good at another.
 */
#include "tls.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "log.h"
#include "route.h"
#include "tls_hello.h"
#include "tls_pem.h"
#include "tls_ticket.h"

#define SUITES                                                 \
	"TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:" \
	"TLS_AES_256_GCM_SHA384"
#define CIPHERS                                                      \
	"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:" \
	"ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:" \
	"ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384"
#define TICKET_SECONDS 43200
#define ID_LEN	       16

static char groups[] = "X25519:P-256";
/* ECDSA first: its signature costs a tenth of RSA's. */
static char signatures[] =
    "ECDSA+SHA256:ECDSA+SHA384:RSA-PSS+SHA256:RSA-PSS+SHA384:RSA-PSS+SHA512:"
    "RSA+SHA256:RSA+SHA384:RSA+SHA512";

struct pair {
	X509	 *leaf; /* NULL: not there yet */
	EVP_PKEY *key;
	STACK_OF(X509) * chain; /* without the leaf */
};

struct slot {
	struct tls	       *tls;
	const struct edge_site *site;
	SSL_CTX		       *ctx; /* NULL: no pair of it is there yet */
	unsigned int		said : 1;
};

struct tls {
	const struct edge_conf *conf;
	struct pair	       *pairs;
	struct slot	       *slots;
	struct slot		none; /* of no site: its context has no key */
	SSL_CTX		       *unknown; /* marks what named no site of ours */
	SSL_CTX		       *likely;	 /* borrowed: begins a connection */
	struct tls_ticket_ring *ring;
	unsigned int		tickets : 1;
};

static struct slot *
slot_of(const SSL *ssl)
{
	return SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl));
}

static int
refuse(int *alert, int which)
{
	*alert = which;
	return SSL_CLIENT_HELLO_ERROR;
}

static int
choose(SSL *ssl, int *alert, void *arg)
{
	struct tls	       *tls = arg;
	const struct edge_site *site;
	const unsigned char    *ext;
	struct slot	       *slot;
	struct slice		name = { NULL, 0 };
	size_t			len;

	if (SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &ext,
		&len) == 1 &&
	    tls_hello_name(ext, len, &name) == -1)
		return refuse(alert, SSL_AD_DECODE_ERROR);
	site = route_site(tls->conf, name);
	if (site == NULL || site->npairs == 0) {
		SSL_set_SSL_CTX(ssl, tls->unknown);
		return refuse(alert, SSL_AD_UNRECOGNIZED_NAME);
	}
	slot = &tls->slots[site->number];
	if (slot->ctx == NULL) {
		if (!slot->said)
			log_debug("tls: no certificate yet for %s",
			    site->names[0]);
		slot->said = 1;
		return refuse(alert, SSL_AD_HANDSHAKE_FAILURE);
	}
	if (SSL_get_SSL_CTX(ssl) != slot->ctx &&
	    SSL_set_SSL_CTX(ssl, slot->ctx) == NULL)
		return refuse(alert, SSL_AD_INTERNAL_ERROR);
	return SSL_CLIENT_HELLO_SUCCESS;
}

static int
choose_protocol(SSL *ssl, const unsigned char **out, unsigned char *out_len,
    const unsigned char *in, unsigned int in_len, void *arg)
{
	static const unsigned char ours[] = "\x08http/1.1";
	unsigned char		  *chosen;

	(void)ssl;
	(void)arg;
	if (SSL_select_next_proto(&chosen, out_len, ours, sizeof(ours) - 1, in,
		in_len) != OPENSSL_NPN_NEGOTIATED)
		return SSL_TLSEXT_ERR_ALERT_FATAL;
	*out = chosen;
	return SSL_TLSEXT_ERR_OK;
}

/*
 * A client of TLS 1.3 uses a ticket once (RFC 8446, C.4): without a new one
 * its next connection would cost a full handshake.
 */
static int
ticket_key(SSL *ssl, unsigned char *name, unsigned char *iv,
    EVP_CIPHER_CTX *cipher, HMAC_CTX *mac, int seal)
{
	int ret;

	ret = tls_ticket_key(slot_of(ssl)->tls->ring, name, iv, cipher, mac,
	    seal);
	if (ret == 1 && !seal && SSL_version(ssl) == TLS1_3_VERSION)
		return 2;
	return ret;
}

static int
set_words(SSL_CTX *ctx)
{
	if (SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) != 1 ||
	    SSL_CTX_set_ciphersuites(ctx, SUITES) != 1 ||
	    SSL_CTX_set_cipher_list(ctx, CIPHERS) != 1 ||
	    SSL_CTX_set1_groups_list(ctx, groups) != 1 ||
	    SSL_CTX_set1_sigalgs_list(ctx, signatures) != 1)
		return -1;
	return 0;
}

/* A context without keys. */
static SSL_CTX *
new_context(struct slot *slot)
{
	SSL_CTX *ctx;

	if ((ctx = SSL_CTX_new(TLS_server_method())) == NULL)
		return NULL;
	/* A second line behind our lists; asking it costs next to nothing. */
	SSL_CTX_set_security_level(ctx, 2);
	SSL_CTX_set_options(ctx,
	    SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
		SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
	/* The chain is whole; OpenSSL shall not look for more of it. */
	SSL_CTX_set_mode(ctx,
	    SSL_MODE_RELEASE_BUFFERS | SSL_MODE_NO_AUTO_CHAIN);
	SSL_CTX_set_read_ahead(ctx, 1);
	SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_timeout(ctx, TICKET_SECONDS);
	SSL_CTX_set_num_tickets(ctx, 1);
	SSL_CTX_set_client_hello_cb(ctx, choose, slot->tls);
	SSL_CTX_set_alpn_select_cb(ctx, choose_protocol, NULL);
	SSL_CTX_set_tlsext_ticket_key_cb(ctx, ticket_key);
	if (set_words(ctx) == -1 || SSL_CTX_set_app_data(ctx, slot) != 1) {
		SSL_CTX_free(ctx);
		return NULL;
	}
	return ctx;
}

/* Tickets belong to a site by its first name, which outlives a reload. */
static int
bind_tickets(SSL_CTX *ctx, const struct edge_site *site)
{
	unsigned char digest[EVP_MAX_MD_SIZE];

	if (EVP_Digest(site->names[0], strlen(site->names[0]), digest, NULL,
		EVP_sha256(), NULL) != 1)
		return -1;
	return SSL_CTX_set_session_id_context(ctx, digest, ID_LEN) == 1 ? 0 :
									  -1;
}

/* The site's context with the pairs that are there; at least one is. */
static SSL_CTX *
site_context(struct tls *tls, struct slot *slot)
{
	const struct edge_site *site = slot->site;
	struct pair	       *p;
	SSL_CTX		       *ctx;
	size_t			i;

	if ((ctx = new_context(slot)) == NULL)
		return NULL;
	if (bind_tickets(ctx, site) == -1)
		goto fail;
	/* Of two with a key of the same kind, the first in the file wins. */
	for (i = site->npairs; i-- > 0;) {
		p = &tls->pairs[site->pairs[i]];
		if (p->leaf != NULL &&
		    SSL_CTX_use_cert_and_key(ctx, p->leaf, p->key, p->chain,
			1) != 1)
			goto fail;
	}
	return ctx;
fail:
	SSL_CTX_free(ctx);
	return NULL;
}

static void
free_pair(struct pair *p)
{
	X509_free(p->leaf);
	EVP_PKEY_free(p->key);
	sk_X509_pop_free(p->chain, X509_free);
	memset(p, 0, sizeof(*p));
}

static int
load_pair(struct pair *p, const void *chain, size_t chain_len, const void *key,
    size_t key_len)
{
	const char *why;

	memset(p, 0, sizeof(*p));
	if ((p->chain = tls_pem_chain(chain, chain_len, &why)) == NULL ||
	    (p->key = tls_pem_key(key, key_len, &why)) == NULL) {
		log_warnx("tls: a pair %s", why);
		free_pair(p);
		return -1;
	}
	p->leaf = sk_X509_shift(p->chain);
	return 0;
}

static int
site_has(const struct edge_site *site, size_t n)
{
	size_t i;

	for (i = 0; i < site->npairs; i++)
		if (site->pairs[i] == n)
			return 1;
	return 0;
}

/* The context that most connections will keep. */
static SSL_CTX *
likely(const struct tls *tls)
{
	const struct slot *s, *first = &tls->none;
	size_t		   i;

	for (i = 0; i < tls->conf->nsites; i++) {
		s = &tls->slots[i];
		if (s->ctx == NULL)
			continue;
		if (s->site->is_default)
			return s->ctx;
		if (first == &tls->none)
			first = s;
	}
	return first->ctx;
}

/* New contexts for all sites with pair n; all or none. */
static int
renew_contexts(struct tls *tls, size_t n)
{
	SSL_CTX **made;
	size_t	  i;
	int	  ret = -1;

	if ((made = calloc(tls->conf->nsites, sizeof(*made))) == NULL)
		return -1;
	for (i = 0; i < tls->conf->nsites; i++)
		if (site_has(tls->slots[i].site, n) &&
		    (made[i] = site_context(tls, &tls->slots[i])) == NULL)
			goto out;
	for (i = 0; i < tls->conf->nsites; i++) {
		if (made[i] == NULL)
			continue;
		SSL_CTX_free(tls->slots[i].ctx);
		tls->slots[i].ctx = made[i];
		made[i] = NULL;
	}
	tls->likely = likely(tls);
	ret = 0;
out:
	for (i = 0; i < tls->conf->nsites; i++)
		SSL_CTX_free(made[i]);
	free(made);
	return ret;
}

int
tls_pair(struct tls *tls, size_t n, const void *chain, size_t chain_len,
    const void *key, size_t key_len)
{
	struct pair was, is;

	if (n >= tls->conf->npairs) {
		log_warnx("tls: there is no pair %zu", n);
		return -1;
	}
	if (load_pair(&is, chain, chain_len, key, key_len) == -1)
		return -1;
	was = tls->pairs[n];
	tls->pairs[n] = is;
	if (renew_contexts(tls, n) == -1) {
		log_warnx("tls: certificate %s cannot be used: %s",
		    tls->conf->pairs[n].chain,
		    ERR_reason_error_string(ERR_peek_last_error()));
		ERR_clear_error();
		tls->pairs[n] = was;
		free_pair(&is);
		return -1;
	}
	free_pair(&was);
	return 0;
}

struct tls *
tls_new(const struct edge_conf *conf)
{
	struct tls *tls;
	size_t	    i;

	/* The machine's openssl.cnf has no say in what we offer. */
	OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
	if ((tls = calloc(1, sizeof(*tls))) == NULL)
		goto fail;
	tls->conf = conf;
	tls->pairs = calloc(conf->npairs + 1, sizeof(*tls->pairs));
	tls->slots = calloc(conf->nsites + 1, sizeof(*tls->slots));
	if (tls->pairs == NULL || tls->slots == NULL)
		goto fail;
	for (i = 0; i < conf->nsites; i++) {
		tls->slots[i].tls = tls;
		tls->slots[i].site = &conf->sites[i];
	}
	tls->none.tls = tls;
	tls->none.ctx = tls->likely = new_context(&tls->none);
	tls->unknown = new_context(&tls->none);
	tls->ring = tls_ticket_ring_new();
	if (tls->none.ctx != NULL && tls->unknown != NULL && tls->ring != NULL)
		return tls;
fail:
	log_warnx("tls: no memory");
	tls_free(tls);
	return NULL;
}

void
tls_free(struct tls *tls)
{
	size_t i;

	if (tls == NULL)
		return;
	for (i = 0; tls->slots != NULL && i < tls->conf->nsites; i++)
		SSL_CTX_free(tls->slots[i].ctx);
	for (i = 0; tls->pairs != NULL && i < tls->conf->npairs; i++)
		free_pair(&tls->pairs[i]);
	SSL_CTX_free(tls->none.ctx);
	SSL_CTX_free(tls->unknown);
	tls_ticket_ring_free(tls->ring);
	free(tls->slots);
	free(tls->pairs);
	free(tls);
}

void
tls_tickets(struct tls *tls, const unsigned char keys[][TLS_TICKET_KEY_LEN],
    size_t n)
{
	tls->tickets = tls_ticket_ring_set(tls->ring, keys, n) == 0 && n > 0;
}

SSL *
tls_session(struct tls *tls)
{
	SSL *ssl;

	if ((ssl = SSL_new(tls->likely)) == NULL) {
		ERR_clear_error();
		return NULL;
	}
	/* Without a key OpenSSL would send tickets that are empty. */
	if (!tls->tickets) {
		SSL_set_options(ssl, SSL_OP_NO_TICKET);
		SSL_set_num_tickets(ssl, 0);
	}
	return ssl;
}

const struct edge_site *
tls_site(const SSL *ssl)
{
	return slot_of(ssl)->site;
}

int
tls_unknown_name(const SSL *ssl)
{
	return SSL_get_SSL_CTX(ssl) == slot_of(ssl)->tls->unknown;
}

const char *
tls_version(const SSL *ssl)
{
	return SSL_get_version(ssl);
}

int
tls_resumed(const SSL *ssl)
{
	return SSL_session_reused(ssl);
}
