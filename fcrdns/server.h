/* SPDX-License-Identifier: ISC */
/*
 * fcrdnsd's listening socket: it makes connections (conns.h), as many as it
 * may and not one more, and rests for a moment when it cannot.
 */
#ifndef SERVER_H
#define SERVER_H

#include <stddef.h>

struct conns;
struct event_base;
struct server;

/* Takes the descriptor over, not the connections.  NULL: out of memory. */
struct server *server_new(struct event_base *, int fd, struct conns *,
    size_t max);
void	       server_free(struct server *);

#endif /* SERVER_H */
