/* SPDX-License-Identifier: ISC */
#include <fcntl.h>

#include "machine.h"

static int
add_gateway(void *arg, const char *line)
{
	struct addr addr;

	if (machine_parse_route(line, &addr) == -1)
		return 0;
	return machine_add_addr(arg, &addr, MACHINE_GATEWAY);
}

static int
add_gateway6(void *arg, const char *line)
{
	struct addr addr;

	if (machine_parse_route6(line, &addr) == -1)
		return 0;
	return machine_add_addr(arg, &addr, MACHINE_GATEWAY);
}

/* A kernel without IPv6 has no second file. */
int
machine_gateways(struct machine *m)
{
	if (machine_lines(AT_FDCWD, "/proc/net/route", add_gateway, m) == -1)
		return -1;
	return machine_lines(AT_FDCWD, "/proc/net/ipv6_route", add_gateway6, m);
}
