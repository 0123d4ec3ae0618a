/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "lexer.h"
#include "macro.h"
#include "nearest.h"
#include "xalloc.h"

void
macros_free(struct macros *all)
{
	struct macro *m;

	while ((m = all->first) != NULL) {
		all->first = m->next;
		free(m->value.items);
		free(m);
	}
}

const struct macro *
macro_find(const struct macros *all, const char *name)
{
	const struct macro *m;

	for (m = all->first; m != NULL; m = m->next) {
		if (strcmp(m->name, name) == 0)
			return m;
	}
	return NULL;
}

static void
undefined(const struct item *item, const struct macros *all,
    struct errors *errors)
{
	const struct macro *m;
	struct nearest	    near;
	char		    shown[SHOWN_LEN];

	nearest_init(&near, item->text);
	for (m = all->first; m != NULL; m = m->next)
		nearest_offer(&near, m->name, m->name);
	errors_show(shown, item->text);
	if (near.best != NULL)
		errors_add(errors, &item->place,
		    "there is no macro \"%s\"; "
		    "did you mean \"%s\"?",
		    shown, near.best);
	else
		errors_add(errors, &item->place, "there is no macro \"%s\"",
		    shown);
}

static struct word
item_word(const struct item *item)
{
	struct word word = { .text = item->text,
		.src = item->src,
		.place = item->place,
		.end = item->end,
		.quoted = item->kind == ITEM_QUOTED };

	return word;
}

/*
 * A word of a macro, at the place where the macro is used.  That its value
 * stands in quotes is the custom, and does not keep it from being a keyword.
 */
static struct word
macro_word(const struct word *value, const struct item *use)
{
	struct word word = *value;

	word.macro = use->text;
	word.place = use->place;
	word.end = use->end;
	word.quoted = 0;
	return word;
}

static int
list_add(struct term *list, const struct word *word, const struct item *item,
    struct errors *errors)
{
	if (list->nitems == MACRO_WORDS_MAX) {
		errors_add(errors, &item->place, "more than %d items in a list",
		    MACRO_WORDS_MAX);
		return -1;
	}
	/* Grows by doubling, at powers of two. */
	if ((list->nitems & (list->nitems - 1)) == 0)
		list->items = xreallocarray(list->items,
		    list->nitems == 0 ? 1 : list->nitems * 2,
		    sizeof(*list->items));
	list->items[list->nitems++] = *word;
	return 0;
}

/* The macro that an item names.  NULL: there is no using it. */
static const struct macro *
resolve(const struct item *item, const struct macros *all,
    struct errors *errors)
{
	const struct macro *m;

	if ((m = macro_find(all, item->text)) == NULL)
		undefined(item, all, errors);
	return m == NULL || m->bad ? NULL : m;
}

static int
list_add_macro(struct term *list, const struct item *item,
    const struct macros *all, struct errors *errors)
{
	const struct macro *m;
	struct word	    word;
	size_t		    i;

	if ((m = resolve(item, all, errors)) == NULL)
		return -1;
	if (!m->value.is_list) {
		word = macro_word(&m->value.word, item);
		return list_add(list, &word, item, errors);
	}
	for (i = 0; i < m->value.nitems; i++) {
		word = macro_word(&m->value.items[i], item);
		if (list_add(list, &word, item, errors) == -1)
			return -1;
	}
	return 0;
}

static int
list_add_item(struct term *list, const struct item *item,
    const struct macros *all, struct errors *errors)
{
	struct word word;

	switch (item->kind) {
	case ITEM_COMMA:
	case ITEM_NEWLINE:
		return 0;
	case ITEM_WORD:
	case ITEM_QUOTED:
		word = item_word(item);
		return list_add(list, &word, item, errors);
	case ITEM_MACRO:
		return list_add_macro(list, item, all, errors);
	case ITEM_BRACES:
		if (!item->unclosed)
			errors_add(errors, &item->place,
			    "expected words in a list, got \"{\"");
		return -1;
	case ITEM_EQUALS:
		errors_add(errors, &item->place,
		    "expected words in a list, got \"=\"");
		return -1;
	case ITEM_SEMICOLON:
		errors_add(errors, &item->place,
		    "expected words in a list, got \";\"");
		return -1;
	case ITEM_BAD:
		break;
	}
	return -1;
}

