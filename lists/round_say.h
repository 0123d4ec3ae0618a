/* SPDX-License-Identifier: ISC */
/*
 * What a round says, a line each.  For round*.c alone.
 */
#ifndef ROUND_SAY_H
#define ROUND_SAY_H

#include <stddef.h>
#include <stdint.h>

#include "feed.h"
#include "lists_conf.h"
#include "meta.h"
#include "set.h"
#include "source.h"
#include "unpack.h"

#define ROUND_SHOWN_LEN 512

struct round {
	const struct folder	 *f;
	const struct list_conf	 *list;
	const struct list_source *source;
	int			  by_hand;
	int64_t			  now;
	int			  lock;
	char			  name[SOURCE_NAME_LEN];
	char			  shown[ROUND_SHOWN_LEN];
	char			  why[64];
	struct meta		  m;
	struct unpack		 *unpack;
	enum unpack_result	  unpacked;
	struct feed		  feed;
	size_t			  was;	   /* entries of what is in use */
	size_t			  special; /* ranges that were none of it */
};

#define RETRY_MAX (24 * 60 * 60) /* no server keeps us away for longer */

/* round_due.c: when may it be asked? */
int64_t round_when(const struct meta *, const struct list_source *, int by_hand,
    int64_t now);

/* The counts as a set file has them. */
void round_info(const struct round *, struct set_info *);

void round_say_new(const struct round *, const struct set_info *);
void round_say_same(const struct round *);
void round_say_early(const struct round *, int64_t when);
void round_say_held(const struct round *);
/* when: it is asked again, or 0; news: it is not what was said last. */
void round_say_failed(const struct round *, int64_t when, int news);
/* Once a day; m.told follows. */
void round_say_stale(struct round *);

#endif /* ROUND_SAY_H */
