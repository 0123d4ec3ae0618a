# SPDX-License-Identifier: ISC
"""Lists and bans at the HTTPS front: who is let in, and what it tells."""

import os
import socket
import ssl
import subprocess
import threading

import pytest

from lab import http, wait, websocket
from lab.daemon import Daemon
from lab.origin import Origin, answer

FRIEND, LISTED, ELSEWHERE = "203.0.113.1", "203.0.113.2", "203.0.113.3"
PROTECTED, GUILTY, OTHER = "203.0.113.4", "203.0.113.5", "203.0.113.6"
PROXY = "192.0.2.8"

SITES = """
	site "l.example.org" {
		return 200 "in"
		location "/elsewhere" { block from { <elsewhere> }
			return 200 "in" }
	}
	site "s.example.org" {
		block from { <elsewhere> }
		return 200 "in"
	}
	site "none.example.org" { location "/x" { return 200 }
	}
"""


def declare(home, name, *addresses):
    """A list from a file of our own."""
    path = home / f"{name}.txt"
    path.write_text("".join(a + "\n" for a in addresses))
    path.chmod(0o644)
    return f'list <{name}> {{ file "{path}" }}\n'


def outside(home):
    return (declare(home, "drop", FRIEND, LISTED, PROTECTED, PROXY)
            + declare(home, "friends", FRIEND)
            + declare(home, "elsewhere", ELSEWHERE, PROTECTED)
            + f"protect {{ {PROTECTED} }}\nfirewall none\n")


TOP = ("\tpass from { <friends> }\n\tblock from { <bans>, <drop> }\n"
       f"\ttrusted proxy {{ {PROXY} }}\n")


class Listed:
    """A front with lists."""

    def __init__(self, edge):
        self.edge = edge

    def get(self, source, target="/", host="l.example.org", *fields, **more):
        with self.edge.client(tls=False, source=source, **more) as c:
            return c.ask(http.request(target, "GET", host, *fields)).status

    def once(self):
        """Compile all lists."""
        done = self.edge.command("postern-lists", "-1")
        assert done.returncode == 0, done
        return self

    def ban(self, *words):
        done = self.edge.command("postern", "ban", *words)
        assert done.returncode == 0, done

    def unban(self, address):
        done = self.edge.command("postern", "unban", address)
        assert done.returncode == 0, done

    def until(self, source, status):
        """A new list is in use, by whichever worker."""
        wait.until(lambda: f"{status} for {source}, which gets "
                   f"{self.get(source)}:\n{self.edge.log.text()[-2000:]}",
                   lambda: all(self.get(source) == status
                               for _ in range(12)))
        return self

    def set_file(self, name):
        return self.edge.state / "lists" / f"{name}.set"


@pytest.fixture
def listed(make_edge):
    def make(top=TOP, sites=SITES, more="", **rest):
        e = make_edge(top=top, sites=sites, **rest)
        e.write(outside=outside(e.home) + more)
        return Listed(e.start())

    return make


@pytest.fixture
def drop(listed):
    return listed().once().until(LISTED, 403)


# --- who is let in ---

def test_who_is_blocked_where(drop):
    """The edge, the site, the location; pass before block; protected."""
    asked = [(source, target, host, drop.get(source, target, host))
             for source, target, host in (
                 (LISTED, "/", "l.example.org"),
                 (LISTED, "/", "s.example.org"),
                 (FRIEND, "/", "l.example.org"),
                 (ELSEWHERE, "/", "l.example.org"),
                 (ELSEWHERE, "/", "s.example.org"),
                 (ELSEWHERE, "/elsewhere", "l.example.org"),
                 (PROTECTED, "/", "l.example.org"),
                 (PROTECTED, "/", "s.example.org"),
                 (PROTECTED, "/elsewhere", "l.example.org"),
                 (OTHER, "/", "l.example.org"))]
    assert [a[3] for a in asked] == [
        403, 403, 200, 200, 403, 403, 200, 200, 200, 200], asked


