/* SPDX-License-Identifier: ISC */
#include "imapgate_conf.h"

#include <stdlib.h>
#include <string.h>

#include "directive.h"
#include "lease.h"
#include "table_conf.h"
#include "units.h"
#include "xalloc.h"

#define PORTS_MAX     16
#define PERMANENT_MAX 1000

#define WIDEST4_MIN 8
#define WIDEST6_MIN 16
#define WIDEST6_MAX 64 /* an IPv6 lease covers the whole /64 */

extern const struct conf_block imapgate_block;

static const char default_name[] = "imap_allowed";
static const char default_name6[] = "imap_allowed6";

/* [table <NAME>] */
static int
read_pf(struct firewall *f, struct words *w)
{
	strlcpy(f->table, default_name, sizeof(f->table));
	if (words_done(w))
		return 0;
	if (words_expect(w, "table") == -1 ||
	    table_read_pf(f->table, w, default_name) == -1)
		return -1;
	return table_take(w, f->table);
}

static int
read_set(char name[FIREWALL_NAME_LEN], struct words *w)
{
	const char *text;
	char	    shown[SHOWN_LEN];
	size_t	    len;

	if ((text = words_next(w, "the name of a set")) == NULL)
		return -1;
	len = strlen(text);
	errors_show(shown, text);
	if (!table_is_name(text, len, "_."))
		return words_fail(w, "expected the name of a set, got \"%s\"",
		    shown);
	if (len >= FIREWALL_NAME_LEN)
		return words_fail(w, "\"%s\" is a name of more than %d bytes",
		    shown, FIREWALL_NAME_LEN - 1);
	strlcpy(name, text, FIREWALL_NAME_LEN);
	return 0;
}

/* [table "inet NAME"] [set "NAME"] [set6 "NAME"] */
static int
read_nftables(struct firewall *f, struct words *w)
{
	static const char *const words[] = { "table", "set", "set6", NULL };
	int			 i, given[3] = { 0, 0, 0 }, ret;

	strlcpy(f->table, TABLE_INET, sizeof(f->table));
	strlcpy(f->set, default_name, sizeof(f->set));
	strlcpy(f->set6, default_name6, sizeof(f->set6));
	while (!words_done(w)) {
		if ((i = words_choice(w, words)) == -1)
			return -1;
		if (given[i]++)
			return words_fail(w, "\"%s\" is given twice", words[i]);
		if (i == 0)
			ret = table_read_inet(f->table, w);
		else
			ret = read_set(i == 1 ? f->set : f->set6, w);
		if (ret == -1)
			return -1;
	}
	if (strcmp(f->set, f->set6) == 0)
		return words_fail(w,
		    "set and set6 have one name: a set holds IPv4 or IPv6");
	if ((given[1] && table_take(w, f->set) == -1) ||
	    (given[2] && table_take(w, f->set6) == -1))
		return -1;
	return 0;
}

static int
read_backend(void *arg, struct words *w)
{
	struct imapgate_conf *c = arg;
	struct firewall	      f = { .kind = FIREWALL_NONE };
	int		      ret = 0;

	if (table_read_kind(&f.kind, w) == -1)
		return -1;
	if (f.kind == FIREWALL_PF)
		ret = read_pf(&f, w);
	else if (f.kind == FIREWALL_NFTABLES)
		ret = read_nftables(&f, w);
	if (ret == 0)
		c->firewall = f;
	return ret;
}

static void
print_backend(const void *arg, struct printer *p)
{
	const struct imapgate_conf *c = arg;
	const struct firewall	   *f = &c->firewall;
	char			    name[FIREWALL_NAME_LEN + 2];

	print_begin(p, "backend");
	print_bare(p, table_kind(f->kind));
	if (f->kind == FIREWALL_PF) {
		snprintf(name, sizeof(name), "<%s>", f->table);
		print_bare(p, "table");
		print_bare(p, name);
	} else if (f->kind == FIREWALL_NFTABLES) {
		print_bare(p, "table");
		print_quoted(p, f->table);
		print_bare(p, "set");
		print_quoted(p, f->set);
		print_bare(p, "set6");
		print_quoted(p, f->set6);
	}
	print_end(p);
}

