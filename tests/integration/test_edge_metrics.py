# SPDX-License-Identifier: ISC
"""Counters as Prometheus text on a socket of its own, and in status."""

import os
import re
import signal
import socket

import pytest

from lab import http, wait, websocket
from lab.edge import free_port



def EDGE(_):
    return dict(origins=12, top=metrics())


def metrics():
    return f"\tmetrics on 127.0.0.1 port {free_port()}\n"


SAMPLE = re.compile(r'^([a-z_]+)(\{[a-z_]+="(?:[^"\\]|\\.)*"'
                    r'(?:,[a-z_]+="(?:[^"\\]|\\.)*")*\})? (-?[0-9.e+]+)$')
P = "postern_edge_"


def read(edge):
    """{name and labels: value}; the text is checked on the way."""
    with http.Client(edge.metrics_port) as c:
        a = c.ask(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
    assert a.status == 200
    assert a["content-type"].startswith("text/plain; version=0.0.4")
    return parse(a.body.decode())


def parse(text):
    found, typed, helped = {}, {}, set()
    assert text.endswith("\n")
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name not in typed, f"{name} is typed twice"
            typed[name] = kind
            continue
        if line.startswith("# HELP "):
            helped.add(line.split(" ")[2])
            continue
        m = SAMPLE.match(line)
        assert m, line
        assert m[1] in typed and m[1] in helped, line
        assert typed[m[1]] == ("counter" if m[1].endswith("_total")
                               else "gauge"), line
        key = m[1] + (m[2] or "")
        assert key not in found, f"{key} twice"
        found[key] = float(m[3])
    return found


def settled(edge):
    """The figures, once nobody of before is connected any more."""
    def look():
        now = read(edge)
        return not (now[P + "connections_open"] or now[P + "tunnels_open"]) \
            and now

    return wait.until("the clients of before to be gone", look)


def grows(edge, before, **wanted):
    """These have grown by so much, once the workers have counted."""
    def look():
        now = read(edge)
        return all(now[P + k] - before.get(P + k, 0) == v
                   for k, v in wanted.items()) and now

    return wait.until(lambda: f"{wanted} after {before}; now {read(edge)}",
                      look)


def test_text(edge):
    assert read(edge)[P + "generation"] >= 0


def test_requests_add_up(edge):
    before = settled(edge)
    with edge.client() as c:
        for _ in range(7):
            c.ask(http.request("/hello.txt"))
        c.ask(http.request("/nothing"))
    grows(edge, before, requests_total=8, connections_total=1,
          handshakes_total=1,
          **{'responses_total{code="2xx"}': 7,
             'responses_total{code="4xx"}': 1,
             'exchanges_total{reason="done"}': 8})


def test_gauges_go_up_and_down(edge):
    before = settled(edge)
    held = [edge.client() for _ in range(5)]
    for c in held:
        c.ask(http.request("/hello.txt"))
    grows(edge, before, connections_open=5, connections_idle=5)
    for c in held:
        c.close()
    grows(edge, before, connections_open=0, connections_idle=0)


def test_tunnels(edge):
    o = edge.origin(websocket.echo)
    before = settled(edge)
    with edge.to(o) as c:
        ws = websocket.Socket(c, host=o.name)
        ws.say(b"x")
        grows(edge, before, tunnels_open=1)
    grows(edge, before, tunnels_open=0)


def test_what_went_wrong_is_counted(edge):
    before = settled(edge)
    with http.Client(edge.tls) as c:
        c.ask(http.request("/"))
    grows(edge, before, plain_on_tls_total=1)
    before = settled(edge)
    with pytest.raises(OSError):
        edge.client(name="unknown.example")
    grows(edge, before, handshakes_unknown_name_total=1)


def test_a_restart_of_a_worker_loses_no_count(make_edge):
    """What the dead one counted stays; what it held is given back."""
    e = make_edge(top=metrics() + "\tworkers 1\n").start()
    e.daemon.child_may_fall = True
    for _ in range(5):
        e.works()
    held = e.client()
    held.ask(http.request("/hello.txt"))
    wait.until("six requests",
               lambda: read(e)[P + "requests_total"] == 6)
    [old] = e.workers()
    os.kill(old, signal.SIGKILL)
    wait.until("another worker", lambda: e.workers() not in ([], [old]))
    wait.until("the connection to be given back",
               lambda: read(e)[P + "connections_open"] == 0)
    assert read(e)[P + "requests_total"] == 6
    wait.until("it to serve", lambda: serves(e))


def serves(e):
    try:
        e.works()
        return True
    except (OSError, AssertionError):
        return False


def test_unix_socket(make_edge, lab_base):
    path = lab_base / "metrics.sock"
    e = make_edge(top=f'\tmetrics on socket "{path}"\n').start()
    e.works()
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(60)
    s.connect(str(path))
    with s:
        s.sendall(b"GET /metrics HTTP/1.0\r\n\r\n")
        with s.makefile("rb") as f:
            head, _, body = f.read().partition(b"\r\n\r\n")
    assert b" 200 " in head
    assert parse(body.decode())[P + "requests_total"] >= 0


def test_reload_and_upgrade_go_on_counting(make_edge):
    e = make_edge(top=metrics()).start()
    for n in range(3):
        e.works()
        wait.until("the request to be counted",
                   lambda: read(e)[P + "requests_total"] == n + 1)
        e.reload_and_wait()
    assert read(e)[P + "requests_total"] == 3


def test_status_of_the_daemon(edge):
    edge.works()
    said = edge.status()
    assert said["program"] == "postern-edge" and said["ready"] == "2"
    text = "\n".join(edge.control("status"))
    assert http.SITE in text, "sites"
    assert str(edge.nginx.port) in text, "upstreams"
    assert re.search(r"\b8[89]|90", text), "days left of certificates"


@pytest.mark.jailed_too
def test_postern_status(edge):
    done = edge.command("postern", "status")
    assert done.returncode == 0, done.stderr
    assert b"postern-edge" in done.stdout


def test_postern_reload(make_edge):
    e = make_edge().start()
    old = e.newest()
    done = e.command("postern", "reload")
    assert done.returncode == 0, done.stderr
    wait.until("new workers", lambda: e.newest() > old)
    e.works()


def test_rude_readers_of_metrics(edge):
    """Nothing, garbage, a hundred at once: the parent goes on."""
    held = [http.Client(edge.metrics_port) for _ in range(100)]
    held[0].try_send(b"\0" * 100000)
    for c in held:
        c.close()
    assert P + "requests_total" in read(edge)
    edge.works()
