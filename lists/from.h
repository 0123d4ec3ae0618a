/* SPDX-License-Identifier: ISC */
/*
 * The items of "pass from" and "block from" in any block: prefixes, and
 * names of lists.  Pure.
 */
#ifndef FROM_H
#define FROM_H

#include <stddef.h>

#include "addr.h"
#include "conf.h"

struct printer;
struct words;

struct from_item {
	struct prefix	  prefix; /* of a list: ADDR_NONE */
	char		 *list;	  /* "drop"; or NULL: a prefix */
	struct conf_where where;
};

/* A plain value that starts as zeros. */
struct from {
	struct from_item *items;
	size_t		  n;
};

/*
 * Is that address in that list?  A door has its own way to know.  What is not
 * known is no.
 */
typedef int from_member(void *arg, const char *list, const struct addr *);

/* The first item in the order of the file that has the address, or NULL. */
const struct from_item *from_find(const struct from *, const struct addr *,
    from_member *, void *arg);
#define FROM_TEXT_LEN PREFIX_LEN

/* "192.0.2.0/24" or "<drop>". */
const char *from_print_item(const struct from_item *, char buf[FROM_TEXT_LEN]);

/* from_conf.c: for a directive (offset: that of the struct from). */
int  from_read(void *, struct words *);
void from_print(const void *, struct printer *);
void from_free(struct from *);

#endif /* FROM_H */
