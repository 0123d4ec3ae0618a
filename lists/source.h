/* SPDX-License-Identifier: ISC */
/*
 * The files of one source, and what becomes of them: in use, before, held
 * back; and the list that is the union of its sources.  Nothing here fetches.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "feed.h"
#include "folder.h"
#include "lists_conf.h"
#include "meta.h"
#include "set.h"

#define SOURCE_NAME_LEN (LIST_NAME_LEN + 24)

/* "drop-1a2b3c4d", by which its files in src are named. */
const char *source_name(const struct list_conf *, const struct list_source *,
    char buf[SOURCE_NAME_LEN]);
/* How it is shown: the file, or the url without user, query and fragment. */
const char *source_shown(const struct list_source *, char *buf, size_t size);

/* An absent one is all zeros.  0 or -1 with errno. */
int source_read_meta(const struct folder *, const char *name, struct meta *);
int source_write_meta(const struct folder *, const char *name,
    const struct meta *);

/*
 * What was read: take it into use (merged; .prev and .since follow), or hold
 * it back.  0, or -1 with errno, and nothing is changed.
 */
int source_install(const struct folder *, const char *name, struct feed *,
    int64_t now);
int source_hold(const struct folder *, const char *name, struct feed *,
    int64_t now);
/* What is held back into use.  0, or -1 with errno (ENOENT: nothing is). */
int source_accept(const struct folder *, const char *name, int64_t now);
/* Mapped; NULL: there is none, or it is bad (why says so). */
struct set *source_open(const struct folder *, const char *name,
    const char *suffix, char why[SET_WHY_LEN]);
/* Since when is it in the source?  0: it is not. */
int64_t source_since(const struct folder *, const char *name,
    const struct addr *);

/* NAME.set from what its sources have in use, if it differs.  0 or -1. */
int list_union(const struct folder *, const struct list_conf *, int64_t now);
/* Files of lists and sources that the file does not name any more. */
void list_sweep(const struct folder *, const struct lists_conf *);

#endif /* SOURCE_H */
