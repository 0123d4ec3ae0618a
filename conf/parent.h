/* SPDX-License-Identifier: ISC */
/*
 * The inside of a daemon's parent, shared by daemon.c, parent*.c, worker.c
 * and control.c.  Nobody else includes this.
 */
#ifndef PARENT_H
#define PARENT_H

#include <sys/queue.h>
#include <sys/types.h>
#include <stddef.h>
#include <stdint.h>

#include "addr.h"
#include "conf.h"
#include "daemon.h"

struct evbuffer;
struct event;
struct event_base;
struct kept;

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

#define STOP_SECONDS 10 /* what a child may take to finish */

/* ---- what is listened on ---- */

struct listener {
	TAILQ_ENTRY(listener) entry;
	char	   *label;	/* NULL: not in the file in force */
	char	   *next_label; /* NULL: not in the file that is tried */
	char	   *path;	/* removed at the end, or NULL */
	struct addr addr;	/* of a crowd's: as the file says */
	uint16_t    port;
	int	   *fds;
	size_t	    nfds;
	size_t	    nwere; /* before the file that is tried wanted more */
};
TAILQ_HEAD(listener_list, listener);

/* ---- files, and those who live by them ---- */

/*
 * A file that was read.  Each worker has one, by which it lives; of the others
 * one is in force, and one may be tried.
 */
struct generation {
	TAILQ_ENTRY(generation) entry;
	unsigned int	  number; /* 0, 1, 2, ... */
	unsigned int	  refs;
	unsigned int	  nworkers; /* places in it */
	struct conf	 *conf; /* NULL: an older program's, not understood */
	struct conf_text *text;
};
TAILQ_HEAD(generation_list, generation);

enum leaving {
	STAYS,
	DRAINS, /* others took over; until its patience ends */
	STOPS,	/* was told to stop now */
	KILLED
};

struct queued_msg;
TAILQ_HEAD(msg_queue, queued_msg);

/* A child, as its parent sees it, or the place of one that died. */
struct daemon_worker {
	TAILQ_ENTRY(daemon_worker) entry;
	struct daemon_parent *parent;
	struct generation    *generation;
	unsigned int	      place; /* 0 to nworkers - 1 */
	unsigned int	      slot;
	pid_t		      pid; /* -1: none runs */
	pid_t		      was; /* that ended last */
	int		      fd;  /* our end of the wire, or -1 */
	struct event	     *readable;
	struct event	     *writable;
	struct msg_queue      queue;
	size_t		      queued;
	size_t		      queued_fds;
	int		      full;	/* we do not listen to it */
	struct event	     *timer;	/* the back-off, or our patience */
	int64_t		      started;	/* clock_ms() */
	int64_t		      patience; /* clock_ms(), of one that leaves */
	int64_t		      backoff;	/* milliseconds, next time */
	int		      ready;
	int		      asked; /* for its status: no answer yet */
	int		      gone;  /* its last words are read: no kill */
	enum leaving	      leaving;
	char		     *version; /* of the program that it is */
};
TAILQ_HEAD(worker_list, daemon_worker);

struct control;
struct upgrade;

#define SIGNALS 6

struct daemon_parent {
	const struct daemon   *daemon;
	char		      *file;	/* absolute */
	char		      *program; /* what to exec */
	struct generation     *now;	/* in force */
	struct generation     *next;	/* is tried, or NULL */
	struct generation_list generations;
	unsigned int	       ngenerations; /* ever made */
	struct worker_list     workers;
	struct listener_list   listeners;
	int		       again; /* SIGHUP came meanwhile */
	struct event_base     *base;
	struct event	      *signals[SIGNALS];
	struct event	      *deadline; /* of stopping, of a new generation */
	struct control	      *control;
	struct upgrade	      *upgrade;	      /* is being looked at, or NULL */
	int		       upgrade_again; /* SIGUSR2 came meanwhile */
	struct kept	      *kept; /* what the program before left us */
	int		       foreground;
	int		       verbose;
	int		       ready_fd;   /* -R, or -1 */
	int		       started_fd; /* tells who waits for us, or -1 */
	int		       resume_fd;  /* -U, or -1 */
	int		       was_ready;  /* the first child worked */
	int		       stopping;
	int		       status; /* our exit status */
	int64_t		       began;
	unsigned int	       reloads;
	unsigned int	       restarts;
};

/* parent.c: runs until stopped; returns the exit status. */
int  parent_run(struct daemon_parent *);
void parent_stop(struct daemon_parent *);
/*
 * Read the file again.  Each error is logged and also said to say, which may
 * be NULL.  One at a time: a file is in force, and a child that starts gets
 * it, when the child has taken it, or when a new generation works by it.
 */
enum reload {
	RELOAD_BUSY, /* the file before is still looked at */
	RELOAD_BAD,  /* nothing changes */
	RELOAD_SENT, /* the answer comes as control_reloaded() */
	RELOAD_DONE  /* no child runs: the next one gets it */
};
enum reload parent_reload(struct daemon_parent *, conf_say *say, void *arg);
/*
 * The file that was tried is in force (NULL), or the old one stays: why, in
 * the words of an answer.
 */
