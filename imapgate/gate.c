/* SPDX-License-Identifier: ISC */
#include "gate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "clock.h"
#include "global.h"
#include "imapgate_conf.h"
#include "log.h"
#include "protect_file.h"
#include "say.h"
#include "wanted.h"
#include "xalloc.h"

time_t
gate_now(const struct gate *g)
{
	return g->clock == LEASE_CLOCK_GOOD ? g->now : 0;
}

time_t
gate_when(const struct gate *g)
{
	if (g->clock == LEASE_CLOCK_GOOD)
		return g->now;
	return leases_newest(&g->leases);
}

void
gate_event(struct gate *g, const char *word, const struct lease *l)
{
	/* Grows by doubling, at powers of two. */
	if ((g->nevents & (g->nevents - 1)) == 0)
		g->event = xreallocarray(g->event,
		    g->nevents == 0 ? 1 : g->nevents * 2, sizeof(*g->event));
	g->event[g->nevents].word = word;
	g->event[g->nevents++].lease = *l;
}

/* With right, an old lease ends only now, for its line shall not go yet. */
static void
end_what_is_over(struct gate *g, int right)
{
	struct lease *l;
	size_t	      i = 0;

	while ((l = leases_over(&g->leases, &i, g->now)) != NULL) {
		leases_end(&g->leases, l, right ? g->now : l->until);
		gate_event(g, "expired", l);
	}
	leases_forget(&g->leases, g->now);
}

/*
 * What allow wrote by a clock that was far ahead and not believed would last
 * until that time comes.  It is told by the record of when that it lacks.
 */
static void
cut_what_was_too_far(struct gate *g)
{
	struct lease *l;
	char	      prefix[PREFIX_LEN], time[LEASE_TIME_LEN];
	size_t	      i;

	for (i = 0; i < g->leases.n; i++) {
		l = &g->leases.lease[i];
		if (l->ended || l->until == LEASE_FOREVER || l->since != 0 ||
		    l->who[0] == '\0' || l->until <= g->now + LEASE_MAX)
			continue;
		l->since = g->now;
		l->until = g->now + (time_t)g->c->expire;
		g->leases.dirty = 1;
		log_warnx("the lease of %s is of a clock that was wrong: it "
			  "ends %s",
		    prefix_print(&l->prefix, prefix),
		    lease_time(l->until, time));
	}
}

static void
judge_clock(struct gate *g, int right)
{
	char is[LEASE_TIME_LEN], was[LEASE_TIME_LEN];

	g->now = clock_now();
	g->clock = leases_clock(&g->leases, g->now);
	if (g->clock == LEASE_CLOCK_GOOD) {
		cut_what_was_too_far(g);
		end_what_is_over(g, 0);
	} else if (right) {
		g->clock = LEASE_CLOCK_GOOD;
		end_what_is_over(g, 1);
		leases_believe(&g->leases, g->now);
	} else if (!g->quiet)
		log_warnx("the clock is not believed: it says %s, the newest "
			  "lease is of %s; nothing expires until it is right, "
			  "or until \"imapgate expire -y\" says that it is",
		    lease_time(g->now, is),
		    lease_time(leases_newest(&g->leases), was));
}

/* Lines by hand that the configuration refuses, or "widest" has changed. */
static void
warn_refused(const struct gate *g)
{
	const struct lease *l;
	const char	   *why;
	char		    prefix[PREFIX_LEN];
	size_t		    i;

	if (g->quiet)
		return;
	for (i = 0; i < g->leases.n; i++) {
		l = &g->leases.lease[i];
		if (l->ended ||
		    (why = imapgate_refuses(g->c, &l->prefix)) == NULL)
			continue;
		log_warnx("the lease of %s is not used: %s",
		    prefix_print(&l->prefix, prefix), why);
	}
}

int
gate_open(struct gate *g, const struct conf *conf, enum gate_how how, int right,
    int quiet)
{
	const char *state = global_conf(conf)->state;
	int	    code;

	memset(g, 0, sizeof(*g));
	g->conf = conf;
	g->c = imapgate_conf(conf);
	g->how = how;
	g->quiet = quiet;
	g->firewall = g->c->firewall;
	g->file = xasprintf("%s/imapgate/none.set", state);
	g->firewall.file = g->file;
	code = store_open(&g->store, state, how == GATE_CHANGE);
	if (code == 0 && how == GATE_CHANGE)
		code = store_lock(&g->store);
	if (code == 0)
		code = store_read(&g->store, &g->leases);
	if (code != 0)
		return code;
	judge_clock(g, right);
	warn_refused(g);
	return 0;
}

void
gate_close(struct gate *g)
{
	store_close(&g->store);
	leases_free(&g->leases);
	free(g->event);
	free(g->file);
	g->event = NULL;
	g->file = NULL;
}

static int
write_leases(struct gate *g)
{
	int code;

	if (!g->leases.dirty)
		return 0;
	if ((code = store_write(&g->store, &g->leases)) == 0)
		g->leases.dirty = 0;
	return code;
}

