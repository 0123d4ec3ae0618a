/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>
#include <cmocka.h>

#include "explain_token.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define TOKEN "K7Q2M9XWTB"
#define RECORD                                                             \
	"reject client=192.0.2.9 port=4711 name=- result=permerror "       \
	"why=\"no PTR record\" rule=\"/etc/postern.conf:31: on permerror " \
	"reject\" token=" TOKEN                                            \
	" rcpts=1 refused=1 helo=\"a \\\"b\\\" \\x1b\""

static const struct {
	const char *what;
	const char *log;
	const char *token;
	int	    want;
	const char *says; /* somewhere in what is printed */
} cases[] = {
	{ "as syslog writes it",
	    "Nov 22 10:00:00 mail postern-milter[4712]: " RECORD "\n", TOKEN, 0,
	    "Session " TOKEN ", logged at Nov 22 10:00:00 mail.\n" },
	{ "with the time of RFC 3339",
	    "2026-11-22T10:00:00.1+01:00 mail postern-milter[1]: " RECORD "\n",
	    TOKEN, 0, "logged at 2026-11-22T10:00:00.1+01:00 mail.\n" },
	{ "from standard error", "postern-milter: " RECORD "\n", TOKEN, 0,
	    "Session " TOKEN ".\n" },
	{ "the token in lower case", "postern-milter: " RECORD "\n",
	    "k7q2m9xwtb", 0, "Session " TOKEN ".\n" },
	{ "the verdict", "postern-milter: " RECORD "\n", TOKEN, 0,
	    "The verdict was reject: its mail is refused.\n" },
	{ "the reason", "postern-milter: " RECORD "\n", TOKEN, 0,
	    "The reason is: no PTR record.\n" },
	{ "the line", "postern-milter: " RECORD "\n", TOKEN, 0,
	    "The line that decided is /etc/postern.conf:31: on permerror "
	    "reject.\n" },
	{ "foreign bytes stay escaped", "postern-milter: " RECORD "\n", TOKEN,
	    0, "It called itself a \"b\" \\x1b.\n" },
	{ "as systemd writes it, with its own name for it first",
	    "Nov 22 10:00:00 mail postern-milter[4712]: "
	    "postern-milter: " RECORD "\n",
	    TOKEN, 0, "Session " TOKEN ", logged at Nov 22 10:00:00 mail.\n" },
	{ "one recipient", "postern-milter: " RECORD "\n", TOKEN, 0,
	    "Recipients in all: 1.\nOf these refused: 1.\n" },
	{ "many recipients",
	    "postern-milter: reject token=" TOKEN " rcpts=12 refused=2\n",
	    TOKEN, 0, "Recipients in all: 12.\nOf these refused: 2.\n" },
	{ "under observe, the verdict",
	    "postern-milter: reject token=" TOKEN " observe=yes\n", TOKEN, 0,
	    "The verdict was reject: its mail would have been refused.\n" },
	{ "under observe, the recipients",
	    "postern-milter: tempfail token=" TOKEN
	    " rcpts=1 refused=1 observe=yes\n",
	    TOKEN, 0, "Of these would have been refused: 1.\n" },
	{ "the result", "postern-milter: " RECORD "\n", TOKEN, 0,
	    "The result of its reverse DNS was permerror.\n" },
	{ "no result, for no DNS was asked",
	    "postern-milter: reject port=1 result=none why=x token=" TOKEN "\n",
	    TOKEN, 0,
	    "It came from port 1.\n"
	    "Its reverse DNS was not asked: the address decided.\n"
	    "The reason is: x.\n" },
	{ "whether it was validated",
	    "postern-milter: tag token=" TOKEN " dnssec=yes\n", TOKEN, 0,
	    "Validated by DNSSEC: yes.\n" },
	{ "the lists",
	    "postern-milter: reject token=" TOKEN
	    " score=2 lists=drop,bans dnsbl=zen:127.0.0.2,psbl:timeout "
	    "protected=- nat=- observe=no\n",
	    TOKEN, 0,
	    "The score of the DNS lists was 2.\n"
	    "It was in these lists: drop,bans.\n"
	    "DNS lists that listed it or could not say: "
	    "zen:127.0.0.2,psbl:timeout.\n" },
	{ "a score below zero",
	    "postern-milter: tag token=" TOKEN " score=-2\n", TOKEN, 0,
	    "The score of the DNS lists was -2.\n" },
	{ "NAT", "postern-milter: reject token=" TOKEN " observe=yes nat=yes\n",
	    TOKEN, 0, "Only observed, for NAT hides who it was: yes.\n" },
	{ "without a newline at the end", "postern-milter: " RECORD, TOKEN, 0,
	    "Session" },
	{ "among other lines",
	    "a\n\n: \nx: y\npostern-milter: stopping\n"
	    "postern-milter: " RECORD "\nb\n",
	    TOKEN, 0, "Session" },

	{ "an empty log", "", TOKEN, 1, NULL },
	{ "another token", "postern-milter: " RECORD "\n", "AAAAAAAAAA", 1,
	    NULL },
	{ "another program's line", "mail postfix/smtpd[1]: " RECORD "\n",
	    TOKEN, 1, NULL },
	{ "a record in another program's words",
	    "mail postfix/smtpd[1]: x postern-milter[2]: " RECORD "\n", TOKEN,
	    1, NULL },
	{ "a record in another program's words, with a space before",
	    "mail postfix/smtpd[1]:  postern-milter: " RECORD "\n", TOKEN, 1,
	    NULL },
	{ "our name twice in another program's words",
	    "mail postfix/smtpd[1]: postern-milter: " RECORD "\n", TOKEN, 1,
	    NULL },
	{ "a name like ours", "mail xpostern-milter[1]: " RECORD "\n", TOKEN, 1,
	    NULL },
	{ "a process that has no number",
	    "mail postern-milter[x]: " RECORD "\n", TOKEN, 1, NULL },
	{ "a line of ours that is no record",
	    "postern-milter: ready token=" TOKEN "\n", TOKEN, 1, NULL },
	{ "the token in a value of ours",
	    "postern-milter: reject helo=\"x token=" TOKEN "\"\n", TOKEN, 1,
	    NULL },
	{ "a record that is cut in a value before",
	    "postern-milter: reject helo=\"x token=" TOKEN "\n", TOKEN, 1,
	    NULL },
	{ "no token", "postern-milter: " RECORD "\n", "hello", EX_USAGE, NULL },
	{ "too long for a token", "postern-milter: " RECORD "\n", TOKEN "A",
	    EX_USAGE, NULL },
	{ "nothing for a token", "postern-milter: " RECORD "\n", "", EX_USAGE,
	    NULL },
};

