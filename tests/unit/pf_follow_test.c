/* SPDX-License-Identifier: ISC */
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

#define BLOCK                                                                 \
	"block drop in quick on ! lo proto tcp from ! <imap_allowed> to any " \
	"port = 993\n"
#define PASS                                                             \
	"pass in quick proto tcp from <imap_allowed> to any port = 993 " \
	"flags S/SA\n"

/* What becomes of a stranger and of who is let in; and by which rule. */
static const struct {
	const char	*what;
	const char	*rules;
	enum pf_fate	 stranger, let_in;
	unsigned int	 rule; /* that lets the stranger in */
	enum addr_family family;
} cases[] = {
	{ "no rules at all", "", PF_OPEN, PF_OPEN, 0, ADDR_IPV4 },
	{ "the rules to paste", BLOCK PASS, PF_SHUT, PF_OPEN, 0, ADDR_IPV4 },
	{ "over IPv6 too", BLOCK PASS, PF_SHUT, PF_OPEN, 0, ADDR_IPV6 },
	{ "behind what is not quick", "block return all\npass all\n" BLOCK PASS,
	    PF_SHUT, PF_OPEN, 0, ADDR_IPV4 },
	{ "before a later pass", BLOCK PASS "pass all flags S/SA\n", PF_SHUT,
	    PF_OPEN, 0, ADDR_IPV4 },
	{ "behind a quick pass", "pass in quick all flags S/SA\n" BLOCK PASS,
	    PF_OPEN, PF_OPEN, 1, ADDR_IPV4 },
	{ "behind a quick pass of other ports",
	    "pass in quick proto tcp from any to any port = 22\n" BLOCK PASS,
	    PF_SHUT, PF_OPEN, 0, ADDR_IPV4 },
	{ "behind a quick pass of a range with ours",
	    "pass in quick proto tcp from any to any port 100:1000\n" BLOCK,
	    PF_OPEN, PF_OPEN, 1, ADDR_IPV4 },
	{ "behind a quick pass of ports above ours",
	    "pass in quick proto tcp from any to any port > 993\n" BLOCK,
	    PF_SHUT, PF_OPEN, 0, ADDR_IPV4 },
	{ "behind a quick pass of ports from ours",
	    "pass in quick proto tcp from any to any port >= 993\n" BLOCK,
	    PF_OPEN, PF_OPEN, 1, ADDR_IPV4 },
	{ "behind a quick pass of UDP",
	    "pass in quick proto udp from any to any\n" BLOCK, PF_SHUT, PF_OPEN,
	    0, ADDR_IPV4 },
	{ "behind a quick pass on loopback",
	    "pass quick on lo0 all flags S/SA\n" BLOCK PASS, PF_SHUT, PF_OPEN,
	    0, ADDR_IPV4 },
	{ "behind a quick pass that goes out",
	    "pass out quick all flags S/SA\n" BLOCK PASS, PF_SHUT, PF_OPEN, 0,
	    ADDR_IPV4 },
	{ "behind a quick pass of IPv6 only",
	    "pass in quick inet6 all flags S/SA\n" BLOCK PASS, PF_SHUT, PF_OPEN,
	    0, ADDR_IPV4 },
	{ "and the same over IPv6",
	    "pass in quick inet6 all flags S/SA\n" BLOCK PASS, PF_OPEN, PF_OPEN,
	    1, ADDR_IPV6 },
	{ "behind a quick pass of some other addresses",
	    "pass in quick proto tcp from 192.0.2.0/24 to any\n" BLOCK,
	    PF_UNSURE, PF_OPEN, 1, ADDR_IPV4 },
	{ "behind an anchor, in which anything may be",
	    "anchor \"relayd/*\" all\n" BLOCK PASS, PF_UNSURE, PF_UNSURE, 1,
	    ADDR_IPV4 },
	{ "before an anchor", BLOCK PASS "anchor \"relayd/*\" all\n", PF_SHUT,
	    PF_OPEN, 0, ADDR_IPV4 },
	{ "behind match rules", "match in all scrub (no-df)\n" BLOCK PASS,
	    PF_SHUT, PF_OPEN, 0, ADDR_IPV4 },
	{ "behind a redirection to another port",
	    "match in inet proto tcp from any to any port = 993 rdr-to "
	    "127.0.0.1 port 10993\n" BLOCK PASS,
	    PF_UNSURE, PF_UNSURE, 1, ADDR_IPV4 },
	{ "behind a redirection of other ports",
	    "match in inet proto tcp from any to any port = 80 rdr-to "
	    "127.0.0.1 port 8080\n" BLOCK PASS,
	    PF_SHUT, PF_OPEN, 0, ADDR_IPV4 },
	{ "last match wins: block all, pass from the table",
	    "block drop in all\n"
	    "pass in proto tcp from <imap_allowed> to any port = 993\n",
	    PF_SHUT, PF_OPEN, 0, ADDR_IPV4 },
	{ "last match wins: and a later pass opens it again",
	    "block drop in all\n"
	    "pass in proto tcp from <imap_allowed> to any port = 993\n"
	    "pass in proto tcp from any to any port = 993\n",
	    PF_OPEN, PF_OPEN, 3, ADDR_IPV4 },
	{ "another table",
	    "block drop in quick proto tcp from ! <others> to "
	    "any port = 993\n",
	    PF_UNSURE, PF_UNSURE, 0, ADDR_IPV4 },
	{ "the name of another table begins alike",
	    "block drop in quick proto tcp from ! <imap_allowed6> to any "
	    "port = 993\n",
	    PF_UNSURE, PF_UNSURE, 0, ADDR_IPV4 },
	{ "another port is blocked",
	    "block drop in quick proto tcp from any to any port = 143\n",
	    PF_OPEN, PF_OPEN, 0, ADDR_IPV4 },
	{ "the port by its name",
	    "block drop in quick proto tcp from ! <imap_allowed> to any "
	    "port = imaps\n",
	    PF_SHUT, PF_OPEN, 0, ADDR_IPV4 },
	{ "a name of a port that we know not",
	    "block drop in quick proto tcp from any to any port = frobd\n",
	    PF_UNSURE, PF_UNSURE, 0, ADDR_IPV4 },
	{ "on egress is where the world is",
	    "block drop in quick on egress proto tcp from ! <imap_allowed> "
	    "to any port = 993\n",
	    PF_SHUT, PF_OPEN, 0, ADDR_IPV4 },
	{ "on one interface only",
	    "block drop in quick on vio0 proto tcp from ! <imap_allowed> to "
	    "any port = 993\n",
	    PF_UNSURE, PF_OPEN, 0, ADDR_IPV4 },
	{ "to one address only",
	    "block drop in quick proto tcp from ! <imap_allowed> to "
	    "192.0.2.1 port = 993\n",
	    PF_UNSURE, PF_OPEN, 0, ADDR_IPV4 },
	{ "only what some user's socket gets",
	    "block drop in quick proto tcp from ! <imap_allowed> to any "
	    "port = 993 user = 0\n",
	    PF_UNSURE, PF_OPEN, 0, ADDR_IPV4 },
	{ "everybody, quick: even who is let in",
	    "block drop in quick proto tcp from any to any port = 993\n" PASS,
	    PF_SHUT, PF_SHUT, 0, ADDR_IPV4 },
	{ "with the numbers of -vv",
	    "@0 block drop in quick proto tcp from ! <imap_allowed> to any "
	    "port = 993\n",
	    PF_SHUT, PF_OPEN, 0, ADDR_IPV4 },
	{ "a word that we know not instead of an action",
	    "frobnicate in quick all\n" BLOCK, PF_UNSURE, PF_UNSURE, 1,
	    ADDR_IPV4 },
	{ "block return counts",
	    "block return in quick proto tcp from ! <imap_allowed> to any "
	    "port = 993\n",
	    PF_SHUT, PF_OPEN, 0, ADDR_IPV4 },
	{ "block log quick",
	    "block return-rst(ttl 3) in log (all) quick proto tcp from ! "
	    "<imap_allowed> to any port = 993\n",
	    PF_SHUT, PF_OPEN, 0, ADDR_IPV4 },
};

static void
test_follow(void **state)
{
	struct pf_verdict v;
	size_t		  i;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		pf_follow(&v, cases[i].rules, "imap_allowed", 993,
		    cases[i].family, 0);
		if (v.fate != cases[i].stranger)
			fail_msg("%s: stranger %d", cases[i].what, v.fate);
		if (v.rule != cases[i].rule)
			fail_msg("%s: rule %u", cases[i].what, v.rule);
		pf_follow(&v, cases[i].rules, "imap_allowed", 993,
		    cases[i].family, 1);
		if (v.fate != cases[i].let_in)
			fail_msg("%s: let in %d", cases[i].what, v.fate);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_follow),
	};

	return cmocka_run_group_tests_name("pf_follow", tests, NULL, NULL);
}
