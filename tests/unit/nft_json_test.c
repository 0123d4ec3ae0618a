/* SPDX-License-Identifier: ISC */
/*
 * What nft lists as JSON: sets, and the way of a packet through a ruleset.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "nft_examine.h"
#include "nft_json.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/* --- elements ------------------------------------------------------------ */

#define SET(elems)                                                          \
	"{'nftables':[{'metainfo':{'version':'1.0.6'}},{'set':{'family':"   \
	"'inet','name':'imap_allowed','table':'filter','type':'ipv4_addr'," \
	"'flags':['interval'],'elem':[" elems "]}}]}"

static const struct {
	const char *what;
	const char *json; /* ' for a quotation mark */
	const char *want; /* or NULL: refused */
} sets[] = {
	{ "none", SET(""), "" },
	{ "an address", SET("'192.0.2.1'"), "192.0.2.1" },
	{ "a prefix", SET("{'prefix':{'addr':'192.0.2.0','len':24}}"),
	    "192.0.2.0/24" },
	{ "everybody", SET("{'prefix':{'addr':'0.0.0.0','len':0}}"),
	    "0.0.0.0/0" },
	{ "a range that is no prefix",
	    SET("{'range':['203.0.113.4','203.0.113.9']}"),
	    "203.0.113.4/30 203.0.113.8/31" },
	{ "a range of one", SET("{'range':['192.0.2.1','192.0.2.1']}"),
	    "192.0.2.1" },
	{ "a range up to the last address",
	    SET("{'range':['255.255.255.254','255.255.255.255']}"),
	    "255.255.255.254/31" },
	{ "a range of all", SET("{'range':['0.0.0.0','255.255.255.255']}"),
	    "0.0.0.0/0" },
	{ "IPv6",
	    SET("'2001:db8::1',{'prefix':{'addr':'2001:db8:1::','len':"
		"64}},{'range':['::1','::2']}"),
	    "::1 ::2 2001:db8::1 2001:db8:1::/64" },
	{ "with a time-out or a comment",
	    SET("{'elem':{'val':'192.0.2.1','timeout':60}},"
		"{'elem':{'val':{'prefix':{'addr':'198.51.100.0','len':24}},"
		"'comment':'x'}}"),
	    "192.0.2.1 198.51.100.0/24" },
	{ "a range backwards is empty",
	    SET("{'range':['192.0.2.9','192.0.2.1']}"), "" },
	{ "a range across families", SET("{'range':['192.0.2.9','::1']}"),
	    NULL },
	{ "a number", SET("17"), NULL },
	{ "a name", SET("'mail.example.org'"), NULL },
	{ "a length too large", SET("{'prefix':{'addr':'192.0.2.0','len':33}}"),
	    NULL },
	{ "no JSON", "{", NULL },
	{ "other JSON", "[1,2]", "" },
	{ "nothing", "", NULL },
};

static const char *
quoted(char *buf, size_t size, const char *json)
{
	char *s;

	assert_true(strlcpy(buf, json, size) < size);
	for (s = buf; (s = strchr(s, '\'')) != NULL; s++)
		*s = '"';
	return buf;
}

static void
test_set(void **state)
{
	struct firewall_set set;
	char		    json[1024], got[512], text[PREFIX_LEN];
	const char	   *wrong;
	size_t		    i, j;

	(void)state;
	for (i = 0; i < nitems(sets); i++) {
		memset(&set, 0, sizeof(set));
		wrong = nft_parse_set(&set,
		    quoted(json, sizeof(json), sets[i].json));
		if ((wrong == NULL) != (sets[i].want != NULL))
			fail_msg("%s: %s", sets[i].what,
			    wrong == NULL ? "taken" : wrong);
		firewall_set_merge(&set);
		got[0] = '\0';
		for (j = 0; j < set.n; j++) {
			strlcat(got, j > 0 ? " " : "", sizeof(got));
			strlcat(got, prefix_print(&set.prefix[j], text),
			    sizeof(got));
		}
		if (wrong == NULL && strcmp(got, sets[i].want) != 0)
			fail_msg("%s: %s", sets[i].what, got);
		firewall_set_free(&set);
	}
}

/* --- rules --------------------------------------------------------------- */

#define HEAD                                                               \
	"{'table':{'family':'inet','name':'filter'}},"                     \
	"{'set':{'family':'inet','name':'imap_allowed','table':'filter',"  \
	"'type':'ipv4_addr','flags':['interval']}},"                       \
	"{'set':{'family':'inet','name':'imap_allowed6','table':'filter'," \
	"'type':'ipv6_addr','flags':['interval']}}"
#define CHAIN(name, hook, prio, policy)                             \
	",{'chain':{'family':'inet','table':'filter','name':'" name \
	"','type':'filter','hook':'" hook "','prio':" prio          \
	",'policy':'" policy "'}}"
