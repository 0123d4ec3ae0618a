/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "directive.h"
#include "lists_conf.h"
#include "mirror_conf.h"
#include "offence.h"
#include "units.h"
#include "xalloc.h"

#define MINUTE	  60
#define HOUR	  (60 * MINUTE)
#define DAY	  (24 * HOUR)
#define YEAR	  (365 * DAY)
#define RULES_MAX 16
#define COUNT_MAX 1000

extern const struct conf_block bans_block;

static const char *const offences[] = { [OFFENCE_REJECT] = "rejects",
	[OFFENCE_4XX] = "4xx",
	[OFFENCE_LIMIT] = "limits",
	NULL };

/* after N KIND within T for D */
static int
read_after(void *arg, struct words *w)
{
	struct bans_conf *c = arg;
	struct bans_rule  rule = { .where = w->where };
	long long	  n;
	int		  i;

	if (words_number(w, &n, "a number", 1, COUNT_MAX) == -1 ||
	    (i = words_choice(w, offences)) == -1 ||
	    words_expect(w, "within") == -1 ||
	    words_duration(w, &rule.within, "a duration such as 1h", 1,
		7 * DAY) == -1 ||
	    words_expect(w, "for") == -1 ||
	    words_duration(w, &rule.length, "a duration such as 7d", MINUTE,
		YEAR) == -1)
		return -1;
	rule.count = (unsigned int)n;
	rule.offence = (enum offence)i;
	if (c->nrules == RULES_MAX)
		return words_fail(w, "more than %d of \"after\"", RULES_MAX);
	c->rules = xreallocarray(c->rules, c->nrules + 1, sizeof(rule));
	c->rules[c->nrules++] = rule;
	return 0;
}

static void
print_after(const void *arg, struct printer *p)
{
	const struct bans_conf *c = arg;
	const struct bans_rule *r;
	char			buf[UNITS_LEN];
	size_t			i;

	for (i = 0; i < c->nrules; i++) {
		r = &c->rules[i];
		print_begin(p, "after");
		print_number(p, r->count);
		print_bare(p, offences[r->offence]);
		print_bare(p, "within");
		print_bare(p, units_print_duration(r->within, buf));
		print_bare(p, "for");
		print_bare(p, units_print_duration(r->length, buf));
		print_end(p);
	}
}

static int
bans_finish(void *arg, struct words *w)
{
	const struct bans_conf *c = arg;
	size_t			i;

	if (c->keep > c->longest)
		return words_fail(w, "\"keep\" is longer than \"longest\"");
	for (i = 0; i < c->nrules; i++) {
		if (c->rules[i].length > c->longest)
			return words_fail(w,
			    "\"after\", in line %u, bans for longer than "
			    "\"longest\"",
			    c->rules[i].where.line);
	}
	return 0;
}

static void
bans_conf_free(void *arg)
{
	struct bans_conf *c = arg;

	free(c->rules);
	free(c->table);
}

#define AT(field) offsetof(struct bans_conf, field)

static const struct directive directives[] = {
	{ .name = "keep",
	    .type = CONF_DURATION,
	    .offset = AT(keep),
	    .min = MINUTE,
	    .max = 10 * YEAR,
	    .dflt = "7d",
	    .help = "how long a ban lasts, unless the command says" },
	{ .name = "longest",
	    .type = CONF_DURATION,
	    .offset = AT(longest),
	    .min = MINUTE,
	    .max = 10 * YEAR,
	    .dflt = "90d",
	    .help = "who is banned again and again is so for no longer" },
	{ .name = "after",
	    .flags = CONF_MANY,
	    .read = read_after,
	    .print = print_after,
	    .absent = "nobody is banned but by the command",
	    .help = "ban who does this so often" },
	{ .name = "table",
	    .offset = AT(table),
	    .read = mirror_read_table,
	    .print = mirror_print_table,
	    .absent = "none",
	    .help = "the firewall's table that mirrors the bans" },
	{ .name = NULL },
};

const struct conf_block bans_block = {
	.name = "bans",
	.size = sizeof(struct bans_conf),
	.directives = directives,
	.finish = bans_finish,
	.free = bans_conf_free,
};

const struct bans_conf *
bans_conf(const struct conf *conf)
{
	return conf_get(conf, &bans_block);
}
