/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "global.h"
#include "known.h"
#include "lists_conf.h"
#include "log.h"
#include "set_file.h"
#include "sets.h"

static void
take(struct sets *sets, const struct conf *conf, const char *name)
{
	struct stamp stamp;
	char	     path[PATH_MAX], reason[SET_WHY_LEN];
	const char  *why;
	int	     fd;

	set_file_path(path, global_conf(conf)->state, name);
	fd = set_file_open(path, strcmp(name, LIST_PROTECTED) == 0, &stamp,
	    &why);
	if (fd == -1) {
		if (stamp.error != ENOENT)
			log_warnx("%s: %s", path, why);
	} else if (sets_take(sets, name, fd, reason) == -1)
		log_warnx("%s: %s", path, reason);
}

struct sets *
known_open(const struct conf *conf)
{
	const struct lists_conf *lists = lists_conf(conf);
	struct sets		*sets;
	size_t			 i;

	if ((sets = sets_new()) == NULL) {
		log_warn("sets");
		return NULL;
	}
	take(sets, conf, LIST_PROTECTED);
	take(sets, conf, LIST_BANS);
	for (i = 0; i < lists->nlists; i++)
		take(sets, conf, lists->lists[i].name);
	return sets;
}
