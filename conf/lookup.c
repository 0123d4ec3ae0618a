/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>

#include "nearest.h"
#include "parse.h"

size_t
lookup_block(const char *name)
{
	size_t b;

	for (b = 1; conf_blocks[b] != NULL; b++) {
		if (conf_blocks[b]->name != NULL &&
		    strcmp(conf_blocks[b]->name, name) == 0)
			return b;
	}
	return 0;
}

/*
 * How many words of name the items begin with; *rest is what is left of
 * name.
 */
static size_t
match(const char *name, const struct item *item, const char **rest)
{
	size_t len, n = 0;

	while (*name != '\0' && item != NULL && item->kind == ITEM_WORD) {
		len = strcspn(name, " ");
		if (strlen(item->text) != len ||
		    strncmp(name, item->text, len) != 0)
			break;
		n++;
		name += len;
		name += *name == ' ';
		item = item->next;
	}
	*rest = name;
	return n;
}

/* The most words of any name that the items begin with. */
static size_t
match_best(const struct conf_block *block, const struct item *item,
    const struct directive **whole)
{
	const struct directive *d;
	const char	       *rest;
	size_t			n, best = 0;

	*whole = NULL;
	for (d = block->directives; d->name != NULL; d++) {
		n = match(d->name, item, &rest);
		if (n < best || n == 0)
			continue;
		if (n > best)
			*whole = NULL;
		best = n;
		if (*rest == '\0')
			*whole = d;
	}
	return best;
}

size_t
lookup_outside(const struct item *item)
{
	const struct directive *whole;
	size_t			b, n, found = 0, most = 0;

	for (b = 0; conf_blocks[b] != NULL; b++) {
		if (conf_blocks[b]->name != NULL)
			continue;
		n = match_best(conf_blocks[b], item, &whole);
		if (whole != NULL)
			return b;
		if (n > most) {
			most = n;
			found = b;
		}
	}
	return found;
}

const struct directive *
lookup(const struct conf_block *block, const struct item *item, size_t *words)
{
	const struct directive *whole;

	*words = match_best(block, item, &whole);
	return whole;
}

/* What may follow the first words of some names. */
struct follow {
	char   words[8][32];
	size_t n;
};

static void
follow_add(struct follow *f, const char *rest)
{
	char   word[sizeof(f->words[0])];
	size_t i;

	if (f->n == sizeof(f->words) / sizeof(f->words[0]))
		return;
	snprintf(word, sizeof(word), "%.*s", (int)strcspn(rest, " "), rest);
	for (i = 0; i < f->n; i++) {
		if (strcmp(f->words[i], word) == 0)
			return;
	}
	memcpy(f->words[f->n++], word, sizeof(word));
}

/* "to" or "from" */
static void
follow_print(const struct follow *f, char *buf, size_t size)
{
	size_t i;

	buf[0] = '\0';
	for (i = 0; i < f->n; i++) {
		if (i > 0)
			strlcat(buf, i + 1 == f->n ? " or " : ", ", size);
		strlcat(buf, "\"", size);
		strlcat(buf, f->words[i], size);
		strlcat(buf, "\"", size);
	}
}

/* The first n words of a name were right, the next is not. */
static void
fail_partial(struct parser *p, const struct conf_block *block,
    const struct item *first, size_t n)
{
	const struct directive *d;
	const struct item      *item = first, *last = first;
	struct follow		follow = { .n = 0 };
	struct nearest		near;
	const char	       *rest;
	char			all[320], begin[128] = "", shown[SHOWN_LEN];
	size_t			i;

	for (i = 0; i < n; i++, item = item->next) {
		strlcat(begin, i > 0 ? " " : "", sizeof(begin));
		strlcat(begin, item->text, sizeof(begin));
		last = item;
	}
	for (d = block->directives; d->name != NULL; d++) {
		if (match(d->name, first, &rest) == n)
			follow_add(&follow, rest);
	}
	follow_print(&follow, all, sizeof(all));
	if (item == NULL ||
	    (item->kind != ITEM_WORD && item->kind != ITEM_QUOTED)) {
		errors_add(p->errors, &last->end, "expected %s after \"%s\"",
		    all, begin);
		return;
	}
	nearest_init(&near, item->text);
	for (i = 0; i < follow.n; i++)
		nearest_offer(&near, follow.words[i], follow.words[i]);
	errors_show(shown, item->text);
	if (near.best != NULL && follow.n > 1)
		errors_add(p->errors, &item->place,
		    "expected %s after "
		    "\"%s\", got \"%s\"; did you mean \"%s\"?",
		    all, begin, shown, near.best);
	else
		errors_add(p->errors, &item->place,
		    "expected %s after \"%s\", got \"%s\"", all, begin, shown);
}

