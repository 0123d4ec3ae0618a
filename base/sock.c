/* SPDX-License-Identifier: ISC */
#include "sock.h"

#include <sys/types.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "addr.h"
#include "log.h"

#define BACKLOG	      SOMAXCONN
#define CROWD_BACKLOG 1024 /* each: while one of a crowd is away for a moment */

/*
 * A Unix socket is bound as PATH.XXXXXX/.s and renamed to PATH.  The system
 * keeps the first name, so sock_name() takes the tail off.
 */
#define TMP_DIR	 ".XXXXXX"
#define TMP_NAME ".s"
#define TMP_TAIL (sizeof(TMP_DIR "/" TMP_NAME) - 1)

static int
unix_addr(struct sockaddr_un *sun, const char *path)
{
	memset(sun, 0, sizeof(*sun));
	sun->sun_family = AF_UNIX;
	if (path[0] == '\0') { /* on Linux, an abstract socket */
		errno = ENOENT;
		return -1;
	}
	if (strlcpy(sun->sun_path, path, sizeof(sun->sun_path)) >=
	    sizeof(sun->sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return 0;
}

int
sock_connect_unix(const char *path, int nonblock)
{
	struct sockaddr_un sun;
	int		   fd, flags, saved;

	if (unix_addr(&sun, path) == -1)
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd == -1)
		return -1;
	if (connect(fd, (struct sockaddr *)&sun, sizeof(sun)) == -1)
		goto bad;
	if (!nonblock) {
		if ((flags = fcntl(fd, F_GETFL)) == -1 ||
		    fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) == -1)
			goto bad;
	}
	return fd;
bad:
	saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

/* errno: what such a file is to whoever wants to connect to it. */
static int
is_socket(const struct stat *st)
{
	errno = S_ISLNK(st->st_mode) ? ELOOP : ECONNREFUSED;
	return S_ISSOCK(st->st_mode);
}

#ifdef O_PATH
/* What was looked at is what is connected to. */
int
sock_connect_foreign(const char *path)
{
	struct stat st;
	char	    name[32];
	int	    file, fd = -1, saved;

	file = open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (file == -1)
		return -1;
	snprintf(name, sizeof(name), "/proc/self/fd/%d", file);
	if (fstat(file, &st) == 0 && is_socket(&st))
		fd = sock_connect_unix(name, 1);
	saved = errno;
	close(file);
	errno = saved;
	return fd;
}
#else
/* Who is quick enough can still exchange it. */
int
sock_connect_foreign(const char *path)
{
	struct stat st;

	if (lstat(path, &st) == -1 || !is_socket(&st))
		return -1;
	return sock_connect_unix(path, 1);
}
#endif

/* May this name be taken?  0, or -1 with the reason logged. */
static int
check_free(const char *path)
{
	struct stat st;
	int	    fd;

	if (lstat(path, &st) == -1) {
		if (errno == ENOENT)
			return 0;
		log_warn("%s", path);
		return -1;
	}
	if (!S_ISSOCK(st.st_mode)) {
		log_warnx("%s: is there and is not a socket", path);
		return -1;
	}
	fd = sock_connect_unix(path, 1);
	if (fd != -1 || errno == EAGAIN || errno == EINPROGRESS) {
		log_warnx("%s: in use", path);
		if (fd != -1)
			close(fd);
		return -1;
	}
	if (errno != ECONNREFUSED && errno != ENOENT) {
		log_warn("%s", path);
		return -1;
	}
	return 0;
}

/*
 * Whoever may write in the folder above can put another one in the place of
 * the one that we made, with a hard link of any file in it: for that file
 * root would then change the owner.
 */
static int
check_own(int dir, const char *dirname)
{
	struct stat st;

	if (fstat(dir, &st) == -1) {
		log_warn("%s", dirname);
		return -1;
	}
	if (st.st_uid != geteuid() || (st.st_mode & 0777) != 0700) {
		log_warnx("%s: is not the folder that was made", dirname);
		return -1;
	}
	return 0;
}

/* In the folder dir, which is known as dirname and is ours alone. */
static int
bind_in(int dir, const char *dirname, const char *path, uid_t uid, gid_t gid,
    mode_t mode)
{
	struct sockaddr_un sun;
	char		   name[sizeof(sun.sun_path) + TMP_TAIL];
	int		   fd;

	snprintf(name, sizeof(name), "%s/" TMP_NAME, dirname);
	if (unix_addr(&sun, name) == -1) {
		log_warn("%s", path);
		return -1;
	}
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd == -1) {
		log_warn("socket");
		return -1;
	}
	if (bind(fd, (struct sockaddr *)&sun, sizeof(sun)) == -1 ||
	    listen(fd, BACKLOG) == -1 ||
	    fchownat(dir, TMP_NAME, uid, gid, AT_SYMLINK_NOFOLLOW) == -1 ||
	    fchmodat(dir, TMP_NAME, mode, 0) == -1 ||
	    renameat(dir, TMP_NAME, AT_FDCWD, path) == -1) {
		log_warn("%s", path);
		(void)unlinkat(dir, TMP_NAME, 0);
		close(fd);
		return -1;
	}
	return fd;
}

