/* SPDX-License-Identifier: ISC */
/*
 * What lookups add up to (tally.h): the logic of an inquiry, without any.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tally.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define ASKED                         \
	{                             \
		.state = LOOKUP_ASKED \
	}
#define UNASKED                         \
	{                               \
		.state = LOOKUP_UNASKED \
	}
#define SERVFAIL                         \
	{                                \
		.state = LOOKUP_SERVFAIL \
	}
#define REFUSED                         \
	{                               \
		.state = LOOKUP_REFUSED \
	}
#define TIMEOUT                         \
	{                               \
		.state = LOOKUP_TIMEOUT \
	}
#define BOGUS                         \
	{                             \
		.state = LOOKUP_BOGUS \
	}
#define OVERLOAD                         \
	{                                \
		.state = LOOKUP_OVERLOAD \
	}
#define RESOURCES                         \
	{                                 \
		.state = LOOKUP_RESOURCES \
	}
/* Answers with a ttl, and their number of records. */
#define SOME(t)                                                  \
	{                                                        \
		.state = LOOKUP_ANSWERED, .ttl = t, .records = 1 \
	}
#define NONE(t)                                    \
	{                                          \
		.state = LOOKUP_ANSWERED, .ttl = t \
	}
#define MATCH(t)                                                             \
	{                                                                    \
		.state = LOOKUP_ANSWERED, .ttl = t, .records = 2, .match = 1 \
	}
#define SECURE(t)                                                             \
	{                                                                     \
		.state = LOOKUP_ANSWERED, .ttl = t, .records = 2, .match = 1, \
		.secure = 1                                                   \
	}
#define NOT_OVER 0, IPREV_UNASKED, CAUSE_NONE, 0, DNSSEC_UNKNOWN, NULL
#define PTRS(n, bad, t)                                                    \
	.names = { .total = (n) + (bad), .invalid = (bad), .count = (n) }, \
	.ptr = SOME(t)

