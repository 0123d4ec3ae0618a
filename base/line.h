/* SPDX-License-Identifier: ISC */
/*
 * One line of words and key=value fields, built in a fixed buffer, and read
 * back.  This is the form of every log record, so that a value that came
 * from outside can neither end the line nor invent a field:
 *
 *	reject client=192.0.2.9 why="no PTR record" helo="a \"b\" \x00"
 *
 * A value of only letters, digits and . _ : / @ + , - % ~ < > [ ] stands bare
 * (but not "-" alone, nor the empty one); any other stands in double quotes,
 * where \" \\ and \xNN are the only escapes.  Pure: no I/O, no allocation.
 */
#ifndef LINE_H
#define LINE_H

#include <stddef.h>

#define LINE_MAX_LEN 2048

struct line {
	char   buf[LINE_MAX_LEN]; /* always ends in NUL */
	size_t len;
	int    cut; /* something did not fit */
};

void line_init(struct line *);
void line_word(struct line *, const char *); /* a word of ours */
/*
 * key is a word of ours; value a string, of which at most max bytes are
 * taken, or NULL, which prints as -.  A field for which there is no room is
 * left out whole, so that the line can always be read back.  Either loss
 * sets cut.
 */
void line_field(struct line *, const char *key, const char *value, size_t max);
void line_number(struct line *, const char *key, long long value);

/*
 * Find key in a text of that form and undo its quoting into value.  Returns
 * the length, or -1 if the key is not there, its value does not fit, or it or
 * anything before it is not well-formed.  A bare "-" gives 0 and the empty
 * string.  The first of several counts.  A value may hold a NUL (\x00).
 */
long line_find(const char *text, const char *key, char *value, size_t size);

/*
 * Print len foreign bytes as printable ASCII, all else as \xNN, cutting at a
 * whole escape.  Returns dst, which always ends in NUL.  size > 0.
 */
char *line_clean(char *dst, size_t size, const void *src, size_t len);

#endif /* LINE_H */
