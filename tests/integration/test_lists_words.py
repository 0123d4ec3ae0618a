# SPDX-License-Identifier: ISC
"""postern lists show, test, diff, accept, update and lint, as people and
programs call them."""

import functools
import gzip
import json
import re

import pytest

from lab import daemon, feeds as lab_feeds
from lab.feeds import Machine, addresses

GOOD = addresses(1200)
HALF = addresses(500, first="6.0.0.0")
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
SECRET = "s3cr3t-key-77aa"


@functools.cache
def publisher(base):
    return lab_feeds.Feeds(base)


@pytest.fixture
def machine(lab_base):
    """A list <drop> with a url (which has a secret) and a file."""
    m = Machine(lab_base, publisher(lab_base))
    m.path = f"/{m.home.name}.txt"
    m.file = m.home / "mine"
    m.file.write_text("9.9.9.0/24\n7.0.0.1-7.0.0.6\n2a00:1::/48\n")
    m.file.chmod(0o644)
    m.url = m.feeds.url(m.path)
    m.feeds.answers[m.path] = GOOD
    m.write([f"{m.url}?key={SECRET}", str(m.file)])
    return m


def lists(machine, verb, *words, wrapper=()):
    """(exit status, standard output, standard error)"""
    done = daemon.command(machine.base, "postern", "lists", verb, "-f",
                          machine.conf, *words, wrapper=wrapper)
    assert SECRET.encode() not in done.stdout + done.stderr
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def as_json(machine, verb, *words):
    code, out, _ = lists(machine, verb, "-j", *words)
    return code, json.loads(out)


def ban(machine, *words):
    done = daemon.command(machine.base, "postern", "ban", "-f", machine.conf,
                          *words)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def settled(machine):
    """One good round."""
    assert machine.round() == 0, machine.said
    return machine


@pytest.fixture
def held(settled):
    """And one that is refused."""
    settled.age(3600 * 48)
    settled.feeds.answers[settled.path] = HALF
    settled.round()
    return settled


def row(machine, name="drop"):
    code, rows = as_json(machine, "show")
    assert code == 0
    return next(r for r in rows if r["name"] == name)


# --- show -------------------------------------------------------------------

def test_before_the_first_round(machine):
    code, out, err = lists(machine, "show")
    assert (code, err) == (0, "")
    assert re.search(r"^drop +empty +0 +0 +0  -$", out, re.M)
    assert re.search(r"^bans +empty +0", out, re.M)
    assert re.search(r"^protected +empty", out, re.M)
    assert row(machine)["state"] == "empty"
    code, out, _ = lists(machine, "test", "9.9.9.9")
    assert (code, out) == (1, "9.9.9.9 is in no list, and not banned\n")
    assert lists(machine, "show", "drop") == (0, "", "")
    assert as_json(machine, "show", "bans") == (0, [])
    assert as_json(machine, "show", "<bans>") == (0, [])
    assert lists(machine, "diff", "drop") == (0, "", "")


def test_show(settled):
    code, out, err = lists(settled, "show")
    assert (code, err) == (0, "")
    assert re.search(r"^drop +ok +1203 +1202 +1  \d+s$", out, re.M), out
    assert re.search(rf"^  {re.escape(settled.url)}: plain, 1200 entries, "
                     r"0 bad, 0 duplicates, good \d+s ago, next in 23h 59m|"
                     r"next in 1d 0h$", out, re.M), out
    assert re.search(rf"^  {settled.file}: plain, 3 entries, 0 bad, "
                     r"0 duplicates, good \d+s ago$", out, re.M), out
    drop = row(settled)
    assert (drop["state"], drop["entries"]) == ("ok", 1203)
    assert re.fullmatch(TIME, drop["compiled"])
    url, file = drop["sources"]
    assert (url["kind"], url["source"], url["state"], url["form"],
            url["entries"], url["held"], url["problem"]) == (
                "url", settled.url, "ok", "plain", 1200, False, None)
    assert re.fullmatch(TIME, url["next"])
    assert (file["kind"], file["entries"], file["next"]) == ("file", 3, None)
    assert row(settled, "protected")["entries"] > 0


