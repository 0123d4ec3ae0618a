/* SPDX-License-Identifier: ISC */
/*
 * fcrdnsd(8): the parent opens the socket, the jailed child looks addresses
 * up for whoever may connect to it.
 */
#include <sys/time.h>
#include <sys/types.h>

#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <syslog.h>

#include "conf.h"
#include "conns.h"
#include "daemon.h"
#include "dnsbls.h"
#include "fcrdns_conf.h"
#include "global.h"
#include "inquiries.h"
#include "jail.h"
#include "log.h"
#include "proto.h"
#include "resolver.h"
#include "server.h"
#include "set.h"
#include "set_watch.h"
#include "sets.h"
#include "sock.h"
#include "wire.h"
#include "xalloc.h"

#define LABEL FCRDNSD_SOCKET
#define CACHE 8192 /* findings kept */

/* Descriptors: half for DNS, the rest for askers. */
#define FILES_WANTED 8192
#define FILES_SPARE  32 /* standard ones, wire, epoll */

struct work {
	struct child	  *child;
	struct event_base *base;
	struct event	  *wire;
	struct server	  *server;
	struct conns	  *conns;
	struct inquiries  *inquiries;
	struct dnsbls	  *dnsbls;
	struct sets	  *sets;
	struct event	  *tidy;
	struct resolver	  *resolver;
	const struct conf *conf; /* that the resolver is of */
	unsigned int	   dns_files;
	int		   over;
};

/* ---- the parent ---- */

static struct set_watch *watch;

static char *
run_folder(const struct conf *conf)
{
	return xasprintf("%s/run", global_conf(conf)->state);
}

static int
open_all(struct daemon_parent *p, const struct conf *conf)
{
	if (daemon_listen_doors(p, conf, LABEL) == -1)
		return -1;
	watch = set_watch_new(p, conf);
	return watch == NULL ? -1 : 0;
}

static void
reloaded(struct daemon_parent *p, const struct conf *was, const struct conf *is)
{
	(void)p;
	(void)was;
	set_watch_use(watch, is);
}

static void
hire(struct daemon_parent *p, struct daemon_worker *worker)
{
	(void)p;
	set_watch_hire(watch, worker);
}

/* ---- the child ---- */

static void
send_status(struct work *w)
{
	struct inquiries_stats i;
	struct conns_stats     s;
	char		      *text, *lists;

	inquiries_stats(w->inquiries, &i);
	conns_stats(w->conns, &s);
	lists = dnsbls_status(w->dnsbls);
	text = xasprintf(
	    "clients %llu\npass %llu\nfail %llu\npermerror %llu\n"
	    "temperror %llu\noverload %llu\nby-lists %llu\ncached %llu\nshared %llu\n"
	    "inquiries %llu\ninquiries-in-flight %zu\ncache-entries %zu\n"
	    "connections %zu\nconnections-total %llu\n"
	    "connections-dropped %llu\nbad-questions %llu\n"
	    "last-minute-clients %u\nlast-minute-temperror %u\n"
	    "resolver %s\n%s",
	    (unsigned long long)i.clients,
	    (unsigned long long)i.results[IPREV_PASS],
	    (unsigned long long)i.results[IPREV_FAIL],
	    (unsigned long long)i.results[IPREV_PERMERROR],
	    (unsigned long long)i.results[IPREV_TEMPERROR],
	    (unsigned long long)i.overload, (unsigned long long)i.early,
	    (unsigned long long)i.cached, (unsigned long long)i.shared,
	    (unsigned long long)i.started, i.inflight, i.cache_entries,
	    s.connections, (unsigned long long)s.accepted,
	    (unsigned long long)s.dropped, (unsigned long long)s.bad,
	    i.minute_clients, i.minute_temperrors, i.trouble ? "trouble" : "ok",
	    lists);
	child_status(w->child, text);
	free(text);
	free(lists);
}

/* A resolver for the present file.  0, or -1 with the reason logged. */
static int
use_conf(struct work *w)
{
	const struct conf	 *conf = child_conf(w->child);
	const struct fcrdns_conf *f = fcrdns_conf(conf);
	struct resolver		 *r;

	if (w->conf == NULL || !resolver_same(fcrdns_conf(w->conf), f)) {
		r = resolver_new(w->base, f, w->dns_files);
		if (r == NULL || resolver_start(r) == -1) {
			resolver_unref(r);
			return -1;
		}
		resolver_unref(w->resolver);
		w->resolver = r;
	}
	dnsbls_use(w->dnsbls, f, w->resolver);
	inquiries_use(w->inquiries, f, w->resolver, w->dnsbls);
	/* Nobody looks at the former one any more. */
	if (w->conf != NULL)
		conf_unref(w->conf);
	w->conf = conf_ref(conf);
	return 0;
}

