/* SPDX-License-Identifier: ISC */
#include "line.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "hex.h"

static const char hex[] = "0123456789abcdef";

/* Not isalnum(3) and isprint(3): a locale must not widen what is let out. */
static int
is_alnum(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z');
}

static int
is_print(unsigned char c)
{
	return c >= 0x20 && c <= 0x7e;
}

static int
is_bare(unsigned char c)
{
	return is_alnum(c) ||
	    (c != '\0' && strchr("._:/@+,-%~<>[]", c) != NULL);
}

/* One byte as it stands between quotes; returns how many bytes that takes. */
static size_t
escape(char out[4], unsigned char c)
{
	if (c == '"' || c == '\\') {
		out[0] = '\\';
		out[1] = (char)c;
		return 2;
	}
	if (is_print(c)) {
		out[0] = (char)c;
		return 1;
	}
	out[0] = '\\';
	out[1] = 'x';
	out[2] = hex[c >> 4];
	out[3] = hex[c & 0xf];
	return 4;
}

/* Append, leaving room for the NUL.  0, or -1 if it does not fit. */
static int
add(struct line *l, const char *s, size_t len)
{
	if (len >= sizeof(l->buf) - l->len)
		return -1;
	memcpy(l->buf + l->len, s, len);
	l->len += len;
	return 0;
}

static int
add_value(struct line *l, const char *s, size_t len)
{
	char   out[4];
	size_t i;

	for (i = 0; i < len && is_bare((unsigned char)s[i]); i++)
		continue;
	if (len > 0 && i == len && !(len == 1 && s[0] == '-'))
		return add(l, s, len);

	if (add(l, "\"", 1) == -1)
		return -1;
	for (i = 0; i < len; i++) {
		if (add(l, out, escape(out, (unsigned char)s[i])) == -1)
			return -1;
	}
	return add(l, "\"", 1);
}

/*
 * The end of one item: terminate it, or take the whole of it back.  Half a
 * field would be worse than none: it could not be read back.
 */
static void
settle(struct line *l, size_t start, int failed)
{
	if (failed) {
		l->len = start;
		l->cut = 1;
	}
	l->buf[l->len] = '\0';
}

void
line_init(struct line *l)
{
	l->buf[0] = '\0';
	l->len = 0;
	l->cut = 0;
}

void
line_word(struct line *l, const char *word)
{
	size_t start = l->len;
	int    failed;

	failed = (start > 0 && add(l, " ", 1) == -1) ||
	    add_value(l, word, strlen(word)) == -1;
	settle(l, start, failed);
}

void
line_field(struct line *l, const char *key, const char *value, size_t max)
{
	size_t len, start = l->len;
	int    failed;

	failed = (start > 0 && add(l, " ", 1) == -1) ||
	    add(l, key, strlen(key)) == -1 || add(l, "=", 1) == -1;
	if (!failed && value == NULL)
		failed = add(l, "-", 1) == -1;
	else if (!failed) {
		len = strnlen(value, max);
		failed = add_value(l, value, len) == -1;
		if (value[len] != '\0')
			l->cut = 1;
	}
	settle(l, start, failed);
}

void
line_number(struct line *l, const char *key, long long value)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%lld", value);
	line_field(l, key, digits, sizeof(digits));
}

/*
 * Read one byte of a quoted value at *p and step over it.  Returns it, or -1
 * if it is not what escape() writes.
 */
static int
unescape(const char **p)
{
	const char *s = *p;
	int	    hi, lo;

	if (s[0] != '\\') {
		*p += 1;
		return is_print((unsigned char)s[0]) ? (unsigned char)s[0] : -1;
	}
	if (s[1] == '"' || s[1] == '\\') {
		*p += 2;
		return s[1];
	}
	if (s[1] != 'x' || (hi = hex_value(s[2])) == -1 ||
	    (lo = hex_value(s[3])) == -1)
		return -1;
	*p += 4;
	return hi << 4 | lo;
}

/*
 * Undo the value at *p, and step over it.  Keeps what fits into size bytes
 * and counts the rest.  Returns the length, or -1 if it is not well-formed.
 */
static long
read_value(const char **p, char *value, size_t size)
{
	const char *s = *p;
	size_t	    len = 0;
	int	    c, quoted = *s == '"';

	if (s[0] == '-' && (s[1] == ' ' || s[1] == '\0')) {
		*p = s + 1;
		return 0;
	}
	if (quoted)
		s++;
	while (quoted ? *s != '"' : is_bare((unsigned char)*s)) {
		if ((c = quoted ? unescape(&s) : (unsigned char)*s++) == -1)
			return -1;
		if (len < size)
			value[len] = (char)c;
		len++;
	}
	if (quoted)
		s++;
	else if (len == 0)
		return -1; /* "key=" is not what we write */
	if (*s != ' ' && *s != '\0')
		return -1; /* something sticks to the value */
	*p = s;
	return (long)len;
}

long
line_find(const char *text, const char *key, char *value, size_t size)
{
	const char *p = text;
	size_t	    keylen = strlen(key), len;
	long	    n;
	int	    found;

	if (size == 0)
		return -1;
	for (;;) {
		p += strspn(p, " ");
		if (*p == '\0')
			return -1;
		len = strcspn(p, " =\"");
		if (p[len] == '"')
			return -1;
		if (p[len] != '=') { /* a word */
			p += len;
			continue;
		}
		found = len == keylen && memcmp(p, key, len) == 0;
		p += len + 1;
		if ((n = read_value(&p, value, found ? size : 0)) == -1)
			return -1;
		if (!found)
			continue;
		if ((size_t)n >= size)
			return -1;
		value[n] = '\0';
		return n;
	}
}

char *
line_clean(char *dst, size_t size, const void *src, size_t len)
{
	const unsigned char *s = src;
	size_t		     i, n = 0;

	for (i = 0; i < len; i++) {
		if (is_print(s[i])) {
			if (size - n < 2)
				break;
			dst[n++] = (char)s[i];
			continue;
		}
		if (size - n < 5)
			break;
		n += escape(dst + n, s[i]);
	}
	dst[n] = '\0';
	return dst;
}
