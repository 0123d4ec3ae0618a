/* SPDX-License-Identifier: ISC */
#include "conns.h"

#include <sys/queue.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <errno.h>
#include <event2/event.h>
#include <event2/event_struct.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "inquiries.h"
#include "log.h"
#include "proto.h"

#define PIPELINE_MAX 64	  /* questions of one connection at once */
#define INPUT_MAX    4096 /* bytes read at once */
#define BATCH_MAX    (8 * PROTO_ANSWER_MAX)
/* Unsent bytes of one connection: what it may have asked at once. */
#define OUTPUT_MAX   (PIPELINE_MAX * PROTO_ANSWER_MAX)
#define CANDIDATES   64 /* looked at for one to close */
#define SLOW_SECONDS 10 /* without taking a byte */

/* A question that waits for its answer, or for its turn. */
struct pending {
	struct asker asker; /* first: see on_findings() */
	TAILQ_ENTRY(pending) entry;
	char  *line; /* the answer, when it is there */
	size_t len;
};

struct conn {
	TAILQ_ENTRY(conn) entry;
	struct conns *all;
	struct event  readable, writable;
	int	      fd;
	int	      eof; /* no more questions */
	unsigned int  npending;
	TAILQ_HEAD(pendings, pending) pending;
	char  *in; /* what is not used yet */
	size_t inlen;
	char  *out; /* what is not sent yet */
	size_t outlen, outsize;
};

struct conns {
	struct event_base *base;
	struct inquiries  *inquiries;
	TAILQ_HEAD(conn_list, conn) list; /* the least active first */
	struct pending	  *spare;	  /* for the next question */
	struct conns_stats stats;
	char		   input[INPUT_MAX];
	/* One answer more may be written when it is all but full. */
	char   batch[BATCH_MAX + PROTO_ANSWER_MAX];
	size_t batchlen;
};

static void
pending_free(struct conn *c, struct pending *p)
{
	inquiries_leave(&p->asker);
	TAILQ_REMOVE(&c->pending, p, entry);
	c->npending--;
	free(p->line);
	free(p);
}

static void
conn_free(struct conn *c)
{
	struct pending *p;

	event_del(&c->readable);
	event_del(&c->writable);
	while ((p = TAILQ_FIRST(&c->pending)) != NULL)
		pending_free(c, p);
	TAILQ_REMOVE(&c->all->list, c, entry);
	c->all->stats.connections--;
	close(c->fd);
	free(c->in);
	free(c->out);
	free(c);
}

static int
drop(struct conn *c, const char *why)
{
	log_debug("drop why=\"%s\"", why);
	c->all->stats.dropped++;
	conn_free(c);
	return -1;
}

/* Keep what the socket did not take.  0, or -1 and the connection is gone. */
static int
keep_output(struct conn *c, const char *buf, size_t len)
{
	struct timeval slow = { .tv_sec = SLOW_SECONDS };
	char	      *out;

	if (c->outlen + len > OUTPUT_MAX)
		return drop(c, "does not take its answers");
	if (c->outlen + len > c->outsize) {
		if ((out = realloc(c->out, c->outlen + len)) == NULL)
			return drop(c, "out of memory");
		c->out = out;
		c->outsize = c->outlen + len;
	}
	memcpy(c->out + c->outlen, buf, len);
	c->outlen += len;
	if (event_add(&c->writable, &slow) == -1)
		return drop(c, "out of memory");
	return 0;
}

/* 0, or -1 and the connection is gone. */
static int
conn_send(struct conn *c, const char *buf, size_t len)
{
	ssize_t n = 0;

	if (len == 0)
		return 0;
	if (c->outlen == 0) {
		n = send(c->fd, buf, len, MSG_NOSIGNAL);
		if (n == (ssize_t)len)
			return 0;
		if (n == -1) {
			if (errno != EAGAIN && errno != EINTR)
				return drop(c, "went away");
			n = 0;
		}
	}
	return keep_output(c, buf + n, len - (size_t)n);
}

static int
flush_batch(struct conn *c)
{
	size_t len = c->all->batchlen;

	c->all->batchlen = 0;
	return conn_send(c, c->all->batch, len);
}

/* Read on, or not; close if all is said.  0, or -1 and it is gone. */
static int
conn_settle(struct conn *c)
{
	if (c->eof && c->npending == 0 && c->outlen == 0) {
		conn_free(c);
		return -1;
	}
	if (c->eof || c->npending >= PIPELINE_MAX || c->outlen > 0)
		event_del(&c->readable);
	else if (!event_pending(&c->readable, EV_READ, NULL) &&
	    event_add(&c->readable, NULL) == -1)
		return drop(c, "out of memory");
	return 0;
}

