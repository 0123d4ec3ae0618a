/* SPDX-License-Identifier: ISC */
#include "logfile.h"

#include <sys/types.h>
#include <sys/uio.h>

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "board.h"
#include "clock.h"
#include "log.h"
#include "xalloc.h"

#define RETRY_MS 1000 /* a disk that was full is asked again */

struct logfile {
	enum edge_log_target target;
	struct board	    *board;
	int (*hand)(void *, const char *);
	void	*arg;
	int	 fd;
	char	*lines; /* whole ones, each with its newline */
	size_t	 len, size;
	size_t	 done;	/* of the first line: stands in the file, torn */
	int	 stuck; /* the last attempt failed: it is said */
	int64_t	 retry; /* clock_ms() */
	uint64_t lost;	/* since it was said */
};

static int
hand_info(void *arg, const char *line)
{
	(void)arg;
	log_info("%s", line);
	return 0;
}

struct logfile *
logfile_new(enum edge_log_target target, struct board *board)
{
	struct logfile *l = xcalloc(1, sizeof(*l));

	l->target = target;
	l->board = board;
	l->hand = hand_info;
	l->fd = -1;
	return l;
}

void
logfile_hand(struct logfile *l, int (*fn)(void *, const char *), void *arg)
{
	l->hand = fn;
	l->arg = arg;
}

size_t
logfile_waiting(const struct logfile *l)
{
	return l->len;
}

/* The first n bytes, whole lines, are out. */
static void
take_off(struct logfile *l, size_t n)
{
	l->len -= n;
	if (l->len > 0)
		memmove(l->lines, l->lines + n, l->len);
	else if (l->size > LOGFILE_GATHER) {
		free(l->lines);
		l->lines = NULL;
		l->size = 0;
	}
}

static size_t
whole_lines(const char *s, size_t n)
{
	while (n > 0 && s[n - 1] != '\n')
		n--;
	return n;
}

/*
 * So many more bytes of the lines are in the file; whose half line stood at
 * its end before is in torn, now it may be ours.
 */
static void
wrote(struct logfile *l, size_t n, unsigned int torn)
{
	unsigned int me = board_id(l->board);
	size_t	     whole;

	n += l->done;
	whole = whole_lines(l->lines, n);
	l->done = n - whole;
	take_off(l, whole);
	if (l->done == 0 && torn == me)
		(void)board_torn_change(l->board, me, 0);
	/* Another one was quicker, and is torn itself: all of it again. */
	if (l->done > 0 && torn != me && !board_torn_change(l->board, 0, me))
		l->done = 0;
}

/* One write.  0, or -1 with errno. */
static int
write_once(struct logfile *l)
{
	static char  newline[] = "\n";
	struct iovec iov[2];
	unsigned int torn = board_torn(l->board);
	int	     foreign;
	ssize_t	     n;

	foreign = torn != 0 && torn != board_id(l->board);
	if (torn != board_id(l->board))
		l->done = 0; /* another one has ended our half line */
	iov[0].iov_base = newline;
	iov[0].iov_len = foreign ? 1 : 0;
	iov[1].iov_base = l->lines + l->done;
	iov[1].iov_len = l->len - l->done;
	while ((n = writev(l->fd, iov, 2)) == -1 && errno == EINTR)
		;
	if (n == -1)
		return -1;
	if (n == 0) {
		errno = ENOSPC;
		return -1;
	}
	if (foreign) {
		(void)board_torn_change(l->board, torn, 0);
		torn = 0;
		n--;
	}
	wrote(l, (size_t)n, torn);
	return 0;
}

static void
lose(struct logfile *l, uint64_t lines)
{
	l->lost += lines;
	board_add(l->board, COUNTER_LOG_LOST, (int64_t)lines);
}

static void
flush_file(struct logfile *l)
{
	if (l->fd == -1)
		return;
	while (l->len > 0) {
		if (write_once(l) == 0)
			continue;
		if (!l->stuck)
			log_warn("access log: lines wait");
		l->stuck = 1;
		l->retry = clock_ms() + RETRY_MS;
		return;
	}
	if (!l->stuck)
		return;
	log_warnx("access log: written again, %llu lines were lost",
	    (unsigned long long)l->lost);
	l->stuck = 0;
	l->lost = 0;
}

/*
 * When the parent takes nothing, we cannot even say so without waiting: only
 * afterwards, and only if something was lost.
 */
static void
flush_hand(struct logfile *l)
{
	char	    text[LOG_TEXT_MAX];
	const char *end;
	size_t	    at, n, len;

	for (at = 0; at < l->len; at += n) {
		end = memchr(l->lines + at, '\n', l->len - at);
		len = end == NULL ? l->len - at : (size_t)(end - l->lines) - at;
		n = end == NULL ? len : len + 1;
		if (len > sizeof(text) - 1)
			len = sizeof(text) - 1;
		memcpy(text, l->lines + at, len);
		text[len] = '\0';
		if (l->hand(l->arg, text) == -1)
			break;
	}
	if (at > 0)
		take_off(l, at);
	if (l->len > 0 || l->lost == 0)
		return;
	log_warnx("access log: %llu lines were lost",
	    (unsigned long long)l->lost);
	l->lost = 0;
}

static void
flush_now(struct logfile *l)
{
	if (l->len == 0)
		return;
	if (l->target == EDGE_LOG_FILE)
		flush_file(l);
	else
		flush_hand(l);
}

void
logfile_flush(struct logfile *l)
{
	if (l->len > 0 && (!l->stuck || clock_ms() >= l->retry))
		flush_now(l);
}

/* Room for n more bytes: 0, or -1. */
static int
make_room(struct logfile *l, size_t n)
{
	size_t size = l->size == 0 ? LOGFILE_GATHER : l->size;
	char  *p;

	if (n > LOGFILE_KEEP - l->len)
		return -1;
	while (size < l->len + n)
		size *= 2;
	if (size == l->size)
		return 0;
	if ((p = realloc(l->lines, size)) == NULL)
		return -1;
	l->lines = p;
	l->size = size;
	return 0;
}

void
logfile_add(struct logfile *l, const char *line, size_t n)
{
	if (l->target == EDGE_LOG_NO || n == 0)
		return;
	if (l->len + n > LOGFILE_GATHER)
		logfile_flush(l);
	if (make_room(l, n) == -1) {
		lose(l, 1);
		return;
	}
	memcpy(l->lines + l->len, line, n);
	l->len += n;
}

/* What is torn in the old file stays so, and is written whole in the new. */
void
logfile_use(struct logfile *l, int fd)
{
	flush_now(l);
	if (l->fd != -1)
		close(l->fd);
	l->fd = fd;
	(void)board_torn_change(l->board, board_id(l->board), 0);
	l->done = 0;
	l->retry = 0;
}

void
logfile_free(struct logfile *l)
{
	size_t i;

	if (l == NULL)
		return;
	flush_now(l);
	for (i = 0; i < l->len; i++)
		if (l->lines[i] == '\n')
			lose(l, 1);
	if (l->fd != -1)
		close(l->fd);
	free(l->lines);
	free(l);
}
