/* SPDX-License-Identifier: ISC */
/*
 * Of each address and each rule the times of the last offences are kept, so
 * that a rule is full exactly when the file says.  A rule with a large count
 * keeps them in SLOTS bunches, each with the time of its first: such a rule
 * may be full a little late, but never too early.
 */
#include "counting.h"

#include <stdlib.h>
#include <string.h>

#include "lists_conf.h"

#define SLOTS 16
#define NONE  UINT32_MAX

struct slot {
	int64_t	     first; /* milliseconds */
	unsigned int n;	    /* 0: unused */
};

struct entry {
	struct addr  addr;
	uint32_t     next;	   /* of the same hash */
	uint32_t     newer, older; /* by the last offence */
	struct slot *slots;	   /* SLOTS for each rule */
};

struct counting {
	const struct bans_rule *rules;
	size_t			nrules;
	struct entry	       *entries;
	size_t			n, max;
	uint32_t	       *heads;
	uint32_t		mask;
	uint32_t		seed;
	uint32_t		newest, oldest;
};

struct counting *
counting_new(size_t entries)
{
	struct counting *c;
	size_t		 heads = 1;

	if (entries == 0)
		entries = 1;
	if (entries > NONE / 2)
		entries = NONE / 2;
	while (heads < entries)
		heads *= 2;
	if ((c = calloc(1, sizeof(*c))) == NULL)
		return NULL;
	c->max = entries;
	c->mask = (uint32_t)(heads - 1);
	c->entries = calloc(entries, sizeof(*c->entries));
	c->heads = calloc(heads, sizeof(*c->heads));
	if (c->entries == NULL || c->heads == NULL) {
		free(c->entries);
		free(c->heads);
		free(c);
		return NULL;
	}
	/* Whoever offends chooses his addresses. */
	c->seed = arc4random();
	counting_use(c, NULL, 0);
	return c;
}

static void
forget_all(struct counting *c)
{
	size_t i;

	for (i = 0; i < c->n; i++) {
		free(c->entries[i].slots);
		c->entries[i].slots = NULL;
	}
	memset(c->heads, 0xff, ((size_t)c->mask + 1) * sizeof(*c->heads));
	c->n = 0;
	c->newest = c->oldest = NONE;
}

void
counting_free(struct counting *c)
{
	if (c == NULL)
		return;
	forget_all(c);
	free(c->entries);
	free(c->heads);
	free(c);
}

void
counting_use(struct counting *c, const struct bans_rule *rules, size_t n)
{
	forget_all(c);
	c->rules = rules;
	c->nrules = n;
}

static uint32_t *
head_of(struct counting *c, const struct addr *addr)
{
	return &c->heads[addr_hash(addr, c->seed) & c->mask];
}

/* Out of the order of age. */
static void
age_unlink(struct counting *c, uint32_t i)
{
	struct entry *e = &c->entries[i];

	if (e->newer != NONE)
		c->entries[e->newer].older = e->older;
	else
		c->newest = e->older;
	if (e->older != NONE)
		c->entries[e->older].newer = e->newer;
	else
		c->oldest = e->newer;
}

static void
age_link(struct counting *c, uint32_t i)
{
	struct entry *e = &c->entries[i];

	e->newer = NONE;
	e->older = c->newest;
	if (c->newest != NONE)
		c->entries[c->newest].newer = i;
	else
		c->oldest = i;
	c->newest = i;
}

/* The place of whoever was quiet for longest. */
static uint32_t
take_oldest(struct counting *c)
{
	uint32_t  i = c->oldest;
	uint32_t *p = head_of(c, &c->entries[i].addr);

	while (*p != i)
		p = &c->entries[*p].next;
	*p = c->entries[i].next;
	age_unlink(c, i);
	return i;
}

static struct entry *
entry_new(struct counting *c, const struct addr *addr)
{
	struct entry *e;
	uint32_t     *head, i;

	if (c->n == c->max) {
		i = take_oldest(c);
		e = &c->entries[i];
		memset(e->slots, 0, c->nrules * SLOTS * sizeof(*e->slots));
	} else {
		i = (uint32_t)c->n;
		e = &c->entries[i];
		e->slots = calloc(c->nrules * SLOTS, sizeof(*e->slots));
		if (e->slots == NULL)
			return NULL;
		c->n++;
	}
	e->addr = *addr;
	head = head_of(c, addr);
	e->next = *head;
	*head = i;
	age_link(c, i);
	return e;
}

static struct entry *
entry_of(struct counting *c, const struct addr *addr)
{
	uint32_t i;

	for (i = *head_of(c, addr); i != NONE; i = c->entries[i].next)
		if (addr_equal(&c->entries[i].addr, addr)) {
			age_unlink(c, i);
			age_link(c, i);
			return &c->entries[i];
		}
	return entry_new(c, addr);
}

/* One more: is the rule full?  Then its slots start anew. */
static int
count_one(struct slot *slots, const struct bans_rule *rule, int64_t now)
{
	struct slot *s, *last = NULL, *room = slots;
	unsigned int each, sum = 1;

	each = (rule->count + SLOTS - 1) / SLOTS;
	for (s = slots; s < slots + SLOTS; s++) {
		if (now - s->first >= (int64_t)rule->within * 1000)
			s->n = 0;
		sum += s->n;
		if (s->n == 0 || (room->n != 0 && s->first < room->first))
			room = s;
		/* Several bunches may have begun at the same moment. */
		if (s->n != 0 && s->n < each &&
		    (last == NULL || s->first >= last->first))
			last = s;
	}
	if (sum >= rule->count) {
		memset(slots, 0, SLOTS * sizeof(*slots));
		return 1;
	}
	if (last == NULL) {
		last = room;
		last->first = now;
		last->n = 0;
	}
	last->n++;
	return 0;
}

const struct bans_rule *
counting_add(struct counting *c, const struct addr *addr, enum offence offence,
    int64_t now)
{
	const struct bans_rule *full = NULL;
	struct addr		who = *addr;
	struct entry	       *e;
	size_t			i;

	if (addr->family == ADDR_NONE || c->nrules == 0)
		return NULL;
	if (addr->family == ADDR_IPV6)
		who = prefix_around(addr, 64).addr;
	if ((e = entry_of(c, &who)) == NULL)
		return NULL;
	for (i = 0; i < c->nrules; i++) {
		if (c->rules[i].offence != offence ||
		    !count_one(&e->slots[i * SLOTS], &c->rules[i], now))
			continue;
		if (full == NULL || c->rules[i].length > full->length)
			full = &c->rules[i];
	}
	return full;
}

size_t
counting_entries(const struct counting *c)
{
	return c->n;
}
