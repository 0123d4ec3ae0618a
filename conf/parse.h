/* SPDX-License-Identifier: ISC */
/*
 * From text to structs: one reading of the file.  Inside of conf only.
 */
#ifndef PARSE_H
#define PARSE_H

#include "blocks.h"
#include "conf.h"
#include "directive.h"
#include "errors.h"
#include "macro.h"
#include "refs.h"
#include "text.h"
#include "tree.h"

#define INCLUDE_DEPTH 8	  /* files within files */
#define INCLUDE_MAX   256 /* include statements in all */

/* One reference count, and the way back to a conf that is not const. */
struct conf_refs;

struct conf {
	struct conf_refs *refs;
	void		 *blocks[BLOCKS_MAX]; /* as conf_blocks[] */
	int		  has[BLOCKS_MAX];
	char		**names; /* of the files; places point here */
	size_t		  nnames;
};

/* A block that is read: one of the file's, or one within it. */
struct scope {
	const struct conf_block *block;
	void			*conf;	 /* its struct */
	void			*top;	 /* that of the component's block */
	struct place		 opened; /* line 0: not yet */
	struct place		*seen;	 /* of each directive */
	int			 bad;	 /* has errors in it */
};

struct parser {
	struct conf	       *conf;
	struct errors	       *errors;
	const struct conf_text *text;
	struct conf_text       *grow; /* the same, or NULL: no disk */
	struct macros		macros;
	struct refs		refs;
	struct tree	       *trees;
	struct scope		blocks[BLOCKS_MAX];   /* as conf_blocks[] */
	const char	       *files[INCLUDE_DEPTH]; /* being read */
	unsigned int		depth;
	unsigned int		includes;
};

/* parse.c: read the file of that name, and what stands in it. */
void parse_main(struct parser *, const char *name);
int  parse_include(struct parser *, struct words *);
/* At the end of a block: defaults, and what it checks itself. */
void parse_finish(struct parser *, struct scope *);

/* statement.c: the statements from item to the end of the braces. */
void parse_statements(struct parser *, struct scope *, const struct item *);

/* A statement: its items, and whether some error in it is said already. */
struct statement {
	const struct item *first;
	const struct item *stop;
	int		   bad;
};

/* The next item that is not bad, before the end. */
const struct item *statement_good(const struct item *, const struct item *stop);
int		   is_separator(const struct item *);
/* What the readers of a statement see, from rest up to stop. */
int statement_words(struct parser *, const struct scope *,
    const struct statement *, const struct item *rest, const struct item *stop,
    struct words *, struct term **);

/*
 * block.c: both return where the next statement begins.  A component's block,
 * "NAME { ... }"; and one within a block, whose words begin at rest.
 */
const struct item *block_component(struct parser *, struct scope *,
    const struct statement *);
const struct item *block_within(struct parser *, struct scope *,
    const struct directive *, const struct statement *,
    const struct item *rest);

/*
 * lookup.c: the directive of a block that the words from item on name, and
 * how many words that are.  NULL: lookup_fail says what may have been meant.
 */
const struct directive *lookup(const struct conf_block *, const struct item *,
    size_t *words);
void			lookup_fail(struct parser *, const struct conf_block *,
		       const struct item *);
/* The number of the block of that name, 0 if there is none. */
size_t lookup_block(const char *name);
/*
 * What stands outside any block may be several components': the number of the
 * one whose directive the words from item on name, or come nearest to.
 */
size_t lookup_outside(const struct item *);

#endif /* PARSE_H */