static const struct {
	const char  *what;
	struct tally t;
	int	     over;
	/* If it is over: */
	enum iprev  iprev;
	enum cause  cause;
	uint32_t    ttl;
	enum dnssec dnssec;
	const char *states; /* initials of the names' */
} cases[] = {
	{ "nothing is known yet", { .ptr = ASKED }, NOT_OVER },
	{ "not even asked", { .ptr = UNASKED }, NOT_OVER },
	{ "no PTR record", { .ptr = NONE(300) }, 1, IPREV_PERMERROR,
	    CAUSE_NO_PTR, 300, DNSSEC_UNKNOWN, "" },
	{ "no PTR record, not to be kept", { .ptr = NONE(0) }, 1,
	    IPREV_PERMERROR, CAUSE_NO_PTR, 0, DNSSEC_UNKNOWN, "" },
	{ "no PTR record for a year: an hour is enough",
	    { .ptr = NONE(31536000) }, 1, IPREV_PERMERROR, CAUSE_NO_PTR, 3600,
	    DNSSEC_UNKNOWN, "" },
	{ "PTR records, none a host name", { PTRS(0, 2, 60) }, 1, IPREV_FAIL,
	    CAUSE_NO_NAME, 60, DNSSEC_UNKNOWN, "" },
	{ "PTR failed", { .ptr = SERVFAIL }, 1, IPREV_TEMPERROR,
	    CAUSE_PTR_SERVFAIL, 2, DNSSEC_UNKNOWN, "" },
	{ "PTR refused", { .ptr = REFUSED }, 1, IPREV_TEMPERROR,
	    CAUSE_PTR_REFUSED, 2, DNSSEC_UNKNOWN, "" },
	{ "PTR too late", { .ptr = TIMEOUT }, 1, IPREV_TEMPERROR,
	    CAUSE_PTR_TIMEOUT, 2, DNSSEC_UNKNOWN, "" },
	{ "PTR bogus", { .ptr = BOGUS }, 1, IPREV_TEMPERROR, CAUSE_PTR_BOGUS, 2,
	    DNSSEC_UNKNOWN, "" },
	{ "too much at once: not to be kept", { .ptr = OVERLOAD }, 1,
	    IPREV_TEMPERROR, CAUSE_OVERLOAD, 0, DNSSEC_UNKNOWN, "" },
	{ "no memory: not to be kept", { .ptr = RESOURCES }, 1, IPREV_TEMPERROR,
	    CAUSE_RESOURCES, 0, DNSSEC_UNKNOWN, "" },

	{ "one name, its address not yet there",
	    { PTRS(1, 0, 60), .forward = { ASKED } }, NOT_OVER },
	{ "one name, not yet asked for",
	    { PTRS(1, 0, 60), .forward = { UNASKED } }, NOT_OVER },
	{ "one name leads back", { PTRS(1, 0, 60), .forward = { MATCH(600) } },
	    1, IPREV_PASS, CAUSE_NONE, 60, DNSSEC_UNKNOWN, "c" },
	{ "the address's time is the shorter one",
	    { PTRS(1, 0, 600), .forward = { MATCH(30) } }, 1, IPREV_PASS,
	    CAUSE_NONE, 30, DNSSEC_UNKNOWN, "c" },
	{ "one name leads elsewhere",
	    { PTRS(1, 0, 60), .forward = { SOME(10) } }, 1, IPREV_FAIL,
	    CAUSE_NO_MATCH, 10, DNSSEC_UNKNOWN, "m" },
	{ "one name leads nowhere", { PTRS(1, 0, 60), .forward = { NONE(10) } },
	    1, IPREV_FAIL, CAUSE_NO_ADDRESS, 10, DNSSEC_UNKNOWN, "n" },
	{ "one name failed", { PTRS(1, 0, 60), .forward = { SERVFAIL } }, 1,
	    IPREV_TEMPERROR, CAUSE_NAME_SERVFAIL, 2, DNSSEC_UNKNOWN, "t" },
	{ "one name refused", { PTRS(1, 0, 60), .forward = { REFUSED } }, 1,
	    IPREV_TEMPERROR, CAUSE_NAME_REFUSED, 2, DNSSEC_UNKNOWN, "t" },
	{ "one name too late", { PTRS(1, 0, 60), .forward = { TIMEOUT } }, 1,
	    IPREV_TEMPERROR, CAUSE_NAME_TIMEOUT, 2, DNSSEC_UNKNOWN, "t" },
	{ "one name bogus", { PTRS(1, 0, 60), .forward = { BOGUS } }, 1,
	    IPREV_TEMPERROR, CAUSE_NAME_BOGUS, 2, DNSSEC_UNKNOWN, "t" },

	{ "the third of three matches",
	    { PTRS(3, 0, 60), .forward = { SOME(5), NONE(5), MATCH(50) } }, 1,
	    IPREV_PASS, CAUSE_NONE, 50, DNSSEC_UNKNOWN, "mnc" },
	{ "a match does not wait for the others",
	    { PTRS(3, 0, 60), .forward = { ASKED, MATCH(50), UNASKED } }, 1,
	    IPREV_PASS, CAUSE_NONE, 50, DNSSEC_UNKNOWN, "ucu" },
	{ "a match beside a failure",
	    { PTRS(2, 0, 60), .forward = { SERVFAIL, MATCH(50) } }, 1,
	    IPREV_PASS, CAUSE_NONE, 50, DNSSEC_UNKNOWN, "tc" },
	{ "a failure alone does not end it: another may match",
	    { PTRS(2, 0, 60), .forward = { SERVFAIL, ASKED } }, NOT_OVER },
	{ "a mismatch beside a failure is not known to be a fail",
	    { PTRS(2, 0, 60), .forward = { SOME(50), TIMEOUT } }, 1,
	    IPREV_TEMPERROR, CAUSE_NAME_TIMEOUT, 2, DNSSEC_UNKNOWN, "mt" },
	{ "the first failure is the cause",
	    { PTRS(3, 0, 60), .forward = { BOGUS, SOME(5), TIMEOUT } }, 1,
	    IPREV_TEMPERROR, CAUSE_NAME_BOGUS, 2, DNSSEC_UNKNOWN, "tmt" },
	{ "elsewhere and nowhere: the least time of all",
	    { PTRS(3, 1, 60), .forward = { NONE(40), SOME(30), NONE(50) } }, 1,
	    IPREV_FAIL, CAUSE_NO_MATCH, 30, DNSSEC_UNKNOWN, "nmn" },

	{ "a secure chain",
	    { .validating = 1,
		.names = { .total = 1, .count = 1 },
		.ptr = SECURE(60),
		.forward = { SECURE(60) } },
	    1, IPREV_PASS, CAUSE_NONE, 60, DNSSEC_YES, "c" },
	{ "an unsigned reverse zone",
	    { .validating = 1, PTRS(1, 0, 60), .forward = { SECURE(60) } }, 1,
	    IPREV_PASS, CAUSE_NONE, 60, DNSSEC_NO, "c" },
	{ "an unsigned forward zone",
	    { .validating = 1,
		.names = { .total = 1, .count = 1 },
		.ptr = SECURE(60),
		.forward = { MATCH(60) } },
	    1, IPREV_PASS, CAUSE_NONE, 60, DNSSEC_NO, "c" },
	{ "the unsigned zone of a name that did not confirm",
	    { .validating = 1,
		.names = { .total = 2, .count = 2 },
		.ptr = SECURE(60),
		.forward = { SOME(5), SECURE(60) } },
	    1, IPREV_PASS, CAUSE_NONE, 60, DNSSEC_YES, "mc" },
	{ "trouble while validating", { .validating = 1, .ptr = BOGUS }, 1,
	    IPREV_TEMPERROR, CAUSE_PTR_BOGUS, 2, DNSSEC_UNKNOWN, "" },
	{ "the word that there is no PTR, unsigned",
	    { .validating = 1, .ptr = NONE(60) }, 1, IPREV_PERMERROR,
	    CAUSE_NO_PTR, 60, DNSSEC_NO, "" },
};

