/* SPDX-License-Identifier: ISC */
/*
 * Rounds of sources: files of the operator's, and a server that does not
 * answer.  What servers answer is tested with real ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "clock.h"
#include "fetch.h"
#include "round.h"
#include "source.h"
#include "source_lab.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/* Port 1 of this machine: refused at once. */
#define LISTS                                                            \
	"list <drop> {\n\turl \"https://127.0.0.1:1/drop?key=secret\"\n" \
	"\tfile \"/etc/drop\"\n\tlines 100\n\tsize 10k\n\ttimeout 3s\n}\n"
#define NOW 1795356000

static struct lab		 lab;
static const struct list_conf	*list;
static const struct list_source *url, *file;
static char			 url_name[SOURCE_NAME_LEN];
static char			 file_name[SOURCE_NAME_LEN];

static int
setup(void **state)
{
	(void)state;
	lab_make(&lab, LISTS);
	assert_int_equal(folder_open(&lab.folder, lab.conf, 1), 0);
	list = &lab.lists->lists[0];
	url = &list->sources[0];
	file = &list->sources[1];
	source_name(list, url, url_name);
	source_name(list, file, file_name);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	lab_end(&lab);
	return 0;
}

static enum round_result
round_of(const struct list_source *s, int fd, int by_hand, int64_t now)
{
	lab_said[0] = '\0';
	return round_run(&lab.folder, list, s, NULL, fd, by_hand, now);
}

/* The file has that text, and is asked. */
static enum round_result
look(const char *text, size_t len, int64_t now)
{
	FILE		 *f = tmpfile();
	enum round_result result;

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, len, f), len);
	assert_int_equal(fflush(f), 0);
	result = round_of(file, fileno(f), 0, now);
	fclose(f);
	return result;
}

static enum round_result
look_text(const char *text, int64_t now)
{
	return look(text, strlen(text), now);
}

static const char *
in_use(void)
{
	return lab_set(lab.folder.dir, "drop.set");
}

static void
test_file(void **state)
{
	(void)state;
	assert_int_equal(look_text("5.0.0.1\n5.0.0.3\n", NOW), ROUND_NEW);
	assert_string_equal(lab_said,
	    "list drop: /etc/drop: 2 entries, 0 bad, "
	    "0 duplicates\n");
	assert_string_equal(in_use(), "5.0.0.1 5.0.0.3");
	/* Not a word about what has not changed. */
	assert_int_equal(look_text("5.0.0.1\n5.0.0.3\n", NOW), ROUND_SAME);
	assert_string_equal(lab_said, "");
	/* A bad line is skipped and said. */
	assert_int_equal(look_text("5.0.0.1\nfoo \"bar\n5.0.0.1\n", NOW),
	    ROUND_NEW);
	assert_string_equal(lab_said,
	    "list drop: /etc/drop: 1 entries, 1 bad, 1 duplicates (was 2); "
	    "line 2 is bad first: \"foo \"bar\"\n");
	assert_string_equal(in_use(), "5.0.0.1");
	/* What the operator writes is obeyed: private, all, nothing. */
	assert_int_equal(look_text("10.0.0.0/8\n127.0.0.1\n", NOW), ROUND_NEW);
	assert_string_equal(in_use(), "10.0.0.0-10.255.255.255 127.0.0.1");
	assert_int_equal(look_text("0.0.0.0/0\n", NOW), ROUND_NEW);
	assert_string_equal(in_use(), "0.0.0.0-255.255.255.255");
	assert_int_equal(look_text("", NOW), ROUND_NEW);
	assert_string_equal(lab_said,
	    "list drop: /etc/drop: 0 entries, 0 bad, "
	    "0 duplicates (was 1)\n");
	assert_string_equal(in_use(), "");
	assert_int_equal(look_text("<html>no list</html>\n", NOW), ROUND_SAME);
	assert_string_equal(in_use(), "");
}

static void
test_file_shrinks(void **state)
{
	char  *text = malloc(100000);
	size_t i, len = 0;

	(void)state;
	assert_non_null(text);
	/* A text too big, and one of too many lines, cannot be read whole. */
	for (i = 0; i < 90; i++)
		len += (size_t)snprintf(text + len, 100000 - len,
		    "5.0.%zu.1 %*s\n", i, 10, "x");
	assert_int_equal(look(text, len, NOW), ROUND_NEW);
	assert_int_equal(look_text("5.0.0.1\n", NOW), ROUND_NEW);
	assert_string_equal(in_use(), "5.0.0.1");
	memset(text, '#', 11000);
	assert_int_equal(look(text, 11000, NOW), ROUND_FAILED);
	assert_string_equal(lab_said,
	    "list drop: /etc/drop: more than 10240 "
	    "bytes: the old one stays\n");
	/* Once is enough, unless somebody asks. */
	assert_int_equal(look(text, 11000, NOW), ROUND_FAILED);
	assert_string_equal(lab_said, "");
	memset(text, '\n', 101);
	memcpy(text + 101, "5.0.0.2\n", 8);
	assert_int_equal(look(text, 109, NOW), ROUND_FAILED);
	assert_string_equal(lab_said,
	    "list drop: /etc/drop: more than 100 "
	    "lines: the old one stays\n");
	assert_string_equal(in_use(), "5.0.0.1");
	free(text);
}

