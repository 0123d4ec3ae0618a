/* SPDX-License-Identifier: ISC */
/*
 * What OpenBSD's <string.h> has and not all others do; see unistd.h.
 */
#ifndef OPENBSD_STRING_H
#define OPENBSD_STRING_H

#pragma GCC system_header
#include_next <string.h>

size_t strlcat(char *, const char *, size_t);
size_t strlcpy(char *, const char *, size_t);

#endif /* OPENBSD_STRING_H */
