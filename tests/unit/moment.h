/* SPDX-License-Identifier: ISC */
#ifndef MOMENT_H
#define MOMENT_H

/* What other processes do is waited for moment by moment, up to SECONDS. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define SECONDS 60

static inline void
tick(void)
{
	struct timespec ts = { .tv_nsec = 5 * 1000 * 1000 };

	nanosleep(&ts, NULL);
}

/*
 * With all that is in it; 0 or -1.  Children of a parent that was killed write
 * a moment longer than it.
 */
static inline int
remove_folder(const char *dir)
{
	time_t end = time(NULL) + SECONDS;
	char   command[128];

	snprintf(command, sizeof(command), "rm -rf %s 2>/dev/null", dir);
	while (system(command) != 0) {
		if (time(NULL) > end)
			return -1;
		tick();
	}
	return 0;
}

#endif /* MOMENT_H */
