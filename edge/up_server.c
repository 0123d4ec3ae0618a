/* SPDX-License-Identifier: ISC */
#include "up_server.h"

#include <sys/socket.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <errno.h>
#include <unistd.h>

#include "addr.h"
#include "daemon.h"
#include "exchange.h"
#include "log.h"
#include "orders.h"
#include "wire.h"
#include "xalloc.h"

#define TRIED_MAX   64 /* bits of exchange.tried */
#define SAY_EACH_MS 60000

void
server_init(struct server *s, struct upstreams *u, size_t number)
{
	char text[ADDR_LEN];

	s->u = u;
	s->number = number;
	s->conf = &u->w->conf->servers[number];
	TAILQ_INIT(&s->idle);
	TAILQ_INIT(&s->waiters);
	if (s->conf->addr.family == ADDR_NONE)
		s->name = xstrdup(s->conf->socket);
	else
		s->name = xasprintf("%s port %u",
		    addr_print(&s->conf->addr, text), s->conf->port);
}

const char *
upstream_name(const struct upstreams *u, size_t server)
{
	return u->servers[server].name;
}

struct server *
server_number(struct upstreams *u, size_t number)
{
	return &u->servers[number];
}

struct server *
server_of(struct upstreams *u, const struct edge_forward *f, size_t i)
{
	return &u->servers[i < f->nprimary ? f->primary[i] :
					     f->backup[i - f->nprimary]];
}

int
server_serves(const struct server *s, const struct edge_forward *f)
{
	size_t i;

	for (i = 0; i < f->nprimary + f->nbackup; i++)
		if (server_of(s->u, f, i) == s)
			return 1;
	return 0;
}

static struct server *
try(struct upstreams *u, struct exchange *x, size_t i, int64_t now)
{
	struct server *s = server_of(u, x->forward, i);

	if (i >= TRIED_MAX || (x->tried & (UINT64_C(1) << i)))
		return NULL;
	x->tried |= UINT64_C(1) << i;
	if (s->skip_until > now) {
		x->timed_out = 1;
		return NULL;
	}
	return s;
}

/*
 * One that works is asked first, but once in a while one that is down, and by
 * one exchange at a time, for it may be silent.
 */
static int
has_turn(struct server *s, int64_t now)
{
	if (s->down_since == 0)
		return 1;
	if (now < s->ask_at)
		return 0;
	s->ask_at = now + (int64_t)s->u->w->conf->connect_timeout * 1000;
	return 1;
}

struct server *
server_choose(struct upstreams *u, struct exchange *x)
{
	const struct edge_forward *f = x->forward;
	int64_t			   now = worker_now(u->w);
	struct server		  *s, *first = server_of(u, f, 0);
	size_t			   i, at;

	if (f->nprimary == 1 && (s = try(u, x, 0, now)) != NULL)
		return s;
	for (i = 0; f->nprimary > 1 && i < f->nprimary; i++) {
		at = (first->turn + i) % f->nprimary;
		if (has_turn(server_of(u, f, at), now) &&
		    (s = try(u, x, at, now)) != NULL) {
			first->turn++;
			return s;
		}
	}
	for (i = 0; i < f->nprimary + f->nbackup; i++)
		if ((s = try(u, x, i, now)) != NULL)
			return s;
	return NULL;
}

struct server *
server_restarting(const struct exchange *x, int64_t now)
{
	const struct edge_forward *f = x->forward;
	int64_t	       wait = (int64_t)x->w->conf->wait_timeout * 1000;
	struct server *s;
	size_t	       i;

	for (i = 0; i < f->nprimary + f->nbackup; i++) {
		s = server_of(x->w->upstreams, f, i);
		if (s->down_since != 0 && now - s->down_since < wait &&
		    s->skip_until <= now)
			return s;
	}
	return NULL;
}

int
server_connect(const struct server *s)
{
	struct sockaddr_storage ss;
	socklen_t		len;
	int			fd, on = 1, error;

	len = (socklen_t)addr_to_sockaddr(&s->conf->addr, s->conf->port, &ss);
	fd =
	    socket(ss.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd == -1)
		return -1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (connect(fd, (struct sockaddr *)&ss, len) == 0 ||
	    errno == EINPROGRESS)
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

int
server_is_ours(int error)
{
	return error == EMFILE || error == ENFILE || error == ENOMEM ||
	    error == ENOBUFS || error == EADDRNOTAVAIL || error == EPERM;
}

/* Not for each request: the log would be the next to run out. */
void
server_say_ours(const struct server *s)
{
	struct upstreams *u = s->u;
	int64_t		  now = worker_now(u->w);

	if (u->said != 0 && now - u->said < SAY_EACH_MS)
		return;
	u->said = now;
	log_warnx("no connection to upstream %s: out of descriptors, ports or "
		  "memory",
	    s->name);
}

/* --- through the parent --- */

int
server_ask(struct up *up)
{
	struct upstreams *u = up->server->u;
	struct wire_msg	  m;

	wire_start(&m, ORDER_ASK_SOCKET);
	wire_put_number(&m, ++u->last_id);
	wire_put_number(&m, up->server->number);
	if (child_tell(u->w->child, &m) == -1)
		return -1;
	up->id = u->last_id;
	TAILQ_INSERT_TAIL(&u->asked, up, entry);
	return 0;
}

void
server_forget(struct up *up)
{
	TAILQ_REMOVE(&up->server->u->asked, up, entry);
	up->id = 0;
}

struct up *
server_asked(struct upstreams *u, uint64_t id)
{
	struct up *up;

	TAILQ_FOREACH(up, &u->asked, entry) {
		if (up->id != id)
			continue;
		server_forget(up);
		return up;
	}
	return NULL;
}
