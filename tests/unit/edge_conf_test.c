/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "conf_lab.h"
#include "edge_conf.h"
#include "members_lab.h"
#include "rx.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

static void
test_defaults(void **state)
{
	struct conf	       *conf = conf_lab("");
	const struct edge_conf *c = edge_conf(conf);

	(void)state;
	assert_false(edge_conf_listens(c));
	assert_int_equal(c->nlistens + c->nservers + c->npairs + c->npages +
		c->nsites,
	    0);
	assert_int_equal(c->workers, 0);
	assert_int_equal(c->connections, 4096);
	assert_int_equal(c->connections_per_address, 256);
	assert_int_equal(c->drain, 30 * 60);
	assert_int_equal(c->head_timeout, 10);
	assert_int_equal(c->idle_timeout, 60);
	assert_int_equal(c->connect_timeout, 5);
	assert_int_equal(c->wait_timeout, 3);
	assert_int_equal(c->send_timeout, 30);
	assert_int_equal(c->tunnel_timeout, 60 * 60);
	assert_int_equal(c->pool, 64);
	assert_int_equal(c->pool_age, 30);
	assert_int_equal(c->head_size, 16384);
	assert_int_equal(c->head_fields, 100);
	assert_int_equal(c->body_rate, 256);
	assert_int_equal(c->log, EDGE_LOG_SYSLOG);
	assert_int_equal(c->log_format, EDGE_LOG_COMBINED);
	assert_null(c->log_file);
	assert_null(c->metrics_socket);
	assert_int_equal(c->metrics_addr.family, ADDR_NONE);
	conf_unref(conf);
}

static void
test_site_defaults(void **state)
{
	struct conf	       *conf = conf_lab("edge { site a.example { } }");
	const struct edge_conf *c = edge_conf(conf);
	const struct edge_site *s;

	(void)state;
	assert_int_equal(c->nsites, 1);
	s = &c->sites[0];
	assert_int_equal(s->is_default, 0);
	assert_int_equal(s->npairs, 0);
	assert_int_equal(s->action.kind, EDGE_NONE);
	assert_int_equal(s->hsts, 0);
	assert_int_equal(s->body_size, 64 * 1024 * 1024);
	assert_int_equal(s->answer_timeout, 60);
	assert_int_equal(s->page, -1);
	conf_unref(conf);
}

static void
test_edge(void **state)
{
	static const char	text[] = "edge {\n"
					 "	listen on :: port 443 tls\n"
					 "	listen on 127.0.0.1 port 0\n"
					 "	workers 3\n"
					 "	access log to \"/var/log/a\" json\n"
					 "	trusted proxy { 192.0.2.1 }\n"
					 "	metrics on ::1 port 9000\n"
					 "}\n";
	struct conf	       *conf = conf_lab(text);
	const struct edge_conf *c = edge_conf(conf);

	(void)state;
	assert_true(edge_conf_listens(c));
	assert_int_equal(c->nlistens, 2);
	assert_int_equal(c->listens[0].addr.family, ADDR_IPV6);
	assert_int_equal(c->listens[0].port, 443);
	assert_int_equal(c->listens[0].tls, 1);
	assert_int_equal(c->listens[0].where.line, 2);
	assert_int_equal(c->listens[1].port, 0);
	assert_int_equal(c->listens[1].tls, 0);
	assert_int_equal(c->workers, 3);
	assert_int_equal(c->log, EDGE_LOG_FILE);
	assert_int_equal(c->log_format, EDGE_LOG_JSON);
	assert_string_equal(c->log_file, "/var/log/a");
	assert_int_equal(c->trusted.n, 1);
	assert_int_equal(c->metrics_addr.family, ADDR_IPV6);
	assert_int_equal(c->metrics_port, 9000);
	conf_unref(conf);
}

