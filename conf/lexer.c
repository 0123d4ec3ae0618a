/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "lexer.h"

void
lexer_init(struct lexer *lx, const char *text, size_t len)
{
	memset(lx, 0, sizeof(*lx));
	lx->at = lx->bol = text;
	lx->end = text + len;
	lx->line = 1;
}

static int
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static int
is_control(char c)
{
	unsigned char u = (unsigned char)c;

	return (u < 0x20 && c != '\t') || u == 0x7f;
}

int
lexer_is_name(const char *s, size_t len)
{
	size_t i;

	if (len == 0 || !is_letter(s[0]))
		return 0;
	for (i = 1; i < len; i++) {
		if (!is_letter(s[i]) && !is_digit(s[i]) && s[i] != '_')
			return 0;
	}
	return 1;
}

/*
 * The length of the UTF-8 character at s, 0 if there is none: no overlong
 * forms, no surrogates (RFC 3629), and no C1 controls, which move the cursor
 * of some terminals.
 */
static size_t
utf8_len(const char *s, const char *end)
{
	static const unsigned long least[] = { 0, 0, 0xa0, 0x800, 0x10000 };
	const unsigned char	  *u = (const unsigned char *)s;
	unsigned long		   c;
	size_t			   i, n;

	if (u[0] < 0x80)
		return 1;
	if (u[0] < 0xc2 || u[0] > 0xf4)
		return 0;
	n = u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : 4;
	if ((size_t)(end - s) < n)
		return 0;
	c = u[0] & (0xffu >> (n + 1));
	for (i = 1; i < n; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (u[i] & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	return n;
}

static enum token_kind
token_make(struct lexer *lx, struct token *t, enum token_kind kind, size_t len)
{
	t->kind = kind;
	t->start = lx->at;
	t->len = len;
	t->line = lx->line;
	t->column = (unsigned int)(lx->at - lx->bol) + 1;
	t->why = NULL;
	lx->at += len;
	return kind;
}

static enum token_kind
token_bad(struct lexer *lx, struct token *t, size_t len, const char *why)
{
	token_make(lx, t, TOKEN_BAD, len);
	t->why = why;
	return TOKEN_BAD;
}

/*
 * Look once at the line as a whole.  Returns what is wrong with it, at *pos;
 * the line is then read like any other, so that its braces count.
 */
static const char *
line_check(struct lexer *lx, const char **pos)
{
	const char *p, *eol;

	eol = memchr(lx->bol, '\n', (size_t)(lx->end - lx->bol));
	if (eol == NULL)
		eol = lx->end;
	for (p = lx->bol; p < eol; p++) {
		*pos = p;
		if (*p == '\0')
			return "a NUL byte: this is no text file";
		if (*p == '\r') {
			if (lx->cr)
				continue;
			lx->cr = 1;
			return "a carriage return: lines end in a newline "
			       "alone";
		}
		if (is_control(*p))
			return "a control byte";
		if (p - lx->bol >= LEXER_LINE_MAX)
			return "the line is longer than 4096 bytes";
	}
	return NULL;
}

static enum token_kind
line_bad(struct lexer *lx, struct token *t, const char *pos, const char *why)
{
	token_make(lx, t, TOKEN_BAD, 0);
	t->why = why;
	t->column = (unsigned int)(pos - lx->bol) + 1;
	if (*pos == '\0') {
		lx->at = lx->end;
		lx->broken = 1;
	}
	return TOKEN_BAD;
}

static void
next_line(struct lexer *lx, const char *bol)
{
	lx->at = lx->bol = bol;
	lx->line++;
	lx->checked = 0;
}

/* White space, comments and joined lines.  0 when a new line begins. */
static int
skip(struct lexer *lx)
{
	while (lx->at < lx->end) {
		if (is_blank(*lx->at) ||
		    (is_control(*lx->at) && *lx->at != '\n'))
			lx->at++;
		else if (*lx->at == '#')
			while (lx->at < lx->end && *lx->at != '\n')
				lx->at++;
		else if (*lx->at == '\\' && lx->at + 1 < lx->end &&
		    lx->at[1] == '\n') {
			next_line(lx, lx->at + 2);
			return 0;
		} else
			break;
	}
	return 1;
}

/*
 * A quote that is not closed takes the rest of its line, but for a brace at
 * the line's end: that is meant, and the lines that follow hang on it.
 */
static enum token_kind
quote_open(struct lexer *lx, struct token *t)
{
	const char *p = lx->at, *eol;

	eol = memchr(p, '\n', (size_t)(lx->end - p));
	if (eol == NULL)
		eol = lx->end;
	for (p = eol; p > lx->at + 1 && is_blank(p[-1]); p--)
		continue;
	if (p > lx->at + 1 && (p[-1] == '{' || p[-1] == '}'))
		p--;
	return token_bad(lx, t, (size_t)(p - lx->at),
	    "the quote is not closed on its line");
}

static enum token_kind
quoted(struct lexer *lx, struct token *t)
{
	const char *p = lx->at + 1, *why = NULL;
	size_t	    n;

	while (p < lx->end && *p != '"' && *p != '\n') {
		if (*p == '\\' && lx->end - p > 1 &&
		    (p[1] == '"' || p[1] == '\\')) {
			p += 2;
			continue;
		}
		if ((n = utf8_len(p, lx->end)) == 0) {
			why = "the word is not valid UTF-8";
			n = 1;
		}
		p += n;
	}
	if (p == lx->end || *p == '\n')
		return quote_open(lx, t);
	p++;
	if (p - lx->at > LEXER_WORD_MAX)
		why = "the word is longer than 1024 bytes";
	if (why != NULL)
		return token_bad(lx, t, (size_t)(p - lx->at), why);
	return token_make(lx, t, TOKEN_QUOTED, (size_t)(p - lx->at));
}

static int
ends_bare(const struct lexer *lx, const char *p)
{
	if (p == lx->end || *p == '\0' || is_control(*p))
		return 1;
	if (strchr(" \t{};,#=\"", *p) != NULL)
		return 1;
	return *p == '\\' && lx->end - p > 1 && p[1] == '\n';
}

/* Is there only white space from p to the end of the line? */
static int
joins_badly(const struct lexer *lx, const char *p, const char **eol)
{
	while (p < lx->end && is_blank(*p))
		p++;
	*eol = p;
	return p < lx->end && *p == '\n';
}

static const char *
bare_check(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if ((unsigned char)s[i] >= 0x80)
			return "a byte beyond ASCII outside quotes and "
			       "comments";
	}
	if (s[0] == '$') {
		if (!lexer_is_name(s + 1, len - 1))
			return "\"$\" and a macro's name must be a word of "
			       "their own";
	} else if (memchr(s, '$', len) != NULL)
		return "\"$\" inside a word: put the word in double quotes";
	if (len > LEXER_WORD_MAX)
		return "the word is longer than 1024 bytes";
	return NULL;
}

static enum token_kind
bare(struct lexer *lx, struct token *t)
{
	const char *p = lx->at, *why;
	size_t	    len;

	while (!ends_bare(lx, p))
		p++;
	len = (size_t)(p - lx->at);
	if (len == 1 && *lx->at == '\\' && joins_badly(lx, p, &p)) {
		token_bad(lx, t, len,
		    "white space between the backslash and "
		    "the end of the line");
		next_line(lx, p + 1); /* joined, as it was meant */
		return TOKEN_BAD;
	}
	if ((why = bare_check(lx->at, len)) != NULL)
		return token_bad(lx, t, len, why);
	return token_make(lx, t, *lx->at == '$' ? TOKEN_MACRO : TOKEN_WORD,
	    len);
}

enum token_kind
lexer_next(struct lexer *lx, struct token *t)
{
	const char *pos, *why;

	do {
		if (!lx->checked) {
			lx->checked = 1;
			if ((why = line_check(lx, &pos)) != NULL)
				return line_bad(lx, t, pos, why);
		}
	} while (!skip(lx));

	if (lx->at == lx->end)
		return token_make(lx, t, TOKEN_END, 0);
	switch (*lx->at) {
	case '{':
		return token_make(lx, t, TOKEN_OPEN, 1);
	case '}':
		return token_make(lx, t, TOKEN_CLOSE, 1);
	case ',':
		return token_make(lx, t, TOKEN_COMMA, 1);
	case '=':
		return token_make(lx, t, TOKEN_EQUALS, 1);
	case ';':
		return token_make(lx, t, TOKEN_SEMICOLON, 1);
	case '"':
		return quoted(lx, t);
	case '\n':
		token_make(lx, t, TOKEN_NEWLINE, 1);
		next_line(lx, lx->at);
		return TOKEN_NEWLINE;
	default:
		return bare(lx, t);
	}
}

size_t
lexer_decode(const struct token *t, char *dst)
{
	const char *p, *end;
	size_t	    n = 0;

	if (t->kind != TOKEN_QUOTED) {
		memcpy(dst, t->start, t->len);
		return t->len;
	}
	end = t->start + t->len - 1;
	for (p = t->start + 1; p < end; p++) {
		if (*p == '\\' && (p[1] == '"' || p[1] == '\\'))
			p++;
		dst[n++] = *p;
	}
	return n;
}

size_t
lexer_offset(const char *start, size_t n)
{
	const char *p = start;

	if (*p != '"')
		return n;
	for (p++; n > 0; n--, p++) {
		if (*p == '\\' && (p[1] == '"' || p[1] == '\\'))
			p++;
	}
	return (size_t)(p - start);
}
