# SPDX-License-Identifier: ISC
"""What went wrong once with lists and bans, with real servers."""

import functools
import json
import os
import pwd
import re
import signal
import socket
import time

import pytest

from lab import daemon, feeds as lab_feeds, wait
from lab.feeds import Machine

CLIENT = "203.0.113.9"
WIDE = b"4.0.0.0/7\n5.5.5.5\n"


@functools.cache
def publisher(base):
    return lab_feeds.Feeds(base)


@pytest.fixture
def feeds(lab_base):
    return publisher(lab_base)


@pytest.fixture
def machine(lab_base, feeds):
    """Its list has one url, which is the test's own path."""
    m = Machine(lab_base, feeds)
    m.path = f"/{m.home.name}.txt"
    m.write([feeds.url(m.path)])
    return m


def postern(machine, *words):
    return daemon.command(machine.base, "postern", "-f", machine.conf, *words)


def block(machine, name="drop"):
    """What cannot be renamed over."""
    path = machine.state / "lists" / f"{name}.set"
    path.unlink(missing_ok=True)
    path.mkdir()
    return path


def test_said_once(machine, feeds):
    """A list that cannot be made is one line, not two."""
    feeds.answers[machine.path] = b"5.0.0.1\n"
    assert machine.round() == 0, machine.last
    block(machine)
    machine.round()	# too early for the source: it only tidies
    said = [line for line in machine.last.splitlines()
            if "list drop" in line and line.endswith("not permitted")]
    assert len(said) == 1, machine.last


def test_made_later(machine, feeds):
    """What was fetched, but could not become the list, is not put off until
    the next refresh."""
    feeds.answers[machine.path] = b"5.0.0.1\n"
    assert machine.round() == 0, machine.last
    path = block(machine)
    feeds.answers[machine.path] = b"5.0.0.3\n"
    machine.age()
    assert machine.round() == 1, machine.last
    shown = json.loads(postern(machine, "lists", "show", "-j").stdout)
    source = shown[0]["sources"][0]
    assert source["state"] == "failed", source
    path.rmdir()
    machine.age(61)
    assert machine.round() == 0, machine.last
    assert len(feeds.requests(machine.path)) == 3
    assert machine.set() == ["5.0.0.3"]
    assert machine.meta()["failures"] == "0"


@pytest.mark.jailed_too
def test_accepted_for_good(machine, feeds):
    """What was accepted is not refused again the next time it comes."""
    feeds.answers[machine.path] = WIDE
    assert machine.round() == 1
    assert machine.set() is None
    assert postern(machine, "lists", "accept", "drop").returncode == 0
    wide = machine.set()
    assert wide == ["4.0.0.0-5.255.255.255"]
    machine.age()
    assert machine.round() == 0, machine.last
    assert " same " in machine.last
    assert machine.meta()["held"] == "0"
    assert machine.set() == wide
    # Another one as wide is another one.
    feeds.answers[machine.path] = b"6.0.0.0/7\n"
    machine.age()
    assert machine.round() == 1, machine.last
    assert machine.set() == wide


def test_update_in_brackets(machine, feeds):
    """A list may be named as in the file."""
    feeds.answers[machine.path] = b"5.0.0.1\n"
    done = postern(machine, "lists", "update", "<drop>")
    assert done.returncode == 0, done
    assert machine.set() == ["5.0.0.1"]


@pytest.mark.jailed_too
def test_cron_ends_bans(machine, feeds):
    """Where postern-lists is only run by cron, a ban ends, too."""
    feeds.answers[machine.path] = b"5.0.0.1\n"
    done = postern(machine, "ban", CLIENT, "for", "2s")
    assert done.returncode == 0, done
    assert machine.set("bans") == [CLIENT]
    wait.until(lambda: f"the end of the ban: {machine.last}",
               lambda: machine.round() == 0 and machine.set("bans") == [])


def test_stale_said_once(machine, feeds, lab_base):
    """By the round that had no answer, and by nobody else."""
    assert machine.round() == 1	# 404
    machine.age()
    d = daemon.Daemon(lab_base, "postern-lists", machine.conf,
                      machine.home.name).must_be_ready()
    d.log.wait("stale: no good answer for ", 0, 20)
    wait.until("the round", lambda: machine.meta()["failures"] == "2")
    lines = [line for line in d.log.text().splitlines() if "stale" in line]
    assert not d.complaints()
    d.stop()
    assert len(lines) == 1, lines


