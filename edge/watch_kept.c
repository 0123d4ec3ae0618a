/* SPDX-License-Identifier: ISC */
#include "watch_kept.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "daemon.h"
#include "edge_conf.h"
#include "watch_pair.h"
#include "xalloc.h"

#define NAME_LEN 32

/* Lengths first, then the paths and contents, in this order. */
enum part {
	PART_CHAIN_PATH,
	PART_KEY_PATH,
	PART_CHAIN,
	PART_KEY,
	PARTS
};

static const char *
name_of(size_t n, char buf[NAME_LEN])
{
	snprintf(buf, NAME_LEN, "pair %zu", n);
	return buf;
}

void
watch_kept_write(struct daemon_parent *parent, const struct watch_pair *p,
    size_t n)
{
	const struct watch_bytes parts[PARTS] = {
		{ p->path[WATCH_CHAIN], strlen(p->path[WATCH_CHAIN]) },
		{ p->path[WATCH_KEY], strlen(p->path[WATCH_KEY]) },
		p->pem[WATCH_CHAIN],
		p->pem[WATCH_KEY],
	};
	struct watch_bytes all;
	uint64_t	   lens[PARTS];
	char		   name[NAME_LEN], *at;
	int		   i;

	all.len = sizeof(lens);
	for (i = 0; i < PARTS; i++) {
		lens[i] = parts[i].len;
		all.len += parts[i].len;
	}
	all.at = at = xcalloc(1, all.len);
	memcpy(at, lens, sizeof(lens));
	at += sizeof(lens);
	for (i = 0; i < PARTS; i++) {
		memcpy(at, parts[i].at, parts[i].len);
		at += parts[i].len;
	}
	daemon_keep(parent, name_of(n, name), -1, all.at, all.len);
	watch_bytes_wipe(&all);
}

static void
copy(struct watch_bytes *to, const char *at, size_t len)
{
	to->at = xcalloc(1, len);
	to->len = len;
	memcpy(to->at, at, len);
}

struct watch_pair *
watch_kept_read(struct daemon_parent *parent, size_t n)
{
	struct watch_pair *p;
	struct edge_pair   paths;
	const char	  *at[PARTS], *bytes;
	uint64_t	   lens[PARTS];
	size_t		   len;
	char		   name[NAME_LEN];
	int		   i;

	bytes = daemon_kept_bytes(parent, name_of(n, name), &len);
	if (bytes == NULL || len < sizeof(lens))
		return NULL;
	memcpy(lens, bytes, sizeof(lens));
	bytes += sizeof(lens);
	len -= sizeof(lens);
	for (i = 0; i < PARTS; i++) {
		if (lens[i] == 0 || lens[i] > len)
			return NULL;
		at[i] = bytes;
		bytes += lens[i];
		len -= lens[i];
	}
	memset(&paths, 0, sizeof(paths));
	paths.chain = xstrndup(at[PART_CHAIN_PATH], lens[PART_CHAIN_PATH]);
	paths.key = xstrndup(at[PART_KEY_PATH], lens[PART_KEY_PATH]);
	p = watch_pair_new(&paths);
	free(paths.chain);
	free(paths.key);
	copy(&p->pem[WATCH_CHAIN], at[PART_CHAIN], lens[PART_CHAIN]);
	copy(&p->pem[WATCH_KEY], at[PART_KEY], lens[PART_KEY]);
	cert_check(&p->info, at[PART_CHAIN], lens[PART_CHAIN], at[PART_KEY],
	    lens[PART_KEY], clock_now());
	/* By the judgement of this version. */
	if (p->info.state == CERT_BAD) {
		watch_bytes_wipe(&p->pem[WATCH_CHAIN]);
		watch_bytes_wipe(&p->pem[WATCH_KEY]);
	}
	return p;
}
