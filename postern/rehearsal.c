/* SPDX-License-Identifier: ISC */
#include "rehearsal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "line.h"

/* As session_word() has it: a tag is a verdict of its own. */
static int
is_tag(const struct verdict *v)
{
	return v->action == ACTION_ACCEPT && v->tagged;
}

static int
starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/*
 * The reason without what differs from client to client: a name; the score
 * and the text of DNS lists, which stand behind their names.
 */
static void
write_why(char why[VERDICT_WHY_LEN], const struct verdict *v)
{
	const char *rule = is_tag(v) ? v->tag_rule : v->rule;
	char	   *end;

	strlcpy(why, is_tag(v) ? v->tag_why : v->why, VERDICT_WHY_LEN);
	if (starts(rule, "on name "))
		strlcpy(why, "a name matches a pattern", VERDICT_WHY_LEN);
	else if (starts(rule, "on score ") || starts(rule, "on listed ")) {
		if ((end = strstr(why, ": ")) != NULL)
			*end = '\0';
		if ((end = strstr(why, " (score ")) != NULL)
			*end = '\0';
	}
}

static void
write_reason(struct reason *r, const struct verdict *v)
{
	memset(r, 0, sizeof(*r));
	r->action = action_name(is_tag(v) ? ACTION_TAG : v->action);
	write_why(r->why, v);
	r->where = is_tag(v) ? v->tag_where : v->where;
	strlcpy(r->rule, is_tag(v) ? v->tag_rule : v->rule, sizeof(r->rule));
}

static int
is_same(const struct reason *a, const struct reason *b)
{
	return a->where.file == b->where.file &&
	    a->where.line == b->where.line && strcmp(a->why, b->why) == 0 &&
	    strcmp(a->action, b->action) == 0 && strcmp(a->rule, b->rule) == 0;
}

static struct reason *
find_reason(struct rehearsal *r, const struct verdict *v)
{
	struct reason reason, *last;
	size_t	      i;

	write_reason(&reason, v);
	for (i = 0; i < r->nreasons; i++)
		if (is_same(&r->reasons[i], &reason))
			return &r->reasons[i];
	last = &r->reasons[REHEARSAL_REASONS - 1];
	if (r->nreasons < REHEARSAL_REASONS - 1) {
		last = &r->reasons[r->nreasons++];
		*last = reason;
	} else if (r->nreasons < REHEARSAL_REASONS) {
		r->nreasons++;
		last->action = "various";
		strlcpy(last->why, "other reasons", sizeof(last->why));
	}
	return last;
}

static void
add_busy(struct rehearsal *r, const struct addr *addr, uint64_t sessions,
    const struct verdict *v)
{
	struct busy *b = r->busiest;
	size_t	     i;

	if (r->nbusiest == REHEARSAL_BUSIEST &&
	    b[r->nbusiest - 1].sessions >= sessions)
		return;
	i = r->nbusiest < REHEARSAL_BUSIEST ? r->nbusiest++ : r->nbusiest - 1;
	for (; i > 0 && b[i - 1].sessions < sessions; i--)
		b[i] = b[i - 1];
	b[i].addr = *addr;
	b[i].sessions = sessions;
	b[i].verdict = *v;
}

void
rehearsal_add(struct rehearsal *r, const struct addr *addr, uint64_t sessions,
    const struct verdict *v)
{
	struct reason *reason;

	reason = find_reason(r, v);
	reason->sessions += sessions;
	reason->clients++;
	if (v->action == ACTION_REJECT || v->action == ACTION_TEMPFAIL)
		add_busy(r, addr, sessions, v);
}

/* The most sessions first; then by the line of the file. */
static int
compare(const void *a, const void *b)
{
	const struct reason *x = a, *y = b;

	if (x->sessions != y->sessions)
		return x->sessions > y->sessions ? -1 : 1;
	if (x->where.line != y->where.line)
		return x->where.line < y->where.line ? -1 : 1;
	return strcmp(x->why, y->why);
}

/* ---- as text ---- */

/* "FILE:LINE: words", as the milter's record has it. */
static void
print_rule(FILE *out, const struct conf_where *where, const char *rule)
{
	if (where->file != NULL)
		fprintf(out, "%s:%u: ", where->file, where->line);
	fprintf(out, "%s\n", rule);
}

