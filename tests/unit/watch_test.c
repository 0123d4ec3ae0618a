/* SPDX-License-Identifier: ISC */
/*
 * What becomes of the files, and what is said.
 */
#include <sys/stat.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "clock.h"
#include "edge_conf.h"
#include "watch.h"
#include "watch_stage.h"

static void
test_start(void **state)
{
	(void)state;
	put_pair("x", FIRST);
	begin();
	heard("info: x.pem: ECDSA P-256 by issuer, 90 days left\n");
	has(&workers[0], 1, FIRST);
	assert_int_equal(workers[0].number, 0);
	assert_non_null(watch_info(watch, 0));
	assert_string_equal(watch_problem(watch, 0), "");
	assert_null(watch_info(watch, 1));
	/* Nothing changes; nothing but the time of the file does. */
	watch_look(watch);
	put_pair("x", FIRST);
	watch_look(watch);
	silent();
	has(&workers[0], 1, FIRST);
}

static void
test_renewed(void **state)
{
	(void)state;
	put_pair("x", FIRST);
	begin();
	said[0] = '\0';
	put_pair("x", SECOND);
	watch_look(watch);
	heard("info: x.pem: ECDSA P-256 by issuer, 90 days left\n");
	has(&workers[0], 2, SECOND);
}

/* Between the two files of a renewal. */
static void
test_in_between(void **state)
{
	(void)state;
	put_pair("x", FIRST);
	begin();
	said[0] = '\0';
	put("x.pem", chains[SECOND]);
	watch_look(watch);
	silent();
	has(&workers[0], 1, FIRST);
	put("x.key", keys[SECOND]);
	watch_look(watch);
	heard("info: x.pem: ECDSA P-256 by issuer, 90 days left\n");
	has(&workers[0], 2, SECOND);
	/* Half a file. */
	put("x.pem", "-----BEGIN CERTIFICATE-----\nMII");
	watch_look(watch);
	silent();
	put_pair("x", FIRST);
	watch_look(watch);
	has(&workers[0], 3, FIRST);
}

static const struct {
	const char *what;
	const char *chain, *key; /* what is put there; NULL: left */
	const char *said;
} bad[] = {
	{ "another key", NULL, "SECOND",
	    "warn: x.pem: the key does not belong to the certificate; the "
	    "last good one stays in use\n" },
	{ "an expired one", "PAST", "PAST", NULL },
	{ "garbage", "hello", NULL,
	    "warn: x.pem: the chain's file has no certificate; the last good "
	    "one stays in use\n" },
	{ "an empty key", NULL, "",
	    "warn: x.pem: the key's file is empty; the last good one stays "
	    "in use\n" },
};

static const char *
text_of(const char *s, char *const texts[MADE])
{
	if (strcmp(s, "SECOND") == 0)
		return texts[SECOND];
	return strcmp(s, "PAST") == 0 ? texts[PAST] : s;
}

static void
test_bad(void **state)
{
	size_t i;

	(void)state;
	put_pair("x", FIRST);
	begin();
	for (i = 0; i < nitems(bad); i++) {
		said[0] = '\0';
		if (bad[i].chain != NULL)
			put("x.pem", text_of(bad[i].chain, chains));
		if (bad[i].key != NULL)
			put("x.key", text_of(bad[i].key, keys));
		watch_look(watch);
		silent();
		watch_look(watch);
		if (bad[i].said != NULL)
			heard(bad[i].said);
		else
			assert_non_null(strstr(said, ": expired on "));
		said[0] = '\0';
		assert_string_not_equal(watch_problem(watch, 0), "");
		assert_int_equal(watch_info(watch, 0)->state, CERT_GOOD);
		/* Once. */
		watch_look(watch);
		watch_look(watch);
		silent();
		put_pair("x", FIRST);
		watch_look(watch);
		heard("info: x.pem: the files are good again\n");
		assert_string_equal(watch_problem(watch, 0), "");
		has(&workers[0], 1, FIRST);
	}
}