/* What two sites share stands once. */
static void
test_shared(void **state)
{
	static const char text[] =
	    "edge { listen on ::1 port 1 tls\n"
	    "site a.example { certificate /c key /k; error page /p\n"
	    "	forward to ::1 port 1\n"
	    "	forward to socket /s backup\n"
	    "	forward to ::1 port 2\n"
	    "	acme forward to socket /s }\n"
	    "site b.example { certificate /d key /k; certificate /c key /k\n"
	    "	error page /p; location / { forward to ::1 port 2 } } }\n";
	struct conf	       *conf = conf_lab(text);
	const struct edge_conf *c = edge_conf(conf);
	const struct edge_site *a = &c->sites[0], *b = &c->sites[1];

	(void)state;
	assert_int_equal(c->nservers, 3);
	assert_int_equal(c->npairs, 2);
	assert_int_equal(c->npages, 1);
	assert_int_equal(a->number, 0);
	assert_int_equal(b->number, 1);
	assert_int_equal(a->action.kind, EDGE_FORWARD);
	assert_int_equal(a->action.forward.nprimary, 2);
	assert_int_equal(a->action.forward.primary[0], 0);
	assert_int_equal(a->action.forward.primary[1], 2);
	assert_int_equal(a->action.forward.nbackup, 1);
	assert_int_equal(a->action.forward.backup[0], 1);
	assert_string_equal(c->servers[1].socket, "/s");
	assert_int_equal(c->servers[1].addr.family, ADDR_NONE);
	assert_int_equal(a->acme.nprimary, 1);
	assert_int_equal(a->acme.primary[0], 1);
	assert_int_equal(a->npairs, 1);
	assert_int_equal(a->pairs[0], 0);
	assert_int_equal(b->npairs, 2);
	assert_int_equal(b->pairs[0], 1);
	assert_int_equal(b->pairs[1], 0);
	assert_string_equal(c->pairs[1].chain, "/d");
	assert_string_equal(c->pairs[1].key, "/k");
	assert_int_equal(a->page, 0);
	assert_int_equal(b->page, 0);
	assert_int_equal(b->action.kind, EDGE_NONE);
	assert_int_equal(b->locations[0].action.forward.primary[0], 2);
	conf_unref(conf);
}

static void
test_site(void **state)
{
	static const char text[] =
	    "edge { site \"WWW.Example.ORG.\" *.Example.org 192.0.2.1 {\n"
	    "	default; hsts 1y preload subdomains\n"
	    "	redirect 307 \"https://$host$uri\"\n"
	    "	request header set Host in.example\n"
	    "	response header remove Server\n"
	    "	location ~ \"^/(A)/(.*)$\" { redirect 301 \"/$2\" }\n"
	    "	location \"/b\" { return 410 gone; block from { ::/0 } } } }";
	struct conf		   *conf = conf_lab(text);
	const struct edge_site	   *s = &edge_conf(conf)->sites[0];
	const struct edge_location *l = s->locations;

	(void)state;
	assert_int_equal(s->nnames, 3);
	assert_string_equal(s->names[0], "www.example.org");
	assert_string_equal(s->names[1], "*.example.org");
	assert_string_equal(s->names[2], "192.0.2.1");
	assert_int_equal(s->is_default, 1);
	assert_int_equal(s->hsts, 365 * 24 * 60 * 60);
	assert_int_equal(s->hsts_subdomains, 1);
	assert_int_equal(s->hsts_preload, 1);
	assert_int_equal(s->action.kind, EDGE_REDIRECT);
	assert_int_equal(s->action.status, 307);
	assert_string_equal(s->action.text, "https://$host$uri");
	assert_int_equal(s->request.n, 1);
	assert_int_equal(s->request.rules[0].op, EDGE_HEADER_SET);
	assert_string_equal(s->request.rules[0].value, "in.example");
	assert_int_equal(s->response.rules[0].op, EDGE_HEADER_REMOVE);
	assert_string_equal(s->response.rules[0].name, "Server");
	assert_null(s->response.rules[0].value);
	assert_int_equal(s->where.line, 1);

	assert_int_equal(s->nlocations, 2);
	assert_null(l[0].prefix);
	assert_string_equal(l[0].pattern, "^/(A)/(.*)$");
	assert_int_equal(rx_groups(l[0].rx), 2);
	assert_int_equal(rx_match(l[0].rx, "/A/x"), RX_YES);
	assert_int_equal(rx_match(l[0].rx, "/a/x"), RX_NO);
	assert_int_equal(l[0].where.line, 6);
	assert_string_equal(l[1].prefix, "/b");
	assert_null(l[1].pattern);
	assert_int_equal(l[1].action.kind, EDGE_RETURN);
	assert_int_equal(l[1].action.status, 410);
	assert_string_equal(l[1].action.text, "gone");
	assert_int_equal(l[1].access.block.n, 1);
	conf_unref(conf);
}

