/* SPDX-License-Identifier: ISC */
#include <sys/types.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "clock.h"
#include "journal_lab.h"
#include "log.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))
#define HOUR	  INT64_C(3600)
#define DAY	  (24 * HOUR)

static char said[4096]; /* what was logged */

static void
hear(enum log_level level, const char *text)
{
	(void)level;
	strlcat(said, text, sizeof(said));
	strlcat(said, "\n", sizeof(said));
}

static int
set_up(void **state)
{
	(void)state;
	said[0] = '\0';
	log_divert(hear);
	return lab_open();
}

static int
tear_down(void **state)
{
	(void)state;
	log_divert(NULL);
	lab_close();
	return 0;
}

static size_t
lines_of_file(void)
{
	char   buf[4096];
	size_t n = 0;
	FILE  *f;
	int    fd;

	fd = openat(lab.dir, "bans", O_RDONLY | O_CLOEXEC);
	assert_int_not_equal(fd, -1);
	assert_non_null(f = fdopen(fd, "r"));
	while (fgets(buf, sizeof(buf), f) != NULL)
		n++;
	fclose(f);
	return n;
}

static void
test_life(void **state)
{
	struct ban  ban, still;
	struct stat st;

	(void)state;
	assert_int_equal(lab_ban("192.0.2.9", 0, "guess", &ban), JOURNAL_DONE);
	assert_int_equal(ban.until - ban.since, 7 * DAY);
	assert_int_equal(ban.times, 1);
	assert_string_equal(ban.who, "root");
	assert_int_equal(lab_holds("192.0.2.9", &ban), 1);
	assert_string_equal(ban.why, "guess");
	assert_int_equal(lab_in_set("192.0.2.9"), 1);
	assert_int_equal(lab_in_set("192.0.2.8"), 0);
	assert_int_equal(fstatat(lab.dir, "bans", &st, 0), 0);
	assert_int_equal(st.st_mode & 07777, 0640);

	assert_int_equal(lab_unban("192.0.2.9", &still), JOURNAL_DONE);
	assert_int_equal(still.prefix.addr.family, ADDR_NONE);
	assert_int_equal(lab_holds("192.0.2.9", NULL), 0);
	assert_int_equal(lab_in_set("192.0.2.9"), 0);
	assert_int_equal(lab_unban("192.0.2.9", &still), JOURNAL_ABSENT);

	assert_int_equal(lab_ban("192.0.0.0/15", 0, "", NULL), JOURNAL_WIDE);
	assert_int_equal(lab_ban("2001:db8::/31", 0, "", NULL), JOURNAL_WIDE);
	assert_int_equal(lab_unban("0.0.0.0/0", NULL), JOURNAL_WIDE);
	assert_int_equal(lines_of_file(), 2);
}

static void
test_wider(void **state)
{
	struct ban ban, still;
	char	   text[64];
	int	   i;

	(void)state;
	for (i = 1; i <= 8; i++) {
		snprintf(text, sizeof(text), "2001:db8:1:%x::77", i);
		assert_int_equal(lab_ban(text, DAY, "", &ban), JOURNAL_DONE);
		assert_int_equal(ban.prefix.bits, i == 8 ? 56 : 64);
	}
	assert_string_equal(ban.who, "/56");
	assert_int_equal(lab_in_set("2001:db8:1:ff::1"), 1);
	assert_int_equal(lab_in_set("2001:db8:1:100::1"), 0);
	/* One alone is still banned by the wider one. */
	assert_int_equal(lab_unban("2001:db8:1:3::1", &still), JOURNAL_DONE);
	assert_int_equal(still.prefix.bits, 56);
	assert_int_equal(lab_unban("2001:db8:1:3::1", &still), JOURNAL_ABSENT);
	assert_int_equal(still.prefix.bits, 56);
	/* The wider one ends those within. */
	assert_int_equal(lab_unban("2001:db8:1::/56", &still), JOURNAL_DONE);
	assert_int_equal(still.prefix.addr.family, ADDR_NONE);
	assert_int_equal(lab_holds("2001:db8:1:1::/64", NULL), 0);
	assert_int_equal(lab_in_set("2001:db8:1:1::1"), 0);
}

