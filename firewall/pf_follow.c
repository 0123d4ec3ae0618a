/* SPDX-License-Identifier: ISC */
/*
 * pf's rules, followed for one imagined connection.  The last rule that
 * matches decides, "quick" decides at once (pf.conf(5)).  A rule of which we
 * cannot tell whether it matches counts as both.
 */
#include "pf_parse.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "line.h"

#define WORDS	 64
#define LINE_LEN 1024

enum match {
	MATCH_NO,
	MATCH_MAYBE,
	MATCH_YES
};

enum action {
	ACTION_PASS,
	ACTION_BLOCK,
	ACTION_NOTHING, /* match, and what decides nothing */
	ACTION_UNKNOWN	/* an anchor: anything may be in it */
};

/* The connection that is imagined. */
struct question {
	const char	*table;
	uint16_t	 port;
	enum addr_family family;
	int		 let_in;
};

struct rule {
	char	   *word[WORDS];
	size_t	    n, at;
	enum action action;
	int	    quick;
	enum match  match;
};

static const char *
peek(const struct rule *r)
{
	return r->at < r->n ? r->word[r->at] : "";
}

static int
take(struct rule *r, const char *word)
{
	if (strcmp(peek(r), word) != 0)
		return 0;
	r->at++;
	return 1;
}

static void
and_match(struct rule *r, enum match m)
{
	if (m < r->match)
		r->match = m;
}

static enum match
not_match(enum match m)
{
	if (m == MATCH_MAYBE)
		return m;
	return m == MATCH_YES ? MATCH_NO : MATCH_YES;
}

/* A port as pfctl prints it: a number, or a name with -P. */
static long
port_number(const char *s)
{
	static const struct {
		const char *name;
		long	    port;
	} names[] = {
		{ "imap", 143 },
		{ "imaps", 993 },
		{ "ssh", 22 },
		{ "smtp", 25 },
		{ "www", 80 },
		{ "https", 443 },
	};
	long   n = 0;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(s, names[i].name) == 0)
			return names[i].port;
	}
	if (*s == '\0')
		return -1;
	for (; *s != '\0'; s++) {
		if (*s < '0' || *s > '9' || n > UINT16_MAX)
			return -1;
		n = n * 10 + (*s - '0');
	}
	return n;
}

/* "= 993", "!= 25", "< 1024", "143:993", "100 >< 1000", "100 <> 1000". */
static enum match
match_port(struct rule *r, uint16_t port)
{
	char  text[64];
	char *colon;
	long  low, high, p = port;

	if (take(r, "="))
		low = port_number(peek(r)), high = low;
	else if (take(r, "!=")) {
		low = port_number(peek(r));
		r->at++;
		return low == -1 ? MATCH_MAYBE :
		    low == p	 ? MATCH_NO :
				   MATCH_YES;
	} else if (take(r, "<"))
		low = 0, high = port_number(peek(r)) - 1;
	else if (take(r, "<="))
		low = 0, high = port_number(peek(r));
	else if (take(r, ">"))
		low = port_number(peek(r)) + 1, high = UINT16_MAX;
	else if (take(r, ">="))
		low = port_number(peek(r)), high = UINT16_MAX;
	else {
		strlcpy(text, peek(r), sizeof(text));
		if ((colon = strchr(text, ':')) == NULL) {
			/* LOW >< HIGH, LOW <> HIGH */
			r->at += 3;
			return MATCH_MAYBE;
		}
		*colon = '\0';
		low = port_number(text);
		high = port_number(colon + 1);
	}
	r->at++;
	if (low < 0 || high < 0)
		return MATCH_MAYBE;
	return p >= low && p <= high ? MATCH_YES : MATCH_NO;
}

