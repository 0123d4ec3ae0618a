/* SPDX-License-Identifier: ISC */
/*
 * The parent's side and the worker's, with the wire between them played.
 */
#include "set_lab.h"

#include <sys/resource.h>

#include <event2/event.h>

#include "clock.h"
#include "conf_lab.h"
#include "daemon.h"
#include "log_lab.h"
#include "set_watch.h"
#include "sets.h"
#include "wire.h"

struct daemon_worker {
	const struct conf *conf;
	struct sets	  *sets;
	unsigned int	   messages;
};

static struct daemon_worker workers[2];
static size_t		    nworkers;
static struct event_base   *base;
static struct conf	   *both, *one; /* lists <drop> and <tor>; <drop> */
static int		    lists_fd;

struct event_base *
daemon_base(struct daemon_parent *parent)
{
	(void)parent;
	return base;
}

const struct conf *
daemon_worker_conf(const struct daemon_worker *w)
{
	return w->conf;
}

void
daemon_each(struct daemon_parent *parent,
    void (*fn)(struct daemon_worker *, void *), void *arg)
{
	size_t i;

	(void)parent;
	for (i = 0; i < nworkers; i++)
		fn(&workers[i], arg);
}

void
daemon_worker_send(struct daemon_worker *w, const struct wire_msg *sent)
{
	struct wire_msg m = *sent;

	assert_int_equal(m.type, SET_MESSAGE);
	if (m.fd != -1)
		assert_int_not_equal(m.fd = dup(m.fd), -1);
	w->messages++;
	assert_int_equal(set_message(w->sets, &m), 0);
	assert_int_equal(m.fd, -1);
}

static struct conf *
read_conf(const char *lists)
{
	char text[1024];

	snprintf(text, sizeof(text), "state \"%s\"\n%s", folder, lists);
	return conf_lab(text);
}

static int
set_up(void **state)
{
	size_t i;

	if (lab_open(state) == -1 || (base = event_base_new()) == NULL)
		return -1;
	one = read_conf("list <drop> { file \"/x\" }\n");
	both = read_conf("list <drop> { file \"/x\" }\n"
			 "list <tor> { file \"/y\" }\n");
	for (i = 0; i < nitems(workers); i++) {
		workers[i].conf = both;
		workers[i].messages = 0;
		workers[i].sets = sets_new();
	}
	nworkers = 2;
	lists_fd = -1;
	log_lab_start();
	return 0;
}

static int
tear_down(void **state)
{
	size_t i;

	log_divert(NULL);
	for (i = 0; i < nitems(workers); i++)
		sets_free(workers[i].sets);
	conf_unref(one);
	conf_unref(both);
	event_base_free(base);
	if (lists_fd != -1)
		close(lists_fd);
	return lab_close(state);
}

static void
make_lists(void)
{
	assert_int_equal(mkdirat(folder_fd, "lists", 0755), 0);
	lists_fd = openat(folder_fd, "lists", O_RDONLY | O_DIRECTORY);
	assert_int_not_equal(lists_fd, -1);
}

static int
has(size_t worker, const char *list, const char *text)
{
	struct addr a = address(text);

	return sets_member(workers[worker].sets, list, &a);
}

static void
sent(unsigned int first, unsigned int second)
{
	assert_int_equal(workers[0].messages, first);
	assert_int_equal(workers[1].messages, second);
}

