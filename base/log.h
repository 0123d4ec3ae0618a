/* SPDX-License-Identifier: ISC */
/*
 * The log: one event a line, to syslog, to standard error, or (in a jailed
 * child) over the wire to the parent, which logs it for the child.
 *
 * Four levels with a fixed meaning: fatal (the environment, exit), bug (our
 * own mistake, abort), warn (somebody should look), info (a record), debug
 * (with -v).  Whoever detects an error logs it; callers only pass it on.
 * errno survives every call.  Whatever bytes come in, only printable ASCII
 * goes out: all else leaves as \xNN.  All calls may come from any thread.
 */
#ifndef LOG_H
#define LOG_H

#include <stddef.h>

#define LOG_TEXT_MAX 2048 /* with its NUL; what is longer is cut */

enum log_level {
	LOG_LEVEL_DEBUG,
	LOG_LEVEL_INFO,
	LOG_LEVEL_WARN,
	LOG_LEVEL_ERROR
};

enum log_target {
	LOG_TARGET_STDERR, /* before anything else is said */
	LOG_TARGET_SYSLOG
};

/*
 * Name the program (a static string) and where its lines go.  May be called
 * again, after a reload.  facility is one of syslog(3)'s.
 */
void log_init(const char *name, enum log_target, int facility);
void log_verbose(int on); /* debug lines too */
int  log_is_verbose(void);

/*
 * Hand every line to fn instead.  The text is clean, ends in NUL and has no
 * newline.  NULL undoes it.
 */
void log_divert(void (*fn)(enum log_level, const char *));

/* A line that some child made: cleaned again, and logged under our name. */
void log_raw(enum log_level, const char *);

void log_debug(const char *, ...) __attribute__((__format__(printf, 1, 2)));
void log_info(const char *, ...) __attribute__((__format__(printf, 1, 2)));
/* With ": " and the text of errno behind it. */
void log_warn(const char *, ...) __attribute__((__format__(printf, 1, 2)));
void log_warnx(const char *, ...) __attribute__((__format__(printf, 1, 2)));
/* Exit with a code of sysexits(3), 1 for what has none. */
void fatal(int, const char *, ...)
    __attribute__((__noreturn__, __format__(printf, 2, 3)));
void fatalx(int, const char *, ...)
    __attribute__((__noreturn__, __format__(printf, 2, 3)));
void bug(const char *, ...)
    __attribute__((__noreturn__, __format__(printf, 1, 2)));

#endif /* LOG_H */
