/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "fcrdns_conf.h"
#include "rx.h"
#include "verdict.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define RULES 4
#define FROMS 2

/* An "on" line; its number in the file is its place here and ten. */
struct on {
	enum fcrdns_on on;
	enum action    action;
	const char    *pattern;
};

static const struct {
	const char *what;
	const char *pass[FROMS], *block[FROMS];
	struct on   on[RULES];
	size_t	    non;

	const char *addr;
	enum iprev  iprev;
	enum cause  cause;
	const char *names[3];

	enum action	  action;
	enum verdict_kind kind;
	unsigned int	  line;
	const char	 *rule, *why;
	unsigned int	  tag_line; /* 0: not tagged */
	const char	 *tag_rule, *tag_why;
} cases[] = {
	{ .what = "an empty file accepts",
	    .addr = "192.0.2.1",
	    .iprev = IPREV_PERMERROR,
	    .cause = CAUSE_NO_PTR,
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_DEFAULT,
	    .rule = "default",
	    .why = "no PTR record" },
	{ .what = "no PTR record is rejected",
	    .on = { { ON_PERMERROR, ACTION_REJECT, NULL } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_PERMERROR,
	    .cause = CAUSE_NO_PTR,
	    .action = ACTION_REJECT,
	    .kind = VERDICT_IPREV,
	    .line = 10,
	    .rule = "on permerror reject",
	    .why = "no PTR record" },
	{ .what = "a line for another result does not apply",
	    .on = { { ON_PERMERROR, ACTION_REJECT, NULL },
		{ ON_FAIL, ACTION_HOLD, NULL } },
	    .non = 2,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_FAIL,
	    .cause = CAUSE_NO_MATCH,
	    .action = ACTION_HOLD,
	    .kind = VERDICT_IPREV,
	    .line = 11,
	    .rule = "on fail hold",
	    .why = "no PTR name leads back to this address" },
	{ .what = "the first line that ends it decides",
	    .on = { { ON_FAIL, ACTION_TEMPFAIL, NULL },
		{ ON_FAIL, ACTION_REJECT, NULL } },
	    .non = 2,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_FAIL,
	    .cause = CAUSE_NO_ADDRESS,
	    .action = ACTION_TEMPFAIL,
	    .kind = VERDICT_IPREV,
	    .line = 10,
	    .rule = "on fail tempfail",
	    .why = "no PTR name has an address" },
	{ .what = "a temperror is a temporary failure",
	    .on = { { ON_FAIL, ACTION_REJECT, NULL },
		{ ON_TEMPERROR, ACTION_TEMPFAIL, NULL } },
	    .non = 2,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_TEMPERROR,
	    .cause = CAUSE_PTR_SERVFAIL,
	    .action = ACTION_TEMPFAIL,
	    .kind = VERDICT_IPREV,
	    .line = 11,
	    .rule = "on temperror tempfail",
	    .why = "reverse DNS could not be looked up (SERVFAIL)" },
	{ .what = "pass may be accepted before a name is looked at",
	    .on = { { ON_PASS, ACTION_ACCEPT, NULL },
		{ ON_NAME, ACTION_REJECT, "dyn" } },
	    .non = 2,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_PASS,
	    .names = { "dyn-1.example.org" },
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_IPREV,
	    .line = 10,
	    .rule = "on pass accept",
	    .why = "a PTR name leads back to this address" },
	{ .what = "a name that matches",
	    .on = { { ON_NAME, ACTION_REJECT, "(^|[.-])dyn[0-9.-]" } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_PASS,
	    .names = { "mail.example.org", "dyn-1.example.org" },
	    .action = ACTION_REJECT,
	    .kind = VERDICT_NAME,
	    .line = 10,
	    .rule = "on name ~ \"(^|[.-])dyn[0-9.-]\" reject",
	    .why = "name dyn-1.example.org matches a pattern" },
	{ .what = "an unconfirmed name counts too",
	    .on = { { ON_NAME, ACTION_REJECT, "dyn" } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_FAIL,
	    .cause = CAUSE_NO_MATCH,
	    .names = { "dyn-1.example.org" },
	    .action = ACTION_REJECT,
	    .kind = VERDICT_NAME,
	    .line = 10,
	    .rule = "on name ~ \"dyn\" reject",
	    .why = "name dyn-1.example.org matches a pattern" },
	{ .what = "the first of the names that match is named",
	    .on = { { ON_NAME, ACTION_REJECT, "dyn" } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_PASS,
	    .names = { "a.example.org", "dyn-2.example.org",
		"dyn-1.example.org" },
	    .action = ACTION_REJECT,
	    .kind = VERDICT_NAME,
	    .line = 10,
	    .rule = "on name ~ \"dyn\" reject",
	    .why = "name dyn-2.example.org matches a pattern" },
	{ .what = "no name matches",
	    .on = { { ON_NAME, ACTION_REJECT, "dsl" } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_PASS,
	    .names = { "mail.example.org" },
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_DEFAULT,
	    .rule = "default",
	    .why = "a PTR name leads back to this address" },
	{ .what = "a tag goes on, and nothing follows",
	    .on = { { ON_PERMERROR, ACTION_TAG, NULL } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_PERMERROR,
	    .cause = CAUSE_NO_PTR,
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_DEFAULT,
	    .rule = "default",
	    .why = "no PTR record",
	    .tag_line = 10,
	    .tag_rule = "on permerror tag",
	    .tag_why = "no PTR record" },
	{ .what = "a tag goes on to a line that rejects",
	    .on = { { ON_NAME, ACTION_TAG, "dyn" },
		{ ON_FAIL, ACTION_REJECT, NULL } },
	    .non = 2,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_FAIL,
	    .cause = CAUSE_NO_MATCH,
	    .names = { "dyn-1.example.org" },
	    .action = ACTION_REJECT,
	    .kind = VERDICT_IPREV,
	    .line = 11,
	    .rule = "on fail reject",
	    .why = "no PTR name leads back to this address",
	    .tag_line = 10,
	    .tag_rule = "on name ~ \"dyn\" tag",
	    .tag_why = "name dyn-1.example.org matches a pattern" },
	{ .what = "the first of two tags is kept",
	    .on = { { ON_FAIL, ACTION_TAG, NULL },
		{ ON_NAME, ACTION_TAG, "dyn" },
		{ ON_FAIL, ACTION_ACCEPT, NULL } },
	    .non = 3,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_FAIL,
	    .cause = CAUSE_NO_MATCH,
	    .names = { "dyn-1.example.org" },
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_IPREV,
	    .line = 12,
	    .rule = "on fail accept",
	    .why = "no PTR name leads back to this address",
	    .tag_line = 10,
	    .tag_rule = "on fail tag",
	    .tag_why = "no PTR name leads back to this address" },
	{ .what = "a pattern stands in the rule as in the file",
	    .on = { { ON_NAME, ACTION_TAG, "a\\.b|\"|\\\\" },
		{ ON_NAME, ACTION_HOLD, "^a\\.b$" } },
	    .non = 2,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_PASS,
	    .names = { "a.b" },
	    .action = ACTION_HOLD,
	    .kind = VERDICT_NAME,
	    .line = 11,
	    .rule = "on name ~ \"^a\\.b$\" hold",
	    .why = "name a.b matches a pattern",
	    .tag_line = 10,
	    .tag_rule = "on name ~ \"a\\.b|\\\"|\\\\\\\\\" tag",
	    .tag_why = "name a.b matches a pattern" },

	{ .what = "pass from comes before everything",
	    .pass = { "192.0.2.0/24" },
	    .block = { "192.0.2.1" },
	    .on = { { ON_PERMERROR, ACTION_REJECT, NULL } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_PERMERROR,
	    .cause = CAUSE_NO_PTR,
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_FROM,
	    .line = 100,
	    .rule = "pass from 192.0.2.0/24",
	    .why = "let in by 192.0.2.0/24" },
	{ .what = "block from comes before the lines",
	    .block = { "198.51.100.0/24", "192.0.2.0/24" },
	    .on = { { ON_PASS, ACTION_ACCEPT, NULL } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_PASS,
	    .action = ACTION_REJECT,
	    .kind = VERDICT_FROM,
	    .line = 201,
	    .rule = "block from 192.0.2.0/24",
	    .why = "blocked by 192.0.2.0/24" },
	{ .what = "an IPv6 prefix",
	    .block = { "2001:db8:bad::/48" },
	    .addr = "2001:db8:bad::25",
	    .iprev = IPREV_PASS,
	    .action = ACTION_REJECT,
	    .kind = VERDICT_FROM,
	    .line = 200,
	    .rule = "block from 2001:db8:bad::/48",
	    .why = "blocked by 2001:db8:bad::/48" },
	{ .what = "all of IPv6 is not IPv4",
	    .block = { "::/0" },
	    .addr = "192.0.2.1",
	    .iprev = IPREV_PASS,
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_DEFAULT,
	    .rule = "default",
	    .why = "a PTR name leads back to this address" },
};

struct built {
	struct fcrdns_conf conf;
	struct fcrdns_from pass[FROMS], block[FROMS];
	struct fcrdns_rule rules[RULES];
	char		   patterns[RULES][64];
	struct findings	   findings;
};

static size_t
build_from(struct fcrdns_from *from, const char *const *texts,
    unsigned int line)
{
	size_t n;

	for (n = 0; n < FROMS && texts[n] != NULL; n++) {
		assert_null(prefix_parse(&from[n].prefix, texts[n]));
		from[n].where.file = "test.conf";
		from[n].where.line = line + (unsigned int)n;
	}
	return n;
}

static void
build(struct built *b, size_t c)
{
	struct fcrdns_rule *r;
	char		    why[128];
	size_t		    i, at;

	memset(b, 0, sizeof(*b));
	b->conf.pass = b->pass;
	b->conf.npass = build_from(b->pass, cases[c].pass, 100);
	b->conf.block = b->block;
	b->conf.nblock = build_from(b->block, cases[c].block, 200);
	b->conf.rules = b->rules;
	b->conf.nrules = cases[c].non;
	for (i = 0; i < cases[c].non; i++) {
		r = &b->rules[i];
		r->on = cases[c].on[i].on;
		r->action = cases[c].on[i].action;
		r->where.file = "test.conf";
		r->where.line = 10 + (unsigned int)i;
		if (cases[c].on[i].pattern == NULL)
			continue;
		strlcpy(b->patterns[i], cases[c].on[i].pattern,
		    sizeof(b->patterns[i]));
		r->pattern = b->patterns[i];
		r->rx = rx_new(r->pattern, 1, why, sizeof(why), &at);
		assert_non_null(r->rx);
	}
	assert_int_equal(addr_parse(&b->findings.addr, cases[c].addr), 0);
	b->findings.iprev = cases[c].iprev;
	b->findings.cause = cases[c].cause;
	for (i = 0; i < 3 && cases[c].names[i] != NULL; i++)
		strlcpy(b->findings.names[i].name, cases[c].names[i],
		    DNS_NAME_LEN);
	b->findings.nptrs = b->findings.nnames = (unsigned int)i;
}

static void
unbuild(struct built *b)
{
	size_t i;

	for (i = 0; i < b->conf.nrules; i++)
		rx_free(b->rules[i].rx);
}

static void
check(const struct verdict *v, size_t c)
{
	const char *what = cases[c].what;

	if (v->action != cases[c].action || v->kind != cases[c].kind)
		fail_msg("%s: %s, %d", what, action_name(v->action), v->kind);
	if (v->where.line != cases[c].line ||
	    (v->where.file != NULL) != (cases[c].line != 0))
		fail_msg("%s: line %u", what, v->where.line);
	if (strcmp(v->rule, cases[c].rule) != 0)
		fail_msg("%s: %s", what, v->rule);
	if (strcmp(v->why, cases[c].why) != 0)
		fail_msg("%s: %s", what, v->why);
	if (v->tagged != (cases[c].tag_line != 0) ||
	    v->tag_where.line != cases[c].tag_line)
		fail_msg("%s: tag line %u", what, v->tag_where.line);
	if (v->tagged &&
	    (strcmp(v->tag_rule, cases[c].tag_rule) != 0 ||
		strcmp(v->tag_why, cases[c].tag_why) != 0))
		fail_msg("%s: %s: %s", what, v->tag_rule, v->tag_why);
}

static void
test_cases(void **state)
{
	struct built   b;
	struct verdict v;
	size_t	       i;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		build(&b, i);
		memset(&v, 0xff, sizeof(v));
		verdict_of(&v, &b.findings, &b.conf);
		check(&v, i);

		/* Early or late, the word of the address is the same. */
		memset(&v, 0xff, sizeof(v));
		if (verdict_early(&v, &b.findings.addr, &b.conf))
			check(&v, i);
		else if (cases[i].kind == VERDICT_FROM)
			fail_msg("%s: not early", cases[i].what);
		unbuild(&b);
	}
}

/* Whatever the names and patterns, the texts end within their buffers. */
static void
test_longest(void **state)
{
	static char	   pattern[4096];
	struct fcrdns_rule rule = { .on = ON_NAME,
		.pattern = pattern,
		.action = ACTION_TEMPFAIL };
	struct fcrdns_conf conf = { .rules = &rule, .nrules = 1 };
	struct findings	   f = { .nptrs = 1, .nnames = 1, .iprev = IPREV_PASS };
	struct verdict	   v;
	char		   why[128];
	size_t		   at;

	(void)state;
	memset(pattern, '\\', 2000);
	memset(pattern + 2000, 'x', 1000);
	pattern[3000] = '\0';
	rule.rx = rx_new(".", 1, why, sizeof(why), &at);
	assert_non_null(rule.rx);
	assert_int_equal(addr_parse(&f.addr, "192.0.2.1"), 0);
	memset(f.names[0].name, 'a', DNS_NAME_LEN - 1);
	verdict_of(&v, &f, &conf);
	assert_int_equal(v.kind, VERDICT_NAME);
	assert_true(strlen(v.rule) < VERDICT_RULE_LEN);
	assert_string_equal(v.rule + strlen(v.rule) - 10, "\" tempfail");
	assert_string_equal(v.why + strlen(v.why) - 18, " matches a pattern");
	rx_free(rule.rx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_longest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
