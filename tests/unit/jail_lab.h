/* SPDX-License-Identifier: ISC */
/*
 * A folder to be jailed in, with one file, and a user to be there.
 */
#ifndef JAIL_LAB_H
#define JAIL_LAB_H

#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <pwd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "jail.h"
#include "log.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static char dir[64];
static char user[32];

#ifdef JAIL_LIGHT
static const int light = 1;
#else
static const int light = 0;
#endif

static inline void
take_line(enum log_level level, const char *text)
{
	(void)level;
	(void)text;
}

/* The status that this child ends with. */
static inline int
end_of(pid_t pid)
{
	int status;

	assert_int_not_equal(pid, -1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static inline int
lab_open(void **state)
{
	char path[80];
	int  fd;

	(void)state;
	log_divert(take_line);
	strlcpy(user, getpwnam("_postern") != NULL ? "_postern" : "nobody",
	    sizeof(user));
	strlcpy(dir, "/tmp/jail_test.XXXXXX", sizeof(dir));
	if (mkdtemp(dir) == NULL || chmod(dir, 0755) == -1)
		return -1;
	snprintf(path, sizeof(path), "%s/file", dir);
	if ((fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0644)) == -1)
		return -1;
	return close(fd);
}

static inline int
lab_close(void **state)
{
	char path[80];

	(void)state;
	snprintf(path, sizeof(path), "%s/file", dir);
	(void)unlink(path);
	return rmdir(dir);
}

#endif /* JAIL_LAB_H */
