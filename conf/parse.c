/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "parse.h"
#include "xalloc.h"

/* The file's number in the text; the conf keeps its own copy of the name. */
static struct place
file_place(struct parser *p, size_t i)
{
	struct place place = { .order = (unsigned int)i };
	struct conf *c = p->conf;
	const char  *name;

	while (c->nnames <= i) {
		conf_text_file(p->text, c->nnames, &name, NULL);
		c->names =
		    xreallocarray(c->names, c->nnames + 1, sizeof(*c->names));
		c->names[c->nnames++] = xstrdup(name);
	}
	place.file = c->names[i];
	return place;
}

static int
find(struct parser *p, const char *name, size_t *i, char *why, size_t size)
{
	long n;

	if ((n = text_find(p->text, name)) == -1) {
		if (p->grow == NULL) {
			strlcpy(why, "not in the text", size);
			return -1;
		}
		if (text_load(p->grow, name, why, size) == -1)
			return -1;
		n = text_find(p->text, name);
	}
	*i = (size_t)n;
	return 0;
}

static void
parse_file(struct parser *p, size_t i)
{
	struct place place = file_place(p, i);
	struct tree *tree;
	const char  *data;
	size_t	     len;

	p->files[p->depth++] = place.file;
	data = conf_text_file(p->text, i, NULL, &len);
	tree = tree_new(data, len, &place, p->errors);
	/* Macros live in their tree. */
	tree->next = p->trees;
	p->trees = tree;
	parse_statements(p, &p->blocks[0], tree->first);
	p->depth--;
}

void
parse_main(struct parser *p, const char *name)
{
	struct place place = { .file = name };
	char	     why[160];
	size_t	     i;

	if (find(p, name, &i, why, sizeof(why)) == -1)
		errors_add(p->errors, &place, "%s", why);
	else
		parse_file(p, i);
}

/* A relative name starts from the folder of the file that has it. */
static char *
include_path(const char *from, const char *name)
{
	const char *slash = strrchr(from, '/');

	if (name[0] == '/' || slash == NULL)
		return xstrdup(name);
	return xasprintf("%.*s%s", (int)(slash - from + 1), from, name);
}

static int
include_allowed(struct parser *p, struct words *w, const char *path)
{
	char	     shown[SHOWN_LEN];
	unsigned int i;

	for (i = 0; i < p->depth; i++) {
		if (strcmp(p->files[i], path) == 0)
			return words_fail(w, "\"%s\" includes itself",
			    errors_show(shown, path));
	}
	if (p->depth == INCLUDE_DEPTH)
		return words_fail(w,
		    "files that include files, more than "
		    "%d deep",
		    INCLUDE_DEPTH);
	if (p->includes++ >= INCLUDE_MAX)
		return words_fail(w, "more than %d includes", INCLUDE_MAX);
	return 0;
}

int
parse_include(struct parser *p, struct words *w)
{
	char	   *path, why[160], shown[SHOWN_LEN];
	const char *name;
	size_t	    i;
	int	    ret = -1;

	if ((name = words_next(w, "a file's name")) == NULL)
		return -1;
	if (!words_done(w)) {
		w->current = &w->terms[w->at].word;
		return words_fail(w, "expected one file's name");
	}
	if (name[0] == '\0')
		return words_fail(w, "expected a file's name, got \"\"");
	path = include_path(p->files[p->depth - 1], name);
	if (include_allowed(p, w, path) == -1)
		goto out;
	if (find(p, path, &i, why, sizeof(why)) == -1) {
		words_fail(w, "\"%s\": %s", errors_show(shown, path), why);
		goto out;
	}
	parse_file(p, i);
	ret = 0;
out:
	free(path);
	return ret;
}

const char *
words_file(struct words *w, const char *path, size_t *len)
{
	char   why[160], shown[SHOWN_LEN];
	size_t i;

	if (find(w->parser, path, &i, why, sizeof(why)) == -1) {
		words_fail(w, "\"%s\": %s", errors_show(shown, path), why);
		return NULL;
	}
	return conf_text_file(w->parser->text, i, NULL, len);
}

const char *
words_secret(struct words *w, const char *path, size_t *len, int *hidden)
{
	const struct parser *p = w->parser;

	*hidden = p->grow != NULL && text_find(p->text, path) == -1 &&
	    text_is_secret(path);
	return *hidden ? NULL : words_file(w, path, len);
}

/* A default is read as if the operator had written it. */
static void
read_default(struct parser *p, const struct scope *scope,
    const struct directive *d)
{
	struct place place = { .file = "default" };
	struct words w = { .parser = p,
		.errors = p->errors,
		.top = scope->top };
	struct term *terms;
	struct tree *tree;
	size_t	     before = errors_count(p->errors);

	tree = tree_new(d->dflt, strlen(d->dflt), &place, p->errors);
	terms_make(&terms, &w.n, tree->first, NULL, &p->macros, p->errors);
	w.terms = terms;
	directive_read(d, scope->conf, &w);
	terms_free(terms, w.n);
	tree_free(tree);
	if (errors_count(p->errors) != before)
		bug("%s: wrong default: %s", d->name, d->dflt);
}

void
parse_finish(struct parser *p, struct scope *scope)
{
	const struct conf_block *block = scope->block;
	const struct directive	*d;
	struct words		 w = { .parser = p,
			    .errors = p->errors,
			    .top = scope->top };

	if (scope->bad)
		return;
	for (d = block->directives; d->name != NULL; d++) {
		if (d->dflt != NULL &&
		    scope->seen[d - block->directives].line == 0)
			read_default(p, scope, d);
	}
	w.end = scope->opened;
	if (block->finish != NULL)
		block->finish(scope->conf, &w);
}
