/* SPDX-License-Identifier: ISC */
#include "known.h"

#include <string.h>

#include "fcrdns_conf.h"
#include "from.h"
#include "iprev.h"
#include "sets.h"
#include "verdict.h"

static void
add_lists(struct findings *f, const struct from *from, const struct addr *addr,
    const struct sets *sets)
{
	const struct set *set;
	const char	 *name;
	size_t		  i;

	for (i = 0; i < from->n && f->nlists < FINDINGS_LISTS; i++) {
		if ((name = from->items[i].list) == NULL ||
		    (set = sets_get(sets, name)) == NULL ||
		    !set_has(set, addr) || findings_in(f, name))
			continue;
		strlcpy(f->lists[f->nlists++], name, LIST_NAME_LEN);
	}
}

void
known_lists(struct findings *f, const struct addr *addr,
    const struct fcrdns_conf *conf, const struct sets *sets)
{
	f->lists_known = sets != NULL;
	f->is_protected = 0;
	f->nlists = 0;
	if (sets == NULL)
		return;
	f->is_protected = sets_protected(sets, addr) != 0;
	/* If there is not room for all, these must be among them. */
	add_lists(f, &conf->pass, addr, sets);
	add_lists(f, &conf->block, addr, sets);
}

int
known_early(struct findings *f, const struct addr *addr,
    const struct fcrdns_conf *conf, const struct sets *sets)
{
	struct verdict v;

	known_lists(f, addr, conf, sets);
	if (sets == NULL || !verdict_early(&v, addr, conf, f))
		return 0;
	f->addr = *addr;
	f->iprev = IPREV_UNASKED;
	f->cause = CAUSE_NONE;
	f->dnssec = DNSSEC_UNKNOWN;
	f->nptrs = f->ninvalid = f->nnames = f->ndnsbls = 0;
	f->ttl = 0;
	f->elapsed_ms = 0;
	f->cached = 0;
	return 1;
}
