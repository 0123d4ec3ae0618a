/* SPDX-License-Identifier: ISC */
#include "comers.h"

#include <stdlib.h>
#include <string.h>

#include "xalloc.h"

#define FIRST 1024 /* a power of two */

struct comers {
	struct comer *all;
	size_t	      n, size;
	uint32_t     *table; /* 1 + the place in all; 0: free */
	size_t	      mask;
	uint32_t      seed;
};

struct comers *
comers_new(void)
{
	struct comers *c;

	c = xcalloc(1, sizeof(*c));
	c->size = FIRST;
	c->all = xcalloc(c->size, sizeof(*c->all));
	c->mask = 2 * FIRST - 1;
	c->table = xcalloc(c->mask + 1, sizeof(*c->table));
	c->seed = arc4random();
	return c;
}

void
comers_free(struct comers *c)
{
	if (c == NULL)
		return;
	free(c->all);
	free(c->table);
	free(c);
}

size_t
comers_count(const struct comers *c)
{
	return c->n;
}

struct comer *
comers_at(struct comers *c, size_t i)
{
	return &c->all[i];
}

/* Its place in the table, or the free one where it would be. */
static size_t
place(const struct comers *c, const struct addr *addr)
{
	size_t i;

	i = addr_hash(addr, c->seed) & c->mask;
	while (c->table[i] != 0 &&
	    !addr_equal(&c->all[c->table[i] - 1].addr, addr))
		i = (i + 1) & c->mask;
	return i;
}

struct comer *
comers_find(struct comers *c, const struct addr *addr)
{
	uint32_t k;

	k = c->table[place(c, addr)];
	return k == 0 ? NULL : &c->all[k - 1];
}

static void
grow(struct comers *c)
{
	struct comer *all;
	size_t	      i;

	all = xcalloc(2 * c->size, sizeof(*all));
	memcpy(all, c->all, c->n * sizeof(*all));
	free(c->all);
	c->all = all;
	c->size *= 2;
	free(c->table);
	c->mask = 2 * c->size - 1;
	c->table = xcalloc(c->mask + 1, sizeof(*c->table));
	for (i = 0; i < c->n; i++)
		c->table[place(c, &c->all[i].addr)] = (uint32_t)i + 1;
}

struct comer *
comers_add(struct comers *c, const struct addr *addr)
{
	struct comer *comer;

	if ((comer = comers_find(c, addr)) != NULL)
		return comer;
	if (c->n >= COMERS_MAX)
		return NULL;
	if (c->n == c->size)
		grow(c);
	c->all[c->n].addr = *addr;
	c->table[place(c, addr)] = (uint32_t)++c->n;
	return &c->all[c->n - 1];
}
