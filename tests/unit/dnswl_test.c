/* SPDX-License-Identifier: ISC */
/*
 * What Authentication-Results says of DNS lists that speak well of a client.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "ar.h"
#include "ar_lines.h"
#include "dnsbl.h"
#include "fcrdns_conf.h"
#include "iprev.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define ID "mail.example.org"

static char good_name[] = "dnswl", other_name[] = "two words",
	    zen_name[] = "zen";
static char zone[] = "key.zone.example";

static struct dnsbl_filter good_filters[] = {
	{ { 127, 0, 0, 0 }, { 127, 0, 255, 0 }, 0, 1 }, /* no trust at all */
	{ { 127, 0, 0, 1 }, { 127, 0, 255, 3 }, 1, -2 },
};
static struct dnsbl_filter other_filters[] = {
	{ { 127, 0, 0, 1 }, { 127, 0, 255, 255 }, 0, -1 },
};
static struct dnsbl_filter zen_filters[] = {
	{ { 127, 0, 0, 2 }, { 127, 0, 0, 11 }, 0, 2 },
};
static struct dnsbl three_lists[] = {
	{ .name = good_name,
	    .zone = zone,
	    .filters = good_filters,
	    .nfilters = 2 },
	{ .name = zen_name,
	    .zone = zone,
	    .filters = zen_filters,
	    .nfilters = 1 },
	{ .name = other_name,
	    .zone = zone,
	    .filters = other_filters,
	    .nfilters = 1 },
};
static const struct fcrdns_conf with_lists = { .dnsbls = three_lists,
	.ndnsbls = 3 };

#define NO_PTR                                               \
	"mail.example.org; iprev=permerror (no PTR record) " \
	"policy.iprev=192.0.2.1; "

static const struct {
	const char	    *what;
	struct dnsbl_finding found[3];
	unsigned int	     n;
	const char	    *want;
} dnswls[] = {
	{ "none lists it",
	    { { "dnswl", .state = DNSBL_CLEAR },
		{ "zen", .state = DNSBL_CLEAR },
		{ "two words", .state = DNSBL_CLEAR } },
	    3, NO_PTR "dnswl=none" },
	{ "one lists it",
	    { { "dnswl", DNSBL_LISTED, 1, { { 127, 0, 10, 1 } },
		  "example.net https://dnswl.example/?s=1" },
		{ "zen", .state = DNSBL_CLEAR },
		{ "two words", .state = DNSBL_CLEAR } },
	    3,
	    NO_PTR "dnswl=pass dns.zone=dnswl policy.ip=127.0.10.1 "
		   "policy.txt=\"example.net https://dnswl.example/?s=1\"" },
	{ "no text",
	    { { "dnswl", DNSBL_LISTED, 1, { { 127, 0, 10, 1 } }, "" } }, 1,
	    NO_PTR "dnswl=pass dns.zone=dnswl policy.ip=127.0.10.1" },
	{ "both list it, and a name that is no token",
	    { { "dnswl", DNSBL_LISTED, 1, { { 127, 0, 10, 2 } }, "" },
		{ "two words", DNSBL_LISTED, 2,
		    { { 127, 0, 0, 3 }, { 127, 0, 0, 2 } }, "a" } },
	    2,
	    NO_PTR "dnswl=pass dns.zone=dnswl policy.ip=127.0.10.2; dnswl=pass "
		   "dns.zone=\"two_words\" policy.ip=\"127.0.0.3,127.0.0.2\" "
		   "policy.txt=\"a\"" },
	{ "quotes and backslashes",
	    { { "dnswl", DNSBL_LISTED, 1, { { 127, 0, 10, 1 } },
		"\"; x=\\ (y" } },
	    1,
	    NO_PTR "dnswl=pass dns.zone=dnswl policy.ip=127.0.10.1 "
		   "policy.txt=\"\\\"; x=\\\\ (y\"" },
	{ "its reply has no negative score",
	    { { "dnswl", DNSBL_LISTED, 1, { { 127, 0, 10, 0 } }, "" },
		{ "two words", .state = DNSBL_CLEAR } },
	    2, NO_PTR "dnswl=none" },
	{ "its reply is not in the file",
	    { { "dnswl", DNSBL_LISTED, 1, { { 127, 9, 9, 9 } }, "" },
		{ "two words", .state = DNSBL_CLEAR } },
	    2, NO_PTR "dnswl=none" },
	{ "one does not answer",
	    { { "dnswl", .state = DNSBL_TIMEOUT },
		{ "two words", .state = DNSBL_CLEAR } },
	    2, NO_PTR "dnswl=temperror" },
	{ "one answers nonsense",
	    { { "dnswl", .state = DNSBL_BROKEN },
		{ "two words", .state = DNSBL_CLEAR } },
	    2, NO_PTR "dnswl=temperror" },
	{ "one does not answer, the other lists it",
	    { { "dnswl", .state = DNSBL_TIMEOUT },
		{ "two words", DNSBL_LISTED, 1, { { 127, 0, 0, 3 } }, "" } },
	    2, NO_PTR "dnswl=pass dns.zone=\"two_words\" policy.ip=127.0.0.3" },
	{ "not for that family",
	    { { "dnswl", .state = DNSBL_FAMILY },
		{ "two words", .state = DNSBL_CLEAR } },
	    2, NO_PTR "dnswl=none" },
	{ "fcrdnsd did not say", { { "", .state = DNSBL_CLEAR } }, 0,
	    NO_PTR "dnswl=temperror" },
	{ "a list that blocks says nothing here",
	    { { "dnswl", .state = DNSBL_CLEAR },
		{ "zen", DNSBL_LISTED, 1, { { 127, 0, 0, 2 } }, "bad" },
		{ "two words", .state = DNSBL_CLEAR } },
	    3, NO_PTR "dnswl=none" },
};

