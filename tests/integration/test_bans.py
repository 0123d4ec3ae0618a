# SPDX-License-Identifier: ISC
"""Bans by the command: the journal, and who may never be banned."""

import itertools
import json
import os
import re
import shutil
import stat
import subprocess
import threading
import time

import pytest

from lab import feeds, gate, netns

NUMBERS = itertools.count(1)
UNTIL = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
GATEWAY4, GATEWAY6 = "203.0.113.254", "fe80::254"
RESOLVER = "198.51.100.53"


class Place(gate.Gate):
    """One postern.conf on a machine with addresses, routes and a resolver."""

    lists = property(lambda self: self.state / "lists")

    def ban(self, *words, **more):
        return self.run("ban", *words, program="postern", **more)

    def unban(self, *words, **more):
        return self.run("unban", *words, program="postern", **more)

    def journal(self):
        """The lines, without their sums."""
        text = (self.lists / "bans").read_text()
        return [line.rsplit(" crc=", 1)[0] for line in text.splitlines()]

    def banned(self, *words):
        done = self.ban(*words)
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout

    def refused(self, *words):
        """Exit status 1 and a reason; nothing is banned."""
        done = self.ban(*words)
        assert (done.returncode, done.stdout) == (1, ""), done
        return done.stderr


@pytest.fixture(scope="module")
def machine():
    server = gate.Server()
    server.ip("link", "add", "up0", "type", "veth", "peer", "name", "down0")
    server.ip("link", "set", "down0", "up")
    server.ip("addr", "add", "203.0.113.1/24", "dev", "up0")
    server.ip("link", "set", "up0", "up")
    server.ip("-6", "addr", "add", "2001:db8:77::1/64", "dev", "up0", "nodad")
    server.ip("route", "add", "default", "via", GATEWAY4)
    server.ip("-6", "route", "add", "default", "via", GATEWAY6, "dev", "up0")
    yield server
    server.stop()


@pytest.fixture
def place(machine, lab_base):
    p = Place(lab_base, f"bans{next(NUMBERS)}", machine, "backend none")
    yield p
    assert p.stop() == []


def seconds_of(text):
    moment = re.search(UNTIL, text).group()
    return time.mktime(time.strptime(moment + " UTC",
                                     "%Y-%m-%dT%H:%M:%SZ %Z")) - time.timezone


@pytest.mark.jailed_too
def test_a_life(place):
    said = place.banned("192.0.2.9", "for", "2h", "because", "ssh guessing")
    assert re.fullmatch(rf"192\.0\.2\.9/32 banned until {UNTIL}\n", said)
    assert abs(seconds_of(said) - time.time() - 7200) < 60
    said = place.banned("192.0.2.10", "because", "not", "in", 'quo"tes')
    assert abs(seconds_of(said) - time.time() - 7 * 86400) < 60
    ban, other = place.journal()
    assert re.fullmatch(
        r"\d+ ban 192\.0\.2\.9/32 until \d+ times 1 by root because "
        r'"ssh guessing"', ban)
    assert other.endswith(r'because "not in quo\"tes"')

    done = place.unban("192.0.2.9")
    assert (done.returncode, done.stdout) == (0, "192.0.2.9/32 unbanned\n")
    done = place.unban("192.0.2.9")
    assert (done.returncode, done.stdout) == (
        0, "192.0.2.9/32 is not banned\n")
    assert re.fullmatch(r"\d+ unban 192\.0\.2\.9/32 by root",
                        place.journal()[2])
    assert len(place.journal()) == 3


@pytest.mark.parametrize("mask", [0, 0o077])
def test_whose_files(place, mask):
    """The journal is the lists user's, the protected set is root's; whatever
    the umask of root, others get where they must."""
    shutil.rmtree(place.state, ignore_errors=True)
    old = os.umask(mask)
    try:
        place.banned("192.0.2.9")
    finally:
        os.umask(old)
    modes = {p.name: (p.owner(), stat.S_IMODE(p.stat().st_mode))
             for p in place.lists.iterdir() if p.is_file()}
    assert modes == {
        "bans": ("_posternlists", 0o640),
        "bans.lock": ("_posternlists", 0o600),
        "bans.set": ("_posternlists", 0o644),
        "protected.set": ("root", 0o644)}
    assert stat.S_IMODE(place.state.stat().st_mode) == 0o755