/* What a writer that was killed, or a full disk, may leave. */
static const struct {
	const char *what;
	const char *text;
} ends[] = {
	{ "nothing", "" },
	{ "the beginning of a line", "1790000000 ban 192.0.2.77/32 unt" },
	{ "zeros", "\0\0\0\0\0\0\0" },
	{ "a line of another kind\n", "hello\n" },
	{ "a blank line", "\n" },
};

static void
test_cut(void **state)
{
	struct ban ban;
	char	   name[32];
	size_t	   i, len;

	(void)state;
	for (i = 0; i < nitems(ends); i++) {
		snprintf(name, sizeof(name), "192.0.2.%zu", i + 1);
		said[0] = '\0';
		len = i == 2 ? 7 : strlen(ends[i].text);
		lab_append(ends[i].text, len);
		if (lab_ban(name, DAY, "", NULL) != JOURNAL_DONE ||
		    !lab_holds(name, &ban) || !lab_holds("192.0.2.1", &ban) ||
		    lab_in_set(name) != 1 || lab_holds("192.0.2.77", NULL))
			fail_msg("%s", ends[i].what);
	}
	/* A process that reads all of it afresh sees the same. */
	journal_close();
	said[0] = '\0';
	assert_int_equal(lab_ban("192.0.2.100", DAY, "", NULL), JOURNAL_DONE);
	for (i = 0; i < nitems(ends); i++) {
		snprintf(name, sizeof(name), "192.0.2.%zu", i + 1);
		assert_int_equal(lab_holds(name, NULL), 1);
	}
	assert_non_null(strstr(said, "it is skipped"));
}

/* An editor that writes into the file, and one that replaces it. */
static void
test_by_hand(void **state)
{
	char text[2048];
	int  fd;
	long n;

	(void)state;
	assert_int_equal(lab_ban("192.0.2.1", DAY, "", NULL), JOURNAL_DONE);
	assert_int_equal(lab_ban("192.0.2.2", DAY, "", NULL), JOURNAL_DONE);
	fd = openat(lab.dir, "bans", O_RDWR | O_CLOEXEC);
	assert_int_not_equal(fd, -1);
	assert_true((n = read(fd, text, sizeof(text))) > 0);
	/* The same length, and another first line. */
	text[0] = '#';
	assert_int_equal(pwrite(fd, text, (size_t)n, 0), n);
	assert_int_equal(ftruncate(fd, n - 5), 0);
	assert_int_equal(lab_ban("192.0.2.3", DAY, "", NULL), JOURNAL_DONE);
	assert_int_equal(lab_in_set("192.0.2.1"), 0);
	assert_int_equal(lab_in_set("192.0.2.2"), 0);
	assert_int_equal(lab_in_set("192.0.2.3"), 1);
	close(fd);

	assert_int_equal(unlinkat(lab.dir, "bans", 0), 0);
	assert_int_equal(lab_ban("192.0.2.4", DAY, "", NULL), JOURNAL_DONE);
	assert_int_equal(lab_in_set("192.0.2.3"), 0);
	assert_int_equal(lab_in_set("192.0.2.4"), 1);
	/* A set that is gone, or bad, is made anew. */
	fd = openat(lab.dir, "bans.set", O_WRONLY | O_TRUNC | O_CLOEXEC);
	close(fd);
	assert_int_equal(journal_tend(&lab, &lab_conf, &(int64_t){ 0 }),
	    JOURNAL_DONE);
	assert_int_equal(lab_in_set("192.0.2.4"), 1);
}

