/* SPDX-License-Identifier: ISC */
/*
 * Which tickets spare a handshake, and which do not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <openssl/ssl.h>

#include "tls.h"
#include "tls_talk.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_resume),
		cmocka_unit_test(test_rotated),
		cmocka_unit_test(test_keys_change),
		cmocka_unit_test(test_other_site),
	};

	return cmocka_run_group_tests(tests, tls_talk_set_up,
	    tls_talk_tear_down);
}
