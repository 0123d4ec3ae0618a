/* SPDX-License-Identifier: ISC */
/*
 * Allocation at start and while the file is read: it may die (exit 71 of
 * sysexits, EX_OSERR).  Whatever a peer can cause must not come here.
 */
#ifndef XALLOC_H
#define XALLOC_H

#include <stddef.h>

void *xcalloc(size_t n, size_t size);
void *xreallocarray(void *, size_t n, size_t size);
char *xstrdup(const char *);
char *xstrndup(const char *, size_t);
char *xasprintf(const char *, ...) __attribute__((__format__(printf, 1, 2)));

#endif /* XALLOC_H */
