/* SPDX-License-Identifier: ISC */
#include "former.h"

#include <sys/stat.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "source_file.h"
#include "whole.h"

#define WAITS	 " waits"
#define LINE_LEN (SOURCE_NAME_LEN + sizeof(WAITS) + 1)
#define TEXT_LEN (LIST_SOURCES_MAX * LINE_LEN)

static const struct former_named *
find(const struct former_named *v, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(v[i].name, name) == 0)
			return &v[i];
	return NULL;
}

static void
take_line(struct former *o, char *line)
{
	struct former_named *n = &o->was[o->nwas];
	size_t		     len = strcspn(line, " ");

	if (o->nwas == LIST_SOURCES_MAX || len >= sizeof(n->name))
		return;
	n->waits = strcmp(line + len, WAITS) == 0;
	line[len] = '\0';
	strlcpy(n->name, line, sizeof(n->name));
	o->nwas++;
}

/* 0; -1: nobody has ever noted who was named. */
static int
read_was(struct former *o)
{
	char	file[SOURCE_FILE_LEN], text[TEXT_LEN + 1], *line, *next = text;
	ssize_t len = -1;
	int	fd = -1;

	if (source_file(file, o->list->name, FORMER_SUFFIX) == 0)
		fd = source_file_open(o->f->src, file);
	if (fd == -1)
		return -1;
	len = whole_read(fd, text, TEXT_LEN, 0);
	close(fd);
	if (len == -1)
		return -1;
	text[len] = '\0';
	while ((line = strsep(&next, "\n")) != NULL)
		if (line[0] != '\0')
			take_line(o, line);
	return 0;
}

static int
was_read(const struct former *o, const char *name)
{
	char	    file[SOURCE_FILE_LEN];
	struct stat st;

	return source_file(file, name, SET_SUFFIX) == 0 &&
	    fstatat(o->f->src, file, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Was it named the last time?  That it is not now is known. */
static int
is_taken_out(void *arg, const char *name)
{
	const struct former *o = arg;

	return find(o->was, o->nwas, name) != NULL;
}

static int
is_there(void *arg, const char *name)
{
	(void)arg;
	(void)name;
	return 1;
}

/* Did one go that was waited for?  Whoever comes takes that over. */
static int
has_heir(const struct former *o)
{
	size_t i;

	for (i = 0; i < o->nwas; i++)
		if (o->was[i].waits &&
		    find(o->is, o->list->nsources, o->was[i].name) == NULL)
			return 1;
	return 0;
}

void
former_init(struct former *o, const struct folder *f,
    const struct list_conf *list)
{
	const struct former_named *was;
	struct former_named	  *is;
	size_t			   i;
	int			   all, gone;

	memset(o, 0, sizeof(*o));
	o->f = f;
	o->list = list;
	/* Without a note, whoever is not named may have gone just now. */
	all = read_was(o) == -1;
	for (i = 0; i < list->nsources; i++)
		source_name(list, &list->sources[i], o->is[i].name);
	gone = list_former(f, list, all ? is_there : is_taken_out, o) ||
	    has_heir(o);
	for (i = 0; i < list->nsources; i++) {
		is = &o->is[i];
		if (was_read(o, is->name))
			continue;
		was = find(o->was, o->nwas, is->name);
		is->waits = was != NULL ? was->waits : gone;
		o->came |= was == NULL;
		o->waits |= is->waits;
	}
}

int
former_counts(const struct former *o, const char *name)
{
	if (!o->waits)
		return 0;
	return o->came || find(o->was, o->nwas, name) == NULL;
}

static int
is_same(const struct former *o)
{
	const struct former_named *was;
	size_t			   i;

	for (i = 0; i < o->list->nsources; i++) {
		was = find(o->was, o->nwas, o->is[i].name);
		if (was == NULL || was->waits != o->is[i].waits)
			return 0;
	}
	return o->nwas == o->list->nsources;
}

void
former_done(const struct former *o)
{
	char		   file[SOURCE_FILE_LEN], text[TEXT_LEN + 1] = "";
	struct source_part part = { .bytes = text };
	size_t		   i;

	list_forget(o->f, o->list, o);
	if (is_same(o))
		return;
	for (i = 0; i < o->list->nsources; i++) {
		strlcat(text, o->is[i].name, sizeof(text));
		strlcat(text, o->is[i].waits ? WAITS "\n" : "\n", sizeof(text));
	}
	part.len = strlen(text);
	if (source_file(file, o->list->name, FORMER_SUFFIX) == -1 ||
	    source_file_write(o->f->src, file, &part, 1) == -1)
		log_warn("list %s: src/%s" FORMER_SUFFIX, o->list->name,
		    o->list->name);
}
