# SPDX-License-Identifier: ISC
"""imapgate on pf, with a stand-in for pfctl(8): tables, states, faults."""

import re
import time

import pytest

from lab import gate, wait
from lab.pf import RULES, Pf

from test_imapgate_faults import by_hand, row

SERVER = "192.0.2.1"


@pytest.fixture
def pf(lab_base):
    made = Pf(lab_base, f"pf{next(gate.NUMBERS)}")
    yield made
    assert not made.complaints()


@pytest.fixture
def gated(make_gate, pf):
    return make_gate(backend=gate.PF, wrapper=pf.wrapper)


@pytest.mark.jailed_too
def test_a_life(gated, pf):
    said = gated.good("allow", "-c", "hotel", "203.0.113.7")
    assert re.fullmatch(
        r"allowed 203\.0\.113\.7 until \S+Z \(hotel\)\n", said)
    gated.good("allow", "2001:db8:1:2::7")
    assert pf.table() == ["2001:db8:1:2::/64", "203.0.113.7"]
    assert gated.good("revoke", "203.0.113.7") == "revoked 203.0.113.7\n"
    assert pf.table() == ["2001:db8:1:2::/64"]
    assert gated.good("revoke", "all") == "revoked 2001:db8:1:2::/64\n"
    assert pf.table() == []
    replaced = [x for x in pf.calls() if "-T replace" in x]
    assert replaced and all("-f -" in x for x in replaced)
    assert not [x for x in pf.calls() if "203.0" in x or "-T add" in x
                or "-T delete" in x]


def test_a_reload_of_the_rules(gated, pf):
    """`pfctl -f` empties a table: sync brings the addresses back."""
    gated.good("allow", "203.0.113.7")
    pf.write("tables/imap_allowed", "")
    assert "1 added, 0 removed" in gated.good("sync")
    assert "is equal" in gated.good("sync")
    pf.write("tables/imap_allowed", "198.51.100.1\n203.0.113.7\n")
    assert "0 added, 1 removed" in gated.good("sync")
    assert pf.table() == ["203.0.113.7"]


def test_expiry(gated, pf):
    by_hand(gated, row("203.0.113.1", until=-1), row("203.0.113.2"))
    assert gated.good("expire").startswith("expired 203.0.113.1 (by hand)\n")
    assert pf.table() == ["203.0.113.2"]


def test_merged(gated, pf):
    for address in ("203.0.113.0/25", "203.0.113.7", "203.0.113.128/25"):
        gated.good("allow", address)
    assert pf.table() == ["203.0.113.0/24"]


def test_states(gated, pf):
    """Only those of the gated ports, and of peers that nothing covers; one
    by one, by id, after the table has changed."""
    gated.good("allow", "203.0.113.7")
    gated.good("allow", "203.0.113.16/28")
    gated.good("allow", "203.0.113.20")
    gated.good("allow", "2001:db8:1:2::7")
    pf.states(
        (f"{SERVER}:993", "<-", "203.0.113.7:50001"),	# goes
        (f"{SERVER}:143", "<-", "203.0.113.7:50002"),	# goes
        (f"{SERVER}:22", "<-", "203.0.113.7:50003"),	# SSH
        (f"{SERVER}:993", "<-", "203.0.113.20:50004"),	# covered still
        ("2001:db8::1[993]", "<-", "2001:db8:1:2::9[50005]"),	# goes
        ("2001:db8::1[22]", "<-", "2001:db8:1:2::9[50006]"),
        (f"{SERVER}:50007", "->", "203.0.113.7:993"),	# we are the client
        ("127.0.0.1:993", "<-", "127.0.0.1:50008"),	# webmail
        (f"10.0.0.5:993 ({SERVER}:993)", "<-", "203.0.113.7:50009"))
    done = gated.run("revoke", "203.0.113.20")
    assert (done.returncode, done.stdout) == (0, "revoked 203.0.113.20\n")
    assert len(pf.peers()) == 9
    begin = len(pf.calls())
    done = gated.run("revoke", "203.0.113.7")
    assert done.returncode == 0 and done.stdout.endswith("ended 3 sessions\n")
    calls = pf.calls()[begin:]
    kills = [n for n, x in enumerate(calls) if x.startswith("-k")]
    assert len(kills) == 3
    assert all(re.fullmatch(r"-k id -k [0-9a-f]{1,16}/[0-9a-f]{1,8}",
                            calls[n]) for n in kills)
    [table] = [n for n, x in enumerate(calls) if "-T replace" in x]
    assert table < min(kills)
    gated.good("revoke", "2001:db8:1:2::7")
    text = (pf.root / "states").read_text()
    for port in (50003, 50004, 50006, 50007, 50008):
        assert str(port) in text
    for port in (50001, 50002, 50005, 50009):
        assert str(port) not in text


