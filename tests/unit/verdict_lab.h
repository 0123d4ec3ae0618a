/* SPDX-License-Identifier: ISC */
/*
 * A file and findings made of a row, and the verdict on them held against it.
 */
#ifndef VERDICT_LAB_H
#define VERDICT_LAB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "fcrdns_conf.h"
#include "rx.h"
#include "verdict.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define RULES 4
#define FROMS 2

/* An "on" line; its number in the file is its place here and ten. */
struct on {
	enum fcrdns_on on;
	enum action    action;
	const char    *pattern; /* of ON_LISTED: the name */
	int	       score;
};

/* What a DNS list of the file answered. */
struct answer_of {
	enum dnsbl_state state;
	uint8_t		 replies[2]; /* 127.0.0.N */
	const char	*txt;
};

/*
 * The file's: zen { .2-3 } score 2 { .10-11 } score 1, psbl { .2 } score 1,
 * good { .5 } score -3.
 */
#define DNSBLS 3

struct verdict_case {
	const char *what;
	const char *pass[FROMS], *block[FROMS];
	struct on   on[RULES];
	size_t	    non;

	const char *addr;
	enum iprev  iprev;
	enum cause  cause;
	const char *names[3];
	/* Names of our own lists that have the address. */
	int		 known, is_protected;
	const char	*lists[3];
	struct answer_of answers[DNSBLS];

	enum action	  action;
	enum verdict_kind kind;
	unsigned int	  line;
	const char	 *rule, *why;
	int		  score;
	unsigned int	  tag_line; /* 0: not tagged */
	const char	 *tag_rule, *tag_why;
};

struct built {
	struct fcrdns_conf  conf;
	struct from_item    pass[FROMS], block[FROMS];
	char		    lists[2][FROMS][LIST_NAME_LEN];
	struct dnsbl	    dnsbls[DNSBLS];
	struct dnsbl_filter filters[DNSBLS][2];
	struct fcrdns_rule  rules[RULES];
	char		    patterns[RULES][64];
	struct findings	    findings;
};

static inline size_t
build_from(struct from_item *from, char lists[FROMS][LIST_NAME_LEN],
    const char *const *texts, unsigned int line)
{
	size_t n;

	for (n = 0; n < FROMS && texts[n] != NULL; n++) {
		if (texts[n][0] == '<') {
			strlcpy(lists[n], texts[n] + 1, LIST_NAME_LEN);
			lists[n][strlen(lists[n]) - 1] = '\0';
			from[n].list = lists[n];
		} else
			assert_null(prefix_parse(&from[n].prefix, texts[n]));
		from[n].where.file = "test.conf";
		from[n].where.line = line + (unsigned int)n;
	}
	return n;
}

static inline void
build_dnsbl(struct built *b, unsigned int n, const char *name,
    const char *filter, int score, const char *more, int more_score)
{
	static char	     names[DNSBLS][DNSBL_NAME_LEN];
	struct dnsbl	    *d = &b->dnsbls[n];
	struct dnsbl_filter *f = b->filters[n];

	strlcpy(names[n], name, DNSBL_NAME_LEN);
	d->name = names[n];
	d->filters = f;
	d->nfilters = more != NULL ? 2 : 1;
	assert_null(dnsbl_filter_parse(&f[0], filter));
	f[0].score = score;
	if (more != NULL) {
		assert_null(dnsbl_filter_parse(&f[1], more));
		f[1].score = more_score;
		f[1].group = 1;
	}
}

/* Our own lists, and the DNS'. */
static inline void
build_lists(struct built *b, const struct verdict_case *c)
{
	struct findings	       *f = &b->findings;
	const struct answer_of *answer;
	struct dnsbl_finding   *d;
	unsigned int		i, j;

	build_dnsbl(b, 0, "zen", "127.0.0.2-3", 2, "127.0.0.10-11", 1);
	build_dnsbl(b, 1, "psbl", "127.0.0.2", 1, NULL, 0);
	build_dnsbl(b, 2, "good", "127.0.0.5", -3, NULL, 0);
	b->conf.dnsbls = b->dnsbls;
	b->conf.ndnsbls = DNSBLS;
	f->lists_known = c->known;
	f->is_protected = c->is_protected;
	for (i = 0; i < 3 && c->lists[i] != NULL; i++)
		strlcpy(f->lists[i], c->lists[i], LIST_NAME_LEN);
	f->nlists = i;
	f->ndnsbls = DNSBLS;
	for (i = 0; i < DNSBLS; i++) {
		answer = &c->answers[i];
		d = &f->dnsbls[i];
		strlcpy(d->name, b->dnsbls[i].name, sizeof(d->name));
		d->state = answer->state;
		for (j = 0; j < 2 && answer->replies[j] != 0; j++) {
			d->replies[j][0] = 127;
			d->replies[j][3] = answer->replies[j];
		}
		d->nreplies = j;
		if (answer->txt != NULL)
			strlcpy(d->txt, answer->txt, sizeof(d->txt));
	}
}

