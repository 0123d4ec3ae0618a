/* SPDX-License-Identifier: ISC */
/*
 * One HTTPS fetch: the one place that knows libcurl.  HTTPS only, redirects
 * too, at most FETCH_REDIRECTS; certificates verified; a cap on bytes and on
 * time, and a slow drip is given up.  No proxy, cookies, .netrc or compression
 * on the way.  Secrets go to the origin of the url alone, never to where it
 * redirects.
 */
#ifndef FETCH_H
#define FETCH_H

#include <stddef.h>
#include <stdint.h>

#define FETCH_WHY_LEN	256
#define FETCH_TAG_LEN	256
#define FETCH_REDIRECTS 5

struct fetch {
	/* In. */
	const char  *url;
	const char  *etag;	    /* or "" */
	const char  *last_modified; /* or "" */
	const char  *token;	    /* Authorization: Bearer, or NULL */
	const char  *header;	    /* a whole line, or NULL */
	const char  *ca;      /* PEM text, instead of the system's; or NULL */
	unsigned int timeout; /* seconds in all */
	size_t	     size;    /* bytes on the wire */
	/* Gets the body of a 200 alone, as it comes; not 0: stop. */
	int (*put)(void *arg, const void *, size_t);
	void *arg;

	/* Out. */
	long	     status; /* 0: none came */
	char	     new_etag[FETCH_TAG_LEN];
	char	     new_last_modified[FETCH_TAG_LEN];
	unsigned int retry_after;	 /* seconds; 0: not said */
	char	     why[FETCH_WHY_LEN]; /* names no secret, nor the url */
};

/* 0: the whole body of a 200 was put, or it is a 304.  -1: see why. */
int fetch(struct fetch *);
/*
 * Before the jail is locked: whatever libcurl and the resolver open once.
 * SIGPIPE is ignored from then on.  0, or -1 with the reason logged.
 */
int fetch_prepare(void);

#endif /* FETCH_H */
