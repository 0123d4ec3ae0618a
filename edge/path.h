/* SPDX-License-Identifier: ISC */
/*
 * The path of a request as routing sees it (RFC 3986, 6.2.2): escapes undone,
 * "//" and "/./" gone, "/../" gone up.  The bytes that go to the upstream
 * stay as they came.  Pure.
 */
#ifndef PATH_H
#define PATH_H

#include <stddef.h>

#include "slice.h"

/*
 * Servers do not agree on what divides a path.  Each of these bits takes one
 * thing for more than letters; any sum of them is the reading of some server.
 * PATH_PLAIN is how the file's words are meant.
 */
#define PATH_PLAIN	 0
#define PATH_SLASHES	 1 /* %2f is "/" */
#define PATH_BACKSLASHES 2 /* "\" and %5c are "/" */
#define PATH_PARAMETERS	 4 /* ";" ends a segment: what follows is nothing */
#define PATH_EMPTIES	 8 /* ".." goes up from "a//" to "a/", not to "/" */
#define PATH_WIDE	 15

/* Is every reading of it the path itself?  So are nearly all. */
int path_is_normal(struct slice path);

/* The readings that may make a difference for it: the sum of their bits. */
unsigned int path_readings(struct slice path);

/*
 * Write the normalised path, with a NUL, to dst (size at least path.len + 1),
 * and its length to *len.  It begins with "/" and has no "//", "/./" or "/../"
 * in it; %25, and %2F where it is no "/", stay escapes, so that normalising
 * it once more changes nothing.
 *
 * NULL, or a phrase that says why it is no path: a bad escape, an encoded
 * NUL or other control byte, ".." above the root.
 */
const char *path_normalise(char *dst, size_t size, struct slice path,
    unsigned int reading, size_t *len);

#endif /* PATH_H */
