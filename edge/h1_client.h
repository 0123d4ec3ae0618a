/* SPDX-License-Identifier: ISC */
/*
 * A client's connection that speaks HTTP/1.1 (h1_side.c): it takes requests
 * from the wire one after the other, each for an exchange, and puts their
 * answers on it.
 */
#ifndef H1_CLIENT_H
#define H1_CLIENT_H

#include <sys/queue.h>

#include "addr.h"
#include "deadline.h"
#include "edge_conf.h"
#include "h1.h"
#include "input.h"
#include "stream.h"
#include "worker.h"

struct client {
	struct grave		grave; /* first */
	struct stream		stream;
	struct deadline		deadline;
	struct worker	       *w;
	struct exchange	       *x; /* the present request's, or NULL */
	const struct edge_site *sni;
	struct addr		peer;
	char			address[ADDR_LEN]; /* the same, printed */
	TAILQ_ENTRY(client) entry;

	struct input in;
	size_t	     scanned; /* of a head that is not whole */

	/* What is to come of the present request. */
	enum h1_framing	 body;
	uint64_t	 left;
	struct h1_chunks chunks;
	int64_t		 began;		/* its first byte */
	unsigned int	 trailers : 1;	/* the chunks are over */
	unsigned int	 tls : 1;	/* the listener's word */
	unsigned int	 counted : 1;	/* board_enter() */
	unsigned int	 trusted : 1;	/* a trusted proxy */
	unsigned int	 working : 1;	/* in client_work() */
	unsigned int	 lingering : 1; /* only throws away what comes */
	unsigned int	 idle : 1;	/* waits for a first byte */
	unsigned int	 partial : 1;	/* a head is half there */
	unsigned int	 gone : 1;	/* closed; freed soon */
	size_t		 thrown;	/* away */
};

/*
 * A connection that was accepted; takes over fd.  trusted: by "trusted
 * proxy"; counted: board_enter() was asked, board_leave() will be.
 */
void client_new(struct worker *, int fd, const struct addr *, int tls,
    int trusted, int counted);
/* Go on with what is there. */
void client_work(struct client *);
/* If it has no request under way, one must come within ms. */
void client_hurry(struct client *, int64_t ms);
/* The worker stops: no further request, please. */
void client_stop(struct client *);
/* The end, whatever it does. */
void client_close(struct client *);

#endif /* H1_CLIENT_H */
