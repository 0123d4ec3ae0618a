/* SPDX-License-Identifier: ISC */
/*
 * One list with two sources, everything being opened.
 */
#ifndef SOURCE_STAGE_H
#define SOURCE_STAGE_H

#include "source.h"
#include "source_lab.h"

#define LISTS                                                          \
	"list <drop> {\n\turl \"https://lists.example/drop\"\n\tfile " \
	"\"/etc/drop\"\n}\nlist <other> {\n\tfile \"/etc/other\"\n}\n"
#define NOW 1795356000

/* The first list, and the name of its first source. */
static struct lab	 lab;
static char		 name[SOURCE_NAME_LEN];
static struct list_conf *list;

static inline int
setup(void **state)
{
	(void)state;
	lab_make(&lab, LISTS);
	assert_int_equal(folder_open(&lab.folder, lab.conf, 1), 0);
	list = &lab.lists->lists[0];
	source_name(list, &list->sources[0], name);
	return 0;
}

static inline int
teardown(void **state)
{
	(void)state;
	lab_end(&lab);
	return 0;
}

static inline void
counts(struct set_info *info, const struct feed *f, int64_t now)
{
	memset(info, 0, sizeof(*info));
	info->time = (uint64_t)now;
	info->good = f->counts.good;
	info->bad = f->counts.bad;
	info->duplicate = f->counts.duplicate;
}

static inline int
install_as(const char *source, const char *text, int64_t now)
{
	struct feed	f;
	struct set_info info;
	int		ret;

	lab_feed(&f, text);
	counts(&info, &f, now);
	ret = source_install(&lab.folder, source, &f.ranges, &info);
	feed_free(&f);
	return ret;
}

static inline int
install(const char *text, int64_t now)
{
	return install_as(name, text, now);
}

static inline int
hold(const char *text, int64_t now)
{
	struct feed	f;
	struct set_info info;
	int		ret;

	lab_feed(&f, text);
	counts(&info, &f, now);
	ret = source_hold(&lab.folder, name, &f.ranges, &info);
	feed_free(&f);
	return ret;
}

static inline const char *
file(const char *suffix)
{
	static char buf[80];

	snprintf(buf, sizeof(buf), "%s%s", name, suffix);
	return buf;
}

static inline const char *
set(const char *suffix)
{
	return lab_set(lab.folder.src, file(suffix));
}

static inline int64_t
since(const char *address)
{
	struct addr a;

	assert_int_equal(addr_parse(&a, address), 0);
	return source_since(&lab.folder, name, &a);
}

#endif /* SOURCE_STAGE_H */
