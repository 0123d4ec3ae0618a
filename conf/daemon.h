/* SPDX-License-Identifier: ISC */
/*
 * The skeleton of every daemon: a parent that reads the file, opens and
 * watches, and a jailed child that works, or a crowd of them.
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
 *
 * A crowd (struct daemon's workers) comes in generations.  At a reload a new
 * generation is started with the new file on the same listeners; when all of
 * it are ready, the old one is told to drain: it accepts nothing any more,
 * finishes what it has and leaves.  If one of the new fails, the old stays as
 * it was.  SIGUSR2 is an upgrade: the parent runs the program anew in its own
 * place, with its listeners and workers, and that starts a new generation.
 */
#ifndef DAEMON_H
#define DAEMON_H

#include <stddef.h>
#include <stdint.h>

#include "conf.h"

struct addr;
struct daemon_parent; /* the parent's side */
struct daemon_worker; /* a child, as its parent sees it */
struct child;	      /* the child's side */
struct wire_msg;      /* wire.h */

/* The first message type that is a program's own. */
#define DAEMON_MSG_OWN 64

struct daemon {
	const char *name;     /* "fcrdnsd" */
	int	    facility; /* of syslog(3) */
	const char *usage;    /* another way to call it, or NULL */
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
	/*
	 * What "status" answers of the parent itself, beside the skeleton's
	 * own lines; to be freed.  NULL: nothing.
	 */
	char *(*status)(void);

	/*
	 * How many work side by side by this file.  Not NULL: the program has
	 * a crowd; it needs slots and drain, too.
	 */
	unsigned int (*workers)(const struct conf *);
	/* Each has a number of its own below this; more than any crowd. */
	unsigned int slots;
	/* Seconds that those of an older generation may take to finish. */
	unsigned int (*drain)(const struct conf *);
	/*
	 * Parent, after open and at each reload, for a file that may come into
	 * force: daemon_listen() for each listener, load what is needed.  0,
	 * or -1 with the reason logged: then that file is refused.
	 */
	int (*prepare)(struct daemon_parent *, const struct conf *);
	/*
	 * Parent: the file that was prepared last is in force (1: let go of
	 * what belongs to the one before), or given up (0: of its own).  Also
	 * after prepare has failed.
	 */
	void (*settle)(struct daemon_parent *, int good);
	/*
	 * Parent: a worker was made, of daemon_worker_conf(); send it what it
	 * needs to start, by daemon_worker_send().
	 */
	void (*hire)(struct daemon_parent *, struct daemon_worker *);
	/* Parent: it is gone; its slot is free. */
	void (*fired)(struct daemon_parent *, unsigned int slot);
	/*
	 * Parent: a message of the program's own types came from a worker.
	 * Take its descriptor by setting it -1.  0, or -1 if it makes no
	 * sense: the worker is killed.
	 */
	int (*message)(struct daemon_parent *, struct daemon_worker *,
	    struct wire_msg *);
	void (*usr1)(struct daemon_parent *); /* SIGUSR1 came */
	/* Parent, before an upgrade: daemon_keep() what shall live on. */
	void (*keep)(struct daemon_parent *);
	void (*close)(struct daemon_parent *); /* the end, not of an upgrade */
};

int daemon_main(const struct daemon *, int argc, char *argv[]);

/*
 * Parent: fd is a listener (taken over); the child finds it by its label (a
 * static word).  path: a Unix socket's file, removed at the end, or NULL.
 */
void daemon_listener(struct daemon_parent *, const char *label, int fd,
    const char *path);

/*
 * Parent: the Unix socket state/run/NAME, root's, to which the doors' user may
 * connect, if there is one; its label is its name (a static string).  0, or -1
 * with the reason logged.
 */
int daemon_listen_doors(struct daemon_parent *, const struct conf *,
    const char *name);

struct event_base *daemon_base(struct daemon_parent *);

