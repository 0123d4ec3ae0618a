/* SPDX-License-Identifier: ISC */
#include "deadline.h"

#include <sys/time.h>

#include <stdint.h>
#include <stdlib.h>

#include <event2/event.h>

#include "clock.h"
#include "log.h"

/*
 * Time is counted in grains here.  A deadline stands in the slot of the grain
 * that it ends in, or of an earlier one: when that comes round, it is looked
 * at and put where it belongs.  So moving it later costs nothing, and what is
 * further away than the wheel is long waits in the last slot.
 */
#define SLOTS 512

LIST_HEAD(slot, deadline);

struct deadlines {
	struct event *timer;
	int64_t	      next;  /* the first grain that is not over */
	int64_t	      armed; /* the grain the timer waits for, 0: none */
	struct slot   due;   /* being looked at */
	struct slot   slots[SLOTS];
};

/* The grain at whose beginning all of ms is over. */
static int64_t
grain_after(int64_t ms)
{
	return (ms + DEADLINE_GRAIN_MS - 1) / DEADLINE_GRAIN_MS;
}

static void
arm(struct deadlines *w, int64_t grain, int64_t now)
{
	struct timeval tv;
	int64_t	       ms = grain * DEADLINE_GRAIN_MS - now;

	if (ms < 0)
		ms = 0;
	tv.tv_sec = (time_t)(ms / 1000);
	tv.tv_usec = (suseconds_t)(ms % 1000 * 1000);
	w->armed = grain;
	/* The timer is in the loop's heap already, or there is no memory. */
	if (event_add(w->timer, &tv) == -1) {
		log_warnx("a timer could not be set");
		w->armed = 0;
	}
}

/* Returns the grain. */
static int64_t
enqueue(struct deadlines *w, struct deadline *d)
{
	int64_t grain = grain_after(d->at);

	if (grain < w->next)
		grain = w->next;
	if (grain > w->next + SLOTS - 1)
		grain = w->next + SLOTS - 1;
	d->queued = grain;
	LIST_INSERT_HEAD(&w->slots[grain % SLOTS], d, entry);
	return grain;
}

static void
dequeue(struct deadline *d)
{
	LIST_REMOVE(d, entry);
	d->queued = 0;
}

void
deadline_set(struct deadlines *w, struct deadline *d, int64_t now, int64_t ms)
{
	int64_t grain;

	d->at = now + ms;
	if (d->at < 1) /* a test's clock */
		d->at = 1;
	if (d->queued != 0) {
		/* Not before its slot comes round: that will see to it. */
		if (d->at > (d->queued - 1) * DEADLINE_GRAIN_MS)
			return;
		dequeue(d);
	}
	/* Nothing was there: the wheel has stood still, and turns on from now. */
	if (w->armed == 0 && now / DEADLINE_GRAIN_MS > w->next)
		w->next = now / DEADLINE_GRAIN_MS;
	grain = enqueue(w, d);
	if (w->armed == 0 || grain < w->armed)
		arm(w, grain, now);
}

void
deadline_clear(struct deadlines *w, struct deadline *d)
{
	/* The timer stays: to fire once for nothing is cheaper. */
	(void)w;
	if (d->queued != 0)
		dequeue(d);
	d->at = 0;
}

/* Take out what stands in the slots up to that grain. */
static void
gather(struct deadlines *w, int64_t last)
{
	struct slot	*slot;
	struct deadline *d;
	int64_t		 grain;

	for (grain = w->next; grain <= last && grain < w->next + SLOTS;
	     grain++) {
		slot = &w->slots[grain % SLOTS];
		while ((d = LIST_FIRST(slot)) != NULL) {
			LIST_REMOVE(d, entry);
			LIST_INSERT_HEAD(&w->due, d, entry);
		}
	}
	if (last >= w->next)
		w->next = last + 1;
}

static void
arm_next(struct deadlines *w, int64_t now)
{
	int64_t grain;

	w->armed = 0;
	for (grain = w->next; grain < w->next + SLOTS; grain++)
		if (!LIST_EMPTY(&w->slots[grain % SLOTS])) {
			arm(w, grain, now);
			return;
		}
}

void
deadlines_run(struct deadlines *w, int64_t now)
{
	struct deadline *d;

	gather(w, now / DEADLINE_GRAIN_MS);
	/* So that nobody who is called arms the timer: that comes last. */
	w->armed = 1;
	/* From the front each time: those called may clear any of these. */
	while ((d = LIST_FIRST(&w->due)) != NULL) {
		dequeue(d);
		if (d->at > now) {
			enqueue(w, d);
			continue;
		}
		d->at = 0;
		d->expired(d);
	}
	arm_next(w, now);
}

static void
fire(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	deadlines_run(arg, clock_ms());
}

struct deadlines *
deadlines_new(struct event_base *base)
{
	struct deadlines *w;
	int64_t		  now = clock_ms();
	size_t		  i;

	if ((w = calloc(1, sizeof(*w))) == NULL)
		return NULL;
	if ((w->timer = evtimer_new(base, fire, w)) == NULL) {
		free(w);
		return NULL;
	}
	w->next = now < DEADLINE_GRAIN_MS ? 1 : now / DEADLINE_GRAIN_MS;
	LIST_INIT(&w->due);
	for (i = 0; i < SLOTS; i++)
		LIST_INIT(&w->slots[i]);
	return w;
}

void
deadlines_free(struct deadlines *w)
{
	if (w == NULL)
		return;
	event_free(w->timer);
	free(w);
}
