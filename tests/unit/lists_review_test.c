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

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_worst_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
