/* SPDX-License-Identifier: ISC */
/*
 * Text to tokens.  Pure: the tokens are slices of the text.
 *
 * A word is bare or in double quotes; in quotes only \" and \\ are escapes.
 * A bare word ends at white space or at one of { } ; , # = or a double
 * quote.  # starts a comment, a backslash at the end of a line joins two
 * lines.  A quoted word ends on its line.  Control bytes are refused, bytes
 * beyond ASCII stand only in quotes (as UTF-8) and comments.
 */
#ifndef LEXER_H
#define LEXER_H

#include <stddef.h>

#define LEXER_LINE_MAX 4096 /* bytes in a line */
#define LEXER_WORD_MAX 1024 /* bytes in a word */

enum token_kind {
	TOKEN_WORD,
	TOKEN_QUOTED,
	TOKEN_MACRO, /* $name */
	TOKEN_OPEN,  /* { */
	TOKEN_CLOSE, /* } */
	TOKEN_COMMA,
	TOKEN_EQUALS,
	TOKEN_SEMICOLON,
	TOKEN_NEWLINE,
	TOKEN_BAD, /* see why; reading goes on behind it */
	TOKEN_END
};

struct token {
	enum token_kind kind;
	const char     *start; /* with the quotes, the $ */
	size_t		len;
	unsigned int	line;
	unsigned int	column; /* in bytes, from 1 */
	const char     *why;	/* static, of TOKEN_BAD */
};

struct lexer {
	const char  *at;
	const char  *end;
	const char  *bol; /* beginning of the line */
	unsigned int line;
	int	     checked; /* this line was seen as a whole */
	int	     cr;      /* carriage returns were said */
	int	     broken;  /* gave up: this is no text */
};

void		lexer_init(struct lexer *, const char *, size_t);
enum token_kind lexer_next(struct lexer *, struct token *);

/*
 * The bytes that a word or quoted word stands for, without a NUL; dst holds
 * as many as the token has.  Returns how many.
 */
size_t lexer_decode(const struct token *, char *dst);
/* How many bytes behind its start the token has byte n of what it means. */
size_t lexer_offset(const char *start, size_t n);
/* May a macro have this name? */
int lexer_is_name(const char *, size_t);

#endif /* LEXER_H */