static void
test_links(void **state)
{
	(void)state;
	assert_int_equal(symlinkat("/etc/passwd", lab.dir, "bans"), 0);
	assert_int_equal(lab_ban("192.0.2.1", DAY, "", NULL), JOURNAL_FAILED);
	assert_non_null(strstr(said, "no regular file"));
	assert_int_equal(unlinkat(lab.dir, "bans", 0), 0);
	assert_int_equal(mkfifoat(lab.dir, "bans", 0600), 0);
	assert_int_equal(lab_ban("192.0.2.1", DAY, "", NULL), JOURNAL_FAILED);
}

/* A write that is cut short leaves the file as it was. */
static void
test_full(void **state)
{
	struct rlimit was, limit;
	off_t	      size;

	(void)state;
	assert_int_equal(lab_ban("192.0.2.1", DAY, "", NULL), JOURNAL_DONE);
	size = lab_size();
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	limit = was;
	limit.rlim_cur = (rlim_t)size + 20;
	assert_ptr_not_equal(signal(SIGXFSZ, SIG_IGN), SIG_ERR);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(lab_ban("192.0.2.2", DAY, "", NULL), JOURNAL_FAILED);
	assert_int_equal(lab_unban("192.0.2.1", NULL), JOURNAL_FAILED);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	assert_int_equal(lab_size(), size);
	assert_non_null(strstr(said, "nothing is changed"));
	assert_int_equal(lab_holds("192.0.2.1", NULL), 1);
	assert_int_equal(lab_holds("192.0.2.2", NULL), 0);
	assert_int_equal(lab_ban("192.0.2.2", DAY, "", NULL), JOURNAL_DONE);
	assert_int_equal(lab_in_set("192.0.2.2"), 1);
}

#define TOGETHER 200

static void
ban_many(int which)
{
	char name[32];
	int  i;

	for (i = 0; i < TOGETHER; i++) {
		snprintf(name, sizeof(name), "198.51.%d.%d", 100 + which, i);
		if (lab_ban(name, DAY, "together", NULL) != JOURNAL_DONE)
			_exit(1);
	}
	_exit(0);
}

static void
test_together(void **state)
{
	char  name[32];
	pid_t pid[2];
	int   i, which, status;

	(void)state;
	for (which = 0; which < 2; which++) {
		pid[which] = fork();
		assert_int_not_equal(pid[which], -1);
		if (pid[which] == 0)
			ban_many(which);
	}
	for (which = 0; which < 2; which++) {
		assert_int_equal(waitpid(pid[which], &status, 0), pid[which]);
		assert_int_equal(status, 0);
	}
	assert_int_equal(lines_of_file(), 2 * TOGETHER);
	for (which = 0; which < 2; which++)
		for (i = 0; i < TOGETHER; i += 7) {
			snprintf(name, sizeof(name), "198.51.%d.%d",
			    100 + which, i);
			assert_int_equal(lab_holds(name, NULL), 1);
			assert_int_equal(lab_in_set(name), 1);
		}
	assert_string_equal(said, "");
}

static void
fill(int n)
{
	char		line[BAN_LINE_LEN];
	struct ban_line l = { .word = BAN_LINE_CLOCK, .time = clock_now() };
	size_t		len;

	len = ban_line_write(line, &l);
	while (n-- > 0)
		lab_append(line, len);
}

static void
test_compaction(void **state)
{
	struct ban ban;
	int	   status;
	pid_t	   pid;

	(void)state;
	assert_int_equal(lab_ban("192.0.2.1", DAY, "first \"x\\", NULL),
	    JOURNAL_DONE);
	assert_int_equal(lab_ban("2001:db8::/48", DAY, "", NULL), JOURNAL_DONE);
	fill(1000);
	/* Somebody else does it; we have the former file open. */
	pid = fork();
	assert_int_not_equal(pid, -1);
	if (pid == 0)
		_exit(lab_ban("192.0.2.2", DAY, "", NULL) != JOURNAL_DONE);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(lines_of_file(), 4);
	assert_int_equal(lab_ban("192.0.2.3", DAY, "", NULL), JOURNAL_DONE);
	assert_int_equal(lines_of_file(), 5);
	assert_int_equal(lab_holds("192.0.2.1", &ban), 1);
	assert_string_equal(ban.why, "first \"x\\");
	assert_int_equal(lab_holds("2001:db8::/48", NULL), 1);
	assert_int_equal(lab_holds("192.0.2.2", NULL), 1);
	assert_int_equal(lab_in_set("192.0.2.2"), 1);
	/* No more lines than that, or all of use: it stays. */
	fill(900);
	assert_int_equal(lab_ban("192.0.2.4", DAY, "", NULL), JOURNAL_DONE);
	assert_int_equal(lines_of_file(), 906);
}

