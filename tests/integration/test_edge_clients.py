# SPDX-License-Identifier: ISC
"""Clients that are slow, rude, gone, many, or speak something else."""

import os
import socket
import ssl
import subprocess
import threading
import time

import pytest

from lab import http, wait, websocket
from lab.daemon import sanitized
from lab.edge import cpu, descriptors
from lab.origin import answer, says, serve

EDGE = dict(origins=40, top="""
	head timeout 2s
	idle timeout 3s
	send timeout 2s
	connections 4000
	connections per address 4000
""", sites="""
	site "small.example.org" {
		body size 1000
		return 200 "small"
	}
""")


# --- limits of one request ---

def head_of(size, fields=1):
    line = b"X: " + b"x" * (size // fields - 5) + b"\r\n"
    return (b"GET /hello.txt HTTP/1.1\r\nHost: " + http.SITE.encode()
            + b"\r\n" + line * fields + b"\r\n")


@pytest.mark.parametrize("size, fields, status", [
    (8000, 1, 200), (15000, 90, 200), (17000, 1, 431), (70000, 1, 431),
    (1000000, 1, 431), (3000, 150, 431)])
def test_size_of_a_head(edge, size, fields, status):
    with edge.client() as c:
        c.try_send(head_of(size, fields))
        # nginx has a limit of its own, which is 400
        assert c.answer().status in (status, 400 if status == 200 else status)


def test_a_long_target(edge):
    with edge.client() as c:
        c.try_send(http.request("/" + "x" * 20000))
        assert c.answer().status in (414, 431)
        assert c.at_end()


@pytest.mark.parametrize("chunks", [False, True], ids=["length", "chunks"])
@pytest.mark.parametrize("size, status", [(1000, 200), (1001, 413)])
def test_size_of_a_body(make_edge, size, status, chunks):
    from lab.origin import Origin, echo
    o = Origin(echo)
    e = make_edge(sites='\tsite "b.example.org" {\n\t\tbody size 1000\n'
                  f"\t\t{o.forward()}\n\t}}\n").start()
    with e.client(tls=False) as c:
        if chunks:
            c.try_send(http.request("/", "POST", "b.example.org",
                                    "Transfer-Encoding: chunked"),
                       http.chunked(b"x" * 500, b"x" * (size - 500)))
        else:
            c.try_send(http.request("/", "POST", "b.example.org",
                                    body=b"x" * size))
        assert c.answer().status == status
    if status == 413 and not chunks:
        assert not o.received(), "known from the head: nothing was forwarded"
    o.stop()


# --- time ---

@pytest.mark.parametrize("tls", [True, False], ids=["tls", "plain"])
def test_deadline_of_the_head(edge, tls):
    """The whole head, not a byte of it: dripping does not help."""
    begin = time.monotonic()
    with edge.client(tls) as c:
        for byte in http.request("/" + "x" * 100):
            c.try_send(bytes([byte]))
            if c.heard(0.1):
                break
        took = time.monotonic() - begin
        assert c.answer().status == 408
        assert c.at_end()
        assert 1.5 < took < 10, took


def test_nothing_after_connecting(edge):
    """Neither a handshake nor a byte: closed, no line in the access log."""
    with edge.client(tls=False) as c:
        c.socket.settimeout(40)
        c.rest()
    raw = socket.create_connection(("127.0.0.1", edge.tls), 40)
    with raw:
        assert raw.recv(100) == b""


def test_half_a_handshake(edge):
    """The deadline holds for the handshake, too."""
    raw = socket.create_connection(("127.0.0.1", edge.tls), 40)
    with raw:
        raw.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01")
        try:
            while raw.recv(100):
                pass
        except ConnectionResetError:
            pass


def test_idle_between_requests(edge):
    """Closed without a word: a 408 could be taken for the next answer."""
    with edge.client() as c:
        assert c.ask(http.request("/hello.txt")).status == 200
        c.socket.settimeout(40)
        assert c.rest() == b""
        assert not c.broken, "close_notify was sent"


def test_a_body_that_drips(edge):
    """Slower than the least rate for longer than 10 s: 408."""
    o = edge.origin()
    with edge.to(o) as c:
        c.send(http.request("/", "POST", o.name, "Content-Length: 100000"))
        begin = time.monotonic()
        while not c.heard(0.2):
            c.try_send(b"x" * 10)
            assert time.monotonic() - begin < 25, "50 bytes a second are fine?"
        assert c.answer().status == 408
    assert o.connections[0].over.wait(40)


def test_1000_slow_heads_harm_nobody(make_edge, edge_world):
    """slowloris: an honest client's p99 does not move."""
    e = make_edge(top="\thead timeout 15s\n\tconnections per address 2000\n"
                  ).start()

    def honest():
        return edge_world.load("-t", "-n", 4, "-c", 4000, "-u", "/1k",
                               "keep", e.tls).go().figures()

    honest()
    def held():
        return sum(map(descriptors, e.workers()))

    before = [honest() for _ in range(3)]
    was = min(said["p99"] for said in before)
    slow = edge_world.load("-t", "-n", 1000, "slow", e.tls)
    during = [honest()]
    # Other work of this machine is no slow head: one good time is enough.
    while during[-1]["p99"] >= 2 * was + 3000 and held() >= 1000:
        during.append(honest())
    assert all(said["errors"] == 0 for said in before + during)
    now = min(said["p99"] for said in during)
    assert now < 2 * was + 3000, f"p99 {was:.0f} us before, {now:.0f} during"
    wait.until("the slow ones to be thrown out", lambda: held() < 500)
    assert slow.release()["closed"] == 1000


# --- slow readers ---

@pytest.mark.jailed_too
def test_slow_readers_of_a_large_body(make_edge, edge_world):
    """100 MB each to 20 that do not read: not kept in memory."""
    edge = make_edge().start()
    large = edge_world.nginx.root / "100m"
    with open(large, "wb") as f:
        f.truncate(100 << 20)
    edge.works()
    before = edge.memory()
    clients = []
    for _ in range(20):
        c = edge.client()
        c.send(http.request("/100m"))
        assert c.head()["content-length"] == str(100 << 20)
        clients.append(c)
    for c in clients:
        c.read(200000)
    grown = edge.memory() - before
    edge.works()
    for c in clients:
        c.close()
    # The sanitizer keeps what was freed.
    each = 5000 if sanitized() else 512
    assert grown < 20 * each, f"{grown} KiB for 20 slow readers"


def test_a_reader_that_takes_nothing(edge, edge_world):
    """send timeout: cut, and visibly so; one reason in the log."""
    since = edge.log.mark()
    with open(edge_world.nginx.root / "50m", "wb") as f:
        f.truncate(50 << 20)
    with edge.client() as c:
        c.send(http.request("/50m"))
        line = edge.record(since, why="client-slow", seconds=30)
        assert line["status"] == 200
        with pytest.raises(http.Truncated):
            c.answer()


def test_a_large_body_is_right(edge, edge_world):
    """Each byte, through a window that is full most of the time."""
    data = os.urandom(1 << 20) * 20
    (edge_world.nginx.root / "random").write_bytes(data)
    with edge.client() as c:
        c.send(http.request("/random"))
        c.head()
        assert c.read(len(data)) == data


# --- resets ---

def stage_connected(edge, o):
    return http.Client(edge.tls)


def stage_hello(edge, o):
    c = http.Client(edge.tls)
    return c.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")


def stage_shaken(edge, o):
    return edge.to(o)


def stage_half_head(edge, o):
    return edge.to(o).send(b"GET / HT")


def stage_asked(edge, o):
    before = o.received().count(b"GET /hang")
    c = edge.to(o).send(http.request("/hang", host=o.name))
    wait.until("it to have asked",
               lambda: o.received().count(b"GET /hang") > before)
    return c


def stage_uploading(edge, o):
    c = edge.to(o).send(http.request("/up", "POST", o.name,
                                     "Content-Length: 1000000"), b"x" * 5000)
    o.wait_received(b"xxxx")
    return c


def stage_half_chunk(edge, o):
    c = edge.to(o).send(http.request("/up", "POST", o.name,
                                     "Transfer-Encoding: chunked"),
                        b"5\r\nhel")
    o.wait_received(b"/up")
    return c


def stage_downloading(edge, o):
    c = edge.to(o).send(http.request("/large", host=o.name))
    c.read(100000)
    return c


def stage_idle(edge, o):
    c = edge.to(o)
    assert c.ask(http.request(host=o.name)).status == 200
    return c


def stage_websocket(edge, o):
    c = edge.to(o)
    websocket.Socket(c, host=o.name).say(b"hello")
    return c


def hangs_as_asked(c):
    while True:
        head = c.head()
        if b"/hang" in head or b"/up" in head:
            c.hang()
        elif b"/large" in head:
            c.send(answer(b"x" * 50000000))
        elif b"/ws" in head:
            websocket.switch(c, head)
            while True:
                c.send(websocket.frame(websocket.read_frame(c)[1]))
        else:
            c.send(answer())


STAGES = [f for name, f in list(globals().items())
          if name.startswith("stage_")]


@pytest.mark.parametrize("how", ["reset", "close"])
@pytest.mark.parametrize("stage", STAGES, ids=lambda f: f.__name__[6:])
def test_gone(edge, stage, how):
    """At every stage: nothing stays open, the next one is served."""
    o = edge.origin(hangs_as_asked)
    edge.works()

    def count():
        return sum(map(descriptors, edge.workers()))

    before = count()
    clients = [stage(edge, o) for _ in range(5)]
    for c in clients:
        c.reset() if how == "reset" else c.close()
    if stage is stage_asked and how == "close":
        o.hang_up()	# it might be a half-close: they are waited for
    if stage not in (stage_connected, stage_hello, stage_shaken, stage_idle,
                     stage_half_head):
        for c in o.connections:
            assert c.over.wait(40), "its upstream connection is left open"
    wait.until(lambda: f"{before} descriptors or so, have {count()}",
               lambda: count() <= before + 5)	# the pool may have grown
    edge.works()


def test_half_close(edge):
    """Sent FIN after the request, still reads: it gets its answer, or is
    closed; never a part of it that looks whole."""
    o = edge.plain_origin
    o.script = lambda c: serve(c, answer(b"x" * 100000))
    with edge.client(tls=False) as c:
        c.send(http.request(host=o.name))
        c.half_close()
        try:
            assert c.answer().status in (200, 408)
        except http.Truncated:
            pass
    o.script = serve
    edge.works()


def test_half_close_in_a_websocket(edge):
    """The echo of what was sent before comes back before the end."""
    o = edge.plain_origin
    o.script = websocket.echo
    o.hang_up()
    with edge.client(tls=False) as c:
        ws = websocket.Socket(c, host=o.name)
        ws.say(b"hello")
        c.half_close()
        c.rest()
    wait.until("the upstream side to end",
               lambda: all(conn.over.is_set() for conn in o.connections))
    o.script = serve


# --- TLS that is odd ---

def test_records_of_one_byte(edge):
    o = edge.origin()
    data = http.request("/", "POST", o.name, body=b"0123456789")
    with edge.to(o) as c:
        for _ in range(2):
            c.send(*(data[n:n + 1] for n in range(len(data))))
            assert c.answer().status == 200
    assert o.received().count(b"0123456789") == 2


def test_segments_of_one_byte(edge):
    """The handshake and the request, a byte a segment."""
    raw = socket.create_connection(("127.0.0.1", edge.tls), 40)
    raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    into, out = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = edge.client_context.wrap_bio(into, out, server_hostname=http.SITE)

    def drip():
        for byte in out.read():
            raw.sendall(bytes([byte]))

    def call(f, *args):
        while True:
            try:
                result = f(*args)
                drip()
                return result
            except ssl.SSLWantReadError:
                drip()
                data = raw.recv(65536)
                assert data, "closed"
                into.write(data)

    with raw:
        call(tls.do_handshake)
        call(tls.write, http.request("/hello.txt"))
        got = b""
        while not got.endswith(b"\r\n\r\nhello\n"):
            got += call(tls.read, 65536)


def test_many_requests_in_one_record(edge):
    o = edge.origin()
    with edge.to(o) as c:
        c.send(http.request("/", host=o.name) * 100)
        for _ in range(100):
            assert c.answer().status == 200


def s_client(edge, *words, stdin=b"", seconds=60):
    return subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{edge.tls}",
         "-CAfile", edge.authority.path, *words], input=stdin,
        capture_output=True, timeout=seconds)


