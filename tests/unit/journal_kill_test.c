/* SPDX-License-Identifier: ISC */
/*
 * kill -9 at a thousand random instants of a run of bans, unbans and
 * compactions: what was acknowledged is there afterwards.
 */
#include <sys/types.h>
#include <sys/wait.h>

#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>

#include "clock.h"
#include "journal_lab.h"
#include "log.h"

#define KILLS	  1000
#define ADDRESSES 40
#define FILLING	  1001 /* lines that only compaction takes away */

/* What the child writes into the pipe. */
struct word {
	unsigned int number; /* of the operation, from 1 */
	unsigned int address;
	int	     ban; /* or unban */
	int	     done;
};

/* What must be: the operation that banned it, 0: not banned. */
static unsigned int held[ADDRESSES];
/* By this child: then bans.set has all that came before, too. */
static unsigned int acknowledged;

static const char *
name_of(unsigned int address, char buf[32])
{
	snprintf(buf, 32, "192.0.2.%u", address + 1);
	return buf;
}

static void
tell(int fd, struct word *w, int done)
{
	w->done = done;
	if (write(fd, w, sizeof(*w)) != (ssize_t)sizeof(*w))
		_exit(1);
}

static void
child(int fd, unsigned int number)
{
	struct word w;
	char	    name[32], why[32];

	for (;; number++) {
		w.number = number;
		w.address = arc4random_uniform(ADDRESSES);
		w.ban = arc4random_uniform(4) != 0;
		name_of(w.address, name);
		tell(fd, &w, 0);
		snprintf(why, sizeof(why), "%u", number);
		if (w.ban) {
			if (lab_ban(name, 3600 * 24, why, NULL) != JOURNAL_DONE)
				_exit(2);
		} else if (lab_unban(name, NULL) > JOURNAL_ABSENT)
			_exit(2);
		tell(fd, &w, 1);
	}
}

static void
take(const struct word *w)
{
	if (!w->done)
		return;
	held[w->address] = w->ban ? w->number : 0;
	acknowledged++;
}

/* Until so many are acknowledged, and then a moment more. */
static void
wait_for(int fd, unsigned int acks, struct word *last)
{
	struct timespec ts = { .tv_nsec = arc4random_uniform(3000000) };
	struct word	w;

	while (acknowledged < acks) {
		assert_int_equal(read(fd, &w, sizeof(w)), sizeof(w));
		*last = w;
		take(&w);
	}
	nanosleep(&ts, NULL);
}

/* All that was told before the end. */
static void
read_rest(int fd, struct word *last)
{
	struct word w;

	while (read(fd, &w, sizeof(w)) == (ssize_t)sizeof(w)) {
		*last = w;
		take(&w);
	}
}

static void
look(const struct word *last)
{
	char	     name[32];
	struct ban   ban;
	unsigned int i, is, would;

	for (i = 0; i < ADDRESSES; i++) {
		name_of(i, name);
		is = 0;
		if (lab_holds(name, &ban))
			is = (unsigned int)strtoul(ban.why, NULL, 10);
		if (is == held[i] &&
		    (acknowledged == 0 || lab_in_set(name) == (is != 0)))
			continue;
		/* It was at work: both are right, and bans.set may be late. */
		would = last->ban ? last->number : 0;
		if (!last->done && last->address == i &&
		    (is == held[i] || is == would)) {
			held[i] = is;
			continue;
		}
		fail_msg("%s: operation %u, expected %u; in the set: %d", name,
		    is, held[i], lab_in_set(name));
	}
}

/* As after a long life: the next one has something to write anew. */
static void
fill(void)
{
	static char	text[FILLING * 64];
	char		line[BAN_LINE_LEN];
	struct ban_line l = { .word = BAN_LINE_CLOCK, .time = clock_now() };
	size_t		n, i, len = 0;

	n = ban_line_write(line, &l);
	for (i = 0; i < FILLING; i++, len += n)
		memcpy(text + len, line, n);
	/* What was cut before it spoils the first. */
	lab_append(text, len);
}

static void
one(unsigned int *number)
{
	struct word last = { .done = 1 };
	int	    fds[2], status;
	pid_t	    pid;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	assert_int_not_equal(pid, -1);
	if (pid == 0) {
		close(fds[0]);
		child(fds[1], *number);
	}
	close(fds[1]);
	acknowledged = 0;
	wait_for(fds[0], arc4random_uniform(3), &last);
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	read_rest(fds[0], &last);
	close(fds[0]);
	if (last.number >= *number)
		*number = last.number + 1;
	look(&last);
}

static void
quiet(enum log_level level, const char *text)
{
	(void)level;
	(void)text;
}

static void
test_kill(void **state)
{
	unsigned int number = 1, i, compacted = 0;
	off_t	     before;

	(void)state;
	assert_int_equal(lab_open(), 0);
	/* Lines that were cut are to be expected. */
	log_divert(quiet);
	for (i = 0; i < KILLS; i++) {
		if (i % 2 == 0)
			fill();
		before = lab_size();
		one(&number);
		compacted += lab_size() < before;
	}
	log_divert(NULL);
	print_message("%u operations, %u compactions\n", number, compacted);
	assert_true(number > KILLS / 2 && compacted > KILLS / 20);
	/* Somebody cleans up behind those who were killed. */
	assert_int_equal(lab_ban("192.0.2.1", 60, "", NULL), JOURNAL_DONE);
	lab_close();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kill),
	};

	return cmocka_run_group_tests_name("journal, killed", tests, NULL,
	    NULL);
}
