/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "conf.h"
#include "redirect.h"
#include "route.h"

#define nitems(a) (sizeof(a) / sizeof((a)[0]))

/* Each server's port is what the cases name. */
static const char file[] =
    "list <drop> { file \"/drop\"\n }\n"
    "list <friends> { file \"/friends\"\n }\n"
    "edge {\n"
    "	block from { 192.0.2.200/31, <bans> }\n"
    "	pass from { <friends> }\n"
    "	listen on 127.0.0.1 port 80\n"
    "	listen on 127.0.0.1 port 443 tls\n"
    "	site \"plain.example\" {\n"
    "		forward to 127.0.0.1 port 1\n"
    "		block from { 192.0.2.66, <drop> }\n"
    "		acme forward to 127.0.0.1 port 9\n"
    "		location \"/admin\" {\n"
    "			forward to 127.0.0.1 port 2\n"
    "		}\n"
    "		location \"/admin/deep/\" {\n"
    "			return 410 \"gone\"\n"
    "		}\n"
    "		location \"/shut\" {\n"
    "			block from { 192.0.2.0/24 }\n"
    "			pass from { 192.0.2.7 }\n"
    "		}\n"
    "		location ~ \"\\.php$\" {\n"
    "			forward to 127.0.0.1 port 3\n"
    "		}\n"
    "		location ~ \"^/old/([^/]*)/(.*)$\" {\n"
    "			redirect 301 \"https://new.example/$2?was=$1\"\n"
    "		}\n"
    "		location ~ \"^/here(/.*)(x)?$\" {\n"
    "			redirect 302 \"$1$2\"\n"
    "		}\n"
    "		location ~ \"^/slash(.*)$\" {\n"
    "			redirect 303 \"/$1\"\n"
    "		}\n"
    "		location \"/listed\" { block from { <friends> }\n }\n"
    "		location \"/few\" {\n"
    "			block from { <friends>, 0.0.0.0/0 }\n"
    "			pass from { 192.0.2.7 }\n"
    "		}\n"
    "		location \"/uri\" { redirect 307 \"$uri\"\n }\n"
    "		location \"/all\" {\n"
    "			redirect 308 \"//$host$path$query$$\"\n"
    "		}\n"
    "		location \"/100%25\" { return 200 \"all\"\n }\n"
    "	}\n"
    "	site \"Blog.example\" \"www.blog.example\" \"*.blog.example\" {\n"
    "		certificate \"/blog.pem\" key \"/blog.key\"\n"
    "		certificate \"/shared.pem\" key \"/shared.key\"\n"
    "		forward to 127.0.0.1 port 4\n"
    "		block from { 192.0.2.66 }\n"
    "	}\n"
    "	site \"cv.example\" \"a.blog.example\" {\n"
    "		certificate \"/cv.pem\" key \"/cv.key\"\n"
    "		redirect 302 \"/cv.html\"\n"
    "		location \"/\" { forward to 127.0.0.1 port 5\n }\n"
    "		location \"/.well-known/acme\" { return 200 \"x\"\n }\n"
    "	}\n"
    "	site \"shared.example\" {\n"
    "		certificate \"/shared.pem\" key \"/shared.key\"\n"
    "		return 200 \"shared\"\n"
    "	}\n"
    "	site \"other.example\" \"192.0.2.1\" {\n"
    "		default\n"
    "		certificate \"/other.pem\" key \"/other.key\"\n"
    "		acme forward to 127.0.0.1 port 6\n"
    "		location \"/x\" { forward to 127.0.0.1 port 7\n }\n"
    "	}\n"
    "}\n";

static void
say(void *arg, const char *text)
{
	(void)arg;
	fail_msg("%s", text);
}

static struct conf *
parse(const char *text)
{
	struct conf_text *t = conf_text_new();
	struct conf	 *conf;

	assert_int_equal(conf_text_add(t, "main", text, strlen(text)), 0);
	conf = conf_parse(t, say, NULL);
	conf_text_free(t);
	return conf;
}

