/* SPDX-License-Identifier: ISC */
/*
 * Why an exchange ended: one word of the access line, one counter.
 */
#ifndef REASON_H
#define REASON_H

enum reason {
	REASON_DONE,	     /* answered by the upstream, whole */
	REASON_REDIRECT,     /* by us */
	REASON_RETURN,	     /* by us, as the file says */
	REASON_TUNNEL,	     /* a WebSocket, ended by one of both */
	REASON_BAD_REQUEST,  /* 400, 414, 431, 501, 505 */
	REASON_AMBIGUOUS,    /* 400: a path with two readings */
	REASON_NO_SITE,	     /* 404 or 421: no site of that host */
	REASON_NO_ACTION,    /* 404: the file says nothing for it */
	REASON_BLOCKED,	     /* 403 */
	REASON_HEAD_TIMEOUT, /* 408 */
	REASON_BODY_SLOW,    /* 408 */
	REASON_BODY_LARGE,   /* 413 */
	REASON_BODY_BAD,     /* 400: chunks that are none */
	REASON_CLIENT_GONE,  /* in the middle */
	REASON_CLIENT_SLOW,  /* took no byte for too long */
	REASON_UP_REFUSED,   /* 502, 503: no connection */
	REASON_UP_TIMEOUT,   /* 504 */
	REASON_UP_CLOSED,    /* 502: no answer, or half a head */
	REASON_UP_BAD,	     /* 502: no valid HTTP */
	REASON_UP_CUT,	     /* its body was shorter than said */
	REASON_BUSY,	     /* 503: our own limits */
	REASON_STOPPED,	     /* our drain time was over */
	REASONS
};

const char *reason_word(enum reason); /* "done", "head-timeout" */

#endif /* REASON_H */
