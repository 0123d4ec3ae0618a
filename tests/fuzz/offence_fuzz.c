/* SPDX-License-Identifier: ISC */
/*
 * What comes over the offence socket: a line that is taken is written again as
 * it was read, and counting takes it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "counting.h"
#include "lists_conf.h"
#include "offence.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(int true_)
{
	if (!true_)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const struct bans_rule rules[] = {
		{ .offence = OFFENCE_REJECT,
		    .count = 3,
		    .within = 1,
		    .length = 1 },
		{ .offence = OFFENCE_4XX,
		    .count = 40,
		    .within = 60,
		    .length = 1 },
	};
	struct counting *c = counting_new(4);
	const char	*p = (const char *)data, *end;
	char		 again[OFFENCE_LINE_MAX];
	struct addr	 addr;
	enum offence	 o;
	int64_t		 now = 0;
	size_t		 n;

	must(c != NULL);
	counting_use(c, rules, 2);
	for (; (end = memchr(p, '\n', len)) != NULL;
	     len -= (size_t)(end + 1 - p), p = end + 1) {
		n = (size_t)(end - p);
		now += (int64_t)n * 10;
		if (offence_read(p, n, &addr, &o) == -1)
			continue;
		must(offence_write(again, &addr, o) == n + 1);
		must(memcmp(again, p, n + 1) == 0);
		(void)counting_add(c, &addr, o, now);
		must(counting_entries(c) <= 4);
	}
	counting_free(c);
	return 0;
}
