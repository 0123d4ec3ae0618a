/* SPDX-License-Identifier: ISC */
/*
 * list and check: what is, for people and for programs.
 */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "gate.h"
#include "imapgate_conf.h"
#include "json.h"
#include "line.h"
#include "operand.h"
#include "verbs.h"
#include "wanted.h"

#define CLEAN_LEN (4 * LEASE_TEXT_LEN) /* every byte as \xNN */
#define FOR_EVER  "forever"
#define PERMANENT "permanent"

/* "2d 3h", "11h 59m", "5m", "42s" */
static const char *
left(time_t seconds, char buf[32])
{
	long s = (long)seconds;

	if (s >= 86400)
		snprintf(buf, 32, "%ldd %ldh", s / 86400, s / 3600 % 24);
	else if (s >= 3600)
		snprintf(buf, 32, "%ldh %ldm", s / 3600, s / 60 % 60);
	else if (s >= 60)
		snprintf(buf, 32, "%ldm", s / 60);
	else
		snprintf(buf, 32, "%lds", s > 0 ? s : 0);
	return buf;
}

static int
is_open(const struct gate *g, const struct lease *l)
{
	return wanted_is(g->c, l, gate_now(g));
}

static const char *
clean(char buf[CLEAN_LEN], const char *text)
{
	return line_clean(buf, CLEAN_LEN, text, strlen(text));
}

/* Columns as wide as they commonly are; a long one pushes the rest. */
static void
print_row(const char *address, const char *until, const char *rest,
    const char *who, const char *from, const char *why)
{
	printf("%-22s %-20s %-9s %-10s ", address, until, rest, who);
	if (why[0] == '\0')
		printf("%s\n", from);
	else
		printf("%-15s %s\n", from, why);
}

static void
print_lease(const struct gate *g, const struct lease *l)
{
	char	    prefix[PREFIX_LEN], time[LEASE_TIME_LEN], buf[32];
	char	    who[CLEAN_LEN], from[CLEAN_LEN], why[CLEAN_LEN];
	const char *rest;

	if (!is_open(g, l))
		rest = "expired";
	else if (l->until == LEASE_FOREVER)
		rest = FOR_EVER;
	else
		rest = left(l->until - g->now, buf);
	print_row(prefix_print(&l->prefix, prefix), lease_time(l->until, time),
	    rest, clean(who, l->who[0] == '\0' ? "-" : l->who),
	    clean(from, l->from[0] == '\0' ? "-" : l->from),
	    clean(why, l->why));
}

static void
print_table(const struct gate *g)
{
	char   prefix[PREFIX_LEN];
	size_t i;

	if (g->leases.n + g->c->npermanent > 0)
		print_row("ADDRESS", "UNTIL", "LEFT", "WHO", "FROM", "WHY");
	for (i = 0; i < g->leases.n; i++)
		print_lease(g, &g->leases.lease[i]);
	for (i = 0; i < g->c->npermanent; i++)
		print_row(prefix_print(&g->c->permanent[i].prefix, prefix),
		    FOR_EVER, PERMANENT, "-", "-", "");
}

/* A string of JSON, printable ASCII. */
static void
json_string(const char *key, const char *text)
{
	char buf[CLEAN_LEN];

	printf(",\"%s\":", key);
	json_put(stdout, clean(buf, text));
}

static void
json_time(const char *key, time_t t)
{
	char buf[LEASE_TIME_LEN];

	if (t == 0)
		printf(",\"%s\":null", key);
	else
		printf(",\"%s\":\"%s\"", key, lease_time(t, buf));
}

static void
json_row(const struct prefix *p, const char *state, const struct lease *l)
{
	char prefix[PREFIX_LEN];

	printf("{\"prefix\":\"%s\",\"state\":\"%s\"", prefix_print(p, prefix),
	    state);
	json_time("since", l->since);
	json_time("until", l->until);
	json_string("who", l->who);
	json_string("from", l->from);
	json_string("why", l->why);
	putchar('}');
}

static void
print_json(const struct gate *g)
{
	static const struct lease nobody;
	const struct lease	 *l;
	const char		 *comma = "\n";
	size_t			  i;

	putchar('[');
	for (i = 0; i < g->leases.n; i++, comma = ",\n") {
		l = &g->leases.lease[i];
		fputs(comma, stdout);
		json_row(&l->prefix, is_open(g, l) ? "open" : "expired", l);
	}
	for (i = 0; i < g->c->npermanent; i++, comma = ",\n") {
		fputs(comma, stdout);
		json_row(&g->c->permanent[i].prefix, PERMANENT, &nobody);
	}
	puts(comma[0] == ',' ? "\n]" : "]");
}

int
verb_list(const struct conf *conf, const struct options *opt)
{
	struct gate g;
	int	    code;

	if ((code = gate_open(&g, conf, GATE_LOOK, 0, 0)) == 0) {
		if (opt->json)
			print_json(&g);
		else
			print_table(&g);
	}
	gate_close(&g);
	return code;
}

/* What the file says.  Is it let in? */
static int
check_file(const struct gate *g, const struct prefix *p, const char *text)
{
	const struct imapgate_permanent *entry;
	const struct lease		*l;
	char				 prefix[PREFIX_LEN], why[CLEAN_LEN];
	char				 time[LEASE_TIME_LEN];

	if ((entry = wanted_permanent(g->c, p)) != NULL) {
		printf("%s is let in by %s, permanent, %s:%u\n", text,
		    prefix_print(&entry->prefix, prefix), entry->where.file,
		    entry->where.line);
		return 1;
	}
	l = wanted_lease(&g->leases, g->c, p, gate_now(g), NULL);
	if (l == NULL) {
		printf("%s is not let in\n", text);
		return 0;
	}
	printf("%s is let in by %s %s%s%s%s%s\n", text,
	    prefix_print(&l->prefix, prefix),
	    l->until == LEASE_FOREVER ? "" : "until ",
	    lease_time(l->until, time), l->why[0] == '\0' ? "" : " (",
	    clean(why, l->why), l->why[0] == '\0' ? "" : ")");
	return 1;
}

int
verb_check(const struct conf *conf, const struct options *opt)
{
	struct gate	    g;
	struct operand	    o;
	struct firewall_set have;
	char		    text[PREFIX_LEN];
	int		    code, file, wall;

	if ((code = read_operand(&o, conf, opt->operand, 1)) != 0)
		return code;
	if ((code = gate_open(&g, conf, GATE_LOOK, 0, 0)) == 0) {
		prefix_print(&o.given, text);
		file = check_file(&g, &o.given, text);
		if ((code = gate_show(&g, &have)) == 0) {
			wall = firewall_set_contains(&have, &o.given.addr);
			firewall_set_free(&have);
			code = file ? 0 : 1;
			if (wall != file) {
				printf("the firewall %s: run \"imapgate "
				       "sync\"\n",
				    wall ? "lets it in" : "does not let it in");
				code = EX_UNAVAILABLE;
			}
		}
	}
	gate_close(&g);
	return code;
}
