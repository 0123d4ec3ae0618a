/* SPDX-License-Identifier: ISC */
/*
 * How a component declares its words: a table of directives for each block,
 * in X/X_conf.c, and the block itself, named in blocks.c.
 */
#ifndef DIRECTIVE_H
#define DIRECTIVE_H

#include <stddef.h>

#include "print.h"
#include "words.h"

enum directive_type {
	CONF_CUSTOM,   /* read and print say how */
	CONF_FLAG,     /* int: the word alone, or with yes or no */
	CONF_NUMBER,   /* unsigned int */
	CONF_DURATION, /* unsigned int, seconds */
	CONF_SIZE,     /* size_t, bytes */
	CONF_STRING,   /* char *, freed with the struct */
	CONF_BLOCK,  /* words, and statements in braces: an array of structs */
	CONF_INCLUDE /* the parser's own */
};

/* What may be more than once in a block. */
#define CONF_MANY 0x01

struct directive {
	const char	   *name;     /* one or more words */
	const char	   *expected; /* of a string: "an absolute path" */
	enum directive_type type;
	size_t		    offset; /* of the value in the struct */
	long long	    min;    /* of numbers, durations, sizes */
	long long	    max;    /* of blocks: how many there may be */
	/* NULL, or a phrase that says what is wrong, e.g. "is no path" */
	const char *(*valid)(const char *);
	/*
	 * As the operator would write it behind the name; it goes through the
	 * same reader.  NULL: the struct is left as init made it.
	 */
	const char *dflt;
	const char *absent; /* meaning, if nothing is printed */
	int	    flags;
	/*
	 * Gets the value, at offset of the struct.  0, or -1 with the error
	 * said.
	 */
	int (*read)(void *, struct words *);
	/* The same; prints whole statements, by print_begin and print_end. */
	void (*print)(const void *, struct printer *);
	/*
	 * CONF_BLOCK: what is in the braces.  offset is that of the array of
	 * the block's structs, count that of its size_t, how many there are.
	 * read and print, which may be NULL, see the struct itself, and the
	 * words before the brace only.
	 */
	const struct conf_block *block;
	size_t			 count;
	const char		*help; /* one sentence */
};

/*
 * The block of a component, or one within it (CONF_BLOCK): then the name is
 * that of its directive.
 */
struct conf_block {
	const char	       *name;	    /* NULL: outside any block */
	size_t			size;	    /* of the struct, zeroes at first */
	const struct directive *directives; /* ends in a name of NULL */
	void (*init)(void *);
	/*
	 * After the block and the defaults were read: what depends on more
	 * than one directive.  words_fail() names the block's place.  May be
	 * called for a block that is not in the file, and must not fail then.
	 */
	int (*finish)(void *, struct words *);
	void (*free)(void *); /* what CONF_STRING does not */
};

/* Read one value of any type but CONF_INCLUDE.  0, or -1 and said. */
int directive_read(const struct directive *, void *, struct words *);
/* CONF_BLOCK: the words before the brace, into the block's own struct. */
int  directive_words(const struct directive *, void *, struct words *);
void directive_print(const struct directive *, const void *, struct printer *);

/* A zeroed struct, after init; and its end. */
void  *block_new(const struct conf_block *);
void   block_free(const struct conf_block *, void *);
void   block_print(const struct conf_block *, const void *, FILE *);
size_t block_directives(const struct conf_block *); /* how many it has */

/* CONF_BLOCK: the structs in the array of the one around them. */
size_t block_count(const struct directive *, const void *around);
/* Move one to its end; the pointer is not valid any more. */
void block_append(const struct directive *, void *around, void *);

#endif /* DIRECTIVE_H */