def test_what_the_access_log_says(drop):
    since = drop.edge.log.mark()
    drop.get(LISTED, "/first")
    drop.get(ELSEWHERE, "/elsewhere")
    drop.get(OTHER, "/nobody", "none.example.org")
    e = drop.edge
    one = e.record(since, target="/first")
    assert (one["why"], one["list"], one["status"]) == ("blocked", "drop", 403)
    assert e.record(since, target="/elsewhere")["list"] == "elsewhere"
    one = e.record(since, target="/nobody")
    assert (one["why"], one["list"]) == ("no-action", None)


def test_no_handshake_for_whom_the_edge_blocks(drop):
    """Over TLS its connection is closed at once."""
    for source, welcome in ((LISTED, False), (FRIEND, True), (OTHER, True),
                            (PROTECTED, True)):
        try:
            with drop.edge.client(source=source) as c:
                assert welcome, source
                assert c.ask(http.request("/hello.txt")).status == 200
        except (OSError, ssl.SSLError):
            assert not welcome, source
    wait.until("it to be counted",
               lambda: int(drop.edge.status()["refused-blocked"]) >= 1)


def test_curl(drop):
    def curl(source, url):
        done = subprocess.run(
            ["curl", "--silent", "--max-time", "30", "--interface", source,
             "--cacert", drop.edge.authority.path, "--noproxy", "*",
             "--connect-to", f"::127.0.0.1:{drop.edge.tls}",
             "--write-out", "%{http_code}", url], capture_output=True)
        return done.returncode, done.stdout

    assert curl(OTHER, f"https://{http.SITE}/hello.txt") == (0, b"hello\n200")
    returned, said = curl(LISTED, f"https://{http.SITE}/hello.txt")
    assert returned != 0 and said == b"000"


def test_the_client_of_a_trusted_proxy_counts(drop):
    """It is in the list itself, and lets in whom it speaks for."""
    def by_proxy(*addresses):
        return drop.get(PROXY, "/", "l.example.org",
                        "X-Forwarded-For: " + ", ".join(addresses))

    assert by_proxy(OTHER) == 200
    assert by_proxy(LISTED) == 403
    assert by_proxy(OTHER, LISTED) == 403
    assert by_proxy(LISTED, OTHER) == 200
    assert by_proxy(PROTECTED) == 200


# --- bans ---

@pytest.mark.jailed_too
def test_a_ban_and_its_end(listed):
    """On a new connection, and on one that is open."""
    door = listed().until(GUILTY, 200)
    with door.edge.client(tls=False, source=GUILTY) as c, \
            door.edge.client(tls=False, source=OTHER) as other, \
            door.edge.client(source=GUILTY) as secure:
        assert c.ask(http.request(host="l.example.org")).status == 200
        assert secure.ask(http.request("/hello.txt")).status == 200
        assert other.ask(http.request(host="l.example.org")).status == 200
        door.ban(GUILTY, "for", "1h", "because", "a test")
        door.until(GUILTY, 403)
        a = c.ask(http.request(host="l.example.org"))
        assert a.status == 403 and a["connection"] == "close" and c.at_end()
        assert secure.ask(http.request("/hello.txt")).status == 403
        assert other.ask(http.request(host="l.example.org")).status == 200
        with pytest.raises((OSError, ssl.SSLError)):
            door.edge.client(source=GUILTY)
    door.unban(GUILTY)
    door.until(GUILTY, 200)
    assert door.get(OTHER) == 200


def test_a_ban_ends_websockets(listed):
    """Those of the banned one, and no others."""
    o = Origin(websocket.echo)
    door = listed(sites=SITES + '\tsite "ws.example.org" {\n\t\t'
                  + o.forward() + "\n\t}\n").until(GUILTY, 200)

    def opened(source):
        return websocket.Socket(door.edge.client(tls=False, source=source),
                                host="ws.example.org")

    since = door.edge.log.mark()
    guilty, other = [opened(GUILTY) for _ in range(4)], opened(OTHER)
    other.say(b"before")
    door.ban(GUILTY)
    for ws in guilty:
        ws.client.rest()
        ws.client.close()
    other.say(b"after")
    one = door.edge.record(since, client=GUILTY, status=101)
    assert (one["why"], one["list"]) == ("blocked", "bans")
    other.end()
    o.stop()


