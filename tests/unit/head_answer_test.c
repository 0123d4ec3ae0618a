/* SPDX-License-Identifier: ISC */
/*
 * Answers as they come from the upstream, as they go to the client, and our
 * own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "head.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define CLOSE	 1
#define HEAD	 2
#define TLS	 4
#define UPGRADE	 8
#define ONE_ZERO 16 /* the client's HTTP */
#define RULES	 32

#define DATE "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
#define OK   "HTTP/1.1 200 OK\r\n"

static const struct {
	const char     *what;
	unsigned int	flags;
	enum h1_framing framing;
	uint64_t	length;
	const char     *in;
	const char     *out;
} cases[] = {
	{ "as short as can be", 0, H1_NO_BODY, 0,
	    OK "Content-Length: 0\r\n\r\n",
	    OK DATE "Content-Length: 0\r\n\r\n" },
	{ "some length", 0, H1_LENGTH, 5,
	    OK "Date: x\r\nContent-Length: 05\r\nServer: OpenBSD httpd\r\n\r\n",
	    OK "Date: x\r\nServer: OpenBSD httpd\r\nContent-Length: 5\r\n"
	       "\r\n" },
	{ "in chunks", 0, H1_CHUNKED, 0,
	    OK DATE "Transfer-Encoding: chunked\r\n\r\n",
	    OK DATE "Transfer-Encoding: chunked\r\n\r\n" },
	{ "chunks for one who knows none", ONE_ZERO, H1_UNTIL_CLOSE, 0,
	    OK DATE "Transfer-Encoding: chunked\r\n\r\n",
	    OK DATE "Connection: close\r\n\r\n" },
	{ "until it closes, in chunks for us", 0, H1_CHUNKED, 0, OK DATE "\r\n",
	    OK DATE "Transfer-Encoding: chunked\r\n\r\n" },
	{ "an old one that keeps alive", ONE_ZERO, H1_LENGTH, 1,
	    OK DATE "Content-Length: 1\r\n\r\n",
	    OK DATE "Content-Length: 1\r\nConnection: keep-alive\r\n\r\n" },
	{ "the last one", CLOSE, H1_LENGTH, 1,
	    OK DATE "Content-Length: 1\r\n\r\n",
	    OK DATE "Content-Length: 1\r\nConnection: close\r\n\r\n" },
	{ "the upstream's own HTTP/1.0", 0, H1_LENGTH, 1,
	    "HTTP/1.0 200 Fine\r\n" DATE
	    "Connection: keep-alive\r\nContent-Length: 1\r\n\r\n",
	    "HTTP/1.1 200 Fine\r\n" DATE "Content-Length: 1\r\n\r\n" },
	{ "no phrase", 0, H1_NO_BODY, 0,
	    "HTTP/1.1 404 \r\n" DATE "Content-Length: 0\r\n\r\n",
	    "HTTP/1.1 404 Not Found\r\n" DATE "Content-Length: 0\r\n\r\n" },
	{ "no phrase that anybody knows", 0, H1_NO_BODY, 0,
	    "HTTP/1.1 299 \r\n" DATE "Content-Length: 0\r\n\r\n",
	    "HTTP/1.1 299 \r\n" DATE "Content-Length: 0\r\n\r\n" },
	{ "nothing hop-by-hop", 0, H1_NO_BODY, 0,
	    OK DATE "Connection: x-mine, keep-alive\r\nX-Mine: 1\r\n"
		    "Keep-Alive: timeout=5\r\nProxy-Connection: x\r\n"
		    "Upgrade: h2c\r\nTrailer: x\r\nContent-Length: 0\r\n"
		    "Set-Cookie: a\r\nset-cookie: b\r\n\r\n",
	    OK DATE "Set-Cookie: a\r\nset-cookie: b\r\n"
		    "Content-Length: 0\r\n\r\n" },
	{ "to HEAD the length that was said", HEAD, H1_NO_BODY, 0,
	    OK DATE "Content-Length: 1234\r\n\r\n",
	    OK DATE "Content-Length: 1234\r\n\r\n" },
	{ "to HEAD none if none was said", HEAD, H1_NO_BODY, 0, OK DATE "\r\n",
	    OK DATE "\r\n" },
	{ "no content", 0, H1_NO_BODY, 0,
	    "HTTP/1.1 204 No Content\r\n" DATE "\r\n",
	    "HTTP/1.1 204 No Content\r\n" DATE "\r\n" },
	{ "not modified", 0, H1_NO_BODY, 0,
	    "HTTP/1.1 304 Not Modified\r\n" DATE "ETag: \"x\"\r\n\r\n",
	    "HTTP/1.1 304 Not Modified\r\n" DATE "ETag: \"x\"\r\n\r\n" },
	{ "an early hint", TLS | CLOSE, H1_NO_BODY, 0,
	    "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\nConnection: close\r\n"
	    "\r\n",
	    "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" },
	{ "a WebSocket", UPGRADE, H1_NO_BODY, 0,
	    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
	    "Connection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n",
	    "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: x\r\n"
	    "Connection: upgrade\r\nUpgrade: websocket\r\n\r\n" },
	{ "HSTS instead of the upstream's", TLS, H1_NO_BODY, 0,
	    OK DATE "Strict-Transport-Security: max-age=0\r\n"
		    "Content-Length: 0\r\n\r\n",
	    OK DATE "Content-Length: 0\r\nStrict-Transport-Security: "
		    "max-age=15552000; includeSubDomains; preload\r\n\r\n" },
	{ "the rules of the file", RULES, H1_NO_BODY, 0,
	    OK DATE "Content-Length: 0\r\nserver: x\r\nX-Powered-By: y\r\n"
		    "X_Powered_By: z\r\nVary: a\r\n\r\n",
	    OK DATE "Vary: a\r\nContent-Length: 0\r\nVary: b\r\n"
		    "Server: mine\r\n\r\n" },
	{ "rules without a field to change", RULES, H1_NO_BODY, 0,
	    OK "Content-Length: 0\r\n\r\n",
	    OK DATE "Content-Length: 0\r\nVary: b\r\nServer: mine\r\n\r\n" },
};

