# SPDX-License-Identifier: ISC
"""HTTP/1.1 as it should be: framing, persistence, versions, upgrades."""

import threading

import pytest

from lab import http, websocket
from lab.origin import answer, echo, fields, says

EDGE = dict(origins=48)


def test_keep_alive(edge):
    """One client connection, one upstream connection, many requests."""
    o = edge.origin()
    with edge.to(o) as c:
        for n in range(20):
            a = c.ask(http.request(f"/{n}", host=o.name))
            assert (a.status, a.body) == (200, b"ok")
            assert a["connection"] in (None, "keep-alive")
    assert len(o.connections) == 1 and o.heads() == 20


def test_upstream_connections_are_shared_by_clients(edge):
    """Clients of one worker after another need one upstream connection."""
    o = edge.origin()
    for n in range(10):
        with edge.to(o) as c:
            assert c.ask(http.request(host=o.name)).status == 200
    assert len(o.connections) <= len(edge.workers())


def test_close_is_obeyed(edge):
    o = edge.origin()
    with edge.to(o) as c:
        a = c.ask(http.request("/", "GET", o.name, "Connection: close"))
        assert a["connection"] == "close" and a.body == b"ok"
        assert c.at_end()
    assert "connection" not in fields(o.received()) or \
        fields(o.received())["connection"] != "close"


@pytest.mark.parametrize("pieces", [1, 2, 20], ids=str)
def test_pipelining(edge, pieces):
    """Answers come in the order of the requests."""
    def script(c):
        while True:
            head = c.head()
            c.send(answer(head.split(b" ")[1]))

    o = edge.origin(script)
    data = b"".join(http.request(f"/{n}", host=o.name) for n in range(30))
    with edge.to(o) as c:
        step = len(data) // pieces + 1
        c.send(*(data[n:n + step] for n in range(0, len(data), step)))
        for n in range(30):
            assert c.answer().body == b"/%d" % n
    assert o.heads() == 30


def test_pipelined_requests_with_bodies(edge):
    o = edge.origin(echo)
    with edge.to(o) as c:
        c.send(http.request("/1", "POST", o.name, body=b"first")
               + http.request("/2", "POST", o.name,
                              "Transfer-Encoding: chunked")
               + http.chunked(b"sec", b"ond")
               + http.request("/3", "GET", o.name))
        assert c.answer().body.endswith(b"\r\n\r\nfirst")
        assert c.answer().body.endswith(b"\r\n\r\nsecond")
        assert c.answer().body.endswith(b"\r\n\r\n")


def test_a_refused_request_ends_the_pipeline(edge):
    """What follows a bad request is not looked at."""
    o = edge.origin()
    with edge.to(o) as c:
        c.send(http.request("/1", "GET", o.name)
               + b"GET /2 HTTP/1.1\r\nHost : x\r\n\r\n"
               + http.request("/3", "GET", o.name))
        assert c.answer().status == 200
        assert c.answer().status == 400
        assert c.at_end()
    assert o.heads() == 1


