/* SPDX-License-Identifier: ISC */
/*
 * "request header" and "response header" of a site and a location, as they
 * are applied while a head is written.  Pure.
 */
#ifndef RULES_H
#define RULES_H

#include <stddef.h>
#include <string.h>

#include "edge_conf.h"
#include "out.h"

struct rules {
	const struct edge_headers *site;
	const struct edge_headers *location; /* or NULL */
	size_t			   nsite;
	size_t			   n; /* of both */
};

void rules_init(struct rules *, const struct edge_headers *site,
    const struct edge_headers *location);

/*
 * Does a rule replace or remove the fields of that name?  Then none that came
 * is written.  "_" is as good as "-", for CGI makes one of both.
 */
int rules_replace_it(const struct rules *, struct slice name);

/* What "set" and "add" say, but for fields of the name not (or NULL). */
void rules_write(const struct rules *, struct out *, const char * not );

/* The value that is set for it in the end, or NULL. */
const char *rules_value(const struct rules *, const char *name);

static inline int
rules_replace(const struct rules *r, struct slice name)
{
	return r->n > 0 && rules_replace_it(r, name);
}

/* The same for a field of ours. */
static inline int
rules_replace_ours(const struct rules *r, const char *name)
{
	return r->n > 0 && rules_replace_it(r, slice_of(name));
}

/* A field line. */
static inline void
rules_field(struct out *o, struct slice name, struct slice value)
{
	size_t len = name.len + value.len + 4;
	char  *p;

	if (o->full || len > o->size - o->len) {
		o->full = 1;
		return;
	}
	p = o->buf + o->len;
	memcpy(p, name.at, name.len);
	p += name.len;
	*p++ = ':';
	*p++ = ' ';
	if (value.len > 0)
		memcpy(p, value.at, value.len);
	p += value.len;
	*p++ = '\r';
	*p = '\n';
	o->len += len;
}

#endif /* RULES_H */
