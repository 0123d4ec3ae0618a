/* SPDX-License-Identifier: ISC */
/*
 * A folder of its own for a journal, and what is in it.
 */
#ifndef JOURNAL_LAB_H
#define JOURNAL_LAB_H

#include <sys/stat.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ban_line.h"
#include "bans.h"
#include "folder.h"
#include "journal.h"
#include "lists_conf.h"
#include "set.h"

static char	     lab_dir[64];
static struct folder lab;

static const struct bans_conf lab_conf = { .keep = 7 * 86400,
	.longest = 90 * 86400 };

static inline int
lab_open(void)
{
	strlcpy(lab_dir, "/tmp/journal_test.XXXXXX", sizeof(lab_dir));
	if (mkdtemp(lab_dir) == NULL)
		return -1;
	memset(&lab, 0, sizeof(lab));
	lab.dir = open(lab_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	lab.src = dup(lab.dir);
	return lab.dir == -1 ? -1 : 0;
}

static inline void
lab_close(void)
{
	static const char *const names[] = { "bans", "bans.lock", "bans.set",
		"bans.new" };
	size_t			 i;

	journal_close();
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		(void)unlinkat(lab.dir, names[i], 0);
	close(lab.dir);
	close(lab.src);
	/* What a writer of sets that was killed has left may be there. */
	if (rmdir(lab_dir) == -1)
		fprintf(stderr, "%s: stays\n", lab_dir);
}

static inline struct prefix
lab_prefix(const char *text)
{
	struct prefix p;

	if (prefix_parse(&p, text) != NULL)
		abort();
	return p;
}

static inline enum journal_result
lab_ban(const char *prefix, int64_t length, const char *why, struct ban *out)
{
	struct journal_ban b = { .prefix = lab_prefix(prefix),
		.length = length,
		.repeats = length == 0,
		.who = "root",
		.why = why };

	return journal_ban(&lab, &lab_conf, &b, out);
}

static inline enum journal_result
lab_unban(const char *prefix, struct ban *still)
{
	struct prefix p = lab_prefix(prefix);

	return journal_unban(&lab, &lab_conf, &p, "root", still);
}

/* Is it in bans.set?  -1: that is bad, or not there. */
static inline int
lab_in_set(const char *address)
{
	char	    why[SET_WHY_LEN];
	struct addr addr;
	struct set *set;
	int	    fd, has;

	fd = openat(lab.dir, "bans.set", O_RDONLY | O_CLOEXEC);
	if (fd == -1 || addr_parse(&addr, address) == -1)
		return -1;
	set = set_open(fd, why);
	close(fd);
	if (set == NULL)
		return -1;
	has = set_has(set, &addr);
	set_close(set);
	return has;
}

/* To the end of the journal, as it is. */
static inline void
lab_append(const char *text, size_t len)
{
	int fd;

	fd = openat(lab.dir, "bans", O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
	    0640);
	if (fd == -1 || write(fd, text, len) != (ssize_t)len)
		abort();
	close(fd);
}

/* Does that prefix hold, as somebody sees it who has not read it before? */
static inline int
lab_holds(const char *prefix, struct ban *copy)
{
	struct bans_clock clock;
	struct bans	 *b;
	const struct ban *ban;
	struct prefix	  p = lab_prefix(prefix);

	if ((b = journal_look(&lab, &clock)) == NULL)
		abort();
	ban = bans_holding(b, &p, &clock);
	if (ban != NULL && copy != NULL)
		*copy = *ban;
	bans_free(b);
	return ban != NULL;
}

static inline off_t
lab_size(void)
{
	struct stat st;

	return fstatat(lab.dir, "bans", &st, 0) == -1 ? -1 : st.st_size;
}

#endif /* JOURNAL_LAB_H */
