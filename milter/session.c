/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "lists_conf.h"
#include "milter_conf.h"
#include "reply.h"
#include "session.h"

void
session_start(struct session *s, const struct addr *addr, uint16_t port,
    const struct milter_conf *mconf, const struct fcrdns_conf *fconf)
{
	memset(s, 0, sizeof(*s));
	s->mconf = mconf;
	s->fconf = fconf;
	s->addr = *addr;
	s->port = port;
	if (addr->family != ADDR_NONE)
		s->judged = verdict_early(&s->verdict, addr, fconf, NULL);
}

int
session_is_local(const struct session *s)
{
	return s->addr.family == ADDR_NONE;
}

/* Without the angle brackets around it; the null sender keeps them. */
static void
copy_path(char dst[SESSION_TEXT_LEN], const char *src)
{
	size_t n;

	n = strlen(src);
	if (n > 2 && src[0] == '<' && src[n - 1] == '>') {
		src++;
		n -= 2;
	}
	if (n >= SESSION_TEXT_LEN)
		n = SESSION_TEXT_LEN - 1;
	memcpy(dst, src, n);
	dst[n] = '\0';
}

void
session_helo(struct session *s, const char *name)
{
	strlcpy(s->helo, name, sizeof(s->helo));
}

void
session_mail(struct session *s, const char *from, int authenticated)
{
	session_abort(s);
	copy_path(s->sender, from);
	if (s->from[0] == '\0')
		strlcpy(s->from, s->sender, sizeof(s->from));
	s->auth = authenticated;
	if (authenticated)
		s->authenticated = 1;
}

int
session_waits(const struct session *s)
{
	return !s->judged && !s->auth && !session_is_local(s);
}

void
session_found(struct session *s, const struct findings *found)
{
	s->findings = *found;
	s->found = 1;
	verdict_of(&s->verdict, found, s->fconf);
	s->judged = 1;
}

int
session_may_change(const struct session *s)
{
	return s->judged && s->found && !s->auth && s->tried == 0;
}

void
session_news(struct session *s, const struct findings *now)
{
	struct findings *f = &s->findings;

	if (!now->lists_known) /* fcrdnsd is gone: no news */
		return;
	/* Where nothing was asked there is nothing to keep. */
	if (!f->lists_known || f->iprev == IPREV_UNASKED ||
	    now->iprev == IPREV_UNASKED)
		*f = *now;
	else {
		f->is_protected = now->is_protected;
		f->nlists = now->nlists;
		memcpy(f->lists, now->lists, sizeof(f->lists));
	}
	verdict_of(&s->verdict, f, s->fconf);
}

void
session_hide(struct session *s)
{
	s->hidden = 1;
}

int
session_observes(const struct session *s)
{
	return s->mconf->observe || s->hidden;
}

int
session_wants_token(const struct session *s)
{
	return s->judged && s->token[0] == '\0' &&
	    (s->verdict.action != ACTION_ACCEPT || s->verdict.tagged);
}

/* Does the verdict say that this client gets no mail in? */
static int
is_refusal(const struct session *s)
{
	return s->judged &&
	    (s->verdict.action == ACTION_REJECT ||
		s->verdict.action == ACTION_TEMPFAIL);
}

static void
say(const struct session *s, const char *rcpt, struct reply *reply)
{
	struct reply_facts facts;
	char		   addr[ADDR_LEN];
	const char *template;

	facts.address = addr_print(&s->addr, addr);
	facts.why = s->verdict.why;
	facts.token = s->token;
	facts.name = s->found ? findings_confirmed(&s->findings) : NULL;
	facts.helo = s->helo[0] != '\0' ? s->helo : NULL;
	facts.from = s->sender;
	facts.rcpt = rcpt;
	template = s->verdict.action == ACTION_REJECT ? s->mconf->reject_text :
							s->mconf->tempfail_text;
	reply_build(reply, s->verdict.action, s->verdict.kind, template,
	    &facts);
}

/* The first refusal is the one that the record tells of. */
static void
note_refusal(struct session *s, const char *path)
{
	if (s->nrefused++ > 0)
		return;
	strlcpy(s->rcpt, path, sizeof(s->rcpt));
	strlcpy(s->from, s->sender, sizeof(s->from));
}

enum session_answer
session_rcpt(struct session *s, const char *rcpt, struct reply *reply)
{
	char path[SESSION_TEXT_LEN];
	int  exempt, refuse;

	copy_path(path, rcpt);
	s->nrcpts++;
	s->tried++;
	if (s->rcpt[0] == '\0')
		strlcpy(s->rcpt, path, sizeof(s->rcpt));
	exempt = session_is_exempt(rcpt, s->mconf->exempt, s->mconf->nexempt);
	refuse = is_refusal(s) && !s->auth;

	if (refuse && exempt)
		s->nexempt++;
	else if (refuse)
		note_refusal(s, path);
	if (!refuse || exempt || session_observes(s)) {
		if (!exempt)
			s->ordinary++;
		return SESSION_CONTINUE;
	}
	say(s, path, reply);
	return s->verdict.action == ACTION_REJECT ? SESSION_REJECT :
						    SESSION_TEMPFAIL;
}

/*
 * Could it be our own fault?  If the lists are not known, he may be welcome;
 * if the DNS did not answer, nothing is known of him.
 */
static int
is_doubtful(const struct session *s)
{
	return !s->found || !s->findings.lists_known ||
	    (s->verdict.kind == VERDICT_IPREV &&
		s->findings.iprev == IPREV_TEMPERROR);
}

int
session_offends(struct session *s)
{
	if (s->told || s->nrefused == 0 || session_observes(s) ||
	    s->verdict.action != ACTION_REJECT || is_doubtful(s) ||
	    strcmp(s->verdict.rule, "block from <" LIST_BANS ">") == 0)
		return 0;
	s->told = 1;
	return 1;
}

void
session_message(struct session *s, const char *queue, struct session_message *m)
{
	memset(m, 0, sizeof(*m));
	s->nmessages++;
	if (queue != NULL)
		strlcpy(s->queue, queue, sizeof(s->queue));
	if (session_is_local(s))
		return;
	m->clean = 1;
	if (s->auth || !s->judged)
		return;
	m->results = s->found && s->findings.iprev != IPREV_UNASKED;
	m->hold = s->verdict.action == ACTION_HOLD && s->ordinary > 0 &&
	    !session_observes(s);
	if (s->verdict.action != ACTION_ACCEPT)
		m->tag = s->verdict.why;
	else if (s->verdict.tagged)
		m->tag = s->verdict.tag_why;
}

void
session_abort(struct session *s)
{
	s->sender[0] = '\0';
	s->auth = 0;
	s->tried = s->ordinary = 0;
}

const char *
session_word(const struct session *s)
{
	if (!s->judged)
		return action_name(ACTION_ACCEPT);
	if (s->verdict.action == ACTION_ACCEPT && s->verdict.tagged)
		return action_name(ACTION_TAG);
	return action_name(s->verdict.action);
}
