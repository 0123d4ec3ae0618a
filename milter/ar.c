/* SPDX-License-Identifier: ISC */
#include <string.h>
#include <strings.h>

#include "ar.h"

#define ID_MAX 256 /* bytes of an id that are looked at */

/* What to leave out when an id is looked for in a value of no grammar. */
enum leave {
	LEAVE_NOTHING,
	LEAVE_COMMENTS, /* whatever stands in parentheses */
	LEAVE_UNQUOTED	/* the same, but not within double quotes */
};

int
ar_is_name(const char *name)
{
	size_t n;

	n = sizeof(AR_NAME) - 1;
	if (strncasecmp(name, AR_NAME, n) != 0)
		return 0;
	return name[n + strspn(name + n, " \t\r\n")] == '\0';
}

static int
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

int
ar_is_token(char c)
{
	return c > 0x20 && c < 0x7f && strchr("()<>@,;:\\\"/[]?=", c) == NULL;
}

/* Bytes that some reader might skip or undo within an id. */
static int
is_noise(char c)
{
	return c <= 0x20 || c >= 0x7f || c == '"' || c == '\\';
}

/*
 * Skip white space and comments, which nest and may hold quoted pairs (RFC
 * 5322, 3.2.2).  NULL if a comment is still open at the end.
 */
static const char *
skip_cfws(const char *p)
{
	unsigned int depth = 0;

	for (; *p != '\0'; p++) {
		if (*p == '(')
			depth++;
		else if (depth == 0) {
			if (!is_space(*p))
				break;
		} else if (*p == ')')
			depth--;
		else if (*p == '\\' && *++p == '\0')
			return NULL;
	}
	return depth == 0 ? p : NULL;
}

/* What was read of an id: as text, and whether it follows the grammar. */
struct id {
	char   text[ID_MAX];
	size_t len;
	int    odd;
};

static void
id_add(struct id *id, char c)
{
	if (id->len < sizeof(id->text) - 1)
		id->text[id->len++] = lower(c);
	else
		id->odd = 1;
	id->text[id->len] = '\0';
}

/* p is behind the opening quote.  Behind the closing one, or NULL. */
static const char *
read_quoted(const char *p, struct id *id)
{
	for (; *p != '\0'; p++) {
		if (*p == '"')
			return p + 1;
		if (*p == '\\' && *++p == '\0')
			return NULL;
		if (!ar_is_token(*p))
			id->odd = 1; /* legal, but no id of a host */
		id_add(id, *p);
	}
	return NULL;
}

static const char *
read_token(const char *p, struct id *id)
{
	for (; *p != '\0' && !is_space(*p); p++) {
		if (*p == ';' || *p == '(')
			break;
		if (!ar_is_token(*p))
			id->odd = 1;
		id_add(id, *p);
	}
	if (id->len == 0)
		id->odd = 1;
	return p;
}

/* Does a version or nothing follow, and then the end or a semicolon? */
static int
ends_well(const char *p)
{
	if ((p = skip_cfws(p)) == NULL)
		return 0;
	if (*p >= '0' && *p <= '9') {
		p += strspn(p, "0123456789");
		if ((p = skip_cfws(p)) == NULL)
			return 0;
	}
	return *p == '\0' || *p == ';';
}

/* Without case, and whether or not a dot ends them. */
static int
same(const char *a, size_t alen, const char *b)
{
	size_t blen;

	blen = strlen(b);
	while (alen > 0 && a[alen - 1] == '.')
		alen--;
	while (blen > 0 && b[blen - 1] == '.')
		blen--;
	return alen == blen && strncasecmp(a, b, alen) == 0;
}

/* The id in lower case and without noise, and where to go on (Knuth et al.). */
struct needle {
	char   text[ID_MAX];
	size_t fail[ID_MAX];
	size_t len, at;
};

static void
needle_init(struct needle *n, const char *id)
{
	size_t i, k;

	n->len = n->at = 0;
	for (; *id != '\0' && n->len < ID_MAX; id++)
		if (!is_noise(*id))
			n->text[n->len++] = lower(*id);
	while (n->len > 1 && n->text[n->len - 1] == '.')
		n->len--;
	for (i = 1, k = 0, n->fail[0] = 0; i < n->len; i++) {
		while (k > 0 && n->text[i] != n->text[k])
			k = n->fail[k - 1];
		if (n->text[i] == n->text[k])
			k++;
		n->fail[i] = k;
	}
}

/* One more byte of the haystack: 1 when the needle is complete. */
static int
needle_feed(struct needle *n, char c)
{
	c = lower(c);
	while (n->at > 0 && n->text[n->at] != c)
		n->at = n->fail[n->at - 1];
	if (n->text[n->at] == c)
		n->at++;
	return n->at == n->len;
}

/*
 * Is the id between p and end?  In one pass, for a value may be long and made
 * to be slow.
 */
static int
contains(const char *p, const char *end, const char *id, enum leave leave)
{
	struct needle n;
	unsigned int  depth = 0;
	int	      quoted = 0;

	needle_init(&n, id);
	if (n.len == 0)
		return 0;
	for (; p < end; p++) {
		if (*p == '"' && depth == 0)
			quoted = !quoted;
		if (leave == LEAVE_UNQUOTED && quoted)
			;
		else if (leave != LEAVE_NOTHING && *p == '(') {
			depth++;
			continue;
		} else if (leave != LEAVE_NOTHING && *p == ')') {
			depth -= depth > 0;
			continue;
		}
		if (depth == 0 && !is_noise(*p) && needle_feed(&n, *p))
			return 1;
	}
	return 0;
}

/* An encoded word (RFC 2047)?  It has no place here; do not decode it. */
static int
has_encoded_word(const char *p, const char *end)
{
	for (; end - p >= 2; p++)
		if (p[0] == '=' && p[1] == '?')
			return 1;
	return 0;
}

/*
 * Is all of it how the id begins?  What comes here may have ended at a NUL
 * byte that the reader of the message will skip.
 */
static int
begins(const char *value, const char *id)
{
	struct needle n;
	size_t	      fed = 0;

	needle_init(&n, id);
	for (; *value != '\0'; value++) {
		if (is_noise(*value))
			continue;
		if (fed >= n.len || lower(*value) != n.text[fed])
			return 0;
		fed++;
	}
	return fed > 0;
}

int
ar_claims(const char *value, const char *id)
{
	struct id   read = { .len = 0 };
	const char *p, *end;

	if ((p = skip_cfws(value)) == NULL || *p == '\0')
		return 1;
	/* A reader that does not know nested comments would find it there. */
	if (contains(value, p, id, LEAVE_NOTHING) || begins(p, id))
		return 1;
	p = *p == '"' ? read_quoted(p + 1, &read) : read_token(p, &read);
	if (p == NULL || same(read.text, read.len, id) ||
	    has_encoded_word(value, p))
		return 1;
	if (!read.odd && ends_well(p))
		return 0;
	/* Without a semicolon it has said nothing, or was cut at a NUL byte. */
	end = p + strlen(p);
	return strchr(value, ';') == NULL || has_encoded_word(p, end) ||
	    contains(value, end, id, LEAVE_NOTHING) ||
	    contains(value, end, id, LEAVE_COMMENTS) ||
	    contains(value, end, id, LEAVE_UNQUOTED);
}
