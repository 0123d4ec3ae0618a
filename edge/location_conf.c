/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "access_conf.h"
#include "action_conf.h"
#include "directive.h"
#include "edge_conf.h"
#include "from.h"
#include "header_conf.h"
#include "rx.h"
#include "site_conf.h"
#include "xalloc.h"

/*
 * It is compared with a path whose escapes are undone (but for those two) and
 * whose dots are gone: what cannot stand there would never match.  NULL: it
 * may.
 */
static const char *
prefix_fails(const char *s)
{
	const char *end;

	if (s[0] != '/')
		return "does not begin with \"/\"";
	for (end = s; *end != '\0'; end++) {
		if (*end == '%' && strncmp(end, "%25", 3) != 0 &&
		    strncmp(end, "%2F", 3) != 0)
			return "has \"%\" in it: write the letter itself, "
			       "but \"%25\" for \"%\" and \"%2F\" for "
			       "\"/\"";
	}
	while (*s != '\0') {
		s++;
		end = s + strcspn(s, "/");
		if (end == s && *end != '\0')
			return "has \"//\" in it, which no path has here";
		if ((end - s == 1 && s[0] == '.' && *end != '\0') ||
		    (end - s == 2 && s[0] == '.' && s[1] == '.'))
			return "has \".\" or \"..\" in it, which no path has "
			       "here";
		s = end;
	}
	return NULL;
}

static int
read_regex(struct edge_location *l, struct words *w)
{
	const char *text;
	char	    why[128];
	size_t	    at = 0;

	if ((text = words_next(w, "a regular expression")) == NULL)
		return -1;
	if (text[0] == '\0')
		return words_fail(w, "expected a regular expression, got \"\"");
	l->pattern = xstrdup(text);
	l->rx = rx_new(text, 0, why, sizeof(why), &at);
	if (l->rx == NULL)
		return words_fail_in(w, at, "regular expression: %s", why);
	return 0;
}

/* "/prefix", ~ "regex" */
int
location_read_path(void *arg, struct words *w)
{
	struct edge_location *l = arg;
	const char	     *text, *why;
	char		      shown[SHOWN_LEN];

	l->where = w->where;
	if (words_take(w, "~"))
		return read_regex(l, w);
	if ((text = words_next(w, "a path, or ~ and a regular expression")) ==
	    NULL)
		return -1;
	if ((why = prefix_fails(text)) != NULL)
		return words_fail(w, "\"%s\" %s", errors_show(shown, text),
		    why);
	l->prefix = xstrdup(text);
	return 0;
}

void
location_print_path(const void *arg, struct printer *p)
{
	const struct edge_location *l = arg;

	if (l->pattern != NULL)
		print_bare(p, "~");
	print_quoted(p, l->pattern != NULL ? l->pattern : l->prefix);
}

static int
same_path(const struct edge_location *a, const struct edge_location *b)
{
	if (a->prefix != NULL && b->prefix != NULL)
		return strcmp(a->prefix, b->prefix) == 0;
	if (a->pattern != NULL && b->pattern != NULL)
		return strcmp(a->pattern, b->pattern) == 0;
	return 0;
}

int
location_check(const struct edge_site *site, struct words *w)
{
	const struct edge_location *l = site->locations;
	char			    shown[SHOWN_LEN];
	size_t			    i, j;

	for (i = 1; i < site->nlocations; i++) {
		for (j = 0; j < i; j++) {
			if (!same_path(&l[i], &l[j]))
				continue;
			return words_fail(w,
			    "the locations in lines %u and %u are both \"%s\"",
			    l[j].where.line, l[i].where.line,
			    errors_show(shown,
				l[i].prefix != NULL ? l[i].prefix :
						      l[i].pattern));
		}
	}
	return 0;
}

static int
read_redirect(void *arg, struct words *w)
{
	struct edge_location *l = arg;
	unsigned int	      groups = 0;

	if (l->rx != NULL)
		groups = rx_groups(l->rx);
	else if (l->pattern != NULL)
		groups = 9; /* it is wrong itself, and that is said */
	return action_read_redirect(&l->action, groups, w);
}

static void
print_redirect(const void *arg, struct printer *p)
{
	const struct edge_location *l = arg;

	action_print_redirect(&l->action, p);
}

static int
location_finish(void *arg, struct words *w)
{
	struct edge_location *l = arg;

	return forward_check(&l->action.forward, "forward to", w);
}

static void
location_free(void *arg)
{
	struct edge_location *l = arg;

	free(l->prefix);
	free(l->pattern);
	rx_free(l->rx);
	action_free(&l->action);
	access_free(&l->access);
	headers_free(&l->request);
	headers_free(&l->response);
}

#define AT(field) offsetof(struct edge_location, field)

static const struct directive directives[] = {
	{ .name = "forward to",
	    .flags = CONF_MANY,
	    .offset = AT(action),
	    .read = action_read_forward,
	    .print = action_print_forward,
	    .help = "the server that answers; several take turns" },
	{ .name = "redirect",
	    .read = read_redirect,
	    .print = print_redirect,
	    .help = "answer with another address" },
	{ .name = "return",
	    .offset = AT(action),
	    .read = action_read_return,
	    .print = action_print_return,
	    .help = "answer with this status, and perhaps a text" },
	{ .name = "pass from",
	    .flags = CONF_MANY,
	    .offset = AT(access.pass),
	    .read = from_read,
	    .print = from_print,
	    .help = "let these addresses in, whatever is blocked" },
	{ .name = "block from",
	    .flags = CONF_MANY,
	    .offset = AT(access.block),
	    .read = from_read,
	    .print = from_print,
	    .help = "answer 403 to these addresses and close" },
	{ .name = "request header",
	    .flags = CONF_MANY,
	    .offset = AT(request),
	    .read = header_read_request,
	    .print = headers_print,
	    .help = "change a header on its way to the server" },
	{ .name = "response header",
	    .flags = CONF_MANY,
	    .offset = AT(response),
	    .read = header_read_response,
	    .print = headers_print,
	    .help = "change a header on its way to the client" },
	{ .name = NULL },
};

const struct conf_block location_block = {
	.name = "location",
	.size = sizeof(struct edge_location),
	.directives = directives,
	.finish = location_finish,
	.free = location_free,
};
