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

struct former;

#define SOURCE_NAME_LEN (LIST_NAME_LEN + 24)

/* "drop-1a2b3c4d", by which its files in src are named. */
const char *source_name(const struct list_conf *, const struct list_source *,
    char buf[SOURCE_NAME_LEN]);
/* How it is shown: the file, or the url without user, query and fragment. */
const char *source_shown(const struct list_source *, char *buf, size_t size);

/* An absent one is all zeros.  0 or -1 with errno.  To write: locked. */
int source_read_meta(const struct folder *, const char *name, struct meta *);
int source_write_meta(const struct folder *, const char *name,
    const struct meta *);

/*
 * What was read: take it into use (.prev and .since follow; what was held
 * back is gone), or hold it back.  Of info the time and the counts of lines
 * are taken.  1, 0 if the same is in use already, or -1 with errno, and
 * nothing is changed.  Whoever calls these has the folder's lock.
 */
int source_install(const struct folder *, const char *name,
    const struct ranges *, const struct set_info *);
int source_hold(const struct folder *, const char *name, const struct ranges *,
    const struct set_info *);
/* Are these merged ranges what is in use? */
int source_has(const struct folder *, const char *name, const struct ranges *);
/* Nothing is held back any more. */
void source_drop_held(const struct folder *, const char *name);
/*
 * What is held back into use; the meta follows.  0, or -1 with errno (ENOENT:
 * nothing is; EBADMSG: it is no good set file).  list_union() is next.
 */
int source_accept(const struct folder *, const char *name, int64_t now);
/* Mapped; NULL: there is none, or it is bad (why says so). */
struct set *source_open(const struct folder *, const char *name,
    const char *suffix, char why[SET_WHY_LEN]);
/*
 * Since when is it in the source?  0: it is not.  Of a range that grew it is
 * the time at which it did.
 */
int64_t source_since(const struct folder *, const char *name,
    const struct addr *);

/*
 * Had it no good answer for so long that people should know?  Of a url; a
 * file is never stale.
 */
int source_is_stale(const struct list_conf *, const struct list_source *,
    const struct meta *, int64_t now);

/*
 * NAME.set from what its sources have in use, if it differs; and from what
 * former ones said that a new one took the place of which was never read (see
 * former.h): a word that is changed opens no door.  The files of the other
 * former ones go.  If nothing was ever read, it stays as it is.  Locked.  1: there is a new one; 0: it is as it was; -1: the reason is
 * logged, and the former one stays.
 */
int list_union(const struct folder *, const struct list_conf *, int64_t now);
/*
 * How many of these merged ranges have a protected address, by
 * protected.set?  0 if there is none.
 */
size_t list_protected(const struct folder *, const struct ranges *);
/*
 * The former sources of that list of which there is something: fn gets the
 * name of each, until it is not 0, which is returned.
 */
int list_former(const struct folder *, const struct list_conf *,
    int (*fn)(void *arg, const char *name), void *arg);
/* The files of those that do not count go.  Locked. */
void list_forget(const struct folder *, const struct list_conf *,
    const struct former *);
/* The files of lists that the file does not name any more go.  Locked. */
void list_sweep(const struct folder *, const struct lists_conf *);

#endif /* SOURCE_H */
