/* SPDX-License-Identifier: ISC */
#include "reach.h"

#include <sys/socket.h>

#include <unistd.h>

#define DNS_PORT 53

/* Of a root server: any public address would do. */
#define SOME_IPV4 "192.33.4.12"
#define SOME_IPV6 "2001:500:2::c"

int
reach(enum addr_family family)
{
	struct sockaddr_storage ss;
	struct addr		addr;
	socklen_t		len;
	int			fd, ret;

	if (addr_parse(&addr, family == ADDR_IPV4 ? SOME_IPV4 : SOME_IPV6) ==
	    -1)
		return 0;
	len = (socklen_t)addr_to_sockaddr(&addr, DNS_PORT, &ss);
	fd = socket(ss.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd == -1)
		return 0;
	/* Of a datagram socket this chooses a route, and no more. */
	ret = connect(fd, (struct sockaddr *)&ss, len) == 0;
	close(fd);
	return ret;
}
