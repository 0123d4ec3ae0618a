/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "me.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *what;
	const char *value;
	const char *want; /* NULL: refused */
} values[] = {
	{ "what sshd writes", "203.0.113.7 50022 192.0.2.1 22", "203.0.113.7" },
	{ "IPv6", "2001:db8:1:2::7 50022 2001:db8::1 22", "2001:db8:1:2::7" },
	{ "mapped", "::ffff:203.0.113.7 50022 ::ffff:192.0.2.1 22",
	    "203.0.113.7" },
	{ "as in SSH_CLIENT", "203.0.113.7 50022 22", "203.0.113.7" },
	{ "nothing", "", NULL },
	{ "a space", " ", NULL },
	{ "only an address", "203.0.113.7", NULL },
	{ "no port", "203.0.113.7 ", NULL },
	{ "a port that is none", "203.0.113.7 22x 192.0.2.1 22", NULL },
	{ "a port that is too long", "203.0.113.7 123456 192.0.2.1 22", NULL },
	{ "a name", "mail.example.org 1 192.0.2.1 22", NULL },
	{ "sshd did not know", "UNKNOWN 65535 UNKNOWN 65535", NULL },
	{ "a prefix", "203.0.113.0/24 1 192.0.2.1 22", NULL },
	{ "a link-local peer", "fe80::1%eth0 1 fe80::2%eth0 22", NULL },
	{ "an escape", "\x1b[31m 1 192.0.2.1 22", NULL },
	{ "far too long",
	    "00000000000000000000000000000000000000000000000000000000 1 x 22",
	    NULL },
};

static void
test_values(void **state)
{
	struct addr addr;
	char	    buf[ADDR_LEN];
	size_t	    i;
	int	    ret;

	(void)state;
	for (i = 0; i < nitems(values); i++) {
		ret = me_parse(&addr, values[i].value);
		if (ret != (values[i].want == NULL ? -1 : 0))
			fail_msg("%s: %d", values[i].what, ret);
		if (ret == 0 &&
		    strcmp(addr_print(&addr, buf), values[i].want) != 0)
			fail_msg("%s: %s", values[i].what, buf);
	}
}

#define REST " 00000000:00000000 02:00000000 00000000     0        0 "

/* As a little-endian machine prints them. */
static const struct {
	const char   *what;
	const char   *line;
	unsigned long inode;
	const char   *want;
} tcps[] = {
	{ "an IPv4 session",
	    "   3: 010200C0:0016 077100CB:C350 01" REST "4711 2 0000 20 4",
	    4711, "203.0.113.7" },
	{ "an IPv6 session",
	    "   0: B80D0120000000000000000001000000:0016 "
	    "B80D0120020001000000000007000000:C350 01" REST "4711 2",
	    4711, "2001:db8:1:2::7" },
	{ "IPv4 on an IPv6 socket",
	    "   0: 0000000000000000FFFF0000010200C0:0016 "
	    "0000000000000000FFFF0000077100CB:C350 01" REST "4711 2",
	    4711, "203.0.113.7" },
	{ "another socket",
	    "   3: 010200C0:0016 077100CB:C350 01" REST "4712 2", 4711, NULL },
	{ "a listener", "   3: 00000000:0016 00000000:0000 0A" REST "4711 2",
	    4711, NULL },
	{ "the titles",
	    "  sl  local_address rem_address   st tx_queue rx_queue tr "
	    "tm->when retrnsmt   uid  timeout inode",
	    4711, NULL },
	{ "an address of another length",
	    "   3: 010200C0:0016 077100:C350 01" REST "4711 2", 4711, NULL },
	{ "no port", "   3: 010200C0:0016 077100CB 01" REST "4711 2", 4711,
	    NULL },
	{ "cut", "   3: 010200C0:0016 077100CB:C350 01", 4711, NULL },
	{ "nothing", "", 4711, NULL },
};

static void
test_tcp(void **state)
{
	struct addr addr;
	char	    buf[ADDR_LEN];
	size_t	    i;
	int	    ret;

	(void)state;
	if (*(const uint8_t *)&(const uint16_t){ 1 } == 0)
		return; /* the samples are of the other kind */
	for (i = 0; i < nitems(tcps); i++) {
		ret = me_parse_tcp(&addr, tcps[i].line, tcps[i].inode);
		if (ret != (tcps[i].want == NULL ? -1 : 0))
			fail_msg("%s: %d", tcps[i].what, ret);
		if (ret == 0 &&
		    strcmp(addr_print(&addr, buf), tcps[i].want) != 0)
			fail_msg("%s: %s", tcps[i].what, buf);
	}
}

static void
test_environment(void **state)
{
	struct addr addr;
	char	    buf[ADDR_LEN], who[64];

	(void)state;
	unsetenv("TMUX");
	unsetenv("STY");
	setenv(ME_ENV, "203.0.113.7 50022 192.0.2.1 22", 1);
	assert_null(me_find(&addr));
	assert_string_equal(addr_print(&addr, buf), "203.0.113.7");
	/* A wrong one is not passed over for something else. */
	setenv(ME_ENV, "nonsense", 1);
	assert_non_null(strstr(me_find(&addr), ME_ENV));
	assert_null(me_outlives());
	setenv("TMUX", "x", 1);
	assert_string_equal(me_outlives(), "tmux");
	unsetenv(ME_ENV);
	assert_null(me_outlives());
	unsetenv("TMUX");

	setenv("SUDO_USER", "ann", 1);
	assert_string_equal(me_who(who, sizeof(who)), "ann");
	setenv("DOAS_USER", "bob", 1);
	assert_string_equal(me_who(who, sizeof(who)), "bob");
	unsetenv("DOAS_USER");
	unsetenv("SUDO_USER");
	assert_true(me_who(who, sizeof(who))[0] != '\0');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_tcp),
		cmocka_unit_test(test_environment),
	};

	return cmocka_run_group_tests_name("me", tests, NULL, NULL);
}
