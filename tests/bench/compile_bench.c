/* SPDX-License-Identifier: ISC */
/*
 * A feed of a million lines made a set file: read in pieces, parsed, judged,
 * sorted, merged, written, synced and renamed, in a process of its own.
 *
 *	compile_bench [-4 N] [-6 N]
 */
#include <sys/types.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>

#include <err.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "feed.h"
#include "guard.h"
#include "set.h"

#define ROUNDS 5
#define PIECE  16384 /* what a fetch commonly gives at once */

/* What one round says of itself, through a pipe. */
struct said {
	double	 parsed, merged, written; /* ms since the start, wall */
	uint64_t good, bad, duplicate;
	size_t	 n4, n6;
};

static uint64_t
next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* 1.0.0.0 to 126.255.255.255, in any order. */
static void
put4(FILE *fp, uint64_t *seed, int overlap)
{
	uint64_t     r = next_random(seed);
	unsigned int a = (unsigned int)(r % 126) + 1, b, c, d, kind;

	b = (unsigned int)(r >> 8) & 255;
	c = (unsigned int)(r >> 16) & 255;
	d = (unsigned int)(r >> 24) & 255;
	kind = (unsigned int)(r >> 32) % 10;
	if (a == 10)
		a = 11;
	if (overlap) {
		/* Prefixes of all sizes in 32 of /8: half of that is full. */
		a = 20 + a % 32;
		fprintf(fp, "%u.%u.%u.%u/%u\n", a, b, c, d, 20 + kind);
	} else if (kind == 0) {
		fprintf(fp, "%u.%u.%u.0/24\n", a, b, c);
	} else {
		fprintf(fp, "%u.%u.%u.%u\n", a, b, c, d);
	}
}

static void
put6(FILE *fp, uint64_t *seed, int overlap)
{
	uint64_t     r = next_random(seed);
	unsigned int firm = (unsigned int)r & 0xffff, site;

	site = (unsigned int)(r >> 16) & 0xffff;
	if (overlap)
		fprintf(fp, "2a00:%x::/%u\n", firm, 32 + site % 3 * 8);
	else
		fprintf(fp, "2a00:%x:%x:%x::/64\n", firm, site,
		    (unsigned int)(r >> 32) & 0xffff);
}

static void
make_feed(const char *path, unsigned long n4, unsigned long n6, int overlap)
{
	FILE	     *fp;
	uint64_t      seed = 88172645463325252ULL;
	unsigned long i, n = n4 + n6;

	if ((fp = fopen(path, "w")) == NULL)
		err(1, "%s", path);
	fputs("# a feed\n", fp);
	for (i = 0; i < n; i++) {
		if (n6 > 0 && next_random(&seed) % n < n6)
			put6(fp, &seed, overlap);
		else
			put4(fp, &seed, overlap);
	}
	if (fclose(fp) != 0)
		err(1, "%s", path);
}

static void
read_feed(struct feed *f, const char *path)
{
	static char piece[PIECE];
	ssize_t	    n;
	int	    fd;

	if ((fd = open(path, O_RDONLY)) == -1)
		err(1, "%s", path);
	while ((n = read(fd, piece, sizeof(piece))) > 0)
		if (feed_put(f, piece, (size_t)n) == -1)
			errx(1, "%s: refused", path);
	if (n == -1)
		err(1, "%s", path);
	feed_end(f);
	close(fd);
}