static void
test_expiry(void **state)
{
	struct ban ban;
	int64_t	   next;

	(void)state;
	assert_int_equal(journal_tend(&lab, &lab_conf, &next), JOURNAL_DONE);
	assert_int_equal(next, HOUR);
	assert_int_equal(lab_in_set("192.0.2.1"), 0);
	assert_int_equal(lab_ban("192.0.2.1", 100, "", NULL), JOURNAL_DONE);
	assert_int_equal(journal_tend(&lab, &lab_conf, &next), JOURNAL_DONE);
	assert_true(next > 90 && next <= 100);
	clock_move(101 * 1000);
	assert_int_equal(lab_in_set("192.0.2.1"), 1);
	assert_int_equal(journal_tend(&lab, &lab_conf, &next), JOURNAL_DONE);
	assert_int_equal(lab_in_set("192.0.2.1"), 0);
	/* Again, and again: longer each time, and never beyond the longest. */
	assert_int_equal(lab_ban("192.0.2.1", 0, "", &ban), JOURNAL_DONE);
	assert_int_equal(ban.times, 2);
	assert_int_equal(ban.until - ban.since, 14 * DAY);
	clock_move(15 * DAY * 1000);
	assert_int_equal(lab_ban("192.0.2.1", 0, "", &ban), JOURNAL_DONE);
	assert_int_equal(ban.until - ban.since, 28 * DAY);
	clock_move(29 * DAY * 1000);
	assert_int_equal(lab_ban("192.0.2.1", 0, "", &ban), JOURNAL_DONE);
	assert_int_equal(ban.until - ban.since, 56 * DAY);
	/* Each day a line tells that time goes on as it should. */
	for (next = 0; next < 57; next++) {
		clock_move(DAY * 1000);
		assert_int_equal(journal_tend(&lab, &lab_conf, &(int64_t){ 0 }),
		    JOURNAL_DONE);
	}
	assert_int_equal(lab_ban("192.0.2.1", 0, "", &ban), JOURNAL_DONE);
	assert_int_equal(ban.until - ban.since, 90 * DAY);
	assert_string_equal(said, "");
	clock_move(-(101 + 101 * DAY) * 1000);
}

static void
test_clock_back(void **state)
{
	struct ban ban, again;
	int64_t	   next;

	(void)state;
	assert_int_equal(lab_ban("192.0.2.1", HOUR, "", &ban), JOURNAL_DONE);
	/* Less than a minute is no matter, and time does not go back. */
	clock_move(-50 * 1000);
	assert_int_equal(lab_ban("192.0.2.2", HOUR, "", &again), JOURNAL_DONE);
	assert_true(again.since >= ban.since);
	assert_string_equal(said, "");
	clock_move(-365 * DAY * 1000);
	assert_int_equal(journal_tend(&lab, &lab_conf, &next), JOURNAL_DONE);
	assert_int_equal(next, 60);
	assert_non_null(strstr(said, "the clock is not believed"));
	said[0] = '\0';
	assert_int_equal(lab_ban("192.0.2.3", HOUR, "", &again), JOURNAL_DONE);
	assert_true(
	    again.since >= ban.since && again.until == again.since + HOUR);
	assert_string_equal(said, ""); /* once is enough */
	assert_int_equal(lab_in_set("192.0.2.1"), 1);
	/* It is right, somebody says: bans last as long as they were to. */
	assert_int_equal(journal_right(&lab, &lab_conf, "root"), JOURNAL_DONE);
	assert_int_equal(lab_in_set("192.0.2.1"), 1);
	clock_move((HOUR - 10) * 1000);
	assert_int_equal(journal_tend(&lab, &lab_conf, &next), JOURNAL_DONE);
	assert_int_equal(lab_in_set("192.0.2.3"), 1);
	clock_move(20 * 1000);
	assert_int_equal(journal_tend(&lab, &lab_conf, &next), JOURNAL_DONE);
	assert_int_equal(lab_in_set("192.0.2.3"), 0);
	clock_move((365 * DAY - HOUR - 10 + 50) * 1000);
}

