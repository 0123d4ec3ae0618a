/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "reply.h"

static const struct {
	const char *name;
	size_t	    at;	 /* in struct reply_facts */
	size_t	    max; /* bytes taken */
} variables[] = {
	{ "address", offsetof(struct reply_facts, address), 64 },
	{ "why", offsetof(struct reply_facts, why), 200 },
	{ "token", offsetof(struct reply_facts, token), 16 },
	{ "name", offsetof(struct reply_facts, name), 100 },
	{ "helo", offsetof(struct reply_facts, helo), 80 },
	{ "from", offsetof(struct reply_facts, from), 100 },
	{ "rcpt", offsetof(struct reply_facts, rcpt), 100 },
};

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static size_t
put(char *dst, size_t at, const char *src, size_t len)
{
	size_t i;

	for (i = 0; i < len && at < REPLY_TEXT_LEN - 1; i++)
		dst[at++] = src[i] >= 0x20 && src[i] < 0x7f ? src[i] : '?';
	return at;
}

/*
 * s is behind "%{".  Put what the variable stands for, and return what is
 * behind "}"; NULL if it is none (which the file's reader does not let by).
 */
static const char *
put_variable(char *dst, size_t *at, const char *s,
    const struct reply_facts *facts)
{
	const char *value;
	size_t	    i, n;

	n = strcspn(s, "}");
	for (i = 0; i < nitems(variables); i++) {
		if (strlen(variables[i].name) != n || s[n] != '}' ||
		    strncmp(variables[i].name, s, n) != 0)
			continue;
		memcpy(&value, (const char *)facts + variables[i].at,
		    sizeof(value));
		if (value == NULL)
			value = "-";
		*at = put(dst, *at, value, strnlen(value, variables[i].max));
		return s + n + 1;
	}
	return NULL;
}

static void
expand(char *dst, const char *s, const struct reply_facts *facts)
{
	const char *behind;
	size_t	    at = 0;

	while (*s != '\0') {
		if (s[0] == '%' && s[1] == '{' &&
		    (behind = put_variable(dst, &at, s + 2, facts)) != NULL) {
			s = behind;
			continue;
		}
		if (s[0] == '%' && s[1] == '%')
			s++;
		at = put(dst, at, s++, 1);
	}
	dst[at] = '\0';
}

void
reply_build(struct reply *r, enum action action, enum verdict_kind kind,
    const char *template, const struct reply_facts *facts)
{
	int reject;

	reject = action == ACTION_REJECT;
	r->code = reject ? "550" : "450";
	if (kind == VERDICT_IPREV)
		r->xcode = reject ? "5.7.25" : "4.7.25";
	else
		r->xcode = reject ? "5.7.1" : "4.7.1";
	expand(r->text, template, facts);
}

char *
reply_wire(const struct reply *r, char buf[REPLY_WIRE_LEN])
{
	const char *s;
	size_t	    n = 0;

	for (s = r->text; *s != '\0'; s++) {
		if (*s == '%')
			buf[n++] = '%';
		buf[n++] = *s;
	}
	buf[n] = '\0';
	return buf;
}
