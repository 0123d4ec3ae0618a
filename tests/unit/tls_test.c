/* SPDX-License-Identifier: ISC */
/*
 * Handshakes in memory, between OpenSSL as a client and ours.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "edge_conf.h"
#include "log.h"
#include "make_cert.h"
#include "tls.h"
#include "tls_hello.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define ALERT_NONE	0
#define ALERT_FAILURE	SSL_AD_HANDSHAKE_FAILURE
#define ALERT_VERSION	SSL_AD_PROTOCOL_VERSION
#define ALERT_NAME	SSL_AD_UNRECOGNIZED_NAME
#define ALERT_PROTOCOL	SSL_AD_NO_APPLICATION_PROTOCOL
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

static int
load(struct tls *tls, size_t pair, size_t from)
{
	return tls_pair(tls, pair, made[from].chain, strlen(made[from].chain),
	    made[from].key, strlen(made[from].key));
}

static struct tls *
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

static void
ignore(enum log_level level, const char *text)
{
	(void)level;
	(void)text;
}

static int
set_up(void **state)
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

static int
tear_down(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < nitems(made); i++) {
		free(made[i].chain);
		free(made[i].key);
	}
	return 0;
}

static int
take_ticket(SSL *ssl, SSL_SESSION *session)
{
	struct talk *t = SSL_get_app_data(ssl);

	SSL_SESSION_free(t->session);
	t->session = session;
	return 1;
}

static SSL_CTX *
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
static void
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

static void
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
static int
pass(SSL *from, SSL *to)
{
	char   c = '\0';
	size_t n;

	ERR_clear_error();
	return SSL_write_ex(from, "x", 1, &n) == 1 &&
	    SSL_read_ex(to, &c, 1, &n) == 1 && c == 'x';
}

/* 1 if the handshake came to its end; otherwise see alert. */
static int
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
static const char *
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

