/* SPDX-License-Identifier: ISC */
/*
 * Foreign text in an access line: access.c and access_json.c.  Pure.
 */
#ifndef ACCESS_TEXT_H
#define ACCESS_TEXT_H

#include <stddef.h>

#include "access.h"

/* Bytes of a foreign text as it is written. */
#define ACCESS_METHOD_MAX 64
#define ACCESS_TARGET_MAX 2048
#define ACCESS_FIELD_MAX  512

/*
 * At most max bytes: printable ASCII stands, a quote and a backslash have a
 * backslash before them, anything else is code ("\\x" or "\\u00") and two hex
 * digits.  It is cut at a whole one.
 */
void access_text(struct out *, struct slice, size_t max, const char *code);
/* A number, which may be negative. */
void access_number(struct out *, int64_t);

void access_json(struct out *, const struct access_record *);

#endif /* ACCESS_TEXT_H */
