/* SPDX-License-Identifier: ISC */
/*
 * The state folder: root's, never a symbolic link, never writable by others.
 */
#include <sys/stat.h>

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "state.h"

/*
 * lstat, not stat: whoever could plant a link there could choose where root
 * makes sockets.
 */
static int
folder(const char *path)
{
	struct stat st;

	if (mkdir(path, 0755) == -1 && errno != EEXIST) {
		log_warn("cannot make the folder %s", path);
		return -1;
	}
	if (lstat(path, &st) == -1) {
		log_warn("%s", path);
		return -1;
	}
	if (!S_ISDIR(st.st_mode)) {
		log_warnx("%s is not a folder", path);
		return -1;
	}
	if (st.st_uid != geteuid() || (st.st_mode & (S_IWGRP | S_IWOTH))) {
		log_warnx("%s must be root's and writable by nobody else",
		    path);
		return -1;
	}
	return 0;
}

int
state_ancestors(const char *path)
{
	char	    part[PATH_MAX];
	const char *slash;
	struct stat st;

	for (slash = strchr(path + 1, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		snprintf(part, sizeof(part), "%.*s", (int)(slash - path), path);
		if (stat(part, &st) == 0)
			continue;
		if (mkdir(part, 0755) == -1 && errno != EEXIST) {
			log_warn("cannot make the folder %s", part);
			return -1;
		}
	}
	return 0;
}

int
state_prepare(const char *state)
{
	char run[PATH_MAX];
	int  len;

	len = snprintf(run, sizeof(run), "%s/run", state);
	if (len < 0 || (size_t)len >= sizeof(run)) {
		log_warnx("the path of the state folder is too long");
		return -1;
	}
	if (state_ancestors(state) == -1 || folder(state) == -1 ||
	    folder(run) == -1)
		return -1;
	return 0;
}
