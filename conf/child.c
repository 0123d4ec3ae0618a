/* SPDX-License-Identifier: ISC */
/*
 * The jailed child's end of the wire.
 */
#include <sys/queue.h>
#include <sys/socket.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon.h"
#include "global.h"
#include "log.h"
#include "parent.h"
#include "wire.h"
#include "xalloc.h"

/* How long a child waits for its parent to take a log line. */
#define LOG_WAIT_MS 1000

/* What came before the start is kept: a wire's worth of certificates. */
#define EARLY_MAX 65536

struct child_listener {
	char *label;
	int   fd; /* -1: the program has it */
};

struct early {
	TAILQ_ENTRY(early) entry;
	struct wire_msg msg;
};

struct child {
	const struct daemon   *daemon;
	struct conf	      *conf;
	struct conf	      *was;  /* until the new one is in force */
	struct conf_text      *text; /* being received */
	struct child_listener *listeners;
	size_t		       nlisteners;
	unsigned int	       slot;
	TAILQ_HEAD(, early) early; /* messages of before the start */
	size_t		nearly;
	struct wire_msg message;     /* of the last CHILD_MESSAGE */
	int		acknowledge; /* a reload is being applied */
};

static atomic_uint lines_lost;

static int
send_now(const struct wire_msg *m, int wait_ms)
{
	struct pollfd pfd = { .fd = WIRE_FD, .events = POLLOUT };

	if (wire_send(WIRE_FD, m, MSG_DONTWAIT) == 0)
		return 0;
	if (errno != EAGAIN && errno != ENOBUFS)
		return -1;
	if (poll(&pfd, 1, wait_ms) <= 0)
		return -1;
	return wire_send(WIRE_FD, m, MSG_DONTWAIT);
}

static int
send_line(enum log_level level, const char *text, int wait_ms)
{
	struct wire_msg m;

	wire_start(&m, MSG_LOG);
	wire_put_number(&m, level);
	wire_put_string(&m, text);
	return send_now(&m, wait_ms);
}

/*
 * A parent that does not read must not stop the mail: after a moment the
 * line is lost, and those that follow are, without any moment, until one gets
 * through again.  The loss is said then.
 */
static void
log_to_parent(enum log_level level, const char *text)
{
	char	     lost[64];
	unsigned int n;

	n = atomic_load(&lines_lost);
	if (send_line(level, text, n > 0 ? 0 : LOG_WAIT_MS) == -1) {
		atomic_fetch_add(&lines_lost, 1);
		return;
	}
	if ((n = atomic_exchange(&lines_lost, 0)) > 0) {
		snprintf(lost, sizeof(lost), "%u log lines were lost", n);
		if (send_line(LOG_LEVEL_WARN, lost, 0) == -1)
			atomic_fetch_add(&lines_lost, n);
	}
}

static void
say_error(void *arg, const char *text)
{
	(void)arg;
	log_warnx("%s", text);
}

/* The whole text is here: parse it, and take it if it is good. */
static int
commit(struct child *c, const char *user, const char *state)
{
	struct conf *conf;

	conf = conf_parse(c->text, say_error, NULL);
	conf_text_free(c->text);
	c->text = NULL;
	if (conf == NULL)
		return -1;
	global_keep(conf, user, state);
	c->was = c->conf;
	c->conf = conf;
	return 0;
}

static int
take_text(struct child *c, struct wire_msg *m)
{
	const char *name;
	const void *bytes;
	size_t	    len;

	name = wire_get_string(m);
	bytes = wire_get_bytes(m, &len);
	if (wire_end(m) == -1)
		return -1;
	if (c->text == NULL)
		c->text = conf_text_new();
	return conf_text_add(c->text, name, bytes, len);
}

static int
take_listener(struct child *c, struct wire_msg *m)
{
	const char	      *label;
	struct child_listener *l;

	label = wire_get_string(m);
	if (wire_end(m) == -1 || m->fd == -1)
		return -1;
	c->listeners =
	    xreallocarray(c->listeners, c->nlisteners + 1, sizeof(*l));
	l = &c->listeners[c->nlisteners++];
	l->label = xstrdup(label);
	l->fd = m->fd;
	return 0;
}

/* The program's own, before it runs. */
static int
keep_early(struct child *c, const struct wire_msg *m)
{
	struct early *e;

	if (m->type < DAEMON_MSG_OWN || c->nearly == EARLY_MAX)
		return -1;
	e = xcalloc(1, sizeof(*e));
	e->msg = *m;
	TAILQ_INSERT_TAIL(&c->early, e, entry);
	c->nearly++;
	return 0;
}

/* The message is the child's now, until the next one. */
static void
use_message(struct child *c, const struct wire_msg *m)
{
	if (c->message.fd != -1)
		close(c->message.fd);
	if (m == NULL)
		wire_start(&c->message, 0);
	else
		c->message = *m;
}

static int
next_early(struct child *c)
{
	struct early *e;

	if ((e = TAILQ_FIRST(&c->early)) == NULL)
		return 0;
	use_message(c, &e->msg);
	TAILQ_REMOVE(&c->early, e, entry);
	explicit_bzero(e, sizeof(*e)); /* it may have been a key */
	free(e);
	return 1;
}

static int
take_commit(struct child *c, struct wire_msg *m)
{
	const char *user, *state;
	int	    verbose;

	verbose = (int)wire_get_number(m);
	user = wire_get_string(m);
	state = wire_get_string(m);
	if (wire_end(m) == -1 || c->text == NULL)
		return -1;
	log_verbose(verbose);
	return commit(c, user, state);
}

