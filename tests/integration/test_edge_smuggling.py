# SPDX-License-Identifier: ISC
"""Requests that two readers could understand differently.

Each is answered by us with one clear status, the connection is closed, what
was smuggled behind it is never answered, and not one byte of any of it has
reached the origin, which keeps all that it gets.
"""

import pytest

from lab import http
from lab.origin import fields

EDGE = dict(origins=32)

# @HOST@ is the name of the origin's site.
NEXT = b"GET /smuggled HTTP/1.1\r\nHost: @HOST@\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: @HOST@\r\n"
GET = b"GET / HTTP/1.1\r\nHost: @HOST@\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"

HEADS = {
    # two lengths, or a length and something else
    "two lengths that differ":
        POST + b"Content-Length: 0\r\nContent-Length: 43\r\n\r\n",
    "two lengths, the same":
        POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\nab",
    "a list of lengths": POST + b"Content-Length: 2, 2\r\n\r\nab",
    "a length and chunks":
        POST + b"Content-Length: 4\r\n" + CHUNKED + b"\r\n0\r\n\r\n",
    "chunks and a length":
        POST + CHUNKED + b"Content-Length: 4\r\n\r\n0\r\n\r\n",
    "a length with a sign": POST + b"Content-Length: +2\r\n\r\nab",
    "a negative length": POST + b"Content-Length: -2\r\n\r\nab",
    "a length in hex": POST + b"Content-Length: 0x2\r\n\r\nab",
    "a length of nothing": POST + b"Content-Length:\r\n\r\n",
    "a length with a space": POST + b"Content-Length: 1 2\r\n\r\nab",
    "a length that overflows":
        POST + b"Content-Length: 18446744073709551618\r\n\r\nab",
    # Transfer-Encoding that some take for chunked and some do not
    "chunked, identity":
        POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "identity": POST + b"Transfer-Encoding: identity\r\n\r\n",
    "xchunked": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "gzip, chunked":
        POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "chunked with a comma":
        POST + b"Transfer-Encoding: chunked,\r\n\r\n0\r\n\r\n",
    "chunked in quotes":
        POST + b'Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n',
    "a vertical tab before chunked":
        POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "a vertical tab behind chunked":
        POST + b"Transfer-Encoding: chunked\x0b\r\n\r\n0\r\n\r\n",
    "a vertical tab in the name":
        POST + b"Transfer-Encoding\x0b: chunked\r\n\r\n0\r\n\r\n",
    "chunked twice": POST + CHUNKED + CHUNKED + b"\r\n0\r\n\r\n",
    "chunks in HTTP/1.0":
        b"POST / HTTP/1.0\r\nHost: @HOST@\r\n" + CHUNKED + b"\r\n0\r\n\r\n",
    # lines
    "obs-fold": POST + b"X: a\r\n b\r\nContent-Length: 0\r\n\r\n",
    "obs-fold of the length": POST + b"Content-Length:\r\n 0\r\n\r\n",
    "obs-fold in the first field":
        b"GET / HTTP/1.1\r\n Host: @HOST@\r\n\r\n",
    "a bare CR in a value": GET + b"X: a\rContent-Length: 5\r\n\r\n",
    "a bare CR as a line's end": GET + b"X: a\rY: b\r\n\r\n",
    "a bare LF as a line's end": GET + b"X: a\nY: b\r\n\r\n",
    "a bare LF behind the request line":
        b"GET / HTTP/1.1\nHost: @HOST@\r\n\r\n",
    "bare LFs only": b"GET / HTTP/1.1\nHost: @HOST@\n\n",
    "a bare LF as the end": GET + b"\n",
    "NUL in a value": GET + b"X: a\0b\r\n\r\n",
    "NUL in a name": GET + b"X\0Y: a\r\n\r\n",
    "NUL in the target": b"GET /\0 HTTP/1.1\r\nHost: @HOST@\r\n\r\n",
    "DEL in a value": GET + b"X: a\x7fb\r\n\r\n",
    "a space before the colon": POST + b"Content-Length : 0\r\n\r\n",
    "a tab before the colon": POST + b"Content-Length\t: 0\r\n\r\n",
    "a space before the name": GET + b"A: b\r\n X: y\r\n\r\n",
    "an empty name": GET + b": empty\r\n\r\n",
    "no colon": GET + b"Content-Length 0\r\n\r\n",
    "a name with a bracket": GET + b"X(Y): z\r\n\r\n",
    "a name beyond ASCII": GET + b"X\xe9: z\r\n\r\n",
    # the request line
    "two spaces before the target":
        b"GET  / HTTP/1.1\r\nHost: @HOST@\r\n\r\n",
    "a tab before the target":
        b"GET\t/ HTTP/1.1\r\nHost: @HOST@\r\n\r\n",
    "a space in the target":
        b"GET /a b HTTP/1.1\r\nHost: @HOST@\r\n\r\n",
    "no version": b"GET /\r\nHost: @HOST@\r\n\r\n",
    "HTTP/0.9": b"GET / HTTP/0.9\r\nHost: @HOST@\r\n\r\n",
    "HTTP/1.2, which there is not":
        b"GET / HTTP/1.2\r\nHost: @HOST@\r\n\r\n",
    "HTTP/2.0 in letters": b"GET / HTTP/2.0\r\nHost: @HOST@\r\n\r\n",
    "http/1.1 in small letters":
        b"GET / http/1.1\r\nHost: @HOST@\r\n\r\n",
    "HTTP/1.1 and more": b"GET / HTTP/1.10\r\nHost: @HOST@\r\n\r\n",
    "a method that is none": b"GE(T / HTTP/1.1\r\nHost: @HOST@\r\n\r\n",
    "a fragment in the target":
        b"GET /a#b HTTP/1.1\r\nHost: @HOST@\r\n\r\n",
    # who is meant
    "two Hosts that differ":
        GET + b"Host: www.example.org\r\n\r\n",
    "two Hosts, the same": GET + b"Host: @HOST@\r\n\r\n",
    "no Host": b"GET / HTTP/1.1\r\nX: y\r\n\r\n",
    "an empty Host": b"GET / HTTP/1.1\r\nHost:\r\n\r\n",
    "Host with userinfo":
        b"GET / HTTP/1.1\r\nHost: user@@HOST@\r\n\r\n",
    "Host with a path": b"GET / HTTP/1.1\r\nHost: @HOST@/x\r\n\r\n",
    "Host with a space": b"GET / HTTP/1.1\r\nHost: @HOST@ x\r\n\r\n",
    "Host with a comma":
        b"GET / HTTP/1.1\r\nHost: @HOST@,www.example.org\r\n\r\n",
    "Host with a port of letters":
        b"GET / HTTP/1.1\r\nHost: @HOST@:https\r\n\r\n",
    "Host with a port too large":
        b"GET / HTTP/1.1\r\nHost: @HOST@:65536\r\n\r\n",
    "absolute-form that differs from Host":
        b"GET http://www.example.org/ HTTP/1.1\r\nHost: @HOST@\r\n\r\n",
    "absolute-form with userinfo":
        b"GET http://u@@HOST@/ HTTP/1.1\r\nHost: @HOST@\r\n\r\n",
    "absolute-form of another scheme":
        b"GET ftp://@HOST@/ HTTP/1.1\r\nHost: @HOST@\r\n\r\n",
    "authority-form in a GET":
        b"GET @HOST@:443 HTTP/1.1\r\nHost: @HOST@\r\n\r\n",
    "a target without a slash":
        b"GET index.html HTTP/1.1\r\nHost: @HOST@\r\n\r\n",
    "an asterisk in a GET": b"GET * HTTP/1.1\r\nHost: @HOST@\r\n\r\n",
    # what OpenBSD's httpd would take for the next request
    "a GET with a body":
        GET + b"Content-Length: 43\r\n\r\n",
    "a HEAD with a body":
        b"HEAD / HTTP/1.1\r\nHost: @HOST@\r\nContent-Length: 43\r\n\r\n",
    "a GET with chunks": GET + CHUNKED + b"\r\n0\r\n\r\n",
    "a HEAD with chunks":
        b"HEAD / HTTP/1.1\r\nHost: @HOST@\r\n" + CHUNKED + b"\r\n0\r\n\r\n",
}
# Which of 400, 414, 431, 501, 505 is a matter of taste; here it is not.
OTHER = {
    "xchunked": (400, 501), "identity": (400, 501),
    "gzip, chunked": (400, 501), "chunked, identity": (400, 501),
    "HTTP/0.9": (400, 505), "HTTP/2.0 in letters": (400, 505),
    "HTTP/1.2, which there is not": (400, 505),
    "a length that overflows": (400, 413),
    "absolute-form that differs from Host": (400,),
}

