/* SPDX-License-Identifier: ISC */
/*
 * The zones of DNS lists stay out of the log, whoever writes to it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "log.h"
#include "resolver.h"
#include "resolver_log.h"

#define ZONE "q8w3n5z1k7c4.zen.example.net"

static char last[LOG_TEXT_MAX];

static void
take(enum log_level level, const char *text)
{
	(void)level;
	strlcpy(last, text, sizeof(last));
}

/* Is it said, by us or by libunbound? */
static int
is_said(const char *name)
{
	int said;

	last[0] = '\0';
	resolver_log_debug("bogus", name);
	said = strstr(last, name) != NULL;
	last[0] = '\0';
	fprintf(resolver_log(), "[1] libunbound[1:0] error: about %s\n", name);
	assert_int_equal(strstr(last, name) != NULL, said);
	return said;
}

static void
test_hidden(void **state)
{
	(void)state;
	assert_true(is_said("9.2.0.192." ZONE "."));
	resolver_hide(ZONE);
	assert_false(is_said("9.2.0.192." ZONE "."));
	assert_false(is_said("9.2.0.192.Q8W3n5z1K7C4.ZEN.example.NET."));
	assert_false(is_said("q8w3n5z1k7c4"));
	assert_true(is_said("9.2.0.192.in-addr.arpa."));
}

/* The key of another list is changed at each of many reloads. */
static void
test_reloads(void **state)
{
	char zone[64], was[64] = "";
	int  i;

	(void)state;
	for (i = 0; i < 300; i++) {
		resolver_hide(ZONE);
		snprintf(zone, sizeof(zone), "key%05d.psbl.example.net", i);
		resolver_hide(zone);
		assert_false(is_said(ZONE));
		assert_false(is_said(zone));
		/* The former one is asked by those that are under way. */
		if (was[0] != '\0')
			assert_false(is_said(was));
		strlcpy(was, zone, sizeof(was));
	}
}

static int
tear_down(void **state)
{
	(void)state;
	resolver_log_close();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hidden),
		cmocka_unit_test(test_reloads),
	};

	log_verbose(1);
	log_divert(take);
	return cmocka_run_group_tests(tests, NULL, tear_down);
}
