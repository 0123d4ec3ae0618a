/* SPDX-License-Identifier: ISC */
/*
 * libmilter, behind four calls.  Its threads call back into mf.c, which turns
 * each event into a call of session.h and the answer into libmilter's words.
 *
 * libmilter logs its own errors with syslog(3), not through log.h.
 */
#ifndef MF_H
#define MF_H

struct asking;

/*
 * Have libmilter take connections from listener (which is taken over) instead
 * of a socket of its own: it cannot be handed one.  It opens one first, of
 * the same kind, at dir for a moment; so this comes before the jail.  0, or
 * -1 with the reason logged.
 */
int mf_adopt(int listener, const char *dir);
/*
 * Keep libmilter's workers awake.  When events come together, libmilter may
 * give several to one worker, and all but the first wait until that one is
 * done, which in our case may take as long as the DNS.  So before a callback
 * waits it makes another event, which has another worker look: on a
 * connection of our own, which is the first that libmilter gets and
 * therefore the first that any worker takes.
 *
 * Called by mf.c itself; and by the program at least each hour, for libmilter
 * closes a connection that rests for two.
 */
void mf_nudge(void);
/* sessions: so many connections at once; more are sent away. */
void mf_limit(unsigned long sessions);
/* Serve.  Returns only when libmilter ends by itself: 0, or -1. */
int mf_run(struct asking *);
/*
 * Let what is being answered be answered, for at most a second, and write
 * the records of the sessions that are open.  Then the process has to exit:
 * libmilter would take five seconds to notice that it is to stop.
 */
void mf_finish(void);

#endif /* MF_H */
