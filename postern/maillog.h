/* SPDX-License-Identifier: ISC */
/*
 * The lines of Postfix's log that tell who came.  Pure; fuzzed: what stands
 * in a log is what clients wanted to stand there.
 *
 *	Nov 22 10:00:00 mail postfix/smtpd[4711]: connect from NAME[ADDRESS]
 *	2026-11-22T10:00:00+01:00 mail postfix/submission/smtpd[4711]: 4Zab:
 *	    client=NAME[ADDRESS], sasl_method=PLAIN, sasl_username=user
 *	Nov 22 10:00:00 mail postfix/smtpd[4711]: NOQUEUE: reject: RCPT from
 *	    NAME[ADDRESS]: 550 5.7.1 what a client wanted to stand here
 *	Nov 22 10:00:00 mail postfix/smtpd[4711]: disconnect from NAME[ADDRESS]
 *	Nov 22 10:00:00 mail postfix/postscreen[4711]: CONNECT from
 *	    [ADDRESS]:PORT to [ADDRESS]:25
 *
 * Any text may stand before the name of the program, as long as there is no
 * ": " in it; so no other program's words pass for Postfix's.
 */
#ifndef MAILLOG_H
#define MAILLOG_H

#include <stddef.h>

#include "addr.h"

enum maillog {
	MAILLOG_FOREIGN, /* not Postfix's */
	MAILLOG_OTHER,	 /* Postfix's, and of no matter here */
	MAILLOG_CONNECT, /* a client of smtpd(8) */
	MAILLOG_LOGIN,	 /* a message of a client that is authenticated */
	MAILLOG_SEEN,	 /* more of a client that is there */
	MAILLOG_GONE,	 /* the end of his session */
	MAILLOG_SCREEN,	 /* a client of postscreen(8) */
	MAILLOG_PASS	 /* which hands it to smtpd(8), who tells of it, too */
};

struct maillog_line {
	struct addr   addr; /* of the client */
	unsigned long pid;  /* of the process; 0: not said */
};

/*
 * One line without its newline, of len bytes of any kind.  The struct is
 * filled in from MAILLOG_CONNECT on.
 */
enum maillog maillog_read(struct maillog_line *, const char *line, size_t len);

#endif /* MAILLOG_H */
