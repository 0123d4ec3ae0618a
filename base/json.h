/* SPDX-License-Identifier: ISC */
/*
 * JSON out (RFC 8259, 7): strings.  Numbers, braces and commas are the
 * caller's.
 */
#ifndef JSON_H
#define JSON_H

#include <stdio.h>

/*
 * In double quotes; what is not printable ASCII leaves as \u00NN, a byte
 * each, so that nothing foreign reaches a terminal or ends the string.
 */
void json_put(FILE *, const char *);
/* "key":"text", or "key":null. */
void json_member(FILE *, const char *key, const char *text);

#endif /* JSON_H */
