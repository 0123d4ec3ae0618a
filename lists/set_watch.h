/* SPDX-License-Identifier: ISC */
/*
 * A door's parent: looks at the set files of all lists of the file, of the
 * bans and of the protected set a few times a second, and hands each new one
 * to the worker or workers: a message of type SET_MESSAGE with the list's
 * name and the descriptor.  The worker passes it to set_message().
 */
#ifndef SET_WATCH_H
#define SET_WATCH_H

#include "set.h"

#define SET_MESSAGE  900 /* of the wire: above DAEMON_MSG_OWN */
#define SET_WATCH_MS 250

struct conf;
struct daemon_parent;
struct daemon_worker;
struct set_watch;
struct sets;
struct wire_msg;

/* In the open hook.  NULL with the reason logged. */
struct set_watch *set_watch_new(struct daemon_parent *, const struct conf *);
void		  set_watch_free(struct set_watch *);
/* At a reload: the lists of that file from now on; tells the workers. */
void set_watch_use(struct set_watch *, const struct conf *);
/* Look now; the timer does it. */
void set_watch_look(struct set_watch *);
/* In the hire hook: all that there are. */
void set_watch_hire(struct set_watch *, struct daemon_worker *);

/*
 * Worker: a message of type SET_MESSAGE.  0, or -1: it makes no sense.  What
 * was taken or refused is logged.
 */
int set_message(struct sets *, struct wire_msg *);

#endif /* SET_WATCH_H */
