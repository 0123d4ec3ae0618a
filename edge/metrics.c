/* SPDX-License-Identifier: ISC */
#include "metrics.h"

#include <sys/queue.h>
#include <sys/socket.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>

#include "addr.h"
#include "log.h"
#include "prometheus.h"
#include "sock.h"
#include "xalloc.h"

#define CONNS_MAX     16
#define CONN_SECONDS  5		  /* for the whole conversation */
#define HEAR_FIRST    1024	  /* bytes that are a first line anyway */
#define HEAR_MAX      (64 * 1024) /* and no more than that */
#define PAUSE_SECONDS 1		  /* when there are no descriptors */

struct conn {
	LIST_ENTRY(conn) entry;
	struct metrics	   *m;
	struct bufferevent *bev;
	struct event	   *timer;
	size_t		    heard; /* bytes, thrown away */
	int		    answered;
	int		    closed; /* it has nothing to say any more */
};

struct place {
	int	      fd; /* -1: none */
	struct event *accepting;
	char	     *path; /* of a Unix socket */
	struct addr   addr;
	uint16_t      port; /* as the file has it */
	char	      name[SOCK_NAME_LEN];
};

struct metrics {
	struct event_base *base;
	char *(*text)(void *);
	void	     *arg;
	struct event *pause;
	int	      said; /* that there are no descriptors */
	struct place  place;
	unsigned int  nconns;
	LIST_HEAD(, conn) conns;
};

static void
listen_again(struct metrics *m)
{
	if (m->place.accepting != NULL && m->nconns < CONNS_MAX)
		event_add(m->place.accepting, NULL);
}

static void
conn_free(struct conn *c)
{
	struct metrics *m = c->m;

	LIST_REMOVE(c, entry);
	m->nconns--;
	if (c->timer != NULL)
		event_free(c->timer);
	if (c->bev != NULL)
		bufferevent_free(c->bev);
	free(c);
	listen_again(m);
}

static void
answer(struct conn *c)
{
	struct evbuffer *out = bufferevent_get_output(c->bev);
	char		*text = c->m->text(c->m->arg);

	c->answered = 1;
	if (text == NULL) {
		evbuffer_add_printf(out,
		    "HTTP/1.1 503 Service Unavailable\r\n"
		    "Content-Length: 0\r\nConnection: close\r\n\r\n");
		return;
	}
	evbuffer_add_printf(out,
	    "HTTP/1.1 200 OK\r\nContent-Type: " PROMETHEUS_TYPE "\r\n"
	    "Content-Length: %zu\r\nConnection: close\r\n\r\n",
	    strlen(text));
	evbuffer_add(out, text, strlen(text));
	free(text);
}

static int
is_written(const struct conn *c)
{
	return c->answered &&
	    evbuffer_get_length(bufferevent_get_output(c->bev)) == 0;
}

/*
 * To close while bytes lie unread would reset the connection, and with it
 * what the client has not read yet.  So all it says is taken, to a bound.
 */
static void
heard(struct bufferevent *bev, void *arg)
{
	struct conn	*c = arg;
	struct evbuffer *in = bufferevent_get_input(bev);
	size_t		 n = evbuffer_get_length(in);
	int		 line;

	line = evbuffer_search(in, "\n", 1, NULL).pos != -1;
	evbuffer_drain(in, n);
	c->heard += n;
	if (c->heard > HEAR_MAX)
		bufferevent_disable(bev, EV_READ);
	if (!c->answered && (line || c->heard >= HEAR_FIRST))
		answer(c);
}

static void
written(struct bufferevent *bev, void *arg)
{
	struct conn *c = arg;

	if (!is_written(c))
		return;
	if (c->closed || c->heard > HEAR_MAX) {
		conn_free(c);
		return;
	}
	shutdown(bufferevent_getfd(bev), SHUT_WR);
}

static void
ended(struct bufferevent *bev, short what, void *arg)
{
	struct conn *c = arg;

	(void)bev;
	if (!(what & BEV_EVENT_EOF)) {
		conn_free(c);
		return;
	}
	c->closed = 1;
	if (!c->answered)
		answer(c); /* it only closed its half */
	else if (is_written(c))
		conn_free(c);
}

static void
expire(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	conn_free(arg);
}

