/* SPDX-License-Identifier: ISC */
/*
 * "lists show": a line for each list, and its sources below it.
 */
#include <sys/stat.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bans.h"
#include "json.h"
#include "lists_verb.h"
#include "protect.h"
#include "round.h"

/* In the order in which the worst counts for a list. */
enum state {
	OK,
	EMPTY,
	FAILED,
	HELD,
	STALE
};

static const char *const words[] = { "ok", "empty", "failed", "held", "stale" };

struct row {
	const char *name;
	enum state  state;
	uint64_t    entries;
	size_t	    n4, n6;
	size_t	    former; /* sources, in use but not named any more */
	int64_t	    compiled;
	char	    why[SET_WHY_LEN]; /* the set is bad; "" */
};

struct source_row {
	char	    name[SOURCE_NAME_LEN];
	char	    shown[LISTS_SHOWN_LEN];
	int	    is_url;
	enum state  state;
	int64_t	    next; /* 0: a file, looked at all the time */
	struct meta m;
};

/* One that is not there is no news to postern-lists: it was never read. */
static void
look_at_file(const struct list_source *s, struct meta *m)
{
	struct stat st;

	if (s->file == NULL || m->why[0] != '\0')
		return;
	if (stat(s->file, &st) == 0) {
		if (!S_ISREG(st.st_mode))
			strlcpy(m->why, "is not a regular file",
			    sizeof(m->why));
	} else if (errno == ENOENT || errno == ENOTDIR)
		strlcpy(m->why, strerror(errno), sizeof(m->why));
}

static void
look_at_source(const struct lists *l, const struct list_conf *list,
    const struct list_source *s, struct source_row *r)
{
	source_name(list, s, r->name);
	source_shown(s, r->shown, sizeof(r->shown));
	r->is_url = s->url != NULL;
	lists_meta(l, r->name, &r->m);
	look_at_file(s, &r->m);
	r->next = l->have && r->is_url ? round_due(s, &l->folder, r->name) : 0;
	if (source_is_stale(list, s, &r->m, l->now))
		r->state = STALE;
	else if (r->m.held)
		r->state = HELD;
	else if (r->m.why[0] != '\0')
		r->state = FAILED;
	else
		r->state = r->m.entries == 0 ? EMPTY : OK;
}

/* What its file says; 0 entries: as many as it has ranges. */
static void
look_at_set(const struct lists *l, struct row *r)
{
	struct set     *set;
	struct set_info info;

	if ((set = lists_set(l, r->name, r->why)) == NULL) {
		if (r->why[0] != '\0')
			r->state = FAILED;
		else if (r->state == OK)
			r->state = EMPTY;
		return;
	}
	set_info(set, &info);
	r->n4 = info.n4;
	r->n6 = info.n6;
	r->compiled = (int64_t)info.time;
	if (r->n4 + r->n6 == 0 && r->state == OK)
		r->state = EMPTY;
	set_close(set);
}

static void
print_row(const struct lists *l, const struct row *r)
{
	char age[LISTS_TIME_LEN] = "-";

	if (r->compiled > 0)
		lists_span(l->now - r->compiled, age);
	printf("%-16s %-7s %9" PRIu64 " %9zu %9zu  %s\n", r->name,
	    words[r->state], r->entries, r->n4, r->n6, age);
	if (r->why[0] != '\0')
		printf("  %s%s %s\n", r->name, SET_SUFFIX, r->why);
}

static void
print_source(const struct lists *l, const struct source_row *r)
{
	const struct meta *m = &r->m;
	char		   span[LISTS_TIME_LEN];

	printf("  %s: %s, %" PRIu64 " entries, %" PRIu64 " bad, %" PRIu64
	       " duplicates",
	    r->shown, m->form[0] == '\0' ? "unknown" : m->form, m->entries,
	    m->bad, m->duplicate);
	if (m->good == 0)
		printf(", never good");
	else
		printf(", good %s ago", lists_span(l->now - m->good, span));
	if (r->is_url && r->next > l->now)
		printf(", next in %s", lists_span(r->next - l->now, span));
	else if (r->is_url)
		printf(", due");
	putchar('\n');
	if (r->state == STALE)
		printf("    stale: no good answer for %s\n",
		    lists_span(l->now - (m->good != 0 ? m->good : m->first),
			span));
	if (m->held)
		printf("    held back, %" PRIu64 " entries: %s\n",
		    m->held_entries, m->why);
	else if (m->why[0] != '\0')
		printf("    last problem: %s\n", m->why);
}

