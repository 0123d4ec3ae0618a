/* SPDX-License-Identifier: ISC */
/*
 * Chunks, in one piece, in two, and byte by byte; and their trailers.
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

#define T(s)	s, sizeof(s) - 1
#define TEN	"0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define THOUSAND                                                        \
	HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED \
	    HUNDRED HUNDRED

static const struct {
	const char   *what;
	const char   *text;
	size_t	      len;
	enum h1_chunk want;
	size_t	      used; /* to the end, or to the bad byte */
	const char   *data;
} cases[] = {
	{ "nothing yet", T(""), H1_CHUNK_MORE, 0, "" },
	{ "no data", T("0\r\n"), H1_CHUNK_END, 3, "" },
	{ "the empty line is the trailers'", T("0\r\n\r\n"), H1_CHUNK_END, 3,
	    "" },
	{ "a chunk", T("5\r\nhello\r\n0\r\n"), H1_CHUNK_END, 13, "hello" },
	{ "chunks", T("5\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\n\r\n"),
	    H1_CHUNK_END, 29, "hello world" },
	{ "sixteen bytes", T("10\r\n0123456789abcdef\r\n0\r\n"), H1_CHUNK_END,
	    25, "0123456789abcdef" },
	{ "a letter", T("a\r\n0123456789\r\n0\r\n"), H1_CHUNK_END, 18, TEN },
	{ "a capital", T("A\r\n0123456789\r\n0\r\n"), H1_CHUNK_END, 18, TEN },
	{ "zeros before the size", T("00000a\r\n0123456789\r\n000\r\n"),
	    H1_CHUNK_END, 25, TEN },
	{ "sixteen digits", T("000000000000000A\r\n0123456789\r\n0\r\n"),
	    H1_CHUNK_END, 33, TEN },
	{ "sixteen zeros", T("0000000000000000\r\n"), H1_CHUNK_END, 18, "" },
	{ "data may be anything", T("6\r\n\r\n0\r\n\n\r\n0\r\n"), H1_CHUNK_END,
	    14, "\r\n0\r\n\n" },
	{ "an extension", T("5;a=b\r\nhello\r\n0;c\r\n"), H1_CHUNK_END, 19,
	    "hello" },
	{ "an empty extension", T("5;\r\nhello\r\n0\r\n"), H1_CHUNK_END, 14,
	    "hello" },
	{ "an extension with spaces and quotes",
	    T("5; a = \"b;\tc\"\r\nhello\r\n0\r\n"), H1_CHUNK_END, 25,
	    "hello" },
	{ "an extension that is long", T("5;" THOUSAND "\r\nhello\r\n0\r\n"),
	    H1_CHUNK_END, 1014, "hello" },
	{ "half a chunk", T("5\r\nhel"), H1_CHUNK_MORE, 6, "hel" },
	{ "a chunk without its end", T("5\r\nhello"), H1_CHUNK_MORE, 8,
	    "hello" },
	{ "no last chunk", T("5\r\nhello\r\n"), H1_CHUNK_MORE, 10, "hello" },
	{ "half a size", T("5"), H1_CHUNK_MORE, 1, "" },
	{ "the largest size", T("7fffffffffffffff\r\na"), H1_CHUNK_MORE, 19,
	    "a" },

	{ "a minus", T("-5\r\nhello"), H1_CHUNK_BAD, 1, "" },
	{ "a plus", T("+5\r\nhello"), H1_CHUNK_BAD, 1, "" },
	{ "0x", T("0x5\r\nhello"), H1_CHUNK_BAD, 2, "" },
	{ "x", T("x5\r\nhello"), H1_CHUNK_BAD, 1, "" },
	{ "g", T("g\r\n"), H1_CHUNK_BAD, 1, "" },
	{ "an underscore", T("1_0\r\n"), H1_CHUNK_BAD, 2, "" },
	{ "a space before the size", T(" 5\r\nhello"), H1_CHUNK_BAD, 1, "" },
	{ "a tab before the size", T("\t5\r\nhello"), H1_CHUNK_BAD, 1, "" },
	{ "a space behind the size", T("5 \r\nhello"), H1_CHUNK_BAD, 2, "" },
	{ "a space before an extension", T("5 ;a\r\nhello"), H1_CHUNK_BAD, 2,
	    "" },
	{ "a tab behind the size", T("5\t\r\nhello"), H1_CHUNK_BAD, 2, "" },
	{ "a comma", T("5,5\r\nhello"), H1_CHUNK_BAD, 2, "" },
	{ "no size", T("\r\nhello"), H1_CHUNK_BAD, 1, "" },
	{ "an extension and no size", T(";a\r\n"), H1_CHUNK_BAD, 1, "" },
	{ "2^63 bytes", T("8000000000000000\r\n"), H1_CHUNK_BAD, 17, "" },
	{ "2^64 - 1 bytes", T("ffffffffffffffff\r\n"), H1_CHUNK_BAD, 17, "" },
	{ "2^64 bytes", T("10000000000000000\r\n"), H1_CHUNK_BAD, 17, "" },
	{ "what is 5 in 64 bits", T("10000000000000005\r\nhello"), H1_CHUNK_BAD,
	    17, "" },
	{ "endless zeros", T("00000000000000000"), H1_CHUNK_BAD, 17, "" },
	{ "a bare LF behind the size", T("5\nhello"), H1_CHUNK_BAD, 2, "" },
	{ "a bare CR behind the size", T("5\rhello"), H1_CHUNK_BAD, 3, "" },
	{ "two CR behind the size", T("5\r\r\nhello"), H1_CHUNK_BAD, 3, "" },
	{ "a bare LF behind the last size", T("0\n\r\n"), H1_CHUNK_BAD, 2, "" },
	{ "NUL behind the size", T("5\0\r\nhello"), H1_CHUNK_BAD, 2, "" },
	{ "a bare LF in an extension", T("5;a\nhello"), H1_CHUNK_BAD, 4, "" },
	{ "a bare CR in an extension", T("5;a\rb\r\nhello"), H1_CHUNK_BAD, 5,
	    "" },
	{ "NUL in an extension", T("5;a\0\r\nhello"), H1_CHUNK_BAD, 4, "" },
	{ "DEL in an extension", T("5;\x7f\r\nhello"), H1_CHUNK_BAD, 3, "" },
	{ "a high bit in an extension", T("5;\xc3\r\nhello"), H1_CHUNK_BAD, 3,
	    "" },
	{ "a chunk longer than said", T("5\r\nhello!\r\n"), H1_CHUNK_BAD, 9,
	    "hello" },
	{ "a chunk shorter than said", T("5\r\nhell\r\n0\r\n"), H1_CHUNK_BAD, 9,
	    "hell\r" },
	{ "no end of line behind a chunk", T("5\r\nhello0\r\n"), H1_CHUNK_BAD,
	    9, "hello" },
	{ "a bare LF behind a chunk", T("5\r\nhello\n0\r\n"), H1_CHUNK_BAD, 9,
	    "hello" },
	{ "a bare CR behind a chunk", T("5\r\nhello\r0\r\n"), H1_CHUNK_BAD, 10,
	    "hello" },
	{ "two empty lines behind a chunk", T("5\r\nhello\r\n\r\n"),
	    H1_CHUNK_BAD, 11, "hello" },
	{ "an extension that is too long",
	    T("5;" THOUSAND TEN TEN "01\r\nhello"), H1_CHUNK_BAD, 1025, "" },
};

