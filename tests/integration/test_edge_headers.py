# SPDX-License-Identifier: ISC
"""What is added to heads, taken out of them and said of the client."""

import pytest

from lab import http
from lab.origin import answer, fields, says

SITE = '''
		hsts 180d subdomains
		request header set "X-Site" "blog"
		request header add "X-Many" "two"
		request header remove "X-Secret"
		response header set "X-Frame-Options" "DENY"
		response header add "Link" "</a.css>"
		response header remove "Server"
		response header remove "X-Powered-By"
		location "/special" {
			request header set "X-Site" "special"
			response header set "X-Place" "special"
		}
'''


@pytest.fixture(scope="module")
def world(edge_world):
    """An edge with one origin; 192.0.2.1 is a trusted proxy."""
    from lab.origin import Origin
    o = Origin()
    e = edge_world.edge(
        top="\ttrusted proxy { 192.0.2.1, 192.0.2.2 }\n",
        site=SITE + "\t\t" + o.forward() + "\n").start()
    yield e, o
    wrong = e.stop()
    o.stop()
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def front(world):
    """The edge and what its origin got by now: ask(fields) -> both heads."""
    e, o = world

    def ask(*lines, target="/", host=http.SITE, said=answer(), **client):
        o.hang_up()
        o.connections.clear()
        o.script = says(said)
        with e.client(**client) as c:
            a = c.ask(http.request(target, "GET", host, *lines))
        return a, o.received()

    yield ask
    wrong = e.complaints()
    assert not wrong, "\n".join(wrong)


def values(head, name):
    return [line.partition(":")[2].strip() for line in
            head.decode("latin-1").split("\r\n")[1:]
            if line.lower().startswith(name.lower() + ":")]


def test_who_asks_is_told(front):
    _, got = front(source="198.51.100.5")
    assert values(got, "x-forwarded-for") == ["198.51.100.5"]
    assert values(got, "x-forwarded-proto") == ["https"]
    assert values(got, "x-forwarded-host") == [http.SITE]
    [forwarded] = values(got, "forwarded")
    assert "for=198.51.100.5" in forwarded and "proto=https" in forwarded


@pytest.mark.parametrize("name", [
    "X-Forwarded-For", "x-forwarded-for", "X-FORWARDED-FOR"])
def test_what_a_client_says_of_itself_is_replaced(front, name):
    """Never appended to: the server may look at the first or the last."""
    _, got = front(f"{name}: 10.0.0.1", f"{name}: 10.0.0.2",
                   "X-Forwarded-Proto: ftp", "X-Forwarded-Host: evil.example",
                   "Forwarded: for=10.0.0.1;proto=ftp",
                   source="198.51.100.5")
    assert values(got, "x-forwarded-for") == ["198.51.100.5"]
    assert values(got, "x-forwarded-proto") == ["https"]
    assert values(got, "x-forwarded-host") == [http.SITE]
    assert b"10.0.0" not in got and b"evil" not in got


def test_a_trusted_proxy_is_believed(front):
    _, got = front("X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: http",
                   source="192.0.2.1")
    assert values(got, "x-forwarded-for") == ["203.0.113.9, 192.0.2.1"]
    assert values(got, "x-forwarded-proto") == ["http"]


@pytest.mark.parametrize("field", [
    "x_forwarded_for: 10.0.0.1", "X-Forwarded_For: 10.0.0.1"])
def test_underscores_are_no_way_around(front, field):
    """CGI makes one variable of both: dropped, or another name's."""
    _, got = front(field, source="198.51.100.5")
    assert b"10.0.0.1" not in got


def test_rules_for_requests(front):
    _, got = front("X-Site: client", "X-Many: one", "X-Secret: 1",
                   "x-secret: 2")
    assert values(got, "x-site") == ["blog"]
    assert values(got, "x-many") == ["one", "two"]
    assert not values(got, "x-secret")


def test_rules_for_answers(front):
    a, _ = front(said=answer(b"x", "200 OK", "X-Frame-Options: ALLOW",
                             "Server: secret/1.0", "X-Powered-By: x",
                             "x-powered-by: y", "Link: </b.css>"))
    assert a["x-frame-options"] == "DENY"
    assert a.all("link") == ["</b.css>", "</a.css>"]
    assert not a.all("x-powered-by")
    assert "secret/1.0" not in (a["server"] or "")


