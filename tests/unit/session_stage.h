/* SPDX-License-Identifier: ISC */
/*
 * Sessions to be played: a file with one "on" line, findings, and steps.
 */
#ifndef SESSION_STAGE_H
#define SESSION_STAGE_H

#include <stdio.h>
#include <string.h>

#include "dnsbl.h"
#include "fcrdns_conf.h"
#include "milter_conf.h"
#include "reply.h"
#include "session.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static char *exempt[] = { (char[]){ "postmaster" } };

static struct milter_conf mconf = {
	.authserv_id = (char[]){ "mail.example.org" },
	.exempt = exempt,
	.nexempt = 1,
	.reject_text = (char[]){ "%{address}: %{why} (%{token}) %{rcpt}" },
	.tempfail_text = (char[]){ "%{why}, try again" },
};

static struct fcrdns_rule rule = {
	.where = { .file = "postern.conf", .line = 7 },
};
static struct fcrdns_conf fconf = { .rules = &rule, .nrules = 1 };

static void
set_rule(enum iprev iprev, enum action action)
{
	static const enum fcrdns_on on[] = {
		[IPREV_PASS] = ON_PASS,
		[IPREV_FAIL] = ON_FAIL,
		[IPREV_TEMPERROR] = ON_TEMPERROR,
		[IPREV_PERMERROR] = ON_PERMERROR,
	};

	rule.on = on[iprev];
	rule.action = action;
}

static struct findings
find(enum iprev iprev)
{
	struct findings f = { .iprev = iprev, .elapsed_ms = 12 };

	addr_parse(&f.addr, "192.0.2.9");
	if (iprev == IPREV_FAIL)
		f.cause = CAUSE_NO_MATCH;
	else if (iprev == IPREV_TEMPERROR)
		f.cause = CAUSE_PTR_TIMEOUT;
	else if (iprev == IPREV_PERMERROR)
		f.cause = CAUSE_NO_PTR;
	if (iprev == IPREV_PASS || iprev == IPREV_FAIL) {
		f.nnames = 1;
		strlcpy(f.names[0].name, "a.example.net", DNS_NAME_LEN);
		f.names[0].state =
		    iprev == IPREV_PASS ? NAME_CONFIRMED : NAME_MISMATCH;
	}
	return f;
}

static void
start(struct session *s)
{
	struct addr addr;

	assert_int_equal(addr_parse(&addr, "192.0.2.9"), 0);
	session_start(s, &addr, 4711, &mconf, &fconf);
	session_helo(s, "h.example.net");
}

/* One step of a script; what it gave is put behind got. */
static void
step(struct session *s, char c, enum iprev iprev, char *got)
{
	static const char      digits[] = { '2', '4', '5' };
	struct session_message m;
	struct findings	       f;
	struct reply	       r;

	got += strlen(got);
	if (c == 'm' || c == 'a')
		session_mail(s, "<from@example.net>", c == 'a');
	else if (c == 'x')
		session_abort(s);
	else if (c == 'd') {
		session_message(s, "4Zabc", &m);
		snprintf(got, 6, " %s%s%s%s", m.clean ? "c" : "-",
		    m.results ? "r" : "", m.hold ? "h" : "",
		    m.tag != NULL ? "t" : "");
		session_abort(s);
	} else {
		if (session_waits(s)) {
			f = find(iprev);
			session_found(s, &f);
		}
		if (session_wants_token(s))
			strlcpy(s->token, "K7Q2M9XWTB", sizeof(s->token));
		snprintf(got, 2, "%c",
		    digits[session_rcpt(s,
			c == 'p' ? "<Postmaster@example.org>" :
				   "<rcpt@example.org>",
			&r)]);
	}
}

static void
add_dnsbl(struct findings *f, const char *name, enum dnsbl_state st,
    unsigned int nreplies)
{
	struct dnsbl_finding *d = &f->dnsbls[f->ndnsbls++];
	unsigned int	      i;

	strlcpy(d->name, name, sizeof(d->name));
	d->state = st;
	d->nreplies = nreplies;
	for (i = 0; i < nreplies; i++)
		memcpy(d->replies[i], ((uint8_t[]){ 127, 0, 0, 2 + i }), 4);
}

#endif /* SESSION_STAGE_H */
