/* SPDX-License-Identifier: ISC */
/*
 * What OpenBSD's <net/route.h> and <sys/socket.h> have and others do not, so
 * that protect_openbsd.c can be checked elsewhere:
 *
 *	cc -fsyntax-only -Itests/openbsd -Ilists -Ibase lists/protect_openbsd.c
 */
#ifndef OPENBSD_NET_ROUTE_H
#define OPENBSD_NET_ROUTE_H

#include <sys/types.h>

/* Of that type, more or less. */
#define sa_len sa_family

#define RTM_VERSION 5
#define RTF_UP	    0x1
#define RTF_GATEWAY 0x2

#define RTAX_DST     0
#define RTAX_GATEWAY 1
#define RTAX_NETMASK 2
#define RTAX_MAX     15

struct rt_msghdr {
	u_short	      rtm_msglen;
	unsigned char rtm_version;
	unsigned char rtm_type;
	u_short	      rtm_hdrlen;
	u_short	      rtm_index;
	u_short	      rtm_tableid;
	unsigned char rtm_priority;
	unsigned char rtm_mpls;
	int	      rtm_addrs;
	int	      rtm_flags;
};

int getrtable(void);

#endif /* OPENBSD_NET_ROUTE_H */