def test_renegotiation(edge):
    """Not done: the client's wish ends in an alert, the rest goes on."""
    done = s_client(edge, "-servername", http.SITE, "-tls1_2", stdin=b"R\n")
    said = done.stdout + done.stderr
    assert b"RENEGOTIATING" in said
    assert b"no renegotiation" in said or b"alert" in said, said
    edge.works()


def test_no_sni(edge):
    """There is no default site: no certificate is guessed."""
    done = s_client(edge, "-noservername")
    assert b"alert" in done.stdout + done.stderr
    assert b"BEGIN CERTIFICATE" not in done.stdout
    edge.works()


def test_http_to_the_tls_port(edge):
    """One clear 400, in plain, and closed."""
    with http.Client(edge.tls) as c:
        a = c.ask(http.request("/hello.txt"))
        assert a.status == 400 and a["connection"] == "close"
        assert b"https" in a.body.lower() or b"TLS" in a.body
        assert c.at_end()


def test_tls_to_the_http_port(edge):
    """No handshake comes out of it, and it ends soon."""
    with pytest.raises((ssl.SSLError, OSError)):
        http.Client(edge.plain, edge.client_context)
    edge.works()


@pytest.mark.parametrize("junk", [
    b"\x00" * 100, b"\xff" * 2000, b"SSH-2.0-x\r\n", b"\x16\x03\x01\x00\x01",
    b"\x16\x03\x01\xff\xff" + b"x" * 5000, b"\x80\x2e\x01\x00\x02",
    b"EHLO x\r\n", b"\r\n\r\n\r\n", b""],
    ids=["zeros", "ones", "ssh", "tiny record", "huge record", "SSLv2",
         "smtp", "empty lines", "nothing"])
