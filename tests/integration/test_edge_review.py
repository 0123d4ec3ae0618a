# SPDX-License-Identifier: ISC
"""What one client or server must not be able to do to the others, and what is
in flight at the moment when something else happens.
"""

import ctypes
import ctypes.util
import resource
import socket
import subprocess
import sys
import threading
import time

import pytest

from lab import http, wait, websocket
from lab.edge import cpu
from lab.origin import Origin, answer, serve


def site(name, *statements):
    return f'\tsite "{name}" {{\n' + "".join(
        f"\t\t{s}\n" for s in statements) + "\t}\n"


@pytest.fixture
def origins():
    made = []

    def make(*scripts, **more):
        made.extend(Origin(s, **more) for s in scripts)
        return made[-len(scripts):]

    yield make
    for o in made:
        o.stop()


def says_number(n):
    return lambda c: serve(c, answer(b"%d" % n))


# --- 1xx ---

def test_early_hints_are_early(make_edge):
    """They reach the client while the answer is still being made."""
    e = make_edge(origins=1).start()
    heard = threading.Event()

    def script(c):
        c.head()
        c.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        c.wait_for(heard)
        c.send(answer(b"late"))

    o = e.origin(script)
    with e.to(o) as c:
        c.send(http.request(host=o.name))
        hints = c.heard(40)
        heard.set()
        assert hints, "the hints came with the answer"
        assert c.answer().status == 103
        assert c.answer().body == b"late"


# --- gone ---

def test_a_reset_that_comes_with_the_request(make_edge):
    """Both are told by one event; the server's work is not waited for."""
    e = make_edge(origins=1, top="\tworkers 1\n").start()
    o = e.plain_origin
    o.script = lambda c: (c.head(), c.hang())
    for _ in range(40):
        with e.client(tls=False) as c:
            c.send(http.request("/", host=o.name))
            c.reset()
    wait.until("all to be over", lambda: e.status()["open"] == "0", 30)
    for c in o.connections:
        assert c.over.wait(30)


# --- several servers ---

def test_a_server_that_was_down_gets_its_part_again(make_edge, origins):
    """Though the other one never failed."""
    one, two = origins(says_number(1), says_number(2))
    e = make_edge(top="\tworkers 1\n", sites=site(
        "s.example.org", one.forward(), two.forward())).start()

    def ask():
        with e.client(tls=False) as c:
            return c.ask(http.request("/", host="s.example.org")).body

    assert {ask() for _ in range(10)} == {b"1", b"2"}
    one.refuse()
    one.hang_up()
    assert {ask() for _ in range(10)} == {b"2"}
    one.listen()
    wait.until("the first server to be asked again",
               lambda: ask() == b"1")


def test_each_site_has_its_own_turn(make_edge, origins):
    """Two sites that are asked by turns: each uses both of its servers."""
    a, b, c, d = origins(*map(says_number, range(4)))
    e = make_edge(top="\tworkers 1\n\tpool 0\n", sites=site(
        "ab.example.org", a.forward(), b.forward()) + site(
        "cd.example.org", c.forward(), d.forward())).start()
    said = {"ab": set(), "cd": set()}
    with e.client(tls=False) as client:
        for _ in range(10):
            for name in said:
                said[name].add(client.ask(http.request(
                    "/", host=f"{name}.example.org")).body)
    assert said == {"ab": {b"0", b"1"}, "cd": {b"2", b"3"}}


def test_all_who_wait_go_on_with_whichever_server_comes(make_edge, origins):
    """Both are down; it is the second that is up first."""
    one, two = origins(says_number(1), says_number(2))
    e = make_edge(top="\tworkers 1\n\twait timeout 20s\n", sites=site(
        "s.example.org", one.forward(), two.forward() + " backup")).start()
    one.refuse()
    two.refuse()
    clients = [e.client(tls=False) for _ in range(100)]
    for c in clients:
        c.send(http.request("/", host="s.example.org"))
    threading.Timer(1.0, two.listen).start()
    begin = time.monotonic()
    said = [c.answer() for c in clients]
    took = time.monotonic() - begin
    for c in clients:
        c.close()
    assert [a.body for a in said if a.status != 200] == []
    assert {a.body for a in said} == {b"2"}
    assert took < 15, f"the last of them waited {took:.1f} s"


