/* SPDX-License-Identifier: ISC */
#include "standin.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct command cmd;

FILE *
root_open(const char *name, const char *mode)
{
	char path[PATH_LEN];

	snprintf(path, sizeof(path), "%s/%s", ROOT, name);
	return fopen(path, mode);
}

int
root_has(const char *name)
{
	char path[PATH_LEN];

	snprintf(path, sizeof(path), "%s/%s", ROOT, name);
	return access(path, F_OK) == 0;
}

void
record(const char *name, const char *what)
{
	FILE *fp;
	int   i;

	if ((fp = root_open(name, "a")) == NULL)
		return;
	for (i = 1; i < cmd.argc; i++)
		fprintf(fp, "%s%s", i > 1 ? " " : "", cmd.argv[i]);
	fprintf(fp, "%s%s\n", what == NULL ? "" : ": ",
	    what == NULL ? "" : what);
	fclose(fp);
}

void
die(const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "pfctl: ");
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, "\n");
	exit(1);
}

void
wrong(const char *what)
{
	record("wrong", what);
	fprintf(stderr,
	    "usage: pfctl [-nqv] [-f file] [-k id -k id] "
	    "[-s modifier] [-t table -T command [address ...]]\n");
	exit(1);
}

void
say(const char *fmt, ...)
{
	va_list ap;

	if (cmd.quiet)
		return;
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, cmd.dry ? " (dummy).\n" : ".\n");
}

int
fault(const char *kind, const char *where)
{
	FILE *fp;
	char  line[LINE_LEN], k[64], w[64];
	int   found = 0, n;

	if ((fp = root_open("fault", "r")) == NULL)
		return 0;
	while (fgets(line, sizeof(line), fp) != NULL) {
		n = sscanf(line, "%63s %63s", k, w);
		if (n >= 1 && strcmp(k, kind) == 0 &&
		    (n == 1 || strcmp(w, where) == 0))
			found = 1;
	}
	fclose(fp);
	return found;
}

void
faults_at_start(const char *where)
{
	if (fault("hang", where)) {
		for (;;)
			pause();
	}
	if (fault("fail", where))
		die("DIOC: Device busy");
	if (fault("crash", where)) {
		signal(SIGSEGV, SIG_DFL);
		raise(SIGSEGV);
	}
	if (fault("flood", where)) {
		for (;;)
			puts("all udp 192.0.2.1:53 <- 192.0.2.2:53");
	}
	if (fault("garbage", where)) {
		printf("\033[2J\001%c%c no such thing\n", 0xff, 0);
		exit(0);
	}
}
