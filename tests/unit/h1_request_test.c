/* SPDX-License-Identifier: ISC */
/*
 * Request heads that are taken, and what is understood.  What is refused is in
 * h1_refuse_test.c.
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

#define HOST "Host: www.example.org\r\n"
#define POST "POST / HTTP/1.1\r\n" HOST

static const struct h1_limits limits = { 4096, 20 };

/* Parse a copy that ends where the text ends: a byte too many is seen. */
static enum h1_result
parse(struct h1_request *q, const char *text, char **copy)
{
	size_t len = strlen(text);

	*copy = malloc(len);
	assert_non_null(*copy);
	memcpy(*copy, text, len);
	return h1_request(q, *copy, len, &limits);
}

static const struct {
	const char    *what;
	const char    *text;
	enum h1_method method;
	const char    *path;
	const char    *query; /* NULL: none */
	const char    *host;
	const char    *port;
} lines[] = {
	{ "the least of all", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", H1_GET, "/",
	    NULL, "a", "" },
	{ "HEAD", "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", H1_HEAD, "/", NULL, "a",
	    "" },
	{ "POST", "POST / HTTP/1.1\r\nHost: a\r\n\r\n", H1_POST, "/", NULL, "a",
	    "" },
	{ "PUT", "PUT / HTTP/1.1\r\nHost: a\r\n\r\n", H1_PUT, "/", NULL, "a",
	    "" },
	{ "DELETE", "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", H1_DELETE, "/",
	    NULL, "a", "" },
	{ "PATCH", "PATCH / HTTP/1.1\r\nHost: a\r\n\r\n", H1_PATCH, "/", NULL,
	    "a", "" },
	{ "TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", H1_TRACE, "/", NULL,
	    "a", "" },
	{ "OPTIONS of a path", "OPTIONS /a HTTP/1.1\r\nHost: a\r\n\r\n",
	    H1_OPTIONS, "/a", NULL, "a", "" },
	{ "OPTIONS of the server", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
	    H1_OPTIONS, "*", NULL, "a", "" },
	{ "a method of WebDAV", "PROPFIND / HTTP/1.1\r\nHost: a\r\n\r\n",
	    H1_OTHER, "/", NULL, "a", "" },
	{ "methods know case", "get / HTTP/1.1\r\nHost: a\r\n\r\n", H1_OTHER,
	    "/", NULL, "a", "" },
	{ "a method of 32 bytes",
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF / HTTP/1.1\r\nHost: a\r\n\r\n",
	    H1_OTHER, "/", NULL, "a", "" },
	{ "an empty line comes first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
	    H1_GET, "/", NULL, "a", "" },

	{ "a query", "GET /a?b=c HTTP/1.1\r\nHost: a\r\n\r\n", H1_GET, "/a",
	    "b=c", "a", "" },
	{ "an empty query", "GET /a? HTTP/1.1\r\nHost: a\r\n\r\n", H1_GET, "/a",
	    "", "a", "" },
	{ "a query with a ?", "GET /a?b?c HTTP/1.1\r\nHost: a\r\n\r\n", H1_GET,
	    "/a", "b?c", "a", "" },
	{ "a query with a URL", "GET /?u=http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
	    H1_GET, "/", "u=http://b/", "a", "" },
	{ "a path keeps its bytes",
	    "GET //a/./%2e%2E/;x\\|\"<> HTTP/1.1\r\nHost: a\r\n\r\n", H1_GET,
	    "//a/./%2e%2E/;x\\|\"<>", NULL, "a", "" },
	{ "two slashes are no authority",
	    "GET //b/c HTTP/1.1\r\nHost: a\r\n\r\n", H1_GET, "//b/c", NULL, "a",
	    "" },

	{ "a port", "GET / HTTP/1.1\r\nHost: a:8080\r\n\r\n", H1_GET, "/", NULL,
	    "a", "8080" },
	{ "the largest port", "GET / HTTP/1.1\r\nHost: a:65535\r\n\r\n", H1_GET,
	    "/", NULL, "a", "65535" },
	{ "a final dot goes", "GET / HTTP/1.1\r\nHost: a.example.\r\n\r\n",
	    H1_GET, "/", NULL, "a.example", "" },
	{ "a final dot before a port",
	    "GET / HTTP/1.1\r\nHost: a.example.:80\r\n\r\n", H1_GET, "/", NULL,
	    "a.example", "80" },
	{ "a host keeps its case",
	    "GET / HTTP/1.1\r\nHost: WWW.Example.ORG\r\n\r\n", H1_GET, "/",
	    NULL, "WWW.Example.ORG", "" },
	{ "a host with an underscore",
	    "GET / HTTP/1.1\r\nHost: my_host\r\n\r\n", H1_GET, "/", NULL,
	    "my_host", "" },
	{ "no space before the host", "GET / HTTP/1.1\r\nHost:a\r\n\r\n",
	    H1_GET, "/", NULL, "a", "" },
	{ "much space around the host",
	    "GET / HTTP/1.1\r\nHost: \t a \t \r\n\r\n", H1_GET, "/", NULL, "a",
	    "" },
	{ "the name of Host in capitals", "GET / HTTP/1.1\r\nHOST: a\r\n\r\n",
	    H1_GET, "/", NULL, "a", "" },
	{ "IPv4", "GET / HTTP/1.1\r\nHost: 192.0.2.1:80\r\n\r\n", H1_GET, "/",
	    NULL, "192.0.2.1", "80" },
	{ "IPv6", "GET / HTTP/1.1\r\nHost: [2001:db8::1]\r\n\r\n", H1_GET, "/",
	    NULL, "[2001:db8::1]", "" },
	{ "IPv6 and a port",
	    "GET / HTTP/1.1\r\nHost: [2001:db8::1]:443\r\n\r\n", H1_GET, "/",
	    NULL, "[2001:db8::1]", "443" },
	{ "IPv6 with IPv4 in it",
	    "GET / HTTP/1.1\r\nHost: [::ffff:192.0.2.1]\r\n\r\n", H1_GET, "/",
	    NULL, "[::ffff:192.0.2.1]", "" },
	{ "HTTP/1.0 needs no Host", "GET / HTTP/1.0\r\n\r\n", H1_GET, "/", NULL,
	    "", "" },
	{ "HTTP/1.0 may have a Host", "GET / HTTP/1.0\r\nHost: a\r\n\r\n",
	    H1_GET, "/", NULL, "a", "" },

	{ "absolute-form",
	    "GET http://a.example/b?c HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    H1_GET, "/b", "c", "a.example", "" },
	{ "absolute-form of https",
	    "GET https://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    H1_GET, "/", NULL, "a.example", "" },
	{ "a scheme in capitals",
	    "GET HTTP://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n", H1_GET,
	    "/", NULL, "a.example", "" },
	{ "absolute-form without a path",
	    "GET http://a.example HTTP/1.1\r\nHost: a.example\r\n\r\n", H1_GET,
	    "/", NULL, "a.example", "" },
	{ "absolute-form with nothing but a query",
	    "GET http://a.example?b HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    H1_GET, "/", "b", "a.example", "" },
	{ "OPTIONS of a server by absolute-form",
	    "OPTIONS http://a.example HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    H1_OPTIONS, "*", NULL, "a.example", "" },
	{ "OPTIONS of a path by absolute-form",
	    "OPTIONS http://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    H1_OPTIONS, "/", NULL, "a.example", "" },
	{ "OPTIONS of a query by absolute-form",
	    "OPTIONS http://a.example?b HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    H1_OPTIONS, "/", "b", "a.example", "" },
	{ "both hosts in different case",
	    "GET http://A.example/ HTTP/1.1\r\nHost: a.EXAMPLE\r\n\r\n", H1_GET,
	    "/", NULL, "A.example", "" },
	{ "one of both with a final dot",
	    "GET http://a.example./ HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    H1_GET, "/", NULL, "a.example", "" },
	{ "one of both with the port of http",
	    "GET http://a.example:80/ HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    H1_GET, "/", NULL, "a.example", "80" },
	{ "one of both with the port of https",
	    "GET https://a.example/ HTTP/1.1\r\nHost: a.example:443\r\n\r\n",
	    H1_GET, "/", NULL, "a.example", "" },
	{ "absolute-form with a port",
	    "GET http://a.example:81/ HTTP/1.1\r\nHost: a.example:81\r\n\r\n",
	    H1_GET, "/", NULL, "a.example", "81" },
	{ "absolute-form in HTTP/1.0 without Host",
	    "GET http://a.example/ HTTP/1.0\r\n\r\n", H1_GET, "/", NULL,
	    "a.example", "" },
	{ "absolute-form with an at in its path",
	    "GET http://a.example/@b HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    H1_GET, "/@b", NULL, "a.example", "" },
};

static int
is(struct slice s, const char *want)
{
	return slice_equal(s, slice_of(want == NULL ? "" : want));
}

static void
test_lines(void **state)
{
	struct h1_request q;
	char		 *copy;
	size_t		  i;

	(void)state;
	for (i = 0; i < nitems(lines); i++) {
		if (parse(&q, lines[i].text, &copy) != H1_DONE)
			fail_msg("%s: %s", lines[i].what, q.head.why);
		if (q.method != lines[i].method ||
		    q.head.len != strlen(lines[i].text))
			fail_msg("%s: %d, %zu", lines[i].what, q.method,
			    q.head.len);
		if (!is(q.path, lines[i].path) ||
		    !is(q.query, lines[i].query) ||
		    q.has_query != (lines[i].query != NULL))
			fail_msg("%s: path %.*s", lines[i].what,
			    (int)q.path.len, q.path.at);
		if (!is(q.host, lines[i].host) || !is(q.port, lines[i].port))
			fail_msg("%s: host %.*s", lines[i].what,
			    (int)q.host.len, q.host.at);
		free(copy);
	}
}

enum {
	CLOSE,
	KEEP,
	UPGRADE,
	CONTINUE
};

static const struct {
	const char     *what;
	const char     *text;
	enum h1_framing framing;
	uint64_t	length;
	int		then;
} bodies[] = {
	{ "no body", POST "\r\n", H1_NO_BODY, 0, KEEP },
	{ "a length", POST "Content-Length: 5\r\n\r\n", H1_LENGTH, 5, KEEP },
	{ "no body that is said", POST "Content-Length: 0\r\n\r\n", H1_NO_BODY,
	    0, KEEP },
	{ "a length with zeros", POST "Content-Length: 0005\r\n\r\n", H1_LENGTH,
	    5, KEEP },
	{ "the largest length",
	    POST "Content-Length: 9223372036854775807\r\n\r\n", H1_LENGTH,
	    INT64_MAX, KEEP },
	{ "a length with spaces", POST "content-length:  5  \r\n\r\n",
	    H1_LENGTH, 5, KEEP },
	{ "chunks", POST "Transfer-Encoding: chunked\r\n\r\n", H1_CHUNKED, 0,
	    KEEP },
	{ "chunks in capitals", POST "TRANSFER-ENCODING: CHUNKED\r\n\r\n",
	    H1_CHUNKED, 0, KEEP },
	{ "chunks and a trailer that is said",
	    POST "Transfer-Encoding:chunked\r\nTrailer: a\r\n\r\n", H1_CHUNKED,
	    0, KEEP },
	{ "a body of WebDAV",
	    "PROPFIND / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\n",
	    H1_LENGTH, 5, KEEP },
	{ "an empty body of a GET",
	    "GET / HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", H1_NO_BODY,
	    0, KEEP },
	{ "a length in HTTP/1.0",
	    "POST / HTTP/1.0\r\nContent-Length: 5\r\n\r\n", H1_LENGTH, 5,
	    CLOSE },

	{ "close", POST "Connection: close\r\n\r\n", H1_NO_BODY, 0, CLOSE },
	{ "Close", POST "Connection: Close\r\n\r\n", H1_NO_BODY, 0, CLOSE },
	{ "keep-alive goes without saying",
	    POST "Connection: keep-alive\r\n\r\n", H1_NO_BODY, 0, KEEP },
	{ "close is stronger", POST "Connection: keep-alive, close\r\n\r\n",
	    H1_NO_BODY, 0, CLOSE },
	{ "close in a second field",
	    POST "Connection: keep-alive\r\nConnection: close\r\n\r\n",
	    H1_NO_BODY, 0, CLOSE },
	{ "empty elements", POST "Connection: ,, close,\r\n\r\n", H1_NO_BODY, 0,
	    CLOSE },
	{ "an empty Connection", POST "Connection:\r\n\r\n", H1_NO_BODY, 0,
	    KEEP },
	{ "close is no prefix", POST "Connection: closed\r\n\r\n", H1_NO_BODY,
	    0, KEEP },
	{ "Proxy-Connection says nothing",
	    POST "Proxy-Connection: close\r\n\r\n", H1_NO_BODY, 0, KEEP },
	{ "HTTP/1.0 closes", "GET / HTTP/1.0\r\n\r\n", H1_NO_BODY, 0, CLOSE },
	{ "HTTP/1.0 keeps if it is told to",
	    "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", H1_NO_BODY, 0,
	    KEEP },
	{ "HTTP/1.0 is told both",
	    "GET / HTTP/1.0\r\nConnection: keep-alive,close\r\n\r\n",
	    H1_NO_BODY, 0, CLOSE },

#define UP "GET / HTTP/1.1\r\n" HOST "Connection: "
	{ "WebSocket", UP "Upgrade\r\nUpgrade: websocket\r\n\r\n", H1_NO_BODY,
	    0, UPGRADE },
	{ "WebSocket of Firefox",
	    UP "keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n\r\n", H1_NO_BODY,
	    0, UPGRADE },
	{ "an Upgrade that Connection does not name",
	    UP "keep-alive\r\nUpgrade: websocket\r\n\r\n", H1_NO_BODY, 0,
	    KEEP },
	{ "an upgrade to nothing", UP "upgrade\r\n\r\n", H1_NO_BODY, 0, KEEP },
	{ "two Upgrades",
	    UP "upgrade\r\nUpgrade: websocket\r\nUpgrade: websocket\r\n\r\n",
	    H1_NO_BODY, 0, KEEP },
	{ "h2c is not for us",
	    UP "Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
	       "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
	    H1_NO_BODY, 0, KEEP },
	{ "a choice is not for us",
	    UP "upgrade\r\nUpgrade: h2c, websocket\r\n\r\n", H1_NO_BODY, 0,
	    KEEP },
	{ "WebSocket of HTTP/1.0",
	    "GET / HTTP/1.0\r\nConnection: upgrade\r\n"
	    "Upgrade: websocket\r\n\r\n",
	    H1_NO_BODY, 0, CLOSE },
	{ "WebSocket by POST",
	    POST "Connection: upgrade\r\nUpgrade: websocket\r\n\r\n",
	    H1_NO_BODY, 0, KEEP },

	{ "100-continue",
	    POST "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n", H1_LENGTH,
	    5, CONTINUE },
	{ "100-Continue, chunks",
	    POST "Expect: 100-Continue\r\nTransfer-Encoding: chunked\r\n\r\n",
	    H1_CHUNKED, 0, CONTINUE },
	{ "100-continue without a body", POST "Expect: 100-continue\r\n\r\n",
	    H1_NO_BODY, 0, KEEP },
	{ "100-continue of HTTP/1.0",
	    "POST / HTTP/1.0\r\nExpect: 100-continue\r\n"
	    "Content-Length: 5\r\n\r\n",
	    H1_LENGTH, 5, CLOSE },
};

static void
test_bodies(void **state)
{
	struct h1_request q;
	char		 *copy;
	size_t		  i;
	int		  then;

	(void)state;
	for (i = 0; i < nitems(bodies); i++) {
		if (parse(&q, bodies[i].text, &copy) != H1_DONE)
			fail_msg("%s: %s", bodies[i].what, q.head.why);
		then = q.head.upgrade ? UPGRADE :
		    q.expect_continue ? CONTINUE :
		    q.head.keep_alive ? KEEP :
					CLOSE;
		if (q.head.framing != bodies[i].framing ||
		    q.head.length != bodies[i].length || then != bodies[i].then)
			fail_msg("%s: %d, then %d", bodies[i].what,
			    q.head.framing, then);
		free(copy);
	}
}

/* The first field behind Host. */
static const struct {
	const char  *what;
	const char  *text; /* of all fields but Host */
	const char  *name;
	const char  *value;
	enum h1_name id;
	int	     hop;
} fields[] = {
	{ "a field of no interest", "X-A: b\r\n", "X-A", "b", H1_NAME_OTHER,
	    0 },
	{ "an empty value", "X-A:\r\n", "X-A", "", H1_NAME_OTHER, 0 },
	{ "nothing but space", "X-A: \t \r\n", "X-A", "", H1_NAME_OTHER, 0 },
	{ "tabs within", "X-A: a\tb c \r\n", "X-A", "a\tb c", H1_NAME_OTHER,
	    0 },
	{ "a value with colons", "X-A: a:b:c\r\n", "X-A", "a:b:c",
	    H1_NAME_OTHER, 0 },
	{ "bytes beyond ASCII", "X-A: \xc3\xa4\xff\r\n", "X-A", "\xc3\xa4\xff",
	    H1_NAME_OTHER, 0 },
	{ "every sign that a token may have", "!#$%&'*+-.^_`|~09azAZ: x\r\n",
	    "!#$%&'*+-.^_`|~09azAZ", "x", H1_NAME_OTHER, 0 },
	{ "a long value, read eight bytes at a time",
	    "X-A: 0123456789abcdef0123456789\tabcdef0123456789\r\n", "X-A",
	    "0123456789abcdef0123456789\tabcdef0123456789", H1_NAME_OTHER, 0 },
	{ "a name of one letter", "A: b\r\n", "A", "b", H1_NAME_OTHER, 0 },

#define ID(text, id, hop)                                            \
	{                                                            \
		text " is known", text ": a\r\n", text, "a", id, hop \
	}
	ID("Accept-Encoding", H1_NAME_ACCEPT_ENCODING, 0),
	ID("Content-Type", H1_NAME_CONTENT_TYPE, 0),
	ID("DATE", H1_NAME_DATE, 0),
	ID("Forwarded", H1_NAME_FORWARDED, 0),
	ID("HTTP2-Settings", H1_NAME_HTTP2_SETTINGS, 1),
	ID("Keep-Alive", H1_NAME_KEEP_ALIVE, 1),
	ID("location", H1_NAME_LOCATION, 0),
	ID("Proxy", H1_NAME_PROXY, 0),
	ID("Proxy-Connection", H1_NAME_PROXY_CONNECTION, 1),
	ID("Referer", H1_NAME_REFERER, 0),
	ID("Server", H1_NAME_SERVER, 0),
	ID("Strict-Transport-Security", H1_NAME_STRICT_TRANSPORT_SECURITY, 0),
	ID("TE", H1_NAME_TE, 1),
	ID("Trailer", H1_NAME_TRAILER, 1),
	ID("upgrade", H1_NAME_UPGRADE, 1),
	ID("user-AGENT", H1_NAME_USER_AGENT, 0),
	ID("X-Forwarded-For", H1_NAME_X_FORWARDED_FOR, 0),
	ID("X-Forwarded-Host", H1_NAME_X_FORWARDED_HOST, 0),
	ID("X-Forwarded-Proto", H1_NAME_X_FORWARDED_PROTO, 0),
	{ "a letter less", "X-Forwarded-Fo: a\r\n", "X-Forwarded-Fo", "a",
	    H1_NAME_OTHER, 0 },
	{ "a letter more", "X-Forwarded-Fors: a\r\n", "X-Forwarded-Fors", "a",
	    H1_NAME_OTHER, 0 },
	{ "another letter", "X-Forwarded+For: a\r\n", "X-Forwarded+For", "a",
	    H1_NAME_OTHER, 0 },

	{ "CGI takes it for X-Forwarded-For", "X_Forwarded-For: a\r\n",
	    "X_Forwarded-For", "a", H1_NAME_OTHER, 1 },
	{ "CGI takes it for Content-Length", "CONTENT_LENGTH: 5\r\n",
	    "CONTENT_LENGTH", "5", H1_NAME_OTHER, 1 },
	{ "other names may have it", "X_A: b\r\n", "X_A", "b", H1_NAME_OTHER,
	    0 },

	{ "Connection names it", "X-A: b\r\nConnection: x-a\r\n", "X-A", "b",
	    H1_NAME_OTHER, 1 },
	{ "Connection names it among others",
	    "X-A: b\r\nConnection: close , X-a,b\r\n", "X-A", "b",
	    H1_NAME_OTHER, 1 },
	{ "the second Connection names it",
	    "X-A: b\r\nConnection: close\r\nConnection: X-A\r\n", "X-A", "b",
	    H1_NAME_OTHER, 1 },
	{ "Connection names a known one",
	    "Referer: b\r\nConnection: referer"
	    "\r\n",
	    "Referer", "b", H1_NAME_REFERER, 1 },
	{ "Connection names another one", "X-A: b\r\nConnection: X-AB\r\n",
	    "X-A", "b", H1_NAME_OTHER, 0 },
	{ "close names no field", "Close: b\r\nConnection: close\r\n", "Close",
	    "b", H1_NAME_OTHER, 0 },
};

static void
test_fields(void **state)
{
	const struct h1_field *f;
	struct h1_request      q;
	char		      *copy, text[256];
	size_t		       i;

	(void)state;
	for (i = 0; i < nitems(fields); i++) {
		strlcpy(text, "GET / HTTP/1.1\r\nHost: a\r\n", sizeof(text));
		strlcat(text, fields[i].text, sizeof(text));
		strlcat(text, "\r\n", sizeof(text));
		if (parse(&q, text, &copy) != H1_DONE)
			fail_msg("%s: %s", fields[i].what, q.head.why);
		f = &q.head.fields[1];
		if (q.head.nfields < 2 || !is(f->name, fields[i].name) ||
		    !is(f->value, fields[i].value) || f->id != fields[i].id ||
		    f->hop != fields[i].hop)
			fail_msg("%s: %.*s: %.*s, %d, hop %d", fields[i].what,
			    (int)f->name.len, f->name.at, (int)f->value.len,
			    f->value.at, f->id, f->hop);
		free(copy);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
