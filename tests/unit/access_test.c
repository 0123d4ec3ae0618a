/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "access.h"
#include "rx.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define NOW 784111777 /* 1994-11-06T08:49:37Z */

#define TEXT(s)                  \
	{                        \
		s, sizeof(s) - 1 \
	}

static const struct {
	const char	    *what;
	struct access_record r;
	const char	    *combined;
	const char	    *json;
} cases[] = {
	{ "all there is",
	    { "192.0.2.9", NOW, TEXT("GET"), TEXT("/a?b"), TEXT("a.example"),
		TEXT("https://r.example/"), TEXT("Mozilla/5.0 (X11)"), 1, 200,
		2326, 7, REASON_DONE, NULL, 12, "198.51.100.1 port 80", 11,
		"TLSv1.3" },
	    "192.0.2.9 - - [06/Nov/1994:08:49:37 +0000] \"GET /a?b HTTP/1.1\" "
	    "200 2326 \"https://r.example/\" \"Mozilla/5.0 (X11)\" "
	    "host=a.example why=done ms=12 received=7 "
	    "upstream=\"198.51.100.1 port 80\" upstream_ms=11 tls=TLSv1.3\n",
	    "{\"time\":\"1994-11-06T08:49:37Z\",\"client\":\"192.0.2.9\","
	    "\"method\":\"GET\",\"target\":\"/a?b\","
	    "\"protocol\":\"HTTP/1.1\",\"status\":200,\"bytes\":2326,"
	    "\"received\":7,\"host\":\"a.example\","
	    "\"referer\":\"https://r.example/\","
	    "\"user_agent\":\"Mozilla/5.0 (X11)\",\"why\":\"done\",\"list\":null,\"ms\":12,"
	    "\"upstream\":\"198.51.100.1 port 80\",\"upstream_ms\":11,"
	    "\"tls\":\"TLSv1.3\"}\n" },
	{ "nothing was understood",
	    { .client = "2001:db8::9",
		.time = NOW,
		.status = 408,
		.bytes = 5,
		.reason = REASON_HEAD_TIMEOUT,
		.ms = 10000,
		.upstream_ms = -1 },
	    "2001:db8::9 - - [06/Nov/1994:08:49:37 +0000] \"-\" 408 5 \"-\" "
	    "\"-\" host=- why=head-timeout ms=10000 received=0\n",
	    "{\"time\":\"1994-11-06T08:49:37Z\",\"client\":\"2001:db8::9\","
	    "\"method\":null,\"target\":null,\"protocol\":null,"
	    "\"status\":408,\"bytes\":5,\"received\":0,\"host\":null,"
	    "\"referer\":null,\"user_agent\":null,\"why\":\"head-timeout\",\"list\":null,"
	    "\"ms\":10000,\"upstream\":null,\"upstream_ms\":null,"
	    "\"tls\":null}\n" },
	{ "the client left",
	    { .client = "192.0.2.9",
		.time = NOW,
		.method = TEXT("POST"),
		.target = TEXT("/"),
		.minor = 0,
		.reason = REASON_CLIENT_GONE,
		.received = UINT64_MAX,
		.upstream = "/run/app.sock",
		.upstream_ms = -1 },
	    "192.0.2.9 - - [06/Nov/1994:08:49:37 +0000] \"POST / HTTP/1.0\" "
	    "000 0 \"-\" \"-\" host=- why=client-gone ms=0 "
	    "received=18446744073709551615 upstream=\"/run/app.sock\" "
	    "upstream_ms=-1\n",
	    "{\"time\":\"1994-11-06T08:49:37Z\",\"client\":\"192.0.2.9\","
	    "\"method\":\"POST\",\"target\":\"/\",\"protocol\":\"HTTP/1.0\","
	    "\"status\":0,\"bytes\":0,\"received\":18446744073709551615,"
	    "\"host\":null,\"referer\":null,\"user_agent\":null,"
	    "\"why\":\"client-gone\",\"list\":null,\"ms\":0,"
	    "\"upstream\":\"/run/app.sock\",\"upstream_ms\":null,"
	    "\"tls\":null}\n" },
	{ "blocked by a list",
	    { .client = "192.0.2.9",
		.time = NOW,
		.method = TEXT("GET"),
		.target = TEXT("/"),
		.minor = 1,
		.status = 403,
		.reason = REASON_BLOCKED,
		.list = "drop" },
	    "192.0.2.9 - - [06/Nov/1994:08:49:37 +0000] \"GET / HTTP/1.1\" "
	    "403 0 \"-\" \"-\" host=- why=blocked ms=0 received=0 list=drop\n",
	    "{\"time\":\"1994-11-06T08:49:37Z\",\"client\":\"192.0.2.9\","
	    "\"method\":\"GET\",\"target\":\"/\",\"protocol\":\"HTTP/1.1\","
	    "\"status\":403,\"bytes\":0,\"received\":0,\"host\":null,"
	    "\"referer\":null,\"user_agent\":null,\"why\":\"blocked\","
	    "\"list\":\"drop\",\"ms\":0,\"upstream\":null,"
	    "\"upstream_ms\":null,\"tls\":null}\n" },
	{ "whatever bytes there are",
	    { .client = "192.0.2.9",
		.time = NOW,
		.method = TEXT("G\"T"),
		.target = TEXT("/\" 200 0 \"\n\\x\x00\x7f\xc3\xa9"),
		.host = TEXT("a b=\"c\""),
		.referer = TEXT("\r\n"),
		.user_agent = TEXT("-"),
		.minor = 1,
		.status = 400,
		.reason = REASON_BAD_REQUEST },
	    "192.0.2.9 - - [06/Nov/1994:08:49:37 +0000] \"G\\\"T /\\\" 200 0 "
	    "\\\"\\x0a\\\\x\\x00\\x7f\\xc3\\xa9 HTTP/1.1\" 400 0 "
	    "\"\\x0d\\x0a\" \"-\" host=\"a b=\\\"c\\\"\" why=bad-request ms=0 "
	    "received=0\n",
	    "{\"time\":\"1994-11-06T08:49:37Z\",\"client\":\"192.0.2.9\","
	    "\"method\":\"G\\\"T\",\"target\":\"/\\\" 200 0 "
	    "\\\"\\u000a\\\\x\\u0000\\u007f\\u00c3\\u00a9\","
	    "\"protocol\":\"HTTP/1.1\",\"status\":400,\"bytes\":0,"
	    "\"received\":0,\"host\":\"a b=\\\"c\\\"\","
	    "\"referer\":\"\\u000d\\u000a\",\"user_agent\":\"-\","
	    "\"why\":\"bad-request\",\"list\":null,\"ms\":0,\"upstream\":null,"
	    "\"upstream_ms\":null,\"tls\":null}\n" },
};