static void
message(struct work *w, struct wire_msg *m)
{
	if (m->type != SET_MESSAGE || set_message(w->sets, m) == -1)
		log_warnx("the parent said something unknown");
}

static void
on_tidy(int fd, short what, void *arg)
{
	struct work *w = arg;
	size_t	     n;

	(void)fd;
	(void)what;
	if ((n = sets_tidy(w->sets)) > 0)
		log_warnx("%zu set file%s cut while in use: forgotten", n,
		    n == 1 ? " was" : "s were");
}

static void
on_wire(int fd, short what, void *arg)
{
	struct work	*w = arg;
	enum child_event event;

	(void)fd;
	(void)what;
	while ((event = child_next(w->child, 0)) != CHILD_NOTHING) {
		switch (event) {
		case CHILD_RELOAD:
			if (use_conf(w) == -1)
				child_refuse(w->child);
			break;
		case CHILD_STATUS:
			send_status(w);
			break;
		case CHILD_DRAIN:
		case CHILD_STOP:
		case CHILD_GONE:
			w->over = 1;
			event_base_loopbreak(w->base);
			return;
		case CHILD_MESSAGE:
			message(w, child_message(w->child));
			break;
		case CHILD_NOTHING:
			break;
		}
	}
}

/* Half of the descriptors for DNS; what is left is how many may connect. */
static size_t
share_files(struct work *w)
{
	unsigned long files = sock_raise_files(FILES_WANTED);

	if (files > FILES_WANTED)
		files = FILES_WANTED;
	if (files < 4 * FILES_SPARE)
		files = 4 * FILES_SPARE;
	w->dns_files = (unsigned int)(files - FILES_SPARE) / 2;
	return (files - FILES_SPARE) / 2;
}

/* What works on the loop.  0, or -1 with the reason logged. */
static int
prepare(struct work *w)
{
	static const struct timeval second = { .tv_sec = 1 };

	if ((w->base = event_base_new()) == NULL ||
	    (w->wire = event_new(w->base, child_fd(w->child),
		 EV_READ | EV_PERSIST, on_wire, w)) == NULL ||
	    (w->tidy = event_new(w->base, -1, EV_PERSIST, on_tidy, w)) ==
		NULL ||
	    event_add(w->wire, NULL) == -1 ||
	    event_add(w->tidy, &second) == -1) {
		log_warnx("no event loop");
		return -1;
	}
	if ((w->sets = sets_new()) == NULL || set_guard() == -1) {
		log_warn("sets");
		return -1;
	}
	w->dnsbls = dnsbls_new(w->base);
	w->inquiries = inquiries_new(w->base, CACHE);
	inquiries_sets(w->inquiries, w->sets);
	return 0;
}

/*
 * libunbound takes its settings in the chroot, as it will at each reload,
 * but before the filters close.
 */
static int
start(struct work *w)
{
	struct jail	   jail = { .needs = JAIL_INET };
	const struct conf *conf = child_conf(w->child);
	char		  *root;
	size_t		   connections;
	int		   fd, ret = -1;

	connections = share_files(w);
	root = run_folder(conf);
	jail.user = global_conf(conf)->user;
	jail.root = root;
	if (jail_enter(&jail) == -1)
		goto out;
	if (prepare(w) == -1 || use_conf(w) == -1)
		goto out;
	if ((fd = child_listener(w->child, LABEL)) == -1) {
		log_warnx("no socket from the parent");
		goto out;
	}
	if ((w->conns = conns_new(w->base, w->inquiries)) == NULL)
		log_warn("connections");
	else
		w->server = server_new(w->base, fd, w->conns, connections);
	if (w->server == NULL || jail_lock(&jail) == -1)
		goto out;
	ret = 0;
out:
	free(root);
	return ret;
}

static int
child(struct child *c)
{
	struct work w = { .child = c };
	int	    ret = EX_OSERR;

	if (start(&w) == 0) {
		/* The sets that are there already. */
		on_wire(-1, 0, &w);
		child_ready(c);
		ret =
		    w.over || event_base_dispatch(w.base) != -1 ? 0 : EX_OSERR;
	}
	server_free(w.server);
	conns_free(w.conns);
	inquiries_free(w.inquiries);
	dnsbls_free(w.dnsbls);
	resolver_unref(w.resolver);
	sets_free(w.sets);
	if (w.conf != NULL)
		conf_unref(w.conf);
	if (w.wire != NULL)
		event_free(w.wire);
	if (w.tidy != NULL)
		event_free(w.tidy);
	if (w.base != NULL)
		event_base_free(w.base);
	return ret;
}

int
main(int argc, char *argv[])
{
	static const struct daemon daemon = {
		.name = "fcrdnsd",
		.facility = LOG_DAEMON,
		.open = open_all,
		.reloaded = reloaded,
		.hire = hire,
		.child = child,
	};

	return daemon_main(&daemon, argc, argv);
}
