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

struct parser {
	struct conf	       *conf;
	struct errors	       *errors;
	const struct conf_text *text;
	struct conf_text       *grow; /* the same, or NULL: no disk */
	struct macros		macros;
	struct tree	       *trees;
	struct place		opened[BLOCKS_MAX];   /* line 0: not yet */
	struct place	       *seen[BLOCKS_MAX];     /* of each directive */
	int			bad[BLOCKS_MAX];      /* had errors in it */
	const char	       *files[INCLUDE_DEPTH]; /* being read */
	unsigned int		depth;
	unsigned int		includes;
};

/* parse.c: read the file of that name, and what stands in it. */
void parse_main(struct parser *, const char *name);
int  parse_include(struct parser *, struct words *);
/* After the last file: defaults, and what the blocks check. */
void parse_finish(struct parser *);

/* statement.c: the statements from item to the end, in block number b. */
void parse_statements(struct parser *, size_t b, const struct item *);

/*
 * lookup.c: the directive of block b that the words from item on name, and
 * how many words that are.  NULL: lookup_fail says what may have been meant.
 */
const struct directive *lookup(size_t b, const struct item *, size_t *words);
void lookup_fail(struct parser *, size_t b, const struct item *);
/* The number of the block of that name, 0 if there is none. */
size_t lookup_block(const char *name);

#endif /* PARSE_H */