static void
json_row(const struct row *r)
{
	char time[LISTS_TIME_LEN];

	putchar('{');
	json_member(stdout, "name", r->name);
	printf(",\"state\":\"%s\",\"entries\":%" PRIu64
	       ",\"ranges4\":%zu,\"ranges6\":%zu,\"compiled\":%s",
	    words[r->state], r->entries, r->n4, r->n6,
	    lists_json_time(r->compiled, time));
	if (r->why[0] != '\0') {
		putchar(',');
		json_member(stdout, "problem", r->why);
	}
}

static void
json_source(const struct source_row *r)
{
	const struct meta *m = &r->m;
	char		   time[LISTS_TIME_LEN];

	putchar('{');
	json_member(stdout, "source", r->shown);
	printf(",\"kind\":\"%s\",\"state\":\"%s\",", r->is_url ? "url" : "file",
	    words[r->state]);
	json_member(stdout, "form", m->form[0] == '\0' ? "unknown" : m->form);
	printf(",\"entries\":%" PRIu64 ",\"bad\":%" PRIu64
	       ",\"duplicates\":%" PRIu64 ",\"failures\":%u",
	    m->entries, m->bad, m->duplicate, m->failures);
	printf(",\"good\":%s", lists_json_time(m->good, time));
	printf(",\"changed\":%s", lists_json_time(m->changed, time));
	printf(",\"tried\":%s", lists_json_time(m->tried, time));
	printf(",\"next\":%s", lists_json_time(r->next, time));
	printf(",\"held\":%s,\"held_entries\":%" PRIu64 ",",
	    m->held ? "true" : "false", m->held_entries);
	json_member(stdout, "problem", m->why[0] == '\0' ? NULL : m->why);
	putchar('}');
}

static int
count_former(void *arg, const char *source)
{
	struct row *r = arg;

	(void)source;
	r->former++;
	return 0;
}

static void
print_former(const struct row *r)
{
	if (r->former > 0)
		printf("  %zu former source%s, in use until the new ones were "
		       "read once\n",
		    r->former, r->former == 1 ? "" : "s");
}

static void
show_list(const struct lists *l, const struct list_conf *list)
{
	struct source_row rows[LIST_SOURCES_MAX];
	struct row	  r = { .name = list->name };
	size_t		  i;

	for (i = 0; i < list->nsources; i++) {
		look_at_source(l, list, &list->sources[i], &rows[i]);
		r.entries += rows[i].m.entries;
		/* One that is empty beside others is no matter. */
		if (rows[i].state > r.state && rows[i].state != EMPTY)
			r.state = rows[i].state;
	}
	look_at_set(l, &r);
	if (l->have)
		list_former(&l->folder, list, count_former, &r);
	if (!l->json) {
		print_row(l, &r);
		for (i = 0; i < list->nsources; i++)
			print_source(l, &rows[i]);
		print_former(&r);
		return;
	}
	json_row(&r);
	printf(",\"former\":%zu,\"sources\":[", r.former);
	for (i = 0; i < list->nsources; i++) {
		fputs(i == 0 ? "\n  " : ",\n  ", stdout);
		json_source(&rows[i]);
	}
	printf("]},\n");
}

static void
show_bans(const struct lists *l)
{
	struct row	  r = { .name = LIST_BANS };
	struct bans_clock clock;
	struct bans	 *bans;

	look_at_set(l, &r);
	bans = lists_bans(l, &clock);
	r.entries = bans != NULL ? bans_count(bans, &clock) : r.n4 + r.n6;
	if (l->json) {
		json_row(&r);
		printf(",\"clock_good\":%s},\n",
		    bans == NULL || clock.good ? "true" : "false");
	} else {
		print_row(l, &r);
		if (bans != NULL && !clock.good)
			printf("  the clock is not believed: no ban ends; is "
			       "it right now? postern ban -y\n");
	}
	bans_free(bans);
}

static void
show_protected(const struct lists *l)
{
	struct row r = { .name = LIST_PROTECTED };

	look_at_set(l, &r);
	r.entries = r.n4 + r.n6;
	if (!l->json) {
		print_row(l, &r);
		return;
	}
	json_row(&r);
	printf("}\n]\n");
}

int
lists_show(struct lists *l)
{
	const struct lists_conf *c = lists_conf(l->conf);
	size_t			 i;
	int			 ret;

	if ((ret = lists_look(l)) != 0)
		return ret;
	if (l->n == 1)
		return lists_show_ranges(l, l->operand[0]);
	if (l->json)
		puts("[");
	else
		printf("%-16s %-7s %9s %9s %9s  %s\n", "LIST", "STATE",
		    "ENTRIES", "IPV4", "IPV6", "AGE");
	for (i = 0; i < c->nlists; i++)
		show_list(l, &c->lists[i]);
	show_bans(l);
	show_protected(l);
	return 0;
}
