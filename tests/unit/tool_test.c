/* SPDX-License-Identifier: ISC */
#include <sys/time.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "clock.h"
#include "tool.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char   *what;
	const char   *script; /* for sh -c */
	const char   *in;
	enum tool_end end;
	int	      code;
	const char   *out;
	const char   *err;
} cases[] = {
	{ "nothing", "exit 0", NULL, TOOL_EXITED, 0, "", "" },
	{ "an exit code", "exit 3", NULL, TOOL_EXITED, 3, "", "" },
	{ "a signal", "kill -9 $$", NULL, TOOL_DIED, SIGKILL, "", "" },
	{ "its output", "echo a; echo b", NULL, TOOL_EXITED, 0, "a\nb\n", "" },
	{ "what it complains of, in one line", "echo a >&2; echo b >&2", NULL,
	    TOOL_EXITED, 0, "", "a b" },
	{ "and cleaned", "printf 'a\\033[2J\\n' >&2", NULL, TOOL_EXITED, 0, "",
	    "a\\x1b[2J" },
	{ "its input", "cat", "one\ntwo\n", TOOL_EXITED, 0, "one\ntwo\n", "" },
	{ "no input is an empty one", "cat", NULL, TOOL_EXITED, 0, "", "" },
	{ "input that nobody reads", "exit 0", "one\n", TOOL_EXITED, 0, "",
	    "" },
	{ "it closes its output and goes on", "exec >&- 2>&-; exit 4", NULL,
	    TOOL_EXITED, 4, "", "" },
	{ "the environment is clean", "echo ${POSTERN_TOOL_TEST-none} $LC_ALL",
	    NULL, TOOL_EXITED, 0, "none C\n", "" },
	{ "signals are as for anybody", "kill -PIPE $$; echo alive", NULL,
	    TOOL_DIED, SIGPIPE, "", "" },
};

static void
test_cases(void **state)
{
	const char *argv[] = { "/bin/sh", "-c", NULL, NULL };
	const char *in;
	struct tool t;
	size_t	    i;

	(void)state;
	assert_int_equal(setenv("POSTERN_TOOL_TEST", "x", 1), 0);
	for (i = 0; i < nitems(cases); i++) {
		argv[2] = cases[i].script;
		in = cases[i].in;
		tool_run(&t, argv, in, in == NULL ? 0 : strlen(in));
		if (t.end != cases[i].end || t.code != cases[i].code)
			fail_msg("%s: %d %d", cases[i].what, t.end, t.code);
		if (strcmp(t.out, cases[i].out) != 0)
			fail_msg("%s: %s", cases[i].what, t.out);
		if (strcmp(t.err, cases[i].err) != 0)
			fail_msg("%s: %s", cases[i].what, t.err);
		tool_free(&t);
	}
}

/* More than any buffer in between holds, in both directions at once. */
static void
test_big(void **state)
{
	static const char *const echo[] = { "/bin/cat", NULL };
	static const char *const deaf[] = { "/bin/sh", "-c", "exit 0", NULL };
	static const char *const loud[] = { "/bin/sh", "-c",
		"cat >&2; echo done", NULL };
	struct tool		 t;
	char			*in;
	size_t			 i, len = 4 << 20;

	(void)state;
	in = malloc(len);
	assert_non_null(in);
	for (i = 0; i < len; i++)
		in[i] = (char)('a' + i % 23);
	tool_run(&t, echo, in, len);
	assert_int_equal(t.end, TOOL_EXITED);
	assert_int_equal(t.outlen, len);
	assert_memory_equal(t.out, in, len);
	tool_free(&t);
	tool_run(&t, deaf, in, len);
	assert_int_equal(t.end, TOOL_EXITED);
	tool_free(&t);
	tool_run(&t, loud, in, len);
	assert_int_equal(t.end, TOOL_EXITED);
	assert_string_equal(t.out, "done\n");
	assert_int_equal(strlen(t.err), TOOL_ERR_LEN - 1);
	tool_free(&t);
	free(in);
}

static void
test_missing(void **state)
{
	static const char *const absent[] = { "/nonexistent/pfctl", NULL };
	static const char *const folder[] = { "/", NULL };
	struct tool		 t;

	(void)state;
	tool_run(&t, absent, NULL, 0);
	assert_int_equal(t.end, TOOL_MISSING);
	assert_int_equal(t.code, ENOENT);
	tool_free(&t);
	tool_run(&t, folder, NULL, 0);
	assert_int_equal(t.end, TOOL_MISSING);
	tool_free(&t);
}

static void
time_passes(int sig)
{
	(void)sig;
	clock_move(TOOL_SECONDS * 1000 + 1);
}

static const struct {
	const char *what;
	const char *script;
} hangs[] = {
	{ "it says nothing", "while :; do sleep 60; done" },
	{ "it has closed its output", "exec >&- 2>&- <&-; exec sleep 60" },
	{ "it ignores what asks it to go", "trap '' TERM INT; sleep 60" },
	{ "it has a child that hangs", "sleep 60 & wait" },
	{ "it does not read", "exec 1>&-; sleep 60" },
};

static void
test_hang(void **state)
{
	static const struct itimerval soon = { .it_value = { 0, 200000 } };
	const char		     *argv[] = { "/bin/sh", "-c", NULL, NULL };
	struct tool		      t;
	size_t			      i;

	(void)state;
	signal(SIGALRM, time_passes);
	for (i = 0; i < nitems(hangs); i++) {
		argv[2] = hangs[i].script;
		assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
		tool_run(&t, argv, "x\n", 2);
		if (t.end != TOOL_HUNG)
			fail_msg("%s: %d", hangs[i].what, t.end);
		tool_free(&t);
	}
	signal(SIGALRM, SIG_DFL);
}

static void
test_flood(void **state)
{
	static const char *const argv[] = { "/bin/sh", "-c",
		"while :; do echo 0123456789; done | cat", NULL };
	static const char *const yes[] = { "/usr/bin/yes", NULL };
	struct tool		 t;

	(void)state;
	tool_run(&t, access(yes[0], X_OK) == 0 ? yes : argv, NULL, 0);
	assert_int_equal(t.end, TOOL_FLOODED);
	tool_free(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_big),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_hang),
		cmocka_unit_test(test_flood),
	};

	return cmocka_run_group_tests_name("tool", tests, NULL, NULL);
}
