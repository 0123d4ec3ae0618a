/* SPDX-License-Identifier: ISC */
/*
 * "lists accept": what was held back comes into use.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "json.h"
#include "lists_verb.h"
#include "log.h"

static void
say(const struct lists *l, const struct list_conf *list, const char *shown,
    const struct meta *m, int first)
{
	if (!l->json) {
		printf("%s: %s: %" PRIu64 " entries are in use now\n",
		    list->name, shown, m->entries);
		return;
	}
	fputs(first ? "\n{" : ",\n{", stdout);
	json_member(stdout, "list", list->name);
	putchar(',');
	json_member(stdout, "source", shown);
	printf(",\"entries\":%" PRIu64 "}", m->entries);
}

/* Locked.  How many were, or -1 with the reason said. */
static int
accept_all(const struct lists *l, const struct folder *f,
    const struct list_conf *list)
{
	char	    name[SOURCE_NAME_LEN], shown[LISTS_SHOWN_LEN];
	struct meta m;
	size_t	    i;
	int	    n = 0, failed = 0;

	for (i = 0; i < list->nsources; i++) {
		source_name(list, &list->sources[i], name);
		source_shown(&list->sources[i], shown, sizeof(shown));
		if (source_accept(f, name, l->now) == 0) {
			memset(&m, 0, sizeof(m));
			(void)source_read_meta(f, name, &m);
			say(l, list, shown, &m, n++ == 0);
		} else if (errno != ENOENT) {
			log_warn("list %s: %s", list->name, shown);
			failed = 1;
		}
	}
	if (n > 0 && list_union(f, list, l->now) == -1)
		failed = 1;
	return failed ? -1 : n;
}

int
lists_accept(struct lists *l)
{
	const struct list_conf *list;
	struct folder		f;
	int			lock, n, ret;

	if ((list = lists_find(l, l->operand[0])) == NULL)
		return EX_USAGE;
	if ((ret = folder_open(&f, l->conf, 1)) != 0)
		return ret;
	if ((lock = folder_lock(&f, FOLDER_LOCK)) == -1) {
		log_warn("the lock of the lists");
		folder_close(&f);
		return EX_TEMPFAIL;
	}
	if (l->json)
		putchar('[');
	n = accept_all(l, &f, list);
	if (l->json)
		puts(n > 0 ? "\n]" : "]");
	else if (n == 0)
		printf("%s: nothing is held back\n", list->name);
	close(lock);
	folder_close(&f);
	if (n == -1)
		return EX_CANTCREAT;
	return n > 0 ? 0 : 1;
}
