/* SPDX-License-Identifier: ISC */
#include <sys/stat.h>
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

#include "comers.h"
#include "conf.h"
#include "rehearsal.h"
#include "rehearse.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/* --- comers -------------------------------------------------------------- */

static struct addr
address(unsigned int n)
{
	struct addr a = { .family = ADDR_IPV4,
		.octets = { 198, (uint8_t)(n >> 16), (uint8_t)(n >> 8),
		    (uint8_t)n } };

	return a;
}

static void
test_comers(void **state)
{
	struct comers *c;
	struct comer  *one;
	struct addr    a;
	unsigned int   i;

	(void)state;
	c = comers_new();
	for (i = 0; i < 50000; i++) {
		a = address(i % 20000);
		assert_non_null(one = comers_add(c, &a));
		one->sessions++;
	}
	assert_int_equal(comers_count(c), 20000);
	for (i = 0; i < 20000; i++) {
		a = address(i);
		one = comers_at(c, i);
		assert_true(addr_equal(&one->addr, &a));
		assert_int_equal(one->sessions, i < 10000 ? 3 : 2);
		assert_ptr_equal(comers_find(c, &a), one);
	}
	a = address(20000);
	assert_null(comers_find(c, &a));
	comers_free(c);
	comers_free(NULL);
}

/* Those beyond the bound are not known, the others stay. */
static void
test_comers_bound(void **state)
{
	struct comers *c;
	struct addr    a;
	unsigned int   i;

	(void)state;
	c = comers_new();
	for (i = 0; i < COMERS_MAX; i++) {
		a = address(i);
		assert_non_null(comers_add(c, &a));
	}
	a = address(i);
	assert_null(comers_add(c, &a));
	a = address(0);
	assert_non_null(comers_add(c, &a));
	assert_int_equal(comers_count(c), COMERS_MAX);
	comers_free(c);
}

/* --- sums ---------------------------------------------------------------- */

