/* SPDX-License-Identifier: ISC */
/*
 * A session that is open: its pure state, and what it holds of the world:
 * the file it began with, its question to fcrdnsd, the headers of the present
 * message.  All visits are on one list, so that their records can be written
 * when the program has to end before they do.  The calls for one visit come
 * from one thread at a time.
 */
#ifndef VISIT_H
#define VISIT_H

#include <sys/queue.h>

#include "headers.h"
#include "session.h"

struct asking;
struct conf;
struct fcrdns_ask;

struct visit {
	struct session	   session;
	const struct conf *conf;
	struct fcrdns_ask *ask;
	int64_t		   asked; /* when, of clock_ms() */
	struct headers	   headers;
	LIST_ENTRY(visit) entry;
};

/* The client has come; its question goes out.  NULL: no memory. */
struct visit *visit_new(struct asking *, const struct addr *, uint16_t port);
/* Will visit_judge() have to wait? */
int visit_must_wait(const struct visit *);
/* Have the verdict, if the next recipient needs it. */
void visit_judge(struct visit *, struct asking *);
/* A recipient was refused for good. */
void visit_refused(struct visit *);
/* Write the record and free all. */
void visit_free(struct visit *);
/* The program ends: write the records of all that are open. */
void visit_record_all(void);

/*
 * Between these two, a visit is in a callback, which visit_drain() waits for,
 * but at most so long.
 */
void visit_enter(void);
void visit_leave(void);
void visit_drain(int ms);

#endif /* VISIT_H */
