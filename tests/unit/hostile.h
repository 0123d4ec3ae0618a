/* SPDX-License-Identifier: ISC */
/*
 * The children of daemon_test.c, each of which goes wrong in a way of its
 * own.
 */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <sys/socket.h>
#include <sys/types.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "conf.h"
#include "daemon.h"
#include "global.h"
#include "log.h"
#include "moment.h"
#include "wire.h"

#define NAME "hostile"

/* A file that tells the test, or that the test tells by. */
static const char *
sign(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", getenv("TEST_DIR"), name);
	return path;
}

static void
make_sign(const char *name)
{
	close(open(sign(name), O_WRONLY | O_CREAT, 0644));
}

static void
wait_sign(const char *name)
{
	while (access(sign(name), F_OK) == -1)
		tick();
}

static void
wait_message(void)
{
	struct pollfd pfd = { .fd = WIRE_FD, .events = POLLIN };

	poll(&pfd, 1, -1);
}

static void
serve(struct child *c, void (*reload)(struct child *), const char *status)
{
	for (;;) {
		switch (child_next(c, 1)) {
		case CHILD_RELOAD:
			if (reload != NULL)
				reload(c);
			break;
		case CHILD_STATUS:
			child_status(c, status);
			break;
		case CHILD_MESSAGE:
		case CHILD_NOTHING:
			break;
		case CHILD_DRAIN:
		case CHILD_STOP:
		case CHILD_GONE:
			return;
		}
	}
}

/* Says something, hangs up, and lives on; what it was sent is not read. */
static void
hangs_up(struct child *c)
{
	(void)c;
	wait_message();
	log_info("last words");
	close(WIRE_FD);
	for (;;)
		pause();
}

static void
sends_nothing(struct child *c)
{
	(void)c;
	send(WIRE_FD, "", 0, 0);
	for (;;)
		pause();
}

static void
sends_garbage(struct child *c)
{
	int i;

	(void)c;
	for (i = 0; i < 5000; i++)
		send(WIRE_FD, "?", 1, MSG_NOSIGNAL);
	for (;;)
		pause();
}

static void
sends_unknown(struct child *c)
{
	struct wire_msg m;
	int		i;

	(void)c;
	wire_start(&m, 4711);
	for (i = 0; i < 5000; i++)
		if (wire_send(WIRE_FD, &m, 0) == -1)
			break;
	for (;;)
		pause();
}

static void
says_bad_status(struct child *c)
{
	serve(c, NULL, "a \033[31m1\n.\nok\nno newline");
}

static void
dies(struct child *c)
{
	(void)c;
	exit(3);
}

/* It takes the first file when it may, and none after that. */
static void
take_one(struct child *c)
{
	static int taken;

	make_sign("looking");
	wait_sign("go");
	if (taken++ > 0)
		child_refuse(c);
}

static void
takes_one(struct child *c)
{
	log_info("log to %d", (int)global_conf(child_conf(c))->log);
	serve(c, take_one, "");
}

static void
tells_state(struct child *c)
{
	const struct global_conf *g = global_conf(child_conf(c));

	log_info("%s in %s", g->user, g->state);
	serve(c, NULL, "");
}

/* More than fits into the wire; each line that is lost takes its time. */
static void
talks(struct child *c)
{
	int i;

	wait_message();
	kill(getppid(), SIGSTOP);
	for (i = 0; i < 3000; i++)
		log_info("line %d", i);
	make_sign("talked");
	serve(c, NULL, "");
}

static void
is_of_another_version(struct child *c)
{
	(void)c;
	exit(EX_PROTOCOL);
}

static const struct mode {
	const char *name;
	void (*live)(struct child *);
} modes[] = {
	{ "hangs up", hangs_up },
	{ "sends nothing", sends_nothing },
	{ "sends garbage", sends_garbage },
	{ "sends unknown", sends_unknown },
	{ "bad status", says_bad_status },
	{ "dies", dies },
	{ "takes one", takes_one },
	{ "tells state", tells_state },
	{ "talks", talks },
	{ "version", is_of_another_version },
};

static int
child(struct child *c)
{
	const char *mode = getenv("TEST_MODE");
	size_t	    i;

	child_ready(c);
	for (i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (strcmp(modes[i].name, mode) == 0)
			modes[i].live(c);
	return 0;
}

static int
open_all(struct daemon_parent *p, const struct conf *conf)
{
	(void)p;
	(void)conf;
	return 0;
}

static const struct daemon hostile = {
	.name = NAME,
	.facility = LOG_DAEMON,
	.open = open_all,
	.child = child,
};

#endif /* HOSTILE_H */