@pytest.mark.parametrize("size", [0, 1, 5, 16384, 100000, 3000000], ids=str)
def test_body_with_a_length(edge, size):
    o = edge.origin(echo)
    body = bytes(n % 251 for n in range(1000)) * (size // 1000 + 1)
    body = body[:size]
    with edge.to(o) as c:
        a = c.ask(http.request("/", "PUT", o.name, body=body))
    head, _, got = a.body.partition(b"\r\n\r\n")
    assert got == body
    assert fields(head).get("content-length", "0") == str(size)


def test_chunked_request(edge):
    o = edge.origin(echo)
    with edge.to(o) as c:
        c.send(http.request("/", "POST", o.name,
                            "Transfer-Encoding: chunked"))
        for n in range(100):
            c.send(b"%x\r\n%s\r\n" % (n + 1, b"x" * (n + 1)))
        c.send(b"0\r\n\r\n")
        a = c.answer()
    head, _, got = a.body.partition(b"\r\n\r\n")
    assert got == b"x" * 5050
    assert fields(head)["transfer-encoding"] == "chunked"
    assert "content-length" not in fields(head)


def test_chunked_request_passes_before_it_is_whole(edge):
    """A body is not gathered first."""
    o = edge.origin()
    with edge.to(o) as c:
        c.send(http.request("/", "POST", o.name,
                            "Transfer-Encoding: chunked"), b"5\r\nfirst\r\n")
        o.wait_received(b"first")
        c.send(b"0\r\n\r\n")
        assert c.answer().status == 200


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def test_chunked_answer(edge):
    o = edge.origin(says(CHUNKED, *(b"%x\r\n%s\r\n" % (n, b"y" * n)
                                    for n in range(1, 200)), b"0\r\n\r\n"))
    with edge.to(o) as c:
        a = c.ask(http.request(host=o.name))
        assert a.framing == "chunked" and a.body == b"y" * 19900


def test_chunked_answer_passes_before_it_is_whole(edge):
    go_on = threading.Event()

    def script(c):
        c.head()
        c.send(CHUNKED + b"5\r\nfirst\r\n")
        c.wait_for(go_on)
        c.send(b"6\r\nsecond\r\n0\r\n\r\n")

    o = edge.origin(script)
    with edge.to(o) as c:
        c.send(http.request(host=o.name))
        c.head()
        assert b"first" in c.until(b"first")
        go_on.set()
        assert b"second" in c.until(b"0\r\n\r\n")


def test_trailers_of_an_answer(edge):
    """They come through or are dropped; the framing is right either way."""
    o = edge.origin(says(CHUNKED + http.chunked(
        b"abc", trailers=b"X-Sum: 900150983cd24fb0\r\n")))
    with edge.to(o) as c:
        a = c.ask(http.request("/", "GET", o.name, "TE: trailers"))
        assert a.body == b"abc"
        assert a.trailers in (b"", b"X-Sum: 900150983cd24fb0\r\n")
        assert c.ask(http.request(host=o.name)).status == 200


def test_trailers_of_a_request(edge):
    o = edge.origin(echo)
    with edge.to(o) as c:
        a = c.ask(http.request("/", "POST", o.name,
                               "Transfer-Encoding: chunked", "Trailer: X-Sum")
                  + http.chunked(b"abc", trailers=b"X-Sum: 1\r\n"))
        assert a.body.endswith(b"\r\n\r\nabc")
        assert c.ask(http.request(host=o.name)).status == 200


def test_an_answer_until_the_end_of_the_stream(edge):
    """For an HTTP/1.1 client it becomes chunks, so that its end is known."""
    o = edge.origin(says(b"HTTP/1.1 200 OK\r\n\r\n", b"all ", b"of it"))
    with edge.to(o) as c:
        a = c.ask(http.request(host=o.name))
        assert a.body == b"all of it"
        assert a.framing == "chunked"
        assert c.ask(http.request(host=o.name)).status == 200


def test_continue_is_answered(edge):
    """The body is sent after 100 only, and arrives."""
    o = edge.origin(echo)
    with edge.to(o) as c:
        c.send(http.request("/", "POST", o.name, "Expect: 100-continue",
                            "Content-Length: 5"))
        assert c.answer().status == 100
        c.send(b"hello")
        a = c.answer()
    assert a.status == 200 and a.body.endswith(b"\r\n\r\nhello")


def test_continue_needs_no_waiting(edge):
    """A client that sends the body without waiting is served as well."""
    o = edge.origin(echo)
    with edge.to(o) as c:
        c.send(http.request("/", "POST", o.name, "Expect: 100-continue",
                            body=b"hello"))
        a = c.answer()
        if a.status == 100:
            a = c.answer()
        assert a.status == 200 and a.body.endswith(b"\r\n\r\nhello")
        assert c.ask(http.request(host=o.name)).status == 200


def test_continue_in_http_1_0_is_no_matter(edge):
    o = edge.origin(echo)
    with edge.to(o) as c:
        a = c.ask(f"POST / HTTP/1.0\r\nHost: {o.name}\r\n"
                  "Expect: 100-continue\r\nContent-Length: 2\r\n\r\nab"
                  .encode())
    assert a.status == 200


def test_an_unknown_expectation(edge):
    """Ignored, or 417 (RFC 9110, 10.1.1)."""
    o = edge.origin()
    with edge.to(o) as c:
        a = c.ask(http.request("/", "GET", o.name, "Expect: the-best"))
    assert a.status in (200, 400, 417)


def test_head(edge):
    """The length is told, no body follows, the connection goes on."""
    def script(c):
        while True:
            head = c.head()
            data = answer(b"x" * 5000)
            c.send(data[:-5000] if head.startswith(b"HEAD") else data)

    o = edge.origin(script)
    with edge.to(o) as c:
        for _ in range(3):
            a = c.ask(http.request("/", "HEAD", o.name))
            assert a.status == 200 and a["content-length"] == "5000"
        assert len(c.ask(http.request("/", "GET", o.name)).body) == 5000
    assert o.heads() == 4


def test_head_with_a_body_from_upstream(edge):
    """A body that must not be there reaches nobody as an answer."""
    o = edge.origin(says(answer(b"HTTP/1.1 299 Smuggled\r\n\r\n")))
    with edge.to(o) as c:
        a = c.ask(http.request("/", "HEAD", o.name))
        assert a.status in (200, 502)
        if a["connection"] != "close":
            o.script = says(answer())
            assert c.ask(http.request(host=o.name)).status != 299


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
def test_answers_without_a_body(edge, status):
    o = edge.origin(lambda c: [
        (c.head(), c.send(f"HTTP/1.1 {status}\r\nETag: \"a\"\r\n\r\n"
                          .encode())) for _ in range(2)])
    with edge.to(o) as c:
        for _ in range(2):
            a = c.ask(http.request(host=o.name))
            assert a.status == int(status[:3]) and a["etag"] == '"a"'
            assert a["transfer-encoding"] is None
            assert status[0] == "3" or a["content-length"] is None


def test_304_may_tell_a_length(edge):
    o = edge.origin(lambda c: [(c.head(), c.send(
        b"HTTP/1.1 304 Not Modified\r\nContent-Length: 77\r\n\r\n"))
        for _ in range(2)])
    with edge.to(o) as c:
        for _ in range(2):
            assert c.ask(http.request(host=o.name)).status == 304


def test_early_hints(edge):
    """A 1xx goes to an HTTP/1.1 client or nowhere; the answer follows."""
    o = edge.origin(says(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
                         answer(b"late")))
    with edge.to(o) as c:
        a = c.ask(http.request(host=o.name))
        if a.status == 103:
            a = c.answer()
        assert (a.status, a.body) == (200, b"late")


def test_http_1_0(edge):
    """Served, closed, and never with chunks."""
    o = edge.origin(says(CHUNKED + http.chunked(b"abc", b"def")))
    with edge.to(o) as c:
        c.send(f"GET / HTTP/1.0\r\nHost: {o.name}\r\n\r\n".encode())
        a = c.answer()
        assert a.framing == "close" and a.body == b"abcdef"
        assert a["transfer-encoding"] is None
    assert o.received().startswith(b"GET / HTTP/1.1\r\n")


def test_http_1_0_keep_alive(edge):
    """If we say that we keep it, we do."""
    o = edge.origin()
    with edge.to(o) as c:
        data = (f"GET / HTTP/1.0\r\nHost: {o.name}\r\n"
                "Connection: keep-alive\r\n\r\n").encode()
        a = c.ask(data)
        assert a.body == b"ok"
        if (a["connection"] or "close").lower() == "keep-alive":
            assert c.ask(data).body == b"ok"
        else:
            assert c.at_end()


def test_http_1_0_without_a_host(edge):
    """There is no default site here: refused, not guessed."""
    with edge.client() as c:
        c.send(b"GET / HTTP/1.0\r\n\r\n")
        assert c.answer().status in (400, 404, 421)
        assert c.at_end()


def test_an_empty_line_before_the_request(edge):
    """RFC 9112, 2.2: some clients send one behind a body."""
    with edge.client() as c:
        for _ in range(2):
            a = c.ask(b"\r\n" + http.request("/hello.txt"), "GET")
            assert a.body == b"hello\n"


def test_options_asterisk(edge):
    o = edge.origin()
    with edge.to(o) as c:
        a = c.ask(http.request("*", "OPTIONS", o.name))
    assert a.status in (200, 404)
    if a.status == 200:
        assert o.received().startswith(b"OPTIONS * HTTP/1.1\r\n")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH",
                                    "PROPFIND", "M-SEARCH"])
