/* SPDX-License-Identifier: ISC */
#include "dnsbls.h"

#include <sys/time.h>

#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "dnsbl_health.h"
#include "dnsbl_reply.h"
#include "fcrdns_conf.h"
#include "iprev.h"
#include "log.h"
#include "resolver.h"
#include "xalloc.h"

#define RANDOM_LETTERS 16

/* One question of a test, on its way. */
struct test_leg {
	struct dnsbl_live *live;
	struct question	  *question;
	enum dnsbl_state   state; /* DNSBL_UNTESTED: no answer yet */
};

TAILQ_HEAD(waiters, dnsbl_waiter);

struct dnsbl_live {
	unsigned int	    refs;
	struct dnsbls	   *all; /* NULL: not in the file any more */
	struct dnsbl	    words;
	struct dnsbl_health health;
	int		    testing;
	int64_t		    deadline; /* of the test */
	struct test_leg	    legs[DNSBL_TESTS];
	struct waiters	    waiters;
	uint64_t	    asked, listed, errors;
};

struct dnsbls {
	struct event_base  *base;
	struct event	   *tick;
	struct event	   *news; /* some test has an answer */
	struct resolver	   *resolver;
	unsigned int	    timeout; /* of a test, seconds */
	unsigned int	    generation;
	struct dnsbl_live **lists;
	size_t		    n;
};

/* ---- one list ---- */

static void
copy_words(struct dnsbl *to, const struct dnsbl *from)
{
	free(to->name);
	free(to->zone);
	free(to->filters);
	memset(to, 0, sizeof(*to));
	to->name = xstrdup(from->name);
	to->zone = from->zone != NULL ? xstrdup(from->zone) : NULL;
	to->filters = xcalloc(from->nfilters, sizeof(*to->filters));
	memcpy(to->filters, from->filters,
	    from->nfilters * sizeof(*to->filters));
	to->nfilters = from->nfilters;
}

static struct dnsbl_live *
live_new(struct dnsbls *all, const struct dnsbl *words)
{
	struct dnsbl_live *live;

	live = xcalloc(1, sizeof(*live));
	live->refs = 1;
	live->all = all;
	copy_words(&live->words, words);
	dnsbl_health_init(&live->health, clock_ms());
	TAILQ_INIT(&live->waiters);
	if (words->zone == NULL)
		log_warnx("dnsbl-hidden name=%s why=\"%s: it is never asked\"",
		    words->name,
		    words->zone_file != NULL ?
			"its zone file is not for this user to read" :
			"its zone is not in this file");
	return live;
}

void
dnsbls_unref(struct dnsbl_live *live)
{
	if (live == NULL || --live->refs > 0)
		return;
	free(live->words.name);
	free(live->words.zone);
	free(live->words.filters);
	free(live);
}

static void
wake(struct dnsbl_live *live)
{
	struct dnsbl_waiter *w;

	while ((w = TAILQ_FIRST(&live->waiters)) != NULL) {
		dnsbl_live_leave(w);
		w->fn(w->arg);
	}
}

static void
stop_test(struct dnsbl_live *live)
{
	int i;

	for (i = 0; i < DNSBL_TESTS; i++)
		resolver_forget(&live->legs[i].question);
	live->testing = 0;
}

/* It is not in the file any more; whoever has a reference may keep it. */
static void
retire(struct dnsbl_live *live)
{
	stop_test(live);
	live->all = NULL;
	wake(live);
	dnsbls_unref(live);
}

/* Has it been caught telling what is not so? */
static int
is_liar(const struct dnsbl_live *live)
{
	return live->health.mode == DNSBL_SET_ASIDE &&
	    live->health.fault != DNSBL_FAULT_SILENT;
}

static void
say(struct dnsbl_live *live, enum dnsbl_change change)
{
	switch (change) {
	case DNSBL_SAME:
		break;
	case DNSBL_GOES:
		/* What it said before that may be kept. */
		live->all->generation += is_liar(live);
		log_warnx("dnsbl-aside name=%s why=\"%s\" again=%llds",
		    live->words.name, dnsbl_fault_text(live->health.fault),
		    (long long)live->health.backoff / 1000);
		break;
	case DNSBL_COMES:
		log_info("dnsbl-back name=%s", live->words.name);
		break;
	}
}

/* ---- tests ---- */

/* From inside libunbound: only noted. */
static void
on_reply(void *arg, const struct reply *reply)
{
	struct test_leg *leg = arg;
	struct replies	 replies;
	uint32_t	 ttl;

	leg->state = dnsbl_reply_read(reply, &replies, &ttl);
	if (leg->live->all != NULL)
		event_active(leg->live->all->news, EV_WRITE, 1);
}