@pytest.mark.parametrize("tls", [True, False], ids=["tls", "plain"])
def test_junk(edge, junk, tls):
    with http.Client(edge.tls if tls else edge.plain) as c:
        c.try_send(junk)
        c.half_close()
        c.rest()
    edge.works()


# --- many ---

def test_connections_per_address(make_edge):
    """The sixth is closed; another address is let in; room comes back."""
    e = make_edge(top="\tconnections per address 5\n").start()
    held = [e.client(source="192.0.2.5") for _ in range(5)]
    for c in held:
        assert c.ask(http.request("/hello.txt")).status == 200
    with pytest.raises((OSError, ssl.SSLError)):
        e.client(source="192.0.2.5")
    assert e.get(source="192.0.2.6").status == 200
    held.pop().close()

    def again():
        try:
            return e.get(source="192.0.2.5").status == 200
        except OSError:
            return False

    wait.until("room for another", again)
    for c in held:
        assert c.ask(http.request("/hello.txt")).status == 200
        c.close()


def test_connections_in_all(make_edge):
    e = make_edge(top="\tconnections 10\n").start()
    held = [e.client(source=f"192.0.2.{n}") for n in range(1, 11)]
    with pytest.raises((OSError, ssl.SSLError)):
        e.client(source="192.0.2.99")
    for c in held:
        assert c.ask(http.request("/hello.txt")).status == 200
        c.close()
    wait.until("room again", lambda: works(e))


