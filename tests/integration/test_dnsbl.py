# SPDX-License-Identifier: ISC
"""DNS lists: asked along with the PTR record, tested first, never trusted
when they err, and their zones never told."""

import ipaddress
import re
import socket
import time

import pytest

from lab import netns, wait, zones
from lab.dns import Mute, start_nsd, start_unbound
from lab.dnsbl import Moody, Rewriter
from lab.zones import HEAD

NSD = "127.0.0.93"
RECURSOR = "127.0.0.94"
MUTE = "127.0.0.95"
REWRITER = "127.0.0.96"
REWRITER_GOOD = "127.0.0.97"
MOODY = "127.0.72.{}"

KEY = "q8w3n5z1k7c4"	# a customer's, in every zone
GOOD = zones.CLIENT["match"]
NO_PTR = zones.CLIENT["no ptr"]
OTHER = zones.CLIENT["no address"]
V6 = zones.CLIENT["v6 match"]
LATER = zones.CROWD_GOOD	# clients of whom each is asked about once

TEST_4 = "2.0.0.127 A 127.0.0.2\n"


def host(address):
    """Its name below the zone."""
    a = ipaddress.ip_address(address)
    return a.reverse_pointer.removesuffix(
        ".in-addr.arpa" if a.version == 4 else ".ip6.arpa")


def mapped(n):
    """::ffff:127.0.0.n as nibbles (RFC 5782, 5)."""
    digits = f"{'0' * 20}ffff7f00000{n}"
    return ".".join(reversed(digits))


# list: what its zone has beside the head
LISTS = {
    "zen": TEST_4 + f"""{mapped(2)} A 127.0.0.2
{host(GOOD)} A 127.0.0.10
{host(GOOD)} A 127.0.0.2
{host(GOOD)} TXT "Listed for spam, " "see https://help.example/?ip={GOOD}"
{host(OTHER)} A 127.0.0.2
{host(OTHER)} TXT "{KEY}.zen.example says no"
{host(NO_PTR)} A 127.0.0.99
{host(V6)} A 127.0.0.3
{host(V6)} TXT "all of it"
""",
    "psbl": TEST_4 + f"{host(GOOD)} A 127.0.0.2\n"
                     f"{host(GOOD)} TXT \"second\"\n",
    "dnswl": TEST_4 + f"{host(OTHER)} A 127.0.5.3\n",
    "everything": "* A 127.0.0.2\n",
    "nothing": f"{host(GOOD)} A 127.0.0.2\n",
    "blocked": "* A 127.255.255.254\n",
    "parked": "* A 1.2.3.4\n",
    "localhost": TEST_4 + f"{host(GOOD)} A 127.0.0.1\n"
                          f"{host(GOOD)} A 127.0.0.2\n",
    "public": TEST_4 + f"{host(GOOD)} A 1.2.3.4\n",
    "error": TEST_4 + f"{host(GOOD)} A 127.255.255.254\n",
    "broken": None,
}


def zone(name):
    return f"{KEY}.{name}.example."


@pytest.fixture(scope="module")
def recursor(lab):
    """A recursor that knows the lists, too."""
    files = {zone(name): None if text is None else
             HEAD.format(zone(name), 60) + text
             for name, text in LISTS.items()}
    stubs = {z: NSD for z in files}
    stubs[zone("mute")] = MUTE
    for n in range(1, 11):
        stubs[zone(f"moody{n}")] = MOODY.format(n)
    mute = Mute(MUTE)
    servers = [start_nsd(lab.base, "nsd-lists", NSD, files),
               start_unbound(lab.base, "unbound-lists", RECURSOR,
                             {**zones.stubs(), **stubs})]
    yield f"{RECURSOR} port 53"
    for server in reversed(servers):
        server.kill()
    mute.stop()


@pytest.fixture
def moody(request):
    """A server of this test's own."""
    made = []

    def make(n, **more):
        made.append(Moody(MOODY.format(n), zone(f"moody{n}"), **more))
        return made[-1]

    yield make
    for server in made:
        server.stop()


def dnsbl(name, filters="127.0.0.2-11", more="", of=None):
    return (f'\tdnsbl "{name}" zone "{zone(of or name)}" '
            f"reply {{ {filters} }} {more}\n")


