/* SPDX-License-Identifier: ISC */
#include "stream.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stream_tls.h"

/*
 * One record of plaintext is gathered; several records of ciphertext go out
 * in one call.
 */
struct stream_scratch {
	struct stream *owner; /* of what is gathered */
	size_t	       len;
	char	       gathered[STREAM_RECORD];
	struct stream *batch_owner; /* whose out is batch */
	char	       batch[STREAM_BATCH];
	LIST_HEAD(, stream) again; /* those that have more to do */
};

struct stream_scratch *
stream_scratch_new(void)
{
	struct stream_scratch *c = calloc(1, sizeof(*c));

	if (c != NULL)
		LIST_INIT(&c->again);
	return c;
}

void
stream_scratch_free(struct stream_scratch *c)
{
	free(c);
}

int
stream_open(struct stream *s, struct stream_scratch *scratch,
    struct event_base *base, int fd, struct ssl_st *ssl, int connecting,
    event_callback_fn wake, void *arg)
{
	memset(s, 0, sizeof(*s));
	s->fd = fd;
	s->ssl = ssl;
	s->scratch = scratch;
	s->writable = !connecting;
	s->first = 1;
	s->secure = ssl == NULL;
	if ((ssl != NULL && stream_tls_attach(s) == -1) ||
	    event_assign(&s->event, base, fd,
		EV_READ | EV_WRITE | EV_CLOSED | EV_ET | EV_PERSIST, wake,
		arg) == -1 ||
	    event_add(&s->event, NULL) == -1) {
		stream_tls_free(s);
		close(fd);
		s->fd = -1;
		return -1;
	}
	return 0;
}

void
stream_woken(struct stream *s, short what)
{
	if (what & EV_READ)
		s->readable = 1;
	if (what & EV_WRITE)
		s->writable = 1;
	if (what & EV_CLOSED)
		s->readable = s->hung_up = 1;
}

/*
 * Not event_active(3) at once: libevent would go on with that event before it
 * looks at any other.
 */
void
stream_again(struct stream *s)
{
	if (s->fd == -1 || s->again)
		return;
	s->again = 1;
	LIST_INSERT_HEAD(&s->scratch->again, s, entry);
}

static void
not_again(struct stream *s)
{
	if (s->again)
		LIST_REMOVE(s, entry);
	s->again = 0;
}

void
stream_turn(struct stream_scratch *c)
{
	struct stream *s;

	while ((s = LIST_FIRST(&c->again)) != NULL) {
		not_again(s);
		event_active(&s->event, EV_READ, 0);
	}
}

/* --- in --- */

ssize_t
stream_receive(struct stream *s, void *buf, size_t size)
{
	ssize_t n;

	if (!s->readable) {
		errno = EAGAIN;
		return -1;
	}
	do
		n = recv(s->fd, buf, size, 0);
	while (n == -1 && errno == EINTR);
	if (n == 0)
		s->ended = 1;
	else if (n == -1 && errno != EAGAIN)
		s->failed = 1;
	/* A short read has emptied it; a FIN behind it still has to be read. */
	if (n == -1 || ((size_t)n < size && !s->hung_up))
		s->readable = 0;
	return n;
}

enum stream_io
stream_read(struct stream *s, void *buf, size_t size, size_t *n)
{
	ssize_t got;

	if (s->failed)
		return STREAM_ERROR;
	if (s->ssl != NULL)
		return stream_tls_read(s, buf, size, n);
	if ((got = stream_receive(s, buf, size)) > 0) {
		*n = (size_t)got;
		return STREAM_OK;
	}
	if (got == 0)
		return STREAM_EOF;
	return s->failed ? STREAM_ERROR : STREAM_WAIT;
}

void
stream_look_again(struct stream *s)
{
	s->readable = 1;
}

int
stream_has_input(const struct stream *s)
{
	return s->readable || (s->ssl != NULL && stream_tls_pending(s));
}

