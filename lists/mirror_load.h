/* SPDX-License-Identifier: ISC */
/*
 * One table made what its list says, in a process of its own: it may take
 * hundreds of megabytes, and a tool or library that hangs or dies shall not
 * take the parent along.
 */
#ifndef MIRROR_LOAD_H
#define MIRROR_LOAD_H

#include <sys/types.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>

#include "firewall.h"
#include "lists_conf.h"

#define MIRROR_SECONDS 60 /* then it hangs, and is killed */

struct conf;

/* A plain value; fw.file points into it, set by mirror_table_use(). */
struct mirror_table {
	char		list[LIST_NAME_LEN];
	char		name[FIREWALL_NAME_LEN]; /* as in the file */
	struct firewall fw;
	char		file[PATH_MAX]; /* where "firewall none" keeps it */
	char		set[PATH_MAX];
	char protected[PATH_MAX];
};

enum mirror_outcome {
	MIRROR_LOADED,	 /* handed over */
	MIRROR_SAME,	 /* looked at: it is what it should be */
	MIRROR_REPAIRED, /* looked at, and it was not */
	MIRROR_ABSENT,	 /* there is no set file: the table stays as it is */
	MIRROR_FAILED	 /* why says so; the table stays as it is */
};

struct mirror_result {
	enum mirror_outcome outcome;
	uint64_t	    prefixes;
	char		    why[FIREWALL_WHY_LEN];
};

/* All tables of the file, in order; *n of them, to be freed. */
struct mirror_table *mirror_tables(const struct conf *, const char *state,
    size_t *n);
/* To be called before a table that was copied is used. */
void mirror_table_use(struct mirror_table *);
int  mirror_table_equal(const struct mirror_table *,
     const struct mirror_table *);

/* The work itself.  check: look first, and change it only if it differs. */
void mirror_load(const struct mirror_table *, int check,
    struct mirror_result *);

/* The work in a process of its own. */
struct mirror_job {
	pid_t pid;
	int   fd; /* readable: it is done; -1: none runs */
};

/* 0, or -1 with errno. */
int  mirror_job_start(struct mirror_job *, struct mirror_table *, int check);
void mirror_job_end(struct mirror_job *, struct mirror_result *);
/* It and what it has started; mirror_job_end() tells that it died. */
void mirror_job_kill(struct mirror_job *);

#endif /* MIRROR_LOAD_H */
