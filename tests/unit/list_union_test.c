/* SPDX-License-Identifier: ISC */
/*
 * Lists, which are what their sources have in use.
 */
#include <sys/wait.h>

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "source_stage.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static void
test_union(void **state)
{
	char	    second[SOURCE_NAME_LEN];
	struct stat before, after;
	int	    fd;

	(void)state;
	source_name(list, &list->sources[1], second);
	/* Nothing ever came. */
	assert_int_equal(list_union(&lab.folder, list, NOW), 0);
	assert_string_equal(lab_set(lab.folder.dir, "drop.set"), "-");
	install("5.0.0.1\n5.0.0.4/30\n", NOW);
	assert_int_equal(list_union(&lab.folder, list, NOW), 1);
	assert_string_equal(lab_set(lab.folder.dir, "drop.set"),
	    "5.0.0.1 5.0.0.4-5.0.0.7");
	install_as(second, "5.0.0.2/31\n5.0.0.5\n2a00::1\n", NOW);
	assert_int_equal(list_union(&lab.folder, list, NOW), 1);
	assert_string_equal(lab_set(lab.folder.dir, "drop.set"),
	    "5.0.0.1-5.0.0.7 2a00::1");
	/* What has not changed is not written. */
	assert_int_equal(fstatat(lab.folder.dir, "drop.set", &before, 0), 0);
	assert_int_equal(list_union(&lab.folder, list, NOW + 9), 0);
	assert_int_equal(fstatat(lab.folder.dir, "drop.set", &after, 0), 0);
	assert_true(before.st_ino == after.st_ino);
	/* A source that is broken: what it had before, else all stays. */
	install("5.0.0.9\n", NOW);
	fd = openat(lab.folder.src, file(".set"), O_WRONLY | O_TRUNC);
	close(fd);
	assert_int_equal(list_union(&lab.folder, list, NOW), 0);
	assert_non_null(strstr(lab_said, "is "));
	assert_string_equal(lab_set(lab.folder.dir, "drop.set"),
	    "5.0.0.1-5.0.0.7 2a00::1");
	assert_int_equal(unlinkat(lab.folder.src, file(".prev"), 0), 0);
	assert_int_equal(list_union(&lab.folder, list, NOW), -1);
	assert_string_equal(lab_set(lab.folder.dir, "drop.set"),
	    "5.0.0.1-5.0.0.7 2a00::1");
	/* Sources that say nothing empty it, sources that are not do not. */
	assert_int_equal(unlinkat(lab.folder.src, file(".set"), 0), 0);
	install_as(second, "", NOW);
	assert_int_equal(list_union(&lab.folder, list, NOW), 1);
	assert_string_equal(lab_set(lab.folder.dir, "drop.set"), "");
	install_as(second, "5.0.0.8\n", NOW);
	assert_int_equal(list_union(&lab.folder, list, NOW), 1);
	strlcat(second, ".set", sizeof(second));
	assert_int_equal(unlinkat(lab.folder.src, second, 0), 0);
	assert_int_equal(list_union(&lab.folder, list, NOW), 0);
	assert_string_equal(lab_set(lab.folder.dir, "drop.set"), "5.0.0.8");
}

static void
test_counts(void **state)
{
	struct feed	f;
	struct set_info info;
	struct set     *s;
	char		why[SET_WHY_LEN];
	int		fd;

	(void)state;
	lab_feed(&f, "5.0.0.1\n5.0.0.1\n5.0.0.2\njunk\n");
	counts(&info, &f, NOW);
	info.protected = 1;
	assert_int_equal(source_install(&lab.folder, name, &f.ranges, &info),
	    1);
	feed_free(&f);
	assert_int_equal(list_union(&lab.folder, list, NOW + 5), 1);
	fd = openat(lab.folder.dir, "drop.set", O_RDONLY);
	s = set_open(fd, why);
	close(fd);
	assert_non_null(s);
	set_info(s, &info);
	set_close(s);
	assert_int_equal(info.good, 3);
	assert_int_equal(info.bad, 1);
	assert_int_equal(info.duplicate, 1);
	assert_int_equal(info.protected, 1);
	assert_int_equal(info.time, NOW + 5);
}

