/* SPDX-License-Identifier: ISC */
/*
 * Many leases, and the file that they live in.
 */
#include <sys/stat.h>

#include <ftw.h>
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

#include "leases.h"
#include "log.h"
#include "store.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define A	" until 2026-11-23T02:00:00Z since 2026-11-22T14:00:00Z" WHO
#define WHO	" who ann from - why \"\"\n"
#define T_SINCE 1795356000 /* 2026-11-22T14:00:00Z */
#define T_UNTIL 1795399200 /* 2026-11-23T02:00:00Z */
#define DAY	86400

static void
parse(struct leases *l, const char *text)
{
	memset(l, 0, sizeof(*l));
	assert_int_equal(leases_parse(l, text, strlen(text)), 0);
}

static void
same(const char *what, const struct leases *l, const char *want)
{
	char  *text;
	size_t len;

	text = leases_print(l, &len);
	assert_non_null(text);
	assert_int_equal(len, strlen(text));
	if (strcmp(text, want) != 0)
		fail_msg("%s:\n%s", what, text);
	free(text);
}

static const struct {
	const char  *what;
	const char  *text;
	const char  *want;
	size_t	     n, nbroken;
	unsigned int number; /* of the first broken line */
} files[] = {
	{ "nothing", "", "", 0, 0, 0 },
	{ "one", "203.0.113.7" A, "203.0.113.7" A, 1, 0, 0 },
	{ "no newline at the end",
	    "203.0.113.7 until forever" WHO "192.0.2.1"
	    " until forever who a from - why b",
	    "203.0.113.7 until forever" WHO
	    "192.0.2.1 until forever who a from - why b\n",
	    2, 0, 0 },
	{ "comments stay where they are",
	    "# mine\n\n203.0.113.7" A "\t# his\n203.0.113.8" A "# end\n",
	    "# mine\n\n203.0.113.7" A "\t# his\n203.0.113.8" A "# end\n", 2, 0,
	    0 },
	{ "a broken line", "203.0.113.7" A "nonsense\n203.0.113.8" A,
	    "203.0.113.7" A "203.0.113.8" A, 2, 1, 2 },
	{ "only broken lines", "a\nb", "", 0, 2, 1 },
	{ "the same twice", "203.0.113.7" A "203.0.113.7" A,
	    "203.0.113.7" A "203.0.113.7" A, 2, 0, 0 },
};

static void
test_files(void **state)
{
	struct leases l;
	size_t	      i;

	(void)state;
	for (i = 0; i < nitems(files); i++) {
		parse(&l, files[i].text);
		same(files[i].what, &l, files[i].want);
		if (l.n != files[i].n || l.nbroken != files[i].nbroken)
			fail_msg("%s: %zu, %zu", files[i].what, l.n, l.nbroken);
		/* What is broken must leave the file. */
		assert_int_equal(l.dirty, l.nbroken > 0);
		if (l.nbroken > 0)
			assert_int_equal(l.broken[0].number, files[i].number);
		leases_free(&l);
	}
}

static void
test_nul(void **state)
{
	static const char text[] = "203.0.113.7 until forever\n"
				   "203.0.113.8\0 until forever\n\0\0";
	struct leases	  l;

	(void)state;
	memset(&l, 0, sizeof(l));
	assert_int_equal(leases_parse(&l, text, sizeof(text) - 1), 0);
	assert_int_equal(l.n, 1);
	assert_int_equal(l.nbroken, 2);
	assert_int_equal(l.broken[0].len, 26);
	assert_memory_equal(l.broken[0].text, text + 26, 26);
	assert_int_equal(l.broken[1].len, 2);
	assert_string_equal(l.broken[1].why, "a NUL byte");
	leases_free(&l);
}

