/* SPDX-License-Identifier: ISC */
#include "verdict.h"

#include <stdio.h>
#include <string.h>

#include "dnsbl.h"
#include "fcrdns_conf.h"
#include "from.h"
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
	case ON_SCORE:
		return "score";
	case ON_LISTED:
		return "listed";
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
	const char *action = action_name(r->action);
	char	    pattern[VERDICT_RULE_LEN - 32];

	switch (r->on) {
	case ON_NAME:
		quote(pattern, sizeof(pattern), r->pattern);
		snprintf(rule, VERDICT_RULE_LEN, "on name ~ %s %s", pattern,
		    action);
		return;
	case ON_SCORE:
		snprintf(rule, VERDICT_RULE_LEN, "on score %d %s", r->score,
		    action);
		return;
	case ON_LISTED:
		snprintf(rule, VERDICT_RULE_LEN, "on listed \"%s\" %s",
		    r->dnsbl, action);
		return;
	case ON_PASS:
	case ON_FAIL:
	case ON_TEMPERROR:
	case ON_PERMERROR:
		break;
	}
	snprintf(rule, VERDICT_RULE_LEN, "on %s %s", on_name(r->on), action);
}

/* A from_member: what is not known is no. */
static int
known_member(void *arg, const char *list, const struct addr *addr)
{
	const struct findings *known = arg;

	(void)addr;
	return known != NULL && findings_in(known, list);
}

static const struct from_item *
find_from(const struct from *from, const struct addr *addr,
    const struct findings *known)
{
	union {
		const struct findings *borrowed;
		void		      *arg;
	} u = { .borrowed = known };

	return from_find(from, addr, known_member, u.arg);
}

static void
decide_from(struct verdict *v, const struct from_item *item, enum action action)
{
	char text[FROM_TEXT_LEN];
	int  pass = action == ACTION_ACCEPT;

	v->action = action;
	v->kind = item->list != NULL ? VERDICT_LIST : VERDICT_FROM;
	v->where = item->where;
	from_print_item(item, text);
	snprintf(v->rule, sizeof(v->rule), "%s from %s",
	    pass ? "pass" : "block", text);
	if (item->list != NULL)
		snprintf(v->why, sizeof(v->why), "%slisted in %s",
		    pass ? "let in, " : "", item->list);
	else
		snprintf(v->why, sizeof(v->why), "%s by %s",
		    pass ? "let in" : "blocked", text);
}

static void
decide_protected(struct verdict *v)
{
	v->kind = VERDICT_PROTECTED;
	strlcpy(v->rule, "protected", sizeof(v->rule));
	strlcpy(v->why, "protected: nothing may block it", sizeof(v->why));
}

static void
begin(struct verdict *v)
{
	memset(v, 0, sizeof(*v));
	v->action = ACTION_ACCEPT;
}

int
verdict_early(struct verdict *v, const struct addr *addr,
    const struct fcrdns_conf *conf, const struct findings *known)
{
	const struct from_item *item;

	begin(v);
	if (known != NULL && !known->lists_known)
		known = NULL;
	if (known != NULL && known->is_protected) {
		decide_protected(v);
		return 1;
	}
	if ((item = find_from(&conf->pass, addr, known)) != NULL) {
		decide_from(v, item, ACTION_ACCEPT);
		return 1;
	}
	/* It may be protected, or let in by some list. */
	if (known == NULL)
		return 0;
	if ((item = find_from(&conf->block, addr, known)) != NULL) {
		decide_from(v, item, ACTION_REJECT);
		return 1;
	}
	return 0;
}

/* What an "on" line is about: one of them, or neither. */
struct subject {
	const char	   *name; /* of a PTR record */
	int		    score;
	const struct dnsbl *dnsbl;   /* of ON_LISTED */
	const struct dnsbl *missing; /* its answer might spare him that */
};

static const struct dnsbl *
find_dnsbl(const struct fcrdns_conf *conf, const char *name)
{
	size_t i;

	for (i = 0; i < conf->ndnsbls; i++) {
		if (strcmp(conf->dnsbls[i].name, name) == 0)
			return &conf->dnsbls[i];
	}
	return NULL;
}

/* Is the address listed by it?  What is no proper answer is no. */
static int
is_listed(const struct dnsbl *d, const struct findings *f, int *score)
{
	const struct dnsbl_finding *finding;

	*score = 0;
	return (finding = findings_dnsbl(f, d->name)) != NULL &&
	    dnsbl_listed(d, finding, score);
}

