/* SPDX-License-Identifier: ISC */
/*
 * When which table is to be loaded or looked at, and what is said of it.  One
 * process works at a time; the event loop never waits for it.
 */
#include "mirror.h"

#include <sys/time.h>

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <event2/event.h>

#include "clock.h"
#include "conf.h"
#include "global.h"
#include "log.h"
#include "mirror_load.h"
#include "set_file.h"

#define LOOK_MS	       250
#define CHECK_MS       60000 /* between two looks at a table */
#define CHECK_SHARE    50    /* but no more than a fiftieth of the time */
#define LOAD_SHARE     4     /* new sets: no more than a fifth of the time */
#define AGAIN_FIRST_MS 1000
#define AGAIN_LAST_MS  300000
#define NEVER	       INT64_MAX

enum state {
	WAITING, /* to be loaded */
	GOOD,
	ABSENT, /* there is no set file */
	FAILED
};

struct entry {
	struct mirror_table t;
	struct stamp set, protected; /* as they were when it was loaded */
	enum state   state;
	int	     fresh; /* a file is new: load it, do not compare */
	uint64_t     prefixes;
	int64_t	     next;  /* when there is something to do */
	int64_t	     again; /* how long after the next failure */
	int64_t	     rest;  /* a new set is not loaded before */
	char	     why[FIREWALL_WHY_LEN];
};

struct mirror {
	struct event_base *base;
	struct event	  *timer;
	char		  *folder;
	struct entry	  *entries;
	size_t		   n;
	size_t		   turn;
	struct mirror_job  job;
	struct event	  *answer;
	struct entry	  *worked_on;
	int64_t		   started;
};

static void look(struct mirror *m);

static void
say_failed(struct entry *e, const struct mirror_result *r)
{
	if (e->state != FAILED || strcmp(e->why, r->why) != 0)
		log_warnx("table <%s>: not loaded: %s", e->t.name, r->why);
	strlcpy(e->why, r->why, sizeof(e->why));
	e->state = FAILED;
}

static void
say_good(struct entry *e, const struct mirror_result *r)
{
	unsigned long long n = r->prefixes;

	if (r->outcome == MIRROR_REPAIRED)
		log_warnx("table <%s>: somebody has changed it: made what it "
			  "should be, %llu prefixes",
		    e->t.name, n);
	else if (e->state != GOOD)
		log_info("table <%s>: loaded, %llu prefixes of <%s>", e->t.name,
		    n, e->t.list);
	else if (r->outcome == MIRROR_LOADED)
		log_debug("table <%s>: loaded, %llu prefixes of <%s>",
		    e->t.name, n, e->t.list);
	e->fresh = 0;
	e->prefixes = n;
	e->why[0] = '\0';
	e->state = GOOD;
}

/* What came of it: said if it is new, and when it is its turn again. */
static void
settle(struct entry *e, const struct mirror_result *r, int64_t took)
{
	int64_t now = clock_ms();

	e->rest = now + took * LOAD_SHARE;
	switch (r->outcome) {
	case MIRROR_LOADED:
	case MIRROR_SAME:
	case MIRROR_REPAIRED:
		say_good(e, r);
		e->again = AGAIN_FIRST_MS;
		e->next = now +
		    (took * CHECK_SHARE > CHECK_MS ? took * CHECK_SHARE :
						     CHECK_MS);
		return;
	case MIRROR_ABSENT:
		if (e->state == GOOD)
			log_warnx("table <%s>: %s: there is none any more; "
				  "the table stays as it is",
			    e->t.name, e->t.set);
		e->state = ABSENT;
		e->next = NEVER;
		return;
	case MIRROR_FAILED:
		break;
	}
	say_failed(e, r);
	e->next = now + e->again;
	e->again = e->again * 2 > AGAIN_LAST_MS ? AGAIN_LAST_MS : e->again * 2;
}

static void
stop_listening(struct mirror *m)
{
	if (m->answer != NULL)
		event_free(m->answer);
	m->answer = NULL;
	m->worked_on = NULL;
}

static void
on_answer(evutil_socket_t fd, short what, void *arg)
{
	struct mirror	    *m = arg;
	struct entry	    *e = m->worked_on;
	struct mirror_result r;

	(void)fd;
	(void)what;
	mirror_job_end(&m->job, &r);
	stop_listening(m);
	settle(e, &r, clock_ms() - m->started);
	look(m);
}

static void
start(struct mirror *m, struct entry *e)
{
	struct mirror_result r = { .outcome = MIRROR_FAILED };

	m->started = clock_ms();
	if (mirror_job_start(&m->job, &e->t, e->state == GOOD && !e->fresh) ==
	    -1) {
		snprintf(r.why, sizeof(r.why), "no process for it: %s",
		    strerror(errno));
		settle(e, &r, 0);
		return;
	}
	m->worked_on = e;
	m->answer = event_new(m->base, m->job.fd, EV_READ, on_answer, m);
	if (m->answer != NULL && event_add(m->answer, NULL) == 0)
		return;
	/* No memory: without an event nobody would fetch its answer. */
	mirror_job_kill(&m->job);
	mirror_job_end(&m->job, &r);
	stop_listening(m);
	settle(e, &r, 0);
}

/*
 * A new file counts at once, whatever went wrong with the former.  But who
 * writes sets all the time, as a user that was taken over may, does not keep
 * root busy: after each there is a rest.  The protected set is root's own.
 */