static void
test_find(void **state)
{
	struct leases l;
	struct lease *found;
	struct prefix p;

	(void)state;
	parse(&l,
	    "203.0.113.7 ended 2026-11-22T14:00:00Z\n"
	    "203.0.113.0/24 until forever\n"
	    "203.0.113.7 until forever\n");
	assert_null(prefix_parse(&p, "203.0.113.7"));
	found = leases_find(&l, &p);
	assert_ptr_equal(found, &l.lease[2]);
	leases_end(&l, found, T_UNTIL);
	assert_int_equal(l.dirty, 1);
	assert_null(leases_find(&l, &p));
	/* Just that prefix, not a wider or narrower one. */
	assert_null(prefix_parse(&p, "203.0.113.0/24"));
	assert_ptr_equal(leases_find(&l, &p), &l.lease[1]);
	assert_null(prefix_parse(&p, "203.0.113.0/25"));
	assert_null(leases_find(&l, &p));
	leases_free(&l);
}

static void
test_over(void **state)
{
	struct leases l;
	size_t	      i = 0;

	(void)state;
	parse(&l,
	    "203.0.113.1" A "203.0.113.2 until forever\n"
	    "203.0.113.3" A "203.0.113.4 ended 2026-11-22T14:00:00Z\n");
	assert_null(leases_over(&l, &i, T_UNTIL - 1));
	assert_int_equal(leases_next(&l), T_UNTIL);
	i = 0;
	assert_ptr_equal(leases_over(&l, &i, T_UNTIL), &l.lease[0]);
	leases_end(&l, &l.lease[0], l.lease[0].until);
	assert_ptr_equal(leases_over(&l, &i, T_UNTIL), &l.lease[2]);
	leases_end(&l, &l.lease[2], l.lease[2].until);
	assert_null(leases_over(&l, &i, T_UNTIL));
	assert_int_equal(leases_next(&l), 0);
	leases_free(&l);
}

static void
test_forget(void **state)
{
	struct leases l;

	(void)state;
	parse(&l,
	    "# a\n203.0.113.1 ended 2026-11-23T02:00:00Z\n"
	    "# b\n203.0.113.2 until forever" WHO
	    "203.0.113.3 ended 2026-11-23T02:00:01Z" WHO "# c\n");
	assert_int_equal(leases_forget(&l, T_UNTIL + LEASE_KEEP - 1), 0);
	assert_int_equal(l.dirty, 0);
	assert_int_equal(leases_forget(&l, T_UNTIL + LEASE_KEEP), 1);
	assert_int_equal(l.dirty, 1);
	same("forgotten", &l,
	    "# a\n# b\n203.0.113.2 until forever" WHO
	    "203.0.113.3 ended 2026-11-23T02:00:01Z" WHO "# c\n");
	assert_int_equal(leases_forget(&l, T_UNTIL + 400 * DAY), 1);
	same("all but the one for ever", &l,
	    "# a\n# b\n203.0.113.2 until forever" WHO "# c\n");
	leases_free(&l);
}

static const struct {
	const char	*what;
	const char	*text;
	time_t		 now;
	enum lease_clock want;
} clocks[] = {
	{ "an empty file takes any clock", "", 1, LEASE_CLOCK_GOOD },
	{ "so does one with nothing to lose",
	    "203.0.113.1 until forever since 2026-11-22T14:00:00Z\n", 1,
	    LEASE_CLOCK_GOOD },
	{ "a good one", "203.0.113.1" A, T_SINCE + 60, LEASE_CLOCK_GOOD },
	{ "it went back", "203.0.113.1" A, T_SINCE - DAY, LEASE_CLOCK_BACK },
	{ "it went ahead", "203.0.113.1" A, T_SINCE + 32 * DAY,
	    LEASE_CLOCK_AHEAD },
	{ "an ended line is a record, too",
	    "203.0.113.1" A "203.0.113.2 ended 2026-12-12T00:00:00Z\n",
	    T_SINCE + 32 * DAY, LEASE_CLOCK_GOOD },
	{ "the end to come is none", "203.0.113.1" A, T_SINCE,
	    LEASE_CLOCK_GOOD },
	{ "no time in it", "203.0.113.1 until 2026-11-23T02:00:00Z\n", 1,
	    LEASE_CLOCK_GOOD },
};

