/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "directive.h"
#include "dnsbl_conf.h"
#include "fcrdns_conf.h"
#include "rx.h"
#include "xalloc.h"

#define FORWARDS_MAX 16
#define ANCHORS_MAX  16
#define RULES_MAX    1024

#define DNSSEC_UNSET (-1)

extern const struct conf_block fcrdns_block;

/* forward to ADDRESS port N */
static int
read_forward(void *arg, struct words *w)
{
	struct fcrdns_conf   *c = arg;
	struct fcrdns_forward f;

	if (words_addr(w, &f.addr) == -1 || words_port(w, &f.port, 1) == -1)
		return -1;
	if (c->nforwards == FORWARDS_MAX)
		return words_fail(w, "more than %d resolvers to forward to",
		    FORWARDS_MAX);
	c->forwards = xreallocarray(c->forwards, c->nforwards + 1, sizeof(f));
	c->forwards[c->nforwards++] = f;
	return 0;
}

static void
print_forward(const void *arg, struct printer *p)
{
	const struct fcrdns_conf *c = arg;
	size_t			  i;

	for (i = 0; i < c->nforwards; i++) {
		print_begin(p, "forward to");
		print_addr(p, &c->forwards[i].addr);
		print_port(p, c->forwards[i].port);
		print_end(p);
	}
}

/* The next word of a record, up to a blank; 0 at the end. */
static size_t
field(const char **text, const char **word)
{
	size_t len;

	*text += strspn(*text, " \t");
	*word = *text;
	len = strcspn(*text, " \t");
	*text += len;
	return len;
}

static int
field_is(const char *word, size_t len, const char *what)
{
	return strlen(what) == len && strncasecmp(word, what, len) == 0;
}

static int
field_of(const char *word, size_t len, const char *chars)
{
	return len > 0 && strspn(word, chars) >= len;
}

/* All that is left: the digest or the key, perhaps in several pieces. */
static int
rest_of(const char *text, const char *chars, size_t least)
{
	const char *word;
	size_t	    len, all = 0;

	while ((len = field(&text, &word)) > 0) {
		if (!field_of(word, len, chars))
			return 0;
		all += len;
	}
	return all >= least;
}

/*
 * ". [TTL] [IN] DS TAG ALGORITHM TYPE HEX" or the same with "DNSKEY 257 3
 * ALGORITHM BASE64".  Only the form: libunbound has the last word.
 */
static const char *
anchor_check(const char *text)
{
	static const char digits[] = "0123456789";
	static const char hex[] = "0123456789abcdefABCDEF";
	static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/=";
	const char	 *word;
	size_t		  len;
	int		  i, ds;

	len = field(&text, &word);
	if (!field_is(word, len, "."))
		return "expected a record of the root, which begins with "
		       "\".\"";
	len = field(&text, &word);
	if (field_of(word, len, digits))
		len = field(&text, &word);
	if (field_is(word, len, "IN"))
		len = field(&text, &word);
	ds = field_is(word, len, "DS");
	if (!ds && !field_is(word, len, "DNSKEY"))
		return "expected a DS or a DNSKEY record";
	for (i = 0; i < 3; i++) {
		len = field(&text, &word);
		if (len > 5 || !field_of(word, len, digits))
			return "expected three numbers after DS or DNSKEY";
	}
	if (ds && !rest_of(text, hex, 40))
		return "expected a digest in hex at the end of the DS record";
	if (!ds && !rest_of(text, base64, 40))
		return "expected a key in base64 at the end of the DNSKEY "
		       "record";
	return NULL;
}

static int
read_anchor(void *arg, struct words *w)
{
	struct fcrdns_conf *c = arg;
	const char	   *text, *why;

	if ((text = words_next(w, "a DS or DNSKEY record in quotes")) == NULL)
		return -1;
	if ((why = anchor_check(text)) != NULL)
		return words_fail(w, "%s", why);
	if (c->nanchors == ANCHORS_MAX)
		return words_fail(w, "more than %d trust anchors", ANCHORS_MAX);
	c->anchors =
	    xreallocarray(c->anchors, c->nanchors + 1, sizeof(*c->anchors));
	c->anchors[c->nanchors++] = xstrdup(text);
	return 0;
}

static void
print_anchor(const void *arg, struct printer *p)
{
	const struct fcrdns_conf *c = arg;
	size_t			  i;

	for (i = 0; i < c->nanchors; i++) {
		print_begin(p, "trust anchor");
		print_quoted(p, c->anchors[i]);
		print_end(p);
	}
}

