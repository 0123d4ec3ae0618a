/* SPDX-License-Identifier: ISC */
#include "dnsbl_health.h"

#include <stdio.h>
#include <string.h>

#define SECOND	   INT64_C(1000)
#define TEST_EVERY (3600 * SECOND)
/* The hourly test itself could not be made, or leaves something open. */
#define TEST_AGAIN (300 * SECOND)

#define FALSE_FIRST  (300 * SECOND)
#define FALSE_MOST   (3600 * SECOND)
#define SILENT_FIRST (30 * SECOND)
#define SILENT_MOST  (600 * SECOND)

const char *
dnsbl_fault_text(enum dnsbl_fault fault)
{
	switch (fault) {
	case DNSBL_FAULT_NOTHING:
		return "127.0.0.2 is not listed: it lists nothing";
	case DNSBL_FAULT_EVERYTHING:
		return "127.0.0.1 is listed: it lists everything";
	case DNSBL_FAULT_REWRITTEN:
		return "a name that does not exist gets a reply: are answers "
		       "rewritten on the way?";
	case DNSBL_FAULT_REPLY:
		return "its reply is an error, no listing: may it be asked "
		       "from here?";
	case DNSBL_FAULT_SILENT:
		return "it does not answer";
	case DNSBL_FAULT_NONE:
		break;
	}
	return "none";
}

void
dnsbl_health_init(struct dnsbl_health *h, int64_t now)
{
	memset(h, 0, sizeof(*h));
	h->mode = DNSBL_NEW;
	h->ipv6 = -1;
	h->test_at = now;
}

int
dnsbl_health_due(const struct dnsbl_health *h, int64_t now)
{
	return now >= h->test_at;
}

static enum dnsbl_change
set_aside(struct dnsbl_health *h, int64_t now, enum dnsbl_fault fault)
{
	int	silent = fault == DNSBL_FAULT_SILENT;
	int	was_silent = h->fault == DNSBL_FAULT_SILENT;
	int	said = h->mode == DNSBL_SET_ASIDE && h->fault == fault;
	int64_t most = silent ? SILENT_MOST : FALSE_MOST;

	if (h->backoff == 0 || silent != was_silent)
		h->backoff = silent ? SILENT_FIRST : FALSE_FIRST;
	else
		h->backoff = h->backoff * 2 < most ? h->backoff * 2 : most;
	h->mode = DNSBL_SET_ASIDE;
	h->fault = fault;
	h->failures = 0;
	h->test_at = now + h->backoff;
	return said ? DNSBL_SAME : DNSBL_GOES;
}

static int
is_answer(enum dnsbl_state s)
{
	return s == DNSBL_CLEAR || s == DNSBL_LISTED || s == DNSBL_BROKEN;
}

static enum dnsbl_fault
fault_of(const enum dnsbl_state a[DNSBL_TESTS])
{
	/* Refused to all from here, or a dead list's domain for sale. */
	if (a[DNSBL_TEST_LISTED] == DNSBL_BROKEN)
		return DNSBL_FAULT_REPLY;
	if (a[DNSBL_TEST_UNLISTED] == DNSBL_LISTED)
		return DNSBL_FAULT_EVERYTHING;
	if (a[DNSBL_TEST_RANDOM] == DNSBL_LISTED ||
	    a[DNSBL_TEST_RANDOM] == DNSBL_BROKEN)
		return DNSBL_FAULT_REWRITTEN;
	if (a[DNSBL_TEST_UNLISTED] == DNSBL_BROKEN)
		return DNSBL_FAULT_REPLY;
	if (!is_answer(a[DNSBL_TEST_LISTED]) ||
	    !is_answer(a[DNSBL_TEST_UNLISTED]) ||
	    !is_answer(a[DNSBL_TEST_RANDOM]))
		return DNSBL_FAULT_SILENT;
	return a[DNSBL_TEST_LISTED] == DNSBL_LISTED ? DNSBL_FAULT_NONE :
						      DNSBL_FAULT_NOTHING;
}

