/* SPDX-License-Identifier: ISC */
/*
 * The page that says what went wrong: light and dark, at most 2 KB, nothing
 * fetched from anywhere.  Pure.
 */
#ifndef PAGE_H
#define PAGE_H

#include "out.h"

#define PAGE_MAX  2048
#define PAGE_TYPE "text/html; charset=utf-8"

/* The whole document for that status. */
void page_write(struct out *, int status);

#endif /* PAGE_H */
