# SPDX-License-Identifier: ISC
"""Reloads, upgrades, deaths and ends: no request is lost."""

import os
import signal
import threading

import pytest

from lab import http, wait, websocket
from lab.daemon import Daemon
from lab.origin import Origin, answer, serve

TIMES = 100


@pytest.fixture
def sockets():
    """An origin that echoes WebSockets, and serves anything else."""
    def script(c):
        head = c.head()
        if b"GET /ws" not in head:
            return c.send(answer())
        websocket.switch(c, head)
        op = None
        while op != websocket.CLOSE:
            op, data = websocket.read_frame(c)
            c.send(websocket.frame(data, op))

    o = Origin(script)
    yield o
    o.stop()


def ws_site(o, *more):
    return ('\tsite "ws.example.org" {\n\t\t' + o.forward() + "\n"
            + "".join(f"\t\t{m}\n" for m in more) + "\t}\n")


def open_sockets(e, n):
    """WebSockets by the port without TLS and with it."""
    return [websocket.Socket(e.client(tls=False), host="ws.example.org")
            for _ in range(n)]


def all_answer(sockets):
    for n, ws in enumerate(sockets):
        ws.say(b"still here, %d" % n)


def loads(edge_world, e):
    """Kept connections and new ones, until told to stop."""
    return [edge_world.load("-t", "-n", 4, "-u", "/1k", "keep", e.tls).go(),
            edge_world.load("-t", "-n", 2, "-u", "/1k", "new", e.tls).go(),
            edge_world.load("-t", "-n", 2, "-u", "/10m", "keep", e.tls).go()]


def none_failed(running):
    for load in running:
        said = load.release()
        assert not said["errors"] and said["requests"], str(said)


@pytest.mark.jailed_too
def test_100_reloads_under_load(make_edge, edge_world, sockets):
    """No failed request, and no WebSocket that ends."""
    e = make_edge(sites=ws_site(sockets)).start()
    held = open_sockets(e, 5)
    running = loads(edge_world, e)
    for n in range(TIMES):
        e.write(top=f"\tidle timeout {60 + n}s\n")
        e.reload_and_wait()
        if n % 20 == 0:
            all_answer(held)
    none_failed(running)
    all_answer(held)
    for ws in held:
        ws.end()
    wait.until("the old workers to leave", lambda: len(e.workers()) == 2)
    e.works()


@pytest.mark.jailed_too
def test_100_upgrades_under_load(make_edge, edge_world, sockets):
    """SIGUSR2: the parent executes itself anew, with its listeners."""
    e = make_edge(sites=ws_site(sockets)).start()
    held = open_sockets(e, 5)
    running = loads(edge_world, e)
    for n in range(TIMES):
        e.upgrade_and_wait()
        if n % 20 == 0:
            all_answer(held)
    none_failed(running)
    all_answer(held)
    for ws in held:
        ws.end()
    wait.until("the old workers to leave", lambda: len(e.workers()) == 2)
    e.works()


def test_a_new_file_is_obeyed(make_edge):
    e = make_edge(sites='\tsite "n.example.org" { return 200 "one" }\n')
    e.start()

    def said():
        with e.client(tls=False) as c:
            return c.ask(http.request(host="n.example.org")).body

    assert said() == b"one"
    e.write(sites='\tsite "n.example.org" { return 200 "two" }\n')
    e.reload_and_wait()
    assert {said() for _ in range(10)} == {b"two"}


def test_a_running_answer_is_finished_by_the_old(make_edge, edge_world):
    """10 MB that began before the reload come to their end."""
    e = make_edge().start()
    with e.client() as c:
        c.send(http.request("/10m"))
        c.head()
        old = e.workers()
        e.reload_and_wait()
        assert len(c.read(10 << 20)) == 10 << 20
    wait.until("the old workers to leave",
               lambda: not set(old) & set(e.workers()))


def test_idle_connections_end_at_a_reload(make_edge):
    """Politely; the old workers do not wait for them."""
    e = make_edge().start()
    with e.client() as c:
        assert c.ask(http.request("/hello.txt")).status == 200
        old = e.workers()
        e.reload_and_wait()
        wait.until("the old workers to leave",
                   lambda: not set(old) & set(e.workers()))
        assert c.rest() == b"" and not c.broken