static const struct {
	const char *what;
	const char *name;
	const char *want; /* the site's first name; NULL: none */
} names[] = {
	{ "a name", "plain.example", "plain.example" },
	{ "in capitals", "PLAIN.Example", "plain.example" },
	{ "in capitals in the file", "blog.example", "blog.example" },
	{ "the second name", "www.blog.example", "blog.example" },
	{ "a wildcard", "img.BLOG.example", "blog.example" },
	{ "an exact name before a wildcard", "a.blog.example", "cv.example" },
	{ "a wildcard is one label", "a.b.blog.example", "other.example" },
	{ "and not none", ".blog.example", "other.example" },
	{ "the wildcard itself is no name", "*.blog.example", "other.example" },
	{ "an address", "192.0.2.1", "other.example" },
	{ "the end of a name", "example", "other.example" },
	{ "the beginning of a name", "plain.exampl", "other.example" },
	{ "more than a name", "plain.examples", "other.example" },
	{ "no name", "", "other.example" },
};

static void
test_names(void **state)
{
	struct conf	       *conf = parse(file);
	const struct edge_site *site;
	static const char	nul[] = "plain.example\0.evil.example";
	struct slice		s;
	char			longer[300];
	size_t			i;

	(void)state;
	for (i = 0; i < nitems(names); i++) {
		site = route_site(edge_conf(conf), slice_of(names[i].name));
		if (strcmp(site->names[0], names[i].want) != 0)
			fail_msg("%s: %s", names[i].what, site->names[0]);
	}
	s.at = nul;
	s.len = sizeof(nul) - 1;
	assert_true(route_site(edge_conf(conf), s)->is_default);
	memset(longer, 'a', sizeof(longer));
	s.at = longer;
	s.len = sizeof(longer);
	assert_true(route_site(edge_conf(conf), s)->is_default);
	conf_unref(conf);

	conf = parse("edge {\n listen on 127.0.0.1 port 80\n"
		     "site \"a.example\" { return 204\n }\n}\n");
	assert_null(route_site(edge_conf(conf), slice_of("b.example")));
	assert_null(route_site(edge_conf(conf), slice_of("")));
	conf_unref(conf);
}

#define TLS	1
#define HEAD	2
#define POST	4
#define CLOSE	8 /* is wanted */
#define OPTIONS 16

