/* SPDX-License-Identifier: ISC */
/*
 * A child goes into the jail and tries things.  As root it is a whole jail; by
 * anybody else, and in a JAIL_LIGHT build, as much of it as there is.
 */
#include "jail_lab.h"

#include <sys/file.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <netinet/in.h>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>

#include "sock.h"

static int out = -1; /* a descriptor from before the jail */
static int listener = -1;

/* --- what is tried in the jail: 0 if it went well ------------------------ */

static int
try_read_file(void)
{
	return open("file", O_RDONLY) == -1 ? -1 : 0;
}

static int
try_read_missing(void)
{
	/* Libraries ask for files and live without, if this is the error. */
	return open("/etc/missing", O_RDONLY) == -1 && errno == ENOENT ? 0 : -1;
}

/* Any of these is one too many. */
static int
try_change(void)
{
	return open("new", O_WRONLY | O_CREAT, 0600) == -1 &&
		open("file", O_WRONLY | O_APPEND) == -1 &&
		truncate("file", 0) == -1 && chmod("file", 0) == -1 &&
		unlink("file") == -1 && rename("file", "new") == -1 &&
		link("file", "new") == -1 && symlink("file", "new") == -1 &&
		mkdir("new", 0700) == -1 && mkfifo("new", 0600) == -1 ?
	    -1 :
	    0;
}

static int
try_inet_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) == -1 ||
		socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
		    0) == -1 ?
	    -1 :
	    0;
}

static int
try_raw_socket(void)
{
	return socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) == -1 ? -1 : 0;
}

static int
try_udp(void)
{
	struct sockaddr_in sin;
	int		   fd;

	memset(&sin, 0, sizeof(sin));
	sin.sin_family = AF_INET;
	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (fd == -1 || bind(fd, (struct sockaddr *)&sin, sizeof(sin)) == -1)
		return -1;
	sin.sin_port = htons(9);
	return sendto(fd, "x", 1, 0, (struct sockaddr *)&sin, sizeof(sin)) ==
		1 ?
	    0 :
	    -1;
}

static int
try_unix_connect(void)
{
	return sock_connect_unix("s.sock", 1) == -1 ? -1 : 0;
}

static int
try_exec(void)
{
	char *argv[] = { NULL, NULL };
	char *envp[] = { NULL };

	argv[0] = strdup("/bin/true");
	(void)execve(argv[0], argv, envp);
	return -1;
}

static int
try_fork(void)
{
	pid_t pid;

	if ((pid = fork()) == 0)
		_exit(0);
	return pid == -1 ? -1 : 0;
}

static int
try_ptrace(void)
{
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == -1 ? -1 : 0;
}

static int
try_kill_parent(void)
{
	return kill(getppid(), 0);
}

static int
try_chroot(void)
{
	return chroot(".");
}

static int
try_setuid(void)
{
	return setuid(0);
}

static int
try_exec_page(void)
{
	void *p;

	p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1,
	    0);
	if (p == MAP_FAILED)
		abort();
	return mprotect(p, 4096, PROT_READ | PROT_EXEC);
}

static int
try_exec_map(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANON,
		   -1, 0) == MAP_FAILED ?
	    -1 :
	    0;
}

static int
try_memory(void)
{
	char  *p, *q;
	size_t i;

	for (i = 1; i < 50000000; i *= 10) {
		if ((p = malloc(i)) == NULL)
			return -1;
		memset(p, 1, i);
		if ((q = realloc(p, i * 2)) == NULL) {
			free(p);
			return -1;
		}
		free(q);
	}
	return 0;
}

static void *
thread_main(void *arg)
{
	struct timespec ts = { 0, 1000 };

	nanosleep(&ts, NULL);
	free(malloc(1000000));
	return arg;
}

static int
try_threads(void)
{
	pthread_t thread[8];
	void	 *ret;
	size_t	  i;

	for (i = 0; i < nitems(thread); i++) {
		if (pthread_create(&thread[i], NULL, thread_main, thread) != 0)
			return -1;
	}
	for (i = 0; i < nitems(thread); i++) {
		if (pthread_join(thread[i], &ret) != 0 || ret != thread)
			return -1;
	}
	return 0;
}

static int
try_time(void)
{
	struct timespec ts;
	unsigned char	noise[16];

	if (clock_gettime(CLOCK_MONOTONIC, &ts) == -1 || time(NULL) == -1)
		return -1;
	arc4random_buf(noise, sizeof(noise));
	return 0;
}

static int
try_folder(void)
{
	int fd;

	fd = open("open/a", O_WRONLY | O_CREAT | O_EXCL, 0644);
	if (fd == -1 || write(fd, "x", 1) != 1 || fsync(fd) == -1 ||
	    flock(fd, LOCK_EX) == -1 || ftruncate(fd, 0) == -1 ||
	    close(fd) == -1)
		return -1;
	return link("open/a", "open/b") == -1 ||
		rename("open/b", "open/c") == -1 || unlink("open/a") == -1 ||
		unlink("open/c") == -1 ?
	    -1 :
	    0;
}

static int
try_fork_read(void)
{
	int   status;
	pid_t pid;

	if ((pid = fork()) == 0)
		_exit(open("file", O_RDONLY) == -1 ? 1 : 0);
	return pid == -1 || waitpid(pid, &status, 0) != pid || status != 0 ?
	    -1 :
	    0;
}

static int
try_write(void)
{
	return write(out, "x", 1) == 1 ? 0 : -1;
}

static int
try_accept(void)
{
	/* Who knocked in another case may still be in the queue. */
	return accept(listener, NULL, NULL) != -1 || errno == EAGAIN ? 0 : -1;
}

static int
try_abort(void)
{
	signal(SIGABRT, SIG_DFL);
	abort();
}