/*
 * The folder of a socket may belong to another user (Postfix's, say), who
 * could swap the socket for a link while root changes its owner.  So it is
 * made in a new folder of our own, which we hold open.
 */
int
sock_listen_unix(const char *path, uid_t uid, gid_t gid, mode_t mode)
{
	char tmp[sizeof(((struct sockaddr_un *)NULL)->sun_path)];
	int  dir, fd, len;

	if (path[0] == '\0') {
		log_warnx("a socket needs a name");
		return -1;
	}
	if (check_free(path) == -1)
		return -1;
	len = snprintf(tmp, sizeof(tmp), "%s" TMP_DIR, path);
	if (len < 0 || (size_t)len >= sizeof(tmp) - sizeof("/" TMP_NAME)) {
		log_warnx("%s: too long for a socket", path);
		return -1;
	}
	if (mkdtemp(tmp) == NULL) {
		log_warn("%s", path);
		return -1;
	}
	dir = open(tmp, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (dir == -1) {
		log_warn("%s", tmp);
		(void)rmdir(tmp);
		return -1;
	}
	fd = check_own(dir, tmp) == -1 ?
	    -1 :
	    bind_in(dir, tmp, path, uid, gid, mode);
	close(dir);
	if (rmdir(tmp) == -1)
		log_warn("%s", tmp);
	return fd;
}

/*
 * How a system shares new connections out among the sockets of one port; 0
 * where it cannot.
 */
#if defined(SO_REUSEPORT_LB)
#define SHARING SO_REUSEPORT_LB
#elif defined(__linux__)
#define SHARING SO_REUSEPORT
#else
#define SHARING 0
#endif

static int
set_on(int fd, int level, int option)
{
	int on = 1;

	return setsockopt(fd, level, option, &on, sizeof(on));
}

/*
 * A TCP socket that is bound.  sharing: an option more, or 0.  -1: errno says
 * why.
 */
static int
bind_inet(const struct addr *a, uint16_t port, int sharing)
{
	struct sockaddr_storage ss;
	socklen_t		len;
	int			fd, saved;

	if ((len = (socklen_t)addr_to_sockaddr(a, port, &ss)) == 0) {
		errno = EADDRNOTAVAIL;
		return -1;
	}
	fd =
	    socket(ss.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd == -1)
		return -1;
	if (set_on(fd, SOL_SOCKET, SO_REUSEADDR) == -1 ||
	    (sharing != 0 && set_on(fd, SOL_SOCKET, sharing) == -1) ||
	    /* :: is not 0.0.0.0 as well, whatever the system's default */
	    (a->family == ADDR_IPV6 &&
		set_on(fd, IPPROTO_IPV6, IPV6_V6ONLY) == -1) ||
	    bind(fd, (struct sockaddr *)&ss, len) == -1) {
		saved = errno;
		close(fd);
		errno = saved;
		return -1;
	}
	return fd;
}

/* errno says why the one cannot be had. */
static void
say_inet(const struct addr *a, uint16_t port)
{
	char text[ADDR_LEN];

	if (a->family == ADDR_NONE)
		log_warnx("no address to listen on");
	else
		log_warn("%s port %u", addr_print(a, text), port);
}

int
sock_listen_inet(const struct addr *a, uint16_t port)
{
	int fd;

	if ((fd = bind_inet(a, port, 0)) == -1 || listen(fd, BACKLOG) == -1) {
		say_inet(a, port);
		if (fd != -1)
			close(fd);
		return -1;
	}
	return fd;
}

uint16_t
sock_port(int fd)
{
	struct sockaddr_storage ss;
	struct sockaddr_in	sin;
	struct sockaddr_in6	sin6;
	socklen_t		len = sizeof(ss);

	memset(&ss, 0, sizeof(ss));
	if (getsockname(fd, (struct sockaddr *)&ss, &len) == -1)
		return 0;
	if (ss.ss_family == AF_INET) {
		memcpy(&sin, &ss, sizeof(sin));
		return ntohs(sin.sin_port);
	}
	memcpy(&sin6, &ss, sizeof(sin6));
	return ss.ss_family == AF_INET6 ? ntohs(sin6.sin6_port) : 0;
}

int
sock_free_inet(const struct addr *a, uint16_t port)
{
	int fd;

	if ((fd = bind_inet(a, port, 0)) == -1) {
		say_inet(a, port);
		return -1;
	}
	close(fd);
	return 0;
}

/*
 * Others have these sockets, too: one that is not itself any more could have
 * shut them, or made them wait.
 */
static int
mend(int fd)
{
	int flags;

	if ((flags = fcntl(fd, F_GETFL)) == -1 ||
	    fcntl(fd, F_SETFL, flags | O_NONBLOCK) == -1)
		return -1;
	return listen(fd, CROWD_BACKLOG);
}

int
sock_listen_crowd(const struct addr *a, uint16_t port, int fds[], size_t have,
    size_t n)
{
	size_t i;

	if (SHARING == 0 && n > 1)
		n = 1;
	if (have > 0)
		port = sock_port(fds[0]);
	for (i = 0; i < have; i++)
		if (mend(fds[i]) == -1) {
			say_inet(a, port);
			return -1;
		}
	for (i = have; i < n; i++) {
		fds[i] = bind_inet(a, port, SHARING);
		/* Those that are accepted inherit it: one call less for each. */
		if (fds[i] == -1 ||
		    set_on(fds[i], IPPROTO_TCP, TCP_NODELAY) == -1 ||
		    listen(fds[i], CROWD_BACKLOG) == -1) {
			say_inet(a, port);
			if (fds[i] != -1)
				close(fds[i]);
			break;
		}
		if (i == 0)
			port = sock_port(fds[0]);
	}
	if (i >= n)
		return (int)(have > n ? have : n);
	while (i-- > have)
		close(fds[i]);
	return -1;
}

/* PATH.XXXXXX/.s was renamed to PATH. */
static void
unix_name(const struct sockaddr_un *sun, char buf[SOCK_NAME_LEN])
{
	static const char tail[] = "/" TMP_NAME;
	size_t		  len;

	len = strnlen(sun->sun_path, sizeof(sun->sun_path));
	if (len > TMP_TAIL && sun->sun_path[len - TMP_TAIL] == '.' &&
	    memcmp(sun->sun_path + len - (sizeof(tail) - 1), tail,
		sizeof(tail) - 1) == 0)
		len -= TMP_TAIL;
	snprintf(buf, SOCK_NAME_LEN, "%.*s", (int)len, sun->sun_path);
}

const char *
sock_name(int fd, char buf[SOCK_NAME_LEN])
{
	struct sockaddr_storage ss;
	struct sockaddr_un	sun;
	struct addr		a;
	char			text[ADDR_LEN];
	socklen_t		len = sizeof(ss);

	strlcpy(buf, "unknown", SOCK_NAME_LEN);
	memset(&ss, 0, sizeof(ss));
	if (getsockname(fd, (struct sockaddr *)&ss, &len) == -1)
		return buf;
	if (ss.ss_family == AF_UNIX) {
		memcpy(&sun, &ss, sizeof(sun));
		unix_name(&sun, buf);
		return buf;
	}
	if (addr_from_sockaddr(&a, (struct sockaddr *)&ss) == -1)
		return buf;
	snprintf(buf, SOCK_NAME_LEN, "%s port %u", addr_print(&a, text),
	    sock_port(fd));
	return buf;
}

unsigned long
sock_raise_files(unsigned long wanted)
{
	struct rlimit rl;
	rlim_t	      was;

	if (getrlimit(RLIMIT_NOFILE, &rl) == -1) {
		log_warn("getrlimit");
		return 0;
	}
	was = rl.rlim_cur;
	if (was != RLIM_INFINITY && was < wanted) {
		rl.rlim_cur =
		    rl.rlim_max == RLIM_INFINITY || rl.rlim_max > wanted ?
		    wanted :
		    rl.rlim_max;
		if (setrlimit(RLIMIT_NOFILE, &rl) == -1) {
			log_warn("setrlimit");
			rl.rlim_cur = was;
		}
	}
	return (unsigned long)rl.rlim_cur;
}

unsigned long
sock_need_files(unsigned long needed)
{
	struct rlimit rl;

	if (getrlimit(RLIMIT_NOFILE, &rl) == -1) {
		log_warn("getrlimit");
		return 0;
	}
	if (rl.rlim_max != RLIM_INFINITY && rl.rlim_max < needed) {
		rl.rlim_max = needed;
		/* Root may be kept from it, by a container say. */
		(void)setrlimit(RLIMIT_NOFILE, &rl);
	}
	return sock_raise_files(needed);
}
