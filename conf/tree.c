/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "lexer.h"
#include "tree.h"
#include "xalloc.h"

struct builder {
	struct tree	   *tree;
	const struct place *file;
	struct errors	   *errors;
	struct item	   *open[TREE_DEPTH];
	struct item	  **tail[TREE_DEPTH + 1];
	unsigned int	    depth;
	unsigned int	    beyond; /* braces that are too deep */
	struct lexer	    lexer;
};

static const enum item_kind kinds[] = { [TOKEN_WORD] = ITEM_WORD,
	[TOKEN_QUOTED] = ITEM_QUOTED,
	[TOKEN_MACRO] = ITEM_MACRO,
	[TOKEN_OPEN] = ITEM_BRACES,
	[TOKEN_CLOSE] = ITEM_BRACES,
	[TOKEN_COMMA] = ITEM_COMMA,
	[TOKEN_EQUALS] = ITEM_EQUALS,
	[TOKEN_SEMICOLON] = ITEM_SEMICOLON,
	[TOKEN_NEWLINE] = ITEM_NEWLINE,
	[TOKEN_BAD] = ITEM_BAD };

static struct place
token_place(const struct builder *b, const struct token *t)
{
	struct place place = *b->file;

	place.line = t->line;
	place.column = t->column;
	return place;
}

static char *
token_text(const struct token *t)
{
	struct token rest = *t;
	char	    *text;

	if (t->kind == TOKEN_MACRO) {
		rest.start++;
		rest.len--;
	}
	text = xcalloc(1, rest.len + 1);
	text[lexer_decode(&rest, text)] = '\0';
	return text;
}

static struct item *
add(struct builder *b, const struct token *t)
{
	struct item *item;

	if (b->beyond > 0)
		return NULL;
	item = xcalloc(1, sizeof(*item));
	item->kind = kinds[t->kind];
	item->src = t->start;
	item->place = item->end = token_place(b, t);
	item->end.column += (unsigned int)t->len;
	if (t->kind == TOKEN_WORD || t->kind == TOKEN_QUOTED ||
	    t->kind == TOKEN_MACRO)
		item->text = token_text(t);
	item->all = b->tree->all;
	b->tree->all = item;
	*b->tail[b->depth] = item;
	b->tail[b->depth] = &item->next;
	return item;
}

static void
open_brace(struct builder *b, const struct token *t)
{
	struct place place = token_place(b, t);
	struct item *item;

	if (b->beyond > 0 || b->depth == TREE_DEPTH) {
		if (b->beyond++ == 0)
			errors_add(b->errors, &place,
			    "braces within braces, more than %d deep",
			    TREE_DEPTH);
		return;
	}
	item = add(b, t);
	b->open[b->depth++] = item;
	b->tail[b->depth] = &item->child;
}

static void
close_brace(struct builder *b, const struct token *t)
{
	struct place place = token_place(b, t);

	if (b->beyond > 0)
		b->beyond--;
	else if (b->depth == 0) {
		if (!b->lexer.broken)
			errors_add(b->errors, &place, "\"}\" without a \"{\"");
	} else {
		b->depth--;
		place.column++;
		b->open[b->depth]->end = place;
	}
}

static void
bad(struct builder *b, const struct token *t)
{
	struct place place = token_place(b, t);

	errors_add(b->errors, &place, "%s", t->why);
	add(b, t);
}

struct tree *
tree_new(const char *text, size_t len, const struct place *file,
    struct errors *errors)
{
	struct builder b = { .file = file, .errors = errors };
	struct token   t;

	b.tree = xcalloc(1, sizeof(*b.tree));
	b.tail[0] = &b.tree->first;
	lexer_init(&b.lexer, text, len);
	while (lexer_next(&b.lexer, &t) != TOKEN_END) {
		if (t.kind == TOKEN_OPEN)
			open_brace(&b, &t);
		else if (t.kind == TOKEN_CLOSE)
			close_brace(&b, &t);
		else if (t.kind == TOKEN_BAD)
			bad(&b, &t);
		else
			add(&b, &t);
	}
	/* Of braces that miss their end, what is inside is not trusted. */
	while (b.depth > 0) {
		b.depth--;
		b.open[b.depth]->unclosed = 1;
		if (b.depth == 0 && !b.lexer.broken)
			errors_add(errors, &b.open[0]->place,
			    "this \"{\" has no \"}\"");
	}
	return b.tree;
}

void
tree_free(struct tree *tree)
{
	struct item *item;

	if (tree == NULL)
		return;
	while ((item = tree->all) != NULL) {
		tree->all = item->all;
		free(item->text);
		free(item);
	}
	free(tree);
}
