/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "reply.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/* --- codes --------------------------------------------------------------- */

static const struct {
	const char	 *what;
	enum action	  action;
	enum verdict_kind kind;
	const char	 *code, *xcode;
} codes[] = {
	{ "reject for reverse DNS (RFC 7372, 3.3)", ACTION_REJECT,
	    VERDICT_IPREV, "550", "5.7.25" },
	{ "tempfail for reverse DNS", ACTION_TEMPFAIL, VERDICT_IPREV, "450",
	    "4.7.25" },
	{ "reject by block from", ACTION_REJECT, VERDICT_FROM, "550", "5.7.1" },
	{ "reject by name", ACTION_REJECT, VERDICT_NAME, "550", "5.7.1" },
	{ "reject by a list", ACTION_REJECT, VERDICT_LIST, "550", "5.7.1" },
	{ "tempfail by a list", ACTION_TEMPFAIL, VERDICT_LIST, "450", "4.7.1" },
	{ "tempfail by name", ACTION_TEMPFAIL, VERDICT_NAME, "450", "4.7.1" },
};

static void
test_codes(void **state)
{
	const struct reply_facts facts = { 0 };
	struct reply		 r;
	size_t			 i;

	(void)state;
	for (i = 0; i < nitems(codes); i++) {
		reply_build(&r, codes[i].action, codes[i].kind, "x", &facts);
		assert_string_equal(r.code, codes[i].code);
		assert_string_equal(r.xcode, codes[i].xcode);
	}
}

/* --- texts --------------------------------------------------------------- */

static const struct reply_facts known = {
	.address = "192.0.2.9",
	.why = "no PTR record",
	.token = "K7Q2M9XWTB",
	.name = NULL,
	.helo = "100%s\n550 \xc3\xa9 %{token}",
	.from = "a\r\nb",
	.rcpt = "c@example.org",
};

static const struct {
	const char *what;
	const char *template;
	const char *text;
	const char *wire; /* NULL: the same */
} texts[] = {
	{ "the default", "%{address}: %{why} (%{token})",
	    "192.0.2.9: no PTR record (K7Q2M9XWTB)", NULL },
	{ "plain text", "go away", "go away", NULL },
	{ "nothing", "", "", NULL },
	{ "a name that is not there", "<%{name}>", "<->", NULL },
	{ "a line end cannot get out", "%{from}", "a??b", NULL },
	{ "foreign bytes, and no variable is made of a value", "[%{helo}]",
	    "[100%s?550 ?? %{token}]", "[100%%s?550 ?? %%{token}]" },
	{ "a percent sign", "100%%", "100%", "100%%" },
	{ "a percent sign before a brace", "%%{rcpt}", "%{rcpt}", "%%{rcpt}" },
	{ "side by side", "%{rcpt}%{token}", "c@example.orgK7Q2M9XWTB", NULL },
	{ "no variable of ours stays as it is", "%{x} %{rcpt %",
	    "%{x} %{rcpt %", "%%{x} %%{rcpt %%" },
	{ "a foreign byte of the operator", "caf\xc3\xa9", "caf??", NULL },
};

static void
test_texts(void **state)
{
	struct reply r;
	char	     wire[REPLY_WIRE_LEN];
	const char  *want;
	size_t	     i;

	(void)state;
	for (i = 0; i < nitems(texts); i++) {
		reply_build(&r, ACTION_REJECT, VERDICT_IPREV, texts[i].template,
		    &known);
		if (strcmp(r.text, texts[i].text) != 0)
			fail_msg("%s: %s", texts[i].what, r.text);
		want = texts[i].wire != NULL ? texts[i].wire : texts[i].text;
		if (strcmp(reply_wire(&r, wire), want) != 0)
			fail_msg("%s: %s", texts[i].what, wire);
	}
}

/* However long the values are, a line of SMTP has room. */
static void
test_long(void **state)
{
	struct reply_facts facts;
	struct reply	   r;
	char		   text[2000], wire[REPLY_WIRE_LEN];

	(void)state;
	memset(text, '%', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	facts.address = facts.why = facts.token = facts.name = facts.helo =
	    facts.from = facts.rcpt = text;
	reply_build(&r, ACTION_REJECT, VERDICT_IPREV,
	    "%{address}%{why}%{token}%{name}%{helo}%{from}%{rcpt}", &facts);
	assert_int_equal(strlen(r.text), REPLY_TEXT_LEN - 1);
	assert_int_equal(strlen(reply_wire(&r, wire)),
	    2 * (REPLY_TEXT_LEN - 1));
	reply_build(&r, ACTION_REJECT, VERDICT_IPREV, "%{helo}!", &facts);
	assert_int_equal(strlen(r.text), 81);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