static char *
print(struct rehearsal *r, void (*fn)(struct rehearsal *, FILE *))
{
	char  *text = NULL;
	size_t len = 0;
	FILE  *out;

	assert_non_null(out = open_memstream(&text, &len));
	fn(r, out);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void
test_busiest(void **state)
{
	struct rehearsal *r;
	struct verdict	  v = { .action = ACTION_REJECT,
		   .where = { "postern.conf", 7 },
		   .rule = "on fail reject",
		   .why = "no PTR name leads back to this address" };
	struct addr	  a;
	unsigned int	  i;
	char		 *text;

	(void)state;
	assert_non_null(r = calloc(1, sizeof(*r)));
	for (i = 0; i < 100; i++) {
		a = address(i);
		rehearsal_add(r, &a, i * 37 % 100, &v);
	}
	v.action = ACTION_ACCEPT;
	rehearsal_add(r, &a, 1000, &v);
	assert_int_equal(r->nbusiest, REHEARSAL_BUSIEST);
	for (i = 0; i < REHEARSAL_BUSIEST; i++)
		assert_int_equal(r->busiest[i].sessions, 99 - i);
	assert_int_equal(r->nreasons, 2);
	text = print(r, rehearsal_print);
	assert_non_null(strstr(text,
	    "\n    1000        1  accept    no PTR name leads back"));
	assert_non_null(strstr(text,
	    "\n    4950      100  reject    no PTR name leads back to this "
	    "address\n"
	    "                             postern.conf:7: on fail reject\n"));
	assert_true(strstr(text, "    4950") < strstr(text, "    1000"));
	free(text);
	free(r);
}

/* What differs from client to client is no other reason. */
static const struct {
	const char    *what;
	struct verdict v;
	const char    *action, *why, *rule;
} reasons[] = {
	{ "a name",
	    { .action = ACTION_TEMPFAIL,
		.kind = VERDICT_NAME,
		.rule = "on name ~ \"x\" tempfail",
		.why = "name x.example.net matches a pattern" },
	    "tempfail", "a name matches a pattern",
	    "on name ~ \"x\" tempfail" },
	{ "a DNS list's text, and the score",
	    { .action = ACTION_REJECT,
		.kind = VERDICT_LIST,
		.rule = "on score 2 reject",
		.why =
		    "listed by zen, psbl (score 3): https://zen.example/ip" },
	    "reject", "listed by zen, psbl", "on score 2 reject" },
	{ "a DNS list's text",
	    { .action = ACTION_TEMPFAIL,
		.kind = VERDICT_LIST,
		.rule = "on listed \"zen\" tempfail",
		.why = "listed by zen: see (score 1): x" },
	    "tempfail", "listed by zen", "on listed \"zen\" tempfail" },
	{ "a list of ours",
	    { .action = ACTION_REJECT,
		.kind = VERDICT_LIST,
		.rule = "block from <drop>",
		.why = "listed in drop" },
	    "reject", "listed in drop", "block from <drop>" },
	{ "a tag of a DNS list",
	    { .action = ACTION_ACCEPT,
		.rule = "default",
		.tagged = 1,
		.tag_rule = "on score 1 tag",
		.tag_why = "listed by zen (score 1)" },
	    "tag", "listed by zen", "on score 1 tag" },
	{ "a reason with parentheses of ours",
	    { .action = ACTION_TEMPFAIL,
		.kind = VERDICT_IPREV,
		.rule = "on temperror tempfail",
		.why = "reverse DNS could not be looked up (SERVFAIL)" },
	    "tempfail", "reverse DNS could not be looked up (SERVFAIL)",
	    "on temperror tempfail" },
	{ "a tag",
	    { .action = ACTION_ACCEPT,
		.rule = "default",
		.why = "a PTR name leads back to this address",
		.tagged = 1,
		.tag_rule = "on name ~ \"x\" tag",
		.tag_why = "name x.example.net matches a pattern" },
	    "tag", "a name matches a pattern", "on name ~ \"x\" tag" },
};

static void
test_reasons(void **state)
{
	struct rehearsal *r;
	struct addr	  a = address(1);
	size_t		  i;

	(void)state;
	for (i = 0; i < nitems(reasons); i++) {
		assert_non_null(r = calloc(1, sizeof(*r)));
		rehearsal_add(r, &a, 2, &reasons[i].v);
		rehearsal_add(r, &a, 3, &reasons[i].v);
		assert_int_equal(r->nreasons, 1);
		if (strcmp(r->reasons[0].action, reasons[i].action) != 0 ||
		    strcmp(r->reasons[0].why, reasons[i].why) != 0 ||
		    strcmp(r->reasons[0].rule, reasons[i].rule) != 0)
			fail_msg("%s: %s, %s, %s", reasons[i].what,
			    r->reasons[0].action, r->reasons[0].why,
			    r->reasons[0].rule);
		assert_int_equal(r->reasons[0].sessions, 5);
		assert_int_equal(r->reasons[0].clients, 2);
		free(r);
	}
}

static void
test_many_reasons(void **state)
{
	struct rehearsal *r;
	struct verdict	  v = { .action = ACTION_REJECT };
	struct addr	  a = address(1);
	unsigned int	  i;
	char		 *text;

	(void)state;
	assert_non_null(r = calloc(1, sizeof(*r)));
	for (i = 0; i < 1000; i++) {
		v.where.line = i;
		rehearsal_add(r, &a, 1, &v);
	}
	assert_int_equal(r->nreasons, REHEARSAL_REASONS);
	text = print(r, rehearsal_print);
	assert_non_null(
	    strstr(text, "\n     801      801  various   other reasons\n"));
	free(text);
	free(r);
}

static void
test_json(void **state)
{
	struct rehearsal *r;
	struct verdict	  v = { .action = ACTION_REJECT,
		   .where = { "a \"b\"\\\n\xc3", 7 },
		   .rule = "on fail reject",
		   .why = "why" };
	struct addr	  a = address(1);
	char		 *text;

	(void)state;
	assert_non_null(r = calloc(1, sizeof(*r)));
	r->lines = 4;
	r->ours = 3;
	r->sessions = 2;
	r->clients = 1;
	r->asked = 1;
	rehearsal_add(r, &a, 2, &v);
	text = print(r, rehearsal_json);
	assert_string_equal(text,
	    "{\"lines\":4,\"postfix_lines\":3,\"sessions\":2,"
	    "\"authenticated\":0,\"not_counted\":0,\"clients\":1,\"asked\":1,"
	    "\"reasons\":[{\"action\":\"reject\",\"sessions\":2,\"clients\":1,"
	    "\"why\":\"why\",\"file\":\"a \\\"b\\\"\\\\\\u000a\\u00c3\","
	    "\"line\":7,\"rule\":\"on fail reject\"}],"
	    "\"busiest\":[{\"address\":\"198.0.0.1\",\"sessions\":2,"
	    "\"action\":\"reject\",\"why\":\"why\","
	    "\"file\":\"a \\\"b\\\"\\\\\\u000a\\u00c3\",\"line\":7,"
	    "\"rule\":\"on fail reject\"}]}\n");
	free(text);
	free(r);
}

/* --- whole logs ---------------------------------------------------------- */

static char home[] = "/tmp/rehearse_test.XXXXXX";
static char conf_path[64], log_path[64];

static void
say(void *arg, const char *text)
{
	(void)arg;
	fprintf(stderr, "%s\n", text);
}

static void
write_file(const char *path, const char *text)
{
	FILE *fp;

	assert_non_null(fp = fopen(path, "w"));
	assert_int_not_equal(fputs(text, fp), EOF);
	assert_int_equal(fclose(fp), 0);
}

/* No address of these needs the DNS. */
static char *
run(const char *log, int json, int *code)
{
	struct conf *conf;
	char	     text[512], *said = NULL;
	size_t	     len = 0;
	FILE	    *out;

	snprintf(text, sizeof(text),
	    "state \"%s\"\nfcrdns {\n\tpass from { 198.51.100.0/24 }\n"
	    "\tblock from { 192.0.2.0/24, 2001:db8::/32 }\n}\n",
	    home);
	write_file(conf_path, text);
	if (log != NULL)
		write_file(log_path, log);
	assert_non_null(conf = conf_read(conf_path, NULL, say, NULL));
	assert_non_null(out = open_memstream(&said, &len));
	*code =
	    rehearse(conf, log != NULL ? log_path : "/nonexistent", json, out);
	assert_int_equal(fclose(out), 0);
	conf_unref(conf);
	return said;
}

#define SMTPD(pid)   "Nov 22 10:00:00 mail postfix/smtpd[" pid "]: "
#define SCREEN(pid)  "Nov 22 10:00:00 mail postfix/postscreen[" pid "]: "
#define CONNECT(pid) SMTPD(pid) "connect from x[192.0.2.9]\n"

#define REFUSED(pid) \
	SMTPD(pid) "NOQUEUE: reject: RCPT from x[192.0.2.9]: 550 5.7.1 no\n"
#define GONE(pid) SMTPD(pid) "disconnect from x[192.0.2.9] ehlo=1\n"

static const struct {
	const char *what;
	const char *log;
	int	    code;
	const char *counts; /* sessions, authenticated, clients */
} logs[] = {
	{ "one session", CONNECT("1"), 0, "1,0,1" },
	{ "two", CONNECT("1") CONNECT("1"), 0, "2,0,1" },
	{ "a login",
	    CONNECT("1") SMTPD("1") "4Z: client=x[192.0.2.9], "
				    "sasl_method=PLAIN, sasl_username=u\n",
	    0, "0,1,0" },
	{ "two messages of one login",
	    CONNECT("1")
		SMTPD("1") "4Z: client=x[192.0.2.9], "
			   "sasl_method=PLAIN, sasl_username=u\n" SMTPD(
			       "1") "5Z: client=x[192.0.2.9], "
				    "sasl_method=PLAIN, sasl_username=u\n",
	    0, "0,1,0" },
	{ "a login in one of two sessions",
	    CONNECT("1") CONNECT("2")
		SMTPD("2") "4Z: client=x[192.0.2.9], "
			   "sasl_method=PLAIN, sasl_username=u\n",
	    0, "1,1,1" },
	{ "a login of another process",
	    CONNECT("1") SMTPD("3") "4Z: client=x[192.0.2.9], "
				    "sasl_method=PLAIN, sasl_username=u\n",
	    0, "1,1,1" },
	{ "a login whose connect is not in the log",
	    SMTPD("3") "4Z: client=x[192.0.2.9], "
		       "sasl_method=PLAIN, sasl_username=u\n",
	    0, "0,1,0" },
	{ "a login, and nobody knows whose",
	    "postfix/smtpd: 4Z: client=x[192.0.2.9], sasl_username=u\n"
	    "postfix/smtpd: x\n",
	    0, "0,0,0" },
	{ "a whole session is one",
	    CONNECT("1") REFUSED("1") REFUSED("1") GONE("1"), 0, "1,0,1" },
	{ "two by one process",
	    CONNECT("1") REFUSED("1") GONE("1") CONNECT("1") GONE("1"), 0,
	    "2,0,1" },
	{ "the refusals alone", REFUSED("1") REFUSED("1") REFUSED("2"), 0,
	    "2,0,1" },
	{ "the log begins within a session",
	    REFUSED("1") GONE("1") CONNECT("1"), 0, "2,0,1" },
	{ "and at its end", GONE("1"), 0, "1,0,1" },
	{ "refusals without a number",
	    "postfix/smtpd: NOQUEUE: reject: RCPT from x[192.0.2.9]: 550\n"
	    "postfix/smtpd: NOQUEUE: reject: RCPT from x[192.0.2.9]: 550\n",
	    0, "1,0,1" },
	{ "processes whose numbers share a place",
	    CONNECT("1") CONNECT("65537") REFUSED("1") REFUSED("65537")
		GONE("1") GONE("65537"),
	    0, "2,0,1" },
	{ "stopped by postscreen",
	    SCREEN("1") "CONNECT from [192.0.2.9]:1 to [192.0.2.1]:25\n", 0,
	    "1,0,1" },
	{ "let through by postscreen: one session",
	    SCREEN("1") "CONNECT from [192.0.2.9]:1 to [192.0.2.1]:25\n" SCREEN(
		"1") "PASS NEW [192.0.2.9]:1\n" CONNECT("2"),
	    0, "1,0,1" },
	{ "Postfix, and nobody came", SMTPD("1") "statistics: x\n", 0,
	    "0,0,0" },
	{ "among other lines", "x\n\n: \n" CONNECT("1") "y: z\n", 0, "1,0,1" },
	{ "no log of Postfix's", "Nov 22 10:00:00 mail sshd[1]: x\n",
	    EX_DATAERR, NULL },
	{ "an empty one", "", EX_DATAERR, NULL },
	{ "none", NULL, EX_NOINPUT, NULL },
};

static void
test_logs(void **state)
{
	unsigned long sessions, authenticated, clients;
	char	     *text, counts[64];
	const char   *at;
	size_t	      i;
	int	      code;

	(void)state;
	for (i = 0; i < nitems(logs); i++) {
		text = run(logs[i].log, 1, &code);
		if (code != logs[i].code)
			fail_msg("%s: %d", logs[i].what, code);
		if (logs[i].counts == NULL) {
			assert_string_equal(text, "");
			free(text);
			continue;
		}
		assert_non_null(at = strstr(text, "\"sessions\":"));
		assert_int_equal(sscanf(at,
				     "\"sessions\":%lu,\"authenticated\":%lu,"
				     "\"not_counted\":0,\"clients\":%lu,",
				     &sessions, &authenticated, &clients),
		    3);
		snprintf(counts, sizeof(counts), "%lu,%lu,%lu", sessions,
		    authenticated, clients);
		if (strcmp(counts, logs[i].counts) != 0)
			fail_msg("%s: %s", logs[i].what, counts);
		free(text);
	}
}

static void
test_text(void **state)
{
	char *text, want[256];
	int   code;

	(void)state;
	text = run(CONNECT("1") CONNECT("2")
		       SMTPD("3") "connect from y[2001:db8::9]\n" SMTPD(
			   "4") "connect from z[198.51.100.1]:25\n",
	    0, &code);
	assert_int_equal(code, 0);
	assert_non_null(strstr(text,
	    "lines      4, of which 4 are Postfix's\n"
	    "sessions   4\nclients    3\n"
	    "asked      the DNS, now, about 0 of "));
	snprintf(want, sizeof(want),
	    "\n       2        1  reject    blocked by 192.0.2.0/24\n%29s%s:4: "
	    "block from 192.0.2.0/24\n",
	    "", conf_path);
	assert_non_null(strstr(text, want));
	assert_non_null(strstr(text, "\n       1        1  accept    let in"));
	assert_non_null(strstr(text,
	    "\n       2  reject    192.0.2.9                                "
	    "blocked by 192.0.2.0/24\n"));
	assert_null(strstr(text, "  accept    198.51.100.1"));
	free(text);
}

static int
make_home(void **state)
{
	(void)state;
	if (mkdtemp(home) == NULL)
		return -1;
	snprintf(conf_path, sizeof(conf_path), "%s/conf", home);
	snprintf(log_path, sizeof(log_path), "%s/log", home);
	return chmod(home, 0755);
}

static int
remove_home(void **state)
{
	(void)state;
	(void)unlink(conf_path);
	(void)unlink(log_path);
	return rmdir(home);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_comers),
		cmocka_unit_test(test_comers_bound),
		cmocka_unit_test(test_busiest),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_many_reasons),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_logs),
		cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests(tests, make_home, remove_home);
}
