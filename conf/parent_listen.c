/* SPDX-License-Identifier: ISC */
/*
 * The listeners, which outlive workers, files and (over an upgrade) programs.
 */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "global.h"
#include "log.h"
#include "parent.h"
#include "sock.h"
#include "xalloc.h"

static struct listener *
listener_new(struct daemon_parent *p)
{
	struct listener *l;

	l = xcalloc(1, sizeof(*l));
	TAILQ_INSERT_TAIL(&p->listeners, l, entry);
	return l;
}

static void
listener_free(struct daemon_parent *p, struct listener *l)
{
	size_t i;

	TAILQ_REMOVE(&p->listeners, l, entry);
	for (i = 0; i < l->nfds; i++)
		close(l->fds[i]);
	if (l->path != NULL)
		unlink(l->path);
	free(l->path);
	free(l->label);
	free(l->next_label);
	free(l->fds);
	free(l);
}

void
parent_listen_restore(struct daemon_parent *p, const char *label,
    const struct addr *a, uint16_t port, int fd)
{
	struct listener *l;

	TAILQ_FOREACH(l, &p->listeners, entry)
		if (strcmp(l->label, label) == 0)
			break;
	if (l == NULL) {
		l = listener_new(p);
		l->label = xstrdup(label);
		l->addr = *a;
		l->port = port;
	}
	l->fds = xreallocarray(l->fds, l->nfds + 1, sizeof(*l->fds));
	l->fds[l->nfds++] = fd;
}

int
daemon_listen_doors(struct daemon_parent *p, const struct conf *conf,
    const char *name)
{
	const struct global_conf *g = global_conf(conf);
	struct passwd		 *pw;
	char			 *path;
	int			  fd;

	/* Where there is no mail door, there need be no such user. */
	if ((pw = getpwnam(g->user)) == NULL)
		log_info("there is no user \"%s\": only root may come",
		    g->user);
	path = xasprintf("%s/run/%s", g->state, name);
	fd = sock_listen_unix(path, 0, pw != NULL ? pw->pw_gid : 0, 0660);
	if (fd != -1)
		daemon_listener(p, name, fd, path);
	free(path);
	return fd == -1 ? -1 : 0;
}

void
daemon_listener(struct daemon_parent *p, const char *label, int fd,
    const char *path)
{
	struct listener *l;

	l = listener_new(p);
	l->label = xstrdup(label);
	l->fds = xcalloc(1, sizeof(*l->fds));
	l->fds[l->nfds++] = fd;
	if (path != NULL)
		l->path = xstrdup(path);
}

void
parent_listen_try(struct daemon_parent *p)
{
	struct listener *l;

	TAILQ_FOREACH(l, &p->listeners, entry)
		l->nwere = l->nfds;
}

/* Is one of ours on that port now, wherever? */
static int
is_ours(const struct daemon_parent *p, uint16_t port)
{
	const struct listener *l;

	TAILQ_FOREACH(l, &p->listeners, entry)
		if (l->nfds > 0 && sock_port(l->fds[0]) == port)
			return 1;
	return 0;
}

/*
 * The one that was there, if it is: by what the file says, and of several
 * that say the same (port 0) by their order.
 */
static struct listener *
find(struct daemon_parent *p, const struct addr *a, uint16_t port)
{
	struct listener *l;

	TAILQ_FOREACH(l, &p->listeners, entry)
		if (l->next_label == NULL && l->port == port &&
		    addr_equal(&l->addr, a))
			return l;
	if (port != 0 && !is_ours(p, port) && sock_free_inet(a, port) == -1)
		return NULL;
	l = listener_new(p);
	l->addr = *a;
	l->port = port;
	return l;
}

int
daemon_listen(struct daemon_parent *p, const char *label, const struct addr *a,
    uint16_t port)
{
	const struct generation *g = p->next != NULL ? p->next : p->now;
	struct listener		*l;
	size_t			 room;
	int			 n;

	if ((l = find(p, a, port)) == NULL)
		return -1;
	l->next_label = xstrdup(label);
	room = l->nfds > g->nworkers ? l->nfds : g->nworkers;
	l->fds = xreallocarray(l->fds, room, sizeof(*l->fds));
	n = sock_listen_crowd(a, port, l->fds, l->nfds, g->nworkers);
	if (n == -1)
		return -1;
	l->nfds = (size_t)n;
	return 0;
}

static void
settle(struct daemon_parent *p, struct listener *l, int good)
{
	if (good) {
		free(l->label);
		l->label = l->next_label;
		l->next_label = NULL;
	} else {
		free(l->next_label);
		l->next_label = NULL;
		while (l->label != NULL && l->nfds > l->nwere)
			close(l->fds[--l->nfds]);
	}
	if (l->label == NULL)
		listener_free(p, l);
}

void
parent_listen_settle(struct daemon_parent *p, int good)
{
	struct listener *l, *next;

	for (l = TAILQ_FIRST(&p->listeners); l != NULL; l = next) {
		next = TAILQ_NEXT(l, entry);
		settle(p, l, good);
	}
}

/*
 * Each place has a socket of its own.  If there are more than places, there
 * were more places once: they are shared out, for none may stay unattended.
 * If there is but one, all have that.
 */
void
parent_listen_each(const struct daemon_worker *w,
    void (*fn)(void *arg, const char *label, int fd), void *arg)
{
	const struct listener *l;
	const char	      *label;
	size_t		       i, n = w->generation->nworkers;

	TAILQ_FOREACH(l, &w->parent->listeners, entry) {
		label =
		    w->generation == w->parent->next ? l->next_label : l->label;
		if (label == NULL)
			continue;
		for (i = 0; i < l->nfds; i++)
			if (l->nfds < n || i % n == w->place)
				fn(arg, label, l->fds[i]);
	}
}

void
parent_listen_close(struct daemon_parent *p)
{
	struct listener *l;

	while ((l = TAILQ_FIRST(&p->listeners)) != NULL)
		listener_free(p, l);
}