static const struct {
	const char  *what;
	const char  *host;
	const char  *target;
	const char  *client; /* NULL: 203.0.113.5 */
	const char  *sni;    /* NULL: the host */
	unsigned int flags;
	int	     status; /* 0: forward */
	unsigned int port;   /* to which */
	enum reason  reason;
	const char  *url; /* or text, or a list, or NULL */
} cases[] = {
	/* sites */
	{ "the site's server", "plain.example", "/", 0, 0, 0, 0, 1, 0, 0 },
	{ "a query is no path", "plain.example", "/?/admin", 0, 0, 0, 0, 1, 0,
	    0 },
	{ "no certificate, not on TLS", "plain.example", "/", 0, "blog.example",
	    TLS | CLOSE, 421, 0, REASON_NO_SITE, 0 },
	{ "on TLS", "blog.example", "/", 0, 0, TLS, 0, 4, 0, 0 },
	{ "on TLS by a wildcard", "x.blog.example", "/", 0, 0, TLS, 0, 4, 0,
	    0 },
	{ "another name of the same site", "www.blog.example", "/", 0,
	    "blog.example", TLS, 0, 4, 0, 0 },
	{ "another site than the certificate's", "cv.example", "/", 0,
	    "blog.example", TLS | CLOSE, 421, 0, REASON_NO_SITE, 0 },
	{ "both sites have that certificate", "shared.example", "/", 0,
	    "blog.example", TLS, 200, 0, REASON_RETURN, "shared" },
	{ "the default one, by another's certificate", "what.example", "/", 0,
	    "blog.example", TLS | CLOSE, 421, 0, REASON_NO_SITE, 0 },
	{ "the default one", "what.example", "/x", 0, 0, TLS, 0, 7, 0, 0 },
	{ "no SNI, the default's certificate", "other.example", "/x", 0, "",
	    TLS, 0, 7, 0, 0 },
	{ "no SNI, another host", "blog.example", "/", 0, "", TLS | CLOSE, 421,
	    0, REASON_NO_SITE, 0 },
	{ "the file says nothing", "other.example", "/y", 0, 0, TLS, 404, 0,
	    REASON_NO_ACTION, 0 },
	/* locations */
	{ "a prefix", "plain.example", "/admin/x", 0, 0, 0, 0, 2, 0, 0 },
	{ "a prefix is no folder", "plain.example", "/administrator", 0, 0, 0,
	    0, 2, 0, 0 },
	{ "the longest prefix", "plain.example", "/admin/deep/x", 0, 0, 0, 410,
	    0, REASON_RETURN, "gone" },
	{ "a regex before a prefix", "plain.example", "/admin/deep/x.php", 0, 0,
	    0, 0, 3, 0, 0 },
	{ "the first regex", "plain.example", "/old/a/b.php", 0, 0, 0, 0, 3, 0,
	    0 },
	{ "case counts", "plain.example", "/ADMIN", 0, 0, 0, 0, 1, 0, 0 },
	{ "the whole server", "plain.example", "*", 0, 0, OPTIONS, 0, 1, 0, 0 },
	{ "a percent sign in the file", "plain.example", "/100%25", 0, 0, 0,
	    200, 0, REASON_RETURN, "all" },
	/* no way around a location */
	{ "escaped letters", "plain.example", "/%61dmin", 0, 0, 0, 0, 2, 0, 0 },
	{ "two slashes", "plain.example", "//admin", 0, 0, 0, 0, 2, 0, 0 },
	{ "a dot", "plain.example", "/./admin", 0, 0, 0, 0, 2, 0, 0 },
	{ "two dots", "plain.example", "/x/../admin", 0, 0, 0, 0, 2, 0, 0 },
	{ "escaped dots", "plain.example", "/x/%2e%2E/admin", 0, 0, 0, 0, 2, 0,
	    0 },
	{ "an escaped slash", "plain.example", "/x%2f..%2fadmin", 0, 0, 0, 0, 2,
	    0, 0 },
	{ "a backslash", "plain.example", "/x\\..\\admin", 0, 0, 0, 0, 2, 0,
	    0 },
	{ "a parameter", "plain.example", "/x/..;a/admin", 0, 0, 0, 0, 2, 0,
	    0 },
	{ "out again by a letter that is a slash", "plain.example",
	    "/admin/..%2fx", 0, 0, 0, 0, 2, 0, 0 },
	{ "out again by a parameter", "plain.example", "/admin/..;/x", 0, 0, 0,
	    0, 2, 0, 0 },
	{ "out again by an empty segment", "plain.example", "/admin//../x", 0,
	    0, 0, 0, 2, 0, 0 },
	{ "out again by two of them", "plain.example", "/admin;/..%2fx", 0, 0,
	    0, 0, 2, 0, 0 },
	{ "a regex with a parameter behind", "plain.example", "/a.php;x", 0, 0,
	    0, 0, 3, 0, 0 },
	{ "from one location to another", "plain.example", "/admin/..%2fshut",
	    0, 0, CLOSE, 400, 0, REASON_AMBIGUOUS, 0 },
	{ "out of it is out of it", "plain.example", "/admin/../x", 0, 0, 0, 0,
	    1, 0, 0 },
	/* no paths */
	{ "above the root", "plain.example", "/../x", 0, 0, CLOSE, 400, 0,
	    REASON_BAD_REQUEST, 0 },
	{ "above the root for some", "plain.example", "/x/..%2f..%2fx", 0, 0,
	    CLOSE, 400, 0, REASON_BAD_REQUEST, 0 },
	{ "a bad escape", "plain.example", "/%zz", 0, 0, CLOSE, 400, 0,
	    REASON_BAD_REQUEST, 0 },
	{ "a NUL", "plain.example", "/admin%00", 0, 0, CLOSE, 400, 0,
	    REASON_BAD_REQUEST, 0 },
	/* access */
	{ "blocked by the site", "plain.example", "/", "192.0.2.66", 0, CLOSE,
	    403, 0, REASON_BLOCKED, 0 },
	{ "blocked by the location", "plain.example", "/shut", "192.0.2.8", 0,
	    CLOSE, 403, 0, REASON_BLOCKED, 0 },
	{ "passed by the location", "plain.example", "/shut", "192.0.2.7", 0, 0,
	    0, 1, 0, 0 },
	{ "blocked only there", "plain.example", "/open", "192.0.2.8", 0, 0, 0,
	    1, 0, 0 },
	{ "blocked by the edge", "plain.example", "/", "192.0.2.200", 0, CLOSE,
	    403, 0, REASON_BLOCKED, 0 },
	{ "before its host is looked at", "blog.example", "/", "192.0.2.200",
	    "other.example", TLS | CLOSE, 403, 0, REASON_BLOCKED, 0 },
	{ "banned", "plain.example", "/", "198.51.100.1", 0, CLOSE, 403, 0,
	    REASON_BLOCKED, "bans" },
	{ "banned, on TLS", "blog.example", "/", "198.51.100.1", 0, TLS | CLOSE,
	    403, 0, REASON_BLOCKED, "bans" },
	{ "banned, whose challenge is answered", "blog.example",
	    "/.well-known/acme-challenge/x", "198.51.100.1", 0, 0, 0, 4, 0, 0 },
	{ "in the list of a site", "plain.example", "/", "198.51.100.2", 0,
	    CLOSE, 403, 0, REASON_BLOCKED, "drop" },
	{ "in that of another site", "cv.example", "/", "198.51.100.2", 0, TLS,
	    0, 5, 0, 0 },
	{ "banned and passed", "plain.example", "/", "198.51.100.3", 0, 0, 0, 1,
	    0, 0 },
	{ "in the list of a location", "plain.example", "/listed",
	    "198.51.100.3", 0, CLOSE, 403, 0, REASON_BLOCKED, "friends" },
	{ "protected from the edge, the site", "plain.example", "/",
	    "198.51.100.4", 0, 0, 0, 1, 0, 0 },
	{ "and the location", "plain.example", "/listed", "198.51.100.4", 0, 0,
	    0, 1, 0, 0 },
	{ "where only few may be, it is one of all", "plain.example", "/few",
	    "198.51.100.4", 0, CLOSE, 403, 0, REASON_BLOCKED, 0 },
	{ "unless it is one of the few", "plain.example", "/few", "192.0.2.7",
	    0, 0, 0, 1, 0, 0 },
	{ "protected from a prefix of the edge", "plain.example", "/",
	    "192.0.2.201", 0, 0, 0, 1, 0, 0 },
	/* to HTTPS */
	{ "to HTTPS", "Blog.Example", "/a?b=c", 0, 0, 0, 301, 0,
	    REASON_REDIRECT, "https://blog.example:8443/a?b=c" },
	{ "HEAD likewise", "blog.example", "/", 0, 0, HEAD, 301, 0,
	    REASON_REDIRECT, "https://blog.example:8443/" },
	{ "a POST stays one", "blog.example", "/a", 0, 0, POST, 308, 0,
	    REASON_REDIRECT, "https://blog.example:8443/a" },
	{ "by a wildcard, to that name", "x.blog.example", "/", 0, 0, 0, 301, 0,
	    REASON_REDIRECT, "https://x.blog.example:8443/" },
	{ "by default, to that name", "what.example", "/", 0, 0, 0, 301, 0,
	    REASON_REDIRECT, "https://what.example:8443/" },
	{ "without a host, to the site's", "", "/", 0, 0, 0, 301, 0,
	    REASON_REDIRECT, "https://other.example:8443/" },
	{ "the path as it came", "blog.example", "/%2e/a//b", 0, 0, 0, 301, 0,
	    REASON_REDIRECT, "https://blog.example:8443/%2e/a//b" },
	{ "an asterisk is no part of a host", "blog.example", "*", 0, 0,
	    OPTIONS, 308, 0, REASON_REDIRECT, "https://blog.example:8443/" },
	{ "quotes are escaped", "blog.example", "/<\"a\">", 0, 0, 0, 301, 0,
	    REASON_REDIRECT, "https://blog.example:8443/%3C%22a%22%3E" },
	{ "whom the site blocks", "blog.example", "/", "192.0.2.66", 0, CLOSE,
	    403, 0, REASON_BLOCKED, 0 },
	/* ACME */
	{ "a challenge to the site's server", "blog.example",
	    "/.well-known/acme-challenge/x", 0, 0, 0, 0, 4, 0, 0 },
	{ "whom the site blocks, too", "blog.example",
	    "/.well-known/acme-challenge/x", "192.0.2.66", 0, 0, 0, 4, 0, 0 },
	{ "to the server for that", "other.example",
	    "/.well-known/acme-challenge/x", 0, 0, HEAD, 0, 6, 0, 0 },
	{ "there on TLS, too", "other.example", "/.well-known/acme-challenge/x",
	    0, 0, TLS, 0, 6, 0, 0 },
	{ "there without a certificate, too", "plain.example",
	    "/.well-known/acme-challenge/x", "192.0.2.66", 0, 0, 0, 9, 0, 0 },
	{ "on TLS as any path", "blog.example", "/.well-known/acme-challenge/x",
	    "192.0.2.66", 0, TLS | CLOSE, 403, 0, REASON_BLOCKED, 0 },
	{ "only by GET", "blog.example", "/.well-known/acme-challenge/x", 0, 0,
	    POST, 308, 0, REASON_REDIRECT,
	    "https://blog.example:8443/.well-known/acme-challenge/x" },
	{ "only there", "blog.example", "/.well-known/acme-challengex", 0, 0, 0,
	    301, 0, REASON_REDIRECT,
	    "https://blog.example:8443/.well-known/acme-challengex" },
	{ "no way around a block", "other.example",
	    "/.well-known/acme-challenge/../../x", 0, 0, TLS, 0, 7, 0, 0 },
	{ "nor by a letter that is a slash", "blog.example",
	    "/.well-known/acme-challenge/..%2f..%2fx", "192.0.2.66", 0, CLOSE,
	    403, 0, REASON_BLOCKED, 0 },
	{ "nobody there", "shared.example", "/.well-known/acme-challenge/x", 0,
	    0, 0, 404, 0, REASON_NO_ACTION, 0 },
	{ "a location's server is none of the longest prefix", "cv.example",
	    "/.well-known/acme-challenge/x", 0, 0, 0, 404, 0, REASON_NO_ACTION,
	    0 },
	/* redirects */
	{ "what the groups caught", "plain.example", "/old/a/b/c", 0, 0, 0, 301,
	    0, REASON_REDIRECT, "https://new.example/b/c?was=a" },
	{ "escaped again", "plain.example", "/old/%3f%20/%25%c3%a9%23\"<", 0, 0,
	    0, 301, 0, REASON_REDIRECT,
	    "https://new.example/%25%C3%A9%23%22%3C?was=%3F%20" },
	{ "a letter that may be a slash stays one", "plain.example",
	    "/old/a/b%2fc", 0, 0, 0, 301, 0, REASON_REDIRECT,
	    "https://new.example/b%2Fc?was=a" },
	{ "a group that caught nothing", "plain.example", "/here/a", 0, 0, 0,
	    302, 0, REASON_REDIRECT, "/a" },
	{ "no other host by a group", "plain.example", "/slash/evil.example", 0,
	    0, 0, 303, 0, REASON_REDIRECT, "/evil.example" },
	{ "nor by a backslash", "plain.example", "/slash\\evil.example", 0, 0,
	    0, 303, 0, REASON_REDIRECT, "/%5Cevil.example" },
	{ "nor by the target", "plain.example", "//uri", 0, 0, 0, 307, 0,
	    REASON_REDIRECT, "/uri" },
	{ "nor by its backslash", "plain.example", "/\\/./%75ri?a", 0, 0, 0,
	    307, 0, REASON_REDIRECT, "/./%75ri?a" },
	{ "the target", "plain.example", "/uri/%41?b", 0, 0, 0, 307, 0,
	    REASON_REDIRECT, "/uri/%41?b" },
	{ "every variable", "Plain.example", "/all/%41?b", 0, 0, 0, 308, 0,
	    REASON_REDIRECT, "//plain.example/all/%41?b$" },
};

