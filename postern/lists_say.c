/* SPDX-License-Identifier: ISC */
/*
 * Ranges and times, for people and for programs.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "date.h"
#include "lists_verb.h"

/* The prefix, if it is one alone. */
struct alone {
	struct prefix prefix;
	int	      n;
};

static int
count_prefix(void *arg, const struct prefix *p)
{
	struct alone *alone = arg;

	alone->prefix = *p;
	return ++alone->n > 1;
}

static const char *
print_range(const struct ranges *r, const struct addr *first,
    const struct addr *last, char buf[LISTS_RANGE_LEN])
{
	struct alone alone = { .n = 0 };
	char	     a[PREFIX_LEN], b[ADDR_LEN];

	ranges_prefixes(r, count_prefix, &alone);
	if (alone.n == 1)
		snprintf(buf, LISTS_RANGE_LEN, "%s",
		    prefix_print(&alone.prefix, a));
	else
		snprintf(buf, LISTS_RANGE_LEN, "%s-%s", addr_print(first, a),
		    addr_print(last, b));
	return buf;
}

const char *
lists_print4(const struct range4 *v, char buf[LISTS_RANGE_LEN])
{
	struct range4 copy = *v;
	struct ranges r = { .v4 = &copy, .n4 = 1 };
	struct addr   first, last;

	range_to_addr4(&first, v->first);
	range_to_addr4(&last, v->last);
	return print_range(&r, &first, &last, buf);
}

const char *
lists_print6(const struct range6 *v, char buf[LISTS_RANGE_LEN])
{
	struct range6 copy = *v;
	struct ranges r = { .v6 = &copy, .n6 = 1 };
	struct addr   first, last;

	range_to_addr6(&first, v->first);
	range_to_addr6(&last, v->last);
	return print_range(&r, &first, &last, buf);
}

int
lists_each(const struct ranges *r, int (*fn)(void *arg, const char *text),
    void		       *arg)
{
	char   buf[LISTS_RANGE_LEN];
	size_t i;
	int    ret = 0;

	for (i = 0; i < r->n4 && ret == 0; i++)
		ret = fn(arg, lists_print4(&r->v4[i], buf));
	for (i = 0; i < r->n6 && ret == 0; i++)
		ret = fn(arg, lists_print6(&r->v6[i], buf));
	return ret;
}

const char *
lists_time(int64_t t, char buf[LISTS_TIME_LEN])
{
	if (t <= 0)
		strlcpy(buf, "never", LISTS_TIME_LEN);
	else
		date_rfc3339((time_t)t, buf);
	return buf;
}

const char *
lists_json_time(int64_t t, char buf[LISTS_TIME_LEN])
{
	char text[LISTS_TIME_LEN];

	if (t <= 0)
		strlcpy(buf, "null", LISTS_TIME_LEN);
	else
		snprintf(buf, LISTS_TIME_LEN, "\"%.40s\"", lists_time(t, text));
	return buf;
}

const char *
lists_span(int64_t s, char buf[LISTS_TIME_LEN])
{
	if (s >= 86400)
		snprintf(buf, LISTS_TIME_LEN, "%" PRId64 "d %" PRId64 "h",
		    s / 86400, s / 3600 % 24);
	else if (s >= 3600)
		snprintf(buf, LISTS_TIME_LEN, "%" PRId64 "h %" PRId64 "m",
		    s / 3600, s / 60 % 60);
	else if (s >= 60)
		snprintf(buf, LISTS_TIME_LEN, "%" PRId64 "m", s / 60);
	else
		snprintf(buf, LISTS_TIME_LEN, "%" PRId64 "s", s > 0 ? s : 0);
	return buf;
}
