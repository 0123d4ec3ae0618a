# SPDX-License-Identifier: ISC
"""imapgate as a command: what it takes, refuses, prints and exits with."""

import json
import re
import unicodedata

import pytest

from lab import daemon

UNTIL = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


def seconds_left(lease):
    import datetime
    until = datetime.datetime.strptime(lease["until"], "%Y-%m-%dT%H:%M:%S%z")
    return (until - datetime.datetime.now(datetime.timezone.utc)
            ).total_seconds()


def test_allow_twice_renews(shut):
    first = shut.good("allow", "-t", "1h", "-c", "hotel", "203.0.113.7")
    assert re.fullmatch(rf"allowed 203\.0\.113\.7 until {UNTIL} \(hotel\)\n",
                        first)
    again = shut.good("allow", "-t", "2d", "203.0.113.7")
    assert re.fullmatch(rf"renewed 203\.0\.113\.7 until {UNTIL} \(hotel\)\n",
                        again)
    [lease] = shut.list()
    assert lease["why"] == "hotel" and lease["state"] == "open"
    assert 2 * 86400 - 60 < seconds_left(lease) <= 2 * 86400
    assert shut.good("allow", "-p", "-c", "home", "203.0.113.7") == (
        "renewed 203.0.113.7 forever (home)\n")
    [lease] = shut.list()
    assert lease["until"] is None


def test_default_time(shut):
    shut.good("allow", "203.0.113.7")
    [lease] = shut.list()
    assert 12 * 3600 - 60 < seconds_left(lease) <= 12 * 3600


def test_time_of_the_file(make_gate):
    g = make_gate(block="\texpire 30m")
    g.load()
    g.good("allow", "203.0.113.7")
    [lease] = g.list()
    assert 1800 - 60 < seconds_left(lease) <= 1800


@pytest.mark.parametrize("first, second, inside", [
    ("203.0.113.0/24", "203.0.113.7", ["203.0.113.0/24"]),
    ("203.0.113.7", "203.0.113.0/24", ["203.0.113.0/24"]),
    ("203.0.113.0/25", "203.0.113.128/25", ["203.0.113.0/24"]),
    ("2001:db8:1::/48", "2001:db8:1:2::7", ["2001:db8:1::/48"]),
    ("::ffff:203.0.113.7", "203.0.113.7", ["203.0.113.7"])])
def test_overlapping(shut, first, second, inside):
    """nftables refuses what overlaps; it is merged before."""
    shut.good("allow", first)
    shut.good("allow", second)
    assert shut.in_firewall() == inside
    shut.good("sync")
    assert shut.in_firewall() == inside


NOTE = {
    "2001:db8:1:2:3::7": "note: an IPv6 lease covers the whole /64: "
    "2001:db8:1:2::/64",
    "192.168.1.5": "note: 192.168.1.5 is a private address",
    "10.1.2.3": "note: 10.1.2.3 is a private address",
    "172.31.0.1": "note: 172.31.0.1 is a private address",
    "100.64.0.9": "note: 100.64.0.9 is a private address",
    "fd00:1:2:3::4": "is a private address",
}


@pytest.mark.parametrize("address", NOTE)
def test_notes(shut, address):
    done = shut.run("allow", address)
    assert done.returncode == 0, done
    assert NOTE[address] in done.stderr
    assert len(shut.in_firewall()) == 1


@pytest.mark.parametrize("address", [
    "203.0.113.7", "2001:db8:1:2::/64", "198.51.100.0/24"])
def test_no_note(shut, address):
    assert shut.run("allow", address).stderr == ""


@pytest.mark.parametrize("address", [
    "::ffff:203.0.113.7", "::FFFF:203.0.113.7", "::ffff:cb00:7107",
    "::ffff:203.0.113.7/128"])
def test_mapped(shut, address):
    assert shut.good("allow", address).startswith("allowed 203.0.113.7 until")
    assert shut.in_firewall() == ["203.0.113.7"]
    assert shut.good("revoke", address).startswith("revoked 203.0.113.7\n")


