/* SPDX-License-Identifier: ISC */
#include <sys/socket.h>
#include <sys/stat.h>
#include <netinet/in.h>

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <event2/event.h>

#include "addr.h"
#include "edge_conf.h"
#include "log.h"
#include "metrics.h"
#include "sock.h"

/* The server and its clients are in one process: the test turns the loop. */
static char		  dir[] = "/tmp/postern-metrics.XXXXXX";
static char		  one[64], two[64];
static struct event_base *base;
static struct metrics	 *metrics;
static size_t		  text_size; /* 0: no memory */
static int		  asked;

static char *
make_text(void *arg)
{
	char *p;

	assert_ptr_equal(arg, &asked);
	asked++;
	if (text_size == 0)
		return NULL;
	p = malloc(text_size + 1);
	assert_non_null(p);
	memset(p, 'm', text_size);
	p[text_size] = '\0';
	return p;
}

static void
ignore(enum log_level level, const char *text)
{
	(void)level;
	(void)text;
}

static int
setup(void **state)
{
	(void)state;
	signal(SIGPIPE, SIG_IGN);
	log_divert(ignore);
	memcpy(strrchr(dir, '.'), ".XXXXXX", 7);
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(one, sizeof(one), "%s/one", dir);
	snprintf(two, sizeof(two), "%s/two", dir);
	base = event_base_new();
	metrics = metrics_new(base, make_text, &asked);
	asked = 0;
	text_size = 100;
	return metrics == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	metrics_free(metrics);
	event_base_free(base);
	log_divert(NULL);
	return rmdir(dir); /* the sockets are gone */
}

static struct edge_conf
on_socket(char *path)
{
	return (struct edge_conf){ .metrics_socket = path };
}

static int
dial(const char *path)
{
	int fd = sock_connect_unix(path, 1);

	assert_true(fd != -1);
	return fd;
}

/* Everything until the server closes; -1 if it resets. */
static long
read_all(int fd, char *buf, size_t size)
{
	size_t	len = 0;
	ssize_t n;

	for (;;) {
		n = read(fd, buf + len, size - len);
		if (n == 0)
			return (long)len;
		if (n > 0)
			len += (size_t)n;
		else if (errno != EAGAIN)
			return -1;
		else
			event_base_loop(base, EVLOOP_ONCE | EVLOOP_NONBLOCK);
		assert_true(len < size);
	}
}

static const struct {
	const char *what;
	const char *say;
	int	    half; /* then close the half */
	size_t	    text;
	const char *status;
} talks[] = {
	{ "a scrape", "GET /metrics HTTP/1.1\r\nHost: example.org\r\n\r\n", 0,
	    100, "HTTP/1.1 200 OK\r\n" },
	{ "a scrape that ends its half", "GET /metrics HTTP/1.0\r\n\r\n", 1,
	    100, "HTTP/1.1 200 OK\r\n" },
	{ "an empty line", "\n", 0, 100, "HTTP/1.1 200 OK\r\n" },
	{ "nothing, and the half is closed", "", 1, 100,
	    "HTTP/1.1 200 OK\r\n" },
	{ "half a line, and the half is closed", "GET /met", 1, 100,
	    "HTTP/1.1 200 OK\r\n" },
	{ "noise", "\x16\x03\x01\x02\xff\x01\n", 0, 100,
	    "HTTP/1.1 200 OK\r\n" },
	{ "a text larger than any buffer", "GET / HTTP/1.1\r\n\r\n", 0, 3000000,
	    "HTTP/1.1 200 OK\r\n" },
	{ "no memory for a text", "GET / HTTP/1.1\r\n\r\n", 0, 0,
	    "HTTP/1.1 503 Service Unavailable\r\n" },
};

static void
test_talks(void **state)
{
	static char	 buf[4000000];
	struct edge_conf conf = on_socket(one);
	size_t		 i, len;
	long		 n;
	int		 fd;

	(void)state;
	assert_int_equal(metrics_use(metrics, &conf), 0);
	assert_string_equal(metrics_where(metrics), one);
	for (i = 0; i < sizeof(talks) / sizeof(talks[0]); i++) {
		text_size = talks[i].text;
		asked = 0;
		fd = dial(one);
		len = strlen(talks[i].say);
		assert_int_equal(write(fd, talks[i].say, len), len);
		if (talks[i].half)
			assert_int_equal(shutdown(fd, SHUT_WR), 0);
		n = read_all(fd, buf, sizeof(buf));
		if (n < (long)text_size || asked != 1 ||
		    strncmp(buf, talks[i].status, strlen(talks[i].status)) != 0)
			fail_msg("%s: %.*s", talks[i].what, n < 0 ? 0 : (int)n,
			    buf);
		if (text_size > 0 &&
		    (buf[(size_t)n - text_size - 1] != '\n' ||
			buf[(size_t)n - text_size] != 'm'))
			fail_msg("%s: not the text", talks[i].what);
		close(fd);
	}
}

/* Much is said after the first line: the answer comes through, whole. */
static void
test_loud(void **state)
{
	static char	 buf[400000], noise[16 * 1024];
	struct edge_conf conf = on_socket(one);
	int		 fd;

	(void)state;
	memset(noise, '\n', sizeof(noise));
	assert_int_equal(metrics_use(metrics, &conf), 0);
	text_size = 300000;
	fd = dial(one);
	assert_true(write(fd, noise, sizeof(noise)) > 0);
	assert_int_equal(shutdown(fd, SHUT_WR), 0);
	assert_true(read_all(fd, buf, sizeof(buf)) > 300000);
	close(fd);
	/* A line without an end, as long as the socket takes it. */
	memset(noise, 'x', sizeof(noise));
	fd = dial(one);
	assert_true(write(fd, noise, sizeof(noise)) > 0);
	while (asked < 2)
		event_base_loop(base, EVLOOP_ONCE);
	close(fd);
}

