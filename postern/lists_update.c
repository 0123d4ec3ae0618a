/* SPDX-License-Identifier: ISC */
/*
 * "lists update": one round of postern-lists, by hand.
 */
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "lists_verb.h"
#include "log.h"

#define PROGRAM "postern-lists"

extern char **environ;

/* The one beside ourselves, if the system tells; else whichever PATH has. */
static const char *
program(char buf[PATH_MAX])
{
	ssize_t n;
	char   *slash;

	n = readlink("/proc/self/exe", buf, PATH_MAX - 1);
	if (n <= 0)
		return PROGRAM;
	buf[n] = '\0';
	if ((slash = strrchr(buf, '/')) == NULL ||
	    (size_t)(slash + 1 - buf) + sizeof(PROGRAM) > PATH_MAX)
		return PROGRAM;
	memcpy(slash + 1, PROGRAM, sizeof(PROGRAM));
	return access(buf, X_OK) == 0 ? buf : PROGRAM;
}

static int
wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR) {
			log_warn("waitpid");
			return EX_OSERR;
		}
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	log_warnx("%s: killed by signal %d", PROGRAM, WTERMSIG(status));
	return EX_SOFTWARE;
}

static int
spawn(char *argv[])
{
	char	    path[PATH_MAX];
	const char *name = program(path);
	pid_t	    pid;
	int	    err;

	fflush(stdout);
	/* Without a slash it is looked for in PATH. */
	err = posix_spawnp(&pid, name, NULL, NULL, argv, environ);
	if (err != 0) {
		errno = err;
		log_warn("%s", name);
		return EX_UNAVAILABLE;
	}
	return wait_for(pid);
}

int
lists_update(struct lists *l)
{
	static char		 name[] = PROGRAM, once[] = "-1", file[] = "-f";
	static char		 json[] = "-j", end[] = "--";
	const struct lists_conf *lists = lists_conf(l->conf);
	char		       **argv, *path;
	size_t			 n = 0, k, count;
	int			 i, ret;

	for (i = 0; i < l->n; i++)
		if (lists_find(l, l->operand[i]) == NULL)
			return EX_USAGE;
	count = l->n > 0 ? (size_t)l->n : lists->nlists;
	argv = calloc(count + 7, sizeof(*argv));
	path = strdup(l->file);
	if (argv == NULL || path == NULL) {
		log_warnx("out of memory");
		free(argv);
		free(path);
		return EX_OSERR;
	}
	argv[n++] = name;
	argv[n++] = once;
	argv[n++] = file;
	argv[n++] = path;
	if (l->json)
		argv[n++] = json;
	argv[n++] = end;
	/* By hand is now: all by their names, for those are not put off. */
	for (k = 0; k < count; k++)
		argv[n++] = l->n > 0 ? lists_find(l, l->operand[k])->name :
				       lists->lists[k].name;
	ret = spawn(argv);
	free(path);
	free(argv);
	return ret;
}
