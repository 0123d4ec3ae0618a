/* SPDX-License-Identifier: ISC */
#include "inquiry.h"

#include <sys/time.h>

#include <event2/event.h>
#include <stdlib.h>
#include <string.h>

#include "addr.h"
#include "answer.h"
#include "clock.h"
#include "dnsbl.h"
#include "dnsbls.h"
#include "inquiry_lists.h"
#include "resolver.h"
#include "tally.h"

#define REASON_MS 500

/* One lookup's way back to its inquiry. */
struct leg {
	struct inquiry	*inquiry;
	struct lookup	*lookup; /* in the inquiry's tally */
	struct question *question;
};

struct inquiry {
	struct addr	      addr;
	struct event	     *event; /* the deadline; EV_WRITE: news */
	struct resolver	     *resolver;
	int64_t		      started; /* of clock_ms() */
	int64_t		      deadline;
	inquiry_fn	     *fn;
	void		     *arg;
	struct tally	      tally;
	struct leg	      ptr;
	struct leg	      forward[IPREV_NAMES];
	struct inquiry_lists *lists; /* NULL: no lists are asked */
};

void
inquiry_free(struct inquiry *in)
{
	int i;

	if (in == NULL)
		return;
	resolver_forget(&in->ptr.question);
	for (i = 0; i < IPREV_NAMES; i++)
		resolver_forget(&in->forward[i].question);
	inquiry_lists_free(in->lists);
	if (in->event != NULL)
		event_free(in->event);
	resolver_unref(in->resolver);
	free(in);
}

/* What an answer's message says, and how the lookup has ended by that. */
static void
take_answer(struct lookup *l, const struct answer *a, int secure)
{
	switch (a->kind) {
	case ANSWER_RECORDS:
	case ANSWER_NONE:
		l->state = LOOKUP_ANSWERED;
		l->secure = secure;
		l->ttl = a->ttl;
		l->records = a->records;
		l->match = a->match;
		break;
	case ANSWER_REFUSED:
		l->state = LOOKUP_REFUSED;
		break;
	case ANSWER_NOMEM:
		l->state = LOOKUP_RESOURCES;
		break;
	case ANSWER_SERVFAIL:
	case ANSWER_BAD:
		l->state = LOOKUP_SERVFAIL;
		break;
	}
}

/*
 * A reply: from inside libunbound, perhaps while we still ask.  So it is only
 * noted here; what follows from it is done from the loop.
 */
static void
on_reply(void *arg, const struct reply *reply)
{
	struct leg     *leg = arg;
	struct inquiry *in = leg->inquiry;
	struct answer	answer;

	if (reply->state != LOOKUP_ANSWERED)
		leg->lookup->state = reply->state;
	else {
		if (leg == &in->ptr)
			answer_ptr(&answer, &in->tally.names, reply->msg,
			    reply->len);
		else
			answer_addr(&answer, &in->addr, reply->msg, reply->len);
		take_answer(leg->lookup, &answer, reply->secure);
	}
	event_active(in->event, EV_WRITE, 1);
}

static void
ask(struct inquiry *in, struct leg *leg, struct lookup *l, const char *name,
    enum resolver_type type)
{
	leg->inquiry = in;
	leg->lookup = l;
	l->state = LOOKUP_ASKED;
	resolver_ask(in->resolver, name, type, &leg->question, on_reply, leg);
}

/* All at once; but one from the cache may make the rest superfluous. */
static void
ask_names(struct inquiry *in)
{
	struct tally *t = &in->tally;
	unsigned int  i;
	char	      name[DNS_NAME_LEN + 1];

	for (i = 0; i < t->names.count && !tally_over(t); i++) {
		/* The dot at the end: no search list, no guess. */
		strlcpy(name, t->names.name[i], sizeof(name));
		strlcat(name, ".", sizeof(name));
		ask(in, &in->forward[i], &t->forward[i], name,
		    in->addr.family == ADDR_IPV4 ? RESOLVER_A : RESOLVER_AAAA);
	}
}

