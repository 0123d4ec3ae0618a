# SPDX-License-Identifier: ISC
"""What upstream servers do wrong, and what becomes of it.

Whatever happens there, the client gets one neat answer, or a stream that ends
visibly before its end; and the next request is served.
"""

import threading
import time

import pytest

from lab import http, wait
from lab.origin import Origin, answer, echo, fields, says, serve

EDGE = dict(origins=64, top="\tconnect timeout 2s\n\twait timeout 1s\n",
            sites="")

OK = b"HTTP/1.1 200 OK\r\n"
LENGTH = OK + b"Content-Length: 10\r\n\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def neat(a, *statuses):
    """Our own page: small, complete, light and dark, says when to retry."""
    assert a.status in statuses, a
    assert len(a.body) <= 2048 and b"<html" in a.body.lower(), a
    assert b"prefers-color-scheme" in a.body or b"color-scheme" in a.body
    assert a["content-type"].startswith("text/html"), a
    if a.status in (503, 504):
        assert int(a["retry-after"]) > 0
    for way_out in (b"127.0.0.1", b"errno", b"nginx"):
        assert way_out not in a.body


def hangs(c):
    c.head()
    c.hang()


def resets(c):
    c.head()
    c.reset()


BAD = {
    "accepts and closes at once": lambda c: None,
    "closes behind the request": lambda c: c.head(),
    "resets behind the request": resets,
    "half a status line": says(b"HTTP/1.1 20"),
    "half a head": says(OK + b"Content-Le"),
    "a head without its empty line": says(OK + b"Content-Length: 0\r\n"),
    "garbage": says(b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" * 20),
    "an SSH banner": says(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "a status of letters": says(b"HTTP/1.1 abc OK\r\n\r\n"),
    "a status of four digits": says(b"HTTP/1.1 2000 OK\r\n\r\n"),
    "a status of 99": says(b"HTTP/1.1 099 OK\r\n\r\n"),
    "HTTP/2.0": says(b"HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n"),
    "a head of 64 KB": says(OK + b"X-Large: " + b"x" * 65536
                            + b"\r\nContent-Length: 0\r\n\r\n"),
    "a head of 64 KB in many fields": says(
        OK + b"".join(b"X-%d: y\r\n" % n for n in range(8000)) + b"\r\n"),
}


@pytest.mark.parametrize("case", BAD)
def test_no_answer_worth_the_name(edge, case):
    """502, and the connection to it is closed."""
    o = edge.origin(BAD[case])
    since = edge.log.mark()
    with edge.to(o) as c:
        a = c.ask(http.request(host=o.name))
        neat(a, 502)
        o.script = serve
        if a["connection"] != "close":
            assert c.ask(http.request(host=o.name)).status == 200
    for conn in o.connections[:1]:
        assert conn.over.wait(20)
    assert edge.record(since, host=o.name)["status"] == 502


CUT = {
    "length, closed in the middle": says(LENGTH + b"12345"),
    "length, closed before the first byte": says(LENGTH),
    "length, reset in the middle":
        lambda c: (c.head(), c.send(LENGTH + b"12345"), c.reset()),
    "chunks without an end": says(CHUNKED + b"5\r\nhello\r\n"),
    "half a chunk": says(CHUNKED + b"5\r\nhel"),
    "half a size": says(CHUNKED + b"5\r\nhello\r\n1"),
    "no end of the trailers": says(CHUNKED + b"5\r\nhello\r\n0\r\n"),
    "a bad size after a good chunk":
        says(CHUNKED + b"5\r\nhello\r\nxyz\r\nabc\r\n0\r\n\r\n"),
    "a bad terminator": says(CHUNKED + b"5\r\nhelloXX0\r\n\r\n"),
}


@pytest.mark.parametrize("tls", [True, False], ids=["tls", "plain"])
@pytest.mark.parametrize("minor", [1, 0])
@pytest.mark.parametrize("case", CUT)
def test_a_cut_answer_does_not_look_whole(plain_edge, case, minor, tls):
    """No last chunk, fewer bytes than the length, no clean end of TLS."""
    e, o, name = plain_edge(tls)
    o.script = CUT[case]
    with e.client(tls, name=name) as c:
        c.send(f"GET / HTTP/1.{minor}\r\nHost: {name}\r\n\r\n".encode())
        try:
            a = c.answer()
        except http.Truncated:
            return
        if a.framing == "close" and a.status == 200:
            # All that HTTP/1.0 has: the stream was broken, not ended.
            assert c.broken, a
            return
        neat(a, 502)	# it was seen before anything had been sent


@pytest.fixture
def plain_edge(edge):
    """An origin by a site with a certificate, or by one without."""
    def choose(tls):
        if tls:
            o = edge.origin()
            return edge, o, o.name
        return edge, edge.plain_origin, "plain.example.org"
    return choose


def test_more_than_the_length(edge):
    """The surplus is nobody's answer."""
    o = edge.origin(says(OK + b"Content-Length: 2\r\n\r\nok"
                         + b"HTTP/1.1 299 Smuggled\r\n"
                         b"Content-Length: 0\r\n\r\n"))
    with edge.to(o) as c:
        assert c.ask(http.request(host=o.name)).body == b"ok"
        o.script = serve
        for _ in range(3):
            a = c.ask(http.request(host=o.name))
            assert (a.status, a.body) == (200, b"ok")
    assert o.connections[0].over.wait(20)


def test_two_answers_to_one_request(edge):
    """The second is not kept for the next client of that connection."""
    def script(c):
        c.head()
        c.send(answer(b"mine"), answer(b"somebody else's"))
        c.hang()

    o = edge.origin(script)
    for _ in range(6):
        a = edge.get(host=o.name)
        assert a.body == b"mine"
    assert len(o.connections) == 6, "none was used twice"


def test_an_answer_before_any_request(edge):
    """Said unasked on a kept connection: it is given up."""
    say_it = threading.Event()

    def script(c):
        c.head()
        c.send(answer(b"asked"))
        c.wait_for(say_it)
        c.send(answer(b"unasked"))
        c.hang()

    o = edge.origin(script)
    assert edge.get(host=o.name).body == b"asked"
    say_it.set()
    assert o.connections[0].over.wait(20), "it is closed"
    o.script = serve
    for _ in range(4):
        assert edge.get(host=o.name).body == b"ok"


def test_answers_before_the_request_is_whole(edge):
    """The client gets it; the connection is not used again."""
    o = edge.origin(lambda c: (c.head(), c.send(answer(
        b"too large", "413 Content Too Large")), c.hang()))
    with edge.to(o) as c:
        c.send(http.request("/", "POST", o.name, "Content-Length: 1000000"),
               b"x" * 1000)
        a = c.answer()
        assert (a.status, a.body) == (413, b"too large")
        c.try_send(b"x" * 100000)
    assert o.connections[0].over.wait(20)


def test_answers_early_and_closes(edge):
    """Its answer is not lost in the reset that our sending provokes."""
    o = edge.origin(says(answer(b"no", "403 Forbidden")))
    with edge.to(o) as c:
        c.send(http.request("/", "POST", o.name, "Content-Length: 5000000"))
        c.try_send(b"x" * 5000000)
        a = c.answer()
    assert a.status in (403, 502), a


def test_1xx_first(edge):
    """Many of them, then the answer."""
    o = edge.origin(says(b"HTTP/1.1 102 Processing\r\n\r\n" * 5,
                         b"HTTP/1.1 100 Continue\r\n\r\n", answer(b"yes")))
    with edge.to(o) as c:
        a = c.ask(http.request(host=o.name))
        while a.status // 100 == 1:
            a = c.answer()
        assert (a.status, a.body) == (200, b"yes")


def test_1xx_for_ever(edge):
    """It ends some day: by the deadline or by a limit."""
    def script(c):
        c.head()
        while True:
            c.send(b"HTTP/1.1 102 Processing\r\n\r\n" * 100)

    o = edge.origin(script)
    with edge.to(o) as c:
        c.send(f"GET / HTTP/1.0\r\nHost: {o.name}\r\n\r\n".encode())
        neat(c.answer(), 502, 504)


def test_http_1_0_upstream(edge):
    o = edge.origin(says(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n"
                         b"\r\nold but true"))
    with edge.to(o) as c:
        a = c.ask(http.request(host=o.name))
        assert (a.version, a.body) == ("HTTP/1.1", b"old but true")
        o.script = serve
        assert c.ask(http.request(host=o.name)).body == b"ok"


def test_chunks_in_an_http_1_0_answer(edge):
    """That is two readings: refused."""
    o = edge.origin(says(b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked"
                         b"\r\n\r\n" + http.chunked(b"abc")))
    a = edge.get(host=o.name)
    assert a.status == 502


def test_byte_by_byte(edge):
    data = CHUNKED + http.chunked(b"hello", b"world")
    o = edge.origin(says(*(data[n:n + 1] for n in range(len(data)))))
    assert edge.get(host=o.name).body == b"helloworld"


def test_a_head_as_large_as_is_allowed(edge):
    o = edge.origin(says(OK + b"X-Large: " + b"x" * 12000
                         + b"\r\nContent-Length: 2\r\n\r\nok"))
    a = edge.get(host=o.name)
    assert a.body == b"ok" and len(a["x-large"]) == 12000


# --- refused, dead, restarted ---

def test_refused(edge):
    """Nobody listens: after the wait, a page."""
    o = edge.origin()
    o.refuse()
    begin = time.monotonic()
    a = edge.get(host=o.name)
    took = time.monotonic() - begin
    neat(a, 502, 503)
    assert 0.9 <= took < 15, f"it waited {took:.1f} s, wait timeout is 1 s"


def test_a_restart_within_the_wait_is_not_noticed(make_edge):
    """The default is 3 s; it comes back meanwhile."""
    e = make_edge(origins=1).start()
    o = e.origin()
    assert e.get(host=o.name).status == 200
    o.refuse()
    o.hang_up()
    clients = [e.to(o) for _ in range(8)]
    for c in clients:
        c.send(http.request(host=o.name))
    threading.Timer(1.0, o.listen).start()
    for c in clients:
        assert c.answer().body == b"ok"
        c.close()


def test_nothing_is_said_at_first(make_edge):
    """answer timeout: 504, and the connection to it is closed."""
    o = Origin(hangs)
    e = make_edge(sites=f'''	site "slow.example.org" {{
		answer timeout 1s
		{o.forward()}
	}}
''').start()
    with e.client(tls=False) as c:
        a = c.ask(http.request(host="slow.example.org"))
    neat(a, 504)
    assert o.connections[0].over.wait(20)
    assert e.record(host="slow.example.org")["status"] == 504
    o.stop()


def test_an_idle_connection_that_died_is_retried(edge):
    """GET again on another connection; the client sees nothing."""
    o = edge.origin()
    for _ in range(4):
        assert edge.get(host=o.name).status == 200
    o.hang_up()
    for _ in range(4):
        assert edge.get(host=o.name).status == 200


def closes_on_second(c):
    """Keeps the connection, but falls at the second request on it."""
    c.request()
    c.send(answer())
    c.head()


def test_a_kept_connection_that_falls_is_retried_once(edge):
    """Repeatable: the request is sent again, and only once more."""
    o = edge.origin(closes_on_second)
    with edge.to(o) as c:
        for n in range(6):
            a = c.ask(http.request(f"/{n}", host=o.name))
            assert a.status == 200, a
    for n in range(6):
        assert 1 <= o.received().count(b"GET /%d " % n) <= 2


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_what_cannot_be_repeated_is_not(edge, method):
    """It may have been done already: 502, never a second time."""
    o = edge.origin(closes_on_second)
    with edge.to(o) as c:
        assert c.ask(http.request(host=o.name)).status == 200
        a = c.ask(http.request("/once", method, o.name, body=b"pay"))
        assert a.status in (200, 502)
    assert o.received().count(b"/once") == 1


def test_a_put_whose_body_is_gone_is_not_repeated(edge):
    """Idempotent, but we did not keep a large body."""
    def script(c):
        c.request()
        c.send(answer())
        c.head()
        c.read(400000)

    o = edge.origin(script)
    with edge.to(o) as c:
        assert c.ask(http.request(host=o.name)).status == 200
        c.try_send(http.request("/once", "PUT", o.name,
                                body=b"x" * 1000000))
        a = c.answer()
        assert a.status in (200, 502)
        if a.status == 200:
            whole = [conn for conn in o.connections
                     if b"x" * 1000000 in conn.received]
            assert whole, "a body was repeated in part"


def test_a_new_connection_that_falls_is_no_reason_to_repeat(edge):
    """Only a kept one may have been dead before; this one has read it."""
    o = edge.origin(lambda c: c.head())
    a = edge.get(host=o.name)
    assert a.status == 502
    assert o.heads() <= 2


# --- several servers ---

def site(name, *statements):
    return f'\tsite "{name}" {{\n' + "".join(
        f"\t\t{s}\n" for s in statements) + "\t}\n"


@pytest.fixture
def several(make_edge):
    """Origins, each of which says its number, behind one site."""
    made = []

    def make(n, backups=0, more="", top=""):
        for k in range(n + backups):
            made.append(Origin(
                lambda c, k=k: serve(c, answer(b"%d" % k))))
        e = make_edge(top=top, sites=site("s.example.org", more, *(
            o.forward() + (" backup" if k >= n else "")
            for k, o in enumerate(made))))
        e.start()

        def ask(method="GET"):
            with e.client(tls=False) as c:
                return c.ask(http.request("/", method, "s.example.org"))
        return e, made, ask

    yield make
    for o in made:
        o.stop()


def test_round_robin(several):
    _, origins, ask = several(3)
    said = {ask().body for _ in range(30)}
    assert said == {b"0", b"1", b"2"}


def test_one_of_several_refuses(several):
    """The others take its part; nobody waits, nobody notices."""
    _, origins, ask = several(3, top="\twait timeout 30s\n")
    origins[1].refuse()
    begin = time.monotonic()
    said = [ask() for _ in range(20)]
    assert {a.status for a in said} == {200}
    assert {a.body for a in said} == {b"0", b"2"}
    assert time.monotonic() - begin < 20


def test_backup(several):
    """Asked only while none of the others can be, and no longer."""
    _, (one, spare), ask = several(1, backups=1)
    assert {ask().body for _ in range(10)} == {b"0"}
    one.refuse()
    one.hang_up()
    assert {ask().body for _ in range(10)} == {b"1"}
    one.listen()
    wait.until("the first server to be asked again",
               lambda: ask().body == b"0", 30)


def test_error_page_of_the_site(several, lab_base):
    page = lab_base / "sorry.html"
    page.write_text("<html>back soon</html>")
    _, (one,), ask = several(1, more=f'error page "{page}"',
                             top="\twait timeout 1s\n")
    one.refuse()
    a = ask()
    assert a.status in (502, 503) and a.body == b"<html>back soon</html>"


@pytest.mark.jailed_too
def test_unix_socket(make_edge, edge_world, lab_base):
    """Connected by the parent for the jailed workers, kept, and shared."""
    path = lab_base / "up.sock"
    o = Origin(echo, path=path)
    e = make_edge(sites=site("u.example.org", o.forward())
                  + site("n.example.org",
                         f'forward to socket "{edge_world.nginx.socket}"'))
    e.start()
    with e.client(tls=False) as c:
        for n in range(5):
            a = c.ask(http.request("/", "POST", "u.example.org",
                                   body=b"b%d" % n))
            assert a.status == 200 and a.body.endswith(b"b%d" % n)
        a = c.ask(http.request("/10m", host="n.example.org"))
        assert len(a.body) == 10 << 20
    assert len(o.connections) == 1
    o.stop()


def test_unix_socket_that_is_gone(make_edge, lab_base):
    path = lab_base / "gone.sock"
    e = make_edge(top="\twait timeout 1s\n",
                  sites=site("u.example.org", f'forward to socket "{path}"'))
    e.start()
    with e.client(tls=False) as c:
        neat(c.ask(http.request(host="u.example.org")), 502, 503)
    o = Origin(path=path)
    with e.client(tls=False) as c:
        assert c.ask(http.request(host="u.example.org")).body == b"ok"
    o.stop()


@pytest.mark.jailed_too
def test_nginx_restarts_under_load(make_edge, edge_world, lab_base):
    """A real server stopped and started: no request is lost."""
    from lab.edge import Nginx
    nginx = Nginx(lab_base)
    e = make_edge(site=f"\t\t{nginx.forward()}\n").start()
    load = edge_world.load("-t", "-n", 4, "-d", 4, "-u", "/1k", "keep", e.tls)
    load.go()
    for _ in range(2):
        nginx.stop()
        nginx.start()
    said = load.figures()
    nginx.stop()
    assert said["errors"] == 0 and said["requests"] > 100, said


# --- the pool ---

def test_pool_age(make_edge):
    """Idle for too long: closed by us, before the server does it."""
    e = make_edge(origins=1, top="\tpool age 1s\n").start()
    o = e.origin()
    assert e.get(host=o.name).status == 200
    assert o.connections[0].over.wait(10)


def test_no_pool(make_edge):
    e = make_edge(origins=1, top="\tpool 0\n").start()
    o = e.origin()
    with e.to(o) as c:
        for _ in range(3):
            assert c.ask(http.request(host=o.name)).status == 200
    assert len(o.connections) == 3
    for conn in o.connections:
        assert conn.over.wait(10)


def test_the_head_of_the_request_is_ours(edge):
    """Nothing hop-by-hop reaches the server."""
    o = edge.origin()
    with edge.to(o) as c:
        c.ask(http.request("/", "GET", o.name, "Keep-Alive: timeout=9",
                           "TE: trailers", "Proxy: http://evil.example/",
                           "Proxy-Connection: keep-alive", "X-Drop: 1",
                           "Connection: keep-alive, X-Drop"))
    values = fields(o.received())
    for name in ("keep-alive", "proxy", "proxy-connection", "x-drop"):
        assert name not in values, values
