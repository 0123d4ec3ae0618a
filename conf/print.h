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
	const char  *indent;	 /* "", or a tab in a block */
	unsigned int statements; /* begun so far */
	int	     list;	 /* items in the list so far, or -1 */
	int	     wide;	 /* an item a line */
};

/* A statement, from its name (all its words) to its end. */
void print_begin(struct printer *, const char *name);
void print_end(struct printer *);

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
