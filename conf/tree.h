/* SPDX-License-Identifier: ISC */
/*
 * Tokens to a tree: braces are matched, and nothing else is known.  Whether
 * braces hold statements or a list is the directive's to say.
 */
#ifndef TREE_H
#define TREE_H

#include <stddef.h>

#include "errors.h"

#define TREE_DEPTH 16 /* braces within braces */

enum item_kind {
	ITEM_WORD,
	ITEM_QUOTED,
	ITEM_MACRO, /* text is the name, without $ */
	ITEM_BRACES,
	ITEM_COMMA,
	ITEM_EQUALS,
	ITEM_SEMICOLON,
	ITEM_NEWLINE,
	ITEM_BAD /* its error is said already */
};

struct item {
	enum item_kind kind;
	char	      *text; /* of words and macros */
	const char    *src;  /* where it stands in the text */
	struct place   place;
	struct place   end; /* the byte behind it */
	struct item   *next;
	struct item   *child;	 /* of ITEM_BRACES: what is inside */
	int	       unclosed; /* of ITEM_BRACES */
	struct item   *all;	 /* of the whole tree, for tree_free */
};

struct tree {
	struct item *first;
	struct item *all;
	struct tree *next; /* for the owner */
};

/*
 * Always a tree; what is wrong is added to the errors.  The text must live
 * as long as the tree.
 */
struct tree *tree_new(const char *text, size_t len, const struct place *file,
    struct errors *);
void	     tree_free(struct tree *);

#endif /* TREE_H */
