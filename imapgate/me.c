/* SPDX-License-Identifier: ISC */
#include "me.h"

#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>

#include <fcntl.h>
#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ANCESTORS 64
#define FILES	  64 /* descriptors of sshd that are looked at */

/* Decimal digits up to the end or a space. */
static int
is_port(const char *s)
{
	size_t len = strspn(s, "0123456789");

	return len > 0 && len <= 5 && (s[len] == ' ' || s[len] == '\0');
}

int
me_parse(struct addr *addr, const char *value)
{
	char   text[ADDR_LEN];
	size_t len = strcspn(value, " ");

	if (len >= sizeof(text) || value[len] != ' ' ||
	    !is_port(value + len + 1))
		return -1;
	memcpy(text, value, len);
	/* sshd writes the zone of a link-local address: no use elsewhere. */
	text[len] = '\0';
	return addr_parse(addr, text);
}

/* The address of eight or 32 hexadecimal digits, each word in host order. */
static int
parse_hex(struct addr *addr, const char *text, size_t len)
{
	struct sockaddr_in  sin = { .sin_family = AF_INET };
	struct sockaddr_in6 sin6 = { .sin6_family = AF_INET6 };
	uint32_t	    word[4];
	size_t		    i;

	if ((len != 8 && len != 32) ||
	    strspn(text, "0123456789ABCDEFabcdef") != len)
		return -1;
	for (i = 0; i < len / 8; i++)
		if (sscanf(text + 8 * i, "%8" SCNx32, &word[i]) != 1)
			return -1;
	if (len == 8) {
		memcpy(&sin.sin_addr, word, 4);
		return addr_from_sockaddr(addr, (struct sockaddr *)&sin);
	}
	memcpy(&sin6.sin6_addr, word, 16);
	return addr_from_sockaddr(addr, (struct sockaddr *)&sin6);
}

/*
 *   0: 0100007F:1F90 0200007F:C350 01 00000000:00000000 00:00000000 00000000
 *     0        0 12345 ...
 * Number, our address, theirs, state, queues, timer, retransmits, uid,
 * timeout, inode.
 */
int
me_parse_tcp(struct addr *addr, const char *line, unsigned long inode)
{
	char	      peer[40], state[3];
	unsigned long n;
	size_t	      len;

	if (sscanf(line,
		" %*[0-9]: %*[0-9A-Fa-f:] %39[0-9A-Fa-f:] %2s %*s %*s %*s "
		"%*u %*u %lu",
		peer, state, &n) != 3 ||
	    n != inode || strcmp(state, "01") != 0)
		return -1;
	len = strcspn(peer, ":");
	if (peer[len] == '\0')
		return -1;
	peer[len] = '\0';
	return parse_hex(addr, peer, len);
}

/* A file of /proc/PID.  How much there is, with a NUL behind it, or -1. */
static ssize_t
read_proc(pid_t pid, const char *name, char *buf, size_t size)
{
	char	path[64];
	ssize_t n, len = 0;
	int	fd;

	snprintf(path, sizeof(path), "/proc/%ld/%s", (long)pid, name);
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return -1;
	while ((size_t)len < size - 1 &&
	    (n = read(fd, buf + len, size - 1 - (size_t)len)) > 0)
		len += n;
	close(fd);
	buf[len] = '\0';
	return len;
}

static pid_t
parent_of(pid_t pid)
{
	char  buf[4096];
	char *p;

	if (read_proc(pid, "status", buf, sizeof(buf)) == -1 ||
	    (p = strstr(buf, "\nPPid:")) == NULL)
		return 0;
	return (pid_t)strtol(p + 6, NULL, 10);
}

/* Does the name of the program that it runs begin so? */
static int
is_program(pid_t pid, const char *begin)
{
	char	path[64], exe[512];
	char   *name;
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%ld/exe", (long)pid);
	if ((n = readlink(path, exe, sizeof(exe) - 1)) <= 0)
		return 0;
	exe[n] = '\0';
	name = strrchr(exe, '/');
	return name != NULL && strncmp(name + 1, begin, strlen(begin)) == 0;
}

