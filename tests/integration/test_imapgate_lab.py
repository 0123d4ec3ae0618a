# SPDX-License-Identifier: ISC
"""The lab of the gate does what the tests rely on: links, nftables, Dovecot.

The rules here are written by hand; imapgate has no part in it.
"""

import pytest

from lab import wait
from lab.dovecot import SUBJECT, Imap, tls
from lab.pf import Pf

BY_HAND = """
flush ruleset
table inet byhand {
	set in4 { type ipv4_addr; flags interval; }
	set in6 { type ipv6_addr; flags interval; }
	chain input {
		type filter hook input priority -10; policy accept;
		iif lo accept
		tcp dport { 143, 993 } ip saddr != @in4 drop
		tcp dport { 143, 993 } ip6 saddr != @in6 drop
	}
}
"""


@pytest.fixture
def world(gate_world):
    gate_world.server.nft(text=BY_HAND)
    return gate_world


@pytest.mark.parametrize("source, element", [
    ("203.0.113.7", "in4 { 203.0.113.7 }"),
    ("2001:db8:1:2::7", "in6 { 2001:db8:1:2::/64 }")])
def test_links_and_rules(world, dovecot, source, element):
    assert world.hotel.knock(source, 143) == "dark"
    world.server.nft(f"add element inet byhand {element}")
    assert world.hotel.knock(source, 143) == "open"
    assert world.hotel.knock(source, 144) == "reset"
    s = tls(world.hotel.connect(source, 993), dovecot)
    imap = Imap(s).login()
    assert imap.subjects() == [SUBJECT]
    assert world.server.sockets(993) != []
    imap.close()
    wait.until("the end of the imap process", lambda: not dovecot.sessions())


def test_both_clients(world, dovecot):
    world.server.nft("add element inet byhand in4 { 198.51.100.0/24 }")
    assert world.friend.knock("198.51.100.9", 993) == "open"
    assert world.hotel.knock("203.0.113.9", 993) == "dark"


@pytest.mark.parametrize("root", ["", "sudo", "doas"])
def test_who_comes_by_ssh(world, sshd, root):
    """sudo and doas strip what SSH says of the peer."""
    said = sshd.run(world.hotel, "203.0.113.9", root, "env")
    assert said.returncode == 0, said
    assert ("SSH_CONNECTION=203.0.113.9 " in said.stdout) == (root == "")


def test_the_stand_in_for_pfctl(lab_base):
    pf = Pf(lab_base, "pf-by-hand")
    done = pf.pfctl("-t", "imap_allowed", "-T", "replace", "-f", "-",
                    stdin="203.0.113.7\n2001:db8::/64\n")
    assert (done.returncode, done.stderr) == (0, "2 addresses added.\n"), done
    assert pf.table() == ["2001:db8::/64", "203.0.113.7"]
    pf.states(("192.0.2.1:993", "<-", "203.0.113.7:50001"),
              ("192.0.2.1:22", "<-", "203.0.113.7:50002"))
    shown = pf.pfctl("-vvss").stdout
    [number] = [line.split()[1] for line in shown.splitlines()
                if line.endswith("01 creatorid: 8a7b6c5d")]
    done = pf.pfctl("-k", "id", "-k", f"{number}/8a7b6c5d")
    assert done.stderr == "killed 1 states\n"
    assert pf.peers() == ["203.0.113.7:50002"]
    assert not pf.complaints()
    assert pf.pfctl("-k", "203.0.113.7").returncode == 1
    assert pf.complaints()