/* --- what must come of it ------------------------------------------------ */

#define NO     0
#define YES    1
#define LIGHT  2 /* only in a light jail */
#define ROOTED 4 /* not even in a light jail, if started by root */
#define DIES   8

static const struct {
	const char *what;
	int	    needs;
	int (*fn)(void);
	int want;
} tries[] = {
	{ "a file cannot be read", JAIL_STDIO, try_read_file, LIGHT },
	{ "a missing file is just missing", JAIL_STDIO, try_read_missing, YES },
	{ "no name can be made or changed", JAIL_STDIO, try_change, NO },
	{ "the internet does not bring files", JAIL_INET, try_read_file,
	    LIGHT },
	{ "nor do Unix sockets", JAIL_UNIX, try_change, NO },
	{ "no sockets", JAIL_STDIO, try_inet_socket, LIGHT },
	{ "no Unix sockets", JAIL_STDIO, try_unix_connect, LIGHT },
	{ "no internet with Unix sockets", JAIL_UNIX, try_inet_socket, LIGHT },
	{ "no Unix sockets with the internet", JAIL_INET, try_unix_connect,
	    LIGHT },
	{ "Unix sockets if need be", JAIL_UNIX, try_unix_connect, YES },
	{ "internet sockets if need be", JAIL_INET, try_inet_socket, YES },
	{ "and they work", JAIL_INET, try_udp, YES },
	{ "but no raw ones", JAIL_INET, try_raw_socket, ROOTED },
	{ "both if need be", JAIL_INET | JAIL_UNIX, try_udp, YES },
	{ "no other program", JAIL_INET | JAIL_UNIX, try_exec, NO },
	{ "no other process", JAIL_INET | JAIL_UNIX, try_fork, LIGHT },
	{ "no tracing", JAIL_STDIO, try_ptrace, LIGHT },
	{ "no signals to others", JAIL_STDIO, try_kill_parent, ROOTED },
	{ "no other root", JAIL_STDIO, try_chroot, ROOTED },
	{ "no way back to root", JAIL_STDIO, try_setuid, ROOTED },
	{ "no page becomes executable", JAIL_STDIO, try_exec_page, LIGHT },
	{ "no page is born executable", JAIL_STDIO, try_exec_map, LIGHT },
	{ "memory", JAIL_STDIO, try_memory, YES },
	{ "threads", JAIL_STDIO, try_threads, YES },
	{ "threads with sockets", JAIL_UNIX, try_threads, YES },
	{ "clocks and random numbers", JAIL_STDIO, try_time, YES },
	{ "a descriptor that was open", JAIL_STDIO, try_write, YES },
	{ "a listener that was open", JAIL_STDIO, try_accept, YES },
	{ "abort(3)", JAIL_STDIO, try_abort, DIES },
	{ "a file that may be read", JAIL_FILES, try_read_file, YES },
	{ "it cannot be changed", JAIL_FILES, try_change, NO },
	{ "a missing file beside it", JAIL_FILES, try_read_missing, YES },
	{ "the folder that may be changed", JAIL_FILES, try_folder, YES },
	{ "no other process for files", JAIL_FILES, try_fork, LIGHT },
	{ "a process of our own", JAIL_FORK, try_fork, YES },
	{ "it is as jailed as we are", JAIL_FORK, try_fork_read, LIGHT },
	{ "no other program by it", JAIL_FORK, try_exec, NO },
};

/* In a process of its own: 0 done, 1 refused, 2 no jail, or minus a signal. */
static int
run(int needs, int (*fn)(void))
{
	static const char *const readable[] = { "file", "missing", NULL };
	struct jail		 j = { .user = user, .root = dir };
	pid_t			 pid;
	int			 status;

	j.needs = needs;
	j.readable = readable;
	j.writable = "open";
	if ((pid = fork()) == 0) {
		if (jail_enter(&j) == -1 || jail_lock(&j) == -1)
			_exit(2);
		_exit(fn() == 0 ? 0 : 1);
	}
	status = end_of(pid);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static int
wanted(int want)
{
	/* A light jail of one who was not root leaves all as it is. */
	if (want == ROOTED)
		return light && getuid() != 0 ? -1 : 1;
	if (want == DIES)
		return -SIGABRT;
	return want == YES || (want == LIGHT && light) ? 0 : 1;
}

static void
test_jail(void **state)
{
	size_t i;
	int    got;

	(void)state;
	for (i = 0; i < nitems(tries); i++) {
		if (light && getuid() != 0 &&
		    (tries[i].want == NO || tries[i].want == ROOTED))
			continue; /* nothing was taken away */
		if (light && tries[i].fn == try_exec)
			continue; /* it would be the real /bin/true */
		got = run(tries[i].needs, tries[i].fn);
		if (got != wanted(tries[i].want))
			fail_msg("%s: %d", tries[i].what, got);
	}
}

static int
set_up(void **state)
{
	char path[80];

	if (lab_open(state) == -1)
		return -1;
	snprintf(path, sizeof(path), "%s/open", dir);
	if (mkdir(path, 0777) == -1 || chmod(path, 0777) == -1)
		return -1;
	out = open("/dev/null", O_WRONLY);
	snprintf(path, sizeof(path), "%s/s.sock", dir);
	listener = sock_listen_unix(path, (uid_t)-1, (gid_t)-1, 0666);
	return out == -1 || listener == -1 ? -1 : 0;
}

static int
tear_down(void **state)
{
	char path[80];

	close(out);
	close(listener);
	snprintf(path, sizeof(path), "%s/s.sock", dir);
	(void)unlink(path);
	snprintf(path, sizeof(path), "%s/open", dir);
	(void)rmdir(path);
	return lab_close(state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_jail),
	};

	return cmocka_run_group_tests_name("jail", tests, set_up, tear_down);
}
