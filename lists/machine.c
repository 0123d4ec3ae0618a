/* SPDX-License-Identifier: ISC */
#include "machine.h"

#include <sys/types.h>
#include <sys/socket.h>

#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "log.h"

#define LINE_SIZE 512
#define RESOLVERS "/etc/resolv.conf"

void
machine_free(struct machine *m)
{
	free(m->items);
	m->items = NULL;
	m->n = 0;
}

int
machine_add(struct machine *m, const struct prefix *p, enum machine_why why)
{
	struct machine_item *grown;

	/* By doubling, at powers of two. */
	if ((m->n & (m->n - 1)) == 0) {
		grown = reallocarray(m->items, m->n == 0 ? 1 : m->n * 2,
		    sizeof(*grown));
		if (grown == NULL)
			return -1;
		m->items = grown;
	}
	m->items[m->n].prefix = *p;
	m->items[m->n++].why = why;
	return 0;
}

int
machine_add_addr(struct machine *m, const struct addr *a, enum machine_why why)
{
	static const struct prefix link = { .addr = { .family = ADDR_IPV6,
						.octets = { 0xfe, 0x80 } },
		.bits = 10 };
	struct prefix		   p;

	p = prefix_around(a, a->family == ADDR_IPV4 ? 32 : 128);
	/* Kernels of BSD keep the scope in the second word. */
	if (prefix_contains(&link, a))
		p.addr.octets[2] = p.addr.octets[3] = 0;
	return machine_add(m, &p, why);
}

/* Each address alone: neighbours are as good or bad as anybody. */
int
machine_own(struct machine *m)
{
	struct ifaddrs *all, *i;
	struct addr	addr;
	int		ret = 0;

	if (getifaddrs(&all) == -1) {
		log_warn("the addresses of this machine");
		return -1;
	}
	for (i = all; i != NULL && ret == 0; i = i->ifa_next) {
		if (i->ifa_addr == NULL ||
		    addr_from_sockaddr(&addr, i->ifa_addr) == -1)
			continue;
		ret = machine_add_addr(m, &addr, MACHINE_OWN);
	}
	if (ret == -1)
		log_warn("the addresses of this machine");
	freeifaddrs(all);
	return ret;
}

/* What is longer than a line may be is no line; its rest is none, too. */
static int
each_line(FILE *f, int (*fn)(void *, const char *), void *arg)
{
	char   line[LINE_SIZE];
	size_t n = 0;
	int    c, ret = 0;

	do {
		c = getc(f);
		if (c != '\n' && c != EOF) {
			if (n < sizeof(line))
				line[n++] = (char)c;
			continue;
		}
		if (n > 0 && n < sizeof(line)) {
			line[n] = '\0';
			ret = fn(arg, line);
		}
		n = 0;
	} while (c != EOF && ret == 0);
	return ferror(f) ? -1 : ret;
}

int
machine_lines(int at, const char *path, int (*fn)(void *, const char *),
    void *arg)
{
	FILE *f = NULL;
	int   fd, ret;

	fd = openat(at, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd == -1 && errno == ENOENT)
		return 0;
	if (fd == -1 || (f = fdopen(fd, "r")) == NULL) {
		log_warn("%s", path);
		if (fd != -1)
			close(fd);
		return -1;
	}
	if ((ret = each_line(f, fn, arg)) == -1)
		log_warn("%s", path);
	fclose(f);
	return ret;
}

static int
add_resolver(void *arg, const char *line)
{
	struct addr addr;

	if (machine_parse_resolver(line, &addr) == -1)
		return 0;
	return machine_add_addr(arg, &addr, MACHINE_RESOLVER);
}

int
machine_resolvers(struct machine *m)
{
	return machine_lines(AT_FDCWD, RESOLVERS, add_resolver, m);
}