BODIES = {
    "a size with a plus": b"+2\r\nab\r\n0\r\n\r\n",
    "a size with a minus": b"-2\r\nab\r\n0\r\n\r\n",
    "a size with 0x": b"0x2\r\nab\r\n0\r\n\r\n",
    "a size of letters": b"zz\r\nab\r\n0\r\n\r\n",
    "no size": b"\r\nab\r\n0\r\n\r\n",
    "a space before the size": b" 2\r\nab\r\n0\r\n\r\n",
    "a size that overflows 64 bits":
        b"10000000000000002\r\nab\r\n0\r\n\r\n",
    "a size of sixteen digits that is huge":
        b"ffffffffffffffff\r\nab\r\n0\r\n\r\n",
    "endless zeros": b"0" * 5000 + b"2\r\nab\r\n0\r\n\r\n",
    "an extension of 64 KB":
        b"2;" + b"x" * 65536 + b"\r\nab\r\n0\r\n\r\n",
    "a bare LF behind the size": b"2\nab\r\n0\r\n\r\n",
    "a bare CR behind the size": b"2\rab\r\n0\r\n\r\n",
    "a bare LF in an extension": b"2;a\nb\r\nab\r\n0\r\n\r\n",
    "NUL in an extension": b"2;a\0b\r\nab\r\n0\r\n\r\n",
    "a bad terminator": b"2\r\nabXX0\r\n\r\n",
    "a terminator of LF": b"2\r\nab\n0\r\n\r\n",
    "no terminator": b"2\r\nab0\r\n\r\n",
    "more data than the size": b"2\r\nabc\r\n0\r\n\r\n",
    "a trailer that smuggles Content-Length":
        b"0\r\nContent-Length: 43\r\n\r\n",
    "a trailer that smuggles Transfer-Encoding":
        b"0\r\nTransfer-Encoding: chunked\r\n\r\n",
    "a trailer that smuggles Host": b"0\r\nHost: evil.example\r\n\r\n",
    "a trailer with a bare LF": b"0\r\nX: a\nY: b\r\n\r\n",
    "a trailer with a bare CR": b"0\r\nX: a\rY: b\r\n\r\n",
    "a trailer without a colon": b"0\r\nX\r\n\r\n",
    "a trailer that is folded": b"0\r\nX: a\r\n b\r\n\r\n",
    "a trailer with a space before the colon": b"0\r\nX : a\r\n\r\n",
}