def test_methods_pass(edge, method):
    o = edge.origin()
    with edge.to(o) as c:
        assert c.ask(http.request("/", method, o.name)).status == 200
    assert o.received().startswith(method.encode() + b" / HTTP/1.1\r\n")


def test_websocket(edge):
    o = edge.origin(websocket.echo)
    with edge.to(o) as c:
        ws = websocket.Socket(c, host=o.name)
        for n in (1, 125, 126, 60000):
            ws.say(b"x" * n)
        ws.close()
        assert c.at_end()
    assert o.connections[0].over.wait(20)
    head = o.received().split(b"\r\n\r\n")[0]
    assert fields(head)["upgrade"].lower() == "websocket"
    assert fields(head)["connection"].lower() == "upgrade"


def test_websocket_without_tls(make_edge, edge_world):
    """By a site that has no certificate."""
    from lab.origin import Origin
    o = Origin(websocket.echo)
    e = make_edge(sites=f'\tsite "plain.example.org" {{ {o.forward()} }}\n')
    e.start()
    with e.client(tls=False) as c:
        ws = websocket.Socket(c, host="plain.example.org")
        ws.say(b"hello")
        ws.close()
    o.stop()


def test_upgrade_that_is_declined(edge):
    """An answer that is no 101 is an answer like any other."""
    o = edge.origin(says(answer(b"no", "426 Upgrade Required")))
    with edge.to(o) as c:
        a = c.ask(websocket.handshake("/", o.name, websocket.new_key()))
        assert (a.status, a.body) == (426, b"no")
        assert c.ask(http.request(host=o.name)).status in (200, 426)