static const struct {
	const char *list;
	const char *addr;
} members[] = {
	{ "bans", "198.51.100.1" },
	{ "drop", "198.51.100.2" },
	{ "bans", "198.51.100.3" },
	{ "friends", "198.51.100.3" },
	{ "bans", "198.51.100.4" },
	{ "drop", "198.51.100.4" },
	{ "protected", "198.51.100.4" },
	{ "protected", "192.0.2.201" },
};

static int
is_member(void *arg, const char *list, const struct addr *addr)
{
	char   text[ADDR_LEN];
	size_t i;

	assert_null(arg);
	addr_print(addr, text);
	for (i = 0; i < nitems(members); i++)
		if (strcmp(members[i].list, list) == 0 &&
		    strcmp(members[i].addr, text) == 0)
			return 1;
	return 0;
}

static void
question(struct route_question *q, struct h1_request *r, size_t i)
{
	const char *target = cases[i].target, *query = strchr(target, '?');
	const char *client = cases[i].client, *sni = cases[i].sni;

	memset(r, 0, sizeof(*r));
	r->method = cases[i].flags & HEAD ? H1_HEAD :
	    cases[i].flags & POST	  ? H1_POST :
	    cases[i].flags & OPTIONS	  ? H1_OPTIONS :
					    H1_GET;
	r->host = slice_of(cases[i].host);
	r->target = r->path = slice_of(target);
	if (query != NULL) {
		r->path.len = (size_t)(query - target);
		r->query = slice_of(query + 1);
		r->has_query = 1;
	}
	q->request = r;
	q->member = is_member;
	q->arg = NULL;
	q->tls = cases[i].flags & TLS;
	q->tls_port = 8443;
	q->sni = NULL;
	if (q->tls && (sni == NULL || sni[0] != '\0'))
		q->sni = route_site(q->conf,
		    slice_of(sni != NULL ? sni : cases[i].host));
	assert_int_equal(addr_parse(&q->client,
			     client != NULL ? client : "203.0.113.5"),
	    0);
}

