/* SPDX-License-Identifier: ISC */
#include "rules.h"

#include "lower.h"

static const struct edge_header *
rule(const struct rules *r, size_t i)
{
	return i < r->nsite ? &r->site->rules[i] :
			      &r->location->rules[i - r->nsite];
}

static char
fold(char c)
{
	return c == '_' ? '-' : lower(c);
}

static int
same(const char *a, struct slice b)
{
	size_t i;

	for (i = 0; i < b.len; i++)
		/* The NUL of a is no byte of a name. */
		if (fold(a[i]) != fold(b.at[i]))
			return 0;
	return a[i] == '\0';
}

void
rules_init(struct rules *r, const struct edge_headers *site,
    const struct edge_headers *location)
{
	r->site = site;
	r->location = location;
	r->nsite = site != NULL ? site->n : 0;
	r->n = r->nsite + (location != NULL ? location->n : 0);
}

int
rules_replace_it(const struct rules *r, struct slice name)
{
	const struct edge_header *h;
	size_t			  i;

	for (i = 0; i < r->n; i++) {
		h = rule(r, i);
		if (h->op != EDGE_HEADER_ADD && same(h->name, name))
			return 1;
	}
	return 0;
}

/* Is there a later rule that undoes rule i? */
static int
undone(const struct rules *r, size_t i)
{
	struct slice name = slice_of(rule(r, i)->name);

	for (i++; i < r->n; i++)
		if (rule(r, i)->op != EDGE_HEADER_ADD &&
		    same(rule(r, i)->name, name))
			return 1;
	return 0;
}

void
rules_write(const struct rules *r, struct out *o, const char * not )
{
	const struct edge_header *h;
	size_t			  i;

	for (i = 0; i < r->n; i++) {
		h = rule(r, i);
		if (h->op == EDGE_HEADER_REMOVE || undone(r, i) ||
		    (not != NULL && same(h->name, slice_of(not ))))
			continue;
		rules_field(o, slice_of(h->name), slice_of(h->value));
	}
}

const char *
rules_value(const struct rules *r, const char *name)
{
	const struct edge_header *h;
	const char		 *value = NULL;
	size_t			  i;

	for (i = 0; i < r->n; i++) {
		h = rule(r, i);
		if (h->op == EDGE_HEADER_SET && same(h->name, slice_of(name)))
			value = h->value;
	}
	return value;
}
