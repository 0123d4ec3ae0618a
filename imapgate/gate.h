/* SPDX-License-Identifier: ISC */
/*
 * One piece of work at the gate, from lock to unlock: read the leases, change
 * them, write them, make the firewall equal, end the sessions that nothing
 * covers any more, and only then say what was done.
 *
 * The order is what makes kill -9 harmless: the file is the truth and is
 * whole at any instant, the firewall follows, and whoever comes next makes it
 * equal.  What was said is on the disk.
 *
 * Functions that return int return 0 or a code of sysexits(3), with the reason
 * logged.
 */
#ifndef GATE_H
#define GATE_H

#include <time.h>

#include "conf.h"
#include "firewall.h"
#include "leases.h"
#include "store.h"

struct imapgate_conf;

enum gate_how {
	GATE_CHANGE, /* lock, and make the folders if they are missing */
	GATE_LOOK    /* nothing is locked, made or changed */
};

/* What happened to a lease. */
struct gate_event {
	const char  *word; /* "allowed" */
	struct lease lease;
};

struct gate {
	const struct conf	   *conf; /* borrowed */
	const struct imapgate_conf *c;
	struct firewall		    firewall;
	char			   *file; /* of the backend none */
	enum gate_how		    how;
	int			    quiet; /* log only, print nothing */
	struct store		    store;
	struct leases		    leases;
	time_t			    now;
	enum lease_clock	    clock;
	struct gate_event	   *event;
	size_t			    nevents;
	size_t			    ended; /* sessions, by gate_commit() */
};

/*
 * Lock, read, and end what is over, if the clock is believed; right says that
 * it is, whatever it looks like.  gate_close() in any case.
 */
int  gate_open(struct gate *, const struct conf *, enum gate_how, int right,
     int quiet);
void gate_close(struct gate *);

/* The time by which leases are judged: 0 when it is not believed. */
time_t gate_now(const struct gate *);
/* What a record is to say: the same, or the newest time that was believed. */
time_t gate_when(const struct gate *);
/* Remember what happened, to be said in the end. */
void gate_event(struct gate *, const char *word, const struct lease *);

/* The leases changed: write them, and the whole set into the firewall. */
int gate_commit(struct gate *);
/*
 * The same, but look at the firewall first; if it is right already, it is left
 * alone.
 */
struct gate_sync {
	int    thorough; /* in: look for lost sessions even then */
	int    tell;	 /* in: say on standard output what it came to */
	size_t wanted;	 /* out: prefixes */
	size_t added, removed;
};
int gate_sync(struct gate *, struct gate_sync *);

/* What the firewall has now. */
int gate_show(struct gate *, struct firewall_set *);

#endif /* GATE_H */
