/* SPDX-License-Identifier: ISC */
/*
 * A file that was read, for as long as somebody lives by it.
 */
#include <stdlib.h>

#include "log.h"
#include "parent.h"
#include "text.h"
#include "wire.h"
#include "xalloc.h"

/* Bytes of file in one message, beside a name and some numbers. */
#define PIECE (WIRE_MAX - TEXT_NAME_MAX - TEXT_NUMBER_ROOM)

struct generation *
generation_new(struct daemon_parent *p, struct conf *conf,
    struct conf_text *text)
{
	struct generation *g;

	g = xcalloc(1, sizeof(*g));
	g->number = p->ngenerations++;
	g->refs = 1;
	g->nworkers = 1;
	if (conf != NULL && parent_has_crowd(p))
		g->nworkers = p->daemon->workers(conf);
	g->conf = conf;
	g->text = text;
	TAILQ_INSERT_TAIL(&p->generations, g, entry);
	return g;
}

struct generation *
generation_ref(struct generation *g)
{
	g->refs++;
	return g;
}

void
generation_unref(struct daemon_parent *p, struct generation *g)
{
	if (g == NULL || --g->refs > 0)
		return;
	TAILQ_REMOVE(&p->generations, g, entry);
	if (g->conf != NULL)
		conf_unref(g->conf);
	conf_text_free(g->text);
	free(g);
}

void
generation_pieces(const struct generation *g,
    void (*fn)(void *arg, const char *name, const void *bytes, size_t len),
    void *arg)
{
	const char *data, *name;
	size_t	    i, off, len, piece;

	for (i = 0; i < conf_text_count(g->text); i++) {
		data = conf_text_file(g->text, i, &name, &len);
		off = 0;
		do {
			piece = len - off;
			if (piece > PIECE)
				piece = PIECE;
			fn(arg, name, data + off, piece);
			off += piece;
		} while (off < len);
	}
}
