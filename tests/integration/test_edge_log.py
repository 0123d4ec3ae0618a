# SPDX-License-Identifier: ISC
"""Every exchange ends in one line with one reason, in one of two forms."""

import json
import os
import re

import pytest

from lab import http, wait, websocket
from lab.origin import answer, says



def EDGE(world):
    return dict(origins=30, top=TOP, sites=SITES + f"""
	site "limited.example.org" {{
		body size 100
		{world.nginx.forward()}
	}}
""")


TOP = "\thead timeout 1s\n\twait timeout 1s\n"
SITES = """
	site "own.example.org" {
		return 200 "own"
		location "/away" { redirect 302 "https://www.example.org/" }
		location "/blocked" { block from { 0.0.0.0/0 } }
	}
	site "nothing.example.org" { location "/x" { return 200 } }
"""

COMBINED = re.compile(
    r'^(?P<client>[0-9a-f.:]+) - - \[(?P<time>\d\d/[A-Z][a-z]{2}/\d{4}'
    r':\d\d:\d\d:\d\d [+-]\d{4})\] "(?P<request>(?:[^"\\]|\\.)*)" '
    r'(?P<status>\d{3}) (?P<bytes>\d+|-) "(?P<referer>(?:[^"\\]|\\.)*)" '
    r'"(?P<agent>(?:[^"\\]|\\.)*)" host=(?P<host>\S+|"(?:[^"\\]|\\.)*") '
    r'why=(?P<why>[a-z-]+) ms=(?P<ms>-?\d+)')


def test_one_line_for_each_exchange(edge):
    """A kept connection has as many lines as requests."""
    since = edge.log.mark()
    with edge.client() as c:
        for n in range(10):
            c.ask(http.request(f"/hello.txt?one-{n}"))
    wait.until("ten lines", lambda: len(of(edge, since, "?one-")) >= 10)
    lines = of(edge, since, "?one-")
    assert sorted(r["target"] for r in lines) == [
        f"/hello.txt?one-{n}" for n in range(10)]
    assert {r["why"] for r in lines} == {"done"}


def of(edge, since, mark):
    return [r for r in edge.records(since) if mark in (r["target"] or "")]


def test_what_a_line_tells(edge):
    since = edge.log.mark()
    with edge.client(source="192.0.2.77") as c:
        a = c.ask(http.request("/hello.txt?x=%20", "GET", http.SITE,
                               "Referer: https://example.com/",
                               "User-Agent: test/1.0"))
    r = edge.record(since, target="/hello.txt?x=%20")
    assert r["client"] == "192.0.2.77" and r["method"] == "GET"
    assert r["status"] == 200 and r["bytes"] == len(a.body)
    assert r["host"] == http.SITE and r["protocol"] == "HTTP/1.1"
    assert r["referer"] == "https://example.com/"
    assert r["user_agent"] == "test/1.0" and r["tls"] == "TLSv1.3"
    assert str(edge.nginx.port) in r["upstream"]
    assert 0 <= r["upstream_ms"] <= r["ms"] + 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", r["time"])


def test_bytes_received(edge):
    o = edge.origin()
    since = edge.log.mark()
    with edge.to(o) as c:
        c.ask(http.request("/", "POST", o.name, body=b"x" * 5000))
    assert edge.record(since, host=o.name)["received"] == 5000


def ask(edge, data, host=None, tls=False):
    with edge.client(tls, name=host or http.SITE) as c:
        c.try_send(data)
        c.rest()


def refuse(edge, o):
    o.refuse()
    ask(edge, http.request("/", "GET", o.name, "Connection: close"),
        o.name, True)


def upstream(script):
    def run(edge, o):
        o.script = script
        ask(edge, http.request("/", "GET", o.name, "Connection: close"),
            o.name, True)
    return run


def own(target="/", *more, host="own.example.org", method="GET", body=None):
    def run(edge, o):
        ask(edge, http.request(target, method, host, "Connection: close",
                               *more, body=body))
    return run


def gone(edge, o):
    o.script = lambda c: c.hang()
    c = edge.to(o).send(http.request("/", host=o.name))
    o.wait_received(b"GET /")
    c.reset()


def tunnel(edge, o):
    o.script = websocket.echo
    with edge.to(o) as c:
        ws = websocket.Socket(c, host=o.name)
        ws.say(b"x")
        ws.close()
        c.rest()


REASONS = {
    "done": (upstream(says(answer())), 200),
    "redirect": (own("/away"), 302),
    "return": (own("/"), 200),
    "blocked": (own("/blocked"), 403),
    "no-action": (own("/", host="nothing.example.org"), 404),
    "no-site": (own("/", host="unknown.example"), None),
    "bad-request": (lambda e, o: ask(e, b"GET / HTTP/1.1\r\nA : b\r\n\r\n"),
                    400),
    "body-large": (own("/", host="limited.example.org", method="POST",
                       body=b"x" * 200), 413),
    "head-timeout": (lambda e, o: ask(e, b"GET / HT"), 408),
    "up-refused": (refuse, None),
    "up-closed": (upstream(lambda c: c.head()), 502),
    "up-bad": (upstream(says(b"nonsense\r\n\r\n")), 502),
    "up-cut": (upstream(says(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
                             b"abc")), 200),
    "client-gone": (gone, None),
    "tunnel": (tunnel, 101),
}


