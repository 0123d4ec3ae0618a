/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "nearest.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define LONG                                                           \
	"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" \
	"xxxx" /* 64 bytes */

static const struct {
	const char  *what;
	const char  *a;
	const char  *b;
	unsigned int want;
} distances[] = {
	{ "the same word", "reject", "reject", 0 },
	{ "two empty words", "", "", 0 },
	{ "an empty word", "", "tag", 3 },
	{ "one letter more", "rejects", "reject", 1 },
	{ "one letter less", "rejct", "reject", 1 },
	{ "another letter", "rejept", "reject", 1 },
	{ "two neighbours swapped", "timeuot", "timeout", 1 },
	{ "swapped at the start", "atg", "tag", 1 },
	{ "swapped over a gap is two", "gat", "tag", 2 },
	{ "nothing in common", "abc", "xyz", 3 },
	{ "a hyphen", "authservid", "authserv-id", 1 },
	{ "the longest words", LONG, LONG, 0 },
	{ "beyond them all is far", LONG "x", LONG "x", 1000 },
};

static void
test_distance(void **state)
{
	unsigned int got;
	size_t	     i;

	(void)state;
	for (i = 0; i < nitems(distances); i++) {
		got = nearest_distance(distances[i].a, distances[i].b);
		if (got != distances[i].want)
			fail_msg("%s: got %u", distances[i].what, got);
		got = nearest_distance(distances[i].b, distances[i].a);
		if (got != distances[i].want)
			fail_msg("%s, turned round: got %u", distances[i].what,
			    got);
	}
}

static const char *const words[] = { "user", "state", "log to", "on", "timeout",
	"authserv-id", "inquiries", "inquiries per network", "pass from" };

static const struct {
	const char *what;
	const char *word;
	const char *want; /* NULL: nothing is near */
} nearests[] = {
	{ "one letter is wrong in a short word", "usr", "user" },
	{ "two are too many in a short word", "us", NULL },
	{ "a long word may have more", "autservid", "authserv-id" },
	{ "the case does not matter", "TIMEOUT", "timeout" },
	{ "words of two letters are never guessed", "in", NULL },
	{ "nor is what has nothing to do with them", "imapgate", NULL },
	{ "the nearer one wins", "inquirys", "inquiries" },
	{ "a missing space", "passfrom", "pass from" },
	{ "the empty word", "", NULL },
};

static void
test_nearest(void **state)
{
	struct nearest near;
	size_t	       i, j;

	(void)state;
	for (i = 0; i < nitems(nearests); i++) {
		nearest_init(&near, nearests[i].word);
		for (j = 0; j < nitems(words); j++)
			nearest_offer(&near, words[j], words[j]);
		if (nearests[i].want == NULL ? near.best != NULL :
					       near.best == NULL ||
			    strcmp(near.best, nearests[i].want) != 0)
			fail_msg("%s: got %s", nearests[i].what,
			    near.best == NULL ? "nothing" : near.best);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_distance),
		cmocka_unit_test(test_nearest),
	};

	return cmocka_run_group_tests_name("nearest", tests, NULL, NULL);
}
