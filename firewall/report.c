/* SPDX-License-Identifier: ISC */
#include "backend.h"

#include <sys/types.h>
#include <sys/socket.h>
#include <ifaddrs.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum firewall_result
firewall_why(char why[FIREWALL_WHY_LEN], enum firewall_result result,
    const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, FIREWALL_WHY_LEN, fmt, ap);
	va_end(ap);
	return result;
}

static struct firewall_finding *
next(struct firewall_report *report, int good)
{
	struct firewall_finding *f;

	if (report->n < FIREWALL_FINDINGS)
		report->n++;
	f = &report->finding[report->n - 1];
	memset(f, 0, sizeof(*f));
	f->good = good;
	return f;
}

void
firewall_good(struct firewall_report *report, const char *fmt, ...)
{
	struct firewall_finding *f;
	va_list			 ap;

	/* A good one never takes the place of a bad one. */
	if (report->n == FIREWALL_FINDINGS)
		return;
	f = next(report, 1);
	va_start(ap, fmt);
	vsnprintf(f->text, sizeof(f->text), fmt, ap);
	va_end(ap);
}

char *
firewall_bad(struct firewall_report *report, const char *fmt, ...)
{
	struct firewall_finding *f;
	va_list			 ap;

	f = next(report, 0);
	va_start(ap, fmt);
	vsnprintf(f->text, sizeof(f->text), fmt, ap);
	va_end(ap);
	return f->cure;
}

int
firewall_own(struct firewall_set *own)
{
	static const char *const loopback[] = { "127.0.0.0/8", "::1" };
	struct ifaddrs		*all, *ifa;
	struct prefix		 p;
	struct addr		 a;
	size_t			 i;
	int			 ret = -1;

	own->prefix = NULL;
	own->n = 0;
	if (getifaddrs(&all) == -1)
		all = NULL;
	for (i = 0; i < 2; i++) {
		(void)prefix_parse(&p, loopback[i]);
		if (firewall_set_add(own, &p) == -1)
			goto out;
	}
	for (ifa = all; ifa != NULL; ifa = ifa->ifa_next) {
		if (addr_from_sockaddr(&a, ifa->ifa_addr) == -1)
			continue;
		p = prefix_around(&a, a.family == ADDR_IPV4 ? 32 : 128);
		if (firewall_set_add(own, &p) == -1)
			goto out;
	}
	firewall_set_merge(own);
	ret = 0;
out:
	if (all != NULL)
		freeifaddrs(all);
	if (ret == -1)
		firewall_set_free(own);
	return ret;
}

/* Room for so many bytes more, and a NUL.  0, or -1 when memory is out. */
static int
grow(struct firewall_text *t, size_t more)
{
	char  *grown;
	size_t room;

	if (t->len + more < t->room)
		return 0;
	room = (t->len + more + 1) * 2;
	if ((grown = realloc(t->text, room)) == NULL)
		return -1;
	t->text = grown;
	t->room = room;
	return 0;
}

void
firewall_text_add(struct firewall_text *t, const char *fmt, ...)
{
	char	buf[1024];
	va_list ap;
	int	len;

	if (t->broken)
		return;
	va_start(ap, fmt);
	len = vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	if (len < 0 || (size_t)len >= sizeof(buf) ||
	    grow(t, (size_t)len) == -1) {
		free(t->text);
		memset(t, 0, sizeof(*t));
		t->broken = 1;
		return;
	}
	memcpy(t->text + t->len, buf, (size_t)len + 1);
	t->len += (size_t)len;
}

void
firewall_text_ports(struct firewall_text *t, const uint16_t *ports, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		firewall_text_add(t, "%s%u", i > 0 ? ", " : "", ports[i]);
}