static const struct {
	const char *what;
	struct ask  ask;
	int	    alert;
	const char *shown;
	size_t	    site;
	const char *is; /* version */
} cases[] = {
	{ "a name", { .name = "www.example.org" }, ALERT_NONE, "org by ECDSA",
	    0, "TLSv1.3" },
	{ "another name of the site, in capitals", { .name = "EXAMPLE.org" },
	    ALERT_NONE, "org by ECDSA", 0, "TLSv1.3" },
	{ "TLS 1.2", { .name = "example.org", .version = TLS1_2_VERSION },
	    ALERT_NONE, "org by ECDSA", 0, "TLSv1.2" },
	{ "a wildcard", { .name = "a.example.net" }, ALERT_NONE, "net", 1,
	    "TLSv1.3" },
	{ "a wildcard, TLS 1.2",
	    { .name = "b.example.net", .version = TLS1_2_VERSION }, ALERT_NONE,
	    "net", 1, "TLSv1.2" },
	{ "two labels for a wildcard", { .name = "a.b.example.net" },
	    ALERT_NAME, "", 0, "" },
	{ "a wildcard's domain", { .name = "example.net" }, ALERT_NAME, "", 0,
	    "" },
	{ "the wildcard's own text", { .name = "*.example.net" }, ALERT_NAME,
	    "", 0, "" },
	{ "an unknown name", { .name = "www.example.com" }, ALERT_NAME, "", 0,
	    "" },
	{ "an unknown name, TLS 1.2",
	    { .name = "www.example.com", .version = TLS1_2_VERSION },
	    ALERT_NAME, "", 0, "" },
	{ "an address that is a site's name", { .name = "192.0.2.1" },
	    ALERT_NAME, "", 0, "" },
	{ "bytes that no name has", { .name = "www.example.org\xff" },
	    ALERT_NAME, "", 0, "" },
	{ "no name, and no default site", { .name = NULL }, ALERT_NAME, "", 0,
	    "" },
	{ "a site without certificates", { .name = "plain.example.com" },
	    ALERT_NAME, "", 0, "" },
	{ "a certificate that is not there yet",
	    { .name = "empty.example.com" }, ALERT_FAILURE, "", 0, "" },
	{ "TLS 1.1", { .name = "example.org", .version = TLS1_1_VERSION },
	    ALERT_VERSION, "", 0, "" },
	{ "TLS 1.0", { .name = "example.org", .version = TLS1_VERSION },
	    ALERT_VERSION, "", 0, "" },
	{ "CBC",
	    { .name = "example.org",
		.version = TLS1_2_VERSION,
		.ciphers = "ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES128-SHA" },
	    ALERT_FAILURE, "", 0, "" },
	{ "RSA key exchange",
	    { .name = "example.org",
		.version = TLS1_2_VERSION,
		.ciphers = "AES128-GCM-SHA256:AES256-SHA" },
	    ALERT_FAILURE, "", 0, "" },
	{ "DHE",
	    { .name = "example.org",
		.version = TLS1_2_VERSION,
		.ciphers = "DHE-RSA-AES128-GCM-SHA256" },
	    ALERT_FAILURE, "", 0, "" },
	{ "a client of RSA only",
	    { .name = "example.org",
		.signatures = "RSA-PSS+SHA256:RSA+SHA256" },
	    ALERT_NONE, "org by RSA", 0, "TLSv1.3" },
	{ "a client of RSA only, TLS 1.2",
	    { .name = "example.org",
		.version = TLS1_2_VERSION,
		.signatures = "RSA+SHA256" },
	    ALERT_NONE, "org by RSA", 0, "TLSv1.2" },
	{ "RSA by its ciphers, TLS 1.2",
	    { .name = "example.org",
		.version = TLS1_2_VERSION,
		.ciphers = "ECDHE-RSA-AES128-GCM-SHA256" },
	    ALERT_NONE, "org by RSA", 0, "TLSv1.2" },
	{ "a client of ECDSA only",
	    { .name = "example.org", .signatures = "ECDSA+SHA256" }, ALERT_NONE,
	    "org by ECDSA", 0, "TLSv1.3" },
	{ "RSA only, where there is none",
	    { .name = "a.example.net",
		.signatures = "RSA-PSS+SHA256:RSA+SHA256" },
	    ALERT_FAILURE, "", 0, "" },
	{ "SHA-1 only",
	    { .name = "example.org",
		.version = TLS1_2_VERSION,
		.signatures = "ECDSA+SHA1:RSA+SHA1" },
	    ALERT_FAILURE, "", 0, "" },
	{ "P-256 only", { .name = "example.org", .groups = "P-256" },
	    ALERT_NONE, "org by ECDSA", 0, "TLSv1.3" },
	{ "P-521 only", { .name = "example.org", .groups = "P-521" },
	    ALERT_FAILURE, "", 0, "" },
	{ "http/1.1",
	    { .name = "example.org", .protocols = "\x02h2\x08http/1.1" },
	    ALERT_NONE, "org by ECDSA", 0, "TLSv1.3" },
	{ "h2 only", { .name = "example.org", .protocols = "\x02h2" },
	    ALERT_PROTOCOL, "", 0, "" },
	{ "h2 only, TLS 1.2",
	    { .name = "a.example.net",
		.protocols = "\x02h2",
		.version = TLS1_2_VERSION },
	    ALERT_PROTOCOL, "", 0, "" },
};

static void
test_cases(void **state)
{
	struct talk	     t;
	struct tls	    *tls = new_tls(0, 1);
	const unsigned char *protocol;
	unsigned int	     len;
	size_t		     i;
	int		     ok;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		meet(&t, tls, &cases[i].ask, NULL);
		ok = shake(&t);
		if (ok != (cases[i].alert == ALERT_NONE) ||
		    t.alert != cases[i].alert ||
		    strcmp(shown(&t), cases[i].shown) != 0)
			fail_msg("%s: alert %d, \"%s\"", cases[i].what, t.alert,
			    shown(&t));
		assert_int_equal(tls_unknown_name(t.server),
		    cases[i].alert == ALERT_NAME);
		if (ok) {
			assert_ptr_equal(tls_site(t.server),
			    &sites[cases[i].site]);
			assert_string_equal(tls_version(t.server), cases[i].is);
			assert_false(tls_resumed(t.server));
			SSL_get0_alpn_selected(t.client, &protocol, &len);
			assert_int_equal(len,
			    cases[i].ask.protocols != NULL ? 8 : 0);
		}
		part(&t);
	}
	tls_free(tls);
}

