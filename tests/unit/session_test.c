/* SPDX-License-Identifier: ISC */
#include <sys/types.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "line.h"
#include "session_stage.h"

/* --- whole sessions ------------------------------------------------------ */

/*
 * A session is a script, a letter a step: m MAIL, a MAIL of an authenticated
 * client, r RCPT, p RCPT of postmaster, d the message, x RSET.  Each r and p
 * gives a digit: 2 let in, 4 or 5 refused; each d the letters of what happens
 * to the message: c cleaned, r results written, h held, t tagged, - nothing.
 */
static const struct {
	const char *what;
	enum iprev  iprev;
	enum action action; /* of the "on" line for that result */
	int	    observe;
	const char *script;
	const char *want;
	const char *word;
} cases[] = {
	{ "a good client is let in", IPREV_PASS, ACTION_ACCEPT, 0, "mrd",
	    "2 cr", "accept" },
	{ "several recipients", IPREV_PASS, ACTION_ACCEPT, 0, "mrrprd",
	    "2222 cr", "accept" },
	{ "several messages", IPREV_PASS, ACTION_ACCEPT, 0, "mrdmrd",
	    "2 cr2 cr", "accept" },
	{ "reject refuses each recipient", IPREV_FAIL, ACTION_REJECT, 0, "mrr",
	    "55", "reject" },
	{ "tempfail does so for now", IPREV_TEMPERROR, ACTION_TEMPFAIL, 0,
	    "mrr", "44", "tempfail" },
	{ "the verdict holds after RSET", IPREV_FAIL, ACTION_REJECT, 0,
	    "mrxmrxmr", "555", "reject" },
	{ "postmaster can be reached, and sees why", IPREV_FAIL, ACTION_REJECT,
	    0, "mrprd", "525 crt", "reject" },
	{ "hold", IPREV_FAIL, ACTION_HOLD, 0, "mrd", "2 crht", "hold" },
	{ "hold does not keep postmaster's mail", IPREV_FAIL, ACTION_HOLD, 0,
	    "mpd", "2 crt", "hold" },
	{ "hold keeps mail for postmaster and another", IPREV_FAIL, ACTION_HOLD,
	    0, "mprd", "22 crht", "hold" },
	{ "tag", IPREV_FAIL, ACTION_TAG, 0, "mrd", "2 crt", "tag" },
	{ "observe lets in and tags", IPREV_FAIL, ACTION_REJECT, 1, "mrrd",
	    "22 crt", "reject" },
	{ "observe does not hold", IPREV_FAIL, ACTION_HOLD, 1, "mrd", "2 crt",
	    "hold" },
	{ "observe leaves good mail alone", IPREV_PASS, ACTION_ACCEPT, 1, "mrd",
	    "2 cr", "accept" },
	{ "an authenticated client is only cleaned", IPREV_FAIL, ACTION_REJECT,
	    0, "ard", "2 c", "accept" },
	{ "it is not held", IPREV_FAIL, ACTION_HOLD, 0, "ard", "2 c",
	    "accept" },
	{ "authentication comes after a refusal", IPREV_FAIL, ACTION_REJECT, 0,
	    "mrxard", "52 c", "reject" },
	{ "a transaction without it after one with it", IPREV_FAIL,
	    ACTION_REJECT, 0, "ardmr", "2 c5", "reject" },
	{ "nothing but MAIL", IPREV_FAIL, ACTION_REJECT, 0, "m", "", "accept" },
	{ "nothing at all", IPREV_FAIL, ACTION_REJECT, 0, "", "", "accept" },
};

static void
test_scripts(void **state)
{
	struct session s;
	char	       got[128];
	const char    *p;
	size_t	       i;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		set_rule(cases[i].iprev, cases[i].action);
		mconf.observe = cases[i].observe;
		start(&s);
		got[0] = '\0';
		for (p = cases[i].script; *p != '\0'; p++)
			step(&s, *p, cases[i].iprev, got);
		if (strcmp(got, cases[i].want) != 0 ||
		    strcmp(session_word(&s), cases[i].word) != 0)
			fail_msg("%s: %s, %s", cases[i].what, got,
			    session_word(&s));
	}
	mconf.observe = 0;
}

static void
test_local(void **state)
{
	const struct addr none = { .family = ADDR_NONE };
	struct session	  s;
	char		  got[32] = "";

	(void)state;
	set_rule(IPREV_FAIL, ACTION_REJECT);
	session_start(&s, &none, 0, &mconf, &fconf);
	assert_true(session_is_local(&s));
	step(&s, 'm', IPREV_FAIL, got);
	assert_false(session_waits(&s));
	step(&s, 'r', IPREV_FAIL, got);
	step(&s, 'd', IPREV_FAIL, got);
	assert_string_equal(got, "2 -");
}

/* --- replies and records ------------------------------------------------- */

