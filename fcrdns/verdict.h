/* SPDX-License-Identifier: ISC */
/*
 * The verdict: a pure fold of findings and the file to an action.
 *
 * An address that is protected is accepted.  Then the order is the file's:
 * "pass from", then "block from" (no DNS is asked when one of them matches),
 * then the "on" lines from top to bottom.  tag marks and goes on, every other
 * action ends; nothing matched: accept.  What a list did not answer properly
 * is no listing; and where a list did not answer that might have made up for
 * a score by a negative one, or have ended it by an "on listed" line before,
 * reject is tempfail.
 * The milter, "postern explain" and the tests all ask here.
 */
#ifndef VERDICT_H
#define VERDICT_H

#include "action.h"
#include "conf.h"
#include "iprev.h"

struct fcrdns_conf;
struct fcrdns_rule;

#define VERDICT_WHY_LEN	 320 /* holds a whole name */
#define VERDICT_RULE_LEN 512

/* What kind of reason it is: the reply's enhanced code depends on it. */
enum verdict_kind {
	VERDICT_DEFAULT, /* no line decided */
	VERDICT_FROM,	 /* pass from, block from: a prefix */
	VERDICT_IPREV,	 /* on pass, fail, temperror, permerror */
	VERDICT_NAME,	 /* on name */
	VERDICT_LIST, /* pass from, block from: a list; on score, on listed */
	VERDICT_PROTECTED
};

struct verdict {
	enum action	  action; /* never ACTION_TAG: see tagged */
	enum verdict_kind kind;
	struct conf_where where; /* the deciding line; file NULL: none */
	char		  rule[VERDICT_RULE_LEN]; /* its words */
	char		  why[VERDICT_WHY_LEN];	  /* a sentence without dot */
	int		  score; /* of all DNS lists together */
	int		  tagged;
	struct conf_where tag_where; /* the first line that tagged */
	char		  tag_rule[VERDICT_RULE_LEN];
	char		  tag_why[VERDICT_WHY_LEN];
};

/*
 * Is the address decided before any DNS?  1 and the verdict, or 0.  Of known
 * only the lists are looked at.  NULL, or nothing known of the lists: only
 * what is certain whatever they say, which is a prefix of "pass from".
 */
int verdict_early(struct verdict *, const struct addr *,
    const struct fcrdns_conf *, const struct findings *known);
/* The whole fold, pass from and block from included. */
void verdict_of(struct verdict *, const struct findings *,
    const struct fcrdns_conf *);

#endif /* VERDICT_H */
