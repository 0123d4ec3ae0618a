/* SPDX-License-Identifier: ISC */
/*
 * Ranges by where they begin.  What begins alike stays in any order.  For
 * ranges.c.
 */
#ifndef RANGES_SORT_H
#define RANGES_SORT_H

#include <stddef.h>

#include "ranges.h"

void ranges_sort4(struct range4 *, size_t n);
void ranges_sort6(struct range6 *, size_t n);

#endif /* RANGES_SORT_H */