ZEN = dnsbl("zen", more="score 2")
PSBL = dnsbl("psbl")
DNSWL = dnsbl("dnswl", "127.0.*.0-3", "score -3")
ACTIONS = """	on score 3 reject
	on score 2 hold
	on fail accept
	on permerror accept
	on temperror tempfail
"""


def explain(p, address, status=0):
    done = p.run("postern", "explain", address)
    out = done.stdout.decode()
    assert done.returncode == status, (out, done.stderr)
    assert KEY not in out and KEY.encode() not in done.stderr
    return re.sub(r" {2,}", " ", out)


def status_lines(p):
    """{list: the rest of its line}"""
    answer = p.control("fcrdnsd", "status")
    assert KEY not in "\n".join(answer)
    return {line.split()[1]: line.split(" ", 2)[2] for line in answer
            if line.startswith("dnsbl ")}


def until_state(p, name, state, seconds=wait.SECONDS):
    wait.until(lambda: f"{name} to be {state}: {status_lines(p)}",
               lambda: status_lines(p)[name].startswith(state), seconds)


def ask(p, address):
    """fcrdnsd's own answer."""
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(60)
        s.connect(str(p.state / "run" / "fcrdnsd.sock"))
        s.sendall(f"ask {address}\n".encode())
        with s.makefile() as f:
            return f.readline()


def seconds_of(p, address):
    began = time.monotonic()
    line = ask(p, address)
    return time.monotonic() - began, line


@pytest.fixture
def lists(postern, recursor):
    """Makes an fcrdnsd that asks lists."""
    def make(fcrdns, start=True, forward=recursor, **more):
        p = postern(fcrdns=fcrdns, forward=forward)
        if start:
            p.start_fcrdnsd(flags=("-d", "-v"), **more)
        return p

    return make


@pytest.mark.parametrize("daemon", [True, False], ids=["daemon", "alone"])
def test_scores_add_up(lists, daemon):
    p = lists(ZEN + PSBL + DNSWL + ACTIONS, start=daemon)
    out = explain(p, GOOD)
    for line in [
            'dnsbl zen: listed 127.0.0.2, 127.0.0.10 (score 2) '
            f'"Listed for spam, see https://help.example/?ip={GOOD}"',
            'dnsbl psbl: listed 127.0.0.2 (score 1) "second"',
            "dnsbl dnswl: clear", "score 3", "result pass",
            "verdict reject",
            "why listed by zen, psbl (score 3): Listed for spam, "
            f"see https://help.example/?ip={GOOD}",
            f"line {p.conf}:{p.line_of('on score 3')}: on score 3 reject"]:
        assert f"\n{line}\n" in out, (line, out)


def test_negative_scores_subtract(lists):
    p = lists(ZEN + DNSWL + "\ton score 1 reject\n")
    out = explain(p, OTHER)
    assert "\ndnsbl zen: listed 127.0.0.2 (score 2)\n" in out, out
    assert "\ndnsbl dnswl: listed 127.0.5.3 (score -3)\n" in out, out
    assert "\nscore -1\n" in out and "\nverdict accept\n" in out, out


def test_other_replies_are_no_listing(lists):
    p = lists(ZEN + "\ton listed zen reject\n\ton score 1 reject\n")
    out = explain(p, NO_PTR)
    assert ("\ndnsbl zen: listed 127.0.0.99 (not among the replies of the "
            "file)\n") in out, out
    assert "\nscore 0\n" in out and "\nverdict accept\n" in out, out


def test_on_listed(lists):
    p = lists(ZEN + PSBL + '\ton listed "psbl" hold\n')
    out = explain(p, GOOD)
    assert "\nwhy listed by psbl: second\n" in out, out
    assert "\nverdict hold\n" in out, out
    assert "\nverdict accept\n" in explain(p, OTHER)


def test_ipv6(lists):
    """By nibbles; a list that has no IPv6 test entry is not asked."""
    p = lists(ZEN + PSBL + ACTIONS)
    out = explain(p, V6)
    assert '\ndnsbl zen: listed 127.0.0.3 (score 2) "all of it"\n' in out, out
    assert ("\ndnsbl psbl: family: it knows no IPv6 addresses, not asked\n"
            in out), out
    assert "\nverdict hold\n" in out
    state = status_lines(p)
    assert state["zen"] == "ok asked 1 listed 1 errors 0 ipv6 yes"
    assert state["psbl"] == "ok asked 0 listed 0 errors 0 ipv6 no"


