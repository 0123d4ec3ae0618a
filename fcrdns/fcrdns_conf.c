/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "directive.h"
#include "fcrdns_conf.h"
#include "rx.h"
#include "xalloc.h"

#define FORWARDS_MAX 16
#define ANCHORS_MAX  16
#define FROM_MAX     65536
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

/* The items of "pass from" or "block from". */
struct froms {
	struct fcrdns_from **list;
	size_t		    *n;
};

static int
read_from_item(void *arg, struct words *w)
{
	struct froms	  *f = arg;
	struct fcrdns_from from;

	if (words_prefix(w, &from.prefix) == -1)
		return -1;
	from.where = words_where(w);
	if (*f->n == FROM_MAX)
		return words_fail(w, "more than %d addresses", FROM_MAX);
	/* Grows by doubling, at powers of two. */
	if ((*f->n & (*f->n - 1)) == 0)
		*f->list = xreallocarray(*f->list, *f->n == 0 ? 1 : *f->n * 2,
		    sizeof(from));
	(*f->list)[(*f->n)++] = from;
	return 0;
}

static int
read_pass(void *arg, struct words *w)
{
	struct fcrdns_conf *c = arg;
	struct froms	    f = { .list = &c->pass, .n = &c->npass };

	return words_list(w, "a list of addresses in braces", read_from_item,
	    &f);
}

static int
read_block(void *arg, struct words *w)
{
	struct fcrdns_conf *c = arg;
	struct froms	    f = { .list = &c->block, .n = &c->nblock };

	return words_list(w, "a list of addresses in braces", read_from_item,
	    &f);
}

static void
print_from(const char *name, const struct fcrdns_from *list, size_t n,
    struct printer *p)
{
	size_t i;

	if (n == 0)
		return;
	print_begin(p, name);
	print_list_begin(p, n);
	for (i = 0; i < n; i++)
		print_prefix(p, &list[i].prefix);
	print_list_end(p);
	print_end(p);
}

static void
print_pass(const void *arg, struct printer *p)
{
	const struct fcrdns_conf *c = arg;

	print_from("pass from", c->pass, c->npass, p);
}

static void
print_block(const void *arg, struct printer *p)
{
	const struct fcrdns_conf *c = arg;

	print_from("block from", c->block, c->nblock, p);
}

static const char *const results[] = {
	[ON_PASS] = "pass",
	[ON_FAIL] = "fail",
	[ON_TEMPERROR] = "temperror",
	[ON_PERMERROR] = "permerror",
	[ON_NAME] = "name",
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
}

/* on RESULT ACTION, on name ~ "regex" ACTION */
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
	if (rule.on == ON_NAME && read_pattern(&rule, w) == -1)
		return -1;
	if (read_action(&rule.action, w) == -1)
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
		}
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
	free(c->forwards);
	free(c->anchors);
	free(c->pass);
	free(c->block);
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
	    .read = read_pass,
	    .print = print_pass,
	    .absent = "nobody",
	    .help = "accept these addresses without asking the DNS" },
	{ .name = "block from",
	    .flags = CONF_MANY,
	    .read = read_block,
	    .print = print_block,
	    .absent = "nobody",
	    .help = "reject these addresses without asking the DNS" },
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
