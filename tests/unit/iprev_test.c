/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "iprev.h"

/* Each value has a word, all are different, and each is read back. */
static void
check_words(const char *what, int n, const char *(*name)(int),
    int (*parse)(const char *))
{
	int i;

	for (i = 0; i < n; i++) {
		if (name(i) == NULL || parse(name(i)) != i)
			fail_msg("%s %d", what, i);
	}
	if (parse("") != -1 || parse("nonsense") != -1 || parse("PASS") != -1)
		fail_msg("%s: takes what is none of its words", what);
}

static const char *
iprev_word(int i)
{
	return iprev_name((enum iprev)i);
}

static const char *
cause_word(int i)
{
	return cause_name((enum cause)i);
}

static const char *
state_word(int i)
{
	return name_state_name((enum name_state)i);
}

static const char *
dnssec_word(int i)
{
	return dnssec_name((enum dnssec)i);
}

static void
test_words(void **state)
{
	(void)state;
	check_words("iprev", IPREV_PERMERROR + 1, iprev_word, iprev_parse);
	check_words("cause", CAUSE_COUNT, cause_word, cause_parse);
	check_words("name state", NAME_TEMPERROR + 1, state_word,
	    name_state_parse);
	check_words("dnssec", DNSSEC_YES + 1, dnssec_word, dnssec_parse);
}

/* They stand in replies, log lines and JSON. */
static void
test_sentences(void **state)
{
	const char *text, *p;
	int	    i;

	(void)state;
	for (i = 0; i < CAUSE_COUNT; i++) {
		text = cause_text((enum cause)i);
		assert_non_null(text);
		assert_true(strlen(text) > 5);
		assert_true(text[strlen(text) - 1] != '.');
		for (p = text; *p != '\0'; p++)
			assert_true(*p >= ' ' && *p < 127 && *p != '"' &&
			    *p != '%' && *p != '\\');
	}
}

static void
test_confirmed(void **state)
{
	struct findings f = { .nnames = 3 };

	(void)state;
	assert_null(findings_confirmed(&f));
	strlcpy(f.names[1].name, "b", sizeof(f.names[1].name));
	f.names[0].state = NAME_MISMATCH;
	f.names[1].state = NAME_CONFIRMED;
	f.names[2].state = NAME_CONFIRMED;
	assert_string_equal(findings_confirmed(&f), "b");
	f.nnames = 1;
	assert_null(findings_confirmed(&f));
}

static void
test_trouble(void **state)
{
	struct findings f;
	struct addr	addr;

	(void)state;
	memset(&f, 0xff, sizeof(f));
	assert_int_equal(addr_parse(&addr, "192.0.2.1"), 0);
	findings_trouble(&f, &addr, CAUSE_OVERLOAD);
	assert_true(addr_equal(&f.addr, &addr));
	assert_int_equal(f.iprev, IPREV_TEMPERROR);
	assert_int_equal(f.cause, CAUSE_OVERLOAD);
	assert_int_equal(f.dnssec, DNSSEC_UNKNOWN);
	assert_int_equal(f.nnames + f.nptrs + f.ninvalid, 0);
	assert_int_equal(f.ttl, 0);
	assert_int_equal(f.cached, 0);
	assert_int_equal(f.lists_known + f.is_protected, 0);
	assert_int_equal(f.nlists + f.ndnsbls, 0);
}

static void
test_lists(void **state)
{
	static struct findings f = { .nlists = 2,
		.lists = { "drop", "bans" },
		.ndnsbls = 1,
		.dnsbls = { { .name = "zen" } } };

	(void)state;
	assert_int_equal(findings_in(&f, "drop"), 0);
	f.lists_known = 1;
	assert_int_equal(findings_in(&f, "drop"), 1);
	assert_int_equal(findings_in(&f, "bans"), 1);
	assert_int_equal(findings_in(&f, "friends"), 0);
	assert_ptr_equal(findings_dnsbl(&f, "zen"), &f.dnsbls[0]);
	assert_null(findings_dnsbl(&f, "psbl"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_confirmed),
		cmocka_unit_test(test_trouble),
		cmocka_unit_test(test_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