/* The blocks that have a directive which the items name. */
struct places {
	const struct item	*item;
	const struct conf_block *except;
	const struct directive	*found;
	const char		*names[8];
	size_t			 n;
	int			 outside; /* or outside any block */
};

/* In that block, or in one within it? */
static void
places_find(struct places *pl, const struct conf_block *block)
{
	const struct directive *d;
	size_t			n;

	if (block != pl->except && (d = lookup(block, pl->item, &n)) != NULL) {
		pl->found = d;
		if (block->name == NULL)
			pl->outside = 1;
		else if (pl->n < sizeof(pl->names) / sizeof(pl->names[0]))
			pl->names[pl->n++] = block->name;
	}
	for (d = block->directives; d->name != NULL; d++) {
		if (d->type == CONF_BLOCK)
			places_find(pl, d->block);
	}
}

/* "in the block edge, site or location" */
static void
places_print(const struct places *pl, char *buf, size_t size)
{
	size_t i;

	strlcpy(buf, pl->outside ? "outside any block" : "", size);
	if (pl->outside && pl->n > 0)
		strlcat(buf, " or ", size);
	for (i = 0; i < pl->n; i++) {
		if (i == 0)
			strlcat(buf, "in the block ", size);
		else
			strlcat(buf, i + 1 == pl->n ? " or " : ", ", size);
		strlcat(buf, pl->names[i], size);
	}
}

/* Is it a directive of other blocks?  Then say of which. */
static int
fail_elsewhere(struct parser *p, const struct conf_block *block,
    const struct item *item)
{
	struct places pl = { .item = item, .except = block };
	char	      where[256];
	size_t	      i;

	for (i = 0; conf_blocks[i] != NULL; i++)
		places_find(&pl, conf_blocks[i]);
	places_print(&pl, where, sizeof(where));
	if (pl.found != NULL)
		errors_add(p->errors, &item->place, "\"%s\" belongs %s",
		    pl.found->name, where);
	else if (block->name != NULL && lookup_block(item->text) != 0)
		errors_add(p->errors, &item->place,
		    "the block \"%s\" belongs "
		    "outside any other",
		    item->text);
	else
		return 0;
	return 1;
}

/* The names of a block's directives, and their first words. */
static void
offer_all(struct nearest *near, const struct conf_block *block)
{
	const struct directive *d;
	char			first[64];

	for (d = block->directives; d->name != NULL; d++) {
		snprintf(first, sizeof(first), "%.*s",
		    (int)strcspn(d->name, " "), d->name);
		nearest_offer(near, first, d->name);
		nearest_offer(near, d->name, d->name);
	}
}

/*
 * What is none may be half of the line before it, and a secret: only what
 * looks as if it were meant for one is shown.
 */
static int
is_like_directive(const char *text)
{
	return strspn(text,
		   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		   "abcdefghijklmnopqrstuvwxyz-_") == strlen(text);
}

static void
fail_unknown(struct parser *p, const struct conf_block *block,
    const struct item *item)
{
	struct nearest near;
	const char    *name = block->name;
	char	       shown[SHOWN_LEN], in[64] = "";
	size_t	       i;

	nearest_init(&near, item->text);
	offer_all(&near, block);
	for (i = 1; name == NULL && conf_blocks[i] != NULL; i++) {
		if (conf_blocks[i]->name == NULL)
			offer_all(&near, conf_blocks[i]);
		else
			nearest_offer(&near, conf_blocks[i]->name,
			    conf_blocks[i]->name);
	}
	if (name != NULL)
		snprintf(in, sizeof(in), " in the block %s", name);
	errors_show(shown, item->text);
	if (!is_like_directive(item->text))
		errors_add(p->errors, &item->place,
		    "expected a directive%s, got another word", in);
	else if (near.best != NULL)
		errors_add(p->errors, &item->place,
		    "there is no directive "
		    "\"%s\"%s; did you mean \"%s\"?",
		    shown, in, near.best);
	else
		errors_add(p->errors, &item->place,
		    "there is no directive "
		    "\"%s\"%s",
		    shown, in);
}

void
lookup_fail(struct parser *p, const struct conf_block *block,
    const struct item *item)
{
	const struct directive *whole;
	size_t			n;

	if ((n = match_best(block, item, &whole)) > 0)
		fail_partial(p, block, item, n);
	else if (!fail_elsewhere(p, block, item))
		fail_unknown(p, block, item);
}
