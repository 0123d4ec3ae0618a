# SPDX-License-Identifier: ISC
"""Which site, which location, and what no spelling of a path gets around."""

import pytest

from lab import http
from lab.origin import fields

SITES = r'''
	site "wild.example.net" { return 200 "exact" }
	site "*.example.net" { return 200 "wildcard" }
	site "places.example.org" {
		return 200 "site"
		location "/a" { return 200 "a" }
		location "/a/b" { return 200 "a b" }
		location "/a/b/c/" { return 200 "a b c" }
		location ~ "\.php$" { return 403 "no php" }
		location ~ "^/user/([a-z]+)$" {
			redirect 302 "https://people.example.org/$1$query"
		}
		location "/old" { redirect 301 "https://$host/new$query" }
		location "/moved" { redirect 308 "https://new.example.org$uri" }
		location "/admin" { return 403 "admin" }
		location "/lan" {
			pass from { 192.0.2.0/24 }
			block from { 0.0.0.0/0 }
			return 200 "lan"
		}
		location "/empty" { return 204 }
	}
	site "blocked.example.org" {
		block from { 198.51.100.0/24, 2001:db8::/32 }
		pass from { 198.51.100.7 }
		return 200 "in"
	}
	site "none.example.org" {
		location "/here" { return 200 "here" }
	}
'''
EDGE = dict(origins=12, sites=SITES,
            top="\tblock from { 203.0.113.66 }\n")


def get(edge, target, host="places.example.org", *more, **client):
    with edge.client(tls=False, **client) as c:
        return c.ask(http.request(target, "GET", host, *more))


# --- the site ---

@pytest.mark.parametrize("host, said", [
    ("wild.example.net", b"exact"),
    ("WILD.Example.NET", b"exact"),
    ("wild.example.net.", b"exact"),
    ("wild.example.net:80", b"exact"),
    ("wild.example.net.:8080", b"exact"),
    ("other.example.net", b"wildcard"),
    ("OTHER.example.net.:80", b"wildcard"),
])
def test_site_by_host(edge, host, said):
    a = get(edge, "/", host)
    assert (a.status, a.body) == (200, said)


@pytest.mark.parametrize("host", [
    "example.net", "a.b.example.net", "example.net.example.com",
    "xexample.net", "192.0.2.1", "[2001:db8::1]", "unknown.example"])
def test_no_site(edge, host):
    """Nothing is guessed: one wildcard label only, no default here."""
    assert get(edge, "/", host).status in (404, 421)


def test_host_and_sni_of_two_sites(edge):
    """A certificate for one site is no way to another: 421, or refused."""
    o, p = edge.origin(), edge.origin()
    with edge.client(name=http.SITE) as c:
        a = c.ask(http.request(host=o.name))
    assert a.status == 421 and not o.connections
    # Of the same certificate: a browser may come this way (RFC 9113, 9.1.1).
    with edge.to(o) as c:
        assert c.ask(http.request(host=p.name)).status in (200, 421)


def test_default_site(make_edge):
    e = make_edge(sites='\tsite "d.example.org" { default\n'
                  '\t\treturn 200 "default"\n\t}\n').start()
    for host in ("unknown.example", "192.0.2.1", "[2001:db8::1]"):
        assert get(e, "/", host).body == b"default"
    assert get(e, "/", "d.example.org").body == b"default"
    with e.client(tls=False) as c:
        assert c.ask(b"GET / HTTP/1.0\r\n\r\n").body == b"default"


# --- the location ---

@pytest.mark.parametrize("target, status, said", [
    ("/", 200, b"site"),
    ("/x", 200, b"site"),
    ("/a", 200, b"a"),
    ("/a/", 200, b"a"),
    ("/a/x?y=/a/b", 200, b"a"),
    ("/a/b", 200, b"a b"),
    ("/a/b/x", 200, b"a b"),
    ("/a/b/c/", 200, b"a b c"),
    ("/a/b/c/d", 200, b"a b c"),
    ("/index.php", 403, b"no php"),
    ("/a/b/index.php", 403, b"no php"),
    ("/index.php?x", 403, b"no php"),
    ("/index.phpx", 200, b"site"),
    ("/?x=.php", 200, b"site"),
    ("/empty", 204, b""),
])
def test_location(edge, target, status, said):
    """The longest prefix; a regex before all prefixes."""
    a = get(edge, target)
    assert (a.status, a.body) == (status, said)


@pytest.mark.parametrize("target, status, url", [
    ("/user/anna?x=1", 302, "https://people.example.org/anna?x=1"),
    ("/user/anna", 302, "https://people.example.org/anna"),
    ("/old/x?y", 301, "https://places.example.org/new?y"),
    ("/moved/a%2fb?c=d&e", 308, "https://new.example.org/moved/a%2fb?c=d&e"),
])
def test_redirect(edge, target, status, url):
    a = get(edge, target)
    assert (a.status, a["location"]) == (status, url)


@pytest.mark.parametrize("target", [
    "/user/anna%0d%0aSet-Cookie:%20x", "/old%0d%0aX:y",
    "/moved/%0d%0aSet-Cookie:x"])
def test_a_redirect_splits_no_head(edge, target):
    a = get(edge, target)
    assert a["set-cookie"] is None and a["x"] is None
    assert a.status in (200, 301, 302, 308, 400)


def test_no_action(edge):
    assert get(edge, "/here", "none.example.org").body == b"here"
    assert get(edge, "/there", "none.example.org").status == 404


# --- spellings ---

