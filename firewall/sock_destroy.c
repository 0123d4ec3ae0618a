/* SPDX-License-Identifier: ISC */
#include "sock_destroy.h"

#include <sys/types.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <unistd.h>

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "backend.h"

#define WAIT_SECONDS 10

/* Whoever has a peer: not those that listen, nor what only waits to end. */
#define STATES                                              \
	((1U << TCP_ESTABLISHED) | (1U << TCP_SYN_RECV) |   \
	    (1U << TCP_FIN_WAIT1) | (1U << TCP_FIN_WAIT2) | \
	    (1U << TCP_CLOSE_WAIT) | (1U << TCP_LAST_ACK) | \
	    (1U << TCP_CLOSING))

struct request {
	struct nlmsghdr		head;
	struct inet_diag_req_v2 diag;
};

/* The sockets to end: first all are found, then each is ended. */
struct victims {
	struct inet_diag_req_v2 *victim;
	size_t			 n, room;
};

struct choice {
	const uint16_t		  *ports;
	size_t			   nports;
	const struct firewall_set *gone, *keep, *own;
	struct victims		   victims;
};

static int
ask(int fd, uint16_t type, uint16_t flags, const struct inet_diag_req_v2 *diag)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct request	   r;

	memset(&r, 0, sizeof(r));
	r.head.nlmsg_len = sizeof(r);
	r.head.nlmsg_type = type;
	r.head.nlmsg_flags = NLM_F_REQUEST | flags;
	r.diag = *diag;
	if (sendto(fd, &r, sizeof(r), 0, (struct sockaddr *)&kernel,
		sizeof(kernel)) == -1)
		return -1;
	return 0;
}

static int
peer_of(struct addr *a, const struct inet_diag_msg *m)
{
	struct sockaddr_in6 sin6 = { .sin6_family = AF_INET6 };
	struct sockaddr_in  sin = { .sin_family = AF_INET };

	if (m->idiag_family == AF_INET) {
		memcpy(&sin.sin_addr, m->id.idiag_dst, sizeof(sin.sin_addr));
		return addr_from_sockaddr(a, (struct sockaddr *)&sin);
	}
	/* An IPv4 peer of an IPv6 socket is folded. */
	memcpy(&sin6.sin6_addr, m->id.idiag_dst, sizeof(sin6.sin6_addr));
	return addr_from_sockaddr(a, (struct sockaddr *)&sin6);
}

static int
is_victim(const struct choice *c, const struct inet_diag_msg *m)
{
	struct addr peer;
	size_t	    i;

	for (i = 0; i < c->nports; i++) {
		if (ntohs(m->id.idiag_sport) == c->ports[i])
			break;
	}
	return i < c->nports && m->id.idiag_dport != 0 &&
	    peer_of(&peer, m) == 0 && firewall_set_contains(c->gone, &peer) &&
	    !firewall_set_contains(c->keep, &peer) &&
	    !firewall_set_contains(c->own, &peer);
}

static int
remember(struct victims *v, const struct inet_diag_msg *m)
{
	struct inet_diag_req_v2 *grown;
	size_t			 room;

	if (v->n == v->room) {
		room = v->room == 0 ? 64 : v->room * 2;
		grown = realloc(v->victim, room * sizeof(*grown));
		if (grown == NULL)
			return -1;
		v->victim = grown;
		v->room = room;
	}
	memset(&v->victim[v->n], 0, sizeof(v->victim[v->n]));
	v->victim[v->n].sdiag_family = m->idiag_family;
	v->victim[v->n].sdiag_protocol = IPPROTO_TCP;
	v->victim[v->n].idiag_states = UINT32_MAX;
	v->victim[v->n].id = m->id;
	v->n++;
	return 0;
}

/* The error that a message carries, 0 for none; it is aligned by netlink. */
static int
error_of(struct nlmsghdr *head)
{
	struct nlmsgerr e;

	if (head->nlmsg_len < NLMSG_LENGTH(sizeof(e)))
		return EBADMSG;
	memcpy(&e, NLMSG_DATA(head), sizeof(e));
	return -e.error;
}

