/* SPDX-License-Identifier: ISC */
/*
 * The URL of a redirect, its variables filled in.  Pure.
 */
#ifndef REDIRECT_H
#define REDIRECT_H

#include <stddef.h>

#include "out.h"
#include "rx.h"
#include "slice.h"

struct redirect {
	struct slice	      host;  /* $host, written in lower case */
	struct slice	      path;  /* $path, as it came */
	struct slice	      query; /* $query, without its "?" */
	int		      has_query;
	const char	     *normal; /* the normalised path, */
	const struct rx_span *spans;  /* and in it $1 to $9 */
	size_t		      nspans; /* with the whole match; 0: none */
};

/*
 * text is of the file.  What the client sent cannot turn a path of this host
 * into another host ("//evil.example", "/\evil.example").
 */
void redirect_write(struct out *, const char *text, const struct redirect *);

/* "https://host:port/path?query"; no port if it is 443. */
void redirect_https(struct out *, const struct redirect *, unsigned int port);

#endif /* REDIRECT_H */
