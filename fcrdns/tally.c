/* SPDX-License-Identifier: ISC */
#include "tally.h"

#include <string.h>

static int
pending(const struct lookup *l)
{
	return l->state == LOOKUP_UNASKED || l->state == LOOKUP_ASKED;
}

int
tally_over(const struct tally *t)
{
	unsigned int i;
	int	     waiting = 0;

	if (pending(&t->ptr))
		return 0;
	if (t->ptr.state != LOOKUP_ANSWERED)
		return 1;
	for (i = 0; i < t->names.count; i++) {
		if (pending(&t->forward[i]))
			waiting = 1;
		else if (t->forward[i].match)
			return 1;
	}
	return !waiting;
}

static enum cause
ptr_cause(enum lookup_state state)
{
	switch (state) {
	case LOOKUP_REFUSED:
		return CAUSE_PTR_REFUSED;
	case LOOKUP_BOGUS:
		return CAUSE_PTR_BOGUS;
	case LOOKUP_OVERLOAD:
		return CAUSE_OVERLOAD;
	case LOOKUP_RESOURCES:
		return CAUSE_RESOURCES;
	case LOOKUP_UNASKED:
	case LOOKUP_ASKED:
	case LOOKUP_TIMEOUT:
		return CAUSE_PTR_TIMEOUT;
	case LOOKUP_ANSWERED:
	case LOOKUP_SERVFAIL:
		break;
	}
	return CAUSE_PTR_SERVFAIL;
}

static enum cause
name_cause(enum lookup_state state)
{
	switch (state) {
	case LOOKUP_REFUSED:
		return CAUSE_NAME_REFUSED;
	case LOOKUP_BOGUS:
		return CAUSE_NAME_BOGUS;
	case LOOKUP_OVERLOAD:
		return CAUSE_OVERLOAD;
	case LOOKUP_RESOURCES:
		return CAUSE_RESOURCES;
	case LOOKUP_UNASKED:
	case LOOKUP_ASKED:
	case LOOKUP_TIMEOUT:
		return CAUSE_NAME_TIMEOUT;
	case LOOKUP_ANSWERED:
	case LOOKUP_SERVFAIL:
		break;
	}
	return CAUSE_NAME_SERVFAIL;
}

static enum name_state
name_state(const struct lookup *l)
{
	if (l->state == LOOKUP_UNASKED || l->state == LOOKUP_ASKED)
		return NAME_UNASKED;
	if (l->state != LOOKUP_ANSWERED)
		return NAME_TEMPERROR;
	if (l->match)
		return NAME_CONFIRMED;
	return l->records > 0 ? NAME_MISMATCH : NAME_NOADDRESS;
}

/* An answer that the result rests on. */
static void
rest_on(struct findings *f, const struct tally *t, const struct lookup *l)
{
	if (l->ttl < f->ttl)
		f->ttl = l->ttl;
	if (t->validating && !l->secure)
		f->dnssec = DNSSEC_NO;
}

static void
no_result(struct findings *f, enum cause cause)
{
	f->iprev = IPREV_TEMPERROR;
	f->cause = cause;
	f->dnssec = DNSSEC_UNKNOWN;
	f->ttl = cause == CAUSE_OVERLOAD || cause == CAUSE_RESOURCES ?
	    0 :
	    TALLY_TTL_TEMPERROR;
}

/* There are names: what became of them? */
static void
judge_names(struct findings *f, const struct tally *t)
{
	unsigned int	     i;
	const struct lookup *failed = NULL;
	int		     mismatch = 0;

	for (i = 0; i < f->nnames; i++) {
		if (f->names[i].state != NAME_CONFIRMED)
			continue;
		f->iprev = IPREV_PASS;
		f->cause = CAUSE_NONE;
		rest_on(f, t, &t->forward[i]);
		return;
	}
	for (i = 0; i < f->nnames; i++) {
		if (t->forward[i].state != LOOKUP_ANSWERED) {
			if (failed == NULL)
				failed = &t->forward[i];
			continue;
		}
		mismatch |= f->names[i].state == NAME_MISMATCH;
		rest_on(f, t, &t->forward[i]);
	}
	if (failed != NULL) {
		no_result(f, name_cause(failed->state));
		return;
	}
	f->iprev = IPREV_FAIL;
	f->cause = mismatch ? CAUSE_NO_MATCH : CAUSE_NO_ADDRESS;
}

void
tally_findings(const struct tally *t, struct findings *f)
{
	unsigned int i;

	f->nptrs = f->ninvalid = f->nnames = 0;
	if (t->ptr.state != LOOKUP_ANSWERED) {
		no_result(f, ptr_cause(t->ptr.state));
		return;
	}
	f->nptrs = t->names.total;
	f->ninvalid = t->names.invalid;
	f->nnames = t->names.count;
	for (i = 0; i < f->nnames; i++) {
		strlcpy(f->names[i].name, t->names.name[i], DNS_NAME_LEN);
		f->names[i].state = name_state(&t->forward[i]);
	}

	f->ttl = TALLY_TTL_MAX;
	f->dnssec = t->validating ? DNSSEC_YES : DNSSEC_UNKNOWN;
	rest_on(f, t, &t->ptr);
	if (f->nptrs == 0) {
		f->iprev = IPREV_PERMERROR;
		f->cause = CAUSE_NO_PTR;
	} else if (f->nnames == 0) {
		f->iprev = IPREV_FAIL;
		f->cause = CAUSE_NO_NAME;
	} else
		judge_names(f, t);
}
