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
 * Two readings, for not every server agrees on what divides a path:
 * PATH_WIDE takes %2f for "/", "\" and "%5c" for "/", and drops ";" and what
 * follows it in a segment; PATH_PLAIN takes them as letters.
 */
enum path_reading {
	PATH_WIDE,
	PATH_PLAIN
};

/*
 * Write the normalised path, with a NUL, to dst (size at least path.len + 2).
 * NULL, or a phrase that says why it is no path: a bad escape, an encoded
 * NUL or other control byte, ".." above the root.
 */
const char *path_normalise(char *dst, size_t size, struct slice path,
    enum path_reading);

#endif /* PATH_H */
