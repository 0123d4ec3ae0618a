/* SPDX-License-Identifier: ISC */
/*
 * The daemon of daemon_crowd_test.c: workers that say who they are to whoever
 * connects, and keep that connection until the other end closes it.  What goes
 * wrong, files tell: whether they are there, and what number they hold.
 */
#ifndef CROWD_CHILD_H
#define CROWD_CHILD_H

#include <sys/socket.h>
#include <sys/types.h>

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "addr.h"
#include "conf.h"
#include "daemon.h"
#include "log.h"
#include "moment.h"
#include "wire.h"

#define NAME	   "crowd"
#define SLOTS	   16
#define POLL_MAX   32
#define MSG_HELLO  (DAEMON_MSG_OWN + 0) /* text; a descriptor, to write to */
#define MSG_THANKS (DAEMON_MSG_OWN + 1) /* text */
#define MSG_ASK	   (DAEMON_MSG_OWN + 2) /* for a descriptor: MSG_HELLO */

static const char *
sign(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", getenv("TEST_DIR"), name);
	return path;
}

static int
is_signed(const char *name)
{
	return access(sign(name), F_OK) == 0;
}

static void
write_sign(const char *name, const char *text)
{
	FILE *fp = fopen(sign(name), "w");

	if (fp == NULL)
		abort();
	fputs(text, fp);
	fclose(fp);
}

static unsigned int
signed_number(const char *name, unsigned int otherwise)
{
	unsigned int n = otherwise;
	FILE	    *fp = fopen(sign(name), "r");

	if (fp == NULL)
		return otherwise;
	if (fscanf(fp, "%u", &n) != 1)
		n = otherwise;
	fclose(fp);
	return n;
}

/* ---- the worker ---- */

struct life {
	struct child *child;
	struct pollfd fds[POLL_MAX]; /* the wire, listeners, connections */
	nfds_t	      nlisteners, n;
	int	      leaving;
};

static void
take_message(struct child *c)
{
	struct wire_msg *m = child_message(c), thanks;
	const char	*text = wire_get_string(m);

	log_info("message %s", text);
	wire_start(&thanks, MSG_THANKS);
	wire_put_string(&thanks, text);
	thanks.fd = m->fd;
	if (child_tell(c, &thanks) == -1)
		log_warn("tell");
}

/* 0, or -1 to end at once. */
static int
hear(struct life *l)
{
	for (;;) {
		switch (child_next(l->child, 0)) {
		case CHILD_MESSAGE:
			take_message(l->child);
			break;
		case CHILD_GONE:
			write_sign("gone", "");
			return -1;
		case CHILD_DRAIN:
		case CHILD_STOP:
			for (; l->nlisteners > 0; l->nlisteners--, l->n--) {
				close(l->fds[1].fd);
				memmove(&l->fds[1], &l->fds[2],
				    (l->n - 2) * sizeof(l->fds[0]));
			}
			l->leaving = 1;
			break;
		case CHILD_NOTHING:
			return 0;
		case CHILD_RELOAD:
		case CHILD_STATUS:
			return -1;
		}
	}
}

static void
add(struct life *l, int fd)
{
	l->fds[l->n].fd = fd;
	l->fds[l->n].events = POLLIN;
	l->fds[l->n++].revents = 0;
}

static void
move(struct life *l)
{
	char   text[32];
	nfds_t i;
	int    fd;

	for (i = 1; i <= l->nlisteners; i++) {
		fd = accept4(l->fds[i].fd, NULL, NULL, SOCK_NONBLOCK);
		if (fd == -1)
			continue;
		snprintf(text, sizeof(text), "%ld\n", (long)getpid());
		if (write(fd, text, strlen(text)) == -1)
			log_warn("write");
		add(l, fd);
	}
	for (; i < l->n; i++)
		if (l->fds[i].revents != 0) {
			close(l->fds[i].fd);
			l->fds[i--] = l->fds[--l->n];
		}
}

/* One that was taken over, say: it asks and asks, and takes nothing. */
static void
be_greedy(struct child *c)
{
	struct wire_msg m;

	wire_start(&m, MSG_ASK);
	while (is_signed("greedy"))
		if (child_tell(c, &m) == -1)
			tick();
}

/* They are the parent's, too, and of the workers that follow. */
static void
break_listeners(const struct life *l)
{
	nfds_t i;

	for (i = 1; i <= l->nlisteners; i++) {
		shutdown(l->fds[i].fd, SHUT_RDWR);
		(void)fcntl(l->fds[i].fd, F_SETFL, 0);
	}
}

