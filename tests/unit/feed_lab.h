/* SPDX-License-Identifier: ISC */
#ifndef FEED_LAB_H
#define FEED_LAB_H

/* What a feed came to, as text that a test can compare. */
#include <stdio.h>
#include <string.h>

#include "feed.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))
#define TEXT_LEN  1024

/* "first-last first-last": IPv4 before IPv6, in the order of R. */
static inline const char *
print_ranges(const struct ranges *r, char buf[TEXT_LEN])
{
	char	    a[ADDR_LEN], b[ADDR_LEN], one[2 * ADDR_LEN];
	struct addr first, last;
	size_t	    i;

	buf[0] = '\0';
	for (i = 0; i < r->n4 + r->n6; i++) {
		if (i < r->n4) {
			range_to_addr4(&first, r->v4[i].first);
			range_to_addr4(&last, r->v4[i].last);
		} else {
			range_to_addr6(&first, r->v6[i - r->n4].first);
			range_to_addr6(&last, r->v6[i - r->n4].last);
		}
		snprintf(one, sizeof(one), "%s%s-%s", i > 0 ? " " : "",
		    addr_print(&first, a), addr_print(&last, b));
		strlcat(buf, one, TEXT_LEN);
	}
	return buf;
}

#endif
