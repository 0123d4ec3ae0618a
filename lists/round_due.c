/* SPDX-License-Identifier: ISC */
/*
 * When is a source due?  Apart from round.c, so that whoever only shows it
 * need not know how to fetch.
 */
#include "clock.h"
#include "round.h"
#include "round_say.h"

#define BACKOFF_FIRST 60
#define BACKOFF_MAX   (6 * 60 * 60)

static int64_t
backoff(unsigned int failures, unsigned int refresh)
{
	int64_t wait = BACKOFF_FIRST;

	for (; failures > 1 && wait < BACKOFF_MAX; failures--)
		wait *= 2;
	if (wait > BACKOFF_MAX)
		wait = BACKOFF_MAX;
	return wait > refresh ? refresh : wait;
}

/* Times that lie too far ahead are those of a clock that was wrong. */
int64_t
round_when(const struct meta *m, const struct list_source *s, int by_hand,
    int64_t now)
{
	int64_t wait = s->refresh, when = 0;

	if (by_hand)
		wait = ROUND_SOONEST;
	else if (m->failures > 0)
		wait = backoff(m->failures, s->refresh);
	if (wait < ROUND_SOONEST)
		wait = ROUND_SOONEST;
	if (m->tried != 0 && m->tried <= now)
		when = m->tried + wait;
	if (m->not_before > when && m->not_before <= now + RETRY_MAX)
		when = m->not_before;
	return when;
}

int64_t
round_due(const struct list_source *s, const struct folder *f,
    const char *source)
{
	struct meta m;

	if (s->url == NULL || source_read_meta(f, source, &m) == -1)
		return 0;
	return round_when(&m, s, 0, clock_now());
}
