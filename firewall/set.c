/* SPDX-License-Identifier: ISC */
#include "firewall.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

void
firewall_set_free(struct firewall_set *set)
{
	free(set->prefix);
	set->prefix = NULL;
	set->n = 0;
}

/* There is always room up to the next power of two. */
int
firewall_set_add(struct firewall_set *set, const struct prefix *p)
{
	struct prefix *grown;
	size_t	       room;

	if ((set->n & (set->n - 1)) == 0) {
		room = set->n == 0 ? 1 : set->n * 2;
		if (room > SIZE_MAX / sizeof(*grown))
			return -1;
		grown = realloc(set->prefix, room * sizeof(*grown));
		if (grown == NULL)
			return -1;
		set->prefix = grown;
	}
	set->prefix[set->n++] = *p;
	return 0;
}

/* By first address; of two that begin alike, the wider comes first. */
static int
compare(const void *av, const void *bv)
{
	const struct prefix *a = av, *b = bv;
	int		     order;

	order = addr_compare(&a->addr, &b->addr);
	if (order != 0)
		return order;
	return (a->bits > b->bits) - (a->bits < b->bits);
}

static int
prefix_equal(const struct prefix *a, const struct prefix *b)
{
	return a->bits == b->bits && addr_equal(&a->addr, &b->addr);
}

/* Two halves of one prefix become that prefix.  Whether they were. */
static int
join(struct prefix *a, const struct prefix *b)
{
	struct prefix of_a, of_b;

	if (a->bits != b->bits || a->bits == 0 ||
	    a->addr.family != b->addr.family)
		return 0;
	of_a = prefix_around(&a->addr, a->bits - 1);
	of_b = prefix_around(&b->addr, b->bits - 1);
	if (!prefix_equal(&of_a, &of_b))
		return 0;
	*a = of_a;
	return 1;
}

/* Sorted, nothing can cover what stands before it. */
void
firewall_set_merge(struct firewall_set *set)
{
	struct prefix *p = set->prefix;
	size_t	       i, n = 0;

	if (set->n < 2)
		return;
	qsort(p, set->n, sizeof(*p), compare);
	for (i = 0; i < set->n; i++) {
		if (n > 0 && prefix_contains(&p[n - 1], &p[i].addr))
			continue;
		p[n++] = p[i];
		while (n > 1 && join(&p[n - 2], &p[n - 1]))
			n--;
	}
	set->n = n;
}

int
firewall_set_equal(const struct firewall_set *a, const struct firewall_set *b)
{
	size_t i;

	if (a->n != b->n)
		return 0;
	for (i = 0; i < a->n; i++) {
		if (!prefix_equal(&a->prefix[i], &b->prefix[i]))
			return 0;
	}
	return 1;
}

int
firewall_set_contains(const struct firewall_set *set, const struct addr *a)
{
	size_t low = 0, high = set->n, mid;

	/* The last one that does not begin behind the address. */
	while (low < high) {
		mid = low + (high - low) / 2;
		if (addr_compare(&set->prefix[mid].addr, a) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low > 0 && prefix_contains(&set->prefix[low - 1], a);
}
