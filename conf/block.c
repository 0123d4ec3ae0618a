/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "parse.h"
#include "xalloc.h"

/* Where the braces of a block are, if anywhere, and what is behind them. */
struct body {
	const struct item *braces; /* or NULL, and said */
	const struct item *next;
};

/* The first braces from item on, or stop. */
static const struct item *
find_braces(const struct item *item, const struct item *stop)
{
	while (item != stop && item->kind != ITEM_BRACES)
		item = item->next;
	return item;
}

/* A brace on the following line is an error, but it is this block's brace. */
static struct body
body_below(struct parser *p, const struct statement *s)
{
	struct body	   body = { .next = s->stop };
	const struct item *next = s->stop, *last = s->first, *item;

	while (next != NULL && is_separator(next))
		next = next->next;
	if (next == NULL || next->kind != ITEM_BRACES) {
		for (item = s->first; item != s->stop; item = item->next)
			last = item;
		errors_add(p->errors, &last->end, "expected \"{\" after \"%s\"",
		    s->first->text);
		return body;
	}
	errors_add(p->errors, &next->place,
	    "the \"{\" belongs on the line of its \"%s\"", s->first->text);
	body.braces = next;
	body.next = next->next;
	return body;
}

static struct body
body_find(struct parser *p, const struct statement *s, const struct item *rest)
{
	struct body	   body = { .next = s->stop };
	const struct item *braces, *behind;

	braces = find_braces(rest, s->stop);
	if (braces == s->stop)
		return body_below(p, s);
	behind = statement_good(braces->next, s->stop);
	if (behind != s->stop)
		errors_add(p->errors, &behind->place,
		    "expected the end of the line after the \"}\" of \"%s\"",
		    s->first->text);
	body.braces = braces;
	return body;
}

static void
body_read(struct parser *p, struct scope *scope, const struct item *braces)
{
	size_t before = errors_count(p->errors);

	if (!braces->unclosed)
		parse_statements(p, scope, braces->child);
	if (braces->unclosed || errors_count(p->errors) != before)
		scope->bad = 1;
}

const struct item *
block_component(struct parser *p, struct scope *scope,
    const struct statement *s)
{
	const struct item *item;
	struct body	   body = { .next = s->stop };
	char		   shown[SHOWN_LEN];

	item = statement_good(s->first->next, s->stop);
	if (item != s->stop && item->kind != ITEM_BRACES) {
		errors_add(p->errors, &item->place,
		    item->text == NULL ?
			"expected \"{\" after \"%s\"" :
			"expected \"{\" after \"%s\", got \"%s\"",
		    s->first->text,
		    errors_show(shown, item->text == NULL ? "" : item->text));
		scope->bad = 1;
		item = find_braces(item, s->stop);
		if (item == s->stop)
			return s->stop;
	}
	body = body_find(p, s, item);
	if (body.braces == NULL) {
		scope->bad = 1;
		return body.next;
	}
	if (scope->opened.line != 0) {
		errors_twice(p->errors, &s->first->place, s->first->text,
		    "given", &scope->opened);
		return body.next;
	}
	scope->opened = s->first->place;
	p->conf->has[scope - p->blocks] = 1;
	body_read(p, scope, body.braces);
	return body.next;
}

/* The words before the brace, unless there is an error in them already. */
static void
words_read(struct parser *p, const struct scope *scope,
    const struct directive *d, const struct statement *s,
    const struct item *rest, const struct item *stop)
{
	const struct item *item;
	struct words	   w;
	struct term	  *terms;

	for (item = rest; item != stop; item = item->next) {
		if (item->kind == ITEM_BAD)
			return;
	}
	if (statement_words(p, scope, s, rest, stop, &w, &terms) == 0)
		directive_words(d, scope->conf, &w);
	terms_free(terms, w.n);
}

const struct item *
block_within(struct parser *p, struct scope *around, const struct directive *d,
    const struct statement *s, const struct item *rest)
{
	struct scope scope = { .block = d->block, .top = around->top };
	struct body  body;
	size_t	     before = errors_count(p->errors);

	if (block_count(d, around->conf) >= (size_t)d->max) {
		errors_add(p->errors, &s->first->place,
		    "more than %lld of \"%s\"", d->max, d->name);
		return s->stop;
	}
	scope.conf = block_new(d->block);
	scope.opened = s->first->place;
	scope.seen = xcalloc(block_directives(d->block), sizeof(*scope.seen));
	words_read(p, &scope, d, s, rest, find_braces(rest, s->stop));
	body = body_find(p, s, rest);
	if (body.braces != NULL)
		body_read(p, &scope, body.braces);
	/* Errors in its words, or in a word that is none at all. */
	if (s->bad || errors_count(p->errors) != before)
		scope.bad = 1;
	parse_finish(p, &scope);
	/*
	 * Half of one is appended: whoever finishes those around would see it.
	 * Some errors are older than the statement.
	 */
	if (scope.bad)
		around->bad = 1;
	/* A bad one, too: its name is taken. */
	block_append(d, around->conf, scope.conf);
	free(scope.seen);
	return body.next;
}
