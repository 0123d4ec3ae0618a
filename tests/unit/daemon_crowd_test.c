/* SPDX-License-Identifier: ISC */
/*
 * A real parent with a crowd of workers: generations, replacements, upgrades.
 * This program is the daemon, too: a copy of it, which may be replaced.
 */
#include "crowd_lab.h"

#define GENERATIONS 6 /* of three each: more than SLOTS */

static void
test_start(void **state)
{
	const char *text;

	(void)state;
	start();
	text = status_text();
	assert_non_null(strstr(text, "\ngeneration 0\nworkers 3\nready 3\n"));
	assert_non_null(strstr(text, "\nown line\n"));
	assert_int_equal(count(text, "\nworker "), 3);
	assert_int_equal(count(said(), "message hello"), 3);
	wait_said("thanks hello", 3);
	assert_int_equal(count(said(), "slot 2 with 1 sockets"), 1);
	all_answered();
	kill(daemon_pid, SIGUSR1);
	wait_said("usr1 3", 1);
	stop(0);
	assert_int_equal(count(said(), "fired"), 3);
}

/* The old ones serve, and only they are in force, until all new are ready. */
static void
test_reload(void **state)
{
	pid_t old, new;
	int   answer, fd, other;

	(void)state;
	start();
	fd = connect_to(&old);
	write_sign("hold", "");
	answer = ask("reload\n");
	wait_status("starting", 3);
	assert_non_null(strstr(status_text(), "\ngeneration 0\n"));
	assert_int_equal(count(status_text(), " ready"), 3);
	all_answered();
	kill(daemon_pid, SIGHUP); /* waits for its turn */
	unlink(sign("hold"));
	assert_string_equal(read_answer(answer), "ok\n.\n");
	wait_status("\ngeneration 2\n", 1);
	/* One of them has something to finish. */
	wait_status("draining\n", 1);
	other = connect_to(&new);
	assert_int_not_equal(old, new);
	assert_true(is_open(fd));
	close(fd);
	wait_status("draining\n", 0);
	close(other);
	stop(0);
}

static void
test_bad_reload(void **state)
{
	static const struct {
		const char *what;
		const char *sign;
		const char *answer;
	} cases[] = {
		{ "new workers end before they are ready", "fail",
		    "error a new worker could not start\n.\n" },
		{ "what the file says cannot be had", "unprepared",
		    "error the file is bad, the old one stays\n"
		    "this cannot be prepared\n.\n" },
	};
	pid_t  old, pid;
	size_t i;
	int    fd;

	(void)state;
	start();
	fd = connect_to(&old);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("%s\n", cases[i].what);
		write_sign("workers", "4");
		write_sign(cases[i].sign, "");
		reload(cases[i].answer);
		unlink(sign(cases[i].sign));
		wait_status("\nworker ", 3);
		assert_non_null(
		    strstr(status_text(), "generation 0\nworkers 3\nready 3"));
		assert_int_equal(count(said(), "settled 0"), i + 1);
		close(connect_to(&pid));
		all_answered();
		assert_true(is_open(fd));
	}
	reload("ok\n.\n");
	assert_non_null(strstr(status_text(), "workers 4\nready 4"));
	close(fd);
	stop(0);
}

static void
test_replaced(void **state)
{
	pid_t pid, other;
	int   fd;

	(void)state;
	start();
	fd = connect_to(&pid);
	kill(pid, SIGKILL);
	wait_said("works again", 1);
	assert_non_null(strstr(status_text(), "\nrestarts 1\n"));
	wait_status("\nready 3\n", 1);
	all_answered();
	close(fd);
	fd = connect_to(&other);
	assert_int_not_equal(pid, other);
	close(fd);
	stop(0);
}

static void
test_first_fails(void **state)
{
	(void)state;
	start();
	stop(0);
	write_sign("fail", "");
	daemon_pid = fork();
	if (daemon_pid == 0) {
		int fd = open(sign("log"), O_WRONLY | O_APPEND);

		dup2(fd, STDERR_FILENO);
		execl(self, self, "-d", "-f", sign("conf"), (char *)NULL);
		_exit(127);
	}
	wait_end(3);
	assert_non_null(strstr(said(), "could not start, status 3"));
}