def test_no_more_room(gated, pf):
    """A set that would not fit is refused as a whole; the lease stands."""
    gated.good("allow", "203.0.113.7")
    pf.write("limits", "states 100000\ntable-entries 3\n")
    by_hand(gated, *(row(f"203.0.113.{n}") for n in range(1, 20, 2)))
    done = gated.run("sync")
    assert done.returncode == 69 and "table-entries" in done.stderr, done
    assert pf.table() == ["203.0.113.7"]


def test_ten_thousand(gated, pf):
    by_hand(gated, *(row(f"10.{n // 250}.{n % 250}.1") for n in range(10000)))
    gated.good("sync")
    assert len(pf.table()) == 10000
    gated.good("allow", "203.0.113.7")
    assert len(pf.table()) == 10001


# --- faults -----------------------------------------------------------------

@pytest.mark.parametrize("fault", [
    "fail replace", "fail show", "crash replace", "half replace",
    "torn replace", "garbage show", "flood show"])
def test_the_tool_fails(gated, pf, fault):
    """The lease stands; 69; what went wrong; sync completes it."""
    gated.good("allow", "203.0.113.7")
    pf.fault(fault)
    done = gated.run("allow", "203.0.113.9")
    assert done.returncode in (69,) or (
        fault.endswith("show") and done.returncode == 0), done
    assert done.returncode == 0 or "pfctl" in done.stderr
    assert re.fullmatch(r"[\n -~]*", done.stderr)
    assert "203.0.113.9 until" in gated.leases.read_text()
    if done.returncode:
        assert "sync" in done.stderr and not done.stdout.startswith("allowed")
    pf.fault("")
    gated.good("sync")
    assert pf.table() == ["203.0.113.7", "203.0.113.9"]


def test_the_tool_hangs(gated, pf):
    pf.fault("hang")
    begin = time.monotonic()
    done = gated.run("allow", "203.0.113.9", seconds=120)
    took = time.monotonic() - begin
    assert done.returncode == 69 and "killed" in done.stderr, done
    assert 5 < took < 50
    assert "203.0.113.9 until" in gated.leases.read_text()


def test_killing_fails(gated, pf):
    """It is said, and the gate is shut nevertheless."""
    gated.good("allow", "203.0.113.7")
    pf.states((f"{SERVER}:993", "<-", "203.0.113.7:50001"))
    pf.fault("fail kill")
    done = gated.run("revoke", "203.0.113.7")
    assert done.returncode == 69 and "pfctl" in done.stderr
    assert pf.table() == []
    pf.fault("")
    gated.good("sync")
    assert pf.peers() == []


def test_the_tool_is_missing(make_gate):
    g = make_gate(backend=gate.PF)
    done = g.run("allow", "203.0.113.9")
    assert done.returncode == 69 and "/sbin/pfctl" in done.stderr
    assert "203.0.113.9 until" in g.leases.read_text()


def test_the_table_is_missing(gated, pf):
    """It is not made by the way: one that no rule uses protects nothing."""
    (pf.root / "tables" / "imap_allowed").unlink()
    done = gated.run("allow", "203.0.113.9")
    assert done.returncode == 69
    assert "table <imap_allowed> persist" in done.stderr
    assert not (pf.root / "tables" / "imap_allowed").exists()