static char server[] = "Server", mine[] = "mine", vary[] = "Vary", b[] = "b",
	    powered[] = "X-Powered-By";
static struct edge_header rules[] = {
	{ EDGE_HEADER_REMOVE, powered, NULL },
	{ EDGE_HEADER_ADD, vary, b },
	{ EDGE_HEADER_SET, server, mine },
};
static struct edge_site	    site = { .hsts = 180 * 86400,
	    .hsts_subdomains = 1,
	    .hsts_preload = 1 };
static struct edge_location location = { .response = { rules, nitems(rules) } };

static void
how_of(struct head_answer *how, unsigned int flags)
{
	memset(how, 0, sizeof(*how));
	how->close = (flags & CLOSE) != 0;
	how->head = (flags & HEAD) != 0;
	how->tls = (flags & TLS) != 0;
	how->upgrade = (flags & UPGRADE) != 0;
	how->minor = flags & ONE_ZERO ? 0 : 1;
	how->date = "Sun, 06 Nov 1994 08:49:37 GMT";
}

static int
write_case(struct out *o, size_t i)
{
	static const struct h1_limits limits = { 16384, 100 };
	static struct h1_response     r;
	struct head_answer	      how;

	if (h1_response(&r, cases[i].flags & HEAD ? H1_HEAD : H1_GET,
		cases[i].in, strlen(cases[i].in), &limits) != H1_DONE)
		return -2;
	how_of(&how, cases[i].flags);
	how.framing = cases[i].framing;
	how.length = cases[i].length;
	return head_answer(o, &r, &how, &site,
	    cases[i].flags & RULES ? &location : NULL);
}

static void
test_cases(void **state)
{
	char   buf[4096];
	size_t i;
	int    ret;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		struct out o = { buf, sizeof(buf), 0, 0 };

		if ((ret = write_case(&o, i)) != 0)
			fail_msg("%s: %d", cases[i].what, ret);
		if (o.len != strlen(cases[i].out) ||
		    memcmp(buf, cases[i].out, o.len) != 0)
			fail_msg("%s:\n%.*s", cases[i].what, (int)o.len, buf);
	}
}

static void
test_room(void **state)
{
	char  *buf;
	size_t i, size;
	int    ret;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		for (size = 1; size <= strlen(cases[i].out); size++) {
			struct out o = { NULL, size, 0, 0 };

			assert_non_null(buf = malloc(size));
			o.buf = buf;
			ret = write_case(&o, i);
			assert_int_equal(ret,
			    size < strlen(cases[i].out) ? -1 : 0);
			free(buf);
		}
	}
}