static int
make_list(struct term *list, const struct item *braces,
    const struct macros *all, struct errors *errors)
{
	const struct item *item;
	int		   ret = 0;

	list->is_list = 1;
	list->word.place = braces->place;
	list->word.end = braces->end;
	if (braces->unclosed)
		return -1;
	for (item = braces->child; item != NULL; item = item->next) {
		if (list_add_item(list, item, all, errors) == -1)
			ret = -1;
	}
	return ret;
}

static int
term_macro(struct term *term, const struct item *item, const struct macros *all,
    struct errors *errors)
{
	const struct macro *m;

	if ((m = resolve(item, all, errors)) == NULL)
		return -1;
	if (!m->value.is_list) {
		term->word = macro_word(&m->value.word, item);
		return 0;
	}
	term->is_list = 1;
	term->word.macro = item->text;
	term->word.place = item->place;
	term->word.end = item->end;
	return list_add_macro(term, item, all, errors);
}

static int
make_term(struct term *term, const struct item *item, const struct macros *all,
    struct errors *errors)
{
	memset(term, 0, sizeof(*term));
	switch (item->kind) {
	case ITEM_WORD:
	case ITEM_QUOTED:
		term->word = item_word(item);
		return 0;
	case ITEM_MACRO:
		return term_macro(term, item, all, errors);
	case ITEM_BRACES:
		return make_list(term, item, all, errors);
	case ITEM_COMMA:
		errors_add(errors, &item->place, "\",\" outside a list");
		return -1;
	case ITEM_EQUALS:
		errors_add(errors, &item->place,
		    "\"=\" belongs between a macro's name and its value");
		return -1;
	case ITEM_SEMICOLON:
	case ITEM_NEWLINE:
	case ITEM_BAD:
		break;
	}
	return -1;
}

int
terms_make(struct term **terms, size_t *n, const struct item *first,
    const struct item *stop, const struct macros *all, struct errors *errors)
{
	const struct item *item;
	size_t		   max = 0;
	int		   ret = 0;

	for (item = first; item != stop; item = item->next)
		max++;
	*n = 0;
	*terms = xcalloc(max == 0 ? 1 : max, sizeof(**terms));
	for (item = first; item != stop; item = item->next) {
		if (make_term(&(*terms)[(*n)++], item, all, errors) == -1)
			ret = -1;
	}
	return ret;
}

void
terms_free(struct term *terms, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		free(terms[i].items);
	free(terms);
}

static int
define(struct macro *m, const struct item *value, const struct item *stop,
    const struct macros *all, struct errors *errors)
{
	struct term *terms;
	size_t	     n;
	int	     ret = -1;

	if (terms_make(&terms, &n, value, stop, all, errors) == -1)
		goto out;
	if (n != 1) {
		errors_add(errors, n == 0 ? &m->place : &terms[1].word.place,
		    n == 0 ?
			"the macro \"%s\" has no value" :
			"expected one word or one list as the value of \"%s\"",
		    m->name);
		goto out;
	}
	m->value = terms[0];
	terms[0].items = NULL; /* the macro's now */
	ret = 0;
out:
	terms_free(terms, n);
	return ret;
}

void
macro_define(struct macros *all, const struct item *name,
    const struct item *value, const struct item *stop, struct errors *errors)
{
	const struct macro *was;
	struct macro	   *m;

	m = xcalloc(1, sizeof(*m));
	m->name = name->text != NULL ? name->text : "";
	m->place = name->place;
	if (name->kind != ITEM_WORD ||
	    !lexer_is_name(m->name, strlen(m->name))) {
		errors_add(errors, &name->place,
		    "a macro's name is made of "
		    "letters, digits and \"_\", and begins with a letter");
		m->bad = 1;
	} else if ((was = macro_find(all, m->name)) != NULL) {
		errors_twice(errors, &name->place, m->name, "defined",
		    &was->place);
		free(m);
		return;
	}
	if (define(m, value, stop, all, errors) == -1)
		m->bad = 1;
	m->next = all->first;
	all->first = m;
}