static void
test_gone(void **state)
{
	(void)state;
	put_pair("x", FIRST);
	begin();
	said[0] = '\0';
	unlink(path("x.key"));
	watch_look(watch);
	watch_look(watch);
	watch_look(watch);
	heard("warn: x.pem: the key's file: No such file or directory; the "
	      "last good one stays in use\n");
	/* Whoever comes later gets it all the same. */
	watch_send(watch, &workers[0]);
	has(&workers[0], 2, FIRST);
	/* What would hold us up, and what can be no key. */
	assert_int_equal(mkfifo(path("x.key"), 0600), 0);
	watch_look(watch);
	watch_look(watch);
	heard("warn: x.pem: the key's file: is no regular file; the last "
	      "good one stays in use\n");
	unlink(path("x.key"));
	put("x.key", keys[FIRST]);
	watch_look(watch);
	heard("info: x.pem: the files are good again\n");
}

static void
test_nothing_at_start(void **state)
{
	(void)state;
	begin();
	heard("warn: x.pem: the chain's file: No such file or directory; its "
	      "sites have no TLS by it\n");
	assert_int_equal(workers[0].pairs, 0);
	assert_null(watch_info(watch, 0));
	watch_look(watch);
	silent();
	put_pair("x", FIRST);
	watch_look(watch);
	heard("info: x.pem: ECDSA P-256 by issuer, 90 days left\n");
	has(&workers[0], 1, FIRST);
}

static void
test_expired_at_start(void **state)
{
	(void)state;
	put_pair("x", PAST);
	begin();
	assert_non_null(strstr(said, "warn: "));
	assert_non_null(strstr(said, "; it is used, for there is no better"));
	has(&workers[0], 1, PAST);
	assert_int_equal(watch_info(watch, 0)->state, CERT_EXPIRED);
	said[0] = '\0';
	watch_look(watch);
	silent();
	clock_move(DAY * 1000);
	watch_look(watch);
	heard("warn: x.pem has expired, 4 days ago\n");
	clock_move(-DAY * 1000);
	put_pair("x", FIRST);
	watch_look(watch);
	heard("info: x.pem: ECDSA P-256 by issuer, 90 days left\n");
	has(&workers[0], 2, FIRST);
}

/* It waits on disk until its day comes. */
static void
test_future(void **state)
{
	(void)state;
	put_pair("x", FIRST);
	begin();
	put_pair("x", FUTURE);
	watch_look(watch);
	watch_look(watch);
	assert_non_null(strstr(said, ": not valid before "));
	has(&workers[0], 1, FIRST);
	said[0] = '\0';
	watch_look(watch);
	silent();
	clock_move((DAY + 60) * 1000);
	watch_look(watch);
	clock_move(-(DAY + 60) * 1000);
	heard("info: x.pem: ECDSA P-256 by issuer, 89 days left\n");
	has(&workers[0], 2, FUTURE);
}

static void
test_few_days(void **state)
{
	(void)state;
	put_pair("x", SHORT);
	begin();
	heard("info: x.pem: ECDSA P-256 by issuer, 10 days left\n"
	      "warn: x.pem expires in 10 days\n");
	watch_look(watch);
	clock_move(DAY / 2 * 1000);
	watch_look(watch);
	silent();
	clock_move(DAY / 2 * 1000);
	watch_look(watch);
	watch_look(watch);
	clock_move(-DAY * 1000);
	heard("warn: x.pem expires in 9 days\n");
}

/* As certbot has it: a link that leads to another file. */
static void
test_link(void **state)
{
	(void)state;
	put_pair("1", FIRST);
	put_pair("2", SECOND);
	assert_int_equal(symlink("1.pem", path("x.pem")), 0);
	assert_int_equal(symlink("1.key", path("x.key")), 0);
	begin();
	has(&workers[0], 1, FIRST);
	assert_int_equal(symlink("2.pem", path("new.pem")), 0);
	assert_int_equal(symlink("2.key", path("new.key")), 0);
	assert_int_equal(rename(path("new.pem"), path("x.pem")), 0);
	assert_int_equal(rename(path("new.key"), path("x.key")), 0);
	watch_look(watch);
	has(&workers[0], 2, SECOND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_start),
		TEST(test_renewed),
		TEST(test_in_between),
		TEST(test_bad),
		TEST(test_gone),
		TEST(test_nothing_at_start),
		TEST(test_expired_at_start),
		TEST(test_future),
		TEST(test_few_days),
		TEST(test_link),
	};

	return cmocka_run_group_tests(tests, make_all, free_all);
}