enum dnsbl_change
dnsbl_health_tested(struct dnsbl_health *h, int64_t now,
    const enum dnsbl_state a[DNSBL_TESTS])
{
	enum dnsbl_fault fault = fault_of(a);
	enum dnsbl_mode	 was = h->mode;

	h->tested = now;
	if (fault == DNSBL_FAULT_SILENT && was == DNSBL_GOOD) {
		/* Its use shows soon enough whether it is gone. */
		h->test_at = now + TEST_AGAIN;
		return DNSBL_SAME;
	}
	if (fault != DNSBL_FAULT_NONE)
		return set_aside(h, now, fault);
	if (is_answer(a[DNSBL_TEST_LISTED_6]) &&
	    is_answer(a[DNSBL_TEST_UNLISTED_6]))
		h->ipv6 = a[DNSBL_TEST_LISTED_6] == DNSBL_LISTED &&
		    a[DNSBL_TEST_UNLISTED_6] == DNSBL_CLEAR;
	/* Good for an hour: what was before is forgotten. */
	if (was != DNSBL_GOOD)
		h->since = now;
	else if (now - h->since >= TEST_EVERY)
		h->backoff = 0;
	h->mode = DNSBL_GOOD;
	h->failures = h->listed = 0;
	h->test_at = now + (h->ipv6 == -1 ? TEST_AGAIN : TEST_EVERY);
	return was == DNSBL_SET_ASIDE ? DNSBL_COMES : DNSBL_SAME;
}

enum dnsbl_change
dnsbl_health_answer(struct dnsbl_health *h, int64_t now, enum dnsbl_state state)
{
	if (h->mode != DNSBL_GOOD) /* asked before */
		return DNSBL_SAME;
	switch (state) {
	case DNSBL_LISTED:
		h->failures = 0;
		if (++h->listed >= DNSBL_LISTED_MAX &&
		    now - h->tested >= TEST_AGAIN && h->test_at > now)
			h->test_at = now;
		break;
	case DNSBL_CLEAR:
		h->failures = h->listed = 0;
		break;
	case DNSBL_BROKEN:
		return set_aside(h, now, DNSBL_FAULT_REPLY);
	case DNSBL_TIMEOUT:
	case DNSBL_SERVFAIL:
	case DNSBL_REFUSED:
	case DNSBL_BOGUS:
		if (++h->failures >= DNSBL_FAILURES_MAX)
			return set_aside(h, now, DNSBL_FAULT_SILENT);
		break;
	case DNSBL_OVERLOAD: /* our own trouble */
	case DNSBL_RESOURCES:
	case DNSBL_ASIDE:
	case DNSBL_UNTESTED:
	case DNSBL_FAMILY:
	case DNSBL_STATES:
		break;
	}
	return DNSBL_SAME;
}

enum dnsbl_state
dnsbl_health_ask(const struct dnsbl_health *h, enum addr_family family)
{
	switch (h->mode) {
	case DNSBL_NEW:
		return DNSBL_UNTESTED;
	case DNSBL_SET_ASIDE:
		return DNSBL_ASIDE;
	case DNSBL_GOOD:
		break;
	}
	return family == ADDR_IPV6 && h->ipv6 != 1 ? DNSBL_FAMILY : DNSBL_CLEAR;
}

void
dnsbl_test_name(char name[DNSBL_QUERY_LEN], enum dnsbl_test test,
    const char *zone, const char *label)
{
	/* Not by addr_parse(), which folds the mapped ones to IPv4. */
	static const struct addr addrs[DNSBL_TESTS] = {
		[DNSBL_TEST_LISTED] = { ADDR_IPV4, { 127, 0, 0, 2 } },
		[DNSBL_TEST_UNLISTED] = { ADDR_IPV4, { 127, 0, 0, 1 } },
		[DNSBL_TEST_LISTED_6] = { ADDR_IPV6,
		    { [10] = 0xff, [11] = 0xff, 127, 0, 0, 2 } },
		[DNSBL_TEST_UNLISTED_6] = { ADDR_IPV6,
		    { [10] = 0xff, [11] = 0xff, 127, 0, 0, 1 } },
	};

	if (test == DNSBL_TEST_RANDOM)
		snprintf(name, DNSBL_QUERY_LEN, "%s.%s.", label, zone);
	else if (dnsbl_query(name, &addrs[test], zone) == -1)
		name[0] = '\0';
}