/* An address behind "from" or "to"; both may be negated. */
static enum match
match_host(struct rule *r, const struct question *q, int from)
{
	const char *word;
	char	    name[FIREWALL_NAME_LEN + 2];
	enum match  m = MATCH_MAYBE;
	int	    negated;

	negated = take(r, "!");
	word = peek(r);
	if (*word == '!') {
		negated = 1;
		word++;
	}
	r->at++;
	strlcpy(name, "<", sizeof(name));
	strlcat(name, q->table, sizeof(name));
	strlcat(name, ">", sizeof(name));
	if (strcmp(word, "any") == 0)
		m = MATCH_YES;
	else if (from && strcmp(word, name) == 0)
		m = q->let_in ? MATCH_YES : MATCH_NO;
	else if (strcmp(word, "route") == 0)
		r->at++; /* its label */
	return negated ? not_match(m) : m;
}

/*
 * The connection comes in from the world: not through a loopback interface,
 * perhaps through that one.  What only egress blocks blocks the world.
 */
static enum match
match_interface(struct rule *r)
{
	const char *word;
	enum match  m;
	int	    negated;

	negated = take(r, "!");
	word = peek(r);
	r->at++;
	if (strcmp(word, "any") == 0)
		m = MATCH_YES;
	else if (strncmp(word, "lo", 2) == 0 &&
	    strspn(word + 2, "0123456789") == strlen(word + 2))
		m = MATCH_NO;
	else if (strcmp(word, "egress") == 0)
		m = MATCH_YES;
	else
		m = MATCH_MAYBE;
	return negated ? not_match(m) : m;
}

static enum match
match_proto(struct rule *r)
{
	const char *word = peek(r);

	r->at++;
	return strcmp(word, "tcp") == 0 || strcmp(word, "6") == 0 ? MATCH_YES :
								    MATCH_NO;
}

static enum match
match_family(const struct question *q, enum addr_family family)
{
	return q->family == family ? MATCH_YES : MATCH_NO;
}

/* The words between the action and "from". */
static void
read_head(struct rule *r, const struct question *q)
{
	while (r->at < r->n) {
		if (take(r, "out"))
			and_match(r, MATCH_NO);
		else if (take(r, "quick"))
			r->quick = 1;
		else if (take(r, "on"))
			and_match(r, match_interface(r));
		else if (take(r, "inet"))
			and_match(r, match_family(q, ADDR_IPV4));
		else if (take(r, "inet6"))
			and_match(r, match_family(q, ADDR_IPV6));
		else if (take(r, "proto"))
			and_match(r, match_proto(r));
		else if (take(r, "all") || strcmp(peek(r), "from") == 0 ||
		    strcmp(peek(r), "to") == 0)
			return;
		else
			r->at++;
	}
}

/* What narrows a rule down: then it matches some connections only. */
static int
narrows(const char *word)
{
	static const char *const words[] = { "user", "group", "os",
		"received-on", "probability", "tos", "once", "tagged", "rtable",
		"prio", "icmp-type", "icmp6-type", "max-pkt-rate", "rdomain" };
	size_t			 i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(word, words[i]) == 0)
			return 1;
	}
	return 0;
}

static void
read_rest(struct rule *r, const struct question *q)
{
	if (take(r, "from")) {
		and_match(r, match_host(r, q, 1));
		if (take(r, "port")) {
			and_match(r, MATCH_MAYBE);
			(void)match_port(r, q->port);
		}
	}
	if (take(r, "os")) {
		and_match(r, MATCH_MAYBE);
		r->at++;
	}
	if (take(r, "to")) {
		and_match(r, match_host(r, q, 0));
		if (take(r, "port"))
			and_match(r, match_port(r, q->port));
	}
	for (; r->at < r->n; r->at++) {
		/* A first packet has SYN alone of the usual S/SA. */
		if (take(r, "flags")) {
			if (strcmp(peek(r), "S/SA") != 0 &&
			    strcmp(peek(r), "any") != 0)
				and_match(r, MATCH_MAYBE);
		} else if (narrows(peek(r)))
			and_match(r, MATCH_MAYBE);
	}
}

static int
has_word(const struct rule *r, const char *word)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		if (strcmp(r->word[i], word) == 0)
			return 1;
	}
	return 0;
}

