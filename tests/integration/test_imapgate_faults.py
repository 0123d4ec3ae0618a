# SPDX-License-Identifier: ISC
"""What goes wrong around imapgate: no lease is lost, no gate stays open."""

import calendar
import fcntl
import os
import random
import re
import signal
import stat
import subprocess
import time

import pytest

from lab import netns

ROW = ('{} until {} since {} who root from - why "{}"')
NONE = "backend none"
EQUAL = "the firewall is equal to the file: "


def when(seconds):
    """A time, so many seconds from now."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ",
                         time.gmtime(time.time() + seconds))


def row(address, until=3600, since=-3600, why="by hand"):
    return ROW.format(address, "forever" if until is None else when(until),
                      when(since), why) + "\n"


def leases_of(g):
    """The lines of the file that are leases."""
    return [x for x in g.lines() if x and not x.startswith(("#", "clock "))]


def by_hand(g, *rows):
    """The lease file as somebody has written it."""
    for folder in (g.state, g.state / "imapgate"):
        folder.mkdir(exist_ok=True)
    (g.state / "imapgate").chmod(0o700)
    g.leases.write_text("".join(rows))
    g.leases.chmod(0o600)


# --- the file of leases -----------------------------------------------------

def test_a_broken_line(shut):
    """It is reported with its number and kept aside; the rest stand."""
    bad = ["203.0.113.300 until forever\n", "nonsense\n",
           row("203.0.113.4").replace("until", "untill"),
           "203.0.113.5 until 2026-13-01T00:00:00Z since "
           '2026-01-01T00:00:00Z who root from - why ""\n',
           "\x1b[31m\n", row("203.0.113.6")[:40] + "\n"]
    by_hand(shut, row("203.0.113.1"), *bad, row("203.0.113.2"))
    done = shut.run("allow", "203.0.113.3")
    assert done.returncode == 0, done
    for number in range(2, 2 + len(bad)):
        assert re.search(rf"leases:{number}\b|line {number}\b", done.stderr)
    assert "\x1b" not in done.stderr
    assert shut.in_firewall() == [
        "203.0.113.1-203.0.113.3"] or shut.in_firewall() == [
        "203.0.113.1", "203.0.113.2/31"]
    kept = shut.leases.with_name("leases.broken").read_text()
    assert [x + "\n" for x in kept.splitlines() if x[:1] != "#"] == bad
    assert len(leases_of(shut)) == 3
    assert shut.run("sync").stderr == ""


@pytest.mark.parametrize("tail", ["", "203.0.113.9 until for", "\0\0\0"])
def test_a_file_without_its_last_newline(shut, tail):
    by_hand(shut, row("203.0.113.1"), row("203.0.113.2").rstrip("\n"),
            "\n" + tail if tail else "")
    shut.run("sync")
    assert shut.open_prefixes() == ["203.0.113.1", "203.0.113.2"]


def test_a_line_by_hand_that_allow_would_refuse(shut):
    """The file is no way around the guard against a typo."""
    for wide in ("0.0.0.0/0", "::/0", "8.0.0.0/8", "127.0.0.1"):
        by_hand(shut, row(wide), row("203.0.113.1"))
        done = shut.run("sync")
        assert shut.in_firewall() == ["203.0.113.1"], (wide, done)
        assert wide in done.stderr, done
        assert wide in shut.leases.read_text()	# never silently dropped


def test_a_line_by_hand_narrower_than_64(shut):
    """What was written for one address is revoked for that address; then
    the lease around it, if there is one."""
    by_hand(shut, row("2001:db8:1:2::7", until=3600))
    shut.good("sync")
    shut.good("allow", "2001:db8:1:2::7")
    done = shut.run("revoke", "2001:db8:1:2::7")
    assert done.stdout == "revoked 2001:db8:1:2::7\n"
    assert "still let in by 2001:db8:1:2::/64" in done.stderr
    assert shut.good("revoke", "2001:db8:1:2::7") == (
        "revoked 2001:db8:1:2::/64\n")
    assert shut.in_firewall() == []


def test_comments_by_hand(shut):
    """A person who edits the file may leave a note and empty lines."""
    by_hand(shut, "# my notes\n", "\n", row("203.0.113.1"))
    done = shut.run("sync")
    assert done.returncode == 0
    assert shut.in_firewall() == ["203.0.113.1"]


def test_modes(shut):
    old = os.umask(0)
    try:
        shut.good("allow", "203.0.113.7")
    finally:
        os.umask(old)
    for path, mode in ((shut.leases.parent, 0o700), (shut.leases, 0o600)):
        info = path.stat()
        assert stat.S_IMODE(info.st_mode) == mode, path
        assert (info.st_uid, info.st_gid) == (0, 0)
    assert stat.S_IMODE(shut.state.stat().st_mode) == 0o755


def test_nothing_is_left_behind(shut):
    shut.good("allow", "203.0.113.7")
    shut.good("revoke", "all")
    assert {p.name for p in shut.leases.parent.iterdir()} <= {
        "leases", "lock", "protect"}


@pytest.mark.parametrize("what", ["folder", "leases", "lock", "state"])
def test_a_symbolic_link_is_refused(shut, what):
    target = shut.home / "target"
    if what in ("folder", "state"):
        target.mkdir()
        target.chmod(0o700 if what == "folder" else 0o755)
    else:
        target.write_text("untouched")
    if what == "state":
        shut.state.symlink_to(target)
    else:
        shut.state.mkdir()
        if what == "folder":
            shut.leases.parent.symlink_to(target)
        else:
            shut.leases.parent.mkdir(mode=0o700)
            (shut.leases.parent / what).symlink_to(target)
    done = shut.run("allow", "203.0.113.7")
    assert done.returncode == 73, done
    assert done.stdout == "" and done.stderr
    if target.is_dir():
        assert list(target.iterdir()) == []
    else:
        assert target.read_text() == "untouched"
    assert shut.in_firewall() == []


def test_a_folder_of_somebody_else_is_refused(shut):
    shut.good("allow", "203.0.113.7")
    os.chown(shut.leases.parent, 65534, 65534)
    done = shut.run("allow", "203.0.113.8")
    assert done.returncode == 73 and "imapgate" in done.stderr
    assert shut.in_firewall() == ["203.0.113.7"]


# --- the disk ---------------------------------------------------------------

@pytest.fixture
def small(shut):
    """A gate whose state is on a disk of its own, which is small."""
    shut.state.mkdir()
    netns.mount("small", shut.state, "tmpfs", 0, "size=64k,mode=0755")
    yield shut
    netns.checked("umount", netns.libc.umount2(os.fsencode(shut.state), 2))


def test_disk_full(small):
    small.good("allow", "-c", "first", "203.0.113.7")
    before = small.leases.read_bytes()
    filler = small.state / "filler"
    with open(filler, "wb", buffering=0) as f:
        try:
            while True:
                f.write(b"x" * 4096)
        except OSError:
            pass
    for words in (["allow", "203.0.113.8"], ["revoke", "203.0.113.7"],
                  ["revoke", "all"]):
        done = small.run(*words)
        assert done.returncode == 73, done
        assert "space" in done.stderr and done.stdout == ""
        assert small.leases.read_bytes() == before
    assert small.good("sync").startswith(EQUAL)
    assert small.in_firewall() == ["203.0.113.7"]
    filler.unlink()
    small.good("allow", "203.0.113.9")
    assert small.open_prefixes() == ["203.0.113.7", "203.0.113.9"]


def test_read_only(small):
    small.good("allow", "203.0.113.7")
    netns.mount("small", small.state, "tmpfs", 32 | 1, "size=64k")
    done = small.run("allow", "203.0.113.8")
    assert done.returncode == 73 and "ead-only" in done.stderr, done
    assert small.run("revoke", "all").returncode == 73
    assert small.open_prefixes() == ["203.0.113.7"]
    small.server.nft("flush set inet filter imap_allowed")
    small.good("sync")			# the gate follows the file still
    assert small.in_firewall() == ["203.0.113.7"]


# --- many at once, and sudden death -----------------------------------------

@pytest.mark.parametrize("backend", ["nftables", "none"])
def test_ten_at_once(make_gate, backend):
    g = make_gate(**({} if backend == "nftables" else {"backend": NONE}))
    if backend == "nftables":
        g.load()
    for _ in range(3):
        running = [g.popen("allow", f"203.0.113.{n}") for n in range(10, 20)]
        for process in running:
            out, err = process.communicate(timeout=120)
            assert process.returncode == 0, err
    assert g.open_prefixes() == [f"203.0.113.{n}" for n in range(10, 20)]
    assert g.good("sync").startswith(EQUAL)
    assert len(leases_of(g)) == 10


def test_allow_and_revoke_at_once(shut):
    running = [shut.popen(verb, f"203.0.113.{n}")
               for n in range(10, 20) for verb in ("allow", "revoke")]
    for process in running:
        process.communicate(timeout=120)
        assert process.returncode in (0, 1)
    assert shut.good("sync").startswith(EQUAL)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("backend", ["nftables", "none"])
def test_killed_at_any_instant(make_gate, backend, seed):
    """A hundred times (a thousand in all): the file is whole, what was
    acknowledged stands, and sync makes the firewall equal."""
    g = make_gate(**({} if backend == "nftables" else {"backend": NONE}))
    if backend == "nftables":
        g.load()
    rnd = random.Random(seed)
    g.good("allow", "-p", "198.51.100.1")
    takes = 10.0
    for _ in range(3):
        begin = time.monotonic()
        g.good("allow", "-p", "198.51.100.2")
        takes = min(takes, time.monotonic() - begin)
    killed = 0
    held = {"198.51.100.1", "198.51.100.2"}
    maybe = set()
    for n in range(100):
        address = f"203.0.{113 + n % 2}.{rnd.randrange(1, 30)}"
        verb = "revoke" if address in held and n % 3 == 0 else "allow"
        process = g.popen(verb, address, killed=True)
        try:
            process.wait(rnd.uniform(0, takes))
            takes *= 0.96	# two of three are to be killed, however
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            killed += 1
            takes *= 1.02	# busy the machine gets meanwhile
        out, err = process.communicate()
        said = out.decode()
        assert process.returncode in (0, 1, -signal.SIGKILL), err
        if said.startswith("revoked"):
            held.discard(address)
            maybe.discard(address)
        elif said:
            held.add(address)
            maybe.discard(address)
        else:
            maybe.add(address)	# one or the other
        if n % 25 == 24:
            now = set(g.open_prefixes())
            assert held - maybe <= now <= held | maybe
            held, maybe = set(now), set()
    g.good("sync")
    assert g.good("sync").startswith(EQUAL)
    assert 10 < killed		# neither all before nor all behind
    assert not g.leases.with_name("leases.broken").exists()
    leases = g.open_prefixes()
    assert {"198.51.100.1", "198.51.100.2"} <= set(leases)
    g.good("allow", "203.0.113.200")
    assert {p.name for p in g.leases.parent.iterdir()} <= {
        "leases", "lock", "none.set", "protect"}	# what died left nothing for ever


def test_the_lock_is_held_too_long(shut):
    shut.good("allow", "203.0.113.7")
    with open(shut.leases.with_name("lock"), "r+") as f:
        fcntl.flock(f, fcntl.LOCK_EX)
        begin = time.monotonic()
        done = shut.run("allow", "203.0.113.8", seconds=60)
        took = time.monotonic() - begin
    assert done.returncode == 75, done
    assert "lock" in done.stderr and 8 < took < 30
    assert shut.open_prefixes() == ["203.0.113.7"]


# --- the clock --------------------------------------------------------------

def test_a_clock_that_jumped_ahead(shut):
    """Nothing expires until it is confirmed; allow and revoke work."""
    day = 86400
    by_hand(shut, row("203.0.113.1", until=-32 * day, since=-33 * day),
            row("203.0.113.2", until=day, since=-40 * day))
    done = shut.run("sync")
    assert done.returncode == 0 and "clock" in done.stderr
    assert shut.in_firewall() == ["203.0.113.1", "203.0.113.2"]
    done = shut.run("expire")
    assert "clock" in done.stderr and "expire -y" in done.stderr
    assert shut.in_firewall() == ["203.0.113.1", "203.0.113.2"]
    assert shut.good("expire", "-n", "-y") == (
        "would have expired 203.0.113.1 (by hand)\n")
    assert shut.good("expire", "-y") == "expired 203.0.113.1 (by hand)\n"
    assert shut.in_firewall() == ["203.0.113.2"]
    assert shut.run("sync").stderr == ""


def test_the_longest_lease_seen_late(shut):
    """It ends, though cron(8) looks only hours after its end."""
    by_hand(shut, row("203.0.113.1", until=-7200, since=-30 * 86400 - 7200))
    done = shut.run("expire")
    assert (done.stdout, done.stderr) == ("expired 203.0.113.1 (by hand)\n", "")
    assert shut.in_firewall() == []


def test_a_clock_that_jumped_back(shut):
    """A record of the future: the clock is behind it."""
    by_hand(shut, row("203.0.113.1", until=-60, since=-3600),
            row("203.0.113.2", until=9 * 3600, since=8 * 3600))
    done = shut.run("expire")
    assert done.returncode == 0 and "clock" in done.stderr
    assert shut.in_firewall() == ["203.0.113.1-203.0.113.2"] or \
        len(shut.in_firewall()) == 2
    assert shut.run("allow", "203.0.113.8").returncode == 0
    assert shut.run("revoke", "203.0.113.8").returncode == 0
    assert "203.0.113.1" in shut.open_prefixes()
    shut.good("expire", "-y")
    assert shut.in_firewall() == ["203.0.113.2"]
    assert shut.run("expire").stderr == ""	# it stays confirmed


def jump(g, seconds):
    """The clock jumps: all times of the file move the other way."""
    g.edit(lambda text: re.sub(r"\d{4}-\d\d-\d\dT[0-9:]{8}Z", lambda m: when(
        calendar.timegm(time.strptime(m[0], "%Y-%m-%dT%H:%M:%SZ"))
        - time.time() - seconds), text))


def test_a_clock_that_jumps_ahead_and_back(shut):
    hour, day = 3600, 86400
    shut.good("allow", "-t", "1h", "203.0.113.1")
    shut.good("allow", "-t", "7d", "203.0.113.3")
    both = ["203.0.113.1", "203.0.113.3"]
    assert shut.run("sync").stderr == ""
    jump(shut, 40 * day)
    for _ in range(2):
        done = shut.run("expire")
        assert (done.returncode, done.stdout) == (0, "")
        assert "clock" in done.stderr
        assert shut.in_firewall() == both
    jump(shut, -40 * day)
    done = shut.run("expire")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert shut.in_firewall() == both
    jump(shut, -2 * day)		# before the newest record
    assert "clock" in shut.run("expire").stderr
    assert shut.in_firewall() == both
    jump(shut, 2 * day + 2 * hour)
    assert shut.good("expire") == "expired 203.0.113.1\n"
    assert shut.in_firewall() == ["203.0.113.3"]
    jump(shut, -2 * hour)		# what has ended does not open again
    shut.run("sync")
    assert shut.in_firewall() == ["203.0.113.3"]


@pytest.mark.parametrize("before", ["203.0.113.1", "203.0.113.2"],
                         ids=["new", "renewed"])
def test_a_lease_made_by_a_clock_that_was_ahead(shut, before):
    """It does not last until that time comes: the clock is set right, and
    the lease lasts as long as any other."""
    shut.good("allow", "-t", "1h", before)
    jump(shut, 40 * 86400)
    done = shut.run("allow", "-t", "1h", "203.0.113.2")
    assert done.returncode == 0 and "clock" in done.stderr
    jump(shut, -40 * 86400)
    done = shut.run("expire")
    assert (done.returncode, done.stdout) == (0, "")
    assert "the lease of 203.0.113.2 is of a clock that was wrong" in (
        done.stderr)
    for lease in shut.list():
        assert calendar.timegm(time.strptime(
            lease["until"], "%Y-%m-%dT%H:%M:%SZ")) < time.time() + 86400
    assert shut.run("expire").stderr == ""


def test_expired_lines_stay_seven_days(shut):
    day = 86400
    by_hand(shut, row("203.0.113.1", until=-8 * day, since=-9 * day),
            row("203.0.113.2", until=-6 * day, since=-9 * day),
            row("203.0.113.3", until=3600, since=-60))
    shut.good("expire")
    assert [line.split()[0] for line in leases_of(shut)] == [
        "203.0.113.2", "203.0.113.3"]
    assert shut.in_firewall() == ["203.0.113.3"]


def test_any_change_closes_what_is_due(shut):
    by_hand(shut, row("203.0.113.1", until=-1), row("203.0.113.2"))
    said = shut.good("allow", "203.0.113.8")
    assert "expired 203.0.113.1 (by hand)\n" in said
    assert shut.in_firewall() == ["203.0.113.2", "203.0.113.8"]


# --- the firewall -----------------------------------------------------------

def test_the_table_is_missing(make_gate):
    """The lease stands; what to do is said; sync completes it."""
    g = make_gate()
    done = g.run("allow", "203.0.113.7")
    assert done.returncode == 69, done
    assert "imapgate rules" in done.stderr and "sync" in done.stderr
    assert "203.0.113.7" in g.leases.read_text()
    assert g.run("sync").returncode == 69
    g.load()
    g.good("sync")
    assert g.in_firewall() == ["203.0.113.7"]


def test_one_set_is_missing(shut):
    """All or nothing: the other family is not changed either."""
    shut.good("allow", "203.0.113.7")
    shut.server.nft("flush", "ruleset")
    shut.server.nft(text="add table inet filter\nadd set inet filter "
                    "imap_allowed { type ipv4_addr; flags interval; }\n")
    assert shut.run("sync").returncode == 69
    assert shut.server.elements("imap_allowed") == []


def test_a_set_of_the_wrong_type(shut):
    shut.server.nft("flush", "ruleset")
    shut.server.nft(text="""table inet filter {
        set imap_allowed { type inet_service; }
        set imap_allowed6 { type ipv6_addr; flags interval; }
    }""")
    done = shut.run("allow", "203.0.113.7")
    assert done.returncode == 69 and done.stderr


def test_what_others_put_into_the_set_goes(shut):
    shut.server.nft("add element inet filter imap_allowed { 198.51.100.9, "
                    "198.51.100.128/25 }")
    shut.good("allow", "203.0.113.7")
    assert shut.in_firewall() == ["203.0.113.7"]


def test_other_tables_are_left_alone(shut):
    before = shut.server.nft("list", "table", "inet", "users")
    shut.good("allow", "203.0.113.7")
    shut.good("revoke", "all")
    assert shut.server.nft("list", "table", "inet", "users") == before