/* Whoever is connected may finish; whoever comes is refused at once. */
static void
test_stop_waits(void **state)
{
	pid_t pid;
	int   fd, late;

	(void)state;
	start();
	fd = connect_to(&pid);
	assert_string_equal(read_answer(ask("stop\n")), "ok\n.\n");
	wait_said("has left", 2);
	while ((late = connect_to(&pid)) != -1)
		close(late); /* the third one, before it has heard of it */
	assert_int_equal(waitpid(daemon_pid, NULL, WNOHANG), 0);
	assert_true(is_open(fd));
	close(fd);
	wait_end(0);
}

static void
test_stop_now(void **state)
{
	pid_t pid;
	int   fd;

	(void)state;
	start();
	fd = connect_to(&pid);
	kill(daemon_pid, SIGTERM);
	wait_said("has left", 2);
	kill(daemon_pid, SIGTERM);
	wait_end(0);
	close(fd);
	start();
	fd = connect_to(&pid);
	write_sign("drain", "1");
	stop(0);
	assert_non_null(strstr(said(), "do not stop, killing"));
	close(fd);
}

static void
test_drain_ends(void **state)
{
	pid_t pid;
	int   fd;

	(void)state;
	start();
	write_sign("drain", "1");
	fd = connect_to(&pid);
	reload("ok\n.\n");
	wait_said("has drained for 1 s", 1);
	/* It was told to stop; it does not. */
	wait_said("does not stop, killing it", 1);
	wait_status("\ndraining 0\n", 1);
	close(fd);
	stop(0);
}

/* There are SLOTS numbers: who drains longest makes room. */
static void
test_slots(void **state)
{
	pid_t pid[GENERATIONS];
	int   fd[GENERATIONS], i;

	(void)state;
	start();
	for (i = 0; i < GENERATIONS; i++) {
		/* All three of a generation have something to finish. */
		fd[i] = connect_to(&pid[i]);
		write_sign("stay", "");
		reload("ok\n.\n");
	}
	assert_non_null(strstr(said(), "too many workers"));
	wait_status("\nready 3\n", 1);
	all_answered();
	for (i = 0; i < GENERATIONS; i++)
		close(fd[i]);
	unlink(sign("stay"));
	kill(daemon_pid, SIGTERM);
	kill(daemon_pid, SIGTERM);
	wait_end(0);
}

/* None of the sockets is left unattended. */
static void
test_more_and_fewer(void **state)
{
	static const char *const numbers[] = { "1", "4", "2", "3", "1" };
	size_t			 i;

	(void)state;
	start();
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		write_sign("workers", numbers[i]);
		reload("ok\n.\n");
		all_answered();
	}
	assert_int_equal(count(said(), "with 4 sockets"), 1);
	write_sign("workers", "9"); /* two generations do not fit */
	assert_non_null(
	    strstr(read_answer(ask("reload\n")), "9 workers are too many"));
	stop(0);
}

/* The same process, the same port, and nobody notices. */
static void
test_upgrade(void **state)
{
	pid_t old, new;
	int   fd, other, i;

	(void)state;
	start();
	fd = connect_to(&old);
	for (i = 1; i <= 3; i++) {
		upgrade(i);
		wait_said("\ncrowd: reload\n", i);
		all_answered();
	}
	wait_said("kept marble 1", 3);
	other = connect_to(&new);
	assert_int_not_equal(old, new);
	assert_true(is_open(fd));
	wait_status("draining\n", 1);
	assert_non_null(strstr(status_text(), "\nreloads 3\n"));
	kill(new, SIGKILL);
	wait_said("works again", 1);
	close(fd);
	wait_status("draining\n", 0);
	close(other);
	stop(0);
}

static void
test_bad_upgrade(void **state)
{
	pid_t old, pid;
	int   fd;

	(void)state;
	start();
	fd = connect_to(&old);
	/* The new program does not like the file, or is none. */
	copy("/bin/false");
	kill(daemon_pid, SIGUSR2);
	wait_said("going on as we are", 1);
	copy("/bin/cat");
	kill(daemon_pid, SIGUSR2);
	wait_said("going on as we are", 2);
	unlink(sign("program"));
	kill(daemon_pid, SIGUSR2);
	wait_said("upgrade: ", 3);
	all_answered();
	/* It takes over, but cannot have what the file says. */
	copy(self);
	write_sign("unprepared", "");
	upgrade(1);
	wait_said("the workers of before go on", 1);
	all_answered();
	assert_non_null(strstr(status_text(), "\nready 3\n"));
	unlink(sign("unprepared"));
	/* It takes over, but its workers cannot start. */
	write_sign("fail", "");
	upgrade(2);
	wait_said("a new worker could not start, keeping", 1);
	all_answered();
	assert_true(is_open(fd));
	assert_non_null(strstr(status_text(), "\nready 3\n"));
	unlink(sign("fail"));
	kill(old, SIGKILL);
	wait_said("works again", 1);
	close(fd);
	all_answered();
	reload("ok\n.\n");
	close(connect_to(&pid));
	stop(0);
}

