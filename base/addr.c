/* SPDX-License-Identifier: ISC */
#include "addr.h"

#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define MAPPED_BITS 96 /* of ::ffff:0:0/96 */

static size_t
octets_of(const struct addr *a)
{
	switch (a->family) {
	case ADDR_IPV4:
		return 4;
	case ADDR_IPV6:
		return 16;
	case ADDR_NONE:
		break;
	}
	return 0;
}

static unsigned int
bits_of(const struct addr *a)
{
	return (unsigned int)octets_of(a) * 8;
}

static int
is_mapped(const struct addr *a)
{
	static const uint8_t head[12] = { [10] = 0xff, [11] = 0xff };

	return a->family == ADDR_IPV6 &&
	    memcmp(a->octets, head, sizeof(head)) == 0;
}

/* An IPv4-mapped address becomes the IPv4 address that it stands for. */
static void
fold(struct addr *a)
{
	if (!is_mapped(a))
		return;
	a->family = ADDR_IPV4;
	memmove(a->octets, a->octets + 12, 4);
	memset(a->octets + 4, 0, 12);
}

/* Parse without folding. */
static int
parse(struct addr *a, const char *s)
{
	static const char chars[] = "0123456789abcdefABCDEF:.";

	memset(a, 0, sizeof(*a));
	/* Some inet_pton(3) take "fe80::1%em0". */
	if (s[strspn(s, chars)] != '\0')
		return -1;
	if (strchr(s, ':') != NULL) {
		if (inet_pton(AF_INET6, s, a->octets) != 1)
			goto bad;
		a->family = ADDR_IPV6;
		return 0;
	}
	if (inet_pton(AF_INET, s, a->octets) != 1)
		goto bad;
	a->family = ADDR_IPV4;
	return 0;
bad:
	memset(a, 0, sizeof(*a));
	return -1;
}

int
addr_parse(struct addr *a, const char *s)
{
	if (parse(a, s) == -1)
		return -1;
	fold(a);
	return 0;
}

/* Decimal digits only, no leading zero, at most 999; or -1. */
static int
parse_bits(const char *s)
{
	size_t i, len;
	int    n = 0;

	len = strlen(s);
	if (len == 0 || len > 3 || (s[0] == '0' && len > 1))
		return -1;
	for (i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		n = n * 10 + (s[i] - '0');
	}
	return n;
}

const char *
prefix_parse(struct prefix *p, const char *s)
{
	const char *slash;
	char	    text[ADDR_LEN];
	struct addr a;
	size_t	    len;
	int	    n;

	memset(p, 0, sizeof(*p));
	slash = strchr(s, '/');
	len = slash == NULL ? strlen(s) : (size_t)(slash - s);
	if (len >= sizeof(text))
		return "not an address";
	memcpy(text, s, len);
	text[len] = '\0';
	if (parse(&a, text) == -1)
		return "not an address";
	n = slash == NULL ? (int)bits_of(&a) : parse_bits(slash + 1);
	if (n == -1)
		return "not a number of bits behind the slash";
	if ((unsigned int)n > bits_of(&a))
		return a.family == ADDR_IPV4 ? "more than 32 bits" :
					       "more than 128 bits";

	*p = prefix_around(&a, (unsigned int)n);
	if (!addr_equal(&p->addr, &a)) {
		memset(p, 0, sizeof(*p));
		return "host bits are set";
	}
	/* Shorter than /96 it could not be mapped: 'ffff' were host bits. */
	if (is_mapped(&p->addr)) {
		fold(&p->addr);
		p->bits -= MAPPED_BITS;
	}
	return NULL;
}

int
addr_from_sockaddr(struct addr *a, const struct sockaddr *sa)
{
	struct sockaddr_in  sin;
	struct sockaddr_in6 sin6;

	memset(a, 0, sizeof(*a));
	if (sa == NULL)
		return -1;
	/* Copied: what libraries hand over may not be aligned. */
	switch (sa->sa_family) {
	case AF_INET:
		memcpy(&sin, sa, sizeof(sin));
		a->family = ADDR_IPV4;
		memcpy(a->octets, &sin.sin_addr, 4);
		return 0;
	case AF_INET6:
		memcpy(&sin6, sa, sizeof(sin6));
		a->family = ADDR_IPV6;
		memcpy(a->octets, &sin6.sin6_addr, 16);
		fold(a);
		return 0;
	default:
		return -1;
	}
}

size_t
addr_to_sockaddr(const struct addr *a, uint16_t port,
    struct sockaddr_storage *ss)
{
	struct sockaddr_in  sin;
	struct sockaddr_in6 sin6;

