/* SPDX-License-Identifier: ISC */
/*
 * Addresses that nothing may ever block, each with its reason, and where the
 * live machine says which they are: protect.h puts it together.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include <stddef.h>

#include "addr.h"

/* In the order in which the reason is told. */
enum machine_why {
	MACHINE_LOOPBACK,
	MACHINE_OWN,
	MACHINE_GATEWAY,
	MACHINE_RESOLVER,
	MACHINE_FILE,  /* protect { } */
	MACHINE_LEASE, /* imapgate's */
	MACHINE_WHYS
};

struct machine_item {
	struct prefix	 prefix;
	enum machine_why why;
};

/* A plain value that starts as zeros. */
struct machine {
	struct machine_item *items;
	size_t		     n;
};

void machine_free(struct machine *);
/* 0, or -1 with errno: out of memory. */
int machine_add(struct machine *, const struct prefix *, enum machine_why);
int machine_add_addr(struct machine *, const struct addr *, enum machine_why);

/* Each is 0, or -1 with the reason logged. */
int machine_own(struct machine *);	 /* getifaddrs(3) */
int machine_gateways(struct machine *);	 /* protect_linux.c and so on */
int machine_resolvers(struct machine *); /* resolv.conf(5) */
/* fn for each line of a small file; one that is not there has none. */
int machine_lines(int at, const char		 *path,
    int (*fn)(void *arg, const char *line), void *arg);

/*
 * Pure.  A line of resolv.conf(5): a server's address.  0, or -1: no such
 * line.
 */
int machine_parse_resolver(const char *line, struct addr *);

#endif /* MACHINE_H */
