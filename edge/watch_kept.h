/* SPDX-License-Identifier: ISC */
/*
 * The last good content over an upgrade of the parent: what is on disk then
 * may be bad, and must not take its place.
 */
#ifndef WATCH_KEPT_H
#define WATCH_KEPT_H

#include <stddef.h>

struct daemon_parent;
struct watch_pair;

/* Leave the pair to the program that takes over, as its nth. */
void watch_kept_write(struct daemon_parent *, const struct watch_pair *,
    size_t n);
/* The nth that was left to us, or NULL. */
struct watch_pair *watch_kept_read(struct daemon_parent *, size_t n);

#endif /* WATCH_KEPT_H */
