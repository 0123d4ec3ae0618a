/* SPDX-License-Identifier: ISC */
/*
 * A folder of its own, and sets in it: for the tests of what reads sets.
 */
#ifndef SET_LAB_H
#define SET_LAB_H

#include <sys/stat.h>
#include <sys/types.h>

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "addr.h"
#include "ranges.h"
#include "set.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static char folder[32];
static int  folder_fd = -1;

static inline int
lab_open(void **state)
{
	(void)state;
	strlcpy(folder, "/tmp/postern-set.XXXXXX", sizeof(folder));
	if (mkdtemp(folder) == NULL)
		return -1;
	folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return folder_fd == -1 ? -1 : 0;
}

/* How many files there are, hidden ones too. */
static inline unsigned int
lab_files(void)
{
	struct dirent *d;
	unsigned int   n = 0;
	DIR	      *dir;

	assert_non_null(dir = opendir(folder));
	while ((d = readdir(dir)) != NULL)
		n +=
		    strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0;
	closedir(dir);
	return n;
}

static inline int
lab_close(void **state)
{
	char command[64];

	(void)state;
	close(folder_fd);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static inline struct addr
address(const char *text)
{
	struct addr a;

	assert_int_equal(addr_parse(&a, text), 0);
	return a;
}

/* "192.0.2.0/24 2001:db8::1", one space between two. */
static inline void
lab_ranges(struct ranges *r, const char *prefixes)
{
	struct prefix p;
	char	      text[4096], *at, *next;

	memset(r, 0, sizeof(*r));
	strlcpy(text, prefixes, sizeof(text));
	for (at = text; *at != '\0'; at = next) {
		next = at + strcspn(at, " ");
		if (*next != '\0')
			*next++ = '\0';
		assert_null(prefix_parse(&p, at));
		assert_int_equal(ranges_add_prefix(r, &p), 0);
	}
	ranges_merge(r);
}

static inline void
lab_write(int dir, const char *name, const char *prefixes)
{
	const struct set_info info = { .time = 1790000000 };
	struct ranges	      r;

	lab_ranges(&r, prefixes);
	assert_int_equal(set_write(dir, name, &r, &info), 0);
	ranges_free(&r);
}

/* n single IPv4 addresses from 10.0.0.0 on, each second one. */
static inline void
lab_write_many(int dir, const char *name, uint32_t n)
{
	const struct set_info info = { .time = 1790000000 };
	struct ranges	      r = { .n4 = 0 };
	uint32_t	      i;

	for (i = 0; i < n; i++)
		assert_int_equal(ranges_add4(&r, 0x0a000000 + 2 * i,
				     0x0a000000 + 2 * i),
		    0);
	assert_int_equal(set_write(dir, name, &r, &info), 0);
	ranges_free(&r);
}

static inline int
lab_fd(const char *name)
{
	int fd = openat(folder_fd, name, O_RDONLY | O_CLOEXEC);

	assert_int_not_equal(fd, -1);
	return fd;
}

/* NULL with why. */
static inline struct set *
lab_set(const char *name, char why[SET_WHY_LEN])
{
	int	    fd = lab_fd(name);
	struct set *s;

	s = set_open(fd, why);
	close(fd);
	return s;
}

#endif /* SET_LAB_H */
