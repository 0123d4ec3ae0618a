/* SPDX-License-Identifier: ISC */
/*
 * The words on fcrdnsd's socket, both ends; pure.
 *
 *	ask 192.0.2.1
 *	ok 192.0.2.1 pass cause=none secure=no ttl=300 ms=12 cached=no ptrs=1
 *	    invalid=0 name=mail.example.org/confirmed protected=no list=drop
 *	    dnsbl=zen/listed/127.0.0.2,127.0.0.4/Listed%20for%20spam
 *	    dnsbl=psbl/clear
 *
 * (the answer is one line).  A connection carries any number of questions, answered one by one in
 * their order.  Whatever is not exactly of this form is an error, and the
 * connection is closed.
 */
#ifndef PROTO_H
#define PROTO_H

#include <stddef.h>

#include "iprev.h"

#define PROTO_QUESTION_MAX 64 /* bytes with the newline */
#define PROTO_ANSWER_MAX   12288

#define FCRDNSD_SOCKET "fcrdnsd.sock" /* in state/run */

enum proto_result {
	PROTO_DONE,
	PROTO_MORE, /* not a whole line yet */
	PROTO_BAD
};

/* used: bytes of buf that the line took.  buf need not end in NUL. */
enum proto_result proto_read_question(const char *buf, size_t len, size_t *used,
    struct addr *);
enum proto_result proto_read_answer(const char *buf, size_t len, size_t *used,
    struct findings *);
/* Return the length written; the buffers hold the sizes above. */
size_t proto_write_question(char *buf, const struct addr *);
size_t proto_write_answer(char *buf, const struct findings *);

#endif /* PROTO_H */
