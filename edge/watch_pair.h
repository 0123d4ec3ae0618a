/* SPDX-License-Identifier: ISC */
/*
 * One certificate with its key: what was seen on disk, the last good content,
 * and what was said of it.  The folding of both to a decision is here.
 */
#ifndef WATCH_PAIR_H
#define WATCH_PAIR_H

#include <stddef.h>
#include <time.h>

#include "cert.h"
#include "stamp.h"
#include "watch_file.h"

#define WATCH_PROBLEM_LEN 320

struct edge_conf;
struct edge_pair;

enum watch_which {
	WATCH_CHAIN,
	WATCH_KEY,
	WATCH_FILES
};

struct watch_pair {
	char		  *path[WATCH_FILES];
	struct stamp	   seen[WATCH_FILES];
	struct watch_bytes pem[WATCH_FILES]; /* in use; or none of both */
	struct cert_info   info;	     /* of it */
	char		 **names;	     /* of the sites that use it */
	size_t		   nnames;
	char		   problem[WATCH_PROBLEM_LEN]; /* "" if none */
	char		  *uncovered; /* the name that was warned of */
	time_t		   again; /* look then, though nothing changed; or 0 */
	time_t		   told;  /* when the days left were said */
	unsigned int	   looked : 1;
	unsigned int	   suspect : 1; /* was bad at the last look */
	unsigned int	   open : 1;	/* the key can be read by all: said */
};

struct watch_pair *watch_pair_new(const struct edge_pair *);
void		   watch_pair_free(struct watch_pair *);
/* The names of all sites with pair n of that file. */
void watch_pair_names(struct watch_pair *, const struct edge_conf *, size_t n);
int  watch_pair_good(const struct watch_pair *);

/*
 * Look at the disk.  1: there is another content to be used.  What is bad is
 * said at the second look in a row, for a renewal writes two files; at the
 * very first look it is said at once.
 */
int watch_pair_look(struct watch_pair *, time_t now);
/* Say how many days are left, if they are few and it was not said today. */
void watch_pair_days(struct watch_pair *, time_t now);

#endif /* WATCH_PAIR_H */
