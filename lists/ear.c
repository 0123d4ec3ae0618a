/* SPDX-License-Identifier: ISC */
#include "ear.h"

#include <sys/queue.h>
#include <sys/socket.h>

#include <errno.h>
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "log.h"

#define UIDS_MAX 4
#define SAY_MS	 60000 /* between two reports of nonsense */

/* Of one user: a door that was taken over must not drown the others. */
struct share {
	uid_t	     uid;
	size_t	     nspeakers;
	int64_t	     second; /* clock_ms() / 1000, */
	unsigned int heard;  /* and how many in it */
	int64_t	     said;   /* clock_ms(): that it was no offence */
};

struct speaker {
	TAILQ_ENTRY(speaker) entry;
	struct ear   *ear;
	struct share *share;
	struct event *readable;
	size_t	      len;
	char	      line[OFFENCE_LINE_MAX];
};

struct ear {
	int		   fd;
	struct event_base *base;
	struct event	  *readable;
	struct share	   shares[UIDS_MAX + 2]; /* root, we ourselves, uids */
	size_t		   nshares;
	TAILQ_HEAD(, speaker) speakers;
	size_t		 nspeakers;
	ear_fn		*fn;
	void		*arg;
	struct ear_stats stats;
};

/*
 * The event first: of a copy that some other process has, the loop would hear
 * for ever.  Nor must that copy keep the connection alive.
 */
static void
speaker_free(struct speaker *s)
{
	struct ear *ear = s->ear;
	int	    fd = event_get_fd(s->readable);

	TAILQ_REMOVE(&ear->speakers, s, entry);
	ear->nspeakers--;
	s->share->nspeakers--;
	event_free(s->readable);
	(void)shutdown(fd, SHUT_RDWR);
	close(fd);
	free(s);
}

static int
too_many(struct share *share)
{
	int64_t second = clock_ms() / 1000;

	if (second != share->second) {
		share->second = second;
		share->heard = 0;
	}
	return share->heard++ >= EAR_RATE;
}

/* 0, or -1: whoever says that is no door of ours. */
static int
hear(struct speaker *s, const char *line, size_t len)
{
	struct ear  *ear = s->ear;
	struct addr  addr;
	enum offence offence;

	if (offence_read(line, len, &addr, &offence) == -1) {
		ear->stats.bad++;
		return -1;
	}
	if (too_many(s->share)) {
		ear->stats.dropped++;
		return 0;
	}
	ear->stats.heard++;
	ear->fn(ear->arg, &addr, offence);
	return 0;
}

/* Whole lines leave the buffer.  0, or -1: no such line can be. */
static int
take_lines(struct speaker *s)
{
	char  *end;
	size_t used;

	while ((end = memchr(s->line, '\n', s->len)) != NULL) {
		if (hear(s, s->line, (size_t)(end - s->line)) == -1)
			return -1;
		used = (size_t)(end - s->line) + 1;
		memmove(s->line, s->line + used, s->len - used);
		s->len -= used;
	}
	return s->len < sizeof(s->line) ? 0 : -1;
}

/* Whoever talks nonsense on and on shall not fill the log. */
static void
say_nonsense(struct share *share)
{
	int64_t now = clock_ms();

	if (share->said != 0 && now - share->said < SAY_MS)
		return;
	share->said = now;
	log_warnx("%s: a line that is no offence, of user %lu", OFFENCE_SOCKET,
	    (unsigned long)share->uid);
}

static void
on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct speaker *s = arg;
	ssize_t		n;

	(void)what;
	n = recv(fd, s->line + s->len, sizeof(s->line) - s->len, MSG_DONTWAIT);
	if (n == -1 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		speaker_free(s);
		return;
	}
	s->len += (size_t)n;
	if (take_lines(s) == -1) {
		say_nonsense(s->share);
		speaker_free(s);
	}
}

/* NULL: a stranger's. */
static struct share *
share_of(struct ear *ear, int fd)
{
	uid_t  uid;
	gid_t  gid;
	size_t i;

	if (getpeereid(fd, &uid, &gid) == -1)
		return NULL;
	for (i = 0; i < ear->nshares; i++) {
		if (ear->shares[i].uid == uid)
			return &ear->shares[i];
	}
	return NULL;
}

static void
speaker_new(struct ear *ear, int fd, struct share *share)
{
	struct speaker *s;

	if ((s = calloc(1, sizeof(*s))) == NULL) {
		close(fd);
		return;
	}
	s->ear = ear;
	s->share = share;
	s->readable =
	    event_new(ear->base, fd, EV_READ | EV_PERSIST, on_readable, s);
	if (s->readable == NULL || event_add(s->readable, NULL) == -1) {
		if (s->readable != NULL)
			event_free(s->readable);
		close(fd);
		free(s);
		return;
	}
	TAILQ_INSERT_TAIL(&ear->speakers, s, entry);
	ear->nspeakers++;
	share->nspeakers++;
}

/*
 * Of the user who has most, the one that is connected longest: it may be a
 * door that is no more.
 */
static void
make_room(struct ear *ear)
{
	const struct share *most = &ear->shares[0];
	struct speaker	   *s;
	size_t		    i;

	for (i = 1; i < ear->nshares; i++) {
		if (ear->shares[i].nspeakers > most->nspeakers)
			most = &ear->shares[i];
	}
	TAILQ_FOREACH(s, &ear->speakers, entry) {
		if (s->share == most) {
			speaker_free(s);
			return;
		}
	}
}

static void
on_connection(evutil_socket_t listener, short what, void *arg)
{
	struct ear   *ear = arg;
	struct share *share;
	int	      fd;

	(void)what;
	fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd == -1)
		return;
	if ((share = share_of(ear, fd)) == NULL) {
		ear->stats.strangers++;
		close(fd);
		return;
	}
	if (ear->nspeakers >= EAR_CONNECTIONS)
		make_room(ear);
	speaker_new(ear, fd, share);
}

struct ear *
ear_new(struct event_base *base, int fd, const uid_t *uids, size_t n,
    ear_fn *fn, void *arg)
{
	struct ear *ear;
	size_t	    i;

	if ((ear = calloc(1, sizeof(*ear))) == NULL)
		return NULL;
	ear->fd = fd;
	ear->base = base;
	ear->fn = fn;
	ear->arg = arg;
	ear->shares[1].uid = geteuid(); /* the first is root's */
	ear->nshares = 2;
	for (i = 0; i < n && i < UIDS_MAX; i++)
		ear->shares[ear->nshares++].uid = uids[i];
	TAILQ_INIT(&ear->speakers);
	ear->readable =
	    event_new(base, fd, EV_READ | EV_PERSIST, on_connection, ear);
	if (ear->readable == NULL || event_add(ear->readable, NULL) == -1) {
		ear_free(ear);
		return NULL;
	}
	return ear;
}

void
ear_free(struct ear *ear)
{
	struct speaker *s;

	if (ear == NULL)
		return;
	while ((s = TAILQ_FIRST(&ear->speakers)) != NULL)
		speaker_free(s);
	if (ear->readable != NULL)
		event_free(ear->readable);
	close(ear->fd);
	free(ear);
}

void
ear_forget(const struct ear *ear)
{
	const struct speaker *s;

	TAILQ_FOREACH(s, &ear->speakers, entry)
		close(event_get_fd(s->readable));
	close(ear->fd);
}

void
ear_stats(const struct ear *ear, struct ear_stats *s)
{
	*s = ear->stats;
}
