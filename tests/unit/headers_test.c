/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "headers.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define ID    "mail.example.org"
#define AR    "Authentication-Results"
#define OURS  "mail.example.org; none"
#define OTHER "mail.example.net; none"

/* The fields of a message, and the ordinals to remove, from the last. */
static const struct {
	const char *what;
	struct {
		const char *name;
		const char *value;
	} fields[8];
	unsigned int want[8];
} cases[] = {
	{ "no fields at all", { { NULL, NULL } }, { 0 } },
	{ "none of the name", { { "From", "a@example.net" } }, { 0 } },
	{ "one that is another's", { { AR, OTHER } }, { 0 } },
	{ "one that is ours", { { AR, OURS } }, { 1 } },
	{ "two of ours, the last goes first", { { AR, OURS }, { AR, OURS } },
	    { 2, 1 } },
	{ "another's between them counts",
	    { { AR, OURS }, { AR, OTHER }, { AR, OURS } }, { 3, 1 } },
	{ "fields of other names do not count",
	    { { "From", OURS }, { AR, OTHER }, { "Subject", OURS },
		{ AR, OURS } },
	    { 2 } },
	{ "the name in any case counts",
	    { { "AUTHENTICATION-RESULTS", OTHER },
		{ "authentication-results", OURS } },
	    { 2 } },
	{ "a space behind the name counts",
	    { { "Authentication-Results ", OTHER }, { AR, OURS } }, { 2 } },
	{ "a similar name does not",
	    { { "X-Authentication-Results", OURS }, { AR, OURS } }, { 1 } },
};

static void
test_cases(void **state)
{
	struct headers h = { 0 };
	unsigned int   got;
	size_t	       i, k;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		for (k = 0; k < 8 && cases[i].fields[k].name != NULL; k++)
			headers_add(&h, cases[i].fields[k].name,
			    cases[i].fields[k].value, ID);
		assert_false(h.overflow);
		for (k = 0; k < 8; k++) {
			got = headers_take(&h);
			if (got != cases[i].want[k])
				fail_msg("%s: %u", cases[i].what, got);
			if (got == 0)
				break;
		}
		headers_clear(&h);
	}
}

static void
test_most(void **state)
{
	struct headers h = { 0 };
	unsigned int   i;

	(void)state;
	for (i = 0; i < HEADERS_MAX; i++) {
		headers_add(&h, AR, OTHER, ID);
		headers_add(&h, AR, OURS, ID);
	}
	assert_false(h.overflow);
	headers_add(&h, AR, OTHER, ID);
	assert_false(h.overflow);
	headers_add(&h, AR, OURS, ID);
	assert_true(h.overflow);
	for (i = HEADERS_MAX; i > 0; i--)
		assert_int_equal(headers_take(&h), 2 * i);
	assert_int_equal(headers_take(&h), 0);
	headers_clear(&h);
	assert_false(h.overflow);
	headers_add(&h, AR, OURS, ID);
	assert_int_equal(headers_take(&h), 1);
	headers_clear(&h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_most),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