/* One datagram of the answer.  1: more comes; 0: done; -1 with errno. */
static int
read_some(int fd, struct choice *c)
{
	union {
		struct nlmsghdr head;
		char		data[32768];
	} buf;
	struct inet_diag_msg m;
	struct nlmsghdr	    *head;
	ssize_t		     n;
	size_t		     left;

	if ((n = recv(fd, &buf, sizeof(buf), 0)) == -1)
		return errno == EINTR ? 1 : -1;
	left = (size_t)n;
	for (head = &buf.head; NLMSG_OK(head, left);
	     head = NLMSG_NEXT(head, left)) {
		if (head->nlmsg_type == NLMSG_DONE)
			return 0;
		if (head->nlmsg_type == NLMSG_ERROR) {
			errno = error_of(head);
			return errno == 0 ? 0 : -1;
		}
		if (head->nlmsg_len < NLMSG_LENGTH(sizeof(m)))
			continue;
		memcpy(&m, NLMSG_DATA(head), sizeof(m));
		if (is_victim(c, &m) && remember(&c->victims, &m) == -1)
			return -1;
	}
	return 1;
}

static int
find(int fd, struct choice *c, int family)
{
	struct inet_diag_req_v2 all;
	int			ret;

	memset(&all, 0, sizeof(all));
	all.sdiag_family = (uint8_t)family;
	all.sdiag_protocol = IPPROTO_TCP;
	all.idiag_states = STATES;
	if (ask(fd, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, &all) == -1)
		return -1;
	while ((ret = read_some(fd, c)) == 1)
		continue;
	/* A kernel without IPv6 has no such sockets. */
	return ret == -1 && errno == ENOENT && family == AF_INET6 ? 0 : ret;
}

/* 0, or what is wrong; a socket that has gone by itself is no error. */
static int
end_one(int fd, const struct inet_diag_req_v2 *victim, size_t *ended)
{
	union {
		struct nlmsghdr head;
		char		data[4096];
	} buf;
	ssize_t n;
	int	error;

	if (ask(fd, SOCK_DESTROY, NLM_F_ACK, victim) == -1)
		return errno;
	while ((n = recv(fd, &buf, sizeof(buf), 0)) == -1) {
		if (errno != EINTR)
			return errno;
	}
	if (!NLMSG_OK(&buf.head, (size_t)n) ||
	    buf.head.nlmsg_type != NLMSG_ERROR)
		return EBADMSG;
	error = error_of(&buf.head);
	if (error == 0)
		(*ended)++;
	return error == ENOENT || error == ENOTCONN ? 0 : error;
}

static enum firewall_result
explain(int error, char why[FIREWALL_WHY_LEN])
{
	switch (error) {
	case EOPNOTSUPP:
	case EPROTONOSUPPORT:
	case EINVAL: /* how a kernel of before Linux 4.5 puts it */
	case ENOENT:
		return firewall_why(why, FIREWALL_DONE,
		    "this kernel cannot end sessions (INET_DIAG_DESTROY): "
		    "the firewall cuts them, the server notices later");
	case EPERM:
	case EACCES:
		return firewall_why(why, FIREWALL_DENIED, "ending sessions: %s",
		    strerror(error));
	default:
		return firewall_why(why, FIREWALL_FAILED, "ending sessions: %s",
		    strerror(error));
	}
}

enum firewall_result
sock_destroy(const uint16_t *ports, size_t nports,
    const struct firewall_set *gone, const struct firewall_set *keep,
    const struct firewall_set *own, size_t *ended, char why[FIREWALL_WHY_LEN])
{
	static const struct timeval wait = { .tv_sec = WAIT_SECONDS };
	struct choice		    c = { .ports = ports,
			      .nports = nports,
			      .gone = gone,
			      .keep = keep,
			      .own = own };
	size_t			    i;
	int			    error = 0, fd, one;

	fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	if (fd == -1)
		return explain(errno, why);
	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)) ==
		-1 ||
	    find(fd, &c, AF_INET) == -1 || find(fd, &c, AF_INET6) == -1)
		error = errno;
	for (i = 0; error == 0 && i < c.victims.n; i++) {
		/* One that cannot be ended does not save the others. */
		if ((one = end_one(fd, &c.victims.victim[i], ended)) != 0)
			error = one;
	}
	free(c.victims.victim);
	close(fd);
	return error == 0 ? FIREWALL_DONE : explain(error, why);
}
