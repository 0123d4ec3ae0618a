/* SPDX-License-Identifier: ISC */
/*
 * What a source has in use, had before, and has held back.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "source.h"
#include "source_stage.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *what;
	const char *url, *file;
	const char *shown;
} shown[] = {
	{ "a url", "https://lists.example/drop.txt", NULL,
	    "https://lists.example/drop.txt" },
	{ "a key behind the question mark", "https://lists.example/d?key=s",
	    NULL, "https://lists.example/d" },
	{ "a key behind the hash", "https://lists.example/d#s", NULL,
	    "https://lists.example/d" },
	{ "a question mark behind the host", "https://lists.example?s", NULL,
	    "https://lists.example" },
	{ "a user and a password", "https://me:secret@lists.example/d", NULL,
	    "https://lists.example/d" },
	{ "an at sign in the path is no user", "https://lists.example/a@b",
	    NULL, "https://lists.example/a@b" },
	{ "an at sign in the query is no user", "https://lists.example?a@b",
	    NULL, "https://lists.example" },
	{ "a port", "https://lists.example:8443/d", NULL,
	    "https://lists.example:8443/d" },
	{ "a file", NULL, "/etc/postern/drop?x", "/etc/postern/drop?x" },
};

static void
test_shown(void **state)
{
	struct list_source s;
	char		   buf[256], url[128], path[128], tiny[8];
	size_t		   i;

	(void)state;
	for (i = 0; i < nitems(shown); i++) {
		print_message("%s\n", shown[i].what);
		memset(&s, 0, sizeof(s));
		if (shown[i].url != NULL) {
			strlcpy(url, shown[i].url, sizeof(url));
			s.url = url;
		} else {
			strlcpy(path, shown[i].file, sizeof(path));
			s.file = path;
		}
		assert_string_equal(source_shown(&s, buf, sizeof(buf)),
		    shown[i].shown);
		source_shown(&s, tiny, sizeof(tiny));
		assert_int_equal(strlen(tiny), sizeof(tiny) - 1);
	}
}

static void
test_name(void **state)
{
	char other[SOURCE_NAME_LEN];

	(void)state;
	/* Files are found again by every later version. */
	assert_string_equal(name, "drop-19b77d3f");
	source_name(list, &list->sources[1], other);
	assert_string_not_equal(name, other);
	assert_int_equal(strncmp(other, "drop-", 5), 0);
}

static void
test_meta(void **state)
{
	struct meta m, back;

	(void)state;
	assert_int_equal(source_read_meta(&lab.folder, name, &m), 0);
	assert_int_equal(m.tried, 0);
	m.tried = NOW;
	strlcpy(m.etag, "\"x\"", sizeof(m.etag));
	assert_int_equal(source_write_meta(&lab.folder, name, &m), 0);
	assert_int_equal(source_read_meta(&lab.folder, name, &back), 0);
	assert_memory_equal(&m, &back, sizeof(m));
	/* A link is not followed. */
	assert_int_equal(unlinkat(lab.folder.src, file(".meta"), 0), 0);
	assert_int_equal(symlinkat("/etc/passwd", lab.folder.src,
			     file(".meta")),
	    0);
	assert_int_equal(source_read_meta(&lab.folder, name, &back), -1);
	assert_int_equal(errno, ELOOP);
	/* What a writer that was killed has left is in nobody's way. */
	assert_int_equal(symlinkat("/", lab.folder.src, file(".meta.new")), 0);
	assert_int_equal(source_write_meta(&lab.folder, name, &m), 0);
	assert_int_equal(source_read_meta(&lab.folder, name, &back), 0);
	assert_memory_equal(&m, &back, sizeof(m));
}