def test_a_connection_in_use_is_told_to_close(make_edge):
    """An answer of an old worker says Connection: close."""
    go_on = threading.Event()

    def script(c):
        c.head()
        c.wait_for(go_on)
        c.send(answer())

    e = make_edge(origins=1).start()
    o = e.origin(script)
    with e.to(o) as c:
        c.send(http.request(host=o.name))
        o.wait_connections()
        e.reload_and_wait()
        go_on.set()
        a = c.answer()
        assert a.body == b"ok" and a["connection"] == "close"
        assert c.at_end()


def test_drain_time(make_edge, sockets):
    """Then even a WebSocket ends, and the log says how many."""
    e = make_edge(top="\tdrain 1s\n", sites=ws_site(sockets)).start()
    held = open_sockets(e, 3)
    old = e.workers()
    e.reload_and_wait()
    for ws in held:
        ws.client.rest()
    wait.until("the old workers to leave",
               lambda: not set(old) & set(e.workers()))


def test_number_of_workers_changes(make_edge, edge_world):
    """More, fewer, one: each time without a failed request."""
    e = make_edge(top="\tworkers 1\n").start()
    running = loads(edge_world, e)
    for n in (3, 1, 4, 2):
        e.write(top=f"\tworkers {n}\n")
        e.reload_and_wait()
        wait.until(f"{n} workers", lambda: len(e.workers()) == n)
    none_failed(running)


@pytest.mark.parametrize("text, said", [
    ("nonsense {", "has no"),
    ('edge { listen on 127.0.0.1 port 1 }', "already given"),
    ("", "")], ids=["syntax", "another edge", "empty"])
def test_a_bad_file_changes_nothing(make_edge, text, said):
    """The old one stands; the next good one is taken."""
    e = make_edge().start()
    workers = e.workers()
    since = e.log.mark()
    good = e.conf.read_text()
    e.write_raw(text if text == "" else good + text + "\n")
    e.daemon.signal(signal.SIGHUP)
    e.log.wait(said or "edge", since)
    e.works()
    assert sorted(e.workers()) == sorted(workers)
    e.write_raw(good)
    e.reload_and_wait()
    e.works()


def test_a_listener_that_cannot_be_had(make_edge):
    """Port taken: the reload is refused whole, nothing is lost."""
    import socket
    e = make_edge().start()
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    good = e.conf.read_text()
    since = e.log.mark()
    e.write_raw(good.replace("edge {", "edge {\n\tlisten on 127.0.0.1 port "
                             f"{taken.getsockname()[1]}", 1))
    e.daemon.signal(signal.SIGHUP)
    e.log.wait(r"(?i)in use|restart|listen", since)
    e.works()
    taken.close()
    e.write_raw(good)
    e.reload_and_wait()
    e.works()


@pytest.mark.jailed_too
def test_a_killed_worker_is_replaced(make_edge, edge_world):
    """Its connections are lost; the others' are not, and new ones come."""
    e = make_edge(top="\tconnections 40\n").start()
    e.daemon.child_may_fall = True
    for _ in range(3):
        old = e.workers()
        os.kill(old[0], signal.SIGKILL)
        wait.until("another in its place",
                   lambda: len(e.workers()) == 2
                   and old[0] not in e.workers())
        wait.until("it to serve", lambda: serves(e))
    # What the dead one held has been given back.
    held = [e.client() for _ in range(30)]
    for c in held:
        assert c.ask(http.request("/hello.txt")).status == 200
        c.close()


def serves(e):
    try:
        for _ in range(6):
            e.works()
        return True
    except (OSError, AssertionError):
        return False


def test_a_killed_worker_leaves_websockets_of_others(make_edge, sockets):
    e = make_edge(sites=ws_site(sockets)).start()
    e.daemon.child_may_fall = True
    held = open_sockets(e, 12)
    os.kill(e.workers()[0], signal.SIGKILL)
    alive = 0
    for ws in held:
        try:
            ws.say(b"still here")
            alive += 1
        except (http.Truncated, OSError):
            pass
    assert alive < 12, "the killed one had none of twelve"
    wait.until("two workers", lambda: len(e.workers()) == 2)
    wait.until("it to serve", lambda: serves(e))


@pytest.mark.jailed_too
def test_sigterm(make_edge):
    """Stops accepting, finishes what is under way, leaves with 0."""
    go_on = threading.Event()

    def script(c):
        c.head()
        c.wait_for(go_on)
        c.send(answer(b"whole"))

    e = make_edge(origins=1).start()
    o = e.origin(script)
    with e.to(o) as c, e.client() as idle:
        assert idle.ask(http.request("/hello.txt")).status == 200
        c.send(http.request(host=o.name))
        o.wait_connections()
        e.daemon.stopped = True
        e.daemon.signal(signal.SIGTERM)
        wait.until("nobody to be let in any more", lambda: not lets_in(e))
        go_on.set()
        assert c.answer().body == b"whole"
        idle.rest()
    assert e.daemon.wait_end() == 0


