/* SPDX-License-Identifier: ISC */
#include <sys/socket.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "listener.h"
#include "log.h"
#include "sock.h"

int
listener_likeness(int fd, const char *dir, char *conn, size_t connsize,
    char *path, size_t pathsize)
{
	struct sockaddr_storage ss;
	socklen_t		len = sizeof(ss);
	int			n;

	path[0] = '\0';
	if (getsockname(fd, (struct sockaddr *)&ss, &len) == -1) {
		log_warn("getsockname");
		return -1;
	}
	if (ss.ss_family == AF_INET)
		n = snprintf(conn, connsize, "inet:0@127.0.0.1");
	else if (ss.ss_family == AF_INET6)
		n = snprintf(conn, connsize, "inet6:0@::1");
	else {
		snprintf(path, pathsize, "%s/milter.%ld", dir, (long)getpid());
		n = snprintf(conn, connsize, "unix:%s", path);
	}
	if (n < 0 || (size_t)n >= connsize) {
		log_warnx("%s: too long", dir);
		return -1;
	}
	return 0;
}

int
listener_next_number(void)
{
	int fd;

	if ((fd = open("/dev/null", O_RDONLY | O_CLOEXEC)) == -1)
		log_warn("/dev/null");
	else
		close(fd);
	return fd;
}

/* It becomes blocking, as the library's own would be. */
int
listener_replace(int fd, int theirs)
{
	socklen_t len = sizeof(int);
	int	  flags, listening = 0;

	if (getsockopt(theirs, SOL_SOCKET, SO_ACCEPTCONN, &listening, &len) ==
		-1 ||
	    !listening) {
		log_warnx("libmilter's socket is not where it should be");
		return -1;
	}
	if ((flags = fcntl(fd, F_GETFL)) == -1 ||
	    fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) == -1 ||
	    dup2(fd, theirs) == -1 ||
	    fcntl(theirs, F_SETFD, FD_CLOEXEC) == -1) {
		log_warn("libmilter's socket");
		return -1;
	}
	close(fd);
	return 0;
}

int
listener_connect(int fd)
{
	struct sockaddr_storage ss;
	socklen_t		len = sizeof(ss);
	char			path[SOCK_NAME_LEN];
	int			own, saved;

	if (getsockname(fd, (struct sockaddr *)&ss, &len) == -1)
		return -1;
	if (ss.ss_family == AF_UNIX)
		return sock_connect_unix(sock_name(fd, path), 1);
	own =
	    socket(ss.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (own == -1)
		return -1;
	if (connect(own, (struct sockaddr *)&ss, len) == 0 ||
	    errno == EINPROGRESS)
		return own;
	saved = errno;
	close(own);
	errno = saved;
	return -1;
}
