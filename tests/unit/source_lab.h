/* SPDX-License-Identifier: ISC */
/*
 * A state folder of a test's own, and a file that names lists.
 */
#ifndef SOURCE_LAB_H
#define SOURCE_LAB_H

#include <sys/stat.h>

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "conf_lab.h"
#include "feed.h"
#include "folder.h"
#include "lists_conf.h"
#include "log.h"
#include "set.h"

struct lab {
	char			 top[32];
	struct conf		*conf;
	const struct lists_conf *lists;
	struct folder		 folder;
};

static char lab_said[4096]; /* warnings and what is told */

static inline void
lab_hear(enum log_level level, const char *text)
{
	if (level == LOG_LEVEL_DEBUG)
		return;
	strlcat(lab_said, text, sizeof(lab_said));
	strlcat(lab_said, "\n", sizeof(lab_said));
}

/* The file: "%s" in it is the folder of the test. */
static inline void
lab_read(struct lab *lab, const char *lists)
{
	char text[4096];
	int  n;

	n = snprintf(text, sizeof(text),
	    "state \"%s/state\"\nuser \"nobody\" lists \"nobody\"\n%s",
	    lab->top, lists);
	assert_in_range(n, 1, sizeof(text) - 1);
	conf_unref(lab->conf);
	lab->conf = conf_lab(text);
	lab->lists = lists_conf(lab->conf);
}

/* Not opened yet. */
static inline void
lab_make(struct lab *lab, const char *lists)
{
	memset(lab, 0, sizeof(*lab));
	lab->folder.dir = lab->folder.src = -1;
	strlcpy(lab->top, "/tmp/lists.XXXXXX", sizeof(lab->top));
	assert_non_null(mkdtemp(lab->top));
	/* The lists user must get there. */
	assert_int_equal(chmod(lab->top, 0755), 0);
	log_divert(lab_hear);
	lab_said[0] = '\0';
	lab_read(lab, lists);
}

static inline int
lab_remove_one(const char *path, const struct stat *st, int type,
    struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline void
lab_end(struct lab *lab)
{
	folder_close(&lab->folder);
	conf_unref(lab->conf);
	log_divert(NULL);
	assert_int_equal(nftw(lab->top, lab_remove_one, 8,
			     FTW_DEPTH | FTW_PHYS),
	    0);
}

/* What these lines say, merged. */
static inline void
lab_feed(struct feed *f, const char *text)
{
	feed_init(f, 0);
	assert_int_equal(feed_put(f, text, strlen(text)), 0);
	feed_end(f);
	feed_merge(f);
}

static inline int
lab_exists(int dir, const char *name)
{
	struct stat st;

	return fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Who is in that set file: the ranges in one string; "-" no file, "!" bad. */
static inline const char *
lab_set(int dir, const char *name)
{
	static char   buf[1024];
	char	      why[SET_WHY_LEN], first[ADDR_LEN], last[ADDR_LEN];
	struct set   *set;
	struct ranges r;
	struct addr   a;
	size_t	      i;
	int	      fd;

	if ((fd = openat(dir, name, O_RDONLY)) == -1)
		return "-";
	set = set_open(fd, why);
	close(fd);
	if (set == NULL)
		return "!";
	set_ranges(set, &r);
	buf[0] = '\0';
	for (i = 0; i < r.n4 + r.n6; i++) {
		if (i < r.n4)
			range_to_addr4(&a, r.v4[i].first);
		else
			range_to_addr6(&a, r.v6[i - r.n4].first);
		addr_print(&a, first);
		if (i < r.n4)
			range_to_addr4(&a, r.v4[i].last);
		else
			range_to_addr6(&a, r.v6[i - r.n4].last);
		addr_print(&a, last);
		if (i > 0)
			strlcat(buf, " ", sizeof(buf));
		strlcat(buf, first, sizeof(buf));
		if (strcmp(first, last) != 0) {
			strlcat(buf, "-", sizeof(buf));
			strlcat(buf, last, sizeof(buf));
		}
	}
	set_close(set);
	return buf;
}

#endif /* SOURCE_LAB_H */
