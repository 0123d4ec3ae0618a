/* SPDX-License-Identifier: ISC */
/*
 * A request and the file, folded to what is to be done.  Pure.
 *
 * Order: the site by its host; ACME challenges, which nothing stands before;
 * "block from" of the edge and of the site; the redirect to HTTPS on a port
 * without TLS, if the site has a certificate; the location, its "block from",
 * its action.
 *
 * A path that different servers read differently (path.h) is looked up in all
 * its readings.  They must lead to one location; a reading that leads to none
 * does not count.
 */
#ifndef ROUTE_H
#define ROUTE_H

#include <stddef.h>

#include "addr.h"
#include "edge_conf.h"
#include "h1.h"
#include "reason.h"

#define ROUTE_PATH_MAX 16384 /* a longer path is 414 */
#define ROUTE_URL_MAX  8192  /* of a Location that we write */

enum route_kind {
	ROUTE_FORWARD,
	ROUTE_ANSWER /* by us: status, and perhaps url or text */
};

struct route_question {
	const struct edge_conf	*conf;
	const struct h1_request *request;
	struct addr		 client; /* trusted proxies resolved */
	int			 tls;
	/* Of a TLS connection: the site whose certificate was shown, or NULL. */
	const struct edge_site *sni;
	uint16_t		tls_port; /* of the first TLS listener */
	/* Who is in which list (from.h). */
	from_member *member;
	void	    *arg;
};

struct route {
	enum route_kind		    kind;
	const struct edge_site	   *site;     /* NULL: none has that name */
	const struct edge_location *location; /* NULL: none */
	const struct edge_forward  *forward;
	enum reason		    reason; /* of ROUTE_ANSWER */
	int			    status;
	int			    close; /* after the answer */
	/* Of REASON_BLOCKED: what did. */
	const struct from_item *blocked;
	const char	       *text;	 /* body, or NULL: the page */
	size_t			url_len; /* of url; 0: none */
	char			url[ROUTE_URL_MAX];
};

void route_request(struct route *, const struct route_question *);

/*
 * Is that client unwelcome now, where it was led before?  The site and the
 * location may be NULL.  What blocks it, or NULL.
 */
const struct from_item *route_blocks(const struct edge_conf *,
    const struct edge_site *, const struct edge_location *, const struct addr *,
    from_member *, void *arg);

/*
 * The site of that name: exactly, or by one wildcard label
 * ("*.example.org" has www.example.org, not example.org nor a.b.example.org),
 * or the default one; NULL if there is none.  Any case; no final dot.
 */
const struct edge_site *route_site(const struct edge_conf *, struct slice name);

#endif /* ROUTE_H */
