/* SPDX-License-Identifier: ISC */
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/un.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "addr.h"
#include "log.h"
#include "sock.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static char dir[] = "/tmp/sock_test.XXXXXX";
static char path[64];
static char said[LOG_TEXT_MAX];

static void
take_line(enum log_level level, const char *text)
{
	(void)level;
	strlcpy(said, text, sizeof(said));
}

static int
set_up(void **state)
{
	(void)state;
	strlcpy(dir, "/tmp/sock_test.XXXXXX", sizeof(dir));
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/s.sock", dir);
	said[0] = '\0';
	return 0;
}

/* How many names are in the folder? */
static int
count_names(void)
{
	DIR *d;
	int  n = 0;

	if ((d = opendir(dir)) == NULL)
		return -1;
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n - 2;
}

static int
tear_down(void **state)
{
	(void)state;
	(void)unlink(path);
	return rmdir(dir); /* fails if anything else was left */
}

static int
is_nonblocking(int fd)
{
	return (fcntl(fd, F_GETFL) & O_NONBLOCK) != 0;
}

static void
test_unix(void **state)
{
	struct stat st;
	char	    buf[SOCK_NAME_LEN];
	int	    a, b, fd;

	(void)state;
	fd = sock_listen_unix(path, (uid_t)-1, (gid_t)-1, 0640);
	assert_int_not_equal(fd, -1);
	assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
	assert_true(is_nonblocking(fd));
	assert_string_equal(sock_name(fd, buf), path);
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISSOCK(st.st_mode));
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(count_names(), 1);

	a = sock_connect_unix(path, 0);
	assert_int_not_equal(a, -1);
	assert_false(is_nonblocking(a));
	assert_int_equal(fcntl(a, F_GETFD), FD_CLOEXEC);
	b = sock_connect_unix(path, 1);
	assert_int_not_equal(b, -1);
	assert_true(is_nonblocking(b));
	close(b);
	b = accept(fd, NULL, NULL);
	assert_int_not_equal(b, -1);
	assert_int_equal(write(a, "x", 1), 1);
	assert_int_equal(read(b, buf, 1), 1);
	close(a);
	close(b);
	close(fd);
}

static void
test_owner(void **state)
{
	struct stat st;
	int	    fd;

	(void)state;
	/* Root may give it away; anybody may give it to himself. */
	fd = sock_listen_unix(path, getuid() == 0 ? 1 : getuid(),
	    getuid() == 0 ? 2 : getgid(), 0666);
	assert_int_not_equal(fd, -1);
	assert_int_equal(lstat(path, &st), 0);
	assert_int_equal(st.st_uid, getuid() == 0 ? 1 : getuid());
	assert_int_equal(st.st_gid, getuid() == 0 ? 2 : getgid());
	assert_int_equal(st.st_mode & 07777, 0666);
	close(fd);
}

static void
test_stale_and_live(void **state)
{
	int a, b;

	(void)state;
	a = sock_listen_unix(path, (uid_t)-1, (gid_t)-1, 0600);
	assert_int_not_equal(a, -1);
	b = sock_listen_unix(path, (uid_t)-1, (gid_t)-1, 0600);
	assert_int_equal(b, -1);
	assert_non_null(strstr(said, "in use"));
	close(a); /* nobody answers any more */
	b = sock_listen_unix(path, (uid_t)-1, (gid_t)-1, 0600);
	assert_int_not_equal(b, -1);
	a = sock_connect_unix(path, 1);
	assert_int_not_equal(a, -1);
	close(a);
	close(b);
	assert_int_equal(count_names(), 1);
}

/* A listener whose queue is full is alive. */
static void
test_busy(void **state)
{
	struct sockaddr_un sun;
	int		   fd, i, c[8];

	(void)state;
	memset(&sun, 0, sizeof(sun));
	sun.sun_family = AF_UNIX;
	strlcpy(sun.sun_path, path, sizeof(sun.sun_path));
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_not_equal(fd, -1);
	assert_int_equal(bind(fd, (struct sockaddr *)&sun, sizeof(sun)), 0);
	assert_int_equal(listen(fd, 1), 0);
	for (i = 0; i < 8; i++)
		c[i] = sock_connect_unix(path, 1);
	assert_int_equal(c[7], -1);
	assert_int_equal(sock_listen_unix(path, (uid_t)-1, (gid_t)-1, 0600),
	    -1);
	assert_non_null(strstr(said, "in use"));
	for (i = 0; i < 8; i++) {
		if (c[i] != -1)
			close(c[i]);
	}
	close(fd);
}

enum there {
	A_FILE,
	A_FOLDER,
	A_LINK, /* to nowhere */
	A_LINK_TO_A_SOCKET,
	A_FIFO,
	A_DGRAM_SOCKET
};