@pytest.mark.parametrize("why", REASONS)
def test_reason(edge, why):
    """The right word, once."""
    run, status = REASONS[why]
    o = edge.origin()
    since = edge.log.mark()
    run(edge, o)
    r = edge.record(since, why=why)
    assert status is None or r["status"] == status, r
    edge.works()
    edge.record(since, target="/hello.txt")
    others = [x for x in edge.records(since) if x["target"] != "/hello.txt"]
    assert len(others) == 1, others


NASTY = [
    b'GET /"quote HTTP/1.1', b"GET /back\\slash HTTP/1.1",
    b"GET /\xff\xfe HTTP/1.1", b"GET /%0a%0dGET HTTP/1.1"]


@pytest.mark.parametrize("line", NASTY, ids=repr)
@pytest.mark.parametrize("agent", [b'a"b', b"\xe9\x9c", b"\\", b"a\tb"],
                         ids=repr)
def test_nothing_breaks_out_of_a_line(edge, line, agent):
    """Whatever is sent: one line of printable ASCII, valid JSON."""
    since = edge.log.mark()
    with edge.client() as c:
        c.try_send(line + b"\r\nHost: " + http.SITE.encode()
                   + b"\r\nUser-Agent: " + agent
                   + b"\r\nConnection: close\r\n\r\n")
        c.rest()
    edge.works()
    edge.record(since, target="/hello.txt")
    lines = [x for x in edge.log.whole_lines(since) if '{"' in x]
    assert len(lines) == 2
    for x in lines:
        json.loads(x[x.index('{"'):])
        assert x.isascii() and x.isprintable(), x


@pytest.mark.jailed_too
def test_combined_to_a_file(make_edge, lab_base):
    path = lab_base / "combined.log"
    e = make_edge(log=f'access log to "{path}"').start()
    with e.client(source="192.0.2.78") as c:
        c.ask(http.request('/hello.txt?"', "GET", http.SITE,
                           'User-Agent: say "hi"'))
        c.ask(http.request("/nothing"))
    wait.until("two lines", lambda: path.exists()
               and path.read_text().count("\n") >= 2)
    first, second = path.read_text().splitlines()
    m = COMBINED.match(first)
    assert m, first
    assert m["client"] == "192.0.2.78" and m["why"] == "done"
    assert m["agent"] == r'say \"hi\"'
    m = COMBINED.match(second)
    assert m and m["status"] == "404" and m["agent"] == "-"
    assert path.stat().st_mode & 0o007 == 0, "not for everybody to read"


def test_combined_is_the_default(make_edge):
    e = make_edge(log="access log to stderr").start()
    e.works()
    line = e.log.wait(r'"GET /hello\.txt HTTP/1\.1" 200 6 ')
    assert COMBINED.search(line[line.index("127.0.0.1"):])


def test_no_log(make_edge):
    e = make_edge(log="access log no").start()
    since = e.log.mark()
    e.works()
    e.stop()
    assert "hello.txt" not in e.log.text(since)


def test_syslog(make_edge, syslog):
    """In the background: under the program's own name, a message a line."""
    since = syslog.log.mark()
    e = make_edge(log="access log to syslog").start(flags=())
    e.daemon.stopped = True
    assert e.daemon.wait_end() == 0		# it went on in the background
    try:
        e.get("/hello.txt?to-syslog")
        line = syslog.log.wait(r"\?to-syslog", since)
        assert re.match(r"<\d+>.*postern-edge(\[\d+\])?: ", line), line
        assert "why=done" in line
    finally:
        pid = e.status()["pid"]
        assert e.control("stop")[0] == "ok"
        wait.until("it to end", lambda: not os.path.exists(f"/proc/{pid}"))


def test_many_lines_from_many_workers(make_edge, edge_world, lab_base):
    """None is lost, none is torn."""
    path = lab_base / "many.log"
    e = make_edge(log=f'access log to "{path}" json').start()
    said = edge_world.load("-t", "-n", 20, "-c", 5000, "-u", "/1k", "keep",
                           e.tls).go().figures()
    assert said["errors"] == 0
    wait.until("all lines", lambda: path.read_text().count("\n") >= 5020)
    e.stop()
    lines = path.read_text().splitlines()
    assert len(lines) == 5020		# each connection asked once before
    for line in lines:
        assert json.loads(line)["target"] == "/1k"


def test_a_full_disk_costs_lines_only(make_edge):
    """/dev/full says ENOSPC to every write: requests are served."""
    e = make_edge(log='access log to "/dev/full"').start()
    for _ in range(20):
        e.works()


def test_a_log_that_cannot_be_opened(make_edge, lab_base):
    """Said at once, at the start."""
    e = make_edge(log=f'access log to "{lab_base}/no/such/folder/log"')
    with pytest.raises(AssertionError, match="No such file"):
        e.start()


def test_the_client_behind_a_trusted_proxy(make_edge):
    e = make_edge(top="\ttrusted proxy { 192.0.2.1 }\n").start()
    with e.client(source="192.0.2.1") as c:
        c.ask(http.request("/hello.txt", "GET", http.SITE,
                           "X-Forwarded-For: 203.0.113.99"))
    assert e.record(target="/hello.txt")["client"] == "203.0.113.99"