/* What names none goes to the default site, if there is one. */
static void
test_default(void **state)
{
	static const struct ask asks[] = {
		{ .name = NULL },
		{ .name = "www.example.com" },
		{ .name = "192.0.2.1" },
		{ .name = "a b" },
	};
	struct talk t;
	struct tls *tls = new_tls(0, 1);
	size_t	    i;

	(void)state;
	sites[1].is_default = 1;
	/* So that the first context is another one than at the start. */
	assert_int_equal(load(tls, 2, 2), 0);
	for (i = 0; i < nitems(asks); i++) {
		meet(&t, tls, &asks[i], NULL);
		assert_true(shake(&t));
		assert_string_equal(shown(&t), "net");
		assert_ptr_equal(tls_site(t.server), &sites[1]);
		part(&t);
	}
	meet(&t, tls, &(struct ask){ .name = "www.example.org" }, NULL);
	assert_true(shake(&t));
	assert_string_equal(shown(&t), "org by ECDSA");
	part(&t);
	/* A plain site is no stranger, and has no TLS all the same. */
	meet(&t, tls, &(struct ask){ .name = "plain.example.com" }, NULL);
	assert_false(shake(&t));
	assert_int_equal(t.alert, ALERT_NAME);
	part(&t);
	sites[1].is_default = 0;
	tls_free(tls);
}

/* Of TLS 1.2, OpenSSL does not call back for a ticket that was renewed. */
static SSL_SESSION *
renewed(const struct talk *t, const SSL_SESSION *was)
{
	SSL_SESSION	    *is = SSL_get1_session(t->client);
	const unsigned char *a = NULL, *b = NULL;
	size_t		     n = 0, m = 0;

	if (was != NULL)
		SSL_SESSION_get0_ticket(was, &a, &n);
	SSL_SESSION_get0_ticket(is, &b, &m);
	if (m != 0 && (n != m || memcmp(a, b, n) != 0))
		return is;
	SSL_SESSION_free(is);
	return NULL;
}

/* 1 if that ticket spares the handshake; *next: the new ticket, or NULL. */
static int
resume(struct tls *tls, const struct ask *ask, SSL_SESSION *ticket,
    SSL_SESSION **next)
{
	struct talk t;
	int	    resumed;

	meet(&t, tls, ask, ticket);
	assert_true(shake(&t));
	resumed = tls_resumed(t.server);
	assert_int_equal(resumed, SSL_session_reused(t.client));
	*next = t.session;
	t.session = NULL;
	if (*next == NULL && ask->version == TLS1_2_VERSION)
		*next = renewed(&t, ticket);
	part(&t);
	return resumed;
}

static const struct ask by_version[] = {
	{ .name = "www.example.org", .version = TLS1_2_VERSION },
	{ .name = "www.example.org", .version = TLS1_3_VERSION },
};

static void
test_resume(void **state)
{
	struct tls  *a = new_tls(0, 1), *b = new_tls(0, 2);
	SSL_SESSION *one, *two, *three;
	size_t	     i;

	(void)state;
	for (i = 0; i < nitems(by_version); i++) {
		assert_false(resume(a, &by_version[i], NULL, &one));
		assert_non_null(one);
		assert_true(resume(b, &by_version[i], one, &two));
		if (by_version[i].version == TLS1_3_VERSION) {
			/* It was used once; there is another one. */
			assert_non_null(two);
			assert_true(resume(a, &by_version[i], two, &three));
			assert_non_null(three);
			SSL_SESSION_free(three);
		} else
			assert_null(two);
		SSL_SESSION_free(one);
		SSL_SESSION_free(two);
	}
	tls_free(a);
	tls_free(b);
}

static void
test_rotated(void **state)
{
	struct tls *was = new_tls(1, 1), *is = new_tls(0, 2),
		   *last = new_tls(0, 1);
	SSL_SESSION *one, *two, *three;
	size_t	     i;

	(void)state;
	for (i = 0; i < nitems(by_version); i++) {
		assert_false(resume(was, &by_version[i], NULL, &one));
		/* Opened by the old key, and renewed by the present one. */
		assert_true(resume(is, &by_version[i], one, &two));
		assert_non_null(two);
		assert_true(resume(last, &by_version[i], two, &three));
		SSL_SESSION_free(three);
		SSL_SESSION_free(two);
		SSL_SESSION_free(one);
		/* A key that is gone. */
		assert_false(resume(was, &by_version[i], NULL, &one));
		assert_false(resume(last, &by_version[i], one, &two));
		assert_non_null(two);
		SSL_SESSION_free(one);
		SSL_SESSION_free(two);
	}
	tls_free(was);
	tls_free(is);
	tls_free(last);
}

