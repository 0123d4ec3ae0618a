/* SPDX-License-Identifier: ISC */
/*
 * Handshakes in memory, between OpenSSL as a client and ours, with some sites
 * and their certificates: for the tests of tls.c.
 */
#ifndef TLS_TALK_H
#define TLS_TALK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "edge_conf.h"
#include "log.h"
#include "make_cert.h"
#include "tls.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define NEW_CERTIFICATE 4 /* takes the place of pair 0 */
#define DAYS_90		(90 * DAY)

/* Pair 3 never comes. */
static struct {
	const char *kind;
	const char *name;
	char	   *chain;
	char	   *key;
} made[] = {
	{ "P-256", "org by ECDSA", NULL, NULL },
	{ "RSA 2048", "org by RSA", NULL, NULL },
	{ "P-384", "net", NULL, NULL },
	{ "P-256", "never", NULL, NULL },
	{ "P-256", "org renewed", NULL, NULL },
};

static char w_org[] = "www.example.org", org[] = "example.org",
	    net[] = "*.example.net", plain[] = "plain.example.com",
	    empty[] = "empty.example.com", literal[] = "192.0.2.1";
static char *names_0[] = { w_org, org }, *names_1[] = { net },
	    *names_2[] = { plain }, *names_3[] = { empty },
	    *names_4[] = { literal };
static size_t pairs_0[] = { 0, 1 }, pairs_1[] = { 2 }, pairs_3[] = { 3 },
	      pairs_4[] = { 2 };

static struct edge_site sites[] = {
	{ .number = 0,
	    .names = names_0,
	    .nnames = 2,
	    .pairs = pairs_0,
	    .npairs = 2 },
	{ .number = 1,
	    .names = names_1,
	    .nnames = 1,
	    .pairs = pairs_1,
	    .npairs = 1 },
	{ .number = 2, .names = names_2, .nnames = 1 },
	{ .number = 3,
	    .names = names_3,
	    .nnames = 1,
	    .pairs = pairs_3,
	    .npairs = 1 },
	{ .number = 4,
	    .names = names_4,
	    .nnames = 1,
	    .pairs = pairs_4,
	    .npairs = 1 },
};
static char		chain_path[] = "/chain.pem", key_path[] = "/key.pem";
static struct edge_pair pair_paths[] = {
	{ .chain = chain_path, .key = key_path },
	{ .chain = chain_path, .key = key_path },
	{ .chain = chain_path, .key = key_path },
	{ .chain = chain_path, .key = key_path },
};
static const struct edge_conf conf = {
	.pairs = pair_paths,
	.npairs = nitems(pair_paths),
	.sites = sites,
	.nsites = nitems(sites),
};

struct ask {
	const char *name;	/* SNI, or NULL */
	const char *protocols;	/* ALPN as on the wire, or NULL */
	const char *ciphers;	/* of TLS 1.2, or NULL */
	const char *signatures; /* or NULL */
	const char *groups;	/* or NULL */
	int	    version;	/* the only one, or 0 */
};

struct talk {
	SSL_CTX	    *ctx;
	SSL	    *client;
	SSL	    *server;
	int	     alert;   /* that the client got */
	SSL_SESSION *session; /* the last ticket */
};

static unsigned char ticket_keys[TLS_TICKET_KEYS][TLS_TICKET_KEY_LEN];

static inline int
load(struct tls *tls, size_t pair, size_t from)
{
	return tls_pair(tls, pair, made[from].chain, strlen(made[from].chain),
	    made[from].key, strlen(made[from].key));
}

static inline struct tls *
new_tls(size_t first_key, size_t nkeys)
{
	struct tls *tls;
	size_t	    i;

	assert_non_null(tls = tls_new(&conf));
	tls_tickets(tls,
	    (const unsigned char(*)[TLS_TICKET_KEY_LEN])ticket_keys[first_key],
	    nkeys);
	for (i = 0; i < 3; i++)
		assert_int_equal(load(tls, i, i), 0);
	return tls;
}

static inline void
ignore(enum log_level level, const char *text)
{
	(void)level;
	(void)text;
}

static inline int
tls_talk_set_up(void **state)
{
	size_t i;

	(void)state;
	/* The machine's own limits would hide ours. */
	OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
	log_divert(ignore);
	for (i = 0; i < nitems(made); i++)
		make_pair(made[i].kind, made[i].name, NULL, DAYS_90,
		    &made[i].chain, &made[i].key);
	for (i = 0; i < TLS_TICKET_KEYS; i++)
		memset(ticket_keys[i], (int)i + 1, TLS_TICKET_KEY_LEN);
	return 0;
}

static inline int
tls_talk_tear_down(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < nitems(made); i++) {
		free(made[i].chain);
		free(made[i].key);
	}
	return 0;
}