def test_private_addresses_are_not_asked_about(lists):
    """127.0.0.2 is listed by all: it is their test entry."""
    p = lists(ZEN + "\ton listed zen reject\n")
    until_state(p, "zen", "ok")
    for address in ("127.0.0.2", "10.1.2.3"):
        assert "dnsbl" not in ask(p, address)
    out = p.run("postern", "explain", "127.0.0.2").stdout.decode()
    assert "none is asked about an address that is not public" in out, out
    assert re.search(r"\nverdict +accept\n", out), out
    assert status_lines(p)["zen"].startswith("ok asked 0")


FALSE = [
    ("everything", "127.0.0.1 is listed: it lists everything"),
    ("nothing", "127.0.0.2 is not listed: it lists nothing"),
    ("blocked", "its reply is an error, no listing"),
    ("parked", "its reply is an error, no listing"),
    ("broken", "it does not answer"),
    ("mute", "it does not answer"),
]


@pytest.mark.parametrize("name, why", FALSE, ids=[f[0] for f in FALSE])
def test_false_lists_are_set_aside(lists, name, why):
    """Before their first use, and said once; others are used all the same."""
    p = lists(dnsbl("bad", of=name) + PSBL +
              "\ton listed bad reject\n\ton listed psbl hold\n")
    until_state(p, "bad", "aside")
    for address in (GOOD, OTHER):
        out = explain(p, address)
        assert "\ndnsbl bad: aside: set aside, not asked\n" in out, out
        assert "\nverdict reject\n" not in out
    assert "\nverdict hold\n" in explain(p, GOOD)
    said = p.fcrdnsd.said()
    assert said.count("dnsbl-aside name=bad") == 1, said
    assert f'dnsbl-aside name=bad why="{why}' in said, said
    assert f'why "{why}' in status_lines(p)["bad"]


@pytest.mark.parametrize("name, why", FALSE, ids=[f[0] for f in FALSE])
def test_false_lists_alone(lists, name, why):
    """Without the daemon the lists are tested, too."""
    p = lists(dnsbl("bad", of=name) + "\ton listed bad reject\n", start=False)
    out = explain(p, GOOD)
    assert "\nverdict accept\n" in out, out
    assert re.search(r"\ndnsbl bad: (aside|untested): ", out), out


@pytest.mark.parametrize("name, reply", [
    ("localhost", "127.0.0.1, 127.0.0.2"), ("public", "1.2.3.4"),
    ("error", "127.255.255.254")])
def test_errors_in_use_are_no_listings(lists, name, reply):
    """It passed its test, and is set aside at once."""
    p = lists(dnsbl("bad", "127.*.*.*", of=name) +
              "\ton listed bad reject\n\ton score 1 reject\n")
    out = explain(p, GOOD)
    assert f"\ndnsbl bad: broken {reply}: an error, no listing\n" in out, out
    assert "\nscore 0\n" in out and "\nverdict accept\n" in out, out
    until_state(p, "bad", "aside asked 1 listed 0 errors 1")
    assert "\ndnsbl bad: aside: " in explain(p, OTHER)
    assert p.fcrdnsd.said().count("dnsbl-aside name=bad") == 1


@pytest.mark.parametrize("address, offer, why", [
    (REWRITER, "192.0.2.80", "a name that does not exist gets a reply"),
    (REWRITER_GOOD, "127.0.0.2", "127.0.0.1 is listed")])
def test_rewritten_nxdomain(lists, recursor, address, offer, why):
    """A resolver with an address to offer for what does not exist."""
    rewriter = Rewriter(address, RECURSOR, offer)
    try:
        p = lists(PSBL + "\ton listed psbl reject\n",
                  forward=f"{address} port 53")
        until_state(p, "psbl", "aside")
        assert f'dnsbl-aside name=psbl why="{why}' in p.fcrdnsd.said()
        assert "\nverdict accept\n" in explain(p, GOOD)
    finally:
        rewriter.stop()


def test_one_that_dies_costs_nothing_and_comes_back(lists, moody):
    """Five failures in a row, then it is left alone for half a minute."""
    server = moody(1, listed=[LATER[8]])
    p = lists(dnsbl("m", of="moody1") + "\ton listed m reject\n")
    until_state(p, "m", "ok")
    server.mood = "servfail"
    for address in LATER[:5]:
        assert "dnsbl=m/servfail" in ask(p, address)
    until_state(p, "m", "aside asked 5 listed 0 errors 5")
    asked = server.asked
    assert "dnsbl=m/aside" in ask(p, LATER[5])
    assert server.asked == asked
    server.mood = "good"
    until_state(p, "m", "ok", seconds=120)
    assert "dnsbl=m/listed/127.0.0.2" in ask(p, LATER[8])
    said = p.fcrdnsd.said()
    assert said.count("dnsbl-aside name=m") == 1, said
    assert said.count("dnsbl-back name=m") == 1, said