static int
child(struct child *c)
{
	struct life l = { .child = c };
	int	    fd;

	while (is_signed("hold"))
		tick();
	if (is_signed("fail"))
		return 3;
	while (is_signed("last") && child_slot(c) % 3 == 0)
		tick();
	add(&l, child_fd(c));
	while ((fd = child_listener(c, "listen 0")) != -1) {
		add(&l, fd);
		l.nlisteners++;
	}
	if (is_signed("shut"))
		break_listeners(&l);
	log_info("slot %u with %d sockets", child_slot(c), (int)l.nlisteners);
	if (hear(&l) == -1)
		return 0;
	child_ready(c);
	if (is_signed("greedy") && child_slot(c) == 0)
		be_greedy(c);
	while (!l.leaving || l.n > 1 || is_signed("stay")) {
		if (poll(l.fds, l.n, -1) == -1 || hear(&l) == -1)
			break;
		move(&l);
	}
	return 0;
}

/* ---- the parent ---- */

static int kept = -1;

static int
open_all(struct daemon_parent *p, const struct conf *conf)
{
	size_t	    len;
	const char *bytes;
	int	    fd;

	(void)conf;
	bytes = daemon_kept_bytes(p, "word", &len);
	fd = daemon_kept_fd(p, "fd");
	if (bytes != NULL)
		log_info("kept %.*s %d", (int)len, bytes, fd != -1);
	kept = fd != -1 ? fd : open("/dev/null", O_RDONLY | O_CLOEXEC);
	return 0;
}

static unsigned int
workers(const struct conf *conf)
{
	(void)conf;
	return signed_number("workers", 3);
}

static unsigned int
drain(const struct conf *conf)
{
	(void)conf;
	return signed_number("drain", 60);
}

static int
prepare(struct daemon_parent *p, const struct conf *conf)
{
	struct addr a;

	(void)conf;
	if (is_signed("unprepared")) {
		log_warnx("this cannot be prepared");
		return -1;
	}
	addr_parse(&a, "127.0.0.1");
	return daemon_listen(p, "listen 0", &a, 0);
}

static void
settle(struct daemon_parent *p, int good)
{
	(void)p;
	log_info("settled %d", good);
}

static void
hire(struct daemon_parent *p, struct daemon_worker *w)
{
	struct wire_msg m;

	(void)p;
	wire_start(&m, MSG_HELLO);
	wire_put_string(&m, "hello");
	m.fd = STDERR_FILENO;
	daemon_worker_send(w, &m);
}

#define MANY 150 /* descriptors that the parent shall never have */

static int too_many;

static int
hand_out(struct daemon_worker *w)
{
	struct wire_msg m;
	int		fd;

	wire_start(&m, MSG_HELLO);
	wire_put_string(&m, "take it");
	if ((m.fd = open("/dev/null", O_RDONLY | O_CLOEXEC)) == -1)
		return -1;
	daemon_worker_send(w, &m);
	if ((fd = fcntl(m.fd, F_DUPFD, MANY)) != MANY)
		too_many = 1;
	close(fd);
	close(m.fd);
	return 0;
}

static int
message(struct daemon_parent *p, struct daemon_worker *w, struct wire_msg *m)
{
	(void)p;
	if (m->type == MSG_ASK)
		return hand_out(w);
	if (m->type != MSG_THANKS || m->fd == -1)
		return -1;
	log_info("thanks %s slot=%u", wire_get_string(m),
	    daemon_worker_slot(w));
	return wire_end(m);
}

static void
each(struct daemon_worker *w, void *arg)
{
	(void)w;
	(*(int *)arg)++;
}

static void
usr1(struct daemon_parent *p)
{
	int n = 0;

	daemon_each(p, each, &n);
	log_info("usr1 %d", n);
	log_info("%s descriptors", too_many ? "too many" : "few");
}

static void
keep(struct daemon_parent *p)
{
	daemon_keep(p, "word", -1, "marble", 6);
	daemon_keep(p, "fd", kept, NULL, 0);
}

static void
fired(struct daemon_parent *p, unsigned int slot)
{
	(void)p;
	log_info("fired %u", slot);
}

static char *
status(void)
{
	return strdup("own line\n");
}

static const struct daemon crowd = {
	.name = NAME,
	.facility = LOG_DAEMON,
	.open = open_all,
	.child = child,
	.status = status,
	.workers = workers,
	.slots = SLOTS,
	.drain = drain,
	.prepare = prepare,
	.settle = settle,
	.hire = hire,
	.fired = fired,
	.message = message,
	.usr1 = usr1,
	.keep = keep,
};

#endif /* CROWD_CHILD_H */