	memset(ss, 0, sizeof(*ss));
	switch (a->family) {
	case ADDR_IPV4:
		memset(&sin, 0, sizeof(sin));
		sin.sin_family = AF_INET;
		sin.sin_port = htons(port);
		memcpy(&sin.sin_addr, a->octets, 4);
		memcpy(ss, &sin, sizeof(sin));
		return sizeof(sin);
	case ADDR_IPV6:
		memset(&sin6, 0, sizeof(sin6));
		sin6.sin6_family = AF_INET6;
		sin6.sin6_port = htons(port);
		memcpy(&sin6.sin6_addr, a->octets, 16);
		memcpy(ss, &sin6, sizeof(sin6));
		return sizeof(sin6);
	case ADDR_NONE:
		break;
	}
	return 0;
}

/*
 * The first of the longest runs of zero groups, of two or more (RFC 5952,
 * 4.2).  Returns its length.
 */
static int
longest_run(const unsigned int group[8], int *start)
{
	int best = 0, i, n;

	*start = -1;
	for (i = 0; i < 8; i += n + 1) {
		for (n = 0; i + n < 8 && group[i + n] == 0; n++)
			continue;
		if (n >= 2 && n > best) {
			best = n;
			*start = i;
		}
	}
	return best;
}

/*
 * Not inet_ntop(3): some print ::1.2.3.4 for what is ::102:304, and the form
 * must be the same on every system.
 */
static void
print_ipv6(const uint8_t *o, char buf[ADDR_LEN])
{
	unsigned int group[8];
	size_t	     n = 0;
	int	     i, run, start;

	for (i = 0; i < 8; i++)
		group[i] = (unsigned int)o[2 * i] << 8 | o[2 * i + 1];
	run = longest_run(group, &start);
	for (i = 0; i < 8; i++) {
		if (i == start) {
			n += (size_t)snprintf(buf + n, ADDR_LEN - n, "::");
			i += run - 1;
			continue;
		}
		n += (size_t)snprintf(buf + n, ADDR_LEN - n, "%s%x",
		    i > 0 && i != start + run ? ":" : "", group[i]);
	}
}

const char *
addr_print(const struct addr *a, char buf[ADDR_LEN])
{
	switch (a->family) {
	case ADDR_IPV4:
		snprintf(buf, ADDR_LEN, "%u.%u.%u.%u", a->octets[0],
		    a->octets[1], a->octets[2], a->octets[3]);
		break;
	case ADDR_IPV6:
		print_ipv6(a->octets, buf);
		break;
	case ADDR_NONE:
		strlcpy(buf, "none", ADDR_LEN);
		break;
	}
	return buf;
}

const char *
prefix_print(const struct prefix *p, char buf[PREFIX_LEN])
{
	char text[ADDR_LEN];

	addr_print(&p->addr, text);
	if (p->bits >= bits_of(&p->addr))
		strlcpy(buf, text, PREFIX_LEN);
	else
		snprintf(buf, PREFIX_LEN, "%s/%u", text, p->bits);
	return buf;
}

const char *
addr_reverse(const struct addr *a, char buf[ADDR_REVERSE_LEN])
{
	size_t n = 0;
	int    i;

	buf[0] = '\0';
	switch (a->family) {
	case ADDR_IPV4:
		snprintf(buf, ADDR_REVERSE_LEN, "%u.%u.%u.%u.in-addr.arpa",
		    a->octets[3], a->octets[2], a->octets[1], a->octets[0]);
		break;
	case ADDR_IPV6:
		for (i = 15; i >= 0; i--)
			n += (size_t)snprintf(buf + n, ADDR_REVERSE_LEN - n,
			    "%x.%x.", a->octets[i] & 0xfU, a->octets[i] >> 4);
		strlcpy(buf + n, "ip6.arpa", ADDR_REVERSE_LEN - n);
		break;
	case ADDR_NONE:
		break;
	}
	return buf;
}

int
addr_compare(const struct addr *a, const struct addr *b)
{
	if (a->family != b->family)
		return a->family < b->family ? -1 : 1;
	return memcmp(a->octets, b->octets, octets_of(a));
}

int
addr_equal(const struct addr *a, const struct addr *b)
{
	return addr_compare(a, b) == 0;
}

/*
 * MurmurHash3's mixing, four octets at a time.  The seed makes it hard to
 * aim at a bucket; nothing here is a secret.
 */
