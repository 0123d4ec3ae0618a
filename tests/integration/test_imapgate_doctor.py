# SPDX-License-Identifier: ISC
"""imapgate doctor and rules, on real nftables: never "good" of an open gate."""

import pytest

from lab import gate


def doctor(g):
    """Its exit status, the good and the bad lines, and the cures."""
    done = g.run("doctor")
    assert done.returncode in (0, 1), done
    good, bad, cures = [], [], []
    for line in done.stdout.splitlines():
        kind = (good if line.startswith("good: ") else
                bad if line.startswith("bad: ") else
                cures if line.startswith("\t") else None)
        assert kind is not None, line
        kind.append(line)
    assert (done.returncode == 1) == bool(bad), done
    assert len(cures) >= len(bad)
    return good, bad, cures


def test_a_gate_that_is_shut(shut):
    good, bad, _ = doctor(shut)
    assert good and not bad
    shut.good("allow", "203.0.113.7")
    assert not doctor(shut)[1]


FILTER = """
table inet filter {{
	set imap_allowed {{ type ipv4_addr; flags interval; }}
	set imap_allowed6 {{ type ipv6_addr; flags interval; }}
	chain gate {{
		type filter hook {hook} priority {priority}; policy accept;
		{rules}
	}}
}}
"""
GOOD = ("iif lo accept",
        "tcp dport { 143, 993 } ip saddr != @imap_allowed drop",
        "tcp dport { 143, 993 } ip6 saddr != @imap_allowed6 drop")


def ruleset(*rules, hook="input", priority="-10", more=gate.USERS_RULES):
    return "flush ruleset\n" + FILTER.format(
        hook=hook, priority=priority, rules="\n\t\t".join(rules)) + more


OPEN = {
    "no table": "flush ruleset\n",
    "no rules": ruleset(),
    "ipv4 only": ruleset(*GOOD[:2]),
    "ipv6 only": ruleset(GOOD[0], GOOD[2]),
    "one port only": ruleset(*[x.replace("{ 143, 993 }", "993")
                               for x in GOOD]),
    "after established": ruleset("ct state established accept", *GOOD),
    "after accept all": ruleset("accept", *GOOD),
    "after accept of the port": ruleset("tcp dport 993 accept", *GOOD),
    "wrong hook": ruleset(*GOOD, hook="output"),
    "accept instead of drop": ruleset(
        *[x.replace("drop", "accept") for x in GOOD]),
    "another set": ruleset(*GOOD).replace("!= @imap_allowed drop",
                                          "!= @other drop").replace(
        "chain gate", "set other { type ipv4_addr; }\n\tchain gate"),
    "reversed": ruleset(*[x.replace("!= @", "@") for x in GOOD]),
    "a narrower rule": ruleset(
        GOOD[0], *[x.replace("tcp dport", "iif eth9 tcp dport")
                   for x in GOOD[1:]]),
}


@pytest.mark.parametrize("what", OPEN)
def test_a_gate_that_is_not_shut(make_gate, what):
    """Each fault is found, with the line to add."""
    g = make_gate()
    text = OPEN[what].replace("iif eth9", 'iifname "eth9"')
    g.server.nft(text=text)
    _, bad, cures = doctor(g)
    assert bad, what
    assert any("imap_allowed" in x or "imapgate rules" in x or "priority"
               in x for x in cures), cures


def test_the_cure_of_the_doctor(make_gate):
    """To paste what `rules` prints is always the cure."""
    g = make_gate()
    for what, text in OPEN.items():
        g.server.nft(text=text.replace("iif eth9", 'iifname "eth9"'))
        g.load()
        assert not doctor(g)[1], what


def test_rules_of_other_ports_and_sets(make_gate, gate_world):
    g = make_gate(
        backend='backend nftables table "inet mail" set "in4" set6 "in6"',
        block="\tport 2143")
    g.load()
    assert "143" not in g.good("rules").replace("2143", "")
    assert not doctor(g)[1]
    g.good("allow", "203.0.113.7")
    assert g.server.elements("in4", "inet mail") == ["203.0.113.7"]
    with g.server.inside():
        server = gate.listener(2143)
    with server:
        assert gate_world.hotel.knock("203.0.113.7", 2143) == "open"
        assert gate_world.hotel.knock("203.0.113.8", 2143) == "dark"


def test_rules_twice(shut):
    """Loading them again, as a firewall's start does, is no error and
    doubles no rule."""
    shut.good("allow", "203.0.113.7")
    once = shut.server.nft("-s", "list", "ruleset")
    shut.server.nft(text=shut.good("rules"))
    again = shut.server.nft("-s", "list", "ruleset")
    assert once.count("drop") == again.count("drop")
    shut.good("sync")
    assert not doctor(shut)[1]