static const struct {
	const char *what;
	enum there  there;
	const char *why;
} obstacles[] = {
	{ "a file is left alone", A_FILE, "is not a socket" },
	{ "a folder is left alone", A_FOLDER, "is not a socket" },
	{ "a link is left alone", A_LINK, "is not a socket" },
	{ "a link to a stale socket is left alone", A_LINK_TO_A_SOCKET,
	    "is not a socket" },
	{ "a fifo is left alone", A_FIFO, "is not a socket" },
	{ "another kind of socket is left alone", A_DGRAM_SOCKET, "s.sock" },
};

static int
put_there(enum there what)
{
	struct sockaddr_un sun;
	char		   other[72];
	int		   fd;

	snprintf(other, sizeof(other), "%s.other", path);
	switch (what) {
	case A_FILE:
		return open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	case A_FOLDER:
		return mkdir(path, 0700);
	case A_LINK:
		return symlink("nowhere", path);
	case A_LINK_TO_A_SOCKET:
		close(sock_listen_unix(other, (uid_t)-1, (gid_t)-1, 0600));
		return symlink(other, path);
	case A_FIFO:
		return mkfifo(path, 0600);
	case A_DGRAM_SOCKET:
		break;
	}
	memset(&sun, 0, sizeof(sun));
	sun.sun_family = AF_UNIX;
	strlcpy(sun.sun_path, path, sizeof(sun.sun_path));
	fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	if (bind(fd, (struct sockaddr *)&sun, sizeof(sun)) == -1)
		return -1;
	return fd;
}

static void
test_obstacles(void **state)
{
	struct stat after, before;
	char	    other[72];
	size_t	    i;
	int	    fd;

	(void)state;
	snprintf(other, sizeof(other), "%s.other", path);
	for (i = 0; i < nitems(obstacles); i++) {
		fd = put_there(obstacles[i].there);
		assert_int_not_equal(fd, -1);
		assert_int_equal(lstat(path, &before), 0);
		said[0] = '\0';
		if (sock_listen_unix(path, (uid_t)-1, (gid_t)-1, 0600) != -1)
			fail_msg("%s: taken", obstacles[i].what);
		if (strstr(said, obstacles[i].why) == NULL)
			fail_msg("%s: %s", obstacles[i].what, said);
		assert_int_equal(lstat(path, &after), 0);
		if (before.st_ino != after.st_ino ||
		    before.st_mode != after.st_mode)
			fail_msg("%s: touched", obstacles[i].what);
		if (fd > 0)
			close(fd);
		assert_int_equal(remove(path), 0);
		(void)unlink(other);
		if (count_names() != 0)
			fail_msg("%s: something is left", obstacles[i].what);
	}
}

static void
test_bad_paths(void **state)
{
	char longpath[300];

	(void)state;
	memset(longpath, 'x', sizeof(longpath));
	longpath[0] = '/';
	longpath[sizeof(longpath) - 1] = '\0';
	assert_int_equal(sock_listen_unix(longpath, (uid_t)-1, (gid_t)-1, 0600),
	    -1);
	errno = 0;
	assert_int_equal(sock_connect_unix(longpath, 1), -1);
	assert_int_equal(errno, ENAMETOOLONG);
	/* Short enough for itself, but not for its first name. */
	longpath[100] = '\0';
	assert_int_equal(sock_listen_unix(longpath, (uid_t)-1, (gid_t)-1, 0600),
	    -1);
	assert_non_null(strstr(said, "too long"));
	assert_int_equal(sock_listen_unix("/nonexistent/s", (uid_t)-1,
			     (gid_t)-1, 0600),
	    -1);
	errno = 0;
	assert_int_equal(sock_connect_unix(path, 1), -1);
	assert_int_equal(errno, ENOENT);
	errno = 0;
	assert_int_equal(sock_connect_unix("", 1), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(sock_listen_unix("", (uid_t)-1, (gid_t)-1, 0600), -1);
	assert_non_null(strstr(said, "needs a name"));
}

static const struct {
	const char *what;
	const char *addr;
	const char *name; /* before the number */
} inets[] = {
	{ "IPv4", "127.0.0.1", "127.0.0.1 port " },
	{ "IPv6", "::1", "::1 port " },
	{ "any IPv6 is not any IPv4", "::", ":: port " },
	{ "any IPv4", "0.0.0.0", "0.0.0.0 port " },
};

static void
test_inet(void **state)
{
	struct sockaddr_storage ss;
	struct addr		a, any;
	char			again[SOCK_NAME_LEN], buf[SOCK_NAME_LEN];
	size_t			i, len;
	unsigned int		port;
	int			c, fd, other;

	(void)state;
	for (i = 0; i < nitems(inets); i++) {
		assert_int_equal(addr_parse(&a, inets[i].addr), 0);
		fd = sock_listen_inet(&a, 0);
		if (fd == -1)
			fail_msg("%s: %s", inets[i].what, said);
		assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
		assert_true(is_nonblocking(fd));
		sock_name(fd, buf);
		len = strlen(inets[i].name);
		if (strncmp(buf, inets[i].name, len) != 0 ||
		    sscanf(buf + len, "%u", &port) != 1 || port == 0)
			fail_msg("%s: %s", inets[i].what, buf);

		/* It answers, and the port cannot be had twice. */
		len = addr_to_sockaddr(&a, (uint16_t)port, &ss);
		c = socket(ss.ss_family, SOCK_STREAM, 0);
		if (connect(c, (struct sockaddr *)&ss, (socklen_t)len) == -1)
			fail_msg("%s: connect", inets[i].what);
		close(c);
		said[0] = '\0';
		if (sock_listen_inet(&a, (uint16_t)port) != -1)
			fail_msg("%s: twice", inets[i].what);
		if (strncmp(said, buf, strlen(buf)) != 0)
			fail_msg("%s: %s", inets[i].what, said);
		if (strcmp(inets[i].addr, "::") == 0) {
			assert_int_equal(addr_parse(&any, "0.0.0.0"), 0);
			other = sock_listen_inet(&any, (uint16_t)port);
			if (other == -1)
				fail_msg("%s: %s", inets[i].what, said);
			sock_name(other, again);
			close(other);
		}
		close(fd);
	}
	memset(&a, 0, sizeof(a));
	assert_int_equal(sock_listen_inet(&a, 0), -1);
	assert_string_equal(sock_name(-1, buf), "unknown");
}

static void
test_files(void **state)
{
	struct rlimit rl;
	unsigned long got, soft;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &rl), 0);
	if (rl.rlim_cur > 64)
		rl.rlim_cur = 64;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &rl), 0);
	soft = (unsigned long)rl.rlim_cur;
	assert_true(sock_raise_files(1) == soft); /* never lowered */
	got = sock_raise_files(100);
	assert_true(got == (rl.rlim_max < 100 ? rl.rlim_max : 100));
	if (rl.rlim_max != RLIM_INFINITY)
		assert_true(sock_raise_files((unsigned long)rl.rlim_max + 1) ==
		    rl.rlim_max);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &rl), 0);
	assert_true(rl.rlim_cur == sock_raise_files(0));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