static void
test_cases(void **state)
{
	static struct route	 r;
	static struct h1_request request;
	struct route_question	 q;
	struct conf		*conf = parse(file);
	const struct edge_conf	*c = edge_conf(conf);
	const char		*want;
	size_t			 i;

	(void)state;
	q.conf = c;
	for (i = 0; i < nitems(cases); i++) {
		question(&q, &request, i);
		memset(&r, 0xa5, sizeof(r));
		route_request(&r, &q);
		if (r.kind == ROUTE_FORWARD ? cases[i].status != 0 ||
			    c->servers[r.forward->primary[0]].port !=
				cases[i].port :
					      r.status != cases[i].status ||
			    r.reason != cases[i].reason)
			fail_msg("%s: kind %d status %d why %s port %u",
			    cases[i].what, r.kind, r.status,
			    reason_word(r.reason),
			    r.kind == ROUTE_FORWARD ?
				c->servers[r.forward->primary[0]].port :
				0);
		if (r.close != ((cases[i].flags & CLOSE) != 0))
			fail_msg("%s: close %d", cases[i].what, r.close);
		want = cases[i].reason == REASON_REDIRECT ? cases[i].url : "";
		if (r.url_len != strlen(want) ||
		    memcmp(r.url, want, r.url_len) != 0)
			fail_msg("%s: %.*s", cases[i].what, (int)r.url_len,
			    r.url);
		want = cases[i].reason == REASON_RETURN ? cases[i].url : NULL;
		if (want == NULL ? r.text != NULL : strcmp(r.text, want) != 0)
			fail_msg("%s: the text", cases[i].what);
		want = cases[i].reason == REASON_BLOCKED ? cases[i].url : NULL;
		if ((r.blocked != NULL) != (cases[i].reason == REASON_BLOCKED))
			fail_msg("%s: what blocks it", cases[i].what);
		if (r.blocked != NULL &&
		    (want == NULL || r.blocked->list == NULL ?
			    want != r.blocked->list :
			    strcmp(want, r.blocked->list) != 0))
			fail_msg("%s: the list", cases[i].what);
	}
	conf_unref(conf);
}

