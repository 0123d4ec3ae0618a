/* SPDX-License-Identifier: ISC */
#include "clock.h"

#include <stdint.h>
#include <sysexits.h>
#include <time.h>

#include "log.h"

#ifdef POSTERN_TEST
static _Atomic int64_t moved, held; /* held: where it stands, or 0 */
#else
enum {
	moved = 0,
	held = 0
};
#endif

static int64_t
read_us(clockid_t which)
{
	struct timespec ts;

	if (clock_gettime(which, &ts) == -1)
		fatal(EX_OSERR, "clock_gettime");
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int64_t
clock_ms(void)
{
	return (held != 0 ? held : read_us(CLOCK_MONOTONIC) / 1000) + moved;
}

int64_t
clock_us(void)
{
	return read_us(CLOCK_MONOTONIC);
}

time_t
clock_now(void)
{
	return (time_t)((read_us(CLOCK_REALTIME) / 1000 + moved) / 1000);
}

#ifdef POSTERN_TEST
void
clock_move(int64_t ms)
{
	moved += ms;
}

void
clock_hold(int still)
{
	held = still ? read_us(CLOCK_MONOTONIC) / 1000 : 0;
}
#endif
