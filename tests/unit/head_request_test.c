/* SPDX-License-Identifier: ISC */
/*
 * Requests as they come, and as they go to the upstream.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "head.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define TLS	1
#define TRUSTED 2
#define SIX	4 /* the peer is 2001:db8::9 */
#define RULES	8

/* What untrusted peers get behind their fields. */
#define PEER                                                        \
	"X-Forwarded-For: 192.0.2.9\r\nX-Forwarded-Proto: http\r\n" \
	"X-Forwarded-Host: a.example\r\nX-Real-IP: 192.0.2.9\r\n"   \
	"Forwarded: for=192.0.2.9;proto=http;host=a.example\r\n"
#define GET  "GET / HTTP/1.1\r\nHost: a.example\r\n"
#define POST "POST / HTTP/1.1\r\nHost: a.example\r\n"

static const struct {
	const char  *what;
	unsigned int flags;
	const char  *in;
	const char  *out;
} cases[] = {
	{ "as short as can be", 0, GET "\r\n", GET PEER "\r\n" },
	{ "the target keeps its bytes", 0,
	    "GET /%2e//a;b%2f?x=%zz&? HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    "GET /%2e//a;b%2f?x=%zz&? HTTP/1.1\r\n"
	    "Host: a.example\r\n" PEER "\r\n" },
	{ "an empty query", 0, "GET /? HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    "GET /? HTTP/1.1\r\nHost: a.example\r\n" PEER "\r\n" },
	{ "absolute-form becomes origin-form", 0,
	    "GET http://a.example/x?y HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    "GET /x?y HTTP/1.1\r\nHost: a.example\r\n" PEER "\r\n" },
	{ "absolute-form without a path", 0,
	    "GET http://a.example?y HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    "GET /?y HTTP/1.1\r\nHost: a.example\r\n" PEER "\r\n" },
	{ "the whole server", 0,
	    "OPTIONS * HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    "OPTIONS * HTTP/1.1\r\nHost: a.example\r\n" PEER "\r\n" },
	{ "the host in lower case and without its dot", 0,
	    "GET / HTTP/1.1\r\nhOST:  A.Example. \r\n\r\n", GET PEER "\r\n" },
	{ "the port that came", TLS,
	    "GET / HTTP/1.1\r\nHost: A.example.:8443\r\n\r\n",
	    "GET / HTTP/1.1\r\nHost: a.example:8443\r\n"
	    "X-Forwarded-For: 192.0.2.9\r\nX-Forwarded-Proto: https\r\n"
	    "X-Forwarded-Host: a.example:8443\r\nX-Real-IP: 192.0.2.9\r\n"
	    "Forwarded: for=192.0.2.9;proto=https;host=\"a.example:8443\""
	    "\r\n\r\n" },
	{ "IPv6 on both sides", SIX,
	    "GET / HTTP/1.1\r\nHost: [2001:DB8::1]\r\n\r\n",
	    "GET / HTTP/1.1\r\nHost: [2001:db8::1]\r\n"
	    "X-Forwarded-For: 2001:db8::9\r\nX-Forwarded-Proto: http\r\n"
	    "X-Forwarded-Host: [2001:db8::1]\r\nX-Real-IP: 2001:db8::9\r\n"
	    "Forwarded: for=\"[2001:db8::9]\";proto=http;"
	    "host=\"[2001:db8::1]\"\r\n\r\n" },
	{ "HTTP/1.0 without a host", 0, "GET / HTTP/1.0\r\n\r\n",
	    "GET / HTTP/1.1\r\nHost: site.example\r\n"
	    "X-Forwarded-For: 192.0.2.9\r\nX-Forwarded-Proto: http\r\n"
	    "X-Forwarded-Host: site.example\r\nX-Real-IP: 192.0.2.9\r\n"
	    "Forwarded: for=192.0.2.9;proto=http;host=site.example\r\n\r\n" },
	{ "order and names stay", 0,
	    GET "b-B: 1\r\nAccept:\r\nCOOKIE: a=b; c\r\nb-b:  2 3 \r\n\r\n",
	    GET "b-B: 1\r\nAccept: \r\nCOOKIE: a=b; c\r\nb-b: 2 3\r\n" PEER
		"\r\n" },
	{ "nothing hop-by-hop", 0,
	    GET "Connection: close, x-mine\r\nX-Mine: 1\r\nKeep-Alive: 1\r\n"
		"TE: trailers\r\nProxy-Connection: x\r\nUpgrade: h2c\r\n"
		"HTTP2-Settings: AA\r\nTrailer: x\r\n\r\n",
	    GET PEER "\r\n" },
	{ "nothing that CGI takes for the server's", 0,
	    GET "Proxy: http://evil.example\r\n\r\n", GET PEER "\r\n" },
	{ "no one else's word on who it is", 0,
	    GET "X-Forwarded-For: 1.1.1.1\r\nx-forwarded-proto: https\r\n"
		"X-Forwarded-Host: evil\r\nX-Forwarded-Port: 1\r\n"
		"x-REAL-ip: 1.1.1.1\r\nForwarded: for=1.1.1.1\r\n\r\n",
	    GET PEER "\r\n" },
	{ "nor by underscores", 0,
	    GET "X_Forwarded_For: 1.1.1.1\r\nX_FORWARDED-PORT: 1\r\n"
		"X_Real-IP: 1\r\nContent_Length: 1\r\nX_Mine: 1\r\n\r\n",
	    GET "X_Mine: 1\r\n" PEER "\r\n" },
	{ "names that only begin so stay", 0,
	    GET "X-Real-IPs: 1\r\nX-Forwarded: 1\r\nX: 1\r\n\r\n",
	    GET "X-Real-IPs: 1\r\nX-Forwarded: 1\r\nX: 1\r\n" PEER "\r\n" },
	{ "a body of some length", 0,
	    POST "content-length: 0012\r\nExpect: 100-continue\r\nA: 1\r\n\r\n",
	    POST "A: 1\r\n" PEER "Content-Length: 12\r\n\r\n" },
	{ "a body in chunks", 0,
	    POST "transfer-encoding: Chunked\r\nTrailer: x\r\n\r\n",
	    POST PEER "Transfer-Encoding: chunked\r\n\r\n" },
	{ "a POST without a body", 0, POST "\r\n",
	    POST PEER "Content-Length: 0\r\n\r\n" },
	{ "a DELETE without a body", 0,
	    "DELETE / HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    "DELETE / HTTP/1.1\r\nHost: a.example\r\n" PEER "\r\n" },
	{ "a DELETE that says so", 0,
	    "DELETE / HTTP/1.1\r\nHost: a.example\r\n"
	    "Content-Length: 0\r\n\r\n",
	    "DELETE / HTTP/1.1\r\nHost: a.example\r\n" PEER
	    "Content-Length: 0\r\n\r\n" },
	{ "a GET that says so", 0, GET "Content-Length: 0\r\n\r\n",
	    GET PEER "\r\n" },
	{ "a method of another's", 0,
	    "PROPFIND / HTTP/1.1\r\nHost: a.example\r\n\r\n",
	    "PROPFIND / HTTP/1.1\r\nHost: a.example\r\n" PEER "\r\n" },
	{ "a WebSocket", 0,
	    GET "Upgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
		"Sec-WebSocket-Key: x\r\n\r\n",
	    GET "Sec-WebSocket-Key: x\r\n" PEER
		"Connection: upgrade\r\nUpgrade: websocket\r\n\r\n" },
	{ "a trusted proxy's word is continued", TRUSTED | TLS,
	    GET "X-Forwarded-For: 198.51.100.1\r\nX-Forwarded-Proto: http\r\n"
		"X-Forwarded-Port: 80\r\nx-forwarded-for: 198.51.100.2, "
		"198.51.100.3\r\nX-Forwarded-Host: b.example\r\n"
		"X-Real-IP: 198.51.100.1\r\nForwarded: for=198.51.100.1\r\n"
		"\r\n",
	    GET "X-Forwarded-Proto: http\r\nX-Forwarded-Port: 80\r\n"
		"X-Forwarded-Host: b.example\r\nX-Real-IP: 198.51.100.1\r\n"
		"X-Forwarded-For: 198.51.100.1, 198.51.100.2, 198.51.100.3, "
		"192.0.2.9\r\n"
		"Forwarded: for=198.51.100.1, for=192.0.2.9;proto=https;"
		"host=a.example\r\n\r\n" },
	{ "a trusted proxy without a word", TRUSTED, GET "\r\n",
	    GET "X-Forwarded-For: 192.0.2.9\r\nX-Forwarded-Proto: http\r\n"
		"X-Forwarded-Host: a.example\r\n"
		"Forwarded: for=192.0.2.9;proto=http;host=a.example\r\n\r\n" },
	{ "but underscores are no one's", TRUSTED,
	    GET "X_Forwarded_For: 1.1.1.1\r\nX-Real_IP: 1.1.1.1\r\n\r\n",
	    GET "X-Forwarded-For: 192.0.2.9\r\nX-Forwarded-Proto: http\r\n"
		"X-Forwarded-Host: a.example\r\n"
		"Forwarded: for=192.0.2.9;proto=http;host=a.example\r\n\r\n" },
	{ "the rules of the file", RULES,
	    GET "X-Set: 1\r\nx-SET: 2\r\nX_Set: 3\r\nX-Add: 1\r\nX-Gone: 1\r\n"
		"X-Late: 1\r\nX-Back: 1\r\n\r\n",
	    "GET / HTTP/1.1\r\nHost: inner.example:8080\r\nX-Add: 1\r\n"
	    "X-Forwarded-For: 192.0.2.9\r\n"
	    "X-Forwarded-Host: a.example\r\nX-Real-IP: 192.0.2.9\r\n"
	    "X-Add: 2\r\nX-Forwarded-Proto: https\r\nX-Set: location\r\n"
	    "X-Set: more\r\nX-Back: again\r\n\r\n" },
};

static char *names[] = { (char[]){ "site.example" } };

#define SET(n, v)                                        \
	{                                                \
		EDGE_HEADER_SET, (char[]){ n }, (char[]) \
		{                                        \
			v                                \
		}                                        \
	}
#define ADD(n, v)                                        \
	{                                                \
		EDGE_HEADER_ADD, (char[]){ n }, (char[]) \
		{                                        \
			v                                \
		}                                        \
	}
#define REMOVE(n)                                       \
	{                                               \
		EDGE_HEADER_REMOVE, (char[]){ n }, NULL \
	}

static struct edge_header site_rules[] = {
	SET("X-Set", "site"),
	ADD("X-Add", "2"),
	ADD("X-Late", "site"),
	SET("Host", "inner.example:8080"),
	SET("X-Forwarded-Proto", "https"),
	REMOVE("Forwarded"),
};
static struct edge_header location_rules[] = {
	REMOVE("X-Gone"),
	SET("x-set", "never seen"),
	SET("X-Set", "location"),
	ADD("X-Set", "more"),
	REMOVE("x-late"),
	REMOVE("X-Back"),
	ADD("X-Back", "again"),
};

static struct edge_site	    site = { .names = names, .nnames = 1 };
static struct edge_site	    ruled = { .names = names,
	    .nnames = 1,
	    .request = { site_rules, nitems(site_rules) } };
static struct edge_location location = { .request = { location_rules,
					     nitems(location_rules) } };

static const struct h1_limits limits = { 16384, 100 };

static int
write_case(struct out *o, size_t i, struct head_marks *marks)
{
	static struct h1_request r;
	struct head_client	 client = { .address = "192.0.2.9" };

	if (h1_request(&r, cases[i].in, strlen(cases[i].in), &limits) !=
	    H1_DONE)
		return -2;
	if (cases[i].flags & SIX) {
		client.address = "2001:db8::9";
		client.ipv6 = 1;
	}
	client.tls = cases[i].flags & TLS;
	client.trusted = cases[i].flags & TRUSTED;
	if (cases[i].flags & RULES)
		return head_request(o, &r, &client, &ruled, &location, marks);
	return head_request(o, &r, &client, &site, NULL, marks);
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

		ret = write_case(&o, i, NULL);
		if (ret != 0)
			fail_msg("%s: %d", cases[i].what, ret);
		if (o.len != strlen(cases[i].out) ||
		    memcmp(buf, cases[i].out, o.len) != 0)
			fail_msg("%s:\n%.*s", cases[i].what, (int)o.len, buf);
	}
}

/* Whatever the room, it is whole or it is refused. */
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
			ret = write_case(&o, i, NULL);
			assert_int_equal(ret,
			    size < strlen(cases[i].out) ? -1 : 0);
			free(buf);
		}
	}
}

static void
is(struct slice s, const char *want)
{
	if (s.len != strlen(want) || memcmp(s.at, want, s.len) != 0)
		fail_msg("%.*s, not %s", (int)s.len, s.at, want);
}

static void
test_marks(void **state)
{
	static const char in[] = "GET /a?b HTTP/1.1\r\nHost: A.example:1\r\n"
				 "Referer: http://r.example/\r\nUser-Agent:\r\n"
				 "User-agent: curl/8.5\r\n\r\n";
	static struct h1_request r;
	struct head_client	 client = { .address = "192.0.2.9" };
	struct head_marks	 m;
	char			 buf[4096];
	struct out		 o = { buf, sizeof(buf), 0, 0 };

	(void)state;
	assert_int_equal(h1_request(&r, in, sizeof(in) - 1, &limits), H1_DONE);
	assert_int_equal(head_request(&o, &r, &client, NULL, NULL, &m), 0);
	is(m.method, "GET");
	is(m.target, "/a?b");
	is(m.host, "a.example:1");
	is(m.referer, "http://r.example/");
	is(m.user_agent, "curl/8.5");
	assert_true(m.user_agent.at > buf && m.user_agent.at < buf + o.len);
}

static const struct {
	const char *what;
	const char *fields;
	const char *peer; /* NULL: 10.0.0.1, which is trusted */
	const char *want;
} clients[] = {
	{ "not trusted", "X-Forwarded-For: 192.0.2.1\r\n", "192.0.2.9",
	    "192.0.2.9" },
	{ "trusted", "X-Forwarded-For: 192.0.2.1\r\n", NULL, "192.0.2.1" },
	{ "IPv6", "X-Forwarded-For:2001:db8::1\r\n", NULL, "2001:db8::1" },
	{ "the last one", "X-Forwarded-For: 192.0.2.1,\t192.0.2.2\r\n", NULL,
	    "192.0.2.2" },
	{ "the last one that is not trusted",
	    "X-Forwarded-For: 192.0.2.1, 192.0.2.2 , 10.0.0.2,10.0.0.3\r\n",
	    NULL, "192.0.2.2" },
	{ "through several fields",
	    "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 192.0.2.2\r\n"
	    "x-forwarded-for: 10.0.0.2\r\n",
	    NULL, "192.0.2.2" },
	{ "no one else", "X-Forwarded-For: 10.0.0.3\r\n", NULL, "10.0.0.1" },
	{ "nothing", "", NULL, "10.0.0.1" },
	{ "an empty one", "X-Forwarded-For:\r\n", NULL, "10.0.0.1" },
	{ "no address", "X-Forwarded-For: 192.0.2.1, unknown\r\n", NULL,
	    "10.0.0.1" },
	{ "no address behind a trusted one",
	    "X-Forwarded-For: 192.0.2.1, x, 10.0.0.2\r\n", NULL, "10.0.0.1" },
	{ "an empty one of several", "X-Forwarded-For: 192.0.2.1,\r\n", NULL,
	    "10.0.0.1" },
	{ "longer than an address",
	    "X-Forwarded-For: "
	    "1111111111111111111111111111111111111111111111111111\r\n",
	    NULL, "10.0.0.1" },
};

static void
test_clients(void **state)
{
	static struct h1_request r;
	struct prefix		 net;
	struct edge_prefixes	 trusted = { &net, 1 };
	struct addr		 peer, got;
	char			 in[512], text[ADDR_LEN];
	size_t			 i;

	(void)state;
	assert_null(prefix_parse(&net, "10.0.0.0/8"));
	for (i = 0; i < nitems(clients); i++) {
		snprintf(in, sizeof(in), GET "%s\r\n", clients[i].fields);
		assert_int_equal(h1_request(&r, in, strlen(in), &limits),
		    H1_DONE);
		assert_int_equal(addr_parse(&peer,
				     clients[i].peer != NULL ? clients[i].peer :
							       "10.0.0.1"),
		    0);
		got = head_client_address(&r, &peer, &trusted);
		if (strcmp(addr_print(&got, text), clients[i].want) != 0)
			fail_msg("%s: %s", clients[i].what, text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_clients),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