def test_a_file_waits_for_nobody(machine, feeds, lab_base):
    """A server that sends a byte now and then holds up its own list alone."""
    mine = machine.home / "mine"
    mine.write_text("5.9.0.1\n")
    feeds.answers[machine.path] = lab_feeds.drip
    machine.write([feeds.url(machine.path)], more="timeout 5m")
    with machine.conf.open("a") as f:
        f.write(f'list <mine> {{ file "{mine}" }}\n')
    d = daemon.Daemon(lab_base, "postern-lists", machine.conf,
                      machine.home.name).must_be_ready()
    wait.until("the server to be asked",
               lambda: feeds.requests(machine.path))
    mine.write_text("5.9.0.2\n")
    wait.until(lambda: f"the file: {machine.set('mine')}",
               lambda: machine.set("mine") == ["5.9.0.2"], 10)
    assert len(feeds.requests(machine.path)) == 1
    assert not d.complaints()
    d.stop()


def test_killed_is_not_put_off(machine, feeds, lab_base):
    """Who is stopped while he asks does so again soon, not after a day."""
    feeds.answers[machine.path] = lab_feeds.drip
    machine.write([feeds.url(machine.path)], more="timeout 5m")
    d = daemon.Daemon(lab_base, "postern-lists", machine.conf,
                      machine.home.name).must_be_ready()
    wait.until("the server to be asked",
               lambda: feeds.requests(machine.path))
    assert not d.complaints()
    d.stop()
    feeds.answers[machine.path] = b"5.0.0.1\n"
    machine.age(61)
    assert machine.round() == 0, machine.last
    assert machine.set() == ["5.0.0.1"]
    assert machine.meta()["failures"] == "0"


@pytest.mark.jailed_too
def test_reload_waits_for_nobody(machine, feeds, lab_base):
    """A new file counts at once, though some server takes its time."""
    mine = machine.home / "mine"
    mine.write_text("5.9.0.1\n")
    feeds.answers[machine.path] = lab_feeds.drip
    machine.write([feeds.url(machine.path)], more="timeout 5m")
    d = daemon.Daemon(lab_base, "postern-lists", machine.conf,
                      machine.home.name).must_be_ready()
    wait.until("the server to be asked",
               lambda: feeds.requests(machine.path))
    with machine.conf.open("a") as f:
        f.write(f'list <mine> {{ file "{mine}" }}\n')
    d.signal(signal.SIGHUP)
    wait.until(lambda: f"the list: {machine.set('mine')}",
               lambda: machine.set("mine") == ["5.9.0.1"], 10)
    assert not d.complaints()
    d.stop()
    assert "died by signal" not in d.log.text()


def ticks(pid):
    """Of the processor, a hundredth of a second each."""
    with open(f"/proc/{pid}/stat") as f:
        return sum(map(int, f.read().rpartition(")")[2].split()[11:13]))


@pytest.mark.jailed_too
def test_a_door_that_goes(machine, feeds, lab_base):
    """A door that hangs up while a round runs is let go: the round has a copy
    of the connection, which must not keep it alive, nor the child busy."""
    feeds.answers[machine.path] = lab_feeds.drip
    with_url = machine.conf.read_text().replace("20s", "5m")
    mine = machine.home / "mine"
    mine.write_text("5.9.0.1\n")
    machine.conf.write_text(
        re.sub(r'url "[^\n]*', f'file "{mine}"', with_url))
    d = daemon.Daemon(lab_base, "postern-lists", machine.conf,
                      machine.home.name).must_be_ready()
    with socket.socket(socket.AF_UNIX) as door, \
            socket.socket(socket.AF_UNIX) as other:
        for s in (door, other):
            s.settimeout(10)
            s.connect(str(machine.state / "run" / "lists.sock"))
            s.sendall(f"offence {CLIENT} reject\n".encode())
        wait.until("both to be heard", lambda: b"offences 2\n" in
                   postern(machine, "status").stdout)
        machine.conf.write_text(with_url)
        d.signal(signal.SIGHUP)
        wait.until("the server to be asked",
                   lambda: feeds.requests(machine.path))
        door.shutdown(socket.SHUT_WR)
        assert door.recv(1) == b""
        before, end = ticks(d.child()), time.monotonic() + 1
        wait.until("a second", lambda: time.monotonic() > end)
        assert ticks(d.child()) - before < 50
        # Nor does a child that died leave the other with nobody.
        d.child_may_fall = True
        os.kill(d.child(), signal.SIGKILL)
        assert other.recv(1) == b""
    d.stop()


def flood(path, user, lines):
    """A process of that user's that opens many connections, and shouts."""
    pw = pwd.getpwnam(user)
    pid = os.fork()
    if pid != 0:
        return pid
    try:
        os.setgroups([])
        os.setresgid(pw.pw_gid, pw.pw_gid, pw.pw_gid)
        os.setresuid(pw.pw_uid, pw.pw_uid, pw.pw_uid)
        for _ in range(70):
            s = socket.socket(socket.AF_UNIX)
            s.connect(path)
            os.dup(s.fileno())
        while True:
            try:
                s.sendall(lines)
            except OSError:
                s = socket.socket(socket.AF_UNIX)
                s.connect(path)
    finally:
        os._exit(0)


