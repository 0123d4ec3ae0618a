# SPDX-License-Identifier: ISC
"""The gate at work: nftables, a real Dovecot, clients in other networks."""

import re

import pytest

from lab import gate, wait
from lab.dovecot import SUBJECT, Imap, tls

from test_imapgate_faults import when

EQUAL = "the firewall is equal to the file: "
BOTH = pytest.mark.parametrize("source, prefix", [
    ("203.0.113.7", "203.0.113.7"),
    ("2001:db8:1:2::7", "2001:db8:1:2::/64")], ids=["ipv4", "ipv6"])
PORTS = pytest.mark.parametrize("port", [143, 993])


def imap(world, dovecot, source, port=993):
    """A client that has logged in, and its socket."""
    s = world.hotel.connect(source, port)
    if port == 993:
        s = tls(s, dovecot)
    return Imap(s).login()


def no_sessions(dovecot):
    wait.until("the imap processes to go", lambda: not dovecot.sessions())


@pytest.mark.jailed_too
@BOTH
@PORTS
def test_a_life(shut, gate_world, dovecot, source, prefix, port):
    """Dark, let in, mail read, idle, revoked, cut off, dark."""
    world = gate_world
    assert world.hotel.knock(source, port) == "dark"

    said = shut.good("allow", "-c", "hotel", source)
    assert re.fullmatch(
        rf"allowed {re.escape(prefix)} until \S+Z \(hotel\)\n", said)
    client = imap(world, dovecot, source, port)
    assert client.subjects() == [SUBJECT]
    client.idle()
    assert dovecot.sessions() == 1

    done = shut.run("revoke", source)
    assert (done.returncode, done.stdout) == (
        0, f"revoked {prefix}\nended 1 session\n")
    assert gate.cut(client.socket)
    no_sessions(dovecot)
    client.close()
    assert world.hotel.knock(source, port) == "dark"
    assert shut.in_firewall() == []


@BOTH
def test_expiry_shuts(shut, gate_world, dovecot, source, prefix):
    shut.good("allow", "-t", "1h", source)
    client = imap(gate_world, dovecot, source).idle()
    shut.edit(lambda text: re.sub(
        r"until \S+ since \S+",
        f"until {when(-3600)} since {when(-7200)}", text))
    assert shut.good("expire", "-y") == (
        f"expired {prefix}\nended 1 session\n")
    assert gate.cut(client.socket)
    no_sessions(dovecot)
    client.close()
    assert gate_world.hotel.knock(source, 993) == "dark"


@BOTH
def test_a_reload_of_all_rules(shut, gate_world, dovecot, source, prefix):
    """The rules come back without the addresses: sync brings them."""
    shut.good("allow", source)
    shut.load()
    assert shut.in_firewall() == []
    assert gate_world.hotel.knock(source, 993) == "dark"
    assert shut.good("sync") == ("the firewall was made equal to the file: "
                                 "1 prefix, 1 added, 0 removed\n")
    client = imap(gate_world, dovecot, source)
    assert client.subjects() == [SUBJECT]
    assert shut.good("sync") == EQUAL + "1 prefix\n"
    client.command("NOOP")
    client.close()
    no_sessions(dovecot)


def test_others_stay(shut, gate_world, dovecot):
    """Revoking one ends its sessions and nobody else's, to no other port."""
    shut.good("allow", "203.0.113.7")
    shut.good("allow", "203.0.113.8")
    gone = imap(gate_world, dovecot, "203.0.113.7").idle()
    stays = imap(gate_world, dovecot, "203.0.113.8").idle()
    with gate_world.server.inside():
        other = gate.listener(2222)
    with other:
        same = gate_world.hotel.connect("203.0.113.7", 2222)
        peer, _ = other.accept()
        assert shut.good("revoke", "203.0.113.7") == (
            "revoked 203.0.113.7\nended 1 session\n")
        assert gate.cut(gone.socket)
        wait.until("one session", lambda: dovecot.sessions() == 1)
        same.sendall(b"still here")
        assert peer.recv(100) == b"still here"
        stays.socket.sendall(b"DONE\r\n")
        assert stays.line().startswith("z1 OK")
        same.close()
        peer.close()
    for client in (gone, stays):
        client.close()
    no_sessions(dovecot)


