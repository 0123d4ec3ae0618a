/* SPDX-License-Identifier: ISC */
/*
 * A hash table keyed by address.  What is in it embeds a struct table_entry
 * as its first member and belongs to the caller; nothing is allocated but
 * the buckets, once.  The seed is random, so that nobody outside can choose
 * addresses that fall together.
 */
#ifndef TABLE_H
#define TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "addr.h"

struct table_entry {
	struct table_entry *next;
	struct addr	    addr;
};

struct table {
	struct table_entry **buckets;
	uint32_t	     mask;
	uint32_t	     seed;
	size_t		     count;
};

/* As many buckets as entries are expected.  May die. */
void		    table_init(struct table *, size_t expected);
void		    table_free(struct table *); /* the buckets */
struct table_entry *table_find(const struct table *, const struct addr *);
/* Sets the entry's addr, which must not be in the table yet. */
void table_add(struct table *, struct table_entry *, const struct addr *);
void table_remove(struct table *, struct table_entry *);

#endif /* TABLE_H */
