/* SPDX-License-Identifier: ISC */
/*
 * "lists test": who has that address or prefix, since when and until when?
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "bans.h"
#include "json.h"
#include "line.h"
#include "lists_verb.h"
#include "log.h"
#include "protect.h"

struct asking {
	const struct lists *l;
	struct prefix	    prefix;
	char		    text[PREFIX_LEN];
	const char	   *list;   /* at hand */
	const char	   *source; /* its source; NULL: of none */
	size_t		    found;
};

/* One that has it. */
struct match {
	const char	 *range;
	int		  part; /* of a prefix */
	int64_t		  since, until;
	const struct ban *ban; /* or NULL: a list */
};

static void
print_match(const struct asking *a, const struct match *m)
{
	char since[LISTS_TIME_LEN], until[LISTS_TIME_LEN];
	char who[4 * BAN_WHO_LEN], why[4 * BAN_WHY_LEN];

	printf("%s is %s", a->text, m->part ? "partly " : "");
	if (m->ban != NULL)
		printf("banned: %s, since %s, until %s, by %s%s%s\n", m->range,
		    lists_time(m->since, since), lists_time(m->until, until),
		    line_clean(who, sizeof(who), m->ban->who,
			strlen(m->ban->who)),
		    m->ban->why[0] == '\0' ? "" : ": ",
		    line_clean(why, sizeof(why), m->ban->why,
			strlen(m->ban->why)));
	else if (a->source == NULL)
		printf("in <%s>: %s, from no source that the file names\n",
		    a->list, m->range);
	else
		printf("in <%s>: %s, since %s, from %s\n", a->list, m->range,
		    m->since == 0 ? "?" : lists_time(m->since, since),
		    a->source);
}

static void
json_match(const struct asking *a, const struct match *m)
{
	char time[LISTS_TIME_LEN];

	fputs(a->found == 0 ? "\n  {" : ",\n  {", stdout);
	json_member(stdout, "list", a->list);
	printf(",\"range\":\"%s\",\"part\":%s", m->range,
	    m->part ? "true" : "false");
	printf(",\"since\":%s", lists_json_time(m->since, time));
	printf(",\"until\":%s,", lists_json_time(m->until, time));
	if (m->ban != NULL) {
		json_member(stdout, "who", m->ban->who);
		putchar(',');
		json_member(stdout, "why", m->ban->why);
	} else {
		json_member(stdout, "source", a->source);
	}
	putchar('}');
}

static void
say_match(struct asking *a, const struct match *m)
{
	if (a->l->json)
		json_match(a, m);
	else
		print_match(a, m);
	a->found++;
}

/*
 * What the set has of it: nothing (0), or all or a part of it, and one range
 * that does, as text, and its first address.  -1: out of memory.
 */
static int
look_up(const struct asking *a, const struct set *set,
    char range[LISTS_RANGE_LEN], struct addr *first, int *part)
{
	struct ranges all, have, mine;
	int	      ret = -1;

	memset(&mine, 0, sizeof(mine));
	memset(&have, 0, sizeof(have));
	set_ranges(set, &all);
	if (ranges_add_prefix(&mine, &a->prefix) == -1 ||
	    ranges_add_prefix(&have, &a->prefix) == -1 ||
	    ranges_subtract(&mine, &all) == -1 || /* what is not in it */
	    ranges_subtract(&have, &mine) == -1)
		goto out;
	ret = have.n4 + have.n6 > 0;
	*part = mine.n4 + mine.n6 > 0;
	if (have.n4 > 0) {
		lists_print4(&have.v4[0], range);
		range_to_addr4(first, have.v4[0].first);
	} else if (have.n6 > 0) {
		lists_print6(&have.v6[0], range);
		range_to_addr6(first, have.v6[0].first);
	}
out:
	ranges_free(&mine);
	ranges_free(&have);
	return ret;
}

/* The whole range around it, which says more than what was asked. */
static void
print_around(const struct asking *a, const struct set *set,
    char range[LISTS_RANGE_LEN])
{
	struct addr   first, last;
	struct range4 v4;
	struct range6 v6;

	if (!set_range(set, &a->prefix.addr, &first, &last))
		return;
	if (first.family == ADDR_IPV4) {
		v4.first = range_from_addr4(&first);
		v4.last = range_from_addr4(&last);
		lists_print4(&v4, range);
	} else {
		v6.first = range_from_addr6(&first);
		v6.last = range_from_addr6(&last);
		lists_print6(&v6, range);
	}
}

