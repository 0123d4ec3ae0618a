# SPDX-License-Identifier: ISC
"""imapgate serve."""

import os
import re
import signal

import pytest

from lab import gate, wait
from lab.daemon import ROOT
from lab.dovecot import Imap, tls

from test_imapgate_faults import by_hand, row

TICK = 70.0	# it looks each 30 s


def imap(world, dovecot, source):
    """A session that is logged in and idle."""
    s = tls(world.hotel.connect(source, 993), dovecot)
    return Imap(s).login().idle()


@pytest.mark.jailed_too
def test_it_expires(shut, gate_world, dovecot):
    """At its start what is over already, and a lease at the second in which
    it ends, with its sessions; others stay."""
    by_hand(shut, row("203.0.113.1"), row("203.0.113.2", until=-5),
            row("203.0.113.7", until=4))
    shut.server.nft("add element inet filter imap_allowed { 203.0.113.1, "
                    "203.0.113.2, 203.0.113.7 }")
    clients = [imap(gate_world, dovecot, source)
               for source in ("203.0.113.1", "203.0.113.7")]
    shut.serve()
    wait.until("the end of the lease",
               lambda: shut.in_firewall() == ["203.0.113.1"], 20)
    assert gate.cut(clients[1].socket, 20)
    wait.until("one imap process", lambda: dovecot.sessions() == 1)
    clients[0].socket.sendall(b"DONE\r\n")
    assert clients[0].line().startswith("z1 OK")
    for client in clients:
        client.close()
    wait.until("no imap process", lambda: not dovecot.sessions())
    for over in ("203.0.113.2", "203.0.113.7"):
        assert f"expired address={over} " in shut.daemon.said()


@pytest.mark.jailed_too
def test_it_heals(make_gate):
    """Without a table it goes on and says so; when somebody has loaded the
    rules, the addresses come back within half a minute; when it ends, they
    stay."""
    g = make_gate()
    by_hand(g, row("203.0.113.1"))
    daemon = g.serve()
    daemon.log.wait("imap_allowed", 0, 20)
    g.load()
    assert g.in_firewall() == []
    wait.until("the next round", lambda: g.in_firewall() == ["203.0.113.1"],
               TICK)
    assert daemon.stop() == 0
    assert g.in_firewall() == ["203.0.113.1"]


def test_postern_speaks_to_it(shut):
    daemon = shut.serve()
    done = shut.run("status", program="postern")
    assert done.returncode == 0, done
    assert re.search(r"^imapgate: ok$|^imapgate\s+ok$|^imapgate ok",
                     done.stdout, re.M), done.stdout
    assert str(daemon.pid) in done.stdout
    manual = (ROOT / "docs" / "postern.8").read_text()
    figures = re.findall(r"^\t([a-z-]+) ", done.stdout, re.M)
    assert {"leases", "prefixes", "clock", "firewall"} <= set(figures)
    for word in figures:
        assert re.search(rf"^\.It Ic (.* )?{word}( |$)", manual, re.M), word

    shut.write(block="\tpermanent { 198.51.100.0/24 }")
    done = shut.run("reload", program="postern")
    assert done.returncode == 0, done
    wait.until("the permanent entry", lambda: shut.in_firewall() == [
        "198.51.100.0/24"], 20)

    shut.write(block="\tpermanent { nonsense }")
    done = shut.run("reload", program="postern")
    assert done.returncode != 0
    assert shut.in_firewall() == ["198.51.100.0/24"]
    assert daemon.alive()


def test_hangup_reads_the_file_again(shut):
    daemon = shut.serve()
    shut.write(block="\tpermanent { 198.51.100.0/24 }")
    daemon.signal(signal.SIGHUP)
    wait.until("the permanent entry", lambda: shut.in_firewall() == [
        "198.51.100.0/24"], 20)


def test_commands_while_it_serves(shut):
    shut.serve()
    running = [shut.popen("allow", f"203.0.113.{n}") for n in range(10, 20)]
    for process in running:
        process.communicate(timeout=120)
        assert process.returncode == 0
    assert "is equal" in shut.good("sync")
    assert shut.open_prefixes() == [f"203.0.113.{n}" for n in range(10, 20)]


def test_only_root_may_speak_to_it(shut):
    shut.serve()
    info = os.stat(shut.state / "run" / "imapgate.ctl")
    assert info.st_mode & 0o777 == 0o600 and info.st_uid == 0


def test_with_no_more_power_than_its_service_file_gives(
        make_gate, gate_world, dovecot):
    """etc/systemd/imapgate.service: of root's capabilities, one."""
    text = (ROOT / "etc" / "systemd" / "imapgate.service").read_text()
    [bounds] = re.findall(r"^CapabilityBoundingSet=CAP_(\w+)$", text, re.M)
    g = make_gate(wrapper=(
        "setpriv", "--bounding-set", f"-all,+{bounds.lower()}", "--inh-caps",
        "-all", "--no-new-privs"))
    g.load()
    by_hand(g, row("203.0.113.1"), row("203.0.113.7", until=4))
    g.server.nft("add element inet filter imap_allowed { 203.0.113.7 }")
    client = imap(gate_world, dovecot, "203.0.113.7")
    g.serve()
    wait.until("the end of the lease",
               lambda: g.in_firewall() == ["203.0.113.1"], 20)
    assert gate.cut(client.socket, 20)
    client.close()
    wait.until("no imap process", lambda: not dovecot.sessions())
