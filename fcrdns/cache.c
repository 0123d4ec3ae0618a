/* SPDX-License-Identifier: ISC */
#include "cache.h"

#include <sys/queue.h>

#include <stdlib.h>
#include <string.h>

#include "iprev.h"
#include "table.h"
#include "xalloc.h"

struct entry {
	struct table_entry table; /* first: see table.h */
	TAILQ_ENTRY(entry) age;
	int64_t	     until;
	uint32_t     elapsed_ms;
	unsigned int nptrs;
	unsigned int ninvalid;
	uint8_t	     iprev, cause, dnssec, nnames;
	/* Of each name: its state, a byte, and its text with the NUL. */
	char names[];
};

TAILQ_HEAD(ages, entry);

struct cache {
	struct table table;
	struct ages  ages; /* the oldest first */
	size_t	     max;
};

struct cache *
cache_new(size_t max)
{
	struct cache *c;

	c = xcalloc(1, sizeof(*c));
	table_init(&c->table, max);
	TAILQ_INIT(&c->ages);
	c->max = max;
	return c;
}

static void
drop(struct cache *c, struct entry *e)
{
	table_remove(&c->table, &e->table);
	TAILQ_REMOVE(&c->ages, e, age);
	free(e);
}

void
cache_clear(struct cache *c)
{
	struct entry *e;

	while ((e = TAILQ_FIRST(&c->ages)) != NULL)
		drop(c, e);
}

void
cache_free(struct cache *c)
{
	if (c == NULL)
		return;
	cache_clear(c);
	table_free(&c->table);
	free(c);
}

size_t
cache_count(const struct cache *c)
{
	return c->table.count;
}

static void
unpack(const struct entry *e, struct findings *f)
{
	const char  *p = e->names;
	size_t	     len;
	unsigned int i;

	f->addr = e->table.addr;
	f->iprev = (enum iprev)e->iprev;
	f->cause = (enum cause)e->cause;
	f->dnssec = (enum dnssec)e->dnssec;
	f->nptrs = e->nptrs;
	f->ninvalid = e->ninvalid;
	f->elapsed_ms = e->elapsed_ms;
	f->nnames = e->nnames;
	for (i = 0; i < f->nnames; i++) {
		f->names[i].state = (enum name_state) * p++;
		len = strlen(p) + 1;
		memcpy(f->names[i].name, p, len);
		p += len;
	}
}

int
cache_get(struct cache *c, const struct addr *addr, int64_t now,
    struct findings *f)
{
	struct entry *e;

	if ((e = (struct entry *)table_find(&c->table, addr)) == NULL)
		return 0;
	if (e->until <= now) {
		drop(c, e);
		return 0;
	}
	unpack(e, f);
	f->ttl = (uint32_t)((e->until - now + 999) / 1000);
	f->cached = 1;
	return 1;
}

static struct entry *
pack(const struct findings *f)
{
	struct entry *e;
	char	     *p;
	size_t	      len = 0;
	unsigned int  i;

	for (i = 0; i < f->nnames; i++)
		len += 1 + strlen(f->names[i].name) + 1;
	if ((e = malloc(sizeof(*e) + len)) == NULL)
		return NULL;
	memset(e, 0, sizeof(*e));
	e->iprev = (uint8_t)f->iprev;
	e->cause = (uint8_t)f->cause;
	e->dnssec = (uint8_t)f->dnssec;
	e->nptrs = f->nptrs;
	e->ninvalid = f->ninvalid;
	e->elapsed_ms = f->elapsed_ms;
	e->nnames = (uint8_t)f->nnames;
	p = e->names;
	for (i = 0; i < f->nnames; i++) {
		*p++ = (char)f->names[i].state;
		len = strlen(f->names[i].name) + 1;
		memcpy(p, f->names[i].name, len);
		p += len;
	}
	return e;
}

void
cache_put(struct cache *c, const struct findings *f, int64_t now)
{
	struct entry *e, *old;

	old = (struct entry *)table_find(&c->table, &f->addr);
	if (old != NULL)
		drop(c, old);
	if (f->ttl == 0 || (e = pack(f)) == NULL)
		return;
	if (c->table.count >= c->max)
		drop(c, TAILQ_FIRST(&c->ages));
	e->until = now + (int64_t)f->ttl * 1000;
	table_add(&c->table, &e->table, &f->addr);
	TAILQ_INSERT_TAIL(&c->ages, e, age);
}