# What an operator may write, and what comes of it, which is tried out.
DROPS = GOOD[1:]
BEFORE = {
    "a range": "tcp dport 1-1000 accept",
    "a set of ports": "tcp dport { 25, 993, 143 } accept",
    "all but some": "tcp dport != { 22, 25 } accept",
    "a map": "tcp dport vmap { 993 : accept, 143 : accept }",
    "all unmarked": "meta mark 0 accept",
    "all addresses": "ip saddr 0.0.0.0/0 accept\n\t\tip6 saddr ::/0 accept",
    "a link": 'iifname "hotel" accept',
    "all links but one": 'iifname != "eth0" accept',
    "links by pattern": 'iifname "ho*" accept',
    "a protocol": "meta l4proto tcp accept",
    "new sessions": "ct state new accept",
    "flags": "tcp flags syn accept",
    "this machine": "fib daddr type local accept",
    "our address": "ip daddr 192.0.2.1 accept\n\t\t"
    "ip6 daddr 2001:db8::1 accept",
    "a jump": "jump elsewhere",
    "a goto": "goto elsewhere",
    "counted": "counter accept",
    "logged": 'log prefix "in: " accept',
    "return": "return",
    "a limit": "limit rate 1000/second accept",
    "the port by offset": "@th,16,16 993 accept\n\t\t@th,16,16 143 accept",
}
ELSEWHERE = """	chain elsewhere {
		tcp dport { 143, 993 } accept
	}
	chain gate {"""
INSTEAD = {
    "log only": [x.replace("drop", "log") for x in DROPS],
    "limited": [x.replace("drop", "limit rate 1/minute burst 1 packets drop")
                for x in DROPS],
    "source port": [x.replace("dport", "sport") for x in DROPS],
    "udp": [x.replace("tcp", "udp") for x in DROPS],
    "other ports": [x.replace("143, 993", "144, 994") for x in DROPS],
    "only what is marked": ["meta mark 7 " + x for x in DROPS],
    "only another link": ['iifname "eth0" ' + x for x in DROPS],
    "only established": ["ct state established " + x for x in DROPS],
    "only some flags": ["tcp flags fin " + x for x in DROPS],
    "behind a return": ["tcp dport 1-1000 return", *DROPS],
    "in a chain that nobody calls": [],
    "accepted in a chain that is called": [
        "tcp dport { 143, 993 } jump elsewhere", *DROPS],
}


def is_open(world, port=993):
    return [world.hotel.knock(source, port) for source in (
        "203.0.113.99", "2001:db8:1:9::9")] == ["open", "open"]


def written(*rules):
    return ruleset(*rules).replace("\tchain gate {", ELSEWHERE)


NOTRACK = """table inet raw {
	chain prerouting {
		type filter hook prerouting priority -300;
		tcp dport { 143, 993 } notrack
	}
	chain output {
		type filter hook output priority -300;
		tcp sport { 143, 993 } notrack
	}
}
"""


@pytest.mark.parametrize("states", ["untracked", "{ related, untracked }"])
def test_what_is_not_tracked(make_gate, gate_world, dovecot, states):
    """Where the ports are not tracked, that is every packet's state."""
    g = make_gate()
    g.server.nft(text=ruleset(f"ct state {states} accept", *GOOD,
                              more=NOTRACK))
    assert is_open(gate_world)
    assert doctor(g)[1]


@pytest.mark.parametrize("what", BEFORE)
def test_what_stands_before_is_seen(make_gate, gate_world, dovecot, what):
    g = make_gate()
    g.server.nft(text=written(BEFORE[what], *GOOD))
    assert is_open(gate_world)
    assert doctor(g)[1]


@pytest.mark.parametrize("what", INSTEAD)
def test_what_is_no_drop_is_seen(make_gate, gate_world, dovecot, what):
    g = make_gate()
    g.server.nft(text=written(*INSTEAD[what]))
    if what == "limited":		# it drops the first, and then none
        gate_world.hotel.knock("203.0.113.99", 993)
    assert is_open(gate_world)
    assert doctor(g)[1]


@pytest.mark.parametrize("more", ["", gate.USERS_RULES])
def test_a_table_that_sleeps(make_gate, gate_world, dovecot, more):
    g = make_gate()
    g.server.nft(text=ruleset(*GOOD, more=more).replace(
        "table inet filter {", "table inet filter {\n\tflags dormant;"))
    assert is_open(gate_world)
    assert doctor(g)[1]


def test_open_sessions_would_stay(make_gate):
    """New ones are dropped; but whoever is in stays in."""
    g = make_gate()
    for rules in ([GOOD[0], "ct state established,related accept", *DROPS],
                  [GOOD[0], *[x.replace("drop", "ct state new drop")
                              for x in DROPS]],
                  [GOOD[0], "ct state vmap { established : accept, "
                   "related : accept }", *DROPS]):
        g.server.nft(text=ruleset(*rules))
        assert doctor(g)[1], rules