static char path[] = "/tmp/explain_token_test.XXXXXX";

static void
write_log(const char *text, size_t len)
{
	FILE *fp;

	assert_non_null(fp = fopen(path, "w"));
	assert_int_equal(fwrite(text, 1, len, fp), len);
	assert_int_equal(fclose(fp), 0);
}

/* What it prints; the caller frees it. */
static char *
explain(const char *token, const char *log, int *code)
{
	char  *text = NULL;
	size_t len = 0;
	FILE  *out;

	assert_non_null(out = open_memstream(&text, &len));
	*code = explain_token(token, log, out);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void
test_cases(void **state)
{
	char  *text;
	size_t i;
	int    code;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		write_log(cases[i].log, strlen(cases[i].log));
		text = explain(cases[i].token, path, &code);
		if (code != cases[i].want)
			fail_msg("%s: %d", cases[i].what, code);
		if (cases[i].says == NULL ? text[0] != '\0' :
					    strstr(text, cases[i].says) == NULL)
			fail_msg("%s:\n%s", cases[i].what, text);
		free(text);
	}
}

/* A line too long to be a record is skipped, and its end is no new line. */
static void
test_long_line(void **state)
{
	static const char record[] = "postern-milter: " RECORD "\n";
	char		 *log, *text;
	size_t		  n;
	int		  code;

	(void)state;
	for (n = 4090; n < 4100; n++) {
		assert_non_null(log = malloc(n + 2 * sizeof(record)));
		memset(log, 'x', n);
		memcpy(log + n, record, sizeof(record));
		write_log(log, n + sizeof(record) - 1);
		text = explain(TOKEN, path, &code);
		assert_int_equal(code, 1);
		free(text);

		log[n - 1] = '\n';
		write_log(log, n + sizeof(record) - 1);
		text = explain(TOKEN, path, &code);
		assert_int_equal(code, 0);
		free(text);
		free(log);
	}
}

/* Nor is what stands behind a NUL byte, wherever that is in the line. */
static void
test_nul(void **state)
{
	static const char   record[] = "postern-milter: " RECORD "\n";
	static const size_t at[] = { 0, 1, 4094, 4095, 4096, 4097 };
	char		    log[4100 + sizeof(record)], *text;
	size_t		    i, n;
	int		    code;

	(void)state;
	for (n = 4090; n < 4100; n++) {
		for (i = 0; i < nitems(at); i++) {
			memset(log, 'x', sizeof(log));
			memcpy(log + n, record, sizeof(record));
			if (at[i] < n)
				log[at[i]] = '\0';
			write_log(log, n + sizeof(record) - 1);
			text = explain(TOKEN, path, &code);
			assert_int_equal(code, 1);
			free(text);
		}
	}
}

static void
test_unreadable(void **state)
{
	char *text;
	int   code;

	(void)state;
	text = explain(TOKEN, "/nonexistent/maillog", &code);
	assert_int_equal(code, EX_NOINPUT);
	free(text);
	text = explain(TOKEN, "/", &code);
	assert_int_equal(code, EX_NOINPUT);
	free(text);
}

static int
make_file(void **state)
{
	int fd;

	(void)state;
	if ((fd = mkstemp(path)) == -1)
		return -1;
	return close(fd);
}

static int
remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_long_line),
		cmocka_unit_test(test_nul),
		cmocka_unit_test(test_unreadable),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
