/* SPDX-License-Identifier: ISC */
#include "parse.h"

/* A statement: its items, and whether some error in it is said already. */
struct statement {
	const struct item *first;
	const struct item *stop;
	int		   bad;
};

static int
is_separator(const struct item *item)
{
	return item->kind == ITEM_NEWLINE || item->kind == ITEM_SEMICOLON;
}

/* The next item that is not bad, before the end. */
static const struct item *
good(const struct item *item, const struct item *stop)
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
	s.first = good(s.first, s.stop);
	return s;
}

static void
no_directive(struct parser *p, const struct item *item)
{
	char shown[SHOWN_LEN];

	switch (item->kind) {
	case ITEM_QUOTED:
		errors_add(p->errors, &item->place,
		    "expected a directive, "
		    "got \"%s\" in quotes",
		    errors_show(shown, item->text));
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
macro(struct parser *p, size_t b, const struct statement *s,
    const struct item *equals)
{
	const struct item      *name = s->first;
	const struct directive *d;
	size_t			n;

	d = name->kind == ITEM_WORD ? lookup(b, name, &n) : NULL;
	if (d != NULL ||
	    (name->kind == ITEM_WORD && b == 0 &&
		lookup_block(name->text) != 0))
		errors_add(p->errors, &equals->place,
		    "\"=\" defines a macro, "
		    "and \"%s\" is a directive: leave \"=\" out",
		    name->text);
	else if (b != 0)
		errors_add(p->errors, &name->place,
		    "macros are defined outside any block");
	else
		macro_define(&p->macros, name, equals->next, s->stop,
		    p->errors);
}

static void
block_body(struct parser *p, size_t b, const struct item *name,
    const struct item *braces)
{
	size_t before = errors_count(p->errors);

	if (p->opened[b].line != 0) {
		errors_twice(p->errors, &name->place, name->text, "given",
		    &p->opened[b]);
		return;
	}
	p->opened[b] = name->place;
	p->conf->has[b] = 1;
	if (!braces->unclosed)
		parse_statements(p, b, braces->child);
	if (braces->unclosed || errors_count(p->errors) != before)
		p->bad[b] = 1;
}

/*
 * NAME { ... }.  Returns where the next statement begins: a brace on the
 * following line is an error, but it is this block's brace.
 */
static const struct item *
block(struct parser *p, size_t b, const struct statement *s)
{
	const struct item *item, *next;
	char		   shown[SHOWN_LEN];

	item = good(s->first->next, s->stop);
	if (item == s->stop) {
		for (next = item; next != NULL && is_separator(next);)
			next = next->next;
		if (next == NULL || next->kind != ITEM_BRACES) {
			errors_add(p->errors, &s->first->end,
			    "expected \"{\" after \"%s\"", s->first->text);
			p->bad[b] = 1;
			return s->stop;
		}
		errors_add(p->errors, &next->place,
		    "the \"{\" belongs on "
		    "the line of its \"%s\"",
		    s->first->text);
		block_body(p, b, s->first, next);
		return next->next;
	}
	if (item->kind != ITEM_BRACES) {
		errors_add(p->errors, &item->place,
		    item->text == NULL ?
			"expected \"{\" after \"%s\"" :
			"expected \"{\" after \"%s\", got \"%s\"",
		    s->first->text,
		    errors_show(shown, item->text == NULL ? "" : item->text));
		while (item != s->stop && item->kind != ITEM_BRACES)
			item = item->next;
		p->bad[b] = 1;
		if (item == s->stop)
			return s->stop;
	}
	block_body(p, b, s->first, item);
	item = good(item->next, s->stop);
	if (item != s->stop)
		errors_add(p->errors, &item->place,
		    "expected the end of the "
		    "line after the \"}\" of \"%s\"",
		    s->first->text);
	return s->stop;
}

static void
run(struct parser *p, size_t b, const struct directive *d,
    const struct statement *s, const struct item *rest)
{
	const struct item *item;
	struct words	   w = { .errors = p->errors };
	struct term	  *terms;

	if (terms_make(&terms, &w.n, rest, s->stop, &p->macros, p->errors) ==
	    0) {
		w.terms = terms;
		w.where.file = s->first->place.file;
		w.where.line = s->first->place.line;
		for (item = s->first; item != s->stop; item = item->next)
			w.end = item->end;
		if (d->type == CONF_INCLUDE)
			parse_include(p, &w);
		else
			directive_read(d, p->conf->blocks[b], &w);
	}
	terms_free(terms, w.n);
}

static void
directive(struct parser *p, size_t b, const struct statement *s)
{
	const struct directive *d;
	const struct item      *rest = s->first;
	struct place	       *seen;
	size_t			words;

	if ((d = lookup(b, s->first, &words)) == NULL) {
		if (!s->bad)
			lookup_fail(p, b, s->first);
		return;
	}
	seen = &p->seen[b][d - conf_blocks[b]->directives];
	if (seen->line != 0 && !(d->flags & CONF_MANY)) {
		if (!s->bad)
			errors_twice(p->errors, &s->first->place, d->name,
			    "given", seen);
		return;
	}
	if (seen->line == 0)
		*seen = s->first->place;
	if (s->bad)
		return;
	for (; words > 0; words--)
		rest = rest->next;
	run(p, b, d, s, rest);
}

/* Returns where the next statement begins. */
static const struct item *
statement(struct parser *p, size_t b, const struct item *item)
{
	struct statement   s = statement_from(item);
	const struct item *second;
	size_t		   named;

	if (s.first == s.stop)
		return s.stop;
	second = good(s.first->next, s.stop);
	if (second != s.stop && second->kind == ITEM_EQUALS) {
		macro(p, b, &s, second);
		return s.stop;
	}
	if (s.first->kind != ITEM_WORD) {
		if (!s.bad)
			no_directive(p, s.first);
		return s.stop;
	}
	if (b == 0 && (named = lookup_block(s.first->text)) != 0)
		return block(p, named, &s);
	directive(p, b, &s);
	return s.stop;
}

void
parse_statements(struct parser *p, size_t b, const struct item *item)
{
	while (item != NULL) {
		if (is_separator(item))
			item = item->next;
		else
			item = statement(p, b, item);
	}
}
