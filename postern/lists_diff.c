/* SPDX-License-Identifier: ISC */
/*
 * "lists diff": what the last change of each source was, and what accepting
 * what is held back would change.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "json.h"
#include "lists_verb.h"
#include "log.h"

#define PREV ".prev"
#define HELD ".held"

struct change {
	const char   *word; /* "changed", "held" */
	const char   *shown;
	const char   *why;
	int64_t	      at;
	struct ranges added, removed;
};

/* What is in a and not in b.  0 or -1. */
static int
only_in(const struct ranges *a, const struct ranges *b, struct ranges *out)
{
	memset(out, 0, sizeof(*out));
	if (ranges_add_all(out, a) == 0 && ranges_subtract(out, b) == 0)
		return 0;
	ranges_free(out);
	return -1;
}

/* Both in one order of addresses. */
static void
print_lines(const struct change *c)
{
	const struct ranges *a = &c->added, *r = &c->removed;
	char		     buf[LISTS_RANGE_LEN];
	size_t		     i = 0, j = 0;

	while (i < a->n4 || j < r->n4)
		if (j == r->n4 ||
		    (i < a->n4 && a->v4[i].first < r->v4[j].first))
			printf("+ %s\n", lists_print4(&a->v4[i++], buf));
		else
			printf("- %s\n", lists_print4(&r->v4[j++], buf));
	i = j = 0;
	while (i < a->n6 || j < r->n6)
		if (j == r->n6 ||
		    (i < a->n6 &&
			addr6_compare(a->v6[i].first, r->v6[j].first) < 0))
			printf("+ %s\n", lists_print6(&a->v6[i++], buf));
		else
			printf("- %s\n", lists_print6(&r->v6[j++], buf));
}

static int
json_range(void *arg, const char *text)
{
	size_t *n = arg;

	printf("%s\"%s\"", (*n)++ == 0 ? "" : ",", text);
	return 0;
}

static void
json_change(const struct change *c, int first)
{
	char   time[LISTS_TIME_LEN];
	size_t n = 0;

	fputs(first ? "\n{" : ",\n{", stdout);
	json_member(stdout, "source", c->shown);
	printf(",\"what\":\"%s\",\"at\":%s,", c->word,
	    lists_json_time(c->at, time));
	json_member(stdout, "why", c->why);
	printf(",\"added\":[");
	lists_each(&c->added, json_range, &n);
	printf("],\"removed\":[");
	n = 0;
	lists_each(&c->removed, json_range, &n);
	printf("]}");
}

static void
print_change(const struct change *c)
{
	char time[LISTS_TIME_LEN];

	printf("%s: ", c->shown);
	if (c->why != NULL)
		printf("held back (%s), accepting it would change:", c->why);
	else
		printf("changed %s:", lists_time(c->at, time));
	printf(" %zu added, %zu removed\n", c->added.n4 + c->added.n6,
	    c->removed.n4 + c->removed.n6);
	print_lines(c);
}

/* The ranges of one of its files, empty if there is none. */
static struct set *
open_ranges(const struct lists *l, const struct change *c, const char *name,
    const char *suffix, struct ranges *r)
{
	char	    why[SET_WHY_LEN];
	struct set *set;

	memset(r, 0, sizeof(*r));
	if ((set = lists_source_set(l, name, suffix, why)) != NULL)
		set_ranges(set, r);
	else if (why[0] != '\0')
		log_warnx("%s: %s%s: %s", c->shown, name, suffix, why);
	return set;
}

/* 0 or -1: out of memory. */
static int
say_change(const struct lists *l, struct change *c, const struct ranges *was,
    const struct ranges *is, int first)
{
	if (only_in(is, was, &c->added) == -1)
		return -1;
	if (only_in(was, is, &c->removed) == -1) {
		ranges_free(&c->added);
		return -1;
	}
	if (l->json)
		json_change(c, first);
	else
		print_change(c);
	ranges_free(&c->added);
	ranges_free(&c->removed);
	return 0;
}

static int
diff_source(const struct lists *l, const struct list_conf *list,
    const struct list_source *s, int *said)
{
	char	      name[SOURCE_NAME_LEN], shown[LISTS_SHOWN_LEN];
	struct change c = { .word = "changed", .shown = shown };
	struct meta   m;
	struct set   *prev, *is, *held;
	struct ranges prev_r, is_r, held_r;
	int	      ret = 0;

	source_name(list, s, name);
	source_shown(s, shown, sizeof(shown));
	lists_meta(l, name, &m);
	prev = open_ranges(l, &c, name, PREV, &prev_r);
	is = open_ranges(l, &c, name, SET_SUFFIX, &is_r);
	held = open_ranges(l, &c, name, HELD, &held_r);
	c.at = m.changed;
	if (is != NULL)
		ret = say_change(l, &c, &prev_r, &is_r, (*said)++ == 0);
	if (held != NULL && ret == 0) {
		c.word = "held";
		c.why = m.why;
		c.at = m.tried;
		ret = say_change(l, &c, &is_r, &held_r, (*said)++ == 0);
	}
	set_close(prev);
	set_close(is);
	set_close(held);
	return ret;
}

int
lists_diff(struct lists *l)
{
	const struct list_conf *list;
	size_t			i;
	int			ret, said = 0;

	if ((list = lists_find(l, l->operand[0])) == NULL)
		return EX_USAGE;
	if ((ret = lists_look(l)) != 0)
		return ret;
	if (l->json)
		putchar('[');
	for (i = 0; i < list->nsources; i++)
		if (diff_source(l, list, &list->sources[i], &said) == -1) {
			log_warnx("out of memory");
			return EX_OSERR;
		}
	if (l->json)
		puts(said > 0 ? "\n]" : "]");
	return 0;
}