#define NAT                                                                \
	",{'chain':{'family':'inet','table':'filter','name':'nat','type':" \
	"'nat','hook':'prerouting','prio':-100,'policy':'accept'}}"
#define SUBCHAIN(name) \
	",{'chain':{'family':'inet','table':'filter','name':'" name "'}}"
#define RULE(chain, expr)                                            \
	",{'rule':{'family':'inet','table':'filter','chain':'" chain \
	"','handle':7,'expr':[" expr "]}}"

#define PAYLOAD(p, f) "{'payload':{'protocol':'" p "','field':'" f "'}}"
#define META(k)	      "{'meta':{'key':'" k "'}}"
#define MATCH(op, left, right) \
	"{'match':{'op':'" op "','left':" left ",'right':" right "}}"
#define PORTS MATCH("==", PAYLOAD("tcp", "dport"), "{'set':[143,993]}")
#define OUT4  MATCH("!=", PAYLOAD("ip", "saddr"), "'@imap_allowed'")
#define OUT6  MATCH("!=", PAYLOAD("ip6", "saddr"), "'@imap_allowed6'")
#define LO    MATCH("==", META("iif"), "'lo'")
#define ESTABLISHED \
	MATCH("in", "{'ct':{'key':'state'}}", "['established','related']")
#define ACCEPT	"{'accept':null}"
#define DROP	"{'drop':null}"
#define JUMP(c) "{'jump':{'target':'" c "'}}"
#define GOTO(c) "{'goto':{'target':'" c "'}}"
#define GATE(c)                \
	RULE(c, LO "," ACCEPT) \
	RULE(c, PORTS "," OUT4 "," DROP) RULE(c, PORTS "," OUT6 "," DROP)

enum {
	SHUT = 1,	/* a stranger's first packet */
	ENDS = 2,	/* a stranger's open session */
	LOCKED_OUT = 4, /* who is let in */
	LATE = 8,	/* some rule comes too late */
	REWRITTEN = 16	/* it comes in at another port */
};

