/* SPDX-License-Identifier: ISC */
/*
 * A ruleset of nftables, followed for one imagined packet.  Of a match that
 * we cannot judge we assume both, so what comes out as shut is shut.
 */
#include "nft_json.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "line.h"
#include "nft_match.h"

#define DEPTH  16     /* the kernel's own limit of jumps */
#define STEPS  100000 /* rules looked at; then we give up */
#define DSTNAT -100   /* the priority at which ports are rewritten */

struct walk {
	const struct nft_rules *rules;
	struct nft_place	at;
	int			accepted; /* some of it, so far */
	int			dropped;
	int			rewritten;
	unsigned int		steps;
	int			nat; /* look for what rewrites ports */
	char			where[NFT_WHERE_LEN]; /* first accepted */
};

/* Does any of it go on to the next rule?  To the end of the chain? */
enum flow {
	FLOW_ON,     /* yes */
	FLOW_LEAVES, /* no: it returns, or has been sent elsewhere for good */
	FLOW_ENDS    /* no: it has a verdict */
};

static enum flow walk_chain(struct walk *, const char *, unsigned int);

static void
remember(struct walk *w, json_t *rule)
{
	char	    text[NFT_WHERE_LEN];
	const char *chain;
	json_int_t  handle;

	chain = json_string_value(json_object_get(rule, "chain"));
	handle = json_integer_value(json_object_get(rule, "handle"));
	if (chain == NULL)
		snprintf(text, sizeof(text), "the policy of %.80s",
		    w->at.table);
	else
		snprintf(text, sizeof(text),
		    "the rule of handle %" JSON_INTEGER_FORMAT
		    " in %.80s chain %.80s",
		    handle, w->at.table, chain);
	line_clean(w->where, sizeof(w->where), text, strlen(text));
}

static void
accept_here(struct walk *w, json_t *rule)
{
	if (w->accepted++ == 0 && !w->nat)
		remember(w, rule);
}

/*
 * One verdict, which holds surely or perhaps.  NULL value of the key is how
 * JSON writes those without an argument.
 */
static enum flow
verdict(struct walk *w, json_t *v, json_t *rule, enum nft_match m,
    unsigned int depth)
{
	const char *target;
	enum flow   flow;
	json_t	   *to;

	if (json_object_get(v, "drop") != NULL ||
	    json_object_get(v, "reject") != NULL) {
		w->dropped = 1;
		return m == MATCH_YES ? FLOW_ENDS : FLOW_ON;
	}
	if (json_object_get(v, "continue") != NULL)
		return FLOW_ON;
	if (json_object_get(v, "return") != NULL)
		return m == MATCH_YES ? FLOW_LEAVES : FLOW_ON;
	to = json_object_get(v, "jump");
	if (to == NULL)
		to = json_object_get(v, "goto");
	if (to == NULL) {
		/*
		 * accept; and queue, whose program may accept.  We go on, to
		 * see whether a rule would have dropped it later.
		 */
		accept_here(w, rule);
		return FLOW_ON;
	}
	target = json_string_value(json_object_get(to, "target"));
	if (target == NULL || depth >= DEPTH) {
		accept_here(w, rule);
		return FLOW_ON;
	}
	flow = walk_chain(w, target, depth + 1);
	if (m != MATCH_YES)
		return FLOW_ON;
	if (flow == FLOW_ENDS)
		return FLOW_ENDS;
	return json_object_get(v, "goto") != NULL ? FLOW_LEAVES : FLOW_ON;
}

static int
is_verdict(json_t *expr)
{
	static const char *const words[] = { "accept", "drop", "reject",
		"return", "continue", "jump", "goto", "queue" };
	size_t			 i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (json_object_get(expr, words[i]) != NULL)
			return 1;
	}
	return 0;
}

