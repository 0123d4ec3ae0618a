/* SPDX-License-Identifier: ISC */
/*
 * What all workers and the parent see at once: counters, and how many
 * connections each address has.  One piece of shared memory, made by the
 * parent, whose descriptor each worker gets; all its numbers are atomic.
 *
 * Each worker writes its own slot only (and the sums of the crowd), so when
 * one dies the parent knows what it held and takes it back.
 *
 * Sites and servers are known here by their names, and have the same place
 * on the board through reloads; board_names() says which number of the
 * present file is which.
 */
#ifndef BOARD_H
#define BOARD_H

#include <stddef.h>
#include <stdint.h>

#include "addr.h"
#include "reason.h"

#define BOARD_SLOTS   128 /* workers at once, those that drain included */
#define BOARD_SERVERS 256 /* what a file has beyond that is not counted */
#define BOARD_SITES   256

enum counter {
	COUNTER_CONNECTIONS,	 /* accepted */
	COUNTER_OPEN,		 /* a gauge: now */
	COUNTER_IDLE,		 /* a gauge: of them, between requests */
	COUNTER_REFUSED_ALL,	 /* "connections" reached */
	COUNTER_REFUSED_ADDRESS, /* "connections per address" reached */
	COUNTER_REFUSED_BLOCKED, /* "block from" of the edge */
	COUNTER_REFUSED_FILES,	 /* accept(2) had no descriptor left */
	COUNTER_HANDSHAKES,	 /* whole ones */
	COUNTER_RESUMED,	 /* by a ticket */
	COUNTER_HANDSHAKE_FAILED,
	COUNTER_TLS12,
	COUNTER_TLS13,
	COUNTER_NO_SNI_SITE, /* handshakes for names that are no site */
	COUNTER_PLAIN_ON_TLS,
	COUNTER_REQUESTS,
	COUNTER_BYTES_IN,  /* of requests, from clients */
	COUNTER_BYTES_OUT, /* of answers, to clients */
	COUNTER_1XX,
	COUNTER_2XX,
	COUNTER_3XX,
	COUNTER_4XX,
	COUNTER_5XX,
	COUNTER_TUNNELS, /* a gauge: open */
	COUNTER_UP_CONNECTS,
	COUNTER_UP_CONNECT_FAILED,
	COUNTER_UP_REUSED,
	COUNTER_UP_RETRIES,
	COUNTER_UP_WAITED, /* requests that waited for a restart */
	COUNTER_UP_IDLE,   /* a gauge: in the pools */
	COUNTER_LOG_LOST,  /* access lines that could not be written */
	COUNTER_OFFENCES,  /* told to postern-lists */
	COUNTER_OFFENCES_LOST,
	COUNTERS
};

struct board;
struct edge_conf;

/* Parent: the shared memory; a close-on-exec descriptor, or -1 and logged. */
int board_make(void);
/* Both: map it.  NULL, and logged; so is that of another program version. */
struct board *board_map(int fd);
void	      board_unmap(struct board *);

/* Worker: which slot is mine.  Called once, before anything is counted. */
void board_take(struct board *, unsigned int slot);
/*
 * The numbers of sites and servers are from now on those of this file.  The
 * parent says so first, before it hires workers for it; each worker does
 * after board_take().  Until then nothing is counted for any.
 */
void board_names(struct board *, const struct edge_conf *);

void board_count(struct board *, enum counter);
void board_add(struct board *, enum counter, int64_t);
void board_reason(struct board *, enum reason);
void board_site(struct board *, size_t site, int status);
/* Server n of the file is up (1) or down (0), as this worker saw it last. */
void board_server(struct board *, size_t server, int up);

/*
 * Worker: a connection of that address comes (counted by its /64 if it is
 * IPv6) and goes.  If it is not welcome, nothing was counted.
 */
enum board_enter {
	BOARD_WELCOME,
	BOARD_FULL,	    /* "connections" */
	BOARD_FULL_ADDRESS, /* "connections per address" */
};
enum board_enter board_enter(struct board *, const struct addr *,
    unsigned int all, unsigned int per_address);
void		 board_leave(struct board *, const struct addr *);

/*
 * Worker: whose half line stands at the end of the access log: a worker's
 * board_id(), or 0.  board_torn_change() is 1 if it was "was" and is "is".
 */
unsigned int board_id(const struct board *); /* never 0 */
unsigned int board_torn(struct board *);
int board_torn_change(struct board *, unsigned int was, unsigned int is);

/* Parent: what is counted and no worker's. */
void board_parent_add(struct board *, enum counter, int64_t);
/*
 * Parent: the worker of that slot is gone: what it held is given back, its
 * counters go to the sum of the dead, and the slot can be had again.
 */
void board_free_slot(struct board *, unsigned int slot);
/* Parent: sums over all workers, dead ones included (gauges: the living). */
int64_t	 board_sum(struct board *, enum counter);
uint64_t board_sum_reason(struct board *, enum reason);
/* By the first digit of the status: 1 to 5; 0: all. */
uint64_t board_sum_site(struct board *, size_t site, unsigned int digit);
/* 1 up, 0 down, -1 nobody has asked it yet. */
int board_server_state(struct board *, size_t server);

#endif /* BOARD_H */