def test_show_one(settled):
    code, out, err = lists(settled, "show", "drop")
    lines = out.splitlines()
    assert (code, err, len(lines)) == (0, "", 1203)
    assert {"9.9.9.0/24", "7.0.0.1-7.0.0.6", "2a00:1::/48",
            "5.0.0.2"} <= set(lines)
    assert as_json(settled, "show", "drop") == (0, lines)
    assert "127.0.0.0/8" in lists(settled, "show", "protected")[1]


def test_show_bans(settled):
    ban(settled, "4.4.4.4", "for", "2d", "because", 'too "rude"\x1b[2J')
    ban(settled, "2a00:2::1")
    code, out, _ = lists(settled, "show", "bans")
    assert code == 0
    assert re.fullmatch(
        rf"4\.4\.4\.4 since {TIME} until {TIME} who root why "
        r'too "rude"\\x1b\[2J' + "\n"
        rf"2a00:2::/64 since {TIME} until {TIME} who root" + "\n", out), out
    _, bans = as_json(settled, "show", "bans")
    assert [b["prefix"] for b in bans] == ["4.4.4.4", "2a00:2::/64"]
    assert bans[0]["why"] == 'too "rude"\\x1b[2J'
    assert row(settled, "bans")["entries"] == 2


def test_states(settled):
    settled.age(10 ** 6)
    assert row(settled)["state"] == "stale"
    settled.feeds.answers[settled.path] = b"<html>\n"
    settled.file.unlink()
    settled.round()
    settled.age(3600)
    drop = row(settled)
    url, file = drop["sources"]
    assert "web page" in url["problem"]
    assert file["problem"] == "No such file or directory"
    assert file["state"] == "failed"
    assert drop["entries"] == 1203	# the last good ones


# --- test -------------------------------------------------------------------

def test_who_has_it(settled):
    code, out, _ = lists(settled, "test", "5.0.0.2")
    assert code == 0
    assert re.fullmatch(rf"5\.0\.0\.2 is in <drop>: 5\.0\.0\.2, since {TIME},"
                        rf" from {re.escape(settled.url)}\n", out), out
    code, out, _ = lists(settled, "test", "7.0.0.3")
    assert "7.0.0.1-7.0.0.6, since" in out and str(settled.file) in out
    code, out, _ = lists(settled, "test", "5.0.0.3")
    assert (code, out) == (1, "5.0.0.3 is in no list, and not banned\n")


def test_who_has_a_prefix(settled):
    code, found = as_json(settled, "test", "9.9.9.128/25")
    assert (code, found["address"]) == (0, "9.9.9.128/25")
    assert [(m["range"], m["part"]) for m in found["in"]] == [
        ("9.9.9.0/24", False)]
    code, found = as_json(settled, "test", "9.9.0.0/16")
    assert [(m["range"], m["part"], m["until"]) for m in found["in"]] == [
        ("9.9.9.0/24", True, None)]
    assert re.fullmatch(TIME, found["in"][0]["since"])
    assert "is partly in <drop>" in lists(settled, "test", "9.9.0.0/16")[1]


def test_all_that_have_it(settled):
    """Both sources and a ban, each with its times."""
    settled.file.write_text("5.0.0.0/24\n")
    settled.age()
    assert settled.round() == 0
    ban(settled, "5.0.0.2", "because", "rude")
    code, found = as_json(settled, "test", "5.0.0.2")
    assert code == 0 and found["protected"] is None
    assert [(m["list"], m.get("source"), m["range"]) for m in found["in"]] == [
        ("drop", settled.url, "5.0.0.2"),
        ("drop", str(settled.file), "5.0.0.0/24"),
        ("bans", None, "5.0.0.2")]
    assert all(re.fullmatch(TIME, m["since"]) for m in found["in"])
    assert re.fullmatch(TIME, found["in"][2]["until"])
    assert (found["in"][2]["who"], found["in"][2]["why"]) == ("root", "rude")
    assert "5.0.0.2 is banned: 5.0.0.2, since" in lists(
        settled, "test", "5.0.0.2")[1]


