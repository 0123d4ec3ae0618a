/* SPDX-License-Identifier: ISC */
/*
 * A log that somebody names: a file, packed by gzip or not, as logs are when
 * they are a week old.
 */
#ifndef LOGOPEN_H
#define LOGOPEN_H

#include <stdio.h>

/*
 * name "-" is standard input.  NULL: cannot be opened, and said.  When the
 * stream has an error later (ferror), that is said already, too.  For
 * fclose(3).
 */
FILE *logopen(const char *name);

#endif /* LOGOPEN_H */
