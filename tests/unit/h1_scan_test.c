/* SPDX-License-Identifier: ISC */
/*
 * Where a head ends, whether it comes at once or in pieces, and how large it
 * may be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "h1.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define T(s) s, sizeof(s) - 1

static const struct h1_limits limits = { 4096, 20 };

static const struct {
	const char    *what;
	const char    *text;
	size_t	       len;
	enum h1_result want;
	size_t	       after; /* bytes, it is so */
} scans[] = {
	{ "nothing", T(""), H1_MORE, 0 },
	{ "a letter", T("G"), H1_MORE, 0 },
	{ "a method of 32 bytes", T("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF"),
	    H1_MORE, 0 },
	{ "a method of 33 bytes", T("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG"),
	    H1_BAD, 33 },
	{ "a request line", T("GET / HTTP/1.1\r\n"), H1_MORE, 0 },
	{ "a request line and the half of an empty one",
	    T("GET / HTTP/1.1\r\n\r"), H1_MORE, 0 },
	{ "a head without fields", T("GET / HTTP/1.1\r\n\r\n"), H1_DONE, 18 },
	{ "a head", T("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), H1_DONE, 27 },
	{ "a head and what follows", T("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET"),
	    H1_DONE, 27 },
	{ "a head and a LF that follows",
	    T("GET / HTTP/1.1\r\nHost: a\r\n\r\n\n"), H1_DONE, 27 },
	{ "an answer", T("HTTP/1.1 200 OK\r\n\r\n"), H1_DONE, 19 },
	{ "an answer without a phrase", T("HTTP/1.1 200\r\n\r\n"), H1_DONE,
	    16 },
	{ "the half of an empty line", T("\r"), H1_MORE, 0 },
	{ "an empty line", T("\r\n"), H1_MORE, 0 },
	{ "an empty line and a head", T("\r\nGET / HTTP/1.1\r\n\r\n"), H1_DONE,
	    20 },
	{ "two empty lines", T("\r\n\r\n"), H1_BAD, 3 },
	{ "a bare CR first", T("\rGET"), H1_BAD, 2 },
	{ "a bare LF first", T("\nGET"), H1_BAD, 1 },
	{ "a bare LF after an empty line", T("\r\n\nGET"), H1_BAD, 3 },
	{ "a bare LF", T("GET / HTTP/1.1\nHost: a\r\n\r\n"), H1_BAD, 15 },
	{ "a bare LF ends it", T("GET / HTTP/1.1\r\nHost: a\r\n\n"), H1_BAD,
	    26 },
	{ "a line that ends in two CR", T("GET / HTTP/1.1\r\r\n\r\n"), H1_DONE,
	    19 },
	{ "a space first", T(" GET"), H1_BAD, 1 },
	{ "NUL first", T("\0"), H1_BAD, 1 },
	{ "TLS", T("\x16\x03\x01\x02\x00"), H1_BAD, 1 },
	{ "SSL 2", T("\x80\x2e\x01"), H1_BAD, 1 },
	{ "the PROXY protocol, version 2", T("\r\n\r\n\0\r\nQUIT\n"), H1_BAD,
	    3 },
	{ "a byte that no method has", T("GE(T"), H1_BAD, 3 },
	{ "a high bit in the method", T("GE\xff"), H1_BAD, 3 },
	{ "JSON", T("{\"a\": 1}"), H1_BAD, 1 },
};

/* From the first byte each time, and from where it stopped. */
static void
test_scan(void **state)
{
	enum h1_result whole, onward = H1_MORE, want;
	char	      *copy;
	size_t	       i, n, from;

	(void)state;
	for (i = 0; i < nitems(scans); i++) {
		for (n = 0, from = 0; n <= scans[i].len; n++) {
			copy = malloc(n + 1); /* n may be 0 */
			assert_non_null(copy);
			memcpy(copy + 1, scans[i].text, n);
			whole = h1_scan(copy + 1, n, 0);
			if (n == 0 || onward == H1_MORE)
				onward = h1_scan(copy + 1, n, from);
			free(copy);
			from = n;
			want = scans[i].want == H1_MORE || n < scans[i].after ?
			    H1_MORE :
			    scans[i].want;
			if (whole != want || onward != want)
				fail_msg("%s: %d and %d after %zu bytes",
				    scans[i].what, whole, onward, n);
		}
	}
}

/* Two pieces, wherever they are parted. */
static void
test_splits(void **state)
{
	static const char text[] = "\r\nPOST /a?b HTTP/1.1\r\nHost: a.example"
				   "\r\nContent-Length: 5\r\nX-A: b\r\n\r\n";
	struct h1_request q;
	enum h1_result	  want;
	char		 *copy;
	size_t		  len = sizeof(text) - 1, n;

	(void)state;
	for (n = 0; n <= len; n++) {
		copy = malloc(n + 1);
		assert_non_null(copy);
		memcpy(copy + 1, text, n);
		want = n < len ? H1_MORE : H1_DONE;
		if (h1_scan(copy + 1, n, 0) != want ||
		    h1_request(&q, copy + 1, n, &limits) != want)
			fail_msg("%zu bytes", n);
		if (n > 0 && h1_scan(text, len, n - 1) != H1_DONE)
			fail_msg("the rest behind %zu bytes", n - 1);
		free(copy);
	}
}

static const char sized[] = "GET / HTTP/1.1\r\nHost: a\r\nA:\r\nB:\r\n\r\n";

static const struct {
	const char	*what;
	struct h1_limits limits;
	size_t		 len; /* of sized that is there */
	enum h1_result	 want;
	int		 status;
} sizes[] = {
	{ "a head as large as may be", { 35, 20 }, 35, H1_DONE, 0 },
	{ "a byte more", { 34, 20 }, 35, H1_BAD, 431 },
	{ "so large and not at its end", { 34, 20 }, 34, H1_BAD, 431 },
	{ "not so large yet", { 35, 20 }, 34, H1_MORE, 0 },
	{ "as many fields as may be", { 4096, 3 }, 35, H1_DONE, 0 },
	{ "a field more", { 4096, 2 }, 35, H1_BAD, 431 },
	{ "no field", { 4096, 0 }, 35, H1_BAD, 431 },
	{ "a line of fields that has only begun", { 26, 20 }, 26, H1_BAD, 431 },
	{ "a request line too long", { 16, 20 }, 16, H1_BAD, 431 },
	{ "a request line a byte too long", { 15, 20 }, 15, H1_BAD, 414 },
	{ "a request line without its version", { 6, 20 }, 6, H1_BAD, 414 },
	{ "a request line without its target", { 4, 20 }, 4, H1_BAD, 414 },
	{ "not even a method", { 3, 20 }, 3, H1_BAD, 414 },
};

static void
test_sizes(void **state)
{
	struct h1_request q;
	enum h1_result	  res;
	size_t		  i;

	(void)state;
	assert_int_equal(sizeof(sized) - 1, 35);
	for (i = 0; i < nitems(sizes); i++) {
		res = h1_request(&q, sized, sizes[i].len, &sizes[i].limits);
		if (res != sizes[i].want || q.head.status != sizes[i].status)
			fail_msg("%s: %d, %d", sizes[i].what, res,
			    q.head.status);
	}
}

/* There is room for H1_FIELDS_MAX, whatever the limit says. */
static void
test_most_fields(void **state)
{
	static const struct h1_limits all = { 4096, 100000 };
	static struct h1_request      q;
	char			      text[4096];
	unsigned int		      n;

	(void)state;
	strlcpy(text, "GET / HTTP/1.1\r\nHost: a\r\n", sizeof(text));
	for (n = 1; n < H1_FIELDS_MAX; n++)
		strlcat(text, "A:\r\n", sizeof(text));
	strlcat(text, "\r\n", sizeof(text));
	assert_int_equal(h1_request(&q, text, strlen(text), &all), H1_DONE);
	assert_int_equal(q.head.nfields, H1_FIELDS_MAX);
	text[strlen(text) - 2] = '\0';
	strlcat(text, "A:\r\n\r\n", sizeof(text));
	assert_int_equal(h1_request(&q, text, strlen(text), &all), H1_BAD);
	assert_int_equal(q.head.status, 431);
}

/* The next request is left alone. */
static void
test_pipeline(void **state)
{
	static const char text[] = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
				   "GET /2 HTTP/1.1\r\nHost: a\r\n\r\n";
	struct h1_request q;
	size_t		  half = (sizeof(text) - 1) / 2;

	(void)state;
	assert_int_equal(h1_scan(text, sizeof(text) - 1, 0), H1_DONE);
	assert_int_equal(h1_request(&q, text, sizeof(text) - 1, &limits),
	    H1_DONE);
	assert_int_equal(q.head.len, half);
	assert_memory_equal(q.path.at, "/1", 2);
	assert_int_equal(h1_request(&q, text + half, half, &limits), H1_DONE);
	assert_memory_equal(q.path.at, "/2", 2);
}

static const struct {
	const char    *what;
	enum h1_method method;
	int	       want;
} idempotent[] = {
	{ "GET may be repeated", H1_GET, 1 },
	{ "HEAD may be repeated", H1_HEAD, 1 },
	{ "PUT may be repeated", H1_PUT, 1 },
	{ "DELETE may be repeated", H1_DELETE, 1 },
	{ "OPTIONS may be repeated", H1_OPTIONS, 1 },
	{ "TRACE may be repeated", H1_TRACE, 1 },
	{ "POST may not", H1_POST, 0 },
	{ "PATCH may not", H1_PATCH, 0 },
	{ "CONNECT may not", H1_CONNECT, 0 },
	{ "what is not known may not", H1_OTHER, 0 },
};

static void
test_idempotent(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < nitems(idempotent); i++)
		if (h1_idempotent(idempotent[i].method) != idempotent[i].want)
			fail_msg("%s", idempotent[i].what);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scan),
		cmocka_unit_test(test_splits),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_most_fields),
		cmocka_unit_test(test_pipeline),
		cmocka_unit_test(test_idempotent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
