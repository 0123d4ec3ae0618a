/* SPDX-License-Identifier: ISC */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "firewall.h"
#include "pf_parse.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/* --- -T show ------------------------------------------------------------- */

static const struct {
	const char *what;
	const char *text;
	long	    want; /* 0, or the line that is wrong */
	size_t	    n;
} tables[] = {
	{ "an empty table", "", 0, 0 },
	{ "one address", "   192.0.2.1\n", 0, 1 },
	{ "a prefix, IPv6", "   192.0.2.0/24\n   2001:db8::/64\n", 0, 2 },
	{ "without a newline at the end", "   192.0.2.1", 0, 1 },
	{ "a negated entry", "   192.0.2.1\n  !192.0.2.2\n", 2, 1 },
	{ "host bits", "   192.0.2.1/24\n", 1, 0 },
	{ "a second word", "   192.0.2.1 192.0.2.2\n", 1, 0 },
	{ "a name", "   mail.example.org\n", 1, 0 },
	{ "an empty line between", "   192.0.2.1\n\n   192.0.2.2\n", 2, 1 },
	{ "a line far too long",
	    "   192.0.2.1\n                                                  "
	    "                                                               "
	    "                                                              x\n",
	    2, 1 },
	{ "an escape sequence", "\033[2J192.0.2.1\n", 1, 0 },
};

static void
test_table(void **state)
{
	struct firewall_set set;
	size_t		    i;
	long		    got;

	(void)state;
	for (i = 0; i < nitems(tables); i++) {
		memset(&set, 0, sizeof(set));
		got = pf_parse_table(&set, tables[i].text);
		if (got != tables[i].want || set.n != tables[i].n)
			fail_msg("%s: %ld, %zu", tables[i].what, got, set.n);
		firewall_set_free(&set);
	}
}

/* --- -vvss --------------------------------------------------------------- */

#define ID "   id: 5f0c1a2b00000001 creatorid: 6d2e0f7a\n"
#define MORE                                                  \
	"   [1 + 65535] wscale 6  [2 + 65535](+3) wscale 7\n" \
	"   age 00:01:02, expires in 23:59:59, 9:9 pkts, 99:99 bytes, rule 3\n"

static const struct {
	const char *what;
	const char *text;
	const char *want; /* each state: PEER OURS WIRE ID/CREATOR */
} states[] = {
	{ "nothing", "", "" },
	{ "IPv4",
	    "all tcp 198.51.100.1:993 <- 203.0.113.7:51234       "
	    "ESTABLISHED:ESTABLISHED\n" MORE ID,
	    "203.0.113.7 993 0 5f0c1a2b00000001/6d2e0f7a" },
	{ "IPv6",
	    "vio0 tcp 2001:db8::1[143] <- 2001:db8:1::7[51234]       "
	    "FIN_WAIT_2:FIN_WAIT_2\n" MORE ID,
	    "2001:db8:1::7 143 0 5f0c1a2b00000001/6d2e0f7a" },
	{ "translated on its way in",
	    "all tcp 10.0.0.2:1993 (198.51.100.1:993) <- 203.0.113.7:51234"
	    "       ESTABLISHED:ESTABLISHED\n" MORE ID,
	    "203.0.113.7 1993 993 5f0c1a2b00000001/6d2e0f7a" },
	{ "a peer that is translated counts as on the wire",
	    "all tcp 10.0.0.2:993 <- 10.0.0.1:60001 (203.0.113.7:51234)"
	    "       ESTABLISHED:ESTABLISHED\n" MORE ID,
	    "203.0.113.7 993 0 5f0c1a2b00000001/6d2e0f7a" },
	{ "in a routing domain",
	    "all tcp (1) 198.51.100.1:993 <- (1) 203.0.113.7:51234       "
	    "ESTABLISHED:ESTABLISHED\n" MORE ID,
	    "203.0.113.7 993 0 5f0c1a2b00000001/6d2e0f7a" },
	{ "translated from another routing domain",
	    "all tcp 10.0.0.2:993 ((2) 198.51.100.1:993) <- "
	    "203.0.113.7:51234       ESTABLISHED:ESTABLISHED\n" MORE ID,
	    "203.0.113.7 993 993 5f0c1a2b00000001/6d2e0f7a" },
	{ "the outgoing half of a session that was already there",
	    "all tcp 198.51.100.1:993 -> 203.0.113.7:51234       "
	    "ESTABLISHED:ESTABLISHED\n" MORE ID,
	    "203.0.113.7 993 0 5f0c1a2b00000001/6d2e0f7a" },
	{ "outgoing to somebody's IMAP: the port is not ours",
	    "all tcp 198.51.100.1:51234 -> 203.0.113.7:993       "
	    "ESTABLISHED:ESTABLISHED\n" MORE ID,
	    "203.0.113.7 51234 0 5f0c1a2b00000001/6d2e0f7a" },
	{ "words behind the ids",
	    "all tcp 198.51.100.1:993 <- 203.0.113.7:51234       "
	    "ESTABLISHED:ESTABLISHED\n   id: 5f0c1a2b00000001 creatorid: "
	    "6d2e0f7a gateway: 0.0.0.0\n",
	    "203.0.113.7 993 0 5f0c1a2b00000001/6d2e0f7a" },
	{ "UDP and ICMP are passed over",
	    "all udp 198.51.100.1:993 <- 203.0.113.7:51234       "
	    "MULTIPLE:MULTIPLE\n" ID
	    "all icmp 198.51.100.1:8 <- 203.0.113.7:993       0:0\n" ID,
	    "" },
	{ "without an id it cannot be named",
	    "all tcp 198.51.100.1:993 <- 203.0.113.7:51234       "
	    "ESTABLISHED:ESTABLISHED\n" MORE
	    "all tcp 198.51.100.1:993 <- 203.0.113.8:51234       "
	    "ESTABLISHED:ESTABLISHED\n" MORE ID,
	    "203.0.113.8 993 0 5f0c1a2b00000001/6d2e0f7a" },
	{ "an id without a state", ID ID, "" },
	{ "id 0 means something else",
	    "all tcp 198.51.100.1:993 <- 203.0.113.7:51234       X:X\n"
	    "   id: 0000000000000000 creatorid: 6d2e0f7a\n",
	    "" },
	{ "an id of seventeen digits",
	    "all tcp 198.51.100.1:993 <- 203.0.113.7:51234       X:X\n"
	    "   id: 15f0c1a2b00000001 creatorid: 6d2e0f7a\n",
	    "" },
	{ "no arrow",
	    "all tcp 198.51.100.1:993 203.0.113.7:51234       X:X\n" ID, "" },
	{ "a port too large",
	    "all tcp 198.51.100.1:70000 <- 203.0.113.7:51234   X:X\n" ID, "" },
	{ "a bracket that does not close",
	    "all tcp 2001:db8::1[993 <- 203.0.113.7:51234   X:X\n" ID, "" },
	{ "cut in the middle", "all tcp 198.51.100.1:993 <- 203.0.113.7:51",
	    "" },
	{ "two",
	    "all tcp 198.51.100.1:993 <- 203.0.113.7:51234       X:X\n" ID
	    "all tcp 198.51.100.1:993 <- 203.0.113.8:51234       X:X\n"
	    "   id: 00000000000000a2 creatorid: 00000002\n",
	    "203.0.113.7 993 0 5f0c1a2b00000001/6d2e0f7a "
	    "203.0.113.8 993 0 a2/2" },
};

