/* SPDX-License-Identifier: ISC */
#include "site_conf.h"

#include <stdlib.h>
#include <string.h>

#include "access_conf.h"
#include "action_conf.h"
#include "directive.h"
#include "edge_conf.h"
#include "from.h"
#include "header_conf.h"
#include "path_conf.h"
#include "units.h"
#include "xalloc.h"

#define LOCATIONS_MAX	 256
#define PAIRS_MAX	 8   /* of one site */
#define PAIRS_ALL_MAX	 512 /* of all */
#define ANSWER_MAX	 (24 * 60 * 60)
#define HSTS_MAX	 (10LL * 365 * 24 * 60 * 60)
#define HSTS_PRELOAD_MIN (365 * 24 * 60 * 60) /* hstspreload.org */

static int
same_pair(const struct edge_pair *a, const struct edge_pair *b)
{
	return strcmp(a->chain, b->chain) == 0 && strcmp(a->key, b->key) == 0;
}

static void
pair_clear(struct edge_pair *pair)
{
	free(pair->chain);
	free(pair->key);
}

/* Its number among those of the edge; it is taken or freed. */
static size_t
pair_number(struct edge_conf *c, struct edge_pair *pair)
{
	size_t i;

	for (i = 0; i < c->npairs; i++) {
		if (same_pair(&c->pairs[i], pair)) {
			pair_clear(pair);
			return i;
		}
	}
	c->pairs = xreallocarray(c->pairs, c->npairs + 1, sizeof(*pair));
	c->pairs[c->npairs++] = *pair;
	return i;
}

/* certificate CHAIN key KEY */
static int
read_certificate(void *arg, struct words *w)
{
	struct edge_site *s = arg;
	struct edge_conf *c = w->top;
	struct edge_pair  pair = { .where = w->where };
	const char	 *chain, *key;
	size_t		  i, n;

	if ((chain = path_read_file(w, "a file with the certificates")) ==
		NULL ||
	    words_expect(w, "key") == -1 ||
	    (key = path_read_file(w, "a file with the key")) == NULL)
		return -1;
	if (s->npairs == PAIRS_MAX)
		return words_fail(w, "more than %d certificates of a site",
		    PAIRS_MAX);
	if (c->npairs == PAIRS_ALL_MAX)
		return words_fail(w, "more than %d certificates",
		    PAIRS_ALL_MAX);
	pair.chain = xstrdup(chain);
	pair.key = xstrdup(key);
	n = pair_number(c, &pair);
	for (i = 0; i < s->npairs; i++) {
		if (s->pairs[i] == n)
			return words_fail(w, "this certificate is given twice");
	}
	s->pairs = xreallocarray(s->pairs, s->npairs + 1, sizeof(*s->pairs));
	s->pairs[s->npairs++] = n;
	return 0;
}

static void
print_certificate(const void *arg, struct printer *p)
{
	const struct edge_site *s = arg;
	const struct edge_conf *c = p->top;
	const struct edge_pair *pair;
	size_t			i;

	for (i = 0; i < s->npairs; i++) {
		pair = &c->pairs[s->pairs[i]];
		print_begin(p, "certificate");
		print_quoted(p, pair->chain);
		print_bare(p, "key");
		print_quoted(p, pair->key);
		print_end(p);
	}
}

static int
read_redirect(void *arg, struct words *w)
{
	return action_read_redirect(arg, 0, w);
}

static int
hsts_flags(struct edge_site *s, struct words *w)
{
	static const char *const words[] = { "subdomains", "preload", NULL };
	int			*flags[2];
	int			 i;

	flags[0] = &s->hsts_subdomains;
	flags[1] = &s->hsts_preload;
	while (!words_done(w)) {
		if ((i = words_choice(w, words)) == -1)
			return -1;
		if ((*flags[i])++)
			return words_fail(w, "\"%s\" is given twice", words[i]);
	}
	return 0;
}

/* hsts TIME [subdomains] [preload] */
static int
read_hsts(void *arg, struct words *w)
{
	struct edge_site *s = arg;

	if (words_duration(w, &s->hsts, "a duration such as 180d", 1,
		HSTS_MAX) == -1 ||
	    hsts_flags(s, w) == -1)
		return -1;
	if (s->hsts_preload &&
	    (!s->hsts_subdomains || s->hsts < HSTS_PRELOAD_MIN))
		return words_fail(w,
		    "the lists of browsers take a name for preload only with "
		    "subdomains and 1y or more");
	return 0;
}

static void
print_hsts(const void *arg, struct printer *p)
{
	const struct edge_site *s = arg;
	char			buf[UNITS_LEN];

	if (s->hsts == 0)
		return;
	print_begin(p, "hsts");
	print_bare(p, units_print_duration(s->hsts, buf));
	if (s->hsts_subdomains)
		print_bare(p, "subdomains");
	if (s->hsts_preload)
		print_bare(p, "preload");
	print_end(p);
}

