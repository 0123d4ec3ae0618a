# SPDX-License-Identifier: ISC
"""Five DNS lists on a cold cache: who takes the sum, who the slowest?

Each server of names is 50 ms away.  Clients are new ones, each in a network
of its own.  Before us and Postfix is the same recursor.
"""

import statistics
import time

import dns.message
import dns.query
import dns.rcode
import dns.reversename

from lab import daemon, wait
from lab.postfix import PORTS

from bench import DELAY_MS, one_session, spread, title
from lists_lab import (BY_LAST, KINDS, LAST, LISTS, NAMES, NONE, OUTSIDE,
                       RECURSOR, Asker, host_name, upside_down, zone)

ASKED = 1.3
AWAY = 0.020
NATIVE = "five reject_rbl_client"
BOTH = "the same, and the client's name"
OURS = "postern-milter: name and five lists"
SERVICES = {NATIVE: "rbl", BOTH: "both", OURS: "own"}
CODES = {True: (550, 554), False: (250,)}
ACTIONS = """	on permerror reject
	on fail reject
	on temperror tempfail
"""


def ours(world):
    """Two of us on the same recursor: one with the lists and a milter, one
    that only looks at names.  And one with the lists that recurses itself."""
    path = world.postfix.own_milter
    listen = f'socket "{path}" group "postfix" mode 0660'
    lists = "".join(f'\tdnsbl "{name}" zone "{zone(name).rstrip(".")}" '
                    "reply { 127.0.0.2-11 }\n" for name in LISTS)
    full = daemon.Postern(
        world.base, "five", listen, fcrdns=lists + ACTIONS
        + "\ton score 1 reject\n", timeout="5s").start()
    plain = daemon.Postern(world.base, "plain", listen, fcrdns=ACTIONS,
                           timeout="5s")
    own = daemon.Postern(
        world.base, "recursing", listen, forward=None, timeout="5s",
        fcrdns="\tdnssec no\n" + lists + ACTIONS)
    for one in (plain, own):
        one.start_fcrdnsd()
    for one in (full, own):
        wait.until(lambda: f"the tests of the lists: {tested(one)}",
                   lambda: all(line.split()[2] == "ok"
                               for line in tested(one)))
    return full, plain, own


def tested(postern):
    return [line for line in postern.control("fcrdnsd", "status")
            if line.startswith("dnsbl ")]


def cold(asker, address, kind=None):
    """Milliseconds until the findings; kind: what lists must have said."""
    start = time.perf_counter()
    line = asker.ask(address)
    took = (time.perf_counter() - start) * 1000
    assert f"ok {address} pass cause=none" in line, line
    assert "cached=no" in line, line
    if kind is not None:
        for name in LISTS:
            said = "listed/127.0.0.2/see" if name in KINDS[kind] else "clear"
            assert f" dnsbl={name}/{said}" in line, line
    return took


def records(name, kind, server):
    answer = dns.query.udp(dns.message.make_query(name, kind), server,
                           timeout=5)
    assert answer.rcode() == dns.rcode.NOERROR and answer.answer, answer


def chain(server, *questions):
    """Milliseconds for one question after the other, asked by ourselves."""
    start = time.perf_counter()
    for name, kind in questions:
        records(name, kind, server)
    return (time.perf_counter() - start) * 1000


def chain_of_name(address, server=RECURSOR):
    return chain(server, (dns.reversename.from_address(address), "PTR"),
                 (host_name(address), "A"))


def chain_of_list(address, server=RECURSOR):
    name = f"{upside_down(address)}.{zone(LAST)}"
    return chain(server, (name, "A"), (name, "TXT"))


def sessions(world, rounds, kinds, away=0.0):
    took = {(kind, name): [] for kind in kinds for name in SERVICES}
    for _ in range(rounds):
        for kind, name in took:
            took[kind, name].append(one_session(
                world.clients.take(kind), PORTS[SERVICES[name]], away,
                CODES[kind != NONE]))
    for kind in kinds:
        print(f"A client {kind}")
        for name in SERVICES:
            ratios = [a / b for a, b in zip(took[kind, name],
                                            took[kind, NATIVE])]
            print(f"  {name:36} {spread(took[kind, name])}   ratio "
                  + spread(ratios, "{:.2f}"), flush=True)
    return {key: statistics.median(v) for key, v in took.items()}


def findings(world, full, plain, own, rounds):
    with_lists, without = Asker(full.state), Asker(plain.state)
    by_itself = Asker(own.state)
    take = world.clients.take
    direct = "the slower of both, asked of the servers"
    alone = "name alone: PTR, then A, asked by hand"
    reason = "list alone: A, then TXT, asked by hand"
    recursing = {
        f"own recursion, {kind}":
        lambda k=kind: cold(by_itself, take(k), k) for kind in KINDS}
    probes = {
        direct: lambda: max(chain_of_name(take(), NAMES),
                            chain_of_list(take(BY_LAST), OUTSIDE[LAST])),
        alone: lambda: chain_of_name(take()),
        reason: lambda: chain_of_list(take(BY_LAST)),
        "findings without lists": lambda: cold(without, take()),
        **{f"findings, five lists, {kind}":
           lambda k=kind: cold(with_lists, take(k), k) for kind in KINDS},
        **recursing}
    for net in ("18", "19"):	# the way to the servers, not to the client
        by_itself.ask(f"198.{net}.255.254")
    took = {name: [] for name in probes}
    for _ in range(rounds):
        for name, probe in probes.items():
            took[name].append(probe())
    slowest = [max(pair) for pair in zip(took[alone], took[reason])]
    ratios = {}
    for name, values in took.items():
        base = took[direct] if name in recursing else slowest
        ratios[name] = [a / b for a, b in zip(values, base)]
        print(f"{name:41} {spread(values)}   ratio "
              + spread(ratios[name], "{:.3f}"), flush=True)
    for asker in (with_lists, without, by_itself):
        asker.close()
    return {name: statistics.median(ratios[name]) for name in ratios
            if name.startswith(("findings, ", "own "))}


def measure_dnsbls(world, rounds):
    full, plain, own = ours(world)
    for service in SERVICES.values():	# processes started, libraries loaded
        one_session(world.clients.take(), PORTS[service])
    title(f"Findings, cold cache, each DNS server {DELAY_MS} ms away: ms, and "
          "the ratio to the slower chain; of own recursion, to the first row")
    ratios = findings(world, full, plain, own, rounds)
    title(f"Through Postfix, cold cache, each DNS server {DELAY_MS} ms away: "
          "ms from connect to the answer to RCPT")
    here = sessions(world, rounds, KINDS)
    title("The same, by a client 20 ms away")
    sessions(world, (rounds + 1) // 2, [NONE], AWAY)
    for postern in (full, plain, own):
        wrong = postern.stop()
        assert not wrong, wrong
    for name, ratio in ratios.items():
        yield (f"{name}, to the slowest chain", f"{ratio:.3f}", f"{ASKED}",
               ratio <= ASKED)
    for kind in KINDS:
        yield (f"connect to RCPT, {kind}, to Postfix's",
               f"{here[kind, OURS] / here[kind, NATIVE]:.2f}", "", True)
