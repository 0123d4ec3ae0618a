/* SPDX-License-Identifier: ISC */
/*
 * Who came, and how often: addresses counted, in bounded memory.
 */
#ifndef COMERS_H
#define COMERS_H

#include <stddef.h>
#include <stdint.h>

#include "addr.h"

#define COMERS_MAX 1000000 /* addresses; later ones are not known */

struct comer {
	struct addr addr;
	uint32_t    sessions;
};

struct comers;

/* May die, and so may comers_add(), when memory is out. */
struct comers *comers_new(void);
void	       comers_free(struct comers *);
size_t	       comers_count(const struct comers *);
/* From 0 to the count, in the order in which they came. */
struct comer *comers_at(struct comers *, size_t);
/* NULL: not there. */
struct comer *comers_find(struct comers *, const struct addr *);
/* It is there from now on; NULL: there are too many. */
struct comer *comers_add(struct comers *, const struct addr *);

#endif /* COMERS_H */
