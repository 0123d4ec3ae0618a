/* SPDX-License-Identifier: ISC */
/*
 * src/NAME-HASH.since: for each range of the .set, when it came.  A header,
 * then 4 bytes each, seconds since 1970, in the order of the set.  It names
 * the set that it belongs to by the sum of its ranges, so that one of another
 * set is not believed: then all of it is as old as the set.
 */
#include <sys/stat.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crc32c.h"
#include "source.h"
#include "source_file.h"
#include "whole.h"

#define SUFFIX	    ".since"
#define MAGIC	    0x45434e4953545350ULL /* "PSTSINCE", and the byte order */
#define VERSION_NOW 1

struct head {
	uint64_t magic;
	uint32_t version;
	uint32_t sum;	 /* of what follows the header */
	uint64_t n4, n6; /* of the set */
	uint32_t of;	 /* sum of its ranges */
	uint32_t zero;
};

/* Whose ages are read along. */
struct ages {
	const struct ranges *r;
	const uint32_t	    *at; /* NULL: all as old as: */
	uint32_t	     all;
	size_t		     i;
};

static uint32_t
seconds(int64_t t)
{
	if (t < 0)
		return 0;
	return t > UINT32_MAX ? UINT32_MAX : (uint32_t)t;
}

/* Arrays that are empty may be NULL. */
static uint32_t
sum_of(uint32_t sum, const void *bytes, size_t len)
{
	return len == 0 ? sum : crc32c(sum, bytes, len);
}

static uint32_t
sum_ranges(const struct ranges *r)
{
	uint32_t sum;

	sum = sum_of(0, r->v4, r->n4 * sizeof(*r->v4));
	return sum_of(sum, r->v6, r->n6 * sizeof(*r->v6));
}

/* To be freed; NULL: there is none for this set. */
static uint32_t *
since_read(const struct folder *f, const char *name, const struct ranges *r)
{
	char	    file[SOURCE_FILE_LEN];
	struct head h;
	struct stat st;
	uint32_t   *at = NULL;
	size_t	    len = (r->n4 + r->n6) * sizeof(*at);
	int	    fd, good = 0;

	if (source_file(file, name, SUFFIX) == -1 ||
	    (fd = source_file_open(f->src, file)) == -1)
		return NULL;
	if (fstat(fd, &st) == -1 || (uint64_t)st.st_size != sizeof(h) + len ||
	    whole_read(fd, &h, sizeof(h), 0) != sizeof(h) || h.magic != MAGIC ||
	    h.version != VERSION_NOW || h.n4 != r->n4 || h.n6 != r->n6 ||
	    h.of != sum_ranges(r) || (at = malloc(len + 1)) == NULL)
		goto out;
	good = whole_read(fd, at, len, sizeof(h)) == (ssize_t)len &&
	    sum_of(0, at, len) == h.sum;
out:
	close(fd);
	if (good)
		return at;
	free(at);
	return NULL;
}

/* The age of what covers all of it; 0: nothing does.  Asked in order. */
static uint32_t
age4(struct ages *a, const struct range4 *is)
{
	const struct range4 *v = a->r->v4;

	while (a->i < a->r->n4 && v[a->i].last < is->last)
		a->i++;
	if (a->i == a->r->n4 || v[a->i].first > is->first)
		return 0;
	return a->at != NULL ? a->at[a->i] : a->all;
}

static uint32_t
age6(struct ages *a, const struct range6 *is)
{
	const struct range6 *v = a->r->v6;

	while (a->i < a->r->n6 && addr6_compare(v[a->i].last, is->last) < 0)
		a->i++;
	if (a->i == a->r->n6 || addr6_compare(v[a->i].first, is->first) > 0)
		return 0;
	return a->at != NULL ? a->at[a->r->n4 + a->i] : a->all;
}

static void
fill(uint32_t *at, const struct ranges *is, struct ages *was, uint32_t now)
{
	uint32_t age;
	size_t	 i;

	was->i = 0;
	for (i = 0; i < is->n4; i++) {
		age = age4(was, &is->v4[i]);
		*at++ = age != 0 ? age : now;
	}
	was->i = 0;
	for (i = 0; i < is->n6; i++) {
		age = age6(was, &is->v6[i]);
		*at++ = age != 0 ? age : now;
	}
}

int
since_write(const struct folder *f, const char *name, const struct ranges *was,
    int64_t was_time, const struct ranges *is, int64_t now)
{
	static const struct ranges none;
	char			   file[SOURCE_FILE_LEN];
	struct ages		   ages = { .r = was != NULL ? was : &none,
			       .all = seconds(was_time) };
	struct head		   h = { .magic = MAGIC,
			       .version = VERSION_NOW,
			       .n4 = is->n4,
			       .n6 = is->n6 };
	struct source_part	   parts[2];
	uint32_t		  *at, *old = NULL;
	size_t			   n = is->n4 + is->n6;
	int			   ret = -1;

	if (source_file(file, name, SUFFIX) == -1 ||
	    (at = calloc(n + 1, sizeof(*at))) == NULL)
		return -1;
	if (was != NULL)
		ages.at = old = since_read(f, name, was);
	fill(at, is, &ages, seconds(now));
	h.of = sum_ranges(is);
	h.sum = sum_of(0, at, n * sizeof(*at));
	parts[0] = (struct source_part){ &h, sizeof(h) };
	parts[1] = (struct source_part){ at, n * sizeof(*at) };
	ret = source_file_write(f->src, file, parts, 2);
	free(at);
	free(old);
	return ret;
}

/* Which of them has it?  -1: none. */
static ssize_t
place4(const struct ranges *r, uint32_t v)
{
	size_t low = 0, high = r->n4, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (r->v4[mid].last < v)
			low = mid + 1;
		else
			high = mid;
	}
	return low < r->n4 && r->v4[low].first <= v ? (ssize_t)low : -1;
}

static ssize_t
place6(const struct ranges *r, struct addr6 v)
{
	size_t low = 0, high = r->n6, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (addr6_compare(r->v6[mid].last, v) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < r->n6 && addr6_compare(r->v6[low].first, v) <= 0 ?
	    (ssize_t)(r->n4 + low) :
	    -1;
}

int64_t
source_since(const struct folder *f, const char *name, const struct addr *a)
{
	char		why[SET_WHY_LEN];
	struct set     *set;
	struct set_info info;
	struct ranges	r;
	uint32_t       *at;
	int64_t		since = 0;
	ssize_t		i = -1;

	if ((set = source_open(f, name, SET_SUFFIX, why)) == NULL)
		return 0;
	set_info(set, &info);
	set_ranges(set, &r);
	if (a->family == ADDR_IPV4)
		i = place4(&r, range_from_addr4(a));
	else if (a->family == ADDR_IPV6)
		i = place6(&r, range_from_addr6(a));
	if (i != -1) {
		at = since_read(f, name, &r);
		since = at != NULL ? at[i] : (int64_t)info.time;
		free(at);
		if (since == 0)
			since = 1;
	}
	set_close(set);
	return since;
}