/* A reload mends what workers did to the sockets. */
static void
test_broken_listeners(void **state)
{
	(void)state;
	start();
	write_sign("shut", "");
	reload("ok\n.\n");
	unlink(sign("shut"));
	wait_status("draining\n", 0);
	reload("ok\n.\n");
	wait_status("draining\n", 0);
	all_answered();
	stop(0);
}

/* The workers that there are. */
static void
read_pids(pid_t pids[3])
{
	const char *at = status_text();
	int	    i;

	for (i = 0; i < 3; i++) {
		assert_non_null(at = strstr(at, "\nworker "));
		at += strlen("\nworker ");
		pids[i] = (pid_t)strtol(at, NULL, 10);
	}
}

static void
kill_starting(void)
{
	const char *text = status_text(), *at = strstr(text, " starting\n");

	assert_non_null(at);
	while (at[-1] != '\n')
		at--;
	kill((pid_t)strtol(at + strlen("worker "), NULL, 10), SIGKILL);
}

/* Of a generation that fails, some may have let clients in before. */
static void
test_half_a_generation(void **state)
{
	pid_t old[3], pid = -1;
	int   answer, fd = -1, i;

	(void)state;
	start();
	read_pids(old);
	write_sign("last", "");
	answer = ask("reload\n");
	wait_status("starting\n", 1);
	do {
		if (fd != -1)
			close(fd);
		fd = connect_to(&pid);
		for (i = 0; i < 3 && old[i] != pid; i++)
			;
	} while (i < 3);
	kill_starting();
	assert_string_equal(read_answer(answer),
	    "error a new worker could not start\n.\n");
	unlink(sign("last"));
	wait_status("draining\n", 1);
	assert_true(is_open(fd));
	all_answered();
	close(fd);
	wait_status("draining\n", 0);
	stop(0);
}

/* A worker that asks and does not read: the others must not notice. */
static void
test_greedy(void **state)
{
	int i;

	(void)state;
	write_sign("greedy", "");
	start();
	wait_status("\nready 3\n", 1);
	usleep(500 * 1000); /* for what must not happen */
	kill(daemon_pid, SIGUSR1);
	wait_said("few descriptors", 1);
	/* Its wire is full in the end: that is no reason to stay. */
	for (i = 1; count(said(), "does not read, killing") == 0; i++) {
		upgrade(i);
		wait_said("\ncrowd: reload\n", i);
	}
	unlink(sign("greedy"));
	wait_status("\nready 3\n", 1);
	all_answered();
	stop(0);
}

/* Signals that come while one program becomes the other are not lost. */
static void
test_upgrade_signals(void **state)
{
	int i;

	(void)state;
	start();
	for (i = 0; i < 20; i++) {
		kill(daemon_pid, SIGUSR2);
		kill(daemon_pid, SIGHUP);
		kill(daemon_pid, SIGUSR1);
		all_answered();
	}
	wait_said("takes over from", 1);
	stop(0);
}

/* Without a parent there is nothing to work for. */
static void
test_orphans(void **state)
{
	time_t end = time(NULL) + SECONDS;

	(void)state;
	start();
	kill(daemon_pid, SIGKILL);
	waitpid(daemon_pid, NULL, 0);
	daemon_pid = -1;
	while (!is_signed("gone") && time(NULL) <= end)
		tick();
	assert_true(is_signed("gone"));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(int argc, char *argv[])
{
	static const struct CMUnitTest tests[] = {
		CASE(test_start),
		CASE(test_reload),
		CASE(test_bad_reload),
		CASE(test_replaced),
		CASE(test_first_fails),
		CASE(test_stop_waits),
		CASE(test_stop_now),
		CASE(test_drain_ends),
		CASE(test_slots),
		CASE(test_more_and_fewer),
		CASE(test_upgrade),
		CASE(test_bad_upgrade),
		CASE(test_broken_listeners),
		CASE(test_half_a_generation),
		CASE(test_greedy),
		CASE(test_upgrade_signals),
		CASE(test_orphans),
	};

	if (argc > 1)
		return daemon_main(&crowd, argc, argv);
	self = argv[0];
	alarm(900); /* a daemon that never ends is a failure, too */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