struct fed {
	struct h1_chunks chunks;
	enum h1_chunk	 last;
	size_t		 used;
	char		 data[2048];
	size_t		 len;
	unsigned int	 slices;
};

/* All of a piece, until its bytes are used up or there is an end. */
static void
feed(struct fed *f, const char *text, size_t len)
{
	struct slice data;
	size_t	     used, at = 0;
	char	    *copy;

	copy = malloc(len + 1); /* len may be 0 */
	assert_non_null(copy);
	memcpy(copy + 1, text, len);
	do {
		f->last = h1_chunks_next(&f->chunks, copy + 1 + at, len - at,
		    &used, &data);
		assert_true(used <= len - at);
		if (f->last == H1_CHUNK_DATA) {
			assert_true(data.len > 0);
			assert_ptr_equal(data.at + data.len,
			    copy + 1 + at + used);
			assert_true(f->len + data.len <= sizeof(f->data));
			memcpy(f->data + f->len, data.at, data.len);
			f->len += data.len;
			f->slices++;
		}
		at += used;
	} while (f->last == H1_CHUNK_DATA);
	if (f->last == H1_CHUNK_MORE)
		assert_int_equal(at, len);
	f->used += at;
	free(copy);
}

static void
check(const struct fed *f, size_t i, const char *how, size_t n)
{
	if (f->last != cases[i].want || f->used != cases[i].used)
		fail_msg("%s, %s %zu: %d after %zu", cases[i].what, how, n,
		    f->last, f->used);
	if (f->len != strlen(cases[i].data) ||
	    memcmp(f->data, cases[i].data, f->len) != 0)
		fail_msg("%s, %s %zu: %.*s", cases[i].what, how, n, (int)f->len,
		    f->data);
}