def test_a_policy_that_drops_behind_established(make_gate):
    """The commonest ruleset of all: new ones are dropped, and the port is
    not said to be open."""
    g = make_gate()
    accept = [x.replace("!= @", "@").replace("drop", "accept") for x in DROPS]
    g.server.nft(text=ruleset(
        GOOD[0], "ct state established,related accept", *accept,
        more="").replace("policy accept", "policy drop"))
    _, bad, _ = doctor(g)
    assert len(bad) == 4 and all("outlives its lease" in x for x in bad), bad


SHUT = {
    "counted": [x.replace("drop", "counter drop") for x in DROPS],
    "commented": [x + ' comment "mine"' for x in DROPS],
    "a rule for each port": [
        x.replace("{ 143, 993 }", str(port)) for x in DROPS
        for port in (143, 993)],
    "the set first": [
        f"{family} saddr != @{name} tcp dport {{ 143, 993 }} drop"
        for family, name in (("ip", "imap_allowed"),
                             ("ip6", "imap_allowed6"))],
    "others before": ["tcp dport 22 accept", "udp dport 53 accept",
                      "ip protocol icmp accept", *DROPS],
    "more ports": [x.replace("143, 993", "143, 993, 4190") for x in DROPS],
}


@pytest.mark.parametrize("what", SHUT)
def test_other_rules_that_shut(make_gate, gate_world, dovecot, what):
    """The doctor does not insist on our own words."""
    g = make_gate()
    g.server.nft(text=ruleset(GOOD[0], *SHUT[what]))
    good, bad, _ = doctor(g)
    assert good and not bad, bad


def test_a_firewall_that_denies_by_default(make_gate, gate_world, dovecot):
    """An operator's own chain drops all; the gate's rules come first."""
    g = make_gate()
    own = """
table inet filter {
	chain input {
		type filter hook input priority 0; policy drop;
		ct state established,related accept
		iif lo accept
		meta l4proto { icmp, ipv6-icmp } accept
		tcp dport { 22, 25, 143, 993 } accept
	}
}
"""
    g.load(more=own)
    assert not doctor(g)[1]
    g.good("allow", "203.0.113.7")
    assert gate_world.hotel.knock("203.0.113.7", 993) == "open"
    assert gate_world.hotel.knock("203.0.113.8", 993) == "dark"


def test_sets_of_other_kinds(make_gate):
    """What an operator may have made of the sets by hand."""
    g = make_gate()
    for flags in ("flags interval; auto-merge;",
                  "flags interval, timeout;", "flags interval; size 65535;",
                  'flags interval; comment "mine";'):
        g.server.nft(text=ruleset(*GOOD).replace("flags interval;", flags))
        g.good("allow", "203.0.113.0/28")
        g.good("allow", "203.0.113.7")
        g.good("sync")
        assert g.in_firewall() == ["203.0.113.0/28"], flags
        assert not doctor(g)[1], flags
        g.good("revoke", "all")


def test_a_set_without_intervals(make_gate):
    """It cannot hold a prefix: it is said, and doctor sees it."""
    g = make_gate()
    g.server.nft(text=ruleset(*GOOD).replace("flags interval;", ""))
    done = g.run("allow", "203.0.113.0/28")
    assert done.returncode == 69 and done.stderr, done
    assert g.run("doctor").returncode == 1


def test_a_set_that_is_too_small(make_gate):
    g = make_gate()
    g.server.nft(text=ruleset(*GOOD).replace(
        "flags interval;", "flags interval; size 4;"))
    g.good("allow", "203.0.113.1")
    g.good("allow", "203.0.113.3")
    before = g.in_firewall()
    done = g.run("allow", "203.0.113.0/31")
    for n in range(5, 40, 2):
        done = g.run("allow", f"203.0.113.{n}")
        if done.returncode:
            break
        before = g.in_firewall()
    assert done.returncode == 69 and done.stderr, done
    assert g.in_firewall() == before	# as a whole, or not at all


def test_a_port_that_is_rewritten(make_gate, gate_world):
    """The gate's rules would see another port than the client."""
    g = make_gate()
    g.load(more="""table inet nat {
	chain prerouting {
		type nat hook prerouting priority -100;
		meta nfproto ipv4 tcp dport { 993, 143 } dnat ip to 192.0.2.1:1993
		meta nfproto ipv6 tcp dport { 993, 143 } dnat ip6 to [2001:db8::1]:1993
	}
}
""")
    with g.server.inside():
        server = gate.listener(1993)
    with server:
        assert is_open(gate_world)
    assert doctor(g)[1]


def test_a_port_that_is_set(make_gate, gate_world):
    """The same, packet by packet, without nat."""
    g = make_gate()
    g.load(more="""table inet raw {
	chain prerouting {
		type filter hook prerouting priority -300;
		tcp dport 993 notrack tcp dport set 1993
	}
	chain output {
		type filter hook output priority -300;
		tcp sport 1993 notrack tcp sport set 993
	}
}
""")
    with g.server.inside():
        server = gate.listener(1993)
    with server:
        assert is_open(gate_world)
    assert doctor(g)[1]