uint32_t
addr_hash(const struct addr *a, uint32_t seed)
{
	const uint8_t *o = a->octets;
	uint32_t       h = seed ^ (uint32_t)a->family, k;
	size_t	       i;

	for (i = 0; i < octets_of(a); i += 4) {
		k = (uint32_t)o[i] << 24 | (uint32_t)o[i + 1] << 16 |
		    (uint32_t)o[i + 2] << 8 | o[i + 3];
		k *= 0xcc9e2d51U;
		k = k << 15 | k >> 17;
		h ^= k * 0x1b873593U;
		h = h << 13 | h >> 19;
		h = h * 5 + 0xe6546b64U;
	}
	h ^= h >> 16;
	h *= 0x85ebca6bU;
	h ^= h >> 13;
	h *= 0xc2b2ae35U;
	return h ^ h >> 16;
}

struct prefix
prefix_around(const struct addr *a, unsigned int bits)
{
	struct prefix p;
	unsigned int  max = bits_of(a), i, keep;

	memset(&p, 0, sizeof(p));
	p.addr.family = a->family;
	p.bits = bits > max ? max : bits;
	for (i = 0; i * 8 < p.bits; i++) {
		keep = p.bits - i * 8;
		p.addr.octets[i] = keep >= 8 ?
		    a->octets[i] :
		    (uint8_t)(a->octets[i] & (0xff00U >> keep));
	}
	return p;
}

struct prefix
addr_network(const struct addr *a)
{
	return prefix_around(a, a->family == ADDR_IPV4 ? 24 : 64);
}

int
prefix_contains(const struct prefix *p, const struct addr *a)
{
	struct prefix q;

	if (p->addr.family != a->family || a->family == ADDR_NONE)
		return 0;
	q = prefix_around(a, p->bits);
	return addr_equal(&p->addr, &q.addr);
}

#define V4(a, b, c, n)                        \
	{                                     \
		{ ADDR_IPV4, { a, b, c } }, n \
	}
#define V6(a, b, c, d, n)                                                   \
	{                                                                   \
		{ ADDR_IPV6,                                                \
			{ (a) >> 8, (a)&0xff, (b) >> 8, (b)&0xff, (c) >> 8, \
			    (c)&0xff, (d) >> 8, (d)&0xff } },               \
		    n                                                       \
	}

static const struct prefix special[] = {
	V4(0, 0, 0, 8),		     /* this network: RFC 6303 */
	V4(10, 0, 0, 8),	     /* private: RFC 1918 */
	V4(100, 64, 0, 10),	     /* shared: RFC 6598, RFC 7793 */
	V4(127, 0, 0, 8),	     /* loopback */
	V4(169, 254, 0, 16),	     /* link-local */
	V4(172, 16, 0, 12),	     /* private */
	V4(192, 0, 0, 24),	     /* protocol assignments: RFC 6890 */
	V4(192, 0, 2, 24),	     /* documentation: RFC 5737 */
	V4(192, 168, 0, 16),	     /* private */
	V4(198, 18, 0, 15),	     /* benchmarks: RFC 2544 */
	V4(198, 51, 100, 24),	     /* documentation */
	V4(203, 0, 113, 24),	     /* documentation */
	V4(240, 0, 0, 4),	     /* reserved, and broadcast */
	V6(0, 0, 0, 0, 127),	     /* unspecified, loopback */
	V6(0x64, 0xff9b, 1, 0, 48),  /* translation in a site: RFC 8215 */
	V6(0x100, 0, 0, 0, 64),	     /* discard: RFC 6666 */
	V6(0x2001, 0, 0, 0, 32),     /* Teredo: RFC 4380 */
	V6(0x2001, 2, 0, 0, 48),     /* benchmarks: RFC 5180 */
	V6(0x2001, 0x10, 0, 0, 28),  /* ORCHID: RFC 4843 */
	V6(0x2001, 0xdb8, 0, 0, 32), /* documentation: RFC 3849 */
	V6(0x3fff, 0, 0, 0, 20),     /* documentation: RFC 9637 */
	V6(0xfc00, 0, 0, 0, 7),	     /* unique local: RFC 4193 */
	V6(0xfe80, 0, 0, 0, 10),     /* link-local */
	V6(0xfec0, 0, 0, 0, 10),     /* site-local, of old: RFC 3879 */
};

int
addr_is_special(const struct addr *a)
{
	size_t i;

	for (i = 0; i < sizeof(special) / sizeof(special[0]); i++) {
		if (prefix_contains(&special[i], a))
			return 1;
	}
	return 0;
}