def test_one_that_falls_silent_costs_little(lists, moody):
    """The deadline holds for all together; then it is not waited for."""
    server = moody(2)
    p = lists(dnsbl("m", of="moody2") + PSBL + "\ton listed psbl reject\n")
    until_state(p, "m", "ok")
    server.mood = "mute"
    took = []
    for address in LATER[10:15]:
        seconds, line = seconds_of(p, address)
        took.append(seconds)
        assert " pass cause=none" in line, line
        assert re.search(r"dnsbl=m/(timeout|servfail) dnsbl=psbl/clear",
                         line), line
    assert min(took) < 5, took
    until_state(p, "m", "aside")
    rest = iter(LATER[15:20])

    def at_once():
        line = ask(p, next(rest))
        assert "dnsbl=m/aside dnsbl=psbl/clear" in line, line

    wait.in_time("an answer", at_once, 1, 5)


def test_blocked_in_use(lists, moody):
    """Asked too often: they say so by a reply."""
    server = moody(3)
    p = lists(dnsbl("m", of="moody3") + "\ton score 1 reject\n")
    until_state(p, "m", "ok")
    server.mood = "blocked"
    assert "dnsbl=m/broken/127.255.255.254" in ask(p, LATER[20])
    until_state(p, "m", "aside")
    assert "dnsbl=m/aside" in ask(p, LATER[21])


def test_each_hour_it_is_tested_again(lists, moody, clock):
    """A list that begins to list the world is believed until then; it is
    heard again when it does not."""
    server = moody(10)
    p = lists(dnsbl("m", of="moody10") + "\ton listed m reject\n")
    until_state(p, "m", "ok")
    server.mood = "everything"
    assert "dnsbl=m/listed/127.0.0.2" in ask(p, LATER[22])
    clock.on(3601)
    until_state(p, "m", "aside asked 1 listed 1 errors 0")
    said = p.fcrdnsd.said()
    assert said.count("dnsbl-aside name=m") == 1, said
    assert "dnsbl=m/aside" in ask(p, LATER[22])
    assert "\nverdict accept\n" in explain(p, LATER[23])
    server.mood = "good"
    wait.until(lambda: f"m to be ok: {status_lines(p)}", lambda:
               clock.on(3601) or status_lines(p)["m"].startswith("ok"))
    assert "dnsbl=m/clear" in ask(p, LATER[23])
    assert p.fcrdnsd.said().count("dnsbl-back name=m") == 1


def test_all_are_asked_at_once(lists, moody):
    """Five slow lists take as long as one."""
    servers = [moody(n, delay=0.4) for n in range(4, 9)]
    p = lists("".join(dnsbl(f"m{n}", of=f"moody{n}") for n in range(4, 9)))
    for n in range(4, 9):
        until_state(p, f"m{n}", "ok")
    took = []
    for address in LATER[60:66]:
        line = ask(p, address)
        assert line.count("/clear") == 5, line
        took.append(int(re.search(r" ms=(\d+) ", line)[1]))
    # The recursor between us asks each of them once or twice.
    assert 400 <= min(took) < 1600, took
    assert all(s.asked >= 4 for s in servers)


def test_reload(lists, moody):
    """What a list was asked and how it does survives, if it is the same."""
    p = lists(PSBL + dnsbl("bad", of="everything") + ACTIONS)
    until_state(p, "bad", "aside")
    ask(p, GOOD)
    text = p.text(ZEN + PSBL.replace("score 1", "score 2") +
                  dnsbl("bad", of="everything") + ACTIONS)
    p.conf.write_text(text)
    assert p.control("fcrdnsd", "reload")[0] == "ok"
    until_state(p, "zen", "ok asked 0")
    state = status_lines(p)
    assert state["psbl"].startswith("ok asked 1 listed 1"), state
    assert state["bad"].startswith("aside"), state
    # Another set of lists: findings of before are not used.
    assert "cached=no" in ask(p, GOOD)
    assert "cached=yes" in ask(p, GOOD)
    assert p.fcrdnsd.said().count("dnsbl-aside name=bad") == 1
    p.conf.write_text(p.text(ACTIONS))
    assert p.control("fcrdnsd", "reload")[0] == "ok"
    assert status_lines(p) == {}
    assert "dnsbl" not in ask(p, GOOD)


