/* SPDX-License-Identifier: ISC */
/*
 * The location of a site that a path is in: a regex beats a prefix, the first
 * of several regexes counts, and the longest prefix.  Pure.
 */
#ifndef LOCATE_H
#define LOCATE_H

#include <stddef.h>

#include "edge_conf.h"
#include "slice.h"

#define LOCATE_ACME "/.well-known/acme-challenge/"

enum locate_result {
	LOCATE_FOUND,	  /* or none, which is an answer too */
	LOCATE_AMBIGUOUS, /* two readings of it lead to two locations */
	LOCATE_BAD	  /* it is no path */
};

struct located {
	enum locate_result	    result;
	const struct edge_location *location; /* NULL: none */
	unsigned int		    reading;  /* that led there (path.h) */
	int			    acme; /* it is below LOCATE_ACME, however
					     it is read */
};

/* At most ROUTE_PATH_MAX bytes; "*" is no path, and in no location. */
void locate(struct located *, const struct edge_site *, struct slice path);
/* The path as that reading has it, with a NUL.  0, or -1. */
int locate_text(char *dst, size_t size, struct slice path,
    unsigned int reading);

#endif /* LOCATE_H */
