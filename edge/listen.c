/* SPDX-License-Identifier: ISC */
#include "listen.h"

#include <sys/socket.h>
#include <netinet/in.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <event2/event.h>

#include "board.h"
#include "h1_client.h"
#include "daemon.h"
#include "log.h"
#include "offences.h"
#include "sets.h"
#include "upstream.h"
#include "xalloc.h"

/* Out of descriptors: accept again when some may be free. */
#define REST_MS	    250
#define SAY_EACH_MS 60000

struct listener {
	struct worker		 *w;
	const struct edge_listen *conf;
	struct event		 *event;
	struct event		 *rest; /* after an error */
	int			  fd;
};

struct listeners {
	struct listener *list;
	size_t		 n;
	int64_t		 said; /* when, that descriptors ran out */
};

static void
wake_up(evutil_socket_t fd, short what, void *arg)
{
	struct listener *l = arg;

	(void)fd;
	(void)what;
	event_add(l->event, NULL);
}

/* Who waits in the queue of the kernel is not lost. */
static void
rest(struct listener *l)
{
	struct worker *w = l->w;
	struct timeval tv = { .tv_usec = REST_MS * 1000 };
	int	       error = errno;

	board_count(w->board, COUNTER_REFUSED_FILES);
	if (w->listeners->said == 0 ||
	    worker_now(w) - w->listeners->said > SAY_EACH_MS) {
		w->listeners->said = worker_now(w);
		errno = error;
		log_warn("accept, with %zu clients", w->nclients);
	}
	upstreams_shrink(w->upstreams);
	event_del(l->event);
	evtimer_add(l->rest, &tv);
}

/*
 * Is there room?  Addresses of trusted proxies stand for many.  Whom the whole
 * edge blocks costs no handshake; without TLS a challenge of ACME may come.
 */
static int
may_enter(struct worker *w, const struct addr *peer, int tls, int trusted)
{
	if (trusted)
		return 1;
	if (tls &&
	    !edge_access_passes(&w->conf->access, peer, sets_member, w->sets)) {
		board_count(w->board, COUNTER_REFUSED_BLOCKED);
		return 0;
	}
	switch (board_enter(w->board, peer, w->conf->connections,
	    w->conf->connections_per_address)) {
	case BOARD_FULL:
		board_count(w->board, COUNTER_REFUSED_ALL);
		return 0;
	case BOARD_FULL_ADDRESS:
		board_count(w->board, COUNTER_REFUSED_ADDRESS);
		offences_tell(w, peer, OFFENCE_LIMIT);
		return 0;
	case BOARD_WELCOME:
		break;
	}
	return 1;
}

/*
 * One connection in each turn: those that are here already come first, and
 * no call is made to hear that there is no other.
 */
static void
on_accept(evutil_socket_t fd, short what, void *arg)
{
	struct listener	       *l = arg;
	struct worker	       *w = l->w;
	struct sockaddr_storage ss;
	socklen_t		len = sizeof(ss);
	struct addr		peer;
	int			s, trusted;

	(void)what;
	s = accept4(fd, (struct sockaddr *)&ss, &len,
	    SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (s == -1) {
		if (errno == EMFILE || errno == ENFILE || errno == ENOMEM ||
		    errno == ENOBUFS)
			rest(l);
		return;
	}
	if (addr_from_sockaddr(&peer, (struct sockaddr *)&ss) == -1) {
		close(s);
		return;
	}
	trusted = edge_prefixes_have(&w->conf->trusted, &peer);
	if (!may_enter(w, &peer, l->conf->tls, trusted)) {
		close(s);
		return;
	}
	client_new(w, s, &peer, l->conf->tls, trusted, !trusted);
}

static void
add(struct worker *w, const struct edge_listen *conf, int fd)
{
	struct listeners *ls = w->listeners;
	struct listener	 *l;

	ls->list = xreallocarray(ls->list, ls->n + 1, sizeof(*ls->list));
	l = &ls->list[ls->n++];
	l->w = w;
	l->conf = conf;
	l->fd = fd;
	l->event = l->rest = NULL;
}

/* The array does not move any more. */
static int
begin(struct worker *w)
{
	struct listener *l;
	size_t		 i;

	for (i = 0; i < w->listeners->n; i++) {
		l = &w->listeners->list[i];
		l->event = event_new(w->base, l->fd, EV_READ | EV_PERSIST,
		    on_accept, l);
		l->rest = evtimer_new(w->base, wake_up, l);
		if (l->event == NULL || l->rest == NULL ||
		    event_add(l->event, NULL) == -1) {
			log_warnx("cannot watch a listener");
			return -1;
		}
	}
	return 0;
}

static uint16_t
port_of(int fd)
{
	struct sockaddr_storage ss;
	socklen_t		len = sizeof(ss);

	if (getsockname(fd, (struct sockaddr *)&ss, &len) == -1)
		return 0;
	return ntohs(ss.ss_family == AF_INET6 ?
		((struct sockaddr_in6 *)&ss)->sin6_port :
		((struct sockaddr_in *)&ss)->sin_port);
}

int
listeners_open(struct worker *w)
{
	const struct edge_listen *conf;
	char			  label[32];
	size_t			  i;
	int			  fd;

	w->listeners = xcalloc(1, sizeof(*w->listeners));
	for (i = 0; i < w->conf->nlistens; i++) {
		conf = &w->conf->listens[i];
		snprintf(label, sizeof(label), "listen %zu", i);
		while ((fd = child_listener(w->child, label)) != -1) {
			if (conf->tls && w->tls_port == 0)
				w->tls_port = port_of(fd);
			add(w, conf, fd);
		}
	}
	return begin(w);
}

void
listeners_close(struct worker *w)
{
	struct listeners *ls = w->listeners;
	size_t		  i;

	if (ls == NULL)
		return;
	for (i = 0; i < ls->n; i++) {
		if (ls->list[i].event != NULL)
			event_free(ls->list[i].event);
		if (ls->list[i].rest != NULL)
			event_free(ls->list[i].rest);
		close(ls->list[i].fd);
	}
	free(ls->list);
	free(ls);
	w->listeners = NULL;
}
