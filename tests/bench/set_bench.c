/* SPDX-License-Identifier: ISC */
/*
 * A set file of 900,000 IPv4 and 100,000 IPv6 prefixes: its size, the time
 * until it is ready, and what a lookup takes; beside a radix tree (libpatricia
 * inside Debian's libnet-patricia-perl) in the same run.
 *
 *	set_bench [-4 N] [-6 N] [-p Patricia.so]
 */
#include <sys/types.h>
#include <sys/socket.h>

#include <dlfcn.h>
#include <err.h>
#include <fcntl.h>
#include <glob.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "addr.h"
#include "ranges.h"
#include "set.h"

#define QUERIES 200000 /* of each kind */
#define BATCH	1000   /* lookups timed together */
#define BATCHES (QUERIES / BATCH)
#define ROUNDS	5
#define OPENS	11
#define FIRMS	4000 /* IPv6 /32 that all prefixes are in */

/* As its documentation has it. */
struct radix_prefix {
	unsigned short family, bitlen;
	int	       ref_count;
	unsigned char  octets[16];
};

struct radix {
	void *(*make)(int bits);
	void *(*add)(void *tree, struct radix_prefix *);
	void *(*best)(void *tree, struct radix_prefix *);
	void *tree4, *tree6;
};

enum kind {
	HITS4,
	MISSES4,
	HITS6,
	MISSES6,
	KINDS
};

static const char *const kind_names[] = { "IPv4 hits", "IPv4 misses",
	"IPv6 hits", "IPv6 misses" };

struct sample {
	double	     each[ROUNDS * BATCHES]; /* ns for one lookup */
	size_t	     n;
	unsigned int found;
};

static uint64_t	      seed = 20260101;
static uint64_t	      firms[FIRMS];
static struct addr    queries[KINDS][QUERIES];
static struct sample  ours[KINDS], theirs[KINDS];
static struct prefix *prefixes;
static size_t	      nprefixes;

static uint64_t
chance(void) /* splitmix64 */
{
	uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static double
now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e9 + (double)ts.tv_nsec;
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_value);
	return v[n / 2];
}

static double
mean(const double *v, size_t n)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		sum += v[i];
	return sum / (double)n;
}

/* KiB that are ours alone, or 0 if the system does not tell. */
static long
resident(void)
{
	long  all = 0, here = 0;
	FILE *fp;

	if ((fp = fopen("/proc/self/statm", "r")) == NULL)
		return 0;
	if (fscanf(fp, "%ld %ld", &all, &here) != 2)
		here = 0;
	fclose(fp);
	return here * (sysconf(_SC_PAGESIZE) / 1024);
}

/* Mostly single hosts, as in lists of today. */
static unsigned int
bits4(void)
{
	unsigned int n = (unsigned int)(chance() % 100);

	return n < 70 ? 32 : n < 85 ? 24 : 25 + n % 7;
}

static unsigned int
bits6(void)
{
	unsigned int n = (unsigned int)(chance() % 1000);

	return n < 700 ? 64 : n < 900 ? 48 : n < 990 ? 56 : n < 999 ? 40 : 32;
}

static void
random4(struct addr *a)
{
	range_to_addr4(a, (uint32_t)(0x01000000 + chance() % 0xde000000));
}

static void
random6(struct addr *a)
{
	struct addr6 v = { firms[chance() % FIRMS] | chance() >> 32, chance() };

	range_to_addr6(a, v);
}

static void
make_prefixes(size_t n4, size_t n6)
{
	struct addr a;
	size_t	    i;

	nprefixes = n4 + n6;
	if ((prefixes = calloc(nprefixes, sizeof(*prefixes))) == NULL)
		err(1, NULL);
	for (i = 0; i < FIRMS; i++)
		firms[i] = (UINT64_C(0x20010000) + chance() % 0x0fff0000) << 32;
	for (i = 0; i < n4; i++) {
		random4(&a);
		prefixes[i] = prefix_around(&a, bits4());
	}
	for (; i < nprefixes; i++) {
		random6(&a);
		prefixes[i] = prefix_around(&a, bits6());
	}
}

