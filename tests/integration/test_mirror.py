# SPDX-License-Identifier: ISC
"""Tables that mirror lists and bans: postern-lists, nftables of a real kernel,
packets that are dropped; and pf, by the stand-in for pfctl(8)."""

import itertools
import os
import re

import pytest

from lab import daemon, gate, pf, wait
from lab.daemon import Daemon

NUMBERS = itertools.count(1)
RULES = """
table inet filter {
	set dropped { type ipv4_addr; flags interval; }
	set dropped6 { type ipv6_addr; flags interval; }
	set banned { type ipv4_addr; flags interval; }
	set banned6 { type ipv6_addr; flags interval; }
	chain input {
		type filter hook input priority 0; policy accept;
		ip saddr @dropped drop
		ip6 saddr @dropped6 drop
		ip saddr @banned drop
		ip6 saddr @banned6 drop
	}
}
"""


class Mirror:
    """A machine with its own nftables, a list in a file, and bans."""

    def __init__(self, base):
        self.base = base
        self.home = base / f"mirror{next(NUMBERS)}"
        self.home.mkdir()
        self.home.chmod(0o755)
        self.conf = self.home / "postern.conf"
        self.list = self.home / "drop"
        self.conf.write_text(
            f'state "{self.home}/state"\nuser "{daemon.USER}"\n'
            f"log to stderr\n"
            'firewall nftables table "inet filter"\n'
            f'list <drop> {{\n\tfile "{self.list}"\n\ttable <dropped>\n'
            "}\n"
            "bans {\n\ttable <banned>\n}\n"
            "protect { 203.0.113.200, 2001:db8:5::/64 }\n")
        self.server = gate.Server()
        self.server.nft(text=RULES)
        self.postern = None

    def write(self, *lines):
        """Replaced by a rename, as an editor does it."""
        beside = self.home / "beside"
        beside.write_text("".join(f"{line}\n" for line in lines))
        beside.chmod(0o644)
        os.rename(beside, self.list)

    def start(self):
        with self.server.inside():
            self.postern = Daemon(self.base, "postern-lists", self.conf,
                                  name=self.home.name).must_be_ready()
        return self

    def run(self, program, *words):
        with self.server.inside():
            done = daemon.command(self.base, program, *words, seconds=120)
        return done.returncode, (done.stdout + done.stderr).decode()

    def once(self):
        return self.run("postern-lists", "-1", "-v", "-f", self.conf)

    def has(self, name, *elements, seconds=wait.SECONDS):
        wait.until(lambda: f"{name} to be {elements}, it is "
                   f"{self.server.elements(name)}:\n"
                   f"{self.postern.said()[-3000:]}",
                   lambda: self.server.elements(name) == sorted(elements),
                   seconds)

    def said(self, pattern):
        return wait.until(
            lambda: f"{pattern}:\n{self.postern.said()[-3000:]}",
            lambda: re.search(pattern, self.postern.said()))

    def stop(self):
        complaints = []
        if self.postern is not None:
            complaints = self.postern.complaints()
            self.postern.stop()
        self.server.stop()
        return complaints


@pytest.fixture
def mirror(lab_base):
    made = Mirror(lab_base)
    yield made
    assert made.stop() == []


def test_a_life(mirror):
    """A list and a ban in the kernel; the protected never; both follow."""
    mirror.write("203.0.113.0/28", "203.0.113.200", "2001:db8:5::1",
                 "2001:db8:6::/48", "10.0.0.1")
    mirror.start()
    mirror.has("dropped", "203.0.113.0/28", "10.0.0.1")
    mirror.has("dropped6", "2001:db8:6::/48")
    wait.until("the status", lambda: "\ttable dropped list drop prefixes 3 "
               "loaded\n" in mirror.run("postern", "-f", mirror.conf,
                                       "status")[1])
    mirror.write("203.0.113.7")
    mirror.has("dropped", "203.0.113.7")
    mirror.has("dropped6")
    status, said = mirror.run("postern", "-f", mirror.conf, "ban",
                              "203.0.113.99", "for", "1h")
    assert status == 0, said
    mirror.has("banned", "203.0.113.99", seconds=20)
    status, said = mirror.run("postern", "-f", mirror.conf, "unban",
                              "203.0.113.99")
    assert status == 0, said
    mirror.has("banned", seconds=20)


def test_packets(mirror):
    """Who is in the set does not reach the machine any more."""
    mirror.write("203.0.113.7")
    client = gate.Client(mirror.server, "hotel", ["203.0.113.0/24"])
    try:
        mirror.start()
        mirror.has("dropped", "203.0.113.7")
        with mirror.server.inside():
            listener = gate.listener(25)
        with listener:
            assert client.knock("203.0.113.7", 25) == "dark"
            assert client.knock("203.0.113.8", 25) == "open"
    finally:
        client.stop()