static int
read_dnsbl(void *arg, struct words *w)
{
	struct fcrdns_conf *c = arg;
	struct dnsbl	    d;

	memset(&d, 0, sizeof(d));
	if (dnsbl_read(&d, w, c->ndnsbls) == -1) {
		dnsbl_clear(&d);
		return -1;
	}
	c->dnsbls = xreallocarray(c->dnsbls, c->ndnsbls + 1, sizeof(d));
	c->dnsbls[c->ndnsbls++] = d;
	return 0;
}

static void
print_dnsbl(const void *arg, struct printer *p)
{
	const struct fcrdns_conf *c = arg;
	size_t			  i;

	for (i = 0; i < c->ndnsbls; i++)
		dnsbl_print(&c->dnsbls[i], p);
}

static const char *const results[] = {
	[ON_PASS] = "pass",
	[ON_FAIL] = "fail",
	[ON_TEMPERROR] = "temperror",
	[ON_PERMERROR] = "permerror",
	[ON_NAME] = "name",
	[ON_SCORE] = "score",
	[ON_LISTED] = "listed",
	NULL,
};

static int
read_action(enum action *action, struct words *w)
{
	static const char *const names[] = {
		[ACTION_ACCEPT] = "accept",
		[ACTION_TAG] = "tag",
		[ACTION_TEMPFAIL] = "tempfail",
		[ACTION_HOLD] = "hold",
		[ACTION_REJECT] = "reject",
		NULL,
	};
	int i;

	if ((i = words_choice(w, names)) == -1)
		return -1;
	*action = (enum action)i;
	return 0;
}

/* ~ "regex" */
static int
read_pattern(struct fcrdns_rule *rule, struct words *w)
{
	const char *text;
	char	    why[128];
	size_t	    at = 0;

	if (words_expect(w, "~") == -1 ||
	    (text = words_next(w, "a regular expression")) == NULL)
		return -1;
	if (text[0] == '\0')
		return words_fail(w,
		    "expected a regular expression, got "
		    "\"\"");
	rule->rx = rx_new(text, 1, why, sizeof(why), &at);
	if (rule->rx == NULL)
		return words_fail_in(w, at, "regular expression: %s", why);
	rule->pattern = xstrdup(text);
	return 0;
}

static void
rule_clear(struct fcrdns_rule *rule)
{
	rx_free(rule->rx);
	free(rule->pattern);
	free(rule->dnsbl);
}

/* What stands between the first word and the action. */
static int
read_condition(struct fcrdns_rule *rule, struct words *w)
{
	long long score;

	switch (rule->on) {
	case ON_NAME:
		return read_pattern(rule, w);
	case ON_SCORE:
		if (words_number(w, &score, "a score", 1, 10000) == -1)
			return -1;
		rule->score = (int)score;
		return 0;
	case ON_LISTED:
		rule->dnsbl = dnsbl_name_need(w);
		return rule->dnsbl == NULL ? -1 : 0;
	case ON_PASS:
	case ON_FAIL:
	case ON_TEMPERROR:
	case ON_PERMERROR:
		break;
	}
	return 0;
}

/*
 * on RESULT ACTION, on name ~ "regex" ACTION, on score N ACTION,
 * on listed "NAME" ACTION
 */
static int
read_on(void *arg, struct words *w)
{
	struct fcrdns_conf *c = arg;
	struct fcrdns_rule  rule = { .pattern = NULL };
	int		    i;

	rule.where = w->where;
	if ((i = words_choice(w, results)) == -1)
		return -1;
	rule.on = (enum fcrdns_on)i;
	if (read_condition(&rule, w) == -1 ||
	    read_action(&rule.action, w) == -1)
		goto bad;
	if (rule.on == ON_TEMPERROR && rule.action == ACTION_REJECT) {
		words_fail(w,
		    "on temperror: reject would bounce mail for "
		    "this machine's own DNS trouble; use tempfail, hold, tag "
		    "or accept");
		goto bad;
	}
	if (c->nrules == RULES_MAX) {
		words_fail(w, "more than %d \"on\" lines", RULES_MAX);
		goto bad;
	}
	c->rules = xreallocarray(c->rules, c->nrules + 1, sizeof(rule));
	c->rules[c->nrules++] = rule;
	return 0;
bad:
	rule_clear(&rule);
	return -1;
}

