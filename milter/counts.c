/* SPDX-License-Identifier: ISC */
#include <stdatomic.h>
#include <stdio.h>

#include "counts.h"

static atomic_ulong counts[COUNT_MAX];

static const struct {
	enum count  which;
	const char *name;
} rows[] = {
	{ COUNT_SESSIONS, "sessions" },
	{ COUNT_ACCEPT, "accept" },
	{ COUNT_TAG, "tag" },
	{ COUNT_TEMPFAIL, "tempfail" },
	{ COUNT_HOLD, "hold" },
	{ COUNT_REJECT, "reject" },
	{ COUNT_TEMPERROR, "temperror" },
	{ COUNT_REFUSED, "refused-recipients" },
	{ COUNT_MESSAGES, "messages" },
	{ COUNT_FORGED, "forged-headers" },
	{ COUNT_TROUBLE, "trouble" },
};

void
count(enum count which)
{
	count_by(which, 1);
}

void
count_by(enum count which, unsigned int n)
{
	atomic_fetch_add_explicit(&counts[which], n, memory_order_relaxed);
}

unsigned long
count_get(enum count which)
{
	return atomic_load_explicit(&counts[which], memory_order_relaxed);
}

void
counts_print(char *buf, size_t size, unsigned int waiting)
{
	unsigned long ended;
	size_t	      i, len;
	int	      n;

	ended = count_get(COUNT_ENDED); /* first: never more than began */
	n = snprintf(buf, size, "open %lu\nwaiting %u\n",
	    count_get(COUNT_SESSIONS) - ended, waiting);
	len = n < 0 ? 0 : (size_t)n;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]) && len < size; i++) {
		n = snprintf(buf + len, size - len, "%s %lu\n", rows[i].name,
		    count_get(rows[i].which));
		len += n < 0 ? 0 : (size_t)n;
	}
}
