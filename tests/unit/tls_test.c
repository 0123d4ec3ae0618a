/* SPDX-License-Identifier: ISC */
/*
 * Who gets which certificate, and who none.
 */
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
#include "tls.h"
#include "tls_talk.h"

#define ALERT_NONE     0
#define ALERT_FAILURE  SSL_AD_HANDSHAKE_FAILURE
#define ALERT_VERSION  SSL_AD_PROTOCOL_VERSION
#define ALERT_NAME     SSL_AD_UNRECOGNIZED_NAME
#define ALERT_PROTOCOL SSL_AD_NO_APPLICATION_PROTOCOL

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_default),
		cmocka_unit_test(test_renegotiation),
		cmocka_unit_test(test_replaced),
		cmocka_unit_test(test_kind_changes),
		cmocka_unit_test(test_nothing_there),
	};

	return cmocka_run_group_tests(tests, tls_talk_set_up,
	    tls_talk_tear_down);
}
