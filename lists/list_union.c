/* SPDX-License-Identifier: ISC */
/*
 * A list is all that its sources have in use.
 */
#include <sys/stat.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "former.h"
#include "log.h"
#include "protect.h"
#include "source.h"
#include "source_file.h"

#define PREV ".prev"

struct sum {
	const struct folder    *f;
	const struct list_conf *list;
	struct ranges		ranges;
	struct set_info		info;
	struct former		former;
	size_t			n;    /* sources that were read once */
	size_t			kept; /* of these, not named any more */
	size_t			gone; /* such as do not count */
};

static int
is_there(int dir, const char *name, const char *suffix)
{
	char	    file[SOURCE_FILE_LEN];
	struct stat st;

	return source_file(file, name, suffix) == 0 &&
	    fstatat(dir, file, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

/*
 * One that is broken must not take its addresses out of the list: what was in
 * use before stands in for it, else the list stays as it is.
 */
static int
add_source(struct sum *sum, const char *name)
{
	const struct folder *f = sum->f;
	const char	    *of = sum->list->name;
	char		     why[SET_WHY_LEN];
	struct set	    *set;
	struct set_info	     info;
	struct ranges	     r;
	int		     ret;

	if (!is_there(f->src, name, SET_SUFFIX))
		return 0;
	if ((set = source_open(f, name, SET_SUFFIX, why)) == NULL) {
		log_warnx("list %s: src/%s%s: %s", of, name, SET_SUFFIX, why);
		if ((set = source_open(f, name, PREV, why)) == NULL)
			return -1;
	}
	set_ranges(set, &r);
	set_info(set, &info);
	ret = ranges_add_all(&sum->ranges, &r);
	set_close(set);
	if (ret == -1) {
		log_warnx("list %s: out of memory", of);
		return -1;
	}
	sum->info.good += info.good;
	sum->info.bad += info.bad;
	sum->info.duplicate += info.duplicate;
	sum->info.protected += info.protected;
	sum->n++;
	return 0;
}

/* Does the file say just that already? */
static int
is_current(const struct folder *f, const char *file, const struct sum *sum)
{
	char		why[SET_WHY_LEN];
	struct set     *set;
	struct set_info info;
	int		fd, ret;

	if ((fd = source_file_open(f->dir, file)) == -1)
		return 0;
	set = set_open(fd, why);
	close(fd);
	if (set == NULL)
		return 0;
	set_info(set, &info);
	ret =
	    set_info_same_lines(&info, &sum->info) && set_is(set, &sum->ranges);
	set_close(set);
	return ret;
}

static int
add_former(void *arg, const char *name)
{
	struct sum *sum = arg;

	if (!former_counts(&sum->former, name)) {
		sum->gone++;
		return 0;
	}
	sum->kept++;
	return add_source(sum, name);
}

/* 0 or -1. */
static int
add_all(struct sum *sum)
{
	const struct list_conf *list = sum->list;
	char			name[SOURCE_NAME_LEN];
	size_t			i;

	for (i = 0; i < list->nsources; i++) {
		source_name(list, &list->sources[i], name);
		if (add_source(sum, name) == -1)
			return -1;
	}
	if (list_former(sum->f, list, add_former, sum) == -1)
		return -1;
	if (sum->kept > 0)
		log_info("list %s: not all sources were read yet: what "
			 "former ones said stays",
		    list->name);
	return 0;
}

/* As list_union(). */
static int
install(const struct sum *sum)
{
	char file[SOURCE_FILE_LEN];

	if (source_file(file, sum->list->name, SET_SUFFIX) == -1)
		return -1;
	/* Nothing was ever read, and nothing is known of who said that. */
	if (sum->n == 0 && sum->gone == 0) {
		if (is_there(sum->f->dir, sum->list->name, SET_SUFFIX))
			log_info("list %s: no source has content yet: the "
				 "former content stays",
			    sum->list->name);
		return 0;
	}
	if (is_current(sum->f, file, sum))
		return 0;
	if (set_write(sum->f->dir, file, &sum->ranges, &sum->info) == 0)
		return 1;
	log_warn("list %s: %s: the former one stays", sum->list->name, file);
	return -1;
}

int
list_union(const struct folder *f, const struct list_conf *list, int64_t now)
{
	struct sum sum;
	int	   ret = -1;

	memset(&sum, 0, sizeof(sum));
	sum.f = f;
	sum.list = list;
	former_init(&sum.former, f, list);
	if (add_all(&sum) == 0) {
		sum.info.duplicate += ranges_merge(&sum.ranges);
		sum.info.time = (uint64_t)now;
		ret = install(&sum);
	}
	if (ret != -1)
		former_done(&sum.former);
	ranges_free(&sum.ranges);
	return ret;
}

/* Both in order: one walk along them. */
static size_t
touching4(const struct ranges *a, const struct ranges *b)
{
	size_t i, j = 0, n = 0;

	for (i = 0; i < a->n4; i++) {
		while (j < b->n4 && b->v4[j].last < a->v4[i].first)
			j++;
		n += j < b->n4 && b->v4[j].first <= a->v4[i].last;
	}
	return n;
}

static size_t
touching6(const struct ranges *a, const struct ranges *b)
{
	size_t i, j = 0, n = 0;

	for (i = 0; i < a->n6; i++) {
		while (j < b->n6 &&
		    addr6_compare(b->v6[j].last, a->v6[i].first) < 0)
			j++;
		n += j < b->n6 &&
		    addr6_compare(b->v6[j].first, a->v6[i].last) <= 0;
	}
	return n;
}

size_t
list_protected(const struct folder *f, const struct ranges *r)
{
	char	      why[SET_WHY_LEN];
	struct set   *set;
	struct ranges p;
	size_t	      n;
	int	      fd;

	if ((fd = source_file_open(f->dir, PROTECT_SET)) == -1)
		return 0;
	set = set_open(fd, why);
	close(fd);
	if (set == NULL)
		return 0;
	set_ranges(set, &p);
	n = touching4(r, &p) + touching6(r, &p);
	set_close(set);
	return n;
}
