/* SPDX-License-Identifier: ISC */
#include "source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "crc32c.h"
#include "source_file.h"
#include "whole.h"

#define META	   ".meta"
#define STALE_FOLD 3 /* times its refresh */

const char *
source_name(const struct list_conf *list, const struct list_source *source,
    char buf[SOURCE_NAME_LEN])
{
	const char *where = source->url != NULL ? source->url : source->file;

	snprintf(buf, SOURCE_NAME_LEN, "%s-%08" PRIx32, list->name,
	    crc32c(0, where, strlen(where)));
	return buf;
}

const char *
source_shown(const struct list_source *source, char *buf, size_t size)
{
	const char *host, *at;
	size_t	    begin, len;

	if (source->url == NULL) {
		snprintf(buf, size, "%s", source->file);
		return buf;
	}
	/* A key is often behind the "?". */
	len = strcspn(source->url, "?#");
	host = strstr(source->url, "://");
	begin = host == NULL ? 0 : (size_t)(host + 3 - source->url);
	if (begin > len)
		begin = len;
	host = source->url + begin;
	at = memchr(host, '@', strcspn(host, "/?#"));
	if (at != NULL)
		host = at + 1;
	snprintf(buf, size, "%.*s%.*s", (int)begin, source->url,
	    (int)(source->url + len - host), host);
	return buf;
}

int
source_read_meta(const struct folder *f, const char *name, struct meta *m)
{
	char	file[SOURCE_FILE_LEN], text[META_TEXT_MAX];
	ssize_t len;
	int	fd, err;

	memset(m, 0, sizeof(*m));
	if (source_file(file, name, META) == -1)
		return -1;
	if ((fd = source_file_open(f->src, file)) == -1)
		return errno == ENOENT ? 0 : -1;
	len = whole_read(fd, text, sizeof(text), 0);
	err = errno;
	close(fd);
	errno = err;
	if (len == -1)
		return -1;
	meta_parse(m, text, (size_t)len);
	return 0;
}

int
source_write_meta(const struct folder *f, const char *name,
    const struct meta *m)
{
	char		   file[SOURCE_FILE_LEN], text[META_TEXT_MAX];
	struct source_part part = { text, 0 };

	if (source_file(file, name, META) == -1)
		return -1;
	part.len = meta_print(m, text);
	return source_file_write(f->src, file, &part, 1);
}

struct set *
source_open(const struct folder *f, const char *name, const char *suffix,
    char why[SET_WHY_LEN])
{
	char	    file[SOURCE_FILE_LEN];
	struct set *set;
	int	    fd;

	if (source_file(file, name, suffix) == -1 ||
	    (fd = source_file_open(f->src, file)) == -1) {
		snprintf(why, SET_WHY_LEN, "%s",
		    errno == ENOENT ? "there is none" : strerror(errno));
		return NULL;
	}
	set = set_open(fd, why);
	close(fd);
	return set;
}

int
source_is_stale(const struct list_conf *list, const struct list_source *source,
    const struct meta *m, int64_t now)
{
	int64_t last = m->good != 0 ? m->good : m->first;
	int64_t stale = list->stale;

	if (source->url == NULL || last == 0)
		return 0;
	if (stale == 0)
		stale = (int64_t)source->refresh * STALE_FOLD;
	return now - last > stale;
}
