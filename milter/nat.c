/* SPDX-License-Identifier: ISC */
#include "nat.h"

#include <stdlib.h>
#include <string.h>

/* A longer name counts by its beginning. */
#define HELO_LEN 128

struct name {
	char	text[HELO_LEN]; /* lower case, no dot behind it */
	int64_t seen;
};

struct host {
	struct addr addr; /* ADDR_NONE: free */
	struct name names[NAT_HELOS];
	size_t	    n;
	int64_t	    seen;
	int64_t	    said; /* when it was news; 0: never */
};

struct nat {
	struct host hosts[NAT_ADDRESSES];
};

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/*
 * Where hosts are behind one address for want of addresses.  Not all of
 * addr_is_special(): nobody is masqueraded to a documentation prefix, and
 * what comes from loopback is this machine, which is protected anyway.
 */
static const struct prefix inner[] = {
	{ { ADDR_IPV4, { 10 } }, 8 },	      /* RFC 1918 */
	{ { ADDR_IPV4, { 172, 16 } }, 12 },   /* RFC 1918 */
	{ { ADDR_IPV4, { 192, 168 } }, 16 },  /* RFC 1918 */
	{ { ADDR_IPV4, { 100, 64 } }, 10 },   /* RFC 6598 */
	{ { ADDR_IPV4, { 169, 254 } }, 16 },  /* RFC 3927 */
	{ { ADDR_IPV6, { 0xfc } }, 7 },	      /* RFC 4193 */
	{ { ADDR_IPV6, { 0xfe, 0x80 } }, 10 } /* RFC 4291 */
};

static const struct prefix loopback[] = {
	{ { ADDR_IPV4, { 127 } }, 8 },
	{ { ADDR_IPV6, { [15] = 1 } }, 128 },
};

static int
is_in(const struct prefix *p, size_t n, const struct addr *a)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (prefix_contains(&p[i], a))
			return 1;
	return 0;
}

struct nat *
nat_new(void)
{
	return calloc(1, sizeof(struct nat));
}

void
nat_free(struct nat *nat)
{
	free(nat);
}

/* The one for that address; the one that was quiet for longest makes room. */
static struct host *
find(struct nat *nat, const struct addr *addr)
{
	struct host *h, *oldest = &nat->hosts[0];
	size_t	     i;

	for (i = 0; i < NAT_ADDRESSES; i++) {
		h = &nat->hosts[i];
		if (addr_equal(&h->addr, addr))
			return h;
		if (oldest->addr.family == ADDR_NONE)
			continue;
		if (h->addr.family == ADDR_NONE || h->seen < oldest->seen)
			oldest = h;
	}
	memset(oldest, 0, sizeof(*oldest));
	oldest->addr = *addr;
	return oldest;
}

static void
forget(struct host *h, int64_t now)
{
	size_t i, kept = 0;

	for (i = 0; i < h->n; i++)
		if (now - h->names[i].seen < NAT_WITHIN)
			h->names[kept++] = h->names[i];
	h->n = kept;
}

static void
copy(char dst[HELO_LEN], const char *src)
{
	size_t n;

	for (n = 0; n < HELO_LEN - 1 && src[n] != '\0'; n++)
		dst[n] = src[n] >= 'A' && src[n] <= 'Z' ? src[n] + ('a' - 'A') :
							  src[n];
	while (n > 0 && dst[n - 1] == '.')
		n--;
	dst[n] = '\0';
}

/* When there is no room, the name that was seen last long ago goes. */
static void
note(struct host *h, const char *helo, int64_t now)
{
	struct name *name, *oldest = &h->names[0];
	char	     text[HELO_LEN];
	size_t	     i;

	copy(text, helo);
	for (i = 0; i < h->n; i++) {
		name = &h->names[i];
		if (strcmp(name->text, text) == 0) {
			name->seen = now;
			return;
		}
		if (name->seen < oldest->seen)
			oldest = name;
	}
	name = h->n < NAT_HELOS ? &h->names[h->n++] : oldest;
	memcpy(name->text, text, sizeof(text));
	name->seen = now;
}

int
nat_hides(struct nat *nat, const struct addr *addr, int is_protected,
    const char *helo, int64_t now, int *news)
{
	struct host *h;

	*news = 0;
	if (addr->family == ADDR_NONE ||
	    is_in(loopback, nitems(loopback), addr) ||
	    (!is_protected && !is_in(inner, nitems(inner), addr)))
		return 0;
	h = find(nat, addr);
	h->seen = now;
	forget(h, now);
	note(h, helo, now);
	if (h->n < NAT_HELOS)
		return 0;
	if (h->said == 0 || now - h->said >= NAT_WITHIN) {
		h->said = now;
		*news = 1;
	}
	return 1;
}

size_t
nat_count(const struct nat *nat, int64_t now)
{
	const struct host *h;
	size_t		   i, k, names, count = 0;

	for (i = 0; i < NAT_ADDRESSES; i++) {
		h = &nat->hosts[i];
		for (k = names = 0; k < h->n; k++)
			names += now - h->names[k].seen < NAT_WITHIN;
		count += names == NAT_HELOS;
	}
	return count;
}
