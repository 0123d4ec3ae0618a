/* SPDX-License-Identifier: ISC */
/*
 * Sessions of clients that lists have something to say about.
 */
#include <sys/types.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "line.h"
#include "session_stage.h"

static char where_file[] = "postern.conf";
static char drop[] = "drop", good[] = "good", bans[] = "bans";

/* A client whose findings are those, and who tries one recipient. */
static void
judge(struct session *s, const struct findings *f, char *got)
{
	start(s);
	session_mail(s, "<from@example.net>", 0);
	assert_true(session_waits(s));
	session_found(s, f);
	got[0] = '\0';
	step(s, 'r', f->iprev, got);
}

static void
test_pass_prefix(void **state)
{
	struct from_item item = { .where = { where_file, 3 } };
	struct session	 s;
	char		 got[32] = "";

	(void)state;
	assert_null(prefix_parse(&item.prefix, "192.0.2.0/24"));
	fconf.pass = (struct from){ &item, 1 };
	set_rule(IPREV_FAIL, ACTION_REJECT);
	start(&s);
	step(&s, 'm', IPREV_FAIL, got);
	assert_false(session_waits(&s));
	step(&s, 'r', IPREV_FAIL, got);
	step(&s, 'd', IPREV_FAIL, got);
	assert_string_equal(got, "2 c"); /* nothing was found out */
	fconf.pass = (struct from){ NULL, 0 };
}

/* What fcrdnsd knows of the lists comes before "block from". */
static const struct {
	const char *what;
	int	    known, is_protected;
	const char *list; /* that has the address */
	const char *pass, *block;
	enum iprev  iprev;
	char	    want;
	int	    offends;
	const char *rule;
} lists[] = {
	{ "block from, by a prefix", 1, 0, NULL, NULL, NULL, IPREV_UNASKED, '5',
	    1, "block from 192.0.2.0/24" },
	{ "the same when fcrdnsd cannot be reached: nobody is told", 0, 0, NULL,
	    NULL, NULL, IPREV_TEMPERROR, '4', 0, "block from 192.0.2.0/24" },
	{ "a protected address", 1, 1, NULL, NULL, NULL, IPREV_UNASKED, '2', 0,
	    "protected" },
	{ "a list that lets in", 1, 0, "good", good, NULL, IPREV_UNASKED, '2',
	    0, "pass from <good>" },
	{ "a list that lets in others", 1, 0, "drop", good, NULL, IPREV_UNASKED,
	    '5', 1, "block from 192.0.2.0/24" },
	{ "a list that blocks", 1, 0, "drop", NULL, drop, IPREV_UNASKED, '5', 1,
	    "block from <drop>" },
	{ "a list that nobody knows", 0, 0, "drop", NULL, drop, IPREV_TEMPERROR,
	    '2', 0, "default" },
	{ "a ban is not told, or it would never end", 1, 0, "bans", NULL, bans,
	    IPREV_UNASKED, '5', 0, "block from <bans>" },
};

static void
test_lists(void **state)
{
	struct from_item       pass = { .where = { where_file, 3 } };
	struct from_item       block = { .where = { where_file, 4 } };
	struct findings	       f;
	struct session	       s;
	struct session_message m;
	char		       got[32];
	size_t		       i;

	(void)state;
	set_rule(IPREV_FAIL, ACTION_REJECT);
	for (i = 0; i < nitems(lists); i++) {
		memset(&block.prefix, 0, sizeof(block.prefix));
		block.list = (char *)(uintptr_t)lists[i].block;
		if (block.list == NULL)
			assert_null(
			    prefix_parse(&block.prefix, "192.0.2.0/24"));
		pass.list = (char *)(uintptr_t)lists[i].pass;
		fconf.block = (struct from){ &block, 1 };
		fconf.pass = (struct from){ &pass, pass.list != NULL };
		f = find(lists[i].iprev);
		f.lists_known = lists[i].known;
		f.is_protected = lists[i].is_protected;
		if (lists[i].known && lists[i].list != NULL)
			strlcpy(f.lists[f.nlists++], lists[i].list,
			    LIST_NAME_LEN);
		judge(&s, &f, got);
		if (got[0] != lists[i].want ||
		    strcmp(s.verdict.rule, lists[i].rule) != 0)
			fail_msg("%s: %s, %s", lists[i].what, got,
			    s.verdict.rule);
		/* Who was let in, or is unknown, has no token. */
		assert_int_equal(s.token[0] != '\0', got[0] != '2');
		assert_int_equal(session_offends(&s), lists[i].offends);
		assert_int_equal(session_offends(&s), 0);
		/* No DNS was asked, so there is nothing to say of it. */
		session_message(&s, "4Zabc", &m);
		assert_int_equal(m.results, lists[i].iprev != IPREV_UNASKED);
	}
	fconf.block = fconf.pass = (struct from){ NULL, 0 };
}

/*
 * Whom postern-lists is told of: a session as in test_scripts, and n if NAT
 * hides the client.
 */