def test_serve(gated, pf):
    by_hand(gated, row("203.0.113.1"), row("203.0.113.2", until=-5),
            row("203.0.113.3", until=3))
    pf.states((f"{SERVER}:993", "<-", "203.0.113.2:50001"),
              (f"{SERVER}:993", "<-", "203.0.113.3:50002"),
              (f"{SERVER}:993", "<-", "203.0.113.1:50003"))
    gated.serve()
    wait.until("the end of the lease", lambda: pf.table() == ["203.0.113.1"],
               10)
    wait.until("the end of the states",
               lambda: pf.peers() == ["203.0.113.1:50003"], 10)
    assert gated.daemon.stop() == 0


# --- doctor and rules -------------------------------------------------------

def test_rules(gated):
    text = gated.good("rules")
    assert "table <imap_allowed> persist" in text
    assert re.search(r"^block .*quick.*! ?<imap_allowed>", text, re.M)
    assert "993, 143" in text


def test_the_doctor_of_a_shut_gate(gated, pf):
    done = gated.run("doctor")
    assert done.returncode == 0, done
    assert not re.search("^bad", done.stdout, re.M)


BLOCK, PASS = RULES.splitlines()[:2], RULES.splitlines()[2:4]
OPEN = {
    "no rules": [],
    "pass only": ["pass all flags S/SA"],
    "one port": [BLOCK[0], *PASS, "pass all flags S/SA"],
    "passed before": ["pass in quick proto tcp from any to any port = 993 "
                      "flags S/SA", *BLOCK, *PASS],
    "passed all before": ["pass quick all flags S/SA", *BLOCK, *PASS],
    "not quick, then pass": [x.replace(" quick", "") for x in BLOCK]
    + ["pass all flags S/SA"],
    "another table": [x.replace("imap_allowed", "other") for x in BLOCK]
    + ["pass all flags S/SA"],
    "reversed": [x.replace("! <", "<") for x in BLOCK]
    + ["pass all flags S/SA"],
    "ipv4 only": [x.replace("proto tcp", "inet proto tcp") for x in BLOCK]
    + ["pass all flags S/SA"],
    "an anchor before": ['anchor "foo/*" all', *BLOCK, *PASS],
}


@pytest.mark.parametrize("what", OPEN)
def test_the_doctor_of_a_gate_that_is_open(gated, pf, what):
    pf.write("rules", "".join(x + "\n" for x in OPEN[what]))
    done = gated.run("doctor")
    assert done.returncode == 1, done
    lines = done.stdout.splitlines()
    bad = [n for n, x in enumerate(lines) if x.startswith("bad: ")]
    assert bad and all(lines[n + 1].startswith("\t") for n in bad), done


SHUT = {
    "default deny": ["block return all", "pass in proto tcp from "
                     "<imap_allowed> to any port = 993 flags S/SA",
                     "pass in proto tcp from <imap_allowed> to any "
                     "port = 143 flags S/SA",
                     "pass in proto tcp from any to any port = 22 flags "
                     "S/SA"],
    "ours, then others": [*BLOCK, *PASS, "pass all flags S/SA"],
    "block drop all": ["block drop all", *PASS],
}


@pytest.mark.parametrize("what", SHUT)
def test_the_doctor_of_other_rules_that_shut(gated, pf, what):
    pf.write("rules", "".join(x + "\n" for x in SHUT[what]))
    done = gated.run("doctor")
    assert done.returncode == 0, done


def test_the_doctor_of_a_pf_that_is_off(gated, pf):
    pf.write("disabled", "")
    done = gated.run("doctor")
    assert done.returncode == 1 and "pfctl -e" in done.stdout


@pytest.mark.parametrize("name", ["em0", "egress", "wg0"])
def test_the_doctor_of_a_link_that_is_skipped(gated, pf, name):
    """`set skip on em0`: no rule holds there, and -sr shows nothing of it."""
    pf.write("skip", name + "\n")
    done = gated.run("doctor")
    assert done.returncode == 1, done
    assert f"bad: pf skips the interface {name}" in done.stdout
    assert "\tset skip on lo\n" in done.stdout


def test_the_doctor_without_a_table_or_tool(gated, pf, make_gate):
    (pf.root / "tables" / "imap_allowed").unlink()
    done = gated.run("doctor")
    assert done.returncode == 1
    assert "\ttable <imap_allowed> persist" in done.stdout
    done = make_gate(backend=gate.PF).run("doctor")
    assert done.returncode == 1 and "bad: " in done.stdout
