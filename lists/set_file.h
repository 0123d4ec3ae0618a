/* SPDX-License-Identifier: ISC */
/*
 * A set file in state/lists, as root looks at it: the folder is another
 * user's, too, so that no link is followed, nothing is waited for, and only
 * what everybody may read anyway is handed on.
 */
#ifndef SET_FILE_H
#define SET_FILE_H

#include <limits.h>

#include "stamp.h"

/* STATE/lists/NAME.set */
void set_file_path(char path[PATH_MAX], const char *state, const char *name);
void set_file_stamp(struct stamp *, const char *path);
/*
 * Open it; ours: only root (or who we are) may have made it.  The stamp is of
 * what was opened.  -1 with a static phrase in why.
 */
int set_file_open(const char *path, int ours, struct stamp *, const char **why);

#endif /* SET_FILE_H */
