/* SPDX-License-Identifier: ISC */
/*
 * postern-lists' child at its rounds: which source is due, one process for
 * each round (it parses what the internet says, and its memory goes with it;
 * one of a url and one of a file at a time), and whatever has to follow a new
 * file.
 */
#ifndef KEEPER_H
#define KEEPER_H

#include <stddef.h>
#include <stdint.h>

struct conf;
struct event_base;
struct folder;
struct keeper;
struct wire_msg;

struct keeper_stats {
	uint64_t rounds, news, held, failed;
	size_t	 sources;
	size_t	 stale;	  /* sources without a good answer for too long */
	size_t	 trouble; /* whose last round was held or failed */
};

/* NULL: out of memory.  The folder outlives it. */
struct keeper *keeper_new(struct event_base *, const struct folder *,
    const struct conf *);
void	       keeper_free(struct keeper *);
/* What each new process does first.  NULL: nothing. */
void keeper_first(struct keeper *, void (*fn)(void *arg), void *arg);
/* A new file: the lists of it from now on. */
void keeper_use(struct keeper *, const struct conf *);
/* An OPENED_MESSAGE.  0, or -1: it makes no sense. */
int  keeper_message(struct keeper *, struct wire_msg *);
void keeper_stats(const struct keeper *, struct keeper_stats *);

#endif /* KEEPER_H */