static const struct {
	const char *what;
	const char *rules;
	int	    want;
} follows[] = {
	{ "no chains", HEAD, 0 },
	{ "the rules to paste",
	    HEAD CHAIN("gate", "input", "-10", "accept") GATE("gate"),
	    SHUT | ENDS },
	{ "and a chain that accepts what is established, after or before",
	    HEAD CHAIN("input", "input", "-100", "drop")
		RULE("input", ESTABLISHED "," ACCEPT)
		    CHAIN("gate", "input", "-10", "accept") GATE("gate"),
	    SHUT | ENDS | LOCKED_OUT },
	{ "in one chain, behind what is established",
	    HEAD CHAIN("input", "input", "0", "accept")
		RULE("input", ESTABLISHED "," ACCEPT) GATE("input"),
	    SHUT | LATE },
	{ "in one chain, before it",
	    HEAD CHAIN("input", "input", "0", "accept") GATE("input")
		RULE("input", ESTABLISHED "," ACCEPT),
	    SHUT | ENDS },
	{ "behind a map of states",
	    HEAD CHAIN("input", "input", "0", "accept") RULE("input",
		"{'vmap':{'key':{'ct':{'key':'state'}},'data':"
		"{'set':[['invalid'," DROP "],['established'," ACCEPT "]]}}}")
		GATE("input"),
	    SHUT | LATE },
	{ "behind a rule that accepts the port",
	    HEAD CHAIN("input", "input", "0", "accept") RULE("input",
		MATCH("==", PAYLOAD("tcp", "dport"),
		    "{'range':[900,1000]}") "," ACCEPT) GATE("input"),
	    LATE },
	{ "behind a rule that accepts another port",
	    HEAD CHAIN("input", "input", "0", "accept") RULE("input",
		MATCH("==", PAYLOAD("tcp", "dport"), "22") "," ACCEPT)
		GATE("input"),
	    SHUT | ENDS },
	{ "behind a rule that accepts UDP and ICMP",
	    HEAD CHAIN("input", "input", "0", "accept") RULE("input",
		MATCH("==", PAYLOAD("udp", "dport"), "993") "," ACCEPT)
		RULE("input", MATCH("==", META("l4proto"), "'icmp'") "," ACCEPT)
		    GATE("input"),
	    SHUT | ENDS },
	{ "behind a rule that accepts all TCP",
	    HEAD CHAIN("input", "input", "0", "accept") RULE("input",
		MATCH("==", META("l4proto"), "'tcp'") "," ACCEPT) GATE("input"),
	    LATE },
	{ "behind a rule that accepts some addresses",
	    HEAD CHAIN("input", "input", "0", "accept") RULE("input",
		MATCH("==", PAYLOAD("ip", "saddr"), "'@friends'") "," ACCEPT)
		GATE("input"),
	    LATE },
	{ "behind a rule that accepts an interface",
	    HEAD CHAIN("input", "input", "0", "accept")
		RULE("input", MATCH("==", META("iifname"), "'eth0'") "," ACCEPT)
		    GATE("input"),
	    LATE },
	{ "behind a rule that we know nothing of",
	    HEAD CHAIN("input", "input", "0", "accept")
		RULE("input", "{'xt':null}") GATE("input"),
	    LATE },
	{ "behind a jump to a chain that does nothing to it",
	    HEAD CHAIN("input", "input", "0", "accept") SUBCHAIN("other")
		RULE("input", JUMP("other")) GATE("input") RULE("other",
		    MATCH("==", PAYLOAD("tcp", "dport"), "22") "," ACCEPT),
	    SHUT | ENDS },
	{ "behind a jump to a chain that accepts",
	    HEAD CHAIN("input", "input", "0", "accept") SUBCHAIN("other")
		RULE("input", JUMP("other")) GATE("input")
		    RULE("other", ACCEPT),
	    LATE },
	{ "in a chain that is jumped to",
	    HEAD CHAIN("input", "input", "0", "accept") SUBCHAIN("gate")
		RULE("input", JUMP("gate")) RULE("input", ACCEPT) GATE("gate"),
	    SHUT | ENDS },
	{ "in a chain that is gone to",
	    HEAD CHAIN("input", "input", "0", "accept") SUBCHAIN("gate")
		RULE("input", GOTO("gate")) RULE("input", ACCEPT) GATE("gate"),
	    SHUT | ENDS },
	{ "in a chain that is gone to, but returns first",
	    HEAD CHAIN("input", "input", "0", "accept") SUBCHAIN("gate")
		RULE("input", GOTO("gate")) RULE("gate", "{'return':null}")
		    GATE("gate"),
	    0 },
	{ "a chain that jumps to itself is not followed for ever",
	    HEAD CHAIN("input", "input", "0", "accept") SUBCHAIN("other")
		RULE("input", JUMP("other")) RULE("other", JUMP("other")),
	    0 },
	{ "a rule with a limit drops some only",
	    HEAD CHAIN("input", "input", "0", "accept") RULE("input",
		PORTS "," OUT4 ",{'limit':{'rate':1,'per':'second'}}," DROP),
	    LATE },
	{ "counted, logged and rejected",
	    HEAD CHAIN("input", "input", "0", "accept") RULE("input",
		PORTS "," OUT4 ",{'counter':{'packets':0,'bytes':0}},"
		      "{'log':{'prefix':'x'}},{'reject':null}"),
	    SHUT | ENDS },
	{ "in prerouting",
	    HEAD CHAIN("pre", "prerouting", "-300", "accept") GATE("pre"),
	    SHUT | ENDS },
	{ "in forward: not on the way in",
	    HEAD CHAIN("fwd", "forward", "0", "accept") GATE("fwd"), 0 },
	{ "a chain without a hook", HEAD SUBCHAIN("gate") GATE("gate"), 0 },
	{ "the set of another table",
	    HEAD ",{'chain':{'family':'inet','table':'x','name':'i','type':"
		 "'filter','hook':'input','prio':0,'policy':'accept'}}"
		 ",{'rule':{'family':'inet','table':'x','chain':'i','handle':1,"
		 "'expr':[" PORTS "," OUT4 "," DROP "]}}",
	    LATE },
	{ "policy drop alone shuts out who is let in, too",
	    HEAD CHAIN("input", "input", "0", "drop")
		RULE("input", LO "," ACCEPT),
	    SHUT | ENDS | LOCKED_OUT },
	{ "redirected to another port before our chain sees it",
	    HEAD NAT RULE("nat", PORTS ",{'redirect':{'port':10993}}")
		CHAIN("gate", "input", "-10", "accept") GATE("gate"),
	    REWRITTEN },
	{ "redirected, but dropped before",
	    HEAD NAT RULE("nat", PORTS ",{'redirect':{'port':10993}}")
		CHAIN("gate", "prerouting", "-300", "accept") GATE("gate"),
	    SHUT | ENDS },
	{ "another port is redirected",
	    HEAD NAT RULE("nat",
		MATCH("==", PAYLOAD("tcp", "dport"),
		    "80") ",{'redirect':{'port':8080}}")
		CHAIN("gate", "input", "-10", "accept") GATE("gate"),
	    SHUT | ENDS },
	{ "policy drop, and who is let in is accepted",
	    HEAD CHAIN("input", "input", "0", "drop") RULE("input",
		PORTS "," MATCH("==", PAYLOAD("ip", "saddr"),
		    "'@imap_allowed'") "," ACCEPT),
	    SHUT | ENDS },
};

