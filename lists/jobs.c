/* SPDX-License-Identifier: ISC */
#include "jobs.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "log.h"
#include "whole.h"
#include "xalloc.h"

#define TOKEN_MAX 4096
#define CA_MAX	  (1024 * 1024)

static void
job_init(struct job *job, const struct list_conf *list,
    const struct list_source *source)
{
	size_t i;

	job->list = list;
	job->source = source;
	source_name(list, source, job->name);
	for (i = 0; i < JOB_FILES; i++)
		job->fd[i] = -1;
}

struct jobs *
jobs_new(const struct conf *conf)
{
	const struct lists_conf *c = lists_conf(conf);
	struct jobs		*jobs = xcalloc(1, sizeof(*jobs));
	size_t			 i, s, n = 0;

	jobs->conf = conf_ref(conf);
	for (i = 0; i < c->nlists; i++)
		n += c->lists[i].nsources;
	jobs->list = xcalloc(n + 1, sizeof(*jobs->list));
	for (i = 0; i < c->nlists; i++) {
		for (s = 0; s < c->lists[i].nsources; s++)
			job_init(&jobs->list[jobs->n++], &c->lists[i],
			    &c->lists[i].sources[s]);
	}
	return jobs;
}

void
jobs_free(struct jobs *jobs)
{
	size_t i, f;

	if (jobs == NULL)
		return;
	for (i = 0; i < jobs->n; i++) {
		for (f = 0; f < JOB_FILES; f++) {
			if (jobs->list[i].fd[f] != -1)
				close(jobs->list[i].fd[f]);
		}
	}
	conf_unref(jobs->conf);
	free(jobs->list);
	free(jobs);
}

struct job *
jobs_find(struct jobs *jobs, const char *name)
{
	size_t i;

	for (i = 0; i < jobs->n; i++) {
		if (strcmp(jobs->list[i].name, name) == 0)
			return &jobs->list[i];
	}
	return NULL;
}

static int
same_path(const struct job *a, const struct job *b, enum job_file which)
{
	const char *x = job_path(a->source, which);
	const char *y = job_path(b->source, which);

	return x != NULL && y != NULL && strcmp(x, y) == 0;
}

void
jobs_inherit(struct jobs *jobs, struct jobs *former)
{
	struct job *to, *from;
	size_t	    i, f;

	for (i = 0; i < former->n; i++) {
		from = &former->list[i];
		if ((to = jobs_find(jobs, from->name)) == NULL)
			continue;
		for (f = 0; f < JOB_FILES; f++) {
			if (!same_path(to, from, (enum job_file)f))
				continue;
			to->fd[f] = from->fd[f];
			from->fd[f] = -1;
		}
		to->changed = from->changed;
	}
}

const char *
job_path(const struct list_source *s, enum job_file which)
{
	switch (which) {
	case JOB_FILE:
		return s->file;
	case JOB_TOKEN:
		return s->token_file;
	case JOB_HEADER:
		return s->header_file;
	case JOB_CA:
		return s->ca_file;
	case JOB_FILES:
		break;
	}
	return NULL;
}

int
job_open(const char *path, char *why, size_t size)
{
	struct stat st;
	int	    fd;

	/* Not blocking: it might be a fifo. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd == -1 || fstat(fd, &st) == -1) {
		snprintf(why, size, "%s", strerror(errno));
		if (fd != -1)
			close(fd);
		return -1;
	}
	if (!S_ISREG(st.st_mode)) {
		snprintf(why, size, "is not a regular file");
		close(fd);
		return -1;
	}
	return fd;
}

/*
 * The whole file, without what ends it (a newline); NULL, too, if it has more
 * than max bytes.
 */
static char *
read_text(int fd, size_t max)
{
	char   *text = xcalloc(1, max + 1);
	ssize_t len;

	len = whole_read(fd, text, max + 1, 0);
	if (len == -1 || (size_t)len > max) {
		explicit_bzero(text, max + 1);
		free(text);
		return NULL;
	}
	while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL)
		len--;
	text[len] = '\0';
	return text;
}

/* 0, or -1: the file that the source names is of no use, and why. */
static int
read_secret(const struct job *job, enum job_file which, size_t max, char **text,
    char why[META_WHY_LEN])
{
	*text = NULL;
	if (job_path(job->source, which) == NULL)
		return 0;
	if (job->fd[which] != -1)
		*text = read_text(job->fd[which], max);
	if (*text == NULL || **text == '\0') {
		snprintf(why, META_WHY_LEN, "%s: %s",
		    job_path(job->source, which),
		    job->why[which][0] != '\0' ?
			job->why[which] :
			"cannot be read, or is empty or too large");
		return -1;
	}
	return 0;
}

static void
forget(char *secret)
{
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
	free(secret);
}

enum round_result
job_run(const struct job *job, const struct folder *folder, int by_hand,
    int64_t now)
{
	struct round_secrets secrets;
	enum round_result    result;
	char		    *token, *header = NULL, *ca = NULL;
	char		     why[META_WHY_LEN];

	if (job->source->file != NULL && job->fd[JOB_FILE] == -1) {
		strlcpy(why,
		    job->why[JOB_FILE][0] != '\0' ? job->why[JOB_FILE] :
						    "it cannot be opened",
		    sizeof(why));
		return round_cannot(folder, job->list, job->source, why,
		    by_hand, now);
	}
	if (read_secret(job, JOB_TOKEN, TOKEN_MAX, &token, why) == 0 &&
	    read_secret(job, JOB_HEADER, TOKEN_MAX, &header, why) == 0 &&
	    read_secret(job, JOB_CA, CA_MAX, &ca, why) == 0) {
		secrets.token = token;
		secrets.header = header;
		secrets.ca = ca;
		result = round_run(folder, job->list, job->source, &secrets,
		    job->fd[JOB_FILE], by_hand, now);
	} else {
		result = round_cannot(folder, job->list, job->source, why,
		    by_hand, now);
	}
	forget(token);
	forget(header);
	free(ca);
	return result;
}

void
jobs_tidy(const struct jobs *jobs, const struct folder *folder)
{
	const struct lists_conf *c = lists_conf(jobs->conf);
	int64_t			 now = clock_now();
	size_t			 i;
	int			 lock;

	if ((lock = folder_lock(folder, FOLDER_LOCK)) == -1) {
		log_warn("lists: lock");
		return;
	}
	/* What goes wrong is said there. */
	for (i = 0; i < c->nlists; i++)
		(void)list_union(folder, &c->lists[i], now);
	list_sweep(folder, c);
	close(lock);
}
