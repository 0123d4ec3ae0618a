/* SPDX-License-Identifier: ISC */
#include <sys/socket.h>
#include <sys/time.h>

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "sock.h"
#include "talk.h"

#define ANSWER_SECONDS 12 /* a daemon's own deadlines are shorter */

static int
dial(const char *path)
{
	struct timeval tv = { .tv_sec = ANSWER_SECONDS };
	int	       fd;

	if ((fd = sock_connect_unix(path, 0)) == -1)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
	return fd;
}

/* A daemon that has hung up is no reason to die of SIGPIPE. */
static int
ask(int fd, const char *word)
{
	char   line[64];
	size_t len;

	len = (size_t)snprintf(line, sizeof(line), "%s\n", word);
	return send(fd, line, len, MSG_NOSIGNAL) == (ssize_t)len ? 0 : -1;
}

/* Prints the answer as a paragraph.  0 for ok, 1 for anything else. */
static int
print_answer(FILE *fp, const char *name)
{
	char line[4096];
	int  ret = 1, first = 1;

	while (fgets(line, sizeof(line), fp) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (strcmp(line, ".") == 0)
			return ret;
		if (first && strcmp(line, "ok") == 0) {
			ret = 0;
			printf("%s: ok\n", name);
		} else if (first)
			printf("%s: %s\n", name, line);
		else
			printf("\t%s\n", line);
		first = 0;
	}
	printf("%s: no answer\n", name);
	return 1;
}

static int
talk_to(const char *run, const char *file, const char *word)
{
	char  path[PATH_MAX], name[NAME_MAX + 1];
	FILE *fp;
	int   fd, ret;

	if ((size_t)snprintf(path, sizeof(path), "%s/%s", run, file) >=
	    sizeof(path))
		return 1;
	snprintf(name, sizeof(name), "%.*s", (int)(strlen(file) - 4), file);
	if ((fd = dial(path)) == -1) {
		if (errno == EACCES || errno == EPERM)
			return EX_NOPERM;
		/* What a killed daemon left behind. */
		printf("%s: does not run (%s)\n", name, strerror(errno));
		return 1;
	}
	if (ask(fd, word) == -1 || (fp = fdopen(fd, "r")) == NULL) {
		printf("%s: no answer (%s)\n", name, strerror(errno));
		close(fd);
		return 1;
	}
	ret = print_answer(fp, name);
	fclose(fp);
	return ret;
}

static int
is_control(const struct dirent *d)
{
	size_t len = strlen(d->d_name);

	return len > 4 && strcmp(d->d_name + len - 4, ".ctl") == 0;
}

int
talk_to_all(const char *state, const char *word)
{
	struct dirent **all;
	char		run[PATH_MAX];
	int		i, n, one, ret = 0;

	snprintf(run, sizeof(run), "%s/run", state);
	n = scandir(run, &all, is_control, alphasort);
	if (n <= 0) {
		fprintf(stderr, "postern: no daemon runs here (%s)\n", run);
		if (n == 0)
			free(all);
		return EX_UNAVAILABLE;
	}
	for (i = 0; i < n; i++) {
		one = talk_to(run, all[i]->d_name, word);
		if (one == EX_NOPERM)
			ret = one;
		else if (one != 0 && ret == 0)
			ret = one;
		free(all[i]);
	}
	free(all);
	if (ret == EX_NOPERM)
		fprintf(stderr, "postern: %s needs root\n", word);
	return ret;
}
