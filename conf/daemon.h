/* SPDX-License-Identifier: ISC */
/*
 * The skeleton of every daemon: a parent that reads the file, opens and
 * watches, and one jailed child that works.
 *
 * daemon_main() reads the options (-f -n -d -v -V -R) and the file, lets the
 * program open its listeners, goes into the background, starts the child
 * (fork and exec of ourselves, descriptor 3 is the wire), sends it the text
 * of the file and the descriptors, logs for it, restarts it with back-off
 * when it dies, and answers on the control socket state/run/NAME.ctl and to
 * SIGHUP (reload), SIGTERM and SIGINT (stop).
 *
 * A reload reads and checks the file again; a bad one changes nothing and
 * the log says why.  A good one goes to the child as text.
 */
#ifndef DAEMON_H
#define DAEMON_H

#include "conf.h"

struct daemon_parent; /* the parent's side */
struct child;	      /* the child's side */

struct daemon {
	const char *name;     /* "fcrdnsd" */
	int	    facility; /* of syslog(3) */
	/*
	 * Parent, as root, before anything else: is this file enough for us?
	 * NULL, or a sentence that says what is missing (exit 78).
	 */
	const char *(*check)(const struct conf *);
	/*
	 * Parent: open listeners and give each to daemon_listener().
	 * 0, or -1 with the reason logged.
	 */
	int (*open)(struct daemon_parent *, const struct conf *);
	/*
	 * Parent, at a reload, after the child has taken the new file: say
	 * what needs a restart.  "user" and "state" are said already.  May be
	 * NULL.
	 */
	void (*reloaded)(struct daemon_parent *, const struct conf *was,
	    const struct conf *is);
	/*
	 * The child's life: not jailed yet, file parsed, descriptors there.
	 * It must call child_ready() once it can work.  Returns its exit code.
	 * NULL: there is no child, the parent works by itself, on events that
	 * open made on daemon_base().  It is ready after open.
	 */
	int (*child)(struct child *);
	/* Of a parent without a child: the answer to "status"; to be freed. */
	char *(*status)(void);
};

int daemon_main(const struct daemon *, int argc, char *argv[]);

/*
 * Parent: fd is a listener (taken over); the child finds it by its label (a
 * static word).  path: a Unix socket's file, removed at the end, or NULL.
 */
void daemon_listener(struct daemon_parent *, const char *label, int fd,
    const char *path);

struct event_base *daemon_base(struct daemon_parent *);

/* Child. */
enum child_event {
	CHILD_NOTHING, /* no whole message yet */
	CHILD_RELOAD,  /* child_conf() is a new one */
	CHILD_STATUS,  /* answer with child_status() */
	CHILD_STOP,    /* finish and return */
	CHILD_GONE     /* the parent is gone: likewise */
};

/* The present file.  Borrowed: conf_ref() it to keep it over a reload. */
const struct conf *child_conf(const struct child *);
/* The descriptor of that label, which the caller now owns; -1 if none. */
int child_listener(struct child *, const char *label);
/* Tell the parent that we work: it writes "ready" to -R, logs it. */
void child_ready(struct child *);
/* For an event loop: the descriptor to watch for reading. */
int child_fd(const struct child *);
/*
 * Take messages from the parent until one is an event for the program.
 * wait: block for it (a thread of its own); otherwise CHILD_NOTHING.
 * After CHILD_RELOAD the former conf loses the child's reference at the next
 * call: a program that looks at child_conf() from other threads keeps its own
 * pointer and lock.  At that call the parent is told of the reload's success,
 * unless child_refuse() came before.
 */
enum child_event child_next(struct child *, int wait);
/*
 * After CHILD_RELOAD: these settings cannot be had, the reason is logged.
 * child_conf() is the former one again, and the parent keeps it, too.
 */
void child_refuse(struct child *);
/* The answer to CHILD_STATUS: lines of text, "key value\n" each. */
void child_status(struct child *, const char *text);

#endif /* DAEMON_H */