static void
conn_new(struct metrics *m, int fd)
{
	struct timeval tv = { .tv_sec = CONN_SECONDS };
	struct conn   *c = calloc(1, sizeof(*c));

	if (c == NULL) {
		close(fd);
		return;
	}
	c->m = m;
	LIST_INSERT_HEAD(&m->conns, c, entry);
	m->nconns++;
	c->timer = evtimer_new(m->base, expire, c);
	c->bev = bufferevent_socket_new(m->base, fd, BEV_OPT_CLOSE_ON_FREE);
	if (c->bev == NULL)
		close(fd);
	if (c->bev == NULL || c->timer == NULL) {
		conn_free(c);
		return;
	}
	bufferevent_setcb(c->bev, heard, written, ended, c);
	bufferevent_enable(c->bev, EV_READ | EV_WRITE);
	event_add(c->timer, &tv);
}

static void
paused(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	listen_again(arg);
}

static void
accept_one(evutil_socket_t listener, short what, void *arg)
{
	struct timeval	tv = { .tv_sec = PAUSE_SECONDS };
	struct metrics *m = arg;
	int		fd;

	(void)what;
	fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd != -1) {
		m->said = 0;
		conn_new(m, fd);
		if (m->nconns >= CONNS_MAX)
			event_del(m->place.accepting);
		return;
	}
	if (errno != EMFILE && errno != ENFILE && errno != ENOBUFS &&
	    errno != ENOMEM)
		return;
	if (!m->said++)
		log_warn("metrics: accept");
	event_del(m->place.accepting);
	event_add(m->pause, &tv);
}

static void
place_close(struct place *p)
{
	if (p->accepting != NULL)
		event_free(p->accepting);
	if (p->fd != -1)
		close(p->fd);
	if (p->path != NULL && unlink(p->path) == -1 && errno != ENOENT)
		log_warn("%s", p->path);
	free(p->path);
	memset(p, 0, sizeof(*p));
	p->fd = -1;
}

static int
place_open(struct place *p, struct metrics *m, const struct edge_conf *conf)
{
	memset(p, 0, sizeof(*p));
	p->addr = conf->metrics_addr;
	p->port = conf->metrics_port;
	p->fd = conf->metrics_socket != NULL ?
	    sock_listen_unix(conf->metrics_socket, (uid_t)-1, (gid_t)-1, 0660) :
	    sock_listen_inet(&p->addr, p->port);
	if (p->fd == -1)
		return -1;
	if (conf->metrics_socket != NULL)
		p->path = xstrdup(conf->metrics_socket);
	sock_name(p->fd, p->name);
	p->accepting =
	    event_new(m->base, p->fd, EV_READ | EV_PERSIST, accept_one, m);
	if (p->accepting == NULL || event_add(p->accepting, NULL) == -1) {
		log_warnx("metrics: out of memory");
		place_close(p);
		return -1;
	}
	return 0;
}

/* Is that where we listen? */
static int
is_same(const struct place *p, const struct edge_conf *conf)
{
	if (p->fd == -1)
		return 0;
	if (p->path != NULL || conf->metrics_socket != NULL)
		return p->path != NULL && conf->metrics_socket != NULL &&
		    strcmp(p->path, conf->metrics_socket) == 0;
	return addr_equal(&p->addr, &conf->metrics_addr) &&
	    p->port == conf->metrics_port;
}

int
metrics_use(struct metrics *m, const struct edge_conf *conf)
{
	struct place p;

	if (is_same(&m->place, conf))
		return 0;
	if (conf->metrics_socket == NULL &&
	    conf->metrics_addr.family == ADDR_NONE) {
		place_close(&m->place);
		return 0;
	}
	if (place_open(&p, m, conf) == -1)
		return -1;
	place_close(&m->place);
	m->place = p;
	if (m->nconns >= CONNS_MAX)
		event_del(m->place.accepting);
	log_info("metrics on %s", p.name);
	return 0;
}

const char *
metrics_where(const struct metrics *m)
{
	return m->place.fd == -1 ? NULL : m->place.name;
}

struct metrics *
metrics_new(struct event_base *base, char *(*text)(void *), void *arg)
{
	struct metrics *m = calloc(1, sizeof(*m));

	if (m == NULL)
		return NULL;
	m->base = base;
	m->text = text;
	m->arg = arg;
	m->place.fd = -1;
	LIST_INIT(&m->conns);
	if ((m->pause = evtimer_new(base, paused, m)) == NULL) {
		free(m);
		return NULL;
	}
	return m;
}

void
metrics_free(struct metrics *m)
{
	struct conn *c;

	if (m == NULL)
		return;
	place_close(&m->place);
	while ((c = LIST_FIRST(&m->conns)) != NULL)
		conn_free(c);
	event_free(m->pause);
	free(m);
}
