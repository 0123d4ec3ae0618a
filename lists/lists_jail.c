/* SPDX-License-Identifier: ISC */
#include "lists_jail.h"

#include <stdlib.h>

#include "fetch.h"
#include "folder.h"
#include "global.h"
#include "jail.h"
#include "log.h"
#include "xalloc.h"

/* What a resolver and a TLS library look at. */
static const char *const readable[] = {
	"/dev/null",
	"/dev/urandom",
	"/etc",
	"/lib",
	"/lib64",
	"/run/resolvconf",
	"/run/systemd/resolve",
	"/usr",
	NULL,
};

int
lists_jail(const struct conf *conf, int fork, struct folder *f)
{
	const struct global_conf *g = global_conf(conf);
	struct jail		  jail = { .user = g->lists_user,
			      .needs = JAIL_INET | JAIL_FILES | (fork ? JAIL_FORK : 0),
			      .readable = readable };
	char			 *folder;
	int			  ret = -1;

	folder = xasprintf("%s/lists", g->state);
	jail.writable = folder;
	if (fetch_prepare() == -1)
		log_warnx("libcurl does not start");
	else if (jail_enter(&jail) == 0) {
		if (folder_look(f, conf) == -1)
			log_warnx("%s cannot be opened", folder);
		else
			ret = jail_lock(&jail);
	}
	free(folder);
	return ret;
}
