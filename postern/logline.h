/* SPDX-License-Identifier: ISC */
/*
 * A log, line by line, whatever bytes are in it.
 */
#ifndef LOGLINE_H
#define LOGLINE_H

#include <stdio.h>

#define LOGLINE_LEN 4096 /* a record is 2048 at most, and a header */

/*
 * Read a line without its newline.  One that does not fit, or holds a NUL
 * byte, is none of those that are looked for and comes back empty; so no part
 * of a line is ever taken for a line.  1, or 0 at the end.
 */
int logline_read(FILE *, char buf[LOGLINE_LEN], size_t *len);

#endif /* LOGLINE_H */
