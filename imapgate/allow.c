/* SPDX-License-Identifier: ISC */
/*
 * allow and revoke.
 */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "gate.h"
#include "imapgate_conf.h"
#include "line.h"
#include "log.h"
#include "me.h"
#include "operand.h"
#include "say.h"
#include "verbs.h"
#include "wanted.h"

int
read_operand(struct operand *o, const struct conf *conf, const char *text,
    int any)
{
	const struct imapgate_conf *c = any ? NULL : imapgate_conf(conf);
	const char		   *why;
	struct addr		    addr;
	char			    shown[256];

	if (text == NULL || strcmp(text, "me") == 0) {
		if ((why = me_find(&addr)) != NULL) {
			log_warnx("me: %s", why);
			return EX_USAGE;
		}
		text = addr_print(&addr, shown);
		why = operand_of(o, c, &addr);
	} else {
		why = operand_parse(o, c, text);
		text = line_clean(shown, sizeof(shown), text, strlen(text));
	}
	if (why == NULL)
		return 0;
	log_warnx("\"%s\": %s", text, why);
	return EX_USAGE;
}

static int
is_me(const struct options *opt)
{
	return opt->operand == NULL || strcmp(opt->operand, "me") == 0;
}

static void
notes(const struct operand *o, const struct options *opt)
{
	char text[PREFIX_LEN];

	if (is_me(opt) && me_outlives() != NULL)
		say_note("this is the peer of the session that %s was started "
			 "from; give the address if you have moved since",
		    me_outlives());

	prefix_print(&o->prefix, text);
	if (o->widened)
		say_note("an IPv6 lease covers the whole /64: %s", text);
	if (o->is_private)
		say_note("%s is a private address: right at home, and wrong "
			 "if it is how this machine sees a gateway",
		    text);
}

/* Who asks, from where, and why. */
static void
describe(struct lease *l, const struct options *opt)
{
	struct addr from;
	char	    text[256], addr[ADDR_LEN];

	lease_text(l->who, me_who(text, sizeof(text)));
	l->from[0] = '\0';
	if (me_find(&from) == NULL)
		strlcpy(l->from, addr_print(&from, addr), sizeof(l->from));
	if (opt->comment == NULL)
		return;
	lease_text(l->why, opt->comment);
	if (strlen(opt->comment) >= LEASE_TEXT_LEN)
		say_note("the comment is cut to %d bytes", LEASE_TEXT_LEN - 1);
}

/* A lease is not made shorter, unless its time is given. */
static time_t
until(const struct gate *g, const struct options *opt, const struct lease *was)
{
	time_t t;

	if (opt->forever)
		return LEASE_FOREVER;
	if (opt->seconds != 0)
		return g->now + (time_t)opt->seconds;
	t = g->now + (time_t)g->c->expire;
	if (was != NULL && (was->until == LEASE_FOREVER || was->until > t))
		return was->until;
	return t;
}

static int
grant(struct gate *g, const struct options *opt, const struct prefix *p)
{
	struct lease *was, l;

	was = leases_find(&g->leases, p);
	memset(&l, 0, sizeof(l));
	l.prefix = *p;
	if (was != NULL)
		l = *was;
	describe(&l, opt);
	/* No record of a time that is not believed. */
	if (gate_now(g) != 0)
		l.since = gate_now(g);
	l.until = until(g, opt, was);
	gate_event(g, was == NULL ? "allowed" : "renewed", &l);
	/* By a clock that is not believed no record is made worse. */
	if (was != NULL && gate_now(g) == 0 && was->since != 0) {
		l.since = 0;
		was = NULL;
	}
	if (was == NULL)
		return leases_add(&g->leases, &l);
	*was = l;
	g->leases.dirty = 1;
	return 0;
}

int
verb_allow(const struct conf *conf, const struct options *opt)
{
	struct gate    g;
	struct operand o;
	int	       code;

	if ((code = read_operand(&o, conf, opt->operand, 0)) != 0)
		return code;
	code = gate_open(&g, conf, opt->dry ? GATE_LOOK : GATE_CHANGE, 0, 0);
	if (code == 0) {
		notes(&o, opt);
		if (grant(&g, opt, &o.prefix) == -1) {
			log_warn("allow");
			code = EX_OSERR;
		} else
			code = gate_commit(&g);
	}
	gate_close(&g);
	return code;
}

/* What lets it in, beside the lease that has just ended. */
static int
cover(const struct gate *g, const struct prefix *p, char by[PREFIX_LEN + 16])
{
	const struct imapgate_permanent *entry;
	const struct lease		*l;
	char				 text[PREFIX_LEN];

	if ((entry = wanted_permanent(g->c, p)) != NULL) {
		snprintf(by, PREFIX_LEN + 16, "%s (permanent)",
		    prefix_print(&entry->prefix, text));
		return 1;
	}
	l = wanted_lease(&g->leases, g->c, p, gate_now(g), NULL);
	if (l == NULL)
		return 0;
	prefix_print(&l->prefix, by);
	return 1;
}

static void
end_lease(struct gate *g, struct lease *l)
{
	leases_end(&g->leases, l, gate_when(g));
	gate_event(g, "revoked", l);
}

/* All leases: it is no matter what they cover.  How many. */
static size_t
revoke_all(struct gate *g)
{
	size_t i, n = 0;

	for (i = 0; i < g->leases.n; i++)
		if (!g->leases.lease[i].ended) {
			end_lease(g, &g->leases.lease[i]);
			n++;
		}
	if (n == 0)
		log_warnx("there is no open lease");
	if (g->c->npermanent > 0)
		say_note("the permanent entries of the configuration stay");
	return n;
}

/*
 * Every lease of just that prefix, if a person has written two; or written an
 * IPv6 one that is narrower than a /64.  How many.
 */
static size_t
revoke_one(struct gate *g, const struct operand *o)
{
	const struct prefix *p = &o->prefix;
	struct lease	    *l;
	char		     text[PREFIX_LEN], by[PREFIX_LEN + 16];
	size_t		     n = 0;

	if (o->widened && leases_find(&g->leases, &o->given) != NULL)
		p = &o->given;
	while ((l = leases_find(&g->leases, p)) != NULL) {
		if (n++ == 0)
			end_lease(g, l);
		else
			leases_end(&g->leases, l, gate_when(g));
	}
	prefix_print(p, text);
	if (!cover(g, p, by)) {
		if (n == 0)
			log_warnx("there is no lease for %s", text);
	} else if (n > 0)
		say_note("%s is still let in by %s", text, by);
	else
		log_warnx("there is no lease for %s: it is let in by %s", text,
		    by);
	return n;
}

int
verb_revoke(const struct conf *conf, const struct options *opt)
{
	struct gate    g;
	struct operand o;
	size_t	       n;
	int	       code, all = strcmp(opt->operand, "all") == 0;

	if (!all && (code = read_operand(&o, conf, opt->operand, 1)) != 0)
		return code;
	code = gate_open(&g, conf, opt->dry ? GATE_LOOK : GATE_CHANGE, 0, 0);
	if (code == 0) {
		n = all ? revoke_all(&g) : revoke_one(&g, &o);
		code = gate_commit(&g);
		if (code == 0 && n == 0)
			code = 1;
	}
	gate_close(&g);
	return code;
}