static void
test_states(void **state)
{
	struct pf_state s;
	const char     *at;
	char		got[512], addr[ADDR_LEN];
	size_t		i, len;

	(void)state;
	for (i = 0; i < nitems(states); i++) {
		at = states[i].text;
		got[0] = '\0';
		for (len = 0; pf_parse_state(&s, &at); len = strlen(got))
			snprintf(got + len, sizeof(got) - len,
			    "%s%s %u %u %" PRIx64 "/%" PRIx32,
			    len > 0 ? " " : "", addr_print(&s.peer, addr),
			    s.port[0], s.port[1], s.id, s.creator);
		if (strcmp(got, states[i].want) != 0)
			fail_msg("%s: %s", states[i].what, got);
	}
}

/* --- -sm, -si ------------------------------------------------------------ */

static const struct {
	const char *what;
	const char *text;
	int	    want;
	size_t	    limit;
} limits[] = {
	{ "the usual",
	    "states        hard limit   100000\n"
	    "table-entries hard limit   200000\n"
	    "anchors       hard limit      512\n",
	    0, 200000 },
	{ "unlimited", "table-entries unlimited\n", 0, SIZE_MAX },
	{ "another name only", "tables hard limit 1000\n", -1, 0 },
	{ "no number", "table-entries hard limit\n", -1, 0 },
	{ "a number with more", "table-entries hard limit 200000x\n", -1, 0 },
	{ "a number far too large",
	    "table-entries hard limit 99999999999999999999999\n", -1, 0 },
	{ "nothing", "", -1, 0 },
};

static void
test_limit(void **state)
{
	size_t i, limit;
	int    got;

	(void)state;
	for (i = 0; i < nitems(limits); i++) {
		limit = 0;
		got = pf_parse_limit(&limit, limits[i].text, "table-entries");
		if (got != limits[i].want || limit != limits[i].limit)
			fail_msg("%s: %d %zu", limits[i].what, got, limit);
	}
}

static const struct {
	const char *what;
	const char *text;
	int	    want;
} infos[] = {
	{ "enabled",
	    "Status: Enabled for 0 days 00:01:07           Debug: err\n", 1 },
	{ "disabled", "Status: Disabled for 0 days 00:01:07  Debug: err\n", 0 },
	{ "disabled for ever", "Status: Disabled        Debug: err\n", 0 },
	{ "behind another line", "\nStatus: Enabled\n", 1 },
	{ "something else", "Status: Upside down\n", -1 },
	{ "no status", "State Table\n", -1 },
	{ "nothing", "", -1 },
};

static void
test_enabled(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < nitems(infos); i++) {
		if (pf_parse_enabled(infos[i].text) != infos[i].want)
			fail_msg("%s", infos[i].what);
	}
}

static const struct {
	const char *what;
	const char *text;
	const char *want; /* NULL: none is skipped */
} skips[] = {
	{ "loopback alone", "all\nem0\nlo (skip)\nlo0 (skip)\n", NULL },
	{ "a link", "all\nem0 (skip)\nlo0 (skip)\n", "em0" },
	{ "a group", "lo (skip)\negress (skip)\nem0\n", "egress" },
	{ "a name like loopback", "log0 (skip)\n", "log0" },
	{ "what is told of a link", "em0\n\tCleared: (skip)\n", NULL },
	{ "an escape", "e\033m0 (skip)\n", "e\\x1bm0" },
	{ "nothing", "", NULL },
};

static void
test_skip(void **state)
{
	char   name[PF_INTERFACE_LEN];
	size_t i;
	int    ret;

	(void)state;
	for (i = 0; i < nitems(skips); i++) {
		ret = pf_parse_skip(name, skips[i].text);
		if (ret != (skips[i].want != NULL) ||
		    (ret == 1 && strcmp(name, skips[i].want) != 0))
			fail_msg("%s", skips[i].what);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_enabled),
		cmocka_unit_test(test_skip),
	};

	return cmocka_run_group_tests_name("pf_parse", tests, NULL, NULL);
}