static const struct {
	const char *what;
	enum iprev  iprev;
	enum action action;
	int	    known, observe, hidden;
	const char *script;
	int	    want;
} offences[] = {
	{ "a refused one", IPREV_FAIL, ACTION_REJECT, 1, 0, 0, "mr", 1 },
	{ "refused often", IPREV_FAIL, ACTION_REJECT, 1, 0, 0, "mrrrxmrr", 1 },
	{ "no recipient", IPREV_FAIL, ACTION_REJECT, 1, 0, 0, "m", 0 },
	{ "exempt ones only", IPREV_FAIL, ACTION_REJECT, 1, 0, 0, "mpd", 0 },
	{ "an exempt one and another", IPREV_FAIL, ACTION_REJECT, 1, 0, 0,
	    "mpr", 1 },
	{ "for now", IPREV_FAIL, ACTION_TEMPFAIL, 1, 0, 0, "mr", 0 },
	{ "held", IPREV_FAIL, ACTION_HOLD, 1, 0, 0, "mrd", 0 },
	{ "let in", IPREV_FAIL, ACTION_ACCEPT, 1, 0, 0, "mrd", 0 },
	{ "authenticated", IPREV_FAIL, ACTION_REJECT, 1, 0, 0, "ard", 0 },
	{ "observed", IPREV_FAIL, ACTION_REJECT, 1, 1, 0, "mrd", 0 },
	{ "hidden by NAT", IPREV_FAIL, ACTION_REJECT, 1, 0, 1, "mrd", 0 },
	{ "the DNS did not answer", IPREV_TEMPERROR, ACTION_REJECT, 1, 0, 0,
	    "mr", 0 },
	{ "the lists are not known", IPREV_FAIL, ACTION_REJECT, 0, 0, 0, "mr",
	    0 },
};

static void
test_offences(void **state)
{
	struct session	s;
	struct findings f;
	struct line	l;
	char		got[128];
	const char     *p;
	size_t		i;
	int		told;

	(void)state;
	for (i = 0; i < nitems(offences); i++) {
		set_rule(offences[i].iprev, offences[i].action);
		mconf.observe = offences[i].observe;
		f = find(offences[i].iprev);
		f.lists_known = offences[i].known;
		start(&s);
		got[0] = '\0';
		for (p = offences[i].script, told = 0; *p != '\0'; p++) {
			if (strchr("rp", *p) != NULL && session_waits(&s)) {
				session_found(&s, &f);
				if (offences[i].hidden)
					session_hide(&s);
			}
			step(&s, *p, offences[i].iprev, got);
			told += session_offends(&s);
		}
		if (told != offences[i].want)
			fail_msg("%s: %d", offences[i].what, told);
		if (!offences[i].hidden)
			continue;
		assert_string_equal(got, "2 crt");
		session_record(&s, &l);
		assert_non_null(strstr(l.buf, " observe=yes "));
		assert_non_null(strstr(l.buf, " nat=yes "));
		assert_non_null(strstr(l.buf, " refused=1 "));
	}
	mconf.observe = 0;
}

/* What the lists said is told, as much of it as has room. */
static void
test_record_lists(void **state)
{
	struct session	s;
	struct findings f;
	struct line	l;
	char		got[32], value[LINE_MAX_LEN];
	long		n;
	size_t		i;

	(void)state;
	set_rule(IPREV_FAIL, ACTION_REJECT);
	f = find(IPREV_FAIL);
	f.lists_known = 1;
	strlcpy(f.lists[f.nlists++], "drop", LIST_NAME_LEN);
	strlcpy(f.lists[f.nlists++], "bans", LIST_NAME_LEN);
	add_dnsbl(&f, "zen", DNSBL_LISTED, 1);
	add_dnsbl(&f, "clear", DNSBL_CLEAR, 0);
	add_dnsbl(&f, "four", DNSBL_FAMILY, 0);
	add_dnsbl(&f, "psbl", DNSBL_TIMEOUT, 0);
	add_dnsbl(&f, "two words", DNSBL_LISTED, 2);
	judge(&s, &f, got);
	s.verdict.score = -2;
	session_record(&s, &l);
	assert_non_null(strstr(l.buf,
	    " score=-2 lists=drop,bans dnsbl=\"zen:127.0.0.2,psbl:timeout,"
	    "two words:127.0.0.2+127.0.0.3\" protected=- nat=- queue="));

	f = find(IPREV_UNASKED);
	f.lists_known = f.is_protected = 1;
	judge(&s, &f, got);
	session_record(&s, &l);
	assert_non_null(strstr(l.buf,
	    " score=- lists=- dnsbl=- protected=yes nat=- queue="));

	f = find(IPREV_FAIL);
	for (i = 0; i < FINDINGS_LISTS; i++) {
		memset(f.lists[i], 'a' + (int)i, LIST_NAME_LEN - 1);
		f.nlists++;
		add_dnsbl(&f, "a-name-of-thirty-one-bytes-here", DNSBL_LISTED,
		    DNSBL_REPLIES);
	}
	judge(&s, &f, got);
	session_record(&s, &l);
	assert_true(
	    (n = line_find(l.buf, "lists", value, sizeof(value))) > 100);
	assert_string_equal(value + n - 4, ",...");
	assert_true(
	    (n = line_find(l.buf, "dnsbl", value, sizeof(value))) > 100);
	assert_string_equal(value + n - 4, ",...");
	assert_int_equal(line_find(l.buf, "rcpt", value, sizeof(value)), 16);
}