/* The child: all of it, once. */
static void
compile(const char *path, int dir, struct said *said)
{
	static struct feed  f;
	static struct guard g = { 0, 0, 0 };
	struct set_info	    info;
	char		    why[GUARD_WHY_LEN];
	const char	   *phrase;
	double		    start = now_ms();

	feed_init(&f, 2000000);
	read_feed(&f, path);
	said->parsed = now_ms() - start;
	feed_merge(&f);
	if ((phrase = guard_refuses(&g, &f, why)) != NULL)
		errx(1, "%s: %s", path, phrase);
	if (guard_special(&f.ranges) == -1)
		errx(1, "out of memory");
	said->merged = now_ms() - start;
	memset(&info, 0, sizeof(info));
	info.good = said->good = f.counts.good;
	info.bad = said->bad = f.counts.bad;
	info.duplicate = said->duplicate = f.counts.duplicate;
	if (set_write(dir, "bench.set", &f.ranges, &info) == -1)
		err(1, "bench.set");
	said->written = now_ms() - start;
	said->n4 = f.ranges.n4;
	said->n6 = f.ranges.n6;
	feed_free(&f);
}

static void
run_once(const char *path, int dir, struct said *said, struct rusage *usage)
{
	pid_t pid;
	int   fds[2], status;

	if (pipe(fds) == -1 || (pid = fork()) == -1)
		err(1, "fork");
	if (pid == 0) {
		compile(path, dir, said);
		if (write(fds[1], said, sizeof(*said)) != sizeof(*said))
			err(1, "pipe");
		_exit(0);
	}
	close(fds[1]);
	if (read(fds[0], said, sizeof(*said)) != sizeof(*said))
		errx(1, "the round failed");
	close(fds[0]);
	if (wait4(pid, &status, 0, usage) != pid || status != 0)
		errx(1, "the round failed");
}

static double
cpu_ms(const struct rusage *u)
{
	return (double)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) * 1e3 +
	    (double)(u->ru_utime.tv_usec + u->ru_stime.tv_usec) / 1e3;
}

static int
compare(const void *a, const void *b)
{
	double x = ((const struct said *)a)->written;
	double y = ((const struct said *)b)->written;

	return x < y ? -1 : x > y;
}

static void
bench(const char *name, const char *path, int dir)
{
	struct said   said[ROUNDS], *m = &said[ROUNDS / 2];
	struct rusage usage;
	double	      cpu = 0;
	long	      most = 0;
	int	      i;

	for (i = 0; i < ROUNDS; i++) {
		run_once(path, dir, &said[i], &usage);
		cpu += cpu_ms(&usage) / ROUNDS;
		most = usage.ru_maxrss > most ? usage.ru_maxrss : most;
	}
	qsort(said, ROUNDS, sizeof(said[0]), compare);
	printf("%s: %.0f ms (median of %d; %.0f to %.0f): parsed %.0f, merged "
	       "%.0f, written and synced %.0f; cpu %.0f ms; at most %ld KiB\n",
	    name, m->written, ROUNDS, said[0].written, said[ROUNDS - 1].written,
	    m->parsed, m->merged - m->parsed, m->written - m->merged, cpu,
	    most);
	printf("%s: %llu good lines, %llu bad, %llu duplicates: %zu IPv4 and "
	       "%zu IPv6 ranges\n",
	    name, (unsigned long long)m->good, (unsigned long long)m->bad,
	    (unsigned long long)m->duplicate, m->n4, m->n6);
}

int
main(int argc, char *argv[])
{
	unsigned long n4 = 900000, n6 = 100000;
	char	      folder[] = "/tmp/compile_bench.XXXXXX";
	const char   *path = "feed";
	int	      c, dir;

	while ((c = getopt(argc, argv, "4:6:")) != -1) {
		if (c == '4')
			n4 = strtoul(optarg, NULL, 10);
		else if (c == '6')
			n6 = strtoul(optarg, NULL, 10);
		else
			errx(64, "usage: compile_bench [-4 n] [-6 n]");
	}
	if (mkdtemp(folder) == NULL || chdir(folder) == -1 ||
	    (dir = open(".", O_RDONLY | O_DIRECTORY)) == -1)
		err(1, "%s", folder);
	make_feed(path, n4, n6, 0);
	bench("scattered", path, dir);
	make_feed(path, n4, n6, 1);
	bench("overlapping", path, dir);
	unlink(path);
	unlink("bench.set");
	close(dir);
	rmdir(folder);
	return 0;
}