static void
test_install(void **state)
{
	struct meta m;

	(void)state;
	assert_string_equal(set(".set"), "-");
	assert_int_equal(install("5.0.0.1\n", NOW), 1);
	assert_string_equal(set(".set"), "5.0.0.1");
	assert_string_equal(set(".prev"), "-");
	memset(&m, 0, sizeof(m));
	strlcpy(m.etag, "\"x\"", sizeof(m.etag));
	assert_int_equal(source_write_meta(&lab.folder, name, &m), 0);
	/* The same: what is remembered stays. */
	assert_int_equal(install("5.0.0.1\n", NOW + 10), 0);
	assert_string_equal(set(".prev"), "-");
	assert_int_equal(source_read_meta(&lab.folder, name, &m), 0);
	assert_string_equal(m.etag, "\"x\"");
	/* Another: the validators were of the former one. */
	assert_int_equal(hold("5.0.0.9\n", NOW), 1);
	assert_int_equal(install("5.0.0.2\n2001:4::/32\n", NOW + 20), 1);
	assert_string_equal(set(".set"),
	    "5.0.0.2 2001:4::-2001:4:ffff:ffff:ffff:ffff:ffff:ffff");
	assert_string_equal(set(".prev"), "5.0.0.1");
	assert_string_equal(set(".held"), "-");
	assert_int_equal(source_read_meta(&lab.folder, name, &m), 0);
	assert_string_equal(m.etag, "");
	/* Nothing is something, too. */
	assert_int_equal(install("", NOW + 30), 1);
	assert_string_equal(set(".set"), "");
	assert_string_equal(set(".prev"),
	    "5.0.0.2 2001:4::-2001:4:ffff:ffff:ffff:ffff:ffff:ffff");
	/* Only the lines differ: a new set, the same before it. */
	assert_int_equal(install("junk\n", NOW + 40), 0);
	assert_int_equal(install("5.0.0.3\n", NOW + 50), 1);
	assert_string_equal(set(".prev"), "");
}

static void
test_broken_set(void **state)
{
	int fd;

	(void)state;
	assert_int_equal(install("5.0.0.1\n", NOW), 1);
	fd = openat(lab.folder.src, file(".set"), O_WRONLY | O_TRUNC);
	assert_int_not_equal(fd, -1);
	assert_int_equal(write(fd, "junk", 4), 4);
	close(fd);
	assert_string_equal(set(".set"), "!");
	assert_int_equal(since("5.0.0.1"), 0);
	assert_int_equal(install("5.0.0.1\n", NOW + 1), 1);
	assert_string_equal(set(".set"), "5.0.0.1");
	/* What is broken is not worth being kept. */
	assert_string_equal(set(".prev"), "-");
}

static void
test_since(void **state)
{
	(void)state;
	assert_int_equal(since("5.0.0.1"), 0);
	install("5.0.0.1\n5.0.1.0/24\n2a00::/32\n", NOW);
	assert_int_equal(since("5.0.0.1"), NOW);
	assert_int_equal(since("5.0.1.77"), NOW);
	assert_int_equal(since("2a00::5"), NOW);
	assert_int_equal(since("5.0.0.2"), 0);
	assert_int_equal(since("2a01::5"), 0);
	/* A part of what was there is as old; what grew is new. */
	install("5.0.0.1\n5.0.1.0/25\n2a00::/31\n5.0.3.0\n2b00::1\n", NOW + 10);
	assert_int_equal(since("5.0.0.1"), NOW);
	assert_int_equal(since("5.0.1.77"), NOW);
	assert_int_equal(since("5.0.1.177"), 0);
	assert_int_equal(since("2a00::5"), NOW + 10);
	assert_int_equal(since("2b00::1"), NOW + 10);
	assert_int_equal(since("5.0.3.0"), NOW + 10);
	/* What went and came again is new. */
	install("5.0.3.0\n", NOW + 20);
	install("5.0.0.1\n5.0.3.0\n", NOW + 30);
	assert_int_equal(since("5.0.0.1"), NOW + 30);
	assert_int_equal(since("5.0.3.0"), NOW + 10);
}