@pytest.mark.jailed_too
def test_one_door_shouts(machine, lab_base):
    """A door that was taken over cannot keep another from being heard."""
    machine.write([str(machine.home / "drop")],
                  top="bans { after 3 rejects within 1h for 1d }")
    (machine.home / "drop").write_text("5.9.0.1\n")
    d = daemon.Daemon(lab_base, "postern-lists", machine.conf,
                      machine.home.name).must_be_ready()
    path = str(machine.state / "run" / "lists.sock")
    with socket.socket(socket.AF_UNIX) as door:
        door.connect(path)
        door.sendall(f"offence {CLIENT} reject\n".encode())
        pid = flood(path, daemon.USER, b"offence 203.0.113.8 4xx\n" * 1000)
        try:
            wait.until("the flood", lambda: int(re.search(
                rb"offences-dropped (\d+)",
                postern(machine, "status").stdout)[1]) > 5000)
            for _ in range(2):
                door.sendall(f"offence {CLIENT} reject\n".encode())
            wait.until(lambda: f"the ban: {machine.set('bans')}",
                       lambda: machine.set("bans") == [CLIENT], 10)
        finally:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    assert not d.complaints()
    d.stop()


@pytest.mark.parametrize("words, code", [
    (["-nf{}"], 0),		# the 1 is the file's
    (["-vnf{}"], 0),
    (["-nf", "{}"], 0),
    (["-1vf{}"], 0),
    (["-vf", "{}", "-1"], 0),
    (["-n1", "-f", "{}"], 64),	# a round has no -n
])
def test_one_or_many(machine, feeds, lab_base, words, code):
    """-1 is told from a 1 in a file's name."""
    feeds.answers[machine.path] = b"5.0.0.1\n"
    conf = machine.home / "conf1"
    machine.conf.rename(conf)
    done = daemon.command(lab_base, "postern-lists",
                          *[word.format(conf) for word in words], seconds=20)
    assert done.returncode == code, done
    once = any("1" in word.partition("f")[0] for word in words if
               word[0] == "-")
    assert (machine.set() == ["5.0.0.1"]) == (once and code == 0)


@pytest.mark.jailed_too
def test_another_source(machine, feeds, lab_base):
    """A list whose only source is another one now keeps what it has until
    that one has answered: no door is opened by a word that is misspelt."""
    feeds.answers[machine.path] = b"5.0.0.1\n"
    assert machine.round() == 0, machine.last
    d = daemon.Daemon(lab_base, "postern-lists", machine.conf,
                      machine.home.name).must_be_ready()
    before = (machine.state / "lists" / "drop.set").stat().st_ino
    machine.write([feeds.url(machine.path + "x")])	# 404
    d.signal(signal.SIGHUP)
    d.log.wait("HTTP 404", 0, 20)
    assert machine.set() == ["5.0.0.1"]
    assert (machine.state / "lists" / "drop.set").stat().st_ino == before
    (machine.home / "mine").write_text("")
    machine.write([str(machine.home / "mine")])
    d.signal(signal.SIGHUP)
    wait.until(lambda: f"the file, which is empty: {machine.set()}",
               lambda: machine.set() == [])
    assert not d.complaints()
    d.stop()


def test_one_of_several_is_renamed(machine, feeds, lab_base):
    """What the former source said stays until the new one was read, and the
    others are obeyed all the time; "lists show" tells."""
    mine = machine.home / "mine"
    mine.write_text("5.1.0.1\n")
    feeds.answers[machine.path] = b"5.0.0.1\n"
    machine.write([feeds.url(machine.path), str(mine)])
    d = daemon.Daemon(lab_base, "postern-lists", machine.conf,
                      machine.home.name).must_be_ready()
    wait.until("the list", lambda: machine.set() == ["5.0.0.1", "5.1.0.1"])
    new = machine.path + "x"
    machine.write([feeds.url(new), str(mine)])
    d.signal(signal.SIGHUP)
    d.log.wait("not all sources were read yet", 0, 20)
    d.log.wait("HTTP 404", 0, 20)
    assert machine.set() == ["5.0.0.1", "5.1.0.1"]
    mine.write_text("5.1.0.2\n")
    wait.until("the file, obeyed",
               lambda: machine.set() == ["5.0.0.1", "5.1.0.2"])
    shown = postern(machine, "lists", "show").stdout.decode()
    assert ("  1 former source, in use until the new ones were read once\n"
            in shown), shown
    rows = json.loads(postern(machine, "lists", "show", "-j").stdout)
    assert rows[0]["former"] == 1
    told = postern(machine, "lists", "test", "5.0.0.1").stdout.decode()
    assert "5.0.0.1, from no source that the file names" in told
    assert not d.complaints()
    d.stop()
    feeds.answers[new] = b"5.2.0.1\n"
    machine.age()
    assert machine.round() == 0, machine.last
    assert machine.set() == ["5.1.0.2", "5.2.0.1"]
    assert b"former" not in postern(machine, "lists", "show").stdout
    assert len(machine.metas()) == 2


