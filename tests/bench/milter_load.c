/* SPDX-License-Identifier: ISC */
/*
 * Speaks the milter protocol to a filter as Postfix does, many sessions at
 * once: negotiation, connect, HELO, MAIL, RCPT, abort, quit.
 *
 * usage: milter_load socket sessions at-once address-prefix first last
 *
 * Client addresses are PREFIX.first to PREFIX.last in turn.  "socket" is a
 * path, or a port on 127.0.0.1.  With at-once negative, that many sessions are
 * opened up to HELO and held until standard input ends.  Prints sessions,
 * seconds and what was answered at RCPT.
 */
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Of libmilter's mfdef.h: what the filter asks not to answer. */
#define NR_CONN	    0x1000U
#define NR_HELO	    0x2000U
#define NR_MAIL	    0x4000U
#define NO_CONNECT  0x1U
#define NO_HELO	    0x2U
#define NO_MAIL	    0x4U
#define ALL_STEPS   0x1fffffU
#define ALL_ACTIONS 0x1ffU

enum step {
	NEGOTIATE,
	CONNECT,
	HELO,
	MAIL,
	RCPT,
	DONE
};

struct session {
	int	      fd;
	enum step     step;
	uint32_t      flags;
	unsigned int  number;
	unsigned char in[1024];
	size_t	      inlen;
};

static const char  *target, *prefix;
static unsigned int first, last, started, ended, wanted, hold;
static unsigned int continued, refused, deferred;
static int	    ep;

static size_t
packet(unsigned char *p, char cmd, const void *data, size_t len)
{
	uint32_t n = htonl((uint32_t)len + 1);

	memcpy(p, &n, 4);
	p[4] = (unsigned char)cmd;
	memcpy(p + 5, data, len);
	return len + 5;
}

static size_t
string(unsigned char *p, char cmd, const char *text)
{
	unsigned char data[512];
	size_t	      len;

	len = strlen(text) + 1;
	memcpy(data, text, len);
	return packet(p, cmd, data, len);
}

static void
put(struct session *s, const unsigned char *buf, size_t len)
{
	if (write(s->fd, buf, len) != (ssize_t)len)
		err(1, "write");
}

static size_t
connect_packet(struct session *s, unsigned char *p)
{
	unsigned char data[256];
	char	      name[64];
	uint16_t      port = htons(25000);
	size_t	      n;

	snprintf(name, sizeof(name), "%s.%u", prefix,
	    first + s->number % (last - first + 1));
	n = (size_t)snprintf((char *)data, sizeof(data), "[%s]", name) + 1;
	data[n++] = '4';
	memcpy(data + n, &port, 2);
	n += 2;
	memcpy(data + n, name, strlen(name) + 1);
	n += strlen(name) + 1;
	return packet(p, 'C', data, n);
}

/* Everything up to the next step that the filter answers, in one write. */
static void
advance(struct session *s)
{
	unsigned char out[2048];
	size_t	      n = 0;
	int	      answered = 0;

	while (!answered && s->step != DONE) {
		s->step++;
		switch (s->step) {
		case CONNECT:
			if (s->flags & NO_CONNECT)
				break;
			n += packet(out + n, 'D', "Cj\0mail.example.org\0", 20);
			n += connect_packet(s, out + n);
			answered = !(s->flags & NR_CONN);
			break;
		case HELO:
			if (s->flags & NO_HELO)
				break;
			n += string(out + n, 'H', "client.example.org");
			answered = !(s->flags & NR_HELO);
			break;
		case MAIL:
			if (hold) {
				s->step = HELO;
				answered = 1;
				break;
			}
			if (s->flags & NO_MAIL)
				break;
			n += packet(out + n, 'D', "Mi\0004F1X2Y3Z\0", 12);
			n += string(out + n, 'M', "<sender@example.org>");
			answered = !(s->flags & NR_MAIL);
			break;
		case RCPT:
			n += packet(out + n, 'D', "Ri\0004F1X2Y3Z\0", 12);
			n += string(out + n, 'R', "<user@example.net>");
			answered = 1;
			break;
		default:
			n += packet(out + n, 'A', "", 0);
			n += packet(out + n, 'Q', "", 0);
			break;
		}
	}
	if (n > 0)
		put(s, out, n);
}

