/* SPDX-License-Identifier: ISC */
/*
 * A client's connection to 127.0.0.1, plain or TLS 1.3, that never waits.
 */
#ifndef EDGE_IO_H
#define EDGE_IO_H

#include <sys/types.h>

#include <stddef.h>
#include <stdint.h>

#include <openssl/ssl.h>

struct io {
	int  fd;
	SSL *ssl; /* NULL: plain */
};

/*
 * For all connections: TLS with that one cipher suite; tickets are kept, and
 * the last one is used, if resume is set.
 */
void io_setup(const char *suite, int resume);
/* Ends the program if it cannot connect. */
void io_open(struct io *, uint16_t port, char *name);
/* 1: done, 0: more is to come, -1: broken. */
int io_handshake(struct io *);
/* -1: it would have to wait; 0: ended or broken. */
ssize_t io_get(struct io *, void *, size_t);
/* Few bytes to a connection that waits for them: they always fit, or -1. */
int  io_put(struct io *, const char *, size_t);
void io_close(struct io *, int politely);

#endif /* EDGE_IO_H */
