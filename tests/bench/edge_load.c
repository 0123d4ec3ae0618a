/* SPDX-License-Identifier: ISC */
/*
 * The load on an HTTPS front, the same for all contenders.
 *
 * usage: edge_load [-t] [-k] [-C suite] [-c count] [-d seconds] [-n connections]
 *		    [-s name] [-u path] mode port
 *
 * Modes, each against 127.0.0.1:
 *	keep	connections are kept, a request follows the answer
 *	new	a connection for each request, with a full handshake
 *	resume	the same, resumed by the last ticket that came
 *	hold	connections that have asked once, then nothing more
 *	shake	connections that have shaken hands, then nothing more
 *	slow	connections that send one byte of a head a second
 *
 * -t is TLS 1.3, -C the only cipher suite offered, -k asks the server to
 * close.  When all connections are up, "ready" is printed; the load begins
 * with a line on standard input.  It lasts for -d seconds or -c requests, or
 * until standard input ends, as hold and slow do.  Then the figures are
 * printed: words and numbers, times in microseconds.  What a client may repeat
 * (RFC 9112, 9.3.1: a kept connection ended without a byte of the answer) is
 * repeated and counted, not an error.
 */
#include <sys/epoll.h>

#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "edge_io.h"

enum mode {
	KEEP,
	NEW,
	RESUME,
	HOLD,
	SHAKE,
	SLOW,
	MODES
};

static const char *const mode_names[MODES] = { "keep", "new", "resume", "hold",
	"shake", "slow" };

enum step {
	CLOSED,
	HANDSHAKE,
	PARKED, /* up, nothing asked */
	HEAD,
	BODY
};

struct conn {
	struct io io;
	enum step step;
	int	  warm;	  /* has answered once */
	int	  served; /* answers on this connection */
	int	  closes; /* the server said so */
	double	  begin;
	uint64_t  left; /* of the body */
	size_t	  headlen;
	char	  head[2048];
};

#define AT_ONCE 64 /* handshakes, while hold and slow come up */

static enum mode	  mode;
static int		  ep, use_tls, ask_close, running;
static uint16_t		  port;
static unsigned int	  nconns = 64, opened, up;
static double		  seconds, ends;
static unsigned long long count, asked, answers, failed, reopened, resumed;
static unsigned long long bytes, repeated;
static char	     default_name[] = "www.example.org", *name = default_name;
static const char   *path = "/1k";
static const char   *suite = "TLS_AES_128_GCM_SHA256";
static char	     request[1024];
static size_t	     request_len;
static struct conn  *conns;
static uint32_t	    *times;
static size_t	     ntimes, times_size;
static unsigned char in[256 * 1024];

static double
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void
make_request(void)
{
	int n;

	n = snprintf(request, sizeof(request),
	    "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: edge_load\r\n"
	    "Accept: */*\r\n%s\r\n",
	    path, name, ask_close ? "Connection: close\r\n" : "");
	if (n < 0 || (size_t)n >= sizeof(request))
		errx(64, "too long a path");
	request_len = (size_t)n;
}

static void
hang_up(struct conn *c)
{
	if (c->step != CLOSED)
		io_close(&c->io, c->step == PARKED);
	c->step = CLOSED;
}

static void next(struct conn *);
static void begin(struct conn *);

/* It broke.  What was asked for counts; a kept one that idled does not. */
static void
broken(struct conn *c)
{
	enum step was = c->step;
	int	  kept = c->served > 0 && was == HEAD && c->headlen == 0;

	hang_up(c);
	if (mode == HOLD || mode == SHAKE || mode == SLOW) {
		failed++;
		return;
	}
	if (was == PARKED) {
		reopened++; /* next() opens it when its turn comes */
		return;
	}
	if (kept && running) {
		repeated++;
		begin(c);
		return;
	}
	if (failed++ < 5)
		warnx("lost: step %d, served %d, repeated %llu: %.60s", was,
		    c->served, repeated, c->head);
	if (failed > 1000 + answers)
		errx(1, "nothing but errors");
	if (running)
		next(c);
}

static void
ask(struct conn *c)
{
	c->step = HEAD;
	c->headlen = 0;
	if (io_put(&c->io, request, request_len) == -1)
		broken(c);
}

static void
shake(struct conn *c)
{
	int r;

	if ((r = io_handshake(&c->io)) == 0)
		return;
	if (r == -1) {
		broken(c);
		return;
	}
	c->step = PARKED;
	if (c->io.ssl != NULL && SSL_session_reused(c->io.ssl))
		resumed++;
	if (mode == SLOW || mode == SHAKE)
		up++;
	else
		ask(c);
}

