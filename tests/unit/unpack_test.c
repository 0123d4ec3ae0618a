/* SPDX-License-Identifier: ISC */
/*
 * Feeds, packed or not, and what pretends to be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#define ZLIB_CONST
#include <zlib.h>

#include "unpack.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))
#define CAP	  1000

struct got {
	unsigned char text[CAP + 1];
	size_t	      len;
	size_t	      stop; /* 0: never */
};

static int
collect(void *arg, const void *data, size_t len)
{
	struct got *got = arg;

	assert_true(len > 0);
	assert_true(len <= sizeof(got->text) - got->len);
	memcpy(got->text + got->len, data, len);
	got->len += len;
	return got->stop != 0 && got->len >= got->stop;
}

static size_t
pack(unsigned char *out, size_t size, const void *text, size_t len)
{
	z_stream z;
	size_t	 n;

	memset(&z, 0, sizeof(z));
	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8,
			     Z_DEFAULT_STRATEGY),
	    Z_OK);
	z.next_in = text;
	z.avail_in = (uInt)len;
	z.next_out = out;
	z.avail_out = (uInt)size;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	n = size - z.avail_out;
	deflateEnd(&z);
	return n;
}

static const char words[] = "192.0.2.1\n192.0.2.2\n2001:db8::/32\n";

#define MEMBER 1 /* the words, packed */
#define LAST   2 /* a member without its last byte */

static const struct {
	const char	  *what;
	int		   parts[3]; /* MEMBER, LAST */
	const char	  *tail;     /* behind them, or all of it */
	size_t		   ntail, cap;
	enum unpack_result want;
	size_t		   len; /* given out */
} cases[] = {
	{ "nothing", { 0 }, "", 0, CAP, UNPACK_OK, 0 },
	{ "one byte", { 0 }, "x", 1, CAP, UNPACK_OK, 1 },
	{ "plain", { 0 }, words, sizeof(words) - 1, CAP, UNPACK_OK,
	    sizeof(words) - 1 },
	{ "plain, as big as may be", { 0 }, words, sizeof(words) - 1,
	    sizeof(words) - 1, UNPACK_OK, sizeof(words) - 1 },
	{ "plain, one byte too big", { 0 }, words, sizeof(words) - 1,
	    sizeof(words) - 2, UNPACK_TOO_BIG, sizeof(words) - 2 },
	{ "packed", { MEMBER }, "", 0, CAP, UNPACK_OK, sizeof(words) - 1 },
	{ "two members", { MEMBER, MEMBER }, "", 0, CAP, UNPACK_OK,
	    2 * (sizeof(words) - 1) },
	{ "three, as big as may be", { MEMBER, MEMBER, MEMBER }, "", 0,
	    3 * (sizeof(words) - 1), UNPACK_OK, 3 * (sizeof(words) - 1) },
	{ "the third is too big", { MEMBER, MEMBER, MEMBER }, "", 0,
	    3 * (sizeof(words) - 1) - 1, UNPACK_TOO_BIG,
	    3 * (sizeof(words) - 1) - 1 },
	{ "cut", { LAST }, "", 0, CAP, UNPACK_BAD, sizeof(words) - 1 },
	{ "the second is cut", { MEMBER, LAST }, "", 0, CAP, UNPACK_BAD,
	    2 * (sizeof(words) - 1) },
	{ "garbage behind it", { MEMBER }, "garbage", 7, CAP, UNPACK_BAD,
	    sizeof(words) - 1 },
	{ "a newline behind it", { MEMBER }, "\n", 1, CAP, UNPACK_BAD,
	    sizeof(words) - 1 },
	{ "the head alone", { 0 }, "\x1f\x8b", 2, CAP, UNPACK_BAD, 0 },
	{ "half of the head", { 0 }, "\x1f", 1, CAP, UNPACK_OK, 1 },
	{ "not what its head says", { 0 }, "\x1f\x8bxxxxxxxxxxxx", 14, CAP,
	    UNPACK_BAD, 0 },
};

