/* SPDX-License-Identifier: ISC */
/*
 * What a verdict can be.
 */
#ifndef ACTION_H
#define ACTION_H

enum action {
	ACTION_ACCEPT,
	ACTION_TAG,	 /* accept, with a header X-Postern */
	ACTION_TEMPFAIL, /* 4xx: try again */
	ACTION_HOLD,	 /* accept into Postfix's hold queue */
	ACTION_REJECT	 /* 5xx */
};

/* "accept" and so on.  The reverse: -1 if it is none of them. */
const char *action_name(enum action);
int	    action_parse(const char *); /* an enum action, or -1 */

#endif /* ACTION_H */
