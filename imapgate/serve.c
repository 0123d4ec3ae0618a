/* SPDX-License-Identifier: ISC */
/*
 * imapgate serve: a round each half minute, and whenever a lease ends.  There
 * is no child, for nothing foreign is read here.
 */
#include <event2/event.h>
#include <event2/event_struct.h>

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <unistd.h>

#include "clock.h"
#include "daemon.h"
#include "gate.h"
#include "global.h"
#include "imapgate_conf.h"
#include "log.h"
#include "verbs.h"
#include "xalloc.h"

#define ROUND_SECONDS 30
#define RECORDS	      100 /* of one round that is in trouble */

/* One daemon a process. */
static struct {
	const struct conf *conf; /* a reference of ours */
	struct event	   timer;
	int		   code; /* of the last round; -1: none yet */
	enum lease_clock   clock;
	size_t		   leases, prefixes;
	unsigned long	   rounds, expired, healed, sessions;
	time_t		   last; /* that was good */
	struct stamp	   read; /* of the file then */
} work = { .code = -1 };

static void
wake_in(time_t seconds)
{
	struct timeval tv = { .tv_sec = seconds };

	event_add(&work.timer, &tv);
}

/* What has changed since the last round is worth a word. */
static void
say_changes(const struct gate *g, int code)
{
	char is[LEASE_TIME_LEN];

	if (code == 0 && work.code > 0)
		log_info("the firewall is equal to the leases again");
	if (code != 0 || g->clock == work.clock)
		return;
	if (g->clock == LEASE_CLOCK_GOOD)
		log_info("the clock is believed again");
	else
		log_warnx("the clock is not believed, it says %s: nothing "
			  "expires until it is right, or until \"imapgate "
			  "expire -y\" says that it is",
		    lease_time(g->now, is));
	work.clock = g->clock;
}

static void
count(const struct gate *g, const struct gate_sync *s)
{
	size_t i;

	work.leases = 0;
	for (i = 0; i < g->leases.n; i++)
		work.leases += !g->leases.lease[i].ended;
	work.prefixes = s->wanted;
	work.expired += g->nevents;
	work.healed += s->added + s->removed > 0;
	work.sessions += g->ended;
	work.last = g->now;
	work.read = g->store.read;
}

/* Until the next lease ends, but a clock may jump. */
static time_t
pause_of(const struct gate *g)
{
	time_t next = leases_next(&g->leases);

	if (g->clock != LEASE_CLOCK_GOOD || next == 0 || next <= g->now ||
	    next - g->now > ROUND_SECONDS)
		return ROUND_SECONDS;
	return next - g->now;
}

/*
 * A trouble that stays is said once: of later rounds only the records are
 * kept, for the log to have when the round is over.
 */
static struct {
	char  *text[RECORDS];
	size_t n;
} records;

static void
keep_records(enum log_level level, const char *text)
{
	if (level == LOG_LEVEL_INFO && records.n < RECORDS)
		records.text[records.n++] = xstrdup(text);
}

static void
log_records(void)
{
	size_t i;

	log_divert(NULL);
	for (i = 0; i < records.n; i++) {
		log_info("%s", records.text[i]);
		free(records.text[i]);
	}
	records.n = 0;
}

/*
 * Whoever changed the file may have been killed before the sessions were
 * ended: then that is ours to do.
 */
static int
is_new(const struct store *s)
{
	return work.code != 0 || !stamp_equal(&s->read, &work.read);
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct gate	 g;
	struct gate_sync s = { .tell = 0 };
	time_t		 seconds = ROUND_SECONDS;
	int		 code;

	(void)fd;
	(void)what;
	(void)arg;
	if (work.code > 0)
		log_divert(keep_records);
	if ((code = gate_open(&g, work.conf, GATE_CHANGE, 0, 1)) == 0) {
		s.thorough = is_new(&g.store);
		code = gate_sync(&g, &s);
	}
	log_records();
	say_changes(&g, code);
	if (code == 0) {
		count(&g, &s);
		seconds = pause_of(&g);
	}
	gate_close(&g);
	work.code = code;
	work.rounds++;
	wake_in(seconds);
}

static int
open_all(struct daemon_parent *p, const struct conf *conf)
{
	work.conf = conf_ref(conf);
	if (evtimer_assign(&work.timer, daemon_base(p), on_timer, NULL) == -1) {
		log_warnx("no timer");
		return -1;
	}
	wake_in(0);
	return 0;
}

static void
reloaded(struct daemon_parent *p, const struct conf *was, const struct conf *is)
{
	const struct conf *old = work.conf;

	(void)p;
	(void)was;
	work.conf = conf_ref(is);
	work.code = -1; /* look at everything, say everything */
	conf_unref(old);
	wake_in(0);
}

static char *
status(void)
{
	static const char *const clocks[] = { [LEASE_CLOCK_GOOD] = "good",
		[LEASE_CLOCK_BACK] = "back",
		[LEASE_CLOCK_AHEAD] = "ahead" };
	char			 last[LEASE_TIME_LEN];

	return xasprintf(
	    "leases %zu\nprefixes %zu\nrounds %lu\nexpired %lu\nhealed %lu\n"
	    "sessions-ended %lu\nlast %s\nclock %s\nfirewall %s\n",
	    work.leases, work.prefixes, work.rounds, work.expired, work.healed,
	    work.sessions,
	    work.last == 0 ? "never" : lease_time(work.last, last),
	    clocks[work.clock], work.code > 0 ? "trouble" : "ok");
}

int
verb_serve(const char *file, int argc, char *argv[])
{
	static const struct daemon daemon = {
		.name = "imapgate",
		.facility = LOG_AUTH,
		.open = open_all,
		.reloaded = reloaded,
		.status = status,
	};
	static char name[] = "imapgate", f[] = "-f";
	char	  **args, *path = xstrdup(file);
	int	    i, code;

	/* As if it were a program of its own. */
	args = xcalloc((size_t)argc + 3, sizeof(*args));
	args[0] = name;
	args[1] = f;
	args[2] = path;
	for (i = 1; i < argc; i++)
		args[i + 2] = argv[i];
	optreset = optind = 1;
	opterr = 1;
	code = daemon_main(&daemon, argc + 2, args);
	conf_unref(work.conf);
	work.conf = NULL;
	free(args);
	free(path);
	return code;
}
