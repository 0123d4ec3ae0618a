/* SPDX-License-Identifier: ISC */
/*
 * Tables that follow sets.
 */
#include "mirror_lab.h"

static void
test_once(void **state)
{
	(void)state;
	/* No set: nothing to do, and no word. */
	assert_int_equal(mirror_once(conf), 0);
	heard("");
	lab_write(lists_fd, "drop.set", "192.0.2.0/29 2001:db8::/126");
	lab_write(lists_fd, "tor.set", "192.0.2.99");
	assert_int_equal(mirror_once(conf), -1);
	assert_non_null(
	    strstr(said, "warn: table <dropped>: not loaded: /tmp/"));
	assert_non_null(
	    strstr(said, "protected.set: No such file or directory\n"));
	assert_string_equal(table("dropped"), "");
	said[0] = '\0';

	lab_write(lists_fd, "protected.set", "192.0.2.3 2001:db8::/127");
	lab_write(lists_fd, "bans.set", "203.0.113.0/24");
	assert_int_equal(mirror_once(conf), 0);
	heard("info: table <banned>: loaded, 1 prefixes of <bans>\n"
	      "info: table <dropped>: loaded, 4 prefixes of <drop>\n");
	assert_string_equal(table("dropped"),
	    "192.0.2.0/31\n192.0.2.2\n192.0.2.4/30\n2001:db8::2/127\n");
	assert_string_equal(table("banned"), "203.0.113.0/24\n");
	/* All of it is protected: the table is empty. */
	lab_write(lists_fd, "protected.set", "0.0.0.0/0 ::/0");
	assert_int_equal(mirror_once(conf), 0);
	assert_string_equal(table("dropped"), "");
	assert_string_equal(table("tor"), "");
}

/* The set says that it is whole, but what it holds is in no order. */
static void
test_disorder(void **state)
{
	const struct set_info info = { .time = 1 };
	struct range4	      v4[] = { { 0xc0000209, 0xc0000209 },
			{ 0xc0000201, 0xc0000206 }, { 0xc0000202, 0xc0000203 },
			{ 0xc0000208, 0xc0000207 } };
	struct ranges	      r = { .v4 = v4, .n4 = nitems(v4) };

	(void)state;
	lab_write(lists_fd, "protected.set", "192.0.2.3 192.0.2.9");
	assert_int_equal(set_write(lists_fd, "drop.set", &r, &info), 0);
	assert_int_equal(mirror_once(conf), 0);
	assert_string_equal(table("dropped"),
	    "192.0.2.1\n192.0.2.2\n192.0.2.4/31\n192.0.2.6\n");
}

static void
test_bad(void **state)
{
	int fd;

	(void)state;
	lab_write(lists_fd, "protected.set", "");
	lab_write(lists_fd, "drop.set", "192.0.2.1");
	assert_int_equal(mirror_once(conf), 0);
	said[0] = '\0';
	fd = openat(lists_fd, "drop.set", O_RDWR);
	assert_int_equal(ftruncate(fd, 50), 0);
	close(fd);
	assert_int_equal(mirror_once(conf), -1);
	assert_non_null(strstr(said, "drop.set: is cut short\n"));
	assert_string_equal(table("dropped"), "192.0.2.1\n");
	lab_write(lists_fd, "drop.set", "192.0.2.2");
	fd = openat(lists_fd, "protected.set", O_RDWR);
	assert_int_equal(ftruncate(fd, 50), 0);
	close(fd);
	said[0] = '\0';
	assert_int_equal(mirror_once(conf), -1);
	assert_non_null(strstr(said, "protected.set: is cut short\n"));
	assert_string_equal(table("dropped"), "192.0.2.1\n");
}

static void
status_is(struct mirror *m, const char *text)
{
	char *status = mirror_status(m);

	assert_non_null(status);
	assert_string_equal(status, text);
	free(status);
}

static void
test_follows(void **state)
{
	struct mirror *m;

	(void)state;
	lab_write(lists_fd, "protected.set", "");
	assert_non_null(m = mirror_new(base, conf));
	status_is(m,
	    "table banned list bans prefixes 0 waiting\n"
	    "table dropped list drop prefixes 0 waiting\n");
	lab_write(lists_fd, "drop.set", "192.0.2.0/30");
	until_said("info: table <dropped>: loaded, 1 prefixes of <drop>\n");
	assert_string_equal(table("dropped"), "192.0.2.0/30\n");
	status_is(m,
	    "table banned list bans prefixes 0 no set\n"
	    "table dropped list drop prefixes 1 loaded\n");
	/* A new set, a new ban, and somebody who is protected now. */
	lab_write(lists_fd, "drop.set", "192.0.2.0/31");
	until_table("dropped", "192.0.2.0/31\n");
	lab_write(lists_fd, "bans.set", "203.0.113.1");
	until_table("banned", "203.0.113.1\n");
	lab_write(lists_fd, "protected.set", "192.0.2.1");
	until_table("dropped", "192.0.2.0\n");
	until_said("debug: table <dropped>: loaded");
	mirror_free(m);
}