static void
test_clock(void **state)
{
	struct leases l;
	size_t	      i;

	(void)state;
	for (i = 0; i < nitems(clocks); i++) {
		parse(&l, clocks[i].text);
		if (leases_clock(&l, clocks[i].now) != clocks[i].want)
			fail_msg("%s", clocks[i].what);
		/* Whoever is told that it is right, believes it. */
		leases_believe(&l, clocks[i].now);
		if (leases_clock(&l, clocks[i].now) != LEASE_CLOCK_GOOD)
			fail_msg("%s: not believed", clocks[i].what);
		leases_free(&l);
	}
}

/* Ten thousand, and the thought of a realloc. */
static void
test_many(void **state)
{
	struct leases l, again;
	struct lease  one;
	char	     *text;
	char	      line[64];
	size_t	      i, len;

	(void)state;
	memset(&l, 0, sizeof(l));
	for (i = 0; i < 10000; i++) {
		snprintf(line, sizeof(line), "10.0.%zu.%zu until forever",
		    i / 250, i % 250);
		assert_null(lease_parse(&one, line));
		assert_int_equal(leases_add(&l, &one), 0);
	}
	text = leases_print(&l, &len);
	assert_non_null(text);
	memset(&again, 0, sizeof(again));
	assert_int_equal(leases_parse(&again, text, len), 0);
	assert_int_equal(again.n, 10000);
	assert_memory_equal(again.lease, l.lease, 10000 * sizeof(one));
	free(text);
	leases_free(&again);
	leases_free(&l);
}

/* --- the store --- */

static char said[1024];

static void catch (enum log_level level, const char *text)
{
	if (level >= LOG_LEVEL_WARN)
		strlcpy(said, text, sizeof(said));
}

static char dir[64];

static int
set_up(void **state)
{
	(void)state;
	strlcpy(dir, "/tmp/leases_test.XXXXXX", sizeof(dir));
	if (mkdtemp(dir) == NULL)
		return -1;
	strlcat(dir, "/state", sizeof(dir));
	said[0] = '\0';
	log_divert(catch);
	return 0;
}

static int
remove_one(const char *name, const struct stat *st, int what, struct FTW *at)
{
	(void)st;
	(void)what;
	(void)at;
	return remove(name);
}

