# SPDX-License-Identifier: ISC
"""postern-lists and those who publish lists: a bad one never replaces a
good one."""

import functools
import gzip
import io
import ipaddress
import json
import os
import re
import signal
import subprocess
import time

import pytest

from lab import daemon, feeds as lab_feeds, netns, wait
from lab.feeds import Machine, addresses

GOOD = addresses(2000)
SET = [f"{line}" for line in GOOD.decode().split()]
TOKEN = "s3cr3t-t0ken-9b1d"


@functools.cache
def publisher(base):
    """One for all tests; its threads end with the process."""
    return lab_feeds.Feeds(base)


@pytest.fixture
def feeds(lab_base):
    return publisher(lab_base)


@pytest.fixture
def machine(lab_base, feeds):
    """Its list has one url, which is the test's own path."""
    m = Machine(lab_base, feeds)
    m.path = f"/{m.home.name}.txt"
    m.write([feeds.url(m.path)])
    return m


def settled(machine, body=GOOD):
    """One good round."""
    machine.feeds.answers[machine.path] = body
    assert machine.round() == 0, machine.said
    machine.age()
    return machine


def gzipped(data):
    return gzip.compress(data, mtime=0)


def bomb():
    """A small file that would be 300 MB."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as f:
        for _ in range(300):
            f.write(b"#" * (1 << 20))
    return out.getvalue()


def mixed(good, bad):
    """That many good lines, and as many bad ones among them."""
    lines = addresses(good).splitlines(keepends=True)
    for i in range(bad):
        lines.insert(i * 10, b"no address %d\n" % i)
    return b"".join(lines)


GLUED = GOOD.replace(b"5.0.0.2\n5.0.0.4\n", b"5.0.0.25.0.0.4\n")

# what it is; what came; what doors have then (a function of it)
TAKEN = [
    ("plain", GOOD, SET),
    ("CRLF", GOOD.replace(b"\n", b"\r\n"), SET),
    ("BOM", b"\xef\xbb\xbf" + GOOD, SET),
    ("no newline at the end", GOOD[:-1], SET),
    ("gzip", gzipped(GOOD), SET),
    ("comments", b"; a\n# b\n// c\n5.0.0.1 ; SBL1\n5.0.0.3 # x\n",
     ["5.0.0.1", "5.0.0.3"]),
    ("4 % garbage", mixed(1920, 80),
     [x for x in addresses(1920).decode().split()]),
    ("two glued together", GLUED,
     [x for x in SET if x not in ("5.0.0.2", "5.0.0.4")]),
    ("NDJSON with metadata",
     b'{"cidr":"5.0.0.0/24","sblid":"SBL1","rir":"ripencc"}\n'
     b'{"cidr":"2a00::/32","sblid":"SBL2","rir":"ripencc"}\n'
     b'{"type":"metadata","timestamp":1795356000,"size":2,"records":2,'
     b'"copyright":"(c) somebody"}\n',
     ["5.0.0.0-5.0.0.255", "2a00::-2a00:0:ffff:ffff:ffff:ffff:ffff:ffff"]),
    ("DShield",
     b"# DShield\nStart\tEnd\tNetmask\tAttacks\tName\n"
     b"5.0.0.0\t5.0.0.255\t24\t100\tX\n5.0.2.0\t5.0.2.255\t24\t99\tY\n",
     ["5.0.0.0-5.0.0.255", "5.0.2.0-5.0.2.255"]),
    ("overlapping and adjacent",
     b"5.0.0.0/24\n5.0.0.128/25\n5.0.1.0 - 5.0.1.9\n5.0.1.5-5.0.1.20\n"
     b"2a00::/33\n2a00:0:8000::/33\n",
     ["5.0.0.0-5.0.1.20", "2a00::-2a00:0:ffff:ffff:ffff:ffff:ffff:ffff"]),
    ("examples", b"192.0.2.0/24\n203.0.113.9\n2001:db8::/32\n",
     ["192.0.2.0-192.0.2.255", "203.0.113.9",
      "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"]),
    ("loopback, private, this network inside",
     b"5.0.0.1\n127.0.0.1\n10.0.0.0/8\n172.16.5.0/24\n192.168.1.1\n"
     b"0.0.0.0/8\n::1\nfe80::1\nfd00::/8\n5.0.0.3\n255.255.255.255\n",
     ["5.0.0.1", "5.0.0.3"]),
]


@pytest.mark.parametrize("what, body, wanted", TAKEN,
                         ids=[case[0] for case in TAKEN])
def test_taken(machine, feeds, what, body, wanted):
    """What people publish comes into use."""
    feeds.answers[machine.path] = body
    assert machine.round() == 0, machine.said
    assert machine.set() == wanted
    machine.age()
    assert machine.round() == 0
    assert " same " in machine.last


REFUSED = [
    ("empty", b"", "it is empty", True),
    ("only comments", b"# gone\n; gone\n\n", "nothing in it but comments",
     True),
    ("a web page", b"<!DOCTYPE html>\n<html><body>5.0.0.1\n</body></html>\n",
     "it is a web page", False),
    ("a captcha", b"\n  <html><head><title>Just a moment...</title></head>"
     b"<script>x</script></html>", "it is a web page", False),
    ("6 % garbage", mixed(1880, 120), "120 of 2000 lines are bad", True),
    ("halved", addresses(1000), "halved: 1000 entries instead of 2000", True),
    ("tripled", addresses(6000), "tripled: 6000 entries instead of 2000",
     True),
    ("all", GOOD + b"0.0.0.0/0\n", "", True),
    ("all at once", addresses(900) + b"0.0.0.0/0\n", "", True),
    ("a /7", GOOD + b"8.0.0.0/7\n", 'more than "widest 8 16" allows', True),
    ("a /7 in pieces", GOOD + b"".join(
        b"%d.0.0.0/9\n%d.128.0.0/9\n" % (i, i) for i in (8, 9)),
     'more than "widest 8 16" allows', True),
    ("all of IPv6", GOOD + b"::/0\n", "more than", True),
    ("only private", addresses(2000, "10.0.0.0"),
     "only special-purpose addresses", True),
]


@pytest.mark.parametrize("what, body, why, held", REFUSED,
                         ids=[case[0] for case in REFUSED])
def test_refused(machine, feeds, what, body, why, held):
    """It does not replace what was good; what is held back can be accepted,
    the good one coming again ends it."""
    settled(machine)
    feeds.answers[machine.path] = body
    assert machine.round() == 1
    assert why in machine.last
    assert "refused: " in machine.last
    assert "the old one stays" in machine.last
    assert ('"postern lists accept drop" overrides' in machine.last) == held
    assert machine.set() == SET
    assert machine.meta()["held"] == str(int(held))
    # It is asked again when it is due, not at once.
    assert machine.round() == 0
    machine.age()
    feeds.answers[machine.path] = GOOD + b"5.9.0.0\n"
    assert machine.round() == 0
    assert machine.set() == SET + ["5.9.0.0"]
    assert machine.meta()["held"] == "0"
    assert "why" not in machine.meta()


def slow(handler):
    handler.begin(length=100)
    handler.wfile.write(b"5.0.0.1\n")
    handler.server.feeds.tick.wait(60)


def truncated(handler):
    handler.answer(GOOD[:9000], length=len(GOOD))


def truncated_chunk(handler):
    handler.begin(Transfer_Encoding="chunked")
    handler.wfile.write(b"%x\r\n" % len(GOOD) + GOOD[:9000])


def cut_gzip(handler):
    handler.answer(gzipped(GOOD)[:-9])


def status(code, **headers):
    return lambda handler: handler.answer(GOOD, code, **headers)


def redirect(to, code=302):
    """to: a function of the feeds."""
    return lambda handler: handler.answer(
        GOOD, code, Location=to(handler.server.feeds))


def long_headers(handler):
    handler.begin(**{f"X{i}": "x" * 4000 for i in range(40)})
    handler.wfile.write(GOOD)


def loop(handler):
    handler.answer(b"", 301, Location=handler.path)


FAILED = [
    ("300 MB without end", lab_feeds.endless(300 << 20, b"#" * 65536),
     "more than 1048576 bytes"),
    ("a length that is too much", lambda h: h.answer(b"", length=300 << 20),
     "more than 1048576 bytes"),
    ("a bomb", bomb, "more than 1048576 bytes"),
    ("too many lines", addresses(20001), "more than 20000 lines"),
    ("a slow drip", lab_feeds.drip, "Timeout was reached"),
    ("silence in the middle", slow, "Timeout was reached"),
    ("no answer", lab_feeds.closed, ""),
    ("truncated", truncated, ""),
    ("truncated chunk", truncated_chunk, ""),
    ("cut gzip", cut_gzip, "gzip"),
    ("gone", status(404), "HTTP 404"),
    ("broken", status(503), "HTTP 503"),
    ("a part", status(206), "HTTP 206"),
    ("no content", lambda h: h.answer(b"", 204), "HTTP 204"),
    ("304 that nobody asked for", lambda h: h.begin(304), "HTTP 304"),
    ("redirect to a file", redirect(lambda f: "file:///etc/passwd"),
     "a redirect to what is not https"),
    ("redirect to http", redirect(
        lambda f: f.url("/x").replace("https:", "http:")),
     "a redirect to what is not https"),
    ("redirect to ftp", redirect(lambda f: "ftp://localhost/x", 301),
     "a redirect to what is not https"),
    ("redirect to nowhere", status(302), "a redirect to nowhere"),
    ("redirect to itself", loop, "too many redirects"),
    ("endless headers", long_headers, "endless headers"),
]


@pytest.mark.parametrize("what, answer, why", FAILED,
                         ids=[case[0] for case in FAILED])
def test_failed(machine, feeds, what, answer, why):
    """The last good one stays, the log says why, and it is asked again
    sooner than usual."""
    settled(machine)
    machine.write([feeds.url(machine.path)],
                  more="timeout 2s\n\tsize 1m\n\tlines 20000")
    feeds.answers[machine.path] = answer() if answer is bomb else answer
    feeds.sent = 0
    assert machine.round() == 1
    assert why in machine.last
    assert "the old one stays; asked again in 60 seconds" in machine.last
    assert machine.set() == SET
    assert machine.meta()["failures"] == "1"
    # Much was sent, but not all of it was wanted.
    assert feeds.sent < 100 << 20
    assert machine.round() == 0
    machine.age(61)
    feeds.answers[machine.path] = GOOD + b"5.9.0.0\n"
    assert machine.round() == 0
    assert machine.set() == SET + ["5.9.0.0"]
    assert machine.meta()["failures"] == "0"


@pytest.mark.jailed_too
def test_names(machine, feeds, lab):
    """Names are looked up in the DNS, from within the jail, too."""
    feeds.answers[machine.path] = GOOD
    machine.write([feeds.url(machine.path, "named", "good.example.org")])
    assert machine.round() == 0, machine.said
    assert machine.set() == SET
    for name in ("nxdomain.example.org", "client.broken.example"):
        machine.write([feeds.url(machine.path, "named", name)])
        assert machine.round() == 1
        assert "Couldn't resolve host name" in machine.last
    # A name whose servers are silent costs no more than the timeout.
    machine.write([feeds.url(machine.path, "named", "client.mute.example")],
                  more="timeout 2s")

    def one_round():
        assert machine.round() == 1
        assert "Timeout was reached" in machine.last

    wait.in_time("a round", one_round, 4.5, 4)


@pytest.mark.parametrize("which, why", [
    ("expired", "the certificate has expired"),
    ("wrong", "the certificate is for another name")])
def test_certificates(machine, feeds, which, why):
    feeds.answers[machine.path] = GOOD
    machine.write([feeds.url(machine.path, which)])
    before = len(feeds.requests(machine.path))
    assert machine.round() == 1
    assert why in machine.last
    assert machine.set() is None
    assert len(feeds.requests(machine.path)) == before


def test_unknown_authority(machine, feeds):
    """Without "ca" the system's authorities are asked, who do not know
    it."""
    feeds.answers[machine.path] = GOOD
    text = machine.conf.read_text()
    machine.conf.write_text(re.sub(r' ca file "[^"]*"', "", text))
    assert machine.round() == 1
    assert "the certificate is by somebody who is not trusted" in machine.last
    assert not feeds.requests(machine.path)


@pytest.mark.jailed_too
def test_redirect(machine, feeds):
    """One that goes to https is followed; validators are those of the end."""
    feeds.answers[f"{machine.path}/2"] = lambda h: h.answer(
        GOOD, ETag='"two"')
    feeds.answers[machine.path] = redirect(
        lambda f: f.url(f"{machine.path}/2", "other"), 307)
    assert machine.round() == 0, machine.said
    assert machine.set() == SET
    assert machine.meta()["etag"] == '"two"'


@pytest.mark.jailed_too
@pytest.mark.parametrize("headers, sent", [
    ({"ETag": '"v1"'}, {"If-None-Match": '"v1"'}),
    ({"ETag": 'W/"v1"'}, {"If-None-Match": 'W/"v1"'}),
    ({"Last-Modified": "Sun, 22 Nov 2026 10:00:00 GMT"},
     {"If-Modified-Since": "Sun, 22 Nov 2026 10:00:00 GMT"}),
])
def test_not_modified(machine, feeds, headers, sent):
    """The second question is conditional, and "304" keeps what there is."""
    def answer(handler):
        if any(handler.headers.get(k) == v for k, v in sent.items()):
            handler.begin(304)
        else:
            handler.answer(GOOD, **{k.replace("-", "_"): v
                                    for k, v in headers.items()})

    feeds.answers[machine.path] = answer
    assert machine.round() == 0
    first = feeds.requests(machine.path)[-1]
    assert "If-None-Match" not in first and "If-Modified-Since" not in first
    assert re.fullmatch(r"postern/[0-9.]+", first["User-Agent"])
    assert "Accept-Encoding" not in first
    machine.age()
    good = int(machine.meta()["good"])
    assert machine.round() == 0
    assert sent.items() <= feeds.requests(machine.path)[-1].items()
    assert len(feeds.requests(machine.path)) == 2
    assert machine.set() == SET
    assert int(machine.meta()["good"]) > good
    # A set that is lost is not helped by a 304.
    for path in (machine.state / "lists").rglob("*drop*.set"):
        path.write_bytes(b"")
    machine.age()
    assert machine.round() == 0
    assert machine.set() == SET


def test_odd_validators(machine, feeds):
    """What is no ETag is not sent back."""
    feeds.answers[machine.path] = lambda h: h.answer(
        GOOD, ETag='no quotes', Last_Modified="x" * 300)
    assert machine.round() == 0
    machine.age()
    assert machine.round() == 0
    again = feeds.requests(machine.path)[-1]
    assert "If-None-Match" not in again and "If-Modified-Since" not in again


@pytest.mark.parametrize("value, seconds", [
    ("7200", 7200), ("Fri, 31 Dec 2100 23:59:59 GMT", 86400),
    ("999999999", 86400)])
def test_retry_after(machine, feeds, value, seconds):
    """A server that is asked too often says when, and is not asked before,
    by nobody; but a day is the most."""
    settled(machine)
    feeds.answers[machine.path] = lambda h: h.answer(
        b"slower\n", 429, Retry_After=value)
    assert machine.round() == 1
    assert f"HTTP 429: the old one stays; asked again in {seconds}" \
        in machine.last
    machine.age()
    feeds.answers[machine.path] = GOOD
    before = len(feeds.requests(machine.path))
    for words in ((), ("drop",)):
        assert machine.round(*words) == 0
        assert " early " in machine.last
    assert len(feeds.requests(machine.path)) == before
    [meta] = machine.metas()
    text = meta.read_text()
    meta.write_text(re.sub(r"^not-before \d+$",
                           f"not-before {int(time.time()) - 60}", text,
                           flags=re.M))
    assert machine.round() == 0
    assert len(feeds.requests(machine.path)) == before + 1
    assert machine.set() == SET


def test_smallest_interval(machine, feeds):
    """Whoever asks, and however often: once a minute."""
    feeds.answers[machine.path] = GOOD
    for words in ((), (), ("drop",), ("drop",)):
        assert machine.round(*words) == 0
    assert len(feeds.requests(machine.path)) == 1
    machine.age(61)
    assert machine.round() == 0		# not due
    assert len(feeds.requests(machine.path)) == 1
    assert machine.round("drop") == 0	# by hand
    assert len(feeds.requests(machine.path)) == 2


@pytest.mark.jailed_too
def test_token(machine, feeds, lab_base):
    """Tokens and headers go to the origin alone, and nowhere else: not into
    a log, a file, or to where it redirects."""
    token = machine.home / "token"
    token.write_text(TOKEN + "\n")
    header = machine.home / "header"
    header.write_text(f"X-Api-Key: {TOKEN}-2\n")
    for path in (token, header):
        path.chmod(0o600)

    def echo(handler):
        seen = json.dumps(dict(handler.headers)).encode()
        handler.answer(GOOD + seen + b"\n")

    def elsewhere(which, path):
        return redirect(lambda f: f.url(path, which) + f"?key={TOKEN}-3")

    url = feeds.url(machine.path) + f"?key={TOKEN}-4"
    more = f'token file "{token}" header file "{header}"'
    machine.write([(url, more)])
    end = f"{machine.path}/end"
    answers = [echo, elsewhere("good", end), elsewhere("other", end),
               elsewhere("expired", end), status(401), truncated,
               lambda h: h.answer(f"<html>{TOKEN}</html>".encode()),
               redirect(lambda f: f"gopher://{TOKEN}/")]
    feeds.answers[end] = echo
    for answer in answers:
        feeds.answers[machine.path] = answer
        machine.round("drop")
        machine.age()
        asked = feeds.requests(machine.path)[-1]
        assert asked["Authorization"] == f"Bearer {TOKEN}"
        assert asked["X-Api-Key"] == f"{TOKEN}-2"
    same, other = feeds.requests(end)
    assert same["Authorization"] == f"Bearer {TOKEN}"
    assert same["X-Api-Key"] == f"{TOKEN}-2"
    assert "Authorization" not in other and "X-Api-Key" not in other
    assert TOKEN not in machine.said
    assert TOKEN.encode() not in machine.text_of_files()
    # What would be two headers is none.
    token.write_text(f"{TOKEN}\r\nX-Evil: 1\n")
    before = len(feeds.asked)
    assert machine.round("drop") == 1
    assert "the token is no line of printable text" in machine.last
    assert TOKEN not in machine.last
    assert len(feeds.asked) == before
    # Nor is the beginning of one that is too long.
    token.write_text(TOKEN * 4096)
    assert machine.round("drop") == 1
    assert "too large" in machine.last
    assert len(feeds.asked) == before


def test_environment(machine, feeds, monkeypatch):
    """No proxy and no .netrc of whoever started it."""
    for name in ("https_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    (machine.home / ".netrc").write_text(
        "machine localhost login a password b\n")
    monkeypatch.setenv("HOME", str(machine.home))
    monkeypatch.setenv("CURL_CA_BUNDLE", "/nonexistent")
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent")
    feeds.answers[machine.path] = GOOD
    assert machine.round() == 0, machine.said
    assert "Authorization" not in feeds.requests(machine.path)[-1]


def test_protected_inside(machine, feeds):
    """Addresses that nothing may block stay in the list and are said: it is
    the doors that look them up first."""
    machine.write([feeds.url(machine.path)],
                  top="protect { 5.0.0.0 5.0.0.4 }")
    feeds.answers[machine.path] = GOOD
    assert machine.round() == 0, machine.said
    assert machine.set() == SET
    assert "2000 entries, 0 bad, 0 duplicates, 2 protected" in machine.last
    have = machine.set("protected")
    assert "5.0.0.0" in have and "5.0.0.4" in have


@pytest.mark.jailed_too
def test_local_file(machine):
    """The operator's word is obeyed, even if it is nothing; a bad line is
    said, a file that is lost changes nothing."""
    path = machine.home / "drop"
    machine.write([str(path)])
    path.write_bytes(GOOD)
    assert machine.round() == 0, machine.said
    assert machine.set() == SET
    path.write_bytes(b"10.0.0.1\nnonsense\n")
    assert machine.round() == 0
    assert machine.set() == ["10.0.0.1"]
    assert 'line 2 is bad first: "nonsense"' in machine.last
    path.write_bytes(b"")
    assert machine.round() == 0
    assert machine.set() == []
    path.write_bytes(b"5.0.0.1\n")
    assert machine.round() == 0
    path.unlink()
    assert machine.round() == 1
    assert machine.set() == ["5.0.0.1"]


@pytest.mark.jailed_too
def test_two_sources(machine, feeds):
    """One fails, and the other is used; both are the list."""
    path = machine.home / "drop"
    path.write_text("5.1.0.0/16\n")
    machine.write([feeds.url(machine.path), feeds.url(f"{machine.path}/2"),
                   str(path)])
    feeds.answers[machine.path] = b"5.0.0.1\n"
    assert machine.round() == 1
    assert "HTTP 404" in machine.last
    assert machine.set() == ["5.0.0.1", "5.1.0.0-5.1.255.255"]
    feeds.answers[f"{machine.path}/2"] = b"5.2.0.0/24\n"
    feeds.answers[machine.path] = status(500)
    machine.age()
    assert machine.round() == 1
    assert machine.set() == ["5.0.0.1", "5.1.0.0-5.2.0.255"]
    # What the file names no more is not in the list any more.
    machine.write([feeds.url(f"{machine.path}/2")])
    assert machine.round() == 0
    assert machine.set() == ["5.2.0.0-5.2.0.255"]
    assert len(machine.metas()) == 1


def test_ends(machine, feeds):
    """Ranges up to the last address, where no list of others may be."""
    path = machine.home / "drop"
    last6 = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    path.write_text("255.255.255.254/31\n255.255.255.0 - 255.255.255.255\n"
                    f"255.255.255.255\n{last6}\nffff::/16\n"
                    "0.0.0.0\n0.0.0.1\n::\n")
    machine.write([str(path)])
    assert machine.round() == 0
    assert machine.set() == [
        "0.0.0.0-0.0.0.1", "255.255.255.0-255.255.255.255",
        "::", f"ffff::-{last6}"]


def test_widest(machine, feeds):
    """More can be allowed."""
    feeds.answers[machine.path] = b"4.0.0.0/7\n5.5.5.5\n"
    assert machine.round() == 1
    assert 'more than "widest 8 16" allows' in machine.last
    assert machine.set() is None
    machine.write([feeds.url(machine.path)], more="widest 7 16")
    machine.age()
    assert machine.round() == 0
    assert machine.set() == [
        f"4.0.0.0-{ipaddress.ip_network('4.0.0.0/7')[-1]}"]


def test_accept(machine, feeds, lab_base):
    """What was held back comes into use when somebody says so, once."""
    def accept():
        return daemon.command(lab_base, "postern", "-f", machine.conf,
                              "lists", "accept", "drop")

    settled(machine)
    assert accept().returncode != 0
    feeds.answers[machine.path] = addresses(400)
    assert machine.round() == 1
    done = accept()
    assert done.returncode == 0, done.stderr
    assert machine.set() == SET[:400]
    assert machine.meta()["held"] == "0"
    assert accept().returncode != 0
    # It is what new content is measured by from now on.
    machine.age()
    assert machine.round() == 0
    assert " same " in machine.last


@pytest.mark.jailed_too
def test_daemon(machine, feeds, lab_base):
    """What is due is asked at once, a file that changes is read again, and
    after a new start nobody is asked too soon."""
    path, token = machine.home / "drop", machine.home / "token"
    path.write_text("5.1.0.0/16\n")
    token.write_text(TOKEN)
    token.chmod(0o600)
    machine.write([(feeds.url(machine.path), f'token file "{token}"'),
                   str(path)])
    feeds.answers[machine.path] = b"5.0.0.1\n"
    both = ["5.0.0.1", "5.1.0.0-5.1.255.255"]

    def start():
        d = daemon.Daemon(lab_base, "postern-lists", machine.conf,
                          machine.home.name)
        return d.must_be_ready()

    d = start()
    wait.until(lambda: f"both sources: {machine.set()}\n{d.said()}",
               lambda: machine.set() == both)
    [asked] = feeds.requests(machine.path)
    assert asked["Authorization"] == f"Bearer {TOKEN}"
    path.write_text("5.2.0.0/16\n")
    wait.until(lambda: f"the new file: {machine.set()}\n{d.said()}",
               lambda: machine.set() == ["5.0.0.1", "5.2.0.0-5.2.255.255"])
    assert not d.complaints()
    assert d.stop() == 0
    d = start()
    path.write_text("")
    wait.until(lambda: f"the empty file: {machine.set()}\n{d.said()}",
               lambda: machine.set() == ["5.0.0.1"])
    assert not d.complaints()
    assert d.stop() == 0
    assert len(feeds.requests(machine.path)) == 1
    assert TOKEN not in d.log.text()


def test_killed_while_asking(machine, feeds, lab_base):
    """What was there stays, and the server is not asked again at once."""
    settled(machine)
    feeds.answers[machine.path] = slow
    before = len(feeds.requests(machine.path))
    p = subprocess.Popen(
        [daemon.BUILD / "postern-lists", "-1", "-f", machine.conf],
        env={**os.environ, **daemon.sanitizer_env(lab_base)},
        start_new_session=True)
    wait.until("the question",
               lambda: len(feeds.requests(machine.path)) > before)
    os.killpg(p.pid, signal.SIGKILL)
    p.wait()
    assert machine.round() == 0
    assert " early " in machine.last
    assert machine.set() == SET


def test_many_at_once(machine, feeds, lab_base):
    """However many ask at the same time, the server is asked once."""
    feeds.answers[machine.path] = GOOD
    asking = [subprocess.Popen(
        [daemon.BUILD / "postern-lists", "-1", "-f", machine.conf],
        env={**os.environ, **daemon.sanitizer_env(lab_base)},
        stdout=subprocess.DEVNULL) for _ in range(5)]
    assert [p.wait(60) for p in asking] == [0] * 5
    assert len(feeds.requests(machine.path)) == 1
    assert machine.set() == SET


@pytest.mark.jailed_too
def test_disk_full(machine, feeds):
    """What is in use stays, whatever cannot be written; afterwards all goes
    on."""
    machine.state.mkdir()
    netns.mount("small", machine.state, "tmpfs", 0, "size=160k,mode=0755")
    settled(machine)
    more = addresses(3500)
    feeds.answers[machine.path] = more
    junk = machine.state / "junk"
    free = os.statvfs(machine.state)
    for spare in range(0, 80 << 10, 8 << 10):
        junk.write_bytes(b"x" * max(
            0, free.f_bavail * free.f_bsize - spare))
        machine.round()
        assert machine.set() in (SET, more.decode().split())
        junk.unlink()
        machine.age()
    assert machine.round() == 0
    assert machine.set() == more.decode().split()
    assert "No space left on device" in machine.said
    assert not list((machine.state / "lists").rglob("*.new"))


@pytest.mark.jailed_too
def test_million(machine, feeds):
    """A million lines, within a minute."""
    body = addresses(1000000)
    machine.write([feeds.url(machine.path)], more="timeout 1m")
    feeds.answers[machine.path] = body
    assert machine.round(seconds=120) == 0, machine.said
    assert "1000000 entries" in machine.last