/* "ct state vmap { established : accept, invalid : drop }" */
static enum flow
verdict_map(struct walk *w, json_t *vmap, json_t *rule, enum nft_match m,
    unsigned int depth)
{
	enum nft_match implied, one;
	enum flow      flow;
	nft_value_fn  *is;
	json_t	      *data, *pair;
	size_t	       i;

	is = nft_key(&w->at, json_object_get(vmap, "key"), &implied);
	if (implied == MATCH_NO)
		return FLOW_ON;
	data = json_object_get(json_object_get(vmap, "data"), "set");
	if (!json_is_array(data)) {
		accept_here(w, rule); /* a named map may hold anything */
		return FLOW_ON;
	}
	json_array_foreach(data, i, pair)
	{
		one = nft_among(&w->at, json_array_get(pair, 0), is);
		if (one == MATCH_NO)
			continue;
		if (m < one)
			one = m;
		flow = verdict(w, json_array_get(pair, 1), rule, one, depth);
		if (one == MATCH_YES)
			return flow;
	}
	return FLOW_ON;
}

/* xt is iptables' own; it may be anything.  "tcp dport set 1143" */
static int
may_rewrite(json_t *expr)
{
	static const char *const words[] = { "redirect", "dnat", "tproxy",
		"xt" };
	size_t			 i;
	json_t			*key;

	key = json_object_get(json_object_get(expr, "mangle"), "key");
	if (json_object_get(key, "payload") != NULL)
		return 1;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (json_object_get(expr, words[i]) != NULL)
			return 1;
	}
	return 0;
}

/* What neither matches nor decides. */
static int
is_harmless(json_t *expr)
{
	static const char *const words[] = { "counter", "log", "mangle",
		"notrack", "set", "ct helper", "ct timeout", "flow" };
	size_t			 i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (json_object_get(expr, words[i]) != NULL)
			return 1;
	}
	return 0;
}

static enum flow
walk_rule(struct walk *w, json_t *rule, unsigned int depth)
{
	enum nft_match m = MATCH_YES, one;
	json_t	      *expr, *inner;
	size_t	       i;

	if (w->steps++ > STEPS) {
		accept_here(w, rule);
		return FLOW_ENDS;
	}
	json_array_foreach(json_object_get(rule, "expr"), i, expr)
	{
		if ((inner = json_object_get(expr, "match")) != NULL) {
			one = nft_match_expr(&w->at, inner);
			if (one == MATCH_NO)
				return FLOW_ON;
			if (one < m)
				m = one;
		} else if ((inner = json_object_get(expr, "vmap")) != NULL)
			return verdict_map(w, inner, rule, m, depth);
		else if (is_verdict(expr))
			return verdict(w, expr, rule, m, depth);
		else if (!is_harmless(expr))
			m = MATCH_MAYBE; /* limit, quota, what we know not */
		if (may_rewrite(expr) && w->rewritten++ == 0 && w->nat)
			remember(w, rule);
	}
	/* A translation of iptables that nft cannot show may end anyhow. */
	json_array_foreach(json_object_get(rule, "expr"), i, expr)
	{
		if (json_object_get(expr, "xt") != NULL)
			accept_here(w, rule);
	}
	return FLOW_ON;
}

static enum flow
walk_chain(struct walk *w, const char *name, unsigned int depth)
{
	enum flow flow;
	json_t	 *item, *rule;
	size_t	  i;

	json_array_foreach(w->rules->list, i, item)
	{
		rule = json_object_get(item, "rule");
		if (!nft_in_table(rule, w->at.table, "table") ||
		    !nft_is(rule, "chain", name))
			continue;
		flow = walk_rule(w, rule, depth);
		if (flow != FLOW_ON)
			return flow;
	}
	return FLOW_LEAVES;
}

static int
is_of_family(json_t *chain, enum addr_family family)
{
	return nft_is(chain, "family", "inet") ||
	    nft_is(chain, "family", family == ADDR_IPV4 ? "ip" : "ip6");
}

/*
 * Does it meet that chain on its way in, and can it be dropped there?  When
 * its port is rewritten on the way, only chains before that still see it.
 */