static void
test_pieces(void **state)
{
	struct fed f;
	size_t	   i, n;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		memset(&f, 0, sizeof(f));
		feed(&f, cases[i].text, cases[i].len);
		check(&f, i, "whole", cases[i].len);
		for (n = 0; n <= cases[i].len; n++) {
			memset(&f, 0, sizeof(f));
			feed(&f, cases[i].text, n);
			if (f.last == H1_CHUNK_MORE)
				feed(&f, cases[i].text + n, cases[i].len - n);
			check(&f, i, "parted after", n);
		}
		memset(&f, 0, sizeof(f));
		feed(&f, cases[i].text, 0);
		for (n = 0; n < cases[i].len && f.last == H1_CHUNK_MORE; n++)
			feed(&f, cases[i].text + n, 1);
		check(&f, i, "byte by byte", n);
	}
}

/* Data is not handed over in smaller pieces than it came in. */
static void
test_large_slices(void **state)
{
	struct fed f;

	(void)state;
	memset(&f, 0, sizeof(f));
	feed(&f, T("3e8\r\n" THOUSAND "\r\n64\r\n" HUNDRED "\r\n0\r\n"));
	assert_int_equal(f.last, H1_CHUNK_END);
	assert_int_equal(f.len, 1100);
	assert_int_equal(f.slices, 2);
}

/* What is over stays over. */
static void
test_ends(void **state)
{
	struct h1_chunks c;
	struct slice	 data;
	size_t		 used;

	(void)state;
	memset(&c, 0, sizeof(c));
	assert_int_equal(h1_chunks_next(&c, "0\r\n5\r\n", 6, &used, &data),
	    H1_CHUNK_END);
	assert_int_equal(used, 3);
	assert_int_equal(h1_chunks_next(&c, "5\r\n", 3, &used, &data),
	    H1_CHUNK_END);
	assert_int_equal(used, 0);
	memset(&c, 0, sizeof(c));
	assert_int_equal(h1_chunks_next(&c, "x", 1, &used, &data),
	    H1_CHUNK_BAD);
	assert_int_equal(h1_chunks_next(&c, "0\r\n", 3, &used, &data),
	    H1_CHUNK_BAD);
	assert_int_equal(used, 0);
}

