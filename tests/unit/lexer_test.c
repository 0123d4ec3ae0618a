/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "lexer.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/*
 * Tokens are written as one word each: w:text for a word, q:text for one in
 * quotes, $:name, the punctuation itself, | for a newline, !:why for a bad
 * one.
 */
static const struct {
	const char *what;
	const char *text;
	size_t	    len; /* 0: strlen */
	const char *want;
} cases[] = {
	{ "nothing at all", "", 0, "" },
	{ "white space is nothing", " \t ", 0, "" },
	{ "words end at white space", "a  b\tc", 0, "w:a w:b w:c" },
	{ "words end at punctuation", "a{b}c;d,e=f", 0,
	    "w:a { w:b } w:c ; w:d , w:e = w:f" },
	{ "a newline is a token", "a\n\nb\n", 0, "w:a | | w:b |" },
	{ "a comment ends with its line", "a # b { \" \\\nc", 0, "w:a | w:c" },
	{ "# ends a word", "a#b\nc", 0, "w:a | w:c" },
	{ "a comment at the end of the text", "#", 0, "" },
	{ "comments may hold any byte beyond ASCII", "# \xff\xc3\n", 0, "|" },
	{ "quotes hold white space and punctuation", "\"a {b}; #c = $d,\"", 0,
	    "q:a {b}; #c = $d," },
	{ "a quote ends a bare word", "a\"b\"c", 0, "w:a q:b w:c" },
	{ "an empty word in quotes", "\"\"", 0, "q:" },
	{ "\\\" is a quote", "\"a\\\"b\"", 0, "q:a\"b" },
	{ "\\\\ is a backslash", "\"a\\\\b\\\\\"", 0, "q:a\\b\\" },
	{ "any other backslash stays", "\"\\d\\.\\n\\\"", 0,
	    "!:the quote is not closed on its line" },
	{ "and so does one before a letter", "\"\\d\\.\\n\"", 0,
	    "q:\\d\\.\\n" },
	{ "a tab in quotes stays", "\"a\tb\"", 0, "q:a\tb" },
	{ "UTF-8 in quotes", "\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\"", 0,
	    "q:\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80" },
	{ "a backslash stays in a bare word", "\\.dyn a\\b", 0,
	    "w:\\.dyn w:a\\b" },
	{ "a backslash at the end of a line joins", "a\\\nb \\\n c\n", 0,
	    "w:a w:b w:c |" },
	{ "it joins with a carriage return only after complaint", "a \\\r\nb",
	    0,
	    "!:a carriage return: lines end in a newline alone w:a "
	    "!:white space between the backslash and the end of the line w:b" },
	{ "a backslash at the end of the text is a word", "a \\", 0,
	    "w:a w:\\" },
	{ "a backslash before white space is a mistake", "a \\ \nb", 0,
	    "w:a !:white space between the backslash and the end of the line "
	    "w:b" },
	{ "a macro", "$lan,$b_2", 0, "$:lan , $:b_2" },
	{ "a macro in quotes is none", "\"$lan\"", 0, "q:$lan" },
	{ "$ alone", "$ a", 0,
	    "!:\"$\" and a macro's name must be a word of their own w:a" },
	{ "a macro with something behind it", "$lan/24", 0,
	    "!:\"$\" and a macro's name must be a word of their own" },
	{ "a macro that begins with a digit", "$1", 0,
	    "!:\"$\" and a macro's name must be a word of their own" },
	{ "$ within a word", "a$b", 0,
	    "!:\"$\" inside a word: put the word in double quotes" },
	{ "addresses, lists and tildes are words", "2001:db8::/32 <x> ~", 0,
	    "w:2001:db8::/32 w:<x> w:~" },
	{ "an open quote takes the rest of the line", "a \"b c;\nd", 0,
	    "w:a !:the quote is not closed on its line | w:d" },
	{ "but not the brace at its end", "a \"b {\t\nc \"d }", 0,
	    "w:a !:the quote is not closed on its line { | "
	    "w:c !:the quote is not closed on its line }" },
	{ "an open quote at the end of the text", "\"", 0,
	    "!:the quote is not closed on its line" },
	{ "a control byte", "a \x01 b\nc", 0,
	    "!:a control byte w:a w:b | w:c" },
	{ "one complaint for a line", "\x01\x02\x7f\n\x03", 0,
	    "!:a control byte | !:a control byte" },
	{ "a control byte in a comment", "# \x1b[2J", 0, "!:a control byte" },
	{ "a control byte on a joined line", "a \\\n\x01 b", 0,
	    "w:a !:a control byte w:b" },
	{ "a NUL byte ends it all", "a\nb\0c\nd", 7,
	    "w:a | !:a NUL byte: this is no text file" },
	{ "carriage returns are said once", "a\r\nb\r\n", 0,
	    "!:a carriage return: lines end in a newline alone w:a | w:b |" },
	{ "a byte beyond ASCII in a bare word", "a\xc3\xa4 b", 0,
	    "!:a byte beyond ASCII outside quotes and comments w:b" },
	{ "UTF-8 cut short", "\"\xc3\"", 0, "!:the word is not valid UTF-8" },
	{ "UTF-8 cut short by the end", "\"\xf0\x9f", 0,
	    "!:the quote is not closed on its line" },
	{ "an overlong form", "\"\xc0\xaf\"", 0,
	    "!:the word is not valid UTF-8" },
	{ "an overlong form of three bytes", "\"\xe0\x9f\xbf\"", 0,
	    "!:the word is not valid UTF-8" },
	{ "a surrogate", "\"\xed\xa0\x80\"", 0,
	    "!:the word is not valid UTF-8" },
	{ "a C1 control", "\"\xc2\x9b\"", 0, "!:the word is not valid UTF-8" },
	{ "beyond Unicode", "\"\xf4\x90\x80\x80\"", 0,
	    "!:the word is not valid UTF-8" },
};