/* The file says less: that table stays, and nobody looks at it any more. */
static void
test_reload(void **state)
{
	struct mirror *m;

	(void)state;
	lab_write(lists_fd, "protected.set", "");
	lab_write(lists_fd, "drop.set", "192.0.2.1");
	lab_write(lists_fd, "bans.set", "192.0.2.2");
	assert_non_null(m = mirror_new(base, conf));
	until_said("<bans>\n");
	until_said("<drop>\n");
	said[0] = '\0';
	mirror_use(m, less);
	heard("info: table <dropped>: not mirrored any more, it stays as it "
	      "is\n");
	status_is(m, "table banned list bans prefixes 1 loaded\n");
	lab_write(lists_fd, "drop.set", "192.0.2.9");
	lab_write(lists_fd, "bans.set", "192.0.2.3");
	/* While a process works. */
	event_base_loop(base, EVLOOP_ONCE);
	mirror_use(m, less);
	until_table("banned", "192.0.2.3\n");
	assert_string_equal(table("dropped"), "192.0.2.1\n");
	said[0] = '\0';
	mirror_use(m, conf);
	until_said("info: table <dropped>: loaded, 1 prefixes of <drop>\n");
	assert_string_equal(table("dropped"), "192.0.2.9\n");
	mirror_free(m);
	mirror_free(NULL);
}

static void
test_repaired(void **state)
{
	struct mirror *m;

	(void)state;
	lab_write(lists_fd, "protected.set", "");
	lab_write(lists_fd, "drop.set", "192.0.2.1 2001:db8::1");
	assert_non_null(m = mirror_new(base, conf));
	until_said("<drop>\n");
	put_table("dropped", "192.0.2.7\n");
	said[0] = '\0';
	clock_move(60 * 1000);
	until_said("warn: table <dropped>: somebody has changed it: made what "
		   "it should be, 2 prefixes\n");
	assert_string_equal(table("dropped"), "192.0.2.1\n2001:db8::1\n");
	mirror_free(m);
}

/* It is tried again and again, and not a word. */
static void
stays_silent(void)
{
	int i;

	said[0] = '\0';
	for (i = 0; i < 4; i++) {
		clock_move(300 * 1000);
		event_base_loop(base, EVLOOP_ONCE);
	}
	heard("");
}

/* Said once, tried again, and said when it goes. */
static void
test_failure(void **state)
{
	struct mirror *m;
	char	       beside[64], *status;

	(void)state;
	lab_write(lists_fd, "protected.set", "");
	lab_write(lists_fd, "drop.set", "192.0.2.1");
	snprintf(beside, sizeof(beside), "%s/lists-table-dropped.new", folder);
	assert_int_equal(mkdir(beside, 0755), 0);
	assert_non_null(m = mirror_new(base, conf));
	until_said("warn: table <dropped>: not loaded: ");
	status = mirror_status(m);
	assert_non_null(strstr(status, " failed: "));
	free(status);
	stays_silent();
	assert_int_equal(rmdir(beside), 0);
	clock_move(300 * 1000);
	until_said("info: table <dropped>: loaded, 1 prefixes of <drop>\n");
	mirror_free(m);
}

/* The process that loads is stopped for good: it is killed in time. */
static void
test_hangs(void **state)
{
	struct mirror_table *t;
	struct mirror_result r;
	struct mirror_job    job;
	size_t		     n;

	(void)state;
	lab_write(lists_fd, "protected.set", "");
	lab_write(lists_fd, "bans.set", "192.0.2.1");
	assert_non_null(t = mirror_tables(conf, folder, &n));
	assert_int_equal(n, 2);
	assert_int_equal(mirror_job_start(&job, &t[0], 0), 0);
	mirror_job_kill(&job);
	mirror_job_end(&job, &r);
	assert_int_equal(job.fd, -1);
	if (r.outcome == MIRROR_FAILED) /* unless it was faster */
		assert_string_equal(r.why,
		    "the process that loads it died or was killed");
	assert_int_equal(mirror_job_start(&job, &t[0], 0), 0);
	mirror_job_end(&job, &r);
	assert_int_equal(r.outcome, MIRROR_LOADED);
	assert_int_equal(r.prefixes, 1);
	assert_int_equal(mirror_job_start(&job, &t[0], 1), 0);
	mirror_job_end(&job, &r);
	assert_int_equal(r.outcome, MIRROR_SAME);
	free(t);
}

