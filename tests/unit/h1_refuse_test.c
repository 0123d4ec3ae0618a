/* SPDX-License-Identifier: ISC */
/*
 * Request heads that are refused: every shape that two readers could take for
 * two things.
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

/* A text, NUL bytes and all, with its length. */
#define T(s)	     s, sizeof(s) - 1
#define GET(fields)  T("GET / HTTP/1.1\r\nHost: a.example\r\n" fields "\r\n")
#define POST(fields) T("POST / HTTP/1.1\r\nHost: a.example\r\n" fields "\r\n")
#define HOST(host)   T("GET / HTTP/1.1\r\nHost:" host "\r\n\r\n")
#define LINE(line)   T(line "\r\nHost: a.example\r\n\r\n")

#define TEN	"0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const struct h1_limits limits = { 1024, 10 };

static const char no_line[] = "not a request line";
static const char no_version[] = "a request line that does not end in HTTP/1.1";
static const char no_target[] = "a bad byte in the target";
static const char no_url[] = "a target that is neither a path nor a URL";
static const char no_token[] = "a field name that is no token";
static const char no_colon[] = "a field line without a colon";
static const char space[] = "white space in or after a field name";
static const char control[] = "a control byte in a field value";
static const char bare_cr[] = "a bare CR";
static const char bare_lf[] = "a bare LF";
static const char length[] = "a bad Content-Length";
static const char lengths[] = "two Content-Lengths";
static const char both[] = "Content-Length and Transfer-Encoding";
static const char coding[] = "a bad Transfer-Encoding";
static const char codings[] = "two Transfer-Encodings";
static const char unknown[] = "an unknown transfer coding";
static const char tab[] = "a tab beside Transfer-Encoding";
static const char no_name[] = "a host that is no name";
static const char no_address[] = "a host that is no address";
static const char bad_host[] = "a bad byte in the host";
static const char port[] = "a bad port";
static const char two_hosts[] = "a Host that is not that of the target";
static const char body[] = "a body with that method";
static const char connection[] = "a bad Connection";
static const char needed[] = "Connection names a field that all need";
static const char expect[] = "an unknown Expect";

