/* SPDX-License-Identifier: ISC */
/*
 * The client against an fcrdnsd that does as it is told: one thread, one
 * connection after the other, each with its own lines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <sys/socket.h>

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include "client.h"
#include "sock.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define GOOD                                                              \
	"ok 192.0.2.1 pass cause=none secure=no ttl=300 ms=12 cached=no " \
	"ptrs=1 invalid=0 name=mail.example.org/confirmed protected=no\n"
#define OTHER                                                             \
	"ok 192.0.2.2 pass cause=none secure=no ttl=300 ms=12 cached=no " \
	"ptrs=1 invalid=0 name=mail.example.org/confirmed protected=no\n"
#define HALF "ok 192.0.2.1 pass cause=none"

#define LONG_MS	 60000
#define SHORT_MS 50

static const struct {
	const char *what;
	/* What each connection is answered; "" hangs up, NULL: no more. */
	const char *says[3];
	int	    keep; /* the last one open */
	int	    ms;
	enum iprev  iprev;
	enum cause  cause;
} cases[] = {
	{ "an answer", { GOOD }, 0, LONG_MS, IPREV_PASS, CAUSE_NONE },
	{ "it hangs up, and then answers", { "", GOOD }, 0, LONG_MS, IPREV_PASS,
	    CAUSE_NONE },
	{ "it dies amid the answer, and then answers", { HALF, GOOD }, 0,
	    LONG_MS, IPREV_PASS, CAUSE_NONE },
	{ "it hangs up twice", { "", "" }, 0, LONG_MS, IPREV_TEMPERROR,
	    CAUSE_UNREACHABLE },
	{ "nonsense twice", { "hello\n", "\n" }, 0, LONG_MS, IPREV_TEMPERROR,
	    CAUSE_UNREACHABLE },
	{ "an error twice", { "error bad-question\n", "error x\n" }, 0, LONG_MS,
	    IPREV_TEMPERROR, CAUSE_UNREACHABLE },
	{ "the answer to another question twice", { OTHER, OTHER }, 0, LONG_MS,
	    IPREV_TEMPERROR, CAUSE_UNREACHABLE },
	{ "two answers to one question", { GOOD GOOD, GOOD OTHER }, 0, LONG_MS,
	    IPREV_TEMPERROR, CAUSE_UNREACHABLE },
	{ "silence", { "" }, 1, SHORT_MS, IPREV_TEMPERROR, CAUSE_UNREACHABLE },
	{ "half an answer, and silence", { HALF }, 1, SHORT_MS, IPREV_TEMPERROR,
	    CAUSE_UNREACHABLE },
};

static char dir[] = "/tmp/client_test.XXXXXX";
static char path[sizeof(dir) + 8];

struct server {
	int		   fd;
	const char *const *says;
	int		   keep;
	int		   kept; /* the connection */
};

/* Read the question before the answer is sent, as fcrdnsd does. */
static void
serve_one(struct server *s, const char *says, int last)
{
	char	buf[64];
	ssize_t n;
	int	fd;

	if ((fd = accept(s->fd, NULL, NULL)) == -1)
		return;
	do {
		n = read(fd, buf, sizeof(buf));
	} while (n > 0 && buf[n - 1] != '\n');
	if (n > 0 && *says != '\0' && write(fd, says, strlen(says)) == -1)
		perror("write");
	if (last && s->keep)
		s->kept = fd;
	else
		close(fd);
}

static void *
serve(void *arg)
{
	struct server *s = arg;
	int	       i;

	for (i = 0; i < 3 && s->says[i] != NULL; i++)
		serve_one(s, s->says[i], i == 2 || s->says[i + 1] == NULL);
	return NULL;
}

static int
listen_here(void)
{
	int fd;

	fd = sock_listen_unix(path, (uid_t)-1, (gid_t)-1, 0600);
	assert_true(fd != -1);
	/* The thread waits in accept. */
	assert_int_not_equal(fcntl(fd, F_SETFL, 0), -1);
	return fd;
}

static void
ask(struct fcrdns_client *c, int ms, struct findings *f)
{
	struct fcrdns_ask *a;
	struct addr	   addr;

	assert_int_equal(addr_parse(&addr, "192.0.2.1"), 0);
	assert_non_null(a = fcrdns_ask(c, &addr));
	memset(f, 0xff, sizeof(*f));
	fcrdns_answer(a, ms, f);
	assert_true(addr_equal(&f->addr, &addr));
}

static void
test_cases(void **state)
{
	struct fcrdns_client *c;
	struct server	      s;
	struct findings	      f;
	pthread_t	      thread;
	size_t		      i;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		s.fd = listen_here();
		s.says = cases[i].says;
		s.keep = cases[i].keep;
		s.kept = -1;
		assert_int_equal(pthread_create(&thread, NULL, serve, &s), 0);
		c = fcrdns_client_new(path, 2);
		ask(c, cases[i].ms, &f);
		pthread_join(thread, NULL);
		if (f.iprev != cases[i].iprev || f.cause != cases[i].cause)
			fail_msg("%s: %s, %s", cases[i].what,
			    iprev_name(f.iprev), cause_name(f.cause));
		fcrdns_client_free(c);
		if (s.kept != -1)
			close(s.kept);
		close(s.fd);
	}
}

/* A connection at rest that fcrdnsd has closed is no reason to fail. */
static void
test_stale(void **state)
{
	static const char *const says[] = { GOOD, GOOD, GOOD };
	struct fcrdns_client	*c;
	struct server		 s = { .says = says, .kept = -1 };
	struct findings		 f;
	pthread_t		 thread;
	int			 i;

	(void)state;
	s.fd = listen_here();
	assert_int_equal(pthread_create(&thread, NULL, serve, &s), 0);
	c = fcrdns_client_new(path, 2);
	for (i = 0; i < 3; i++) {
		ask(c, LONG_MS, &f);
		assert_int_equal(f.iprev, IPREV_PASS);
	}
	pthread_join(thread, NULL);
	fcrdns_client_free(c);
	close(s.fd);
}

static void
test_nobody(void **state)
{
	struct fcrdns_client *c;
	struct findings	      f;

	(void)state;
	unlink(path);
	c = fcrdns_client_new(path, 0);
	ask(c, LONG_MS, &f);
	assert_int_equal(f.iprev, IPREV_TEMPERROR);
	assert_int_equal(f.cause, CAUSE_UNREACHABLE);
	fcrdns_client_free(c);
}

static void
test_drop(void **state)
{
	struct fcrdns_client *c;
	struct addr	      addr;
	int		      fd;

	(void)state;
	assert_int_equal(addr_parse(&addr, "192.0.2.1"), 0);
	fd = listen_here();
	c = fcrdns_client_new(path, 2);
	fcrdns_drop(fcrdns_ask(c, &addr));
	fcrdns_drop(NULL);
	close(fd);
	unlink(path);
	fcrdns_drop(fcrdns_ask(c, &addr));
	fcrdns_client_free(c);
}

static int
set_up(void **state)
{
	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/sock", dir);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_stale),
		cmocka_unit_test(test_nobody),
		cmocka_unit_test(test_drop),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
