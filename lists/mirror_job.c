/* SPDX-License-Identifier: ISC */
#include <sys/types.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "conf.h"
#include "mirror_load.h"
#include "set_file.h"
#include "wire.h"

void
mirror_table_use(struct mirror_table *t)
{
	t->fw.file = t->file;
}

int
mirror_table_equal(const struct mirror_table *a, const struct mirror_table *b)
{
	return strcmp(a->list, b->list) == 0 && a->fw.kind == b->fw.kind &&
	    strcmp(a->name, b->name) == 0 &&
	    strcmp(a->fw.table, b->fw.table) == 0 &&
	    strcmp(a->fw.set, b->fw.set) == 0 &&
	    strcmp(a->fw.set6, b->fw.set6) == 0;
}

static void
fill(struct mirror_table *t, const struct lists_conf *lists, const char *state,
    const char *list, const char *name)
{
	strlcpy(t->list, list, sizeof(t->list));
	strlcpy(t->name, name, sizeof(t->name));
	lists_conf_firewall(lists, name, &t->fw);
	snprintf(t->file, sizeof(t->file), "%s/lists-table-%s", state, name);
	set_file_path(t->set, state, list);
	set_file_path(t->protected, state, LIST_PROTECTED);
}

struct mirror_table *
mirror_tables(const struct conf *conf, const char *state, size_t *n)
{
	const struct lists_conf *lists = lists_conf(conf);
	const char		*bans = bans_conf(conf)->table;
	struct mirror_table	*tables;
	size_t			 i;

	*n = 0;
	tables = calloc(lists->nlists + 1, sizeof(*tables));
	if (tables == NULL)
		return NULL;
	/* Those of the bans are small, and shall hold soon. */
	if (bans != NULL)
		fill(&tables[(*n)++], lists, state, LIST_BANS, bans);
	for (i = 0; i < lists->nlists; i++)
		if (lists->lists[i].table != NULL)
			fill(&tables[(*n)++], lists, state,
			    lists->lists[i].name, lists->lists[i].table);
	return tables;
}

/*
 * In the new process: nothing of the parent's is touched, neither its event
 * loop nor its sockets.  A tool that it runs ends with its group.
 */
static void
work(int fd, struct mirror_table *t, int check)
{
	struct mirror_result result;
	struct wire_msg	     m;
	sigset_t	     none;
	int		     number;

	for (number = 1; number < NSIG; number++)
		if (number != SIGPIPE)
			(void)signal(number, SIG_DFL);
	(void)signal(SIGPIPE, SIG_IGN);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setpgid(0, 0);
	if (fd != WIRE_FD && dup2(fd, WIRE_FD) == -1)
		_exit(1);
	closefrom(WIRE_FD + 1);
	(void)fcntl(WIRE_FD, F_SETFD, FD_CLOEXEC);
	alarm(MIRROR_SECONDS + 10); /* if nobody is there to kill us */
	if (check) /* it may take seconds of a processor, and is not urgent */
		(void)setpriority(PRIO_PROCESS, 0, 10);
	mirror_table_use(t);
	mirror_load(t, check, &result);
	wire_start(&m, 0);
	wire_put_number(&m, result.outcome);
	wire_put_number(&m, result.prefixes);
	wire_put_string(&m, result.why);
	(void)wire_send(WIRE_FD, &m, 0);
	_exit(0);
}

int
mirror_job_start(struct mirror_job *job, struct mirror_table *t, int check)
{
	sigset_t all, was;
	int	 fds[2];

	job->fd = -1;
	job->pid = -1;
	if (wire_pair(fds) == -1)
		return -1;
	/* The parent's handlers would run in the new process. */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &was);
	if ((job->pid = fork()) == 0)
		work(fds[1], t, check);
	sigprocmask(SIG_SETMASK, &was, NULL);
	close(fds[1]);
	if (job->pid == -1) {
		close(fds[0]);
		return -1;
	}
	(void)setpgid(job->pid, job->pid); /* whoever is first */
	job->fd = fds[0];
	return 0;
}

void
mirror_job_kill(struct mirror_job *job)
{
	if (job->pid == -1)
		return;
	(void)kill(-job->pid, SIGKILL);
	(void)kill(job->pid, SIGKILL);
}

void
mirror_job_end(struct mirror_job *job, struct mirror_result *result)
{
	struct wire_msg m;
	const char     *why = NULL;
	int		got;

	memset(result, 0, sizeof(*result));
	if ((got = wire_recv(job->fd, &m, 0)) == 1) {
		result->outcome = (enum mirror_outcome)wire_get_number(&m);
		result->prefixes = wire_get_number(&m);
		why = wire_get_string(&m);
		if (m.fd != -1)
			close(m.fd);
	}
	if (got != 1 || wire_end(&m) == -1 || why == NULL) {
		result->outcome = MIRROR_FAILED;
		why = "the process that loads it died or was killed";
	}
	strlcpy(result->why, why, sizeof(result->why));
	close(job->fd);
	job->fd = -1;
	/* Whoever waits for all children may have been there first. */
	while (waitpid(job->pid, NULL, 0) == -1 && errno == EINTR)
		continue;
	job->pid = -1;
}
