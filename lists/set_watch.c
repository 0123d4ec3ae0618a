/* SPDX-License-Identifier: ISC */
#include "set_watch.h"

#include <sys/time.h>

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <event2/event.h>

#include "clock.h"
#include "conf.h"
#include "daemon.h"
#include "global.h"
#include "lists_conf.h"
#include "log.h"
#include "set_file.h"
#include "sets.h"
#include "wire.h"

/*
 * Whoever was told of a set reads all of it.  The next one of that name waits
 * as long as one of that size takes at this rate, so that who writes sets all
 * the time, as a user that was taken over may, does not keep the doors busy.
 */
#define BYTES_PER_MS 65536
#define WAIT_MAX_MS  20000 /* no set is larger */

struct watched {
	char	     name[LIST_NAME_LEN];
	char	     path[PATH_MAX];
	struct stamp stamp;  /* when it was last told */
	int64_t	     next;   /* clock_ms(): it is not looked at before */
	int	     again;  /* we had no means to open it, which is said */
	int	     former; /* not in the file in force any more */
	int	     named;  /* in a file that some worker lives by */
};

struct set_watch {
	struct daemon_parent *parent;
	struct event	     *timer;
	char		     *state;
	struct watched	     *lists;
	size_t		      n;
};

/* For daemon_each(). */
struct news {
	const char *name;
	int	    fd;
};

static void
tell(struct daemon_worker *worker, void *arg)
{
	const struct news *news = arg;
	struct wire_msg	   m;

	wire_start(&m, SET_MESSAGE);
	wire_put_string(&m, news->name);
	m.fd = news->fd;
	daemon_worker_send(worker, &m);
}

/* -1: it is gone, or may not be had, which is said if it is new. */
static int
open_one(struct watched *l, struct stamp *stamp, int quiet)
{
	const char *why;
	int	    fd, ours = strcmp(l->name, LIST_PROTECTED) == 0;

	fd = set_file_open(l->path, ours, stamp, &why);
	if (fd == -1 && stamp->error != ENOENT && !quiet)
		log_warnx("%s: %s: it is not looked at", l->path, why);
	return fd;
}

/* Of descriptors or memory: the file may be as good as any. */
static int
is_our_trouble(int error)
{
	return error == EMFILE || error == ENFILE || error == ENOMEM;
}

static void
look_at(struct set_watch *w, struct watched *l)
{
	struct stamp seen, opened;
	struct news  news = { .name = l->name };

	if (clock_ms() < l->next)
		return;
	set_file_stamp(&seen, l->path);
	if (stamp_equal(&seen, &l->stamp))
		return;
	l->stamp = seen;
	news.fd = open_one(l, &opened, l->again);
	/* What was opened may be newer than what was seen. */
	if (news.fd != -1 || opened.error == ENOENT)
		l->stamp = opened;
	else {
		/* What is no set does not take the place of one... */
		if (is_our_trouble(opened.error)) {
			l->stamp.error = opened.error; /* ... but try again */
			l->again = 1;
		}
		return;
	}
	l->again = 0;
	daemon_each(w->parent, tell, &news);
	if (news.fd == -1)
		return;
	close(news.fd);
	l->next = clock_ms() +
	    (opened.size / BYTES_PER_MS < WAIT_MAX_MS ?
		    opened.size / BYTES_PER_MS :
		    WAIT_MAX_MS);
}

static int
is_named(const struct conf *conf, const char *name)
{
	return strcmp(name, LIST_BANS) == 0 ||
	    strcmp(name, LIST_PROTECTED) == 0 ||
	    lists_conf_find(lists_conf(conf), name) != NULL;
}

static void
ask_worker(struct daemon_worker *worker, void *arg)
{
	const struct conf *conf = daemon_worker_conf(worker);
	struct watched	  *l = arg;

	if (conf != NULL && is_named(conf, l->name))
		l->named = 1;
}

/* 1: no worker needs it any more, and all are told. */
static int
let_go(struct set_watch *w, struct watched *l)
{
	struct news news = { .name = l->name, .fd = -1 };

	l->named = 0;
	daemon_each(w->parent, ask_worker, l);
	if (l->named)
		return 0;
	daemon_each(w->parent, tell, &news);
	return 1;
}

