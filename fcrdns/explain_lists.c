/* SPDX-License-Identifier: ISC */
#include "explain_lists.h"

#include <string.h>

#include "fcrdns_conf.h"
#include "from.h"
#include "iprev.h"

/* Is there an item before this one that names the same list? */
static int
named_before(const struct fcrdns_conf *c, const struct from_item *item)
{
	const struct from *from[] = { &c->pass, &c->block };
	size_t		   i, j;

	for (i = 0; i < 2; i++) {
		for (j = 0; j < from[i]->n; j++) {
			if (&from[i]->items[j] == item)
				return 0;
			if (from[i]->items[j].list != NULL &&
			    strcmp(from[i]->items[j].list, item->list) == 0)
				return 1;
		}
	}
	return 0;
}

void
explain_own(FILE *out, const struct fcrdns_conf *c, const struct findings *f)
{
	const struct from      *from[] = { &c->pass, &c->block };
	const struct from_item *item;
	size_t			i, j;

	if (f->lists_known && f->is_protected)
		fprintf(out, EXPLAIN_LABEL "yes\n", "protected");
	for (i = 0; i < 2; i++) {
		for (j = 0; j < from[i]->n; j++) {
			item = &from[i]->items[j];
			if (item->list == NULL || named_before(c, item))
				continue;
			fprintf(out, EXPLAIN_LABEL "%s: %s\n", "list",
			    item->list,
			    !f->lists_known		   ? "not known" :
				findings_in(f, item->list) ? "yes" :
							     "no");
		}
	}
}

static void
print_replies(FILE *out, const struct dnsbl_finding *d)
{
	const uint8_t *r;
	unsigned int   i;

	for (i = 0; i < d->nreplies; i++) {
		r = d->replies[i];
		fprintf(out, "%s%u.%u.%u.%u", i == 0 ? " " : ", ", r[0], r[1],
		    r[2], r[3]);
	}
}

/* What an answer means that is neither "clear" nor "listed". */
static const char *
meaning(enum dnsbl_state state)
{
	switch (state) {
	case DNSBL_BROKEN:
		return ": an error, no listing";
	case DNSBL_ASIDE:
		return ": set aside, not asked";
	case DNSBL_UNTESTED:
		return ": its test is not over, not asked";
	case DNSBL_FAMILY:
		return ": it knows no IPv6 addresses, not asked";
	case DNSBL_CLEAR:
	case DNSBL_LISTED:
		return "";
	case DNSBL_TIMEOUT:
	case DNSBL_SERVFAIL:
	case DNSBL_REFUSED:
	case DNSBL_BOGUS:
	case DNSBL_OVERLOAD:
	case DNSBL_RESOURCES:
	case DNSBL_STATES:
		break;
	}
	return ", no listing";
}

static const struct dnsbl *
dnsbl_of(const struct fcrdns_conf *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->ndnsbls; i++)
		if (strcmp(c->dnsbls[i].name, name) == 0)
			return &c->dnsbls[i];
	return NULL;
}

static void
print_dnsbl(FILE *out, const struct fcrdns_conf *c,
    const struct dnsbl_finding *d)
{
	const struct dnsbl *words = dnsbl_of(c, d->name);
	int		    score;

	fprintf(out, EXPLAIN_LABEL "%s: %s", "dnsbl", d->name,
	    dnsbl_state_name(d->state));
	print_replies(out, d);
	/* With a hidden zone it may be none that failed. */
	fprintf(out, "%s",
	    d->state == DNSBL_ASIDE && words != NULL && words->zone == NULL ?
		": not asked" :
		meaning(d->state));
	if (d->state == DNSBL_LISTED && words != NULL) {
		if (dnsbl_listed(words, d, &score))
			fprintf(out, " (score %d)", score);
		else
			fprintf(out, " (not among the replies of the file)");
	}
	if (d->txt[0] != '\0')
		fprintf(out, " \"%s\"", d->txt);
	fputc('\n', out);
}

void
explain_dnsbls(FILE *out, const struct fcrdns_conf *c, const struct findings *f)
{
	unsigned int i;

	if (c->ndnsbls > 0 && f->ndnsbls == 0 && !dnsbl_public(&f->addr))
		fprintf(out,
		    EXPLAIN_LABEL "none is asked about an address "
				  "that is not public\n",
		    "dnsbl");
	for (i = 0; i < f->ndnsbls; i++)
		print_dnsbl(out, c, &f->dnsbls[i]);
}