static void
test_reply(void **state)
{
	struct session	s;
	struct findings f;
	struct reply	r;

	(void)state;
	set_rule(IPREV_PERMERROR, ACTION_REJECT);
	start(&s);
	session_mail(&s, "<>", 0);
	f = find(IPREV_PERMERROR);
	session_found(&s, &f);
	assert_true(session_wants_token(&s));
	strlcpy(s.token, "K7Q2M9XWTB", sizeof(s.token));
	assert_false(session_wants_token(&s));
	assert_int_equal(session_rcpt(&s, "<b@example.org>", &r),
	    SESSION_REJECT);
	assert_string_equal(r.code, "550");
	assert_string_equal(r.xcode, "5.7.25");
	assert_string_equal(r.text,
	    "192.0.2.9: no PTR record (K7Q2M9XWTB) b@example.org");
}

static const struct {
	const char *what;
	enum iprev  iprev;
	enum action action;
	const char *script;
	const char *want;
} records[] = {
	{ "a refused one", IPREV_PERMERROR, ACTION_REJECT, "mr",
	    "reject client=192.0.2.9 port=4711 name=- result=permerror "
	    "why=\"no PTR record\" "
	    "rule=\"postern.conf:7: on permerror reject\" token=K7Q2M9XWTB "
	    "rcpts=1 refused=1 exempt=0 messages=0 forged=0 auth=no observe=no "
	    "ms=12 score=- lists=- dnsbl=- protected=- nat=- queue=- helo=h.example.net from=from@example.net "
	    "rcpt=rcpt@example.org names=-" },
	{ "an accepted one", IPREV_PASS, ACTION_ACCEPT, "mrd",
	    "accept client=192.0.2.9 port=4711 name=a.example.net result=pass "
	    "why=* rule=\"postern.conf:7: on pass accept\" token=- "
	    "rcpts=1 refused=0 exempt=0 messages=1 forged=0 auth=no observe=no "
	    "ms=12 score=- lists=- dnsbl=- protected=- nat=- queue=4Zabc helo=h.example.net from=from@example.net "
	    "rcpt=rcpt@example.org names=a.example.net/confirmed" },
	{ "the first refused recipient is named", IPREV_FAIL, ACTION_REJECT,
	    "mprd",
	    "reject client=192.0.2.9 port=4711 name=- result=fail "
	    "why=* rule=\"postern.conf:7: on fail reject\" token=K7Q2M9XWTB "
	    "rcpts=2 refused=1 exempt=1 messages=1 forged=0 auth=no observe=no "
	    "ms=12 score=- lists=- dnsbl=- protected=- nat=- queue=4Zabc helo=h.example.net from=from@example.net "
	    "rcpt=rcpt@example.org names=a.example.net/mismatch" },
	{ "one that never came to a recipient", IPREV_FAIL, ACTION_REJECT, "m",
	    "accept client=192.0.2.9 port=4711 name=- result=- why=- rule=- "
	    "token=- rcpts=0 refused=0 exempt=0 messages=0 forged=0 auth=no "
	    "observe=no ms=0 score=- lists=- dnsbl=- protected=- nat=- queue=- helo=h.example.net from=from@example.net "
	    "rcpt=- names=-" },
	{ "an authenticated one", IPREV_FAIL, ACTION_REJECT, "ard",
	    "accept client=192.0.2.9 port=4711 name=- result=- why=- rule=- "
	    "token=- rcpts=1 refused=0 exempt=0 messages=1 forged=0 auth=yes "
	    "observe=no ms=0 score=- lists=- dnsbl=- protected=- nat=- queue=4Zabc helo=h.example.net "
	    "from=from@example.net rcpt=rcpt@example.org names=-" },
};

/* "why=*" in want stands for any sentence: it is iprev.c's. */
static int
same_record(const char *got, const char *want)
{
	const char *star;
	size_t	    n;

	if ((star = strstr(want, "why=*")) == NULL)
		return strcmp(got, want) == 0;
	n = (size_t)(star - want) + 4;
	if (strncmp(got, want, n) != 0 || (got = strstr(got, " rule=")) == NULL)
		return 0;
	return strcmp(got, star + 5) == 0;
}

static void
test_records(void **state)
{
	struct session s;
	struct line    l;
	char	       got[128];
	const char    *p;
	size_t	       i;

	(void)state;
	for (i = 0; i < nitems(records); i++) {
		set_rule(records[i].iprev, records[i].action);
		start(&s);
		got[0] = '\0';
		for (p = records[i].script; *p != '\0'; p++)
			step(&s, *p, records[i].iprev, got);
		session_record(&s, &l);
		assert_false(l.cut);
		if (!same_record(l.buf, records[i].want))
			fail_msg("%s:\n%s\n%s", records[i].what, l.buf,
			    records[i].want);
	}
}