static void
test_file_lost(void **state)
{
	int	    fds[2];
	struct meta m;

	(void)state;
	assert_int_equal(look_text("5.0.0.1\n", NOW), ROUND_NEW);
	assert_int_equal(round_of(file, -1, 0, NOW), ROUND_FAILED);
	assert_string_equal(lab_said,
	    "list drop: /etc/drop: it cannot be "
	    "opened: the old one stays\n");
	assert_int_equal(round_of(file, -1, 0, NOW), ROUND_FAILED);
	assert_string_equal(lab_said, "");
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(round_of(file, fds[0], 0, NOW), ROUND_FAILED);
	assert_string_not_equal(lab_said, "");
	close(fds[0]);
	close(fds[1]);
	assert_string_equal(in_use(), "5.0.0.1");
	/* It comes back as it was. */
	assert_int_equal(look_text("5.0.0.1\n", NOW), ROUND_SAME);
	assert_int_equal(source_read_meta(&lab.folder, file_name, &m), 0);
	assert_int_equal(m.failures, 0);
	assert_string_equal(m.why, "");
}

static void
test_file_gzip(void **state)
{
	/* 5.0.0.9, packed. */
	static const unsigned char packed[] = { 0x1f, 0x8b, 0x08, 0x00, 0x00,
		0x00, 0x00, 0x00, 0x02, 0x03, 0x33, 0xd5, 0x33, 0x00, 0x42,
		0x4b, 0x2e, 0x00, 0x96, 0xa1, 0xaf, 0x61, 0x08, 0x00, 0x00,
		0x00 };
	char			   text[sizeof(packed)];

	(void)state;
	memcpy(text, packed, sizeof(text));
	assert_int_equal(look(text, sizeof(text), NOW), ROUND_NEW);
	assert_string_equal(in_use(), "5.0.0.9");
	/* One that was cut is none. */
	assert_int_equal(look(text, sizeof(text) - 9, NOW), ROUND_FAILED);
	assert_string_equal(in_use(), "5.0.0.9");
}

static void
test_protected(void **state)
{
	struct feed	f;
	struct set_info info;

	(void)state;
	memset(&info, 0, sizeof(info));
	lab_feed(&f, "5.0.0.1\n");
	assert_int_equal(set_write(lab.folder.dir, "protected.set", &f.ranges,
			     &info),
	    0);
	feed_free(&f);
	/* It is said, and stays in the list: doors look there first. */
	assert_int_equal(look_text("5.0.0.0/24\n5.0.2.0\n", NOW), ROUND_NEW);
	assert_string_equal(lab_said,
	    "list drop: /etc/drop: 2 entries, 0 bad, "
	    "0 duplicates, 1 protected\n");
	assert_string_equal(in_use(), "5.0.0.0-5.0.0.255 5.0.2.0");
}

/* Seconds until it is asked again: 1, 2, 4 minutes and so on. */
static void
test_backoff(void **state)
{
	static const unsigned int waits[] = { 60, 120, 240, 480, 960, 1920,
		3840, 7680, 15360, 21600, 21600 };
	struct meta		  m;
	char			  want[256];
	int64_t			  now = NOW;
	size_t			  i;

	(void)state;
	for (i = 0; i < nitems(waits); i++) {
		assert_int_equal(round_of(url, -1, 0, now), ROUND_FAILED);
		snprintf(want, sizeof(want),
		    "list drop: https://127.0.0.1:1/drop: Couldn't connect to "
		    "server: the old one stays; asked again in %u seconds\n",
		    waits[i]);
		assert_string_equal(lab_said, want);
		assert_int_equal(source_read_meta(&lab.folder, url_name, &m),
		    0);
		assert_int_equal(m.failures, i + 1);
		assert_int_equal(m.tried, now);
		assert_int_equal(m.first, NOW);
		assert_int_equal(round_of(url, -1, 0, now + waits[i] - 1),
		    ROUND_EARLY);
		assert_string_equal(lab_said, "");
		now += waits[i];
	}
	assert_string_equal(in_use(), "-");
}