@pytest.fixture
def quiet(edge):
    """One origin for all that must not reach it."""
    if not hasattr(edge, "quiet"):
        edge.quiet = edge.origin()
    return edge.quiet


def as_sent(data, origin):
    return data.replace(b"@HOST@", origin.name.encode())


@pytest.mark.parametrize("case", HEADS)
def test_head(edge, quiet, case):
    before = quiet.received()
    since = edge.log.mark()
    with edge.to(quiet) as c:
        c.try_send(as_sent(HEADS[case] + NEXT, quiet))
        a = c.answer("HEAD" if HEADS[case].startswith(b"HEAD") else "GET")
        assert a.status in OTHER.get(case, (400,)), a
        assert a["connection"] == "close"
        if "HEAD" not in case:
            assert c.rest() == b"", "something was said behind the refusal"
    assert edge.record(since)["status"] == a.status
    assert quiet.received() == before, "bytes reached the origin"


@pytest.mark.parametrize("case", [
    c for c in HEADS if "lengths" in c or "chunk" in c or "LF" in c])
def test_head_without_tls(edge, quiet, case):
    """The same by a port without TLS, in one byte after another."""
    before = quiet.received()
    data = as_sent(HEADS[case] + NEXT, quiet)
    with edge.to(quiet, tls=False) as c:
        c.try_send(*(data[n:n + 1] for n in range(len(data))))
        a = c.answer("HEAD" if HEADS[case].startswith(b"HEAD") else "GET")
        assert a.status in OTHER.get(case, (400,)), a
    assert quiet.received() == before


