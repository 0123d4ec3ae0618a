/* SPDX-License-Identifier: ISC */
/*
 * Asking fcrdnsd, with a deadline.  For programs with threads: all calls may
 * come from any thread, one ask belongs to one thread at a time.
 *
 * A question goes out at once (fcrdns_ask) and its answer is fetched later
 * (fcrdns_answer), so that DNS time passes while the asker does other
 * things.  Connections are pooled: one carries one question at a time.
 * Trouble of any kind is a finding: temperror.
 */
#ifndef CLIENT_H
#define CLIENT_H

#include "iprev.h"

struct fcrdns_client;
struct fcrdns_ask;

/* path of the socket.  Keeps at most idle connections open.  May die. */
struct fcrdns_client *fcrdns_client_new(const char *path, unsigned int idle);
void		      fcrdns_client_free(struct fcrdns_client *);

/*
 * Send a question; never blocks.  NULL only when memory is out.  If fcrdnsd
 * cannot be reached now, fcrdns_answer() tries once more.
 */
struct fcrdns_ask *fcrdns_ask(struct fcrdns_client *, const struct addr *);
/*
 * Would fcrdns_answer() return without waiting?  For programs that have
 * something to do before a thread of theirs waits.
 */
int fcrdns_ready(const struct fcrdns_ask *);
/*
 * Wait for the answer, at most ms milliseconds from now, and free the ask.  A connection that
 * breaks is tried once more within that time.  Fills in *f always.
 */
void fcrdns_answer(struct fcrdns_ask *, int ms, struct findings *f);
/* Not wanted any more. */
void fcrdns_drop(struct fcrdns_ask *);

#endif /* CLIENT_H */