static const struct {
	const char  *what;
	unsigned int flags;
	int	     status;
	const char  *type;
	const char  *url;
	unsigned int retry;
	uint64_t     length;
	const char  *out;
} own[] = {
	{ "a page", CLOSE, 403, "text/html", "", 0, 1234,
	    "HTTP/1.1 403 Forbidden\r\n" DATE "Content-Type: text/html\r\n"
	    "Content-Length: 1234\r\nConnection: close\r\n\r\n" },
	{ "nothing to say", 0, 200, NULL, "", 0, 0,
	    OK DATE "Content-Length: 0\r\n\r\n" },
	{ "no content", 0, 204, NULL, "", 0, 0,
	    "HTTP/1.1 204 No Content\r\n" DATE "\r\n" },
	{ "elsewhere", TLS | ONE_ZERO, 301, NULL, "https://a.example/", 0, 0,
	    "HTTP/1.1 301 Moved Permanently\r\n" DATE
	    "Location: https://a.example/\r\nContent-Length: 0\r\n"
	    "Strict-Transport-Security: max-age=15552000; includeSubDomains; "
	    "preload\r\nConnection: keep-alive\r\n\r\n" },
	{ "later", HEAD | RULES, 503, "text/html", "", 5, 99,
	    "HTTP/1.1 503 Service Unavailable\r\n" DATE
	    "Content-Type: text/html\r\nRetry-After: 5\r\n"
	    "Content-Length: 99\r\nVary: b\r\nServer: mine\r\n\r\n" },
};

static void
test_own(void **state)
{
	struct head_answer how;
	char		   buf[1024];
	size_t		   i;

	(void)state;
	for (i = 0; i < nitems(own); i++) {
		struct out o = { buf, sizeof(buf), 0, 0 };

		how_of(&how, own[i].flags);
		how.length = own[i].length;
		assert_int_equal(head_own(&o, own[i].status, own[i].type,
				     slice_of(own[i].url), own[i].retry, &how,
				     &site,
				     own[i].flags & RULES ? &location : NULL),
		    0);
		if (o.len != strlen(own[i].out) ||
		    memcmp(buf, own[i].out, o.len) != 0)
			fail_msg("%s:\n%.*s", own[i].what, (int)o.len, buf);
	}
}

static const struct {
	int	    status;
	const char *want;
} phrases[] = {
	{ 100, "Continue" },
	{ 101, "Switching Protocols" },
	{ 103, "Early Hints" },
	{ 104, "" },
	{ 200, "OK" },
	{ 206, "Partial Content" },
	{ 301, "Moved Permanently" },
	{ 304, "Not Modified" },
	{ 306, "" },
	{ 307, "Temporary Redirect" },
	{ 308, "Permanent Redirect" },
	{ 400, "Bad Request" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 408, "Request Timeout" },
	{ 410, "Gone" },
	{ 413, "Content Too Large" },
	{ 414, "URI Too Long" },
	{ 416, "Range Not Satisfiable" },
	{ 417, "Expectation Failed" },
	{ 418, "" },
	{ 421, "Misdirected Request" },
	{ 426, "Upgrade Required" },
	{ 429, "Too Many Requests" },
	{ 431, "Request Header Fields Too Large" },
	{ 451, "Unavailable For Legal Reasons" },
	{ 500, "Internal Server Error" },
	{ 502, "Bad Gateway" },
	{ 504, "Gateway Timeout" },
	{ 505, "HTTP Version Not Supported" },
	{ 511, "Network Authentication Required" },
	{ 599, "" },
	{ 0, "" },
	{ 99, "" },
	{ 600, "" },
	{ -1, "" },
};

static void
test_phrases(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < nitems(phrases); i++)
		if (strcmp(head_phrase(phrases[i].status), phrases[i].want) !=
		    0)
			fail_msg("%d: %s", phrases[i].status,
			    head_phrase(phrases[i].status));
}

static const struct {
	time_t	    t;
	const char *want;
} dates[] = {
	{ 0, "Thu, 01 Jan 1970 00:00:00 GMT" },
	{ -5, "Thu, 01 Jan 1970 00:00:00 GMT" },
	{ 784111777, "Sun, 06 Nov 1994 08:49:37 GMT" },
	{ 951782400, "Tue, 29 Feb 2000 00:00:00 GMT" },
	{ 951868799, "Tue, 29 Feb 2000 23:59:59 GMT" },
	{ 1795360000, "Sun, 22 Nov 2026 15:06:40 GMT" },
	{ 2147483648, "Tue, 19 Jan 2038 03:14:08 GMT" },
	{ 4107542400, "Mon, 01 Mar 2100 00:00:00 GMT" },
	{ 253402300799, "Fri, 31 Dec 9999 23:59:59 GMT" },
	{ 253402300800, "Fri, 31 Dec 9999 23:59:59 GMT" },
};

static void
test_dates(void **state)
{
	char   buf[HEAD_DATE_LEN];
	size_t i;

	(void)state;
	for (i = 0; i < nitems(dates); i++)
		assert_string_equal(head_date(buf, dates[i].t), dates[i].want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_own),
		cmocka_unit_test(test_phrases),
		cmocka_unit_test(test_dates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
