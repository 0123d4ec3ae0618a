/* SPDX-License-Identifier: ISC */
/*
 * A connection as bytes: a non-blocking socket, with TLS on it or not.
 *
 * Edge-triggered: one event for reading and writing is added once and stays.
 * What the socket is known to have is kept in flags, so that no call is made
 * to hear EAGAIN.  What is put is gathered, encrypted in whole records and
 * sent by stream_flush() in one call; what the socket does not take is kept
 * in memory of its own until it does.  At rest a stream holds no buffer.
 *
 * Whoever puts bytes looks at stream_pending() first: while bytes wait, it
 * does not put more.
 */
#ifndef STREAM_H
#define STREAM_H

#include <sys/queue.h>
#include <sys/types.h>
#include <stddef.h>

#include <event2/event.h>
#include <event2/event_struct.h>

struct ssl_st;
struct stream_scratch;

enum stream_io {
	STREAM_OK,
	STREAM_WAIT, /* nothing now; the event comes */
	STREAM_EOF,
	STREAM_ERROR
};

struct stream {
	int		       fd;  /* -1: closed */
	struct ssl_st	      *ssl; /* NULL: plain */
	struct stream_scratch *scratch;
	char		      *out; /* bytes for the wire that wait */
	size_t		       out_at, out_len, out_size;
	unsigned int	       readable : 1; /* as far as we know */
	unsigned int	       writable : 1;
	unsigned int	       hung_up : 1; /* the peer sent its FIN */
	unsigned int	       ended : 1;   /* and we have read to it */
	unsigned int	       failed : 1;  /* of no use any more */
	unsigned int	       secure : 1;  /* the handshake is over */
	unsigned int	       first : 1;   /* no byte was read yet */
	unsigned int	       not_tls : 1; /* HTTP came instead */
	unsigned int	       clean : 1;   /* TLS said its close */
	unsigned int	       again : 1;   /* stream_again() was called */
	unsigned int	       reads : 5;   /* within one of TLS */
	unsigned int	       said : 16;   /* by TLS itself, not yet sent */
	LIST_ENTRY(stream) entry;
	struct event event;
};

/* What all streams of a worker share while they work. */
struct stream_scratch *stream_scratch_new(void);
void		       stream_scratch_free(struct stream_scratch *);

/*
 * Take over fd, which is non-blocking, and ssl, or NULL.  wake is called with
 * EV_READ, EV_WRITE, EV_CLOSED, and first of all calls stream_woken().
 * connecting: it is not known to be writable yet.  0, or -1 with all of it
 * closed.
 */
int  stream_open(struct stream *, struct stream_scratch *, struct event_base *,
     int fd, struct ssl_st *, int connecting, event_callback_fn wake, void *arg);
void stream_woken(struct stream *, short what);
/*
 * Call wake again at the next turn of the loop, when the others have had
 * theirs: stream_turn() is what ends a turn.
 */
void stream_again(struct stream *);
void stream_turn(struct stream_scratch *);

/*
 * At most size bytes.  For TLS it does the handshake, too: its own bytes are
 * kept for stream_flush().
 */
enum stream_io stream_read(struct stream *, void *, size_t size, size_t *n);
/*
 * More must come: look again, though the last read was short.  A reset that
 * came together with the bytes before it is told by no further event.
 */
void stream_look_again(struct stream *);
/* Is there anything to read, as far as we know? */
int stream_has_input(const struct stream *);

void stream_put(struct stream *, const void *, size_t);
/* Returns how many bytes were put but not taken; see stream.failed. */
size_t stream_flush(struct stream *);
size_t stream_pending(const struct stream *);

/* It is no TLS after all: go on in plain. */
void stream_undress(struct stream *);

/* No more output: close_notify, and FIN.  After stream_flush(). */
void stream_finish(struct stream *);
void stream_close(struct stream *);
/* The peer must not take this for an end: RST, no close_notify. */
void stream_abort(struct stream *);
/* Was it reset?  Looks without reading. */
int stream_is_reset(struct stream *);

#endif /* STREAM_H */