def test_many_at_once(lists):
    """One connection, many questions: each gets its own answer."""
    p = lists(ZEN + PSBL + ACTIONS)
    clients = [GOOD, OTHER, NO_PTR, *LATER[30:60]]
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(60)
        s.connect(str(p.state / "run" / "fcrdnsd.sock"))
        s.sendall("".join(f"ask {c}\n" for c in clients).encode())
        with s.makefile() as f:
            lines = [f.readline() for c in clients]
    for client, line in zip(clients, lines):
        assert line.startswith(f"ok {client} "), line
        assert line.count(" dnsbl=") == 2, line
    assert "dnsbl=zen/listed/127.0.0.2,127.0.0.10/" in lines[0]
    assert "dnsbl=psbl/clear" in lines[1]


def test_hidden_zone(lists):
    """What "check -v" prints can be used, but not asked."""
    p = lists(ZEN + ACTIONS, start=False)
    done = p.run("postern", "check", "-v")
    assert b'dnsbl "zen" zone hidden reply { 127.0.0.2-11 } score 2' in (
        done.stdout)
    p.conf.write_text(p.conf.read_text().replace(
        f'"{zone("zen")}"', "hidden"))
    p.start_fcrdnsd()
    assert "dnsbl=zen/aside" in ask(p, GOOD)
    assert status_lines(p)["zen"].startswith("hidden asked 0")
    assert "dnsbl-hidden name=zen" in p.fcrdnsd.said()


def test_zone_file(lists):
    """The jailed child has the zone, though it may not read the file."""
    p = lists(ACTIONS, start=False)
    secret = p.home / "zone"
    secret.write_text(f"\n{zone('zen')}\n")
    secret.chmod(0o600)
    p.write(fcrdns=ZEN.replace(f'"{zone("zen")}"', f'file "{secret}"')
            + ACTIONS)
    p.start_fcrdnsd()
    assert "dnsbl=zen/listed/127.0.0.2,127.0.0.10/" in ask(p, GOOD)
    done = p.run("postern", "check", "-v")
    assert f'zone file "{secret}"'.encode() in done.stdout
    assert KEY.encode() not in done.stdout + done.stderr
    nobody = ("setpriv", "--reuid=nobody", "--regid=nogroup",
              "--clear-groups")
    done = p.run("postern", "explain", GOOD, wrapper=nobody)
    assert b"not zen: its zone is hidden\n" in done.stdout
    assert b" zen: aside: not asked\n" in done.stdout
    assert b"zone file is not for this user to read" in done.stderr
    secret.write_text(f"{KEY} {zone('zen')}\n")
    done = p.run("postern", "check")
    assert done.returncode == 78
    assert KEY.encode() not in done.stdout + done.stderr
    answer = p.control("fcrdnsd", "reload")
    assert answer[0] != "ok" and KEY not in "\n".join(answer)
    assert KEY not in p.fcrdnsd.said()


def test_the_key_is_nowhere(lab, lists, moody):
    """In no output, log, reply or process title, whatever happens."""
    server = moody(9)
    p = lists(ZEN + PSBL + DNSWL + dnsbl("m", of="moody9") +
              "".join(dnsbl(name) for name, _ in FALSE) +
              "\ton score 1 reject\n", start=False)
    p.start_fcrdnsd(flags=("-d", "-v"))
    p.start_milter(flags=("-d", "-v"))
    until_state(p, "mute", "aside")
    server.mood = "servfail"
    shown = [ask(p, a) for a in (GOOD, OTHER, NO_PTR, V6, *LATER[40:46])]
    assert "dnsbl=zen/listed/127.0.0.2 " in shown[1], shown[1]
    for address in (GOOD, OTHER, V6):
        shown.append(explain(p, address))
    with lab.connect("match", "own") as c:
        c.hello("client.example.net")
        c.mail()
        reply = c.rcpt(f"someone@{netns.HOST}")
        shown.append(str(reply.text if hasattr(reply, "text") else reply))
        c.quit()
    p.record(client=GOOD)
    for words in (["check"], ["check", "-v"], ["status"],
                  ["explain", "192.0.2.250"]):
        done = p.run("postern", *words)
        shown += [done.stdout.decode(), done.stderr.decode()]
    done = p.run("fcrdns", "-v", GOOD)
    shown += [done.stdout.decode(), done.stderr.decode()]
    p.conf.write_text(p.conf.read_text().replace("on score", "on scor"))
    done = p.run("postern", "check")
    assert done.returncode == 78
    shown += [done.stdout.decode(), done.stderr.decode()]
    shown += p.control("fcrdnsd", "reload")
    shown += [p.fcrdnsd.said(), p.milter.said(),
              (lab.base / "log").joinpath("syslog.log").read_text()
              if (lab.base / "log" / "syslog.log").exists() else ""]
    for pid in (p.fcrdnsd.pid, p.fcrdnsd.child(), p.milter.pid):
        with open(f"/proc/{pid}/cmdline", "rb") as f:
            shown.append(f.read().decode(errors="replace"))
    for text in shown:
        assert KEY not in text.lower(), text