static void
test_by_hand(void **state)
{
	struct meta m;

	(void)state;
	memset(&m, 0, sizeof(m));
	m.tried = m.good = NOW;
	assert_int_equal(source_write_meta(&lab.folder, url_name, &m), 0);
	/* Whoever asks: not within a minute. */
	assert_int_equal(round_of(url, -1, 1, NOW + 59), ROUND_EARLY);
	assert_string_equal(lab_said,
	    "list drop: https://127.0.0.1:1/drop: too soon: it may be asked "
	    "again in 1 seconds\n");
	assert_int_equal(round_of(url, -1, 0, NOW + 60), ROUND_EARLY);
	assert_int_equal(round_of(url, -1, 0, NOW + 86399), ROUND_EARLY);
	assert_int_equal(round_of(url, -1, 1, NOW + 60), ROUND_FAILED);
	/* A server that said when is obeyed, but not for more than a day. */
	m.not_before = NOW + 7200;
	assert_int_equal(source_write_meta(&lab.folder, url_name, &m), 0);
	assert_int_equal(round_of(url, -1, 1, NOW + 7199), ROUND_EARLY);
	assert_int_equal(round_of(url, -1, 1, NOW + 7200), ROUND_FAILED);
	m.not_before = NOW + 100 + 86401;
	assert_int_equal(source_write_meta(&lab.folder, url_name, &m), 0);
	assert_int_equal(round_of(url, -1, 1, NOW + 100), ROUND_FAILED);
	/* A clock that went back does not keep it from being asked. */
	m.not_before = 0;
	m.tried = NOW + 1000000;
	assert_int_equal(source_write_meta(&lab.folder, url_name, &m), 0);
	assert_int_equal(round_of(url, -1, 0, NOW), ROUND_FAILED);
}

static void
test_due(void **state)
{
	struct meta m;
	int64_t	    now = clock_now();

	(void)state;
	assert_int_equal(round_due(file, &lab.folder, file_name), 0);
	assert_int_equal(round_due(url, &lab.folder, url_name), 0);
	memset(&m, 0, sizeof(m));
	m.tried = now - 10;
	assert_int_equal(source_write_meta(&lab.folder, url_name, &m), 0);
	assert_int_equal(round_due(url, &lab.folder, url_name),
	    now - 10 + 86400);
	m.failures = 3;
	assert_int_equal(source_write_meta(&lab.folder, url_name, &m), 0);
	assert_int_equal(round_due(url, &lab.folder, url_name), now - 10 + 240);
	m.not_before = now + 5000;
	assert_int_equal(source_write_meta(&lab.folder, url_name, &m), 0);
	assert_int_equal(round_due(url, &lab.folder, url_name), now + 5000);
}

static void
test_stale(void **state)
{
	struct meta m;
	const char *text = "stale: no good answer for 73h\n";

	(void)state;
	memset(&m, 0, sizeof(m));
	m.first = m.tried = m.good = NOW;
	assert_int_equal(source_write_meta(&lab.folder, url_name, &m), 0);
	assert_int_equal(round_of(url, -1, 0, NOW + 70 * 3600), ROUND_FAILED);
	assert_null(strstr(lab_said, "stale"));
	assert_int_equal(round_of(url, -1, 0, NOW + 73 * 3600 + 5),
	    ROUND_FAILED);
	assert_non_null(strstr(lab_said, text));
	/* Once a day. */
	assert_int_equal(round_of(url, -1, 0, NOW + 90 * 3600), ROUND_FAILED);
	assert_null(strstr(lab_said, "stale"));
	assert_int_equal(round_of(url, -1, 0, NOW + 97 * 3600 + 5),
	    ROUND_FAILED);
	assert_non_null(strstr(lab_said, "no good answer for 97h\n"));
}

/* The disk is full, or read-only, or the folder is gone: nothing is asked. */
static void
test_no_folder(void **state)
{
	char path[64];

	(void)state;
	assert_int_equal(look_text("5.0.0.1\n", NOW), ROUND_NEW);
	folder_close(&lab.folder);
	snprintf(path, sizeof(path), "%s/state/lists/lock", lab.top);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(folder_open(&lab.folder, lab.conf, 1), 0);
	assert_int_equal(look_text("5.0.0.2\n", NOW), ROUND_FAILED);
	assert_non_null(strstr(lab_said, "the lock of the folder"));
	assert_int_equal(round_of(url, -1, 0, NOW), ROUND_FAILED);
	assert_string_equal(in_use(), "5.0.0.1");
}

static int
prepare(void **state)
{
	(void)state;
	return fetch_prepare();
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_file),
		TEST(test_file_shrinks),
		TEST(test_file_lost),
		TEST(test_file_gzip),
		TEST(test_protected),
		TEST(test_backoff),
		TEST(test_by_hand),
		TEST(test_due),
		TEST(test_stale),
		TEST(test_no_folder),
	};

	return cmocka_run_group_tests(tests, prepare, NULL);
}