static int
read_port_item(void *arg, struct words *w)
{
	struct imapgate_conf *c = arg;
	const char	     *text = words_text(w);
	char		      shown[SHOWN_LEN];
	long long	      n;
	size_t		      i;

	errors_show(shown, text);
	if (units_number(&n, text) != NULL || n < 1 || n > UINT16_MAX)
		return words_fail(w,
		    "expected a port from 1 to 65535, got \"%s\"", shown);
	for (i = 0; i < c->nports; i++)
		if (c->ports[i] == n)
			return words_fail(w, "port %s is given twice", shown);
	if (c->nports == PORTS_MAX)
		return words_fail(w, "more than %d ports", PORTS_MAX);
	c->ports = xreallocarray(c->ports, c->nports + 1, sizeof(*c->ports));
	c->ports[c->nports++] = (uint16_t)n;
	return 0;
}

static int
read_port(void *arg, struct words *w)
{
	struct imapgate_conf *c = arg;

	static const char expected[] = "a port, or a list of ports in braces";

	if (!words_done(w) && !w->terms[w->at].is_list) {
		if (words_next(w, expected) == NULL)
			return -1;
		return read_port_item(c, w);
	}
	if (words_list(w, expected, read_port_item, c) == -1)
		return -1;
	if (c->nports == 0)
		return words_fail(w, "expected a port in the list");
	return 0;
}

static void
print_ports(const void *arg, struct printer *p)
{
	const struct imapgate_conf *c = arg;
	size_t			    i;

	print_begin(p, "port");
	print_list_begin(p, c->nports);
	for (i = 0; i < c->nports; i++)
		print_number(p, c->ports[i]);
	print_list_end(p);
	print_end(p);
}

static int
read_bits(unsigned int *bits, const char *what, unsigned int min,
    unsigned int max, struct words *w)
{
	const char *text;
	char	    shown[SHOWN_LEN];
	long long   n;

	if ((text = words_next(w, what)) == NULL)
		return -1;
	if (units_number(&n, text) != NULL || n < min || n > max)
		return words_fail(w, "expected %s, from %u to %u, got \"%s\"",
		    what, min, max, errors_show(shown, text));
	*bits = (unsigned int)n;
	return 0;
}

/* widest BITS BITS6 */
static int
read_widest(void *arg, struct words *w)
{
	struct imapgate_conf *c = arg;

	if (read_bits(&c->widest4, "the bits of an IPv4 prefix", WIDEST4_MIN,
		32, w) == -1)
		return -1;
	return read_bits(&c->widest6, "the bits of an IPv6 prefix", WIDEST6_MIN,
	    WIDEST6_MAX, w);
}

static void
print_widest(const void *arg, struct printer *p)
{
	const struct imapgate_conf *c = arg;

	print_begin(p, "widest");
	print_number(p, c->widest4);
	print_number(p, c->widest6);
	print_end(p);
}

static int
read_permanent_item(void *arg, struct words *w)
{
	struct imapgate_conf	 *c = arg;
	struct imapgate_permanent one;
	const char		 *text = words_text(w), *why;
	char			  shown[SHOWN_LEN];

	errors_show(shown, text);
	if ((why = prefix_parse(&one.prefix, text)) != NULL)
		return words_fail(w,
		    "expected an address or a prefix, got \"%s\": %s", shown,
		    why);
	if (c->npermanent == PERMANENT_MAX)
		return words_fail(w, "more than %d addresses", PERMANENT_MAX);
	one.where = words_where(w);
	c->permanent =
	    xreallocarray(c->permanent, c->npermanent + 1, sizeof(one));
	c->permanent[c->npermanent++] = one;
	return 0;
}

static int
read_permanent(void *arg, struct words *w)
{
	return words_list(w, "a list of addresses in braces",
	    read_permanent_item, arg);
}

static void
print_permanent(const void *arg, struct printer *p)
{
	const struct imapgate_conf *c = arg;
	size_t			    i;

	if (c->npermanent == 0)
		return;
	print_begin(p, "permanent");
	print_list_begin(p, c->npermanent);
	for (i = 0; i < c->npermanent; i++)
		print_prefix(p, &c->permanent[i].prefix);
	print_list_end(p);
	print_end(p);
}