/* Letters that nobody has ever seen. */
static void
make_label(char label[RANDOM_LETTERS + 1])
{
	int i;

	for (i = 0; i < RANDOM_LETTERS; i++)
		label[i] = (char)('a' + arc4random_uniform(26));
	label[i] = '\0';
}

static void
start_test(struct dnsbl_live *live, int64_t now)
{
	struct test_leg *leg;
	char		 name[DNSBL_QUERY_LEN], label[RANDOM_LETTERS + 1];
	int		 i;

	make_label(label);
	live->testing = 1;
	live->deadline = now + (int64_t)live->all->timeout * 1000;
	for (i = 0; i < DNSBL_TESTS; i++)
		live->legs[i].state = DNSBL_UNTESTED;
	for (i = 0; i < DNSBL_TESTS; i++) {
		leg = &live->legs[i];
		leg->live = live;
		dnsbl_test_name(name, (enum dnsbl_test)i, live->words.zone,
		    label);
		resolver_ask(live->all->resolver, name, RESOLVER_A,
		    &leg->question, on_reply, leg);
	}
}

/* 1: all has been answered, or it is too late for that. */
static int
test_over(const struct dnsbl_live *live, int64_t now)
{
	int i;

	if (now >= live->deadline)
		return 1;
	for (i = 0; i < DNSBL_TESTS; i++) {
		if (live->legs[i].state == DNSBL_UNTESTED)
			return 0;
	}
	return 1;
}

static void
end_test(struct dnsbl_live *live, int64_t now)
{
	enum dnsbl_state answers[DNSBL_TESTS];
	int		 i;

	stop_test(live);
	for (i = 0; i < DNSBL_TESTS; i++)
		answers[i] = live->legs[i].state == DNSBL_UNTESTED ?
		    DNSBL_TIMEOUT :
		    live->legs[i].state;
	say(live, dnsbl_health_tested(&live->health, now, answers));
	wake(live);
}

static void
work(struct dnsbls *all)
{
	struct dnsbl_live *live;
	int64_t		   now = clock_ms();
	size_t		   i;

	for (i = 0; i < all->n; i++) {
		live = all->lists[i];
		if (live->words.zone == NULL)
			continue;
		if (live->testing) {
			if (test_over(live, now))
				end_test(live, now);
		} else if (dnsbl_health_due(&live->health, now))
			start_test(live, now);
	}
}

static void
on_event(int fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	work(arg);
}

/* ---- all of them ---- */

struct dnsbls *
dnsbls_new(struct event_base *base)
{
	static const struct timeval second = { .tv_sec = 1 };
	struct dnsbls		   *all;

	all = xcalloc(1, sizeof(*all));
	all->base = base;
	all->tick = event_new(base, -1, EV_PERSIST, on_event, all);
	all->news = event_new(base, -1, 0, on_event, all);
	if (all->tick == NULL || all->news == NULL ||
	    event_add(all->tick, &second) == -1)
		fatalx(1, "out of memory");
	return all;
}

void
dnsbls_free(struct dnsbls *all)
{
	size_t i;

	if (all == NULL)
		return;
	for (i = 0; i < all->n; i++)
		retire(all->lists[i]);
	free(all->lists);
	resolver_unref(all->resolver);
	event_free(all->tick);
	event_free(all->news);
	free(all);
}