static struct pending *
pending_new(struct conn *c)
{
	struct pending *p = c->all->spare;

	if (p == NULL)
		p = calloc(1, sizeof(*p));
	c->all->spare = NULL;
	return p;
}

static void
enqueue(struct conn *c, struct pending *p)
{
	TAILQ_INSERT_TAIL(&c->pending, p, entry);
	c->npending++;
}

/* It is not this line's turn yet. */
static int
park(struct conn *c, struct pending *p, const char *line, size_t len)
{
	if ((p->line = malloc(len)) == NULL)
		return drop(c, "out of memory");
	memcpy(p->line, line, len);
	p->len = len;
	return 0;
}

/* An answer is known as soon as it is asked for. */
static int
answer_now(struct conn *c, struct pending *p, const char *line, size_t len)
{
	enqueue(c, p);
	return park(c, p, line, len);
}

static void on_findings(struct asker *, const struct findings *);

/* One question.  0, or -1 and the connection is gone. */
static int
question(struct conn *c, const struct addr *addr)
{
	struct conns   *s = c->all;
	struct pending *p;
	struct findings f;
	char		line[PROTO_ANSWER_MAX];

	if ((p = pending_new(c)) == NULL)
		return drop(c, "out of memory");
	p->asker.fn = on_findings;
	p->asker.arg = c;
	if (!inquiries_ask(s->inquiries, addr, &p->asker, &f)) {
		enqueue(c, p);
		return 0;
	}
	if (c->npending > 0)
		return answer_now(c, p, line, proto_write_answer(line, &f));
	s->spare = p;
	s->batchlen += proto_write_answer(s->batch + s->batchlen, &f);
	return s->batchlen > BATCH_MAX ? flush_batch(c) : 0;
}

/* What was sent is no question: say so, and read no more. */
static int
bad_question(struct conn *c)
{
	static const char line[] = "error bad-question\n";
	struct conns	 *s = c->all;
	struct pending	 *p;

	log_warnx("bad-question");
	s->stats.bad++;
	c->eof = 1;
	if (c->npending == 0) {
		memcpy(s->batch + s->batchlen, line, sizeof(line) - 1);
		s->batchlen += sizeof(line) - 1;
		return 0;
	}
	if ((p = pending_new(c)) == NULL)
		return drop(c, "out of memory");
	return answer_now(c, p, line, sizeof(line) - 1);
}

/* Take questions from buf.  Bytes used, or -1 and the connection is gone. */
static ssize_t
take_questions(struct conn *c, const char *buf, size_t len)
{
	struct addr addr;
	size_t	    at = 0, used;

	while (at < len && c->npending < PIPELINE_MAX && c->outlen == 0) {
		switch (proto_read_question(buf + at, len - at, &used, &addr)) {
		case PROTO_MORE:
			return (ssize_t)at;
		case PROTO_BAD:
			return bad_question(c) == -1 ? -1 : (ssize_t)len;
		case PROTO_DONE:
			at += used;
			if (question(c, &addr) == -1)
				return -1;
		}
	}
	return (ssize_t)at;
}

/* Work on the common input buffer.  0, or -1 and it is gone. */
static int
conn_work(struct conn *c, size_t len)
{
	struct conns *s = c->all;
	ssize_t	      used;
	size_t	      left;

	s->batchlen = 0;
	if ((used = take_questions(c, s->input, len)) == -1)
		return -1;
	if (flush_batch(c) == -1)
		return -1;
	left = len - (size_t)used;
	if (left != c->inlen) {
		free(c->in);
		c->in = NULL;
		c->inlen = 0;
		if (left > 0 && (c->in = malloc(left)) == NULL)
			return drop(c, "out of memory");
	}
	if (left > 0)
		memcpy(c->in, s->input + used, left);
	c->inlen = left;
	return conn_settle(c);
}

/* Questions that were held back. */
static void
conn_resume(struct conn *c)
{
	if (c->inlen > 0 && c->npending < PIPELINE_MAX && c->outlen == 0) {
		memcpy(c->all->input, c->in, c->inlen);
		conn_work(c, c->inlen);
	} else
		conn_settle(c);
}

/* No more questions; but is anybody there for the answers? */
static int
hung_up(int fd)
{
	struct pollfd pfd = { .fd = fd };

	return poll(&pfd, 1, 0) == 1 && (pfd.revents & POLLHUP) != 0;
}

