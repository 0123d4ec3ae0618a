/* SPDX-License-Identifier: ISC */
/*
 * The block imapgate, and who may be let in by it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "conf_lab.h"
#include "firewall.h"
#include "imapgate_conf.h"
#include "leases.h"
#include "operand.h"
#include "wanted.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

#define NOW 1795360000 /* 2026-11-22T15:06:40Z */

static void
test_defaults(void **state)
{
	const struct imapgate_conf *c;
	struct conf		   *conf = conf_lab("");

	(void)state;
	c = imapgate_conf(conf);
	assert_int_not_equal(c->firewall.kind, FIREWALL_NONE);
	assert_string_not_equal(c->firewall.table, "");
	assert_int_equal(c->nports, 2);
	assert_int_equal(c->ports[0], 993);
	assert_int_equal(c->ports[1], 143);
	assert_int_equal(c->expire, 12 * 3600);
	assert_int_equal(c->widest4, 24);
	assert_int_equal(c->widest6, 48);
	assert_int_equal(c->npermanent, 0);
	conf_unref(conf);
}

static void
test_values(void **state)
{
	const struct imapgate_conf *c;
	struct conf		   *conf;
	char			    buf[PREFIX_LEN];

	(void)state;
	conf = conf_lab("imapgate {\n\tbackend nftables set6 \"b\" set \"a\" "
			"table \"inet t\"\n\tport 4190\n\texpire 1d\n"
			"\tpermanent { 192.0.2.1\n\t2001:db8::/48 }\n}\n");
	c = imapgate_conf(conf);
	assert_int_equal(c->firewall.kind, FIREWALL_NFTABLES);
	assert_string_equal(c->firewall.table, "inet t");
	assert_string_equal(c->firewall.set, "a");
	assert_string_equal(c->firewall.set6, "b");
	assert_int_equal(c->nports, 1);
	assert_int_equal(c->ports[0], 4190);
	assert_int_equal(c->expire, 86400);
	assert_int_equal(c->npermanent, 2);
	assert_string_equal(prefix_print(&c->permanent[1].prefix, buf),
	    "2001:db8::/48");
	assert_int_equal(c->permanent[1].where.line, 6);
	conf_unref(conf);

	conf = conf_lab("imapgate { backend pf table <mine> }");
	c = imapgate_conf(conf);
	assert_int_equal(c->firewall.kind, FIREWALL_PF);
	assert_string_equal(c->firewall.table, "mine");
	assert_string_equal(c->firewall.set, "");
	conf_unref(conf);
}

#define WIDE  "wider than \"widest\" of the configuration lets in"
#define LOOP  "loopback, which the gate lets through anyway"
#define MULTI "multicast: nobody's address"
#define UNSP  "unspecified: nobody's address"
#define CAST  "reserved or broadcast: nobody's address"