/* A result of the firewall's that is not what we wanted. */
static int
trouble(enum firewall_result result, const char *why)
{
	log_warnx("the firewall: %s%s", why,
	    result == FIREWALL_ABSENT ?
		"; \"imapgate rules\" prints what to load" :
		"");
	return result == FIREWALL_DENIED ? EX_NOPERM : EX_UNAVAILABLE;
}

static int
no_memory(void)
{
	log_warnx("out of memory");
	return EX_OSERR;
}

/*
 * End the sessions of whom the firewall let in until now (have), or a lease
 * that is not in force, and nothing lets in any more.
 */
static int
end_sessions(struct gate *g, const struct firewall_set *keep,
    const struct firewall_set *have)
{
	struct firewall_set  gone;
	enum firewall_result result;
	char		     why[FIREWALL_WHY_LEN] = "";

	if (wanted_gone(&gone, &g->leases, g->c, gate_now(g), have) == -1)
		return no_memory();
	if (gone.n == 0)
		return 0;
	result = firewall_end_sessions(&g->firewall, g->c->ports, g->c->nports,
	    &gone, keep, &g->ended, why);
	firewall_set_free(&gone);
	if (result != FIREWALL_DONE)
		return trouble(result, why);
	/* A kernel that cannot: the rules cut the sessions all the same. */
	if (why[0] != '\0' && !g->quiet)
		say_note("%s", why);
	return 0;
}

static int
replace(struct gate *g, const struct firewall_set *set,
    const struct firewall_set *have)
{
	enum firewall_result result;
	char		     why[FIREWALL_WHY_LEN] = "";

	result = firewall_replace(&g->firewall, set, why);
	if (result != FIREWALL_DONE)
		return trouble(result, why);
	return end_sessions(g, set, have);
}

int
gate_show(struct gate *g, struct firewall_set *set)
{
	enum firewall_result result;
	char		     why[FIREWALL_WHY_LEN] = "";

	memset(set, 0, sizeof(*set));
	result = firewall_show(&g->firewall, set, why);
	if (result == FIREWALL_DONE)
		return 0;
	firewall_set_free(set);
	return trouble(result, why);
}

int
gate_commit(struct gate *g)
{
	/*
	 * What the firewall has is not asked: whom a lease let in, the file
	 * says, and it would cost more than all the rest.
	 */
	static const struct firewall_set none;
	struct firewall_set		 set;
	int				 code, told;

	if (g->how == GATE_LOOK) {
		say_events(g, SAY_WOULD);
		return 0;
	}
	if ((code = write_leases(g)) != 0)
		return code;
	say_log(g);
	told = protect_file_write(g);
	if (wanted_set(&set, &g->leases, g->c, gate_now(g)) == -1)
		return no_memory();
	code = replace(g, &set, &none);
	firewall_set_free(&set);
	/* Who reads what we say may take his time. */
	store_unlock(&g->store);
	if (told == 1)
		protect_file_follow(g);
	say_events(g, code == 0 ? SAY_DONE : SAY_FILE_ONLY);
	return code;
}

/* How many of a are not in b; both are merged, and sorted by that. */
static size_t
missing(const struct firewall_set *a, const struct firewall_set *b)
{
	size_t i, j = 0, n = 0;
	int    order;

	for (i = 0; i < a->n; i++) {
		order = 1;
		for (; j < b->n && order > 0; j += order > 0)
			order = addr_compare(&a->prefix[i].addr,
			    &b->prefix[j].addr);
		if (order != 0 || a->prefix[i].bits != b->prefix[j].bits)
			n++;
	}
	return n;
}

/* Look at the firewall, and make it equal if we may. */
static int
settle(struct gate *g, const struct firewall_set *want, struct gate_sync *s)
{
	struct firewall_set have;
	int		    code;

	if ((code = gate_show(g, &have)) != 0)
		return code;
	s->wanted = want->n;
	s->added = missing(want, &have);
	s->removed = missing(&have, want);
	if (g->how != GATE_LOOK) {
		if (s->added + s->removed > 0)
			code = replace(g, want, &have);
		else if (s->thorough || g->nevents > 0)
			code = end_sessions(g, want, &have);
	}
	firewall_set_free(&have);
	return code;
}

int
gate_sync(struct gate *g, struct gate_sync *s)
{
	struct firewall_set want;
	int		    code, written = 0, told = 0;

	/* With a full disk, what has expired still leaves the firewall. */
	if (g->how == GATE_CHANGE && (written = write_leases(g)) == 0) {
		say_log(g);
		told = protect_file_write(g);
	}
	if (wanted_set(&want, &g->leases, g->c, gate_now(g)) == -1)
		return no_memory();
	code = settle(g, &want, s);
	firewall_set_free(&want);
	store_unlock(&g->store);
	if (told == 1)
		protect_file_follow(g);
	if (g->how == GATE_LOOK)
		say_events(g, SAY_WOULD);
	else if (written == 0)
		say_events(g, code == 0 ? SAY_DONE : SAY_FILE_ONLY);
	if (code == 0)
		say_sync(g, s);
	return written != 0 ? written : code;
}
