/* SPDX-License-Identifier: ISC */
/*
 * What there is of lists, opened to be read.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "global.h"
#include "journal.h"
#include "line.h"
#include "lists_verb.h"
#include "log.h"

int
lists_look(struct lists *l)
{
	if (folder_look(&l->folder, l->conf) == 0) {
		l->have = 1;
		return 0;
	}
	if (errno == ENOENT)
		return 0;
	log_warn("%s/lists", global_conf(l->conf)->state);
	return errno == EACCES ? EX_NOPERM : EX_OSERR;
}

void
lists_bare(char bare[LISTS_BARE_LEN], const char *name)
{
	size_t len = strlen(name);

	strlcpy(bare, name, LISTS_BARE_LEN);
	if (len > 2 && len < LISTS_BARE_LEN && name[0] == '<' &&
	    name[len - 1] == '>') {
		memcpy(bare, name + 1, len - 2);
		bare[len - 2] = '\0';
	}
}

const struct list_conf *
lists_find(const struct lists *l, const char *name)
{
	const struct list_conf *list;
	char			bare[LISTS_BARE_LEN];

	lists_bare(bare, name);
	list = lists_conf_find(lists_conf(l->conf), bare);
	if (list == NULL)
		log_warnx("there is no list <%s>", bare);
	return list;
}

static struct set *
open_set(int dir, const char *name, const char *suffix, char why[SET_WHY_LEN])
{
	char	    file[SOURCE_NAME_LEN + 16];
	struct set *set;
	int	    fd;

	why[0] = '\0';
	snprintf(file, sizeof(file), "%s%s", name, suffix);
	fd = openat(dir, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd == -1) {
		if (errno != ENOENT)
			strlcpy(why, strerror(errno), SET_WHY_LEN);
		return NULL;
	}
	set = set_open(fd, why);
	close(fd);
	return set;
}

struct set *
lists_set(const struct lists *l, const char *name, char why[SET_WHY_LEN])
{
	why[0] = '\0';
	return l->have ? open_set(l->folder.dir, name, SET_SUFFIX, why) : NULL;
}

struct set *
lists_source_set(const struct lists *l, const char *source, const char *suffix,
    char why[SET_WHY_LEN])
{
	why[0] = '\0';
	return l->have ? open_set(l->folder.src, source, suffix, why) : NULL;
}

void
lists_meta(const struct lists *l, const char *source, struct meta *m)
{
	char why[META_WHY_LEN], form[sizeof(m->form)];

	if (!l->have || source_read_meta(&l->folder, source, m) == -1)
		memset(m, 0, sizeof(*m));
	/* Some of it came from a server. */
	strlcpy(m->why, line_clean(why, sizeof(why), m->why, strlen(m->why)),
	    sizeof(m->why));
	strlcpy(m->form,
	    line_clean(form, sizeof(form), m->form, strlen(m->form)),
	    sizeof(m->form));
}

struct bans *
lists_bans(const struct lists *l, struct bans_clock *clock)
{
	memset(clock, 0, sizeof(*clock));
	return l->have ? journal_look(&l->folder, clock) : NULL;
}
