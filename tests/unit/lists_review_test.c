/* SPDX-License-Identifier: ISC */
/*
 * What went wrong once with lists and bans, in the order in which it was
 * found.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "global.h"
#include "guard.h"
#include "mirror.h"
#include "mirror_load.h"
#include "protect.h"
#include "source_lab.h"

/* A feed that lists everybody, and is shorter than the one before. */
static const struct {
	const char *what;
	const char *text;
	const char *want;
} worst[] = {
	{ "halved, and one line is everybody", "0.0.0.0/0\n",
	    "one line alone covers" },
	{ "halved, and together it is too much", "8.0.0.0/8\n9.0.0.0/8\n",
	    "in all it covers" },
	{ "only halved", "9.0.0.0/8\n", "halved" },
};

static void
test_worst_first(void **state)
{
	static struct feed f;
	struct guard	   g = { .widest4 = 8, .widest6 = 16, .entries = 2000 };
	char		   why[GUARD_WHY_LEN];
	const char	  *phrase;
	size_t		   i;

	(void)state;
	for (i = 0; i < sizeof(worst) / sizeof(worst[0]); i++) {
		lab_feed(&f, worst[i].text);
		phrase = guard_refuses(&g, &f, why);
		if (phrase == NULL || strstr(phrase, worst[i].want) == NULL)
			fail_msg("%s: %s", worst[i].what,
			    phrase == NULL ? "taken" : phrase);
		feed_free(&f);
	}
}

/* --- what the lists user can do to root ---------------------------------- */

enum trap {
	LINK,
	OPEN_TO_ALL,
	FILE_THERE
};

static const struct {
	const char *what;
	enum trap   trap;
} traps[] = {
	{ "the folder of the sources is a link", LINK },
	{ "everybody can write in the folder of the sources", OPEN_TO_ALL },
	{ "a file stands where the folder of the sources was", FILE_THERE },
};

static void
lay(const struct lab *lab, enum trap trap)
{
	int fd;

	if (trap == OPEN_TO_ALL) {
		assert_int_equal(fchmod(lab->folder.src, 0777), 0);
		return;
	}
	assert_int_equal(renameat(lab->folder.dir, "src", lab->folder.dir,
			     "away"),
	    0);
	if (trap == LINK) {
		assert_int_equal(symlinkat("away", lab->folder.dir, "src"), 0);
		return;
	}
	fd = openat(lab->folder.dir, "src", O_WRONLY | O_CREAT, 0644);
	assert_int_not_equal(fd, -1);
	close(fd);
}

/* Whatever that user does, who is let in by now is protected by now. */
static void
test_protected_all_the_same(void **state)
{
	struct lab lab;
	size_t	   i;
	int	   dir, changed;

	(void)state;
	for (i = 0; i < sizeof(traps) / sizeof(traps[0]); i++) {
		lab_make(&lab, "");
		assert_int_equal(folder_open(&lab.folder, lab.conf, 1), 0);
		dir = dup(lab.folder.dir);
		lay(&lab, traps[i].trap);
		folder_close(&lab.folder);
		lab_read(&lab, "protect { 203.0.113.77 }\n");
		changed = 0;
		if (protect_refresh(lab.conf, &changed) == -1 || !changed ||
		    strstr(lab_set(dir, PROTECT_SET), "203.0.113.77") == NULL)
			fail_msg("%s: %s", traps[i].what, lab_said);
		close(dir);
		lab_end(&lab);
	}
}

/* --- what a feed can do to root ------------------------------------------ */

/* What comes of loading these into a table. */
static void
load(const struct ranges *ranges, struct mirror_result *r)
{
	struct lab	     lab;
	struct mirror_table *t;
	struct set_info	     info = { .time = 1 };
	size_t		     n;

	lab_make(&lab, "firewall none\nbans { table <bad> }\n");
	assert_int_equal(folder_open(&lab.folder, lab.conf, 0), 0);
	assert_int_equal(protect_refresh(lab.conf, NULL), 0);
	assert_int_equal(set_write(lab.folder.dir, "bans.set", ranges, &info),
	    0);
	t = mirror_tables(lab.conf, global_conf(lab.conf)->state, &n);
	assert_non_null(t);
	mirror_table_use(&t[0]);
	mirror_load(&t[0], 0, r);
	free(t);
	lab_end(&lab);
}

static const char too_many[] =
    "more than 4000000 prefixes are too many: nothing of it is loaded";

/*
 * A range that is neither aligned at its begin nor at its end makes 126
 * prefixes: a feed of a few megabytes shall not make root's process gigabytes.
 */
static void
test_bad_ranges(void **state)
{
	struct mirror_result r;
	struct ranges	     ranges = { .n4 = 0 };
	struct addr6	     first, last;
	uint64_t	     i;

	(void)state;
	for (i = 0; i < 50000; i++) {
		first.high = last.high = 0x2a00000000000000 + i;
		first.low = 1;
		last.low = UINT64_MAX - 1;
		assert_int_equal(ranges_add6(&ranges, first, last), 0);
	}
	load(&ranges, &r);
	ranges_free(&ranges);
	assert_int_equal(r.outcome, MIRROR_FAILED);
	assert_string_equal(r.why, too_many);
}

/* The lists user can write sets that the compiler never would: as large. */
static void
test_one_range_often(void **state)
{
	struct mirror_result r;
	struct ranges	     ranges = { .n4 = 0 };
	size_t		     i;

	(void)state;
	for (i = 0; i <= MIRROR_MAX; i++)
		assert_int_equal(ranges_add4(&ranges, 0x05000000, 0x05000000),
		    0);
	load(&ranges, &r);
	ranges_free(&ranges);
	assert_int_equal(r.outcome, MIRROR_FAILED);
	assert_non_null(strstr(r.why, "bans.set: has too many ranges"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_worst_first),
		cmocka_unit_test(test_protected_all_the_same),
		cmocka_unit_test(test_bad_ranges),
		cmocka_unit_test(test_one_range_often),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