static int
score_of(const struct fcrdns_conf *conf, const struct findings *f)
{
	size_t i;
	int    sum = 0, score;

	for (i = 0; i < conf->ndnsbls; i++) {
		if (is_listed(&conf->dnsbls[i], f, &score))
			sum += score;
	}
	return sum;
}

/*
 * An allow list that did not answer; with what those that did not might have
 * said, the sum would be below that.  NULL: there is none.
 */
static const struct dnsbl *
find_missing(const struct fcrdns_conf *conf, const struct findings *f, int sum,
    int least)
{
	const struct dnsbl_finding *finding;
	const struct dnsbl	   *d, *first = NULL;
	size_t			    i;

	for (i = 0; i < conf->ndnsbls; i++) {
		d = &conf->dnsbls[i];
		if ((finding = findings_dnsbl(f, d->name)) == NULL ||
		    !dnsbl_state_open(finding->state) || dnsbl_lowest(d) == 0)
			continue;
		sum += dnsbl_lowest(d);
		if (first == NULL)
			first = d;
	}
	return sum < least ? first : NULL;
}

static int
name_applies(const struct fcrdns_rule *r, const struct findings *f,
    struct subject *s)
{
	unsigned int i;

	for (i = 0; i < f->nnames; i++) {
		/* A limit that was hit is no match: rx.h says so once. */
		if (rx_match(r->rx, f->names[i].name) == RX_YES) {
			s->name = f->names[i].name;
			return 1;
		}
	}
	return 0;
}

/* Does the line apply?  *s is what it is about. */
static int
applies(const struct fcrdns_rule *r, const struct findings *f,
    const struct fcrdns_conf *conf, int score, struct subject *s)
{
	memset(s, 0, sizeof(*s));
	switch (r->on) {
	case ON_PASS:
		return f->iprev == IPREV_PASS;
	case ON_FAIL:
		return f->iprev == IPREV_FAIL;
	case ON_TEMPERROR:
		/*
		 * Not asked, though this file does not decide by the address:
		 * fcrdnsd has another one, during a reload.
		 */
		return f->iprev == IPREV_TEMPERROR || f->iprev == IPREV_UNASKED;
	case ON_PERMERROR:
		return f->iprev == IPREV_PERMERROR;
	case ON_SCORE:
		s->score = score;
		if (score < r->score)
			return 0;
		s->missing = find_missing(conf, f, score, r->score);
		return 1;
	case ON_LISTED:
		s->dnsbl = find_dnsbl(conf, r->dnsbl);
		return s->dnsbl != NULL && is_listed(s->dnsbl, f, &s->score);
	case ON_NAME:
		break;
	}
	return name_applies(r, f, s);
}

#define SAY_NAMES 160 /* bytes of the names of lists */

static void
add(char why[VERDICT_WHY_LEN], const char *a, const char *b)
{
	strlcat(why, a, VERDICT_WHY_LEN);
	strlcat(why, b, VERDICT_WHY_LEN);
}

/*
 * "listed by zen, psbl (score 3): TXT of the first", or "(score 3, dnswl did
 * not answer)".
 */
static void
say_score(char why[VERDICT_WHY_LEN], const struct findings *f,
    const struct fcrdns_conf *conf, const struct subject *s)
{
	const struct dnsbl_finding *finding;
	const char		   *txt = NULL;
	char			    number[32];
	size_t			    i;
	int			    score;

	strlcpy(why, "listed by", VERDICT_WHY_LEN);
	for (i = 0; i < conf->ndnsbls; i++) {
		/* What lowers the score is no reason. */
		if (!is_listed(&conf->dnsbls[i], f, &score) || score <= 0)
			continue;
		finding = findings_dnsbl(f, conf->dnsbls[i].name);
		if (strlen(why) > SAY_NAMES) {
			add(why, ", ...", "");
			break;
		}
		add(why, txt == NULL ? " " : ", ", conf->dnsbls[i].name);
		if (txt == NULL)
			txt = finding->txt;
	}
	snprintf(number, sizeof(number), " (score %d", s->score);
	add(why, number, s->missing != NULL ? ", " : ")");
	if (s->missing != NULL)
		add(why, s->missing->name, " did not answer)");
	if (txt != NULL && txt[0] != '\0')
		add(why, ": ", txt);
}

static void
say_cause(char why[VERDICT_WHY_LEN], const struct findings *f)
{
	strlcpy(why,
	    f->iprev == IPREV_UNASKED ? "nothing was looked up" :
					cause_text(f->cause),
	    VERDICT_WHY_LEN);
}