/* name: of the source, or NULL: the list itself.  1: it has it. */
static int
ask_set(struct asking *a, struct set *set, const char *name)
{
	char	     range[LISTS_RANGE_LEN];
	struct match m = { .range = range };
	struct addr  first;
	int	     found;

	if ((found = look_up(a, set, range, &first, &m.part)) <= 0)
		return found;
	if (!m.part)
		print_around(a, set, range);
	if (name != NULL)
		m.since = source_since(&a->l->folder, name, &first);
	say_match(a, &m);
	return 1;
}

static int
ask_sources(struct asking *a, const struct list_conf *list)
{
	char	    name[SOURCE_NAME_LEN], shown[LISTS_SHOWN_LEN];
	char	    why[SET_WHY_LEN];
	struct set *set;
	size_t	    i;
	int	    found = 0, ret;

	for (i = 0; i < list->nsources; i++) {
		source_name(list, &list->sources[i], name);
		a->source =
		    source_shown(&list->sources[i], shown, sizeof(shown));
		set = lists_source_set(a->l, name, SET_SUFFIX, why);
		if (set == NULL && why[0] != '\0')
			log_warnx("list %s: %s: %s", list->name, shown, why);
		if (set == NULL)
			continue;
		ret = ask_set(a, set, name);
		set_close(set);
		if (ret == -1)
			return -1;
		found |= ret;
	}
	a->source = NULL;
	return found;
}

/* Its sources; and the list itself, which may be older than they are. */
static int
ask_list(struct asking *a, const struct list_conf *list)
{
	char	    why[SET_WHY_LEN];
	struct set *set;
	int	    ret;

	a->list = list->name;
	if ((ret = ask_sources(a, list)) != 0)
		return ret;
	if ((set = lists_set(a->l, list->name, why)) == NULL) {
		if (why[0] != '\0')
			log_warnx("%s%s: %s", list->name, SET_SUFFIX, why);
		return 0;
	}
	ret = ask_set(a, set, NULL);
	set_close(set);
	return ret;
}

static int
ask_ban(void *arg, const struct ban *b)
{
	struct asking *a = arg;
	char	       prefix[PREFIX_LEN];
	struct match   m = { .range = prefix_print(&b->prefix, prefix),
		  .since = b->since,
		  .until = b->until,
		  .ban = b };

	m.part = b->prefix.bits > a->prefix.bits;
	if (m.part ? prefix_contains(&a->prefix, &b->prefix.addr) :
		     prefix_contains(&b->prefix, &a->prefix.addr))
		say_match(a, &m);
	return 0;
}

static int
ask_all(struct asking *a)
{
	const struct lists_conf *c = lists_conf(a->l->conf);
	struct bans_clock	 clock;
	struct bans		*bans;
	size_t			 i;

	for (i = 0; i < c->nlists; i++)
		if (ask_list(a, &c->lists[i]) == -1) {
			log_warnx("out of memory");
			return EX_OSERR;
		}
	a->list = LIST_BANS;
	if ((bans = lists_bans(a->l, &clock)) != NULL) {
		bans_each(bans, &clock, ask_ban, a);
		bans_free(bans);
	}
	/* Not to be read: nobody may take that for "not banned". */
	return bans == NULL && a->l->have ? EX_NOINPUT : 0;
}

int
lists_test(struct lists *l)
{
	struct asking a = { .l = l };
	const char   *why;
	int	      ret;

	if ((why = prefix_parse(&a.prefix, l->operand[0])) != NULL) {
		log_warnx("%s: %s", l->operand[0], why);
		return EX_USAGE;
	}
	if ((ret = lists_look(l)) != 0)
		return ret;
	prefix_print(&a.prefix, a.text);
	why = protect_why(l->conf, &a.prefix);
	if (l->json) {
		printf("{\"address\":\"%s\",", a.text);
		json_member(stdout, "protected", why);
		fputs(",\"in\":[", stdout);
	}
	ret = ask_all(&a);
	if (l->json)
		printf("%s]}\n", a.found > 0 ? "\n" : "");
	else if (a.found == 0 && ret == 0)
		printf("%s is in no list, and not banned\n", a.text);
	if (!l->json && why != NULL)
		printf("%s is protected, so that nothing blocks it: %s\n",
		    a.text, why);
	if (a.found > 0)
		return 0;
	return ret != 0 ? ret : 1;
}
