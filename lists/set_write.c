/* SPDX-License-Identifier: ISC */
/*
 * A set file, written: beside what is there, synced, and renamed over it.
 */
#include "set.h"

#include <sys/types.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crc32c.h"
#include "entries.h"
#include "set_inner.h"
#include "whole.h"

#define RANDOM_LEN 16 /* hexadecimal digits behind ".NAME." */

/* The parts of the file, as they follow one another. */
struct part {
	const void *bytes;
	size_t	    len;
};

struct content {
	struct set_plan	  plan;
	struct set_header header;
	uint64_t	 *keys6;
	uint32_t	 *index4;
	uint64_t	  tail[2]; /* zeros as needed, and the end */
	struct part	  parts[6];
};

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static void
fill_keys(struct content *c, const struct ranges *r)
{
	uint64_t    *keys, i, step = SET_STEP6;
	unsigned int level;

	memset(c->keys6, 0xff, (size_t)c->plan.nallkeys6 * sizeof(*c->keys6));
	for (level = 0; level < c->plan.nlevels; level++) {
		keys = c->keys6 + c->plan.level6[level];
		for (i = 0; i < c->plan.nkeys6[level]; i++)
			keys[i] = r->v6[i * step].first.high;
		step *= SET_NODE6;
	}
}

static void
fill_index(struct content *c, const struct ranges *r)
{
	unsigned int shift = 32 - c->plan.bits4;
	uint64_t     place;
	size_t	     at = 0;

	for (place = 0; place < c->plan.nindex4; place++) {
		while (at < r->n4 && r->v4[at].first < place << shift)
			at++;
		c->index4[place] = (uint32_t)at;
	}
}

static void
fill_parts(struct content *c, const struct ranges *r)
{
	size_t	    pad;
	const char *tail = (const char *)c->tail;

	pad = c->plan.end - c->plan.index4 - c->plan.nindex4 * sizeof(uint32_t);
	c->tail[1] = SET_END;
	c->parts[0] = (struct part){ &c->header, sizeof(c->header) };
	c->parts[1] =
	    (struct part){ c->keys6, c->plan.nallkeys6 * sizeof(*c->keys6) };
	c->parts[2] = (struct part){ r->v6, r->n6 * sizeof(*r->v6) };
	c->parts[3] = (struct part){ r->v4, r->n4 * sizeof(*r->v4) };
	c->parts[4] =
	    (struct part){ c->index4, c->plan.nindex4 * sizeof(*c->index4) };
	c->parts[5] = (struct part){ tail + sizeof(uint64_t) - pad,
		pad + sizeof(uint64_t) };
}

static void
fill_header(struct content *c, const struct set_info *info)
{
	struct set_header *h = &c->header;
	uint32_t	   sum = 0;
	size_t		   i;

	h->magic = SET_MAGIC;
	h->version = SET_VERSION;
	h->size = c->plan.size;
	h->time = info->time;
	h->n4 = c->plan.n4;
	h->n6 = c->plan.n6;
	h->good = info->good;
	h->bad = info->bad;
	h->duplicate = info->duplicate;
	h->protected = info->protected;
	h->bits4 = c->plan.bits4;
	for (i = 0; i < nitems(c->parts); i++)
		sum = crc32c(sum, c->parts[i].bytes, c->parts[i].len);
	h->sum = sum;
}

static void
content_free(struct content *c)
{
	free(c->keys6);
	free(c->index4);
}

/* 0, or -1 with errno; content_free() in any case. */
static int
content_make(struct content *c, const struct ranges *r,
    const struct set_info *info)
{
	memset(c, 0, sizeof(*c));
	if (set_plan(&c->plan, r->n4, r->n6) == -1) {
		errno = EFBIG;
		return -1;
	}
	c->keys6 = calloc((size_t)c->plan.nallkeys6 + 1, sizeof(*c->keys6));
	c->index4 = calloc((size_t)c->plan.nindex4, sizeof(*c->index4));
	if (c->keys6 == NULL || c->index4 == NULL)
		return -1;
	fill_keys(c, r);
	fill_index(c, r);
	fill_parts(c, r);
	fill_header(c, info);
	return 0;
}

static int
write_content(int fd, const struct content *c)
{
	size_t i;

	for (i = 0; i < nitems(c->parts); i++)
		if (whole_write(fd, c->parts[i].bytes, c->parts[i].len) == -1)
			return -1;
	return fchmod(fd, 0644) == -1 || fsync(fd) == -1 ? -1 : 0;
}

/* Is it ".NAME." and digits, as we make them? */
static int
is_ours(const char *entry, const char *name)
{
	size_t len = strlen(name);

	return entry[0] == '.' && strncmp(entry + 1, name, len) == 0 &&
	    entry[1 + len] == '.' &&
	    strspn(entry + 2 + len, "0123456789abcdef") == RANDOM_LEN &&
	    entry[2 + len + RANDOM_LEN] == '\0';
}

/* What somebody who was killed has left of which file, and where. */
struct rest {
	int	    dir;
	const char *name;
};

static void
sweep_one(void *arg, const char *entry)
{
	const struct rest *r = arg;

	if (is_ours(entry, r->name))
		(void)unlinkat(r->dir, entry, 0);
}

/* Callers take turns, so it is dead. */
static void
sweep(int dir, const char *name)
{
	struct rest rest = { dir, name };

	entries_each(dir, sweep_one, &rest);
}

/*
 * Nobody can foresee the name: in a folder of another user's, root must not
 * be kept from writing by what already stands there.
 */
static int
make_beside(int dir, const char *name, char beside[NAME_MAX + 1])
{
	int len;

	len = snprintf(beside, NAME_MAX + 1, ".%s.%08x%08x", name, arc4random(),
	    arc4random());
	if (len < 0 || len > NAME_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return openat(dir, beside,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
}

static int
install(int dir, const char *name, const struct content *c)
{
	char beside[NAME_MAX + 1];
	int  fd, saved, failed;

	sweep(dir, name);
	if ((fd = make_beside(dir, name, beside)) == -1)
		return -1;
	failed = write_content(fd, c) == -1;
	saved = errno;
	if (close(fd) == -1 && !failed) {
		failed = 1;
		saved = errno;
	}
	if (!failed && renameat(dir, beside, dir, name) == -1) {
		failed = 1;
		saved = errno;
	}
	if (failed) {
		(void)unlinkat(dir, beside, 0);
		errno = saved;
		return -1;
	}
	/* It is in its place; after a crash it may be the former one. */
	(void)fsync(dir);
	return 0;
}

int
set_write(int dir, const char *name, const struct ranges *r,
    const struct set_info *info)
{
	struct content c;
	int	       ret, saved;

	if ((ret = content_make(&c, r, info)) == 0)
		ret = install(dir, name, &c);
	saved = errno;
	content_free(&c);
	errno = saved;
	return ret;
}
