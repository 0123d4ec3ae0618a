/* SPDX-License-Identifier: ISC */
/*
 * A crowd of workers, in generations: who starts, who takes over, who leaves.
 */
#include <sys/wait.h>

#include <string.h>
#include <sysexits.h>

#include <event2/buffer.h>
#include <event2/event.h>

#include "clock.h"
#include "global.h"
#include "log.h"
#include "parent.h"

#define STOP_MS 5000 /* from the word to stop until the kill */
#define FILL_MS 1000 /* a place that lost its worker over an upgrade */

int
parent_has_crowd(const struct daemon_parent *p)
{
	return p->daemon->workers != NULL;
}

void
daemon_crowd(const struct daemon_parent *p, struct daemon_crowd *n)
{
	const struct daemon_worker *w;

	n->generation = p->now->number;
	n->workers = p->now->nworkers;
	n->ready = n->draining = 0;
	TAILQ_FOREACH(w, &p->workers, entry) {
		n->ready +=
		    w->generation == p->now && w->ready && w->leaving == STAYS;
		n->draining += w->pid != -1 && w->leaving != STAYS;
	}
}

static const char *
state_of(const struct daemon_worker *w)
{
	static const char *const leaving[] = { "", "draining", "stopping",
		"killed" };

	if (w->leaving != STAYS)
		return leaving[w->leaving];
	return w->ready ? "ready" : "starting";
}

void
crowd_status(const struct daemon_parent *p, struct evbuffer *out)
{
	const struct daemon_worker *w;
	struct daemon_crowd	    n;

	daemon_crowd(p, &n);
	evbuffer_add_printf(out,
	    "generation %u\nworkers %u\nready %u\ndraining %u\n", n.generation,
	    n.workers, n.ready, n.draining);
	TAILQ_FOREACH(w, &p->workers, entry)
		if (w->pid != -1)
			evbuffer_add_printf(out,
			    "worker %ld generation %u slot %u %s\n",
			    (long)w->pid, w->generation->number, w->slot,
			    state_of(w));
}

static unsigned int
drain_seconds(const struct daemon_parent *p)
{
	return p->daemon->drain(p->now->conf);
}

int
crowd_slot(struct daemon_parent *p)
{
	struct daemon_worker *w, *oldest = NULL;
	unsigned int	      slot;

	for (slot = 0; slot < (parent_has_crowd(p) ? p->daemon->slots : 1);
	     slot++) {
		TAILQ_FOREACH(w, &p->workers, entry)
			if (w->pid != -1 && w->slot == slot)
				break;
		if (w == NULL)
			return (int)slot;
	}
	TAILQ_FOREACH(w, &p->workers, entry)
		if (w->pid != -1 && w->leaving != STAYS &&
		    (oldest == NULL || w->started < oldest->started))
			oldest = w;
	if (oldest != NULL && oldest->leaving != KILLED) {
		log_warnx("too many workers, killing %ld, which drains",
		    (long)oldest->pid);
		oldest->leaving = KILLED;
		worker_kill(oldest);
	}
	return -1;
}

/* Is there a worker of that generation for each of its places, ready? */
static int
all_ready(const struct daemon_parent *p, const struct generation *g)
{
	const struct daemon_worker *w;
	unsigned int		    n = 0;

	TAILQ_FOREACH(w, &p->workers, entry)
		if (w->generation == g && w->ready && w->leaving == STAYS)
			n++;
	return n == g->nworkers;
}

static void
start_all(struct daemon_parent *p, struct generation *g)
{
	unsigned int i;

	for (i = 0; i < g->nworkers; i++)
		worker_start(worker_new(p, g, i));
	parent_deadline(p, CROWD_SECONDS);
}

static int
prepare(struct daemon_parent *p, const struct generation *g)
{
	if (g->nworkers == 0 || g->nworkers > p->daemon->slots / 2) {
		/* Two generations live at once, at least. */
		log_warnx("%u workers are too many", g->nworkers);
		return -1;
	}
	parent_listen_try(p);
	if (p->daemon->prepare(p, g->conf) == 0)
		return 0;
	parent_listen_settle(p, 0);
	p->daemon->settle(p, 0);
	return -1;
}

int
crowd_start(struct daemon_parent *p)
{
	if (prepare(p, p->now) == -1)
		return -1;
	parent_listen_settle(p, 1);
	p->daemon->settle(p, 1);
	start_all(p, p->now);
	return 0;
}

int
crowd_try(struct daemon_parent *p)
{
	if (prepare(p, p->next) == -1)
		return -1;
	log_info("starting %u workers by the new file", p->next->nworkers);
	start_all(p, p->next);
	return 0;
}

/* One whose work others do now. */
static void
drain(struct daemon_worker *w)
{
	int64_t ms = (int64_t)drain_seconds(w->parent) * 1000;

	w->leaving = DRAINS;
	w->patience = clock_ms() + ms;
	worker_send(w, MSG_DRAIN);
	worker_timer(w, ms);
}

void
crowd_relieve(struct daemon_parent *p)
{
	struct daemon_worker *w, *next;

	for (w = TAILQ_FIRST(&p->workers); w != NULL; w = next) {
		next = TAILQ_NEXT(w, entry);
		if (w->generation == p->now)
			continue;
		if (w->pid == -1)
			worker_free(w);
		else if (w->leaving == STAYS)
			drain(w);
	}
}

/* The new generation works. */
static void
commit(struct daemon_parent *p)
{
	evtimer_del(p->deadline);
	parent_listen_settle(p, 1);
	p->daemon->settle(p, 1);
	parent_reloaded(p, NULL);
}