static const struct {
	const char *what;
	const char *text;
	size_t	    len;
	int	    status;
	const char *why;
} cases[] = {
	/* the request line */
	{ "TLS", T("\x16\x03\x01\x02"), 400, no_line },
	{ "TLS, one byte of it", T("\x16"), 400, no_line },
	{ "NUL", T("\0"), 400, no_line },
	{ "a space first", LINE(" GET / HTTP/1.1"), 400, no_line },
	{ "two empty lines first", LINE("\r\n\r\nGET / HTTP/1.1"), 400,
	    no_line },
	{ "nothing but empty lines", T("\r\n\r\n"), 400, no_line },
	{ "a bare LF first", LINE("\nGET / HTTP/1.1"), 400, no_line },
	{ "a bare CR first", LINE("\rGET / HTTP/1.1"), 400, bare_cr },
	{ "an answer", LINE("HTTP/1.1 200 OK"), 400, no_line },
	{ "a method that is no token", LINE("G@T / HTTP/1.1"), 400, no_line },
	{ "a method with a high bit", LINE("G\xc3T / HTTP/1.1"), 400, no_line },
	{ "a method of 33 bytes",
	    LINE("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG / HTTP/1.1"), 400,
	    "a method that is too long" },
	{ "33 bytes and no end", T("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG"), 400,
	    "a method that is too long" },
	{ "a method alone", LINE("GET"), 400, no_line },
	{ "a method and a space", LINE("GET "), 400, no_target },
	{ "HTTP/0.9", LINE("GET /"), 400, no_target },
	{ "HTTP/0.9 with a space", LINE("GET / "), 400, no_version },
	{ "HTTP/0.9 by its name", LINE("GET / HTTP/0.9"), 505, "not HTTP/1.1" },
	{ "HTTP/1.2", LINE("GET / HTTP/1.2"), 505, "not HTTP/1.1" },
	{ "HTTP/2.0", LINE("GET / HTTP/2.0"), 505, "not HTTP/1.1" },
	{ "HTTP/9.9", LINE("GET / HTTP/9.9"), 505, "not HTTP/1.1" },
	{ "HTTP/2", LINE("GET / HTTP/2"), 400, no_version },
	{ "the beginning of HTTP/2", T("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505,
	    "not HTTP/1.1" },
	{ "HTTP/1.10", LINE("GET / HTTP/1.10"), 400, no_version },
	{ "HTTP/01.1", LINE("GET / HTTP/01.1"), 400, no_version },
	{ "HTTP/1", LINE("GET / HTTP/1"), 400, no_version },
	{ "HTTP/1.", LINE("GET / HTTP/1."), 400, no_version },
	{ "HTTP/+1.1", LINE("GET / HTTP/+1.1"), 400, no_version },
	{ "http/1.1", LINE("GET / http/1.1"), 400, no_version },
	{ "HTTPS/1.1", LINE("GET / HTTPS/1.1"), 400, no_version },
	{ "two spaces after the method", LINE("GET  / HTTP/1.1"), 400,
	    no_target },
	{ "two spaces after the target", LINE("GET /  HTTP/1.1"), 400,
	    no_version },
	{ "a space at the end", LINE("GET / HTTP/1.1 "), 400, no_version },
	{ "a tab after the method", LINE("GET\t/ HTTP/1.1"), 400, no_line },
	{ "a tab after the target", LINE("GET /\tHTTP/1.1"), 400, no_target },
	{ "a word too many", LINE("GET / / HTTP/1.1"), 400, no_version },
	{ "a bare LF after it", T("GET / HTTP/1.1\nHost: a\r\n\r\n"), 400,
	    no_version },
	{ "a bare CR after it", T("GET / HTTP/1.1\rHost: a\r\n\r\n"), 400,
	    no_version },
	{ "two CR after it", T("GET / HTTP/1.1\r\r\nHost: a\r\n\r\n"), 400,
	    no_version },

	/* the target */
	{ "NUL in the target", LINE("GET /\0 HTTP/1.1"), 400, no_target },
	{ "a CR in the target", LINE("GET /\r HTTP/1.1"), 400, no_target },
	{ "a LF in the target", LINE("GET /\n HTTP/1.1"), 400, no_target },
	{ "DEL in the target", LINE("GET /\x7f HTTP/1.1"), 400, no_target },
	{ "a high bit in the target", LINE("GET /\xc3\xa4 HTTP/1.1"), 400,
	    no_target },
	{ "a fragment", LINE("GET /a#b HTTP/1.1"), 400, no_target },
	{ "a target without a slash", LINE("GET a HTTP/1.1"), 400, no_url },
	{ "a query alone", LINE("GET ?a HTTP/1.1"), 400, no_url },
	{ "a star that is no OPTIONS", LINE("GET * HTTP/1.1"), 400,
	    "a target * that is no OPTIONS" },
	{ "a star and more", LINE("OPTIONS *a HTTP/1.1"), 400, no_url },
	{ "a star and a query", LINE("OPTIONS *?a HTTP/1.1"), 400, no_url },
	{ "authority-form", LINE("GET a.example:80 HTTP/1.1"), 400, no_url },
	{ "authority-form without a port", LINE("GET a.example HTTP/1.1"), 400,
	    no_url },
	{ "CONNECT", LINE("CONNECT a.example:443 HTTP/1.1"), 501,
	    "CONNECT is not done here" },
	{ "CONNECT of a path", LINE("CONNECT / HTTP/1.1"), 501,
	    "CONNECT is not done here" },
	{ "another scheme", LINE("GET ftp://a.example/ HTTP/1.1"), 400,
	    no_url },
	{ "no scheme", LINE("GET ://a.example/ HTTP/1.1"), 400, no_url },
	{ "a colon alone", LINE("GET : HTTP/1.1"), 400, no_url },
	{ "one slash", LINE("GET http:/a.example/ HTTP/1.1"), 400, no_url },
	{ "no slash", LINE("GET http:a.example/ HTTP/1.1"), 400, no_url },
	{ "a scheme alone", LINE("GET http: HTTP/1.1"), 400, no_url },
	{ "a URL without a host", LINE("GET http:// HTTP/1.1"), 400,
	    "an empty host" },
	{ "a URL with an empty host", LINE("GET http:///a HTTP/1.1"), 400,
	    "an empty host" },
	{ "a URL with userinfo", LINE("GET http://u@a.example/ HTTP/1.1"), 400,
	    bad_host },
	{ "a URL with a password", LINE("GET http://u:p@a.example/ HTTP/1.1"),
	    400, port },
	{ "a URL with a bad port", LINE("GET http://a.example:x/ HTTP/1.1"),
	    400, port },
	{ "a URL with an empty port", LINE("GET http://a.example:/ HTTP/1.1"),
	    400, port },
	{ "a URL with a backslash", LINE("GET http://a.example\\b/ HTTP/1.1"),
	    400, bad_host },
	{ "a URL of another host", LINE("GET http://b.example/ HTTP/1.1"), 400,
	    two_hosts },
	{ "a URL of another port", LINE("GET http://a.example:81/ HTTP/1.1"),
	    400, two_hosts },
	{ "the port of another scheme",
	    LINE("GET http://a.example:443/ HTTP/1.1"), 400, two_hosts },
	{ "a URL without a Host", T("GET http://a.example/ HTTP/1.1\r\n\r\n"),
	    400, "no Host" },
	{ "a target of more than half the head",
	    LINE("GET /" HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED TEN
		 "ab HTTP/1.1"),
	    414, "a target that is too long" },
	{ "such a target without its end",
	    T("GET /" HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED TEN "ab"), 414,
	    "a target that is too long" },

	/* Host */
	{ "no Host", T("GET / HTTP/1.1\r\n\r\n"), 400, "no Host" },
	{ "two Hosts", GET("Host: b.example\r\n"), 400, "two Hosts" },
	{ "the same Host twice", GET("Host: a.example\r\n"), 400, "two Hosts" },
	{ "two Hosts in HTTP/1.0",
	    T("GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n"), 400,
	    "two Hosts" },
	{ "an empty Host", HOST(""), 400, "an empty host" },
	{ "an empty Host in HTTP/1.0", T("GET / HTTP/1.0\r\nHost:\r\n\r\n"),
	    400, "an empty host" },
	{ "a port alone", HOST(":80"), 400, no_name },
	{ "a dot alone", HOST("."), 400, no_name },
	{ "a dot first", HOST(".a"), 400, no_name },
	{ "two dots", HOST("a..b"), 400, no_name },
	{ "two final dots", HOST("a.."), 400, no_name },
	{ "userinfo", HOST("u@a"), 400, bad_host },
	{ "a password", HOST("u:p@a"), 400, port },
	{ "a path", HOST("a/b"), 400, bad_host },
	{ "a list of hosts", HOST("a, b"), 400, bad_host },
	{ "two words", HOST("a b"), 400, bad_host },
	{ "an escape", HOST("a%2eb"), 400, bad_host },
	{ "a backslash", HOST("a\\b"), 400, bad_host },
	{ "a fragment in the host", HOST("a#b"), 400, bad_host },
	{ "a query in the host", HOST("a?b"), 400, bad_host },
	{ "a high bit in the host", HOST("\xc3\xa4.example"), 400, no_name },
	{ "a URL in Host", HOST("http://a/"), 400, port },
	{ "an empty port", HOST("a:"), 400, port },
	{ "port 0", HOST("a:0"), 400, port },
	{ "a port too large", HOST("a:65536"), 400, port },
	{ "a port of six digits", HOST("a:000080"), 400, port },
	{ "a port with a sign", HOST("a:+80"), 400, port },
	{ "a port with a space", HOST("a: 80"), 400, port },
	{ "a port that is a word", HOST("a:http"), 400, port },
	{ "two ports", HOST("a:80:80"), 400, port },
	{ "IPv6 without brackets", HOST("2001:db8::1"), 400, port },
	{ "IPv6 without its end", HOST("[2001:db8::1"), 400, no_address },
	{ "empty brackets", HOST("[]"), 400, no_address },
	{ "IPv4 in brackets", HOST("[192.0.2.1]"), 400, no_address },
	{ "a name in brackets", HOST("[a.example]"), 400, no_address },
	{ "a scope", HOST("[fe80::1%25lo]"), 400, no_address },
	{ "bytes behind brackets", HOST("[2001:db8::1]a"), 400, bad_host },
	{ "an address that is too long",
	    HOST("[0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000]"),
	    400, no_address },
	{ "a name of 254 bytes",
	    HOST(HUNDRED HUNDRED TEN TEN TEN TEN TEN "abcd"), 400,
	    "a host that is too long" },

	/* Content-Length */
	{ "two lengths", POST("Content-Length: 5\r\nContent-Length: 6\r\n"),
	    400, lengths },
	{ "the same length twice",
	    POST("Content-Length: 5\r\nContent-Length: 5\r\n"), 400, lengths },
	{ "two lengths, apart and in another case",
	    POST("Content-Length: 0\r\nA: b\r\ncontent-length: 5\r\n"), 400,
	    lengths },
	{ "a list of the same length", POST("Content-Length: 5, 5\r\n"), 400,
	    length },
	{ "a list of lengths", POST("Content-Length: 5,6\r\n"), 400, length },
	{ "no length", POST("Content-Length:\r\n"), 400, length },
	{ "a length with a plus", POST("Content-Length: +5\r\n"), 400, length },
	{ "a negative length", POST("Content-Length: -5\r\n"), 400, length },
	{ "a length with a space", POST("Content-Length: 5 5\r\n"), 400,
	    length },
	{ "a hexadecimal length", POST("Content-Length: 0x5\r\n"), 400,
	    length },
	{ "a length of letters", POST("Content-Length: abc\r\n"), 400, length },
	{ "a length and letters", POST("Content-Length: 5a\r\n"), 400, length },
	{ "a fraction", POST("Content-Length: 5.0\r\n"), 400, length },
	{ "a length in quotes", POST("Content-Length: \"5\"\r\n"), 400,
	    length },
	{ "a length with a tab", POST("Content-Length:\t5\r\n"), 400,
	    "a tab beside Content-Length" },
	{ "a length with a vertical tab", POST("Content-Length: \v5\r\n"), 400,
	    control },
	{ "one more than the largest",
	    POST("Content-Length: 9223372036854775808\r\n"), 400, length },
	{ "19 nines", POST("Content-Length: 9999999999999999999\r\n"), 400,
	    length },
	{ "what is 5 in 64 bits",
	    POST("Content-Length: 18446744073709551621"
		 "\r\n"),
	    400, length },
	{ "20 digits", POST("Content-Length: 00000000000000000005\r\n"), 400,
	    length },
	{ "digits of another alphabet", POST("Content-Length: \xd9\xa5\r\n"),
	    400, length },

	/* Transfer-Encoding */
	{ "length and chunks",
	    POST("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400,
	    both },
	{ "chunks and length",
	    POST("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400,
	    both },
	{ "chunks and length 0",
	    POST("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n"), 400,
	    both },
	{ "identity and length",
	    POST("Transfer-Encoding: identity\r\nContent-Length: 5\r\n"), 400,
	    both },
	{ "chunks twice",
	    POST("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"
		 "\r\n"),
	    400, codings },
	{ "chunks, and identity in a second field",
	    POST("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"
		 "\r\n"),
	    400, codings },
	{ "chunked, identity", POST("Transfer-Encoding: chunked, identity\r\n"),
	    400, coding },
	{ "chunked, chunked", POST("Transfer-Encoding: chunked, chunked\r\n"),
	    400, coding },
	{ "identity, chunked, identity",
	    POST("Transfer-Encoding: identity, chunked, identity\r\n"), 400,
	    coding },
	{ "chunked and a comma", POST("Transfer-Encoding: chunked,\r\n"), 400,
	    coding },
	{ "a comma and chunked", POST("Transfer-Encoding: ,chunked\r\n"), 400,
	    coding },
	{ "no coding", POST("Transfer-Encoding:\r\n"), 400, coding },
	{ "a comma", POST("Transfer-Encoding: ,\r\n"), 400, coding },
	{ "chunked in quotes", POST("Transfer-Encoding: \"chunked\"\r\n"), 400,
	    coding },
	{ "chunked with a parameter",
	    POST("Transfer-Encoding: chunked;a=b\r\n"), 400, coding },
	{ "chunked and a word", POST("Transfer-Encoding: chunked a\r\n"), 400,
	    coding },
	{ "chunked and a semicolon", POST("Transfer-Encoding: chunked;\r\n"),
	    400, coding },
	{ "chunked and NUL", POST("Transfer-Encoding: chunked\0\r\n"), 400,
	    control },
	{ "chunked and a tab", POST("Transfer-Encoding: chunked\t\r\n"), 400,
	    tab },
	{ "a tab and chunked", POST("Transfer-Encoding:\tchunked\r\n"), 400,
	    tab },
	{ "a space, a tab and chunked",
	    POST("Transfer-Encoding: \t chunked\r\n"), 400, tab },
	{ "a vertical tab and chunked", POST("Transfer-Encoding:\vchunked\r\n"),
	    400, control },
	{ "chunked and a vertical tab",
	    POST("Transfer-Encoding: chunked\v\r\n"), 400, control },
	{ "chunked and a form feed", POST("Transfer-Encoding: chunked\f\r\n"),
	    400, control },
	{ "chunked and a hard space",
	    POST("Transfer-Encoding: chunked\xa0\r\n"), 400, coding },
	{ "xchunked", POST("Transfer-Encoding: xchunked\r\n"), 501, unknown },
	{ "chunkedx", POST("Transfer-Encoding: chunkedx\r\n"), 501, unknown },
	{ "identity", POST("Transfer-Encoding: identity\r\n"), 501, unknown },
	{ "gzip, chunked", POST("Transfer-Encoding: gzip, chunked\r\n"), 501,
	    unknown },
	{ "chunks in HTTP/1.0",
	    T("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400,
	    "Transfer-Encoding in HTTP/1.0" },

	/* bodies where none belong */
	{ "GET with a body", GET("Content-Length: 5\r\n"), 400, body },
	{ "GET with chunks", GET("Transfer-Encoding: chunked\r\n"), 400, body },
#define LEN5(method) \
	T(method " / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n")
	{ "HEAD with a body", LEN5("HEAD"), 400, body },
	{ "TRACE with a body", LEN5("TRACE"), 400, body },
	{ "DELETE with a body", LEN5("DELETE"), 400, body },
	{ "OPTIONS with a body", LEN5("OPTIONS"), 400, body },
	{ "COPY with a body", LEN5("COPY"), 400, body },
	{ "MOVE with a body", LEN5("MOVE"), 400, body },

	/* field lines */
	{ "a folded line", GET("A: b\r\n c\r\n"), 400, "a folded line" },
	{ "a line folded by a tab", GET("A: b\r\n\tc\r\n"), 400,
	    "a folded line" },
	{ "the first line is folded", T("GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
	    400, "a folded line" },
	{ "a space before the colon", GET("A : b\r\n"), 400, space },
	{ "a tab before the colon", GET("A\t: b\r\n"), 400, space },
	{ "a space before the colon of a length",
	    POST("Content-Length : 5\r\n"), 400, space },
	{ "a space in a name", GET("A B: c\r\n"), 400, space },
	{ "an empty name", GET(": b\r\n"), 400, "an empty field name" },
	{ "a line without a colon", GET("A\r\n"), 400, no_colon },
	{ "NUL in a name", GET("A\0: b\r\n"), 400, no_token },
	{ "a vertical tab in a name", GET("A\v: b\r\n"), 400, no_token },
	{ "a high bit in a name", GET("\xc3\xa4: b\r\n"), 400, no_token },
	{ "a bracket in a name", GET("A(: b\r\n"), 400, no_token },
	{ "a bare CR in a name", GET("A\r: b\r\n"), 400, no_colon },
	{ "NUL in a value", GET("A: b\0c\r\n"), 400, control },
	{ "NUL at the end of a value", GET("A: b\0\r\n"), 400, control },
	{ "a control byte in a value", GET("A: b\x01\r\n"), 400, control },
	{ "a control byte far in a value", GET("A: " TEN TEN "\x1f" TEN "\r\n"),
	    400, control },
	{ "DEL in a value", GET("A: b\x7f\r\n"), 400, control },
	{ "DEL far in a value", GET("A: " TEN TEN "\x7f" TEN "\r\n"), 400,
	    control },
	{ "a backspace in a value", GET("A: b\b\r\n"), 400, control },
	{ "a bare CR in a value", GET("A: b\rc\r\n"), 400, bare_cr },
	{ "a bare CR far in a value", GET("A: " TEN TEN "\r" TEN "\r\n"), 400,
	    bare_cr },
	{ "two CR at the end", GET("A: b\r\r\n"), 400, bare_cr },
	{ "a bare LF in a value", GET("A: b\nc: d\r\n"), 400, bare_lf },
	{ "a bare LF before a framing field",
	    GET("A: b\nContent-Length: 5\r\n"), 400, bare_lf },
	{ "a bare LF ends the head", T("GET / HTTP/1.1\r\nHost: a\r\n\n"), 400,
	    no_colon },
	{ "a bare CR ends the head", T("GET / HTTP/1.1\r\nHost: a\r\n\rA"), 400,
	    bare_cr },

	/* Connection and Expect */
	{ "Connection names Host", GET("Connection: host\r\n"), 400, needed },
	{ "Connection names Content-Length",
	    POST("Content-Length: 5\r\nConnection: close, Content-Length\r\n"),
	    400, needed },
	{ "Connection names Transfer-Encoding",
	    GET("Connection: transfer-encoding\r\n"), 400, needed },
	{ "Connection is no list", GET("Connection: close; a\r\n"), 400,
	    connection },
	{ "two words in Connection", GET("Connection: close keep-alive\r\n"),
	    400, connection },
	{ "the first of two Connections is no list",
	    GET("Connection: @\r\nConnection: close\r\n"), 400, connection },
	{ "33 options",
	    GET("Connection: a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,"
		"z,a,b,c,d,e,f,g\r\n"),
	    400, "too many options in Connection" },
	{ "another Expect", POST("Expect: 200-ok\r\n"), 417, expect },
	{ "an empty Expect", POST("Expect:\r\n"), 417, expect },
	{ "Expect and a word", POST("Expect: 100-continue, a\r\n"), 417,
	    expect },
	{ "two Expects",
	    POST("Expect: 100-continue\r\nExpect: 100-continue\r\n"), 417,
	    expect },

	/* limits */
	{ "eleven fields",
	    GET("a:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\na:\r\n"),
	    431, "too many fields" },
	{ "a head that is too large",
	    GET("A: " HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED "\r\n"
		"B: " HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED "\r\n"),
	    431, "the head is too large" },
	{ "a name without an end",
	    T("GET / HTTP/1.1\r\n" HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED
		    HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED),
	    431, "the head is too large" },
};

/*
 * Whole, and as it comes byte by byte: nothing is taken, and once it is
 * refused, it is for the reason that the whole is refused for.
 */
static void
test_refused(void **state)
{
	struct h1_request q;
	enum h1_result	  res, scan;
	char		 *copy;
	size_t		  i, n;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		for (n = 0; n <= cases[i].len; n++) {
			copy = malloc(n + 1); /* n may be 0 */
			assert_non_null(copy);
			memcpy(copy + 1, cases[i].text, n);
			res = h1_request(&q, copy + 1, n, &limits);
			scan = h1_scan(copy + 1, n, 0);
			if (res == H1_DONE || (scan == H1_BAD && res != H1_BAD))
				fail_msg("%s: taken after %zu bytes",
				    cases[i].what, n);
			if (res == H1_BAD &&
			    (q.head.status != cases[i].status ||
				strcmp(q.head.why, cases[i].why) != 0))
				fail_msg("%s: %d, %s", cases[i].what,
				    q.head.status, q.head.why);
			free(copy);
		}
		if (res != H1_BAD)
			fail_msg("%s: not refused", cases[i].what);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
