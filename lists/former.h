/* SPDX-License-Identifier: ISC */
/*
 * Sources that the file named once.  One that is only taken out is out at
 * once.  Where a new one came when it went, as when a word is changed, what
 * the former one said stays until the new one was read.  src/NAME.sources
 * remembers which were named last, and which of them are waited for.
 */
#ifndef FORMER_H
#define FORMER_H

#include "folder.h"
#include "lists_conf.h"
#include "source.h"

#define FORMER_SUFFIX ".sources"

struct former_named {
	char name[SOURCE_NAME_LEN];
	int  waits; /* what former ones said stays until it was read */
};

/* A plain value. */
struct former {
	const struct folder    *f;
	const struct list_conf *list;
	struct former_named	was[LIST_SOURCES_MAX]; /* the last time */
	struct former_named	is[LIST_SOURCES_MAX];
	size_t			nwas;
	int			came;  /* one that was never read is new */
	int			waits; /* one of those in is[] does */
};

/* Locked. */
void former_init(struct former *, const struct folder *,
    const struct list_conf *);
/* Is what this former source said still part of the list? */
int former_counts(const struct former *, const char *name);
/* The files of those that do not count go; and the others are remembered. */
void former_done(const struct former *);

#endif /* FORMER_H */