/* What our own lists say from one transaction to the next. */
static void
test_news(void **state)
{
	struct from_item block = { .where = { where_file, 4 } };
	struct findings	 f, news, gone;
	struct session	 s;
	struct line	 l;
	char		 got[32] = "";

	(void)state;
	set_rule(IPREV_FAIL, ACTION_TEMPFAIL);
	block.list = (char *)(uintptr_t)bans;
	fconf.block = (struct from){ &block, 1 };
	news = find(IPREV_UNASKED);
	news.lists_known = 1;
	strlcpy(news.lists[news.nlists++], "bans", LIST_NAME_LEN);
	addr_parse(&f.addr, "192.0.2.9");
	findings_trouble(&gone, &f.addr, CAUSE_UNREACHABLE);

	f = find(IPREV_PASS);
	f.lists_known = 1;
	start(&s);
	assert_false(session_may_change(&s));
	session_mail(&s, "<from@example.net>", 0);
	session_found(&s, &f);
	assert_true(session_may_change(&s));
	step(&s, 'r', IPREV_PASS, got);
	assert_false(session_may_change(&s)); /* in the middle of it */
	step(&s, 'd', IPREV_PASS, got);
	step(&s, 'a', IPREV_PASS, got);
	assert_false(session_may_change(&s)); /* he may */
	/* Banned. */
	step(&s, 'm', IPREV_PASS, got);
	assert_true(session_may_change(&s));
	session_news(&s, &news);
	step(&s, 'r', IPREV_PASS, got);
	assert_string_equal(s.verdict.rule, "block from <bans>");
	assert_false(session_offends(&s));
	/* fcrdnsd is gone; the ban is over, but the DNS in trouble; it is not. */
	step(&s, 'm', IPREV_PASS, got);
	session_news(&s, &gone);
	step(&s, 'r', IPREV_PASS, got);
	step(&s, 'm', IPREV_PASS, got);
	f = find(IPREV_FAIL);
	f.lists_known = 1;
	session_news(&s, &f);
	step(&s, 'r', IPREV_PASS, got);
	/* Of the DNS the first answer stays. */
	step(&s, 'm', IPREV_PASS, got);
	f = find(IPREV_TEMPERROR);
	f.lists_known = f.is_protected = 1;
	session_news(&s, &f);
	step(&s, 'r', IPREV_PASS, got);
	assert_int_equal(s.findings.iprev, IPREV_FAIL);
	step(&s, 'd', IPREV_PASS, got);
	assert_string_equal(got, "2 cr5542 cr");
	session_record(&s, &l);
	assert_true(strncmp(l.buf, "accept ", 7) == 0);
	fconf.block = (struct from){ NULL, 0 };
}

/* The text of a DNS list is anybody's: it ends no line, and is a value. */
static void
test_reply_of_list(void **state)
{
	static const char hostile[] =
	    "%s%n \"q\" \\ \r\n250 ok\001\200 %{token} ";
	struct session	s;
	struct reply	r;
	struct findings f;
	struct line	l;
	char		got[32], wire[REPLY_WIRE_LEN], *p;

	(void)state;
	set_rule(IPREV_FAIL, ACTION_REJECT);
	f = find(IPREV_FAIL);
	judge(&s, &f, got);
	s.verdict.kind = VERDICT_LIST;
	strlcpy(s.verdict.why, "listed by zen (", sizeof(s.verdict.why));
	while (strlcat(s.verdict.why, hostile, sizeof(s.verdict.why)) <
	    sizeof(s.verdict.why))
		continue;
	assert_int_equal(session_rcpt(&s, "<b@example.org>", &r),
	    SESSION_REJECT);
	assert_string_equal(r.code, "550");
	assert_string_equal(r.xcode, "5.7.1");
	assert_non_null(strstr(r.text,
	    "192.0.2.9: listed by zen (%s%n \"q\" \\ ??250 ok?? %{token} "));
	assert_non_null(strstr(r.text, " (K7Q2M9XWTB) b@example.org"));
	for (p = r.text; *p != '\0'; p++)
		assert_true(*p >= ' ' && *p <= '~');
	reply_wire(&r, wire);
	assert_non_null(strstr(wire, "(%%s%%n "));
	session_record(&s, &l);
	assert_null(strpbrk(l.buf, "\r\n"));
	assert_int_equal(line_find(l.buf, "token", got, sizeof(got)), 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pass_prefix),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_offences),
		cmocka_unit_test(test_record_lists),
		cmocka_unit_test(test_reply_of_list),
		cmocka_unit_test(test_news),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
