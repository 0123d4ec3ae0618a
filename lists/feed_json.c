/* SPDX-License-Identifier: ISC */
/*
 * One JSON object (RFC 8259) a line.  Only its own members are looked at;
 * what is nested is checked and passed over.
 */
#include <string.h>

#include "feed_parse.h"
#include "hex.h"

#define DEPTH 8

struct json {
	const char *s, *end;
};

/* Narrow before wide: an event may name both the address and its network. */
static const char *const keys[] = { "ip", "address", "cidr", "prefix",
	"network" };

#define NKEYS (sizeof(keys) / sizeof(keys[0]))

static void
blanks(struct json *j)
{
	while (j->s < j->end && (*j->s == ' ' || *j->s == '\t'))
		j->s++;
}

static int
take(struct json *j, char c)
{
	if (j->s == j->end || *j->s != c)
		return 0;
	j->s++;
	return 1;
}

/* Four digits.  Whatever is not printable ASCII is no part of an address. */
static int
unicode(struct json *j)
{
	int i, digit, v = 0;

	for (i = 0; i < 4; i++) {
		if (j->s == j->end || (digit = hex_value(*j->s)) == -1)
			return -1;
		j->s++;
		v = v * 16 + digit;
	}
	return v >= 0x20 && v < 0x7f ? v : '?';
}

/* What is behind a backslash; -1: nothing that may be. */
static int
escape(struct json *j)
{
	static const char plain[] = "\"\\/bfnrt";

	if (j->s == j->end)
		return -1;
	if (*j->s == 'u') {
		j->s++;
		return unicode(j);
	}
	if (*j->s == '\0' || strchr(plain, *j->s) == NULL)
		return -1;
	/* A control character is no part of an address either. */
	return strchr("bfnrt", *j->s) != NULL ? (j->s++, '?') : *j->s++;
}

/* What does not fit becomes "": no key and no address. */
static int
string(struct json *j, char *buf, size_t size)
{
	size_t n = 0;
	int    c, fits = 1;

	if (!take(j, '"'))
		return -1;
	while (j->s < j->end && *j->s != '"') {
		c = (unsigned char)*j->s++;
		if (c < 0x20 || (c == '\\' && (c = escape(j)) == -1))
			return -1;
		if (n + 1 < size)
			buf[n++] = (char)c;
		else
			fits = 0;
	}
	buf[fits ? n : 0] = '\0';
	return take(j, '"') ? 0 : -1;
}

static int
digits(struct json *j)
{
	const char *begin = j->s;

	while (j->s < j->end && *j->s >= '0' && *j->s <= '9')
		j->s++;
	return j->s > begin ? 0 : -1;
}

static int
number(struct json *j)
{
	take(j, '-');
	if (!take(j, '0') && digits(j) == -1)
		return -1;
	if (take(j, '.') && digits(j) == -1)
		return -1;
	if (take(j, 'e') || take(j, 'E')) {
		if (!take(j, '+'))
			take(j, '-');
		return digits(j);
	}
	return 0;
}

static int
word(struct json *j, const char *w)
{
	size_t len = strlen(w);

	if ((size_t)(j->end - j->s) < len || memcmp(j->s, w, len) != 0)
		return -1;
	j->s += len;
	return 0;
}

static int pass(struct json *, int);

/* An object or an array, s behind its first bracket. */
static int
nested(struct json *j, int depth, char close)
{
	char key[1];

	blanks(j);
	if (take(j, close))
		return 0;
	do {
		blanks(j);
		if (close == '}') {
			if (string(j, key, sizeof(key)) == -1)
				return -1;
			blanks(j);
			if (!take(j, ':'))
				return -1;
		}
		if (pass(j, depth) == -1)
			return -1;
		blanks(j);
	} while (take(j, ','));
	return take(j, close) ? 0 : -1;
}

static int
pass(struct json *j, int depth)
{
	char text[1];

	blanks(j);
	if (depth == 0 || j->s == j->end)
		return -1;
	switch (*j->s) {
	case '"':
		return string(j, text, sizeof(text));
	case '{':
		j->s++;
		return nested(j, depth - 1, '}');
	case '[':
		j->s++;
		return nested(j, depth - 1, ']');
	case 't':
		return word(j, "true");
	case 'f':
		return word(j, "false");
	case 'n':
		return word(j, "null");
	default:
		return number(j);
	}
}

struct found {
	size_t best; /* which key; NKEYS: none yet */
	int    seen[NKEYS];
	int    meta;
};

/* One member, s at its key.  *text follows the best key. */
static int
member(struct json *j, struct found *f, char text[FEED_VALUE_LEN])
{
	char   key[16], v[FEED_VALUE_LEN];
	size_t i;

	if (string(j, key, sizeof(key)) == -1)
		return -1;
	blanks(j);
	if (!take(j, ':'))
		return -1;
	blanks(j);
	if (j->s == j->end || *j->s != '"')
		return pass(j, DEPTH);
	if (string(j, v, sizeof(v)) == -1)
		return -1;
	if (strcmp(key, "type") == 0 && strcmp(v, "metadata") == 0)
		f->meta = 1;
	for (i = 0; i < NKEYS && strcmp(key, keys[i]) != 0; i++)
		continue;
	if (i == NKEYS)
		return 0;
	if (f->seen[i]++)
		return -1; /* twice: which one is meant? */
	if (i < f->best) {
		f->best = i;
		memcpy(text, v, sizeof(v));
	}
	return 0;
}

enum feed_what
feed_json(char text[FEED_VALUE_LEN], const char *s, const char *end)
{
	struct json  j = { s, end };
	struct found f = { .best = NKEYS };

	if (!take(&j, '{'))
		return FEED_LINE_BAD;
	blanks(&j);
	if (!take(&j, '}')) {
		do {
			blanks(&j);
			if (member(&j, &f, text) == -1)
				return FEED_LINE_BAD;
			blanks(&j);
		} while (take(&j, ','));
		if (!take(&j, '}'))
			return FEED_LINE_BAD;
	}
	blanks(&j);
	if (j.s != j.end)
		return FEED_LINE_BAD;
	if (f.meta)
		return FEED_LINE_META;
	return f.best < NKEYS ? FEED_LINE_GOOD : FEED_LINE_BAD;
}
