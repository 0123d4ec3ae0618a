/* SPDX-License-Identifier: ISC */
/*
 * Connections to fcrdnsd, each with any number of questions (proto.h),
 * answered in their order.
 *
 * At rest a connection has no buffer.  One that sends many questions ahead
 * is not read from until some are answered; one that does not take its
 * answers is dropped.
 */
#ifndef CONNS_H
#define CONNS_H

#include <stddef.h>
#include <stdint.h>

struct conns;
struct event_base;
struct inquiries;

struct conns_stats {
	size_t	 connections;
	uint64_t accepted;
	uint64_t dropped; /* slow, gone, or one too many */
	uint64_t bad;	  /* questions that were none */
};

/* NULL: out of memory. */
struct conns *conns_new(struct event_base *, struct inquiries *);
void	      conns_free(struct conns *);
/* Takes the descriptor over.  0, or -1 with the reason logged. */
int conns_open(struct conns *, int fd);
/*
 * Are there fewer than max?  If not, one that rests is closed: its owner
 * will connect again when he asks.  0, or -1: none rests.
 */
int  conns_make_room(struct conns *, size_t max);
void conns_stats(const struct conns *, struct conns_stats *);

#endif /* CONNS_H */
