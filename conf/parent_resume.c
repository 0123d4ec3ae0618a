/* SPDX-License-Identifier: ISC */
/*
 * An upgrade, as those see it who write down what there is, and those who
 * read it: the same program, or another version of it.  So what an item holds
 * never changes; what is new is an item of another name.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "clock.h"
#include "global.h"
#include "kept.h"
#include "log.h"
#include "parent.h"
#include "wire.h"
#include "xalloc.h"

#define OWN "own." /* before the names that the program gives */

/* ---- writing ---- */

static void
add(struct kept *k, const char *name, int fd, const struct wire_msg *m)
{
	if (m->bad)
		bug("upgrade: %s does not fit", name);
	kept_add(k, name, fd, m->data, m->len);
}

static void
write_parent(const struct daemon_parent *p, struct kept *k)
{
	const struct global_conf *g = global_conf(p->now->conf);
	struct wire_msg		  m;
	int			  fd, lock;

	wire_start(&m, 0);
	wire_put_string(&m, VERSION);
	wire_put_number(&m, (uint64_t)p->began);
	wire_put_number(&m, p->reloads);
	wire_put_number(&m, p->restarts);
	wire_put_number(&m, p->ngenerations);
	wire_put_number(&m, p->now->number);
	wire_put_string(&m, g->user);
	wire_put_string(&m, g->state);
	add(k, "parent", -1, &m);
	wire_start(&m, 0);
	control_keep(p, &fd, &lock);
	add(k, "control", fd, &m);
	add(k, "lock", lock, &m);
}

static void
write_listeners(const struct daemon_parent *p, struct kept *k)
{
	const struct listener *l;
	struct wire_msg	       m;
	size_t		       i;

	TAILQ_FOREACH(l, &p->listeners, entry) {
		for (i = 0; i < l->nfds; i++) {
			wire_start(&m, 0);
			wire_put_string(&m, l->label);
			wire_put_number(&m, l->addr.family);
			wire_put_bytes(&m, l->addr.octets,
			    sizeof(l->addr.octets));
			wire_put_number(&m, l->port);
			add(k, "listener", l->fds[i], &m);
		}
	}
}

struct writing {
	struct kept		*k;
	const struct generation *g;
};

static void
write_piece(void *arg, const char *name, const void *bytes, size_t len)
{
	const struct writing *w = arg;
	struct wire_msg	      m;

	wire_start(&m, 0);
	wire_put_number(&m, w->g->number);
	wire_put_string(&m, name);
	wire_put_bytes(&m, bytes, len);
	add(w->k, "text", -1, &m);
}

static void
write_generations(const struct daemon_parent *p, struct kept *k)
{
	struct writing	w = { .k = k };
	struct wire_msg m;

	TAILQ_FOREACH(w.g, &p->generations, entry) {
		wire_start(&m, 0);
		wire_put_number(&m, w.g->number);
		wire_put_number(&m, w.g->nworkers);
		add(k, "generation", -1, &m);
		generation_pieces(w.g, write_piece, &w);
	}
}

static void
write_workers(const struct daemon_parent *p, struct kept *k)
{
	const struct daemon_worker *w;
	struct wire_msg		    m;

	TAILQ_FOREACH(w, &p->workers, entry) {
		if (w->pid == -1)
			continue;
		wire_start(&m, 0);
		wire_put_number(&m, (uint64_t)w->pid);
		wire_put_number(&m, w->generation->number);
		wire_put_number(&m, w->place);
		wire_put_number(&m, w->slot);
		wire_put_number(&m, (uint64_t)w->ready);
		wire_put_number(&m, (uint64_t)w->leaving);
		wire_put_number(&m, (uint64_t)w->started);
		wire_put_number(&m, (uint64_t)w->patience);
		wire_put_string(&m, w->version);
		add(k, "worker", w->fd, &m);
	}
}

void
resume_write(struct daemon_parent *p, struct kept *k)
{
	write_parent(p, k);
	write_listeners(p, k);
	write_generations(p, k);
	write_workers(p, k);
	if (p->daemon->keep != NULL)
		p->daemon->keep(p);
}