void parent_reloaded(struct daemon_parent *, const char *why);
void parent_ready(struct daemon_parent *);
/* One at a time: those who had to wait, when nothing is under way. */
void parent_next_turn(struct daemon_parent *);
/*
 * In the background, and with a log elsewhere, nobody reads what we print, and
 * whoever waits for the end of our output (ssh, say) must not wait for ever.
 */
int parent_is_mute(const struct daemon_parent *);
/*
 * The end: wait(2)'s status of the child that could not start, or that was
 * told to stop.
 */
void parent_end(struct daemon_parent *, int status);
/* Call deadline's function in so many seconds. */
void parent_deadline(struct daemon_parent *, unsigned int seconds);

/* A program with a crowd of workers? */
int parent_has_crowd(const struct daemon_parent *);

/* parent_generation.c.  conf and text are taken over. */
struct generation *generation_new(struct daemon_parent *, struct conf *,
    struct conf_text *);
struct generation *generation_ref(struct generation *);
void generation_unref(struct daemon_parent *, struct generation *);
/* The text in pieces that fit into a message: a name, bytes. */
#define TEXT_NUMBER_ROOM 64
void generation_pieces(const struct generation *,
    void (*fn)(void *arg, const char *name, const void *bytes, size_t len),
    void *arg);

/* parent_crowd.c: workers in generations. */
#define CROWD_SECONDS 30 /* for a generation to be ready */
/* At the start: the file is prepared; -1 if that fails, which is logged. */
int crowd_start(struct daemon_parent *);
/* RELOAD_SENT, or RELOAD_BAD; the generation is p->next. */
int  crowd_try(struct daemon_parent *);
void crowd_ready(struct daemon_worker *);
void crowd_ended(struct daemon_worker *, int status); /* may free it */
void crowd_timer(struct daemon_worker *);
void crowd_deadline(struct daemon_parent *);
void crowd_stop(struct daemon_parent *);
void crowd_status(const struct daemon_parent *, struct evbuffer *);
void crowd_kill(struct daemon_parent *); /* all of them, now */
/* A number that nobody has, or -1: then one that drains is killed. */
int crowd_slot(struct daemon_parent *);
/* Of what is not of the generation in force, places go, workers drain. */
void crowd_relieve(struct daemon_parent *);
void crowd_resume(struct daemon_parent *); /* after an upgrade */
/* A worker for each place of the generation in force that has none. */
void crowd_fill(struct daemon_parent *);

/* parent_listen.c. */
void parent_listen_try(struct daemon_parent *); /* daemon_listen() follows */
void parent_listen_settle(struct daemon_parent *, int good);
/* One more socket of that label: in order. */
void parent_listen_restore(struct daemon_parent *, const char *label,
    const struct addr *, uint16_t port, int fd);
/* Those of a worker, one after another. */
void parent_listen_each(const struct daemon_worker *,
    void (*fn)(void *arg, const char *label, int fd), void *arg);
void parent_listen_close(struct daemon_parent *);

/* worker.c: a child's process and its wire. */
struct daemon_worker *worker_new(struct daemon_parent *, struct generation *,
    unsigned int place);
void		      worker_free(struct daemon_worker *); /* no process runs */
void		      worker_start(struct daemon_worker *);
/* Our end of the wire of a process that runs. */
void worker_attach(struct daemon_worker *, int fd);
void worker_send_text(struct daemon_worker *, const struct generation *);
void worker_send(struct daemon_worker *, enum daemon_msg);
/* Wait until all that is queued is sent.  0, or -1 if that takes too long. */
int worker_flush(struct daemon_worker *, int64_t until);
/* It ended with that status of wait(2): again, with back-off. */
void worker_again(struct daemon_worker *, int status);
void worker_say_hint(const struct daemon_worker *, int status);
void worker_kill(struct daemon_worker *);
void worker_timer(struct daemon_worker *, int64_t ms);
void worker_hang_up(struct daemon_worker *);
/* The only one, if there is no crowd. */
struct daemon_worker *worker_only(const struct daemon_parent *);

/* worker_read.c: what it says. */
void worker_readable(int fd, short what, void *arg);
void workers_reap(struct daemon_parent *); /* after SIGCHLD */

/* control.c: the socket state/run/NAME.ctl. */
int  control_open(struct daemon_parent *);
void control_status_text(struct daemon_parent *, const char *);
void control_reloaded(struct daemon_parent *, const char *why);
void control_turn(struct daemon_parent *); /* whoever waits may ask again */
void control_close(struct daemon_parent *);
/* Over an upgrade: what is there; what is said goes out, at the last. */
void control_leave(struct daemon_parent *);
void control_keep(const struct daemon_parent *, int *fd, int *lock);
void control_adopt(struct daemon_parent *, int fd, int lock);

/* parent_upgrade.c: SIGUSR2. */
void upgrade_try(struct daemon_parent *);
/* That process ended: was it the check of the new program?  1 if so. */
int  upgrade_reaped(struct daemon_parent *, pid_t, int status);
void upgrade_free(struct daemon_parent *);
/* parent_resume.c: we are the new program.  -1, and logged: we cannot be. */
#define UPGRADE_FORMAT 1
void resume_write(struct daemon_parent *, struct kept *);
int  resume_read(struct daemon_parent *);  /* before anything is opened */
void resume_start(struct daemon_parent *); /* in place of the first start */

/* child.c: the main of the child. */
int child_run(const struct daemon *);

#endif /* PARENT_H */