def test_a_protected_address_is_not_banned(listed):
    door = listed().once().until(LISTED, 403)
    done = door.edge.command("postern", "ban", PROTECTED)
    assert done.returncode != 0, done
    # Nor by a file that says so all the same.
    e = door.edge
    e.write(top=TOP + f"\tblock from {{ {PROTECTED}, {OTHER} }}\n")
    e.reload_and_wait()
    door.until(OTHER, 403)
    assert door.get(PROTECTED) == 200


# --- reloads, upgrades, bad files ---

def never(status, door, source):
    """Asks over and over in a thread; call what is returned to end it."""
    over, wrong, n = threading.Event(), [], [0]

    def ask():
        while not over.is_set():
            try:
                got = door.get(source)
            except (OSError, AssertionError):
                continue	# an upgrade in the middle of a connection
            n[0] += 1
            if got == status:
                wrong.append(got)

    thread = threading.Thread(target=ask)
    thread.start()

    def end():
        over.set()
        thread.join()
        assert n[0] > 0 and not wrong, f"{len(wrong)} of {n[0]}"

    return end


@pytest.mark.parametrize("change", ["reload", "upgrade"])
def test_no_gap_at_a_new_generation(drop, change):
    """New workers have all sets before they serve."""
    end = never(200, drop, LISTED)
    for n in range(5):
        if change == "reload":
            drop.edge.write(top=TOP + f"\tidle timeout {60 + n}s\n")
            drop.edge.reload_and_wait()
        else:
            drop.edge.upgrade_and_wait()
    end()
    assert drop.get(OTHER) == 200
    drop.ban(OTHER)
    drop.until(OTHER, 403)


def test_a_list_that_a_reload_brings(listed):
    door = listed(top="").once()
    assert door.get(LISTED) == 200
    door.edge.write(top="\tblock from { <drop> }\n")
    door.edge.reload_and_wait()
    assert door.get(LISTED) == 403
    door.edge.write(top="")
    door.edge.reload_and_wait()
    assert door.get(LISTED) == 200


def replaced(path, content):
    beside = path.with_suffix(".new")
    beside.write_bytes(content)
    beside.chmod(0o644)
    beside.rename(path)


@pytest.mark.parametrize("spoil", [
    lambda good: b"", lambda good: b"no set\n" * 1000,
    lambda good: good[:-1], lambda good: good[:100],
    lambda good: good[:-1] + bytes([good[-1] ^ 1]),
    lambda good: good + b"\0"],
    ids=["empty", "foreign", "cut", "half a header", "a bit", "more"])
def test_a_bad_file_is_refused(drop, spoil):
    """The former set stays in use."""
    path = drop.set_file("drop")
    good = path.read_bytes()
    since = drop.edge.log.mark()
    replaced(path, spoil(good))
    drop.edge.log.wait("drop", since)
    assert drop.get(LISTED) == 403
    assert drop.get(OTHER) == 200
    replaced(path, good)
    drop.until(LISTED, 403)


def test_a_small_file_that_is_cut_in_place(drop):
    """The former set stays in use: nobody maps so small a file."""
    path = drop.set_file("drop")
    since = drop.edge.log.mark()
    os.truncate(path, 0)
    drop.edge.log.wait(r"drop.*stays in use", since)
    assert drop.get(LISTED) == 403 and drop.get(OTHER) == 200


