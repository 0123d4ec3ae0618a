/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "token.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *what;
	const char *token;
	int	    want;
} cases[] = {
	{ "a token", "K7Q2M9XWTB", 1 },
	{ "the first and last of the alphabet", "AAAAA99999", 1 },
	{ "nothing", "", 0 },
	{ "one too short", "K7Q2M9XWT", 0 },
	{ "one too long", "K7Q2M9XWTBA", 0 },
	{ "lower case", "k7q2m9xwtb", 0 },
	{ "a zero", "K7Q2M9XWT0", 0 },
	{ "an O", "K7Q2M9XWTO", 0 },
	{ "a one", "K7Q2M9XWT1", 0 },
	{ "an I", "K7Q2M9XWTI", 0 },
	{ "a space", "K7Q2M9XWT ", 0 },
	{ "an address", "192.0.2.25", 0 },
};

static void
test_valid(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < nitems(cases); i++)
		if (token_valid(cases[i].token) != cases[i].want)
			fail_msg("%s: %s", cases[i].what, cases[i].token);
}

/* Each letter comes up, and no two are the same. */
static void
test_make(void **state)
{
	char   tokens[1000][TOKEN_LEN];
	int    seen[256] = { 0 };
	size_t i, k, letters = 0;

	(void)state;
	for (i = 0; i < nitems(tokens); i++) {
		token_make(tokens[i]);
		assert_true(token_valid(tokens[i]));
		for (k = 0; k < i; k++)
			assert_string_not_equal(tokens[i], tokens[k]);
		for (k = 0; k < TOKEN_LEN - 1; k++)
			letters += seen[(unsigned char)tokens[i][k]]++ == 0;
	}
	assert_int_equal(letters, 32);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_make),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