def works(e):
    try:
        e.works()
        return True
    except (OSError, AssertionError):
        return False


def test_10000_idle_connections(edge_world):
    """All are kept, a newcomer is served, and all are let go."""
    e = edge_world.edge(top="\tconnections 10100\n\tidle timeout 5m\n"
                        "\tconnections per address 10100\n").start()
    try:
        load = edge_world.load("-t", "-n", 10000, "-u", "/1k", "hold", e.tls)
        e.works()
        said = load.release()
        assert said["held"] == 10000 and said["closed"] == 0
        wait.until("them all to be closed",
                   lambda: sum(map(descriptors, e.workers())) < 300)
        e.works()
    finally:
        wrong = e.stop()
    assert not wrong, "\n".join(wrong)


def test_descriptors_run_out(make_edge):
    """Accepting backs off, without a busy loop, and comes back."""
    e = make_edge(top="\tconnections 2000\n"
                  "\tconnections per address 2000\n")
    e.start(wrapper=("prlimit", "--nofile=100:100"))
    held = []
    for n in range(150):
        s = socket.create_connection(("127.0.0.1", e.plain), 60)
        held.append(s)
    begin = [(pid, cpu(pid)) for pid in e.workers()]
    threading.Event().wait(1.0)		# is it busy meanwhile?
    used = sum(cpu(pid) - was for pid, was in begin)
    assert used < 0.5, f"{used:.2f} s of CPU in a second of waiting"
    for s in held:
        s.close()
    wait.until("it to serve again", lambda: works(e))


@pytest.mark.jailed_too
def test_a_crowd(edge, edge_world):
    """200 connections, new ones all the time: no error."""
    said = edge_world.load("-t", "-n", 50, "-c", 600, "-u", "/1k", "new",
                           edge.tls).go().figures()
    assert said["errors"] == 0
    said = edge_world.load("-t", "-n", 200, "-c", 6000, "-u", "/1k", "keep",
                           edge.tls).go().figures()
    assert said["errors"] == 0


def test_unasked_bytes_after_the_answer(edge):
    """What comes behind a whole request is the next one, even if it is
    garbage: one answer, one 400, the end."""
    o = edge.origin(says(answer()))
    with edge.to(o) as c:
        c.send(http.request("/", "POST", o.name, body=b"ab") + b"\0garbage\0")
        assert c.answer().status == 200
        assert c.answer().status == 400
        assert c.at_end()
