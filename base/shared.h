/* SPDX-License-Identifier: ISC */
/*
 * Memory that several processes map: no file, a descriptor to hand on.
 */
#ifndef SHARED_H
#define SHARED_H

#include <stddef.h>

/*
 * Zeroes, of that size; where the system can, nobody can change the size any
 * more.  A close-on-exec descriptor, or -1 and logged.
 */
int shared_make(size_t);
/* Map it, to read and write.  NULL and logged, also if it is smaller. */
void *shared_map(int fd, size_t);
void  shared_unmap(void *, size_t);

#endif /* SHARED_H */
