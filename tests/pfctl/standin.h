/* SPDX-License-Identifier: ISC */
/*
 * A stand-in for OpenBSD's pfctl(8), for tests on systems without pf.  It
 * keeps everything in files below ROOT, is strict about its arguments, and
 * fails on demand; docs/pfctl-standin.md describes it.
 */
#ifndef STANDIN_H
#define STANDIN_H

#include <stdio.h>

#define ROOT	    "/run/pfctl-standin"
#define NAME_LEN    32 /* of a table, with its NUL */
#define LINE_LEN    1024
#define PATH_LEN    256
#define TABLE_LIMIT 200000L

/* What the command line says. */
struct command {
	const char *table, *verb, *file, *show;
	const char *kill[2];
	int	    nkill, quiet, dry, verbose;
	int	    argc; /* all of it, for the log */
	char	  **argv;
};

extern struct command cmd;

FILE *root_open(const char *name, const char *mode);
int   root_has(const char *name);
/* The command line, to one of our own logs. */
void record(const char *name, const char *what);
/* An invocation that no caller of ours should make: the test looks there. */
void wrong(const char *what) __attribute__((__noreturn__));
void die(const char *, ...)
    __attribute__((__noreturn__, __format__(printf, 1, 2)));
/* To standard error, unless -q. */
void say(const char *, ...) __attribute__((__format__(printf, 1, 2)));
/* Does the file "fault" ask for that one, here?  A line: FAULT [WHERE]. */
int  fault(const char *kind, const char *where);
void faults_at_start(const char *where);

/* tables.c, states.c: return the exit code. */
int run_verb(int argc, char *argv[]);
int run_show(void);
int run_kill(void);

#endif /* STANDIN_H */