REFUSED = {
    "0.0.0.0/0": "wide", "::/0": "wide", "8.0.0.0/8": "wide",
    "10.0.0.0/8": "wide", "203.0.112.0/23": "wide", "2001:db8::/32": "wide",
    "2001:db8::/47": "wide",
    "127.0.0.1": "loopback", "127.8.8.8": "loopback", "::1": "loopback",
    "::ffff:127.0.0.1": "loopback",
    "224.0.0.1": "multicast", "239.1.2.0/24": "multicast",
    "ff02::1": "multicast", "255.255.255.255": "broadcast",
    "0.0.0.0": "unspecified", "::": "unspecified",
    "203.0.113.7/24": "", "2001:db8:1:2::7/64": "", "203.0.113.7/33": "",
    "2001:db8::/129": "", "203.0.113.7/": "", "203.0.113.7/-1": "",
    "203.0.113.7 ": "", " 203.0.113.7": "", "203.0.113.7x": "",
    "203.0.113.7/24x": "", "203.0.113": "", "203.0.113.07": "",
    "0xcb007107": "", "3405803783": "", "203.0.113.7,198.51.100.1": "",
    "fe80::1%eth0": "", "mail.example.org": "", "": "", "203.0.113.7\n": "",
    "::ffff:0.0.0.0/96": "wide", "/": "", "2001:db8::1::2": "",
}


@pytest.mark.parametrize("verb", ["allow", "revoke", "check"])
def test_refused(shut, verb):
    for address, why in REFUSED.items():
        if verb != "allow" and why:
            continue
        done = shut.run(verb, "--", address)
        assert done.returncode == 64, (address, done)
        assert done.stdout == "", address
        assert why in done.stderr, (address, done.stderr)
        assert done.stderr.count("\n") >= 1 and "usage:" not in (
            done.stderr if why else ""), (address, done.stderr)
    assert shut.in_firewall() == []
    assert shut.list() == []


def test_widest_of_the_file(make_gate):
    g = make_gate(block="\twidest 16 32")
    g.load()
    g.good("allow", "198.51.0.0/16")
    g.good("allow", "2001:db8::/32")
    assert g.run("allow", "198.50.0.0/15").returncode == 64
    assert g.in_firewall() == ["198.51.0.0/16", "2001:db8::/32"]


@pytest.mark.parametrize("words", [
    [], ["alow", "203.0.113.7"], ["allow", "203.0.113.7", "198.51.100.1"],
    ["allow", "-t", "soon", "203.0.113.7"], ["allow", "-t", "0", "203.0.113.7"],
    ["allow", "-t", "-5m", "203.0.113.7"],
    ["allow", "-t", "500d", "203.0.113.7"],
    ["allow", "-t", "59s", "203.0.113.7"],
    ["allow", "-t", "1h", "-p", "203.0.113.7"], ["allow", "-x"],
    ["revoke"], ["revoke", "203.0.113.7", "all"], ["check"],
    ["check", "203.0.113.7", "x"], ["list", "x"], ["list", "-x"],
    ["sync", "x"], ["expire", "x"], ["rules", "x"], ["doctor", "x"],
    ["serve", "x"]], ids=" ".join)
def test_usage(shut, words):
    done = shut.run(*words)
    assert done.returncode == 64, done
    assert done.stderr and not done.stdout
    assert not shut.leases.exists() or shut.leases.read_text() == ""


@pytest.mark.parametrize("words, want", [
    (["allow", "-c", "hotel", "203.0.113.9"],
     rf"would have allowed 203\.0\.113\.9 until {UNTIL} \(hotel\)\n"),
    (["allow", "-p", "203.0.113.7"],
     r"would have renewed 203\.0\.113\.7 forever \(home\)\n"),
    (["revoke", "203.0.113.7"],
     r"would have revoked 203\.0\.113\.7\n"),
    (["revoke", "all"], r"would have revoked 203\.0\.113\.7\n"),
    (["sync"], r"would have made the firewall equal to the file: 1 prefix, "
     r"1 added, 0 removed\n")],
    ids=lambda x: " ".join(x) if isinstance(x, list) else "")