static void
test_told(void **state)
{
	struct set_watch *w;

	(void)state;
	/* There is no folder yet. */
	assert_non_null(w = set_watch_new(NULL, both));
	set_watch_look(w);
	sent(0, 0);
	make_lists();
	set_watch_look(w);
	sent(0, 0);
	heard("");

	lab_write(lists_fd, "drop.set", "192.0.2.1 2001:db8::/32");
	lab_write(lists_fd, "bans.set", "");
	lab_write(lists_fd, "protected.set", "198.51.100.0/24");
	lab_write(lists_fd, "other.set", "192.0.2.9");
	nworkers = 1;
	set_watch_look(w);
	heard("debug: protected.set: 1 IPv4 and 0 IPv6 ranges\n"
	      "debug: bans.set: 0 IPv4 and 0 IPv6 ranges\n"
	      "debug: drop.set: 1 IPv4 and 1 IPv6 ranges\n");
	assert_true(has(0, "drop", "192.0.2.1"));
	assert_true(has(0, "protected", "198.51.100.7"));
	/* Nothing is new. */
	set_watch_look(w);
	set_watch_look(w);
	sent(3, 0);
	/* The other one is hired. */
	set_watch_hire(w, &workers[1]);
	sent(3, 3);
	assert_true(has(1, "drop", "192.0.2.1"));
	nworkers = 2;
	lab_write(lists_fd, "bans.set", "203.0.113.5");
	set_watch_look(w);
	sent(4, 4);
	assert_true(has(0, "bans", "203.0.113.5"));
	assert_true(has(1, "bans", "203.0.113.5"));
	/* Gone, and there again. */
	assert_int_equal(unlinkat(lists_fd, "drop.set", 0), 0);
	said[0] = '\0';
	set_watch_look(w);
	set_watch_look(w);
	heard("debug: drop.set: gone\ndebug: drop.set: gone\n");
	assert_false(has(1, "drop", "192.0.2.1"));
	lab_write(lists_fd, "drop.set", "192.0.2.2");
	set_watch_look(w);
	assert_true(has(1, "drop", "192.0.2.2"));
	set_watch_free(w);
}

static void
test_bad(void **state)
{
	struct set_watch *w;
	char		  path[64];
	int		  fd;

	(void)state;
	make_lists();
	lab_write(lists_fd, "drop.set", "192.0.2.1");
	assert_non_null(w = set_watch_new(NULL, both));
	said[0] = '\0';
	nworkers = 1;
	/* Cut: the door refuses it, and goes on with what it has. */
	fd = openat(lists_fd, "x", O_WRONLY | O_CREAT, 0644);
	assert_int_equal(write(fd, "hello", 5), 5);
	close(fd);
	assert_int_equal(renameat(lists_fd, "x", lists_fd, "drop.set"), 0);
	set_watch_look(w);
	set_watch_look(w);
	heard("warn: drop.set: is cut short; the former one stays in use\n");
	assert_true(has(0, "drop", "192.0.2.1"));
	/* A link, a FIFO, a secret: they are not even sent. */
	snprintf(path, sizeof(path), "%s/lists/drop.set", folder);
	assert_int_equal(unlinkat(lists_fd, "drop.set", 0), 0);
	assert_int_equal(symlinkat("/etc/passwd", lists_fd, "drop.set"), 0);
	set_watch_look(w);
	set_watch_look(w);
	assert_non_null(strstr(said, "is a symbolic link: it is not"));
	assert_int_equal(strchr(said, '\n')[1], '\0');
	said[0] = '\0';
	assert_int_equal(unlinkat(lists_fd, "drop.set", 0), 0);
	assert_int_equal(mkfifo(path, 0644), 0);
	set_watch_look(w);
	assert_non_null(strstr(said, "is no regular file: it is not"));
	said[0] = '\0';
	assert_int_equal(unlinkat(lists_fd, "drop.set", 0), 0);
	close(openat(lists_fd, "drop.set", O_WRONLY | O_CREAT, 0600));
	set_watch_look(w);
	assert_non_null(strstr(said, "is not readable by all: it is not"));
	assert_true(has(0, "drop", "192.0.2.1"));
	assert_int_equal(workers[0].messages, 2);
	/* A later worker is told nothing of it. */
	set_watch_hire(w, &workers[1]);
	assert_int_equal(workers[1].messages, 1);
	set_watch_free(w);
}

/* Only root says who is protected. */
static void
test_whose(void **state)
{
	struct set_watch *w;

	(void)state;
	if (geteuid() != 0)
		return;
	make_lists();
	lab_write(lists_fd, "protected.set", "192.0.2.1");
	lab_write(lists_fd, "drop.set", "192.0.2.1");
	assert_int_equal(fchownat(lists_fd, "protected.set", 12345, -1, 0), 0);
	assert_int_equal(fchownat(lists_fd, "drop.set", 12345, -1, 0), 0);
	assert_non_null(w = set_watch_new(NULL, both));
	assert_non_null(strstr(said, "protected.set: is not root's: it is"));
	assert_false(has(0, "protected", "192.0.2.1"));
	assert_true(has(0, "drop", "192.0.2.1"));
	lab_write(lists_fd, "protected.set", "192.0.2.1");
	set_watch_look(w);
	assert_true(has(0, "protected", "192.0.2.1"));
	set_watch_free(w);
}

