/* SPDX-License-Identifier: ISC */
/*
 * The one file, read: text in, typed structs out.
 *
 * A program reads the file once from disk (conf_read), which also gives the
 * text of the file and of all that it includes.  A parent sends that text to
 * its jailed child, which parses it again by the same code (conf_parse) and
 * opens nothing.  What comes out is const from then on and lives until the
 * last reference is dropped; a reload makes a second one.
 *
 * Every program knows every component's words (blocks.c), so that every
 * program refuses the same typo.
 */
#ifndef CONF_H
#define CONF_H

#include <stddef.h>

struct conf;
struct conf_text;
struct conf_block; /* directive.h */

#define CONF_FILE     "/etc/postern.conf"
#define CONF_TEXT_MAX (1024 * 1024) /* bytes of all files together */

/* A place in the file.  The string lives as long as the conf. */
struct conf_where {
	const char  *file;
	unsigned int line; /* 0: a default, no line */
};

/* Gets each error: "FILE:LINE:COLUMN: what was expected", no newline. */
typedef void conf_say(void *arg, const char *text);

/*
 * Read path and what it includes.  All errors are said, and none that only
 * follows from another.  Returns NULL on any error.  If textp is not NULL,
 * *textp is the text (the caller frees it) or NULL.  As root, a file that
 * others can write is refused.
 */
struct conf *conf_read(const char *path, struct conf_text **textp, conf_say *,
    void *arg);
/* The same from memory; the first file of the text is the main one. */
struct conf *conf_parse(const struct conf_text *, conf_say *, void *arg);

/* Thread-safe counting of users; conf_read and conf_parse return one. */
struct conf *conf_ref(const struct conf *);
void	     conf_unref(const struct conf *);

/* The struct of one component, filled in full with defaults. */
const void *conf_get(const struct conf *, const struct conf_block *);
/* Is the component's block in the file at all? */
int conf_has(const struct conf *, const struct conf_block *);

/* The text, file by file. */
struct conf_text *conf_text_new(void);
void		  conf_text_free(struct conf_text *);
/*
 * Append bytes to the file of that name: the last one, or a new one.  0, or
 * -1 when it is too much.
 */
int conf_text_add(struct conf_text *, const char *name, const void *, size_t);
size_t	    conf_text_count(const struct conf_text *);
const char *conf_text_file(const struct conf_text *, size_t i,
    const char **name, size_t *len);

/* What "postern check -v" prints: the file again, defaults included. */
#include <stdio.h>
void conf_print(const struct conf *, FILE *);

#endif /* CONF_H */