/* Keys come and go while tls lives; without any there are no tickets. */
static void
test_keys_change(void **state)
{
	struct tls  *tls = new_tls(0, 0);
	SSL_SESSION *one, *two;
	size_t	     i;

	(void)state;
	for (i = 0; i < nitems(by_version); i++) {
		tls_tickets(tls, NULL, 0);
		assert_false(resume(tls, &by_version[i], NULL, &one));
		assert_null(one);
		tls_tickets(tls,
		    (const unsigned char(*)[TLS_TICKET_KEY_LEN])ticket_keys, 1);
		assert_false(resume(tls, &by_version[i], NULL, &one));
		assert_non_null(one);
		tls_tickets(tls,
		    (const unsigned char(*)[TLS_TICKET_KEY_LEN])ticket_keys[1],
		    2);
		assert_false(resume(tls, &by_version[i], one, &two));
		SSL_SESSION_free(one);
		SSL_SESSION_free(two);
	}
	tls_free(tls);
}

static void
test_other_site(void **state)
{
	struct tls  *tls = new_tls(0, 1);
	struct ask   other;
	SSL_SESSION *one, *two;
	size_t	     i, from;

	(void)state;
	for (i = 0; i < 2 * nitems(by_version); i++) {
		from = i % 2;
		other = by_version[i / 2];
		other.name = from == 0 ? "www.example.org" : "a.example.net";
		assert_false(resume(tls, &other, NULL, &one));
		other.name = from == 1 ? "www.example.org" : "a.example.net";
		assert_false(resume(tls, &other, one, &two));
		SSL_SESSION_free(one);
		SSL_SESSION_free(two);
	}
	/* Another name of the same site may. */
	other.name = "www.example.org";
	assert_false(resume(tls, &other, NULL, &one));
	other.name = "example.org";
	assert_true(resume(tls, &other, one, &two));
	SSL_SESSION_free(one);
	SSL_SESSION_free(two);
	tls_free(tls);
}

static void
test_renegotiation(void **state)
{
	static const struct ask ask = { .name = "www.example.org",
		.version = TLS1_2_VERSION };
	struct talk		t;
	struct tls	       *tls = new_tls(0, 1);
	char			c;

	(void)state;
	meet(&t, tls, &ask, NULL);
	assert_true(shake(&t));
	assert_int_equal(SSL_renegotiate(t.client), 1);
	assert_int_not_equal(SSL_do_handshake(t.client), 1);
	assert_int_not_equal(SSL_read(t.server, &c, 1), 1);
	assert_true(SSL_is_init_finished(t.server));
	ERR_clear_error();
	assert_int_not_equal(SSL_do_handshake(t.client), 1);
	assert_int_equal(ERR_GET_REASON(ERR_peek_error()),
	    SSL_R_NO_RENEGOTIATION);
	part(&t);
	tls_free(tls);
}

static void
test_replaced(void **state)
{
	static const struct ask ask = { .name = "www.example.org" };
	struct talk		old, middle, new;
	struct tls	       *tls = new_tls(0, 1);

	(void)state;
	meet(&old, tls, &ask, NULL);
	assert_true(shake(&old));
	meet(&middle, tls, &ask, NULL); /* has not said hello yet */
	assert_int_equal(load(tls, 0, NEW_CERTIFICATE), 0);
	meet(&new, tls, &ask, NULL);
	assert_true(shake(&new));
	assert_string_equal(shown(&new), "org renewed");
	assert_true(shake(&middle));
	assert_string_equal(shown(&middle), "org renewed");
	assert_string_equal(shown(&old), "org by ECDSA");
	assert_true(pass(old.client, old.server));
	assert_true(pass(old.server, old.client));
	assert_ptr_equal(tls_site(old.server), &sites[0]);
	part(&old);
	part(&middle);
	part(&new);
	/* What cannot be used changes nothing. */
	assert_int_equal(tls_pair(tls, 0, "x", 1, "y", 1), -1);
	assert_int_equal(tls_pair(tls, 0, made[0].chain, strlen(made[0].chain),
			     made[1].key, strlen(made[1].key)),
	    -1);
	assert_int_equal(load(tls, nitems(pair_paths), 0), -1);
	meet(&new, tls, &ask, NULL);
	assert_true(shake(&new));
	assert_string_equal(shown(&new), "org renewed");
	part(&new);
	tls_free(tls);
}