def test_covered_by_another(shut, gate_world, dovecot):
    """Revoke of one while another lease covers it: the session lives."""
    shut.good("allow", "203.0.113.0/28")
    shut.good("allow", "203.0.113.7")
    assert shut.in_firewall() == ["203.0.113.0/28"]
    client = imap(gate_world, dovecot, "203.0.113.7").idle()
    done = shut.run("revoke", "203.0.113.7")
    assert (done.returncode, done.stdout) == (0, "revoked 203.0.113.7\n")
    assert done.stderr.strip().endswith(
        "note: 203.0.113.7 is still let in by 203.0.113.0/28")
    client.socket.sendall(b"DONE\r\n")
    assert client.line().startswith("z1 OK")
    assert shut.good("revoke", "203.0.113.0/28") == (
        "revoked 203.0.113.0/28\nended 1 session\n")
    assert gate.cut(client.socket)
    client.close()
    no_sessions(dovecot)


def test_revoke_all(shut, gate_world, dovecot):
    shut.good("allow", "203.0.113.7")
    shut.good("allow", "-p", "2001:db8:1:2::1")
    shut.good("allow", "198.51.100.0/24")
    clients = [imap(gate_world, dovecot, "203.0.113.7"),
               imap(gate_world, dovecot, "2001:db8:1:2::99", 143)]
    said = shut.good("revoke", "all").splitlines()
    assert sorted(said) == [
        "ended 2 sessions", "revoked 198.51.100.0/24",
        "revoked 2001:db8:1:2::/64", "revoked 203.0.113.7"]
    for client in clients:
        assert gate.cut(client.socket)
        client.close()
    no_sessions(dovecot)
    assert shut.in_firewall() == []


def test_permanent(make_gate, gate_world, dovecot):
    """Entries of the file are in the set, and leave it with the file."""
    g = make_gate(block="\tpermanent { 203.0.113.0/29, 2001:db8:1::/64 }")
    g.load()
    assert gate_world.hotel.knock("203.0.113.7", 993) == "dark"
    g.good("sync")
    assert g.in_firewall() == ["2001:db8:1::/64", "203.0.113.0/29"]
    assert gate_world.hotel.knock("203.0.113.7", 993) == "open"
    assert {x["prefix"]: x["state"] for x in g.list()} == {
        "203.0.113.0/29": "permanent", "2001:db8:1::/64": "permanent"}
    done = g.run("revoke", "203.0.113.0/29")
    assert done.returncode == 1 and "permanent" in done.stderr
    g.good("allow", "203.0.113.7")
    done = g.run("revoke", "203.0.113.7")
    assert done.returncode == 0
    assert "still let in by 203.0.113.0/29" in done.stderr
    client = imap(gate_world, dovecot, "203.0.113.7")
    g.write()
    g.good("sync")
    assert gate.cut(client.socket)
    client.close()
    assert g.in_firewall() == []
    no_sessions(dovecot)


def test_this_machine_is_never_shut_out(shut, gate_world, dovecot):
    """Webmail on the same machine reaches IMAP over loopback."""
    with gate_world.server.inside():
        for host in ("127.0.0.1", "::1", gate.SERVER4, gate.SERVER6):
            assert gate.answers(host, 143), host


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", gate.SERVER4,
                                  gate.SERVER6])
def test_sessions_of_this_machine_stay(shut, gate_world, dovecot, host):
    with gate_world.server.inside():
        s = gate.socket.create_connection((host, 143), 60)
    client = Imap(s).login().idle()
    shut.good("allow", "203.0.113.7")
    shut.good("revoke", "all")
    shut.good("sync")
    client.socket.sendall(b"DONE\r\n")
    assert client.line().startswith("z1 OK")
    client.close()
    no_sessions(dovecot)


