/* SPDX-License-Identifier: ISC */
/*
 * Messages between a parent and its jailed child, over descriptor 3: a
 * SOCK_SEQPACKET pair, so that one send is one message and no framing is
 * needed.  A message is a type, some fields, and perhaps one descriptor.
 *
 * Fields are written one by one, read with length checks, and must be used
 * up: a message that is too short or has bytes left over is a broken peer.
 * A struct wire_msg is a plain value; nothing here allocates.
 */
#ifndef WIRE_H
#define WIRE_H

#include <stddef.h>
#include <stdint.h>

#define WIRE_FD	 3    /* the child's end */
#define WIRE_MAX 4096 /* bytes of one message */

struct wire_msg {
	uint32_t      type;
	int	      fd;  /* -1, or a descriptor */
	int	      bad; /* a field did not fit or was missing */
	size_t	      len, pos;
	unsigned char data[WIRE_MAX];
};

/* Two connected descriptors, close-on-exec.  0, or -1 with errno. */
int wire_pair(int fds[2]);

/* Writing. */
void wire_start(struct wire_msg *, uint32_t type);
void wire_put_number(struct wire_msg *, uint64_t);
void wire_put_string(struct wire_msg *, const char *);
void wire_put_bytes(struct wire_msg *, const void *, size_t);
/*
 * Send; msg->fd goes along if it is not -1, and stays the caller's.
 * flags are send(2)'s.  0, or -1 with errno (EMSGSIZE if msg->bad).
 */
int wire_send(int fd, const struct wire_msg *, int flags);

/*
 * 1 for a message, 0 at the end, -1 with errno (EAGAIN; EBADMSG: too short,
 * too long, or more than one descriptor).  After 1 the caller owns msg->fd,
 * which is close-on-exec, and must close it even if none was expected.
 */
int wire_recv(int fd, struct wire_msg *, int flags);
/* Reading.  After the last field wire_end() returns 0, or -1 if bad. */
uint64_t wire_get_number(struct wire_msg *);
/* The string lives in the message; NULL if bad. */
const char *wire_get_string(struct wire_msg *);
const void *wire_get_bytes(struct wire_msg *, size_t *len);
int	    wire_end(struct wire_msg *);

#endif /* WIRE_H */
