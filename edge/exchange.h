/* SPDX-License-Identifier: ISC */
/*
 * One request and its answer, from the first byte to the access line.
 *
 * The exchange owns both sides: the client's, which is known by its struct
 * side (h1_side.c), and the upstream's connection.  It ends in exactly one
 * function, exchange_end(), with one reason.
 *
 * A side calls exchange_start() with a request that is whole,
 * exchange_body() and exchange_body_end() with what follows, as long as
 * exchange_wants_body() says so.  The exchange calls the side's functions with
 * the answer, and side->ended() last of all: from then on the side must not
 * use it.  Any call may end the exchange: look at what is returned, or at the
 * side's own pointer, before going on.
 */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include <stdint.h>
#include <time.h>

#include "addr.h"
#include "deadline.h"
#include "edge_conf.h"
#include "h1.h"
#include "head.h"
#include "reason.h"
#include "worker.h"

/* What the exchange wants of a client's side. */
struct side_ops {
	/* A whole head, and bytes of the body, on the wire's own terms. */
	void (*head)(struct client *, const char *, size_t);
	void (*body)(struct client *, const void *, size_t);
	/* The body is whole; trailers as they are written, or len 0. */
	void (*end)(struct client *, const char *trailers, size_t len);
	/* Send what was given; how many bytes wait. */
	size_t (*flush)(struct client *);
	size_t (*pending)(const struct client *);
	/* Whoever waits for the rest of the request may read it now. */
	void (*resume)(struct client *);
	/*
	 * It is over.  keep: the next request may come; otherwise the
	 * connection ends, after what waits was sent.  cut: it must not look
	 * like a whole answer.
	 */
	void (*ended)(struct client *, int keep, int cut);
	/* What a tunnel needs; rest: what was read already, into the tunnel. */
	struct stream *(*stream)(struct client *);
	void (*rest)(struct client *);
};

enum exchange_state {
	EXCHANGE_CONNECTING, /* waits for an upstream connection */
	EXCHANGE_WAITING,    /* for the head of the answer */
	EXCHANGE_ANSWERING,  /* the head has gone to the client */
	EXCHANGE_FLUSHING,   /* all of it, only bytes wait to be taken */
	EXCHANGE_TUNNEL,
	EXCHANGE_OVER
};

struct exchange {
	struct grave		    grave; /* first */
	struct worker		   *w;
	struct client		   *client;
	const struct side_ops	   *side;
	struct up		   *up; /* or NULL */
	const struct edge_site	   *site;
	const struct edge_location *location;
	const struct edge_forward  *forward;
	enum exchange_state	    state;
	struct deadline		    deadline;
	enum reason		    end;  /* when all bytes are taken */
	const char		   *list; /* that blocked it, or NULL */

	/* The request, as it goes to the upstream: kept for a second try. */
	char		 *request;
	size_t		  request_len;
	struct head_marks marks; /* within request, for the log */
	enum h1_method	  method;
	int		  minor;
	int		  upgrade;    /* was asked for */
	int		  expects;    /* 100-continue, not given yet */
	int		  close;      /* the client's connection, afterwards */
	enum h1_framing	  framing;    /* of the request */
	int		  body_done;  /* the client has sent all of it */
	int		  unsent;     /* put to the upstream, not flushed */
	int		  reused;     /* the upstream's connection was idle */
	uint64_t	  tried;      /* servers of forward, a bit each */
	int		  timed_out;  /* one of them */
	struct up	 *connecting; /* upstream.c's */
	TAILQ_ENTRY(exchange) waiting;
	int	 is_waiting;
	uint64_t received;   /* bytes of the body */
	int64_t	 answer_by;  /* clock_ms(): the upstream's deadline */
	int64_t	 window;     /* what the upstream had at its start */
	int	 blocked;    /* it took less than came, then */
	int64_t	 wait_until; /* for an upstream that restarts */

	/* The answer. */
	int		 status;
	enum h1_framing	 up_framing;
	uint64_t	 up_left;
	struct h1_chunks up_chunks;
	int		 up_trailers; /* comes the trailer section */
	int		 up_keep;
	int		 up_deaf;  /* it takes no more of the request */
	int		 up_first; /* some bytes of an answer came */
	unsigned int	 up_interim;
	size_t		 grain; /* bytes of the body read at once */
	enum h1_framing	 to_client;
	uint64_t	 sent;	       /* bytes of the body */
	int		 client_ended; /* of a tunnel */
	int		 up_ended;

	struct addr address; /* the client's; trusted proxies resolved */
	int64_t	    began;
	int64_t	    answered; /* upstream's head, or 0 */
	time_t	    time;
	size_t	    server; /* of the file */
	int	    has_server;
};

/* What the side knows of a connection. */
struct exchange_from {
	struct client		 *client;
	const struct side_ops	 *side;
	const struct edge_site	 *sni;
	const struct head_client *head;
	const struct addr	 *peer;
	int64_t			  began;
	int			  close; /* it was the last request anyway */
};

/*
 * Start.  The request's slices are only looked at during the call.  Returns
 * NULL if there was no memory.  The exchange may be over when it returns:
 * look at the side's pointer.
 */
struct exchange *exchange_new(struct worker *, const struct exchange_from *);
void		 exchange_start(struct exchange *, const struct h1_request *,
		const struct exchange_from *);
/*
 * A request that is none: answer with that status, and close.  What could be
 * read of it goes to the log; it may be NULL.  text: instead of the page.
 */
void exchange_refuse(struct exchange *, const struct h1_request *, int status,
    const char *text, enum reason);

/* Does it take bytes of the request's body now? */
int exchange_wants_body(const struct exchange *);
/* Decoded bytes.  -1: the exchange is over. */
int exchange_body(struct exchange *, const void *, size_t);
/* The body is whole; trailers: as they are written, or len 0. */
void exchange_body_end(struct exchange *, const char *trailers, size_t len);
/* The side has nothing more for now: send what was given. */
void exchange_settle(struct exchange *);
/* The client is gone, or what it sent is bad. */
void exchange_fail(struct exchange *, int status, enum reason);
/* The client's connection has an event: EV_READ, EV_WRITE. */
void exchange_client_event(struct exchange *, short what);
/* Perhaps the client took what waited. */
void exchange_writable(struct exchange *);

/* Might it be sent a second time without being done twice? */
int exchange_repeatable(const struct exchange *);

/* upstream.c calls these: a connection, or none and why. */
void exchange_connected(struct exchange *, struct up *, int reused);
void exchange_unconnected(struct exchange *, enum reason);
/* The connection has something to read, or takes bytes again. */
void exchange_up_event(struct exchange *);

/* The one end. */
void exchange_end(struct exchange *, enum reason);

/* answer.c: reads the upstream's answer. */
void answer_read(struct exchange *);
/* own.c: an answer of our own; the exchange ends when it is taken. */
void own_answer(struct exchange *, int status, const char *text,
    struct slice url, enum reason);
/* tunnel.c */
void tunnel_start(struct exchange *); /* after the head of the 101 */
void tunnel_move(struct exchange *);
/* By the lists as they are now; which one it is goes to the record. */
int tunnel_blocked(struct exchange *);
/* exchange.c, for those. */
void exchange_wait(struct exchange *, int64_t ms);
void exchange_flushing(struct exchange *, enum reason);
/* The upstream's connection is of no use any more; perhaps another is. */
void exchange_up_failed(struct exchange *, enum reason);
void exchange_drop_up(struct exchange *);

#endif /* EXCHANGE_H */