static inline int
take_ticket(SSL *ssl, SSL_SESSION *session)
{
	struct talk *t = SSL_get_app_data(ssl);

	SSL_SESSION_free(t->session);
	t->session = session;
	return 1;
}

static inline SSL_CTX *
client_context(const struct ask *ask)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());

	/* Let it ask for what is out of date. */
	SSL_CTX_set_security_level(ctx, 0);
	SSL_CTX_set_session_cache_mode(ctx,
	    SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
	SSL_CTX_sess_set_new_cb(ctx, take_ticket);
	SSL_CTX_set_min_proto_version(ctx, ask->version);
	SSL_CTX_set_max_proto_version(ctx, ask->version);
	if (ask->ciphers != NULL)
		assert_int_equal(SSL_CTX_set_cipher_list(ctx, ask->ciphers), 1);
	if (ask->signatures != NULL)
		assert_int_equal(SSL_CTX_ctrl(ctx, SSL_CTRL_SET_SIGALGS_LIST, 0,
				     (void *)(uintptr_t)ask->signatures),
		    1);
	if (ask->groups != NULL)
		assert_int_equal(SSL_CTX_ctrl(ctx, SSL_CTRL_SET_GROUPS_LIST, 0,
				     (void *)(uintptr_t)ask->groups),
		    1);
	return ctx;
}

/* Both sides, before the first byte; session: a ticket to show, or NULL. */
static inline void
meet(struct talk *t, struct tls *tls, const struct ask *ask,
    SSL_SESSION *session)
{
	BIO *up = BIO_new(BIO_s_mem()), *down = BIO_new(BIO_s_mem());

	memset(t, 0, sizeof(*t));
	BIO_set_mem_eof_return(up, -1);
	BIO_set_mem_eof_return(down, -1);
	t->ctx = client_context(ask);
	assert_non_null(t->client = SSL_new(t->ctx));
	assert_non_null(t->server = tls_session(tls));
	SSL_set_app_data(t->client, t);
	BIO_up_ref(up);
	BIO_up_ref(down);
	SSL_set_bio(t->client, down, up);
	SSL_set_bio(t->server, up, down);
	SSL_set_connect_state(t->client);
	SSL_set_accept_state(t->server);
	if (ask->name != NULL)
		assert_int_equal(SSL_ctrl(t->client,
				     SSL_CTRL_SET_TLSEXT_HOSTNAME,
				     TLSEXT_NAMETYPE_host_name,
				     (void *)(uintptr_t)ask->name),
		    1);
	if (ask->protocols != NULL)
		SSL_set_alpn_protos(t->client,
		    (const unsigned char *)ask->protocols,
		    (unsigned int)strlen(ask->protocols));
	if (session != NULL)
		assert_int_equal(SSL_set_session(t->client, session), 1);
}

static inline void
part(struct talk *t)
{
	/* As stream.c does: so that the ticket stays good. */
	SSL_set_quiet_shutdown(t->client, 1);
	SSL_shutdown(t->client);
	SSL_free(t->client);
	SSL_free(t->server);
	SSL_CTX_free(t->ctx);
	SSL_SESSION_free(t->session);
	ERR_clear_error();
}

/* A byte from one to the other; the tickets come along.  1 if it came. */
static inline int
pass(SSL *from, SSL *to)
{
	char   c = '\0';
	size_t n;

	ERR_clear_error();
	return SSL_write_ex(from, "x", 1, &n) == 1 &&
	    SSL_read_ex(to, &c, 1, &n) == 1 && c == 'x';
}

/* 1 if the handshake came to its end; otherwise see alert. */
static inline int
shake(struct talk *t)
{
	unsigned long e;
	int	      i, c, s;

	for (i = 0; i < 10; i++) {
		ERR_clear_error();
		c = SSL_do_handshake(t->client);
		e = ERR_peek_error();
		if (c != 1 && ERR_GET_REASON(e) > SSL_AD_REASON_OFFSET) {
			t->alert = ERR_GET_REASON(e) - SSL_AD_REASON_OFFSET;
			return 0;
		}
		s = SSL_do_handshake(t->server);
		if (c == 1 && s == 1)
			return pass(t->server, t->client);
	}
	return 0;
}

/* The common name of the certificate that the client got; "" if none. */
static inline const char *
shown(const struct talk *t)
{
	static char buf[64];
	X509	   *x = SSL_get0_peer_certificate(t->client);

	buf[0] = '\0';
	if (x != NULL)
		X509_NAME_get_text_by_NID(X509_get_subject_name(x),
		    NID_commonName, buf, sizeof(buf));
	return buf;
}

#endif /* TLS_TALK_H */
