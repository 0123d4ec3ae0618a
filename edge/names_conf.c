/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "addr.h"
#include "directive.h"
#include "edge_conf.h"
#include "site_conf.h"
#include "xalloc.h"

#define NAMES_MAX 64  /* of one site */
#define HOST_MAX  253 /* RFC 1035, 2.3.4, without the final dot */
#define LABEL_MAX 63

static int
is_label(const char *s, size_t len)
{
	static const char chars[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";

	return len > 0 && len <= LABEL_MAX && strspn(s, chars) >= len &&
	    s[0] != '-' && s[len - 1] != '-';
}

/* Labels, the last of them no number (that would be an address). */
static int
is_host(const char *s)
{
	size_t len;

	if (strlen(s) > HOST_MAX)
		return 0;
	for (;; s += len + 1) {
		len = strcspn(s, ".");
		if (!is_label(s, len))
			return 0;
		if (s[len] == '\0')
			return strspn(s, "0123456789") != len;
	}
}

static int
is_name(const char *s)
{
	struct addr addr;

	if (strncmp(s, "*.", 2) == 0)
		return is_host(s + 2);
	if (addr_parse(&addr, s) == 0)
		return addr.family == ADDR_IPV4 && strchr(s, ':') == NULL;
	return is_host(s);
}

/* In lower case, without a final dot. */
static char *
fold(const char *text)
{
	char  *name = xstrdup(text);
	size_t i, len = strlen(name);

	if (len > 1 && name[len - 1] == '.')
		name[len - 1] = '\0';
	for (i = 0; name[i] != '\0'; i++) {
		if (name[i] >= 'A' && name[i] <= 'Z')
			name[i] = (char)(name[i] - 'A' + 'a');
	}
	return name;
}

static int
has_name(const struct edge_site *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->nnames; i++) {
		if (strcmp(s->names[i], name) == 0)
			return 1;
	}
	return 0;
}

/* Is it good, and nobody's yet?  0, or -1 and said. */
static int
check(const struct edge_site *s, const char *name, struct words *w)
{
	const struct edge_conf *c = w->top;
	char			shown[SHOWN_LEN];
	size_t			i;

	errors_show(shown, words_text(w));
	if (strcmp(name, "*") == 0)
		return words_fail(w,
		    "\"*\" is no name: for all others, put \"default\" into "
		    "the site");
	if (!is_name(name))
		return words_fail(w,
		    "expected a host name such as www.example.org or "
		    "*.example.org, got \"%s\"",
		    shown);
	if (has_name(s, name))
		return words_fail(w, "\"%s\" is given twice", shown);
	for (i = 0; i < c->nsites; i++) {
		if (has_name(&c->sites[i], name))
			return words_fail(w,
			    "\"%s\" is a name of the site in line %u already",
			    shown, c->sites[i].where.line);
	}
	if (s->nnames == NAMES_MAX)
		return words_fail(w, "more than %d names of a site", NAMES_MAX);
	return 0;
}

/* NAME [NAME ...] */
int
site_read_names(void *arg, struct words *w)
{
	struct edge_site *s = arg;
	const char	 *text;
	char		 *name;
	int		  ret = 0;

	s->where = w->where;
	do {
		if ((text = words_next(w, "the name of a site")) == NULL)
			return -1;
		name = fold(text);
		if (check(s, name, w) == -1) {
			free(name);
			ret = -1;
			continue;
		}
		s->names =
		    xreallocarray(s->names, s->nnames + 1, sizeof(*s->names));
		s->names[s->nnames++] = name;
	} while (!words_done(w));
	return ret;
}

void
site_print_names(const void *arg, struct printer *p)
{
	const struct edge_site *s = arg;
	size_t			i;

	for (i = 0; i < s->nnames; i++)
		print_quoted(p, s->names[i]);
}