static void
test_clock_ahead(void **state)
{
	struct ban ban;
	int64_t	   next;

	(void)state;
	assert_int_equal(lab_ban("192.0.2.1", DAY, "", NULL), JOURNAL_DONE);
	clock_move(1000);
	assert_int_equal(lab_ban("192.0.2.2", 365 * DAY, "", NULL),
	    JOURNAL_DONE);
	fill(1001); /* worth to be written anew, whatever the time is */
	clock_move(40 * DAY * 1000);
	assert_int_equal(journal_tend(&lab, &lab_conf, &next), JOURNAL_DONE);
	assert_int_equal(next, 60);
	assert_non_null(strstr(said, "the clock is not believed"));
	assert_int_equal(lab_in_set("192.0.2.1"), 1);
	assert_int_equal(lab_holds("192.0.2.1", NULL), 1);
	assert_int_equal(lines_of_file(), 3);
	/* It comes back. */
	clock_move(-40 * DAY * 1000);
	assert_int_equal(journal_tend(&lab, &lab_conf, &next), JOURNAL_DONE);
	assert_non_null(strstr(said, "believed again"));
	assert_int_equal(lab_in_set("192.0.2.1"), 1);
	assert_int_equal(lines_of_file(), 3);
	/* Or it is confirmed. */
	clock_move(40 * DAY * 1000);
	assert_int_equal(lab_ban("192.0.2.3", DAY, "", &ban), JOURNAL_DONE);
	assert_true(ban.since < clock_now() - 39 * DAY);
	assert_int_equal(journal_right(&lab, &lab_conf, "root"), JOURNAL_DONE);
	assert_int_equal(lab_in_set("192.0.2.1"), 0);
	assert_int_equal(lab_in_set("192.0.2.2"), 1);
	/* What was banned meanwhile lasts from now on. */
	assert_int_equal(lab_in_set("192.0.2.3"), 1);
	assert_int_equal(lab_holds("192.0.2.3", &ban), 1);
	assert_true(ban.since > clock_now() - 60);
	assert_int_equal(ban.until, ban.since + DAY);
	clock_move((-40 * DAY - 1) * 1000);
}

/* A machine where nothing would be lost by it was off for long. */
static void
test_nothing_to_lose(void **state)
{
	int64_t next;

	(void)state;
	assert_int_equal(lab_ban("192.0.2.2", 365 * DAY, "", NULL),
	    JOURNAL_DONE);
	clock_move(100 * DAY * 1000);
	assert_int_equal(journal_tend(&lab, &lab_conf, &next), JOURNAL_DONE);
	assert_string_equal(said, "");
	assert_int_equal(lab_in_set("192.0.2.2"), 1);
	clock_move(-100 * DAY * 1000);
}

#define IN_LAB(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_LAB(test_life),
		IN_LAB(test_wider),
		IN_LAB(test_cut),
		IN_LAB(test_by_hand),
		IN_LAB(test_links),
		IN_LAB(test_full),
		IN_LAB(test_together),
		IN_LAB(test_compaction),
		IN_LAB(test_expiry),
		IN_LAB(test_clock_back),
		IN_LAB(test_clock_ahead),
		IN_LAB(test_nothing_to_lose),
	};

	return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
