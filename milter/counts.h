/* SPDX-License-Identifier: ISC */
/*
 * What the milter counts for "postern status".  All calls may come from any
 * thread; the numbers need not be of one instant.
 */
#ifndef COUNTS_H
#define COUNTS_H

#include <stddef.h>

enum count {
	COUNT_SESSIONS, /* that began */
	COUNT_ENDED,
	COUNT_ACCEPT, /* verdicts, in the order of enum action */
	COUNT_TAG,
	COUNT_TEMPFAIL,
	COUNT_HOLD,
	COUNT_REJECT,
	COUNT_TEMPERROR, /* results that could not be found out */
	COUNT_REFUSED,	 /* recipients */
	COUNT_MESSAGES,
	COUNT_FORGED,  /* header fields that were removed */
	COUNT_TROUBLE, /* out of memory or descriptors */
	COUNT_MAX
};

void	      count(enum count);
void	      count_by(enum count, unsigned int);
unsigned long count_get(enum count);
/* "key value\n" each; waiting is asking_waiting(). */
void counts_print(char *buf, size_t size, unsigned int waiting);

#endif /* COUNTS_H */
