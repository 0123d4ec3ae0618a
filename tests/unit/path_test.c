/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "path.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char  *what;
	const char  *path;
	unsigned int reading;
	const char  *want;
} paths[] = {
	{ "the root", "/", PATH_PLAIN, "/" },
	{ "a file", "/a/b.html", PATH_PLAIN, "/a/b.html" },
	{ "a folder", "/a/b/", PATH_PLAIN, "/a/b/" },
	{ "escaped letters", "/%61dm%69n", PATH_PLAIN, "/admin" },
	{ "escapes of either case", "/%6A%6a", PATH_PLAIN, "/jj" },
	{ "bytes of UTF-8", "/caf%c3%a9", PATH_PLAIN, "/caf\xc3\xa9" },
	{ "an escaped question mark", "/a%3fb%23c", PATH_PLAIN, "/a?b#c" },
	{ "a percent sign stays escaped", "/100%25", PATH_PLAIN, "/100%25" },
	{ "what is escaped twice is undone once", "/%2561", PATH_PLAIN,
	    "/%2561" },
	{ "two slashes", "//a///b//", PATH_PLAIN, "/a/b/" },
	{ "a dot", "/./a/./b/.", PATH_PLAIN, "/a/b/" },
	{ "an escaped dot", "/a/%2e/b", PATH_PLAIN, "/a/b" },
	{ "two dots", "/a/b/../c", PATH_PLAIN, "/a/c" },
	{ "two dots at the end", "/a/b/..", PATH_PLAIN, "/a/" },
	{ "to the root and no further", "/a/..", PATH_PLAIN, "/" },
	{ "escaped dots", "/a/b/%2e%2E/c", PATH_PLAIN, "/a/c" },
	{ "one of two dots escaped", "/a/b/.%2e/c", PATH_PLAIN, "/a/c" },
	{ "three dots", "/a/.../b", PATH_PLAIN, "/a/.../b" },
	{ "a name that begins with a dot", "/.well-known/x", PATH_PLAIN,
	    "/.well-known/x" },
	{ "two dots behind two slashes", "/a//../b", PATH_PLAIN, "/b" },
	{ "the same, if nothing is a segment", "/a//../b", PATH_EMPTIES,
	    "/a/b" },
	{ "and twice", "/a//x/../../b", PATH_EMPTIES, "/a/b" },
	{ "an escaped slash as a letter", "/a%2fb", PATH_PLAIN, "/a%2Fb" },
	{ "an escaped slash", "/a%2fb", PATH_SLASHES, "/a/b" },
	{ "dots between escaped slashes", "/a%2f..%2Fb", PATH_SLASHES, "/b" },
	{ "the same as letters", "/a%2f..%2Fb", PATH_PLAIN, "/a%2F..%2Fb" },
	{ "a backslash as a letter", "/a\\..\\b", PATH_PLAIN, "/a\\..\\b" },
	{ "a backslash", "/a\\..\\b", PATH_BACKSLASHES, "/b" },
	{ "an escaped backslash", "/a%5c..%5Cb", PATH_BACKSLASHES, "/b" },
	{ "an escaped backslash as a letter", "/a%5cb", PATH_SLASHES, "/a\\b" },
	{ "a semicolon as a letter", "/a;x/b;y", PATH_PLAIN, "/a;x/b;y" },
	{ "parameters", "/a;x/b;y=1;z", PATH_PARAMETERS, "/a/b" },
	{ "dots with parameters", "/a/..;x/b", PATH_PARAMETERS, "/b" },
	{ "nothing but parameters", "/;x/;y/a", PATH_PARAMETERS, "/a" },
	{ "an escaped semicolon", "/a%3bx/b", PATH_PARAMETERS, "/a/b" },
	{ "parameters end at any slash", "/a;x%2fb", PATH_WIDE, "/a/b" },
	{ "all at once", "/a;x\\..%2f%5c%2e/b", PATH_WIDE, "/b" },
};

static void
test_paths(void **state)
{
	char	    dst[256];
	const char *why;
	size_t	    i, len;

	(void)state;
	for (i = 0; i < nitems(paths); i++) {
		/* To the byte: the header says how much room there must be. */
		why = path_normalise(dst, strlen(paths[i].path) + 1,
		    slice_of(paths[i].path), paths[i].reading, &len);
		if (why != NULL)
			fail_msg("%s: %s", paths[i].what, why);
		if (strcmp(dst, paths[i].want) != 0 || len != strlen(dst))
			fail_msg("%s: %s", paths[i].what, dst);
	}
}

