/* SPDX-License-Identifier: ISC */
#include "verdict.h"

#include <stdio.h>
#include <string.h>

#include "fcrdns_conf.h"
#include "rx.h"

static const char *
on_name(enum fcrdns_on on)
{
	switch (on) {
	case ON_PASS:
		return "pass";
	case ON_FAIL:
		return "fail";
	case ON_TEMPERROR:
		return "temperror";
	case ON_PERMERROR:
		return "permerror";
	case ON_NAME:
		break;
	}
	return "name";
}

/* A quoted word as it would stand in the file; cut if it does not fit. */
static void
quote(char *dst, size_t size, const char *s)
{
	size_t n = 0;

	dst[n++] = '"';
	for (; *s != '\0' && n + 4 < size; s++) {
		if (*s == '"' ||
		    (*s == '\\' &&
			(s[1] == '"' || s[1] == '\\' || s[1] == '\0')))
			dst[n++] = '\\';
		dst[n++] = *s;
	}
	dst[n++] = '"';
	dst[n] = '\0';
}

/* The words of an "on" line. */
static void
rule_words(char rule[VERDICT_RULE_LEN], const struct fcrdns_rule *r)
{
	char pattern[VERDICT_RULE_LEN - 32];

	if (r->on != ON_NAME) {
		snprintf(rule, VERDICT_RULE_LEN, "on %s %s", on_name(r->on),
		    action_name(r->action));
		return;
	}
	quote(pattern, sizeof(pattern), r->pattern);
	snprintf(rule, VERDICT_RULE_LEN, "on name ~ %s %s", pattern,
	    action_name(r->action));
}

static const struct fcrdns_from *
find_from(const struct fcrdns_from *from, size_t n, const struct addr *addr)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (prefix_contains(&from[i].prefix, addr))
			return &from[i];
	}
	return NULL;
}

static void
decide_from(struct verdict *v, const struct fcrdns_from *from,
    enum action action)
{
	char text[PREFIX_LEN];
	int  pass = action == ACTION_ACCEPT;

	v->action = action;
	v->kind = VERDICT_FROM;
	v->where = from->where;
	prefix_print(&from->prefix, text);
	snprintf(v->rule, sizeof(v->rule), "%s from %s",
	    pass ? "pass" : "block", text);
	snprintf(v->why, sizeof(v->why), "%s by %s",
	    pass ? "let in" : "blocked", text);
}

int
verdict_early(struct verdict *v, const struct addr *addr,
    const struct fcrdns_conf *conf, const struct findings *known)
{
	const struct fcrdns_from *from;

	(void)known;
	memset(v, 0, sizeof(*v));
	v->action = ACTION_ACCEPT;
	if ((from = find_from(conf->pass, conf->npass, addr)) != NULL) {
		decide_from(v, from, ACTION_ACCEPT);
		return 1;
	}
	if ((from = find_from(conf->block, conf->nblock, addr)) != NULL) {
		decide_from(v, from, ACTION_REJECT);
		return 1;
	}
	return 0;
}

/* Does the line apply?  *name is the name it is about, or NULL. */
static int
applies(const struct fcrdns_rule *r, const struct findings *f,
    const char **name)
{
	unsigned int i;

	*name = NULL;
	switch (r->on) {
	case ON_PASS:
		return f->iprev == IPREV_PASS;
	case ON_FAIL:
		return f->iprev == IPREV_FAIL;
	case ON_TEMPERROR:
		return f->iprev == IPREV_TEMPERROR;
	case ON_PERMERROR:
		return f->iprev == IPREV_PERMERROR;
	case ON_NAME:
		break;
	}
	for (i = 0; i < f->nnames; i++) {
		/* A limit that was hit is no match: rx.h says so once. */
		if (rx_match(r->rx, f->names[i].name) == RX_YES) {
			*name = f->names[i].name;
			return 1;
		}
	}
	return 0;
}

static void
say_why(char why[VERDICT_WHY_LEN], const struct findings *f, const char *name)
{
	if (name != NULL)
		snprintf(why, VERDICT_WHY_LEN, "name %s matches a pattern",
		    name);
	else
		strlcpy(why, cause_text(f->cause), VERDICT_WHY_LEN);
}

static void
tag(struct verdict *v, const struct fcrdns_rule *r, const struct findings *f,
    const char *name)
{
	if (v->tagged) /* the first one is kept */
		return;
	v->tagged = 1;
	v->tag_where = r->where;
	rule_words(v->tag_rule, r);
	say_why(v->tag_why, f, name);
}

void
verdict_of(struct verdict *v, const struct findings *f,
    const struct fcrdns_conf *conf)
{
	const struct fcrdns_rule *r;
	const char		 *name;
	size_t			  i;

	if (verdict_early(v, &f->addr, conf, f))
		return;
	for (i = 0; i < conf->nrules; i++) {
		r = &conf->rules[i];
		if (!applies(r, f, &name))
			continue;
		if (r->action == ACTION_TAG) {
			tag(v, r, f, name);
			continue;
		}
		v->action = r->action;
		v->kind = r->on == ON_NAME ? VERDICT_NAME : VERDICT_IPREV;
		v->where = r->where;
		rule_words(v->rule, r);
		say_why(v->why, f, name);
		return;
	}
	strlcpy(v->rule, "default", sizeof(v->rule));
	say_why(v->why, f, NULL);
}
