/* SPDX-License-Identifier: ISC */
/*
 * The routes of all tables, by rtnetlink(7): /proc/net/route has those of one
 * table only, and of several gateways of one route the first.
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "machine.h"

#define TRIES	     5
#define WAIT_SECONDS 5

/* Attributes one behind the other, as netlink(7) aligns them. */
struct attrs {
	const unsigned char *p;
	size_t		     len;
};

/* The next one, its value in *v.  Its type, or -1: there is none. */
static int
attr_next(struct attrs *a, struct attrs *v)
{
	struct rtattr head;
	size_t	      whole;

	if (a->len < sizeof(head))
		return -1;
	memcpy(&head, a->p, sizeof(head));
	if (head.rta_len < RTA_LENGTH(0) || head.rta_len > a->len)
		return -1;
	v->p = a->p + RTA_LENGTH(0);
	v->len = head.rta_len - RTA_LENGTH(0);
	whole = RTA_ALIGN(head.rta_len);
	if (whole > a->len)
		whole = a->len;
	a->p += whole;
	a->len -= whole;
	return head.rta_type & NLA_TYPE_MASK;
}

static int
add(struct machine *m, int family, const unsigned char *octets, size_t len)
{
	struct addr a;
	size_t	    want = family == AF_INET ? 4 : 16;

	if ((family != AF_INET && family != AF_INET6) || len != want)
		return 0;
	memset(&a, 0, sizeof(a));
	a.family = family == AF_INET ? ADDR_IPV4 : ADDR_IPV6;
	memcpy(a.octets, octets, want);
	return machine_add_addr(m, &a, MACHINE_GATEWAY);
}

/* A gateway, or one of the other family. */
static int
add_via(struct machine *m, int family, int type, const struct attrs *v)
{
	uint16_t via;

	if (type == RTA_GATEWAY)
		return add(m, family, v->p, v->len);
	if (type != RTA_VIA || v->len < sizeof(via))
		return 0;
	memcpy(&via, v->p, sizeof(via));
	return add(m, via, v->p + sizeof(via), v->len - sizeof(via));
}

/* One of several ways of a route. */
static int
add_hop(struct machine *m, int family, struct attrs hop)
{
	struct attrs v;
	int	     type, ret = 0;

	while (ret == 0 && (type = attr_next(&hop, &v)) != -1)
		ret = add_via(m, family, type, &v);
	return ret;
}

static int
add_hops(struct machine *m, int family, struct attrs hops)
{
	struct rtnexthop head;
	struct attrs	 one;
	size_t		 whole;
	int		 ret = 0;

	while (ret == 0 && hops.len >= sizeof(head)) {
		memcpy(&head, hops.p, sizeof(head));
		if (head.rtnh_len < RTNH_LENGTH(0) || head.rtnh_len > hops.len)
			break;
		one.p = hops.p + RTNH_LENGTH(0);
		one.len = head.rtnh_len - RTNH_LENGTH(0);
		ret = add_hop(m, family, one);
		whole = RTNH_ALIGN(head.rtnh_len);
		if (whole > hops.len)
			break;
		hops.p += whole;
		hops.len -= whole;
	}
	return ret;
}

static int
add_route(struct machine *m, const unsigned char *p, size_t len)
{
	struct rtmsg rtm;
	struct attrs all, v;
	int	     type, ret = 0;

	if (len < NLMSG_ALIGN(sizeof(rtm)))
		return 0;
	memcpy(&rtm, p, sizeof(rtm));
	if (rtm.rtm_dst_len != 0 || rtm.rtm_type != RTN_UNICAST)
		return 0;
	all.p = p + NLMSG_ALIGN(sizeof(rtm));
	all.len = len - NLMSG_ALIGN(sizeof(rtm));
	while (ret == 0 && (type = attr_next(&all, &v)) != -1)
		ret = type == RTA_MULTIPATH ?
		    add_hops(m, rtm.rtm_family, v) :
		    add_via(m, rtm.rtm_family, type, &v);
	return ret;
}

/* One message of the answer.  1: more comes; 0: it was the last; -1: errno. */
static int
take(struct machine *m, struct nlmsghdr *head, int *changed)
{
	int error = 0;

	if (head->nlmsg_flags & NLM_F_DUMP_INTR)
		*changed = 1;
	if (head->nlmsg_len >= NLMSG_LENGTH(sizeof(error)))
		memcpy(&error, NLMSG_DATA(head), sizeof(error));
	switch (head->nlmsg_type) {
	case NLMSG_DONE: /* which may tell that it was cut short */
		if (error >= 0)
			return 0;
		errno = -error;
		return -1;
	case NLMSG_ERROR:
		errno = error < 0 ? -error : EBADMSG;
		return -1;
	case RTM_NEWROUTE:
		return add_route(m, NLMSG_DATA(head),
			   head->nlmsg_len - NLMSG_LENGTH(0)) == -1 ?
		    -1 :
		    1;
	default:
		return 1;
	}
}

static int
read_some(int fd, struct machine *m, int *changed)
{
	union {
		struct nlmsghdr head;
		char		data[32768];
	} buf;
	struct nlmsghdr *head;
	ssize_t		 n;
	size_t		 left;
	int		 ret = 1;

	if ((n = recv(fd, &buf, sizeof(buf), MSG_TRUNC)) == -1)
		return errno == EINTR ? 1 : -1;
	if ((size_t)n > sizeof(buf)) {
		errno = EMSGSIZE;
		return -1;
	}
	/* Else NLMSG_NEXT() could make it less than nothing. */
	left = (size_t)n / NLMSG_ALIGNTO * NLMSG_ALIGNTO;
	for (head = &buf.head; ret == 1 && NLMSG_OK(head, left);
	     head = NLMSG_NEXT(head, left))
		ret = take(m, head, changed);
	return ret;
}

/* 0, or -1 with errno.  *changed: a table did meanwhile, and one may lack. */
static int
ask(struct machine *m, int *changed)
{
	static const struct timeval wait = { .tv_sec = WAIT_SECONDS };
	struct sockaddr_nl	    kernel = { .nl_family = AF_NETLINK };
	struct {
		struct nlmsghdr head;
		struct rtmsg	rtm;
	} all;
	int fd, err, ret = -1;

	memset(&all, 0, sizeof(all));
	all.head.nlmsg_len = sizeof(all);
	all.head.nlmsg_type = RTM_GETROUTE;
	all.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	all.rtm.rtm_family = AF_UNSPEC; /* all that this kernel has */
	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (fd == -1)
		return -1;
	/* Only the kernel and root may send to such a socket. */
	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)) == 0 &&
	    sendto(fd, &all, sizeof(all), 0, (struct sockaddr *)&kernel,
		sizeof(kernel)) != -1)
		while ((ret = read_some(fd, m, changed)) == 1)
			continue;
	err = errno;
	close(fd);
	errno = err;
	return ret;
}

int
machine_gateways(struct machine *m)
{
	int i, changed = 1;

	/*
	 * What several tries find adds up.  Where routes never stand still,
	 * that has to do.
	 */
	for (i = 0; i < TRIES && changed; i++) {
		changed = 0;
		if (ask(m, &changed) == -1) {
			log_warn("the routes of this machine");
			return -1;
		}
	}
	return 0;
}