static int
tear_down(void **state)
{
	(void)state;
	log_divert(NULL);
	*strrchr(dir, '/') = '\0';
	return nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static const char *
path(const char *name)
{
	static char buf[128];

	snprintf(buf, sizeof(buf), "%s/imapgate/%s", dir, name);
	return buf;
}

static void
put(const char *name, const char *text)
{
	FILE *fp = fopen(path(name), "w");

	assert_non_null(fp);
	fputs(text, fp);
	fclose(fp);
}

static void
expect(const char *name, const char *want)
{
	char   text[4096];
	size_t n;
	FILE  *fp = fopen(path(name), "r");

	assert_non_null(fp);
	n = fread(text, 1, sizeof(text) - 1, fp);
	text[n] = '\0';
	fclose(fp);
	assert_string_equal(text, want);
}

static void
test_round(void **state)
{
	struct store  s;
	struct leases l;
	struct lease  one;
	struct stat   st;

	(void)state;
	/* Nothing there, nothing made. */
	assert_int_equal(store_open(&s, dir, 0), 0);
	assert_int_equal(store_read(&s, &l), 0);
	assert_int_equal(l.n, 0);
	store_close(&s);
	assert_int_equal(access(dir, F_OK), -1);

	assert_int_equal(store_open(&s, dir, 1), 0);
	assert_int_equal(store_lock(&s), 0);
	assert_int_equal(store_read(&s, &l), 0);
	assert_null(lease_parse(&one, "203.0.113.7 until forever"));
	assert_int_equal(leases_add(&l, &one), 0);
	assert_int_equal(store_write(&s, &l), 0);
	leases_free(&l);
	expect("leases",
	    "203.0.113.7 until forever who \"\" from - why \"\"\n");
	assert_int_equal(access(path("leases.new"), F_OK), -1);
	assert_int_equal(stat(path("leases"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(stat(path("."), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	store_close(&s);
}

static void
test_broken(void **state)
{
	struct store  s;
	struct leases l;

	(void)state;
	assert_int_equal(store_open(&s, dir, 1), 0);
	put("leases", "203.0.113.7" A "\x1b[31m bad\n203.0.113.8" A);
	put("leases.broken", "of old\n");
	assert_int_equal(store_lock(&s), 0);
	assert_int_equal(store_read(&s, &l), 0);
	assert_string_equal(said,
	    "imapgate/leases:2: a control byte: the line is not used");
	assert_int_equal(store_write(&s, &l), 0);
	leases_free(&l);
	expect("leases", "203.0.113.7" A "203.0.113.8" A);
	expect("leases.broken", "of old\n\x1b[31m bad\n");
	store_close(&s);
}

static void
test_left_behind(void **state)
{
	struct store  s;
	struct leases l;

	(void)state;
	assert_int_equal(store_open(&s, dir, 1), 0);
	assert_int_equal(store_lock(&s), 0);
	assert_int_equal(store_read(&s, &l), 0);
	put("elsewhere", "untouched");
	assert_int_equal(symlink("elsewhere", path("leases.new")), 0);
	assert_int_equal(store_write(&s, &l), 0);
	expect("elsewhere", "untouched");
	expect("leases", "");
	store_close(&s);
}

/* What is no file of ours is neither read nor written. */
static void
test_strange(void **state)
{
	static const char *const names[] = { "leases", "lock" };
	struct store		 s;
	struct leases		 l;
	char			 was[128];
	size_t			 i;
	int			 fifo;

	(void)state;
	assert_int_equal(store_open(&s, dir, 1), 0);
	put("elsewhere", "203.0.113.7 until forever\n");
	for (i = 0; i < nitems(names); i++) {
		for (fifo = 0; fifo < 2; fifo++) {
			if (fifo)
				assert_int_equal(mkfifo(path(names[i]), 0600),
				    0);
			else
				assert_int_equal(symlink("elsewhere",
						     path(names[i])),
				    0);
			said[0] = '\0';
			if (i == 0)
				assert_int_equal(store_read(&s, &l),
				    EX_CANTCREAT);
			else
				assert_int_equal(store_lock(&s), EX_CANTCREAT);
			assert_non_null(strstr(said, "refused"));
			strlcpy(was, path(names[i]), sizeof(was));
			assert_int_equal(unlink(was), 0);
		}
	}
	store_close(&s);
}

static void
test_folders(void **state)
{
	struct store s;
	char	     link[128];

	(void)state;
	assert_int_equal(store_open(&s, dir, 1), 0);
	store_close(&s);
	/* Others may write into it. */
	assert_int_equal(chmod(dir, 0777), 0);
	assert_int_equal(store_open(&s, dir, 1), EX_CANTCREAT);
	assert_int_equal(chmod(dir, 0755), 0);
	assert_int_equal(chmod(path("."), 0720), 0);
	assert_int_equal(store_open(&s, dir, 0), EX_CANTCREAT);
	assert_int_equal(chmod(path("."), 0700), 0);
	/* By way of a link. */
	snprintf(link, sizeof(link), "%s.link", dir);
	assert_int_equal(symlink(dir, link), 0);
	assert_int_equal(store_open(&s, link, 1), EX_CANTCREAT);
	assert_non_null(strstr(said, "symbolic link"));
	assert_int_equal(store_open(&s, dir, 0), 0);
	store_close(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_nul),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_over),
		cmocka_unit_test(test_forget),
		cmocka_unit_test(test_clock),
		cmocka_unit_test(test_many),
		cmocka_unit_test_setup_teardown(test_round, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_broken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_left_behind, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_strange, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_folders, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests_name("leases", tests, NULL, NULL);
}
