/* SPDX-License-Identifier: ISC */
/*
 * One address, prefix or range.  IPv4 is what feeds are full of, so it is
 * read here, byte by byte and as strictly as addr_parse() does; all else is
 * left to that.
 */
#include <string.h>

#include "feed_parse.h"

#define MAPPED_BITS 96 /* of ::ffff:0:0/96 */

struct value {
	enum addr_family family;
	int		 mapped; /* IPv4 that was written as IPv6 */
	uint32_t	 v4;
	struct addr6	 v6;
};

static int
is_digit(const char *s, const char *end)
{
	return s < end && *s >= '0' && *s <= '9';
}

const char *
feed_skip_blanks(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t'))
		s++;
	return s;
}

/* Decimal, at most three digits, no leading zero. */
static const char *
number(unsigned int *out, unsigned int max, const char *s, const char *end)
{
	unsigned int n;

	if (!is_digit(s, end))
		return NULL;
	n = (unsigned int)(*s++ - '0');
	if (n != 0 && is_digit(s, end)) {
		n = n * 10 + (unsigned int)(*s++ - '0');
		if (is_digit(s, end))
			n = n * 10 + (unsigned int)(*s++ - '0');
	}
	*out = n;
	return n > max || is_digit(s, end) ? NULL : s;
}

static const char *
quad(uint32_t *out, const char *s, const char *end)
{
	unsigned int octet;
	uint32_t     v = 0;
	int	     i;

	for (i = 0; i < 4; i++) {
		if (i > 0 && (s == end || *s++ != '.'))
			return NULL;
		if ((s = number(&octet, 255, s, end)) == NULL)
			return NULL;
		v = v << 8 | octet;
	}
	*out = v;
	return s;
}

static int
is_part(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	    (c >= 'A' && c <= 'F') || c == ':' || c == '.';
}

/* An address with colons. */
static const char *
colons(struct value *v, const char *s, const char *end)
{
	struct addr a;
	char	    text[ADDR_LEN];
	size_t	    len = 0;

	for (; s < end && is_part(*s); s++) {
		if (len == sizeof(text) - 1)
			return NULL;
		text[len++] = *s;
	}
	text[len] = '\0';
	if (memchr(text, ':', len) == NULL || addr_parse(&a, text) == -1)
		return NULL;
	v->family = a.family;
	v->mapped = a.family == ADDR_IPV4;
	if (v->mapped)
		v->v4 = range_from_addr4(&a);
	else
		v->v6 = range_from_addr6(&a);
	return s;
}

static const char *
value(struct value *v, const char *s, const char *end)
{
	const char *p;

	if ((p = quad(&v->v4, s, end)) == NULL)
		return colons(v, s, end);
	v->family = ADDR_IPV4;
	v->mapped = 0;
	return p;
}

const char *
feed_bits(unsigned int *bits, unsigned int max, const char *s, const char *end)
{
	return number(bits, max, s, end);
}

static void
around4(struct range4 *r, uint32_t a, unsigned int bits)
{
	uint32_t host = bits >= 32 ? 0 : UINT32_MAX >> bits;

	r->first = a & ~host;
	r->last = a | host;
}

static void
around6(struct range6 *r, struct addr6 a, unsigned int bits)
{
	uint64_t high = bits >= 64 ? 0 : UINT64_MAX >> bits;
	uint64_t low = bits >= 128 ? 0 :
	    bits <= 64		   ? UINT64_MAX :
				     UINT64_MAX >> (bits - 64);

	r->first.high = a.high & ~high;
	r->first.low = a.low & ~low;
	r->last.high = a.high | high;
	r->last.low = a.low | low;
}

/* s is behind the slash. */
static const char *
prefix(struct feed_entry *e, const struct value *v, const char *s,
    const char *end)
{
	unsigned int bits, max, mapped = v->mapped ? MAPPED_BITS : 0;

	max = v->family == ADDR_IPV4 ? 32 + mapped : 128;
	if ((s = number(&bits, max, s, end)) == NULL || bits < mapped)
		return NULL;
	e->single = 0;
	if (v->family == ADDR_IPV4)
		around4(&e->v4, v->v4, bits - mapped);
	else
		around6(&e->v6, v->v6, bits);
	return s;
}

/* s is behind the hyphen. */
static const char *
range(struct feed_entry *e, const char *s, const char *end)
{
	struct value v;

	s = value(&v, feed_skip_blanks(s, end), end);
	if (s == NULL || v.family != e->family)
		return NULL;
	e->single = 0;
	e->v4.last = v.v4;
	e->v6.last = v.v6;
	if (e->family == ADDR_IPV4)
		return e->v4.first <= e->v4.last ? s : NULL;
	return addr6_compare(e->v6.first, e->v6.last) <= 0 ? s : NULL;
}

const char *
feed_entry(struct feed_entry *e, const char *s, const char *end)
{
	struct value v = { ADDR_NONE, 0, 0, { 0, 0 } };
	const char  *p;

	if ((s = value(&v, s, end)) == NULL)
		return NULL;
	e->family = v.family;
	e->single = 1;
	e->v4.first = e->v4.last = v.v4;
	e->v6.first = e->v6.last = v.v6;
	/* Not before "//", which is a comment. */
	if (s < end && *s == '/' && is_digit(s + 1, end))
		return prefix(e, &v, s + 1, end);
	p = feed_skip_blanks(s, end);
	if (p < end && *p == '-')
		return range(e, p + 1, end);
	return s;
}