def test_rules_of_a_location(front):
    a, got = front(target="/special/x")
    assert a["x-place"] == "special"
    assert a["x-frame-options"] == "DENY"	# the site's stand as well
    assert values(got, "x-site") == ["special"]
    a, _ = front(target="/")
    assert a["x-place"] is None


def test_hsts(front, world):
    a, _ = front()
    assert a["strict-transport-security"] == \
        "max-age=15552000; includeSubDomains"
    e, _ = world
    a = e.get("/", tls=False)
    assert a["strict-transport-security"] is None


def test_hsts_of_the_upstream_gives_way(front):
    a, _ = front(said=answer(b"x", "200 OK",
                             "Strict-Transport-Security: max-age=0"))
    assert a["strict-transport-security"] == \
        "max-age=15552000; includeSubDomains"


def test_hsts_on_our_own_pages(front):
    a, _ = front(said=b"nonsense\r\n\r\n")
    assert a.status == 502
    assert a["strict-transport-security"] and a["x-frame-options"] == "DENY"


def test_hop_by_hop_of_answers(front):
    a, _ = front(said=answer(
        b"x", "200 OK", "Connection: close, X-Drop", "X-Drop: 1",
        "Keep-Alive: timeout=5", "Proxy-Connection: close", "X-Stay: 1"))
    assert a["x-stay"] == "1"
    for name in ("x-drop", "keep-alive", "proxy-connection"):
        assert not a.all(name), a
    assert a["connection"] in (None, "keep-alive")


def test_date_is_there(front):
    a, _ = front()
    assert a["date"].endswith(" GMT")
    a, _ = front(said=answer(b"x", "200 OK",
                             "Date: Sun, 06 Nov 1994 08:49:37 GMT"))
    assert a.all("date") == ["Sun, 06 Nov 1994 08:49:37 GMT"]


def test_end_to_end_fields_stay(front):
    """Order and bytes, what is legal beyond ASCII too."""
    a, got = front("Cookie: a=b; c=d", "Accept: */*", "X-Latin: \xe9",
                   "X-Two: 1", "X-Two: 2", "Authorization: Basic eDp5",
                   said=answer(b"x", "200 OK", "Set-Cookie: a=1",
                               "Set-Cookie: b=2", "ETag: \"x\"",
                               "X-Latin: \xe9"))
    assert values(got, "cookie") == ["a=b; c=d"]
    assert values(got, "x-latin") == ["\xe9"]
    assert values(got, "x-two") == ["1", "2"]
    assert values(got, "authorization") == ["Basic eDp5"]
    assert a.all("set-cookie") == ["a=1", "b=2"]
    assert a["etag"] == '"x"' and a["x-latin"] == "\xe9"


@pytest.mark.parametrize("host, wanted", [
    (http.SITE.upper(), http.SITE), (http.SITE + ".", http.SITE)])
def test_host_is_written_anew(front, host, wanted):
    _, got = front(host=host)
    assert values(got, "host") == [wanted]


def test_connection_cannot_remove_what_we_say(front):
    """Naming our own fields in Connection does not take them away."""
    a, got = front("Connection: X-Forwarded-For, X-Site, close",
                   source="198.51.100.5")
    assert a.status == 200
    assert values(got, "x-forwarded-for") == ["198.51.100.5"]
    assert values(got, "host") == [http.SITE]
    assert values(got, "x-site") == ["blog"]


@pytest.mark.parametrize("name", ["Host", "Content-Length",
                                  "Transfer-Encoding"])
def test_what_frames_is_not_hop_by_hop(front, name):
    """Naming it in Connection is refused, or changes nothing."""
    a, got = front(f"Connection: {name}")
    assert a.status == 400 and not got or values(got, "host") == [http.SITE]


def test_reason_phrase_passes_or_is_ours(front):
    a, _ = front(said=answer(b"x", "404 Gone fishing"))
    assert a.status == 404 and fields(a.head) is not None