static void
test_protected(void **state)
{
	struct feed	f;
	struct set_info info;

	(void)state;
	memset(&info, 0, sizeof(info));
	lab_feed(&f,
	    "5.0.0.0/24\n5.0.2.1\n5.0.2.9\n5.0.4.0/24\n2a00::1\n"
	    "2a00::9\n2a00:0:0:5::/64\n");
	assert_int_equal(list_protected(&lab.folder, &f.ranges), 0);
	feed_free(&f);
	lab_feed(&f, "5.0.0.7\n5.0.0.200\n5.0.2.9\n5.0.3.0/24\n2a00::/125\n");
	assert_int_equal(set_write(lab.folder.dir, "protected.set", &f.ranges,
			     &info),
	    0);
	feed_free(&f);
	lab_feed(&f,
	    "5.0.0.0/24\n5.0.2.1\n5.0.2.9\n5.0.4.0/24\n2a00::1\n"
	    "2a00::9\n2a00:0:0:5::/64\n");
	assert_int_equal(list_protected(&lab.folder, &f.ranges), 3);
	feed_free(&f);
}

static void
test_sweep(void **state)
{
	static const char *const kept[] = { "bans.set", "protected.set", "bans",
		"lock", "bans.lock", "drop.set", "other.set", "x.settle",
		".drop.set.0123456789abcdef", "a b.set" };
	static const char *const gone[] = { "gone.set", "dro.set",
		"drops.set" };
	static const char *const src_gone[] = { "gone-01234567.set",
		"gone-01234567.meta", "gone-01234567.held",
		"gone-01234567.prev", "gone-01234567.since",
		"drop-01234567-01234567.set" };
	static const char *const src_kept[] = { "notes", "drop-0123456.set",
		"drop-0123456g.set", "gone-01234567.set.bak",
		"drop-01234567.set" };
	size_t			 i;

	(void)state;
#define EACH(names, dir, what)              \
	for (i = 0; i < nitems(names); i++) \
	what(dir, names[i])
#define MAKE(dir, n) \
	assert_int_equal(close(openat(dir, n, O_CREAT | O_WRONLY, 0644)), 0)
#define HERE(dir, n)  assert_true(lab_exists(dir, n))
#define THERE(dir, n) assert_false(lab_exists(dir, n))
	install("5.0.0.1\n", NOW);
	EACH(kept, lab.folder.dir, MAKE);
	EACH(gone, lab.folder.dir, MAKE);
	EACH(src_gone, lab.folder.src, MAKE);
	EACH(src_kept, lab.folder.src, MAKE);
	list_sweep(&lab.folder, lab.lists);
	EACH(kept, lab.folder.dir, HERE);
	EACH(gone, lab.folder.dir, THERE);
	EACH(src_gone, lab.folder.src, THERE);
	EACH(src_kept, lab.folder.src, HERE);
	assert_string_equal(set(".set"), "5.0.0.1");
}

/* Another file, and what it makes of the list. */
static const char *
edited(const char *text, int expected)
{
	lab_read(&lab, text);
	list = &lab.lists->lists[0];
	source_name(list, &list->sources[0], name);
	assert_int_equal(list_union(&lab.folder, list, NOW), expected);
	return lab_set(lab.folder.dir, "drop.set");
}

/*
 * A source whose word is changed takes nothing out of the list until the new
 * one was read; and what the others say holds at once all the time.
 */
static void
test_former(void **state)
{
	static const char file_and[] = "list <drop> { file \"/etc/drop\"\n"
				       "url \"https://lists.example/%s\" }";
	char		  second[SOURCE_NAME_LEN], old[SOURCE_NAME_LEN + 8];
	char		  first[256], changed[256], again[256];

	(void)state;
	snprintf(first, sizeof(first), file_and, "a");
	snprintf(changed, sizeof(changed), file_and, "b");
	snprintf(again, sizeof(again), file_and, "c");
	assert_string_equal(edited(first, 0), "-");
	install("5.0.0.1\n", NOW);
	source_name(list, &list->sources[1], second);
	install_as(second, "5.0.0.3\n5.0.0.5\n", NOW);
	snprintf(old, sizeof(old), "%s.set", second);
	assert_string_equal(edited(first, 1), "5.0.0.1 5.0.0.3 5.0.0.5");
	assert_string_equal(lab_said, "");
	/* Another word, and another again: still what the first one said. */
	assert_string_equal(edited(changed, 0), "5.0.0.1 5.0.0.3 5.0.0.5");
	assert_non_null(strstr(lab_said, "not all sources were read yet"));
	list_sweep(&lab.folder, lab.lists);
	assert_string_equal(edited(again, 0), "5.0.0.1 5.0.0.3 5.0.0.5");
	list_sweep(&lab.folder, lab.lists);
	assert_true(lab_exists(lab.folder.src, old));
	/* The file is obeyed meanwhile. */
	install("5.0.0.7\n", NOW);
	assert_string_equal(edited(again, 1), "5.0.0.3 5.0.0.5 5.0.0.7");
	/* Read, if only to be empty. */
	source_name(list, &list->sources[1], second);
	install_as(second, "", NOW);
	assert_string_equal(edited(again, 1), "5.0.0.7");
	assert_false(lab_exists(lab.folder.src, old));
	/* And no later change brings it back. */
	assert_string_equal(edited(first, 0), "5.0.0.7");
	/* What is only taken out goes at once. */
	install_as(second, "5.0.0.9\n", NOW);
	assert_string_equal(edited(again, 1), "5.0.0.7 5.0.0.9");
	assert_string_equal(edited("list <drop> { file \"/etc/drop\" }", 1),
	    "5.0.0.7");
}

