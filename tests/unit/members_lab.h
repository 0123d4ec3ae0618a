/* SPDX-License-Identifier: ISC */
/*
 * Lists, played: who is in which.
 */
#ifndef MEMBERS_LAB_H
#define MEMBERS_LAB_H

#include <string.h>

#include "addr.h"

/* An array of them ends in one of NULL. */
struct member {
	const char *list;
	const char *addr;
};

/* A from_member: arg is such an array. */
static inline int
is_member(void *arg, const char *list, const struct addr *addr)
{
	const struct member *m;
	char		     text[ADDR_LEN];

	addr_print(addr, text);
	for (m = arg; m->list != NULL; m++)
		if (strcmp(m->list, list) == 0 && strcmp(m->addr, text) == 0)
			return 1;
	return 0;
}

#endif /* MEMBERS_LAB_H */
