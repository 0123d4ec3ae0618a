/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "directive.h"
#include "from.h"
#include "list_name.h"
#include "xalloc.h"

#define FROM_MAX 65536

static int
read_item(void *arg, struct words *w)
{
	struct from	*from = arg;
	struct from_item item;
	char		 name[LIST_NAME_LEN];

	memset(&item, 0, sizeof(item));
	if (list_name_is(w)) {
		if (list_name_need(w, name) == -1)
			return -1;
		item.list = xstrdup(name);
	} else if (words_prefix(w, &item.prefix) == -1)
		return -1;
	item.where = words_where(w);
	if (from->n == FROM_MAX) {
		free(item.list);
		return words_fail(w, "more than %d addresses", FROM_MAX);
	}
	/* Grows by doubling, at powers of two. */
	if ((from->n & (from->n - 1)) == 0)
		from->items = xreallocarray(from->items,
		    from->n == 0 ? 1 : from->n * 2, sizeof(item));
	from->items[from->n++] = item;
	return 0;
}

int
from_read(void *arg, struct words *w)
{
	return words_list(w, "a list of addresses in braces", read_item, arg);
}

void
from_print(const void *arg, struct printer *p)
{
	const struct from *from = arg;
	char		   text[FROM_TEXT_LEN];
	size_t		   i;

	if (from->n == 0)
		return;
	print_begin(p, p->name);
	print_list_begin(p, from->n);
	for (i = 0; i < from->n; i++)
		print_bare(p, from_print_item(&from->items[i], text));
	print_list_end(p);
	print_end(p);
}

void
from_free(struct from *from)
{
	size_t i;

	for (i = 0; i < from->n; i++)
		free(from->items[i].list);
	free(from->items);
	memset(from, 0, sizeof(*from));
}