static void
test_since_lost(void **state)
{
	int fd;

	(void)state;
	install("5.0.0.1\n", NOW);
	install("5.0.0.1\n5.0.0.3\n", NOW + 10);
	assert_int_equal(since("5.0.0.1"), NOW);
	/* One of another set, one that is cut, none: the set's own time. */
	assert_int_equal(linkat(lab.folder.src, file(".since"), lab.folder.dir,
			     "kept", 0),
	    0);
	install("5.0.0.1\n5.0.0.4\n", NOW + 20);
	assert_int_equal(since("5.0.0.1"), NOW);
	assert_int_equal(renameat(lab.folder.dir, "kept", lab.folder.src,
			     file(".since")),
	    0);
	assert_int_equal(since("5.0.0.1"), NOW + 20);
	install("5.0.0.1\n5.0.0.5\n", NOW + 30);
	assert_int_equal(since("5.0.0.1"), NOW + 20);
	fd = openat(lab.folder.src, file(".since"), O_WRONLY);
	assert_int_equal(ftruncate(fd, 41), 0);
	close(fd);
	assert_int_equal(since("5.0.0.1"), NOW + 30);
	assert_int_equal(unlinkat(lab.folder.src, file(".since"), 0), 0);
	assert_int_equal(since("5.0.0.1"), NOW + 30);
	assert_int_equal(since("5.0.0.5"), NOW + 30);
}

static void
test_accept(void **state)
{
	struct meta m;
	int	    fd;

	(void)state;
	assert_int_equal(source_accept(&lab.folder, name, NOW), -1);
	assert_int_equal(errno, ENOENT);
	install("5.0.0.1\n5.0.0.3\n", NOW);
	assert_int_equal(hold("5.0.0.3\n5.0.0.3\njunk\n", NOW + 10), 1);
	assert_string_equal(set(".set"), "5.0.0.1 5.0.0.3");
	assert_string_equal(set(".held"), "5.0.0.3");
	memset(&m, 0, sizeof(m));
	m.held = 1;
	m.held_entries = 1;
	strlcpy(m.etag, "\"of the old one\"", sizeof(m.etag));
	strlcpy(m.why, "halved", sizeof(m.why));
	assert_int_equal(source_write_meta(&lab.folder, name, &m), 0);
	assert_int_equal(source_accept(&lab.folder, name, NOW + 20), 0);
	assert_string_equal(set(".set"), "5.0.0.3");
	assert_string_equal(set(".prev"), "5.0.0.1 5.0.0.3");
	assert_string_equal(set(".held"), "-");
	assert_int_equal(since("5.0.0.3"), NOW);
	assert_int_equal(source_read_meta(&lab.folder, name, &m), 0);
	assert_int_equal(m.held, 0);
	assert_int_equal(m.held_entries, 0);
	assert_int_equal(m.entries, 1);
	assert_int_equal(m.bad, 1);
	assert_int_equal(m.duplicate, 1);
	assert_int_equal(m.changed, NOW + 20);
	assert_string_equal(m.etag, "");
	assert_string_equal(m.why, "");
	/* One that is no good set file is refused. */
	fd = openat(lab.folder.src, file(".held"), O_WRONLY | O_CREAT, 0644);
	assert_int_equal(write(fd, "junk", 4), 4);
	close(fd);
	assert_int_equal(source_accept(&lab.folder, name, NOW + 30), -1);
	assert_int_equal(errno, EBADMSG);
	assert_string_equal(set(".set"), "5.0.0.3");
}

static void
test_stale(void **state)
{
	struct meta m;

	(void)state;
	memset(&m, 0, sizeof(m));
	/* Never asked is not stale; never answered is. */
	assert_int_equal(source_is_stale(list, &list->sources[0], &m, NOW), 0);
	m.first = NOW;
	assert_int_equal(source_is_stale(list, &list->sources[0], &m,
			     NOW + 3 * 86400),
	    0);
	assert_int_equal(source_is_stale(list, &list->sources[0], &m,
			     NOW + 3 * 86400 + 1),
	    1);
	m.good = NOW + 86400;
	assert_int_equal(source_is_stale(list, &list->sources[0], &m,
			     NOW + 3 * 86400 + 1),
	    0);
	list->stale = 60;
	assert_int_equal(source_is_stale(list, &list->sources[0], &m,
			     NOW + 86400 + 61),
	    1);
	/* A file is what it is. */
	assert_int_equal(source_is_stale(list, &list->sources[1], &m,
			     NOW + 86400 + 61),
	    0);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_shown),
		TEST(test_name),
		TEST(test_meta),
		TEST(test_install),
		TEST(test_broken_set),
		TEST(test_since),
		TEST(test_since_lost),
		TEST(test_accept),
		TEST(test_stale),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