static void
say_why(char why[VERDICT_WHY_LEN], const struct fcrdns_rule *r,
    const struct findings *f, const struct fcrdns_conf *conf,
    const struct subject *s)
{
	const char *txt;

	switch (r->on) {
	case ON_NAME:
		snprintf(why, VERDICT_WHY_LEN, "name %s matches a pattern",
		    s->name);
		return;
	case ON_SCORE:
		say_score(why, f, conf, s);
		return;
	case ON_LISTED:
		txt = findings_dnsbl(f, s->dnsbl->name)->txt;
		snprintf(why, VERDICT_WHY_LEN, "listed by %s%s%s",
		    s->dnsbl->name, txt[0] != '\0' ? ": " : "", txt);
		return;
	case ON_PASS:
	case ON_FAIL:
	case ON_TEMPERROR:
	case ON_PERMERROR:
		break;
	}
	say_cause(why, f);
}

static enum verdict_kind
kind_of(enum fcrdns_on on)
{
	switch (on) {
	case ON_NAME:
		return VERDICT_NAME;
	case ON_SCORE:
	case ON_LISTED:
		return VERDICT_LIST;
	case ON_PASS:
	case ON_FAIL:
	case ON_TEMPERROR:
	case ON_PERMERROR:
		break;
	}
	return VERDICT_IPREV;
}

static void
tag(struct verdict *v, const struct fcrdns_rule *r, const struct findings *f,
    const struct fcrdns_conf *conf, const struct subject *s)
{
	if (v->tagged) /* the first one is kept */
		return;
	v->tagged = 1;
	v->tag_where = r->where;
	rule_words(v->tag_rule, r);
	say_why(v->tag_why, r, f, conf, s);
}

/*
 * The line does not apply; might it, and end with something better than
 * reject, if a list had answered?
 */
static const struct dnsbl *
might_spare(const struct fcrdns_rule *r, const struct findings *f,
    const struct fcrdns_conf *conf)
{
	const struct dnsbl_finding *finding;

	if (r->on != ON_LISTED || r->action == ACTION_REJECT ||
	    r->action == ACTION_TAG ||
	    (finding = findings_dnsbl(f, r->dnsbl)) == NULL ||
	    !dnsbl_state_open(finding->state))
		return NULL;
	return find_dnsbl(conf, r->dnsbl);
}

/* The "on" lines, from top to bottom. */
static void
judge(struct verdict *v, const struct findings *f,
    const struct fcrdns_conf *conf)
{
	const struct fcrdns_rule *r;
	const struct dnsbl	 *missing = NULL;
	struct subject		  s;
	size_t			  i;

	for (i = 0; i < conf->nrules; i++) {
		r = &conf->rules[i];
		if (!applies(r, f, conf, v->score, &s)) {
			if (missing == NULL)
				missing = might_spare(r, f, conf);
			continue;
		}
		if (r->action == ACTION_TAG) {
			tag(v, r, f, conf, &s);
			continue;
		}
		v->action = r->action;
		if (s.missing == NULL && r->action == ACTION_REJECT)
			s.missing = missing;
		/* Trouble with the DNS bounces nothing. */
		if (s.missing != NULL && r->action == ACTION_REJECT)
			v->action = ACTION_TEMPFAIL;
		v->kind = kind_of(r->on);
		v->where = r->where;
		rule_words(v->rule, r);
		say_why(v->why, r, f, conf, &s);
		if (s.missing != NULL && r->on != ON_SCORE) {
			add(v->why, " (", s.missing->name);
			add(v->why, " did not answer)", "");
		}
		return;
	}
	strlcpy(v->rule, "default", sizeof(v->rule));
	say_cause(v->why, f);
}

void
verdict_of(struct verdict *v, const struct findings *f,
    const struct fcrdns_conf *conf)
{
	const struct from_item *item;

	if (verdict_early(v, &f->addr, conf, f)) {
		v->score = score_of(conf, f);
		return;
	}
	v->score = score_of(conf, f);
	/*
	 * Nobody knows of any list: an address of the file's does not come in,
	 * but as it may be protected, or let in by a list, no mail is bounced
	 * for our own trouble.
	 */
	if (!f->lists_known &&
	    (item = find_from(&conf->block, &f->addr, NULL)) != NULL) {
		decide_from(v, item, ACTION_TEMPFAIL);
		return;
	}
	judge(v, f, conf);
}