static void
imapgate_init(void *arg)
{
	struct imapgate_conf *c = arg;
	struct firewall	     *f = &c->firewall;

	f->kind = table_default_kind();
	if (f->kind == FIREWALL_PF) {
		strlcpy(f->table, default_name, sizeof(f->table));
		return;
	}
	strlcpy(f->table, TABLE_INET, sizeof(f->table));
	strlcpy(f->set, default_name, sizeof(f->set));
	strlcpy(f->set6, default_name6, sizeof(f->set6));
}

/* "widest" may stand behind "permanent". */
static int
imapgate_finish(void *arg, struct words *w)
{
	struct imapgate_conf *c = arg;
	const char	     *why;
	char		      text[PREFIX_LEN];
	size_t		      i;
	int		      ret = 0;

	for (i = 0; i < c->npermanent; i++) {
		why = imapgate_refuses(c, &c->permanent[i].prefix);
		if (why == NULL)
			continue;
		ret = words_fail(w, "permanent, in line %u: %s: %s",
		    c->permanent[i].where.line,
		    prefix_print(&c->permanent[i].prefix, text), why);
	}
	return ret;
}

static void
imapgate_free(void *arg)
{
	struct imapgate_conf *c = arg;

	free(c->ports);
	free(c->permanent);
}

#define AT(field) offsetof(struct imapgate_conf, field)

static const struct directive directives[] = {
	{ .name = "backend",
	    .read = read_backend,
	    .print = print_backend,
	    .help = "the firewall, and the table or sets in it" },
	{ .name = "port",
	    .read = read_port,
	    .print = print_ports,
	    .dflt = "{ 993, 143 }",
	    .help = "the TCP ports that are shut" },
	{ .name = "expire",
	    .type = CONF_DURATION,
	    .offset = AT(expire),
	    .min = 60,
	    .max = LEASE_MAX,
	    .dflt = "12h",
	    .help = "how long a lease lasts, unless the command says" },
	{ .name = "widest",
	    .read = read_widest,
	    .print = print_widest,
	    .dflt = "24 48",
	    .help = "the shortest prefix that may be let in: IPv4, IPv6" },
	{ .name = "permanent",
	    .flags = CONF_MANY,
	    .read = read_permanent,
	    .print = print_permanent,
	    .absent = "nobody",
	    .help = "addresses that are always let in" },
	{ .name = NULL },
};

const struct conf_block imapgate_block = {
	.name = "imapgate",
	.size = sizeof(struct imapgate_conf),
	.directives = directives,
	.init = imapgate_init,
	.finish = imapgate_finish,
	.free = imapgate_free,
};

const struct imapgate_conf *
imapgate_conf(const struct conf *conf)
{
	return conf_get(conf, &imapgate_block);
}

static int
overlap(const struct prefix *a, const struct prefix *b)
{
	return prefix_contains(a, &b->addr) || prefix_contains(b, &a->addr);
}

const char *
imapgate_refuses(const struct imapgate_conf *c, const struct prefix *p)
{
	/* The one that is wide is said first: it may have all of the others. */
	static const struct {
		struct prefix prefix;
		const char   *why;
	} rows[] = {
		{ { { ADDR_IPV4, { 0 } }, 8 },
		    "unspecified: nobody's address" },
		{ { { ADDR_IPV4, { 127 } }, 8 },
		    "loopback, which the gate lets through anyway" },
		{ { { ADDR_IPV4, { 224 } }, 4 },
		    "multicast: nobody's address" },
		{ { { ADDR_IPV4, { 240 } }, 4 },
		    "reserved or broadcast: nobody's address" },
		{ { { ADDR_IPV6, { 0 } }, 128 },
		    "unspecified: nobody's address" },
		{ { { ADDR_IPV6, { [15] = 1 } }, 128 },
		    "loopback, which the gate lets through anyway" },
		{ { { ADDR_IPV6, { 0xff } }, 8 },
		    "multicast: nobody's address" },
	};
	size_t i;

	if (p->addr.family == ADDR_NONE)
		return "no address";
	if (p->addr.family == ADDR_IPV4 && p->bits < c->widest4)
		return "wider than \"widest\" of the configuration lets in";
	if (p->addr.family == ADDR_IPV6 && p->bits < c->widest6)
		return "wider than \"widest\" of the configuration lets in";
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (overlap(&rows[i].prefix, p))
			return rows[i].why;
	return NULL;
}
