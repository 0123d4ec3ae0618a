/* SPDX-License-Identifier: ISC */
/*
 * Time as an input.  Everything that waits or expires asks here, so that a
 * test build (POSTERN_TEST) can move the clock: by clock_move(), or by a file
 * of eight bytes, milliseconds, that POSTERN_CLOCK_FILE of the environment
 * names.
 */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>
#include <time.h>

/* Milliseconds that only go forward, from an arbitrary start. */
int64_t clock_ms(void);
/* Microseconds, likewise, and never moved: how long something took. */
int64_t clock_us(void);
/* Seconds since the epoch, as the machine believes. */
time_t clock_now(void);

#ifdef POSTERN_TEST
void clock_move(int64_t ms); /* forward or back, for clock_now too */
/* clock_ms() stands still, but for clock_move(), until told again. */
void clock_hold(int still);
#endif

#endif /* CLOCK_H */