def test_protected(settled):
    code, out, _ = lists(settled, "test", "127.0.0.1")
    assert code == 1
    assert ("127.0.0.1 is protected, so that nothing blocks it: loopback"
            in out)
    assert as_json(settled, "test", "127.0.0.1")[1]["protected"] == "loopback"


def test_what_cannot_be_read_is_not_nothing(settled):
    ban(settled, "4.4.4.4")
    nobody = ("setpriv", "--reuid=nobody", "--regid=nogroup",
              "--clear-groups")
    code, out, err = lists(settled, "test", "4.4.4.4", wrapper=nobody)
    assert code == 66 and "not banned" not in out
    assert "Permission denied" in err
    assert lists(settled, "test", "5.0.0.2", wrapper=nobody)[0] == 0


def test_whom_a_zone_is_hidden_from(machine):
    """Others than root can ask for all that needs no DNS list."""
    secret = machine.home / "zone"
    secret.write_text("KEY.zen.example\n")
    secret.chmod(0o600)
    (machine.home / "own").write_text("5.0.0.0/24\n")
    machine.write([str(machine.home / "own")], top='fcrdns { dnsbl "zen" '
                  f'zone file "{secret}" reply {{ 127.0.0.2 }} }}')
    assert machine.round() == 0, machine.last
    nobody = ("setpriv", "--reuid=nobody", "--regid=nogroup",
              "--clear-groups")
    for program, words in (("postern", ("check", "-v")), ("fcrdns", ("-n",)),
                           ("postern", ("lists", "test", "5.0.0.2"))):
        done = daemon.command(machine.base, program, "-f", machine.conf,
                              *words, wrapper=nobody)
        assert done.returncode == 0, done
        assert b"KEY" not in done.stdout + done.stderr
        assert words[-1] != "-v" or (
            f'zone file "{secret}"'.encode() in done.stdout)
    done = daemon.command(machine.base, "postern", "-f", machine.conf,
                          "check", wrapper=nobody)
    assert b", 1 dnsbls (1 with a hidden zone), " in done.stdout
    done = daemon.command(machine.base, "postern", "-f", machine.conf,
                          "check")
    assert b", 1 dnsbls, " in done.stdout
    secret.unlink()
    done = daemon.command(machine.base, "fcrdns", "-n", "-f", machine.conf,
                          wrapper=nobody)
    assert done.returncode == 78 and b"No such file" in done.stderr


WRONG = [
    ("test", ()), ("test", ("x.example",)), ("test", ("5.0.0.2/24",)),
    ("test", ("5.0.0.2", "5.0.0.4")), ("show", ("nope",)),
    ("show", ("drop", "drop")), ("accept", ()), ("accept", ("bans",)),
    ("diff", ("nope",)), ("update", ("nope",)), ("lint", ()), ("dance", ()),
    ("show", ("-x",))]


@pytest.mark.parametrize("verb, words", WRONG)
def test_usage(machine, verb, words):
    code, out, err = lists(machine, verb, *words)
    assert (code, out) == (64, "")
    assert err


# --- held back --------------------------------------------------------------

def test_accept(held):
    url = row(held)["sources"][0]
    assert (row(held)["state"], url["held"], url["held_entries"],
            url["problem"]) == (
        "held", True, 500, "halved: 500 entries instead of 1200")
    assert re.search("^    held back, 500 entries: halved",
                     lists(held, "show")[1], re.M)
    assert lists(held, "test", "6.0.0.0")[0] == 1
    code, out, _ = lists(held, "accept", "drop")
    assert (code, out) == (
        0, f"drop: {held.url}: 500 entries are in use now\n")
    assert lists(held, "test", "6.0.0.0")[0] == 0
    assert lists(held, "test", "5.0.0.2")[0] == 1
    assert row(held)["state"] == "ok"
    assert "6.0.0.0" in held.set() and "5.0.0.2" not in held.set()
    assert lists(held, "accept", "<drop>") == (
        1, "drop: nothing is held back\n", "")
    assert as_json(held, "accept", "drop") == (1, [])