/* Whether it is a rule at all; line is taken apart. */
static int
read_rule(struct rule *r, char *line, const struct question *q)
{
	char *word, *last;

	memset(r, 0, sizeof(*r));
	for (word = strtok_r(line, " \t\r", &last); word != NULL;
	     word = strtok_r(NULL, " \t\r", &last)) {
		if (r->n == WORDS)
			break;
		r->word[r->n++] = word;
	}
	if (r->n == 0)
		return 0;
	r->match = r->n == WORDS ? MATCH_MAYBE : MATCH_YES;
	r->action = ACTION_UNKNOWN;
	/* "@12 pass in ..." of pfctl -vv */
	if (peek(r)[0] == '@')
		r->at++;
	if (take(r, "pass"))
		r->action = ACTION_PASS;
	else if (take(r, "block"))
		r->action = ACTION_BLOCK;
	else if (take(r, "match")) {
		r->action = ACTION_NOTHING;
		/* The rules behind it see another port. */
		if (has_word(r, "rdr-to") || has_word(r, "af-to")) {
			r->action = ACTION_UNKNOWN;
			r->quick = 1;
		}
	} else if (take(r, "anchor")) {
		r->quick = 1;
		and_match(r, MATCH_MAYBE);
	} else
		and_match(r, MATCH_MAYBE);
	read_head(r, q);
	if (r->action == ACTION_UNKNOWN && r->match == MATCH_YES)
		r->match = MATCH_MAYBE;
	read_rest(r, q);
	return 1;
}

/* What may have become of it so far. */
struct fate {
	int	     pass, block;
	unsigned int rule; /* that let it pass */
	char	     text[256];
};

static void
note(struct fate *f, const struct rule *r, unsigned int rule, const char *text)
{
	/* A later rule takes the place of all before it; a quick one none. */
	if (!r->quick && r->match == MATCH_YES)
		f->pass = f->block = 0;
	if (r->action == ACTION_BLOCK || r->action == ACTION_UNKNOWN)
		f->block = 1;
	if (r->action == ACTION_BLOCK)
		return;
	f->pass = 1;
	f->rule = rule;
	line_clean(f->text, sizeof(f->text), text, strlen(text));
}

void
pf_follow(struct pf_verdict *v, const char *rules, const char *table,
    uint16_t port, enum addr_family family, int let_in)
{
	const struct question q = { table, port, family, let_in };
	struct fate	      last = { .pass = 1 }, quick = { .pass = 0 };
	struct rule	      r;
	char		      line[LINE_LEN], text[LINE_LEN];
	size_t		      len;
	unsigned int	      n = 0;

	memset(v, 0, sizeof(*v));
	for (; *rules != '\0'; rules += len + (rules[len] == '\n')) {
		len = strcspn(rules, "\n");
		n++;
		/* Cut: then the end of the rule is unknown. */
		strlcpy(line, rules,
		    len < sizeof(line) ? len + 1 : sizeof(line));
		strlcpy(text, line, sizeof(text));
		if (!read_rule(&r, line, &q) || r.match == MATCH_NO ||
		    r.action == ACTION_NOTHING)
			continue;
		if (len >= sizeof(line))
			r.match = MATCH_MAYBE;
		if (r.quick && r.match == MATCH_YES)
			last.pass = last.block = 0;
		if (r.action == ACTION_BLOCK && r.match == MATCH_YES)
			v->shut_by = n;
		note(r.quick ? &quick : &last, &r, n, text);
		if (r.quick && r.match == MATCH_YES)
			break;
	}
	if (!last.pass && !quick.pass) {
		v->fate = PF_SHUT;
		return;
	}
	v->fate = last.block || quick.block ? PF_UNSURE : PF_OPEN;
	v->rule = last.pass ? last.rule : quick.rule;
	strlcpy(v->text, last.pass ? last.text : quick.text, sizeof(v->text));
}