def test_json(place):
    done = place.ban("-j", "2001:db8:5:6:7::8", "for", "1h", "because", '"x"')
    ban = json.loads(done.stdout)
    until, since = ban.pop("until"), ban.pop("since")
    assert re.fullmatch(UNTIL, until) and re.fullmatch(UNTIL, since)
    assert ban == {"asked": "2001:db8:5:6::/64", "banned": True,
                   "prefix": "2001:db8:5:6::/64", "times": 1, "who": "root",
                   "why": '"x"'}
    done = place.ban("-j", "127.0.0.1")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "asked": "127.0.0.1/32", "banned": False,
        "refused": "is protected: loopback"}
    for was in (True, False):
        done = place.unban("-j", "2001:db8:5:6:7::8")
        assert json.loads(done.stdout) == {
            "asked": "2001:db8:5:6::/64", "unbanned": was}


PROTECTED = [
    ("192.0.2.1", "this machine's own address"),
    ("192.0.2.0/24", "this machine's own address"),
    ("203.0.113.1", "this machine's own address"),
    ("2001:db8::1", "this machine's own address"),
    ("2001:db8:77::99", "this machine's own address"),	# its /64
    (GATEWAY4, "a default gateway"),
    ("203.0.113.252/30", "a default gateway"),
    (RESOLVER, "a resolver"),
    ("127.1.2.3", "loopback"),
    ("::1", "loopback"),
    ("198.51.100.129", "protect { } of the file"),
    ("2001:db8:aaaa:1::1", "protect { } of the file"),
]


@pytest.fixture(scope="module")
def resolver(tmp_path_factory):
    """In a view of the files of its own: words before a program."""
    file = tmp_path_factory.mktemp("etc") / "resolv.conf"
    file.write_text(f"# ours\nsearch example.org\nnameserver {RESOLVER}\n"
                    "nameserver fe80::53%up0\nnameserver not.an.address\n")
    file.chmod(0o644)
    return ["unshare", "--mount", "--propagation", "private", "sh", "-ec",
            f'mount --bind {file} /etc/resolv.conf; exec "$@"', "sh"]


@pytest.mark.parametrize("address, why", PROTECTED,
                         ids=[a for a, _ in PROTECTED])
def test_never(place, resolver, address, why):
    place.write("backend none",
                top="protect { 198.51.100.128/25, 2001:db8:aaaa::/48 }")
    done = place.ban(address, wrapper=resolver)
    assert done.returncode == 1 and done.stdout == ""
    shown = address.replace("2001:db8::1", "2001:db8::/64").replace(
        "2001:db8:77::99", "2001:db8:77::/64").replace(
        "2001:db8:aaaa:1::1", "2001:db8:aaaa:1::/64")
    shown = "::/64" if address == "::1" else shown
    assert done.stderr == f"postern: {shown} is protected: {why}\n"
    assert not place.lists.exists()


def test_the_gateway_of_ipv6(place):
    """fe80::254 is in the /64 of our own fe80 addresses, too."""
    assert "is protected: " in place.refused(GATEWAY6)


GATEWAYS = {
    "the first of several": "203.0.113.241",
    "the second of several": "203.0.113.242",
    "of another table": "203.0.113.243",
    "by a next hop with a number": "203.0.113.244",
    "of IPv4, with an IPv6 address": "2001:db8:78::1",
    "the first of several of IPv6": "2001:db8:79::1",
    "the second of several of IPv6": "2001:db8:7a::1",
    "of another table of IPv6": "2001:db8:7b::1",
}


@pytest.fixture
def roundabout(lab_base):
    """A machine with many ways out."""
    server = gate.Server()
    server.ip("link", "add", "up0", "type", "veth", "peer", "name", "down0")
    server.ip("link", "set", "down0", "up")
    server.ip("addr", "add", "203.0.113.1/24", "dev", "up0")
    server.ip("link", "set", "up0", "up")
    for net in ("78", "79", "7a", "7b"):
        server.ip("-6", "route", "add", f"2001:db8:{net}::/64", "dev", "up0")
    a, b, c, d, e, f, g, h = GATEWAYS.values()
    server.ip("route", "add", "198.51.100.0/24", "via", "203.0.113.240")
    server.ip("route", "add", "unreachable", "default", "table", "99")
    server.ip("route", "add", "default", "nexthop", "via", a,
              "nexthop", "via", b)
    server.ip("route", "add", "default", "via", c, "table", "100")
    server.ip("nexthop", "add", "id", "7", "via", d, "dev", "up0")
    server.ip("route", "add", "default", "nhid", "7", "table", "101")
    server.ip("route", "add", "default", "via", "inet6", e, "dev", "up0",
              "table", "102")
    server.ip("-6", "route", "add", "default", "nexthop", "via", f,
              "nexthop", "via", g)
    server.ip("-6", "route", "add", "default", "via", h, "table", "1000")
    p = Place(lab_base, f"bans{next(NUMBERS)}", server, "backend none")
    yield p
    assert p.stop() == []
    server.stop()


