/* SPDX-License-Identifier: ISC */
/*
 * Which known word did somebody mean?  Pure.
 */
#ifndef NEAREST_H
#define NEAREST_H

#include <stddef.h>

/*
 * Letters to insert, delete, change or swap with their neighbour to make one
 * word of the other.  Words beyond 64 bytes are far from everything.
 */
unsigned int nearest_distance(const char *, const char *);

/* The best of the candidates that were offered so far. */
struct nearest {
	const char  *word; /* what was written */
	const char  *best; /* NULL: nothing is near */
	unsigned int distance;
};

void nearest_init(struct nearest *, const char *word);
/* Offer name, which is compared as key. */
void nearest_offer(struct nearest *, const char *key, const char *name);

#endif /* NEAREST_H */
