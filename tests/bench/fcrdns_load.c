/* SPDX-License-Identifier: ISC */
/*
 * Asks fcrdnsd over its socket, many connections with one question in
 * flight on each.
 *
 * usage: fcrdns_load socket questions connections address-prefix first last
 */
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct conn {
	int    fd;
	char   in[8192];
	size_t inlen;
};

static const char  *prefix;
static unsigned int first, last, asked, answered, good;

static void
ask(struct conn *c)
{
	char line[128];
	int  n;

	n = snprintf(line, sizeof(line), "ask %s.%u\n", prefix,
	    first + asked++ % (last - first + 1));
	if (write(c->fd, line, (size_t)n) != n)
		err(1, "write");
}

static double
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void
readable(struct conn *c, unsigned int wanted)
{
	ssize_t n;

	n = read(c->fd, c->in + c->inlen, sizeof(c->in) - c->inlen - 1);
	if (n <= 0)
		errx(1, "fcrdnsd hung up");
	c->inlen += (size_t)n;
	c->in[c->inlen] = '\0';
	if (c->in[c->inlen - 1] != '\n')
		return;
	answered++;
	if (strstr(c->in, " pass ") != NULL)
		good++;
	c->inlen = 0;
	if (asked < wanted)
		ask(c);
}

int
main(int argc, char *argv[])
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	struct epoll_event ev[64], one = { .events = EPOLLIN };
	struct conn	  *all;
	unsigned int	   wanted, conns, i;
	double		   t;
	int		   ep, n, k;

	if (argc != 7)
		errx(64,
		    "usage: fcrdns_load socket questions connections "
		    "prefix first last");
	strlcpy(un.sun_path, argv[1], sizeof(un.sun_path));
	wanted = (unsigned int)strtol(argv[2], NULL, 10);
	conns = (unsigned int)strtol(argv[3], NULL, 10);
	prefix = argv[4];
	first = (unsigned int)strtol(argv[5], NULL, 10);
	last = (unsigned int)strtol(argv[6], NULL, 10);
	all = calloc(conns, sizeof(*all));
	ep = epoll_create1(0);
	if (all == NULL || ep == -1)
		err(1, "start");
	t = now();
	for (i = 0; i < conns && asked < wanted; i++) {
		all[i].fd = socket(AF_UNIX, SOCK_STREAM, 0);
		if (connect(all[i].fd, (struct sockaddr *)&un, sizeof(un)) ==
		    -1)
			err(1, "%s", argv[1]);
		one.data.ptr = &all[i];
		epoll_ctl(ep, EPOLL_CTL_ADD, all[i].fd, &one);
		ask(&all[i]);
	}
	while (answered < wanted) {
		if ((n = epoll_wait(ep, ev, 64, 30000)) <= 0)
			errx(1, "silence after %u answers", answered);
		for (k = 0; k < n; k++)
			readable(ev[k].data.ptr, wanted);
	}
	t = now() - t;
	printf("questions %u seconds %.3f rate %.0f pass %u\n", answered, t,
	    answered / t, good);
	return 0;
}
