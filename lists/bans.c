/* SPDX-License-Identifier: ISC */
#include "bans.h"

#include <stdlib.h>
#include <string.h>

#include "ban_line.h"
#include "bans_inner.h"

#define HEADS_FIRST 256

struct bans *
bans_new(void)
{
	struct bans *b;

	if ((b = calloc(1, sizeof(*b))) == NULL)
		return NULL;
	b->nheads = HEADS_FIRST;
	if ((b->heads = calloc(b->nheads, sizeof(*b->heads))) == NULL) {
		free(b);
		return NULL;
	}
	b->seed = arc4random();
	return b;
}

void
bans_free(struct bans *b)
{
	struct record *r, *next;
	size_t	       i;

	if (b == NULL)
		return;
	for (i = 0; i < b->nheads; i++)
		for (r = b->heads[i]; r != NULL; r = next) {
			next = r->next;
			free(r);
		}
	free(b->heads);
	free(b);
}

int64_t
bans_newest(const struct bans *b)
{
	return b->newest;
}

size_t
bans_records(const struct bans *b)
{
	return b->n;
}

/* How many there are of that width. */
static size_t *
width_of(struct bans *b, const struct prefix *p)
{
	return p->addr.family == ADDR_IPV4 ? &b->width4[p->bits] :
					     &b->width6[p->bits];
}

static struct record **
head_of(const struct bans *b, const struct prefix *p)
{
	return &b->heads[addr_hash(&p->addr, b->seed + p->bits) &
	    (b->nheads - 1)];
}

struct record *
bans_record(const struct bans *b, const struct prefix *p)
{
	struct record *r;

	for (r = *head_of(b, p); r != NULL; r = r->next)
		if (r->ban.prefix.bits == p->bits &&
		    addr_equal(&r->ban.prefix.addr, &p->addr))
			return r;
	return NULL;
}

const struct ban *
bans_find(const struct bans *b, const struct prefix *p)
{
	const struct record *r = bans_record(b, p);

	return r == NULL ? NULL : &r->ban;
}

/* Without memory it only becomes slower. */
static void
grow(struct bans *b)
{
	struct record **old = b->heads, *r, *next, **head;
	size_t		nold = b->nheads, i;

	if (b->n < b->nheads)
		return;
	if ((b->heads = calloc(nold * 2, sizeof(*b->heads))) == NULL) {
		b->heads = old;
		return;
	}
	b->nheads = nold * 2;
	for (i = 0; i < nold; i++)
		for (r = old[i]; r != NULL; r = next) {
			next = r->next;
			head = head_of(b, &r->ban.prefix);
			r->next = *head;
			*head = r;
		}
	free(old);
}

static struct record *
add(struct bans *b, const struct prefix *p)
{
	struct record *r, **head;

	grow(b);
	if ((r = calloc(1, sizeof(*r))) == NULL)
		return NULL;
	r->ban.prefix = *p;
	head = head_of(b, p);
	r->next = *head;
	*head = r;
	(*width_of(b, p))++;
	b->n++;
	return r;
}

/* The record that *rp is. */
static void
drop(struct bans *b, struct record **rp)
{
	struct record *r = *rp;

	*rp = r->next;
	(*width_of(b, &r->ban.prefix))--;
	b->n--;
	free(r);
}

static int
apply_ban(struct bans *b, const struct ban_line *l)
{
	struct record *r;

	if ((r = bans_record(b, &l->prefix)) == NULL &&
	    (r = add(b, &l->prefix)) == NULL)
		return -1;
	/* One that still held goes on. */
	if (r->ban.since == 0 || r->ban.until <= l->time)
		r->ban.since = l->time;
	r->ban.until = l->until;
	r->told = l->time;
	r->ban.times = l->times;
	strlcpy(r->ban.who, l->who, sizeof(r->ban.who));
	strlcpy(r->ban.why, l->why, sizeof(r->ban.why));
	return 0;
}

static void
apply_unban(struct bans *b, const struct prefix *p)
{
	struct record **rp;
	size_t		i;

	/* The commonest: nothing can be narrower, so there is one at most. */
	if (p->bits == (p->addr.family == ADDR_IPV4 ? 32 : BAN_NARROWEST6)) {
		for (rp = head_of(b, p); *rp != NULL; rp = &(*rp)->next)
			if (bans_lies_in(&(*rp)->ban.prefix, p)) {
				drop(b, rp);
				return;
			}
		return;
	}
	for (i = 0; i < b->nheads; i++)
		for (rp = &b->heads[i]; *rp != NULL;) {
			if (bans_lies_in(&(*rp)->ban.prefix, p))
				drop(b, rp);
			else
				rp = &(*rp)->next;
		}
}

/* What was left of it then is left of it now. */
static void
move(struct ban *ban, int64_t then, int64_t now)
{
	ban->until += now - then;
	if (ban->until > BAN_TIME_LAST)
		ban->until = BAN_TIME_LAST;
	if (ban->since >= then || ban->since > now)
		ban->since = now;
}

/*
 * The lines before may be of a clock that was ahead: what had ended stays so,
 * and what holds lasts as long as it was to, from now on at the latest.  And
 * what was banned while time stood still at the newest line lasts from now on,
 * not from then.
 */
static void
apply_right(struct bans *b, int64_t now)
{
	struct record *r;
	size_t	       i;
	int	       stood = !bans_judge(b, now).good;

	for (i = 0; i < b->nheads; i++)
		for (r = b->heads[i]; r != NULL; r = r->next) {
			if (r->ban.until <= b->newest) {
				if (r->ban.until > now)
					r->ban.until = now;
				if (r->ban.since > now)
					r->ban.since = now;
			} else if (stood && r->told == b->newest)
				move(&r->ban, b->newest, now);
			else if (r->ban.since > now)
				move(&r->ban, r->ban.since, now);
		}
	b->newest = now;
}

int
bans_apply(struct bans *b, const struct ban_line *l)
{
	int ret = 0;

	switch (l->word) {
	case BAN_LINE_BAN:
		ret = apply_ban(b, l);
		break;
	case BAN_LINE_UNBAN:
		apply_unban(b, &l->prefix);
		break;
	case BAN_LINE_CLOCK:
		break;
	case BAN_LINE_RIGHT:
		apply_right(b, l->time);
		break;
	}
	if (ret == 0 && l->time > b->newest)
		b->newest = l->time;
	return ret;
}

static int
compare_ends(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* What ended by then is one too many; 0: nothing is. */
static int64_t
end_too_many(const struct bans *b, int64_t now)
{
	const struct record *r;
	int64_t		    *ends, last = 0;
	size_t		     i, n = 0;

	if (b->n <= BANS_MAX)
		return 0;
	if ((ends = calloc(b->n, sizeof(*ends))) == NULL)
		return 0;
	for (i = 0; i < b->nheads; i++)
		for (r = b->heads[i]; r != NULL; r = r->next)
			if (r->ban.until <= now)
				ends[n++] = r->ban.until;
	if (n > BANS_MAX) {
		qsort(ends, n, sizeof(*ends), compare_ends);
		last = ends[n - BANS_MAX - 1];
	}
	free(ends);
	return last;
}

void
bans_forget(struct bans *b, const struct bans_clock *clock, int64_t longest)
{
	struct record **rp;
	int64_t		last = end_too_many(b, clock->now);
	size_t		i;

	if (clock->now - longest > last)
		last = clock->now - longest;
	for (i = 0; i < b->nheads; i++)
		for (rp = &b->heads[i]; *rp != NULL;) {
			if ((*rp)->ban.until <= last)
				drop(b, rp);
			else
				rp = &(*rp)->next;
		}
}
