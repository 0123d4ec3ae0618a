/* SPDX-License-Identifier: ISC */
/*
 * The parent's life: signals, reload, stop.
 */
#include <sys/wait.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <event2/event.h>

#include "clock.h"
#include "global.h"
#include "log.h"
#include "parent.h"
#include "sock.h"
#include "xalloc.h"

#define STOP_SECONDS 10 /* what a child may take to finish */

void
daemon_listener(struct daemon_parent *p, const char *label, int fd,
    const char *path)
{
	struct listener *l;

	if (p->nlisteners == LISTENERS_MAX)
		bug("too many listeners");
	l = &p->listeners[p->nlisteners++];
	l->label = xstrdup(label);
	l->fd = fd;
	l->path = path == NULL ? NULL : xstrdup(path);
}

struct event_base *
daemon_base(struct daemon_parent *p)
{
	return p->base;
}

static void
say_ready(struct daemon_parent *p)
{
	char   name[SOCK_NAME_LEN];
	size_t i;

	if (p->ready_fd == -1)
		return;
	dprintf(p->ready_fd, "ready\n");
	for (i = 0; i < p->nlisteners; i++)
		dprintf(p->ready_fd, "%s\n",
		    sock_name(p->listeners[i].fd, name));
	close(p->ready_fd);
	p->ready_fd = -1;
}

/* Who started us may go on: we work, or why not (an exit status). */
static void
say_started(struct daemon_parent *p, unsigned char status)
{
	if (p->started_fd == -1)
		return;
	if (write(p->started_fd, &status, 1) != 1)
		log_debug("nobody waits for our start");
	close(p->started_fd);
	p->started_fd = -1;
}

int
parent_is_mute(const struct daemon_parent *p)
{
	return !p->foreground && global_conf(p->conf)->log != LOG_TARGET_STDERR;
}

static void
detach(const struct daemon_parent *p)
{
	int null;

	if (p->foreground || (null = open("/dev/null", O_RDWR)) == -1)
		return;
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	if (parent_is_mute(p))
		dup2(null, STDERR_FILENO);
	close(null);
}

void
parent_ready(struct daemon_parent *p)
{
	if (p->was_ready) {
		log_info("the child works again");
		return;
	}
	p->was_ready = 1;
	log_info("ready file=%s version=%s", p->file, VERSION);
	say_ready(p);
	say_started(p, 0);
	detach(p);
}

static void
log_target(const struct daemon_parent *p)
{
	log_init(p->daemon->name,
	    p->foreground ? LOG_TARGET_STDERR : global_conf(p->conf)->log,
	    p->daemon->facility);
}

struct saying {
	conf_say *say;
	void	 *arg;
};

static void
say_both(void *arg, const char *text)
{
	struct saying *s = arg;

	log_warnx("%s", text);
	if (s->say != NULL)
		s->say(s->arg, text);
}

static void
warn_fixed(const struct conf *was, const struct conf *is)
{
	const struct global_conf *a = global_conf(was);
	const struct global_conf *b = global_conf(is);

	if (strcmp(a->user, b->user) != 0 || strcmp(a->state, b->state) != 0)
		log_warnx("a changed \"user\" or \"state\" is used after a "
			  "restart");
}

/* The new file is in force. */
static void
take(struct daemon_parent *p, struct conf *conf, struct conf_text *text)
{
	const struct global_conf *was = global_conf(p->conf);

	warn_fixed(p->conf, conf);
	if (p->daemon->reloaded != NULL)
		p->daemon->reloaded(p, p->conf, conf);
	global_keep(conf, was->user, was->state);
	conf_unref(p->conf);
	conf_text_free(p->text);
	p->conf = conf;
	p->text = text;
	p->reloads++;
	log_target(p);
	log_info("reload");
}

enum reload
parent_reload(struct daemon_parent *p, conf_say *say, void *arg)
{
	struct saying	  s = { .say = say, .arg = arg };
	struct conf	 *conf;
	struct conf_text *text;
	const char	 *why = NULL;

	if (p->next != NULL)
		return RELOAD_BUSY;
	conf = conf_read(p->file, &text, say_both, &s);
	if (conf != NULL && p->daemon->check != NULL)
		why = p->daemon->check(conf);
	if (why != NULL)
		say_both(&s, why);
	if (conf == NULL || why != NULL) {
		log_warnx("reload: keeping the old file");
		conf_unref(conf);
		conf_text_free(text);
		return RELOAD_BAD;
	}
	if (p->worker.pid == -1) {
		take(p, conf, text);
		return RELOAD_DONE;
	}
	p->next = conf;
	p->next_text = text;
	worker_send_text(p, text);
	return RELOAD_SENT;
}

