/* SPDX-License-Identifier: ISC */
/*
 * What a rehearsal comes to: verdicts added up by action and reason, and the
 * busiest of those who would be refused.  Pure, but for the printing.
 */
#ifndef REHEARSAL_H
#define REHEARSAL_H

#include <stdint.h>
#include <stdio.h>

#include "addr.h"
#include "verdict.h"

#define REHEARSAL_REASONS 200 /* what comes later counts as "other reasons" */
#define REHEARSAL_BUSIEST 20

struct reason {
	const char	 *action; /* "reject", "tag", ... */
	char		  why[VERDICT_WHY_LEN];
	struct conf_where where;
	char		  rule[VERDICT_RULE_LEN];
	uint64_t	  sessions, clients;
};

struct busy {
	struct addr    addr;
	uint64_t       sessions;
	struct verdict verdict;
};

struct rehearsal {
	uint64_t lines;		/* of the log */
	uint64_t ours;		/* which are Postfix's */
	uint64_t sessions;	/* without those that are authenticated */
	uint64_t authenticated; /* sessions */
	uint64_t beyond;	/* sessions of clients that were too many */
	uint64_t clients;	/* addresses */
	uint64_t asked;		/* of which the DNS was asked */

	struct reason reasons[REHEARSAL_REASONS];
	size_t	      nreasons;
	struct busy   busiest[REHEARSAL_BUSIEST]; /* falling */
	size_t	      nbusiest;
};

/* A client, how often he came, and what he would be told. */
void rehearsal_add(struct rehearsal *, const struct addr *, uint64_t sessions,
    const struct verdict *);
/* Both sort the reasons. */
void rehearsal_print(struct rehearsal *, FILE *);
void rehearsal_json(struct rehearsal *, FILE *);

#endif /* REHEARSAL_H */