/* "/usr/sbin/sshd", or of late "/usr/lib/openssh/sshd-session". */
static int
is_sshd(pid_t pid)
{
	return is_program(pid, "sshd");
}

/* The peer of a process's TCP socket. */
static int
peer_of(struct addr *addr, pid_t pid, unsigned long inode)
{
	static const char *const files[] = { "tcp", "tcp6" };
	char			 path[64], line[512];
	FILE			*fp;
	size_t			 i;
	int			 ret = -1;

	for (i = 0; i < 2 && ret == -1; i++) {
		snprintf(path, sizeof(path), "/proc/%ld/net/%s", (long)pid,
		    files[i]);
		if ((fp = fopen(path, "re")) == NULL)
			continue;
		while (ret == -1 && fgets(line, sizeof(line), fp) != NULL)
			ret = me_parse_tcp(addr, line, inode);
		fclose(fp);
	}
	return ret;
}

/*
 * The session's own connection is the first that sshd has; those that it
 * forwards come later, and get higher descriptors.
 */
static int
first_peer(struct addr *addr, pid_t pid)
{
	char	      path[64], link[64];
	unsigned long inode;
	ssize_t	      n;
	int	      fd;

	for (fd = 0; fd < FILES; fd++) {
		snprintf(path, sizeof(path), "/proc/%ld/fd/%d", (long)pid, fd);
		if ((n = readlink(path, link, sizeof(link) - 1)) <= 0)
			continue;
		link[n] = '\0';
		if (sscanf(link, "socket:[%lu]", &inode) == 1 &&
		    peer_of(addr, pid, inode) == 0)
			return 0;
	}
	return -1;
}

/* The peer of the sshd that we descend from. */
static int
from_sshd(struct addr *addr)
{
	pid_t pid = getpid();
	int   i;

	for (i = 0; i < ANCESTORS && pid > 1; i++, pid = parent_of(pid))
		if (is_sshd(pid) && first_peer(addr, pid) == 0)
			return 0;
	return -1;
}

const char *
me_find(struct addr *addr)
{
	const char *value = getenv(ME_ENV);

	if (value != NULL && me_parse(addr, value) == 0)
		return NULL;
	if (value == NULL && from_sshd(addr) == 0)
		return NULL;
	if (value != NULL)
		return ME_ENV " is not what sshd writes: give the address";
	return "the peer of your SSH session is not known, there is no " ME_ENV
	       ": give the address, or keep the variable: in doas.conf \"permit "
	       "setenv { " ME_ENV
	       " } ...\", in sudoers \"Defaults env_keep += " ME_ENV "\"";
}

/* doas(1) and sudo(8) keep no other variable than they are told to. */
const char *
me_outlives(void)
{
	static const char *const names[] = { "tmux", "screen" };
	pid_t			 pid;
	size_t			 n;
	int			 i;

	if (getenv(ME_ENV) == NULL)
		return NULL;
	if (getenv("TMUX") != NULL)
		return "tmux";
	if (getenv("STY") != NULL)
		return "screen";
	for (i = 0, pid = getpid(); i < ANCESTORS && pid > 1;
	     i++, pid = parent_of(pid))
		for (n = 0; n < sizeof(names) / sizeof(names[0]); n++)
			if (is_program(pid, names[n]))
				return names[n];
	return NULL;
}

const char *
me_who(char *buf, size_t size)
{
	static const char *const names[] = { "DOAS_USER", "SUDO_USER" };
	const struct passwd	*pw;
	const char		*name;
	size_t			 i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if ((name = getenv(names[i])) != NULL && name[0] != '\0') {
			strlcpy(buf, name, size);
			return buf;
		}
	if ((pw = getpwuid(getuid())) != NULL)
		strlcpy(buf, pw->pw_name, size);
	else
		snprintf(buf, size, "%lu", (unsigned long)getuid());
	return buf;
}
