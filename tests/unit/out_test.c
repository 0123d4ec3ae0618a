/* SPDX-License-Identifier: ISC */
/*
 * Slices, and what is put together of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "out.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *what;
	const char *a;
	const char *b;	   /* lower case */
	int	    is;	   /* whatever the case of a */
	int	    equal; /* byte by byte */
} pairs[] = {
	{ "the same", "close", "close", 1, 1 },
	{ "capitals", "CLOSE", "close", 1, 0 },
	{ "one capital", "Close", "close", 1, 0 },
	{ "a letter less", "clos", "close", 0, 0 },
	{ "a letter more", "closed", "close", 0, 0 },
	{ "another letter", "clone", "close", 0, 0 },
	{ "nothing", "", "close", 0, 0 },
	{ "nothing is wanted", "close", "", 0, 0 },
	{ "nothing and nothing", "", "", 1, 1 },
	{ "signs that are a bit apart", "[", "{", 0, 0 },
	{ "an at and a backtick", "@", "`", 0, 0 },
	{ "bytes beyond ASCII", "\xc4", "\xe4", 0, 0 },
};

static void
test_slices(void **state)
{
	struct slice a, b;
	size_t	     i;

	(void)state;
	for (i = 0; i < nitems(pairs); i++) {
		a = slice_of(pairs[i].a);
		b = slice_of(pairs[i].b);
		if (slice_is(a, pairs[i].b) != pairs[i].is ||
		    slice_same(a, b) != pairs[i].is ||
		    slice_same(b, a) != pairs[i].is)
			fail_msg("%s: not %d", pairs[i].what, pairs[i].is);
		if (slice_equal(a, b) != pairs[i].equal)
			fail_msg("%s: not equal", pairs[i].what);
	}
}

/* Nothing has no address, and NUL is a byte like others. */
static void
test_odd_slices(void **state)
{
	struct slice none = { NULL, 0 }, nul = { "a\0b", 3 };

	(void)state;
	assert_true(slice_is(none, ""));
	assert_false(slice_is(none, "a"));
	assert_true(slice_equal(none, slice_of("")));
	assert_true(slice_same(none, none));
	assert_false(slice_is(nul, "a"));
	assert_false(slice_equal(nul, slice_of("a")));
	assert_false(slice_same(nul, slice_of("a")));
}

static const struct {
	const char *what;
	uint64_t    n;
	const char *decimal;
	const char *hex;
} numbers[] = {
	{ "none", 0, "0", "0" },
	{ "one digit", 9, "9", "9" },
	{ "a letter", 10, "10", "a" },
	{ "sixteen", 16, "16", "10" },
	{ "a zero within", 4096, "4096", "1000" },
	{ "32 bits", UINT32_MAX, "4294967295", "ffffffff" },
	{ "the largest length", INT64_MAX, "9223372036854775807",
	    "7fffffffffffffff" },
	{ "64 bits", UINT64_MAX, "18446744073709551615", "ffffffffffffffff" },
};

static void
test_numbers(void **state)
{
	char   buf[32];
	size_t i;

	(void)state;
	for (i = 0; i < nitems(numbers); i++) {
		struct out d = { .buf = buf, .size = sizeof(buf) };
		struct out h = { .buf = buf, .size = sizeof(buf) };

		out_number(&d, numbers[i].n);
		if (d.full || d.len != strlen(numbers[i].decimal) ||
		    memcmp(buf, numbers[i].decimal, d.len) != 0)
			fail_msg("%s: %.*s", numbers[i].what, (int)d.len, buf);
		out_hex(&h, numbers[i].n);
		if (h.full || h.len != strlen(numbers[i].hex) ||
		    memcmp(buf, numbers[i].hex, h.len) != 0)
			fail_msg("%s: %.*s", numbers[i].what, (int)h.len, buf);
	}
}

static const struct {
	const char *what;
	size_t	    size;
	const char *want;
	int	    full;
} sizes[] = {
	{ "room for all", 11, "GET /a 4096", 0 },
	{ "room to spare", 12, "GET /a 4096", 0 },
	{ "a byte too little leaves the number out", 10, "GET /a ", 1 },
	{ "no room for a space", 6, "GET /a", 1 },
	{ "what does not fit is left out whole", 5, "GET ", 1 },
	{ "and so is what would fit behind it", 4, "GET ", 1 },
	{ "no room for anything", 3, "", 1 },
	{ "no room", 0, "", 1 },
};

static void
test_sizes(void **state)
{
	char   buf[16];
	size_t i;

	(void)state;
	for (i = 0; i < nitems(sizes); i++) {
		struct out o = { .buf = buf, .size = sizes[i].size };

		memset(buf, '!', sizeof(buf));
		out_text(&o, "GET ");
		out_slice(&o, slice_of("/a"));
		out_bytes(&o, " ", 1);
		out_slice(&o, (struct slice){ NULL, 0 });
		out_number(&o, 4096);
		if (o.full != sizes[i].full || o.len != strlen(sizes[i].want) ||
		    memcmp(buf, sizes[i].want, o.len) != 0 || buf[o.len] != '!')
			fail_msg("%s: %.*s", sizes[i].what, (int)o.len, buf);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slices),
		cmocka_unit_test(test_odd_slices),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