void
set_watch_look(struct set_watch *w)
{
	size_t i;

	for (i = 0; i < w->n;) {
		if (w->lists[i].former && let_go(w, &w->lists[i])) {
			w->lists[i] = w->lists[--w->n];
			continue;
		}
		look_at(w, &w->lists[i++]);
	}
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	set_watch_look(arg);
}

static struct watched *
find(struct set_watch *w, const char *name)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (strcmp(w->lists[i].name, name) == 0)
			return &w->lists[i];
	return NULL;
}

/* 0, or -1: out of memory. */
static int
use(struct set_watch *w, const char *name)
{
	struct watched *l;

	if ((l = find(w, name)) != NULL) {
		l->former = 0;
		return 0;
	}
	l = reallocarray(w->lists, w->n + 1, sizeof(*l));
	if (l == NULL)
		return -1;
	w->lists = l;
	l += w->n++;
	memset(l, 0, sizeof(*l));
	strlcpy(l->name, name, sizeof(l->name));
	set_file_path(l->path, w->state, name);
	l->stamp.error = ENOENT; /* nobody was told of it yet */
	return 0;
}

/*
 * Those that are not named any more are watched until no worker lives by a
 * file that names them.
 */
void
set_watch_use(struct set_watch *w, const struct conf *conf)
{
	const struct lists_conf *lists = lists_conf(conf);
	size_t			 i;
	int			 failed = 0;

	for (i = 0; i < w->n; i++)
		w->lists[i].former = 1;
	failed |= use(w, LIST_PROTECTED);
	failed |= use(w, LIST_BANS);
	for (i = 0; i < lists->nlists; i++)
		failed |= use(w, lists->lists[i].name);
	if (failed)
		log_warnx("no memory to watch all lists");
	for (i = 0; i < w->n; i++)
		if (!w->lists[i].former)
			look_at(w, &w->lists[i]);
}

void
set_watch_hire(struct set_watch *w, struct daemon_worker *worker)
{
	struct stamp stamp;
	struct news  news;
	size_t	     i;

	for (i = 0; i < w->n; i++) {
		news.name = w->lists[i].name;
		news.fd = open_one(&w->lists[i], &stamp, 1);
		if (news.fd == -1)
			continue;
		tell(worker, &news);
		close(news.fd);
	}
}

struct set_watch *
set_watch_new(struct daemon_parent *parent, const struct conf *conf)
{
	const struct timeval every = { .tv_usec = SET_WATCH_MS * 1000 };
	struct set_watch    *w;

	if ((w = calloc(1, sizeof(*w))) == NULL)
		goto fail;
	w->parent = parent;
	if ((w->state = strdup(global_conf(conf)->state)) == NULL)
		goto fail;
	w->timer = event_new(daemon_base(parent), -1, EV_PERSIST, on_timer, w);
	if (w->timer == NULL || event_add(w->timer, &every) == -1)
		goto fail;
	set_watch_use(w, conf);
	return w;
fail:
	log_warnx("no memory to watch lists");
	set_watch_free(w);
	return NULL;
}

void
set_watch_free(struct set_watch *w)
{
	if (w == NULL)
		return;
	if (w->timer != NULL)
		event_free(w->timer);
	free(w->lists);
	free(w->state);
	free(w);
}

static void
say_taken(const struct sets *sets, const char *name)
{
	const struct set *set = sets_get(sets, name);
	struct set_info	  info;

	if (set == NULL) {
		log_debug("%s" SET_SUFFIX ": gone", name);
		return;
	}
	set_info(set, &info);
	log_debug("%s" SET_SUFFIX ": %zu IPv4 and %zu IPv6 ranges", name,
	    info.n4, info.n6);
}

int
set_message(struct sets *sets, struct wire_msg *m)
{
	char	    why[SET_WHY_LEN];
	const char *name = wire_get_string(m);
	int	    fd;

	if (wire_end(m) == -1 || name[0] == '\0' ||
	    strlen(name) >= LIST_NAME_LEN)
		return -1;
	fd = m->fd;
	m->fd = -1;
	if (sets_take(sets, name, fd, why) == -1)
		log_warnx("%s" SET_SUFFIX ": %s; %s", name, why,
		    sets_get(sets, name) == NULL ?
			"there is none in use" :
			"the former one stays in use");
	else
		say_taken(sets, name);
	return 0;
}