#define ESCAPE "a percent sign without two hex digits"
#define BYTE   "a control byte in the path"
#define ABOVE  "a path that leads above the root"
#define START  "a path that does not begin with a slash"

static const struct {
	const char  *what;
	const char  *path;
	unsigned int reading;
	const char  *why;
} wrong[] = {
	{ "nothing", "", PATH_PLAIN, START },
	{ "an asterisk", "*", PATH_PLAIN, START },
	{ "a name", "a/b", PATH_PLAIN, START },
	{ "an escaped slash to begin with", "%2fa", PATH_WIDE, START },
	{ "an escape cut short", "/a%2", PATH_PLAIN, ESCAPE },
	{ "an escape cut shorter", "/a%", PATH_PLAIN, ESCAPE },
	{ "an escape of other letters", "/%g1", PATH_PLAIN, ESCAPE },
	{ "an escape with a sign", "/%+1", PATH_PLAIN, ESCAPE },
	{ "an escaped NUL", "/a%00b", PATH_PLAIN, BYTE },
	{ "an escaped newline", "/a%0ab", PATH_PLAIN, BYTE },
	{ "an escaped DEL", "/a%7f", PATH_PLAIN, BYTE },
	{ "a bare tab", "/a\tb", PATH_PLAIN, BYTE },
	{ "in parameters, too", "/a;%00", PATH_PARAMETERS, BYTE },
	{ "above the root", "/..", PATH_PLAIN, ABOVE },
	{ "above the root and back", "/../a", PATH_PLAIN, ABOVE },
	{ "escaped", "/%2e%2e/a", PATH_PLAIN, ABOVE },
	{ "from below", "/a/../..", PATH_PLAIN, ABOVE },
	{ "through slashes that are none", "/a//../../..", PATH_EMPTIES,
	    ABOVE },
	{ "by backslashes", "/\\..\\x", PATH_BACKSLASHES, ABOVE },
	{ "with parameters", "/..;/a", PATH_PARAMETERS, ABOVE },
};

static void
test_wrong(void **state)
{
	char	    dst[256];
	const char *why;
	size_t	    i, len;

	(void)state;
	for (i = 0; i < nitems(wrong); i++) {
		why = path_normalise(dst, sizeof(dst), slice_of(wrong[i].path),
		    wrong[i].reading, &len);
		if (why == NULL || strcmp(why, wrong[i].why) != 0)
			fail_msg("%s: %s", wrong[i].what,
			    why == NULL ? dst : why);
	}
	why = path_normalise(dst, 3, slice_of("/ab"), PATH_PLAIN, &len);
	assert_string_equal(why, "a path that is too long");
}

static const struct {
	const char  *what;
	const char  *path;
	int	     normal;
	unsigned int readings;
} kinds[] = {
	{ "the root", "/", 1, 0 },
	{ "as nearly all are", "/2026/11/a-post.html", 1, 0 },
	{ "ends in a slash", "/a/", 1, 0 },
	{ "ends in a dot", "/a.", 1, 0 },
	{ "begins with a dot", "/.well-known/", 1, 0 },
	{ "bytes above ASCII", "/\xc3\xa9", 1, 0 },
	{ "is none", "*", 0, 0 },
	{ "is nothing", "", 0, 0 },
	{ "a dot", "/a/.", 0, 0 },
	{ "dots", "/a/../b", 0, 0 },
	{ "an escape", "/%61", 0, 0 },
	{ "a bad escape", "/%6", 0, 0 },
	{ "an escaped slash", "/a%2fb", 0, PATH_SLASHES },
	{ "a backslash", "/a\\b", 0, PATH_BACKSLASHES },
	{ "an escaped backslash", "/a%5Cb", 0, PATH_BACKSLASHES },
	{ "a semicolon", "/a;b", 0, PATH_PARAMETERS },
	{ "an escaped semicolon", "/a%3Bb", 0, PATH_PARAMETERS },
	{ "two slashes", "/a//b", 0, PATH_EMPTIES },
	{ "two kinds of slashes", "/a/\\b", 0,
	    PATH_EMPTIES | PATH_BACKSLASHES },
	{ "nothing but a parameter", "/;a/b", 0,
	    PATH_EMPTIES | PATH_PARAMETERS },
};

static void
test_kinds(void **state)
{
	struct slice path;
	size_t	     i;

	(void)state;
	for (i = 0; i < nitems(kinds); i++) {
		path = slice_of(kinds[i].path);
		if (path_is_normal(path) != kinds[i].normal)
			fail_msg("%s: normal", kinds[i].what);
		if (path_readings(path) != kinds[i].readings)
			fail_msg("%s: readings %u", kinds[i].what,
			    path_readings(path));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
