/* SPDX-License-Identifier: ISC */
/*
 * What the verbs of "postern lists" share.  For postern/lists*.c.
 */
#ifndef LISTS_VERB_H
#define LISTS_VERB_H

#include <stddef.h>
#include <stdint.h>

#include "folder.h"
#include "lists_conf.h"
#include "ranges.h"
#include "set.h"
#include "source.h"

struct bans;
struct bans_clock;

#define LISTS_SHOWN_LEN 512
#define LISTS_TIME_LEN	48
#define LISTS_RANGE_LEN (2 * ADDR_LEN + 4)

struct lists {
	const struct conf *conf; /* NULL for the verbs that need none */
	const char	  *file;
	int		   json;
	int		   n;	    /* operands */
	char		 **operand; /* ends in NULL */
	int64_t		   now;
	/* After lists_look(): */
	int	      have; /* 0: postern-lists has made nothing yet */
	struct folder folder;
};

/* Each returns an exit status. */
int lists_accept(struct lists *);
int lists_diff(struct lists *);
int lists_lint(struct lists *);
int lists_show(struct lists *);
int lists_test(struct lists *);
int lists_update(struct lists *);

/* "show NAME". */
int lists_show_ranges(struct lists *, const char *name);

/* Open what there is, to read.  0, or an exit status with the reason said. */
int lists_look(struct lists *);
/* The name without its angle brackets, if it has them; cut, it is none. */
#define LISTS_BARE_LEN (LIST_NAME_LEN + 2)
void lists_bare(char bare[LISTS_BARE_LEN], const char *name);
/* The list of that name, in angle brackets or not; NULL and said. */
const struct list_conf *lists_find(const struct lists *, const char *name);
/*
 * NAME.set, or that file of a source.  NULL: it is bad, and why says so; or
 * there is none, and why is "".
 */
struct set *lists_set(const struct lists *, const char *name,
    char why[SET_WHY_LEN]);
struct set *lists_source_set(const struct lists *, const char *source,
    const char *suffix, char why[SET_WHY_LEN]);
/* All zeros if it cannot be read. */
void lists_meta(const struct lists *, const char *source, struct meta *);
/* NULL: none, or the reason is logged. */
struct bans *lists_bans(const struct lists *, struct bans_clock *);

/* "192.0.2.0/24", or "192.0.2.1-192.0.2.9" */
const char *lists_print4(const struct range4 *, char buf[LISTS_RANGE_LEN]);
const char *lists_print6(const struct range6 *, char buf[LISTS_RANGE_LEN]);
/*
 * Each in the order of addresses, until fn is not 0, which is returned: the
 * range as text.
 */
int lists_each(const struct ranges *, int (*fn)(void *arg, const char *text),
    void *arg);

/* "2026-11-22T14:00:00Z" in quotes, or null for 0. */
const char *lists_json_time(int64_t, char buf[LISTS_TIME_LEN]);
const char *lists_time(int64_t, char buf[LISTS_TIME_LEN]);
/* "2d 3h", "11h 59m", "5m", "42s" */
const char *lists_span(int64_t seconds, char buf[LISTS_TIME_LEN]);

#endif /* LISTS_VERB_H */