static void
expire(struct tally *t)
{
	unsigned int i;

	if (t->ptr.state == LOOKUP_ASKED)
		t->ptr.state = LOOKUP_TIMEOUT;
	for (i = 0; i < t->names.count; i++) {
		if (t->forward[i].state == LOOKUP_UNASKED ||
		    t->forward[i].state == LOOKUP_ASKED)
			t->forward[i].state = LOOKUP_TIMEOUT;
	}
}

static void
finish(struct inquiry *in)
{
	struct findings f;

	f.addr = in->addr;
	f.elapsed_ms = (uint32_t)(clock_ms() - in->started);
	f.cached = 0;
	f.lists_known = f.is_protected = 0;
	f.nlists = f.ndnsbls = 0;
	tally_findings(&in->tally, &f);
	if (in->lists != NULL)
		inquiry_lists_findings(in->lists, &f);
	in->fn(in->arg, &f);
	inquiry_free(in);
}

/* Wake up at the deadline; news disarms the event.  0 or -1. */
static int
arm(struct inquiry *in)
{
	struct timeval tv;
	int64_t	       left = in->deadline - clock_ms();

	/* All is known but why: that is asked of who has just answered. */
	if (left > REASON_MS && tally_over(&in->tally) && in->lists != NULL &&
	    inquiry_lists_for_reasons(in->lists))
		left = REASON_MS;
	if (left < 0)
		left = 0;
	tv.tv_sec = (time_t)(left / 1000);
	tv.tv_usec = (suseconds_t)(left % 1000 * 1000);
	return event_add(in->event, &tv);
}

static int
over(const struct inquiry *in)
{
	return tally_over(&in->tally) &&
	    (in->lists == NULL || inquiry_lists_over(in->lists));
}

/* The deadline: what was found out by then stands. */
static void
expire_all(struct inquiry *in)
{
	if (!tally_over(&in->tally))
		expire(&in->tally);
	if (in->lists != NULL)
		inquiry_lists_expire(in->lists);
}

static void
on_event(int fd, short what, void *arg)
{
	struct inquiry *in = arg;
	struct tally   *t = &in->tally;

	(void)fd;
	/* An answer that came along with the deadline still counts. */
	if (t->ptr.state == LOOKUP_ANSWERED && t->names.count > 0 &&
	    t->forward[0].state == LOOKUP_UNASKED)
		ask_names(in);
	if (in->lists != NULL)
		inquiry_lists_go(in->lists);
	if (!over(in) && ((what & EV_TIMEOUT) != 0 || arm(in) == -1))
		expire_all(in);
	if (over(in))
		finish(in);
}

/* A list has answered: see on_reply(). */
static void
on_list(void *arg)
{
	struct inquiry *in = arg;

	event_active(in->event, EV_WRITE, 1);
}

static int
ask_lists(struct inquiry *in, struct dnsbls *dnsbls)
{
	if (dnsbls == NULL || dnsbls_count(dnsbls) == 0 ||
	    !dnsbl_public(&in->addr))
		return 0;
	in->lists =
	    inquiry_lists_new(dnsbls, in->resolver, &in->addr, on_list, in);
	if (in->lists == NULL)
		return -1;
	inquiry_lists_go(in->lists);
	return 0;
}

struct inquiry *
inquiry_new(struct event_base *base, struct resolver *r, struct dnsbls *dnsbls,
    const struct addr *addr, unsigned int seconds, inquiry_fn *fn, void *arg)
{
	struct inquiry *in;
	char		name[ADDR_REVERSE_LEN + 1];

	if ((in = calloc(1, sizeof(*in))) == NULL)
		return NULL;
	in->addr = *addr;
	in->fn = fn;
	in->arg = arg;
	in->resolver = resolver_ref(r);
	in->tally.validating = resolver_validates(r);
	in->started = clock_ms();
	in->deadline = in->started + (int64_t)seconds * 1000;
	in->event = event_new(base, -1, 0, on_event, in);
	if (in->event == NULL || arm(in) == -1 || ask_lists(in, dnsbls) == -1) {
		inquiry_free(in);
		return NULL;
	}
	addr_reverse(addr, name);
	strlcat(name, ".", sizeof(name));
	ask(in, &in->ptr, &in->tally.ptr, name, RESOLVER_PTR);
	return in;
}