static const struct {
	const char *what;
	const char *text;
	const char *want; /* or NULL */
	const char *why;
	int	    widened, is_private;
} operands[] = {
	{ "an address", "203.0.113.7", "203.0.113.7", NULL, 0, 0 },
	{ "a network", "198.51.100.0/24", "198.51.100.0/24", NULL, 0, 0 },
	{ "one too wide", "198.51.100.0/23", NULL, WIDE, 0, 0 },
	{ "a /8", "8.0.0.0/8", NULL, WIDE, 0, 0 },
	{ "everybody", "0.0.0.0/0", NULL, WIDE, 0, 0 },
	{ "everybody of IPv6", "::/0", NULL, WIDE, 0, 0 },
	{ "IPv4 as mapped, all of it", "::ffff:0.0.0.0/96", NULL, WIDE, 0, 0 },
	{ "an IPv6 address", "2001:db8:1:2::7", "2001:db8:1:2::/64", NULL, 1,
	    0 },
	{ "an IPv6 /96", "2001:db8:1:2:3:4::/96", "2001:db8:1:2::/64", NULL, 1,
	    0 },
	{ "its /64", "2001:db8:1:2::/64", "2001:db8:1:2::/64", NULL, 0, 0 },
	{ "a site", "2001:db8:1::/48", "2001:db8:1::/48", NULL, 0, 0 },
	{ "wider than a site", "2001:db8::/47", NULL, WIDE, 0, 0 },
	{ "mapped", "::ffff:203.0.113.7", "203.0.113.7", NULL, 0, 0 },
	{ "private", "192.168.1.5", "192.168.1.5", NULL, 0, 1 },
	{ "the last private", "172.31.255.255", "172.31.255.255", NULL, 0, 1 },
	{ "no more private", "172.32.0.0", "172.32.0.0", NULL, 0, 0 },
	{ "a provider's NAT", "100.64.0.9", "100.64.0.9", NULL, 0, 1 },
	{ "link-local", "fe80::1", "fe80::/64", NULL, 1, 1 },
	{ "unique local", "fd00::/48", "fd00::/48", NULL, 0, 1 },
	{ "loopback", "127.0.0.1", NULL, LOOP, 0, 0 },
	{ "loopback, a net", "127.1.2.0/24", NULL, LOOP, 0, 0 },
	{ "loopback, IPv6", "::1", NULL, LOOP, 0, 0 },
	{ "loopback, mapped", "::ffff:127.0.0.1", NULL, LOOP, 0, 0 },
	{ "unspecified", "0.0.0.0", NULL, UNSP, 0, 0 },
	{ "unspecified, IPv6", "::", NULL, UNSP, 0, 0 },
	{ "a net with both in it", "::/64", NULL, UNSP, 0, 0 },
	{ "an address of that net", "::2", NULL, UNSP, 0, 0 },
	{ "multicast", "239.1.1.1", NULL, MULTI, 0, 0 },
	{ "multicast, IPv6", "ff02::1", NULL, MULTI, 0, 0 },
	{ "broadcast", "255.255.255.255", NULL, CAST, 0, 0 },
	{ "host bits", "203.0.113.7/24", NULL, "host bits are set", 0, 0 },
	{ "garbage behind", "203.0.113.7x", NULL, "not an address", 0, 0 },
	{ "a scope", "fe80::1%eth0", NULL, "not an address", 0, 0 },
};

static void
test_operands(void **state)
{
	struct conf   *conf = conf_lab("");
	struct operand o;
	const char    *why;
	char	       buf[PREFIX_LEN];
	size_t	       i;

	(void)state;
	for (i = 0; i < nitems(operands); i++) {
		why = operand_parse(&o, imapgate_conf(conf), operands[i].text);
		if (operands[i].why != NULL) {
			if (why == NULL || strcmp(why, operands[i].why) != 0)
				fail_msg("%s: %s", operands[i].what,
				    why == NULL ? "taken" : why);
			continue;
		}
		if (why != NULL)
			fail_msg("%s: %s", operands[i].what, why);
		if (strcmp(prefix_print(&o.prefix, buf), operands[i].want) !=
			0 ||
		    o.widened != operands[i].widened ||
		    o.is_private != operands[i].is_private)
			fail_msg("%s: %s %d %d", operands[i].what, buf,
			    o.widened, o.is_private);
	}
	/* Whoever only asks may ask about anybody. */
	assert_null(operand_parse(&o, NULL, "127.0.0.1"));
	assert_null(operand_parse(&o, NULL, "10.0.0.0/8"));
	assert_non_null(operand_parse(&o, NULL, "nonsense"));
	assert_null(operand_parse(&o, NULL, "2001:db8::7"));
	assert_string_equal(prefix_print(&o.given, buf), "2001:db8::7");
	assert_string_equal(prefix_print(&o.prefix, buf), "2001:db8::/64");
	conf_unref(conf);
}

#define DUE    " until 2026-11-22T15:06:40Z\n"
#define LATER  " until 2026-11-22T15:06:41Z\n"
#define ENDED  " ended 2026-11-22T15:00:00Z\n"
#define PERM   "imapgate { permanent { 192.0.2.0/28, 2001:db8:1::/64 } }"
#define PERM_S "192.0.2.0/28 2001:db8:1::/64"

