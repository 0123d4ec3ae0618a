/* SPDX-License-Identifier: ISC */
#include "header_conf.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "directive.h"
#include "edge_conf.h"
#include "xalloc.h"

#define RULES_MAX 64

static const char *const ops[] = { [EDGE_HEADER_SET] = "set",
	[EDGE_HEADER_ADD] = "add",
	[EDGE_HEADER_REMOVE] = "remove",
	NULL };

/* RFC 9110, 5.6.2 */
static int
is_token(const char *s)
{
	static const char chars[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789!#$%&'*+-.^_`|~";

	return s[0] != '\0' && s[strspn(s, chars)] == '\0';
}

/* How messages end, and what is between two neighbours, is ours to say. */
static int
is_ours(const char *name)
{
	static const char *const names[] = { "connection", "content-length",
		"keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
		NULL };
	size_t			 i;

	for (i = 0; names[i] != NULL; i++) {
		if (strcasecmp(names[i], name) == 0)
			return 1;
	}
	return strncasecmp(name, "proxy-", 6) == 0;
}

static int
read_name(struct edge_header *h, int request, struct words *w)
{
	const char *text;
	char	    shown[SHOWN_LEN];

	if ((text = words_next(w, "the name of a header")) == NULL)
		return -1;
	errors_show(shown, text);
	if (!is_token(text))
		return words_fail(w,
		    "expected the name of a header, got \"%s\"", shown);
	if (is_ours(text))
		return words_fail(w,
		    "\"%s\" says how messages are framed or kept apart, and "
		    "is not for the file",
		    shown);
	if (strcasecmp(text, "host") == 0 &&
	    (!request || h->op != EDGE_HEADER_SET))
		return words_fail(w,
		    "a request has one \"Host\": only \"request header set\" "
		    "may say it");
	h->name = xstrdup(text);
	return 0;
}

static int
read_value(struct edge_header *h, struct words *w)
{
	const char *text;
	size_t	    i, len;

	if ((text = words_next(w, "the value of a header")) == NULL)
		return -1;
	len = strlen(text);
	for (i = 0; i < len; i++) {
		if (text[i] < 0x20 || text[i] > 0x7e)
			return words_fail_in(w, i,
			    "the value of a header is printable ASCII");
	}
	if (len > 0 && (text[0] == ' ' || text[len - 1] == ' '))
		return words_fail(w,
		    "the value of a header neither begins nor ends with a "
		    "space");
	if (strcasecmp(h->name, "host") == 0 &&
	    (len == 0 || strcspn(text, " /?#@\\\"<>,;") != len))
		return words_fail(w,
		    "expected a name for \"Host\", perhaps with :port");
	h->value = xstrdup(text);
	return 0;
}

static void
header_clear(struct edge_header *h)
{
	free(h->name);
	free(h->value);
}

/* set NAME VALUE, add NAME VALUE, remove NAME */
static int
read_rule(struct edge_headers *l, int request, struct words *w)
{
	struct edge_header h = { .name = NULL };
	int		   i;

	if ((i = words_choice(w, ops)) == -1)
		return -1;
	h.op = (enum edge_header_op)i;
	if (l->n == RULES_MAX)
		return words_fail(w, "more than %d rules for headers",
		    RULES_MAX);
	if (read_name(&h, request, w) == -1 ||
	    (h.op != EDGE_HEADER_REMOVE && read_value(&h, w) == -1)) {
		header_clear(&h);
		return -1;
	}
	l->rules = xreallocarray(l->rules, l->n + 1, sizeof(h));
	l->rules[l->n++] = h;
	return 0;
}

int
header_read_request(void *arg, struct words *w)
{
	return read_rule(arg, 1, w);
}

int
header_read_response(void *arg, struct words *w)
{
	return read_rule(arg, 0, w);
}

void
headers_print(const void *arg, struct printer *p)
{
	const struct edge_headers *l = arg;
	const struct edge_header  *h;
	size_t			   i;

	for (i = 0; i < l->n; i++) {
		h = &l->rules[i];
		print_begin(p, p->name);
		print_bare(p, ops[h->op]);
		print_quoted(p, h->name);
		if (h->value != NULL)
			print_quoted(p, h->value);
		print_end(p);
	}
}

void
headers_free(struct edge_headers *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		header_clear(&l->rules[i]);
	free(l->rules);
}