/* More than it serves at once wait, and those that say nothing are ended. */
static void
test_many(void **state)
{
	struct edge_conf conf = on_socket(one);
	char		 buf[1000];
	int		 fds[40], i;

	(void)state;
	assert_int_equal(metrics_use(metrics, &conf), 0);
	for (i = 0; i < 40; i++)
		fds[i] = dial(one);
	for (i = 0; i < 200; i++)
		event_base_loop(base, EVLOOP_ONCE | EVLOOP_NONBLOCK);
	for (i = 20; i < 40; i++)
		assert_int_equal(write(fds[i], "\n", 1), 1);
	for (i = 0; i < 200; i++)
		event_base_loop(base, EVLOOP_ONCE | EVLOOP_NONBLOCK);
	assert_int_equal(asked, 0);
	for (i = 0; i < 20; i++)
		close(fds[i]);
	for (i = 20; i < 40; i++) {
		assert_true(read_all(fds[i], buf, sizeof(buf)) > 100);
		close(fds[i]);
	}
	assert_in_range(asked, 20, 40); /* a close is a half-close, too */
}

/* A client that only connects is ended, as is one that reads nothing. */
static void
test_silent(void **state)
{
	static char	 buf[1000];
	struct edge_conf conf = on_socket(one);
	int		 fd, fd2;

	(void)state;
	assert_int_equal(metrics_use(metrics, &conf), 0);
	text_size = 4000000;
	fd = dial(one);
	fd2 = dial(one);
	assert_int_equal(write(fd2, "\n", 1), 1);
	/* The loop waits for its five seconds. */
	while (read(fd, buf, sizeof(buf)) == -1 && errno == EAGAIN)
		event_base_loop(base, EVLOOP_ONCE);
	assert_int_equal(asked, 1);
	close(fd);
	close(fd2);
}

static void
test_reload(void **state)
{
	struct edge_conf first = on_socket(one), second = on_socket(two),
			 none = { 0 }, bad = on_socket(dir), inet = { 0 };
	struct stat was, is;
	char	    buf[1000], where[SOCK_NAME_LEN];
	int	    fd;

	(void)state;
	assert_null(metrics_where(metrics));
	assert_int_equal(metrics_use(metrics, &none), 0);
	assert_int_equal(metrics_use(metrics, &first), 0);
	assert_int_equal(stat(one, &was), 0);
	assert_int_equal(was.st_mode & 07777, 0660);
	assert_int_equal(metrics_use(metrics, &first), 0);
	assert_int_equal(stat(one, &is), 0);
	assert_int_equal(was.st_ino, is.st_ino); /* it stayed */
	assert_int_equal(metrics_use(metrics, &bad), -1);
	assert_string_equal(metrics_where(metrics), one);
	/* One that was let in before is served after. */
	fd = dial(one);
	event_base_loop(base, EVLOOP_ONCE);
	assert_int_equal(metrics_use(metrics, &second), 0);
	assert_int_equal(stat(one, &is), -1);
	assert_int_equal(write(fd, "\n", 1), 1);
	assert_true(read_all(fd, buf, sizeof(buf)) > 100);
	close(fd);
	assert_int_equal(addr_parse(&inet.metrics_addr, "127.0.0.1"), 0);
	assert_int_equal(metrics_use(metrics, &inet), 0);
	strlcpy(where, metrics_where(metrics), sizeof(where));
	assert_memory_equal(where, "127.0.0.1 port ", 15);
	assert_int_equal(metrics_use(metrics, &inet), 0);
	assert_string_equal(metrics_where(metrics), where);
	assert_int_equal(stat(two, &is), -1);
	assert_int_equal(metrics_use(metrics, &none), 0);
	assert_null(metrics_where(metrics));
}

/* Over TCP, with bytes still unread: no reset before the end. */
static void
test_inet(void **state)
{
	static char		buf[1000000];
	struct edge_conf	inet = { 0 };
	struct sockaddr_storage ss;
	unsigned int		port;
	socklen_t		len;
	int			fd, i;

	(void)state;
	assert_int_equal(addr_parse(&inet.metrics_addr, "127.0.0.1"), 0);
	assert_int_equal(metrics_use(metrics, &inet), 0);
	assert_int_equal(sscanf(metrics_where(metrics), "127.0.0.1 port %u",
			     &port),
	    1);
	text_size = 500000;
	for (i = 0; i < 20; i++) {
		fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		assert_true(fd != -1);
		len = (socklen_t)addr_to_sockaddr(&inet.metrics_addr,
		    (uint16_t)port, &ss);
		assert_int_equal(connect(fd, (struct sockaddr *)&ss, len), 0);
		assert_int_equal(write(fd, "GET / HTTP/1.1\r\n", 16), 16);
		while (asked == i)
			event_base_loop(base, EVLOOP_ONCE);
		assert_int_equal(write(fd, "Host: a\r\n\r\n", 11), 11);
		assert_int_equal(evutil_make_socket_nonblocking(fd), 0);
		assert_true(read_all(fd, buf, sizeof(buf)) > 500000);
		close(fd);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_talks, setup, teardown),
		cmocka_unit_test_setup_teardown(test_loud, setup, teardown),
		cmocka_unit_test_setup_teardown(test_many, setup, teardown),
		cmocka_unit_test_setup_teardown(test_silent, setup, teardown),
		cmocka_unit_test_setup_teardown(test_reload, setup, teardown),
		cmocka_unit_test_setup_teardown(test_inet, setup, teardown),
	};

	return cmocka_run_group_tests_name("metrics", tests, NULL, NULL);
}