/*
 * Parent of a crowd, in prepare: the file has a listener there.  What is bound
 * already stays; port 0 lets the system choose, once.  A worker gets its
 * sockets (one, more, or one that all share) by that label.  0, or -1 with
 * the reason logged.
 */
int daemon_listen(struct daemon_parent *, const char *label,
    const struct addr *, uint16_t		      port);

/* What runs: the generation in force, how many are ready, and drain. */
struct daemon_crowd {
	unsigned int generation;
	unsigned int workers; /* that there should be */
	unsigned int ready;
	unsigned int draining; /* of older ones */
};
void daemon_crowd(const struct daemon_parent *, struct daemon_crowd *);

/*
 * Queue a message to a worker; the descriptor is duplicated and stays the
 * caller's.  One that is on its way out is not told: nothing happens.
 */
void daemon_worker_send(struct daemon_worker *, const struct wire_msg *);
/*
 * The file that it lives by: of an older generation, an older one.  NULL only
 * if the parent was upgraded and the new program does not understand it.
 */
const struct conf *daemon_worker_conf(const struct daemon_worker *);
unsigned int	   daemon_worker_slot(const struct daemon_worker *);
/*
 * Call fn for each worker that runs: of a generation that is still to start,
 * of the one in force, and of those that drain.  Numbers that come from the
 * file differ between them: compare daemon_worker_conf().  Those that another
 * version of the program made are left out.
 */
void daemon_each(struct daemon_parent *,
    void (*fn)(struct daemon_worker *, void *arg), void *arg);

/*
 * Upgrade.  In the keep hook: hand a descriptor (borrowed; -1 for none) and
 * some bytes (any length) to the program that takes over, under a name.
 * There, from open on: the descriptor (-1 if none; the caller owns it), the
 * bytes (borrowed until prepare has returned; NULL if none).
 */
void	    daemon_keep(struct daemon_parent *, const char *name, int fd,
	   const void *bytes, size_t len);
int	    daemon_kept_fd(struct daemon_parent *, const char *name);
const void *daemon_kept_bytes(struct daemon_parent *, const char *name,
    size_t *len);

/* Child. */
enum child_event {
	CHILD_NOTHING, /* no whole message yet */
	CHILD_RELOAD,  /* child_conf() is a new one */
	CHILD_STATUS,  /* answer with child_status() */
	CHILD_MESSAGE, /* of the program's own: child_message() */
	CHILD_DRAIN,   /* others took over: accept no more, finish, return */
	CHILD_STOP,    /* finish and return */
	CHILD_GONE     /* the parent is gone: likewise */
};

/* The present file.  Borrowed: conf_ref() it to keep it over a reload. */
const struct conf *child_conf(const struct child *);
/*
 * A descriptor of that label, which the caller now owns, and at each call the
 * next one; -1 if there are no more.
 */
int child_listener(struct child *, const char *label);
/* The number of this worker: no other that runs has it. */
unsigned int child_slot(const struct child *);
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
 * After CHILD_MESSAGE: that message, until the next child_next(), which closes
 * its descriptor unless that was set to -1.  What the hire hook sent is there
 * before the child starts: call child_next() until CHILD_NOTHING before
 * waiting on child_fd() for the first time.
 */
struct wire_msg *child_message(struct child *);
/*
 * A message of the program's own to the parent.  Never waits: 0, or -1 with
 * errno (EAGAIN: the parent does not read now).
 */
int child_tell(struct child *, const struct wire_msg *);
/*
 * After CHILD_RELOAD: these settings cannot be had, the reason is logged.
 * child_conf() is the former one again, and the parent keeps it, too.
 */
void child_refuse(struct child *);
/*
 * A line for the parent's log, at once or never: 0, or -1 with errno (EAGAIN:
 * the parent does not read now).  log_info() would wait a moment.
 */
int child_log(struct child *, const char *line);
/* The answer to CHILD_STATUS: lines of text, "key value\n" each. */
void child_status(struct child *, const char *text);

#endif /* DAEMON_H */