static void
begin(struct conn *c)
{
	struct epoll_event ev = { .events = EPOLLIN };

	c->served = c->closes = 0;
	io_open(&c->io, port, name);
	ev.data.ptr = c;
	if (epoll_ctl(ep, EPOLL_CTL_ADD, c->io.fd, &ev) == -1)
		err(1, "epoll_ctl");
	c->step = HANDSHAKE;
	shake(c);
}

/* The next request, unless that was the last. */
static void
next(struct conn *c)
{
	if (count != 0 ? asked >= count : now() >= ends) {
		up--;
		return;
	}
	asked++;
	c->begin = now();
	if (c->step == PARKED)
		ask(c);
	else
		begin(c);
}

static void
answered(struct conn *c)
{
	uint32_t *bigger;

	c->step = PARKED;
	c->served++;
	if (c->closes && running && mode == KEEP && !ask_close)
		reopened++;
	if (mode == NEW || mode == RESUME || ask_close || c->closes)
		hang_up(c);
	if (!c->warm) {
		c->warm = 1;
		up++;
		return;
	}
	answers++;
	if (ntimes == times_size) {
		times_size = times_size == 0 ? 65536 : times_size * 2;
		bigger = realloc(times, times_size * sizeof(*times));
		if (bigger == NULL)
			err(1, "times");
		times = bigger;
	}
	times[ntimes++] = (uint32_t)((now() - c->begin) * 1e6);
	next(c);
}

/* The value of Content-Length, or -1. */
static int64_t
length_of(struct conn *c)
{
	char   *line;
	int64_t length = -1;

	if (strncmp(c->head, "HTTP/1.1 200 ", 13) != 0)
		return -1;
	for (line = strstr(c->head, "\r\n"); line != NULL;
	     line = strstr(line + 2, "\r\n"))
		if (strncasecmp(line + 2, "content-length:", 15) == 0)
			length = strtoll(line + 17, NULL, 10);
		else if (strncasecmp(line + 2, "connection: close", 17) == 0)
			c->closes = 1;
	return length;
}

/* len bytes lie in "in". */
static void
take(struct conn *c, size_t len)
{
	size_t	n, used = 0;
	int64_t length;
	char   *end;

	if (c->step == HEAD) {
		n = sizeof(c->head) - 1 - c->headlen;
		if (n > len)
			n = len;
		memcpy(c->head + c->headlen, in, n);
		c->head[c->headlen + n] = '\0';
		if ((end = strstr(c->head, "\r\n\r\n")) == NULL) {
			c->headlen += n;
			if (c->headlen == sizeof(c->head) - 1)
				broken(c);
			return;
		}
		used = (size_t)(end + 4 - c->head) - c->headlen;
		if ((length = length_of(c)) == -1) {
			broken(c);
			return;
		}
		c->left = (uint64_t)length;
		c->step = BODY;
	}
	if (c->step != BODY || len - used > c->left) {
		broken(c); /* more than was asked for */
		return;
	}
	c->left -= len - used;
	bytes += len - used;
	if (c->left == 0)
		answered(c);
}

static void
readable(struct conn *c)
{
	ssize_t n;

	if (c->step == HANDSHAKE) {
		shake(c);
		return;
	}
	do {
		if (c->step == CLOSED ||
		    (n = io_get(&c->io, in, sizeof(in))) == -1)
			return;
		if (n == 0) {
			broken(c);
			return;
		}
		take(c, (size_t)n);
	} while (c->io.ssl != NULL && SSL_has_pending(c->io.ssl));
}

/* One round of events.  0: standard input ended. */
static int
turn(int wait)
{
	struct epoll_event ev[256];
	char		   c[64];
	int		   i, n, ended = 0;

	if ((n = epoll_wait(ep, ev, 256, wait)) == -1 && errno != EINTR)
		err(1, "epoll_wait");
	if (n == 0 && wait >= 30000)
		errx(1, "silence after %llu answers", answers);
	for (i = 0; i < n; i++) {
		if (ev[i].data.ptr != NULL)
			readable(ev[i].data.ptr);
		else if (read(STDIN_FILENO, c, sizeof(c)) <= 0)
			ended = 1;
	}
	return !ended;
}

