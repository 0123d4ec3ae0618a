/* SPDX-License-Identifier: ISC */
#include "set.h"

#include <sys/types.h>
#include <sys/stat.h>

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "crc32c.h"
#include "mapped.h"
#include "set_inner.h"
#include "whole.h"

struct set {
	struct set_view	  view;
	struct mapped	 *map; /* or: */
	void		 *own; /* a copy: nobody can cut it */
	unsigned char	 *bytes;
	size_t		  size;
	struct set_header header; /* as it was verified */
};

int
set_guard(void)
{
	return mapped_guard();
}

/* 0, or -1 with errno. */
static int
get_bytes(struct set *s, int fd)
{
	if (s->size > SET_SMALL) {
		if ((s->map = mapped_open(fd, s->size)) == NULL)
			return -1;
		s->bytes = mapped_at(s->map);
		return 0;
	}
	if ((s->own = calloc(1, s->size)) == NULL)
		return -1;
	s->bytes = s->own;
	/* What is missing by now is left zero. */
	return whole_read(fd, s->own, s->size, 0) == -1 ? -1 : 0;
}

static uint32_t
sum_of(const struct set *s)
{
	struct set_header h = s->header;
	uint32_t	  sum;

	h.sum = 0;
	sum = crc32c(0, &h, sizeof(h));
	return crc32c(sum, s->bytes + sizeof(h), s->size - sizeof(h));
}

/* The header is a copy, so that nobody can change what was looked at. */
static const char *
verify(struct set *s, struct set_plan *p)
{
	const struct set_header *h = &s->header;

	memcpy(&s->header, s->bytes, sizeof(s->header));
	if (h->magic == __builtin_bswap64(SET_MAGIC))
		return "was written by a machine of another byte order";
	if (h->magic != SET_MAGIC)
		return "is no set file";
	if (h->version != SET_VERSION)
		return "is of another version";
	if (h->size > s->size)
		return "is cut short";
	if (set_plan(p, h->n4, h->n6) == -1 || p->size != h->size ||
	    p->bits4 != h->bits4)
		return "has a header that makes no sense";
	if (h->size < s->size)
		return "has bytes behind its end";
	if (sum_of(s) != h->sum)
		return "is damaged: its checksum is wrong";
	return set_broken(s) ? "is cut short" : NULL;
}

static void
look_at(struct set *s, const struct set_plan *p)
{
	struct set_view *v = &s->view;
	const uint64_t	*keys = (const void *)(s->bytes + p->keys6);
	unsigned int	 i;

	v->nlevels = p->nlevels;
	for (i = 0; i < p->nlevels; i++) {
		v->level[i] = keys + p->level6[i];
		v->nkeys[i] = (size_t)p->nkeys6[i];
	}
	v->v6 = (const void *)(s->bytes + p->ranges6);
	v->v4 = (const void *)(s->bytes + p->ranges4);
	v->index4 = (const void *)(s->bytes + p->index4);
	v->n4 = (size_t)p->n4;
	v->n6 = (size_t)p->n6;
	v->shift4 = 32 - p->bits4;
}

/* NULL, or what is wrong with it. */
static const char *
examine(struct set *s, int fd)
{
	struct set_plan plan;
	struct stat	st;
	const char     *wrong;

	if (fstat(fd, &st) == -1)
		return strerror(errno);
	if (!S_ISREG(st.st_mode))
		return "is no regular file";
	if (st.st_size < (off_t)sizeof(struct set_header))
		return st.st_size == 0 ? "is empty" : "is cut short";
	if ((uintmax_t)st.st_size > SET_MAX)
		return "is too large";
	s->size = (size_t)st.st_size;
	if (get_bytes(s, fd) == -1)
		return errno == ENFILE ? "is one set too many" :
					 strerror(errno);
	if ((wrong = verify(s, &plan)) != NULL)
		return wrong;
	look_at(s, &plan);
	return NULL;
}

struct set *
set_open(int fd, char why[SET_WHY_LEN])
{
	struct set *s;
	const char *wrong;

	if ((s = calloc(1, sizeof(*s))) == NULL)
		wrong = strerror(errno);
	else
		wrong = examine(s, fd);
	if (wrong == NULL)
		return s;
	strlcpy(why, wrong, SET_WHY_LEN);
	set_close(s);
	return NULL;
}

void
set_close(struct set *s)
{
	if (s == NULL)
		return;
	mapped_close(s->map);
	free(s->own);
	free(s);
}

void
set_info(const struct set *s, struct set_info *info)
{
	memset(info, 0, sizeof(*info));
	info->n4 = s->view.n4;
	info->n6 = s->view.n6;
	info->time = s->header.time;
	info->good = s->header.good;
	info->bad = s->header.bad;
	info->duplicate = s->header.duplicate;
	info->protected = s->header.protected;
	info->bytes = s->size;
}

static size_t
find(const struct set *s, const struct addr *a)
{
	switch (a->family) {
	case ADDR_IPV4:
		return set_find4(&s->view, range_from_addr4(a));
	case ADDR_IPV6:
		return set_find6(&s->view, range_from_addr6(a));
	case ADDR_NONE:
		break;
	}
	return SET_NOWHERE;
}

/* Was anything that was read until now gone? */
static int
is_gone(const struct set *s)
{
	return s->map != NULL && mapped_broken(s->map);
}

int
set_has(const struct set *s, const struct addr *a)
{
	return find(s, a) != SET_NOWHERE && !is_gone(s);
}

int
set_range(const struct set *s, const struct addr *a, struct addr *first,
    struct addr *last)
{
	size_t i;

	if ((i = find(s, a)) == SET_NOWHERE)
		return 0;
	if (a->family == ADDR_IPV4) {
		range_to_addr4(first, s->view.v4[i].first);
		range_to_addr4(last, s->view.v4[i].last);
	} else {
		range_to_addr6(first, s->view.v6[i].first);
		range_to_addr6(last, s->view.v6[i].last);
	}
	return !is_gone(s);
}

/*
 * The rest of a page that is cut in the middle reads as zeros without any
 * signal, also if the file grows again: but the last word is not what it was.
 */
int
set_broken(const struct set *s)
{
	uint64_t end;

	memcpy(&end, s->bytes + s->size - sizeof(end), sizeof(end));
	return end != SET_END || is_gone(s);
}

void
set_ranges(const struct set *s, struct ranges *r)
{
	struct set_plan p;

	memset(r, 0, sizeof(*r));
	(void)set_plan(&p, s->view.n4, s->view.n6);
	r->v4 = (void *)(s->bytes + p.ranges4);
	r->n4 = s->view.n4;
	r->v6 = (void *)(s->bytes + p.ranges6);
	r->n6 = s->view.n6;
}

int
set_is(const struct set *s, const struct ranges *r)
{
	const struct set_view *v = &s->view;

	return v->n4 == r->n4 && v->n6 == r->n6 &&
	    (r->n4 == 0 || memcmp(v->v4, r->v4, r->n4 * sizeof(*r->v4)) == 0) &&
	    (r->n6 == 0 || memcmp(v->v6, r->v6, r->n6 * sizeof(*r->v6)) == 0) &&
	    !set_broken(s);
}

int
set_info_same_lines(const struct set_info *a, const struct set_info *b)
{
	return a->good == b->good && a->bad == b->bad &&
	    a->duplicate == b->duplicate && a->protected == b->protected;
}
