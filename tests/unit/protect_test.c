/* SPDX-License-Identifier: ISC */
#include <sys/types.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "clock.h"
#include "conf_lab.h"
#include "log.h"
#include "machine.h"
#include "protect.h"
#include "set.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *what;
	const char *line;
	const char *want; /* NULL: no such line */
} lines[] = {
	{ "a resolver", "nameserver 192.0.2.53", "192.0.2.53" },
	{ "tabs", "nameserver\t\t2001:db8::53\r", "2001:db8::53" },
	{ "a scope", "nameserver fe80::1%eth0", "fe80::1" },
	{ "a comment behind", "nameserver 192.0.2.53 # ours", "192.0.2.53" },
	{ "a name", "nameserver ns.example.org", NULL },
	{ "another word", "nameservers 192.0.2.53", NULL },
	{ "a comment", "# nameserver 192.0.2.53", NULL },
	{ "no address", "nameserver ", NULL },
	{ "search", "search example.org", NULL },
};

static void
test_lines(void **state)
{
	struct addr a;
	char	    text[ADDR_LEN];
	size_t	    i;
	int	    ret;

	(void)state;
	for (i = 0; i < nitems(lines); i++) {
		ret = machine_parse_resolver(lines[i].line, &a);
		if ((ret == 0) != (lines[i].want != NULL) ||
		    (ret == 0 &&
			strcmp(addr_print(&a, text), lines[i].want) != 0))
			fail_msg("%s", lines[i].what);
	}
}

static const struct {
	const char *what;
	const char *line;
	int	    good;
	long long   until;
} leases[] = {
	{ "for ever", "203.0.113.7 0", 1, 0 },
	{ "with its end", "2001:db8::/64 1790000000", 1, 1790000000 },
	{ "no end", "203.0.113.7", 0, 0 },
	{ "an empty end", "203.0.113.7 ", 0, 0 },
	{ "no number", "203.0.113.7 never", 0, 0 },
	{ "something behind", "203.0.113.7 1 2", 0, 0 },
	{ "host bits", "203.0.113.7/24 1", 0, 0 },
	{ "nothing", "", 0, 0 },
};

static void
test_leases(void **state)
{
	struct prefix p;
	long long     until;
	size_t	      i;
	int	      good;

	(void)state;
	for (i = 0; i < nitems(leases); i++) {
		good = protect_read_line(leases[i].line, &p, &until) == 0;
		if (good != leases[i].good ||
		    (good && until != leases[i].until))
			fail_msg("%s", leases[i].what);
	}
}

/* --- the live machine, as it is ------------------------------------------ */

static char	    dir[64];
static struct conf *conf;

static void
write_file(const char *name, const char *text)
{
	char  path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_non_null(f = fopen(path, "w"));
	assert_true(fputs(text, f) != EOF);
	assert_int_equal(fclose(f), 0);
}

static void
remove_file(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	(void)remove(path);
}

static int
set_up(void **state)
{
	char text[256];

	(void)state;
	strlcpy(dir, "/tmp/protect_test.XXXXXX", sizeof(dir));
	if (mkdtemp(dir) == NULL || chmod(dir, 0755) == -1)
		return -1;
	snprintf(text, sizeof(text),
	    "state \"%s/state\"\nuser \"nobody\" lists \"nobody\"\n"
	    "protect { 198.51.100.0/28, 2001:db8:5::/48 }\n",
	    dir);
	conf = conf_lab(text);
	return 0;
}

static int
tear_down(void **state)
{
	static const char *const names[] = { "state/lists/protected.set",
		"state/lists/src", "state/lists", "state/protected.lock",
		"state/imapgate/protect", "state/imapgate", "state" };
	size_t			 i;

	(void)state;
	conf_unref(conf);
	for (i = 0; i < nitems(names); i++)
		remove_file(names[i]);
	return rmdir(dir);
}

static const char *
why(const char *text)
{
	struct prefix p;
	const char   *reason;

	assert_null(prefix_parse(&p, text));
	reason = protect_why(conf, &p);
	return reason == NULL ? "-" : reason;
}

static void
test_why(void **state)
{
	char path[128], text[128];

	(void)state;
	assert_string_equal(why("127.0.0.1"), "loopback");
	assert_string_equal(why("127.255.0.0/16"), "loopback");
	assert_string_equal(why("::/64"), "loopback");
	assert_string_equal(why("198.51.100.7"), "protect { } of the file");
	assert_string_equal(why("198.51.0.0/16"), "protect { } of the file");
	assert_string_equal(why("2001:db8:5:1::/64"),
	    "protect { } of the file");
	assert_string_equal(why("198.51.100.16"), "-");
	assert_string_equal(why("203.0.113.7"), "-");

	snprintf(path, sizeof(path), "%s/state", dir);
	assert_int_equal(mkdir(path, 0755), 0);
	strlcat(path, "/imapgate", sizeof(path));
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(text, sizeof(text),
	    "203.0.113.7 0\nnonsense\n203.0.113.8 %lld\n203.0.113.9 %lld\n",
	    (long long)clock_now() + 100, (long long)clock_now() - 1);
	write_file("state/imapgate/protect", text);
	assert_string_equal(why("203.0.113.7"), "let in by imapgate");
	assert_string_equal(why("203.0.113.8"), "let in by imapgate");
	assert_string_equal(why("203.0.113.9"), "-");
	clock_move(101 * 1000);
	assert_string_equal(why("203.0.113.8"), "-");
	clock_move(-101 * 1000);
}

/* Is it in the set that doors map? */
static int
in_set(const char *address)
{
	char	    path[128], wrong[SET_WHY_LEN];
	struct addr a;
	struct set *set;
	int	    fd, has;

	snprintf(path, sizeof(path), "%s/state/lists/protected.set", dir);
	assert_int_not_equal(fd = open(path, O_RDONLY), -1);
	assert_non_null(set = set_open(fd, wrong));
	close(fd);
	assert_int_equal(addr_parse(&a, address), 0);
	has = set_has(set, &a);
	set_close(set);
	return has;
}

static void
test_refresh(void **state)
{
	char path[128];
	int  changed = 0;

	(void)state;
	assert_int_equal(protect_refresh(conf, &changed), 0);
	assert_int_equal(changed, 1);
	assert_int_equal(protect_refresh(conf, &changed), 0);
	assert_int_equal(changed, 0);
	assert_int_equal(in_set("127.3.4.5"), 1);
	assert_int_equal(in_set("::1"), 1);
	assert_int_equal(in_set("198.51.100.15"), 1);
	assert_int_equal(in_set("203.0.113.7"), 0);
	snprintf(path, sizeof(path), "%s/state/imapgate", dir);
	assert_int_equal(mkdir(path, 0700), 0);
	write_file("state/imapgate/protect", "203.0.113.0/29 0\n");
	assert_int_equal(protect_refresh(conf, &changed), 0);
	assert_int_equal(changed, 1);
	assert_int_equal(in_set("203.0.113.7"), 1);
	remove_file("state/imapgate/protect");
	assert_int_equal(protect_refresh(conf, NULL), 0);
	assert_int_equal(in_set("203.0.113.7"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_leases),
		cmocka_unit_test_setup_teardown(test_why, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_refresh, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests_name("protected", tests, NULL, NULL);
}
