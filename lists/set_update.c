/* SPDX-License-Identifier: ISC */
#include "set_update.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "ranges.h"
#include "set.h"

static int
same4(const struct ranges *a, const struct ranges *b)
{
	size_t i;

	if (a->n4 != b->n4)
		return 0;
	for (i = 0; i < a->n4; i++)
		if (a->v4[i].first != b->v4[i].first ||
		    a->v4[i].last != b->v4[i].last)
			return 0;
	return 1;
}

static int
same6(const struct ranges *a, const struct ranges *b)
{
	size_t i;

	if (a->n6 != b->n6)
		return 0;
	for (i = 0; i < a->n6; i++)
		if (addr6_compare(a->v6[i].first, b->v6[i].first) != 0 ||
		    addr6_compare(a->v6[i].last, b->v6[i].last) != 0)
			return 0;
	return 1;
}

static int
is_right(int dir, const char *name, const struct ranges *want)
{
	struct ranges have;
	struct set   *set;
	char	      why[SET_WHY_LEN];
	int	      fd, right;

	fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd == -1)
		return 0;
	set = set_open(fd, why);
	close(fd);
	if (set == NULL)
		return 0;
	set_ranges(set, &have);
	right = same4(&have, want) && same6(&have, want) && !set_broken(set);
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