static void
print_on(const void *arg, struct printer *p)
{
	const struct fcrdns_conf *c = arg;
	const struct fcrdns_rule *rule;
	size_t			  i;

	for (i = 0; i < c->nrules; i++) {
		rule = &c->rules[i];
		print_begin(p, "on");
		print_bare(p, results[rule->on]);
		if (rule->on == ON_NAME) {
			print_bare(p, "~");
			print_quoted(p, rule->pattern);
		} else if (rule->on == ON_SCORE)
			print_number(p, rule->score);
		else if (rule->on == ON_LISTED)
			print_quoted(p, rule->dnsbl);
		print_bare(p, action_name(rule->action));
		print_end(p);
	}
}

static void
fcrdns_init(void *arg)
{
	struct fcrdns_conf *c = arg;

	c->dnssec = DNSSEC_UNSET;
}

/* Who is forwarded to may not pass signatures on. */
static int
fcrdns_finish(void *arg, struct words *w)
{
	struct fcrdns_conf *c = arg;

	(void)w;
	if (c->dnssec == DNSSEC_UNSET)
		c->dnssec = c->nforwards == 0;
	return 0;
}

static void
fcrdns_free(void *arg)
{
	struct fcrdns_conf *c = arg;
	size_t		    i;

	for (i = 0; i < c->nanchors; i++)
		free(c->anchors[i]);
	for (i = 0; i < c->nrules; i++)
		rule_clear(&c->rules[i]);
	for (i = 0; i < c->ndnsbls; i++)
		dnsbl_clear(&c->dnsbls[i]);
	from_free(&c->pass);
	from_free(&c->block);
	free(c->dnsbls);
	free(c->forwards);
	free(c->anchors);
	free(c->rules);
}

#define AT(field) offsetof(struct fcrdns_conf, field)

static const struct directive directives[] = {
	{ .name = "forward to",
	    .flags = CONF_MANY,
	    .read = read_forward,
	    .print = print_forward,
	    .absent = "nobody, own recursion",
	    .help = "send all DNS questions to this resolver" },
	{ .name = "dnssec",
	    .type = CONF_FLAG,
	    .offset = AT(dnssec),
	    .help = "validate the answers with DNSSEC" },
	{ .name = "trust anchor",
	    .flags = CONF_MANY,
	    .read = read_anchor,
	    .print = print_anchor,
	    .absent = "both root keys, built in",
	    .help = "a DS or DNSKEY record that validation starts from" },
	{ .name = "timeout",
	    .type = CONF_DURATION,
	    .offset = AT(timeout),
	    .min = 1,
	    .max = 30,
	    .dflt = "5s",
	    .help = "the deadline of one inquiry" },
	{ .name = "inquiries",
	    .type = CONF_NUMBER,
	    .offset = AT(inquiries),
	    .min = 1,
	    .max = 65536,
	    .dflt = "1024",
	    .help = "how many inquiries may be in flight at once" },
	{ .name = "inquiries per network",
	    .type = CONF_NUMBER,
	    .offset = AT(inquiries_per_network),
	    .min = 1,
	    .max = 65536,
	    .dflt = "256",
	    .help = "how many of them for one IPv4 /24 or IPv6 /64" },
	{ .name = "pass from",
	    .flags = CONF_MANY,
	    .offset = AT(pass),
	    .read = from_read,
	    .print = from_print,
	    .absent = "nobody",
	    .help = "accept these addresses without asking the DNS" },
	{ .name = "block from",
	    .flags = CONF_MANY,
	    .offset = AT(block),
	    .read = from_read,
	    .print = from_print,
	    .absent = "nobody",
	    .help = "reject these addresses without asking the DNS" },
	{ .name = "dnsbl",
	    .flags = CONF_MANY,
	    .read = read_dnsbl,
	    .print = print_dnsbl,
	    .absent = "none",
	    .help = "ask this DNS list about each address" },
	{ .name = "on",
	    .flags = CONF_MANY,
	    .read = read_on,
	    .print = print_on,
	    .absent = "accept",
	    .help = "what to do when this is the result, or a name matches" },
	{ .name = NULL },
};

const struct conf_block fcrdns_block = {
	.name = "fcrdns",
	.size = sizeof(struct fcrdns_conf),
	.directives = directives,
	.init = fcrdns_init,
	.finish = fcrdns_finish,
	.free = fcrdns_free,
};

const struct fcrdns_conf *
fcrdns_conf(const struct conf *conf)
{
	return conf_get(conf, &fcrdns_block);
}