/* A pair whose key is of another kind from now on leaves nothing behind. */
static void
test_kind_changes(void **state)
{
	static const struct ask ask = { .name = "a.example.net" };
	struct talk		t;
	struct tls	       *tls = new_tls(0, 1);

	(void)state;
	assert_int_equal(load(tls, 2, 1), 0);
	meet(&t, tls, &ask, NULL);
	assert_true(shake(&t));
	assert_string_equal(shown(&t), "org by RSA");
	part(&t);
	tls_free(tls);
}

static void
test_nothing_there(void **state)
{
	struct talk t;
	struct tls *tls = tls_new(&conf);

	(void)state;
	meet(&t, tls, &(struct ask){ .name = "example.org" }, NULL);
	assert_false(shake(&t));
	assert_int_equal(t.alert, ALERT_FAILURE);
	assert_false(tls_unknown_name(t.server));
	part(&t);
	tls_free(tls);
}

#define BYTES(s) (const unsigned char *)(s), sizeof(s) - 1

static const struct {
	const char	    *what;
	const unsigned char *at;
	size_t		     len;
	int		     want;
	const char	    *name;
} hellos[] = {
	{ "a name",
	    BYTES("\0\x06\0\0\x03"
		  "a.b"),
	    0, "a.b" },
	{ "nothing", BYTES(""), -1, "" },
	{ "an empty list", BYTES("\0\0"), -1, "" },
	{ "an empty name", BYTES("\0\x03\0\0\0"), -1, "" },
	{ "the list is longer",
	    BYTES("\0\x07\0\0\x03"
		  "a.b"),
	    -1, "" },
	{ "the list is shorter",
	    BYTES("\0\x05\0\0\x03"
		  "a.b"),
	    -1, "" },
	{ "the name is longer",
	    BYTES("\0\x06\0\0\x04"
		  "a.b"),
	    -1, "" },
	{ "a second name",
	    BYTES("\0\x0a\0\0\x03"
		  "a.b\0\0\x01"
		  "c"),
	    -1, "" },
	{ "another type",
	    BYTES("\0\x06\x01\0\x03"
		  "a.b"),
	    -1, "" },
	{ "a NUL inside",
	    BYTES("\0\x06\0\0\x03"
		  "a\0b"),
	    0, "" },
	{ "a final dot",
	    BYTES("\0\x06\0\0\x03"
		  "ab."),
	    0, "" },
	{ "a wildcard",
	    BYTES("\0\x06\0\0\x03"
		  "*.b"),
	    0, "" },
	{ "IPv4",
	    BYTES("\0\x0a\0\0\x07"
		  "1.2.3.4"),
	    0, "" },
	{ "a number",
	    BYTES("\0\x04\0\0\x01"
		  "1"),
	    0, "" },
	{ "IPv6",
	    BYTES("\0\x06\0\0\x03"
		  "::1"),
	    0, "" },
	{ "a digit inside the last label",
	    BYTES("\0\x06\0\0\x03"
		  "a1b"),
	    0, "a1b" },
	{ "a digit behind a letter",
	    BYTES("\0\x06\0\0\x03"
		  "a.1"),
	    0, "" },
	{ "a label that ends in a digit",
	    BYTES("\0\x07\0\0\x04"
		  "a.b1"),
	    0, "a.b1" },
};

static void
test_hello(void **state)
{
	struct slice name;
	size_t	     i;

	(void)state;
	for (i = 0; i < nitems(hellos); i++) {
		if (tls_hello_name(hellos[i].at, hellos[i].len, &name) !=
			hellos[i].want ||
		    !slice_equal(name, slice_of(hellos[i].name)))
			fail_msg("%s", hellos[i].what);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hello),
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_default),
		cmocka_unit_test(test_resume),
		cmocka_unit_test(test_rotated),
		cmocka_unit_test(test_keys_change),
		cmocka_unit_test(test_other_site),
		cmocka_unit_test(test_renegotiation),
		cmocka_unit_test(test_replaced),
		cmocka_unit_test(test_kind_changes),
		cmocka_unit_test(test_nothing_there),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