/* An address in that prefix. */
static void
within(struct addr *a, const struct prefix *p)
{
	unsigned int bit;

	*a = p->addr;
	for (bit = p->bits; bit < (a->family == ADDR_IPV4 ? 32 : 128); bit++)
		if ((chance() & 1) != 0)
			a->octets[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
}

static void
make_queries(const struct ranges *r, size_t n4, size_t n6)
{
	size_t i;

	for (i = 0; i < QUERIES; i++) {
		within(&queries[HITS4][i], &prefixes[chance() % n4]);
		within(&queries[HITS6][i], &prefixes[n4 + chance() % n6]);
		do
			random4(&queries[MISSES4][i]);
		while (ranges_has(r, &queries[MISSES4][i]));
		do
			random6(&queries[MISSES6][i]);
		while (ranges_has(r, &queries[MISSES6][i]));
	}
}

static int
open_file(const char *path)
{
	int fd;

	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		err(1, "%s", path);
	return fd;
}

/* Opened again and again; the last one stays. */
static struct set *
open_set(int fd)
{
	char	    why[SET_WHY_LEN];
	double	    took[OPENS], start;
	struct set *s = NULL;
	int	    i;

	for (i = 0; i < OPENS; i++) {
		set_close(s);
		start = now_ns();
		if ((s = set_open(fd, why)) == NULL)
			errx(1, "set_open: %s", why);
		took[i] = (now_ns() - start) / 1e6;
	}
	qsort(took, OPENS, sizeof(took[0]), by_value);
	printf("mapped, verified and ready: %.2f ms (median of %d; %.2f to "
	       "%.2f)\n",
	    took[OPENS / 2], OPENS, took[0], took[OPENS - 1]);
	return s;
}

static void
measure_ours(const struct set *s, enum kind k)
{
	struct sample	  *to = &ours[k];
	const struct addr *a = queries[k];
	double		   start;
	size_t		   i, j;

	for (i = 0; i < BATCHES; i++) {
		start = now_ns();
		for (j = 0; j < BATCH; j++)
			to->found += (unsigned int)set_has(s, a++);
		to->each[to->n++] = (now_ns() - start) / BATCH;
	}
}

static void
radix_from(struct radix_prefix *to, const struct addr *a, unsigned int bits)
{
	to->family = a->family == ADDR_IPV4 ? AF_INET : AF_INET6;
	to->bitlen = (unsigned short)bits;
	to->ref_count = 0;
	memcpy(to->octets, a->octets, sizeof(to->octets));
}

static void
measure_theirs(const struct radix *r, enum kind k)
{
	struct sample	   *to = &theirs[k];
	const struct addr  *a = queries[k];
	struct radix_prefix p;
	unsigned int	    bits = a->family == ADDR_IPV4 ? 32 : 128;
	void		   *tree = bits == 32 ? r->tree4 : r->tree6;
	double		    start;
	size_t		    i, j;

	for (i = 0; i < BATCHES; i++) {
		start = now_ns();
		for (j = 0; j < BATCH; j++) {
			radix_from(&p, a++, bits);
			to->found += r->best(tree, &p) != NULL;
		}
		to->each[to->n++] = (now_ns() - start) / BATCH;
	}
}

static void *
load_one(const char *pattern, int flags)
{
	void  *handle = NULL;
	glob_t g;

	if (glob(pattern, 0, NULL, &g) == 0) {
		handle = dlopen(g.gl_pathv[0], flags);
		globfree(&g);
	}
	if (handle == NULL)
		warnx("%s cannot be loaded", pattern);
	return handle;
}

/* A function out of a library, without what ISO C says of that. */
static void
symbol(void *handle, const char *name, void *to)
{
	void *at = dlsym(handle, name);

	memcpy(to, &at, sizeof(at));
}

static int
radix_load(struct radix *r, const char *path)
{
	void *so;

	memset(r, 0, sizeof(*r));
	if (load_one("/usr/lib/*/libperl.so.5.*", RTLD_NOW | RTLD_GLOBAL) ==
		NULL ||
	    (so = load_one(path, RTLD_NOW)) == NULL)
		return -1;
	symbol(so, "New_Patricia", &r->make);
	symbol(so, "patricia_lookup", &r->add);
	symbol(so, "patricia_search_best", &r->best);
	return r->make == NULL || r->add == NULL || r->best == NULL ? -1 : 0;
}

static void
radix_fill(struct radix *r)
{
	struct radix_prefix p;
	double		    start = now_ns();
	long		    before = resident();
	size_t		    i;

	r->tree4 = r->make(32);
	r->tree6 = r->make(128);
	for (i = 0; i < nprefixes; i++) {
		radix_from(&p, &prefixes[i].addr, prefixes[i].bits);
		(void)r->add(p.family == AF_INET ? r->tree4 : r->tree6, &p);
	}
	printf("radix tree: filled in %.0f ms, %ld KiB of each process's own "
	       "memory\n",
	    (now_ns() - start) / 1e6, resident() - before);
}

static void
report(enum kind k, int with_radix)
{
	double a, b;

	a = median(ours[k].each, ours[k].n);
	printf("%-12s set median %5.1f ns, mean %5.1f", kind_names[k], a,
	    mean(ours[k].each, ours[k].n));
	if (with_radix) {
		b = median(theirs[k].each, theirs[k].n);
		printf("; radix tree median %6.1f, mean %6.1f: %.1f times", b,
		    mean(theirs[k].each, theirs[k].n), b / a);
		if (theirs[k].found != ours[k].found)
			errx(1, "they do not agree: %u and %u", ours[k].found,
			    theirs[k].found);
	}
	printf("\n");
	if (ours[k].found != (k == HITS4 || k == HITS6 ? ROUNDS * QUERIES : 0))
		errx(1, "%u were found", ours[k].found);
}

static struct set *
make_set(struct ranges *r, const char *dir)
{
	const struct set_info nothing = { .time = 0 };
	struct set_info	      info;
	struct set	     *s;
	double		      start;
	size_t		      i;
	long		      before;
	int		      dirfd, fd;

	for (i = 0; i < nprefixes; i++)
		if (ranges_add_prefix(r, &prefixes[i]) == -1)
			err(1, NULL);
	ranges_merge(r);
	if (chdir(dir) == -1)
		err(1, "%s", dir);
	dirfd = open_file(".");
	start = now_ns();
	if (set_write(dirfd, "bench.set", r, &nothing) == -1)
		err(1, "set_write");
	printf("written and synced in %.0f ms\n", (now_ns() - start) / 1e6);
	fd = open_file("bench.set");
	before = resident();
	s = open_set(fd);
	printf("mapped: %ld KiB, which all processes share\n",
	    resident() - before);
	close(fd);
	close(dirfd);
	unlink("bench.set");
	set_info(s, &info);
	printf("%zu IPv4 and %zu IPv6 ranges in %zu bytes, once for all "
	       "processes; index and header: %zu (%.2f%%)\n",
	    info.n4, info.n6, info.bytes,
	    info.bytes - 8 * info.n4 - 32 * info.n6,
	    100.0 * (double)(info.bytes - 8 * info.n4 - 32 * info.n6) /
		(double)info.bytes);
	return s;
}

int
main(int argc, char *argv[])
{
	const char   *so = "/usr/lib/*/perl5/*/auto/Net/Patricia/Patricia.so";
	char	      dir[] = "/tmp/set_bench.XXXXXX";
	size_t	      n4 = 900000, n6 = 100000;
	struct ranges r = { .n4 = 0 };
	struct radix  radix;
	struct set   *s;
	int	      ch, k, round, with_radix;

	while ((ch = getopt(argc, argv, "4:6:p:")) != -1)
		if (ch == '4')
			n4 = strtoul(optarg, NULL, 10);
		else if (ch == '6')
			n6 = strtoul(optarg, NULL, 10);
		else if (ch == 'p')
			so = optarg;
	if (n4 == 0 || n6 == 0 || mkdtemp(dir) == NULL)
		errx(1, "usage: set_bench [-4 N] [-6 N] [-p Patricia.so]");
	make_prefixes(n4, n6);
	s = make_set(&r, dir);
	rmdir(dir);
	make_queries(&r, n4, n6);
	if ((with_radix = radix_load(&radix, so) == 0))
		radix_fill(&radix);
	for (round = 0; round < ROUNDS; round++)
		for (k = 0; k < KINDS; k++) {
			measure_ours(s, (enum kind)k);
			if (with_radix)
				measure_theirs(&radix, (enum kind)k);
		}
	for (k = 0; k < KINDS; k++)
		report((enum kind)k, with_radix);
	set_close(s);
	ranges_free(&r);
	free(prefixes);
	return 0;
}
