/* SPDX-License-Identifier: ISC */
/*
 * The words of one statement, as the readers of directives see them.
 *
 * A reader takes words from the front.  Every function that returns -1 or
 * NULL has said what was expected; the reader only passes that on.  A
 * statement that is not used up in the end is an error of the caller's.
 */
#ifndef WORDS_H
#define WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "conf.h"
#include "errors.h"
#include "macro.h"

struct addr;
struct parser;
struct prefix;

struct words {
	struct parser	  *parser;
	struct errors	  *errors;
	const struct term *terms;
	size_t		   n;
	size_t		   at;	    /* the next one */
	const struct word *current; /* what words_fail speaks of */
	struct place	   end;	    /* behind the last word */
	struct conf_where  where;   /* of the statement */
	void		  *top;	    /* the struct of the component's block */
};

/* Is nothing left? */
int words_done(const struct words *);
/* Is the next term a list in braces? */
int words_is_list(const struct words *);
/*
 * The next word.  expected completes "expected ...", e.g. "an address".  The
 * text is the parser's: copy what is kept.
 */
const char *words_next(struct words *, const char *expected);
/* If the next word is this bare one, take it: 1, else 0. */
int words_take(struct words *, const char *word);
/* The next word must be this bare one. */
int words_expect(struct words *, const char *word);
/*
 * The next word must be one of names, an array that ends in NULL: its index.
 * A word in quotes is none of them.
 */
int words_choice(struct words *, const char *const *names);
/*
 * The next term must be a list: read is called with each of its items as the
 * current word.  It goes on behind an item for which read returned -1.
 */
int words_list(struct words *, const char *expected,
    int (*read)(void *, struct words *), void *);
/* The text of the current word, and the line that it is in. */
const char	 *words_text(const struct words *);
struct conf_where words_where(const struct words *);
/* Was it in quotes? */
int words_quoted(const struct words *);

/*
 * Names that one statement gives and others use, whichever comes first:
 * "list <drop>".  words_define(): the current word gives that one, once:
 * otherwise -1 and said.  words_need(): it uses that one; if nobody has given
 * it when all is read, "there is no list <drop>" is said there.
 */
int  words_define(struct words *, const char *name);
void words_need(struct words *, const char *name);
/*
 * The content of a file that the statement speaks of.  It becomes part of the
 * text, as one that is included does, and so is the same in the child.
 * Borrowed, not ended by NUL.  NULL, and said.
 */
const char *words_file(struct words *, const char *path, size_t *len);
/*
 * The same of a file that root alone need be able to read: to others, who may
 * use what does not need it, it is hidden, which is NULL, and nothing said.
 */
const char *words_secret(struct words *, const char *path, size_t *len,
    int *hidden);

/* Values; they take the next word. */
int words_addr(struct words *, struct addr *);
/*
 * The current word, an item of a list, is an address or a prefix.  (A list's
 * <name> is none.)
 */
int words_prefix(struct words *, struct prefix *);
/* "port N", N from min to 65535. */
int words_port(struct words *, uint16_t *, unsigned int min);
/* A duration from min to max seconds.  expected: "a duration such as 12h". */
int words_duration(struct words *, unsigned int *, const char *expected,
    unsigned int min, unsigned int max);
/* A whole number from min to max. */
int words_number(struct words *, long long *, const char *expected,
    long long min, long long max);
/* An absolute path of at most max bytes, of no folder; NULL, and said. */
const char *words_path(struct words *, const char *expected, size_t max);

/* Say what is wrong with the current word.  Always -1. */
int words_fail(struct words *, const char *, ...)
    __attribute__((__format__(printf, 2, 3)));
/* With byte at of the current word. */
int words_fail_in(struct words *, size_t at, const char *, ...)
    __attribute__((__format__(printf, 3, 4)));

#endif /* WORDS_H */
