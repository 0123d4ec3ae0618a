/* SPDX-License-Identifier: ISC */
#include "log.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "line.h"

/* Where lines go.  Copied under the lock, and used without it. */
struct where {
	const char     *name;
	enum log_target target;
	void (*divert)(enum log_level, const char *);
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct where    where = { .target = LOG_TARGET_STDERR };
static _Atomic int     verbose;

static const int priorities[] = { [LOG_LEVEL_DEBUG] = LOG_DEBUG,
	[LOG_LEVEL_INFO] = LOG_INFO,
	[LOG_LEVEL_WARN] = LOG_WARNING,
	[LOG_LEVEL_ERROR] = LOG_ERR };

static int
priority_of(enum log_level level)
{
	if ((size_t)level >= sizeof(priorities) / sizeof(priorities[0]))
		return LOG_ERR;
	return priorities[level];
}

void
log_init(const char *name, enum log_target target, int facility)
{
	int saved = errno;

	pthread_mutex_lock(&lock);
	if (where.target == LOG_TARGET_SYSLOG)
		closelog();
	if (target == LOG_TARGET_SYSLOG)
		openlog(name, LOG_PID | LOG_NDELAY, facility);
	where.name = name;
	where.target = target;
	pthread_mutex_unlock(&lock);
	errno = saved;
}

void
log_verbose(int on)
{
	verbose = on;
}

int
log_is_verbose(void)
{
	return verbose;
}

void
log_divert(void (*fn)(enum log_level, const char *))
{
	pthread_mutex_lock(&lock);
	where.divert = fn;
	pthread_mutex_unlock(&lock);
}

/* In one write(2), so that lines of several threads or processes stay whole. */
static void
write_stderr(const char *name, const char *text)
{
	char	buf[LOG_TEXT_MAX + 80];
	ssize_t n;
	int	len;

	if (name == NULL)
		name = getprogname();
	len = snprintf(buf, sizeof(buf), "%.64s: %s\n", name, text);
	if (len < 0 || (size_t)len >= sizeof(buf))
		return;
	do {
		n = write(STDERR_FILENO, buf, (size_t)len);
	} while (n == -1 && errno == EINTR);
}

/* Any bytes in; leaves errno as it was. */
static void
emit(enum log_level level, const char *bytes, size_t len)
{
	char	     text[LOG_TEXT_MAX];
	struct where w;
	int	     saved = errno;

	if (level == LOG_LEVEL_DEBUG && !verbose)
		return;
	line_clean(text, sizeof(text), bytes, len);

	pthread_mutex_lock(&lock);
	w = where;
	pthread_mutex_unlock(&lock);

	/* Not under the lock: whoever takes the line may have to log, too. */
	if (w.divert != NULL)
		w.divert(level, text);
	else if (w.target == LOG_TARGET_SYSLOG)
		syslog(priority_of(level), "%s", text);
	else
		write_stderr(w.name, text);
	errno = saved;
}

void
log_raw(enum log_level level, const char *text)
{
	emit(level, text, strnlen(text, LOG_TEXT_MAX));
}

static void vemit(enum log_level, int with_errno, const char *, va_list)
    __attribute__((__format__(printf, 3, 0)));

/*
 * strerror(3) is safe here: the C libraries that we build on return a
 * constant, or a buffer of the thread's own, for all numbers that a system
 * call gives.
 */
static void
vemit(enum log_level level, int with_errno, const char *fmt, va_list ap)
{
	char   buf[LOG_TEXT_MAX];
	size_t len;
	int    n, saved = errno;

	n = vsnprintf(buf, sizeof(buf), fmt, ap);
	if (n < 0)
		len = strlcpy(buf, "(a line that cannot be printed)",
		    sizeof(buf));
	else
		len = (size_t)n;
	if (len >= sizeof(buf))
		len = sizeof(buf) - 1;
	if (with_errno && len < sizeof(buf) - 1) {
		n = snprintf(buf + len, sizeof(buf) - len, ": %s",
		    strerror(saved));
		if (n > 0)
			len = strnlen(buf, sizeof(buf) - 1);
	}
	errno = saved;
	emit(level, buf, len);
}

void
log_debug(const char *fmt, ...)
{
	va_list ap;

	if (!verbose)
		return;
	va_start(ap, fmt);
	vemit(LOG_LEVEL_DEBUG, 0, fmt, ap);
	va_end(ap);
}

void
log_info(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vemit(LOG_LEVEL_INFO, 0, fmt, ap);
	va_end(ap);
}

void
log_warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vemit(LOG_LEVEL_WARN, 1, fmt, ap);
	va_end(ap);
}

void
log_warnx(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vemit(LOG_LEVEL_WARN, 0, fmt, ap);
	va_end(ap);
}

void
fatal(int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vemit(LOG_LEVEL_ERROR, 1, fmt, ap);
	va_end(ap);
	exit(code);
}

void
fatalx(int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vemit(LOG_LEVEL_ERROR, 0, fmt, ap);
	va_end(ap);
	exit(code);
}

void
bug(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vemit(LOG_LEVEL_ERROR, 0, fmt, ap);
	va_end(ap);
	abort();
}
