/* SPDX-License-Identifier: ISC */
/*
 * What the file named once, and names no more.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "entries.h"
#include "former.h"
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

static int
is_name(const char *name, const char *s, size_t len)
{
	return strlen(name) == len && strncmp(name, s, len) == 0;
}

static int
is_list(const struct lists_conf *conf, const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < conf->nlists; i++)
		if (is_name(conf->lists[i].name, s, len))
			return 1;
	return 0;
}

/* NAME.set of a list that there is not. */
static int
is_old_list(const struct lists_conf *conf, const char *entry)
{
	size_t len = strlen(entry);

	if (len <= strlen(SET_SUFFIX))
		return 0;
	len -= strlen(SET_SUFFIX);
	return strcmp(entry + len, SET_SUFFIX) == 0 && plain_name(entry, len) &&
	    strcmp(entry, PROTECT_SET) != 0 &&
	    strcmp(entry, LIST_BANS SET_SUFFIX) != 0 &&
	    !is_list(conf, entry, len);
}

/* Of NAME-HASH.SUFFIX, how long is NAME-HASH?  0: it is no such file. */
static size_t
source_len(const char *entry)
{
	static const char *const suffixes[] = { SET_SUFFIX, ".since", ".prev",
		".held", ".meta" };
	size_t			 i, len = strcspn(entry, ".");
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
	return len;
}

/* A file in src of a list that there is not. */
static int
is_lost(const struct lists_conf *conf, const char *entry)
{
	size_t len = strcspn(entry, ".");

	if (strcmp(entry + len, FORMER_SUFFIX) == 0)
		return plain_name(entry, len) && !is_list(conf, entry, len);
	len = source_len(entry);
	return len > 0 && !is_list(conf, entry, len - HASH_DIGITS - 1);
}

/* A file of a source that this list had. */
static int
is_former_source(const struct list_conf *list, const char *entry)
{
	char   name[SOURCE_NAME_LEN];
	size_t i, len = source_len(entry);

	if (len == 0 || !is_name(list->name, entry, len - HASH_DIGITS - 1))
		return 0;
	for (i = 0; i < list->nsources; i++) {
		source_name(list, &list->sources[i], name);
		if (is_name(name, entry, len))
			return 0;
	}
	return 1;
}

struct walk {
	const struct lists_conf *conf;
	const struct list_conf	*list;
	const struct former	*former;
	int			 dir;
	int (*fn)(void *arg, const char *name);
	void *arg;
	int   ret;
};

static void
forget(int dir, const char *entry)
{
	if (unlinkat(dir, entry, 0) == 0)
		log_info("lists: %s is removed: the file does not name it any "
			 "more",
		    entry);
	else
		log_warn("lists: %s", entry);
}

static void
sweep_top(void *arg, const char *entry)
{
	const struct walk *w = arg;

	if (is_old_list(w->conf, entry))
		forget(w->dir, entry);
}

static void
sweep_src(void *arg, const char *entry)
{
	const struct walk *w = arg;

	if (is_lost(w->conf, entry))
		forget(w->dir, entry);
}

static void
sweep_former(void *arg, const char *entry)
{
	const struct walk *w = arg;
	char		   name[SOURCE_NAME_LEN];

	if (!is_former_source(w->list, entry))
		return;
	snprintf(name, sizeof(name), "%.*s", (int)source_len(entry), entry);
	if (!former_counts(w->former, name))
		forget(w->dir, entry);
}

static void
tell_former(void *arg, const char *entry)
{
	struct walk *w = arg;
	char	     name[SOURCE_NAME_LEN];
	size_t	     len;

	if (w->ret != 0 || !is_former_source(w->list, entry))
		return;
	len = source_len(entry);
	if (strcmp(entry + len, SET_SUFFIX) != 0 || len >= sizeof(name))
		return;
	memcpy(name, entry, len);
	name[len] = '\0';
	w->ret = w->fn(w->arg, name);
}

int
list_former(const struct folder *f, const struct list_conf *list,
    int (*fn)(void *arg, const char *name), void	   *arg)
{
	struct walk w = { .list = list, .fn = fn, .arg = arg };

	entries_each(f->src, tell_former, &w);
	return w.ret;
}

void
list_forget(const struct folder *f, const struct list_conf *list,
    const struct former *former)
{
	struct walk w = { .list = list, .former = former, .dir = f->src };

	entries_each(f->src, sweep_former, &w);
}

void
list_sweep(const struct folder *f, const struct lists_conf *conf)
{
	struct walk w = { .conf = conf, .dir = f->dir };

	entries_each(f->dir, sweep_top, &w);
	w.dir = f->src;
	entries_each(f->src, sweep_src, &w);
}