@pytest.mark.parametrize("case", BODIES)
def test_chunks(edge, quiet, case):
    """A head that was good may be under way already; a whole request must
    never arrive, and what follows must not either."""
    quiet.connections.clear()
    with edge.to(quiet) as c:
        c.try_send(as_sent(POST + CHUNKED + b"\r\n" + BODIES[case] + NEXT,
                           quiet))
        a = c.answer()
        assert a.status in (400, 413), a
        assert a["connection"] == "close"
        assert c.rest() == b""
    for conn in quiet.connections:
        assert conn.over.wait(20), "its connection is not to be used again"
    got = quiet.received()
    assert b"smuggled" not in got
    assert b"0\r\n\r\n" not in got, "the origin was told that it was whole"


def test_tabs_around_chunked_are_white_space(edge):
    """OWS may be a tab (RFC 9110, 5.6.3); the origin gets it without."""
    o = edge.origin()
    with edge.to(o) as c:
        a = c.ask(as_sent(POST + b"Transfer-Encoding:\tchunked\t\r\n\r\n"
                          + http.chunked(b"abc"), o))
    assert a.status in (200, 400), a
    if a.status == 200:
        head = o.connections[0].received.split(b"\r\n\r\n")[0]
        assert fields(head)["transfer-encoding"] == "chunked"
        assert b"\t" not in head


def test_an_extension_is_not_passed_on(edge):
    """A small one is legal, and nobody's business behind us."""
    o = edge.origin()
    with edge.to(o) as c:
        a = c.ask(as_sent(POST + CHUNKED
                          + b"\r\n3;name=value\r\nabc\r\n0\r\n\r\n", o))
    assert a.status == 200
    assert b"name=value" not in o.received()


def test_a_length_of_nothing_is_no_body(edge):
    """Content-Length: 0 in a GET is what some clients send."""
    o = edge.origin()
    with edge.to(o) as c:
        for _ in range(2):
            a = c.ask(as_sent(GET + b"Content-Length: 0\r\n\r\n", o))
            assert (a.status, a.body) == (200, b"ok")
    assert o.heads() == 2


def test_what_comes_out_is_written_anew(edge):
    """Odd spacing and case of what was legal are gone at the origin."""
    o = edge.origin()
    with edge.to(o) as c:
        a = c.ask(as_sent(
            b"GET /A%2f?b=c HTTP/1.1\r\nhOST: @HOST@\r\n"
            b"x-a:  b  \r\nX-Empty:\r\nX-C:\td e\t\r\n\r\n", o))
    assert a.status == 200
    head = o.received()
    assert head.startswith(b"GET /A%2f?b=c HTTP/1.1\r\n")
    assert fields(head)["host"] == o.name
    assert b"  b" not in head and b"b  " not in head and b"\t" not in head
    for line in head.split(b"\r\n"):
        assert b"\r" not in line and b"\n" not in line


def test_absolute_form_becomes_origin_form(edge):
    o = edge.origin()
    with edge.to(o) as c:
        a = c.ask(as_sent(b"GET https://@HOST@/x?y HTTP/1.1\r\n"
                          b"Host: @HOST@\r\n\r\n", o))
    assert a.status == 200
    assert o.received().startswith(b"GET /x?y HTTP/1.1\r\n")
    assert fields(o.received())["host"] == o.name


def test_connect_is_refused(edge, quiet):
    before = quiet.received()
    with edge.to(quiet) as c:
        c.try_send(as_sent(b"CONNECT @HOST@:443 HTTP/1.1\r\n"
                           b"Host: @HOST@:443\r\n\r\n", quiet))
        assert c.answer().status in (400, 405, 501)
    assert quiet.received() == before


@pytest.mark.parametrize("said", [
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
    b"HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked"
    b"\r\n\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\nContent-Length: 0\n\n",
    b"HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nX : a\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"],
    ids=["two lengths", "a list of lengths", "negative length",
         "length and chunks", "obs-fold", "bare LF", "NUL", "bare CR",
         "space before the colon", "xchunked"])
def test_an_answer_as_bad_as_that_is_502(edge, said):
    o = edge.origin(lambda c: (c.head(), c.send(said), c.hang()))
    a = edge.get(host=o.name)
    assert a.status == 502, a
    assert b"abc" not in a.body and b"hello" not in a.body
    for conn in o.connections:
        assert conn.over.wait(20), "its connection is closed"
