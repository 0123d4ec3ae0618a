/* SPDX-License-Identifier: ISC */
/*
 * The journal, written anew with what is still worth to be known.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ban_line.h"
#include "journal_file.h"
#include "log.h"

#define NEW_NAME JOURNAL_NAME ".new"
#define SHOWN	 "lists/" NEW_NAME
#define LINES	 1000 /* fewer are no matter */

/* Returns -1, and has errno, to stop. */
static int
put_line(FILE *f, const struct ban_line *l)
{
	char   text[BAN_LINE_LEN];
	size_t len;

	len = ban_line_write(text, l);
	return fwrite(text, 1, len, f) == len ? 0 : -1;
}

static int
put_ban(void *arg, const struct ban *ban)
{
	struct ban_line l = { .word = BAN_LINE_BAN, .time = ban->since };

	l.prefix = ban->prefix;
	l.until = ban->until;
	l.times = ban->times;
	strlcpy(l.who, ban->who, sizeof(l.who));
	strlcpy(l.why, ban->why, sizeof(l.why));
	return put_line(arg, &l);
}

static int
put_all(FILE *f, const struct bans *b)
{
	struct ban_line l = { .word = BAN_LINE_CLOCK, .time = bans_newest(b) };

	/* The time that was believed, though its line may be forgotten. */
	if (l.time != 0 && put_line(f, &l) == -1)
		return -1;
	/* Memory may be out before the first one: then it calls for none. */
	if (bans_each(b, NULL, put_ban, f) != bans_records(b)) {
		if (!ferror(f))
			errno = ENOMEM;
		return -1;
	}
	return fflush(f) == 0 && !ferror(f) ? 0 : -1;
}

static int
write_new(int dir, const struct bans *b)
{
	FILE *f;
	int   fd, err, ret = -1;

	/* What somebody who was killed left behind. */
	if (unlinkat(dir, NEW_NAME, 0) == -1 && errno != ENOENT)
		return -1;
	fd = openat(dir, NEW_NAME,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
	if (fd == -1)
		return -1;
	if ((f = fdopen(fd, "w")) == NULL) {
		close(fd);
		return -1;
	}
	if (put_all(f, b) == 0 && fsync(fd) == 0)
		ret = 0;
	err = errno;
	if (fclose(f) == EOF && ret == 0) {
		err = errno;
		ret = -1;
	}
	errno = err;
	return ret;
}

int
journal_file_compact(struct journal_file *j, int dir)
{
	size_t before = j->lines;

	if (j->lines <= LINES || j->lines <= 2 * (bans_records(j->bans) + 1))
		return 0;
	if (write_new(dir, j->bans) == -1 ||
	    renameat(dir, NEW_NAME, dir, JOURNAL_NAME) == -1) {
		log_warn(SHOWN ": the journal stays as long as it is");
		(void)unlinkat(dir, NEW_NAME, 0);
		return -1;
	}
	/* The next to read it sees to it again, before he acknowledges. */
	if (fsync(dir) == -1)
		log_warn(SHOWN);
	log_debug("lists/" JOURNAL_NAME ": %zu lines made %zu", before,
	    bans_records(j->bans) + 1);
	journal_file_close(j);
	return journal_file_read(j, dir, 1);
}
