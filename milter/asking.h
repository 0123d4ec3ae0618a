/* SPDX-License-Identifier: ISC */
/*
 * The milter's questions to fcrdnsd: sent when a client connects, fetched
 * when its first recipient comes, and only so many fetched at once.  All
 * calls may come from any thread.
 */
#ifndef ASKING_H
#define ASKING_H

#include "client.h"

struct asking;
struct fcrdns_conf;
struct milter_conf;

/* path: fcrdnsd's socket.  May die: for the start only. */
struct asking *asking_new(const char *path);

/* Send the question; never waits.  NULL is an answer's trouble later on. */
struct fcrdns_ask *asking_send(struct asking *, const struct addr *);
/* Would asking_fetch() return at once? */
int asking_ready(const struct fcrdns_ask *);
/*
 * Wait for the answer, which frees the ask, as long as the file allows.
 * Too many who wait, an ask of NULL, and all trouble are findings: temperror.
 */
void asking_fetch(struct asking *, struct fcrdns_ask *, const struct addr *,
    const struct milter_conf *, const struct fcrdns_conf *, struct findings *);
/* How many wait now. */
unsigned int asking_waiting(const struct asking *);

#endif /* ASKING_H */