/*
 * A source that is only taken out goes at once, though another one was never
 * read: who is taken off a list of friends is no friend.
 */
static void
test_taken_out(void **state)
{
	static const char both[] = "list <drop> { file \"/etc/never\"\n"
				   "url \"https://lists.example/a\" }";
	static const char three[] = "list <drop> { file \"/etc/never\"\n"
				    "url \"https://lists.example/a\"\n"
				    "url \"https://lists.example/b\" }";
	static const char renamed[] = "list <drop> { file \"/etc/never\"\n"
				      "url \"https://lists.example/c\" }";
	static const char left[] = "list <drop> { file \"/etc/never\" }";
	char		  a[SOURCE_NAME_LEN], b[SOURCE_NAME_LEN];

	(void)state;
	assert_string_equal(edited(three, 0), "-");
	source_name(list, &list->sources[1], a);
	source_name(list, &list->sources[2], b);
	install_as(a, "5.0.0.1\n", NOW);
	install_as(b, "5.0.0.3\n", NOW);
	assert_string_equal(edited(three, 1), "5.0.0.1 5.0.0.3");
	assert_string_equal(edited(both, 1), "5.0.0.1");
	assert_string_equal(edited(both, 0), "5.0.0.1");
	/* In exchange for another one: not before that was read. */
	assert_string_equal(edited(renamed, 0), "5.0.0.1");
	assert_string_equal(edited(renamed, 0), "5.0.0.1");
	/* That one is given up: what stood for it goes, though it is all. */
	assert_string_equal(edited(left, 1), "");
	assert_string_equal(edited(left, 0), "");
	/* The last one that was ever read. */
	assert_string_equal(edited(both, 0), "");
	install_as(a, "5.0.0.5\n", NOW);
	assert_string_equal(edited(both, 1), "5.0.0.5");
	assert_string_equal(edited(left, 1), "");
	/* A list that goes takes its note with it. */
	lab_read(&lab, "list <other> { file \"/etc/other\" }");
	assert_true(lab_exists(lab.folder.src, "drop.sources"));
	list_sweep(&lab.folder, lab.lists);
	assert_false(lab_exists(lab.folder.src, "drop.sources"));
}

/* One half or the other, over and over, until killed. */
static void
work(void)
{
	int i;

	for (i = 0;; i++) {
		if (install(i % 2 ? "5.0.0.1\n5.0.0.3\n" : "5.0.0.1\n5.0.0.5\n",
			NOW + i) == -1 ||
		    list_union(&lab.folder, list, NOW + i) == -1)
			_exit(1);
	}
}

static void
test_killed(void **state)
{
	const char *now;
	pid_t	    pid;
	int	    i, status;
	useconds_t  at = 0;

	(void)state;
	install("5.0.0.1\n5.0.0.5\n", NOW);
	assert_int_equal(list_union(&lab.folder, list, NOW), 1);
	for (i = 0; i < 200; i++) {
		if ((pid = fork()) == 0)
			work();
		/* The instants are what is tested here. */
		at = (at + 1373) % 20000;
		usleep(at);
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		now = lab_set(lab.folder.dir, "drop.set");
		assert_true(strcmp(now, "5.0.0.1 5.0.0.3") == 0 ||
		    strcmp(now, "5.0.0.1 5.0.0.5") == 0);
		now = set(".set");
		assert_true(strcmp(now, "5.0.0.1 5.0.0.3") == 0 ||
		    strcmp(now, "5.0.0.1 5.0.0.5") == 0);
		assert_true(since("5.0.0.1") >= NOW);
	}
	/* And what was left over is in nobody's way. */
	assert_int_not_equal(install("5.0.0.1\n5.0.0.7\n", NOW), -1);
	assert_int_equal(list_union(&lab.folder, list, NOW), 1);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_union),
		TEST(test_counts),
		TEST(test_protected),
		TEST(test_sweep),
		TEST(test_former),
		TEST(test_taken_out),
		TEST(test_killed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
