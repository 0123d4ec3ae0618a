/* SPDX-License-Identifier: ISC */
#include "clock.h"

#ifdef POSTERN_TEST
#include <sys/mman.h>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#endif
#include <stdint.h>
#include <sysexits.h>
#include <time.h>

#include "log.h"

#ifdef POSTERN_TEST
static _Atomic int64_t moved, held; /* held: where it stands, or 0 */

/* The milliseconds in a file, by which a test moves us while we run. */
static _Atomic int64_t *
map_file(void)
{
	static _Atomic int64_t none;
	const char	      *path = getenv("POSTERN_CLOCK_FILE");
	void		      *map;
	int		       fd;

	if (path == NULL)
		return &none;
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1 ||
	    (map = mmap(NULL, sizeof(none), PROT_READ, MAP_SHARED, fd, 0)) ==
		MAP_FAILED)
		fatal(EX_OSERR, "%s", path);
	close(fd);
	return map;
}

static int64_t
moved_by(void)
{
	static _Atomic(_Atomic int64_t *) file;

	if (file == NULL)
		file = map_file(); /* twice does no harm */
	return moved + *file;
}
#else
enum {
	held = 0
};

static int64_t
moved_by(void)
{
	return 0;
}
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
	return (held != 0 ? held : read_us(CLOCK_MONOTONIC) / 1000) +
	    moved_by();
}

int64_t
clock_us(void)
{
	return read_us(CLOCK_MONOTONIC);
}

time_t
clock_now(void)
{
	return (time_t)((read_us(CLOCK_REALTIME) / 1000 + moved_by()) / 1000);
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
