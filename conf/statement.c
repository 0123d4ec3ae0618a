/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "parse.h"

int
is_separator(const struct item *item)
{
	return item->kind == ITEM_NEWLINE || item->kind == ITEM_SEMICOLON;
}

const struct item *
statement_good(const struct item *item, const struct item *stop)
{
	while (item != stop && item->kind == ITEM_BAD)
		item = item->next;
	return item;
}

static struct statement
statement_from(const struct item *item)
{
	struct statement s = { .first = item };

	for (; item != NULL && !is_separator(item); item = item->next) {
		if (item->kind == ITEM_BAD ||
		    (item->kind == ITEM_BRACES && item->unclosed))
			s.bad = 1;
	}
	s.stop = item;
	s.first = statement_good(s.first, s.stop);
	return s;
}

static void
no_directive(struct parser *p, const struct item *item)
{
	char shown[SHOWN_LEN];

	switch (item->kind) {
	case ITEM_QUOTED:
		/* What is behind a line's end by mistake may be a secret. */
		errors_add(p->errors, &item->place,
		    "expected a directive, got a word in quotes");
		break;
	case ITEM_MACRO:
		errors_add(p->errors, &item->place,
		    "expected a directive, "
		    "got the macro \"%s\"",
		    errors_show(shown, item->text));
		break;
	default:
		errors_add(p->errors, &item->place,
		    "expected a directive, "
		    "got \"%s\"",
		    item->kind == ITEM_BRACES	 ? "{" :
			item->kind == ITEM_COMMA ? "," :
						   "=");
		break;
	}
}

static void
macro(struct parser *p, const struct scope *scope, const struct statement *s,
    const struct item *equals)
{
	const struct item      *name = s->first;
	const struct directive *d;
	size_t			n;
	int			outside = scope == &p->blocks[0];

	if (outside && name->kind == ITEM_WORD)
		scope = &p->blocks[lookup_outside(name)];
	d = name->kind == ITEM_WORD ? lookup(scope->block, name, &n) : NULL;
	if (d != NULL ||
	    (name->kind == ITEM_WORD && outside &&
		lookup_block(name->text) != 0))
		errors_add(p->errors, &equals->place,
		    "\"=\" defines a macro, "
		    "and \"%s\" is a directive: leave \"=\" out",
		    name->text);
	else if (!outside)
		errors_add(p->errors, &name->place,
		    "macros are defined outside any block");
	else
		macro_define(&p->macros, name, equals->next, s->stop,
		    p->errors);
}

int
statement_words(struct parser *p, const struct scope *scope,
    const struct statement *s, const struct item *rest, const struct item *stop,
    struct words *w, struct term **terms)
{
	const struct item *item;
	int		   ret;

	memset(w, 0, sizeof(*w));
	ret = terms_make(terms, &w->n, rest, stop, &p->macros, p->errors);
	w->parser = p;
	w->errors = p->errors;
	w->terms = *terms;
	w->top = scope->top;
	w->where.file = s->first->place.file;
	w->where.line = s->first->place.line;
	for (item = s->first; item != stop; item = item->next)
		w->end = item->end;
	return ret;
}

static void
run(struct parser *p, const struct scope *scope, const struct directive *d,
    const struct statement *s, const struct item *rest)
{
	struct words w;
	struct term *terms;

	if (statement_words(p, scope, s, rest, s->stop, &w, &terms) == 0) {
		if (d->type == CONF_INCLUDE)
			parse_include(p, &w);
		else
			directive_read(d, scope->conf, &w);
	}
	terms_free(terms, w.n);
}

/* Returns where the next statement begins. */
static const struct item *
directive(struct parser *p, struct scope *scope, const struct statement *s)
{
	const struct directive *d;
	const struct item      *rest = s->first;
	struct place	       *seen;
	size_t			words;

	if ((d = lookup(scope->block, s->first, &words)) == NULL) {
		if (!s->bad)
			lookup_fail(p, scope->block, s->first);
		return s->stop;
	}
	seen = &scope->seen[d - scope->block->directives];
	if (seen->line != 0 && !(d->flags & CONF_MANY)) {
		if (!s->bad)
			errors_twice(p->errors, &s->first->place, d->name,
			    "given", seen);
		return s->stop;
	}
	if (seen->line == 0)
		*seen = s->first->place;
	for (; words > 0; words--)
		rest = rest->next;
	if (d->type == CONF_BLOCK)
		return block_within(p, scope, d, s, rest);
	if (!s->bad)
		run(p, scope, d, s, rest);
	return s->stop;
}

/* Returns where the next statement begins. */
static const struct item *
statement(struct parser *p, struct scope *scope, const struct item *item)
{
	struct statement   s = statement_from(item);
	const struct item *second;
	size_t		   b;

	if (s.first == s.stop)
		return s.stop;
	second = statement_good(s.first->next, s.stop);
	if (second != s.stop && second->kind == ITEM_EQUALS) {
		macro(p, scope, &s, second);
		return s.stop;
	}
	if (s.first->kind != ITEM_WORD) {
		if (!s.bad)
			no_directive(p, s.first);
		return s.stop;
	}
	if (scope == &p->blocks[0]) {
		if ((b = lookup_block(s.first->text)) != 0)
			return block_component(p, &p->blocks[b], &s);
		scope = &p->blocks[lookup_outside(s.first)];
	}
	return directive(p, scope, &s);
}

void
parse_statements(struct parser *p, struct scope *scope, const struct item *item)
{
	while (item != NULL) {
		if (is_separator(item))
			item = item->next;
		else
			item = statement(p, scope, item);
	}
}