def test_101_that_nobody_asked_for(edge):
    """Switching to what was not asked for is a bad answer."""
    o = edge.origin(says(b"HTTP/1.1 101 Switching Protocols\r\n"
                         b"Upgrade: x\r\nConnection: upgrade\r\n\r\n"
                         b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
    assert edge.get(host=o.name).status == 502


def test_bytes_behind_an_upgrade_pass(edge):
    """What the client sends with the handshake is for the tunnel."""
    o = edge.origin(websocket.echo)
    with edge.to(o) as c:
        c.send(websocket.handshake("/", o.name, websocket.new_key())
               + websocket.frame(b"early", mask=True))
        assert c.answer().status == 101
        assert websocket.read_frame(c) == (websocket.TEXT, b"early")


def test_two_clients_at_once(edge):
    """One that waits does not hold up another."""
    go_on = threading.Event()

    def script(c):
        while True:
            head = c.head()
            if b"GET /slow" in head:
                c.wait_for(go_on)
            c.send(answer())

    o = edge.origin(script)
    with edge.to(o) as slow, edge.to(o) as quick:
        slow.send(http.request("/slow", host=o.name))
        o.wait_received(b"/slow")
        for _ in range(5):
            assert quick.ask(http.request("/", host=o.name)).status == 200
        go_on.set()
        assert slow.answer().status == 200


@pytest.mark.jailed_too
def test_nginx_behind_it(edge):
    """Real files, large and small, over one connection."""
    with edge.client() as c:
        for target, size in (("/hello.txt", 6), ("/1k", 1024),
                             ("/10m", 10 << 20), ("/1k", 1024)):
            a = c.ask(http.request(target))
            assert (a.status, len(a.body)) == (200, size)
        assert c.ask(http.request("/nothing")).status == 404
        a = c.ask(http.request("/10m", "GET", http.SITE,
                               "Range: bytes=5-9"))
        assert a.status == 206 and len(a.body) == 5
