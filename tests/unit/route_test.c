/* SPDX-License-Identifier: ISC */
/*
 * What a request gets: by its host, its path and its method.
 */
#include "route_lab.h"

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
	struct conf	       *conf = conf_lab(file);
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

	conf = conf_lab("edge {\n listen on 127.0.0.1 port 80\n"
			"site \"a.example\" { return 204\n }\n}\n");
	assert_null(route_site(edge_conf(conf), slice_of("b.example")));
	assert_null(route_site(edge_conf(conf), slice_of("")));
	conf_unref(conf);
}

static const struct route_case cases[] = {
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

static void
test_cases(void **state)
{
	(void)state;
	check_cases(cases, nitems(cases));
}

static void
test_long(void **state)
{
	static struct route	 r;
	static struct h1_request request;
	static char		 path[ROUTE_PATH_MAX + 1];
	struct route_question	 q;
	struct conf		*conf = conf_lab(file);

	(void)state;
	q.conf = edge_conf(conf);
	question(&q, &request, &cases[0]);
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