static size_t
make(unsigned char *out, size_t size, size_t i)
{
	size_t n = 0, k;

	for (k = 0; k < nitems(cases[i].parts) && cases[i].parts[k] != 0; k++) {
		n += pack(out + n, size - n, words, sizeof(words) - 1);
		n -= cases[i].parts[k] == LAST;
	}
	memcpy(out + n, cases[i].tail, cases[i].ntail);
	return n + cases[i].ntail;
}

static void
test_cases(void **state)
{
	static struct got  got;
	unsigned char	   in[CAP];
	struct unpack	  *u;
	enum unpack_result r;
	size_t		   i, len, piece, at, n;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		len = make(in, sizeof(in), i);
		for (piece = 1; piece <= len + 1; piece++) {
			memset(&got, 0, sizeof(got));
			u = unpack_new(cases[i].cap, collect, &got);
			assert_non_null(u);
			r = UNPACK_OK;
			for (at = 0; at < len && r == UNPACK_OK; at += n) {
				n = len - at < piece ? len - at : piece;
				r = unpack_put(u, in + at, n);
			}
			assert_true(r == UNPACK_OK || unpack_end(u) == r);
			r = unpack_end(u);
			if (r != cases[i].want || got.len != cases[i].len)
				fail_msg("%s, by %zu: %s, %zu bytes",
				    cases[i].what, piece, unpack_text(r),
				    got.len);
			for (n = 0; n < got.len && len > 1 && got.len > 2; n++)
				assert_int_equal(got.text[n],
				    words[n % (sizeof(words) - 1)]);
			unpack_free(u);
		}
	}
}

static int
add_up(void *arg, const void *data, size_t len)
{
	(void)data;
	*(size_t *)arg += len;
	return 0;
}

/* A megabyte of zeros for each kilobyte; the cap ends it. */
static void
test_bomb(void **state)
{
	static unsigned char zeros[1 << 20], packed[1 << 13];
	struct unpack	    *u;
	size_t		     len, given = 0;
	int		     i;

	(void)state;
	len = pack(packed, sizeof(packed), zeros, sizeof(zeros));
	u = unpack_new(5 << 20, add_up, &given);
	assert_non_null(u);
	for (i = 0; i < 5; i++)
		assert_int_equal(unpack_put(u, packed, len), UNPACK_OK);
	assert_int_equal(unpack_put(u, packed, len), UNPACK_TOO_BIG);
	assert_int_equal(unpack_put(u, packed, len), UNPACK_TOO_BIG);
	assert_int_equal(given, 5 << 20);
	assert_int_equal(unpack_end(u), UNPACK_TOO_BIG);
	unpack_free(u);
}

static void
test_stopped(void **state)
{
	static struct got got = { .stop = 5 };
	unsigned char	  in[CAP];
	struct unpack	 *u;
	size_t		  len;

	(void)state;
	len = pack(in, sizeof(in), words, sizeof(words) - 1);
	u = unpack_new(CAP, collect, &got);
	assert_non_null(u);
	assert_int_equal(unpack_put(u, in, len), UNPACK_STOPPED);
	assert_int_equal(unpack_put(u, in, len), UNPACK_STOPPED);
	assert_int_equal(unpack_end(u), UNPACK_STOPPED);
	unpack_free(u);
	unpack_free(NULL);
}

/* One flipped bit anywhere is no success with other bytes. */
static void
test_flipped(void **state)
{
	static struct got  got;
	unsigned char	   in[CAP];
	struct unpack	  *u;
	enum unpack_result r;
	size_t		   len, bit;

	(void)state;
	len = pack(in, sizeof(in), words, sizeof(words) - 1);
	for (bit = 16; bit < len * 8; bit++) {
		memset(&got, 0, sizeof(got));
		in[bit / 8] ^= (unsigned char)(1U << bit % 8);
		u = unpack_new(CAP, collect, &got);
		assert_non_null(u);
		unpack_put(u, in, len);
		r = unpack_end(u);
		assert_true(r != UNPACK_OK ||
		    (got.len == sizeof(words) - 1 &&
			memcmp(got.text, words, got.len) == 0));
		unpack_free(u);
		in[bit / 8] ^= (unsigned char)(1U << bit % 8);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_stopped),
		cmocka_unit_test(test_flipped),
	};

	return cmocka_run_group_tests_name("unpack", tests, NULL, NULL);
}
