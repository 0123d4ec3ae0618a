/* SPDX-License-Identifier: ISC */
#include "set_update.h"

#include <fcntl.h>
#include <unistd.h>

#include "set.h"

static int
is_right(int dir, const char *name, const struct ranges *want)
{
	struct set *set;
	char	    why[SET_WHY_LEN];
	int	    fd, right;

	fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd == -1)
		return 0;
	set = set_open(fd, why);
	close(fd);
	if (set == NULL)
		return 0;
	right = set_is(set, want);
	set_close(set);
	return right;
}

int
set_update(int dir, const char *name, const struct ranges *ranges,
    const struct set_info *info)
{
	/* Twice is as once. */
	if (set_guard() == -1)
		return -1;
	if (is_right(dir, name, ranges))
		return 0;
	return set_write(dir, name, ranges, info) == -1 ? -1 : 1;
}
