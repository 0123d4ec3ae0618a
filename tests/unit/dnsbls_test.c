/* SPDX-License-Identifier: ISC */
/*
 * When a DNS list is set aside, and when it comes back (dnsbl_health.h).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "dnsbl_health.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define MINUTE 60000
#define HOUR   (60 * MINUTE)

#define CLEAR	 DNSBL_CLEAR
#define LISTED	 DNSBL_LISTED
#define BROKEN	 DNSBL_BROKEN
#define TIMEOUT	 DNSBL_TIMEOUT
#define SERVFAIL DNSBL_SERVFAIL

static const struct {
	const char	*what;
	enum dnsbl_state answers[DNSBL_TESTS];
	enum dnsbl_fault fault;
	int		 ipv6;
} tests[] = {
	{ "as it should be", { LISTED, CLEAR, CLEAR, LISTED, CLEAR },
	    DNSBL_FAULT_NONE, 1 },
	{ "no IPv6", { LISTED, CLEAR, CLEAR, CLEAR, CLEAR }, DNSBL_FAULT_NONE,
	    0 },
	{ "all of IPv6", { LISTED, CLEAR, CLEAR, LISTED, LISTED },
	    DNSBL_FAULT_NONE, 0 },
	{ "IPv6 gets errors", { LISTED, CLEAR, CLEAR, BROKEN, BROKEN },
	    DNSBL_FAULT_NONE, 0 },
	{ "no answer for IPv6", { LISTED, CLEAR, CLEAR, TIMEOUT, CLEAR },
	    DNSBL_FAULT_NONE, -1 },
	{ "lists nothing", { CLEAR, CLEAR, CLEAR, CLEAR, CLEAR },
	    DNSBL_FAULT_NOTHING, -1 },
	{ "lists everything", { LISTED, LISTED, LISTED, LISTED, LISTED },
	    DNSBL_FAULT_EVERYTHING, -1 },
	{ "lists every address, but no name",
	    { LISTED, LISTED, CLEAR, CLEAR, CLEAR }, DNSBL_FAULT_EVERYTHING,
	    -1 },
	{ "NXDOMAIN is rewritten to a good reply",
	    { LISTED, CLEAR, LISTED, LISTED, CLEAR }, DNSBL_FAULT_REWRITTEN,
	    -1 },
	{ "NXDOMAIN is rewritten", { LISTED, BROKEN, BROKEN, BROKEN, BROKEN },
	    DNSBL_FAULT_REWRITTEN, -1 },
	{ "refused from here, or parked",
	    { BROKEN, BROKEN, BROKEN, BROKEN, BROKEN }, DNSBL_FAULT_REPLY, -1 },
	{ "127.0.0.2 gets an error", { BROKEN, CLEAR, CLEAR, CLEAR, CLEAR },
	    DNSBL_FAULT_REPLY, -1 },
	{ "127.0.0.1 gets an error", { LISTED, BROKEN, CLEAR, CLEAR, CLEAR },
	    DNSBL_FAULT_REPLY, -1 },
	{ "no answer", { TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT },
	    DNSBL_FAULT_SILENT, -1 },
	{ "one failure", { LISTED, CLEAR, SERVFAIL, LISTED, CLEAR },
	    DNSBL_FAULT_SILENT, -1 },
	{ "a listing that should not be counts more than a failure",
	    { TIMEOUT, LISTED, TIMEOUT, TIMEOUT, TIMEOUT },
	    DNSBL_FAULT_EVERYTHING, -1 },
};

static void
test_first(void **state)
{
	struct dnsbl_health h;
	enum dnsbl_change   change;
	size_t		    i;
	int		    good;

	(void)state;
	for (i = 0; i < nitems(tests); i++) {
		good = tests[i].fault == DNSBL_FAULT_NONE;
		dnsbl_health_init(&h, 1000);
		assert_int_equal(dnsbl_health_ask(&h, ADDR_IPV4),
		    DNSBL_UNTESTED);
		assert_true(dnsbl_health_due(&h, 1000));
		change = dnsbl_health_tested(&h, 1000, tests[i].answers);
		if (change != (good ? DNSBL_SAME : DNSBL_GOES) ||
		    h.fault != tests[i].fault || h.ipv6 != tests[i].ipv6)
			fail_msg("%s: %s, %d", tests[i].what,
			    dnsbl_fault_text(h.fault), h.ipv6);
		assert_int_equal(dnsbl_health_ask(&h, ADDR_IPV4),
		    good ? DNSBL_CLEAR : DNSBL_ASIDE);
		assert_int_equal(dnsbl_health_ask(&h, ADDR_IPV6),
		    !good		   ? DNSBL_ASIDE :
			tests[i].ipv6 == 1 ? DNSBL_CLEAR :
					     DNSBL_FAMILY);
		assert_false(dnsbl_health_due(&h, 1000));
	}
}

static const enum dnsbl_state good[] = { LISTED, CLEAR, CLEAR, LISTED, CLEAR };
static const enum dnsbl_state everything[] = { LISTED, LISTED, LISTED, LISTED,
	LISTED };
static const enum dnsbl_state silence[] = { TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT,
	TIMEOUT };

/* Tests fail, with those pauses between them, each due to the moment. */
static void
fails(struct dnsbl_health *h, int64_t *now, const enum dnsbl_state *answers,
    const int *minutes_10, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		assert_int_equal(dnsbl_health_tested(h, *now, answers),
		    DNSBL_SAME);
		*now += (int64_t)minutes_10[i] * MINUTE / 10 - 1;
		assert_false(dnsbl_health_due(h, *now));
		*now += 1;
		assert_true(dnsbl_health_due(h, *now));
	}
}