void
parent_reloaded(struct daemon_parent *p, int good)
{
	struct conf	 *conf = p->next;
	struct conf_text *text = p->next_text;

	if (conf == NULL)
		return; /* nobody asked it */
	p->next = NULL;
	p->next_text = NULL;
	if (good)
		take(p, conf, text);
	else {
		log_warnx("reload: the child did not take the file, keeping "
			  "the old one");
		conf_unref(conf);
		conf_text_free(text);
	}
	control_reloaded(p, good);
	if (p->again && parent_reload(p, NULL, NULL) != RELOAD_BUSY)
		p->again = 0;
}

static void
too_long(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	log_warnx("the child does not stop, killing it");
	worker_kill(arg);
}

void
parent_stop(struct daemon_parent *p)
{
	struct timeval tv = { .tv_sec = STOP_SECONDS };

	if (p->stopping)
		return;
	p->stopping = 1;
	log_info("stopping");
	if (p->worker.pid == -1) {
		event_base_loopbreak(p->base);
		return;
	}
	worker_send(p, MSG_STOP);
	evtimer_add(p->deadline, &tv);
}

void
parent_worker_ended(struct daemon_parent *p, int status)
{
	int code;

	if (WIFSIGNALED(status)) {
		log_warnx("the child died by signal %d", WTERMSIG(status));
		code = EX_SOFTWARE;
	} else
		code = WEXITSTATUS(status);
	if (!p->stopping)
		log_warnx("the child could not start, status %d", code);
	if (!p->stopping && code == 0)
		code = EX_SOFTWARE;
	p->status = code;
	event_base_loopbreak(p->base);
}

static void
on_signal(evutil_socket_t sig, short what, void *arg)
{
	struct daemon_parent *p = arg;

	(void)what;
	switch (sig) {
	case SIGCHLD:
		worker_reap(p);
		break;
	case SIGHUP:
		if (!p->stopping && parent_reload(p, NULL, NULL) == RELOAD_BUSY)
			p->again = 1;
		break;
	default:
		parent_stop(p);
		break;
	}
}

static void
watch_signals(struct daemon_parent *p)
{
	static const int which[] = { SIGCHLD, SIGHUP, SIGTERM, SIGINT };
	size_t		 i;

	signal(SIGPIPE, SIG_IGN);
	for (i = 0; i < sizeof(which) / sizeof(which[0]); i++) {
		p->signals[i] = evsignal_new(p->base, which[i], on_signal, p);
		if (p->signals[i] == NULL ||
		    event_add(p->signals[i], NULL) == -1)
			fatalx(EX_OSERR, "cannot watch signals");
	}
}

static void
close_all(struct daemon_parent *p)
{
	size_t i;

	for (i = 0; i < p->nlisteners; i++) {
		close(p->listeners[i].fd);
		if (p->listeners[i].path != NULL)
			unlink(p->listeners[i].path);
		free(p->listeners[i].path);
		free(p->listeners[i].label);
	}
	control_close(p);
	conf_unref(p->next);
	conf_text_free(p->next_text);
	worker_free(p);
	for (i = 0; i < 4; i++)
		event_free(p->signals[i]);
	event_free(p->deadline);
	event_base_free(p->base);
}

int
parent_run(struct daemon_parent *p)
{
	p->began = clock_ms();
	p->base = event_base_new();
	if (p->base == NULL)
		fatalx(EX_OSERR, "cannot make an event loop");
	p->deadline = evtimer_new(p->base, too_long, p);
	if (p->deadline == NULL)
		fatalx(EX_OSERR, "out of memory");
	log_target(p);
	watch_signals(p);
	worker_init(p);
	if (control_open(p) == -1 || p->daemon->open(p, p->conf) == -1)
		p->status = EX_UNAVAILABLE;
	else {
		if (p->daemon->child == NULL)
			parent_ready(p);
		else
			worker_start(p);
		event_base_dispatch(p->base);
	}
	say_started(p, (unsigned char)p->status);
	log_info("stopped status=%d", p->status);
	close_all(p);
	return p->status;
}