/* Has any of them a connection?  Which, or -1. */
static int
who_has(const int fds[], size_t n)
{
	struct pollfd pfd[4];
	size_t	      i;

	for (i = 0; i < n; i++) {
		pfd[i].fd = fds[i];
		pfd[i].events = POLLIN;
	}
	assert_true(poll(pfd, (nfds_t)n, 60000) > 0);
	for (i = 0; i < n; i++)
		if (pfd[i].revents & POLLIN)
			return (int)i;
	return -1;
}

/*
 * All of a crowd have the same port, and each its share of what comes; where
 * the system cannot share, there is one.
 */
static void
test_crowd(void **state)
{
	struct sockaddr_storage ss;
	struct addr		a;
	socklen_t		len, size = sizeof(int);
	int			fds[4], got[4] = { 0 }, c, i, n, on = 0, who;
	uint16_t		port;

	(void)state;
	assert_int_equal(addr_parse(&a, "127.0.0.1"), 0);
	n = sock_listen_crowd(&a, 0, fds, 0, 2);
	assert_true(n == 1 || n == 2);
	port = sock_port(fds[0]);
	assert_int_not_equal(port, 0);
	if (n == 2)
		assert_int_equal(sock_listen_crowd(&a, 0, fds, 2, 4), n = 4);
	/* Fewer than there are is no reason to close any. */
	assert_int_equal(sock_listen_crowd(&a, 0, fds, (size_t)n, 1), n);
	for (i = 0; i < n; i++)
		assert_int_equal(sock_port(fds[i]), port);
	len = (socklen_t)addr_to_sockaddr(&a, port, &ss);
	for (i = 0; i < 200; i++) {
		c = socket(AF_INET, SOCK_STREAM, 0);
		assert_int_equal(connect(c, (struct sockaddr *)&ss, len), 0);
		who = who_has(fds, (size_t)n);
		assert_int_not_equal(who, -1);
		got[who]++;
		close(c);
		c = accept(fds[who], NULL, NULL);
		assert_int_not_equal(c, -1);
		assert_int_equal(getsockopt(c, IPPROTO_TCP, TCP_NODELAY, &on,
				     &size),
		    0);
		assert_int_not_equal(on, 0);
		close(c);
	}
	for (i = 0; i < n; i++)
		assert_true(got[i] > 0);
	/* Another crowd would not notice. */
	said[0] = '\0';
	assert_int_equal(sock_free_inet(&a, port), -1);
	assert_int_equal(strncmp(said, "127.0.0.1 port ", 15), 0);
	for (i = 0; i < n; i++)
		close(fds[i]);
	assert_int_equal(sock_free_inet(&a, port), 0);
	assert_int_equal(sock_port(-1), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_unix),
		TEST(test_owner),
		TEST(test_stale_and_live),
		TEST(test_busy),
		TEST(test_obstacles),
		TEST(test_bad_paths),
		cmocka_unit_test(test_inet),
		cmocka_unit_test(test_crowd),
		cmocka_unit_test(test_files),
	};

	log_divert(take_line);
	return cmocka_run_group_tests_name("sock", tests, NULL, NULL);
}