int
stream_is_reset(struct stream *s)
{
	char byte;

	return s->failed ||
	    (recv(s->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == -1 &&
		errno != EAGAIN && errno != EINTR);
}

/* --- out --- */

static void
drop_out(struct stream *s)
{
	if (s->scratch->batch_owner == s)
		s->scratch->batch_owner = NULL;
	else
		free(s->out);
	s->out = NULL;
	s->out_at = s->out_len = s->out_size = 0;
}

/* The batch is shared: whoever keeps bytes gets memory of its own. */
static void
own_out(struct stream *s)
{
	char *own;

	if (s->scratch->batch_owner != s)
		return;
	s->scratch->batch_owner = NULL;
	if (s->out_len == s->out_at || (own = malloc(s->out_len)) == NULL) {
		s->failed |= s->out_len != s->out_at;
		s->out = NULL;
		s->out_at = s->out_len = s->out_size = 0;
		return;
	}
	memcpy(own, s->out, s->out_len);
	s->out = own;
	s->out_size = s->out_len;
}

static int
grow_out(struct stream *s, size_t more)
{
	size_t size;
	char  *p;

	own_out(s);
	if (s->failed)
		return -1;
	size = s->out_len + more;
	if (size < 2 * s->out_size)
		size = 2 * s->out_size;
	if ((p = realloc(s->out, size)) == NULL) {
		s->failed = 1;
		return -1;
	}
	s->out = p;
	s->out_size = size;
	return 0;
}

/* Bytes for the wire, behind those that wait. */
void
stream_keep(struct stream *s, const void *p, size_t len)
{
	struct stream_scratch *c = s->scratch;

	if (s->failed || len == 0)
		return;
	if (s->out == NULL && c->batch_owner == NULL && len <= STREAM_BATCH) {
		c->batch_owner = s;
		s->out = c->batch;
		s->out_size = STREAM_BATCH;
	}
	if (len > s->out_size - s->out_len && grow_out(s, len) == -1)
		return;
	memcpy(s->out + s->out_len, p, len);
	s->out_len += len;
}

/* Returns what was sent, and remembers if the socket took less. */
static size_t
send_some(struct stream *s, struct iovec *iov, int n, size_t len)
{
	struct msghdr m = { .msg_iov = iov, .msg_iovlen = (size_t)n };
	ssize_t	      sent;

	if (!s->writable || s->failed)
		return 0;
	do /* one piece, as most are, by the cheaper call */
		sent = n == 1 ? send(s->fd, iov->iov_base, len, MSG_NOSIGNAL) :
				sendmsg(s->fd, &m, MSG_NOSIGNAL);
	while (sent == -1 && errno == EINTR);
	if (sent == -1) {
		s->writable = 0;
		if (errno != EAGAIN && errno != ENOBUFS)
			s->failed = 1;
		return 0;
	}
	if ((size_t)sent < len)
		s->writable = 0;
	return (size_t)sent;
}

static void
send_out(struct stream *s)
{
	struct iovec iov;

	if (s->out_len == s->out_at)
		return;
	iov.iov_base = s->out + s->out_at;
	iov.iov_len = s->out_len - s->out_at;
	s->out_at += send_some(s, &iov, 1, iov.iov_len);
	if (s->out_at == s->out_len || s->failed)
		drop_out(s);
	else
		own_out(s);
}

/* What is gathered, and p behind it, on to the wire: plain. */
static void
send_plain(struct stream *s, const void *p, size_t len)
{
	struct stream_scratch *c = s->scratch;
	struct iovec	       iov[2];
	size_t		       sent = 0, left;

	iov[0].iov_base = c->gathered;
	iov[0].iov_len = c->len;
	iov[1].iov_base = (void *)(uintptr_t)p;
	iov[1].iov_len = len;
	send_out(s);
	if (s->out == NULL)
		sent = send_some(s, iov, len > 0 ? 2 : 1, c->len + len);
	left = sent < c->len ? c->len - sent : 0;
	stream_keep(s, c->gathered + (c->len - left), left);
	sent -= c->len - left;
	if (len > sent)
		stream_keep(s, (const char *)p + sent, len - sent);
	c->len = 0;
}

/* A batch is as much as there is room for, and then it is sent. */
static void
encrypt(struct stream *s, const char *p, size_t len)
{
	size_t part;

	for (; len > 0; p += part, len -= part) {
		part = len > STREAM_BATCH_DATA ? STREAM_BATCH_DATA : len;
		if (s->out_len + part + STREAM_BATCH_EXTRA > STREAM_BATCH)
			send_out(s);
		stream_tls_write(s, p, part);
	}
}

static void
push(struct stream *s)
{
	struct stream_scratch *c = s->scratch;

	c->owner = NULL;
	if (c->len == 0)
		return;
	if (s->ssl == NULL)
		send_plain(s, NULL, 0);
	else {
		encrypt(s, c->gathered, c->len);
		c->len = 0;
	}
}

static void
claim(struct stream *s)
{
	struct stream_scratch *c = s->scratch;

	if (c->owner == s)
		return;
	if (c->owner != NULL)
		stream_flush(c->owner);
	c->owner = s;
}

void
stream_put(struct stream *s, const void *p, size_t len)
{
	struct stream_scratch *c = s->scratch;
	const char	      *at = p;
	size_t		       room;

	if (s->failed)
		return;
	claim(s);
	while (len > 0) {
		room = STREAM_RECORD - c->len;
		if (len < room) {
			memcpy(c->gathered + c->len, at, len);
			c->len += len;
			return;
		}
		if (s->ssl == NULL) {
			send_plain(s, at, len);
			return;
		}
		if (c->len == 0) {
			/* Whole records, from where they are. */
			room = len - len % STREAM_RECORD;
			encrypt(s, at, room);
		} else {
			memcpy(c->gathered + c->len, at, room);
			encrypt(s, c->gathered, STREAM_RECORD);
			c->len = 0;
		}
		at += room;
		len -= room;
	}
}

size_t
stream_flush(struct stream *s)
{
	if (s->scratch->owner == s)
		push(s);
	send_out(s);
	return stream_pending(s);
}

void
stream_settle(struct stream *s)
{
	own_out(s);
}

size_t
stream_pending(const struct stream *s)
{
	return s->out_len - s->out_at;
}

/* --- the end --- */

void
stream_undress(struct stream *s)
{
	drop_out(s);
	stream_tls_free(s);
	s->failed = 0;
	s->secure = 1;
}

void
stream_finish(struct stream *s)
{
	if (s->fd == -1)
		return;
	if (s->ssl != NULL && s->secure && !s->failed) {
		stream_tls_finish(s);
		stream_flush(s);
	}
	shutdown(s->fd, SHUT_WR);
}

void
stream_close(struct stream *s)
{
	if (s->fd == -1)
		return;
	if (s->scratch->owner == s) {
		s->scratch->owner = NULL;
		s->scratch->len = 0;
	}
	drop_out(s);
	not_again(s);
	event_del(&s->event);
	stream_tls_free(s);
	close(s->fd);
	s->fd = -1;
}

void
stream_abort(struct stream *s)
{
	struct linger now = { .l_onoff = 1, .l_linger = 0 };

	if (s->fd == -1)
		return;
	setsockopt(s->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	stream_close(s);
}
