/* SPDX-License-Identifier: ISC */
/*
 * postern-lists(8): the parent opens the files that the configuration names,
 * keeps the protected set and the firewall's tables; the jailed child
 * fetches, counts offences and keeps the bans.
 */
#include <sys/types.h>

#include <event2/event.h>
#include <pwd.h>
#include <stdlib.h>
#include <sysexits.h>
#include <syslog.h>
#include <unistd.h>

#include "banner.h"
#include "daemon.h"
#include "ear.h"
#include "folder.h"
#include "global.h"
#include "keeper.h"
#include "lists_jail.h"
#include "log.h"
#include "mirror.h"
#include "once.h"
#include "opened.h"
#include "protect.h"
#include "set.h"
#include "wire.h"
#include "xalloc.h"

#define LABEL		OFFENCE_SOCKET
#define PROTECT_SECONDS 10

/* ---- the parent ---- */

static struct {
	const struct conf *conf;
	struct opened	  *opened;
	struct mirror	  *mirror;
	struct event	  *timer; /* of the protected set */
} parent;

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
	/* What is wrong is said there; the former set stays. */
	(void)protect_refresh(parent.conf, NULL);
}

static int
open_all(struct daemon_parent *p, const struct conf *conf)
{
	static const struct timeval tv = { .tv_sec = PROTECT_SECONDS };
	struct folder		    folder;

	if (daemon_listen_doors(p, conf, LABEL) == -1 ||
	    folder_open(&folder, conf, 0) != 0)
		return -1;
	folder_close(&folder);
	/* A mapping of the mirror's may be cut, too. */
	if (set_guard() == -1) {
		log_warn("set_guard");
		return -1;
	}
	parent.conf = conf_ref(conf);
	if (protect_refresh(conf, NULL) == -1)
		return -1;
	parent.opened = opened_new(p, conf);
	parent.mirror = mirror_new(daemon_base(p), conf);
	parent.timer =
	    event_new(daemon_base(p), -1, EV_PERSIST, on_timer, NULL);
	if (parent.mirror == NULL || parent.timer == NULL ||
	    event_add(parent.timer, &tv) == -1) {
		log_warnx("out of memory");
		return -1;
	}
	return 0;
}

static void
hire(struct daemon_parent *p, struct daemon_worker *w)
{
	(void)p;
	opened_hire(parent.opened, w);
}

static void
reloaded(struct daemon_parent *p, const struct conf *was, const struct conf *is)
{
	const struct conf *former = parent.conf;

	(void)p;
	(void)was;
	parent.conf = conf_ref(is);
	(void)protect_refresh(is, NULL);
	opened_use(parent.opened, is);
	mirror_use(parent.mirror, is);
	conf_unref(former);
}

static char *
status(void)
{
	return mirror_status(parent.mirror);
}

static void
close_all(struct daemon_parent *p)
{
	(void)p;
	opened_free(parent.opened);
	mirror_free(parent.mirror);
	if (parent.timer != NULL)
		event_free(parent.timer);
	if (parent.conf != NULL)
		conf_unref(parent.conf);
}

/* ---- the child ---- */

struct work {
	struct child	  *child;
	struct event_base *base;
	struct event	  *wire;
	struct folder	   folder;
	struct keeper	  *keeper;
	struct banner	  *banner;
	struct ear	  *ear;
};

static void
send_status(struct work *w)
{
	struct keeper_stats k;
	struct banner_stats b;
	struct ear_stats    e;
	char		   *text;

	keeper_stats(w->keeper, &k);
	banner_stats(w->banner, &b);
	ear_stats(w->ear, &e);
	text = xasprintf("sources %zu\nsources-stale %zu\nsources-trouble %zu\n"
			 "rounds %llu\nrounds-new %llu\nrounds-held %llu\n"
			 "rounds-failed %llu\n"
			 "bans %zu\nbans-made %llu\nbans-failed %llu\n"
			 "clock %s\n"
			 "offences %llu\noffences-protected %llu\n"
			 "offences-dropped %llu\noffenders-counted %zu\n",
	    k.sources, k.stale, k.trouble, (unsigned long long)k.rounds,
	    (unsigned long long)k.news, (unsigned long long)k.held,
	    (unsigned long long)k.failed, b.bans, (unsigned long long)b.made,
	    (unsigned long long)b.failed, b.clock,
	    (unsigned long long)b.offences, (unsigned long long)b.protected,
	    (unsigned long long)e.dropped, b.counted);
	child_status(w->child, text);
	free(text);
}

