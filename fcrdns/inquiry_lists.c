/* SPDX-License-Identifier: ISC */
#include "inquiry_lists.h"

#include <stdlib.h>
#include <string.h>

#include "dnsbl_reply.h"
#include "dnsbls.h"
#include "iprev.h"
#include "resolver.h"

enum step {
	STEP_BEGIN, /* not asked yet; it may still be tested */
	STEP_ASKED,
	STEP_LISTED, /* to be asked for the reason */
	STEP_REASON, /* asked for it */
	STEP_DONE
};

struct leg {
	struct inquiry_lists *all;
	struct dnsbl_live    *live;
	struct dnsbl_waiter   waiter;
	struct question	     *question;
	enum step	      step;
	int		      asked;
	uint32_t	      ttl;
	struct dnsbl_finding  finding;
};

struct inquiry_lists {
	struct resolver *resolver;
	struct addr	 addr;
	void (*news)(void *);
	void	    *arg;
	unsigned int n;
	struct leg   legs[];
};

static void
on_tested(void *arg)
{
	struct leg *leg = arg;

	leg->all->news(leg->all->arg);
}

struct inquiry_lists *
inquiry_lists_new(struct dnsbls *dnsbls, struct resolver *r,
    const struct addr *addr, void (*news)(void *), void *arg)
{
	struct inquiry_lists *all;
	struct leg	     *leg;
	unsigned int	      i, n = (unsigned int)dnsbls_count(dnsbls);

	all = calloc(1, sizeof(*all) + n * sizeof(*leg));
	if (all == NULL)
		return NULL;
	all->resolver = resolver_ref(r);
	all->addr = *addr;
	all->news = news;
	all->arg = arg;
	all->n = n;
	for (i = 0; i < n; i++) {
		leg = &all->legs[i];
		leg->all = all;
		leg->live = dnsbls_ref(dnsbls, i);
		leg->waiter.fn = on_tested;
		leg->waiter.arg = leg;
		strlcpy(leg->finding.name, dnsbl_live_words(leg->live)->name,
		    sizeof(leg->finding.name));
	}
	return all;
}

void
inquiry_lists_free(struct inquiry_lists *all)
{
	struct leg  *leg;
	unsigned int i;

	if (all == NULL)
		return;
	for (i = 0; i < all->n; i++) {
		leg = &all->legs[i];
		dnsbl_live_leave(&leg->waiter);
		resolver_forget(&leg->question);
		dnsbls_unref(leg->live);
	}
	resolver_unref(all->resolver);
	free(all);
}

static void
keep(struct dnsbl_finding *f, const uint8_t reply[4])
{
	unsigned int i;

	for (i = 0; i < f->nreplies; i++) {
		if (memcmp(f->replies[i], reply, 4) == 0)
			return;
	}
	if (f->nreplies < DNSBL_REPLIES)
		memcpy(f->replies[f->nreplies++], reply, 4);
}

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, 4);
}

/*
 * Those that count come first, for not all are kept: of a listing what the
 * file wants, of an error what makes it one.  1: some counts.
 */
static int
keep_replies(const struct dnsbl *words, struct dnsbl_finding *f,
    const struct replies *r)
{
	unsigned int i, n;
	int	     wanted[ANSWER_REPLIES], some = 0;

	n = r->count < ANSWER_REPLIES ? r->count : ANSWER_REPLIES;
	for (i = 0; i < n; i++) {
		wanted[i] = f->state == DNSBL_LISTED ?
		    dnsbl_match(words, r->octets[i]) != NULL :
		    !dnsbl_reply_good(r->octets[i]);
		some |= wanted[i];
	}
	for (i = 0; i < n; i++) {
		if (wanted[i])
			keep(f, r->octets[i]);
	}
	for (i = 0; i < n; i++) {
		if (!wanted[i])
			keep(f, r->octets[i]);
	}
	/* Servers rotate them. */
	qsort(f->replies, f->nreplies, sizeof(f->replies[0]), compare);
	return some;
}

/* From inside libunbound: only noted. */
static void
on_reply(void *arg, const struct reply *reply)
{
	struct leg	     *leg = arg;
	struct dnsbl_finding *f = &leg->finding;
	struct replies	      replies;
	int		      some;

	f->state = dnsbl_reply_read(reply, &replies, &leg->ttl);
	some = keep_replies(dnsbl_live_words(leg->live), f, &replies);
	leg->step = f->state == DNSBL_LISTED && some ? STEP_LISTED : STEP_DONE;
	leg->all->news(leg->all->arg);
}

