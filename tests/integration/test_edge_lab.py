# SPDX-License-Identifier: ISC
"""The tools of the front's tests, tried on one another."""

import ssl

import pytest

from lab import certs, http, origin, websocket


@pytest.fixture
def made():
    """Makes origins that end with the test."""
    all_of_them = []

    def make(script=origin.serve, **more):
        all_of_them.append(origin.Origin(script, **more))
        return all_of_them[-1]

    yield make
    for o in all_of_them:
        o.stop()
    assert not [error for o in all_of_them for error in o.errors]


def test_bytes_as_given(made):
    """What the origin gets and says is byte for byte what was meant."""
    o = made(origin.says(b"HTTP/1.1 299 Odd\r\n", b"A: b\r\n\r\nrest"))
    with http.Client(o.port) as c:
        c.send(b"GET /x HTTP/1.1\r\n", b"\r\n")
        head = c.head()
        assert (head.status, head["a"]) == (299, "b")
        assert c.rest() == b"rest"
    assert o.received() == b"GET /x HTTP/1.1\r\n\r\n"


@pytest.mark.parametrize("said", [
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
    b"HTTP/1.1 200 OK\r\nContent-"],
    ids=["length", "no last chunk", "no end of trailers", "half a head"])
def test_half_answers_are_seen(made, said):
    o = made(origin.says(said))
    with http.Client(o.port) as c:
        with pytest.raises(http.Truncated):
            c.ask(http.request())


def test_chunks(made):
    def script(c):
        head, body = c.request()
        assert body == b"one two"
        c.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
               + http.chunked(b"abc", b"def", trailers=b"T: v\r\n"))

    o = made(script)
    with http.Client(o.port) as c:
        a = c.ask(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + http.chunked(b"one ", b"two"))
    assert (a.body, a.trailers, a.chunks) == (b"abcdef", b"T: v\r\n", 2)


def test_unix_socket(made, lab_base):
    o = made(path=lab_base / "lab-origin.sock")
    assert o.forward() == f'forward to socket "{o.path}"'


def test_websocket_echo(made):
    o = made(websocket.echo)
    with http.Client(o.port) as c:
        ws = websocket.Socket(c)
        ws.say(b"hello")
        ws.say(b"x" * 300)
        ws.close()


def test_refusing_and_coming_back(made):
    o = made()
    o.refuse()
    with pytest.raises(ConnectionRefusedError):
        http.Client(o.port)
    o.listen()
    with http.Client(o.port) as c:
        assert c.ask(http.request()).body == b"ok"


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_certificates_are_believed(lab_base, kind):
    """A handshake in memory, with our chain and our root."""
    folder = lab_base / f"ca-{kind}"
    authority = certs.Authority(folder)
    pair = authority.pair("*.example.org", kind=kind)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pair.chain_path, pair.key_path)
    pipes = [ssl.MemoryBIO(), ssl.MemoryBIO()]
    one = server.wrap_bio(pipes[0], pipes[1], server_side=True)
    two = authority.context().wrap_bio(pipes[1], pipes[0],
                                       server_hostname="www.example.org")
    done = set()
    while len(done) < 2:
        for side in (two, one):
            try:
                side.do_handshake()
                done.add(side)
            except ssl.SSLWantReadError:
                pass
    assert ("DNS", "*.example.org") in two.getpeercert()["subjectAltName"]


def test_load_against_nginx(edge_world):
    """The load generator counts what it asked for."""
    load = edge_world.load("-n", 4, "-c", 100, "-u", "/1k", "keep",
                           edge_world.nginx.port)
    said = load.go().figures()
    assert said["requests"] == 100 and said["errors"] == 0
    assert said["bytes"] == 100 * 1024
