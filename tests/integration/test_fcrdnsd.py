# SPDX-License-Identifier: ISC
"""fcrdnsd's own socket: its protocol, its cache, its bounds."""

import re
import socket

import pytest

from lab import daemon, wait, zones

ANSWER = re.compile(
    r"ok (?P<address>\S+) (?P<result>pass|fail|temperror|permerror) "
    r"cause=(?P<cause>\S+) secure=(?P<secure>yes|no|unknown) "
    r"ttl=(?P<ttl>\d+) ms=(?P<ms>\d+) cached=(?P<cached>yes|no) "
    r"ptrs=(?P<ptrs>\d+) invalid=(?P<invalid>\d+)"
    r"(?P<names>( name=\S+/\w+)*) protected=(yes|no)"
    r"(?P<lists>( list=\S+)*( dnsbl=\S+)*)\n")


class Asker:
    """One connection to fcrdnsd."""

    def __init__(self, p, seconds=60):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(seconds)
        self.socket.connect(str(p.state / "run" / "fcrdnsd.sock"))
        self.file = self.socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.file.close()
        self.socket.close()

    def send(self, *addresses):
        for address in addresses:
            self.socket.sendall(f"ask {address}\n".encode())

    def line(self):
        return self.file.readline().decode()

    def answer(self):
        line = self.line()
        m = ANSWER.fullmatch(line)
        assert m, line
        return m.groupdict()

    def ask(self, address):
        self.send(address)
        return self.answer()


@pytest.mark.parametrize("case, result, ptrs, invalid", [
    ("match", "pass", 1, 0), ("no ptr", "permerror", 0, 0),
    ("no address", "fail", 1, 0), ("third matches", "pass", 3, 0),
    ("30 ptrs", "pass", 30, 0), ("30 wrong ptrs", "fail", 30, 0),
    ("control bytes", "fail", 1, 1), ("bad and good", "pass", 2, 1),
    ("utf-8", "fail", 1, 1), ("trailing dot", "fail", 1, 1),
    ("rfc 2317", "pass", 1, 0), ("v6 match", "pass", 1, 0),
    ("servfail reverse", "temperror", 0, 0),
    ("servfail forward", "temperror", 1, 0),
    ("mute reverse", "temperror", 0, 0), ("mute forward", "temperror", 1, 0)])
def test_findings(shared, case, result, ptrs, invalid):
    with Asker(shared) as a:
        found = a.ask(zones.CLIENT[case])
    assert found["address"] == zones.CLIENT[case]
    assert found["result"] == result
    assert (found["ptrs"], found["invalid"]) == (str(ptrs), str(invalid))
    assert found["names"].count(" name=") <= 10


@pytest.mark.parametrize("case, names", [
    ("match", {"good.example.org/confirmed"}),
    ("no address", {"noaddress.example.org/noaddress"}),
    ("no such name", {"nxdomain.example.org/noaddress"}),
    ("differs", {"differs.example.org/mismatch"}),
    ("servfail forward", {"client.broken.example/temperror"}),
    ("servfail beside mismatch", {"half.broken.example/temperror",
                                  "differs.example.org/mismatch"}),
    ("control bytes", set())])
def test_names(shared, case, names):
    with Asker(shared) as a:
        found = a.ask(zones.CLIENT[case])
    assert set(re.findall(r" name=(\S+)", found["names"])) == names


def test_second_time_from_the_cache(shared):
    with Asker(shared) as a:
        a.ask(zones.CLIENT["match"])
        found = a.ask(zones.CLIENT["match"])
    assert found["cached"] == "yes"
    assert 0 < int(found["ttl"]) <= 600


def test_many_questions_on_one_connection(shared):
    """Sent at once, answered in their order."""
    addresses = zones.CROWD_GOOD[:50]
    with Asker(shared) as a:
        a.send(*addresses)
        assert [a.answer()["address"] for _ in addresses] == addresses


@pytest.mark.parametrize("question", [
    b"ask\n", b"ask \n", b"ask mail.example.org\n", b"ask 192.0.2.10 now\n",
    b"ASK 192.0.2.10\n", b" ask 192.0.2.10\n", b"ask 192.0.2.10\r\n",
    b"ask  192.0.2.10\n", b"ask 192.0.2.256\n", b"ask fe80::1%lo\n",
    b"\n", b"\x00\n", b"x" * 100000])
def test_bad_questions(shared, question):
    with Asker(shared) as a:
        try:
            a.socket.sendall(question)
            assert a.line() in ("error bad-question\n", "")
            assert a.line() == ""
        except ConnectionError:
            pass	# closed with some of it unread
    with Asker(shared) as a:
        assert a.ask(zones.CLIENT["match"])["result"] == "pass"


def test_question_in_pieces(shared):
    with Asker(shared) as a:
        for byte in b"ask 192.0.2.10\n":
            a.socket.sendall(bytes([byte]))
        assert a.answer()["result"] == "pass"