static void
print_busiest(const struct rehearsal *r, FILE *out)
{
	char		   addr[ADDR_LEN], why[4 * VERDICT_WHY_LEN];
	const struct busy *b;
	size_t		   i;

	if (r->nbusiest == 0)
		return;
	fprintf(out, "\nThe busiest of those who would be refused:\n\n");
	fprintf(out, "%8s  %-8s  %-39s  %s\n", "sessions", "action", "address",
	    "why");
	for (i = 0; i < r->nbusiest; i++) {
		b = &r->busiest[i];
		fprintf(out, "%8" PRIu64 "  %-8s  %-39s  %s\n", b->sessions,
		    action_name(b->verdict.action), addr_print(&b->addr, addr),
		    line_clean(why, sizeof(why), b->verdict.why,
			strlen(b->verdict.why)));
		fprintf(out, "%61s", "");
		print_rule(out, &b->verdict.where, b->verdict.rule);
	}
}

void
rehearsal_print(struct rehearsal *r, FILE *out)
{
	const struct reason *s;
	size_t		     i;

	qsort(r->reasons, r->nreasons, sizeof(r->reasons[0]), compare);
	fprintf(out,
	    "lines      %" PRIu64 ", of which %" PRIu64 " are Postfix's\n",
	    r->lines, r->ours);
	fprintf(out, "sessions   %" PRIu64 "\n", r->sessions);
	if (r->authenticated > 0)
		fprintf(out,
		    "           and %" PRIu64
		    " that were authenticated, which are let in\n",
		    r->authenticated);
	if (r->beyond > 0)
		fprintf(out,
		    "           and %" PRIu64 " of still more clients, which "
		    "are not counted\n",
		    r->beyond);
	fprintf(out, "clients    %" PRIu64 "\n", r->clients);
	fprintf(out,
	    "asked      the DNS, now, about %" PRIu64 " of them; "
	    "it may have answered otherwise then\n",
	    r->asked);
	fprintf(out, "\n%8s %8s  %-8s  %s\n", "sessions", "clients", "action",
	    "why");
	for (i = 0; i < r->nreasons; i++) {
		s = &r->reasons[i];
		fprintf(out, "%8" PRIu64 " %8" PRIu64 "  %-8s  %s\n",
		    s->sessions, s->clients, s->action, s->why);
		if (s->rule[0] == '\0')
			continue;
		fprintf(out, "%29s", "");
		print_rule(out, &s->where, s->rule);
	}
	print_busiest(r, out);
}

/* ---- as JSON ---- */

static void
put_rule(FILE *out, const struct conf_where *where, const char *rule)
{
	fprintf(out, ",\"file\":");
	if (where->file != NULL)
		json_put(out, where->file);
	else
		fprintf(out, "null");
	fprintf(out, ",\"line\":%u,\"rule\":", where->line);
	json_put(out, rule);
}

void
rehearsal_json(struct rehearsal *r, FILE *out)
{
	char		     addr[ADDR_LEN];
	const struct reason *s;
	const struct busy   *b;
	size_t		     i;

	qsort(r->reasons, r->nreasons, sizeof(r->reasons[0]), compare);
	fprintf(out,
	    "{\"lines\":%" PRIu64 ",\"postfix_lines\":%" PRIu64
	    ",\"sessions\":%" PRIu64 ",\"authenticated\":%" PRIu64
	    ",\"not_counted\":%" PRIu64 ",\"clients\":%" PRIu64
	    ",\"asked\":%" PRIu64 ",\"reasons\":[",
	    r->lines, r->ours, r->sessions, r->authenticated, r->beyond,
	    r->clients, r->asked);
	for (i = 0; i < r->nreasons; i++) {
		s = &r->reasons[i];
		fprintf(out,
		    "%s{\"action\":\"%s\",\"sessions\":%" PRIu64
		    ",\"clients\":%" PRIu64 ",\"why\":",
		    i > 0 ? "," : "", s->action, s->sessions, s->clients);
		json_put(out, s->why);
		put_rule(out, &s->where, s->rule);
		putc('}', out);
	}
	fprintf(out, "],\"busiest\":[");
	for (i = 0; i < r->nbusiest; i++) {
		b = &r->busiest[i];
		fprintf(out,
		    "%s{\"address\":\"%s\",\"sessions\":%" PRIu64
		    ",\"action\":\"%s\",\"why\":",
		    i > 0 ? "," : "", addr_print(&b->addr, addr), b->sessions,
		    action_name(b->verdict.action));
		json_put(out, b->verdict.why);
		put_rule(out, &b->verdict.where, b->verdict.rule);
		putc('}', out);
	}
	fprintf(out, "]}\n");
}
