/* SPDX-License-Identifier: ISC */
#include "wire.h"

#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

/*
 * A message is the type and the fields; numbers are in network order.  A
 * number is eight bytes.  A string is its length in eight bytes, its bytes
 * and a NUL, so that it can be used where it lies; bytes are the same
 * without the NUL.
 */
#define TYPE_SIZE   4
#define NUMBER_SIZE 8
#define FDS_ROOM    4 /* to see more than the one that is allowed */

#ifndef MSG_CMSG_CLOEXEC
#define MSG_CMSG_CLOEXEC 0
#endif

union control {
	struct cmsghdr align;
	unsigned char  buf[CMSG_SPACE(FDS_ROOM * sizeof(int))];
};

int
wire_pair(int fds[2])
{
	return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds);
}

static void
put_be(unsigned char *p, uint64_t n, size_t size)
{
	while (size-- > 0) {
		p[size] = (unsigned char)(n & 0xff);
		n >>= 8;
	}
}

static uint64_t
get_be(const unsigned char *p, size_t size)
{
	uint64_t n = 0;
	size_t	 i;

	for (i = 0; i < size; i++)
		n = n << 8 | p[i];
	return n;
}

void
wire_start(struct wire_msg *m, uint32_t type)
{
	m->type = type;
	m->fd = -1;
	m->bad = 0;
	m->len = 0;
	m->pos = 0;
}

static void
put(struct wire_msg *m, const void *bytes, size_t len)
{
	if (m->bad || len > sizeof(m->data) - m->len) {
		m->bad = 1;
		return;
	}
	if (len > 0)
		memcpy(m->data + m->len, bytes, len);
	m->len += len;
}

void
wire_put_number(struct wire_msg *m, uint64_t n)
{
	unsigned char buf[NUMBER_SIZE];

	put_be(buf, n, sizeof(buf));
	put(m, buf, sizeof(buf));
}

void
wire_put_string(struct wire_msg *m, const char *s)
{
	size_t len;

	if (s == NULL) {
		m->bad = 1;
		return;
	}
	len = strlen(s);
	wire_put_number(m, len);
	put(m, s, len + 1);
}

void
wire_put_bytes(struct wire_msg *m, const void *bytes, size_t len)
{
	wire_put_number(m, len);
	put(m, bytes, len);
}

int
wire_send(int fd, const struct wire_msg *m, int flags)
{
	unsigned char	buf[TYPE_SIZE + WIRE_MAX];
	struct cmsghdr *c;
	struct iovec	iov;
	struct msghdr	hdr;
	union control	control;
	ssize_t		n;

	if (m->bad || m->len > sizeof(m->data)) {
		errno = EMSGSIZE;
		return -1;
	}
	put_be(buf, m->type, TYPE_SIZE);
	memcpy(buf + TYPE_SIZE, m->data, m->len);
	iov.iov_base = buf;
	iov.iov_len = TYPE_SIZE + m->len;
	memset(&hdr, 0, sizeof(hdr));
	hdr.msg_iov = &iov;
	hdr.msg_iovlen = 1;
	if (m->fd != -1) {
		memset(&control, 0, sizeof(control));
		hdr.msg_control = control.buf;
		hdr.msg_controllen = CMSG_SPACE(sizeof(int));
		c = CMSG_FIRSTHDR(&hdr);
		c->cmsg_len = CMSG_LEN(sizeof(int));
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		memcpy(CMSG_DATA(c), &m->fd, sizeof(int));
	}
	do {
		n = sendmsg(fd, &hdr, flags | MSG_NOSIGNAL);
	} while (n == -1 && errno == EINTR);
	return n == -1 ? -1 : 0;
}

/*
 * Take the descriptors out of a message: the first into *fd; any more are
 * closed.  Returns how many there were.
 */
static size_t
take_fds(struct msghdr *hdr, int *fd)
{
	struct cmsghdr *c;
	size_t		count = 0, i, n;
	int		one;

	*fd = -1;
	for (c = CMSG_FIRSTHDR(hdr); c != NULL; c = CMSG_NXTHDR(hdr, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (i = 0; i < n; i++) {
			memcpy(&one, CMSG_DATA(c) + i * sizeof(int),
			    sizeof(int));
			if (count++ == 0)
				*fd = one;
			else
				close(one);
		}
	}
	if (*fd != -1 && MSG_CMSG_CLOEXEC == 0)
		(void)fcntl(*fd, F_SETFD, FD_CLOEXEC);
	return count;
}

int
wire_recv(int fd, struct wire_msg *m, int flags)
{
	unsigned char type[TYPE_SIZE];
	struct iovec  iov[2];
	struct msghdr hdr;
	union control control;
	size_t	      fds;
	ssize_t	      n;

	wire_start(m, 0);
	iov[0].iov_base = type;
	iov[0].iov_len = sizeof(type);
	iov[1].iov_base = m->data;
	iov[1].iov_len = sizeof(m->data);
	do {
		memset(&hdr, 0, sizeof(hdr));
		hdr.msg_iov = iov;
		hdr.msg_iovlen = 2;
		hdr.msg_control = control.buf;
		hdr.msg_controllen = sizeof(control.buf);
		n = recvmsg(fd, &hdr, flags | MSG_CMSG_CLOEXEC);
	} while (n == -1 && errno == EINTR);
	if (n == -1)
		return -1;

	fds = take_fds(&hdr, &m->fd);
	if (n == 0 && fds == 0)
		return 0;
	if (n < TYPE_SIZE || fds > 1 ||
	    (hdr.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
		if (m->fd != -1)
			close(m->fd);
		m->fd = -1;
		errno = EBADMSG;
		return -1;
	}
	m->type = (uint32_t)get_be(type, sizeof(type));
	m->len = (size_t)n - TYPE_SIZE;
	return 1;
}

/* The next len bytes, or NULL (and bad from now on). */
static const unsigned char *
get(struct wire_msg *m, uint64_t len)
{
	const unsigned char *p;

	if (m->bad || len > m->len - m->pos) {
		m->bad = 1;
		return NULL;
	}
	p = m->data + m->pos;
	m->pos += (size_t)len;
	return p;
}

uint64_t
wire_get_number(struct wire_msg *m)
{
	const unsigned char *p;

	if ((p = get(m, NUMBER_SIZE)) == NULL)
		return 0;
	return get_be(p, NUMBER_SIZE);
}

const char *
wire_get_string(struct wire_msg *m)
{
	const unsigned char *p;
	uint64_t	     len;

	len = wire_get_number(m);
	if (len >= sizeof(m->data) || (p = get(m, len + 1)) == NULL ||
	    memchr(p, '\0', (size_t)len + 1) != p + len) {
		m->bad = 1;
		return NULL;
	}
	return (const char *)p;
}

const void *
wire_get_bytes(struct wire_msg *m, size_t *len)
{
	const unsigned char *p;
	uint64_t	     n;

	*len = 0;
	n = wire_get_number(m);
	if ((p = get(m, n)) == NULL)
		return NULL;
	*len = (size_t)n;
	return p;
}

int
wire_end(struct wire_msg *m)
{
	return m->bad || m->pos != m->len ? -1 : 0;
}
