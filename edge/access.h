/* SPDX-License-Identifier: ISC */
/*
 * The access line of one exchange, with its newline: Combined Log Format with
 * " host=... why=... ms=..." behind it, or one JSON object.  Pure.  Whatever
 * the client sent, the line is printable ASCII, and one line.
 */
#ifndef ACCESS_H
#define ACCESS_H

#include <stdint.h>
#include <time.h>

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
	int64_t	     ms;	  /* from the first byte to the last */
	const char  *upstream;	  /* "192.0.2.1 port 80", or NULL */
	int64_t	     upstream_ms; /* to its head, -1: none */
	const char  *tls;	  /* "TLSv1.3", or NULL */
};

void access_line(struct out *, enum edge_log_format,
    const struct access_record *);

#endif /* ACCESS_H */