static void
on_readable(int fd, short what, void *arg)
{
	struct conn  *c = arg;
	struct conns *s = c->all;
	ssize_t	      n;

	(void)what;
	if (c->inlen > 0)
		memcpy(s->input, c->in, c->inlen);
	/* Held back questions are never as long: then we do not read. */
	n = read(fd, s->input + c->inlen, sizeof(s->input) - c->inlen);
	if (n == -1) {
		if (errno != EAGAIN && errno != EINTR)
			drop(c, "went away");
		return;
	}
	if (n == 0) {
		c->eof = 1;
		if (hung_up(fd))
			conn_free(c);
		else
			conn_settle(c);
		return;
	}
	TAILQ_REMOVE(&s->list, c, entry);
	TAILQ_INSERT_TAIL(&s->list, c, entry);
	conn_work(c, c->inlen + (size_t)n);
}

static void
on_writable(int fd, short what, void *arg)
{
	struct conn   *c = arg;
	struct timeval slow = { .tv_sec = SLOW_SECONDS };
	ssize_t	       n;

	if ((what & EV_TIMEOUT) != 0) {
		drop(c, "does not take its answers");
		return;
	}
	n = send(fd, c->out, c->outlen, MSG_NOSIGNAL);
	if (n == -1 && errno != EAGAIN && errno != EINTR) {
		drop(c, "went away");
		return;
	}
	if (n > 0) {
		c->outlen -= (size_t)n;
		memmove(c->out, c->out + n, c->outlen);
	}
	if (c->outlen > 0) {
		if (event_add(&c->writable, &slow) == -1)
			drop(c, "out of memory");
		return;
	}
	free(c->out);
	c->out = NULL;
	c->outsize = 0;
	conn_resume(c);
}

/* An answer that was waited for; those behind it may have theirs already. */
static void
on_findings(struct asker *a, const struct findings *f)
{
	struct conn    *c = a->arg;
	struct pending *p;
	char		line[PROTO_ANSWER_MAX];
	size_t		len;

	p = (struct pending *)a;
	len = proto_write_answer(line, f);
	if (p != TAILQ_FIRST(&c->pending)) {
		(void)park(c, p, line, len);
		return;
	}
	if (conn_send(c, line, len) == -1)
		return;
	pending_free(c, p);
	while ((p = TAILQ_FIRST(&c->pending)) != NULL && p->line != NULL) {
		if (conn_send(c, p->line, p->len) == -1)
			return;
		pending_free(c, p);
	}
	conn_resume(c);
}

int
conns_open(struct conns *s, int fd)
{
	struct conn *c;

	if ((c = calloc(1, sizeof(*c))) == NULL) {
		log_warn("connection");
		close(fd);
		return -1;
	}
	c->all = s;
	c->fd = fd;
	TAILQ_INIT(&c->pending);
	event_assign(&c->readable, s->base, fd, EV_READ | EV_PERSIST,
	    on_readable, c);
	event_assign(&c->writable, s->base, fd, EV_WRITE, on_writable, c);
	TAILQ_INSERT_TAIL(&s->list, c, entry);
	s->stats.connections++;
	s->stats.accepted++;
	if (event_add(&c->readable, NULL) == -1)
		return drop(c, "out of memory");
	return 0;
}

/* Nothing is asked, nothing is owed, and nothing waits to be read. */
static int
rests(const struct conn *c)
{
	char byte;

	return c->npending == 0 && c->outlen == 0 &&
	    recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == -1 &&
	    errno == EAGAIN;
}

int
conns_make_room(struct conns *s, size_t max)
{
	struct conn *c;
	int	     n = 0;

	if (s->stats.connections < max)
		return 0;
	for (c = TAILQ_FIRST(&s->list); c != NULL && n < CANDIDATES;
	     c = TAILQ_NEXT(c, entry), n++) {
		if (rests(c)) {
			drop(c, "too many connections");
			return 0;
		}
	}
	return -1;
}

struct conns *
conns_new(struct event_base *base, struct inquiries *inquiries)
{
	struct conns *s;

	if ((s = calloc(1, sizeof(*s))) == NULL)
		return NULL;
	s->base = base;
	s->inquiries = inquiries;
	TAILQ_INIT(&s->list);
	return s;
}

void
conns_free(struct conns *s)
{
	struct conn *c;

	if (s == NULL)
		return;
	while ((c = TAILQ_FIRST(&s->list)) != NULL)
		conn_free(c);
	free(s->spare);
	free(s);
}

void
conns_stats(const struct conns *s, struct conns_stats *st)
{
	*st = s->stats;
}
