/* SPDX-License-Identifier: ISC */
/*
 * What a client says on its way into the reply, the log record and the list of
 * exempt recipients: HELO, MAIL and RCPT, a line each.  The reply and the
 * record must be one line of printable ASCII, whatever comes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fcrdns_conf.h"
#include "line.h"
#include "milter_conf.h"
#include "reply.h"
#include "session.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static char *exempt[] = { (char[]){ "postmaster" }, (char[]){ "a@b.example" },
	(char[]){ "@c.example" } };

static const struct milter_conf mconf = {
	.authserv_id = (char[]){ "mail.example.org" },
	.exempt = exempt,
	.nexempt = 3,
	.reject_text = (char[]){ "%{address} %{why} %{helo} %{from} %{rcpt}" },
	.tempfail_text = (char[]){ "%{rcpt}%{from}%{helo}%%" },
};

static void
must_be_clean(const char *s, size_t max)
{
	size_t n;

	for (n = 0; s[n] != '\0'; n++)
		if (s[n] < 0x20 || s[n] > 0x7e)
			abort();
	if (n >= max)
		abort();
}

/* The first three lines, cut out of text. */
static void
cut(char *text, char *lines[3])
{
	size_t i;

	for (i = 0; i < 3; i++) {
		lines[i] = text;
		text += strcspn(text, "\n");
		if (*text != '\0')
			*text++ = '\0';
	}
}

static void
run(char *lines[3], enum action action)
{
	struct fcrdns_rule rule = { .on = ON_PERMERROR };
	struct fcrdns_conf fconf = { .rules = &rule, .nrules = 1 };
	struct findings	   found;
	struct session	   s;
	struct line	   l;
	struct reply	   r;
	char		   wire[REPLY_WIRE_LEN], value[LINE_MAX_LEN];

	rule.action = action;
	memset(&found, 0, sizeof(found));
	found.iprev = IPREV_PERMERROR;
	found.cause = CAUSE_NO_PTR;
	if (addr_parse(&found.addr, "192.0.2.9") == -1)
		abort();
	session_start(&s, &found.addr, 4711, &mconf, &fconf);
	session_helo(&s, lines[0]);
	session_mail(&s, lines[1], 0);
	session_found(&s, &found);
	strlcpy(s.token, "K7Q2M9XWTB", sizeof(s.token));
	if (session_rcpt(&s, lines[2], &r) != SESSION_CONTINUE) {
		must_be_clean(r.text, REPLY_TEXT_LEN);
		must_be_clean(reply_wire(&r, wire), REPLY_WIRE_LEN);
	}
	session_record(&s, &l);
	must_be_clean(l.buf, LINE_MAX_LEN);
	if (line_find(l.buf, "token", value, sizeof(value)) != 10 ||
	    line_find(l.buf, "client", value, sizeof(value)) != 9)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text, *lines[3];

	if ((text = malloc(size + 1)) == NULL)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	cut(text, lines);
	run(lines, ACTION_REJECT);
	run(lines, ACTION_TEMPFAIL);
	free(text);
	return 0;
}
