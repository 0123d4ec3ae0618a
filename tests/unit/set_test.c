/* SPDX-License-Identifier: ISC */

#include "crc32c.h"
#include "set_inner.h"
#include "set_lab.h"

static const struct {
	const char *what;
	const char *prefixes;
	const char *in;	 /* addresses, a space between two */
	const char *out; /* likewise */
} cases[] = {
	{ "an empty set has nobody", "", "",
	    "0.0.0.0 255.255.255.255 :: 192.0.2.1 2001:db8::1" },
	{ "one IPv4 address", "192.0.2.1", "192.0.2.1",
	    "192.0.2.0 192.0.2.2 0.0.0.0 ::192.0.2.1 ::" },
	{ "one IPv6 address", "2001:db8::1", "2001:db8::1",
	    "2001:db8:: 2001:db8::2 :: 0.0.0.1" },
	{ "neighbours become one", "192.0.2.0/25 192.0.2.128/25",
	    "192.0.2.0 192.0.2.127 192.0.2.128 192.0.2.255",
	    "192.0.1.255 192.0.3.0" },
	{ "the last IPv4 address", "255.255.255.255", "255.255.255.255",
	    "255.255.255.254 0.0.0.0" },
	{ "the first IPv4 address", "0.0.0.0", "0.0.0.0",
	    "0.0.0.1 255.255.255.255 ::" },
	{ "the last IPv6 address", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
	    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
	    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe :: 255.255.255.255" },
	{ "the first IPv6 address", "::/128", "::", "::1 0.0.0.0" },
	{ "everything", "0.0.0.0/0 ::/0",
	    "0.0.0.0 255.255.255.255 :: "
	    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
	    "" },
	{ "ten addresses of one /64",
	    "2001:db8::1 2001:db8::3 2001:db8::5 2001:db8::7 2001:db8::9 "
	    "2001:db8::b 2001:db8::d 2001:db8::f 2001:db8::11 2001:db8::13",
	    "2001:db8::1 2001:db8::9 2001:db8::f 2001:db8::11 2001:db8::13",
	    "2001:db8:: 2001:db8::2 2001:db8::e 2001:db8::10 2001:db8::14" },
};

static void
each_in(const struct set *s, const char *addresses, int in)
{
	char text[512], *at, *next;

	strlcpy(text, addresses, sizeof(text));
	for (at = text; *at != '\0'; at = next) {
		struct addr a, first, last;

		next = at + strcspn(at, " ");
		if (*next != '\0')
			*next++ = '\0';
		a = address(at);
		assert_int_equal(set_has(s, &a), in);
		assert_int_equal(set_range(s, &a, &first, &last), in);
		if (in) {
			assert_true(addr_compare(&first, &a) <= 0);
			assert_true(addr_compare(&a, &last) <= 0);
		}
	}
}

static void
test_cases(void **state)
{
	const struct addr nobody = { .family = ADDR_NONE };
	char		  why[SET_WHY_LEN];
	struct set	 *s;
	size_t		  i;

	(void)state;
	for (i = 0; i < nitems(cases); i++) {
		lab_write(folder_fd, "a.set", cases[i].prefixes);
		assert_non_null(s = lab_set("a.set", why));
		each_in(s, cases[i].in, 1);
		each_in(s, cases[i].out, 0);
		assert_false(set_has(s, &nobody));
		assert_false(set_broken(s));
		set_close(s);
	}
	assert_int_equal(lab_files(), 1);
}

static void
test_info(void **state)
{
	const struct set_info wrote = { .time = 1790000001,
		.good = 4,
		.bad = 3,
		.duplicate = 2,
		.protected = 1 };
	struct set_info	      info;
	struct ranges	      r, got;
	struct addr	      a, first, last;
	struct stat	      st;
	struct set	     *s;
	char		      why[SET_WHY_LEN], text[ADDR_LEN];

	(void)state;
	lab_ranges(&r, "192.0.2.0/24 198.51.100.7 2001:db8::/32");
	assert_int_equal(set_write(folder_fd, "a.set", &r, &wrote), 0);
	assert_non_null(s = lab_set("a.set", why));
	set_info(s, &info);
	assert_int_equal(info.n4, 2);
	assert_int_equal(info.n6, 1);
	assert_int_equal(info.time, 1790000001);
	assert_int_equal(info.good, 4);
	assert_int_equal(info.bad, 3);
	assert_int_equal(info.duplicate, 2);
	assert_int_equal(info.protected, 1);
	assert_int_equal(fstatat(folder_fd, "a.set", &st, 0), 0);
	assert_int_equal(st.st_size, info.bytes);
	assert_int_equal(st.st_mode & 07777, 0644);
	a = address("2001:db8:5::1");
	assert_true(set_range(s, &a, &first, &last));
	assert_string_equal(addr_print(&first, text), "2001:db8::");
	assert_string_equal(addr_print(&last, text),
	    "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff");
	set_ranges(s, &got);
	assert_int_equal(got.n4, r.n4);
	assert_int_equal(got.n6, r.n6);
	assert_memory_equal(got.v4, r.v4, r.n4 * sizeof(*r.v4));
	assert_memory_equal(got.v6, r.v6, r.n6 * sizeof(*r.v6));
	set_close(s);
	ranges_free(&r);
}

static uint64_t
chance(void)
{
	return (uint64_t)(unsigned int)rand() << 42 ^
	    (uint64_t)(unsigned int)rand() << 21 ^ (unsigned int)rand();
}

/* Close together or far apart, so that indexes are dense or have holes. */
static void
random_ranges(struct ranges *r, size_t n, unsigned int wide)
{
	struct addr6 first, last;
	uint32_t     at;
	size_t	     i;

	memset(r, 0, sizeof(*r));
	for (i = 0; i < n; i++) {
		at = (uint32_t)chance() >> wide;
		assert_int_equal(ranges_add4(r, at,
				     at + (uint32_t)chance() % 3 <= at ?
					 at :
					 at + 1),
		    0);
		first.high = chance() << (wide % 2 == 0 ? 43 : 0) >> wide;
		first.low = chance() >> 2 * wide;
		last = first;
		if (last.low < UINT64_MAX - 9)
			last.low += chance() % 9;
		assert_int_equal(ranges_add6(r, first, last), 0);
	}
	ranges_merge(r);
}

static void
same_as(const struct set *s, const struct ranges *r, const struct addr *a)
{
	assert_int_equal(set_has(s, a), ranges_has(r, a));
}

/* At each end of each range, beside it, and anywhere. */
static void
same_everywhere(const struct set *s, const struct ranges *r)
{
	struct addr  a;
	struct addr6 v;
	size_t	     i;
	uint32_t     d;

	for (i = 0; i < r->n4; i++)
		for (d = 0; d < 3; d++) {
			range_to_addr4(&a, r->v4[i].first + d - 1);
			same_as(s, r, &a);
			range_to_addr4(&a, r->v4[i].last + d - 1);
			same_as(s, r, &a);
		}
	for (i = 0; i < r->n6; i++)
		for (d = 0; d < 3; d++) {
			v = r->v6[i].first;
			v.low += d - UINT64_C(1);
			range_to_addr6(&a, v);
			same_as(s, r, &a);
			v = r->v6[i].last;
			v.low += d - UINT64_C(1);
			range_to_addr6(&a, v);
			same_as(s, r, &a);
		}
	for (i = 0; i < 1000; i++) {
		range_to_addr4(&a, (uint32_t)chance());
		same_as(s, r, &a);
		v.high = chance();
		v.low = chance();
		range_to_addr6(&a, v);
		same_as(s, r, &a);
	}
}

static void
test_random(void **state)
{
	static const size_t   sizes[] = { 1, 2, 7, 8, 9, 15, 64, 65, 127, 513,
		  4097, 20000 };
	const struct set_info info = { .time = 1 };
	struct ranges	      r;
	struct set	     *s;
	char		      why[SET_WHY_LEN];
	size_t		      i;
	unsigned int	      wide;

	(void)state;
	srand(2);
	for (i = 0; i < nitems(sizes); i++)
		for (wide = 0; wide < 30; wide += 7) {
			random_ranges(&r, sizes[i], wide);
			assert_int_equal(set_write(folder_fd, "a.set", &r,
					     &info),
			    0);
			assert_non_null(s = lab_set("a.set", why));
			same_everywhere(s, &r);
			set_close(s);
			ranges_free(&r);
		}
}

static unsigned char *
read_file(const char *name, size_t *len)
{
	unsigned char *p;
	struct stat    st;
	int	       fd = lab_fd(name);

	assert_int_equal(fstat(fd, &st), 0);
	*len = (size_t)st.st_size;
	assert_non_null(p = malloc(*len + 1));
	assert_int_equal(read(fd, p, *len), *len);
	close(fd);
	return p;
}

static void
put_file(const char *name, const void *bytes, size_t len)
{
	int fd = openat(folder_fd, name, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	assert_int_not_equal(fd, -1);
	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
}

static void
refused(const char *what)
{
	char	    why[SET_WHY_LEN] = "";
	struct set *s = lab_set("b.set", why);

	assert_null(s);
	if (what != NULL)
		assert_string_equal(why, what);
	else
		assert_int_not_equal(strlen(why), 0);
}

static void
test_cut(void **state)
{
	unsigned char *p;
	size_t	       len, n;

	(void)state;
	lab_write(folder_fd, "a.set", "192.0.2.0/24 2001:db8::/32");
	p = read_file("a.set", &len);
	put_file("b.set", p, 0);
	refused("is empty");
	for (n = 1; n < len; n++) {
		put_file("b.set", p, n);
		refused("is cut short");
	}
	p[len] = 'x';
	put_file("b.set", p, len + 1);
	refused("has bytes behind its end");
	free(p);
	/* And one that is mapped. */
	lab_write_many(folder_fd, "a.set", 40000);
	p = read_file("a.set", &len);
	for (n = len - 100; n < len; n++) {
		put_file("b.set", p, n);
		refused("is cut short");
	}
	free(p);
}

static void
test_flipped(void **state)
{
	unsigned char *p;
	size_t	       len, i;

	(void)state;
	lab_write(folder_fd, "a.set", "192.0.2.0/24 2001:db8::/32");
	p = read_file("a.set", &len);
	for (i = 0; i < len; i++) {
		p[i] ^= (unsigned char)(1 << i % 8);
		put_file("b.set", p, len);
		refused(NULL);
		p[i] ^= (unsigned char)(1 << i % 8);
	}
	free(p);
}

/* With a sum that is right. */
static void
put_header(const struct set_header *like, const unsigned char *rest, size_t len)
{
	struct set_header h = *like;
	unsigned char	 *p;

	h.sum = 0;
	h.sum =
	    crc32c(crc32c(0, &h, sizeof(h)), rest + sizeof(h), len - sizeof(h));
	assert_non_null(p = malloc(len));
	memcpy(p, rest, len);
	memcpy(p, &h, sizeof(h));
	put_file("b.set", p, len);
	free(p);
}

static void
test_foreign(void **state)
{
	struct set_header h, good;
	unsigned char	 *p;
	size_t		  len;
	char		  text[200];

	(void)state;
	memset(text, '#', sizeof(text));
	put_file("b.set", text, sizeof(text));
	refused("is no set file");
	lab_write(folder_fd, "a.set", "192.0.2.0/24 2001:db8::/32");
	p = read_file("a.set", &len);
	memcpy(&good, p, sizeof(good));

	h = good;
	h.magic = __builtin_bswap64(h.magic);
	put_header(&h, p, len);
	refused("was written by a machine of another byte order");
	h = good;
	h.version++;
	put_header(&h, p, len);
	refused("is of another version");
	h = good;
	h.n4 += 1;
	put_header(&h, p, len);
	refused("has a header that makes no sense");
	h = good;
	h.n6 = UINT64_MAX / 32 + 2;
	put_header(&h, p, len);
	refused("has a header that makes no sense");
	h = good;
	h.bits4 = 17;
	put_header(&h, p, len);
	refused("has a header that makes no sense");
	h = good;
	put_header(&h, p, len);
	set_close(lab_set("b.set", text));
	p[len - 1] ^= 1; /* the last word, with a sum that is right */
	put_header(&h, p, len);
	refused("is cut short");
	free(p);

	unlinkat(folder_fd, "b.set", 0);
	assert_int_equal(mkdirat(folder_fd, "b.set", 0755), 0);
	refused("is no regular file");
	assert_int_equal(unlinkat(folder_fd, "b.set", AT_REMOVEDIR), 0);
	put_file("b.set", "", 0);
}

static void
test_large(void **state)
{
	int fd;

	(void)state;
	put_file("b.set", "", 0);
	fd = openat(folder_fd, "b.set", O_WRONLY);
	assert_int_equal(ftruncate(fd, (off_t)SET_MAX + 1), 0);
	refused("is too large");
	close(fd);
	unlinkat(folder_fd, "b.set", 0);
}

/* The indexes and ranges say anything, and the sum is right. */
static void
test_hostile(void **state)
{
	struct set_header h;
	struct set	 *s;
	struct ranges	  none = { .n4 = 0 };
	unsigned char	 *p;
	char		  why[SET_WHY_LEN];
	size_t		  len, i, round;
	struct addr	  a;
	struct addr6	  v;

	(void)state;
	srand(3);
	random_ranges(&none, 3000, 0);
	assert_int_equal(set_write(folder_fd, "a.set", &none,
			     &(const struct set_info){ .time = 1 }),
	    0);
	ranges_free(&none);
	p = read_file("a.set", &len);
	memcpy(&h, p, sizeof(h));
	for (round = 0; round < 20; round++) {
		for (i = sizeof(h); i < len - 8; i++)
			p[i] = round == 0  ? 0xff :
			    round == 1	   ? 0 :
			    round % 2 == 0 ? (unsigned char)rand() :
			    i % 8 < 6	   ? 0 :
					     (unsigned char)rand();
		put_header(&h, p, len);
		assert_non_null(s = lab_set("b.set", why));
		for (i = 0; i < 2000; i++) {
			range_to_addr4(&a, (uint32_t)chance());
			(void)set_has(s, &a);
			v.high = chance();
			v.low = i;
			range_to_addr6(&a, v);
			(void)set_has(s, &a);
		}
		set_close(s);
	}
	free(p);
}

/* A new file under the old name: who has the old one keeps it. */
static void
test_swapped(void **state)
{
	struct set *old, *new;
	struct addr a = address("10.0.0.0"), b = address("192.0.2.1");
	char	    why[SET_WHY_LEN];

	(void)state;
	lab_write_many(folder_fd, "a.set", 40000);
	assert_non_null(old = lab_set("a.set", why));
	lab_write(folder_fd, "a.set", "192.0.2.1");
	assert_non_null(new = lab_set("a.set", why));
	assert_true(set_has(old, &a));
	assert_false(set_has(old, &b));
	assert_false(set_has(new, &a));
	assert_true(set_has(new, &b));
	set_close(old);
	set_close(new);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_info),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_flipped),
		cmocka_unit_test(test_foreign),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_swapped),
	};

	return cmocka_run_group_tests(tests, lab_open, lab_close);
}