def test_all_gateways(roundabout):
    """Of all tables, and all of a route that has several."""
    for what, gateway in GATEWAYS.items():
        assert roundabout.refused(gateway).endswith(
            " is protected: a default gateway\n"), what
    # The way to a network is as good or bad as anybody.
    roundabout.banned("203.0.113.240")
    roundabout.banned("203.0.113.245")


def test_neighbours_are_not_protected(place):
    for address in ("203.0.113.2", "203.0.113.253", "192.0.2.2",
                    "2001:db8:77:1::1", RESOLVER, "198.51.100.129"):
        place.banned(address)


def test_whom_imapgate_lets_in(place):
    """A leased address is protected for as long as its lease lasts."""
    place.banned("192.0.2.9")
    before = (place.lists / "protected.set").read_bytes()
    place.good("allow", "-t", "1h", "198.51.100.77")
    place.good("allow", "-t", "1h", "2001:db8:9:9::9")
    text = (place.leases.parent / "protect").read_text()
    assert re.fullmatch(r"198\.51\.100\.77 \d+\n2001:db8:9:9::/64 \d+\n", text)
    assert abs(int(text.split()[1]) - time.time() - 3600) < 60
    assert (place.lists / "protected.set").read_bytes() != before
    assert place.refused("198.51.100.77") == (
        "postern: 198.51.100.77 is protected: let in by imapgate\n")
    assert place.refused("198.51.100.0/24").endswith("let in by imapgate\n")
    assert place.refused("2001:db8:9:9::1").endswith("let in by imapgate\n")
    place.good("revoke", "198.51.100.77")
    place.banned("198.51.100.77")
    place.good("revoke", "all")
    assert (place.leases.parent / "protect").read_text() == ""
    old = (place.leases.parent / "protect").stat()
    place.good("sync")
    assert (place.leases.parent / "protect").stat().st_ino == old.st_ino
    same = (place.lists / "protected.set").read_bytes()
    assert len(same) == len(before)


def test_permanent_entries(place):
    place.write("backend none", "\tpermanent { 198.51.100.66 }")
    place.good("sync")
    assert (place.leases.parent / "protect").read_text() == (
        "198.51.100.66 0\n")
    assert place.refused("198.51.100.66").endswith("let in by imapgate\n")


def test_imapgate_alone(place):
    """Without lists there is nothing to protect from, and no word of it."""
    done = place.run("allow", "198.51.100.77")
    assert (done.returncode, done.stderr) == (0, "")
    assert not place.lists.exists()


def test_wider_and_wider(place):
    for n in range(1, 8):
        place.banned(f"2001:db8:1:{n}::9", "for", "1h")
    said = place.banned("2001:db8:1:8::9", "for", "2h")
    assert re.fullmatch(
        r"2001:db8:1:8::/64 banned, and with it 2001:db8:1::/56 until "
        rf"{UNTIL}: 8 of its /64 are banned\n", said)
    done = place.unban("2001:db8:1:3::9")
    assert (done.returncode, done.stdout) == (
        0, "2001:db8:1:3::/64 unbanned; still banned by 2001:db8:1::/56\n")
    done = place.unban("2001:db8:1:3::9")
    assert (done.returncode, done.stdout) == (
        1, "2001:db8:1:3::/64 has no ban of its own; still banned by "
           "2001:db8:1::/56\n")
    done = place.unban("2001:db8:1::/56")
    assert done.stdout == "2001:db8:1::/56 unbanned\n"
    assert place.unban("2001:db8:1:4::9").stdout == (
        "2001:db8:1:4::/64 is not banned\n")


WRONG = [
    ((), 64, "usage: postern ban"),
    (("192.0.2.9", "for"), 64, "usage: postern ban"),
    (("192.0.2.9", "until", "1h"), 64, "usage: postern ban"),
    (("192.0.2.9", "192.0.2.10"), 64, "usage: postern ban"),
    (("-x", "192.0.2.9"), 64, "usage: postern ban"),
    (("mail.example.org",), 64, '"mail.example.org": '),
    (("192.0.2.9/24",), 64, "host bits are set"),
    (("192.0.2.9", "for", "2"), 64, "has no unit"),
    (("192.0.2.9", "for", "11y"), 64, "is not from 1s to 10y"),
    (("192.0.2.9", "for", "0s"), 64, "is not from 1s to 10y"),
    (("198.50.0.0/15",), 1,
     "198.50.0.0/15 is too wide: no IPv4 ban is wider than a /16"),
    (("2001::/31",), 1, "is too wide: no IPv6 ban is wider than a /32"),
]


@pytest.mark.parametrize("words, code, said", WRONG,
                         ids=[" ".join(w) or "none" for w, _, _ in WRONG])
