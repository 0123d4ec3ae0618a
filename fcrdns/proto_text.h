/* SPDX-License-Identifier: ISC */
/*
 * A text as part of a word of proto.h: all but letters, digits and a few
 * signs as %XX.
 */
#ifndef PROTO_TEXT_H
#define PROTO_TEXT_H

#include "dnsbl.h"

/* Returns the end of what was written, three bytes for each at most. */
char *proto_text_put(char *, const char *);
/*
 * Exactly what proto_text_put() makes of printable ASCII, and not nothing.
 * 0, or -1.
 */
int proto_text_read(char txt[DNSBL_TXT_LEN], const char *);

#endif /* PROTO_TEXT_H */