void
daemon_keep(struct daemon_parent *p, const char *name, int fd,
    const void *bytes, size_t len)
{
	char *own = xasprintf(OWN "%s", name);

	kept_add(p->kept, own, fd, bytes, len);
	free(own);
}

/* ---- reading ---- */

static const struct kept_item *
find_own(const struct daemon_parent *p, const char *name)
{
	const struct kept_item *item;
	char		       *own;

	if (p->kept == NULL)
		return NULL;
	own = xasprintf(OWN "%s", name);
	item = kept_next(p->kept, own, NULL);
	free(own);
	return item;
}

int
daemon_kept_fd(struct daemon_parent *p, const char *name)
{
	const struct kept_item *item = find_own(p, name);

	return item == NULL ? -1 : kept_take_fd(p->kept, item);
}

const void *
daemon_kept_bytes(struct daemon_parent *p, const char *name, size_t *len)
{
	const struct kept_item *item = find_own(p, name);

	*len = item == NULL ? 0 : item->len;
	return item == NULL ? NULL : item->bytes;
}

/* The next item of that name as a message; NULL: no more. */
static const struct kept_item *
next(const struct daemon_parent *p, const char *name,
    const struct kept_item *after, struct wire_msg *m)
{
	const struct kept_item *item;

	wire_start(m, 0);
	item = kept_next(p->kept, name, after);
	if (item == NULL || item->len > sizeof(m->data)) {
		m->bad = 1;
		return NULL;
	}
	memcpy(m->data, item->bytes, item->len);
	m->len = item->len;
	return item;
}

static struct generation *
find_generation(const struct daemon_parent *p, uint64_t number)
{
	struct generation *g;

	TAILQ_FOREACH(g, &p->generations, entry)
		if (g->number == number)
			return g;
	return NULL;
}

static int
read_texts(struct daemon_parent *p)
{
	const struct kept_item *item = NULL;
	struct generation      *g;
	struct wire_msg		m;
	const char	       *name;
	const void	       *bytes;
	size_t			len;

	while ((item = next(p, "generation", item, &m)) != NULL) {
		g = generation_new(p, NULL, conf_text_new());
		g->number = (unsigned int)wire_get_number(&m);
		g->nworkers = (unsigned int)wire_get_number(&m);
		if (wire_end(&m) == -1)
			return -1;
	}
	while ((item = next(p, "text", item, &m)) != NULL) {
		g = find_generation(p, wire_get_number(&m));
		name = wire_get_string(&m);
		bytes = wire_get_bytes(&m, &len);
		if (wire_end(&m) == -1 || g == NULL ||
		    conf_text_add(g->text, name, bytes, len) == -1)
			return -1;
	}
	return 0;
}

static void
say_old(void *arg, const char *text)
{
	(void)arg;
	log_warnx("the file of before: %s", text);
}

/*
 * This program may not know the words of the one before: then those workers
 * leave as they are, and the file as it is now is in force.
 */
static int
parse_texts(struct daemon_parent *p, const char *user, const char *state)
{
	struct generation *g;
	struct conf_text  *text;

	TAILQ_FOREACH(g, &p->generations, entry)
		g->conf = conf_parse(g->text, say_old, NULL);
	if (p->now->conf == NULL) {
		p->now->conf = conf_read(p->file, &text, say_old, NULL);
		if (p->now->conf == NULL)
			return -1;
		conf_text_free(p->now->text);
		p->now->text = text;
	}
	TAILQ_FOREACH(g, &p->generations, entry)
		if (g->conf != NULL)
			global_keep(g->conf, user, state);
	return 0;
}

static int
read_parent(struct daemon_parent *p)
{
	struct wire_msg m;
	const char     *user, *state, *version;
	uint64_t	now;
	unsigned int	made;

	next(p, "parent", NULL, &m);
	version = wire_get_string(&m);
	p->began = (int64_t)wire_get_number(&m);
	p->reloads = (unsigned int)wire_get_number(&m);
	p->restarts = (unsigned int)wire_get_number(&m);
	made = (unsigned int)wire_get_number(&m);
	now = wire_get_number(&m);
	user = wire_get_string(&m);
	state = wire_get_string(&m);
	if (wire_end(&m) == -1 || read_texts(p) == -1 ||
	    (p->now = find_generation(p, now)) == NULL ||
	    parse_texts(p, user, state) == -1)
		return -1;
	p->ngenerations = made;
	log_info("upgrade: version=%s takes over from version=%s", VERSION,
	    version);
	return 0;
}

