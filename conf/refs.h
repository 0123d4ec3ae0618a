/* SPDX-License-Identifier: ISC */
/*
 * Names that one statement gives and another uses, in any order: who uses
 * what nobody gives?  Inside of conf only; see words_define().
 */
#ifndef REFS_H
#define REFS_H

#include <stddef.h>

#include "errors.h"

struct ref {
	char	    *name;
	struct place place;
	int	     given;
};

/* A plain value that starts as zeros. */
struct refs {
	struct ref *list;
	size_t	    n;
};

void refs_free(struct refs *);
void refs_add(struct refs *, const char *name, const struct place *, int given);
/* Where that name was given, or NULL. */
const struct ref *refs_find(const struct refs *, const char *name);
/* At the end: "there is no NAME" for each that is used and not given. */
void refs_check(const struct refs *, struct errors *);

#endif /* REFS_H */
