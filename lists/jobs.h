/* SPDX-License-Identifier: ISC */
/*
 * What postern-lists works on: each source of each list, with the files that
 * its parent opened for it.
 */
#ifndef JOBS_H
#define JOBS_H

#include <stddef.h>
#include <stdint.h>

#include "lists_conf.h"
#include "round.h"
#include "source.h"

#define JOB_WHY_LEN 128

/* The files of a source. */
enum job_file {
	JOB_FILE, /* the source itself */
	JOB_TOKEN,
	JOB_HEADER,
	JOB_CA,
	JOB_FILES
};

struct job {
	const struct list_conf	 *list;
	const struct list_source *source;
	char			  name[SOURCE_NAME_LEN];
	int			  fd[JOB_FILES]; /* -1: not there */
	char			  why[JOB_FILES][JOB_WHY_LEN]; /* or "" */
	int			  changed; /* a file: read it */
	int64_t			  due;	   /* a url: seconds since 1970 */
};

struct jobs {
	const struct conf *conf; /* a reference */
	struct job	  *list;
	size_t		   n;
};

/* All of that file's.  May die. */
struct jobs *jobs_new(const struct conf *);
void	     jobs_free(struct jobs *); /* and closes the files */
struct job  *jobs_find(struct jobs *, const char *name);
/* The descriptors of files that both name go from one to the other. */
void jobs_inherit(struct jobs *, struct jobs *former);
/* The path of such a file in the configuration, or NULL. */
const char *job_path(const struct list_source *, enum job_file);
/*
 * Open it as the operator means it: a regular file, links are followed.  -1,
 * with a phrase in why.
 */
int job_open(const char *path, char *why, size_t size);

/* Ask that source: reads the secrets, runs the round. */
enum round_result job_run(const struct job *, const struct folder *,
    int by_hand, int64_t now);

/*
 * What a new configuration means for what there is: each list is the union of
 * its sources, and what is named no more goes.
 */
void jobs_tidy(const struct jobs *, const struct folder *);

#endif /* JOBS_H */