static void
on_reason(void *arg, const struct reply *reply)
{
	struct leg   *leg = arg;
	struct answer answer;
	struct txt    txt;

	if (reply->state == LOOKUP_ANSWERED) {
		answer_txt(&answer, &txt, reply->msg, reply->len);
		if (answer.kind == ANSWER_RECORDS)
			dnsbl_txt(leg->finding.txt, txt.text, txt.len,
			    dnsbl_live_words(leg->live)->zone);
	}
	leg->step = STEP_DONE;
	leg->all->news(leg->all->arg);
}

static void
ask(struct leg *leg, enum resolver_type type, resolver_fn *fn)
{
	char name[DNSBL_QUERY_LEN];

	if (dnsbl_query(name, &leg->all->addr,
		dnsbl_live_words(leg->live)->zone) == -1) {
		leg->finding.state = DNSBL_SERVFAIL;
		leg->step = STEP_DONE;
		return;
	}
	resolver_ask(leg->all->resolver, name, type, &leg->question, fn, leg);
}

static void
begin(struct leg *leg)
{
	enum dnsbl_state state;

	state = dnsbl_live_ask(leg->live, leg->all->addr.family, &leg->waiter);
	leg->finding.state = state;
	if (state == DNSBL_UNTESTED)
		return;
	if (state != DNSBL_CLEAR) {
		leg->step = STEP_DONE;
		return;
	}
	leg->step = STEP_ASKED;
	leg->asked = 1;
	ask(leg, RESOLVER_A, on_reply);
}

void
inquiry_lists_go(struct inquiry_lists *all)
{
	struct leg  *leg;
	unsigned int i;

	for (i = 0; i < all->n; i++) {
		leg = &all->legs[i];
		if (leg->step == STEP_BEGIN)
			begin(leg);
		if (leg->step == STEP_LISTED) {
			leg->step = STEP_REASON;
			ask(leg, RESOLVER_TXT, on_reason);
		}
	}
}

int
inquiry_lists_over(const struct inquiry_lists *all)
{
	unsigned int i;

	for (i = 0; i < all->n; i++) {
		if (all->legs[i].step != STEP_DONE)
			return 0;
	}
	return 1;
}

int
inquiry_lists_for_reasons(const struct inquiry_lists *all)
{
	unsigned int i;

	for (i = 0; i < all->n; i++) {
		if (all->legs[i].step != STEP_DONE &&
		    all->legs[i].step != STEP_REASON)
			return 0;
	}
	return 1;
}

void
inquiry_lists_expire(struct inquiry_lists *all)
{
	struct leg  *leg;
	unsigned int i;

	for (i = 0; i < all->n; i++) {
		leg = &all->legs[i];
		if (leg->step == STEP_ASKED)
			leg->finding.state = DNSBL_TIMEOUT;
		leg->step = STEP_DONE;
	}
}

/* How long the answer may be kept; an error not for long. */
static uint32_t
ttl_of(const struct leg *leg, uint32_t most)
{
	switch (leg->finding.state) {
	case DNSBL_CLEAR:
		/* There are servers that send no SOA along. */
		if (leg->ttl == 0)
			break;
		return leg->ttl;
	case DNSBL_LISTED:
		return leg->ttl;
	case DNSBL_FAMILY:
		return most;
	case DNSBL_ASIDE:
		if (dnsbl_live_words(leg->live)->zone == NULL)
			return most;
		break;
	case DNSBL_BROKEN:
	case DNSBL_TIMEOUT:
	case DNSBL_SERVFAIL:
	case DNSBL_REFUSED:
	case DNSBL_BOGUS:
	case DNSBL_OVERLOAD:
	case DNSBL_RESOURCES:
	case DNSBL_UNTESTED:
	case DNSBL_STATES:
		break;
	}
	return INQUIRY_LISTS_TTL_ERROR;
}

void
inquiry_lists_findings(struct inquiry_lists *all, struct findings *f)
{
	struct leg  *leg;
	unsigned int i;
	uint32_t     ttl;
	int	     score;

	for (i = 0; i < all->n && i < DNSBLS_MAX; i++) {
		leg = &all->legs[i];
		f->dnsbls[f->ndnsbls++] = leg->finding;
		if ((ttl = ttl_of(leg, f->ttl)) < f->ttl)
			f->ttl = ttl;
		if (leg->asked)
			dnsbl_live_answered(leg->live, leg->finding.state,
			    dnsbl_listed(dnsbl_live_words(leg->live),
				&leg->finding, &score));
	}
}