@pytest.mark.jailed_too
def test_a_large_file_cut_while_it_is_used(listed):
    """No worker falls; it is said; the next good one is taken."""
    door = listed()
    with open(door.edge.home / "drop.txt", "a") as f:
        f.writelines(f"11.{n >> 8}.{n & 255}.1\n" for n in range(20000))
    door.once().until(LISTED, 403)
    workers = door.edge.workers()
    path = door.set_file("drop")
    good = path.read_bytes()
    since = door.edge.log.mark()
    os.truncate(path, 0)
    assert door.get(OTHER) == 200

    def said():
        return (door.get(LISTED) == 200
                and door.edge.log.lines("cut while in use", since))

    wait.until("somebody to say it", said)
    assert sorted(door.edge.workers()) == sorted(workers)
    replaced(path, good)
    door.until(LISTED, 403)


# --- offences ---

class Ear:
    """In the place of postern-lists: the lines that the front tells."""

    def __init__(self, edge):
        self.text = b""
        path = edge.state / "run" / "lists.sock"
        self.socket = self.peer = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(path))
        self.socket.listen()
        self.thread = threading.Thread(target=self.hear, daemon=True)
        self.thread.start()

    def hear(self):
        try:
            while True:
                self.peer, _ = self.socket.accept()
                with self.peer:
                    while data := self.peer.recv(4096):
                        self.text += data
        except OSError:
            return		# stop() was called

    def lines(self):
        return self.text.decode().splitlines()

    def wait(self, line, n=1):
        wait.until(lambda: f"{n} times {line!r} in {self.lines()}",
                   lambda: self.lines().count(line) >= n)

    def stop(self):
        for s in (self.socket, self.peer):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass	# has ended already
        self.thread.join()
        self.socket.close()


RULES = ("bans {\n\tafter 1000 4xx within 1m for 1h\n"
         "\tafter 1000 limits within 1m for 1h\n}\n")
NONE = "none.example.org"


@pytest.fixture
def told(listed):
    made = []

    def make(more=RULES, **rest):
        door = listed(more=more, **rest)
        door.ear = Ear(door.edge)
        made.append(door.ear)
        return door

    yield make
    for ear in made:
        ear.stop()


def test_answers_that_are_told(told):
    """4xx, whoever gave them; but none of those that are blocked."""
    door = told(sites=SITES + """
	site "r.example.org" {
		return 204
		location "/401" { return 401 }
		location "/500" { return 500 }
		location "/blocked" { block from { 203.0.113.0/24 } }
	}
""").once().until(LISTED, 403)
    for source, target, host, status in (
            ("203.0.113.10", "/", NONE, 404),
            ("203.0.113.11", "/none", http.SITE, 301),
            ("203.0.113.12", "/401", "r.example.org", 401),
            ("203.0.113.13", "/", "nobody.example.org", 404)):
        assert door.get(source, target, host) == status
    with door.edge.client(source="203.0.113.20") as c:
        assert c.ask(http.request("/no-such-file")).status == 404
    with door.edge.client(tls=False, source="203.0.113.21") as c:
        assert c.send(b"nonsense\r\n\r\n").answer().status == 400
    for target in ("/500", "/blocked", "/"):
        door.get("203.0.113.30", target, "r.example.org")
    # There are two workers, each of which tells in its own time.
    wait.until(lambda: f"five offences: {door.ear.lines()}",
               lambda: len(door.ear.lines()) >= 5)
    assert sorted(door.ear.lines()) == [
        f"offence 203.0.113.{n} 4xx" for n in (10, 12, 13, 20, 21)]
    wait.until("them to be counted",
               lambda: int(door.edge.status()["offences-told"]) >= 5)
    assert int(door.edge.status()["offences-told"]) == 5


def test_the_client_of_a_proxy_is_told_of(told):
    """Never the proxy."""
    door = told(top=TOP + "\thead timeout 3s\n")
    with door.edge.client(tls=False, source=PROXY) as c:
        c.ask(http.request("/", "GET", NONE, f"X-Forwarded-For: {OTHER}"))
        c.ask(http.request("/", "GET", NONE))
    with door.edge.client(tls=False, source=PROXY) as c:
        assert c.send(b"nonsense\r\n\r\n").answer().status == 400
    with door.edge.client(tls=False, source=PROXY) as c:
        assert c.send(b"GET / HTTP/1.1\r\n").answer().status == 408
    with door.edge.client(tls=False, source=GUILTY) as c:
        assert c.send(b"GET / HTTP/1.1\r\n").answer().status == 408
    door.ear.wait(f"offence {GUILTY} limit")
    assert door.ear.lines() == [f"offence {OTHER} 4xx",
                                f"offence {GUILTY} limit"]


