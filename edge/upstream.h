/* SPDX-License-Identifier: ISC */
/*
 * Connections to upstream servers: a pool of idle ones a server, shared by
 * all clients of a worker; the choice of a server; and the wait for one that
 * restarts.
 */
#ifndef UPSTREAM_H
#define UPSTREAM_H

#include <sys/queue.h>

#include "deadline.h"
#include "edge_conf.h"
#include "input.h"
#include "stream.h"
#include "worker.h"

struct server;
struct upstreams;

struct up {
	struct grave	 grave; /* first */
	struct stream	 stream;
	struct worker	*w;
	struct server	*server;
	struct exchange *exchange; /* NULL: idle */
	struct deadline	 deadline; /* of connecting, of idling */
	int		 connected;
	uint64_t	 id; /* of the question to the parent, or 0 */
	struct input	 in;
	size_t		 scanned; /* of a head that is not whole */
	TAILQ_ENTRY(up) entry;
};

struct upstreams *upstreams_new(struct worker *);
void		  upstreams_free(struct upstreams *);

/*
 * A connection to one of the servers of x->forward that were not tried: it
 * calls exchange_connected() or exchange_unconnected(), perhaps before it
 * returns.  fresh: not an idle one.
 */
void upstream_get(struct exchange *x, int fresh);
/* It does not want one any more. */
void upstream_cancel(struct exchange *x);
/* Its answer was read to the end, and it may be used again. */
void upstream_keep(struct up *);
void upstream_drop(struct up *);
/* Close what is idle: descriptors are needed.  How many that were. */
size_t upstreams_shrink(struct upstreams *);

/* The parent's answer to ORDER_ASK_SOCKET: fd, or -1 with an errno. */
void upstream_socket(struct upstreams *, uint64_t id, int error, int fd);
/* "192.0.2.1 port 80", or the socket's path. */
const char *upstream_name(const struct upstreams *, size_t server);

#endif /* UPSTREAM_H */
