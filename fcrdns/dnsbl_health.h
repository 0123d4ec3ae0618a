/* SPDX-License-Identifier: ISC */
/*
 * Can a DNS list be trusted at this moment?
 *
 * It is tested (RFC 5782, 5) before its first use and each hour: 127.0.0.2
 * must be listed, 127.0.0.1 must not, nor may a name that nobody has made.
 * One that fails is set aside, and tested again after five minutes, then ten,
 * up to an hour.  One that in use gives a reply which is no listing is set
 * aside at once, likewise.  One that cannot be asked (so many failures in a
 * row) is set aside for half a minute, then one, up to ten.  One that lists
 * so many in a row is tested before the hour is over, each five minutes: a
 * list that dies may list the world from one moment to the next.
 *
 * Pure: time, in milliseconds of clock_ms(), is an input.
 */
#ifndef DNSBL_HEALTH_H
#define DNSBL_HEALTH_H

#include <stdint.h>

#include "dnsbl.h"

#define DNSBL_FAILURES_MAX 5  /* in a row */
#define DNSBL_LISTED_MAX   10 /* in a row */

/* The questions of a test. */
enum dnsbl_test {
	DNSBL_TEST_LISTED,     /* 127.0.0.2 */
	DNSBL_TEST_UNLISTED,   /* 127.0.0.1 */
	DNSBL_TEST_RANDOM,     /* letters that nobody has ever seen */
	DNSBL_TEST_LISTED_6,   /* ::ffff:7f00:2 */
	DNSBL_TEST_UNLISTED_6, /* ::ffff:7f00:1 */
	DNSBL_TESTS
};

enum dnsbl_fault {
	DNSBL_FAULT_NONE,
	DNSBL_FAULT_NOTHING,	/* lists not even 127.0.0.2 */
	DNSBL_FAULT_EVERYTHING, /* lists even 127.0.0.1 */
	DNSBL_FAULT_REWRITTEN,	/* names that do not exist get a reply */
	DNSBL_FAULT_REPLY,	/* a reply that is no listing */
	DNSBL_FAULT_SILENT	/* no answers, or failures */
};

enum dnsbl_mode {
	DNSBL_NEW, /* not tested yet */
	DNSBL_GOOD,
	DNSBL_SET_ASIDE
};

struct dnsbl_health {
	enum dnsbl_mode	 mode;
	enum dnsbl_fault fault; /* while set aside */
	int		 ipv6;	/* 1, 0: not, -1: not known */
	unsigned int	 failures;
	unsigned int	 listed; /* in a row */
	int64_t		 tested;
	int64_t		 since; /* it is good */
	int64_t		 test_at;
	int64_t		 backoff; /* the last one; 0: none of late */
};

enum dnsbl_change {
	DNSBL_SAME,
	DNSBL_GOES, /* say it once */
	DNSBL_COMES
};

/* A phrase: "127.0.0.1 is listed". */
const char *dnsbl_fault_text(enum dnsbl_fault);

/* What to ask for; the label is one that nobody has ever seen. */
void dnsbl_test_name(char name[DNSBL_QUERY_LEN], enum dnsbl_test,
    const char *zone, const char *label);

void dnsbl_health_init(struct dnsbl_health *, int64_t now);
/* Is it time for a test? */
int dnsbl_health_due(const struct dnsbl_health *, int64_t now);
/* The test has ended, so. */
enum dnsbl_change dnsbl_health_tested(struct dnsbl_health *, int64_t now,
    const enum dnsbl_state answers[DNSBL_TESTS]);
/* It was asked, and that was the answer. */
enum dnsbl_change dnsbl_health_answer(struct dnsbl_health *, int64_t now,
    enum dnsbl_state);
/* Shall it be asked?  DNSBL_CLEAR: yes; else what to say instead. */
enum dnsbl_state dnsbl_health_ask(const struct dnsbl_health *,
    enum addr_family);

#endif /* DNSBL_HEALTH_H */