OWN = """list <drop> {{ file "{0}/drop" }}
list <friends> {{ file "{0}/friends" }}
protect {{ 192.0.2.63 }}
"""
FROM = """	pass from {{ <friends> }}
	block from {{ <drop>, <bans>, 203.0.113.0/24 }}
	dnsbl "zen" zone "{}" reply {{ 127.0.0.2 }}
	on score 1 hold
"""


@pytest.fixture
def own_lists(lists):
    """Our own lists: NO_PTR is in drop, OTHER in both, the watched one and
    who is protected, too."""
    p = lists("", start=False)
    (p.home / "drop").write_text(f"{NO_PTR}\n{OTHER}\n192.0.2.62\n"
                                 "192.0.2.63\n")
    (p.home / "friends").write_text(f"{OTHER}\n")
    p.write(top=OWN.format(p.home), fcrdns=FROM.format(zone("zen")))
    p.start_lists()
    wait.until(lambda: "set files\n" + p.lists.said(), lambda: all(
        (p.state / "lists" / f"{name}.set").exists()
        for name in ("drop", "friends", "protected")))
    return p


@pytest.mark.parametrize("daemon", [True, False], ids=["daemon", "alone"])
def test_own_lists_come_first(lab, own_lists, daemon):
    """What they decide costs no DNS at all."""
    p = own_lists
    if daemon:
        p.start_fcrdnsd()
        wait.until("the sets to arrive",
                   lambda: "list=drop" in ask(p, NO_PTR)
                   and "list=friends" in ask(p, OTHER)
                   and "protected=yes" in ask(p, "192.0.2.63"))
    lab.dns.watched.asked()
    for address, lines in [
            (NO_PTR, ["list friends: no", "list drop: yes", "list bans: no",
                      "asked nothing: decided by the address",
                      "verdict reject", "why listed in drop"]),
            ("192.0.2.62", ["list drop: yes", "verdict reject"]),
            (OTHER, ["list friends: yes", "list drop: yes",
                     "verdict accept", "why let in, listed in friends"]),
            ("192.0.2.63", ["protected yes", "list drop: yes",
                            "verdict accept",
                            "why protected: nothing may block it"]),
            ("203.0.113.9", ["list drop: no", "verdict reject",
                             "why blocked by 203.0.113.0/24"]),
            (GOOD, ["list drop: no", "verdict hold", "score 1"])]:
        out = explain(p, address)
        for line in lines:
            assert f"\n{line}\n" in out, (line, out)
        assert "protected yes" in lines or "\nprotected" not in out
    assert lab.dns.watched.asked() == 0
    if daemon:
        assert int(p.status("fcrdnsd")["by-lists"]) >= 5


def test_a_list_takes_effect_within_a_second(own_lists):
    """An address that is known, too: lists are looked at each time."""
    p = own_lists
    p.start_fcrdnsd()
    wait.until("the sets to arrive", lambda: "list=drop" in ask(p, NO_PTR))
    assert " pass cause=none" in ask(p, GOOD)
    assert "cached=yes" in ask(p, GOOD)
    done = p.run("postern", "ban", GOOD)
    assert done.returncode == 0, done
    wait.until("the ban", lambda: "list=bans" in ask(p, GOOD))
    assert f"ok {GOOD} none cause=none" in ask(p, GOOD)