def test_limits_that_are_told(told):
    """Too many connections, a slow head, a slow body."""
    o = Origin(lambda c: c.head() and c.read(1000) and c.send(answer()))
    door = told(top=TOP + "\thead timeout 3s\n\tconnections per address 3\n"
                "\tworkers 1\n", sites=SITES + '\tsite "b.example.org" {\n\t\t'
                + o.forward() + "\n\t}\n")
    many = [door.edge.client(tls=False, source="203.0.113.10")
            for _ in range(4)]
    door.ear.wait("offence 203.0.113.10 limit")
    slow = door.edge.client(tls=False, source="203.0.113.11")
    slow.send(b"POST / HTTP/1.1\r\nHost: b.example.org\r\n"
              b"Content-Length: 1000\r\n\r\nx")
    with door.edge.client(tls=False, source="203.0.113.12") as c:
        assert c.send(b"GET ").answer().status == 408
    door.ear.wait("offence 203.0.113.12 limit")
    door.ear.wait("offence 203.0.113.11 limit")
    assert not [line for line in door.ear.lines() if "4xx" in line]
    for c in [*many, slow]:
        c.close()
    o.stop()


def test_a_flood_is_told_of_in_part(told):
    """What is beyond the rate costs nothing but is counted."""
    door = told(top=TOP + "\tworkers 1\n")
    with door.edge.client(tls=False, source=GUILTY) as c:
        for _ in range(300):
            assert c.ask(http.request("/", "GET", NONE)).status == 404
    door.ear.wait(f"offence {GUILTY} 4xx", 5)

    def counted():
        status = door.edge.status()
        return int(status["offences-told"]), int(status["offences-lost"])

    wait.until(lambda: f"all to be counted: {counted()}",
               lambda: sum(counted()) == 300)
    told_of, lost = counted()
    assert told_of >= 5 and lost >= 100
    # No longer than until the connection is there again.
    door.edge.upgrade_and_wait()
    status = door.edge.status()
    assert int(status["offences-told"]) >= told_of
    assert int(status["offences-lost"]) >= lost


def test_nothing_is_told_without_a_rule(told):
    door = told(more="bans { after 5 limits within 1m for 1h }\n")
    with door.edge.client(tls=False, source=GUILTY) as c:
        for _ in range(5):
            assert c.ask(http.request("/", "GET", NONE)).status == 404
    status = door.edge.status()
    assert status["offences-told"] == status["offences-lost"] == "0"
    assert not door.ear.lines()


def test_nobody_listens(listed):
    """Clients are served as ever; what could not be told is counted."""
    door = listed(more=RULES)
    for _ in range(5):
        assert door.get(GUILTY, "/", NONE) == 404
    # Counted behind the answer.
    wait.until("all to be counted",
               lambda: door.edge.status()["offences-lost"] == "5")


@pytest.mark.jailed_too
def test_offences_end_in_a_ban(listed):
    """With postern-lists: the sixth 4xx is the last answer of that kind."""
    door = listed(more="bans { after 5 4xx within 1m for 1h }\n")
    keeper = Daemon(door.edge.base, "postern-lists", door.edge.conf,
                    f"{door.edge.name}-lists").must_be_ready()
    try:
        door.until(LISTED, 403)

        def banned():
            return door.get(GUILTY, "/", NONE) == 403

        wait.until("a ban", banned)
        assert door.get(OTHER, "/", NONE) == 404
        assert door.get(GUILTY) == 403
        door.unban(GUILTY)
        door.until(GUILTY, 200)
    finally:
        assert keeper.stop() == 0