def test_asker_that_leaves(shared):
    """Before the answer is there: nobody minds."""
    for _ in range(20):
        with Asker(shared) as a:
            a.send(zones.CLIENT["mute reverse"])
    with Asker(shared) as a:
        assert a.ask(zones.CLIENT["match"])["result"] == "pass"


def test_askers_of_one_address_share(lab, postern):
    """Beyond the bound only if each of them were an inquiry of its own."""
    p = postern(fcrdns="\tinquiries 1\n", timeout="1s")
    p.start_fcrdnsd()
    address = lab.silent_name()
    askers = [Asker(p) for _ in range(10)]
    for a in askers:
        a.send(address)
    for a in askers:
        found = a.answer()
        assert found["result"] == "temperror"
        assert found["cause"] != "overload"
        a.__exit__()


def test_bound_of_inquiries(lab, postern):
    """Beyond it: temperror at once, while the first still wait."""
    p = postern(fcrdns="\tinquiries 2\n", timeout="3s")
    p.start_fcrdnsd()
    waiting = [Asker(p), Asker(p)]
    for a in waiting:
        a.send(lab.silent())
    one_more = zones.CLIENT["match"]
    with Asker(p) as a:
        wait.until("both places to be taken",
                   lambda: a.ask(one_more)["cause"] == "overload")
        found = a.ask(one_more)
        assert (found["result"], found["cause"]) == ("temperror", "overload")
    for a in waiting:
        found = a.answer()
        assert (found["result"], found["cause"]) == ("temperror",
                                                     "ptr-timeout")
        a.__exit__()
    with Asker(p) as a:
        assert a.ask(one_more)["result"] == "pass"


def test_bound_of_one_network(lab, postern):
    """Another network has its own places."""
    p = postern(fcrdns="\tinquiries per network 1\n", timeout="3s")
    p.start_fcrdnsd()
    with Asker(p) as first, Asker(p) as second, Asker(p) as third:
        first.send(lab.silent())
        wait.until("the first to be heard", lambda: second.ask(
            lab.silent())["cause"] == "overload")
        assert third.ask(zones.CLIENT["match"])["result"] == "pass"
        assert first.answer()["cause"] == "ptr-timeout"


@pytest.mark.parametrize("bound", ["inquiries 2", "inquiries per network 2"])
def test_whoever_hung_up_takes_no_place(lab, postern, bound):
    """Else a few who ask and leave would shut out everybody."""
    p = postern(fcrdns=f"\t{bound}\n", timeout="20s")
    p.start_fcrdnsd()
    gone = [Asker(p), Asker(p)]
    for a in gone:
        a.send(lab.silent())
    wait.until("both to be heard", lambda: p.status("fcrdnsd")[
        "inquiries-in-flight"] == "2")
    for a in gone:
        a.__exit__()
    wait.until("both to be missed",
               lambda: p.status("fcrdnsd")["connections"] == "0", 15)
    with Asker(p) as a, Asker(p) as b, Asker(p) as c:
        for one in (a, b):
            one.send(lab.silent())
        wait.until("their places to be taken", lambda: p.status("fcrdnsd")[
            "inquiries"] == "4")
        # But who waits keeps his place.
        assert c.ask(lab.silent())["cause"] == "overload"
        assert p.status("fcrdnsd")["overload"] == "1"


def test_deadline(lab, postern):
    """The whole inquiry has one, however many names are silent."""
    p = postern(timeout="1s")
    p.start_fcrdnsd()
    with Asker(p) as a:
        found = a.ask(lab.silent_name())
    assert found["result"] == "temperror"
    assert found["cause"] == "name-timeout"
    assert 900 <= int(found["ms"]) < 4000


def test_slow_but_in_time(lab, postern):
    """Whoever answers before the deadline is heard, however quick the others
    were: the resolver does not give up on its own."""
    p = postern(timeout="15s")
    p.start_fcrdnsd()
    with Asker(p) as a:
        for address in zones.CROWD_GOOD[:20]:
            a.ask(address)
        found = a.ask(zones.CLIENT["slow"])
    assert found["result"] == "pass", found


def test_refused_at_first_hand(lab, postern):
    """A resolver that refuses us is no finding about the client."""
    p = postern(forward=f"{zones.NSD_REFUSES} port 53", timeout="2s")
    p.start_fcrdnsd()
    with Asker(p) as a:
        assert a.ask(zones.CLIENT["match"])["result"] == "temperror"


def test_dnssec_demanded_where_there_is_none(lab, postern):
    """Every answer is bogus then: temperror, never fail."""
    p = postern(timeout="2s")
    p.conf.write_text(p.conf.read_text().replace("dnssec no", "dnssec yes"))
    p.start_fcrdnsd()
    with Asker(p) as a:
        for case in ("match", "no ptr", "differs"):
            assert a.ask(zones.CLIENT[case])["result"] == "temperror", case


def test_who_may_ask(shared):
    """Not just anyone."""
    path = shared.state / "run" / "fcrdnsd.sock"
    assert (path.stat().st_mode & 0o007) == 0
    assert path.group() == daemon.USER
