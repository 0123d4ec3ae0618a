/* SPDX-License-Identifier: ISC */
/*
 * The access line of one exchange, with its newline.  Pure.  Whatever the
 * client sent, the line is printable ASCII, and one line.
 *
 * Combined Log Format, times in UTC, with words behind it (all on one line):
 *
 *	192.0.2.9 - - [06/Nov/1994:08:49:37 +0000] "GET /x HTTP/1.1" 200 2326
 *	    "-" "curl/8.5" host=example.org why=done ms=12 received=0
 *	    upstream="198.51.100.1 port 80" upstream_ms=11 tls=TLSv1.3
 *
 * upstream, upstream_ms and tls stand only if there is something to say.  Or
 * one JSON object with time client method target protocol status bytes
 * received host referer user_agent why list ms upstream upstream_ms tls,
 * where null is what there was not.  A long text is cut (a target at 2048 bytes,
 * others at 512).
 */
#ifndef ACCESS_H
#define ACCESS_H

#include <sys/types.h>
#include <stdint.h>

#include "edge_conf.h"
#include "out.h"
#include "reason.h"

#define ACCESS_LINE_MAX 8192

struct access_record {
	const char  *client; /* address */
	time_t	     time;
	struct slice method; /* empty: no request was understood */
	struct slice target;
	struct slice host;
	struct slice referer;
	struct slice user_agent;
	int	     minor;
	int	     status;   /* 0: none was sent */
	uint64_t     bytes;    /* of the body, to the client */
	uint64_t     received; /* of the request's body */
	enum reason  reason;
	const char  *list;	  /* that blocked it: "drop", or NULL */
	int64_t	     ms;	  /* from the first byte to the last */
	const char  *upstream;	  /* "192.0.2.1 port 80", or NULL */
	int64_t	     upstream_ms; /* to its head, -1: none */
	const char  *tls;	  /* "TLSv1.3", or NULL */
};

/* Out needs room for ACCESS_LINE_MAX, or there may be no line. */
void access_line(struct out *, enum edge_log_format,
    const struct access_record *);

#endif /* ACCESS_H */
