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
	const char    *pattern; /* of ON_LISTED: the name */
	int	       score;
};

/* What a DNS list of the file answered. */
struct answer_of {
	enum dnsbl_state state;
	uint8_t		 replies[2]; /* 127.0.0.N */
	const char	*txt;
};

/*
 * The file's: zen { .2-3 } score 2 { .10-11 } score 1, psbl { .2 } score 1,
 * good { .5 } score -3.
 */
#define DNSBLS 3

static const struct {
	const char *what;
	const char *pass[FROMS], *block[FROMS];
	struct on   on[RULES];
	size_t	    non;

	const char *addr;
	enum iprev  iprev;
	enum cause  cause;
	const char *names[3];
	/* Names of our own lists that have the address. */
	int		 known, is_protected;
	const char	*lists[3];
	struct answer_of answers[DNSBLS];

	enum action	  action;
	enum verdict_kind kind;
	unsigned int	  line;
	const char	 *rule, *why;
	int		  score;
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
	    .on = { { ON_PERMERROR, ACTION_REJECT, NULL, 0 } },
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
	    .on = { { ON_PERMERROR, ACTION_REJECT, NULL, 0 },
		{ ON_FAIL, ACTION_HOLD, NULL, 0 } },
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
	    .on = { { ON_FAIL, ACTION_TEMPFAIL, NULL, 0 },
		{ ON_FAIL, ACTION_REJECT, NULL, 0 } },
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
	    .on = { { ON_FAIL, ACTION_REJECT, NULL, 0 },
		{ ON_TEMPERROR, ACTION_TEMPFAIL, NULL, 0 } },
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
	    .on = { { ON_PASS, ACTION_ACCEPT, NULL, 0 },
		{ ON_NAME, ACTION_REJECT, "dyn", 0 } },
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
	    .on = { { ON_NAME, ACTION_REJECT, "(^|[.-])dyn[0-9.-]", 0 } },
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
	    .on = { { ON_NAME, ACTION_REJECT, "dyn", 0 } },
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
	    .on = { { ON_NAME, ACTION_REJECT, "dyn", 0 } },
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
	    .on = { { ON_NAME, ACTION_REJECT, "dsl", 0 } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .iprev = IPREV_PASS,
	    .names = { "mail.example.org" },
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_DEFAULT,
	    .rule = "default",
	    .why = "a PTR name leads back to this address" },
	{ .what = "a tag goes on, and nothing follows",
	    .on = { { ON_PERMERROR, ACTION_TAG, NULL, 0 } },
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
	    .on = { { ON_NAME, ACTION_TAG, "dyn", 0 },
		{ ON_FAIL, ACTION_REJECT, NULL, 0 } },
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
	    .on = { { ON_FAIL, ACTION_TAG, NULL, 0 },
		{ ON_NAME, ACTION_TAG, "dyn", 0 },
		{ ON_FAIL, ACTION_ACCEPT, NULL, 0 } },
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
	    .on = { { ON_NAME, ACTION_TAG, "a\\.b|\"|\\\\", 0 },
		{ ON_NAME, ACTION_HOLD, "^a\\.b$", 0 } },
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
	    .on = { { ON_PERMERROR, ACTION_REJECT, NULL, 0 } },
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
	    .on = { { ON_PASS, ACTION_ACCEPT, NULL, 0 } },
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

	{ .what = "a list of pass from",
	    .pass = { "192.0.2.9", "<friends>" },
	    .block = { "<drop>" },
	    .addr = "192.0.2.1",
	    .known = 1,
	    .lists = { "friends", "drop" },
	    .iprev = IPREV_FAIL,
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_LIST,
	    .line = 101,
	    .rule = "pass from <friends>",
	    .why = "let in, listed in friends" },
	{ .what = "a list of block from",
	    .pass = { "<friends>" },
	    .block = { "<bans>", "<drop>" },
	    .on = { { ON_PASS, ACTION_ACCEPT, NULL, 0 } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .lists = { "drop" },
	    .iprev = IPREV_PASS,
	    .action = ACTION_REJECT,
	    .kind = VERDICT_LIST,
	    .line = 201,
	    .rule = "block from <drop>",
	    .why = "listed in drop" },
	{ .what = "what is protected nothing blocks",
	    .block = { "192.0.2.0/24", "<drop>" },
	    .on = { { ON_SCORE, ACTION_REJECT, NULL, 1 } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .is_protected = 1,
	    .lists = { "drop" },
	    .answers = { { DNSBL_LISTED, { 2 }, NULL } },
	    .score = 2,
	    .iprev = IPREV_FAIL,
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_PROTECTED,
	    .rule = "protected",
	    .why = "protected: nothing may block it" },
	{ .what = "nobody knows of lists: none has it",
	    .pass = { "<friends>" },
	    .block = { "<drop>" },
	    .addr = "192.0.2.1",
	    .lists = { "friends", "drop" },
	    .iprev = IPREV_TEMPERROR,
	    .cause = CAUSE_UNREACHABLE,
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_DEFAULT,
	    .rule = "default",
	    .why = "reverse DNS could not be looked up (fcrdnsd does not "
		   "answer)" },
	{ .what = "nobody knows of lists: the file's addresses hold",
	    .pass = { "<friends>" },
	    .block = { "<drop>", "192.0.2.0/24" },
	    .addr = "192.0.2.1",
	    .iprev = IPREV_TEMPERROR,
	    .cause = CAUSE_UNREACHABLE,
	    .action = ACTION_REJECT,
	    .kind = VERDICT_FROM,
	    .line = 201,
	    .rule = "block from 192.0.2.0/24",
	    .why = "blocked by 192.0.2.0/24" },

	{ .what = "listed by one",
	    .on = { { ON_LISTED, ACTION_REJECT, "zen", 0 } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .answers = { { DNSBL_LISTED, { 3 }, "see you" } },
	    .score = 2,
	    .iprev = IPREV_PASS,
	    .action = ACTION_REJECT,
	    .kind = VERDICT_LIST,
	    .line = 10,
	    .rule = "on listed \"zen\" reject",
	    .why = "listed by zen: see you" },
	{ .what = "listed by another",
	    .on = { { ON_LISTED, ACTION_REJECT, "psbl", 0 } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .answers = { { DNSBL_LISTED, { 3 }, NULL } },
	    .score = 2,
	    .iprev = IPREV_PASS,
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_DEFAULT,
	    .rule = "default",
	    .why = "a PTR name leads back to this address" },
	{ .what = "a reply that the file does not want is no listing",
	    .on = { { ON_LISTED, ACTION_REJECT, "zen", 0 },
		{ ON_SCORE, ACTION_REJECT, NULL, 1 } },
	    .non = 2,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .answers = { { DNSBL_LISTED, { 99 }, NULL } },
	    .iprev = IPREV_PASS,
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_DEFAULT,
	    .rule = "default",
	    .why = "a PTR name leads back to this address" },
	{ .what = "an error is no listing, whatever replies came with it",
	    .on = { { ON_LISTED, ACTION_REJECT, "zen", 0 },
		{ ON_SCORE, ACTION_REJECT, NULL, 1 } },
	    .non = 2,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .answers = { { DNSBL_BROKEN, { 2 }, NULL },
		{ DNSBL_TIMEOUT, { 0 }, NULL } },
	    .iprev = IPREV_PASS,
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_DEFAULT,
	    .rule = "default",
	    .why = "a PTR name leads back to this address" },
	{ .what = "scores add up",
	    .on = { { ON_SCORE, ACTION_REJECT, NULL, 4 } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .answers = { { DNSBL_LISTED, { 2, 10 }, "first" },
		{ DNSBL_LISTED, { 2 }, "second" } },
	    .score = 4,
	    .iprev = IPREV_PASS,
	    .action = ACTION_REJECT,
	    .kind = VERDICT_LIST,
	    .line = 10,
	    .rule = "on score 4 reject",
	    .why = "listed by zen, psbl (score 4): first" },
	{ .what = "two replies of one filter count once",
	    .on = { { ON_SCORE, ACTION_REJECT, NULL, 3 },
		{ ON_SCORE, ACTION_HOLD, NULL, 2 } },
	    .non = 2,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .answers = { { DNSBL_LISTED, { 2, 3 }, NULL } },
	    .score = 2,
	    .iprev = IPREV_PASS,
	    .action = ACTION_HOLD,
	    .kind = VERDICT_LIST,
	    .line = 11,
	    .rule = "on score 2 hold",
	    .why = "listed by zen (score 2)" },
	{ .what = "a negative score makes up for it",
	    .on = { { ON_SCORE, ACTION_REJECT, NULL, 1 } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .answers = { { DNSBL_LISTED, { 2 }, NULL },
		{ DNSBL_LISTED, { 2 }, NULL }, { DNSBL_LISTED, { 5 }, NULL } },
	    .score = 0,
	    .iprev = IPREV_PASS,
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_DEFAULT,
	    .rule = "default",
	    .why = "a PTR name leads back to this address" },
	{ .what = "a negative sum is fine, and an allow list no reason",
	    .on = { { ON_LISTED, ACTION_ACCEPT, "good", 0 } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .answers = { { DNSBL_CLEAR, { 0 }, NULL },
		{ DNSBL_CLEAR, { 0 }, NULL },
		{ DNSBL_LISTED, { 5 }, "known sender" } },
	    .score = -3,
	    .iprev = IPREV_FAIL,
	    .cause = CAUSE_NO_MATCH,
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_LIST,
	    .line = 10,
	    .rule = "on listed \"good\" accept",
	    .why = "listed by good: known sender" },
	{ .what = "what an allow list might have said bounces nothing",
	    .on = { { ON_SCORE, ACTION_REJECT, NULL, 2 } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .answers = { { DNSBL_LISTED, { 2 }, "first" },
		{ DNSBL_LISTED, { 2 }, NULL }, { DNSBL_TIMEOUT, { 0 }, NULL } },
	    .score = 3,
	    .iprev = IPREV_PASS,
	    .action = ACTION_TEMPFAIL,
	    .kind = VERDICT_LIST,
	    .line = 10,
	    .rule = "on score 2 reject",
	    .why = "listed by zen, psbl (score 3, good did not answer): "
		   "first" },
	{ .what = "nor while it is not tested yet",
	    .on = { { ON_SCORE, ACTION_TAG, NULL, 1 },
		{ ON_SCORE, ACTION_REJECT, NULL, 2 } },
	    .non = 2,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .answers = { { DNSBL_LISTED, { 2 }, NULL },
		{ DNSBL_CLEAR, { 0 }, NULL }, { DNSBL_UNTESTED, { 0 }, NULL } },
	    .score = 2,
	    .iprev = IPREV_PASS,
	    .action = ACTION_TEMPFAIL,
	    .kind = VERDICT_LIST,
	    .line = 11,
	    .rule = "on score 2 reject",
	    .why = "listed by zen (score 2, good did not answer)",
	    .tag_line = 10,
	    .tag_rule = "on score 1 tag",
	    .tag_why = "listed by zen (score 2, good did not answer)" },
	{ .what = "unless it could not have made up for it",
	    .on = { { ON_SCORE, ACTION_REJECT, NULL, 1 } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .answers = { { DNSBL_LISTED, { 2, 10 }, NULL },
		{ DNSBL_LISTED, { 2 }, NULL },
		{ DNSBL_SERVFAIL, { 0 }, NULL } },
	    .score = 4,
	    .iprev = IPREV_PASS,
	    .action = ACTION_REJECT,
	    .kind = VERDICT_LIST,
	    .line = 10,
	    .rule = "on score 1 reject",
	    .why = "listed by zen, psbl (score 4)" },
	{ .what = "an allow list that is set aside has no say",
	    .on = { { ON_SCORE, ACTION_REJECT, NULL, 2 } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .answers = { { DNSBL_LISTED, { 2 }, NULL },
		{ DNSBL_CLEAR, { 0 }, NULL }, { DNSBL_ASIDE, { 0 }, NULL } },
	    .score = 2,
	    .iprev = IPREV_PASS,
	    .action = ACTION_REJECT,
	    .kind = VERDICT_LIST,
	    .line = 10,
	    .rule = "on score 2 reject",
	    .why = "listed by zen (score 2)" },
	{ .what = "nothing was asked, for a file that is not this one",
	    .on = { { ON_TEMPERROR, ACTION_TEMPFAIL, NULL, 0 } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .lists = { "drop" },
	    .iprev = IPREV_UNASKED,
	    .action = ACTION_TEMPFAIL,
	    .kind = VERDICT_IPREV,
	    .line = 10,
	    .rule = "on temperror tempfail",
	    .why = "nothing was looked up" },
	{ .what = "a tag by score",
	    .on = { { ON_SCORE, ACTION_TAG, NULL, 1 } },
	    .non = 1,
	    .addr = "192.0.2.1",
	    .known = 1,
	    .answers = { { DNSBL_CLEAR, { 0 }, NULL },
		{ DNSBL_LISTED, { 2 }, "b" } },
	    .score = 1,
	    .iprev = IPREV_FAIL,
	    .cause = CAUSE_NO_MATCH,
	    .action = ACTION_ACCEPT,
	    .kind = VERDICT_DEFAULT,
	    .rule = "default",
	    .why = "no PTR name leads back to this address",
	    .tag_line = 10,
	    .tag_rule = "on score 1 tag",
	    .tag_why = "listed by psbl (score 1): b" },
};

struct built {
	struct fcrdns_conf  conf;
	struct from_item    pass[FROMS], block[FROMS];
	char		    lists[2][FROMS][LIST_NAME_LEN];
	struct dnsbl	    dnsbls[DNSBLS];
	struct dnsbl_filter filters[DNSBLS][2];
	struct fcrdns_rule  rules[RULES];
	char		    patterns[RULES][64];
	struct findings	    findings;
};

static size_t
build_from(struct from_item *from, char lists[FROMS][LIST_NAME_LEN],
    const char *const *texts, unsigned int line)
{
	size_t n;

	for (n = 0; n < FROMS && texts[n] != NULL; n++) {
		if (texts[n][0] == '<') {
			strlcpy(lists[n], texts[n] + 1, LIST_NAME_LEN);
			lists[n][strlen(lists[n]) - 1] = '\0';
			from[n].list = lists[n];
		} else
			assert_null(prefix_parse(&from[n].prefix, texts[n]));
		from[n].where.file = "test.conf";
		from[n].where.line = line + (unsigned int)n;
	}
	return n;
}

static void
build_dnsbl(struct built *b, unsigned int n, const char *name,
    const char *filter, int score, const char *more, int more_score)
{
	static char	     names[DNSBLS][DNSBL_NAME_LEN];
	struct dnsbl	    *d = &b->dnsbls[n];
	struct dnsbl_filter *f = b->filters[n];

	strlcpy(names[n], name, DNSBL_NAME_LEN);
	d->name = names[n];
	d->filters = f;
	d->nfilters = more != NULL ? 2 : 1;
	assert_null(dnsbl_filter_parse(&f[0], filter));
	f[0].score = score;
	if (more != NULL) {
		assert_null(dnsbl_filter_parse(&f[1], more));
		f[1].score = more_score;
		f[1].group = 1;
	}
}

/* Our own lists, and the DNS'. */
static void
build_lists(struct built *b, size_t c)
{
	struct findings	       *f = &b->findings;
	const struct answer_of *answer;
	struct dnsbl_finding   *d;
	unsigned int		i, j;

	build_dnsbl(b, 0, "zen", "127.0.0.2-3", 2, "127.0.0.10-11", 1);
	build_dnsbl(b, 1, "psbl", "127.0.0.2", 1, NULL, 0);
	build_dnsbl(b, 2, "good", "127.0.0.5", -3, NULL, 0);
	b->conf.dnsbls = b->dnsbls;
	b->conf.ndnsbls = DNSBLS;
	f->lists_known = cases[c].known;
	f->is_protected = cases[c].is_protected;
	for (i = 0; i < 3 && cases[c].lists[i] != NULL; i++)
		strlcpy(f->lists[i], cases[c].lists[i], LIST_NAME_LEN);
	f->nlists = i;
	f->ndnsbls = DNSBLS;
	for (i = 0; i < DNSBLS; i++) {
		answer = &cases[c].answers[i];
		d = &f->dnsbls[i];
		strlcpy(d->name, b->dnsbls[i].name, sizeof(d->name));
		d->state = answer->state;
		for (j = 0; j < 2 && answer->replies[j] != 0; j++) {
			d->replies[j][0] = 127;
			d->replies[j][3] = answer->replies[j];
		}
		d->nreplies = j;
		if (answer->txt != NULL)
			strlcpy(d->txt, answer->txt, sizeof(d->txt));
	}
}

static void
build(struct built *b, size_t c)
{
	struct fcrdns_rule *r;
	char		    why[128];
	size_t		    i, at;

	memset(b, 0, sizeof(*b));
	b->conf.pass.items = b->pass;
	b->conf.pass.n = build_from(b->pass, b->lists[0], cases[c].pass, 100);
	b->conf.block.items = b->block;
	b->conf.block.n =
	    build_from(b->block, b->lists[1], cases[c].block, 200);
	build_lists(b, c);
	b->conf.rules = b->rules;
	b->conf.nrules = cases[c].non;
	for (i = 0; i < cases[c].non; i++) {
		r = &b->rules[i];
		r->on = cases[c].on[i].on;
		r->action = cases[c].on[i].action;
		r->where.file = "test.conf";
		r->where.line = 10 + (unsigned int)i;
		r->score = cases[c].on[i].score;
		if (cases[c].on[i].pattern == NULL)
			continue;
		strlcpy(b->patterns[i], cases[c].on[i].pattern,
		    sizeof(b->patterns[i]));
		if (r->on == ON_LISTED) {
			r->dnsbl = b->patterns[i];
			continue;
		}
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
	if (v->score != cases[c].score)
		fail_msg("%s: score %d", what, v->score);
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
test_early(struct built *b, size_t c)
{
	struct verdict v;
	int	       by_address = cases[c].kind == VERDICT_FROM ||
	    cases[c].kind == VERDICT_PROTECTED ||
	    (cases[c].kind == VERDICT_LIST && cases[c].line >= 100);
	int passes =
	    cases[c].kind == VERDICT_FROM && cases[c].action == ACTION_ACCEPT;

	/* Who knows nothing of the lists knows who passes by his address. */
	if (verdict_early(&v, &b->findings.addr, &b->conf, NULL) != passes)
		fail_msg("%s: early without lists", cases[c].what);
	b->findings.lists_known = 0;
	if (verdict_early(&v, &b->findings.addr, &b->conf, &b->findings) !=
	    passes)
		fail_msg("%s: early, lists not known", cases[c].what);

	b->findings.lists_known = 1;
	memset(&v, 0xff, sizeof(v));
	if (!verdict_early(&v, &b->findings.addr, &b->conf, &b->findings)) {
		if (by_address)
			fail_msg("%s: not early", cases[c].what);
	} else if (cases[c].known) {
		v.score = cases[c].score; /* nothing was asked */
		check(&v, c);
	}
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
		test_early(&b, i);
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

/* Sixteen lists with the longest names, all of which list it. */
static void
test_many_lists(void **state)
{
	struct fcrdns_rule  rule = { .on = ON_SCORE,
		 .score = 1,
		 .action = ACTION_REJECT };
	struct dnsbl_filter filter;
	struct dnsbl	    dnsbls[DNSBLS_MAX];
	struct fcrdns_conf  conf = { .rules = &rule,
		 .nrules = 1,
		 .dnsbls = dnsbls,
		 .ndnsbls = DNSBLS_MAX };
	struct findings	    f = { .ndnsbls = DNSBLS_MAX };
	struct verdict	    v;
	unsigned int	    i;

	(void)state;
	assert_null(dnsbl_filter_parse(&filter, "127.0.0.2"));
	filter.score = DNSBL_SCORE_MAX;
	memset(dnsbls, 0, sizeof(dnsbls));
	assert_int_equal(addr_parse(&f.addr, "192.0.2.1"), 0);
	for (i = 0; i < DNSBLS_MAX; i++) {
		memset(f.dnsbls[i].name, 'a' + (int)i, DNSBL_NAME_LEN - 1);
		f.dnsbls[i].state = DNSBL_LISTED;
		f.dnsbls[i].nreplies = 1;
		memcpy(f.dnsbls[i].replies[0], "\177\0\0\2", 4);
		memset(f.dnsbls[i].txt, 'x', 100);
		dnsbls[i].name = f.dnsbls[i].name;
		dnsbls[i].filters = &filter;
		dnsbls[i].nfilters = 1;
	}
	verdict_of(&v, &f, &conf);
	assert_int_equal(v.score, DNSBLS_MAX * DNSBL_SCORE_MAX);
	assert_int_equal(v.kind, VERDICT_LIST);
	assert_non_null(strstr(v.why, ", ... (score 1600): xxx"));
	assert_string_equal(v.why + strlen(v.why) - 100, f.dnsbls[0].txt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_longest),
		cmocka_unit_test(test_many_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
