/* SPDX-License-Identifier: ISC */
/*
 * Several sites, several files in force, another parent.
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

#include "edge_conf.h"
#include "watch.h"
#include "watch_stage.h"

static void
test_warnings(void **state)
{
	const struct conf *c;

	(void)state;
	put_pair("x", FIRST);
	assert_int_equal(chmod(path("x.key"), 0644), 0);
	c = read_conf("x", "x"); /* a.example.org by the same pair */
	assert_int_equal(watch_use(watch, edge_conf(c)), 0);
	assert_int_equal(watch_count(watch), 1);
	heard("warn: x.key: a private key that everybody can read\n"
	      "info: x.pem: ECDSA P-256 by issuer, 90 days left\n"
	      "warn: x.pem does not cover the name a.example.org\n");
	watch_look(watch);
	assert_int_equal(watch_use(watch, edge_conf(c)), 0);
	silent();
}

/* Two files in force at once, in which the pair has two numbers. */
static void
test_reload(void **state)
{
	const struct conf *was, *is;

	(void)state;
	put_pair("x", FIRST);
	put_pair("y", SECOND);
	was = read_conf("y", "x");
	is = read_conf(NULL, "x");
	assert_int_equal(watch_use(watch, edge_conf(was)), 0);
	workers[0].conf = was;
	workers[1].conf = is;
	nworkers = 2;
	watch_send(watch, &workers[0]);
	has(&workers[0], 2, FIRST);
	assert_int_equal(workers[0].number, 1);
	assert_int_equal(watch_use(watch, edge_conf(is)), 0);
	watch_send(watch, &workers[1]);
	has(&workers[1], 1, FIRST);
	put_pair("x", SHORT);
	watch_look(watch);
	has(&workers[0], 3, SHORT);
	assert_int_equal(workers[0].number, 1);
	has(&workers[1], 2, SHORT);
	assert_int_equal(workers[1].number, 0);
	/* The reload fails; what only the former file had is there yet. */
	unlink(path("y.pem"));
	assert_int_equal(watch_use(watch, edge_conf(was)), 0);
	assert_non_null(watch_info(watch, 0));
	watch_send(watch, &workers[0]);
	assert_int_equal(workers[0].pairs, 5);
	/* Left out twice, it is forgotten. */
	assert_int_equal(watch_use(watch, edge_conf(is)), 0);
	assert_int_equal(watch_use(watch, edge_conf(is)), 0);
	assert_int_equal(watch_use(watch, edge_conf(was)), 0);
	assert_null(watch_info(watch, 0));
}

/* The parent is replaced while what is on disk is bad. */
static void
test_upgrade(void **state)
{
	const struct conf *c;
	size_t		   i, len;

	(void)state;
	put_pair("x", FIRST);
	put_pair("y", SECOND);
	c = read_conf("y", "x");
	assert_int_equal(watch_use(watch, edge_conf(c)), 0);
	watch_keep(watch);
	assert_int_equal(nkept, 2);
	watch_free(watch);
	said[0] = '\0';
	unlink(path("y.pem"));
	put("x.key", "hello");
	assert_non_null(watch = watch_new(base, NULL));
	assert_int_equal(watch_use(watch, edge_conf(c)), 0);
	heard("warn: y.pem does not cover the name a.example.org\n"
	      "warn: y.pem: the chain's file: No such file or directory; the "
	      "last good one stays in use\n"
	      "warn: x.pem: the key's file has no private key that can be "
	      "read; the last good one stays in use\n");
	workers[0].conf = c;
	watch_send(watch, &workers[0]);
	has(&workers[0], 2, FIRST);
	/* What another version left may be anything. */
	for (i = 1; i < nkept; i++)
		for (len = kept[i].len; len > 0;
		     len = len > 97 ? len - 97 : 0) {
			kept[i].len = len - 1;
			watch_free(watch);
			assert_non_null(watch = watch_new(base, NULL));
		}
}

/* A chain that needs several messages. */
static void
test_long(void **state)
{
	static char text[20000];

	(void)state;
	while (strlen(text) < 10000)
		strlcat(text, "text before the certificate\n", sizeof(text));
	strlcat(text, chains[FIRST], sizeof(text));
	put("x.pem", text);
	put("x.key", keys[FIRST]);
	begin();
	assert_string_equal(workers[0].chain, text);
	assert_string_equal(workers[0].key, keys[FIRST]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_warnings),
		TEST(test_reload),
		TEST(test_upgrade),
		TEST(test_long),
	};

	return cmocka_run_group_tests(tests, make_all, free_all);
}