static int
is_met(json_t *chain, enum addr_family family, int rewritten)
{
	int early;

	if (!nft_is(chain, "type", "filter") || !is_of_family(chain, family))
		return 0;
	early = nft_is(chain, "hook", "prerouting");
	if (!rewritten)
		return early || nft_is(chain, "hook", "input");
	return early &&
	    json_integer_value(json_object_get(chain, "prio")) < DSTNAT;
}

/* The way through one base chain, from its first rule. */
static enum flow
walk_base(struct walk *w, json_t *chain, char table[NFT_WHERE_LEN])
{
	const char *family, *in, *name;

	w->accepted = w->dropped = w->rewritten = 0;
	w->at.table = table;
	family = json_string_value(json_object_get(chain, "family"));
	in = json_string_value(json_object_get(chain, "table"));
	name = json_string_value(json_object_get(chain, "name"));
	if (family == NULL || in == NULL || name == NULL) {
		accept_here(w, chain);
		return FLOW_ENDS;
	}
	snprintf(table, NFT_WHERE_LEN, "%s %s", family, in);
	return walk_chain(w, name, 0);
}

static void
follow_base(struct nft_verdict *v, struct walk *w, json_t *chain)
{
	char	    table[NFT_WHERE_LEN] = "", text[NFT_WHERE_LEN];
	const char *name;

	if (walk_base(w, chain, table) != FLOW_ENDS) {
		if (nft_is(chain, "policy", "drop"))
			w->dropped = 1;
		else
			accept_here(w, chain);
	}
	if (w->accepted == 0 && !v->shut) {
		v->shut = 1;
		name = json_string_value(json_object_get(chain, "name"));
		snprintf(text, sizeof(text), "%.80s chain %.80s", table,
		    name == NULL ? "?" : name);
		line_clean(v->chain, sizeof(v->chain), text, strlen(text));
	}
	if (w->accepted > 0 && w->dropped && !v->dropped_late &&
	    !v->rewritten) {
		v->dropped_late = 1;
		strlcpy(v->where, w->where, sizeof(v->where));
	}
}

/* Is it sent to another port before it comes in?  Nat chains do that. */
static void
look_for_nat(struct nft_verdict *v, struct walk *w, json_t *chain)
{
	char table[NFT_WHERE_LEN] = "";

	if (v->rewritten || !nft_is(chain, "hook", "prerouting") ||
	    !is_of_family(chain, w->at.packet->family))
		return;
	w->where[0] = '\0';
	w->nat = 1;
	(void)walk_base(w, chain, table);
	w->nat = 0;
	if (w->rewritten > 0) {
		v->rewritten = 1;
		strlcpy(v->where, w->where, sizeof(v->where));
	}
}

/*
 * A dormant table does nothing.  libnftables 1.0.6 prints that flag by another
 * word, so any flag counts.
 */
static int
is_asleep(const struct nft_rules *rules, json_t *chain)
{
	const char *family, *name;
	json_t	   *item, *table;
	size_t	    i;

	family = json_string_value(json_object_get(chain, "family"));
	name = json_string_value(json_object_get(chain, "table"));
	if (family == NULL || name == NULL)
		return 1;
	json_array_foreach(rules->list, i, item)
	{
		table = json_object_get(item, "table");
		if (nft_is(table, "family", family) &&
		    nft_is(table, "name", name) &&
		    json_object_get(table, "flags") != NULL)
			return 1;
	}
	return 0;
}

void
nft_follow(struct nft_verdict *v, const struct nft_rules *rules,
    const struct firewall *fw, const struct nft_packet *packet)
{
	struct walk w = { .rules = rules, .at = { fw, packet, NULL } };
	json_t	   *item, *chain;
	size_t	    i;

	memset(v, 0, sizeof(*v));
	json_array_foreach(rules->list, i, item)
	    look_for_nat(v, &w, json_object_get(item, "chain"));
	json_array_foreach(rules->list, i, item)
	{
		chain = json_object_get(item, "chain");
		if (is_met(chain, packet->family, v->rewritten) &&
		    !is_asleep(rules, chain))
			follow_base(v, &w, chain);
	}
}