/* It does not: why is part of an answer to whoever asked for it. */
static void
give_up(struct daemon_parent *p, const char *why)
{
	struct daemon_worker *w, *next;

	evtimer_del(p->deadline);
	for (w = TAILQ_FIRST(&p->workers); w != NULL; w = next) {
		next = TAILQ_NEXT(w, entry);
		if (w->generation != p->next)
			continue;
		if (w->pid == -1)
			worker_free(w);
		else if (w->ready)
			drain(w); /* it has taken connections already */
		else {
			w->leaving = KILLED;
			worker_kill(w);
		}
	}
	parent_listen_settle(p, 0);
	p->daemon->settle(p, 0);
	parent_reloaded(p, why);
}

void
crowd_ready(struct daemon_worker *w)
{
	struct daemon_parent *p = w->parent;

	if (w->leaving != STAYS || w->gone || p->stopping)
		return;
	if (w->generation == p->next) {
		if (all_ready(p, p->next))
			commit(p);
	} else if (p->was_ready)
		log_info("worker %ld works again", (long)w->pid);
	else if (all_ready(p, p->now)) {
		evtimer_del(p->deadline);
		parent_ready(p);
	}
}

/* Nothing is left to wait for? */
static void
look_for_end(struct daemon_parent *p)
{
	struct daemon_worker *w;

	TAILQ_FOREACH(w, &p->workers, entry)
		if (w->pid != -1)
			return;
	event_base_loopbreak(p->base);
}

static void
say_left(const struct daemon_worker *w, int status)
{
	if (WIFSIGNALED(status) && w->leaving != KILLED)
		log_warnx("worker %ld, which was to leave, died by signal %d",
		    (long)w->was, WTERMSIG(status));
	else if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
		log_warnx("worker %ld left with status %d", (long)w->was,
		    WEXITSTATUS(status));
	else
		log_debug("worker %ld has left", (long)w->was);
}

/* It was of those that are to take over. */
static void
new_one_died(struct daemon_worker *w, int status)
{
	struct daemon_parent *p = w->parent;

	if (WIFSIGNALED(status))
		log_warnx("a new worker died by signal %d", WTERMSIG(status));
	else
		log_warnx("a new worker ended with status %d",
		    WEXITSTATUS(status));
	worker_say_hint(w, status);
	give_up(p, "a new worker could not start"); /* frees it */
}

void
crowd_ended(struct daemon_worker *w, int status)
{
	struct daemon_parent *p = w->parent;

	if (p->daemon->fired != NULL)
		p->daemon->fired(p, w->slot);
	if (p->stopping || w->leaving != STAYS) {
		say_left(w, status);
		worker_free(w);
	} else if (w->generation == p->next)
		new_one_died(w, status);
	else if (p->was_ready)
		worker_again(w, status);
	else
		parent_end(p, status);
	if (p->stopping)
		look_for_end(p);
}

/* Its patience with one that leaves is over. */
void
crowd_timer(struct daemon_worker *w)
{
	if (w->leaving == DRAINS) {
		log_info("worker %ld has drained for %u s, stopping it",
		    (long)w->pid, drain_seconds(w->parent));
		w->leaving = STOPS;
		w->patience = clock_ms() + STOP_MS;
		worker_send(w, MSG_STOP);
		worker_timer(w, STOP_MS);
	} else if (w->leaving != STAYS) {
		log_warnx("worker %ld does not stop, killing it", (long)w->pid);
		w->leaving = KILLED;
		worker_kill(w);
	}
}

void
crowd_deadline(struct daemon_parent *p)
{
	if (p->stopping) {
		log_warnx("some workers do not stop, killing them");
		crowd_kill(p);
	} else if (p->next != NULL) {
		log_warnx("the new workers are not ready after %d s",
		    CROWD_SECONDS);
		give_up(p, "the new workers are not ready in time");
	} else if (!p->was_ready) {
		log_warnx("the workers are not ready after %d s",
		    CROWD_SECONDS);
		p->status = EX_SOFTWARE;
		event_base_loopbreak(p->base);
	}
}

void
crowd_stop(struct daemon_parent *p)
{
	struct daemon_worker *w, *next;

	/* Who connects from now on is refused, and does not wait in vain. */
	parent_listen_close(p);
	for (w = TAILQ_FIRST(&p->workers); w != NULL; w = next) {
		next = TAILQ_NEXT(w, entry);
		if (w->pid == -1) {
			worker_free(w);
			continue;
		}
		evtimer_del(w->timer);
		worker_send(w, MSG_STOP);
		if (w->leaving != KILLED)
			w->leaving = STOPS;
	}
	control_reloaded(p, "the daemon stops");
	control_turn(p); /* so is it for those who wait */
	parent_deadline(p, drain_seconds(p));
	look_for_end(p);
}

void
crowd_kill(struct daemon_parent *p)
{
	struct daemon_worker *w;

	TAILQ_FOREACH(w, &p->workers, entry) {
		w->leaving = KILLED;
		worker_kill(w);
	}
}

void
crowd_fill(struct daemon_parent *p)
{
	struct daemon_worker *w;
	unsigned int	      i;

	for (i = 0; i < p->now->nworkers && !p->stopping; i++) {
		TAILQ_FOREACH(w, &p->workers, entry)
			if (w->generation == p->now && w->place == i &&
			    w->leaving == STAYS)
				break;
		if (w == NULL)
			worker_timer(worker_new(p, p->now, i), FILL_MS);
	}
}

void
crowd_resume(struct daemon_parent *p)
{
	/* The workers know nothing of it, so it is no reason to end. */
	if (prepare(p, p->now) == 0) {
		parent_listen_settle(p, 1);
		p->daemon->settle(p, 1);
	}
	crowd_fill(p);
}