/* Combined, as those who read logs commonly take it apart. */
#define PARSER                                                   \
	"^(\\S+) (\\S+) (\\S+) \\[([\\w:/]+\\s[+\\-]\\d{4})\\] " \
	"\"((?:[^\"\\\\]|\\\\.)*)\" (\\d{3}) (\\d+|-) "          \
	"\"((?:[^\"\\\\]|\\\\.)*)\" \"((?:[^\"\\\\]|\\\\.)*)\" host=\\S.*\n$"

static struct rx *
parser(void)
{
	char	   why[128];
	size_t	   at;
	struct rx *rx;

	rx = rx_new(PARSER, 0, why, sizeof(why), &at);
	assert_non_null(rx);
	return rx;
}

static void
test_cases(void **state)
{
	char	   buf[ACCESS_LINE_MAX + 1];
	struct rx *rx = parser();
	size_t	   i;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		struct out o = { buf, ACCESS_LINE_MAX, 0, 0 };

		access_line(&o, EDGE_LOG_COMBINED, &cases[i].r);
		buf[o.len] = '\0';
		if (strcmp(buf, cases[i].combined) != 0)
			fail_msg("%s: %s", cases[i].what, buf);
		if (rx_match(rx, buf) != RX_YES)
			fail_msg("%s: %s", cases[i].what, buf);
		o.len = 0;
		access_line(&o, EDGE_LOG_JSON, &cases[i].r);
		buf[o.len] = '\0';
		if (strcmp(buf, cases[i].json) != 0)
			fail_msg("%s: %s", cases[i].what, buf);
	}
	rx_free(rx);
}

/* The longest line there can be fits, and is one line of ASCII. */
static void
test_longest(void **state)
{
	static const char    fill[] = { 'a', '"', '\n', '\xff', '\0' };
	static char	     text[20000], path[200];
	struct slice	     s = { text, sizeof(text) };
	struct access_record r = { "2001:db8:1111:2222:3333:4444:5555:6666",
		253402300799, s, s, s, s, s, 1, 599, UINT64_MAX, UINT64_MAX,
		REASON_HEAD_TIMEOUT, path, INT64_MIN, path, INT64_MAX,
		"TLSv1.3" };
	char		     buf[ACCESS_LINE_MAX + 1];
	struct rx	    *rx = parser();
	size_t		     i, k;

	(void)state;
	memset(path, '"', sizeof(path) - 1);
	for (i = 0; i < 2 * nitems(fill); i++) {
		struct out o = { buf, ACCESS_LINE_MAX, 0, 0 };

		memset(text, fill[i / 2], sizeof(text));
		access_line(&o, i % 2 ? EDGE_LOG_JSON : EDGE_LOG_COMBINED, &r);
		assert_false(o.full);
		assert_true(o.len > 3000 && buf[o.len - 1] == '\n');
		for (k = 0; k < o.len - 1; k++)
			assert_in_range((unsigned char)buf[k], 0x20, 0x7e);
		buf[o.len] = '\0';
		assert_true(i % 2 || rx_match(rx, buf) == RX_YES);
	}
	rx_free(rx);
}

/* No half lines. */
static void
test_room(void **state)
{
	char   buf[ACCESS_LINE_MAX];
	size_t size, len = strlen(cases[0].combined);

	(void)state;
	for (size = 2; size < len + 2; size++) {
		struct out o = { buf, size, 2, 0 };

		access_line(&o, EDGE_LOG_COMBINED, &cases[0].r);
		assert_true(o.full);
		assert_int_equal(o.len, 2);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_longest),
		cmocka_unit_test(test_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