@pytest.mark.parametrize("target", [
    "/admin", "/admin/", "/admin/x", "//admin", "///admin", "/./admin",
    "/x/../admin", "/x/y/../../admin", "/%61dmin", "/%41dmin/../admin",
    "/admin%2fx", "/%2fadmin", "/.%2fadmin", "/%2e/admin", "/x/%2e%2e/admin",
    "/x/%2E%2E/admin", "/x/..%2fadmin", "/x%2f..%2fadmin", "/admin;x=y",
    "/admin;/x", "/;/admin", "/x;/../admin", "/admin/%2e", "/admin/.",
    "/admin%3bx", "/x/..;/admin", "/x/%2e%2e%2fadmin", "/.//admin",
    "/admin?x", "/admin/?../x", "/\\admin", "/x\\..\\admin", "/%5cadmin",
])
def test_a_location_cannot_be_escaped(edge, target):
    """Each of these may be /admin to some server: never the site's own."""
    a = get(edge, target)
    assert a.status in (400, 403), a
    assert a.body != b"site"


@pytest.mark.parametrize("target", [
    "/admin/../x", "/admin/%2e%2e/x", "/Admin", "/Admi", "/x/admin",
    "/x?/admin", "/admin%252e", "/%2561dmin"])
def test_what_is_not_the_location(edge, target):
    """It resolves to elsewhere, in every reading, or is refused."""
    a = get(edge, target)
    assert (a.status, a.body) == (200, b"site") or a.status in (400, 403)


@pytest.mark.parametrize("target", [
    "/..", "/../x", "/x/../../y", "/%2e%2e/x", "/%", "/%zz", "/%0",
    "/%00", "/a%00b", "/a%0ab"])
def test_paths_that_are_none(edge, target):
    assert get(edge, target).status == 400


@pytest.mark.parametrize("target", [
    "/a%20b", "/A%2FB", "/x//y", "/x/./y", "/x/y/..", "/%7Euser/", "/caf%C3%A9",
    "/a;b=c/d", "/?", "/?a=b&c=%2f", "/a?b?c", "/*", "/a:b@c", "/%41"])
def test_the_bytes_stay_as_they_came(edge, target):
    """Routing normalises; the upstream gets what the client wrote."""
    o = edge.origin()
    with edge.to(o) as c:
        a = c.ask(http.request(target, host=o.name))
    if a.status == 200:
        assert o.received().split(b" ")[1] == target.encode()
    else:
        assert a.status == 400 and ";" in target or "//" in target, a


# --- who may ---

@pytest.mark.parametrize("source, status", [
    ("198.51.100.9", 403), ("198.51.100.7", 200), ("192.0.2.9", 200)])
def test_block_from_of_a_site(edge, source, status):
    with edge.client(tls=False, source=source) as c:
        a = c.ask(http.request(host="blocked.example.org"))
        assert a.status == status
        if status == 403:
            assert a["connection"] == "close" and c.at_end()


@pytest.mark.parametrize("source, status", [
    ("192.0.2.9", 200), ("198.51.100.9", 403)])
def test_pass_from_of_a_location(edge, source, status):
    assert get(edge, "/lan", source=source).status == status


def test_block_from_of_the_whole_edge(edge):
    """403 and closed, or closed at once; others are served."""
    with edge.client(tls=False, source="203.0.113.66") as c:
        c.try_send(http.request(host="places.example.org"))
        try:
            assert c.answer().status == 403
        except http.Truncated:
            pass
        assert c.at_end()
    assert get(edge, "/", source="203.0.113.67").status == 200


# --- the port without TLS ---

def test_redirect_to_https(edge):
    a = get(edge, "/a%2fb?c=d", http.SITE)
    assert a.status in (301, 308)
    place = f":{edge.tls}" if edge.tls != 443 else ""
    assert a["location"] == f"https://{http.SITE}{place}/a%2fb?c=d"
    assert a["strict-transport-security"] is None


def test_redirect_to_https_of_a_host_with_port(edge):
    a = get(edge, "/", f"{http.SITE}:80")
    assert a["location"].startswith(f"https://{http.SITE}")
    assert ":80/" not in a["location"]


def test_a_post_is_redirected_too(edge):
    with edge.client(tls=False) as c:
        a = c.ask(http.request("/", "POST", http.SITE, body=b"secret"))
    assert a.status in (301, 307, 308)


CHALLENGE = "/.well-known/acme-challenge/token"


def test_challenges_go_to_the_site(edge):
    """ACME comes first on the port without TLS, always."""
    o = edge.origin()
    with edge.client(tls=False) as c:
        a = c.ask(http.request(CHALLENGE, host=o.name))
    assert (a.status, a.body) == (200, b"ok")
    assert get(edge, "/.well-known/other", o.name).status in (301, 308)


def test_challenges_go_where_the_file_says(make_edge):
    from lab.origin import Origin, answer, serve
    acme = Origin(lambda c: serve(c, answer(b"acme")))
    e = make_edge(site="\t\tacme " + acme.forward() + "\n").start()
    assert get(e, CHALLENGE, http.SITE).body == b"acme"
    assert get(e, "/", http.SITE).status in (301, 308)
    e.works()
    assert fields(acme.received())["host"] == http.SITE
    acme.stop()


@pytest.mark.parametrize("target", [
    "/.well-known/acme-challenge/../../x",
    "/.well-known/acme-challenge/%2e%2e/%2e%2e/x",
    "/.well-known/acme-challenge/..%2f..%2fx"])
def test_a_challenge_is_no_way_in(edge, target):
    """Without TLS, only the challenges' own folder can be reached."""
    o = edge.origin()
    assert get(edge, target, o.name).status in (301, 308, 400)
    assert not o.received()