def test_dry_run(shut, words, want):
    shut.good("allow", "-c", "home", "203.0.113.7")
    shut.server.nft("flush set inet filter imap_allowed")
    before = shut.leases.read_bytes()
    said = shut.good(words[0], "-n", *words[1:])
    assert re.fullmatch(want, said), said
    assert shut.leases.read_bytes() == before
    assert shut.in_firewall() == []


def test_dry_run_of_nothing_at_all(shut):
    shut.good("allow", "-n", "203.0.113.7")
    assert not shut.leases.exists()


def test_revoke_of_none(shut):
    shut.good("allow", "203.0.113.0/24")
    done = shut.run("revoke", "203.0.113.7")
    assert done.returncode == 1
    assert "203.0.113.0/24" in done.stderr
    assert shut.run("revoke", "198.51.100.1").returncode == 1
    assert shut.in_firewall() == ["203.0.113.0/24"]
    shut.good("revoke", "203.0.113.0/24")
    assert shut.run("revoke", "203.0.113.0/24").returncode == 1


def test_check(shut):
    shut.good("allow", "-c", "hotel", "203.0.113.0/28")
    done = shut.run("check", "203.0.113.7")
    assert done.returncode == 0 and "203.0.113.0/28" in done.stdout
    assert "hotel" in done.stdout
    assert shut.run("check", "203.0.113.99").returncode == 1
    shut.server.nft("flush set inet filter imap_allowed")
    done = shut.run("check", "203.0.113.7")
    assert done.returncode == 69 and "sync" in done.stderr + done.stdout
    shut.server.nft("add element inet filter imap_allowed { 203.0.113.99 }")
    assert shut.run("check", "203.0.113.99").returncode == 69


def test_list(shut):
    shut.good("allow", "-c", "my hotel", "203.0.113.7",
              env={"SSH_CONNECTION": "198.51.100.9 50000 192.0.2.1 22"})
    shut.good("allow", "-p", "2001:db8:1:2::1")
    shut.good("allow", "203.0.113.9")
    shut.good("revoke", "203.0.113.9")
    by = {x["prefix"]: x for x in shut.list()}
    assert {p: x["state"] for p, x in by.items()} == {
        "203.0.113.7": "open", "2001:db8:1:2::/64": "open",
        "203.0.113.9": "expired"}
    hotel = by["203.0.113.7"]
    assert hotel["why"] == "my hotel" and hotel["from"] == "198.51.100.9"
    assert hotel["who"] == "root"
    assert re.fullmatch(UNTIL, hotel["until"])
    assert re.fullmatch(UNTIL, hotel["since"])
    table = shut.good("list").splitlines()
    assert len(table) == 4
    [line] = [x for x in table if x.startswith("203.0.113.7 ")]
    assert hotel["until"] in line and "my hotel" in line
    assert len({x.index("root") for x in table[1:]}) == 1	# it lines up
    assert max(map(len, table)) < 132


def test_an_actor_behind_sudo_or_doas(shut):
    for name in ("SUDO_USER", "DOAS_USER"):
        shut.good("allow", "203.0.113.7", env={name: "ann"})
        [lease] = shut.list()
        assert lease["who"] == "ann", name


EVIL = "\x1b[31mred\x07\x9b\r\nallowed 0.0.0.0/0 \"q\\ ü \u202e"


