/* SPDX-License-Identifier: ISC */
#include "client.h"

#include <sys/socket.h>

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "proto.h"
#include "sock.h"
#include "xalloc.h"

#define QUEUE_FULL_MS 5

struct fcrdns_client {
	char	       *path;
	pthread_mutex_t lock; /* of what follows */
	int	       *idle; /* connections at rest */
	unsigned int	nidle, max;
};

struct fcrdns_ask {
	struct fcrdns_client *client;
	struct addr	      addr;
	int		      fd; /* the question is sent; -1: it is not */
};

struct fcrdns_client *
fcrdns_client_new(const char *path, unsigned int idle)
{
	struct fcrdns_client *c;

	c = xcalloc(1, sizeof(*c));
	c->path = xstrdup(path);
	c->idle = xcalloc(idle, sizeof(*c->idle));
	c->max = idle;
	pthread_mutex_init(&c->lock, NULL);
	return c;
}

void
fcrdns_client_free(struct fcrdns_client *c)
{
	if (c == NULL)
		return;
	while (c->nidle > 0)
		close(c->idle[--c->nidle]);
	pthread_mutex_destroy(&c->lock);
	free(c->idle);
	free(c->path);
	free(c);
}

static int
take_idle(struct fcrdns_client *c)
{
	int fd = -1;

	pthread_mutex_lock(&c->lock);
	if (c->nidle > 0)
		fd = c->idle[--c->nidle];
	pthread_mutex_unlock(&c->lock);
	return fd;
}

static void
give_idle(struct fcrdns_client *c, int fd)
{
	pthread_mutex_lock(&c->lock);
	if (c->nidle < c->max) {
		c->idle[c->nidle++] = fd;
		fd = -1;
	}
	pthread_mutex_unlock(&c->lock);
	if (fd != -1)
		close(fd);
}

static int
send_question(int fd, const struct addr *addr)
{
	char   line[PROTO_QUESTION_MAX];
	size_t len = proto_write_question(line, addr);

	/* A socket at rest takes 64 bytes as a whole or not at all. */
	return send(fd, line, len, MSG_NOSIGNAL | MSG_DONTWAIT) ==
		(ssize_t)len ?
	    0 :
	    -1;
}

/* On a connection at rest if one still lives, else on a new one. */
static int
send_somewhere(struct fcrdns_client *c, const struct addr *addr)
{
	int fd;

	while ((fd = take_idle(c)) != -1) {
		if (send_question(fd, addr) == 0)
			return fd;
		close(fd);
	}
	if ((fd = sock_connect_unix(c->path, 1)) == -1)
		return -1;
	if (send_question(fd, addr) == 0)
		return fd;
	close(fd);
	errno = EPIPE;
	return -1;
}

struct fcrdns_ask *
fcrdns_ask(struct fcrdns_client *c, const struct addr *addr)
{
	struct fcrdns_ask *a;

	if ((a = calloc(1, sizeof(*a))) == NULL)
		return NULL;
	a->client = c;
	a->addr = *addr;
	a->fd = send_somewhere(c, addr);
	return a;
}

int
fcrdns_ready(const struct fcrdns_ask *a)
{
	struct pollfd pfd = { .fd = a->fd, .events = POLLIN };

	return a->fd != -1 && poll(&pfd, 1, 0) == 1;
}

enum fetched {
	FETCHED,
	FETCH_LATE, /* the deadline has passed */
	FETCH_BROKEN
};

static enum fetched
wait_readable(int fd, int64_t until)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	int64_t	      left;
	int	      n;

	for (;;) {
		if ((left = until - clock_ms()) < 0)
			left = 0;
		n = poll(&pfd, 1, (int)left);
		if (n > 0)
			return FETCHED;
		if (n == 0)
			return FETCH_LATE;
		if (errno != EINTR)
			return FETCH_BROKEN;
	}
}

/* Read one answer to the question for addr. */
static enum fetched
fetch(int fd, const struct addr *addr, int64_t until, struct findings *f)
{
	char	     buf[PROTO_ANSWER_MAX];
	size_t	     len = 0, used;
	ssize_t	     n;
	enum fetched res;

	for (;;) {
		if ((res = wait_readable(fd, until)) != FETCHED)
			return res;
		n = recv(fd, buf + len, sizeof(buf) - len, MSG_DONTWAIT);
		if (n == -1 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (n <= 0)
			return FETCH_BROKEN;
		len += (size_t)n;
		switch (proto_read_answer(buf, len, &used, f)) {
		case PROTO_MORE:
			continue;
		case PROTO_BAD:
			return FETCH_BROKEN;
		case PROTO_DONE:
			/* Nothing was asked that more could belong to. */
			return used == len && addr_equal(&f->addr, addr) ?
			    FETCHED :
			    FETCH_BROKEN;
		}
	}
}

/*
 * Send the question if that is still to do.  When many connect at the same
 * moment, the listener's queue is full for a moment.
 */
static int
send_until(struct fcrdns_ask *a, int64_t until)
{
	while (a->fd == -1) {
		a->fd = send_somewhere(a->client, &a->addr);
		if (a->fd == -1 && (errno != EAGAIN || clock_ms() >= until))
			return -1;
		if (a->fd == -1)
			poll(NULL, 0, QUEUE_FULL_MS);
	}
	return 0;
}

void
fcrdns_answer(struct fcrdns_ask *a, int ms, struct findings *f)
{
	int64_t	     until = clock_ms() + ms;
	enum fetched res = FETCH_BROKEN;
	int	     tries;

	for (tries = 0; tries < 2 && res == FETCH_BROKEN; tries++) {
		if (send_until(a, until) == -1)
			continue;
		res = fetch(a->fd, &a->addr, until, f);
		if (res == FETCHED)
			give_idle(a->client, a->fd);
		else
			close(a->fd); /* an answer may still come there */
		a->fd = -1;
	}
	if (res != FETCHED)
		findings_trouble(f, &a->addr, CAUSE_UNREACHABLE);
	free(a);
}

void
fcrdns_drop(struct fcrdns_ask *a)
{
	if (a == NULL)
		return;
	if (a->fd != -1)
		close(a->fd);
	free(a);
}
