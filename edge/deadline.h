/* SPDX-License-Identifier: ISC */
/*
 * Deadlines for many things at little cost: a wheel of coarse slots, one
 * timer of the event loop for all.  To move a deadline later is one store; no
 * system call is made for any.  Late by at most DEADLINE_GRAIN_MS, never
 * early.  The timer only runs while something waits.
 */
#ifndef DEADLINE_H
#define DEADLINE_H

#include <sys/queue.h>
#include <stdint.h>

#define DEADLINE_GRAIN_MS 100

struct event_base;
struct deadlines; /* the wheel */

struct deadline { /* a member of what waits; zeroes at first */
	TAILQ_ENTRY(deadline) entry;
	int64_t at;	/* clock_ms(); 0: none */
	int64_t queued; /* private */
	/* Called from the loop, with no deadline set any more. */
	void (*expired)(struct deadline *);
};

struct deadlines *deadlines_new(struct event_base *); /* NULL: no memory */
void		  deadlines_free(struct deadlines *);

/* From now on in ms.  now is clock_ms(), asked once in a callback. */
void deadline_set(struct deadlines *, struct deadline *, int64_t now,
    int64_t ms);
void deadline_clear(struct deadlines *, struct deadline *);

#endif /* DEADLINE_H */
