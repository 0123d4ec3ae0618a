/* SPDX-License-Identifier: ISC */
/*
 * What the file named once, and names no more, goes.
 */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "protect.h"
#include "source.h"

#define HASH_DIGITS 8

/* Only what we could have made is ours to remove. */
static int
plain_name(const char *s, size_t len)
{
	size_t i;

	if (len == 0 || len >= LIST_NAME_LEN)
		return 0;
	for (i = 0; i < len; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '-' && s[i] != '_')
			return 0;
	return 1;
}

/* NAME.set of a list that there is not. */
static int
is_old_list(const struct lists_conf *conf, const char *entry)
{
	size_t i, len = strlen(entry);

	if (len <= strlen(SET_SUFFIX))
		return 0;
	len -= strlen(SET_SUFFIX);
	if (strcmp(entry + len, SET_SUFFIX) != 0 || !plain_name(entry, len) ||
	    strcmp(entry, PROTECT_SET) == 0 ||
	    strcmp(entry, LIST_BANS SET_SUFFIX) == 0)
		return 0;
	for (i = 0; i < conf->nlists; i++)
		if (strlen(conf->lists[i].name) == len &&
		    strncmp(conf->lists[i].name, entry, len) == 0)
			return 0;
	return 1;
}

/* NAME-HASH.SUFFIX of a source that there is not. */
static int
is_old_source(const struct lists_conf *conf, const char *entry)
{
	static const char *const suffixes[] = { SET_SUFFIX, ".since", ".prev",
		".held", ".meta" };
	char			 name[SOURCE_NAME_LEN];
	size_t			 i, j, len = strcspn(entry, ".");
	int			 ours = 0;

	for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (strcmp(entry + len, suffixes[i]) == 0)
			ours = 1;
	if (!ours || len <= HASH_DIGITS + 1 ||
	    entry[len - HASH_DIGITS - 1] != '-' ||
	    strspn(entry + len - HASH_DIGITS, "0123456789abcdef") <
		HASH_DIGITS ||
	    !plain_name(entry, len - HASH_DIGITS - 1))
		return 0;
	for (i = 0; i < conf->nlists; i++) {
		for (j = 0; j < conf->lists[i].nsources; j++) {
			source_name(&conf->lists[i], &conf->lists[i].sources[j],
			    name);
			if (strlen(name) == len &&
			    strncmp(name, entry, len) == 0)
				return 0;
		}
	}
	return 1;
}

static void
sweep(int dir, const struct lists_conf *conf,
    int (*is_old)(const struct lists_conf *, const char *))
{
	struct dirent *d;
	DIR	      *stream;
	int	       fd;

	/* Not dup(2): the place in the folder would be shared. */
	fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1)
		return;
	if ((stream = fdopendir(fd)) == NULL) {
		close(fd);
		return;
	}
	while ((d = readdir(stream)) != NULL) {
		if (!is_old(conf, d->d_name))
			continue;
		if (unlinkat(dir, d->d_name, 0) == 0)
			log_info("lists: %s is removed: the file does not "
				 "name it any more",
			    d->d_name);
		else
			log_warn("lists: %s", d->d_name);
	}
	closedir(stream);
}

void
list_sweep(const struct folder *f, const struct lists_conf *conf)
{
	sweep(f->dir, conf, is_old_list);
	sweep(f->src, conf, is_old_source);
}
