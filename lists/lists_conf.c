/* SPDX-License-Identifier: ISC */
#include "lists_conf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "directive.h"
#include "list_name.h"
#include "mirror_conf.h"
#include "source_conf.h"
#include "table_conf.h"
#include "xalloc.h"

#define MINUTE	    60
#define HOUR	    (60 * MINUTE)
#define DAY	    (24 * HOUR)
#define PROTECT_MAX 10000
#define WIDEST4_MIN 1
#define WIDEST6_MIN 4
#define LINES_MAX   10000000

extern const struct conf_block lists_block;

/* list <NAME> { */
static int
read_list_name(void *arg, struct words *w)
{
	struct list_conf *l = arg;
	char		  name[LIST_NAME_LEN], ref[LIST_NAME_LEN + 8];

	l->where = w->where;
	if (words_next(w, "a list's name such as <drop>") == NULL ||
	    list_name_read(w, name) == -1)
		return -1;
	if (strcmp(name, LIST_BANS) == 0 || strcmp(name, LIST_PROTECTED) == 0)
		return words_fail(w,
		    "<%s> is Postern's own: choose another name", name);
	snprintf(ref, sizeof(ref), "list <%s>", name);
	l->name = xstrdup(name);
	return words_define(w, ref);
}

static void
print_list_name(const void *arg, struct printer *p)
{
	const struct list_conf *l = arg;
	char			name[LIST_NAME_LEN + 2];

	snprintf(name, sizeof(name), "<%s>", l->name);
	print_bare(p, name);
}

/* widest BITS BITS6 */
static int
read_widest(void *arg, struct words *w)
{
	struct list_conf *l = arg;
	long long	  four, six;

	if (words_number(w, &four, "the bits of an IPv4 prefix", WIDEST4_MIN,
		32) == -1 ||
	    words_number(w, &six, "the bits of an IPv6 prefix", WIDEST6_MIN,
		64) == -1)
		return -1;
	l->widest4 = (unsigned int)four;
	l->widest6 = (unsigned int)six;
	return 0;
}

static void
print_widest(const void *arg, struct printer *p)
{
	const struct list_conf *l = arg;

	print_begin(p, "widest");
	print_number(p, l->widest4);
	print_number(p, l->widest6);
	print_end(p);
}

static int
list_finish(void *arg, struct words *w)
{
	const struct list_conf *l = arg;

	if (l->nsources == 0)
		return words_fail(w, "a list needs a \"url\" or a \"file\"");
	return 0;
}

static void
list_free(void *arg)
{
	struct list_conf *l = arg;
	size_t		  i;

	for (i = 0; i < l->nsources; i++)
		source_clear(&l->sources[i]);
	free(l->sources);
	free(l->name);
	free(l->table);
}

#define AT(field) offsetof(struct list_conf, field)

static const struct directive list_directives[] = {
	{ .name = "url",
	    .flags = CONF_MANY,
	    .read = source_read_url,
	    .print = source_print_urls,
	    .absent = "none",
	    .help = "fetch this, over HTTPS" },
	{ .name = "file",
	    .flags = CONF_MANY,
	    .read = source_read_file,
	    .print = source_print_files,
	    .absent = "none",
	    .help = "read this file, whenever it changes" },
	{ .name = "widest",
	    .read = read_widest,
	    .print = print_widest,
	    .dflt = "8 16",
	    .help = "a url may cover as many addresses: IPv4, IPv6" },
	{ .name = "stale",
	    .type = CONF_DURATION,
	    .offset = AT(stale),
	    .min = MINUTE,
	    .max = 365 * DAY,
	    .absent = "three times its refresh",
	    .help = "how long without an answer before it is reported" },
	{ .name = "timeout",
	    .type = CONF_DURATION,
	    .offset = AT(timeout),
	    .min = 1,
	    .max = HOUR,
	    .dflt = "2m",
	    .help = "how long one fetch may take" },
	{ .name = "size",
	    .type = CONF_SIZE,
	    .offset = AT(size),
	    .min = 1,
	    .max = 1024LL * 1024 * 1024,
	    .dflt = "64m",
	    .help = "the most bytes of one source, unpacked" },
	{ .name = "lines",
	    .type = CONF_NUMBER,
	    .offset = AT(lines),
	    .min = 1,
	    .max = LINES_MAX,
	    .dflt = "2000000",
	    .help = "the most lines of one source" },
	{ .name = "table",
	    .offset = AT(table),
	    .read = mirror_read_table,
	    .print = mirror_print_table,
	    .absent = "none",
	    .help = "the firewall's table that mirrors the list" },
	{ .name = NULL },
};

