/* SPDX-License-Identifier: ISC */
/*
 * Heads as we write them: the request for the upstream, the answer for the
 * client.  Never a copy of what came: each field is looked at, hop-by-hop ones
 * are left out, and what frames is ours.  Pure.
 */
#ifndef HEAD_H
#define HEAD_H

#include <sys/types.h>
#include <stdint.h>

#include "addr.h"
#include "edge_conf.h"
#include "h1.h"
#include "out.h"

/* What is known of who asks. */
struct head_client {
	const char *address; /* of the peer, printed */
	int	    ipv6;
	int	    trusted; /* a trusted proxy: what it says of others stays */
	int	    tls;
};

/* Where in the written request the access log finds its parts. */
struct head_marks {
	struct slice method, target, host, referer, user_agent; /* of out */
};

/*
 * The request, for the upstream, HTTP/1.1.  The target keeps its bytes
 * (origin-form).  Host is ours: lower case, without the final dot, with the
 * port that came.  X-Forwarded-For, -Proto, -Host, X-Real-IP and Forwarded are
 * replaced (from a trusted proxy: continued).  Expect, Proxy and all
 * hop-by-hop fields are left out; Upgrade and Connection are written anew if
 * upgrade is set.  framing and length say which of Content-Length and
 * Transfer-Encoding is written.  site and location (or NULL) have the rules of
 * the file, which come last, but there is always exactly one Host.
 * marks may be NULL.  0, or -1 if it does not fit.
 */
int head_request(struct out *, const struct h1_request *,
    const struct head_client *, const struct edge_site *,
    const struct edge_location *, struct head_marks *);

/* How an answer is framed and what becomes of the connection. */
struct head_answer {
	enum h1_framing framing; /* towards the client */
	uint64_t	length;
	int		close;	 /* Connection: close */
	int		minor;	 /* of the client's HTTP */
	int		head;	 /* HEAD, or 304: length only if it was said;
				    head_own() says length then */
	int		tls;	 /* HSTS is for TLS only */
	int		upgrade; /* 101 */
	const char     *date;	 /* "Sun, 06 Nov 1994 08:49:37 GMT" */
};

/*
 * The upstream's answer, for the client, HTTP/1.1.  Date is added if it is
 * missing.  site may be NULL.  1xx have only the upstream's end-to-end fields,
 * and Upgrade if it is 101.  0, or -1 if it does not fit.
 */
int head_answer(struct out *, const struct h1_response *,
    const struct head_answer *, const struct edge_site *,
    const struct edge_location *);

/*
 * An answer of our own: status line, Date, Content-Type, Content-Length and
 * what the arguments say; the rules for answers (and HSTS) of the site too.
 * url is the Location (len 0: none); retry_after in seconds, 0: none.
 */
int head_own(struct out *, int status, const char *type, struct slice url,
    unsigned int retry_after, const struct head_answer *,
    const struct edge_site *, const struct edge_location *);

/* The reason phrase of a status (RFC 9110, 15), "" if there is none. */
const char *head_phrase(int status);

/*
 * The client's address as a trusted proxy tells it: the last one of
 * X-Forwarded-For that is not itself trusted; the peer's if there is none or
 * what stands there is no address.
 */
struct addr head_client_address(const struct h1_request *,
    const struct addr *peer, const struct edge_prefixes *trusted);

#define HEAD_DATE_LEN 30
/* IMF-fixdate (RFC 9110, 5.6.7). */
const char *head_date(char buf[HEAD_DATE_LEN], time_t);

#endif /* HEAD_H */