def test_one_restarts_while_another_is_down_for_long(make_edge, origins):
    """It is the one that restarts that is waited for."""
    one, two = origins(says_number(1), says_number(2))
    e = make_edge(top="\tworkers 1\n\twait timeout 4s\n", sites=site(
        "s.example.org", one.forward(), two.forward())).start()
    one.refuse()
    with e.client(tls=False) as c:
        end = time.monotonic() + 5
        while time.monotonic() < end:
            a = c.ask(http.request("/", host="s.example.org"))
            assert a.body == b"2"
        two.refuse()
        two.hang_up()
        c.send(http.request("/", host="s.example.org"))
        threading.Timer(0.7, two.listen).start()
        assert c.answer().body == b"2"


# --- uploads ---

def test_an_upstream_that_takes_a_body_slowly(make_edge, origins):
    """Slow is not silent: as long as it takes something, it is waited for."""
    size = 8 << 20

    def script(c):
        head = c.head()
        end = time.monotonic() + 13
        while time.monotonic() < end:
            c.read(65536)
            time.sleep(0.2)
        c.read(size - c.taken + len(head))
        c.send(answer(b"all of it"))

    o, = origins(script)
    o.server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    e = make_edge(sites=site("slow.example.org", o.forward())).start()
    with e.client(tls=False, seconds=60) as c:
        c.send(http.request("/", "POST", "slow.example.org",
                            body=b"x" * size))
        a = c.answer()
        assert (a.status, a.body) == (200, b"all of it")


def test_trailers_longer_than_a_head(make_edge, origins):
    """What came with the head was read into room for a head."""
    o, = origins(serve)
    e = make_edge(top="\thead size 1k\n",
                  sites=site("t.example.org", o.forward())).start()
    trailers = b"".join(b"X-%d: %s\r\n" % (n, b"t" * 100) for n in range(30))
    with e.client(tls=False) as c:
        assert c.ask(http.request("/", host="t.example.org")).status == 200
        c.send(http.request("/", "POST", "t.example.org",
                            "Transfer-Encoding: chunked")
               + http.chunked(b"body", trailers=trailers))
        assert c.answer().status == 200
    assert trailers in o.received()


# --- Unix sockets ---

def test_an_answer_that_is_there_at_once(make_edge, lab_base, origins):
    """It was sent before we had the connection: nobody waits for more."""
    path = lab_base / "hasty.sock"

    def script(c):
        c.send(answer(b"hasty"))
        c.hang()

    origins(script, path=path)
    e = make_edge(top="\tworkers 1\n", sites=site(
        "u.example.org", f'forward to socket "{path}"')).start()
    with e.client(tls=False, seconds=8) as c:
        assert c.ask(http.request("/", host="u.example.org")).body == b"hasty"


# --- one client against the others ---

FLOOD = r"""
import socket, sys, threading
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
def read():
    room = bytearray(1 << 20)
    while s.recv_into(room):
        pass
threading.Thread(target=read, daemon=True).start()
block = b"GET / HTTP/1.1\r\nHost: own.example.org\r\n\r\n" * 4000
print("ready", flush=True)
while True:
    s.sendall(block)
"""


def slowest(e, host, n=30, **more):
    """The longest that one of n requests took, each on a new connection.

    In seconds of the processor, of the one worker: how busy the machine is
    beside it does not count.
    """
    [pid] = e.workers()
    longest = 0
    for _ in range(n):
        begin = cpu(pid)
        with e.client(tls=False, **more) as c:
            assert c.ask(http.request("/", host=host)).status == 200
        longest = max(longest, cpu(pid) - begin)
    return longest


def test_a_flood_of_pipelined_requests(make_edge):
    """Who never stops asking keeps nobody else waiting."""
    e = make_edge(top="\tworkers 1\n", log="access log no", sites=site(
        "own.example.org", 'return 200 "here"')).start()
    slowest(e, "own.example.org", 5)
    was = e.memory()
    flood = subprocess.Popen([sys.executable, "-c", FLOOD, str(e.plain)],
                             stdout=subprocess.PIPE)
    try:
        flood.stdout.readline()
        longest = slowest(e, "own.example.org")
        grown = e.memory() - was
    finally:
        flood.kill()
        flood.wait()
    assert longest < 2, f"{longest:.1f} s"
    # The sanitizers keep what was freed for a while, but not for ever.
    assert grown < 400000, f"{grown} KiB more"