/* Who writes large sets all the time does not keep the doors busy. */
static void
test_busy(void **state)
{
	struct set_watch *w;

	(void)state;
	clock_hold(1);
	make_lists();
	nworkers = 1;
	lab_write_many(lists_fd, "drop.set", 1000000); /* 8 MB: 130 ms */
	assert_non_null(w = set_watch_new(NULL, both));
	sent(1, 0);
	lab_write(lists_fd, "drop.set", "192.0.2.1");
	set_watch_look(w);
	sent(1, 0);
	/* Others do not wait for it. */
	lab_write(lists_fd, "bans.set", "192.0.2.1");
	set_watch_look(w);
	sent(2, 0);
	clock_move(100);
	set_watch_look(w);
	sent(2, 0);
	clock_move(100);
	set_watch_look(w);
	sent(3, 0);
	assert_true(has(0, "drop", "192.0.2.1"));
	/* A small one is told at once, as often as there is a new one. */
	lab_write(lists_fd, "drop.set", "192.0.2.2");
	set_watch_look(w);
	sent(4, 0);
	set_watch_free(w);
	clock_hold(0);
}

/* Without a descriptor for it a set is not forgotten; it is said once. */
static void
test_no_descriptor(void **state)
{
	struct set_watch *w;
	struct rlimit	  was, few;

	(void)state;
	make_lists();
	assert_non_null(w = set_watch_new(NULL, both));
	lab_write(lists_fd, "drop.set", "192.0.2.1");
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &was), 0);
	few = was;
	few.rlim_cur = 3;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	set_watch_look(w);
	set_watch_look(w);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &was), 0);
	assert_non_null(strstr(said, "Too many open files: it is not"));
	assert_int_equal(strchr(said, '\n')[1], '\0');
	sent(0, 0);
	set_watch_look(w);
	assert_true(has(1, "drop", "192.0.2.1"));
	set_watch_free(w);
}

/* A list leaves the file, and a worker of the former file still drains. */
static void
test_reload(void **state)
{
	struct set_watch *w;

	(void)state;
	make_lists();
	lab_write(lists_fd, "drop.set", "192.0.2.1");
	lab_write(lists_fd, "tor.set", "192.0.2.2");
	workers[1].conf = one;
	assert_non_null(w = set_watch_new(NULL, both));
	sent(2, 2);
	set_watch_use(w, one);
	set_watch_look(w);
	sent(2, 2);
	lab_write(lists_fd, "tor.set", "192.0.2.3");
	set_watch_look(w);
	assert_true(has(0, "tor", "192.0.2.3"));
	/* The last one that knows it is gone. */
	workers[0].conf = one;
	set_watch_look(w);
	assert_null(sets_get(workers[0].sets, "tor"));
	assert_null(sets_get(workers[1].sets, "tor"));
	assert_true(has(0, "drop", "192.0.2.1"));
	sent(4, 4);
	lab_write(lists_fd, "tor.set", "192.0.2.4");
	set_watch_look(w);
	sent(4, 4);
	/* And it comes back. */
	set_watch_use(w, both);
	assert_true(has(0, "tor", "192.0.2.4"));
	sent(5, 5);
	set_watch_free(w);
}

static void
test_timer(void **state)
{
	struct set_watch *w;

	(void)state;
	make_lists();
	assert_non_null(w = set_watch_new(NULL, one));
	lab_write(lists_fd, "drop.set", "192.0.2.1");
	while (workers[0].messages == 0)
		event_base_loop(base, EVLOOP_ONCE);
	assert_true(has(0, "drop", "192.0.2.1"));
	set_watch_free(w);
	set_watch_free(NULL);
}

static void
test_no_sense(void **state)
{
	char		name[LIST_NAME_LEN + 1];
	struct wire_msg m;

	(void)state;
	wire_start(&m, SET_MESSAGE);
	assert_int_equal(set_message(workers[0].sets, &m), -1);
	wire_start(&m, SET_MESSAGE);
	wire_put_string(&m, "");
	assert_int_equal(set_message(workers[0].sets, &m), -1);
	wire_start(&m, SET_MESSAGE);
	wire_put_string(&m, "drop");
	wire_put_number(&m, 1);
	assert_int_equal(set_message(workers[0].sets, &m), -1);
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	wire_start(&m, SET_MESSAGE);
	wire_put_string(&m, name);
	assert_int_equal(set_message(workers[0].sets, &m), -1);
	heard("");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bad, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_whose, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_busy, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_descriptor, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_reload, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_timer, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_sense, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
