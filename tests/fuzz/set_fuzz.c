/* SPDX-License-Identifier: ISC */
/*
 * A set file with any bytes and a checksum that is right, looked up all over;
 * and, from the same bytes, ranges that are written, opened, and must be found
 * again.
 *
 * Small files are copies in memory that the sanitizer watches to the byte.
 */
#include <sys/mman.h>

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crc32c.h"
#include "ranges.h"
#include "set.h"
#include "set_inner.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(int true_)
{
	if (!true_)
		abort();
}

static int
memory_file(void)
{
	static int fd = -1;

	if (fd == -1)
		fd = memfd_create("set", MFD_CLOEXEC);
	must(fd != -1 && ftruncate(fd, 0) == 0);
	return fd;
}

static uint64_t
number_at(const uint8_t *data, size_t len, size_t i)
{
	uint64_t n = 0;

	if (len >= sizeof(n))
		memcpy(&n, data + i % (len - sizeof(n) + 1), sizeof(n));
	return n;
}

static void
look_up(const struct set *s, const uint8_t *data, size_t len)
{
	struct addr  a, first, last;
	struct addr6 v;
	size_t	     i;

	for (i = 0; i < len && i < 512; i++) {
		v.high = number_at(data, len, i);
		v.low = number_at(data, len, i + 8);
		range_to_addr4(&a, (uint32_t)v.high);
		must(set_has(s, &a) == set_range(s, &a, &first, &last));
		range_to_addr6(&a, v);
		must(set_has(s, &a) == set_range(s, &a, &first, &last));
	}
	must(!set_broken(s));
}

/* As it is; and with a header that says how many they are, and the sum. */
static void
hostile(const uint8_t *data, size_t len, int mend)
{
	struct set_header h;
	struct set_plan	  p;
	struct set_info	  info;
	struct set	 *s;
	uint64_t	  end = SET_END;
	char		  why[SET_WHY_LEN];
	uint8_t		 *bytes;
	int		  fd = memory_file();

	if (len < sizeof(h))
		return;
	memcpy(&h, data, sizeof(h));
	p.size = len;
	if (mend) {
		must(set_plan(&p, h.n4 % 600, h.n6 % 300) == 0);
		h.magic = SET_MAGIC;
		h.version = SET_VERSION;
		h.n4 = p.n4;
		h.n6 = p.n6;
		h.bits4 = p.bits4;
		h.size = p.size;
		h.sum = 0;
	}
	must((bytes = calloc(1, p.size)) != NULL);
	memcpy(bytes, data, len < p.size ? len : p.size);
	if (mend) {
		memcpy(bytes, &h, sizeof(h));
		memcpy(bytes + p.end, &end, sizeof(end));
		h.sum = crc32c(0, bytes, p.size);
		memcpy(bytes, &h, sizeof(h));
	}
	must(write(fd, bytes, p.size) == (ssize_t)p.size);
	free(bytes);
	s = set_open(fd, why);
	must(s != NULL || !mend);
	if (s != NULL) {
		set_info(s, &info);
		look_up(s, data, len);
	}
	set_close(s);
	(void)lseek(fd, 0, SEEK_SET);
}

static void
same(const struct set *s, const struct ranges *r, const struct addr *a)
{
	must(set_has(s, a) == ranges_has(r, a));
}

static char dir[] = "/tmp/set_fuzz.XXXXXX";

static void
remove_dir(void)
{
	(void)rmdir(dir);
}

static int
open_dir(void)
{
	static int fd = -1;

	if (fd == -1) {
		must(mkdtemp(dir) != NULL && atexit(remove_dir) == 0);
		must((fd = open(dir, O_RDONLY | O_DIRECTORY)) != -1);
	}
	return fd;
}

static void
round_trip(const uint8_t *data, size_t len)
{
	static const struct set_info nothing = { .time = 0 };
	struct ranges		     r = { .n4 = 0 };
	struct set		    *s;
	struct addr		     a;
	struct addr6		     v, w;
	char			     why[SET_WHY_LEN];
	size_t			     i;
	int			     fd, dirfd = open_dir();

	for (i = 0; i + 8 <= len && i < 4096; i += 8) {
		v.high = number_at(data, len, i) & 0xffff;
		v.low = number_at(data, len, i) >> 48;
		w = v;
		w.low += data[i] % 5;
		must(ranges_add4(&r, (uint32_t)v.low, (uint32_t)w.low) == 0);
		must(ranges_add6(&r, v, w) == 0);
	}
	(void)ranges_merge(&r);
	must(set_write(dirfd, "f.set", &r, &nothing) == 0);
	must((fd = openat(dirfd, "f.set", O_RDONLY)) != -1);
	must((s = set_open(fd, why)) != NULL);
	close(fd);
	for (i = 0; i + 8 <= len && i < 4096; i++) {
		v.high = number_at(data, len, i) & 0xffff;
		v.low = number_at(data, len, i) >> 48;
		range_to_addr4(&a, (uint32_t)v.low + 1);
		same(s, &r, &a);
		range_to_addr6(&a, v);
		same(s, &r, &a);
	}
	set_close(s);
	ranges_free(&r);
	(void)unlinkat(dirfd, "f.set", 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	hostile(data, len, 0);
	hostile(data, len, 1);
	/* It syncs a file, which is slow. */
	if (len > 0 && data[0] % 64 == 0)
		round_trip(data, len);
	return 0;
}