static void
test_long(void **state)
{
	static struct route	 r;
	static struct h1_request request;
	static char		 path[ROUTE_PATH_MAX + 1];
	struct route_question	 q;
	struct conf		*conf = parse(file);

	(void)state;
	q.conf = edge_conf(conf);
	question(&q, &request, 0);
	memset(path, 'a', sizeof(path));
	path[0] = '/';
	request.path.at = path;
	request.path.len = sizeof(path);
	route_request(&r, &q);
	assert_int_equal(r.status, 414);
	assert_true(r.close);
	request.path.len--;
	route_request(&r, &q);
	assert_int_equal(r.kind, ROUTE_FORWARD);
	/* Every second one an empty segment: all readings of the longest. */
	memset(path, '/', sizeof(path));
	memcpy(path + 1, "a%2f\\;", 6);
	route_request(&r, &q);
	assert_int_equal(r.kind, ROUTE_FORWARD);
	memset(path, '<', sizeof(path));
	memcpy(path, "/old/a/", 7);
	route_request(&r, &q);
	assert_int_equal(r.status, 414);
	assert_int_equal(r.reason, REASON_BAD_REQUEST);
	request.host = slice_of("blog.example");
	route_request(&r, &q);
	assert_int_equal(r.status, 414);
	assert_int_equal(r.url_len, 0);
	conf_unref(conf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
