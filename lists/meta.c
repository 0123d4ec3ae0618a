/* SPDX-License-Identifier: ISC */
#include "meta.h"

#include <inttypes.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

enum kind {
	TIME,
	COUNT,
	NUMBER,
	FLAG,
	TEXT
};

static const struct key {
	const char *name;
	enum kind   kind;
	size_t	    offset, size;
} keys[] = {
	{ "first", TIME, offsetof(struct meta, first), 0 },
	{ "tried", TIME, offsetof(struct meta, tried), 0 },
	{ "good", TIME, offsetof(struct meta, good), 0 },
	{ "changed", TIME, offsetof(struct meta, changed), 0 },
	{ "not-before", TIME, offsetof(struct meta, not_before), 0 },
	{ "told", TIME, offsetof(struct meta, told), 0 },
	{ "failures", NUMBER, offsetof(struct meta, failures), 0 },
	{ "entries", COUNT, offsetof(struct meta, entries), 0 },
	{ "bad", COUNT, offsetof(struct meta, bad), 0 },
	{ "duplicate", COUNT, offsetof(struct meta, duplicate), 0 },
	{ "held", FLAG, offsetof(struct meta, held), 0 },
	{ "held-entries", COUNT, offsetof(struct meta, held_entries), 0 },
	{ "form", TEXT, offsetof(struct meta, form), 16 },
	{ "etag", TEXT, offsetof(struct meta, etag), META_TAG_LEN },
	{ "last-modified", TEXT, offsetof(struct meta, last_modified),
	    META_TAG_LEN },
	{ "why", TEXT, offsetof(struct meta, why), META_WHY_LEN },
};

/* Decimal digits alone, up to max. */
static int
digits(const char *s, size_t len, uint64_t max, uint64_t *out)
{
	uint64_t v = 0;
	size_t	 i;

	if (len == 0 || len > 20)
		return -1;
	for (i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9' || (uint64_t)(s[i] - '0') > max ||
		    v > (max - (uint64_t)(s[i] - '0')) / 10)
			return -1;
		v = v * 10 + (uint64_t)(s[i] - '0');
	}
	*out = v;
	return 0;
}

static int
printable(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (s[i] < ' ' || s[i] > '~')
			return 0;
	return 1;
}

static void
set(struct meta *m, const struct key *k, const char *s, size_t len)
{
	static const uint64_t max[] = { [TIME] = INT64_MAX,
		[COUNT] = UINT64_MAX,
		[NUMBER] = UINT_MAX,
		[FLAG] = 1 };
	char		     *to = (char *)m + k->offset;
	uint64_t	      v;
	int64_t		      when;
	unsigned int	      number;
	int		      flag;

	if (k->kind == TEXT) {
		if (len < k->size && printable(s, len)) {
			memcpy(to, s, len);
			to[len] = '\0';
		}
		return;
	}
	if (digits(s, len, max[k->kind], &v) == -1)
		return;
	when = (int64_t)v;
	number = (unsigned int)v;
	flag = (int)v;
	if (k->kind == TIME)
		memcpy(to, &when, sizeof(when));
	else if (k->kind == COUNT)
		memcpy(to, &v, sizeof(v));
	else if (k->kind == NUMBER)
		memcpy(to, &number, sizeof(number));
	else
		memcpy(to, &flag, sizeof(flag));
}

static void
line(struct meta *m, const char *s, size_t len)
{
	size_t i, n;

	for (i = 0; i < nitems(keys); i++) {
		n = strlen(keys[i].name);
		if (len > n && strncmp(s, keys[i].name, n) == 0 && s[n] == ' ')
			set(m, &keys[i], s + n + 1, len - n - 1);
	}
}

void
meta_parse(struct meta *m, const char *text, size_t len)
{
	const char *end;

	memset(m, 0, sizeof(*m));
	if (len > META_TEXT_MAX)
		len = META_TEXT_MAX;
	/* A last line without its newline was cut: it is none. */
	while ((end = memchr(text, '\n', len)) != NULL) {
		line(m, text, (size_t)(end - text));
		len -= (size_t)(end + 1 - text);
		text = end + 1;
	}
}

static size_t
print(const struct meta *m, const struct key *k, char *buf, size_t size)
{
	const char  *from = (const char *)m + k->offset;
	unsigned int number;
	uint64_t     v;
	size_t	     len;
	int	     flag;

	switch (k->kind) {
	case TEXT:
		len = strnlen(from, k->size);
		if (len == 0 || !printable(from, len))
			return 0;
		return (size_t)snprintf(buf, size, "%s %.*s\n", k->name,
		    (int)len, from);
	case TIME: /* never negative: 0 is "never" */
	case COUNT:
		memcpy(&v, from, sizeof(v));
		if (k->kind == TIME && v > INT64_MAX)
			v = 0;
		break;
	case NUMBER:
		memcpy(&number, from, sizeof(number));
		v = number;
		break;
	case FLAG:
		memcpy(&flag, from, sizeof(flag));
		v = flag != 0;
		break;
	default:
		return 0;
	}
	return (size_t)snprintf(buf, size, "%s %" PRIu64 "\n", k->name, v);
}

size_t
meta_print(const struct meta *m, char buf[META_TEXT_MAX])
{
	size_t i, len = 0;

	/* All at their longest are much shorter than the buffer. */
	for (i = 0; i < nitems(keys); i++)
		len += print(m, &keys[i], buf + len, META_TEXT_MAX - len);
	return len;
}
