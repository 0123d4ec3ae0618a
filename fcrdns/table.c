/* SPDX-License-Identifier: ISC */
#include "table.h"

#include <stdlib.h>

#include "xalloc.h"

static struct table_entry **
bucket(const struct table *t, const struct addr *addr)
{
	return &t->buckets[addr_hash(addr, t->seed) & t->mask];
}

void
table_init(struct table *t, size_t expected)
{
	uint32_t n = 16;

	while (n < expected && n < (1U << 20))
		n *= 2;
	t->buckets = xcalloc(n, sizeof(*t->buckets));
	t->mask = n - 1;
	t->seed = arc4random();
	t->count = 0;
}

void
table_free(struct table *t)
{
	free(t->buckets);
	t->buckets = NULL;
}

struct table_entry *
table_find(const struct table *t, const struct addr *addr)
{
	struct table_entry *e;

	for (e = *bucket(t, addr); e != NULL; e = e->next) {
		if (addr_equal(&e->addr, addr))
			return e;
	}
	return NULL;
}

void
table_add(struct table *t, struct table_entry *e, const struct addr *addr)
{
	struct table_entry **b = bucket(t, addr);

	e->addr = *addr;
	e->next = *b;
	*b = e;
	t->count++;
}

void
table_remove(struct table *t, struct table_entry *e)
{
	struct table_entry **p;

	for (p = bucket(t, &e->addr); *p != NULL; p = &(*p)->next) {
		if (*p == e) {
			*p = e->next;
			e->next = NULL;
			t->count--;
			return;
		}
	}
}
