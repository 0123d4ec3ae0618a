/* SPDX-License-Identifier: ISC */
#include "server.h"

#include <sys/socket.h>
#include <sys/time.h>

#include <errno.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <stdlib.h>
#include <unistd.h>

#include "conns.h"
#include "log.h"

#define ACCEPT_MAX 16 /* connections of one wake-up */

struct server {
	struct event  listener, pause;
	int	      fd;
	struct conns *conns;
	size_t	      max;
};

/* 0, or -1: none for now, with the reason logged unless there is no more. */
static int
accept_one(struct server *s)
{
	int fd;

	if (conns_make_room(s->conns, s->max) == -1) {
		log_warnx("%zu connections, and none rests", s->max);
		return -1;
	}
	fd = accept4(s->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd == -1) {
		if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)
			log_warn("accept");
		else
			errno = EAGAIN;
		return -1;
	}
	return conns_open(s->conns, fd);
}

static void
on_listener(int fd, short what, void *arg)
{
	struct server *s = arg;
	struct timeval tv = { .tv_sec = 1 };
	int	       i;

	(void)fd;
	(void)what;
	for (i = 0; i < ACCEPT_MAX; i++) {
		errno = 0;
		if (accept_one(s) == 0)
			continue;
		/* Out of something: not before a second has passed. */
		if (errno != EAGAIN && event_add(&s->pause, &tv) == 0)
			event_del(&s->listener);
		return;
	}
}

static void
on_pause(int fd, short what, void *arg)
{
	struct server *s = arg;
	struct timeval tv = { .tv_sec = 1 };

	(void)fd;
	(void)what;
	if (event_add(&s->listener, NULL) == -1)
		event_add(&s->pause, &tv);
}

struct server *
server_new(struct event_base *base, int fd, struct conns *conns, size_t max)
{
	struct server *s;

	if ((s = calloc(1, sizeof(*s))) == NULL) {
		log_warn("server");
		close(fd);
		return NULL;
	}
	s->fd = fd;
	s->conns = conns;
	s->max = max;
	event_assign(&s->listener, base, fd, EV_READ | EV_PERSIST, on_listener,
	    s);
	event_assign(&s->pause, base, -1, 0, on_pause, s);
	if (event_add(&s->listener, NULL) == -1) {
		log_warn("server");
		server_free(s);
		return NULL;
	}
	return s;
}

void
server_free(struct server *s)
{
	if (s == NULL)
		return;
	event_del(&s->listener);
	event_del(&s->pause);
	close(s->fd);
	free(s);
}