static inline void
build(struct built *b, const struct verdict_case *c)
{
	struct fcrdns_rule *r;
	char		    why[128];
	size_t		    i, at;

	memset(b, 0, sizeof(*b));
	b->conf.pass.items = b->pass;
	b->conf.pass.n = build_from(b->pass, b->lists[0], c->pass, 100);
	b->conf.block.items = b->block;
	b->conf.block.n = build_from(b->block, b->lists[1], c->block, 200);
	build_lists(b, c);
	b->conf.rules = b->rules;
	b->conf.nrules = c->non;
	for (i = 0; i < c->non; i++) {
		r = &b->rules[i];
		r->on = c->on[i].on;
		r->action = c->on[i].action;
		r->where.file = "test.conf";
		r->where.line = 10 + (unsigned int)i;
		r->score = c->on[i].score;
		if (c->on[i].pattern == NULL)
			continue;
		strlcpy(b->patterns[i], c->on[i].pattern,
		    sizeof(b->patterns[i]));
		if (r->on == ON_LISTED) {
			r->dnsbl = b->patterns[i];
			continue;
		}
		r->pattern = b->patterns[i];
		r->rx = rx_new(r->pattern, 1, why, sizeof(why), &at);
		assert_non_null(r->rx);
	}
	assert_int_equal(addr_parse(&b->findings.addr, c->addr), 0);
	b->findings.iprev = c->iprev;
	b->findings.cause = c->cause;
	for (i = 0; i < 3 && c->names[i] != NULL; i++)
		strlcpy(b->findings.names[i].name, c->names[i], DNS_NAME_LEN);
	b->findings.nptrs = b->findings.nnames = (unsigned int)i;
}

static inline void
unbuild(struct built *b)
{
	size_t i;

	for (i = 0; i < b->conf.nrules; i++)
		rx_free(b->rules[i].rx);
}

static inline void
check(const struct verdict *v, const struct verdict_case *c)
{
	const char *what = c->what;

	if (v->action != c->action || v->kind != c->kind)
		fail_msg("%s: %s, %d", what, action_name(v->action), v->kind);
	if (v->score != c->score)
		fail_msg("%s: score %d", what, v->score);
	if (v->where.line != c->line ||
	    (v->where.file != NULL) != (c->line != 0))
		fail_msg("%s: line %u", what, v->where.line);
	if (strcmp(v->rule, c->rule) != 0)
		fail_msg("%s: %s", what, v->rule);
	if (strcmp(v->why, c->why) != 0)
		fail_msg("%s: %s", what, v->why);
	if (v->tagged != (c->tag_line != 0) || v->tag_where.line != c->tag_line)
		fail_msg("%s: tag line %u", what, v->tag_where.line);
	if (v->tagged &&
	    (strcmp(v->tag_rule, c->tag_rule) != 0 ||
		strcmp(v->tag_why, c->tag_why) != 0))
		fail_msg("%s: %s: %s", what, v->tag_rule, v->tag_why);
}

static inline void
check_early(struct built *b, const struct verdict_case *c)
{
	struct verdict v;
	int	       by_address = c->kind == VERDICT_FROM ||
	    c->kind == VERDICT_PROTECTED ||
	    (c->kind == VERDICT_LIST && c->line >= 100);
	int passes = c->kind == VERDICT_FROM && c->action == ACTION_ACCEPT;

	/* Who knows nothing of the lists knows who passes by his address. */
	if (verdict_early(&v, &b->findings.addr, &b->conf, NULL) != passes)
		fail_msg("%s: early without lists", c->what);
	b->findings.lists_known = 0;
	if (verdict_early(&v, &b->findings.addr, &b->conf, &b->findings) !=
	    passes)
		fail_msg("%s: early, lists not known", c->what);

	b->findings.lists_known = 1;
	memset(&v, 0xff, sizeof(v));
	if (!verdict_early(&v, &b->findings.addr, &b->conf, &b->findings)) {
		if (by_address)
			fail_msg("%s: not early", c->what);
	} else if (c->known) {
		v.score = c->score; /* nothing was asked */
		check(&v, c);
	}
}

static inline void
check_cases(const struct verdict_case *cases, size_t n)
{
	struct built   b;
	struct verdict v;
	size_t	       i;

	for (i = 0; i < n; i++) {
		build(&b, &cases[i]);
		memset(&v, 0xff, sizeof(v));
		verdict_of(&v, &b.findings, &b.conf);
		check(&v, &cases[i]);

		/* Early or late, the word of the address is the same. */
		check_early(&b, &cases[i]);
		unbuild(&b);
	}
}

#endif /* VERDICT_LAB_H */
