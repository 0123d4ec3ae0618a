/* SPDX-License-Identifier: ISC */
/*
 * Macros, and the words and lists that they and the file's items become.
 */
#ifndef MACRO_H
#define MACRO_H

#include <stddef.h>

#include "errors.h"
#include "tree.h"

#define MACRO_WORDS_MAX 65536 /* in one list */

struct word {
	const char  *text;  /* the tree's */
	const char  *src;   /* where it stands in the text */
	const char  *macro; /* that it came from, or NULL */
	struct place place; /* where it is used */
	struct place end;
	int	     quoted;
};

/* What a statement is made of: words, and lists of words. */
struct term {
	int	     is_list;
	struct word  word; /* of a list: its brace's place */
	struct word *items;
	size_t	     nitems;
};

struct macro {
	const char   *name;
	struct place  place;
	struct term   value;
	int	      bad; /* its error is said already */
	struct macro *next;
};

struct macros {
	struct macro *first;
};

void		    macros_free(struct macros *);
const struct macro *macro_find(const struct macros *, const char *name);
/*
 * "name = value": the name's item, the value's items up to stop.  What is
 * wrong is added to the errors, and uses of the macro are not errors then.
 */
void macro_define(struct macros *, const struct item *name,
    const struct item *value, const struct item *stop, struct errors *);

/*
 * Items from first up to stop as terms, macros put in.  0, or -1 with every
 * error said (or said before).  Free with terms_free in either case.
 */
int  terms_make(struct term **, size_t *, const struct item *first,
     const struct item *stop, const struct macros *, struct errors *);
void terms_free(struct term *, size_t);

#endif /* MACRO_H */
