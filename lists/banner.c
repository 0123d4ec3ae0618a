/* SPDX-License-Identifier: ISC */
#include "banner.h"

#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "counting.h"
#include "date.h"
#include "folder.h"
#include "journal.h"
#include "lists_conf.h"
#include "log.h"
#include "protect.h"
#include "sets.h"
#include "stamp.h"
#include "units.h"

#define TICK_SECONDS 1
/* The command may have banned somebody for a shorter time than we know. */
#define TEND_SECONDS 5
#define LATER	     10 /* seconds, after trouble */

struct banner {
	const struct folder *folder;
	const struct conf   *conf; /* a reference */
	struct counting	    *counting;
	struct sets	    *sets; /* the protected set alone */
	struct stamp	     seen; /* of its file */
	struct event	    *timer;
	int64_t		     tend;    /* clock_ms(): when to look again */
	int		     trouble; /* said */
	struct banner_stats  stats;
};

/* The parent writes it; a new one is looked at here. */
static void
look_protected(struct banner *b)
{
	struct stamp is;
	char	     why[SET_WHY_LEN];
	int	     fd;

	stamp_at(&is, b->folder->dir, PROTECT_SET, AT_SYMLINK_NOFOLLOW);
	if (is.error != 0 || stamp_equal(&is, &b->seen))
		return;
	fd = openat(b->folder->dir, PROTECT_SET,
	    O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (fd == -1)
		return;
	if (sets_take(b->sets, LIST_PROTECTED, fd, why) == -1)
		log_warnx("%s: %s", PROTECT_SET, why);
	b->seen = is;
}

static void
tend(struct banner *b)
{
	enum journal_result result;
	int64_t		    next = TEND_SECONDS;

	result = journal_tend(b->folder, bans_conf(b->conf), &next);
	if (next < 0 || next > TEND_SECONDS)
		next = TEND_SECONDS;
	if (result != JOURNAL_DONE) {
		next = LATER;
		if (!b->trouble)
			log_warnx("bans: they cannot be kept up to date");
	} else if (b->trouble)
		log_info("bans: kept up to date again");
	b->trouble = result != JOURNAL_DONE;
	b->tend = clock_ms() + next * 1000;
}

static void
tick(evutil_socket_t fd, short what, void *arg)
{
	struct banner *b = arg;

	(void)fd;
	(void)what;
	look_protected(b);
	if (clock_ms() >= b->tend)
		tend(b);
}

struct banner *
banner_new(struct event_base *base, const struct folder *folder,
    const struct conf *conf)
{
	static const struct timeval tv = { .tv_sec = TICK_SECONDS };
	struct banner		   *b;

	if ((b = calloc(1, sizeof(*b))) == NULL)
		return NULL;
	b->folder = folder;
	b->counting = counting_new(BANNER_ENTRIES);
	b->sets = sets_new();
	b->timer = event_new(base, -1, EV_PERSIST, tick, b);
	if (b->counting == NULL || b->sets == NULL || b->timer == NULL ||
	    event_add(b->timer, &tv) == -1) {
		banner_free(b);
		return NULL;
	}
	banner_use(b, conf);
	look_protected(b);
	tend(b);
	return b;
}

void
banner_free(struct banner *b)
{
	if (b == NULL)
		return;
	if (b->timer != NULL)
		event_free(b->timer);
	counting_free(b->counting);
	sets_free(b->sets);
	if (b->conf != NULL)
		conf_unref(b->conf);
	free(b);
}

void
banner_use(struct banner *b, const struct conf *conf)
{
	const struct bans_conf *c = bans_conf(conf);
	const struct conf      *former = b->conf;

	b->conf = conf_ref(conf);
	counting_use(b->counting, c->rules, c->nrules);
	if (former != NULL)
		conf_unref(former);
	b->tend = 0;
}

static void
ban(struct banner *b, const struct addr *addr, const struct bans_rule *rule)
{
	struct journal_ban  wanted = { .length = rule->length, .repeats = 1 };
	struct ban	    made;
	enum journal_result result;
	char		    why[BAN_WHY_LEN], within[UNITS_LEN];
	char		    text[PREFIX_LEN], until[DATE_RFC3339_LEN];

	wanted.prefix =
	    prefix_around(addr, addr->family == ADDR_IPV4 ? 32 : 64);
	wanted.who = offence_plural(rule->offence);
	snprintf(why, sizeof(why), "%u %s within %s", rule->count, wanted.who,
	    units_print_duration(rule->within, within));
	wanted.why = why;
	result = journal_ban(b->folder, bans_conf(b->conf), &wanted, &made);
	if (result != JOURNAL_DONE && result != JOURNAL_LATE) {
		b->stats.failed++;
		log_warnx("%s: %s, but it cannot be banned",
		    prefix_print(&wanted.prefix, text), why);
		return;
	}
	if (result == JOURNAL_LATE)
		b->tend = 0;
	b->stats.made++;
	log_info("banned %s until %s: %s", prefix_print(&made.prefix, text),
	    date_rfc3339((time_t)made.until, until), why);
}

void
banner_hear(void *arg, const struct addr *addr, enum offence offence)
{
	struct banner	       *b = arg;
	const struct bans_rule *rule;

	b->stats.offences++;
	if (sets_protected(b->sets, addr)) {
		b->stats.protected ++;
		return;
	}
	rule = counting_add(b->counting, addr, offence, clock_ms());
	if (rule != NULL)
		ban(b, addr, rule);
}

void
banner_stats(struct banner *b, struct banner_stats *s)
{
	struct bans_clock clock = { .good = 1 };
	struct bans	 *bans;

	*s = b->stats;
	s->counted = counting_entries(b->counting);
	s->bans = 0;
	if ((bans = journal_look(b->folder, &clock)) != NULL)
		s->bans = bans_count(bans, &clock);
	bans_free(bans);
	if (clock.good)
		s->clock = "good";
	else
		s->clock = clock_now() < clock.now ? "back" : "ahead";
}
