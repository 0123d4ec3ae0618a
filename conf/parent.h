/* SPDX-License-Identifier: ISC */
/*
 * The inside of a daemon's parent, shared by daemon.c, parent.c, worker.c
 * and control.c.  Nobody else includes this.
 */
#ifndef PARENT_H
#define PARENT_H

#include <sys/queue.h>
#include <sys/types.h>
#include <stddef.h>
#include <stdint.h>

#include "conf.h"
#include "daemon.h"

struct event;
struct event_base;
struct evconnlistener;
struct wire_msg;

/*
 * Messages between parent and child.  Their numbers never change: after an
 * upgrade the parent has workers of an older version, which it stops and
 * listens to.  From DAEMON_MSG_OWN on they are the program's.
 */
enum daemon_msg {
	/* to the child */
	MSG_TEXT = 1, /* name, bytes: a piece of the file */
	MSG_COMMIT,   /* verbose, user, state: all of it was sent */
	MSG_LISTENER, /* label, with the descriptor */
	MSG_START,    /* slot: begin to work */
	MSG_STATUS,
	MSG_STOP,
	/* to the parent */
	MSG_LOG, /* level, text */
	MSG_READY,
	MSG_RELOADED,	 /* 1, or 0 when the text was refused */
	MSG_STATUS_TEXT, /* text */
	/* to the child */
	MSG_DRAIN
};

#define LISTENERS_MAX 16

struct listener {
	char *label;
	char *path; /* removed at the end, or NULL */
	int   fd;
};

struct queued_msg {
	TAILQ_ENTRY(queued_msg) entry;
	struct wire_msg *msg;
};
TAILQ_HEAD(msg_queue, queued_msg);

/* The child, as its parent sees it. */
struct worker {
	pid_t		 pid; /* -1: none runs */
	int		 fd;  /* our end of the wire, or -1 */
	struct event	*readable;
	struct event	*writable;
	struct msg_queue queue;
	struct event	*restart; /* the back-off */
	int64_t		 started; /* clock_ms() */
	int64_t		 backoff; /* milliseconds, next time */
	int		 ready;
	int		 asked; /* for its status, and it has not answered */
	unsigned int	 restarts;
};

struct control;

struct daemon_parent {
	const struct daemon *daemon;
	char		    *file;    /* absolute */
	char		    *program; /* what to exec */
	struct conf	    *conf;    /* in force, with its text */
	struct conf_text    *text;
	struct conf	    *next; /* the child looks at it, or NULL */
	struct conf_text    *next_text;
	int		     again; /* SIGHUP came meanwhile */
	struct event_base   *base;
	struct event	    *signals[4];
	struct event	    *deadline; /* of stopping */
	struct listener	     listeners[LISTENERS_MAX];
	size_t		     nlisteners;
	struct worker	     worker;
	struct control	    *control;
	int		     foreground;
	int		     verbose;
	int		     ready_fd;	 /* -R, or -1 */
	int		     started_fd; /* tells who waits for us, or -1 */
	int		     was_ready;	 /* the first child worked */
	int		     stopping;
	int		     status; /* our exit status */
	int64_t		     began;
	unsigned int	     reloads;
};

/* parent.c: runs until stopped; returns the exit status. */
int  parent_run(struct daemon_parent *);
void parent_stop(struct daemon_parent *);
/*
 * Read the file again.  Each error is logged and also said to say, which may
 * be NULL.  One at a time: a file is in force, and a child that starts gets
 * it, when the child has taken it.
 */
enum reload {
	RELOAD_BUSY, /* the child still looks at the file before */
	RELOAD_BAD,  /* nothing changes */
	RELOAD_SENT, /* the child's answer comes as control_reloaded() */
	RELOAD_DONE  /* no child runs: the next one gets it */
};
enum reload parent_reload(struct daemon_parent *, conf_say *say, void *arg);
/* The child has taken the file, or it will not: then the old one stays. */
void parent_reloaded(struct daemon_parent *, int good);
void parent_ready(struct daemon_parent *);
/*
 * In the background, and with a log elsewhere, nobody reads what we print, and
 * whoever waits for the end of our output (ssh, say) must not wait for ever.
 */
int parent_is_mute(const struct daemon_parent *);
/* The child ended for good, or at our wish. */
void parent_worker_ended(struct daemon_parent *, int status);

/* worker.c: the child's process and its wire. */
void worker_init(struct daemon_parent *);
void worker_start(struct daemon_parent *);
void worker_send_text(struct daemon_parent *, const struct conf_text *);
void worker_send(struct daemon_parent *, enum daemon_msg);
void worker_reap(struct daemon_parent *); /* after SIGCHLD */
void worker_kill(struct daemon_parent *);
void worker_free(struct daemon_parent *);

/* control.c: the socket state/run/NAME.ctl. */
int  control_open(struct daemon_parent *);
void control_status_text(struct daemon_parent *, const char *);
void control_reloaded(struct daemon_parent *, int good);
void control_close(struct daemon_parent *);

/* child.c: the main of the child. */
int child_run(const struct daemon *);

#endif /* PARENT_H */
