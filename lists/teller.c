/* SPDX-License-Identifier: ISC */
/*
 * In a jailed child only socket, connect, send and close are to be had, and
 * that is all there is here.
 */
#include "teller.h"

#include <sys/socket.h>

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "addr.h"
#include "clock.h"
#include "log.h"
#include "sock.h"

#define ALL_RATE     100  /* lines a second */
#define ADDRESS_RATE 10	  /* of one IPv4 address or IPv6 /64 */
#define ADDRESSES    1024 /* a power of two */
#define AGAIN_MS     1000 /* between two tries to connect */
#define TOKEN	     1000 /* a line costs so much; a bucket holds a second's */

struct bucket {
	int64_t tokens; /* thousandths */
	int64_t filled; /* when, in milliseconds */
};

/* One that hashes to the same place takes it over. */
struct place {
	struct addr   addr; /* ADDR_NONE: nobody's */
	struct bucket bucket;
};

struct teller {
	pthread_mutex_t	 mutex;
	char		*path;
	int		 fd; /* -1: not connected */
	int		 tried;
	int64_t		 when; /* it was last tried to connect */
	int		 down; /* which has been said */
	char		 rest[OFFENCE_LINE_MAX]; /* of a line begun */
	size_t		 nrest;
	uint32_t	 seed;
	struct bucket	 all;
	struct place	 places[ADDRESSES];
	_Atomic uint64_t told, lost;
};

static void
bucket_fill(struct bucket *b, int64_t now, int64_t rate)
{
	int64_t ms = now - b->filled;

	b->filled = now;
	if (ms < 0 || ms > 1000)
		ms = 1000;
	b->tokens += ms * rate;
	if (b->tokens > rate * TOKEN)
		b->tokens = rate * TOKEN;
}

struct teller *
teller_new(const char *path)
{
	struct teller *t;

	if ((t = calloc(1, sizeof(*t))) == NULL)
		return NULL;
	t->fd = -1;
	t->seed = arc4random();
	t->all.filled = clock_ms();
	t->all.tokens = (int64_t)ALL_RATE * TOKEN;
	if ((t->path = strdup(path)) == NULL)
		goto bad;
	if (pthread_mutex_init(&t->mutex, NULL) != 0)
		goto bad;
	return t;
bad:
	free(t->path);
	free(t);
	return NULL;
}

void
teller_free(struct teller *t)
{
	if (t == NULL)
		return;
	if (t->fd != -1)
		close(t->fd);
	pthread_mutex_destroy(&t->mutex);
	free(t->path);
	free(t);
}

/* May one more be told of it?  Takes the tokens. */
static int
may_tell(struct teller *t, const struct addr *addr, int64_t now)
{
	struct place *p;
	struct addr   who = *addr;

	if (who.family == ADDR_IPV6)
		who = prefix_around(addr, 64).addr;
	p = &t->places[addr_hash(&who, t->seed) & (ADDRESSES - 1)];
	if (!addr_equal(&p->addr, &who)) {
		p->addr = who;
		p->bucket.filled = now;
		p->bucket.tokens = (int64_t)ADDRESS_RATE * TOKEN;
	}
	bucket_fill(&p->bucket, now, ADDRESS_RATE);
	bucket_fill(&t->all, now, ALL_RATE);
	if (p->bucket.tokens < TOKEN || t->all.tokens < TOKEN)
		return 0;
	p->bucket.tokens -= TOKEN;
	t->all.tokens -= TOKEN;
	return 1;
}

static int
connected(struct teller *t, int64_t now)
{
	if (t->fd != -1)
		return 1;
	if (t->tried && now - t->when < AGAIN_MS)
		return 0;
	t->tried = 1;
	t->when = now;
	t->fd = sock_connect_unix(t->path, 1);
	if (t->fd == -1 && !t->down)
		log_debug("%s: nobody is told of offences: %s", t->path,
		    strerror(errno));
	t->down = t->fd == -1;
	return !t->down;
}

static void
disconnect(struct teller *t)
{
	close(t->fd);
	t->fd = -1;
	/* Whoever had its beginning is gone. */
	t->nrest = 0;
}

/* How many of the bytes went; -1: the connection is over. */
static ssize_t
send_some(struct teller *t, const char *buf, size_t len)
{
	ssize_t n;

	n = send(t->fd, buf, len, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (n != -1)
		return n;
	if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ||
	    errno == ENOBUFS)
		return 0;
	disconnect(t);
	return -1;
}

/* The end of the line before.  0: all went; 1: some did not; -1: over. */
static int
send_rest(struct teller *t)
{
	ssize_t n;

	if (t->nrest == 0)
		return 0;
	if ((n = send_some(t, t->rest, t->nrest)) == -1)
		return -1;
	t->nrest -= (size_t)n;
	memmove(t->rest, t->rest + n, t->nrest);
	return t->nrest > 0;
}

/* 1 told, 0 no room for it, -1 the connection is over. */
static int
send_line(struct teller *t, const char *line, size_t len)
{
	ssize_t n;
	int	ret;

	if ((ret = send_rest(t)) != 0)
		return ret == -1 ? -1 : 0;
	if ((n = send_some(t, line, len)) <= 0)
		return (int)n;
	t->nrest = len - (size_t)n;
	memcpy(t->rest, line + n, t->nrest);
	return 1;
}

void
teller_tell(struct teller *t, const struct addr *addr, enum offence offence)
{
	char	line[OFFENCE_LINE_MAX];
	size_t	len;
	int64_t now;
	int	ret = -1, told = 0;

	if (addr->family == ADDR_NONE)
		return; /* a Unix socket has no address to be banned */
	pthread_mutex_lock(&t->mutex);
	now = clock_ms();
	if (!may_tell(t, addr, now))
		goto out;
	len = offence_write(line, addr, offence);
	/* A connection that is found dead is made once more. */
	while (ret == -1 && connected(t, now))
		ret = send_line(t, line, len);
	told = ret == 1;
out:
	if (told)
		t->told++;
	else
		t->lost++;
	pthread_mutex_unlock(&t->mutex);
}

void
teller_stats(const struct teller *t, uint64_t *told, uint64_t *lost)
{
	*told = t->told;
	*lost = t->lost;
}
