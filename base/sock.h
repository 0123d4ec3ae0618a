/* SPDX-License-Identifier: ISC */
/*
 * Listening sockets and descriptor limits.
 */
#ifndef SOCK_H
#define SOCK_H

#include <sys/types.h>
#include <stddef.h>
#include <stdint.h>

struct addr;

#define SOCK_NAME_LEN 128 /* "ADDRESS port N", or a Unix socket's path */

/*
 * Bind and listen on a Unix stream socket.  A stale socket of an earlier run
 * is replaced; one that answers is "in use", and anything that is no socket
 * (a link, too) is left alone.  It is made in a new folder PATH.XXXXXX and
 * renamed, so that it never exists with the wrong owner or mode; hence path
 * must be 10 bytes shorter than sun_path.  uid or gid -1: unchanged.  Returns
 * a close-on-exec, non-blocking descriptor, or -1 with the reason logged.
 */
int sock_listen_unix(const char *path, uid_t uid, gid_t gid, mode_t mode);
/* The same for TCP; port 0 lets the system choose.  :: is IPv6 only. */
int sock_listen_inet(const struct addr *, uint16_t port);
/*
 * For a crowd: n listening sockets of one address and port, one for each
 * process, among which the system shares the new connections out.  fds has
 * room for n, of which have are there already: their port is taken, and they
 * listen again if somebody made them stop.  Where the system cannot share, one
 * socket is made, and all use that.  What is accepted has TCP_NODELAY.
 * Returns how many there are then, or -1 with the reason logged.
 */
int sock_listen_crowd(const struct addr *, uint16_t port, int fds[],
    size_t have, size_t n);
/*
 * Could it be bound now by us alone?  Sockets that share a port would not
 * notice that another crowd has it.  0, or -1 with the reason logged.
 */
int	 sock_free_inet(const struct addr *, uint16_t port);
uint16_t sock_port(int fd); /* of TCP; 0: it has none */
/* What a listening socket is bound to, in the words of the file. */
const char *sock_name(int fd, char buf[SOCK_NAME_LEN]);

/*
 * Connect to a Unix socket without waiting: -1 with errno, EAGAIN if its
 * queue is full.  nonblock: whether the descriptor stays non-blocking.
 */
int sock_connect_unix(const char *path, int nonblock);
/*
 * The same, non-blocking, and the socket must be there itself: ELOOP for a
 * symbolic link.  For root, to a socket in a folder of somebody else, who
 * could lead it to one that is root's alone.
 */
int sock_connect_foreign(const char *path);

/*
 * Raise the soft limit of descriptors as far as wanted and allowed; returns
 * what it is now.
 */
unsigned long sock_raise_files(unsigned long wanted);

/*
 * The same for us and whoever we start, and the hard limit, too, which is
 * root's to raise.
 */
unsigned long sock_need_files(unsigned long needed);

#endif /* SOCK_H */