class Ssl:
    """As much of OpenSSL as asks for new keys again and again."""

    def __init__(self):
        self.lib = ctypes.CDLL(ctypes.util.find_library("ssl"))
        for name in ("TLS_client_method", "SSL_CTX_new", "SSL_new",
                     "SSL_get_wbio", "SSL_get_rbio"):
            getattr(self.lib, name).restype = ctypes.c_void_p
        self.crypto = ctypes.CDLL(ctypes.util.find_library("crypto"))
        for name in ("BIO_new", "BIO_s_mem"):
            getattr(self.crypto, name).restype = ctypes.c_void_p
        p = ctypes.c_void_p
        self.ctx = p(self.lib.SSL_CTX_new(p(self.lib.TLS_client_method())))
        self.ssl = p(self.lib.SSL_new(self.ctx))
        mem = p(self.crypto.BIO_s_mem())
        self.inward = p(self.crypto.BIO_new(mem))
        self.outward = p(self.crypto.BIO_new(mem))
        self.lib.SSL_set_bio(self.ssl, self.inward, self.outward)
        self.lib.SSL_ctrl(self.ssl, 55, ctypes.c_long(0), http.SITE.encode())
        self.lib.SSL_set_connect_state(self.ssl)

    def said(self):
        found = b""
        room = ctypes.create_string_buffer(1 << 16)
        while (n := self.crypto.BIO_read(self.outward, room, 1 << 16)) > 0:
            found += room.raw[:n]
        return found

    def connect(self, sock):
        while self.lib.SSL_do_handshake(self.ssl) != 1:
            sock.sendall(self.said())
            data = sock.recv(1 << 16)
            assert data
            self.crypto.BIO_write(self.inward, data, len(data))
        sock.sendall(self.said())

    def updates(self, n):
        """So many KeyUpdates, each of which wants one back."""
        for _ in range(n):
            assert self.lib.SSL_key_update(self.ssl, 1) == 1
            assert self.lib.SSL_do_handshake(self.ssl) == 1
        return self.said()


@pytest.mark.parametrize("reads", [True, False])
def test_a_flood_of_key_updates(make_edge, reads):
    """Messages of TLS that mean no data, and want answers: who sends nothing
    else is sent away before others notice, or memory is needed for him."""
    e = make_edge(top="\tworkers 1\n", log="access log no", sites=site(
        "own.example.org", 'return 200 "here"')).start()
    slowest(e, "own.example.org", 5)
    tls = Ssl()
    with socket.create_connection(("127.0.0.1", e.tls)) as s:
        tls.connect(s)
        flood = tls.updates(100000)
        sender = threading.Thread(target=try_all, args=(s.sendall, flood),
                                  daemon=True)
        reader = threading.Thread(target=read_all, args=(s,), daemon=True)
        sender.start()
        if reads:
            reader.start()
        longest = slowest(e, "own.example.org")
        if not reads:
            reader.start()
        reader.join(60)
        assert not reader.is_alive(), "he was sent away"
    assert longest < 1, f"{longest:.1f} s"


def try_all(what, *args):
    """To, or from, a peer that may close at any time."""
    try:
        return what(*args)
    except ConnectionError:
        return b""


def read_all(s):
    while try_all(s.recv, 1 << 16):
        pass


# --- the end ---

def test_who_had_an_answer_at_a_reload_is_not_waited_for(make_edge):
    """Its head said keep-alive; the old workers give the next request a few
    seconds, not the whole idle timeout."""
    e = make_edge(origins=1, top="\tidle timeout 60s\n").start()
    go_on = threading.Event()

    def script(c):
        c.head()
        c.send(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")
        c.wait_for(go_on)
        c.send(b"67890")
        c.hang()

    o = e.origin(script)
    with e.to(o) as c:
        c.send(http.request(host=o.name))
        assert c.head()["connection"] is None
        e.reload_and_wait()
        go_on.set()
        assert c.read(10) == b"1234567890"
        begin = time.monotonic()
        assert c.at_end()
        assert time.monotonic() - begin < 30


def test_many_websockets_end_at_once(make_edge, origins):
    """SIGTERM with nothing else than them: the end of one is not begun within
    the end of another, which would need a stack without end."""
    o, = origins(websocket.echo)
    e = make_edge(top="\tworkers 1\n\tconnections per address 5000\n",
                  log="access log no",
                  sites=site("ws.example.org", o.forward()))
    was = resource.getrlimit(resource.RLIMIT_STACK)
    resource.setrlimit(resource.RLIMIT_STACK, (256 << 10, was[1]))
    try:
        e.start()
    finally:
        resource.setrlimit(resource.RLIMIT_STACK, was)
    sockets = []
    for _ in range(1500):
        c = e.client(tls=False)
        websocket.Socket(c, host="ws.example.org")
        sockets.append(c)
    assert e.daemon.stop() == 0
    assert not e.complaints()
    ends = [(c.at_end(), c.broken) for c in sockets]
    assert ends == [(True, False)] * len(sockets)
    for c in sockets:
        c.close()