static const struct conf_block list_block = {
	.name = "list",
	.size = sizeof(struct list_conf),
	.directives = list_directives,
	.finish = list_finish,
	.free = list_free,
};

#undef AT

static int
read_protect_item(void *arg, struct words *w)
{
	struct lists_conf *c = arg;
	struct prefix	   prefix;

	if (words_prefix(w, &prefix) == -1)
		return -1;
	if (c->nprotect == PROTECT_MAX)
		return words_fail(w, "more than %d addresses", PROTECT_MAX);
	if ((c->nprotect & (c->nprotect - 1)) == 0)
		c->protect = xreallocarray(c->protect,
		    c->nprotect == 0 ? 1 : c->nprotect * 2, sizeof(prefix));
	c->protect[c->nprotect++] = prefix;
	return 0;
}

static int
read_protect(void *arg, struct words *w)
{
	return words_list(w, "a list of addresses in braces", read_protect_item,
	    arg);
}

static void
print_protect(const void *arg, struct printer *p)
{
	const struct lists_conf *c = arg;
	size_t			 i;

	if (c->nprotect == 0)
		return;
	print_begin(p, "protect");
	print_list_begin(p, c->nprotect);
	for (i = 0; i < c->nprotect; i++)
		print_prefix(p, &c->protect[i]);
	print_list_end(p);
	print_end(p);
}

/* firewall pf | nftables [table "inet filter"] | none */
static int
read_firewall(void *arg, struct words *w)
{
	struct lists_conf *c = arg;
	struct firewall	   f = { .kind = FIREWALL_NONE };

	if (table_read_kind(&f.kind, w) == -1)
		return -1;
	if (f.kind == FIREWALL_NFTABLES) {
		strlcpy(f.table, TABLE_INET, sizeof(f.table));
		if (!words_done(w) &&
		    (words_expect(w, "table") == -1 ||
			table_read_inet(f.table, w) == -1))
			return -1;
	}
	c->firewall = f;
	return 0;
}

static void
print_firewall(const void *arg, struct printer *p)
{
	const struct lists_conf *c = arg;

	print_begin(p, "firewall");
	print_bare(p, table_kind(c->firewall.kind));
	if (c->firewall.kind == FIREWALL_NFTABLES) {
		print_bare(p, "table");
		print_quoted(p, c->firewall.table);
	}
	print_end(p);
}

static void
lists_init(void *arg)
{
	struct lists_conf *c = arg;

	c->firewall.kind = table_default_kind();
	if (c->firewall.kind == FIREWALL_NFTABLES)
		strlcpy(c->firewall.table, TABLE_INET,
		    sizeof(c->firewall.table));
}

static void
lists_free(void *arg)
{
	struct lists_conf *c = arg;

	free(c->protect);
}

#define AT(field) offsetof(struct lists_conf, field)

static const struct directive directives[] = {
	{ .name = "firewall",
	    .read = read_firewall,
	    .print = print_firewall,
	    .help = "where the tables of lists and bans are" },
	{ .name = "protect",
	    .flags = CONF_MANY,
	    .read = read_protect,
	    .print = print_protect,
	    .absent = "this machine's own addresses, gateways, resolvers",
	    .help = "addresses that no list and no ban ever blocks" },
	{ .name = "list",
	    .type = CONF_BLOCK,
	    .flags = CONF_MANY,
	    .block = &list_block,
	    .offset = AT(lists),
	    .count = AT(nlists),
	    .max = LISTS_MAX,
	    .read = read_list_name,
	    .print = print_list_name,
	    .help = "addresses by name, from files and urls" },
	{ .name = NULL },
};

const struct conf_block lists_block = {
	.size = sizeof(struct lists_conf),
	.directives = directives,
	.init = lists_init,
	.free = lists_free,
};

const struct lists_conf *
lists_conf(const struct conf *conf)
{
	return conf_get(conf, &lists_block);
}

const struct list_conf *
lists_conf_find(const struct lists_conf *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->nlists; i++) {
		if (strcmp(c->lists[i].name, name) == 0)
			return &c->lists[i];
	}
	return NULL;
}

void
lists_conf_firewall(const struct lists_conf *c, const char *table,
    struct firewall *f)
{
	*f = c->firewall;
	switch (f->kind) {
	case FIREWALL_PF:
	case FIREWALL_NONE:
		strlcpy(f->table, table, sizeof(f->table));
		break;
	case FIREWALL_NFTABLES:
		strlcpy(f->set, table, sizeof(f->set));
		snprintf(f->set6, sizeof(f->set6), "%s6", table);
		break;
	}
}
