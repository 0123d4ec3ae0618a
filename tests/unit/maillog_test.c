/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "maillog.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define SYSLOG "Nov 22 10:00:00 mail "

static const struct {
	const char   *what;
	const char   *line;
	enum maillog  want;
	const char   *addr;
	unsigned long pid;
} cases[] = {
	{ "syslog",
	    SYSLOG "postfix/smtpd[4711]: connect from "
		   "a.example.net[192.0.2.9]",
	    MAILLOG_CONNECT, "192.0.2.9", 4711 },
	{ "RFC 3339",
	    "2026-11-22T10:00:00.123456+01:00 mail postfix/smtpd[1]: "
	    "connect from unknown[192.0.2.9]",
	    MAILLOG_CONNECT, "192.0.2.9", 1 },
	{ "journald, short-iso",
	    "2026-11-22T10:00:00+0100 mail.example.org postfix/smtpd[1]: "
	    "connect from unknown[192.0.2.9]",
	    MAILLOG_CONNECT, "192.0.2.9", 1 },
	{ "with a priority before it",
	    "<22>Nov 22 10:00:00 mail postfix/smtpd[1]: connect from "
	    "unknown[192.0.2.9]",
	    MAILLOG_CONNECT, "192.0.2.9", 1 },
	{ "no time at all", "postfix/smtpd[1]: connect from x[192.0.2.9]",
	    MAILLOG_CONNECT, "192.0.2.9", 1 },
	{ "no number", SYSLOG "postfix/smtpd: connect from x[192.0.2.9]",
	    MAILLOG_CONNECT, "192.0.2.9", 0 },
	{ "a service of its own name",
	    SYSLOG "postfix/submission/smtpd[1]: connect from x[192.0.2.9]",
	    MAILLOG_CONNECT, "192.0.2.9", 1 },
	{ "an instance of its own name",
	    SYSLOG "postfix-in/smtpd[1]: connect from x[192.0.2.9]",
	    MAILLOG_CONNECT, "192.0.2.9", 1 },
	{ "in brackets",
	    SYSLOG "(postfix-in/smtpd)[1]: connect from x[192.0.2.9]",
	    MAILLOG_CONNECT, "192.0.2.9", 1 },
	{ "with the port (smtpd_client_port_logging)",
	    SYSLOG "postfix/smtpd[1]: connect from x[192.0.2.9]:4711",
	    MAILLOG_CONNECT, "192.0.2.9", 1 },
	{ "IPv6", SYSLOG "postfix/smtpd[1]: connect from x[2001:db8::9]",
	    MAILLOG_CONNECT, "2001:db8::9", 1 },
	{ "IPv6 with its tag",
	    SYSLOG "postfix/smtpd[1]: connect from x[IPv6:2001:DB8::9]:25",
	    MAILLOG_CONNECT, "2001:db8::9", 1 },
	{ "IPv4 in IPv6",
	    SYSLOG "postfix/smtpd[1]: connect from x[::ffff:192.0.2.9]",
	    MAILLOG_CONNECT, "192.0.2.9", 1 },
	{ "a carriage return behind it",
	    SYSLOG "postfix/smtpd[1]: connect from x[192.0.2.9]\r",
	    MAILLOG_CONNECT, "192.0.2.9", 1 },
	{ "a login",
	    SYSLOG "postfix/smtpd[1]: 4Zabc: client=x[192.0.2.9], "
		   "sasl_method=PLAIN, sasl_username=user@example.org",
	    MAILLOG_LOGIN, "192.0.2.9", 1 },
	{ "a login with the port",
	    SYSLOG "postfix/smtpd[1]: 4Zabc: client=x[192.0.2.9]:4711, "
		   "sasl_method=PLAIN, sasl_username=user",
	    MAILLOG_LOGIN, "192.0.2.9", 1 },
	{ "a login before there is a queue id",
	    SYSLOG "postfix/smtpd[1]: NOQUEUE: client=x[192.0.2.9], "
		   "sasl_method=PLAIN, sasl_username=user",
	    MAILLOG_LOGIN, "192.0.2.9", 1 },
	{ "a message without a login",
	    SYSLOG "postfix/smtpd[1]: 4Zabc: client=x[192.0.2.9]", MAILLOG_SEEN,
	    "192.0.2.9", 1 },
	{ "a recipient that was refused",
	    SYSLOG "postfix/smtpd[1]: NOQUEUE: reject: RCPT from "
		   "unknown[192.0.2.9]: 550 5.7.25 <x>: no; from=<a> to=<b>",
	    MAILLOG_SEEN, "192.0.2.9", 1 },
	{ "the same with the port",
	    SYSLOG "postfix/smtpd[1]: NOQUEUE: reject: RCPT from "
		   "unknown[192.0.2.9]:4711: 550 5.7.25 no",
	    MAILLOG_SEEN, "192.0.2.9", 1 },
	{ "refused by a milter, IPv6, at the message's end",
	    SYSLOG "postfix/smtpd[1]: 4Zabc: milter-reject: END-OF-MESSAGE "
		   "from x[2001:db8::9]: 5.7.1 no",
	    MAILLOG_SEEN, "2001:db8::9", 1 },
	{ "a command that Postfix does not know",
	    SYSLOG "postfix/smtpd[1]: NOQUEUE: reject: UNKNOWN COMMAND from "
		   "x[192.0.2.9]: 500",
	    MAILLOG_SEEN, "192.0.2.9", 1 },
	{ "a connection that was lost",
	    SYSLOG "postfix/smtpd[1]: lost connection after DATA (12 bytes) "
		   "from x[192.0.2.9]",
	    MAILLOG_SEEN, "192.0.2.9", 1 },
	{ "one that was waited for",
	    SYSLOG "postfix/smtpd[1]: timeout after RCPT from x[192.0.2.9]:1",
	    MAILLOG_SEEN, "192.0.2.9", 1 },
	{ "the end of a session",
	    SYSLOG "postfix/smtpd[1]: disconnect from x[192.0.2.9] ehlo=1",
	    MAILLOG_GONE, "192.0.2.9", 1 },
	{ "the same in an older Postfix",
	    SYSLOG "postfix/smtpd[1]: disconnect from x[192.0.2.9]",
	    MAILLOG_GONE, "192.0.2.9", 1 },
	{ "a login in the words of a client",
	    SYSLOG "postfix/smtpd[1]: NOQUEUE: reject: RCPT from "
		   "x[192.0.2.9]: helo=<4Z: client=x[192.0.2.8], "
		   "sasl_username=x>",
	    MAILLOG_SEEN, "192.0.2.9", 1 },
	{ "postscreen",
	    SYSLOG "postfix/postscreen[1]: CONNECT from [192.0.2.9]:4711 to "
		   "[192.0.2.1]:25",
	    MAILLOG_SCREEN, "192.0.2.9", 1 },
	{ "postscreen, IPv6",
	    SYSLOG "postfix/postscreen[1]: CONNECT from [2001:db8::9]:4711 to "
		   "[2001:db8::1]:25",
	    MAILLOG_SCREEN, "2001:db8::9", 1 },
	{ "handed over, new",
	    SYSLOG "postfix/postscreen[1]: PASS NEW "
		   "[192.0.2.9]:4711",
	    MAILLOG_PASS, "192.0.2.9", 1 },
	{ "handed over, known",
	    SYSLOG "postfix/postscreen[1]: PASS OLD "
		   "[192.0.2.9]:4711",
	    MAILLOG_PASS, "192.0.2.9", 1 },
	{ "handed over, listed by the operator",
	    SYSLOG "postfix/postscreen[1]: ALLOWLISTED [192.0.2.9]:4711",
	    MAILLOG_PASS, "192.0.2.9", 1 },
	{ "the same in an older Postfix",
	    SYSLOG "postfix/postscreen[1]: WHITELISTED [192.0.2.9]:4711",
	    MAILLOG_PASS, "192.0.2.9", 1 },

	{ "another client in the words of one",
	    SYSLOG "postfix/smtpd[1]: NOQUEUE: reject: RCPT <a from "
		   "x[192.0.2.8]: from y[192.0.2.9]: 550",
	    MAILLOG_OTHER, NULL, 0 },
	{ "words before the id",
	    SYSLOG "postfix/smtpd[1]: x NOQUEUE: reject: RCPT from "
		   "x[192.0.2.9]: 550",
	    MAILLOG_OTHER, NULL, 0 },
	{ "a refusal that is cut",
	    SYSLOG "postfix/smtpd[1]: NOQUEUE: reject: RCPT from x[192.0.2.9",
	    MAILLOG_OTHER, NULL, 0 },
	{ "a connect that is cut",
	    SYSLOG "postfix/smtpd[1]: connect from x[192.0.2.9", MAILLOG_OTHER,
	    NULL, 0 },
	{ "an address that is none",
	    SYSLOG "postfix/smtpd[1]: connect from unknown[unknown]",
	    MAILLOG_OTHER, NULL, 0 },
	{ "a scope", SYSLOG "postfix/smtpd[1]: connect from x[fe80::1%eth0]",
	    MAILLOG_OTHER, NULL, 0 },
	{ "a socket", SYSLOG "postfix/smtpd[1]: connect from localhost[]",
	    MAILLOG_OTHER, NULL, 0 },
	{ "words behind the client",
	    SYSLOG "postfix/smtpd[1]: connect from x[192.0.2.9] again",
	    MAILLOG_OTHER, NULL, 0 },
	{ "a name with a space",
	    SYSLOG "postfix/smtpd[1]: connect from a b[192.0.2.9]",
	    MAILLOG_OTHER, NULL, 0 },
	{ "another program of Postfix",
	    SYSLOG "postfix/cleanup[1]: connect from x[192.0.2.9]",
	    MAILLOG_OTHER, NULL, 0 },
	{ "the sending side",
	    SYSLOG "postfix/smtp[1]: connect to x[192.0.2.9]:25: timed out",
	    MAILLOG_OTHER, NULL, 0 },
	{ "postscreen says no",
	    SYSLOG "postfix/postscreen[1]: PREGREET 11 after 0.1 from "
		   "[192.0.2.9]:4711: EHLO x",
	    MAILLOG_OTHER, NULL, 0 },

	{ "another program",
	    SYSLOG "postern-milter[1]: accept client=192.0.2.9",
	    MAILLOG_FOREIGN, NULL, 0 },
	{ "another program's smtpd",
	    SYSLOG "smtpd[1]: connect from x[192.0.2.9]", MAILLOG_FOREIGN, NULL,
	    0 },
	{ "our line in another program's words",
	    SYSLOG "sshd[1]: user postfix/smtpd[1]: connect from "
		   "x[192.0.2.9]",
	    MAILLOG_FOREIGN, NULL, 0 },
	{ "a number that is none",
	    SYSLOG "postfix/smtpd[x]: connect from x[192.0.2.9]",
	    MAILLOG_FOREIGN, NULL, 0 },
	{ "no number within the brackets",
	    SYSLOG "postfix/smtpd[]: connect from x[192.0.2.9]",
	    MAILLOG_FOREIGN, NULL, 0 },
	{ "a number too long",
	    SYSLOG "postfix/smtpd[12345678901234567890]: connect from "
		   "x[192.0.2.9]",
	    MAILLOG_FOREIGN, NULL, 0 },
	{ "no colon", "connect from x[192.0.2.9]", MAILLOG_FOREIGN, NULL, 0 },
	{ "an empty line", "", MAILLOG_FOREIGN, NULL, 0 },
	{ "only a colon", ": ", MAILLOG_FOREIGN, NULL, 0 },
	{ "only a bracket", "[: ", MAILLOG_FOREIGN, NULL, 0 },
	{ "a slash only", "postfix/: ", MAILLOG_OTHER, NULL, 0 },
};

static void
test_cases(void **state)
{
	struct maillog_line l;
	char		    addr[ADDR_LEN];
	enum maillog	    kind;
	size_t		    i;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		kind = maillog_read(&l, cases[i].line, strlen(cases[i].line));
		if (kind != cases[i].want)
			fail_msg("%s: %d", cases[i].what, (int)kind);
		if (cases[i].addr == NULL)
			continue;
		if (strcmp(addr_print(&l.addr, addr), cases[i].addr) != 0 ||
		    l.pid != cases[i].pid)
			fail_msg("%s: %s %lu", cases[i].what, addr, l.pid);
	}
}

/* However it is cut, it is read to its end and no further. */
static void
test_cut(void **state)
{
	struct maillog_line l;
	char		    line[256];
	size_t		    i, n;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		for (n = 0; n < strlen(cases[i].line); n++) {
			/* Behind it is what must not be seen. */
			memset(line, ']', sizeof(line));
			memcpy(line, cases[i].line, n);
			(void)maillog_read(&l, line, n);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
