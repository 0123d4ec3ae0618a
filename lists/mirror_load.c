/* SPDX-License-Identifier: ISC */
#include "mirror_load.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "mirror.h"
#include "nft_text.h"
#include "ranges.h"
#include "set.h"
#include "set_file.h"

static void __attribute__((__format__(printf, 2, 3)))
fail(struct mirror_result *r, const char *fmt, ...)
{
	va_list ap;

	r->outcome = MIRROR_FAILED;
	va_start(ap, fmt);
	vsnprintf(r->why, sizeof(r->why), fmt, ap);
	va_end(ap);
}

/*
 * A copy that nobody can change under us, and in order, whatever the file
 * says: what is subtracted later must find it.
 */
static int
copy(struct ranges *to, const struct set *set)
{
	struct ranges from;
	struct range4 r4;
	struct range6 r6;
	size_t	      i;

	set_ranges(set, &from);
	for (i = 0; i < from.n4; i++) {
		r4 = from.v4[i];
		if (r4.first <= r4.last &&
		    ranges_add4(to, r4.first, r4.last) == -1)
			return -1;
	}
	for (i = 0; i < from.n6; i++) {
		r6 = from.v6[i];
		if (addr6_compare(r6.first, r6.last) <= 0 &&
		    ranges_add6(to, r6.first, r6.last) == -1)
			return -1;
	}
	(void)ranges_merge(to);
	return 0;
}

/* 0, or -1 with the result. */
static int
read_set(struct ranges *to, const char *path, int ours,
    struct mirror_result *result)
{
	struct stamp	stamp;
	struct set_info info = { .n4 = 0 };
	struct set     *set;
	const char     *wrong;
	char		why[SET_WHY_LEN];
	int		fd, ret = -1;

	if ((fd = set_file_open(path, ours, &stamp, &wrong)) == -1) {
		fail(result, "%s: %s", path, wrong);
		if (stamp.error == ENOENT && !ours)
			result->outcome = MIRROR_ABSENT;
		return -1;
	}
	if ((set = set_open(fd, why)) != NULL)
		set_info(set, &info);
	if (set == NULL)
		fail(result, "%s: %s", path, why);
	else if (info.n4 + info.n6 > MIRROR_MAX)
		fail(result, "%s: has too many ranges for a table", path);
	else if (copy(to, set) == -1)
		fail(result, "out of memory");
	else if (set_broken(set))
		fail(result, "%s: was cut while it was read", path);
	else
		ret = 0;
	set_close(set);
	close(fd);
	return ret;
}

/* What shall be in the table, as ranges. */
static int
wanted_ranges(const struct mirror_table *t, struct ranges *want,
    struct mirror_result *result)
{
	struct ranges protected = { .n4 = 0 };
	int ret = -1;

	if (read_set(want, t->set, 0, result) == -1)
		return -1;
	if (read_set(&protected, t->protected, 1, result) == 0) {
		ret = ranges_subtract(want, &protected);
		if (ret == -1)
			fail(result, "out of memory");
	}
	ranges_free(&protected);
	return ret;
}

/* For ranges_prefixes(): keeps max of them, and counts up to MIRROR_MAX. */
struct keeper {
	struct firewall_set *set;
	uint64_t	     n, max;
	int		     nomem;
};

static int
keep(void *arg, const struct prefix *p)
{
	struct keeper *k = arg;

	if (k->n++ < k->max && firewall_set_add(k->set, p) == -1) {
		k->nomem = 1;
		return -1;
	}
	return k->n > MIRROR_MAX ? -1 : 0;
}

static int
wanted(const struct mirror_table *t, struct firewall_set *set,
    struct mirror_result *result)
{
	struct ranges want = { .n4 = 0 };
	struct keeper k = { .set = set, .max = MIRROR_MAX };
	int	      ret;

	if (t->fw.kind == FIREWALL_NFTABLES)
		k.max = MIRROR_NFT_MAX;
	ret = wanted_ranges(t, &want, result);
	if (ret == 0)
		(void)ranges_prefixes(&want, keep, &k);
	ranges_free(&want);
	if (ret == -1)
		return -1;
	result->prefixes = k.n;
	if (k.nomem)
		fail(result, "out of memory");
	else if (k.n > MIRROR_MAX)
		fail(result,
		    "more than %d prefixes are too many: nothing of it is "
		    "loaded",
		    MIRROR_MAX);
	else if (k.n > k.max)
		fail(result,
		    "%llu prefixes are too many for nftables, which is given "
		    "%d at most: nothing of it is loaded",
		    (unsigned long long)k.n, MIRROR_NFT_MAX);
	else
		return 0;
	return -1;
}

/* 1 it is so already, 0 it differs, -1 it cannot be told. */
static int
is_so(const struct mirror_table *t, const struct firewall_set *want,
    struct mirror_result *result)
{
	struct firewall_set have = { .n = 0 };
	int		    same;

	if (firewall_show(&t->fw, &have, result->why) != FIREWALL_DONE) {
		result->outcome = MIRROR_FAILED;
		return -1;
	}
	same = firewall_set_equal(&have, want);
	firewall_set_free(&have);
	return same;
}

static void
hand_over(const struct mirror_table *t, int check,
    const struct firewall_set *want, struct mirror_result *result)
{
	if (check) {
		switch (is_so(t, want, result)) {
		case 1:
			result->outcome = MIRROR_SAME;
			return;
		case 0:
			break;
		default:
			return;
		}
	}
	if (firewall_replace(&t->fw, want, result->why) == FIREWALL_DONE)
		result->outcome = check ? MIRROR_REPAIRED : MIRROR_LOADED;
	else
		result->outcome = MIRROR_FAILED;
}

/*
 * 0, or -1 with the result.  nft itself would only speak of a syntax error;
 * the other firewalls take any name.
 */
static int
named_well(const struct mirror_table *t, struct mirror_result *result)
{
	if (t->fw.kind != FIREWALL_NFTABLES ||
	    (!nft_is_word(t->fw.set) && !nft_is_word(t->fw.set6)))
		return 0;
	fail(result,
	    "nftables cannot have a set of that name, which is a word of its "
	    "language: choose another");
	return -1;
}

void
mirror_load(const struct mirror_table *t, int check,
    struct mirror_result *result)
{
	struct firewall_set want = { .n = 0 };

	memset(result, 0, sizeof(*result));
	if (named_well(t, result) == -1)
		return;
	if (set_guard() == -1)
		fail(result, "SIGBUS: %s", strerror(errno));
	else if (wanted(t, &want, result) == 0) {
		firewall_set_merge(&want);
		hand_over(t, check, &want, result);
	}
	firewall_set_free(&want);
}
