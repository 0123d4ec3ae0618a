/* SPDX-License-Identifier: ISC */
#include "flock.h"

#include <sys/file.h>

#include <errno.h>
#include <stdint.h>
#include <time.h>

#include "clock.h"

#define STEP_MS 5

/* Not with an alarm: somebody else's signal handling is not ours to touch. */
int
flock_wait(int fd, int ms)
{
	const struct timespec step = { .tv_nsec = STEP_MS * 1000000L };
	int64_t		      end = clock_ms() + ms;

	while (flock(fd, LOCK_EX | LOCK_NB) == -1) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return -1;
		if (clock_ms() > end) {
			errno = ETIMEDOUT;
			return -1;
		}
		nanosleep(&step, NULL);
	}
	return 0;
}