static int
dial(void)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	struct sockaddr_in in = { .sin_family = AF_INET };
	int		   fd, on = 1;

	if (target[0] == '/') {
		strlcpy(un.sun_path, target, sizeof(un.sun_path));
		fd = socket(AF_UNIX, SOCK_STREAM, 0);
		if (connect(fd, (struct sockaddr *)&un, sizeof(un)) == -1)
			err(1, "%s", target);
		return fd;
	}
	in.sin_port = htons((uint16_t)strtol(target, NULL, 10));
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	fd = socket(AF_INET, SOCK_STREAM, 0);
	if (connect(fd, (struct sockaddr *)&in, sizeof(in)) == -1)
		err(1, "%s", target);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return fd;
}

static void
begin(struct session *s)
{
	struct epoll_event ev = { .events = EPOLLIN };
	uint32_t	   opts[3];
	unsigned char	   out[64];

	s->fd = dial();
	s->step = NEGOTIATE;
	s->inlen = 0;
	s->number = started++;
	ev.data.ptr = s;
	if (epoll_ctl(ep, EPOLL_CTL_ADD, s->fd, &ev) == -1)
		err(1, "epoll_ctl");
	opts[0] = htonl(6);
	opts[1] = htonl(ALL_ACTIONS);
	opts[2] = htonl(ALL_STEPS);
	put(s, out, packet(out, 'O', opts, sizeof(opts)));
}

static void
answer(struct session *s, const unsigned char *p, size_t len)
{
	uint32_t flags;

	switch (p[0]) {
	case 'O':
		memcpy(&flags, p + 9, 4);
		s->flags = ntohl(flags);
		break;
	case 'y':
		if (len > 1 && p[1] == '4')
			deferred++;
		else
			refused++;
		break;
	case 't':
		deferred++;
		break;
	case 'c':
	case 'a':
		if (s->step == RCPT)
			continued++;
		break;
	default:
		errx(1, "answer %c", p[0]);
	}
	advance(s);
}

static void
readable(struct session *s)
{
	uint32_t len;
	ssize_t	 n;

	n = read(s->fd, s->in + s->inlen, sizeof(s->in) - s->inlen);
	if (n <= 0)
		errx(1, "session %u: the filter hung up", s->number);
	s->inlen += (size_t)n;
	while (s->inlen >= 4) {
		memcpy(&len, s->in, 4);
		len = ntohl(len);
		if (s->inlen < 4 + len)
			break;
		answer(s, s->in + 4, len);
		memmove(s->in, s->in + 4 + len, s->inlen - 4 - len);
		s->inlen -= 4 + len;
	}
	if (s->step != DONE)
		return;
	close(s->fd);
	ended++;
	if (started < wanted)
		begin(s);
}

static double
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

int
main(int argc, char *argv[])
{
	struct epoll_event ev[64];
	struct session	  *all;
	unsigned int	   i, at_once;
	double		   t;
	char		   c;
	int		   n, k;

	if (argc != 7)
		errx(64,
		    "usage: milter_load socket sessions at-once prefix "
		    "first last");
	target = argv[1];
	wanted = (unsigned int)strtol(argv[2], NULL, 10);
	n = (int)strtol(argv[3], NULL, 10);
	hold = n < 0;
	at_once = (unsigned int)abs(n);
	prefix = argv[4];
	first = (unsigned int)strtol(argv[5], NULL, 10);
	last = (unsigned int)strtol(argv[6], NULL, 10);
	all = calloc(at_once, sizeof(*all));
	ep = epoll_create1(0);
	if (all == NULL || ep == -1)
		err(1, "start");
	t = now();
	for (i = 0; i < at_once && i < wanted; i++)
		begin(&all[i]);
	if (hold) {
		/* Read the negotiations, then hold all at HELO. */
		for (i = 0; i < at_once; i++)
			while (all[i].step == NEGOTIATE)
				readable(&all[i]);
		printf("held %u\n", at_once);
		fflush(stdout);
		while (read(STDIN_FILENO, &c, 1) > 0)
			;
		return 0;
	}
	while (ended < wanted) {
		if ((n = epoll_wait(ep, ev, 64, 30000)) <= 0)
			errx(1, "silence after %u sessions", ended);
		for (k = 0; k < n; k++)
			readable(ev[k].data.ptr);
	}
	printf("sessions %u seconds %.3f accepted %u refused %u deferred %u\n",
	    ended, now() - t, continued, refused, deferred);
	return 0;
}
