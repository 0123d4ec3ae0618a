/* SPDX-License-Identifier: ISC */
/*
 * The sets that a door has: by the list's name, each one swapped for a newer
 * one when its parent hands it over.  For one thread: no locks.
 */
#ifndef SETS_H
#define SETS_H

#include <stddef.h>

#include "lists_conf.h"
#include "set.h"

struct sets;

/* Calls set_guard(), too.  NULL with errno. */
struct sets *sets_new(void);
void	     sets_free(struct sets *);
/*
 * A new file for that list (the descriptor is closed); -1: it is gone.  One
 * that is bad is refused: 0, or -1 with the reason in why, and the former one
 * stays.
 */
int sets_take(struct sets *, const char *name, int fd, char why[SET_WHY_LEN]);
/* NULL: there is none. */
const struct set *sets_get(const struct sets *, const char *name);
/* A from_member: arg is the struct sets. */
int sets_member(void *arg, const char *list, const struct addr *);
/* Nothing may block this address. */
int sets_protected(const struct sets *, const struct addr *);
/*
 * Forget those that are cut under the mapping; returns how many.  Whoever
 * holds sets calls it now and then (each second, say) and says it.
 */
size_t sets_tidy(struct sets *);

#endif /* SETS_H */