static void
check(size_t i)
{
	struct findings f;
	struct tally	t = cases[i].t;
	unsigned int	n;

	for (n = 0; n < t.names.count; n++)
		snprintf(t.names.name[n], sizeof(t.names.name[n]),
		    "name%u.example.org", n);
	memset(&f, 0xff, sizeof(f));
	tally_findings(&t, &f);
	if (f.iprev != cases[i].iprev || f.cause != cases[i].cause)
		fail_msg("%s: %s, %s", cases[i].what, iprev_name(f.iprev),
		    cause_name(f.cause));
	if (f.ttl != cases[i].ttl)
		fail_msg("%s: ttl %u", cases[i].what, f.ttl);
	if (f.dnssec != cases[i].dnssec)
		fail_msg("%s: dnssec %s", cases[i].what, dnssec_name(f.dnssec));
	if (f.nnames != strlen(cases[i].states) || f.nptrs != t.names.total ||
	    f.ninvalid != t.names.invalid)
		fail_msg("%s: the counts", cases[i].what);
	for (n = 0; n < f.nnames; n++) {
		if (*name_state_name(f.names[n].state) != cases[i].states[n] ||
		    strcmp(f.names[n].name, t.names.name[n]) != 0)
			fail_msg("%s: name %u is %s", cases[i].what, n,
			    name_state_name(f.names[n].state));
	}
}

static void
test_cases(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		if (tally_over(&cases[i].t) != cases[i].over)
			fail_msg("%s: over?", cases[i].what);
		if (cases[i].over)
			check(i);
	}
}

/*
 * Of every combination of three names' states: pass if and only if one
 * matches; never a fail while something is not known.
 */
static void
test_all_of_three(void **state)
{
	static const struct lookup kinds[] = { MATCH(9), SOME(9), NONE(9),
		SERVFAIL, REFUSED, TIMEOUT, BOGUS, OVERLOAD, RESOURCES };
	struct tally		   t;
	struct findings		   f;
	size_t			   i, j, worst;
	int			   match;

	(void)state;
	for (i = 0; i < 9 * 9 * 9; i++) {
		memset(&t, 0, sizeof(t));
		t.ptr.state = LOOKUP_ANSWERED;
		t.names.total = t.names.count = 3;
		match = 0;
		worst = 0;
		for (j = 0; j < 3; j++) {
			t.forward[j] = kinds[i /
			    (j == 0	   ? 1 :
				    j == 1 ? 9 :
					     81) %
			    9];
			match |= t.forward[j].match;
			worst |= t.forward[j].state != LOOKUP_ANSWERED;
		}
		assert_true(tally_over(&t));
		tally_findings(&t, &f);
		assert_int_equal(f.iprev,
		    match     ? IPREV_PASS :
			worst ? IPREV_TEMPERROR :
				IPREV_FAIL);
		assert_int_equal(findings_confirmed(&f) != NULL, match);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_all_of_three),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