def test_one_of_several_is_taken_out(machine, feeds, lab_base):
    """It is out at once, though another one was never read."""
    feeds.answers[machine.path] = b"5.0.0.1\n"
    never = feeds.url(machine.path + "x")
    machine.write([never, feeds.url(machine.path)])
    d = daemon.Daemon(lab_base, "postern-lists", machine.conf,
                      machine.home.name).must_be_ready()
    wait.until("the list", lambda: machine.set() == ["5.0.0.1"])
    d.log.wait("HTTP 404", 0, 20)
    machine.write([never])
    d.signal(signal.SIGHUP)
    wait.until("nobody", lambda: machine.set() == [])
    assert b"former" not in postern(machine, "lists", "show").stdout
    assert not d.complaints()
    d.stop()


def test_another_token(machine, feeds, lab_base):
    """A token that the file does not name any more is not sent any more."""
    feeds.answers[machine.path] = b"5.0.0.1\n"
    token = machine.home / "token"
    token.write_text("s3cr3t\n")

    def write(name):
        machine.write([(feeds.url(machine.path), f'token file "{name}"')])

    write(token)
    d = daemon.Daemon(lab_base, "postern-lists", machine.conf,
                      machine.home.name).must_be_ready()
    wait.until("the list", lambda: machine.set() == ["5.0.0.1"])
    asked = feeds.requests(machine.path)
    assert [h["Authorization"] for h in asked] == ["Bearer s3cr3t"]
    machine.age()
    write(machine.home / "missing")
    d.signal(signal.SIGHUP)
    d.log.wait("missing: cannot be read, or is empty", 0, 20)
    assert len(feeds.requests(machine.path)) == 1
    assert not d.complaints()
    d.stop()


def test_why_it_cannot_be_asked(machine, feeds):
    """A file that is not there, one that is none, and a token that is
    missing: the round says why, and so does "lists show", until it is
    mended."""
    mine, folder, token = (machine.home / name for name in
                           ("mine", "folder", "token"))
    folder.mkdir()
    feeds.answers[machine.path] = b"5.0.0.1\n"
    machine.write([str(mine), str(folder),
                   (feeds.url(machine.path), f'token file "{token}"')])
    why = ["No such file or directory", "is not a regular file",
           f"{token}: No such file or directory"]

    def problems():
        rows = json.loads(postern(machine, "lists", "show", "-j").stdout)
        return [(row["state"], row["problem"]) for row in rows[0]["sources"]]

    # Before anybody has tried, files are looked at.
    assert problems() == [("failed", why[0]), ("failed", why[1]),
                          ("empty", None)]
    done = postern(machine, "lists", "update", "-j")
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["result"], one["why"]) for one in said] == [
        ("failed", text) for text in why]
    assert problems() == [("failed", text) for text in why]
    assert feeds.requests(machine.path) == []
    mine.write_text("5.1.0.1\n")
    folder.rmdir()
    folder.write_text("")
    token.write_text("s3cr3t\n")
    assert machine.round() == 0, machine.last	# it need not wait
    assert machine.set() == ["5.0.0.1", "5.1.0.1"]
    assert [problem for _, problem in problems()] == [None] * 3
    # Gone, and back again as it was: that is no problem any more.
    text = mine.read_text()
    mine.unlink()
    assert machine.round() == 1
    assert f"{mine} failed 1 entries: {why[0]}" in machine.last
    mine.write_text(text)
    assert machine.round() == 0
    assert problems()[0] == ("ok", None)


def test_one_door_talks_nonsense(machine, lab_base):
    """It is hung up on each time, and said once in a while."""
    machine.write([str(machine.home / "drop")])
    (machine.home / "drop").write_text("5.9.0.1\n")
    d = daemon.Daemon(lab_base, "postern-lists", machine.conf,
                      machine.home.name).must_be_ready()
    for _ in range(50):
        with socket.socket(socket.AF_UNIX) as door:
            door.settimeout(10)
            door.connect(str(machine.state / "run" / "lists.sock"))
            door.sendall(b"offence me\n")
            assert door.recv(1) == b""
    said = [line for line in d.log.text().splitlines() if "no offence" in line]
    assert len(said) == 1, said
    assert not d.complaints()
    d.stop()