def test_accept_as_json(held):
    assert as_json(held, "accept", "drop") == (
        0, [{"list": "drop", "source": held.url, "entries": 500}])


def test_diff_of_what_is_held(held):
    code, out, _ = lists(held, "diff", "drop")
    assert code == 0
    head = (f"{held.url}: held back (halved: 500 entries instead of 1200), "
            "accepting it would change: 500 added, 1200 removed\n")
    assert head in out
    _, changes = as_json(held, "diff", "drop")
    change = next(c for c in changes if c["what"] == "held")
    assert change["added"] == HALF.decode().split()
    assert change["removed"] == GOOD.decode().split()


def test_diff_of_the_last_change(settled):
    settled.age()
    settled.file.write_text("9.9.9.0/25\n7.0.0.1-7.0.0.6\n3.3.3.3\n"
                            "2a00:2::/48\n")
    assert settled.round() == 0, settled.said
    code, out, _ = lists(settled, "diff", "drop")
    assert code == 0
    begin = out.index(f"{settled.file}: changed ")
    head, *rest = out[begin:].splitlines()
    assert re.fullmatch(rf".*: changed {TIME}: 2 added, 2 removed", head)
    assert rest == ["+ 3.3.3.3", "- 9.9.9.128/25", "- 2a00:1::/48",
                    "+ 2a00:2::/48"]


# --- update -----------------------------------------------------------------

def test_update(machine):
    code, out, _ = lists(machine, "update", "drop")
    assert code == 0
    assert f"drop {machine.url} new 1200 entries" in out
    assert lists(machine, "test", "5.0.0.2")[0] == 0
    machine.age()
    machine.feeds.answers[machine.path] = b""
    code, out, _ = lists(machine, "update", "-j")
    results = [json.loads(line) for line in out.splitlines()]
    assert code != 0 and results[0]["result"] == "held"


# --- lint -------------------------------------------------------------------

LINT = [
    (b"5.0.0.1\n5.0.0.1\n# x\n", "plain", 0),
    (gzip.compress(b"5.0.0.1\n", mtime=0), "plain", 0),
    (b'{"cidr":"5.0.0.0/24"}\n{"type":"metadata"}\n', "ndjson", 0),
    (b"Start\tEnd\tNetmask\n5.0.0.0\t5.0.0.255\t24\tx\n", "dshield", 0),
    (b"ip,seen\n5.0.0.1,now\n", "csv", 0),
    (b"", "unknown", 65),
    (b"<!doctype html>\n", "unknown", 65),
    (b"0.0.0.0/0\n", "plain", 65)]


@pytest.mark.parametrize("data, form, status", LINT)
def test_lint(machine, data, form, status):
    path = machine.home / "feed"
    path.write_bytes(data)
    code, found = as_json(machine, "lint", path)
    assert (code, found["form"]) == (status, form)
    assert (found["refused"] is None) == (status == 0)
    code, out, _ = lists(machine, "lint", path)
    assert code == status and str(path) in out
    assert ("it would be held back" in out) == (status != 0)


def test_lint_of_nothing_good(machine):
    path = machine.home / "feed"
    path.write_bytes(gzip.compress(b"5.0.0.1\n" * 100, mtime=0)[:-4])
    assert lists(machine, "lint", path)[0] == 65
    assert lists(machine, "lint", machine.home / "absent")[0] == 66
    path.write_bytes(b"5.0.0.1\n\x1b]0;x\x07\n")
    code, out, _ = lists(machine, "lint", path)
    assert "\x1b" not in out and r"\x1b]0;x\x07" in out
