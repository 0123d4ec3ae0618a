/* SPDX-License-Identifier: ISC */
#include "special.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define HIGH(a, b, c, d)                                                   \
	((uint64_t)(a) << 48 | (uint64_t)(b) << 32 | (uint64_t)(c) << 16 | \
	    (uint64_t)(d))
#define ONES UINT64_MAX

/* In order, and none touches the next. */
static const struct range4 special4[] = {
	{ 0x00000000, 0x00ffffff }, /* 0.0.0.0/8: this network */
	{ 0x0a000000, 0x0affffff }, /* 10.0.0.0/8: private, RFC 1918 */
	{ 0x64400000, 0x647fffff }, /* 100.64.0.0/10: shared, RFC 6598 */
	{ 0x7f000000, 0x7fffffff }, /* 127.0.0.0/8: loopback */
	{ 0xa9fe0000, 0xa9feffff }, /* 169.254.0.0/16: link-local */
	{ 0xac100000, 0xac1fffff }, /* 172.16.0.0/12: private */
	{ 0xc0000000, 0xc00000ff }, /* 192.0.0.0/24: protocols */
	{ 0xc0586300, 0xc05863ff }, /* 192.88.99.0/24: RFC 7526 */
	{ 0xc0a80000, 0xc0a8ffff }, /* 192.168.0.0/16: private */
	{ 0xc6120000, 0xc613ffff }, /* 198.18.0.0/15: benchmarks */
	{ 0xe0000000, 0xffffffff }, /* multicast, reserved, broadcast */
};

static const struct range6 special6[] = {
	/* ::/3: loopback, mapped, translated, discarded, unassigned */
	{ { 0, 0 }, { HIGH(0x1fff, 0xffff, 0xffff, 0xffff), ONES } },
	/* 2001::/23: protocols: Teredo, benchmarks, ORCHID */
	{ { HIGH(0x2001, 0, 0, 0), 0 },
	    { HIGH(0x2001, 0x1ff, 0xffff, 0xffff), ONES } },
	/* unassigned, unique local, link-local, multicast */
	{ { HIGH(0x4000, 0, 0, 0), 0 }, { ONES, ONES } },
};

int
special_ranges(struct ranges *r)
{
	size_t i;

	for (i = 0; i < nitems(special4); i++)
		if (ranges_add4(r, special4[i].first, special4[i].last) == -1)
			return -1;
	for (i = 0; i < nitems(special6); i++)
		if (ranges_add6(r, special6[i].first, special6[i].last) == -1)
			return -1;
	ranges_merge(r);
	return 0;
}

int
special_is4(uint32_t first, uint32_t last)
{
	size_t i;

	for (i = 0; i < nitems(special4); i++)
		if (first >= special4[i].first && last <= special4[i].last)
			return 1;
	return 0;
}

int
special_is6(struct addr6 first, struct addr6 last)
{
	size_t i;

	for (i = 0; i < nitems(special6); i++)
		if (addr6_compare(first, special6[i].first) >= 0 &&
		    addr6_compare(last, special6[i].last) <= 0)
			return 1;
	return 0;
}

int
special_touches4(uint32_t first, uint32_t last)
{
	size_t i;

	for (i = 0; i < nitems(special4); i++)
		if (first <= special4[i].last && last >= special4[i].first)
			return 1;
	return 0;
}

int
special_touches6(struct addr6 first, struct addr6 last)
{
	size_t i;

	for (i = 0; i < nitems(special6); i++)
		if (addr6_compare(first, special6[i].last) <= 0 &&
		    addr6_compare(last, special6[i].first) >= 0)
			return 1;
	return 0;
}