/* Bring all up, but only some at a time. */
static void
bring_up(void)
{
	unsigned int at_once = mode == RESUME ? 1 : AT_ONCE;

	while (up < nconns) {
		while (opened < nconns && opened < up + failed + at_once) {
			conns[opened].warm = mode == SLOW || mode == SHAKE;
			begin(&conns[opened++]);
		}
		if (up + failed < nconns)
			turn(30000);
		if (failed != 0)
			errx(1, "connection %u fell while coming up", up);
	}
	printf("ready\n");
	fflush(stdout);
}

static int
by_time(const void *va, const void *vb)
{
	const uint32_t *a = va, *b = vb;

	return (*a > *b) - (*a < *b);
}

static unsigned int
at(double part)
{
	return ntimes == 0 ? 0 : times[(size_t)((double)(ntimes - 1) * part)];
}

static void
watch_stdin(void)
{
	struct epoll_event ev = { .events = EPOLLIN };
	if (epoll_ctl(ep, EPOLL_CTL_ADD, STDIN_FILENO, &ev) == -1)
		err(1, "epoll_ctl");
}

static void
load(void)
{
	double	     start;
	unsigned int i;
	char	     line[64];

	if (fgets(line, sizeof(line), stdin) == NULL)
		errx(1, "no line to begin");
	start = now();
	ends = start + (seconds > 0 ? seconds : 1e9);
	if (seconds <= 0 && count == 0)
		watch_stdin();
	running = 1;
	resumed = bytes = failed = asked = reopened = 0;
	for (i = 0; i < nconns; i++)
		next(&conns[i]);
	while (up > 0)
		if (!turn(30000) && now() < ends) {
			ends = now();
			epoll_ctl(ep, EPOLL_CTL_DEL, STDIN_FILENO, NULL);
		}
	qsort(times, ntimes, sizeof(*times), by_time);
	printf("requests %llu errors %llu reopened %llu repeated %llu "
	       "resumed %llu bytes %llu seconds %.3f "
	       "p50 %u p90 %u p99 %u max %u\n",
	    answers, failed, reopened, repeated, resumed, bytes, now() - start,
	    at(0.5), at(0.9), at(0.99), at(1));
}

/* Hold them; slow ones get a byte a second, the last of which never end. */
static void
hold(void)
{
	double	     start, gone = 0, tick;
	size_t	     sent = 0;
	unsigned int i;
	char	     byte;

	watch_stdin();
	start = tick = now();
	while (turn(50)) {
		if (failed > 0 && gone == 0)
			gone = now() - start;
		if (mode != SLOW || now() < tick)
			continue;
		byte = sent < request_len - 2 ? request[sent++] : (sent++, 'x');
		for (i = 0; i < nconns; i++)
			if (conns[i].step == PARKED &&
			    io_put(&conns[i].io, &byte, 1) == -1)
				broken(&conns[i]);
		tick += 1;
	}
	printf("held %u closed %llu first %.3f\n", nconns, failed, gone);
}

static void
options(int argc, char *argv[])
{
	int ch;

	while ((ch = getopt(argc, argv, "C:c:d:kn:s:tu:")) != -1) {
		switch (ch) {
		case 'C':
			suite = optarg;
			break;
		case 'c':
			count = strtoull(optarg, NULL, 10);
			break;
		case 'd':
			seconds = strtod(optarg, NULL);
			break;
		case 'k':
			ask_close = 1;
			break;
		case 'n':
			nconns = (unsigned int)strtoul(optarg, NULL, 10);
			break;
		case 's':
			name = optarg;
			break;
		case 't':
			use_tls = 1;
			break;
		case 'u':
			path = optarg;
			break;
		default:
			exit(64);
		}
	}
	if (argc - optind != 2)
		errx(64, "usage: edge_load [options] mode port");
	while (mode < MODES && strcmp(argv[optind], mode_names[mode]) != 0)
		mode++;
	if (mode == MODES)
		errx(64, "no such mode: %s", argv[optind]);
	port = (uint16_t)strtoul(argv[optind + 1], NULL, 10);
}

int
main(int argc, char *argv[])
{
	options(argc, argv);
	signal(SIGPIPE, SIG_IGN);
	if ((conns = calloc(nconns, sizeof(*conns))) == NULL ||
	    (ep = epoll_create1(EPOLL_CLOEXEC)) == -1)
		err(1, "start");
	make_request();
	if (use_tls)
		io_setup(suite, mode == RESUME);
	bring_up();
	if (mode == HOLD || mode == SHAKE || mode == SLOW)
		hold();
	else
		load();
	return 0;
}