static int
same_zone(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The one for these words, taken out of its place; NULL: there is none. */
static struct dnsbl_live *
take_same(struct dnsbls *all, const struct dnsbl *words)
{
	struct dnsbl_live *live;
	size_t		   i;

	for (i = 0; i < all->n; i++) {
		live = all->lists[i];
		if (live == NULL ||
		    strcmp(live->words.name, words->name) != 0 ||
		    !same_zone(live->words.zone, words->zone))
			continue;
		all->lists[i] = NULL;
		return live;
	}
	return NULL;
}

void
dnsbls_use(struct dnsbls *all, const struct fcrdns_conf *conf,
    struct resolver *r)
{
	struct dnsbl_live **lists, *live;
	size_t		    i;
	int		    changed = conf->ndnsbls != all->n;

	lists = xcalloc(conf->ndnsbls + 1, sizeof(struct dnsbl_live *));
	for (i = 0; i < conf->ndnsbls; i++) {
		if (conf->dnsbls[i].zone != NULL)
			resolver_hide(conf->dnsbls[i].zone);
		if ((live = take_same(all, &conf->dnsbls[i])) == NULL) {
			live = live_new(all, &conf->dnsbls[i]);
			changed = 1;
		} else if (!dnsbl_same_filters(&live->words,
			       &conf->dnsbls[i])) {
			copy_words(&live->words, &conf->dnsbls[i]);
			changed = 1;
		}
		lists[i] = live;
	}
	for (i = 0; i < all->n; i++) {
		if (all->lists[i] != NULL)
			retire(all->lists[i]);
	}
	free(all->lists);
	all->lists = lists;
	all->n = conf->ndnsbls;
	all->timeout = conf->timeout;
	all->generation += changed;
	/* Another way to them: what was tested was the former one. */
	for (i = 0; i < all->n && r != all->resolver; i++) {
		stop_test(all->lists[i]);
		dnsbl_health_init(&all->lists[i]->health, clock_ms());
	}
	resolver_ref(r);
	resolver_unref(all->resolver);
	all->resolver = r;
	work(all);
}

unsigned int
dnsbls_generation(const struct dnsbls *all)
{
	return all->generation;
}

size_t
dnsbls_count(const struct dnsbls *all)
{
	return all->n;
}

void
dnsbls_doubt(const struct dnsbls *all, struct findings *f)
{
	struct dnsbl_finding *d;
	size_t		      i;
	unsigned int	      k;

	for (i = 0; i < all->n; i++) {
		if (!is_liar(all->lists[i]))
			continue;
		for (k = 0; k < f->ndnsbls; k++) {
			d = &f->dnsbls[k];
			if (d->state != DNSBL_LISTED ||
			    strcmp(d->name, all->lists[i]->words.name) != 0)
				continue;
			d->state = DNSBL_ASIDE;
			d->nreplies = 0;
			d->txt[0] = '\0';
		}
	}
}

static const char *
mode_word(const struct dnsbl_live *live)
{
	if (live->words.zone == NULL)
		return "hidden";
	switch (live->health.mode) {
	case DNSBL_NEW:
		return "testing";
	case DNSBL_GOOD:
		return "ok";
	case DNSBL_SET_ASIDE:
		break;
	}
	return "aside";
}

char *
dnsbls_status(const struct dnsbls *all)
{
	const struct dnsbl_live *live;
	char			*text = xstrdup(""), *more, why[160];
	size_t			 i;

	for (i = 0; i < all->n; i++) {
		live = all->lists[i];
		why[0] = '\0';
		if (live->health.mode == DNSBL_SET_ASIDE)
			snprintf(why, sizeof(why), " why \"%s\"",
			    dnsbl_fault_text(live->health.fault));
		more = xasprintf(
		    "%sdnsbl %s %s asked %llu listed %llu errors %llu "
		    "ipv6 %s%s\n",
		    text, live->words.name, mode_word(live),
		    (unsigned long long)live->asked,
		    (unsigned long long)live->listed,
		    (unsigned long long)live->errors,
		    live->health.ipv6 == 1     ? "yes" :
			live->health.ipv6 == 0 ? "no" :
						 "unknown",
		    why);
		free(text);
		text = more;
	}
	return text;
}

/* ---- for inquiries ---- */

struct dnsbl_live *
dnsbls_ref(struct dnsbls *all, size_t i)
{
	all->lists[i]->refs++;
	return all->lists[i];
}

const struct dnsbl *
dnsbl_live_words(const struct dnsbl_live *live)
{
	return &live->words;
}

enum dnsbl_state
dnsbl_live_ask(struct dnsbl_live *live, enum addr_family family,
    struct dnsbl_waiter *w)
{
	enum dnsbl_state state;

	if (live->all == NULL || live->words.zone == NULL)
		return DNSBL_ASIDE;
	state = dnsbl_health_ask(&live->health, family);
	if (state == DNSBL_UNTESTED && w->live == NULL) {
		w->live = live;
		TAILQ_INSERT_TAIL(&live->waiters, w, entry);
	}
	return state;
}

void
dnsbl_live_leave(struct dnsbl_waiter *w)
{
	if (w->live == NULL)
		return;
	TAILQ_REMOVE(&w->live->waiters, w, entry);
	w->live = NULL;
}

void
dnsbl_live_answered(struct dnsbl_live *live, enum dnsbl_state state, int listed)
{
	live->asked++;
	live->listed += listed != 0;
	live->errors += state != DNSBL_CLEAR && state != DNSBL_LISTED;
	if (live->all != NULL)
		say(live,
		    dnsbl_health_answer(&live->health, clock_ms(), state));
}
