/* SPDX-License-Identifier: ISC */
/*
 * What conf.h does not say of the text.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>

#include "conf.h"

#define TEXT_NAME_MAX 1000 /* bytes of a file's path */

/* The index of the file of that name, or -1. */
long text_find(const struct conf_text *, const char *name);

/*
 * Read a file from disk and add it under that name.  0, or -1 with a
 * sentence in why.  As root, the file must be root's or the caller's own,
 * and nobody else may be able to write it.
 */
int text_load(struct conf_text *, const char *path, char *why, size_t size);

/* Are we somebody who may not read that file, and not root? */
int text_is_secret(const char *path);

#endif /* TEXT_H */