def test_wrong_words(place, words, code, said):
    done = place.ban(*words)
    assert (done.returncode, done.stdout) == (code, ""), done
    assert said in done.stderr
    assert not place.lists.exists()


def test_unban_takes_no_more(place):
    for words in ((), ("-y",), ("192.0.2.9", "for", "1h")):
        done = place.unban(*words)
        assert done.returncode == 64
        assert "usage: postern unban" in done.stderr


def test_not_root(place):
    done = place.ban("192.0.2.9", wrapper=[
        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"])
    assert done.returncode == 77
    assert done.stderr == "postern: ban: only root may\n"


def test_odd_reasons(place):
    place.banned("192.0.2.1" "1", "because", "a\nb\x01\xe4" + "x" * 300)
    [line] = place.journal()
    assert r'because "a\\x0ab\\x01\\xc3\\xa4xxx' in line
    place.banned("192.0.2.12", "because", "-j")
    assert place.journal()[1].endswith('because "-j"')


def test_together(place):
    """Two at once: nothing is lost, and bans.set has all of it."""
    each = 20
    failed = []

    def run(net):
        for n in range(each):
            done = place.ban(f"{net}.{n + 10}")
            if done.returncode != 0:
                failed.append(done)

    # The namespace is the thread's: each enters it by itself.
    threads = [threading.Thread(target=run, args=(net,))
               for net in ("192.0.2", "198.51.100")]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert failed == []
    names = [line.split()[2] for line in place.journal()]
    assert len(names) == len(set(names)) == 2 * each


@pytest.fixture
def small(place):
    """state/lists on a disk of 64 KB."""
    place.banned("192.0.2.250")
    place.unban("192.0.2.250")
    inside = place.lists.stat()
    for p in sorted(place.lists.rglob("*"), reverse=True):
        p.rmdir() if p.is_dir() else p.unlink()
    netns.mount("small", place.lists, "tmpfs", 0,
                f"size=64k,mode=1775,gid={inside.st_gid}")
    yield place
    subprocess.run(["umount", place.lists], check=True)


def fill(folder):
    """All that there is."""
    with open(folder / "filling", "wb", buffering=0) as f:
        try:
            while True:
                f.write(b"x" * 512)
        except OSError:
            pass


def test_a_full_disk(small):
    small.banned("192.0.2.9")
    fill(small.lists)
    late, not_at_all = [], []
    for n in range(10, 60):
        done = small.ban(f"192.0.2.{n}", "because", "x" * 120)
        assert done.returncode == 75 and done.stdout == "", done
        shown = f"postern: 192.0.2.{n}/32"
        if "is banned, but no door knows it yet" in done.stderr:
            late.append(n)
            assert shown in done.stderr
        else:
            not_at_all.append(n)
            assert "No space left on device" in done.stderr
            assert (f"postern: it could not be written: 192.0.2.{n}/32 is "
                    "not banned\n") in done.stderr
        if len(not_at_all) == 3:
            break
    assert len(not_at_all) == 3
    names = [line.split()[2] for line in small.journal()]
    assert names == [f"192.0.2.{n}/32" for n in (9, *late)]
    # Its line is shorter: it may fit where no other one did.
    done = small.unban("192.0.2.9")
    assert done.returncode == 75
    as_it_was = "192.0.2.9/32 is as it was\n" in done.stderr
    assert as_it_was or "192.0.2.9/32 is not banned any more" in done.stderr

    (small.lists / "filling").unlink()
    small.banned("192.0.2.100")
    done = small.unban("192.0.2.9")
    assert (done.returncode, done.stdout) == (
        0, f"192.0.2.9/32 {'unbanned' if as_it_was else 'is not banned'}\n")
    assert "" not in small.journal()


def test_the_clock_is_wrong(place):
    """A line of next year: nothing ends, until somebody says so."""
    place.banned("192.0.2.9", "for", "1h")
    journal = place.lists / "bans"
    os.truncate(journal, 0)
    with open(journal, "ab") as f:
        f.write(feeds.journal_line("2000000000 clock"))
    done = place.ban("192.0.2.10", "for", "1h")
    assert done.stdout == "192.0.2.10/32 banned until 2033-05-18T04:33:20Z\n"
    assert "the clock is not believed: it says" in done.stderr
    assert 'postern ban -y' in done.stderr
    done = place.ban("-y")
    assert (done.returncode, done.stdout) == (0, "")
    said = place.banned("192.0.2.11", "for", "1h")
    assert abs(seconds_of(said) - time.time() - 3600) < 60
    assert re.fullmatch(r"\d+ clock right by root", place.journal()[2])
