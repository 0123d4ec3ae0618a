/* SPDX-License-Identifier: ISC */
/*
 * Upstream servers as a worker knows them: which one is next, how one is
 * connected to.  Inside of upstream.c.
 */
#ifndef UP_SERVER_H
#define UP_SERVER_H

#include <sys/queue.h>
#include <stdint.h>

#include "upstream.h"

TAILQ_HEAD(ups, up);
TAILQ_HEAD(waiters, exchange);

struct server {
	struct upstreams	 *u;
	const struct edge_server *conf;
	size_t			  number; /* in the file */
	char			 *name;
	struct ups		  idle; /* the last used first */
	size_t			  nidle;
	struct waiters		  waiters;
	struct event		 *again;
	int64_t			  down_since; /* clock_ms(), 0: up */
	int64_t			  skip_until; /* it did not even refuse */
	int64_t			  skip_ms;
	int64_t			  ask_at; /* while down, before others */
	unsigned int turn; /* of forwards that begin with this one */
};

struct upstreams {
	struct worker *w;
	struct server *servers; /* as in the file */
	size_t	       n;
	size_t	       nwaiting; /* exchanges, for any of them */
	struct ups     asked;	 /* the parent connects for them */
	uint64_t       last_id;
	int64_t	       said; /* when, that something of ours ran out */
};

void server_init(struct server *, struct upstreams *, size_t number);
/*
 * The next one of x->forward that was not tried; marks it as tried.  NULL:
 * none is left.
 */
struct server *server_choose(struct upstreams *, struct exchange *x);
/* Server number i of that forward; primaries first. */
struct server *server_of(struct upstreams *, const struct edge_forward *,
    size_t i);
struct server *server_number(struct upstreams *, size_t number);
int server_serves(const struct server *, const struct edge_forward *);
/* One of x->forward that refuses, but not for long yet; or NULL. */
struct server *server_restarting(const struct exchange *x, int64_t now);
/* A socket that connects, or -1 with errno. */
int server_connect(const struct server *);
/* Is that errno our own trouble, and no server's fault? */
int  server_is_ours(int error);
void server_say_ours(const struct server *);

/* A Unix socket is the parent's to connect.  0, or -1: it cannot be asked. */
int	   server_ask(struct up *);
struct up *server_asked(struct upstreams *, uint64_t id); /* NULL: gone */
void	   server_forget(struct up *);

#endif /* UP_SERVER_H */
