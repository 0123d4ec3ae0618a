/* SPDX-License-Identifier: ISC */
/*
 * postern-lists' end of the offence socket: who may speak, a line at a time,
 * so many a second.
 */
#ifndef EAR_H
#define EAR_H

#include <sys/types.h>
#include <stdint.h>

#include "offence.h"

#define EAR_CONNECTIONS 64   /* doors have one each */
#define EAR_RATE	1000 /* offences a second of a user; beyond, dropped */

struct ear;
struct event_base;

typedef void ear_fn(void *arg, const struct addr *, enum offence);

struct ear_stats {
	uint64_t heard, dropped, bad, strangers;
};

/* fd: the listening socket, taken over.  uids: who may speak beside root. */
struct ear *ear_new(struct event_base *, int fd, const uid_t *uids, size_t n,
    ear_fn *, void *arg);
void	    ear_free(struct ear *);
/*
 * In a new process, which is none that listens: its copies of the sockets go.
 * Should the one that does die, doors shall know.
 */
void ear_forget(const struct ear *);
void ear_stats(const struct ear *, struct ear_stats *);

#endif /* EAR_H */