def lets_in(e):
    try:
        http.Client(e.plain, seconds=1).close()
        return True
    except OSError:
        return False


def test_sigint_and_a_second_sigterm(make_edge, sockets):
    """Whoever is in a hurry says it twice."""
    e = make_edge(sites=ws_site(sockets)).start()
    held = open_sockets(e, 2)
    e.daemon.stopped = True
    e.daemon.signal(signal.SIGTERM)
    wait.until("it to stop accepting", lambda: not lets_in(e))
    if e.daemon.alive():
        e.daemon.signal(signal.SIGTERM)
    # The second one may come when it listens to no signal any more.
    assert e.daemon.wait_end() in (0, -signal.SIGTERM)
    for ws in held:
        ws.client.rest()


def test_sigusr1_opens_the_log_anew(make_edge, lab_base):
    """Renamed away; lines go to the old one until told, then to a new one."""
    path = lab_base / "access.log"
    e = make_edge(log=f'access log to "{path}"').start()
    e.works()
    wait.until("a line", lambda: "hello.txt" in path.read_text())
    old = path.with_suffix(".0")
    path.rename(old)
    e.get("/hello.txt?old")
    wait.until("a line in the old file", lambda: "?old" in old.read_text())
    e.daemon.signal(signal.SIGUSR1)
    wait.until("a new file", path.exists)

    def there():
        e.get("/hello.txt?new")
        return "?new" in path.read_text()

    wait.until("a line in the new file", there)
    e.works()


def test_a_pipe_of_signals(make_edge):
    """All at once and over again: it is still there."""
    e = make_edge().start()
    for _ in range(20):
        for number in (signal.SIGHUP, signal.SIGUSR1, signal.SIGHUP):
            e.daemon.signal(number)
        e.works()
    wait.until("two workers again", lambda: len(e.workers()) == 2)
    e.works()


def test_one_instance_a_state_folder(make_edge):
    """The second says that there is one, and ends."""
    e = make_edge().start()
    d = Daemon(e.base, "postern-edge", e.conf, "edge-second")
    assert not d.ready and d.wait_end() != 0
    e.works()


def test_control_socket(make_edge):
    e = make_edge().start()
    answer_lines = e.control("status")
    assert answer_lines[0] == "ok"
    old = e.workers()
    assert e.control("reload")[0] == "ok"
    wait.until("new workers", lambda: not set(old) & set(e.workers()))
    e.works()


def test_check_says_what_is_wrong(make_edge):
    """-n: the file and its certificates, without starting."""
    e = make_edge()
    assert e.command("postern-edge", "-n").returncode == 0
    e.write_raw(e.conf.read_text().replace("edge {", "edge {\n\tbogus 1", 1))
    done = e.command("postern-edge", "-n")
    assert done.returncode != 0 and b"bogus" in done.stderr + done.stdout


@pytest.mark.jailed_too
def test_workers_are_not_root(make_edge):
    e = make_edge().start()
    for pid in e.workers():
        with open(f"/proc/{pid}/status") as f:
            uid = next(line.split()[1:] for line in f
                       if line.startswith("Uid:"))
        assert "0" not in uid


def test_generations_side_by_side(make_edge, sockets):
    """Old and new workers serve at once, for as long as a WebSocket lives."""
    e = make_edge(sites=ws_site(sockets)).start()
    held = open_sockets(e, 1)
    for _ in range(5):
        e.reload_and_wait()
        held += open_sockets(e, 1)
    all_answer(held)
    assert len(e.workers()) > 2
    for ws in held:
        ws.end()
    wait.until("the old workers to leave", lambda: len(e.workers()) == 2)


def test_unix_upstreams_survive_a_reload(make_edge, lab_base):
    """The parent connects for the new workers as for the old."""
    o = Origin(serve, path=lab_base / "reload.sock")
    e = make_edge(sites='\tsite "u.example.org" {\n\t\t' + o.forward()
                  + "\n\t}\n").start()
    for _ in range(3):
        with e.client(tls=False) as c:
            assert c.ask(http.request(host="u.example.org")).body == b"ok"
        e.reload_and_wait()
    o.stop()