/* A list that begins to lie, goes on, and comes back. */
static void
test_hourly(void **state)
{
	static const int    pauses[] = { 100, 200, 400, 600, 600 };
	struct dnsbl_health h;
	int64_t		    now = 0;

	(void)state;
	dnsbl_health_init(&h, now);
	dnsbl_health_tested(&h, now, good);
	now += HOUR - 1;
	assert_false(dnsbl_health_due(&h, now));
	now += 1;
	assert_true(dnsbl_health_due(&h, now));
	assert_int_equal(dnsbl_health_tested(&h, now, everything), DNSBL_GOES);
	assert_int_equal(h.fault, DNSBL_FAULT_EVERYTHING);
	now += 5 * MINUTE;
	assert_true(dnsbl_health_due(&h, now));
	fails(&h, &now, everything, pauses, nitems(pauses));
	assert_int_equal(dnsbl_health_tested(&h, now, good), DNSBL_COMES);
	assert_int_equal(dnsbl_health_ask(&h, ADDR_IPV4), DNSBL_CLEAR);
	/* It was good for less than an hour: not all is forgotten. */
	assert_int_equal(dnsbl_health_answer(&h, now, BROKEN), DNSBL_GOES);
	assert_int_equal(h.backoff, HOUR);
	now += HOUR;
	assert_int_equal(dnsbl_health_tested(&h, now, good), DNSBL_COMES);
	now += HOUR;
	assert_int_equal(dnsbl_health_tested(&h, now, good), DNSBL_SAME);
	assert_int_equal(dnsbl_health_answer(&h, now, BROKEN), DNSBL_GOES);
	assert_int_equal(h.backoff, 5 * MINUTE);
}

/* One that dies in use. */
static void
test_silent(void **state)
{
	static const int    pauses[] = { 10, 20, 40, 80, 100, 100 };
	struct dnsbl_health h;
	int64_t		    now = 0;
	int		    i;

	(void)state;
	dnsbl_health_init(&h, now);
	dnsbl_health_tested(&h, now, good);
	for (i = 0; i < 4; i++)
		assert_int_equal(dnsbl_health_answer(&h, now, TIMEOUT),
		    DNSBL_SAME);
	/* An answer between them: it lives. */
	dnsbl_health_answer(&h, now, CLEAR);
	for (i = 0; i < 4; i++)
		assert_int_equal(dnsbl_health_answer(&h, now, SERVFAIL),
		    DNSBL_SAME);
	/* Our own trouble does not count. */
	dnsbl_health_answer(&h, now, DNSBL_OVERLOAD);
	dnsbl_health_answer(&h, now, DNSBL_RESOURCES);
	assert_int_equal(dnsbl_health_ask(&h, ADDR_IPV4), DNSBL_CLEAR);
	assert_int_equal(dnsbl_health_answer(&h, now, DNSBL_REFUSED),
	    DNSBL_GOES);
	assert_int_equal(dnsbl_health_ask(&h, ADDR_IPV4), DNSBL_ASIDE);
	/* Those who asked before it went: said once. */
	assert_int_equal(dnsbl_health_answer(&h, now, TIMEOUT), DNSBL_SAME);
	assert_int_equal(h.test_at, now + MINUTE / 2);
	now += MINUTE / 2;
	fails(&h, &now, silence, pauses, nitems(pauses));
	/* Another fault is news, and has its own pauses. */
	assert_int_equal(dnsbl_health_tested(&h, now, everything), DNSBL_GOES);
	assert_int_equal(h.backoff, 5 * MINUTE);
	now += 5 * MINUTE;
	assert_int_equal(dnsbl_health_tested(&h, now, good), DNSBL_COMES);
}

