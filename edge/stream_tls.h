/* SPDX-License-Identifier: ISC */
/*
 * The TLS half of stream.c, and what it needs of the other half.
 */
#ifndef STREAM_TLS_H
#define STREAM_TLS_H

#include <sys/types.h>
#include <stddef.h>

#include "stream.h"

#define STREAM_RECORD 16384 /* RFC 8446, 5.1 */
/* What is sent at once: whole records, each with at most 256 bytes more. */
#define STREAM_BATCH_DATA  (8 * STREAM_RECORD)
#define STREAM_BATCH_EXTRA (9 * 256)
#define STREAM_BATCH	   (STREAM_BATCH_DATA + STREAM_BATCH_EXTRA)

/* stream_tls.c; -1: no memory. */
int	       stream_tls_attach(struct stream *);
void	       stream_tls_free(struct stream *);
enum stream_io stream_tls_read(struct stream *, void *, size_t, size_t *);
int	       stream_tls_pending(const struct stream *);
/* Encrypt all of it: it ends up in stream_keep(). */
void stream_tls_write(struct stream *, const void *, size_t);
void stream_tls_finish(struct stream *); /* close_notify */

/* stream.c */
ssize_t stream_receive(struct stream *, void *, size_t); /* as recv(2) */
void	stream_keep(struct stream *, const void *, size_t);
/* The batch is free for others again. */
void stream_settle(struct stream *);

#endif /* STREAM_TLS_H */