def test_escape_sequences(shut):
    """What comes from outside cannot speak to the terminal, nor add a line."""
    done = shut.run("allow", "-c", EVIL, "203.0.113.7", env={
        "SUDO_USER": EVIL, "SSH_CONNECTION": EVIL, "DOAS_USER": EVIL})
    outputs = [done.stdout, done.stderr]
    for words in (["list"], ["list", "-j"], ["check", "203.0.113.7"],
                  ["allow", EVIL], ["revoke", EVIL], [EVIL],
                  ["allow", "-t", EVIL], ["sync"], ["check", EVIL],
                  ["revoke", "203.0.113.7"], ["allow"]):
        done = shut.run(*words, env={
            "SSH_CONNECTION": EVIL, "SUDO_USER": EVIL, "LANG": EVIL,
            "TERM": EVIL})
        assert done.returncode in (0, 1, 64), (words, done)
        outputs += [done.stdout, done.stderr]
    for out in outputs:
        assert re.fullmatch(r"[\n\t -~]*", out), ascii(out)
        assert not re.search("^allowed 0.0.0.0", out, re.M), out
    text = shut.leases.read_text()
    assert not [c for c in text if unicodedata.category(c) == "Cc"
                and c != "\n"], ascii(text)
    assert len(shut.list()) == 1


def test_a_long_comment(shut):
    """It is cut, or refused; never does it break the line."""
    done = shut.run("allow", "-c", "x" * 5000, "203.0.113.7")
    assert done.returncode in (0, 64), done
    if done.returncode == 0:
        [lease] = shut.list()
        assert lease["why"].startswith("xxx")
        assert not shut.leases.with_name("leases.broken").exists()


def test_the_file_is_checked(make_gate):
    g = make_gate(block="\tport { 993 143 nonsense }")
    done = g.run("-n")
    assert done.returncode == 78
    assert f"{g.conf}:5:" in done.stderr
    assert g.run("allow", "203.0.113.7").returncode == 78
    g.write()
    assert g.good("-n") is not None
    assert g.run("-V").stdout.strip()


def test_f_after_the_verb(shut):
    with shut.server.inside():
        done = daemon.command(shut.base, "imapgate", "allow", "-f",
                              shut.conf, "203.0.113.7")
    assert done.returncode == 0, done
    assert shut.open_prefixes() == ["203.0.113.7"]


def test_json_is_json(shut):
    assert json.loads(shut.good("list", "-j")) == []
    assert len(shut.good("list").splitlines()) <= 1


@pytest.mark.parametrize("verb", [
    ["allow", "203.0.113.7"], ["revoke", "all"], ["list"], ["sync"],
    ["expire"], ["check", "203.0.113.7"], ["doctor"], ["serve", "-d"]],
    ids=lambda v: v[0])
def test_not_root(shut, verb):
    done = shut.run(*verb, wrapper=(
        "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"))
    assert done.returncode == 77, done
    assert "root" in done.stderr and done.stdout == ""


def test_rules_need_no_root(shut):
    assert shut.good("rules", wrapper=(
        "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")
        ) == shut.good("rules")


def test_the_log(shut, lab):
    """Each change is a line in syslog, facility auth, whoever made it."""
    mark = lab.syslog.log.mark()
    shut.good("allow", "-c", 'say "hi"', "203.0.113.7", env={
        "SUDO_USER": "ann",
        "SSH_CONNECTION": "198.51.100.9 50000 192.0.2.1 22"})
    shut.good("revoke", "203.0.113.7")
    line = lab.syslog.log.wait("allowed address=203.0.113.7 ", mark)
    assert re.match(r"<38>.* imapgate(\[\d+\])?: allowed ", line), line
    assert re.search(rf'until={UNTIL} who=ann from=198\.51\.100\.9 '
                     r'why="say \\"hi\\""$', line), line
    lab.syslog.log.wait("<38>.*revoked address=203.0.113.7 ", mark)
    mark = lab.syslog.log.mark()
    shut.good("allow", "-n", "203.0.113.8")
    shut.good("list")
    shut.good("allow", "203.0.113.9")
    lab.syslog.log.wait("allowed address=203.0.113.9", mark)
    assert not lab.syslog.log.lines("203.0.113.8", mark)
