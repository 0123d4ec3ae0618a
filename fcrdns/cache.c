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
	uint8_t	     iprev, cause, dnssec, nnames, ndnsbls;
	/*
	 * Of each name: its state, a byte, and its text with the NUL.  Of each
	 * DNS list: state, number of replies, replies, name, text.
	 */
	char rest[];
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

static const char *
unpack_text(char *to, const char *p)
{
	size_t len = strlen(p) + 1;

	memcpy(to, p, len);
	return p + len;
}

static void
unpack(const struct entry *e, struct findings *f)
{
	struct dnsbl_finding *d;
	const char	     *p = e->rest;
	unsigned int	      i;

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
		p = unpack_text(f->names[i].name, p);
	}
	f->lists_known = f->is_protected = 0;
	f->nlists = 0;
	f->ndnsbls = e->ndnsbls;
	for (i = 0; i < f->ndnsbls; i++) {
		d = &f->dnsbls[i];
		d->state = (enum dnsbl_state) * p++;
		d->nreplies = (unsigned int)*p++;
		memcpy(d->replies, p, d->nreplies * sizeof(d->replies[0]));
		p += d->nreplies * sizeof(d->replies[0]);
		p = unpack_text(d->name, p);
		p = unpack_text(d->txt, p);
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

static size_t
packed_size(const struct findings *f)
{
	const struct dnsbl_finding *d;
	unsigned int		    i;
	size_t			    len = 0;

	for (i = 0; i < f->nnames; i++)
		len += 1 + strlen(f->names[i].name) + 1;
	for (i = 0; i < f->ndnsbls; i++) {
		d = &f->dnsbls[i];
		len += 2 + d->nreplies * sizeof(d->replies[0]) +
		    strlen(d->name) + 1 + strlen(d->txt) + 1;
	}
	return len;
}

static char *
pack_text(char *p, const char *from)
{
	size_t len = strlen(from) + 1;

	memcpy(p, from, len);
	return p + len;
}

static struct entry *
pack(const struct findings *f)
{
	const struct dnsbl_finding *d;
	struct entry		   *e;
	char			   *p;
	unsigned int		    i;

	if ((e = malloc(sizeof(*e) + packed_size(f))) == NULL)
		return NULL;
	memset(e, 0, sizeof(*e));
	e->iprev = (uint8_t)f->iprev;
	e->cause = (uint8_t)f->cause;
	e->dnssec = (uint8_t)f->dnssec;
	e->nptrs = f->nptrs;
	e->ninvalid = f->ninvalid;
	e->elapsed_ms = f->elapsed_ms;
	e->nnames = (uint8_t)f->nnames;
	e->ndnsbls = (uint8_t)f->ndnsbls;
	p = e->rest;
	for (i = 0; i < f->nnames; i++) {
		*p++ = (char)f->names[i].state;
		p = pack_text(p, f->names[i].name);
	}
	for (i = 0; i < f->ndnsbls; i++) {
		d = &f->dnsbls[i];
		*p++ = (char)d->state;
		*p++ = (char)d->nreplies;
		memcpy(p, d->replies, d->nreplies * sizeof(d->replies[0]));
		p += d->nreplies * sizeof(d->replies[0]);
		p = pack_text(p, d->name);
		p = pack_text(p, d->txt);
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