static int
is_due(struct entry *e)
{
	struct stamp set, protected;

	set_file_stamp(&set, e->t.set);
	set_file_stamp(&protected, e->t.protected);
	if (stamp_equal(&protected, &e->protected)) {
		if (stamp_equal(&set, &e->set))
			return clock_ms() >= e->next;
		if (clock_ms() < e->rest)
			return 0;
	}
	e->set = set;
	e->protected = protected;
	e->again = AGAIN_FIRST_MS;
	e->fresh = 1;
	return 1;
}

static void
look(struct mirror *m)
{
	struct entry *e;
	size_t	      i;

	if (m->worked_on != NULL) {
		if (clock_ms() - m->started > MIRROR_SECONDS * 1000)
			mirror_job_kill(&m->job); /* on_answer() is next */
		return;
	}
	for (i = 0; i < m->n && m->worked_on == NULL; i++) {
		e = &m->entries[m->turn++ % m->n];
		if (is_due(e))
			start(m, e);
	}
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	look(arg);
}

/* It is atomic: killed, it has happened or not. */
static void
give_up_work(struct mirror *m)
{
	struct mirror_result r;

	if (m->worked_on == NULL)
		return;
	m->worked_on->next = 0;
	mirror_job_kill(&m->job);
	mirror_job_end(&m->job, &r);
	stop_listening(m);
}

/* As it was, if it was there before. */
static void
fill_entry(struct entry *e, const struct mirror_table *t, struct entry *old,
    size_t nold)
{
	size_t i;

	for (i = 0; i < nold; i++)
		if (mirror_table_equal(&old[i].t, t)) {
			*e = old[i];
			old[i].t.list[0] = '\0'; /* taken */
			return;
		}
	e->t = *t;
	e->state = WAITING;
	e->again = AGAIN_FIRST_MS;
}

void
mirror_use(struct mirror *m, const struct conf *conf)
{
	struct mirror_table *tables;
	struct entry	    *entries;
	size_t		     i, n;

	give_up_work(m);
	tables = mirror_tables(conf, m->folder, &n);
	entries = calloc(n + 1, sizeof(*entries));
	if (tables == NULL || entries == NULL) {
		log_warnx("no memory to mirror lists by the new file");
		free(tables);
		free(entries);
		return;
	}
	for (i = 0; i < n; i++)
		fill_entry(&entries[i], &tables[i], m->entries, m->n);
	for (i = 0; i < m->n; i++)
		if (m->entries[i].t.list[0] != '\0')
			log_info("table <%s>: not mirrored any more, it stays "
				 "as it is",
			    m->entries[i].t.name);
	free(tables);
	free(m->entries);
	m->entries = entries;
	m->n = n;
	/* The timer is soon; before the loop runs, no process is started. */
}

struct mirror *
mirror_new(struct event_base *base, const struct conf *conf)
{
	const struct timeval every = { .tv_usec = LOOK_MS * 1000 };
	struct mirror	    *m;

	if ((m = calloc(1, sizeof(*m))) == NULL)
		return NULL;
	m->base = base;
	m->job.fd = -1;
	m->job.pid = -1;
	m->folder = strdup(global_conf(conf)->state);
	m->timer = event_new(base, -1, EV_PERSIST, on_timer, m);
	if (m->folder == NULL || m->timer == NULL ||
	    event_add(m->timer, &every) == -1) {
		mirror_free(m);
		return NULL;
	}
	mirror_use(m, conf);
	return m;
}

void
mirror_free(struct mirror *m)
{
	if (m == NULL)
		return;
	give_up_work(m);
	if (m->timer != NULL)
		event_free(m->timer);
	free(m->entries);
	free(m->folder);
	free(m);
}

/* 0, or -1: it could not be, which is logged. */
static int
load_once(struct mirror_table *t)
{
	struct mirror_result r;
	struct mirror_job    job;
	struct pollfd	     pfd = { .events = POLLIN };
	struct entry	     e = { .t = *t, .again = AGAIN_FIRST_MS };
	int64_t		     until = clock_ms() + MIRROR_SECONDS * 1000, left;

	if (mirror_job_start(&job, t, 0) == -1) {
		log_warn("table <%s>: no process for it", t->name);
		return -1;
	}
	pfd.fd = job.fd;
	do {
		left = until - clock_ms();
		if (left <= 0) {
			mirror_job_kill(&job);
			break;
		}
	} while (poll(&pfd, 1, (int)left) != 1);
	mirror_job_end(&job, &r);
	settle(&e, &r, 0);
	return e.state == FAILED ? -1 : 0;
}

int
mirror_once(const struct conf *conf)
{
	struct mirror_table *tables;
	size_t		     i, n;
	int		     ret = 0;

	tables = mirror_tables(conf, global_conf(conf)->state, &n);
	if (tables == NULL) {
		log_warnx("no memory to mirror lists");
		return -1;
	}
	for (i = 0; i < n; i++)
		ret |= load_once(&tables[i]);
	free(tables);
	return ret;
}

char *
mirror_status(const struct mirror *m)
{
	static const char *const states[] = { "waiting", "loaded", "no set",
		"failed" };
	const struct entry	*e;
	char			*text = NULL;
	size_t			 i, size;
	FILE			*fp;

	if ((fp = open_memstream(&text, &size)) == NULL)
		return NULL;
	for (i = 0; i < m->n; i++) {
		e = &m->entries[i];
		fprintf(fp, "table %s list %s prefixes %llu %s%s%s\n",
		    e->t.name, e->t.list, (unsigned long long)e->prefixes,
		    states[e->state], e->state == FAILED ? ": " : "",
		    e->state == FAILED ? e->why : "");
	}
	if (fclose(fp) == EOF) {
		free(text);
		return NULL;
	}
	return text;
}