/* The worst that a client can say leaves everything of ours in the line. */
static void
test_record_full(void **state)
{
	struct session	s;
	struct findings f;
	struct line	l;
	struct reply	r;
	char		foreign[2000], value[LINE_MAX_LEN];
	size_t		i;

	(void)state;
	memset(foreign, '\xff', sizeof(foreign));
	foreign[sizeof(foreign) - 1] = '\0';
	set_rule(IPREV_FAIL, ACTION_REJECT);
	start(&s);
	f = find(IPREV_FAIL);
	for (i = 0; i < IPREV_NAMES; i++) {
		memset(f.names[i].name, 'x', DNS_NAME_LEN - 1);
		f.names[i].state = NAME_MISMATCH;
	}
	f.nnames = IPREV_NAMES;
	for (i = 0; i < FINDINGS_LISTS; i++) {
		memset(f.lists[i], 'x', LIST_NAME_LEN - 1);
		f.nlists++;
		add_dnsbl(&f, "a-name-of-thirty-one-bytes-here", DNSBL_SERVFAIL,
		    0);
	}
	session_helo(&s, foreign);
	session_mail(&s, foreign, 0);
	session_found(&s, &f);
	strlcpy(s.token, "K7Q2M9XWTB", sizeof(s.token));
	assert_int_equal(session_rcpt(&s, foreign, &r), SESSION_REJECT);
	session_record(&s, &l);
	assert_int_equal(line_find(l.buf, "token", value, sizeof(value)), 10);
	assert_int_equal(line_find(l.buf, "refused", value, sizeof(value)), 1);
	assert_int_equal(line_find(l.buf, "queue", value, sizeof(value)), 0);
	assert_int_equal(line_find(l.buf, "helo", value, sizeof(value)), 80);
	assert_true(line_find(l.buf, "from", value, sizeof(value)) > 0);
	assert_true(line_find(l.buf, "rcpt", value, sizeof(value)) > 0);
}

/* --- exempt recipients --------------------------------------------------- */

static char *many[] = {
	(char[]){ "postmaster" },
	(char[]){ "Help.Desk" },
	(char[]){ "user@example.org" },
	(char[]){ "@open.example.org" },
};

static const struct {
	const char *what;
	const char *rcpt;
	int	    want;
} rcpts[] = {
	{ "postmaster alone (RFC 5321, 4.5.1)", "<postmaster>", 1 },
	{ "in upper case", "<POSTMASTER>", 1 },
	{ "in any domain", "<postmaster@example.net>", 1 },
	{ "in both cases", "<Postmaster@Example.NET>", 1 },
	{ "without brackets", "postmaster@example.net", 1 },
	{ "quoted", "<\"postmaster\"@example.net>", 1 },
	{ "with a quoted pair", "<\"post\\master\"@example.net>", 1 },
	{ "behind a source route", "<@a.example,@b.example:postmaster@c>", 1 },
	{ "at an address literal", "<postmaster@[192.0.2.1]>", 1 },
	{ "a local part with a dot", "<help.desk@example.org>", 1 },
	{ "an exact address", "<USER@EXAMPLE.ORG>", 1 },
	{ "a dot behind the domain", "<user@example.org.>", 1 },
	{ "anybody in a domain", "<x@open.example.org>", 1 },
	{ "that domain in upper case", "<x@OPEN.example.org>", 1 },

	{ "another", "<someone@example.org>", 0 },
	{ "an exact address elsewhere", "<user@example.net>", 0 },
	{ "an exact address without domain", "<user>", 0 },
	{ "longer before", "<xpostmaster@example.org>", 0 },
	{ "longer behind", "<postmaster2@example.org>", 0 },
	{ "with an extension", "<postmaster+x@example.org>", 0 },
	{ "a host in that domain", "<x@a.open.example.org>", 0 },
	{ "in the domain only", "<x@postmaster>", 0 },
	{ "two at signs", "<postmaster@a@example.org>", 0 },
	{ "only a quote", "<\"", 0 },
	{ "an open quote", "<\"postmaster@example.org>", 0 },
	{ "a quote that ends in a backslash", "<\"postmaster\\", 0 },
	{ "text behind the quotes", "<\"postmaster\"x@example.org>", 0 },
	{ "a source route that leads nowhere", "<@a.example>", 0 },
	{ "nothing", "", 0 },
	{ "the null path", "<>", 0 },
};

static void
test_exempt(void **state)
{
	char   path[1000];
	size_t i;

	(void)state;
	for (i = 0; i < nitems(rcpts); i++)
		if (session_is_exempt(rcpts[i].rcpt, many, nitems(many)) !=
		    rcpts[i].want)
			fail_msg("%s: %s", rcpts[i].what, rcpts[i].rcpt);
	memset(path, 'x', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	assert_int_equal(session_is_exempt(path, many, nitems(many)), 0);
	path[0] = '"';
	assert_int_equal(session_is_exempt(path, many, nitems(many)), 0);
	memcpy(path, "postmaster@", 11);
	assert_int_equal(session_is_exempt(path, many, nitems(many)), 0);
	assert_int_equal(session_is_exempt("<postmaster>", NULL, 0), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scripts),
		cmocka_unit_test(test_local),
		cmocka_unit_test(test_reply),
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_record_full),
		cmocka_unit_test(test_exempt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