int
resume_read(struct daemon_parent *p)
{
	if ((p->kept = kept_read(p->resume_fd)) == NULL) {
		log_warn("-U %d", p->resume_fd);
		return -1;
	}
	kept_close_others(p->kept, STDERR_FILENO + 1);
	if (read_parent(p) == -1) {
		log_warnx("-U: what the program before left makes no sense");
		return -1;
	}
	return 0;
}

static int
read_listeners(struct daemon_parent *p)
{
	const struct kept_item *item = NULL;
	struct wire_msg		m;
	struct addr		a;
	const char	       *label;
	const void	       *octets;
	size_t			len;
	uint16_t		port;

	while ((item = next(p, "listener", item, &m)) != NULL) {
		label = wire_get_string(&m);
		memset(&a, 0, sizeof(a));
		a.family = (enum addr_family)wire_get_number(&m);
		octets = wire_get_bytes(&m, &len);
		port = (uint16_t)wire_get_number(&m);
		if (wire_end(&m) == -1 || len != sizeof(a.octets))
			return -1;
		memcpy(a.octets, octets, len);
		parent_listen_restore(p, label, &a, port,
		    kept_take_fd(p->kept, item));
	}
	return 0;
}

static int
read_workers(struct daemon_parent *p)
{
	const struct kept_item *item = NULL;
	struct daemon_worker   *w;
	struct generation      *g;
	struct wire_msg		m;
	const char	       *version;
	pid_t			pid;

	while ((item = next(p, "worker", item, &m)) != NULL) {
		pid = (pid_t)wire_get_number(&m);
		if ((g = find_generation(p, wire_get_number(&m))) == NULL)
			return -1;
		w = worker_new(p, g, (unsigned int)wire_get_number(&m));
		w->pid = pid;
		w->slot = (unsigned int)wire_get_number(&m);
		w->ready = wire_get_number(&m) != 0;
		w->leaving = (enum leaving)wire_get_number(&m);
		w->started = (int64_t)wire_get_number(&m);
		w->patience = (int64_t)wire_get_number(&m);
		version = wire_get_string(&m);
		if (wire_end(&m) == -1)
			return -1;
		free(w->version);
		w->version = xstrdup(version);
		worker_attach(w, kept_take_fd(p->kept, item));
		if (w->leaving != STAYS)
			worker_timer(w,
			    w->patience > clock_ms() ?
				w->patience - clock_ms() :
				0);
	}
	return 0;
}

void
resume_start(struct daemon_parent *p)
{
	const struct kept_item *control, *lock;
	struct generation      *g, *after;

	control = kept_next(p->kept, "control", NULL);
	lock = kept_next(p->kept, "lock", NULL);
	if (control == NULL || lock == NULL || read_listeners(p) == -1 ||
	    read_workers(p) == -1)
		fatalx(EX_SOFTWARE, "-U: what was left makes no sense");
	control_adopt(p, kept_take_fd(p->kept, control),
	    kept_take_fd(p->kept, lock));
	/* They were made with a reference; now their workers have them. */
	for (g = TAILQ_FIRST(&p->generations); g != NULL; g = after) {
		after = TAILQ_NEXT(g, entry);
		if (g != p->now)
			generation_unref(p, g);
	}
	p->was_ready = 1;
	if (p->daemon->open(p, p->now->conf) == -1)
		fatalx(EX_UNAVAILABLE, "the upgrade has failed");
	crowd_resume(p);
	kept_close_rest(p->kept);
	kept_free(p->kept);
	p->kept = NULL;
	workers_reap(p); /* the signal may have come in between */
	if (parent_reload(p, NULL, NULL) != RELOAD_SENT)
		log_warnx("the workers of before go on");
}
