/* SPDX-License-Identifier: ISC */
/*
 * Heads of answers: what is taken, how its body ends, and what is refused.
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

#define T(s)	   s, sizeof(s) - 1
#define OK(fields) "HTTP/1.1 200 OK\r\n" fields "\r\n"
#define TEN	   "0123456789"
#define HUNDRED	   TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const struct h1_limits limits = { 1024, 10 };

static const struct {
	const char     *what;
	const char     *text;
	enum h1_method	method; /* that it answers */
	int		status;
	const char     *reason;
	enum h1_framing framing;
	uint64_t	length;
	int		has_length;
	int		keep;
} good[] = {
	{ "a length", OK("Content-Length: 5\r\n"), H1_GET, 200, "OK", H1_LENGTH,
	    5, 1, 1 },
	{ "an empty body", OK("Content-Length: 0\r\n"), H1_GET, 200, "OK",
	    H1_NO_BODY, 0, 1, 1 },
	{ "chunks", OK("Transfer-Encoding: chunked\r\n"), H1_GET, 200, "OK",
	    H1_CHUNKED, 0, 0, 1 },
	{ "neither: until the end", OK(""), H1_GET, 200, "OK", H1_UNTIL_CLOSE,
	    0, 0, 0 },
	{ "until the end, whatever Connection says",
	    OK("Connection: keep-alive\r\n"), H1_GET, 200, "OK", H1_UNTIL_CLOSE,
	    0, 0, 0 },
	{ "close", OK("Content-Length: 5\r\nConnection: close\r\n"), H1_GET,
	    200, "OK", H1_LENGTH, 5, 1, 0 },
	{ "HTTP/1.0 closes", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n",
	    H1_GET, 200, "OK", H1_LENGTH, 5, 1, 0 },
	{ "HTTP/1.0 may keep",
	    "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n"
	    "Connection: keep-alive\r\n\r\n",
	    H1_GET, 200, "OK", H1_LENGTH, 5, 1, 1 },
	{ "HTTP/1.0 until the end", "HTTP/1.0 200 OK\r\n\r\n", H1_GET, 200,
	    "OK", H1_UNTIL_CLOSE, 0, 0, 0 },

	{ "to HEAD: a length and no body", OK("Content-Length: 5\r\n"), H1_HEAD,
	    200, "OK", H1_NO_BODY, 5, 1, 1 },
	{ "to HEAD: length 0", OK("Content-Length: 0\r\n"), H1_HEAD, 200, "OK",
	    H1_NO_BODY, 0, 1, 1 },
	{ "to HEAD: chunks and no body", OK("Transfer-Encoding: chunked\r\n"),
	    H1_HEAD, 200, "OK", H1_NO_BODY, 0, 0, 1 },
	{ "to HEAD: nothing", OK(""), H1_HEAD, 200, "OK", H1_NO_BODY, 0, 0, 1 },
	{ "304 with a length",
	    "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", H1_GET,
	    304, "Not Modified", H1_NO_BODY, 5, 1, 1 },
	{ "304 without", "HTTP/1.1 304 Not Modified\r\n\r\n", H1_GET, 304,
	    "Not Modified", H1_NO_BODY, 0, 0, 1 },
	{ "304 with chunks that do not come",
	    "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n",
	    H1_GET, 304, "Not Modified", H1_NO_BODY, 0, 0, 1 },
	{ "204", "HTTP/1.1 204 No Content\r\n\r\n", H1_GET, 204, "No Content",
	    H1_NO_BODY, 0, 0, 1 },
	{ "204 with length 0",
	    "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", H1_GET, 204,
	    "No Content", H1_NO_BODY, 0, 1, 1 },
	{ "100", "HTTP/1.1 100 Continue\r\n\r\n", H1_POST, 100, "Continue",
	    H1_NO_BODY, 0, 0, 1 },
	{ "103 with its links",
	    "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n",
	    H1_GET, 103, "Early Hints", H1_NO_BODY, 0, 0, 1 },
	{ "to CONNECT: a tunnel", OK("Content-Length: 5\r\n"), H1_CONNECT, 200,
	    "OK", H1_NO_BODY, 5, 1, 1 },
	{ "to CONNECT: an error with a body",
	    "HTTP/1.1 502 No\r\nContent-Length: 5\r\n\r\n", H1_CONNECT, 502,
	    "No", H1_LENGTH, 5, 1, 1 },

	{ "no phrase", "HTTP/1.1 404 \r\nContent-Length: 5\r\n\r\n", H1_GET,
	    404, "", H1_LENGTH, 5, 1, 1 },
	{ "no phrase and no space", "HTTP/1.1 404\r\nContent-Length: 5\r\n\r\n",
	    H1_GET, 404, "", H1_LENGTH, 5, 1, 1 },
	{ "a phrase of many bytes",
	    "HTTP/1.1 500 Ja\t\xc3\xa4rgerlich: no. \r\n\r\n", H1_GET, 500,
	    "Ja\t\xc3\xa4rgerlich: no. ", H1_UNTIL_CLOSE, 0, 0, 0 },
	{ "a status that nobody knows", "HTTP/1.1 599 A\r\n\r\n", H1_GET, 599,
	    "A", H1_UNTIL_CLOSE, 0, 0, 0 },
	{ "Connection may name what it likes",
	    OK("Content-Length: 5\r\nConnection: content-length\r\n"), H1_GET,
	    200, "OK", H1_LENGTH, 5, 1, 1 },
	{ "an Upgrade that is an offer",
	    OK("Content-Length: 5\r\nConnection: upgrade\r\n"
	       "Upgrade: websocket\r\n"),
	    H1_GET, 200, "OK", H1_LENGTH, 5, 1, 1 },
	{ "WebSocket",
	    "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n"
	    "Upgrade: websocket\r\n\r\n",
	    H1_GET, 101, "Switching Protocols", H1_NO_BODY, 0, 0, 1 },
};

