/* SPDX-License-Identifier: ISC */
#include <stdatomic.h>
#include <stdlib.h>

#include "log.h"
#include "parse.h"
#include "xalloc.h"

struct conf_refs {
	atomic_uint  n;
	struct conf *conf;
};

static struct conf *
conf_new(void)
{
	struct conf *c = xcalloc(1, sizeof(*c));
	size_t	     b;

	c->refs = xcalloc(1, sizeof(*c->refs));
	c->refs->conf = c;
	atomic_init(&c->refs->n, 1);
	for (b = 0; conf_blocks[b] != NULL; b++) {
		if (b == BLOCKS_MAX)
			bug("more than %d blocks", BLOCKS_MAX);
		c->blocks[b] = block_new(conf_blocks[b]);
	}
	return c;
}

static void
conf_free(struct conf *c)
{
	size_t i;

	for (i = 0; conf_blocks[i] != NULL; i++)
		block_free(conf_blocks[i], c->blocks[i]);
	for (i = 0; i < c->nnames; i++)
		free(c->names[i]);
	free(c->names);
	free(c->refs);
	free(c);
}

static void
parser_free(struct parser *p)
{
	struct tree *tree;
	size_t	     b;

	macros_free(&p->macros);
	refs_free(&p->refs);
	while ((tree = p->trees) != NULL) {
		p->trees = tree->next;
		tree_free(tree);
	}
	for (b = 0; conf_blocks[b] != NULL; b++)
		free(p->blocks[b].seen);
	errors_free(p->errors);
}

static struct conf *
read_all(const struct conf_text *text, struct conf_text *grow, const char *name,
    conf_say *say, void *arg)
{
	struct parser p = { .text = text, .grow = grow };
	struct conf  *conf;
	size_t	      b;

	p.conf = conf = conf_new();
	p.errors = errors_new();
	for (b = 0; conf_blocks[b] != NULL; b++) {
		p.blocks[b].block = conf_blocks[b];
		p.blocks[b].conf = p.blocks[b].top = conf->blocks[b];
		p.blocks[b].seen = xcalloc(block_directives(conf_blocks[b]),
		    sizeof(struct place));
	}
	parse_main(&p, name);
	for (b = 0; conf_blocks[b] != NULL; b++)
		parse_finish(&p, &p.blocks[b]);
	refs_check(&p.refs, p.errors);
	if (errors_count(p.errors) > 0) {
		errors_say(p.errors, say, arg);
		conf_free(conf);
		conf = NULL;
	}
	parser_free(&p);
	return conf;
}

struct conf *
conf_read(const char *path, struct conf_text **textp, conf_say *say, void *arg)
{
	struct conf_text *text;
	struct conf	 *conf;

	text = conf_text_new();
	conf = read_all(text, text, path, say, arg);
	if (textp != NULL)
		*textp = NULL;
	if (conf != NULL && textp != NULL)
		*textp = text;
	else
		conf_text_free(text);
	return conf;
}

struct conf *
conf_parse(const struct conf_text *text, conf_say *say, void *arg)
{
	const char *name;

	if (conf_text_count(text) == 0) {
		say(arg, "no file to read");
		return NULL;
	}
	conf_text_file(text, 0, &name, NULL);
	return read_all(text, NULL, name, say, arg);
}

struct conf *
conf_ref(const struct conf *c)
{
	atomic_fetch_add(&c->refs->n, 1);
	return c->refs->conf;
}

void
conf_unref(const struct conf *c)
{
	if (c != NULL && atomic_fetch_sub(&c->refs->n, 1) == 1)
		conf_free(c->refs->conf);
}

static size_t
block_index(const struct conf_block *block)
{
	size_t b;

	for (b = 0; conf_blocks[b] != block; b++) {
		if (conf_blocks[b] == NULL)
			bug("a block that blocks.c does not know");
	}
	return b;
}

const void *
conf_get(const struct conf *c, const struct conf_block *block)
{
	return c->blocks[block_index(block)];
}

int
conf_has(const struct conf *c, const struct conf_block *block)
{
	return c->has[block_index(block)];
}

void
conf_print(const struct conf *c, FILE *fp)
{
	size_t b;

	for (b = 0; conf_blocks[b] != NULL; b++)
		block_print(conf_blocks[b], c->blocks[b], fp);
}