static void
message(struct work *w)
{
	struct wire_msg *m = child_message(w->child);

	if (m->type != OPENED_MESSAGE || keeper_message(w->keeper, m) == -1)
		log_warnx("the parent sent a message that makes no sense");
}

/* 1: the end. */
static int
handle(struct work *w, enum child_event event)
{
	switch (event) {
	case CHILD_RELOAD:
		keeper_use(w->keeper, child_conf(w->child));
		banner_use(w->banner, child_conf(w->child));
		break;
	case CHILD_STATUS:
		send_status(w);
		break;
	case CHILD_MESSAGE:
		message(w);
		break;
	case CHILD_DRAIN:
	case CHILD_STOP:
	case CHILD_GONE:
		return 1;
	case CHILD_NOTHING:
		break;
	}
	return 0;
}

static void
on_wire(evutil_socket_t fd, short what, void *arg)
{
	struct work	*w = arg;
	enum child_event event;

	(void)fd;
	(void)what;
	while ((event = child_next(w->child, 0)) != CHILD_NOTHING) {
		if (handle(w, event)) {
			event_base_loopbreak(w->base);
			return;
		}
	}
}

/* Who may tell of offences: the users of the doors. */
static size_t
speakers(const struct conf *conf, uid_t uids[2])
{
	const char    *names[2];
	struct passwd *pw;
	size_t	       i, n = 0;

	names[0] = global_conf(conf)->user;
	names[1] = global_conf(conf)->edge_user;
	for (i = 0; i < 2; i++) {
		if ((pw = getpwnam(names[i])) != NULL)
			uids[n++] = pw->pw_uid;
	}
	return n;
}

/* In the process of a round. */
static void
forget_ear(void *arg)
{
	const struct work *w = arg;

	ear_forget(w->ear);
}

static int
make_parts(struct work *w, const uid_t *uids, size_t nuids)
{
	const struct conf *conf = child_conf(w->child);
	int		   fd;

	if ((fd = child_listener(w->child, LABEL)) == -1) {
		log_warnx("no socket from the parent");
		return -1;
	}
	w->keeper = keeper_new(w->base, &w->folder, conf);
	w->banner = banner_new(w->base, &w->folder, conf);
	if (w->keeper != NULL && w->banner != NULL)
		w->ear =
		    ear_new(w->base, fd, uids, nuids, banner_hear, w->banner);
	if (w->ear == NULL) {
		log_warnx("out of memory");
		return -1;
	}
	keeper_first(w->keeper, forget_ear, w);
	return 0;
}

static int
start(struct work *w)
{
	const struct conf *conf = child_conf(w->child);
	uid_t		   uids[2];
	size_t		   nuids;

	nuids = speakers(conf, uids);
	if (set_guard() == -1) {
		log_warn("set_guard");
		return -1;
	}
	w->base = event_base_new();
	if (w->base == NULL ||
	    (w->wire = event_new(w->base, child_fd(w->child),
		 EV_READ | EV_PERSIST, on_wire, w)) == NULL ||
	    event_add(w->wire, NULL) == -1) {
		log_warnx("no event loop");
		return -1;
	}
	if (lists_jail(conf, 1, &w->folder) == -1)
		return -1;
	return make_parts(w, uids, nuids);
}

static int
child(struct child *c)
{
	struct work w = { .child = c, .folder = { .dir = -1, .src = -1 } };
	int	    ret = EX_OSERR;

	if (start(&w) == 0) {
		/* What the parent opened came before. */
		on_wire(-1, 0, &w);
		child_ready(c);
		ret = event_base_dispatch(w.base) == -1 ? EX_OSERR : 0;
	}
	ear_free(w.ear);
	banner_free(w.banner);
	keeper_free(w.keeper);
	folder_close(&w.folder);
	if (w.wire != NULL)
		event_free(w.wire);
	if (w.base != NULL)
		event_base_free(w.base);
	return ret;
}

int
main(int argc, char *argv[])
{
	static const struct daemon daemon = {
		.name = "postern-lists",
		.facility = LOG_DAEMON,
		.usage = ONCE_USAGE,
		.open = open_all,
		.reloaded = reloaded,
		.child = child,
		.status = status,
		.hire = hire,
		.close = close_all,
	};

	if (once_wanted(argc, argv))
		return once_main(argc, argv);
	return daemon_main(&daemon, argc, argv);
}