static void
test_good(void **state)
{
	struct h1_response a;
	enum h1_result	   res = H1_MORE;
	char		  *copy;
	size_t		   i, n, len;

	(void)state;
	for (i = 0; i < nitems(good); i++) {
		len = strlen(good[i].text);
		for (n = 0; n <= len; n++) {
			copy = malloc(n + 1); /* n may be 0 */
			assert_non_null(copy);
			memcpy(copy + 1, good[i].text, n);
			res = h1_response(&a, good[i].method, copy + 1, n,
			    &limits);
			if (res != (n < len ? H1_MORE : H1_DONE))
				fail_msg("%s: %d after %zu bytes, %s",
				    good[i].what, res, n,
				    res == H1_BAD ? a.head.why : "");
			if (n < len)
				free(copy);
		}
		if (a.status != good[i].status ||
		    !slice_equal(a.reason, slice_of(good[i].reason)) ||
		    a.head.len != len)
			fail_msg("%s: %d %.*s", good[i].what, a.status,
			    (int)a.reason.len, a.reason.at);
		if (a.head.framing != good[i].framing ||
		    a.head.length != good[i].length ||
		    a.head.has_length != good[i].has_length ||
		    a.head.keep_alive != good[i].keep ||
		    a.head.upgrade != (good[i].status == 101))
			fail_msg("%s: framing %d, keep-alive %d", good[i].what,
			    a.head.framing, a.head.keep_alive);
		free(copy);
	}
}

static const char no_line[] = "not a status line of HTTP/1.1";
static const char no_status[] = "a status that is none";
static const char phrase[] = "a control byte in the phrase";
static const char lengths[] = "two Content-Lengths";
static const char length[] = "a bad Content-Length";
static const char body[] = "a body with a status that has none";