static const struct {
	const char *what;
	const char *lists;
	const char *addr;
	int	    passes;
} accesses[] = {
	{ "no lists", "", "192.0.2.1", 1 },
	{ "blocked", "block from { 192.0.2.0/24 }", "192.0.2.1", 0 },
	{ "not that one", "block from { 192.0.2.0/24 }", "198.51.100.1", 1 },
	{ "not that family", "block from { ::/0 }", "192.0.2.1", 1 },
	{ "the second list", "block from { ::1 }; block from { ::2, ::3 }",
	    "::3", 0 },
	{ "pass comes first, behind it in the file",
	    "block from { 0.0.0.0/0 }; pass from { 192.0.2.1 }", "192.0.2.1",
	    1 },
	{ "pass alone keeps nobody out", "pass from { 192.0.2.1 }", "192.0.2.2",
	    1 },
	{ "an IPv4 address in IPv6's clothes", "block from { 192.0.2.1 }",
	    "::ffff:192.0.2.1", 0 },
	{ "in a list", "block from { <drop> }", "198.51.100.9", 0 },
	{ "not in that list", "block from { <drop> }", "198.51.100.10", 1 },
	{ "not in the only one that counts", "block from { <bans> }",
	    "198.51.100.9", 1 },
	{ "the bans, which nobody declares", "block from { ::1, <bans> }",
	    "198.51.100.10", 0 },
	{ "a list passes before one blocks",
	    "block from { <drop> }; pass from { <friends> }", "198.51.100.9",
	    1 },
	{ "a list passes before a prefix blocks",
	    "block from { 0.0.0.0/0 }; pass from { <friends> }", "198.51.100.9",
	    1 },
	{ "a prefix passes before a list blocks",
	    "block from { <drop> }; pass from { 198.51.100.8/29 }",
	    "198.51.100.9", 1 },
	{ "protected, whatever list it is in", "block from { <drop>, <bans> }",
	    "198.51.100.66", 1 },
	{ "protected, whatever the file says", "block from { 0.0.0.0/0 }",
	    "198.51.100.66", 1 },
};

static struct member members[] = {
	{ "drop", "198.51.100.9" },
	{ "friends", "198.51.100.9" },
	{ "bans", "198.51.100.10" },
	{ "drop", "198.51.100.66" },
	{ "bans", "198.51.100.66" },
	{ "protected", "198.51.100.66" },
	{ NULL, NULL },
};

static void
test_access(void **state)
{
	struct conf *conf;
	struct addr  addr;
	char	     text[256];
	size_t	     i;

	(void)state;
	for (i = 0; i < nitems(accesses); i++) {
		snprintf(text, sizeof(text),
		    "list <drop> { file \"/drop\" }\n"
		    "list <friends> { file \"/friends\" }\n"
		    "edge { %s }",
		    accesses[i].lists);
		conf = conf_lab(text);
		assert_int_equal(addr_parse(&addr, accesses[i].addr), 0);
		if (edge_access_passes(&edge_conf(conf)->access, &addr,
			is_member, members) != accesses[i].passes)
			fail_msg("%s", accesses[i].what);
		conf_unref(conf);
	}
}

/* A file of many sites is read in one breath, to the last that may be. */
static void
test_many(void **state)
{
	static char  text[64 * 1024];
	struct conf *conf;
	size_t	     n;
	int	     i;

	(void)state;
	n = (size_t)snprintf(text, sizeof(text), "edge {\n");
	for (i = 0; i < 256; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		    "site s%d.example { forward to 127.0.0.1 port %d\n"
		    "location /a { return 404 } }\n",
		    i, i + 1);
	snprintf(text + n, sizeof(text) - n, "}\n");
	conf = conf_lab(text);
	assert_int_equal(edge_conf(conf)->nsites, 256);
	assert_int_equal(edge_conf(conf)->nservers, 256);
	assert_string_equal(edge_conf(conf)->sites[255].names[0],
	    "s255.example");
	conf_unref(conf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_site_defaults),
		cmocka_unit_test(test_edge),
		cmocka_unit_test(test_shared),
		cmocka_unit_test(test_site),
		cmocka_unit_test(test_access),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests_name("edge_conf", tests, NULL, NULL);
}
