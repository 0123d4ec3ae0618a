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

struct event_base *
daemon_base(struct daemon_parent *p)
{
	return p->base;
}

static void
say_ready(struct daemon_parent *p)
{
	const struct listener *l;
	char		       name[SOCK_NAME_LEN];

	if (p->ready_fd == -1)
		return;
	dprintf(p->ready_fd, "ready\n");
	TAILQ_FOREACH(l, &p->listeners, entry)
		dprintf(p->ready_fd, "%s\n", sock_name(l->fds[0], name));
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
	return !p->foreground &&
	    global_conf(p->now->conf)->log != LOG_TARGET_STDERR;
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
parent_next_turn(struct daemon_parent *p)
{
	control_turn(p);
	if (p->stopping)
		return;
	if (p->again && parent_reload(p, NULL, NULL) != RELOAD_BUSY)
		p->again = 0;
	if (p->upgrade_again && p->next == NULL) {
		p->upgrade_again = 0;
		upgrade_try(p);
	}
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
	parent_next_turn(p);
}

static void
log_target(const struct daemon_parent *p)
{
	log_init(p->daemon->name,
	    p->foreground ? LOG_TARGET_STDERR : global_conf(p->now->conf)->log,
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
take(struct daemon_parent *p, struct generation *g)
{
	const struct global_conf *was = global_conf(p->now->conf);
	struct daemon_worker	 *w;

	warn_fixed(p->now->conf, g->conf);
	if (p->daemon->reloaded != NULL)
		p->daemon->reloaded(p, p->now->conf, g->conf);
	global_keep(g->conf, was->user, was->state);
	if (!parent_has_crowd(p) && (w = worker_only(p)) != NULL) {
		generation_unref(p, w->generation);
		w->generation = generation_ref(g);
	}
	generation_unref(p, p->now);
	p->now = g;
	p->reloads++;
	log_target(p);
	log_info("reload");
}

/*
 * What preparing a file has to say is for whoever asked for it, too.  There is
 * one parent in a process, and it does one thing at a time.
 */
static struct saying *overhears;

static void
overhear(enum log_level level, const char *text)
{
	log_divert(NULL);
	log_raw(level, text);
	if (level >= LOG_LEVEL_WARN && overhears->say != NULL)
		overhears->say(overhears->arg, text);
	log_divert(overhear);
}

static int
try_crowd(struct daemon_parent *p, struct saying *s)
{
	int ret;

	overhears = s;
	log_divert(overhear);
	ret = crowd_try(p);
	log_divert(NULL);
	return ret;
}

static enum reload
refuse(struct daemon_parent *p)
{
	log_warnx("reload: keeping the old file");
	generation_unref(p, p->next);
	p->next = NULL;
	return RELOAD_BAD;
}

enum reload
parent_reload(struct daemon_parent *p, conf_say *say, void *arg)
{
	struct saying	  s = { .say = say, .arg = arg };
	struct conf	 *conf;
	struct conf_text *text;
	const char	 *why = NULL;

	if (p->next != NULL || p->upgrade != NULL ||
	    (parent_has_crowd(p) && !p->was_ready))
		return RELOAD_BUSY;
	conf = conf_read(p->file, &text, say_both, &s);
	if (conf != NULL && p->daemon->check != NULL)
		why = p->daemon->check(conf);
	if (why != NULL)
		say_both(&s, why);
	if (conf == NULL || why != NULL) {
		conf_unref(conf);
		conf_text_free(text);
		return refuse(p);
	}
	p->next = generation_new(p, conf, text);
	if (parent_has_crowd(p))
		return try_crowd(p, &s) == -1 ? refuse(p) : RELOAD_SENT;
	if (worker_only(p) == NULL || worker_only(p)->pid == -1) {
		take(p, p->next);
		p->next = NULL;
		return RELOAD_DONE;
	}
	worker_send_text(worker_only(p), p->next);
	return RELOAD_SENT;
}

void
parent_reloaded(struct daemon_parent *p, const char *why)
{
	struct generation *g = p->next;

	if (g == NULL)
		return; /* nobody asked it */
	p->next = NULL;
	if (why == NULL)
		take(p, g);
	else {
		log_warnx("reload: %s, keeping the old one", why);
		generation_unref(p, g);
	}
	if (why == NULL && parent_has_crowd(p))
		crowd_relieve(p);
	control_reloaded(p, why);
	parent_next_turn(p);
}

void
parent_deadline(struct daemon_parent *p, unsigned int seconds)
{
	struct timeval tv = { .tv_sec = (time_t)seconds };

	evtimer_add(p->deadline, &tv);
}

static void
too_long(evutil_socket_t fd, short what, void *arg)
{
	struct daemon_parent *p = arg;

	(void)fd;
	(void)what;
	if (parent_has_crowd(p)) {
		crowd_deadline(p);
		return;
	}
	log_warnx("the child does not stop, killing it");
	worker_kill(worker_only(p));
}

void
parent_stop(struct daemon_parent *p)
{
	struct daemon_worker *w = worker_only(p);

	if (p->stopping)
		return;
	p->stopping = 1;
	log_info("stopping");
	if (parent_has_crowd(p))
		crowd_stop(p);
	else if (w == NULL || w->pid == -1)
		event_base_loopbreak(p->base);
	else {
		worker_send(w, MSG_STOP);
		parent_deadline(p, STOP_SECONDS);
	}
}

void
parent_end(struct daemon_parent *p, int status)
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
		workers_reap(p);
		break;
	case SIGHUP:
		if (!p->stopping && parent_reload(p, NULL, NULL) == RELOAD_BUSY)
			p->again = 1;
		break;
	case SIGUSR1:
		if (p->daemon->usr1 != NULL)
			p->daemon->usr1(p);
		break;
	case SIGUSR2:
		upgrade_try(p);
		break;
	default:
		if (p->stopping && parent_has_crowd(p))
			crowd_kill(p);
		parent_stop(p);
		break;
	}
}

/* The last two are a crowd's parent's only. */
static const int signal_numbers[SIGNALS] = { SIGCHLD, SIGHUP, SIGTERM, SIGINT,
	SIGUSR1, SIGUSR2 };

static void
watch_signals(struct daemon_parent *p)
{
	size_t	 i, n = SIGNALS - (parent_has_crowd(p) ? 0 : 2);
	sigset_t none;

	signal(SIGPIPE, SIG_IGN);
	for (i = 0; i < n; i++) {
		p->signals[i] =
		    evsignal_new(p->base, signal_numbers[i], on_signal, p);
		if (p->signals[i] == NULL ||
		    event_add(p->signals[i], NULL) == -1)
			fatalx(EX_OSERR, "cannot watch signals");
	}
	/* Over an upgrade they waited. */
	if (p->resume_fd != -1) {
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
	}
}

static void
end_workers(struct daemon_parent *p)
{
	struct daemon_worker *w;

	/* Of a crowd that could not start, most may still run. */
	while ((w = TAILQ_FIRST(&p->workers)) != NULL) {
		if (w->pid != -1) {
			worker_kill(w);
			waitpid(w->pid, NULL, 0);
		}
		worker_free(w);
	}
}

static void
close_all(struct daemon_parent *p)
{
	size_t i;

	if (p->daemon->close != NULL)
		p->daemon->close(p);
	upgrade_free(p);
	parent_listen_close(p);
	control_close(p);
	end_workers(p);
	generation_unref(p, p->next);
	for (i = 0; i < SIGNALS; i++)
		if (p->signals[i] != NULL)
			event_free(p->signals[i]);
	event_free(p->deadline);
	event_base_free(p->base);
}

/* 0, or -1 and the reason is logged. */
static int
begin(struct daemon_parent *p)
{
	if (p->resume_fd != -1) {
		resume_start(p);
		return 0;
	}
	if (control_open(p) == -1 || p->daemon->open(p, p->now->conf) == -1)
		return -1;
	if (parent_has_crowd(p))
		return crowd_start(p);
	if (p->daemon->child == NULL)
		parent_ready(p);
	else
		worker_start(worker_new(p, p->now, 0));
	return 0;
}

int
parent_run(struct daemon_parent *p)
{
	if (p->resume_fd == -1)
		p->began = clock_ms();
	p->base = event_base_new();
	if (p->base == NULL)
		fatalx(EX_OSERR, "cannot make an event loop");
	p->deadline = evtimer_new(p->base, too_long, p);
	if (p->deadline == NULL)
		fatalx(EX_OSERR, "out of memory");
	log_target(p);
	watch_signals(p);
	if (begin(p) == -1)
		p->status = EX_UNAVAILABLE;
	else
		event_base_dispatch(p->base);
	say_started(p, (unsigned char)p->status);
	log_info("stopped status=%d", p->status);
	close_all(p);
	return p->status;
}