def test_a_missing_set(mirror):
    """Said once, with what to do; loaded as soon as it is there."""
    mirror.server.nft("flush", "ruleset")
    mirror.write("203.0.113.7")
    mirror.start()
    mirror.said(r"table <dropped>: not loaded: nftables has no set dropped "
                r"or dropped6 in table inet filter")
    mirror.server.nft(text=RULES)
    mirror.has("dropped", "203.0.113.7")
    mirror.said(r"table <dropped>: loaded, 1 prefixes of <drop>")
    assert len(re.findall("<dropped>: not loaded",
                          mirror.postern.said())) == 1


def test_too_many(mirror):
    """Refused as a whole, and what was there stays."""
    mirror.write("203.0.113.7")
    mirror.start()
    mirror.has("dropped", "203.0.113.7")
    mirror.write(*(f"20.{i >> 15 & 255}.{i >> 7 & 255}.{i * 2 & 255}"
                   for i in range(200001)))
    mirror.said(r"table <dropped>: not loaded: 200001 prefixes are too many "
                r"for nftables, which is given 200000 at most")
    assert mirror.server.elements("dropped") == ["203.0.113.7"]


def test_once(mirror):
    mirror.write("203.0.113.7", "203.0.113.200")
    status, said = mirror.once()
    assert status == 0, said
    assert mirror.server.elements("dropped") == ["203.0.113.7"]
    mirror.server.nft("flush", "ruleset")
    status, said = mirror.once()
    assert status == 1
    assert "table <dropped>: not loaded: nftables has no set" in said


# --- pf, by the stand-in for pfctl(8) ------------------------------------------

class PfMirror:
    """The same on pf; each round is `postern-lists -1`."""

    def __init__(self, base):
        self.base = base
        name = f"mirror{next(NUMBERS)}"
        self.pf = pf.Pf(base, name + "pf")
        self.home = base / name
        self.home.mkdir()
        self.home.chmod(0o755)
        self.conf = self.home / "postern.conf"
        self.conf.write_text(
            f'state "{self.home}/state"\nuser "{daemon.USER}"\n'
            "log to stderr\nfirewall pf\n"
            f'list <drop> {{\n\tfile "{self.home}/drop"\n'
            "\ttable <dropped>\n}\n"
            "bans {\n\ttable <banned>\n}\nprotect { 203.0.113.200 }\n")
        for table in ("dropped", "banned"):
            self.pf.write(f"tables/{table}", "")

    def run(self, program, *words):
        done = daemon.command(self.base, program, *words,
                              wrapper=self.pf.wrapper)
        return done.returncode, (done.stdout + done.stderr).decode()

    def once(self, *lines):
        (self.home / "drop").write_text("".join(f"{x}\n" for x in lines))
        return self.run("postern-lists", "-1", "-f", self.conf)


@pytest.fixture
def pf_mirror(lab_base):
    made = PfMirror(lab_base)
    yield made
    assert made.pf.complaints() == []


def test_pf(pf_mirror):
    """Whole sets on standard input, in one step; nothing in arguments."""
    status, said = pf_mirror.run("postern", "ban", "-f", pf_mirror.conf,
                                 "2001:db8:7::1")
    assert status == 0, said
    pf_mirror.pf.write("tables/dropped", "198.51.100.1\n203.0.113.7\n")
    status, said = pf_mirror.once("203.0.113.0/29", "203.0.113.200")
    assert status == 0, said
    assert pf_mirror.pf.table("dropped") == ["203.0.113.0/29"]
    assert pf_mirror.pf.table("banned") == ["2001:db8:7::/64"]
    calls = pf_mirror.pf.calls()
    assert "-q -t dropped -T replace -f -" in calls
    assert not [x for x in calls if "203." in x or "2001:" in x]
    status, said = pf_mirror.once("203.0.113.200")
    assert status == 0, said
    assert pf_mirror.pf.table("dropped") == []


def test_pf_has_no_room(pf_mirror):
    """By itself it would fit, but pf counts all tables together."""
    assert pf_mirror.once("203.0.113.7")[0] == 0
    pf_mirror.pf.write("tables/others", "10.0.0.1\n10.0.0.2\n10.0.0.3\n")
    pf_mirror.pf.write("limits", "table-entries 5\n")
    status, said = pf_mirror.once("192.0.2.1", "192.0.2.3", "192.0.2.5")
    assert status == 1
    assert "table <dropped>: not loaded: pf has no room: " in said
    assert pf_mirror.pf.table("dropped") == ["203.0.113.7"]
    status, said = pf_mirror.once(*(f"192.0.2.{n}" for n in range(1, 13, 2)))
    assert status == 1
    assert ("not loaded: 6 prefixes, but pf's limit is 5: put \"set limit "
            "table-entries 12\" into /etc/pf.conf") in said
    assert pf_mirror.pf.table("dropped") == ["203.0.113.7"]


def test_pf_has_no_table(pf_mirror):
    """None is made: no rule would use it."""
    (pf_mirror.pf.root / "tables" / "dropped").unlink()
    status, said = pf_mirror.once("203.0.113.7")
    assert status == 1
    assert "table <dropped>: not loaded: pf has no table <dropped>: put" in said
    assert not (pf_mirror.pf.root / "tables" / "dropped").exists()
