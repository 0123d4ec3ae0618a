# SPDX-License-Identifier: ISC
"""postern-lists as a daemon: offences, reloads, a child that dies."""

import os
import pwd
import signal
import socket
import time

import pytest

from lab import daemon, feeds, wait

CLIENT = "203.0.113.9"
RULES = """bans {
	after 3 rejects within 1h for 1d
	after 5 4xx within 1m for 1h
}
protect { 198.51.100.0/24 }
"""


class Place(feeds.Machine):
    """A machine with a daemon, and a mouth that tells of offences."""

    def start(self, top=RULES, **more):
        (self.home / "drop").write_text("5.1.0.0/16\n")
        self.write([str(self.home / "drop")], top=top)
        self.daemon = daemon.Daemon(self.base, "postern-lists", self.conf,
                                    self.home.name, **more).must_be_ready()
        return self.daemon

    def socket(self):
        return self.state / "run" / "lists.sock"

    def tell(self, *lines):
        with socket.socket(socket.AF_UNIX) as s:
            s.connect(str(self.socket()))
            s.sendall("".join(f"{line}\n" for line in lines).encode())
            s.shutdown(socket.SHUT_WR)
            s.settimeout(10)
            assert s.recv(1) == b""	# it never answers, and then hangs up

    def status(self):
        done = daemon.command(self.base, "postern", "-f", self.conf, "status")
        assert done.returncode == 0, done
        return dict(line.split()[:2] for line in
                    done.stdout.decode().splitlines() if line[:1] == "\t")

    def postern(self, *words):
        done = daemon.command(self.base, "postern", "-f", self.conf, *words)
        assert done.returncode == 0, done
        return done.stdout.decode()

    def banned(self):
        return self.set("bans") or []


@pytest.fixture
def place(lab_base):
    machine = Place(lab_base, None)
    machine.daemon = None
    yield machine
    if machine.daemon is not None and machine.daemon.alive():
        assert not machine.daemon.complaints()
        machine.daemon.stop()


@pytest.mark.jailed_too
def test_offences(place):
    """Two are borne, three are not; kinds are counted apart; an IPv6 client
    is its /64; who is protected is never banned."""
    place.start()
    place.tell(*[f"offence {CLIENT} reject"] * 2,
               *[f"offence {CLIENT} 4xx"] * 4,
               *["offence 198.51.100.7 reject"] * 9,
               *["offence 127.0.0.1 reject"] * 9,
               "offence 2001:db8:1::1 reject", "offence 2001:db8:1::2 reject")
    status = place.status()
    assert status["offences"] == "26"
    assert status["offences-protected"] == "18"
    assert place.banned() == []
    place.tell(f"offence {CLIENT} reject", "offence 2001:db8:1::3 reject")
    wait.until(lambda: f"two bans: {place.banned()}", lambda: place.banned() ==
               [CLIENT, "2001:db8:1::-2001:db8:1:0:ffff:ffff:ffff:ffff"])
    place.daemon.log.wait(f"banned {CLIENT} until ", 0, 10)
    place.daemon.log.wait("3 rejects within 1h", 0, 10)
    assert place.status()["bans"] == "2"


def test_off_for_long(place):
    """A machine that was off for 40 days: no ban of before ends, which is
    said at each place, and how it ends; whoever is banned then stays so."""
    then = int(time.time()) - 40 * 86400
    place.start()
    place.daemon.stop()
    with open(place.state / "lists" / "bans", "ab") as f:
        f.write(feeds.journal_line(
            f'{then - 1} ban 192.0.2.9/32 until {then + 86400} times 1 '
            'by root because ""'))
        f.write(feeds.journal_line(f"{then} clock"))
    place.start()
    place.daemon.log.wait("the clock is not believed: it says", 0, 10)
    assert place.status()["clock"] == "ahead"
    assert "not believed: no ban ends; is it right now? postern ban -y" in (
        place.postern("lists", "show"))
    place.tell(*[f"offence {CLIENT} reject"] * 3)
    wait.until(lambda: f"two bans: {place.banned()}",
               lambda: place.banned() == ["192.0.2.9", CLIENT])
    assert place.postern("ban", "-y") == ""
    assert place.status()["clock"] == "good"
    assert place.banned() == [CLIENT]
    assert place.postern("lists", "show").count("not believed") == 0


def test_nobody_counts(place):
    """Without a rule offences are heard, and that is all."""
    place.start(top="")
    place.tell(*[f"offence {CLIENT} reject"] * 50)
    assert place.status()["offences"] == "50"
    assert place.banned() == []


