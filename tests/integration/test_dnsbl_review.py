# SPDX-License-Identifier: ISC
"""DNS lists that change while they are in use, ways to them that change, and
where their zones might still be told."""

import dns.message
import dns.rcode
import dns.rrset
import pytest

from lab import wait, zones
from lab.dns import start_nsd, start_unbound
from lab.dnsbl import Moody, Rewriter
from lab.zones import HEAD
from test_dnsbl import (GOOD, KEY, LATER, LISTS, OTHER, PSBL, V6, ZEN, ask,
                        dnsbl, explain, lists, until_state, zone)

__all__ = ["lists"]		# a fixture

NSD = "127.0.0.103"
RECURSOR = "127.0.0.104"
OTHER_WAY = "127.0.0.105"	# to the same lists
LIAR = "127.0.73.{}"


@pytest.fixture(scope="module")
def recursor(lab):
    """A recursor that knows some lists."""
    files = {zone(name): HEAD.format(zone(name), 60) + LISTS[name]
             for name in ("zen", "psbl", "dnswl")}
    stubs = {z: NSD for z in files}
    for n in range(1, 10):
        stubs[zone(f"liar{n}")] = LIAR.format(n)
    servers = [start_nsd(lab.base, "nsd-review", NSD, files),
               start_unbound(lab.base, "unbound-review", RECURSOR,
                             {**zones.stubs(), **stubs})]
    yield f"{RECURSOR} port 53"
    for server in reversed(servers):
        server.kill()


class Liar(Moody):
    """Its replies hold for long; "everything" lists the world, "no reasons"
    does not answer questions for TXT records."""

    def answer(self, wire):
        if (self.mood == "no reasons"
                and dns.message.from_wire(wire).question[0].rdtype == 16):
            return bytes([wire[0] ^ 1]) + wire[1:]	# of no question
        reply = dns.message.from_wire(super().answer(wire))
        asked = reply.question[0]
        if self.mood == "everything" and asked.rdtype == 1:
            reply.set_rcode(dns.rcode.NOERROR)
            reply.authority = []
            reply.answer = [dns.rrset.from_text(asked.name, 300, "IN", "A",
                                                "127.0.0.2")]
        return reply.to_wire()


@pytest.fixture
def liar():
    made = []

    def make(n, **more):
        made.append(Liar(LIAR.format(n), zone(f"liar{n}"), **more))
        return made[-1]

    yield make
    for server in made:
        server.stop()


def test_what_a_liar_said_goes_with_it(lists, liar):
    """A listing that is kept is not used when its list is set aside."""
    server = liar(1)
    p = lists(dnsbl("m", of="liar1") + "\ton listed m reject\n")
    until_state(p, "m", "ok")
    server.mood = "everything"
    assert "dnsbl=m/listed/127.0.0.2" in ask(p, LATER[70])
    server.mood = "blocked"
    assert "dnsbl=m/broken/127.255.255.254" in ask(p, LATER[71])
    until_state(p, "m", "aside")
    line = ask(p, LATER[70])
    assert "dnsbl=m/aside" in line, line
    assert "\nverdict accept\n" in explain(p, LATER[70])


def test_another_resolver_is_another_way(lists, recursor):
    """A list is tested anew: that resolver may rewrite answers."""
    p = lists(PSBL + "\ton listed psbl reject\n")
    until_state(p, "psbl", "ok")
    assert "dnsbl=psbl/clear" in ask(p, OTHER)
    rewriter = Rewriter(OTHER_WAY, RECURSOR, "127.0.0.2")
    try:
        p.forward = f"{OTHER_WAY} port 53"
        p.conf.write_text(p.text(PSBL + "\ton listed psbl reject\n"))
        assert p.control("fcrdnsd", "reload")[0] == "ok"
        line = ask(p, OTHER)
        assert "dnsbl=psbl/aside" in line, line
        assert "dnsbl=psbl/aside" in ask(p, LATER[72])
        assert 'why="127.0.0.1 is listed' in p.fcrdnsd.said()
    finally:
        rewriter.stop()


def test_a_reason_is_not_waited_for_long(lists, liar):
    """The verdict is certain by then."""
    server = liar(2, listed=LATER[73:78])
    p = lists(dnsbl("m", of="liar2") + "\ton listed m reject\n")
    until_state(p, "m", "ok")
    server.mood = "no reasons"
    rest = iter(LATER[73:78])

    def without():
        assert "dnsbl=m/listed/127.0.0.2" in ask(p, next(rest))

    wait.in_time("an answer without its reason", without, 1.2, 5)


LOG = "".join(
    f"Nov 22 10:00:00 mail postfix/smtpd[{n}]: connect from x[{a}]\n"
    for n, a in enumerate((GOOD, OTHER, V6), 1))


def test_the_key_is_in_no_rehearsal(lists):
    p = lists(ZEN + PSBL + "\ton score 1 reject\n", start=False)
    for flags in ([], ["-j"]):
        done = p.run("postern", "rehearse", *flags, "-", stdin=LOG.encode())
        assert done.returncode == 0, done.stderr
        assert b"listed by zen" in done.stdout
        assert KEY.encode() not in done.stdout + done.stderr
    done = p.run("fcrdns", "-v", "-j", GOOD)
    assert KEY.encode() not in done.stdout + done.stderr


@pytest.mark.parametrize("mistake", [
    f'dnsbl {KEY}{KEY}.zen.example reply {{ 127.0.0.2 }}',
    f'dnsbl "zen" "{KEY}.zen.example" reply {{ 127.0.0.2 }}',
    f'dnsbl "zen" zone file "{KEY}.zen.example" reply {{ 127.0.0.2 }}',
    f'dnsbl "zen" zone "{KEY} zen.example" reply {{ 127.0.0.2 }}',
    f'dnsbl "zen" zone "{KEY}.zen.example" repli {{ 127.0.0.2 }}',
    f'dnsbl "zen" zone "{KEY}.zen.example reply {{ 127.0.0.2 }}',
    f'dnsbl "zen" zone {KEY}.zen.example" reply {{ 127.0.0.2 }}',
    f'dnsbl "zen" zone {{ {KEY}.zen.example }} reply {{ 127.0.0.2 }}',
    f'dnsbl "zen" zone "z.example" reply {KEY}.zen.example {{ 127.0.0.2 }}',
    f'dnsbl "zen" zone 127.0.0.2 reply {{ {KEY}.zen.example }}',
    f'dnsbl "zen" zone 2 reply {{ 127.0.0.2 }} score {KEY}.zen.example',
    f'dnsbl "zen {KEY}{KEY}.zen.example" reply {{ 127.0.0.2 }}',
    f'on listed "{KEY}{KEY}.zen.example" reject',
])
def test_the_key_is_in_no_error(lists, mistake):
    """Nor in the log, where those of a reload go."""
    p = lists(PSBL)
    p.conf.write_text(p.text(PSBL + mistake + "\n"))
    answer = p.control("fcrdnsd", "reload")
    assert answer[0] != "ok"
    done = p.run("postern", "check")
    assert done.returncode == 78
    for text in ("\n".join(answer), p.fcrdnsd.said(),
                 (done.stdout + done.stderr).decode()):
        assert KEY not in text, text
