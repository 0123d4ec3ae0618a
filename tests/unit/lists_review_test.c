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

#include "guard.h"
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

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_worst_first),
		cmocka_unit_test(test_protected_all_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
