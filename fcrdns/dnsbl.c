/* SPDX-License-Identifier: ISC */
#include "dnsbl.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define LABEL_MAX 63

static const char letters_digits[] = "abcdefghijklmnopqrstuvwxyz0123456789";

static const char *const states[DNSBL_STATES] = {
	[DNSBL_CLEAR] = "clear",
	[DNSBL_LISTED] = "listed",
	[DNSBL_BROKEN] = "broken",
	[DNSBL_TIMEOUT] = "timeout",
	[DNSBL_SERVFAIL] = "servfail",
	[DNSBL_REFUSED] = "refused",
	[DNSBL_BOGUS] = "bogus",
	[DNSBL_OVERLOAD] = "overload",
	[DNSBL_RESOURCES] = "resources",
	[DNSBL_ASIDE] = "aside",
	[DNSBL_UNTESTED] = "untested",
	[DNSBL_FAMILY] = "family",
};

const char *
dnsbl_state_name(enum dnsbl_state state)
{
	return states[state];
}

int
dnsbl_state_parse(const char *word)
{
	size_t i;

	for (i = 0; i < nitems(states); i++) {
		if (strcmp(states[i], word) == 0)
			return (int)i;
	}
	return -1;
}

int
dnsbl_state_open(enum dnsbl_state state)
{
	switch (state) {
	case DNSBL_TIMEOUT:
	case DNSBL_SERVFAIL:
	case DNSBL_REFUSED:
	case DNSBL_BOGUS:
	case DNSBL_OVERLOAD:
	case DNSBL_RESOURCES:
	case DNSBL_UNTESTED:
		return 1;
	case DNSBL_CLEAR:
	case DNSBL_LISTED:
	case DNSBL_BROKEN:
	case DNSBL_ASIDE: /* which has been said */
	case DNSBL_FAMILY:
	case DNSBL_STATES:
		break;
	}
	return 0;
}

int
dnsbl_query(char buf[DNSBL_QUERY_LEN], const struct addr *addr,
    const char *zone)
{
	static const char hex[] = "0123456789abcdef";
	const uint8_t	 *o = addr->octets;
	char		  host[ADDR_REVERSE_LEN], *p = host;
	int		  i, n;

	if (addr->family == ADDR_IPV4)
		snprintf(host, sizeof(host), "%u.%u.%u.%u.", o[3], o[2], o[1],
		    o[0]);
	else {
		for (i = 15; i >= 0; i--) {
			*p++ = hex[o[i] & 15];
			*p++ = '.';
			*p++ = hex[o[i] >> 4];
			*p++ = '.';
		}
		*p = '\0';
	}
	/* The dot at the end: no search list, no guess. */
	n = snprintf(buf, DNSBL_QUERY_LEN, "%s%s.", host, zone);
	return n < 0 || n >= DNSBL_QUERY_LEN ? -1 : 0;
}

int
dnsbl_public(const struct addr *addr)
{
	static const struct prefix ours[] = {
		{ { ADDR_IPV4, { 127 } }, 8 },
		{ { ADDR_IPV4, { 10 } }, 8 },
		{ { ADDR_IPV4, { 172, 16 } }, 12 },
		{ { ADDR_IPV4, { 192, 168 } }, 16 },
		{ { ADDR_IPV4, { 169, 254 } }, 16 },
		{ { ADDR_IPV4, { 100, 64 } }, 10 },
		{ { ADDR_IPV6, { 0 } }, 127 }, /* ::, ::1 */
		{ { ADDR_IPV6, { 0xfc } }, 7 },
		{ { ADDR_IPV6, { 0xfe, 0x80 } }, 10 },
	};
	size_t i;

	for (i = 0; i < nitems(ours); i++) {
		if (prefix_contains(&ours[i], addr))
			return 0;
	}
	return 1;
}

/* Decimal, no leading zero.  Bytes used, 0: none. */
static size_t
octet_parse(uint8_t *octet, const char *s)
{
	unsigned int n = 0;
	size_t	     len;

	for (len = 0; len < 3 && s[len] >= '0' && s[len] <= '9'; len++)
		n = n * 10 + (unsigned int)(s[len] - '0');
	if (len == 0 || n > 255 || (s[0] == '0' && len > 1))
		return 0;
	*octet = (uint8_t)n;
	return len;
}

/* A number, a range or *.  Bytes used, 0: none of them. */
static size_t
part_parse(uint8_t *first, uint8_t *last, const char *s)
{
	size_t len, more;

	if (s[0] == '*') {
		*first = 0;
		*last = 255;
		return 1;
	}
	if ((len = octet_parse(first, s)) == 0)
		return 0;
	*last = *first;
	if (s[len] != '-')
		return len;
	if ((more = octet_parse(last, s + len + 1)) == 0 || *last < *first)
		return 0;
	return len + 1 + more;
}

static int
covers(const struct dnsbl_filter *f, const uint8_t reply[4])
{
	int i;

	for (i = 0; i < 4; i++) {
		if (reply[i] < f->first[i] || reply[i] > f->last[i])
			return 0;
	}
	return 1;
}

/* Could no working list ever reply what it covers? */
static int
errors_only(const struct dnsbl_filter *f)
{
	if (f->first[1] != f->last[1] || f->first[2] != f->last[2])
		return 0;
	if (f->first[1] == 255 && f->first[2] == 255)
		return 1;
	return f->first[1] == 0 && f->first[2] == 0 &&
	    f->first[3] == f->last[3] &&
	    (f->first[3] == 1 || f->first[3] == 255);
}