static const char *const marks[] = { [TOKEN_WORD] = "w:",
	[TOKEN_QUOTED] = "q:",
	[TOKEN_MACRO] = "",
	[TOKEN_OPEN] = "{",
	[TOKEN_CLOSE] = "}",
	[TOKEN_COMMA] = ",",
	[TOKEN_EQUALS] = "=",
	[TOKEN_SEMICOLON] = ";",
	[TOKEN_NEWLINE] = "|",
	[TOKEN_BAD] = "!:",
	[TOKEN_END] = "" };

/* A copy without a NUL behind it, so that a sanitizer sees every step. */
static char *
copy(const char *text, size_t len)
{
	char *p;

	if ((p = malloc(len == 0 ? 1 : len)) == NULL)
		abort();
	memcpy(p, text, len);
	return p;
}

static void
describe(const char *text, size_t len, char *out, size_t size)
{
	struct lexer lx;
	struct token t;
	char	     word[128];
	size_t	     n;

	out[0] = '\0';
	lexer_init(&lx, text, len);
	while (lexer_next(&lx, &t) != TOKEN_END) {
		n = 0;
		if (t.kind == TOKEN_WORD || t.kind == TOKEN_QUOTED)
			n = lexer_decode(&t, word);
		word[n] = '\0';
		if (t.kind == TOKEN_MACRO)
			snprintf(word, sizeof(word), "$:%.*s", (int)t.len - 1,
			    t.start + 1);
		n = strlen(out);
		snprintf(out + n, size - n, "%s%s%s", n > 0 ? " " : "",
		    marks[t.kind], t.kind == TOKEN_BAD ? t.why : word);
	}
}

static void
test_tokens(void **state)
{
	char  *text, got[512];
	size_t i, len;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		len = cases[i].len > 0 ? cases[i].len : strlen(cases[i].text);
		text = copy(cases[i].text, len);
		describe(text, len, got, sizeof(got));
		free(text);
		if (strcmp(got, cases[i].want) != 0)
			fail_msg("%s: got %s", cases[i].what, got);
	}
}

static const struct {
	const char  *what;
	const char  *text;
	unsigned int nth;
	unsigned int line;
	unsigned int column;
} places[] = {
	{ "the first", "a b", 0, 1, 1 },
	{ "the second", "a b", 1, 1, 3 },
	{ "a tab is one column", "\tb", 0, 1, 2 },
	{ "the next line", "a\nb", 2, 2, 1 },
	{ "behind a joined line", "a \\\n  b", 1, 2, 3 },
	{ "bytes are counted, not letters", "\"\xc3\xa4\" b", 1, 1, 6 },
	{ "a control byte, not the line's first", "ab \x01", 0, 1, 4 },
	{ "behind a bad backslash", "a \\ \nb", 2, 2, 1 },
};

static void
test_places(void **state)
{
	struct lexer lx;
	struct token t;
	size_t	     i;
	unsigned int n;

	(void)state;
	for (i = 0; i < nitems(places); i++) {
		lexer_init(&lx, places[i].text, strlen(places[i].text));
		for (n = 0; n <= places[i].nth; n++)
			lexer_next(&lx, &t);
		if (t.line != places[i].line || t.column != places[i].column)
			fail_msg("%s: got %u:%u", places[i].what, t.line,
			    t.column);
	}
}

static const struct {
	const char *what;
	const char *token;
	size_t	    n;
	size_t	    want;
} offsets[] = {
	{ "a bare word stands for itself", "abc ", 2, 2 },
	{ "in quotes the quote counts", "\"abc\"", 0, 1 },
	{ "the byte after an escape", "\"\\\"bc\"", 1, 3 },
	{ "an escape itself", "\"\\\"bc\"", 0, 1 },
	{ "a backslash that stays is one byte", "\"\\dc\"", 2, 3 },
	{ "two escapes", "\"\\\\\\\"x\"", 2, 5 },
};

static void
test_offsets(void **state)
{
	size_t i, got;

	(void)state;
	for (i = 0; i < nitems(offsets); i++) {
		got = lexer_offset(offsets[i].token, offsets[i].n);
		if (got != offsets[i].want)
			fail_msg("%s: got %zu", offsets[i].what, got);
	}
}

static const struct {
	const char *what;
	size_t	    len; /* of the line's comment, or word */
	int	    word;
	int	    bad;
} lengths[] = {
	{ "a line of 4096 bytes", LEXER_LINE_MAX, 0, 0 },
	{ "a line of 4097", LEXER_LINE_MAX + 1, 0, 1 },
	{ "a word of 1024 bytes", LEXER_WORD_MAX, 1, 0 },
	{ "a word of 1025", LEXER_WORD_MAX + 1, 1, 1 },
};

static void
test_lengths(void **state)
{
	struct lexer lx;
	struct token t;
	char	     text[LEXER_LINE_MAX + 2];
	size_t	     i;

	(void)state;
	for (i = 0; i < nitems(lengths); i++) {
		memset(text, 'x', sizeof(text));
		if (!lengths[i].word)
			text[0] = '#';
		lexer_init(&lx, text, lengths[i].len);
		if ((lexer_next(&lx, &t) == TOKEN_BAD) != lengths[i].bad)
			fail_msg("%s", lengths[i].what);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_offsets),
		cmocka_unit_test(test_lengths),
	};

	return cmocka_run_group_tests_name("lexer", tests, NULL, NULL);
}
