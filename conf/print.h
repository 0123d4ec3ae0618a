/* SPDX-License-Identifier: ISC */
/*
 * Values back to text, in the words that the readers take.
 */
#ifndef PRINT_H
#define PRINT_H

#include <stdint.h>
#include <stdio.h>

struct addr;
struct prefix;

struct printer {
	FILE	    *fp;
	const void  *top;	 /* the component's struct */
	const char  *name;	 /* of the directive that is printed */
	unsigned int depth;	 /* blocks around it */
	unsigned int statements; /* begun so far */
	int	     list;	 /* items in the list so far, or -1 */
	int	     wide;	 /* an item a line */
};

/* A statement, from its name (all its words) to its end. */
void print_begin(struct printer *, const char *name);
void print_end(struct printer *);

/* A comment where nothing is printed. */
void print_absent(struct printer *, const char *name, const char *absent);

/* A block: begin, the words before its brace, open, statements, end. */
void print_block_begin(struct printer *, const char *name);
void print_block_open(struct printer *);
void print_block_end(struct printer *);

/* Each with a space before it. */
void print_bare(struct printer *, const char *);
void print_quoted(struct printer *, const char *);
void print_number(struct printer *, long long);
void print_addr(struct printer *, const struct addr *);
void print_port(struct printer *, uint16_t); /* "port N" */

/* A list of n items, made by the calls for values above and below. */
void print_list_begin(struct printer *, size_t n);
void print_list_end(struct printer *);
void print_prefix(struct printer *, const struct prefix *);

/* A word in double quotes, as the lexer reads it back. */
void print_quotes(FILE *, const char *);

#endif /* PRINT_H */