static int
read_page(void *arg, struct words *w)
{
	struct edge_site *s = arg;
	struct edge_conf *c = w->top;
	const char	 *text;
	size_t		  i;

	if ((text = path_read_file(w, "a file")) == NULL)
		return -1;
	for (i = 0; i < c->npages; i++) {
		if (strcmp(c->pages[i], text) == 0)
			break;
	}
	s->page = (long)i;
	if (i < c->npages)
		return 0;
	c->pages = xreallocarray(c->pages, i + 1, sizeof(*c->pages));
	c->pages[c->npages++] = xstrdup(text);
	return 0;
}

static void
print_page(const void *arg, struct printer *p)
{
	const struct edge_site *s = arg;
	const struct edge_conf *c = p->top;

	if (s->page == -1)
		return;
	print_begin(p, "error page");
	print_quoted(p, c->pages[s->page]);
	print_end(p);
}

static void
site_init(void *arg)
{
	struct edge_site *s = arg;

	s->page = -1;
}

static int
site_finish(void *arg, struct words *w)
{
	struct edge_site       *s = arg;
	const struct edge_conf *c = w->top;
	size_t			i;

	for (i = 0; s->is_default && i < c->nsites; i++) {
		if (c->sites[i].is_default)
			return words_fail(w,
			    "the site in line %u is the default already",
			    c->sites[i].where.line);
	}
	if (forward_check(&s->action.forward, "forward to", w) == -1 ||
	    forward_check(&s->acme, "acme forward to", w) == -1)
		return -1;
	return location_check(s, w);
}

static void
site_free(void *arg)
{
	struct edge_site *s = arg;
	size_t		  i;

	for (i = 0; i < s->nnames; i++)
		free(s->names[i]);
	free(s->names);
	free(s->pairs);
	action_free(&s->action);
	forward_free(&s->acme);
	access_free(&s->access);
	headers_free(&s->request);
	headers_free(&s->response);
}

#define AT(field) offsetof(struct edge_site, field)

static const struct directive directives[] = {
	{ .name = "default",
	    .type = CONF_FLAG,
	    .offset = AT(is_default),
	    .dflt = "no",
	    .help = "answer for all names that are no site's" },
	{ .name = "certificate",
	    .flags = CONF_MANY,
	    .read = read_certificate,
	    .print = print_certificate,
	    .absent = "none, served without TLS only",
	    .help = "a chain of certificates, and the key of its first" },
	{ .name = "forward to",
	    .flags = CONF_MANY,
	    .offset = AT(action),
	    .read = action_read_forward,
	    .print = action_print_forward,
	    .help = "the server that answers; several take turns" },
	{ .name = "redirect",
	    .offset = AT(action),
	    .read = read_redirect,
	    .print = action_print_redirect,
	    .help = "answer with another address" },
	{ .name = "return",
	    .offset = AT(action),
	    .read = action_read_return,
	    .print = action_print_return,
	    .help = "answer with this status, and perhaps a text" },
	{ .name = "acme forward to",
	    .flags = CONF_MANY,
	    .offset = AT(acme),
	    .read = forward_read,
	    .print = forward_print,
	    .absent = "the site's",
	    .help = "the server that answers ACME challenges" },
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
	    .absent = "nobody",
	    .help = "answer 403 to these addresses and close" },
	{ .name = "hsts",
	    .read = read_hsts,
	    .print = print_hsts,
	    .absent = "no",
	    .help = "tell browsers to use TLS only, for this long" },
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
	{ .name = "body size",
	    .type = CONF_SIZE,
	    .offset = AT(body_size),
	    .max = 1024LL * 1024 * 1024 * 1024,
	    .dflt = "64m",
	    .help = "the most bytes that the body of a request may have" },
	{ .name = "answer timeout",
	    .type = CONF_DURATION,
	    .offset = AT(answer_timeout),
	    .min = 1,
	    .max = ANSWER_MAX,
	    .dflt = "1m",
	    .help = "how long the server may take to begin its answer" },
	{ .name = "error page",
	    .read = read_page,
	    .print = print_page,
	    .absent = "the built-in one",
	    .help = "what is shown when no server answers" },
	{ .name = "location",
	    .type = CONF_BLOCK,
	    .flags = CONF_MANY,
	    .block = &location_block,
	    .offset = AT(locations),
	    .count = AT(nlocations),
	    .max = LOCATIONS_MAX,
	    .read = location_read_path,
	    .print = location_print_path,
	    .help = "what is different for some paths" },
	{ .name = NULL },
};

const struct conf_block site_block = {
	.name = "site",
	.size = sizeof(struct edge_site),
	.directives = directives,
	.init = site_init,
	.finish = site_finish,
	.free = site_free,
};
