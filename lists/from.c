/* SPDX-License-Identifier: ISC */
#include "from.h"

#include <stdio.h>

const struct from_item *
from_find(const struct from *from, const struct addr *addr, from_member *member,
    void *arg)
{
	const struct from_item *item;
	size_t			i;

	for (i = 0; i < from->n; i++) {
		item = &from->items[i];
		if (item->list != NULL ? member(arg, item->list, addr) :
					 prefix_contains(&item->prefix, addr))
			return item;
	}
	return NULL;
}

const char *
from_print_item(const struct from_item *item, char buf[FROM_TEXT_LEN])
{
	if (item->list == NULL)
		return prefix_print(&item->prefix, buf);
	snprintf(buf, FROM_TEXT_LEN, "<%s>", item->list);
	return buf;
}
