/* SPDX-License-Identifier: ISC */
/*
 * Content of a source comes into use, or is held back.  Each step leaves what
 * is consistent, should it be the last:
 *
 *	the validators of the old content are forgotten: else a 304 could
 *	    later be said of content that is not in use
 *	.prev is another name of what is in use
 *	.since is of the new content: until that comes, it is not believed
 *	.set is renamed into its place
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "source.h"
#include "source_file.h"

#define PREV ".prev"
#define HELD ".held"

static int
forget_validators(const struct folder *f, const char *name)
{
	struct meta m;

	if (source_read_meta(f, name, &m) == -1)
		return -1;
	if (m.etag[0] == '\0' && m.last_modified[0] == '\0')
		return 0;
	m.etag[0] = m.last_modified[0] = '\0';
	return source_write_meta(f, name, &m);
}

/* The file that it is in use as. */
static int
write_set(const struct folder *f, const char *name, const char *suffix,
    const struct ranges *r, const struct set_info *info)
{
	char file[SOURCE_FILE_LEN];

	if (source_file(file, name, suffix) == -1)
		return -1;
	return set_write(f->src, file, r, info);
}

/* All that comes before the new .set; was: what is in use, or NULL. */
static int
make_way(const struct folder *f, const char *name, const struct set *was,
    const struct ranges *is, int64_t now)
{
	char		set[SOURCE_FILE_LEN], prev[SOURCE_FILE_LEN];
	struct set_info info;
	struct ranges	r;

	memset(&info, 0, sizeof(info));
	memset(&r, 0, sizeof(r));
	if (source_file(set, name, SET_SUFFIX) == -1 ||
	    source_file(prev, name, PREV) == -1 ||
	    forget_validators(f, name) == -1)
		return -1;
	if (was != NULL) {
		if (source_file_link(f->src, set, prev) == -1)
			return -1;
		set_info(was, &info);
		set_ranges(was, &r);
	}
	return since_write(f, name, was != NULL ? &r : NULL, (int64_t)info.time,
	    is, now);
}

int
source_install(const struct folder *f, const char *name,
    const struct ranges *is, const struct set_info *info)
{
	char		why[SET_WHY_LEN];
	struct set     *was;
	struct set_info was_info;
	int		ret = -1;

	/* One that is bad is as good as none. */
	was = source_open(f, name, SET_SUFFIX, why);
	if (was != NULL) {
		set_info(was, &was_info);
		if (set_is(was, is)) {
			ret = 0;
			if (!set_info_same_lines(&was_info, info))
				ret = write_set(f, name, SET_SUFFIX, is, info);
			goto out;
		}
	}
	if (make_way(f, name, was, is, (int64_t)info->time) == -1 ||
	    write_set(f, name, SET_SUFFIX, is, info) == -1)
		goto out;
	ret = 1;
out:
	set_close(was);
	if (ret != -1)
		source_drop_held(f, name);
	return ret;
}

int
source_has(const struct folder *f, const char *name, const struct ranges *is)
{
	char	    why[SET_WHY_LEN];
	struct set *set;
	int	    same;

	if ((set = source_open(f, name, SET_SUFFIX, why)) == NULL)
		return 0;
	same = set_is(set, is);
	set_close(set);
	return same;
}

int
source_hold(const struct folder *f, const char *name, const struct ranges *r,
    const struct set_info *info)
{
	return write_set(f, name, HELD, r, info) == -1 ? -1 : 1;
}

void
source_drop_held(const struct folder *f, const char *name)
{
	char file[SOURCE_FILE_LEN];
	int  err = errno;

	if (source_file(file, name, HELD) == 0)
		(void)unlinkat(f->src, file, 0);
	errno = err;
}

/* Taken into use: what is remembered follows. */
static int
accepted(const struct folder *f, const char *name, const struct set_info *info,
    int64_t now)
{
	struct meta m;

	if (source_read_meta(f, name, &m) == -1)
		return -1;
	m.changed = now;
	m.entries = info->good - info->duplicate;
	m.bad = info->bad;
	m.duplicate = info->duplicate;
	m.held = 0;
	m.held_entries = 0;
	m.why[0] = '\0';
	return source_write_meta(f, name, &m);
}

int
source_accept(const struct folder *f, const char *name, int64_t now)
{
	char		why[SET_WHY_LEN], file[SOURCE_FILE_LEN];
	struct set     *held;
	struct set_info info;
	struct ranges	r;
	struct stat	st;
	int		err, ret;

	if (source_file(file, name, HELD) == -1)
		return -1;
	if (fstatat(f->src, file, &st, AT_SYMLINK_NOFOLLOW) == -1)
		return -1;
	if ((held = source_open(f, name, HELD, why)) == NULL) {
		errno = EBADMSG;
		return -1;
	}
	set_info(held, &info);
	set_ranges(held, &r);
	info.time = (uint64_t)now;
	/* The validators were of the other one, even if it is the same. */
	ret = forget_validators(f, name);
	if (ret == 0 && (ret = source_install(f, name, &r, &info)) != -1)
		ret = accepted(f, name, &info, now);
	err = errno;
	set_close(held);
	errno = err;
	return ret;
}