static const struct {
	const char    *what;
	const char    *text;
	size_t	       len;
	enum h1_result want;
	size_t	       fields;
} trailers[] = {
	{ "none", T("\r\n"), H1_DONE, 0 },
	{ "one", T("A: b\r\n\r\n"), H1_DONE, 1 },
	{ "those of gRPC", T("grpc-status: 0\r\ngrpc-message: a\r\n\r\n"),
	    H1_DONE, 2 },
	{ "a checksum", T("Digest: sha-256=a\r\n\r\n"), H1_DONE, 1 },
	{ "how long it took", T("Server-Timing: a;dur=5\r\n\r\n"), H1_DONE, 1 },
	{ "the next request is not looked at",
	    T("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"), H1_DONE, 0 },
	{ "a trailer to follow", T("A: b\r\n"), H1_MORE, 1 },
	{ "half an empty line", T("\r"), H1_MORE, 0 },
	{ "not a byte", T(""), H1_MORE, 0 },

	{ "a length", T("Content-Length: 5\r\n\r\n"), H1_BAD, 0 },
	{ "a length that CGI takes for one", T("Content_Length: 5\r\n\r\n"),
	    H1_BAD, 0 },
	{ "a coding", T("Transfer-Encoding: chunked\r\n\r\n"), H1_BAD, 0 },
	{ "a host", T("Host: a\r\n\r\n"), H1_BAD, 0 },
	{ "Connection", T("Connection: close\r\n\r\n"), H1_BAD, 0 },
	{ "Keep-Alive", T("Keep-Alive: 5\r\n\r\n"), H1_BAD, 0 },
	{ "Upgrade", T("Upgrade: a\r\n\r\n"), H1_BAD, 0 },
	{ "TE", T("TE: trailers\r\n\r\n"), H1_BAD, 0 },
	{ "Trailer", T("Trailer: A\r\n\r\n"), H1_BAD, 0 },
	{ "Expect", T("Expect: 100-continue\r\n\r\n"), H1_BAD, 0 },
	{ "X-Forwarded-For", T("X-Forwarded-For: a\r\n\r\n"), H1_BAD, 0 },
	{ "Forwarded", T("forwarded: a\r\n\r\n"), H1_BAD, 0 },
	{ "Proxy", T("Proxy: a\r\n\r\n"), H1_BAD, 0 },
	{ "Authorization", T("AUTHORIZATION: a\r\n\r\n"), H1_BAD, 0 },
	{ "Cookie", T("Cookie: a\r\n\r\n"), H1_BAD, 0 },
	{ "Set-Cookie", T("Set-Cookie: a\r\n\r\n"), H1_BAD, 0 },
	{ "WWW-Authenticate", T("WWW-Authenticate: a\r\n\r\n"), H1_BAD, 0 },
	{ "Content-Type", T("Content-Type: a\r\n\r\n"), H1_BAD, 0 },
	{ "Content-Encoding", T("Content-Encoding: a\r\n\r\n"), H1_BAD, 0 },
	{ "Content-Range", T("Content-Range: a\r\n\r\n"), H1_BAD, 0 },
	{ "Location", T("Location: a\r\n\r\n"), H1_BAD, 0 },
	{ "one behind a good one", T("A: b\r\nHost: a\r\n\r\n"), H1_BAD, 0 },
	{ "a folded line", T("A: b\r\n c\r\n\r\n"), H1_BAD, 0 },
	{ "a space before the colon", T("A : b\r\n\r\n"), H1_BAD, 0 },
	{ "a bare LF", T("A: b\n\r\n"), H1_BAD, 0 },
	{ "a bare CR", T("A: b\rC: d\r\n\r\n"), H1_BAD, 0 },
	{ "a bare LF ends it", T("\n"), H1_BAD, 0 },
	{ "a bare CR ends it", T("\rG"), H1_BAD, 0 },
	{ "another chunk", T("5\r\nhello\r\n"), H1_BAD, 0 },
};

static void
test_trailers(void **state)
{
	static struct h1_head head;
	enum h1_result	      res;
	char		     *copy;
	size_t		      i;

	(void)state;
	for (i = 0; i < nitems(trailers); i++) {
		copy = malloc(trailers[i].len + 1); /* len may be 0 */
		assert_non_null(copy);
		memcpy(copy + 1, trailers[i].text, trailers[i].len);
		res = h1_trailers(&head, copy + 1, trailers[i].len);
		if (res != trailers[i].want)
			fail_msg("%s: %d", trailers[i].what, res);
		if (res == H1_DONE && head.nfields != trailers[i].fields)
			fail_msg("%s: %zu fields", trailers[i].what,
			    head.nfields);
		if (res == H1_BAD && (head.status != 400 && head.status != 431))
			fail_msg("%s: %d", trailers[i].what, head.status);
		free(copy);
	}
	assert_int_equal(h1_trailers(&head, "\r\nG", 3), H1_DONE);
	assert_int_equal(head.len, 2);
}

static void
test_trailers_size(void **state)
{
	static struct h1_head head;
	char		      text[H1_TRAILERS_MAX];

	(void)state;
	memset(text, 'a', sizeof(text));
	assert_int_equal(h1_trailers(&head, text, sizeof(text) - 1), H1_MORE);
	assert_int_equal(h1_trailers(&head, text, sizeof(text)), H1_BAD);
	memcpy(text, "A:", 2);
	memcpy(text + sizeof(text) - 4, "\r\n\r\n", 4);
	assert_int_equal(h1_trailers(&head, text, sizeof(text)), H1_DONE);
	assert_int_equal(head.len, sizeof(text));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_large_slices),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_trailers),
		cmocka_unit_test(test_trailers_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