/* No answer to an hourly test alone sets nothing aside. */
static void
test_hourly_silent(void **state)
{
	struct dnsbl_health h;

	(void)state;
	dnsbl_health_init(&h, 0);
	dnsbl_health_tested(&h, 0, good);
	assert_int_equal(dnsbl_health_tested(&h, HOUR, silence), DNSBL_SAME);
	assert_int_equal(dnsbl_health_ask(&h, ADDR_IPV6), DNSBL_CLEAR);
	assert_false(dnsbl_health_due(&h, HOUR + 5 * MINUTE - 1));
	assert_true(dnsbl_health_due(&h, HOUR + 5 * MINUTE));
}

/* All of a sudden everybody is listed: perhaps by a list that is dead. */
static void
test_streak(void **state)
{
	struct dnsbl_health h;
	int64_t		    now = 0;
	int		    i;

	(void)state;
	dnsbl_health_init(&h, now);
	dnsbl_health_tested(&h, now, good);
	now += 10 * MINUTE;
	for (i = 0; i < 9; i++)
		dnsbl_health_answer(&h, now, LISTED);
	/* One who is not: it still can tell. */
	dnsbl_health_answer(&h, now, CLEAR);
	for (i = 0; i < 9; i++)
		dnsbl_health_answer(&h, now, LISTED);
	assert_false(dnsbl_health_due(&h, now));
	assert_int_equal(dnsbl_health_answer(&h, now, LISTED), DNSBL_SAME);
	assert_true(dnsbl_health_due(&h, now));
	assert_int_equal(dnsbl_health_ask(&h, ADDR_IPV4), DNSBL_CLEAR);
	dnsbl_health_tested(&h, now, good);
	/* They are, for some time. */
	for (i = 0; i < 100; i++)
		dnsbl_health_answer(&h, now + i, LISTED);
	assert_false(dnsbl_health_due(&h, now + 5 * MINUTE - 1));
	now += 5 * MINUTE;
	dnsbl_health_answer(&h, now, LISTED);
	assert_true(dnsbl_health_due(&h, now));
	assert_int_equal(dnsbl_health_tested(&h, now, everything), DNSBL_GOES);
}

/* Whether it knows IPv6 is asked again before an hour is over. */
static void
test_ipv6_unknown(void **state)
{
	static const enum dnsbl_state half[] = { LISTED, CLEAR, CLEAR, TIMEOUT,
		TIMEOUT };
	struct dnsbl_health	      h;

	(void)state;
	dnsbl_health_init(&h, 0);
	dnsbl_health_tested(&h, 0, half);
	assert_int_equal(dnsbl_health_ask(&h, ADDR_IPV4), DNSBL_CLEAR);
	assert_int_equal(dnsbl_health_ask(&h, ADDR_IPV6), DNSBL_FAMILY);
	assert_true(dnsbl_health_due(&h, 5 * MINUTE));
	dnsbl_health_tested(&h, 5 * MINUTE, good);
	assert_int_equal(dnsbl_health_ask(&h, ADDR_IPV6), DNSBL_CLEAR);
	/* What is known stays so. */
	dnsbl_health_tested(&h, 70 * MINUTE, half);
	assert_int_equal(dnsbl_health_ask(&h, ADDR_IPV6), DNSBL_CLEAR);
	assert_false(dnsbl_health_due(&h, 129 * MINUTE));
}

int
main(void)
{
	const struct CMUnitTest all[] = {
		cmocka_unit_test(test_first),
		cmocka_unit_test(test_hourly),
		cmocka_unit_test(test_silent),
		cmocka_unit_test(test_hourly_silent),
		cmocka_unit_test(test_streak),
		cmocka_unit_test(test_ipv6_unknown),
	};

	return cmocka_run_group_tests(all, NULL, NULL);
}