static void
test_follow(void **state)
{
	static const struct firewall fw = { .kind = FIREWALL_NFTABLES,
		.table = "inet filter",
		.set = "imap_allowed",
		.set6 = "imap_allowed6" };
	struct nft_packet	     p = { .family = ADDR_IPV4, .port = 993 };
	struct nft_verdict	     v;
	struct nft_rules	    *rules;
	char			     json[8192], text[8192];
	size_t			     i;
	int			     got;

	(void)state;
	for (i = 0; i < nitems(follows); i++) {
		snprintf(json, sizeof(json), "{'nftables':[%s]}",
		    follows[i].rules);
		rules = nft_rules_new(quoted(text, sizeof(text), json));
		if (rules == NULL)
			fail_msg("%s: unreadable", follows[i].what);
		got = 0;
		p.let_in = p.established = 0;
		nft_follow(&v, rules, &fw, &p);
		got |= v.shut ? SHUT : 0;
		got |= !v.shut && v.dropped_late ? LATE : 0;
		got |= !v.shut && v.rewritten ? REWRITTEN : 0;
		p.established = 1;
		nft_follow(&v, rules, &fw, &p);
		got |= v.shut ? ENDS : 0;
		got |= !v.shut && v.dropped_late ? LATE : 0;
		p.established = 0;
		p.let_in = 1;
		nft_follow(&v, rules, &fw, &p);
		got |= v.shut ? LOCKED_OUT : 0;
		nft_rules_free(rules);
		if (got != follows[i].want)
			fail_msg("%s: %d", follows[i].what, got);
	}
}

static void
test_set_state(void **state)
{
	struct nft_rules *rules;
	char		  text[1024];

	(void)state;
	rules = nft_rules_new(quoted(text, sizeof(text),
	    "{'nftables':[" HEAD ",{'set':{'family':'inet','name':'plain',"
	    "'table':'filter','type':'ipv4_addr'}}]}"));
	assert_non_null(rules);
	assert_int_equal(NFT_SET_GOOD,
	    nft_rules_set(rules, "inet filter", "imap_allowed", ADDR_IPV4));
	assert_int_equal(NFT_SET_TYPE,
	    nft_rules_set(rules, "inet filter", "imap_allowed", ADDR_IPV6));
	assert_int_equal(NFT_SET_ABSENT,
	    nft_rules_set(rules, "inet filter", "imap_allowe", ADDR_IPV4));
	assert_int_equal(NFT_SET_NO_TABLE,
	    nft_rules_set(rules, "ip filter", "imap_allowed", ADDR_IPV4));
	assert_int_equal(NFT_SET_INTERVAL,
	    nft_rules_set(rules, "inet filter", "plain", ADDR_IPV4));
	nft_rules_free(rules);
	assert_null(nft_rules_new("{"));
	assert_null(nft_rules_new("{}"));
	assert_null(nft_rules_new("[]"));
}

/* All is well, or the first thing that is not, and its cure. */
static void
test_examine(void **state)
{
	static const struct firewall fw = { .kind = FIREWALL_NFTABLES,
		.table = "inet filter",
		.set = "imap_allowed",
		.set6 = "imap_allowed6" };
	static const uint16_t	     ports[] = { 143, 993 };
	struct firewall_finding	     f[FIREWALL_FINDINGS];
	struct firewall_report	     report = { f, 0 };
	char			     text[8192];
	size_t			     i;

	(void)state;
	nft_examine(&report, &fw, ports, nitems(ports),
	    quoted(text, sizeof(text),
		"{'nftables':[" HEAD CHAIN("gate", "input", "-10", "accept")
		    GATE("gate") "]}"));
	assert_int_equal(report.n, 6);
	for (i = 0; i < report.n; i++) {
		assert_true(f[i].good);
		assert_string_equal(f[i].cure, "");
	}
	report.n = 0;
	nft_examine(&report, &fw, ports, nitems(ports), "{\"nftables\":[]}");
	assert_int_equal(report.n, 6);
	assert_false(f[5].good);
	assert_string_equal(f[5].cure,
	    "iif != \"lo\" tcp dport { 143, 993 } "
	    "ip6 saddr != @imap_allowed6 drop");
	report.n = 0;
	nft_examine(&report, &fw, ports, nitems(ports), "no JSON");
	assert_int_equal(report.n, 1);
	assert_false(f[0].good);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_follow),
		cmocka_unit_test(test_set_state),
		cmocka_unit_test(test_examine),
	};

	return cmocka_run_group_tests_name("nft_json", tests, NULL, NULL);
}