@pytest.mark.parametrize("what,line", [
    ("an unknown kind", f"offence {CLIENT} smell"),
    ("no address", "offence mail.example.org reject"),
    ("an empty line", ""),
    ("a long line", "offence " + "1" * 200),
    ("a NUL", f"offence {CLIENT}\0 reject"),
])
def test_no_offence(place, what, line):
    """Whoever says such a thing is hung up on; others are not."""
    place.start()
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(str(place.socket()))
        s.sendall(line.encode() + b"\n" + f"offence {CLIENT} reject\n".encode())
        s.settimeout(10)
        try:
            assert s.recv(1) == b""
        except ConnectionResetError:
            pass	# it left what it had not read
    place.tell(f"offence {CLIENT} reject")
    assert place.status()["offences"] == "1"
    place.daemon.log.wait("a line that is no offence", 0, 10)


def test_strangers(place):
    """Only the users of the doors may tell."""
    place.start()
    os.chmod(place.socket(), 0o666)
    nobody = pwd.getpwnam("nobody").pw_uid
    pid = os.fork()
    if pid == 0:
        try:
            os.setgroups([])
            os.setresgid(nobody, nobody, nobody)
            os.setresuid(nobody, nobody, nobody)
            with socket.socket(socket.AF_UNIX) as s:
                s.connect(str(place.socket()))
                s.settimeout(10)
                os._exit(0 if s.recv(1) == b"" else 1)
        except ConnectionResetError:
            os._exit(0)
        finally:
            os._exit(2)
    assert os.waitpid(pid, 0)[1] == 0
    assert place.status()["offences"] == "0"


def test_no_mail_door(place, monkeypatch):
    """A machine with nothing but the web door has no user for mail."""
    monkeypatch.setattr(daemon, "USER", "_posternobody")
    place.start()
    made = os.stat(place.socket())
    assert (made.st_uid, made.st_gid, made.st_mode & 0o777) == (0, 0, 0o660)
    place.tell(*[f"offence {CLIENT} 4xx"] * 5)
    wait.until("the ban", lambda: place.banned() == [CLIENT])


@pytest.mark.jailed_too
def test_reload(place):
    """A list more, a list less, other rules, other protected addresses; a bad
    file changes nothing."""
    d = place.start()
    wait.until("the list", lambda: place.set() == ["5.1.0.0-5.1.255.255"])
    more = place.home / "more"
    more.write_text("5.9.0.1\n")
    good = place.conf.read_text()
    place.conf.write_text(good + f'list <more> {{ file "{more}" }}\n')
    d.signal(signal.SIGHUP)
    wait.until("the new list", lambda: place.set("more") == ["5.9.0.1"])
    assert place.set() == ["5.1.0.0-5.1.255.255"]

    place.conf.write_text(good + "list <more> { }\n")
    d.signal(signal.SIGHUP)
    d.log.wait('a list needs a "url" or a "file"', 0, 10)
    more.write_text("5.9.0.2\n")
    wait.until("the old file in force",
               lambda: place.set("more") == ["5.9.0.2"])

    place.conf.write_text(good.replace("after 3 rejects", "after 1 rejects")
                          .replace("198.51.100.0/24", "203.0.113.0/24"))
    d.signal(signal.SIGHUP)
    wait.until("the list to go", lambda: place.set("more") is None)
    place.tell(f"offence {CLIENT} reject", "offence 198.51.100.7 reject")
    wait.until(lambda: f"the ban: {place.banned()}",
               lambda: place.banned() == ["198.51.100.7"])


def test_the_child_dies(place):
    """Another one takes its place, and all that was banned is."""
    d = place.start()
    d.child_may_fall = True
    place.tell(*[f"offence {CLIENT} reject"] * 3)
    wait.until("the ban", lambda: place.banned() == [CLIENT])
    child = d.child()
    os.kill(child, signal.SIGKILL)
    wait.until("another child", lambda: d.child() != child, 15)
    (place.home / "drop").write_text("5.2.0.0/16\n")
    wait.until("the file", lambda: place.set() == ["5.2.0.0-5.2.255.255"])
    place.tell(*["offence 203.0.113.10 reject"] * 3)
    wait.until(lambda: f"both bans: {place.banned()}",
               lambda: place.banned() == ["203.0.113.9-203.0.113.10"])


def test_a_flood(place):
    """Offences by the ten thousand: some are dropped, the rest counted, and
    whoever asks for the status gets it."""
    place.start()
    place.tell(*[f"offence 203.0.113.{n % 250} 4xx" for n in range(20000)])
    status = place.status()
    heard = int(status["offences"])
    assert heard + int(status["offences-dropped"]) == 20000
    assert heard >= 1000


def test_words_of_the_manual(place):
    """Each figure of the status is in postern(8)."""
    place.start()
    manual = (daemon.ROOT / "docs" / "postern.8").read_text()
    for word in place.status():
        assert f" {word}" in manual or f"\n{word}" in manual, word