const char *
dnsbl_filter_parse(struct dnsbl_filter *f, const char *text)
{
	size_t len;
	int    i;

	memset(f, 0, sizeof(*f));
	for (i = 0; i < 4; i++) {
		if (i > 0 && *text++ != '.')
			return "is no reply such as 127.0.0.2-11";
		len = part_parse(&f->first[i], &f->last[i], text);
		if (len == 0)
			return "is no reply such as 127.0.0.2-11";
		text += len;
	}
	if (*text != '\0')
		return "is no reply such as 127.0.0.2-11";
	if (f->first[0] != 127 || f->last[0] != 127)
		return "does not begin with 127";
	if (errors_only(f))
		return "is an error, never a listing";
	return NULL;
}

const char *
dnsbl_filter_print(const struct dnsbl_filter *f, char buf[DNSBL_FILTER_LEN])
{
	size_t at = 0;
	int    i, n;

	for (i = 0; i < 4; i++) {
		const char *dot = i > 0 ? "." : "";

		if (f->first[i] == f->last[i])
			n = snprintf(buf + at, DNSBL_FILTER_LEN - at, "%s%u",
			    dot, f->first[i]);
		else if (f->first[i] == 0 && f->last[i] == 255)
			n = snprintf(buf + at, DNSBL_FILTER_LEN - at, "%s*",
			    dot);
		else
			n = snprintf(buf + at, DNSBL_FILTER_LEN - at, "%s%u-%u",
			    dot, f->first[i], f->last[i]);
		at += (size_t)n;
	}
	return buf;
}

int
dnsbl_same_filters(const struct dnsbl *a, const struct dnsbl *b)
{
	return a->nfilters == b->nfilters &&
	    memcmp(a->filters, b->filters, a->nfilters * sizeof(*a->filters)) ==
	    0;
}

int
dnsbl_reply_good(const uint8_t r[4])
{
	static const uint8_t one[4] = { 127, 0, 0, 1 };
	static const uint8_t last[4] = { 127, 0, 0, 255 };

	return r[0] == 127 && memcmp(r, one, 4) != 0 &&
	    memcmp(r, last, 4) != 0 && !(r[1] == 255 && r[2] == 255);
}

const struct dnsbl_filter *
dnsbl_match(const struct dnsbl *d, const uint8_t reply[4])
{
	size_t i;

	if (!dnsbl_reply_good(reply))
		return NULL;
	for (i = 0; i < d->nfilters; i++) {
		if (covers(&d->filters[i], reply))
			return &d->filters[i];
	}
	return NULL;
}

int
dnsbl_listed(const struct dnsbl *d, const struct dnsbl_finding *f, int *score)
{
	const struct dnsbl_filter *filter;
	uint32_t		   counted = 0;
	unsigned int		   i;
	int			   listed = 0;

	*score = 0;
	if (f->state != DNSBL_LISTED)
		return 0;
	for (i = 0; i < f->nreplies && i < DNSBL_REPLIES; i++) {
		if ((filter = dnsbl_match(d, f->replies[i])) == NULL)
			continue;
		listed = 1;
		if ((counted & (UINT32_C(1) << filter->group)) == 0)
			*score += filter->score;
		counted |= UINT32_C(1) << filter->group;
	}
	return listed;
}

int
dnsbl_lowest(const struct dnsbl *d)
{
	uint32_t counted = 0, bit;
	size_t	 i;
	int	 sum = 0;

	for (i = 0; i < d->nfilters; i++) {
		bit = UINT32_C(1) << d->filters[i].group;
		if (d->filters[i].score < 0 && (counted & bit) == 0)
			sum += d->filters[i].score;
		counted |= bit;
	}
	return sum;
}

static int
contains(const char *text, const char *what, size_t len)
{
	for (; *text != '\0'; text++) {
		if (strncasecmp(text, what, len) == 0)
			return 1;
	}
	return 0;
}

int
dnsbl_tells(const char *text, const char *zone)
{
	const char *label, *dot, *next;
	size_t	    len;

	if (zone[0] == '\0')
		return 0;
	if (contains(text, zone, strlen(zone)))
		return 1;
	for (label = zone;; label = dot + 1) {
		len = strcspn(label, ".");
		if (len >= DNSBL_SECRET_MIN && contains(text, label, len))
			return 1;
		if ((dot = strchr(label, '.')) == NULL ||
		    (next = strchr(dot + 1, '.')) == NULL ||
		    strchr(next + 1, '.') == NULL)
			return 0; /* the last two are public */
	}
}

int
dnsbl_zone_read(char out[DNSBL_ZONE_LEN], const char *text, size_t len)
{
	size_t i, label = 0;
	char   c;

	if (len > 0 && text[len - 1] == '.')
		len--;
	if (len == 0 || len >= DNSBL_ZONE_LEN)
		return -1;
	for (i = 0; i < len; i++) {
		c = text[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c == '.') {
			if (label == 0)
				return -1;
			label = 0;
		} else if (c != '\0' &&
		    (strchr(letters_digits, c) != NULL || c == '-' ||
			c == '_')) {
			if (++label > LABEL_MAX)
				return -1;
		} else
			return -1;
		out[i] = c;
	}
	out[len] = '\0';
	return label == 0 ? -1 : 0;
}

void
dnsbl_txt(char out[DNSBL_TXT_LEN], const void *text, size_t len,
    const char *zone)
{
	const unsigned char *p = text;
	char		     all[1024];
	size_t		     i, n = 0;

	/* The whole of it may tell the zone, not only what is kept. */
	for (i = 0; i < len && n + 1 < sizeof(all); i++) {
		if (p[i] >= 0x20 && p[i] < 0x7f)
			all[n++] = (char)p[i];
	}
	all[n] = '\0';
	if (zone != NULL && dnsbl_tells(all, zone))
		n = 0;
	if (n > DNSBL_TXT_CUT)
		n = DNSBL_TXT_CUT;
	memcpy(out, all, n);
	out[n] = '\0';
}
