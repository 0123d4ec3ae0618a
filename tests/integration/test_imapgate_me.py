# SPDX-License-Identifier: ISC
"""`imapgate allow`, without an address, by a real sshd: the peer is let in."""

import re
import shutil

import pytest

from lab import daemon
from lab.dovecot import SUBJECT, Imap, tls

PEERS = pytest.mark.parametrize("source, prefix", [
    ("203.0.113.7", "203.0.113.7"),
    ("2001:db8:1:2::7", "2001:db8:1:2::/64")], ids=["ipv4", "ipv6"])


def remote(g, sshd, world, source, *words, before="", **more):
    return sshd.run(world.hotel, source, before, daemon.BUILD / "imapgate",
                    "-f", g.conf, *words, **more)


@pytest.mark.jailed_too
@PEERS
@pytest.mark.parametrize("how", ["", "sudo", "doas", "sudo -i", "sudo doas"])
@pytest.mark.parametrize("tty", [False, True], ids=["no tty", "tty"])
def test_me(shut, gate_world, dovecot, sshd, source, prefix, how, tty):
    done = remote(shut, sshd, gate_world, source, "allow", "-c", "hotel",
                  before=how, tty=tty)
    assert done.returncode == 0, done
    assert re.search(rf"^allowed {re.escape(prefix)} until \S+Z \(hotel\)\r?$",
                     done.stdout, re.M)
    [lease] = shut.list()
    assert lease["from"] == source and lease["who"] == "root"
    assert gate_world.hotel.knock(source, 993) == "open"


def test_the_word_me(shut, gate_world, sshd, dovecot):
    """In, read mail, and out again, all from the hotel."""
    done = remote(shut, sshd, gate_world, "203.0.113.7", "allow", "me")
    assert done.returncode == 0, done
    s = tls(gate_world.hotel.connect("203.0.113.7", 993), dovecot)
    client = Imap(s).login()
    assert client.subjects() == [SUBJECT]
    done = remote(shut, sshd, gate_world, "203.0.113.7", "revoke",
                  "203.0.113.7")
    assert done.stdout == "revoked 203.0.113.7\nended 1 session\n"
    client.close()
    assert gate_world.hotel.knock("203.0.113.7", 993) == "dark"


def test_an_address_wins_over_me(shut, gate_world, sshd):
    remote(shut, sshd, gate_world, "203.0.113.7", "allow", "198.51.100.1")
    [lease] = shut.list()
    assert lease["prefix"] == "198.51.100.1"
    assert lease["from"] == "203.0.113.7"


@pytest.mark.parametrize("env, how", [
    ({}, "give the address"),
    ({"DOAS_USER": "ann"}, "permit setenv { SSH_CONNECTION }"),
    ({"SUDO_USER": "ann"}, "Defaults env_keep += ")])
def test_nobody_there(shut, env, how):
    """Not over SSH, or behind doas or sudo: it says how the variable is
    kept."""
    done = shut.run("allow", env=env)
    assert done.returncode == 64, done
    assert how in done.stderr
    assert shut.in_firewall() == []


@pytest.mark.parametrize("value", [
    "", " ", "203.0.113.7", "mail.example.org 1 192.0.2.1 22",
    "203.0.113.7;id 1 192.0.2.1 22", "127.0.0.1 1 127.0.0.1 22",
    "203.0.113.300 1 192.0.2.1 22", "0.0.0.0/0 1 192.0.2.1 22",
    "x" * 4000])
def test_a_variable_that_is_no_peer(shut, value):
    done = shut.run("allow", env={"SSH_CONNECTION": value})
    assert done.returncode == 64, done
    assert done.stderr and shut.in_firewall() == []


@pytest.mark.parametrize("peer, prefix", [
    ("203.0.113.7", "203.0.113.7"), ("::ffff:203.0.113.7", "203.0.113.7"),
    ("2001:db8:1:2::7", "2001:db8:1:2::/64")])
def test_the_variable(shut, peer, prefix):
    shut.good("allow", env={"SSH_CONNECTION": f"{peer} 50022 192.0.2.1 22"})
    assert shut.in_firewall() == [prefix]


def test_a_peer_behind_a_gateway(shut):
    """How the machine sees its own network's gateway: with a note."""
    done = shut.run("allow", "me", env={
        "SSH_CONNECTION": "192.168.1.1 50022 192.168.1.2 22"})
    assert done.returncode == 0
    assert "note: 192.168.1.1 is a private address" in done.stderr


@pytest.mark.parametrize("name", ["tmux", "screen"])
def test_inside_what_outlives_a_session(shut, tmp_path, name):
    """doas and sudo keep SSH_CONNECTION alone, not what tmux has set: the
    program itself, here a shell of that name, is found among the parents."""
    shutil.copy("/bin/sh", tmp_path / name)
    done = shut.run("allow", wrapper=(
        "env", "-u", "TMUX", "-u", "STY",
        "SSH_CONNECTION=203.0.113.7 50022 192.0.2.1 22",
        tmp_path / name, "-c", '"$@"; exit $?', "sh"))
    assert done.returncode == 0, done
    assert f"note: this is the peer of the session that {name}" in done.stderr
