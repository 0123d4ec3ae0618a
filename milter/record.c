/* SPDX-License-Identifier: ISC */
/*
 * The record of a session: its one line in the log.
 */
#include <stdio.h>
#include <string.h>

#include "dnsbl.h"
#include "line.h"
#include "milter_conf.h"
#include "session.h"

/* Bytes of foreign texts; each byte may take four places in the line. */
#define HELO_MAX       80
#define PATH_MAX_BYTES 128
#define REASON_MAX     256
#define QUEUE_MAX      SESSION_QUEUE_LEN
#define NAMES_MAX      600
#define LISTS_TEXT     160
#define DNSBLS_TEXT    240

/* "FILE:LINE: words" of the line that decided, or of the one that tagged. */
static void
add_rule(const struct session *s, struct line *l)
{
	const struct verdict	*v = &s->verdict;
	const struct conf_where *where = &v->where;
	const char		*rule = v->rule;
	char			 text[VERDICT_RULE_LEN + REASON_MAX];

	if (v->action == ACTION_ACCEPT && v->tagged) {
		where = &v->tag_where;
		rule = v->tag_rule;
	}
	if (!s->judged) {
		line_field(l, "rule", NULL, 0);
		return;
	}
	if (where->file == NULL)
		strlcpy(text, rule, sizeof(text)); /* no line decided */
	else
		snprintf(text, sizeof(text), "%s:%u: %s", where->file,
		    where->line, rule);
	line_field(l, "rule", text, REASON_MAX);
}

static void
add_why(const struct session *s, struct line *l)
{
	const char *why;

	why = s->verdict.action == ACTION_ACCEPT && s->verdict.tagged ?
	    s->verdict.tag_why :
	    s->verdict.why;
	line_field(l, "why", !s->judged || why[0] == '\0' ? NULL : why,
	    REASON_MAX);
}

/* Every name with its state, as many as there is room for. */
static void
add_names(const struct session *s, struct line *l)
{
	const struct finding *f;
	char		      text[NAMES_MAX];
	unsigned int	      i;
	int		      n;
	size_t		      len = 0;

	text[0] = '\0';
	for (i = 0; s->found && i < s->findings.nnames; i++) {
		f = &s->findings.names[i];
		n = snprintf(text + len, sizeof(text) - len, "%s%s/%s",
		    len > 0 ? "," : "", f->name, name_state_name(f->state));
		if (n < 0 || (size_t)n >= sizeof(text) - len) {
			text[len] = '\0';
			break;
		}
		len += n;
	}
	line_field(l, "names", len > 0 ? text : NULL, sizeof(text));
}

/*
 * One more item of a field whose items have commas between them.  If there is
 * no room for it, three dots stand for it and all that follow.
 */
static void
add_item(char *text, size_t size, const char *item)
{
	size_t len, room;

	len = strlen(text);
	room = size - len;
	if (len > 0 && text[len - 1] == '.')
		return;
	if (strlen(item) + sizeof(",...,") > room)
		item = "...";
	snprintf(text + len, room, "%s%s", len > 0 ? "," : "", item);
}

static void
add_lists(const struct session *s, struct line *l)
{
	char	     text[LISTS_TEXT] = "";
	unsigned int i;

	for (i = 0; s->found && i < s->findings.nlists; i++)
		add_item(text, sizeof(text), s->findings.lists[i]);
	line_field(l, "lists", text[0] != '\0' ? text : NULL, sizeof(text));
}

/* What each DNS list said, unless it was that it does not list him. */
static void
add_dnsbls(const struct session *s, struct line *l)
{
	const struct dnsbl_finding *d;
	char			    text[DNSBLS_TEXT] = "", item[DNSBLS_TEXT];
	unsigned int		    i, k;
	size_t			    n;

	for (i = 0; s->found && i < s->findings.ndnsbls; i++) {
		d = &s->findings.dnsbls[i];
		if (d->state == DNSBL_CLEAR || d->state == DNSBL_FAMILY)
			continue;
		n = (size_t)snprintf(item, sizeof(item), "%s", d->name);
		if (d->state != DNSBL_LISTED)
			snprintf(item + n, sizeof(item) - n, ":%s",
			    dnsbl_state_name(d->state));
		for (k = 0; d->state == DNSBL_LISTED && k < d->nreplies; k++)
			n += (size_t)snprintf(item + n, sizeof(item) - n,
			    "%c%u.%u.%u.%u", k == 0 ? ':' : '+',
			    d->replies[k][0], d->replies[k][1],
			    d->replies[k][2], d->replies[k][3]);
		add_item(text, sizeof(text), item);
	}
	line_field(l, "dnsbl", text[0] != '\0' ? text : NULL, sizeof(text));
}

/* What the lists had to say about him. */
static void
add_listings(const struct session *s, struct line *l)
{
	const char *yes = "yes";

	if (s->found && s->findings.ndnsbls > 0)
		line_number(l, "score", s->verdict.score);
	else
		line_field(l, "score", NULL, 0);
	add_lists(s, l);
	add_dnsbls(s, l);
	line_field(l, "protected",
	    s->found && s->findings.is_protected ? yes : NULL, 3);
	line_field(l, "nat", s->hidden ? yes : NULL, 3);
}

static void
add_text(struct line *l, const char *key, const char *value, size_t max)
{
	line_field(l, key, value[0] != '\0' ? value : NULL, max);
}

/*
 * What came from outside stands last, so that nothing of ours is lost if a
 * log cuts the line.
 */
void
session_record(const struct session *s, struct line *l)
{
	const struct findings *f = &s->findings;
	char		       addr[ADDR_LEN];
	const char	      *result = NULL;

	if (s->judged)
		result = iprev_name(s->found ? f->iprev : IPREV_UNASKED);
	line_init(l);
	line_word(l, session_word(s));
	line_field(l, "client", addr_print(&s->addr, addr), ADDR_LEN);
	line_number(l, "port", s->port);
	line_field(l, "name", s->found ? findings_confirmed(f) : NULL,
	    DNS_NAME_LEN);
	line_field(l, "result", result, REASON_MAX);
	add_why(s, l);
	add_rule(s, l);
	add_text(l, "token", s->token, TOKEN_LEN);
	line_number(l, "rcpts", s->nrcpts);
	line_number(l, "refused", s->nrefused);
	line_number(l, "exempt", s->nexempt);
	line_number(l, "messages", s->nmessages);
	line_number(l, "forged", s->nforged);
	line_field(l, "auth", s->authenticated ? "yes" : "no", 3);
	line_field(l, "observe", session_observes(s) ? "yes" : "no", 3);
	line_number(l, "ms", s->found ? f->elapsed_ms : 0);
	if (s->found && f->dnssec != DNSSEC_UNKNOWN)
		line_field(l, "dnssec", dnssec_name(f->dnssec), 8);
	add_listings(s, l);
	add_text(l, "queue", s->queue, QUEUE_MAX);
	add_text(l, "helo", s->helo, HELO_MAX);
	add_text(l, "from", s->from, PATH_MAX_BYTES);
	add_text(l, "rcpt", s->rcpt, PATH_MAX_BYTES);
	add_names(s, l);
}
