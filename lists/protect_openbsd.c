/* SPDX-License-Identifier: ISC */
#include <sys/types.h>
#include <sys/socket.h>
#include <sys/sysctl.h>

#include <net/route.h>
#include <netinet/in.h>

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "machine.h"

#define TRIES 5

/* Addresses follow one another at multiples of a long. */
#define ROUND(n) \
	((n) > 0 ? 1 + (((size_t)(n)-1) | (sizeof(long) - 1)) : sizeof(long))

/* All routes of our table: bytes to be freed, or NULL with errno. */
static char *
dump(size_t *len)
{
	int   mib[] = { CTL_NET, PF_ROUTE, 0, AF_UNSPEC, NET_RT_DUMP, 0, 0 };
	char *buf = NULL, *grown;
	int   i;

	mib[6] = getrtable();
	/* It may grow between the two calls. */
	for (i = 0; i < TRIES; i++) {
		if (sysctl(mib, 7, NULL, len, NULL, 0) == -1)
			break;
		*len += *len / 8 + 1024;
		if ((grown = realloc(buf, *len)) == NULL)
			break;
		buf = grown;
		if (sysctl(mib, 7, buf, len, NULL, 0) == 0)
			return buf;
		if (errno != ENOMEM)
			break;
	}
	free(buf);
	return NULL;
}

/* The addresses of a message; NULL: it has no such one. */
static void
addresses(const struct rt_msghdr *rtm, const struct sockaddr *sa[RTAX_MAX])
{
	const char *p = (const char *)rtm + rtm->rtm_hdrlen;
	const char *end = (const char *)rtm + rtm->rtm_msglen;
	int	    i;

	memset(sa, 0, RTAX_MAX * sizeof(*sa));
	for (i = 0; i < RTAX_MAX && p < end; i++) {
		if ((rtm->rtm_addrs & (1 << i)) == 0)
			continue;
		sa[i] = (const void *)p;
		p += ROUND(sa[i]->sa_len);
		if (p > end)
			sa[i] = NULL;
	}
}

/* 0.0.0.0 or ::. */
static int
is_any(const struct sockaddr *sa)
{
	struct addr	     addr;
	static const uint8_t zeros[16];

	return addr_from_sockaddr(&addr, sa) == 0 &&
	    memcmp(addr.octets, zeros, sizeof(zeros)) == 0;
}

/* The mask of a default route has no bits, or no length at all. */
static int
is_empty(const struct sockaddr *sa)
{
	const uint8_t *p = (const void *)sa;
	size_t	       i, from;

	if (sa == NULL || sa->sa_len == 0)
		return 1;
	from = sa->sa_family == AF_INET6 ?
	    offsetof(struct sockaddr_in6, sin6_addr) :
	    offsetof(struct sockaddr_in, sin_addr);
	for (i = from; i < sa->sa_len; i++)
		if (p[i] != 0)
			return 0;
	return 1;
}

static int
add_route(struct machine *m, const struct rt_msghdr *rtm)
{
	const struct sockaddr *sa[RTAX_MAX];
	struct addr	       addr;

	if (rtm->rtm_version != RTM_VERSION ||
	    (rtm->rtm_flags & (RTF_UP | RTF_GATEWAY)) != (RTF_UP | RTF_GATEWAY))
		return 0;
	addresses(rtm, sa);
	if (sa[RTAX_DST] == NULL || !is_any(sa[RTAX_DST]) ||
	    !is_empty(sa[RTAX_NETMASK]) || sa[RTAX_GATEWAY] == NULL ||
	    addr_from_sockaddr(&addr, sa[RTAX_GATEWAY]) == -1)
		return 0;
	return machine_add_addr(m, &addr, MACHINE_GATEWAY);
}

int
machine_gateways(struct machine *m)
{
	const struct rt_msghdr *rtm;
	char		       *buf;
	size_t			len, at;
	int			ret = 0;

	if ((buf = dump(&len)) == NULL) {
		log_warn("the routes of this machine");
		return -1;
	}
	for (at = 0; at + sizeof(*rtm) <= len && ret == 0;
	     at += rtm->rtm_msglen) {
		rtm = (const void *)(buf + at);
		if (rtm->rtm_msglen < sizeof(*rtm) ||
		    rtm->rtm_msglen > len - at)
			break;
		ret = add_route(m, rtm);
	}
	if (ret == -1)
		log_warn("the routes of this machine");
	free(buf);
	return ret;
}
