/* SPDX-License-Identifier: ISC */
/*
 * "lists show NAME": all that is in it, a line each.
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

struct printing {
	const struct lists *l;
	size_t		    n;
};

static const char *
before(struct printing *p)
{
	return p->n++ == 0 ? "\n" : ",\n";
}

static int
print_range(void *arg, const char *text)
{
	struct printing *p = arg;

	if (p->l->json)
		printf("%s\"%s\"", before(p), text);
	else
		puts(text);
	return ferror(stdout);
}

static void
json_ban(const struct ban *b)
{
	char time[LISTS_TIME_LEN], prefix[PREFIX_LEN];

	printf("{\"prefix\":\"%s\"", prefix_print(&b->prefix, prefix));
	printf(",\"since\":%s", lists_json_time(b->since, time));
	printf(",\"until\":%s", lists_json_time(b->until, time));
	printf(",\"times\":%u,", b->times);
	json_member(stdout, "who", b->who);
	putchar(',');
	json_member(stdout, "why", b->why);
	putchar('}');
}

static int
print_ban(void *arg, const struct ban *b)
{
	struct printing *p = arg;
	char		 prefix[PREFIX_LEN], since[LISTS_TIME_LEN];
	char		 until[LISTS_TIME_LEN], who[4 * BAN_WHO_LEN];
	char		 why[4 * BAN_WHY_LEN];

	if (p->l->json) {
		fputs(before(p), stdout);
		json_ban(b);
		return ferror(stdout);
	}
	printf("%s since %s until %s who %s%s%s\n",
	    prefix_print(&b->prefix, prefix), lists_time(b->since, since),
	    lists_time(b->until, until),
	    line_clean(who, sizeof(who), b->who, strlen(b->who)),
	    b->why[0] == '\0' ? "" : " why ",
	    line_clean(why, sizeof(why), b->why, strlen(b->why)));
	return ferror(stdout);
}

static int
print_set(const struct lists *l, const char *name, struct printing *p)
{
	char	      why[SET_WHY_LEN];
	struct ranges r;
	struct set   *set;

	if ((set = lists_set(l, name, why)) == NULL) {
		if (why[0] == '\0')
			return 0;
		log_warnx("%s%s: %s", name, SET_SUFFIX, why);
		return EX_DATAERR;
	}
	set_ranges(set, &r);
	lists_each(&r, print_range, p);
	set_close(set);
	return 0;
}

int
lists_show_ranges(struct lists *l, const char *name)
{
	const struct list_conf *list;
	struct printing		p = { .l = l };
	struct bans_clock	clock;
	struct bans	       *bans;
	char			bare[LISTS_BARE_LEN];
	int			ret = 0;

	lists_bare(bare, name);
	name = bare;
	if (strcmp(name, LIST_BANS) != 0 && strcmp(name, LIST_PROTECTED) != 0) {
		if ((list = lists_find(l, name)) == NULL)
			return EX_USAGE;
		name = list->name;
	}
	if (l->json)
		putchar('[');
	if (strcmp(name, LIST_BANS) != 0)
		ret = print_set(l, name, &p);
	else if ((bans = lists_bans(l, &clock)) != NULL) {
		bans_each(bans, &clock, print_ban, &p);
		bans_free(bans);
	} else if (l->have) {
		ret = EX_NOINPUT;
	}
	if (l->json)
		puts(p.n > 0 ? "\n]" : "]");
	return ret;
}