static const struct {
	const char *what;
	const char *conf;
	const char *leases;
	const char *want;    /* at NOW */
	const char *doubted; /* with a clock that is not believed */
} wants[] = {
	{ "nobody", "", "", "", "" },
	{ "only what is permanent", PERM, "", PERM_S, PERM_S },
	{ "open, due and ended", "",
	    "203.0.113.1" LATER "203.0.113.5" DUE "203.0.113.9" ENDED,
	    "203.0.113.1", "203.0.113.1 203.0.113.5" },
	{ "for ever", "", "203.0.113.1 until forever\n", "203.0.113.1",
	    "203.0.113.1" },
	{ "one in another", "", "203.0.113.0/24" LATER "203.0.113.7" LATER,
	    "203.0.113.0/24", "203.0.113.0/24" },
	{ "the other way round", "", "203.0.113.7" LATER "203.0.113.0/24" LATER,
	    "203.0.113.0/24", "203.0.113.0/24" },
	{ "the wide one is due", "", "203.0.113.0/24" DUE "203.0.113.7" LATER,
	    "203.0.113.7", "203.0.113.0/24" },
	{ "covered by what is permanent", PERM, "192.0.2.3" LATER, PERM_S,
	    PERM_S },
	{ "a line by hand that is refused", "",
	    "0.0.0.0/0 until forever\n127.0.0.1 until forever\n"
	    "203.0.113.7" LATER,
	    "203.0.113.7", "203.0.113.7" },
	{ "widest became narrower", "imapgate { widest 32 64 }",
	    "203.0.113.0/24" LATER "203.0.113.7" LATER, "203.0.113.7",
	    "203.0.113.7" },
};

static void
set_is(const char *what, const struct leases *l, const struct imapgate_conf *c,
    time_t now, const char *want)
{
	struct firewall_set set;
	char		    text[256] = "", buf[PREFIX_LEN];
	size_t		    i;

	assert_int_equal(wanted_set(&set, l, c, now), 0);
	for (i = 0; i < set.n; i++) {
		strlcat(text, i == 0 ? "" : " ", sizeof(text));
		strlcat(text, prefix_print(&set.prefix[i], buf), sizeof(text));
	}
	firewall_set_free(&set);
	if (strcmp(text, want) != 0)
		fail_msg("%s: %s", what, text);
}

static void
test_wanted(void **state)
{
	struct leases l;
	struct conf  *conf;
	size_t	      i;

	(void)state;
	for (i = 0; i < nitems(wants); i++) {
		conf = conf_lab(wants[i].conf);
		memset(&l, 0, sizeof(l));
		assert_int_equal(leases_parse(&l, wants[i].leases,
				     strlen(wants[i].leases)),
		    0);
		set_is(wants[i].what, &l, imapgate_conf(conf), NOW,
		    wants[i].want);
		set_is(wants[i].what, &l, imapgate_conf(conf), 0,
		    wants[i].doubted);
		leases_free(&l);
		conf_unref(conf);
	}
}

/* What else lets it in? */
static void
test_cover(void **state)
{
	static const char text[] =
	    "203.0.113.7" LATER "203.0.113.0/28" LATER "203.0.113.0/24" DUE;
	const struct imapgate_conf *c;
	struct conf		   *conf = conf_lab(PERM);
	struct leases		    l;
	struct prefix		    p;

	(void)state;
	c = imapgate_conf(conf);
	memset(&l, 0, sizeof(l));
	assert_int_equal(leases_parse(&l, text, sizeof(text) - 1), 0);
	assert_null(prefix_parse(&p, "203.0.113.7"));
	assert_ptr_equal(wanted_lease(&l, c, &p, NOW, NULL), &l.lease[0]);
	assert_ptr_equal(wanted_lease(&l, c, &p, NOW, &l.lease[0]),
	    &l.lease[1]);
	assert_null(wanted_permanent(c, &p));
	assert_null(prefix_parse(&p, "203.0.113.0/27"));
	assert_null(wanted_lease(&l, c, &p, NOW, NULL));
	assert_ptr_equal(wanted_lease(&l, c, &p, 0, NULL), &l.lease[2]);
	assert_null(prefix_parse(&p, "192.0.2.8/29"));
	assert_ptr_equal(wanted_permanent(c, &p), &c->permanent[0]);
	assert_null(prefix_parse(&p, "192.0.2.0/27"));
	assert_null(wanted_permanent(c, &p));
	leases_free(&l);
	conf_unref(conf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_operands),
		cmocka_unit_test(test_wanted),
		cmocka_unit_test(test_cover),
	};

	return cmocka_run_group_tests_name("imapgate_conf", tests, NULL, NULL);
}
