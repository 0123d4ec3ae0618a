/* SPDX-License-Identifier: ISC */
/*
 * Deadlines for many things at little cost: a wheel of coarse slots, one
 * timer of the event loop for all.  To move a deadline later is one store; no
 * system call is made for any.  Late by at most DEADLINE_GRAIN_MS, never
 * early.  The timer waits for the next slot that has something in it: with
 * nothing due soon the process sleeps.
 */
#ifndef DEADLINE_H
#define DEADLINE_H

#include <sys/queue.h>
#include <stdint.h>

#define DEADLINE_GRAIN_MS 100

struct event_base;
struct deadlines; /* the wheel */

struct deadline { /* a member of what waits; zeroes at first */
	LIST_ENTRY(deadline) entry;
	int64_t at;	/* clock_ms(); 0: none */
	int64_t queued; /* private */
	/*
	 * Called from the loop, with no deadline set any more.  May free its
	 * owner, and set or clear this deadline and any other.
	 */
	void (*expired)(struct deadline *);
};

struct deadlines *deadlines_new(struct event_base *); /* NULL: no memory */
/* Nobody may be waiting any more; not from expired(). */
void deadlines_free(struct deadlines *);

/* From now on in ms.  now is clock_ms(), asked once in a callback. */
void deadline_set(struct deadlines *, struct deadline *, int64_t now,
    int64_t ms);
/* Must be called before the memory of a deadline goes.  Set or not. */
void deadline_clear(struct deadlines *, struct deadline *);

/* What the timer does: end all that is due.  For tests, with their own now. */
void deadlines_run(struct deadlines *, int64_t now);

#endif /* DEADLINE_H */