static void
test_dnswls(void **state)
{
	struct findings found = { .iprev = IPREV_PERMERROR,
		.cause = CAUSE_NO_PTR };
	char		got[AR_VALUE_LEN], want[AR_VALUE_LEN];
	size_t		i;

	(void)state;
	assert_int_equal(addr_parse(&found.addr, "192.0.2.1"), 0);
	for (i = 0; i < nitems(dnswls); i++) {
		memcpy(found.dnsbls, dnswls[i].found, sizeof(dnswls[i].found));
		found.ndnsbls = dnswls[i].n;
		assert_int_equal(ar_build(got, sizeof(got), ID, &found,
				     &with_lists),
		    0);
		check_lines(got);
		assert_int_equal(ar_claims(got, ID), 1);
		assert_null(strstr(got, "zone.example"));
		snprintf(want, sizeof(want), "%s", dnswls[i].want);
		without_space(got);
		if (strcmp(got, without_space(want)) != 0)
			fail_msg("%s:\n%s\n%s", dnswls[i].what, got, want);
	}
}

/* Of such an address no list is asked, and none failed to answer. */
static void
test_private(void **state)
{
	struct findings found = { .iprev = IPREV_PERMERROR,
		.cause = CAUSE_NO_PTR };
	char		got[AR_VALUE_LEN];

	(void)state;
	assert_int_equal(addr_parse(&found.addr, "10.1.2.3"), 0);
	assert_int_equal(ar_build(got, sizeof(got), ID, &found, &with_lists),
	    0);
	assert_non_null(strstr(got, "dnswl=none"));
}

/* All that a file can have fits. */
static void
test_most_dnswls(void **state)
{
	struct findings	      found = { .iprev = IPREV_PASS, .nnames = 1 };
	struct dnsbl	      lists[DNSBLS_MAX];
	struct fcrdns_conf    conf = { .dnsbls = lists, .ndnsbls = DNSBLS_MAX };
	struct dnsbl_finding *d;
	char		      names[DNSBLS_MAX][DNSBL_NAME_LEN];
	char		      got[AR_VALUE_LEN];
	size_t		      i, k;

	(void)state;
	addr_parse(&found.addr, "2001:db8:1111:2222:3333:4444:5555:6666");
	memset(found.names[0].name, '(', DNS_NAME_LEN - 1);
	found.names[0].state = NAME_CONFIRMED;
	for (i = 0; i < DNSBLS_MAX; i++) {
		memset(names[i], '"', DNSBL_NAME_LEN - 1);
		names[i][0] = (char)('a' + i);
		names[i][DNSBL_NAME_LEN - 1] = '\0';
		lists[i] = three_lists[2];
		lists[i].name = names[i];
		d = &found.dnsbls[found.ndnsbls++];
		strlcpy(d->name, names[i], sizeof(d->name));
		d->state = DNSBL_LISTED;
		d->nreplies = DNSBL_REPLIES;
		for (k = 0; k < DNSBL_REPLIES; k++)
			memcpy(d->replies[k], ((uint8_t[]){ 127, 0, 111, 222 }),
			    4);
		memset(d->txt, '\\', DNSBL_TXT_LEN - 1);
	}
	assert_int_equal(ar_build(got, sizeof(got), ID, &found, &conf), 0);
	assert_int_equal(ar_build(got, 2000, ID, &found, &conf), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dnswls),
		cmocka_unit_test(test_private),
		cmocka_unit_test(test_most_dnswls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