def test_a_set_of_many(shut):
    """10,000 leases, as one file and one set."""
    shut.good("allow", "203.0.113.7")
    [line] = [x for x in shut.lines() if x.startswith("203.0.113.7 ")]
    many = "".join(
        line.replace("203.0.113.7", f"10.{n // 250}.{n % 250}.1") + "\n"
        for n in range(10000))
    shut.edit(lambda text: text + many)
    assert "10001 prefixes, 10000 added" in shut.good("sync")
    assert len(shut.server.elements("imap_allowed")) == 10001
    assert len(shut.list()) == 10001
    shut.good("allow", "203.0.113.8")
    assert shut.run("check", "10.39.249.1").returncode == 0
    shut.good("revoke", "10.39.249.1")
    assert shut.run("check", "10.39.249.1").returncode == 1
    assert len(shut.server.elements("imap_allowed")) == 10001


# --- sessions, without a Dovecot: a plain listener at a port of its own ------

PORT = 2143


@pytest.fixture
def plain(make_gate):
    g = make_gate(block=f"\tport {PORT}")
    g.load()
    with g.server.inside():
        g.listener = gate.listener(PORT)
    yield g
    g.listener.close()


@BOTH
def test_a_server_of_both_families(plain, gate_world, source, prefix):
    """Its socket is IPv6 even for an IPv4 client (::ffff:203.0.113.7)."""
    plain.good("allow", source)
    client = gate_world.hotel.connect(source, PORT)
    served, _ = plain.listener.accept()
    with client, served:
        assert plain.good("revoke", "all") == (
            f"revoked {prefix}\nended 1 session\n")
        assert gate.cut(client)
        with pytest.raises(OSError):
            served.settimeout(wait.SECONDS)
            served.recv(1)


@pytest.mark.parametrize("source", ["203.0.113.9", "2001:db8:1:2::9"])
def test_who_came_in_by_another_rule_stays(plain, gate_world, source):
    """The LAN, say: no lease let it in, and no lease's end is its end."""
    plain.server.nft("flush", "chain", "inet", "filter", "imap_allowed_gate")
    lan = gate_world.hotel.connect(source, PORT)
    peer, _ = plain.listener.accept()
    with lan, peer:
        plain.good("allow", "203.0.113.7")
        assert plain.good("revoke", "203.0.113.7") == (
            "revoked 203.0.113.7\n")
        plain.good("sync")
        lan.sendall(b"still here")
        assert peer.recv(100) == b"still here"


@BOTH
def test_our_own_sessions_to_others(plain, gate_world, source, prefix):
    """Where we are the client of somebody else's server, at that port."""
    plain.good("allow", source)
    with gate_world.hotel.inside():
        theirs = gate.listener(PORT)
    with theirs, plain.server.inside():
        ours = gate.socket.create_connection((source, PORT), 60)
        peer, _ = theirs.accept()
    with ours, peer:
        assert plain.good("revoke", source) == f"revoked {prefix}\n"
        plain.good("sync")
        peer.sendall(b"still here")
        assert ours.recv(100) == b"still here"


def test_hundreds_of_sessions(plain, gate_world):
    plain.good("allow", "203.0.113.0/24")
    plain.good("allow", "203.0.113.128/25")
    pairs = []
    for n in range(1, 251):
        client = gate_world.hotel.connect(f"203.0.113.{n}", PORT)
        pairs.append((client, plain.listener.accept()[0]))
    assert plain.good("revoke", "203.0.113.0/24") == (
        "revoked 203.0.113.0/24\nended 127 sessions\n")
    for n, (client, served) in enumerate(pairs, 1):
        if n < 128:
            assert gate.cut(client)
        else:
            served.sendall(b"x")
            assert client.recv(1) == b"x"
    assert "ended 123 sessions" in plain.good("revoke", "all")
    for pair in pairs:
        for s in pair:
            s.close()
