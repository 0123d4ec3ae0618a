/* SPDX-License-Identifier: ISC */
#include "protect_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "folder.h"
#include "gate.h"
#include "imapgate_conf.h"
#include "log.h"
#include "protect.h"
#include "wanted.h"
#include "whole.h"

#define SHOWN "imapgate/" PROTECT_LEASES

static void
put(FILE *f, const struct prefix *p, time_t until)
{
	char prefix[PREFIX_LEN];

	fprintf(f, "%s %lld\n", prefix_print(p, prefix), (long long)until);
}

/*
 * All of it, to be freed; NULL with errno.  While the clock is not believed
 * nothing ends.
 */
static char *
text_of(const struct gate *g, size_t *len)
{
	const struct lease *l;
	char		   *text = NULL;
	FILE		   *f;
	size_t		    i;
	time_t		    now = gate_now(g);

	if ((f = open_memstream(&text, len)) == NULL)
		return NULL;
	for (i = 0; i < g->c->npermanent; i++)
		put(f, &g->c->permanent[i].prefix, 0);
	for (i = 0; i < g->leases.n; i++) {
		l = &g->leases.lease[i];
		if (wanted_is(g->c, l, now))
			put(f, &l->prefix,
			    now == 0 || l->until == LEASE_FOREVER ? 0 :
								    l->until);
	}
	if (fclose(f) == EOF) {
		free(text);
		return NULL;
	}
	return text;
}

static int
is_right(int dir, const char *text, size_t len)
{
	char   *have;
	ssize_t n = -1;
	int	fd, right;

	fd = openat(dir, PROTECT_LEASES,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd == -1)
		return 0;
	/* One more than there should be. */
	if ((have = malloc(len + 1)) != NULL)
		n = whole_read(fd, have, len + 1, 0);
	right = n == (ssize_t)len && memcmp(have, text, len) == 0;
	free(have);
	close(fd);
	return right;
}

int
protect_file_write(const struct gate *g)
{
	int    dir = g->store.dir, ret = -1;
	char  *text;
	size_t len;

	if ((text = text_of(g, &len)) == NULL)
		goto out;
	if (is_right(dir, text, len))
		ret = 0;
	else if (store_put(&g->store, PROTECT_LEASES, text, len) == 0)
		ret = 1;
out:
	if (ret == -1)
		log_warn(SHOWN);
	free(text);
	return ret;
}

void
protect_file_follow(const struct gate *g)
{
	int dir;

	/* A machine without lists has nobody to be told. */
	if ((dir = folder_look_top(g->conf)) == -1)
		return;
	close(dir);
	(void)protect_refresh(g->conf, NULL);
}