static const struct {
	const char *what;
	const char *text;
	size_t	    len;
	const char *why;
} bad[] = {
	{ "a request", T("GET / HTTP/1.1\r\n\r\n"), no_line },
	{ "garbage", T("\x01\x02"), no_line },
	{ "a letter of garbage", T("X"), no_line },
	{ "an empty line first", T("\r\nHTTP/1.1 200 OK\r\n\r\n"), no_line },
	{ "lower case", T("http/1.1 200 OK\r\n\r\n"), no_line },
	{ "HTTP/0.9", T("<html>"), no_line },
	{ "HTTP/0.9 by its name", T("HTTP/0.9 200 OK\r\n\r\n"), no_line },
	{ "HTTP/2", T("HTTP/2 200 OK\r\n\r\n"), no_line },
	{ "HTTP/2.0", T("HTTP/2.0 200 OK\r\n\r\n"), no_line },
	{ "HTTP/1.2", T("HTTP/1.2 200 OK\r\n\r\n"), no_line },
	{ "HTTP/1.10", T("HTTP/1.10 200 OK\r\n\r\n"), no_line },
	{ "no status", T("HTTP/1.1\r\n\r\n"), no_line },
	{ "a space for a status", T("HTTP/1.1 \r\n\r\n"), no_line },
	{ "two spaces", T("HTTP/1.1  200 OK\r\n\r\n"), no_line },
	{ "a tab", T("HTTP/1.1\t200 OK\r\n\r\n"), no_line },
	{ "a status of two digits", T("HTTP/1.1 20 OK\r\n\r\n"), no_line },
	{ "a status of four digits", T("HTTP/1.1 2000 OK\r\n\r\n"), no_line },
	{ "a status with a sign", T("HTTP/1.1 +20 OK\r\n\r\n"), no_line },
	{ "a status of letters", T("HTTP/1.1 2xx OK\r\n\r\n"), no_line },
	{ "status 99", T("HTTP/1.1 099 OK\r\n\r\n"), no_status },
	{ "status 600", T("HTTP/1.1 600 OK\r\n\r\n"), no_status },
	{ "status 999", T("HTTP/1.1 999 OK\r\n\r\n"), no_status },
	{ "a tab after the status", T("HTTP/1.1 200\tOK\r\n\r\n"), no_line },
	{ "a bare LF after the status", T("HTTP/1.1 200\n\r\n"), no_line },
	{ "a bare LF after the phrase", T("HTTP/1.1 200 OK\n\r\n"), phrase },
	{ "a bare CR in the phrase", T("HTTP/1.1 200 O\rK\r\n\r\n"), phrase },
	{ "NUL in the phrase", T("HTTP/1.1 200 O\0K\r\n\r\n"), phrase },
	{ "DEL in the phrase", T("HTTP/1.1 200 O\x7fK\r\n\r\n"), phrase },
	{ "a phrase without an end",
	    T("HTTP/1.1 200 " HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED
		    HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED),
	    "the head is too large" },
	{ "a head too large",
	    T(OK("A: " HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED
		    HUNDRED HUNDRED HUNDRED HUNDRED "\r\n")),
	    "the head is too large" },
	{ "eleven fields",
	    T(OK("a:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\n"
		 "a:\r\n")),
	    "too many fields" },

	{ "two lengths", T(OK("Content-Length: 5\r\nContent-Length: 6\r\n")),
	    lengths },
	{ "the same length twice",
	    T(OK("Content-Length: 5\r\nContent-Length: 5\r\n")), lengths },
	{ "a list of lengths", T(OK("Content-Length: 5, 5\r\n")), length },
	{ "a negative length", T(OK("Content-Length: -5\r\n")), length },
	{ "an empty length", T(OK("Content-Length:\r\n")), length },
	{ "length and chunks",
	    T(OK("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")),
	    "Content-Length and Transfer-Encoding" },
	{ "chunks in HTTP/1.0",
	    T("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
	    "Transfer-Encoding in HTTP/1.0" },
	{ "gzip, chunked", T(OK("Transfer-Encoding: gzip, chunked\r\n")),
	    "an unknown transfer coding" },
	{ "chunked, identity",
	    T(OK("Transfer-Encoding: chunked, identity\r\n")),
	    "a bad Transfer-Encoding" },
	{ "100 with a body",
	    T("HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\n"), body },
	{ "103 with chunks",
	    T("HTTP/1.1 103 A\r\nTransfer-Encoding: chunked\r\n\r\n"), body },
	{ "204 with a body",
	    T("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n"), body },
	{ "204 with chunks",
	    T("HTTP/1.1 204 A\r\nTransfer-Encoding: chunked\r\n\r\n"), body },
	{ "101 without an Upgrade", T("HTTP/1.1 101 A\r\n\r\n"),
	    "101 to another protocol" },
	{ "101 to another protocol",
	    T("HTTP/1.1 101 A\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n"),
	    "101 to another protocol" },
	{ "101 in HTTP/1.0",
	    T("HTTP/1.0 101 A\r\nConnection: upgrade\r\n"
	      "Upgrade: websocket\r\n\r\n"),
	    "101 to another protocol" },

	{ "a folded line", T(OK("A: b\r\n c\r\n")), "a folded line" },
	{ "a space before the colon", T(OK("A : b\r\n")),
	    "white space in or after a field name" },
	{ "an empty name", T(OK(": b\r\n")), "an empty field name" },
	{ "a bare LF in a value", T(OK("A: b\nC: d\r\n")), "a bare LF" },
	{ "a bare CR in a value", T(OK("A: b\rC: d\r\n")), "a bare CR" },
	{ "NUL in a value", T(OK("A: b\0\r\n")),
	    "a control byte in a field value" },
	{ "a bare LF ends the head", T("HTTP/1.1 200 OK\r\nA: b\r\n\n"),
	    "a field line without a colon" },
};

static void
test_bad(void **state)
{
	struct h1_response a;
	enum h1_result	   res = H1_MORE;
	char		  *copy;
	size_t		   i, n;

	(void)state;
	for (i = 0; i < nitems(bad); i++) {
		for (n = 0; n <= bad[i].len; n++) {
			copy = malloc(n + 1); /* n may be 0 */
			assert_non_null(copy);
			memcpy(copy + 1, bad[i].text, n);
			res = h1_response(&a, H1_GET, copy + 1, n, &limits);
			if (res == H1_DONE)
				fail_msg("%s: taken after %zu bytes",
				    bad[i].what, n);
			if (res == H1_MORE &&
			    h1_scan(copy + 1, n, 0) != H1_MORE)
				fail_msg("%s: not refused", bad[i].what);
			if (res == H1_BAD &&
			    (a.head.status != 502 ||
				strcmp(a.head.why, bad[i].why) != 0))
				fail_msg("%s: %d, %s", bad[i].what,
				    a.head.status, a.head.why);
			free(copy);
		}
		if (res != H1_BAD)
			fail_msg("%s: not refused", bad[i].what);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
