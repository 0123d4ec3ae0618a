/* SPDX-License-Identifier: ISC */
/*
 * postern-milter(8): the parent opens the socket for Postfix, the jailed
 * child serves it with libmilter's threads and asks fcrdnsd.
 */
#include <sys/stat.h>

#include <errno.h>
#include <grp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <unistd.h>

#include "asking.h"
#include "counts.h"
#include "daemon.h"
#include "global.h"
#include "jail.h"
#include "log.h"
#include "mf.h"
#include "milter_conf.h"
#include "notice.h"
#include "offence.h"
#include "proto.h"
#include "settings.h"
#include "sock.h"

#define NAME  "postern-milter"
#define LABEL "milter"

/* Descriptors: two a session (Postfix, fcrdnsd), and some of our own. */
#define FILES_WANTED 16384
#define FILES_SPARE  64

#define STATUS_LEN 1024

#define NUDGE_MS (20 * 60 * 1000) /* see mf.h */

/* ---- the parent ---- */

static const char *
check(const struct conf *conf)
{
	if (!milter_conf_listens(milter_conf(conf)))
		return "there is no \"milter { listen on ... }\" in the file";
	return NULL;
}

/* The folder of the socket is the operator's to make: only he knows it. */
static int
check_folder(const char *path)
{
	struct stat st;
	char	   *dir, *slash;
	int	    ret = -1;

	if ((dir = strdup(path)) == NULL) {
		log_warn("%s", path);
		return -1;
	}
	if ((slash = strrchr(dir, '/')) != NULL)
		slash[slash == dir] = '\0';
	if (stat(dir, &st) == -1)
		log_warn("the folder of the socket %s", path);
	else if (!S_ISDIR(st.st_mode))
		log_warnx("%s: the socket's folder is not a folder", dir);
	else
		ret = 0;
	free(dir);
	return ret;
}

static int
open_socket(const struct milter_conf *c)
{
	struct group *group;
	gid_t	      gid = 0;

	if (check_folder(c->socket) == -1)
		return -1;
	if (c->group != NULL) {
		errno = 0;
		if ((group = getgrnam(c->group)) == NULL) {
			log_warnx("%s: no group \"%s\"", c->socket, c->group);
			return -1;
		}
		gid = group->gr_gid;
	}
	return sock_listen_unix(c->socket, 0, gid, c->mode);
}

static int
open_all(struct daemon_parent *p, const struct conf *conf)
{
	const struct milter_conf *c;
	int			  fd;

	c = milter_conf(conf);
	fd = c->socket != NULL ? open_socket(c) :
				 sock_listen_inet(&c->addr, c->port);
	if (fd == -1)
		return -1;
	daemon_listener(p, LABEL, fd, c->socket);
	return 0;
}

static int
differs(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a != b;
	return strcmp(a, b) != 0;
}

static void
reloaded(struct daemon_parent *p, const struct conf *was, const struct conf *is)
{
	const struct milter_conf *a, *b;

	(void)p;
	a = milter_conf(was);
	b = milter_conf(is);
	if (differs(a->socket, b->socket) || differs(a->group, b->group) ||
	    a->mode != b->mode || a->port != b->port ||
	    !addr_equal(&a->addr, &b->addr))
		log_warnx("\"listen on\" has changed: that takes a restart");
}

/* ---- the child ---- */

static struct asking *asking;

static void
send_status(struct child *c)
{
	char   text[STATUS_LEN];
	size_t n;

	counts_print(text, sizeof(text), asking_waiting(asking));
	n = strlen(text);
	notice_print(text + n, sizeof(text) - n);
	child_status(c, text);
}

/*
 * The thread that listens to the parent.  When it is told to stop it ends the
 * process, for libmilter cannot be woken.
 */
static void *
wire(void *arg)
{
	struct child *c = arg;
	struct pollfd pfd = { .fd = child_fd(c), .events = POLLIN };

	for (;;) {
		switch (child_next(c, 0)) {
		case CHILD_RELOAD:
			settings_set(child_conf(c));
			break;
		case CHILD_STATUS:
			send_status(c);
			break;
		case CHILD_MESSAGE:
			break; /* there are none */
		case CHILD_DRAIN:
		case CHILD_STOP:
		case CHILD_GONE:
			mf_finish();
			exit(0);
		case CHILD_NOTHING:
			/* Woken or not: "status" may come more often. */
			(void)poll(&pfd, 1, NUDGE_MS);
			mf_nudge();
			break;
		}
	}
}

/* libmilter has a thread for signals of its own: none may come here. */
static int
start_wire(struct child *c)
{
	pthread_t thread;
	sigset_t  all, was;
	int	  error;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &was);
	error = pthread_create(&thread, NULL, wire, c);
	pthread_sigmask(SIG_SETMASK, &was, NULL);
	if (error != 0) {
		log_warnx("cannot start a thread: %s", strerror(error));
		return -1;
	}
	return 0;
}

static int
take_socket(struct child *c, const struct global_conf *g)
{
	char *dir;
	int   fd, ret;

	if ((fd = child_listener(c, LABEL)) == -1) {
		log_warnx("no socket came from the parent");
		return -1;
	}
	if (asprintf(&dir, "%s/run", g->state) == -1) {
		log_warnx("out of memory");
		return -1;
	}
	ret = mf_adopt(fd, dir);
	free(dir);
	return ret;
}

static int
enter_jail(const struct global_conf *g)
{
	struct jail jail = { .user = g->user, .needs = JAIL_UNIX };
	char	   *root;
	int	    ret = -1;

	if (asprintf(&root, "%s/run", g->state) == -1) {
		log_warnx("out of memory");
		return -1;
	}
	jail.root = root;
	if (jail_enter(&jail) == 0 && jail_lock(&jail) == 0)
		ret = 0;
	free(root);
	return ret;
}

static int
child(struct child *c)
{
	const struct global_conf *g;
	unsigned long		  files;
	int			  status;

	g = global_conf(child_conf(c));
	files = sock_raise_files(FILES_WANTED);
	mf_limit(
	    files > 4 * FILES_SPARE ? (files - FILES_SPARE) / 2 : FILES_SPARE);
	/* libmilter logs by itself, and cannot find syslog from the jail. */
	openlog(NAME, LOG_PID | LOG_NDELAY, LOG_MAIL);
	if (take_socket(c, g) == -1)
		return EX_OSERR;
	if (enter_jail(g) == -1)
		return EX_OSERR;

	settings_set(child_conf(c));
	asking = asking_new(FCRDNSD_SOCKET);
	notice_open(OFFENCE_SOCKET);
	if (start_wire(c) == -1)
		return EX_OSERR;
	child_ready(c);
	status = mf_run(asking) == 0 ? EX_TEMPFAIL : EX_SOFTWARE;
	mf_finish();
	/* To return would pull the rug from under the other threads. */
	exit(status);
}

int
main(int argc, char *argv[])
{
	static const struct daemon daemon = {
		.name = NAME,
		.facility = LOG_MAIL,
		.check = check,
		.open = open_all,
		.reloaded = reloaded,
		.child = child,
	};

	return daemon_main(&daemon, argc, argv);
}
