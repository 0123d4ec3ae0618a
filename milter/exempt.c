/* SPDX-License-Identifier: ISC */
/*
 * Recipients that are accepted from whomever (RFC 5321, 4.5.1).
 */
#include <string.h>
#include <strings.h>

#include "session.h"

struct mailbox {
	char local[SESSION_TEXT_LEN];  /* without quotes */
	char domain[SESSION_TEXT_LEN]; /* "": none */
};

/* The end of a quoted local part that begins at s, or NULL. */
static const char *
unquote(const char *s, char *dst, size_t size)
{
	size_t n = 0;

	for (s++; *s != '"'; s++) {
		if (*s == '\\')
			s++;
		if (*s == '\0' || n + 1 >= size)
			return NULL;
		dst[n++] = *s;
	}
	dst[n] = '\0';
	return s + 1;
}

/* A path of RFC 5321, 4.1.2, with or without its brackets.  0 or -1. */
static int
mailbox_parse(struct mailbox *m, const char *path)
{
	const char *at;
	size_t	    n;

	if (*path == '<')
		path++;
	/* A source route: only what is behind it counts. */
	if (*path == '@' && (path = strchr(path, ':')) != NULL)
		path++;
	if (path == NULL)
		return -1;
	if (*path == '"') {
		if ((at = unquote(path, m->local, sizeof(m->local))) == NULL)
			return -1;
	} else {
		n = strcspn(path, "@>");
		if (n >= sizeof(m->local))
			return -1;
		memcpy(m->local, path, n);
		m->local[n] = '\0';
		at = path + n;
	}
	if (*at == '@')
		at++;
	else if (*at != '\0' && *at != '>')
		return -1;
	n = strcspn(at, ">");
	while (n > 0 && at[n - 1] == '.')
		n--;
	if (n >= sizeof(m->domain) || memchr(at, '@', n) != NULL)
		return -1;
	memcpy(m->domain, at, n);
	m->domain[n] = '\0';
	return 0;
}

static int
matches(const struct mailbox *m, const char *item)
{
	const char *at;
	size_t	    n;

	if ((at = strrchr(item, '@')) == NULL)
		return strcasecmp(m->local, item) == 0;
	if (strcasecmp(m->domain, at + 1) != 0)
		return 0;
	n = at - item;
	return n == 0 ||
	    (strlen(m->local) == n && strncasecmp(m->local, item, n) == 0);
}

int
session_is_exempt(const char *rcpt, char *const *list, size_t n)
{
	struct mailbox m;
	size_t	       i;

	if (mailbox_parse(&m, rcpt) == -1)
		return 0;
	for (i = 0; i < n; i++)
		if (matches(&m, list[i]))
			return 1;
	return 0;
}
