/* SPDX-License-Identifier: ISC */
/*
 * The state folder: root's, never a symbolic link, never writable by others.
 */
#ifndef STATE_H
#define STATE_H

/*
 * Make what leads to the folder, if it is missing: Debian has no /var/db.
 * Whatever is there stays as it is, links and all: it is the operator's.
 * 0, or -1 with the reason logged.
 */
int state_ancestors(const char *path);
/* The same, then the folder itself and its subfolder run. */
int state_prepare(const char *path);

#endif /* STATE_H */
