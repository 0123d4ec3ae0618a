/* SPDX-License-Identifier: ISC */
#include "access_conf.h"

#include <stdlib.h>

#include "directive.h"
#include "edge_conf.h"
#include "lists_conf.h"
#include "xalloc.h"

#define PREFIXES_MAX 65536

static int
read_item(void *arg, struct words *w)
{
	struct edge_prefixes *l = arg;
	struct prefix	      prefix;

	if (words_prefix(w, &prefix) == -1)
		return -1;
	if (l->n == PREFIXES_MAX)
		return words_fail(w, "more than %d addresses", PREFIXES_MAX);
	/* Grows by doubling, at powers of two. */
	if ((l->n & (l->n - 1)) == 0)
		l->list = xreallocarray(l->list, l->n == 0 ? 1 : l->n * 2,
		    sizeof(prefix));
	l->list[l->n++] = prefix;
	return 0;
}

int
prefixes_read(void *arg, struct words *w)
{
	return words_list(w, "a list of addresses in braces", read_item, arg);
}

void
prefixes_print(const void *arg, struct printer *p)
{
	const struct edge_prefixes *l = arg;
	size_t			    i;

	if (l->n == 0)
		return;
	print_begin(p, p->name);
	print_list_begin(p, l->n);
	for (i = 0; i < l->n; i++)
		print_prefix(p, &l->list[i]);
	print_list_end(p);
	print_end(p);
}

void
prefixes_free(struct edge_prefixes *l)
{
	free(l->list);
}

void
access_free(struct edge_access *a)
{
	from_free(&a->pass);
	from_free(&a->block);
}

int
edge_prefixes_have(const struct edge_prefixes *l, const struct addr *addr)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		if (prefix_contains(&l->list[i], addr))
			return 1;
	}
	return 0;
}

/* A from_member: none. */
static int
nowhere(void *arg, const char *list, const struct addr *addr)
{
	(void)arg;
	(void)list;
	(void)addr;
	return 0;
}

/*
 * Few are blocked, and most files pass few by name: the question that decides
 * most often comes first.
 */
const struct from_item *
edge_access_blocks(const struct edge_access *a, const struct addr *addr,
    enum edge_access_of of, from_member *member, void *arg)
{
	const struct from_item *item;

	item = from_find(&a->block, addr, member, arg);
	if (item == NULL || from_find(&a->pass, addr, member, arg) != NULL)
		return NULL;
	if (!member(arg, LIST_PROTECTED, addr))
		return item;
	return of == EDGE_ACCESS_SITE ?
	    from_find(&a->block, addr, nowhere, NULL) :
	    NULL;
}

int
edge_access_passes(const struct edge_access *a, const struct addr *addr,
    from_member *member, void *arg)
{
	return edge_access_blocks(a, addr, EDGE_ACCESS_ALL, member, arg) ==
	    NULL;
}