/* Until the parent says start: the file and the descriptors. */
static void
receive_all(struct child *c)
{
	struct wire_msg m;
	int		good;

	for (;;) {
		switch (wire_recv(WIRE_FD, &m, 0)) {
		case 0:
			exit(0);
		case -1:
			fatal(EX_OSERR, "wire");
		default:
			break;
		}
		switch (m.type) {
		case MSG_TEXT:
			good = take_text(c, &m) == 0;
			break;
		case MSG_COMMIT:
			good = take_commit(c, &m) == 0;
			break;
		case MSG_LISTENER:
			good = take_listener(c, &m) == 0;
			break;
		case MSG_START:
			c->slot = (unsigned int)wire_get_number(&m);
			if (wire_end(&m) == -1 || c->conf == NULL)
				fatalx(EX_SOFTWARE, "wire: bad start");
			return;
		case MSG_DRAIN:
		case MSG_STOP:
			exit(0);
		default:
			good = keep_early(c, &m) == 0;
			break;
		}
		if (!good)
			fatalx(EX_CONFIG, "what the parent sent is no good");
	}
}

int
child_run(const struct daemon *d)
{
	struct child c;
	size_t	     i;
	int	     status;

	memset(&c, 0, sizeof(c));
	c.daemon = d;
	TAILQ_INIT(&c.early);
	wire_start(&c.message, 0);
	if (fcntl(WIRE_FD, F_SETFD, FD_CLOEXEC) == -1)
		fatal(EX_USAGE, "not started by a parent");
	log_init(d->name, LOG_TARGET_STDERR, d->facility);
	log_divert(log_to_parent);
	receive_all(&c);
	status = d->child(&c);
	for (i = 0; i < c.nlisteners; i++) {
		free(c.listeners[i].label);
		if (c.listeners[i].fd != -1)
			close(c.listeners[i].fd);
	}
	free(c.listeners);
	while (next_early(&c))
		continue;
	use_message(&c, NULL);
	conf_text_free(c.text);
	conf_unref(c.was);
	conf_unref(c.conf);
	return status;
}

const struct conf *
child_conf(const struct child *c)
{
	return c->conf;
}

int
child_listener(struct child *c, const char *label)
{
	size_t i;
	int    fd;

	for (i = 0; i < c->nlisteners; i++) {
		if (c->listeners[i].fd == -1 ||
		    strcmp(c->listeners[i].label, label) != 0)
			continue;
		fd = c->listeners[i].fd;
		c->listeners[i].fd = -1;
		return fd;
	}
	return -1;
}

unsigned int
child_slot(const struct child *c)
{
	return c->slot;
}

struct wire_msg *
child_message(struct child *c)
{
	return &c->message;
}

int
child_tell(struct child *c, const struct wire_msg *m)
{
	(void)c;
	return wire_send(WIRE_FD, m, MSG_DONTWAIT);
}

int
child_log(struct child *c, const char *line)
{
	(void)c;
	return send_line(LOG_LEVEL_INFO, line, 0);
}

static void
tell(enum daemon_msg type, int with_number, uint64_t number)
{
	struct wire_msg m;

	wire_start(&m, type);
	if (with_number)
		wire_put_number(&m, number);
	if (wire_send(WIRE_FD, &m, 0) == -1)
		log_debug("the parent does not listen");
}

void
child_ready(struct child *c)
{
	(void)c;
	tell(MSG_READY, 0, 0);
}

int
child_fd(const struct child *c)
{
	(void)c;
	return WIRE_FD;
}

void
child_status(struct child *c, const char *text)
{
	struct wire_msg m;

	(void)c;
	wire_start(&m, MSG_STATUS_TEXT);
	wire_put_string(&m, text);
	if (wire_send(WIRE_FD, &m, 0) == -1)
		log_warn("status");
}

/* One message; CHILD_NOTHING means go on with the next one. */
static enum child_event
handle(struct child *c, struct wire_msg *m)
{
	switch (m->type) {
	case MSG_TEXT:
		if (take_text(c, m) == -1)
			break;
		return CHILD_NOTHING;
	case MSG_COMMIT:
		if (take_commit(c, m) == -1) {
			tell(MSG_RELOADED, 1, 0);
			return CHILD_NOTHING;
		}
		c->acknowledge = 1;
		return CHILD_RELOAD;
	case MSG_STATUS:
		return CHILD_STATUS;
	case MSG_DRAIN:
		return CHILD_DRAIN;
	case MSG_STOP:
		return CHILD_STOP;
	default:
		if (m->type < DAEMON_MSG_OWN)
			break;
		use_message(c, m);
		return CHILD_MESSAGE;
	}
	log_warnx("the parent sent a message that makes no sense");
	if (m->fd != -1)
		close(m->fd);
	return CHILD_GONE;
}

/*
 * The program comes back after a reload when the new file is in force, or
 * refuses it: only now the parent may say so to whoever asked for it.
 */
static void
settle(struct child *c, int good)
{
	if (!c->acknowledge)
		return;
	c->acknowledge = 0;
	conf_unref(good ? c->was : c->conf);
	if (!good)
		c->conf = c->was;
	c->was = NULL;
	tell(MSG_RELOADED, 1, (uint64_t)good);
}

void
child_refuse(struct child *c)
{
	settle(c, 0);
}

enum child_event
child_next(struct child *c, int wait)
{
	struct wire_msg	 m;
	enum child_event event;

	settle(c, 1);
	if (next_early(c))
		return CHILD_MESSAGE;
	use_message(c, NULL);
	for (;;) {
		switch (wire_recv(WIRE_FD, &m, wait ? 0 : MSG_DONTWAIT)) {
		case 0:
			return CHILD_GONE;
		case -1:
			if (errno == EAGAIN)
				return CHILD_NOTHING;
			log_warn("wire");
			return CHILD_GONE;
		default:
			event = handle(c, &m);
			if (event != CHILD_NOTHING)
				return event;
		}
	}
}
