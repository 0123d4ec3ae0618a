/* SPDX-License-Identifier: ISC */
/*
 * One worker of the HTTPS front: an event loop that owns connections of
 * clients and upstreams, jailed.
 *
 * What ends in a callback is closed at once but freed after the turn of the
 * loop, so that nobody up the stack holds a pointer to nothing.
 */
#ifndef WORKER_H
#define WORKER_H

#include <sys/queue.h>
#include <stddef.h>
#include <stdint.h>

#include "bucket.h"
#include "edge_conf.h"
#include "h1.h"
#include "head.h"
#include "route.h"

struct child;
struct client;
struct event_base;
struct exchange;
struct sets;
struct stream_scratch;
struct up;

#define WORKER_READ (128 * 1024) /* bytes read at once, at most */
#define WORKER_HEAD (128 * 1024) /* a head that we write */

#define DRAIN_IDLE_MS 5000 /* for the next request, when draining */

/* Closed, to be freed after this turn. */
struct grave {
	SLIST_ENTRY(grave) entry;
	void *block;
};

TAILQ_HEAD(clients, client);

struct worker {
	struct child	       *child;
	const struct conf      *file;
	const struct edge_conf *conf;
	struct event_base      *base;
	struct event	       *wire;
	struct deadlines       *deadlines;
	struct board	       *board;
	struct logfile	       *log;
	int			log_fd; /* until there is a log, or -1 */
	struct event	       *log_again;
	struct tls	       *tls;
	struct upstreams       *upstreams;
	struct listeners       *listeners;
	struct stream_scratch  *scratch;
	struct out	       *pages;	  /* as conf->pages; len 0: none */
	struct pieces	       *pieces;	  /* of files that are on their way */
	struct sets	       *sets;	  /* who is in which list */
	int			sets_new; /* one came: look at tunnels */
	int64_t			sets_tidied; /* when */
	struct bucket		offences;    /* that may be told */
	SLIST_HEAD(, grave) graves;
	struct clients clients;
	size_t	       nclients;
	size_t	       ntunnels;
	size_t	       nexchanges; /* under way, without tunnels */
	unsigned int   naps_bad;
	int	       draining; /* accepts no more */
	int	       stopping; /* and does not wait for the next request */
	int	       gone;	 /* the parent is */
	int64_t	       now;	 /* clock_ms() of this turn, 0: not asked */
	time_t	       wall;	 /* and the time of day */
	time_t	       date_of;	 /* which date says */
	char	       date[HEAD_DATE_LEN];
	uint16_t       tls_port; /* of the first TLS listener */

	/* Shared by all that happens one after the other. */
	struct h1_request  request;
	struct h1_response response;
	struct route	   route;
	char		   from_client[64 * 1024];
	char		   from_up[WORKER_READ];
	char		   head[WORKER_HEAD];
};

/* The life of a worker; its exit status. */
int edge_worker(struct child *);

/* The time of this turn of the loop; asked once in each. */
int64_t	    worker_now(struct worker *);
time_t	    worker_wall(struct worker *);
const char *worker_date(struct worker *);
/* free() it when the turn is over.  It begins with a struct grave. */
void worker_bury(struct worker *, struct grave *);
/* A client is gone: perhaps that was what a drain waited for. */
void worker_check_end(struct worker *);

#endif /* WORKER_H */