/* Refused before nftables is asked, so that nobody need be root. */
static void
test_too_many(void **state)
{
	struct mirror_table *t;
	struct mirror_result r;
	size_t		     n;

	(void)state;
	lab_write(lists_fd, "protected.set", "");
	lab_write_many(lists_fd, "bans.set", MIRROR_NFT_MAX + 1);
	assert_non_null(t = mirror_tables(conf, folder, &n));
	t[0].fw.kind = FIREWALL_NFTABLES;
	mirror_load(&t[0], 0, &r);
	assert_int_equal(r.outcome, MIRROR_FAILED);
	assert_int_equal(r.prefixes, MIRROR_NFT_MAX + 1);
	assert_string_equal(r.why,
	    "200001 prefixes are too many for nftables, which is given 200000 "
	    "at most: nothing of it is loaded");
	free(t);
}

#define IS_WORD                                                            \
	"nftables cannot have a set of that name, which is a word of its " \
	"language: choose another"

/* There is no set: a name that will do has nothing to load, so far. */
static const struct {
	const char	  *what;
	enum firewall_kind kind;
	const char	  *set, *set6;
	int		   good;
} named[] = {
	{ "any name", FIREWALL_NFTABLES, "dropped", "dropped6", 1 },
	{ "a word", FIREWALL_NFTABLES, "drop", "drop6", 0 },
	{ "the first of them", FIREWALL_NFTABLES, "accept", "accept6", 0 },
	{ "a short one", FIREWALL_NFTABLES, "eq", "eq6", 0 },
	{ "the last of them", FIREWALL_NFTABLES, "xt", "xt6", 0 },
	{ "a word for IPv6", FIREWALL_NFTABLES, "icmpv", "icmpv6", 0 },
	{ "a word with a 6 behind it", FIREWALL_NFTABLES, "drop6", "drop66",
	    1 },
	{ "the beginning of a word", FIREWALL_NFTABLES, "dro", "dro6", 1 },
	{ "in capitals", FIREWALL_NFTABLES, "DROP", "DROP6", 1 },
	{ "pf takes a word", FIREWALL_PF, "drop", "drop6", 1 },
	{ "so do files", FIREWALL_NONE, "drop", "drop6", 1 },
};

static void
test_named(void **state)
{
	struct mirror_table *t;
	struct mirror_result r;
	size_t		     i, n;

	(void)state;
	assert_non_null(t = mirror_tables(conf, folder, &n));
	for (i = 0; i < nitems(named); i++) {
		t[0].fw.kind = named[i].kind;
		strlcpy(t[0].fw.set, named[i].set, sizeof(t[0].fw.set));
		strlcpy(t[0].fw.set6, named[i].set6, sizeof(t[0].fw.set6));
		mirror_load(&t[0], 0, &r);
		if (r.outcome !=
			(named[i].good ? MIRROR_ABSENT : MIRROR_FAILED) ||
		    (!named[i].good && strcmp(r.why, IS_WORD) != 0))
			fail_msg("%s: %s", named[i].what, r.why);
	}
	free(t);
}

/* Said once, and nftables is not asked; a file takes it gladly. */
static void
test_word(void **state)
{
	static const char list[] =
	    "list <drop> {\nfile \"/x\"\ntable <drop>\n}\n";
	struct conf   *nftables = read_conf("nftables", list);
	struct conf   *none = read_conf("none", list);
	struct mirror *m;

	(void)state;
	lab_write(lists_fd, "protected.set", "");
	lab_write(lists_fd, "drop.set", "192.0.2.1");
	assert_int_equal(mirror_once(nftables), -1);
	heard("warn: table <drop>: not loaded: " IS_WORD "\n");
	assert_non_null(m = mirror_new(base, nftables));
	until_said("choose another\n");
	heard("warn: table <drop>: not loaded: " IS_WORD "\n");
	status_is(m,
	    "table banned list bans prefixes 0 no set\n"
	    "table drop list drop prefixes 0 failed: " IS_WORD "\n");
	stays_silent();
	mirror_use(m, none);
	until_said("info: table <drop>: loaded, 1 prefixes of <drop>\n");
	assert_string_equal(table("drop"), "192.0.2.1\n");
	mirror_free(m);
	conf_unref(nftables);
	conf_unref(none);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_disorder, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_bad, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_follows, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_reload, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_repaired, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_failure, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_hangs, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_too_many, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_named, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_word, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
