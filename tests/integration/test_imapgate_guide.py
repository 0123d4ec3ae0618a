# SPDX-License-Identifier: ISC
"""docs/guide/imapgate.md, followed step by step, with its own lines."""

import re
import shutil
import subprocess

import pytest

from lab import daemon, gate
from lab.dovecot import SUBJECT, Imap, tls

GUIDE = (daemon.ROOT / "docs" / "guide" / "imapgate.md").read_text()
BLOCKS = re.findall(r"^```\n(.*?)^```$", GUIDE, re.M | re.S)
IMAPGATE = "/usr/local/sbin/imapgate"


def block_with(text):
    """The page's only block with that text."""
    [found] = [b for b in BLOCKS if text in b]
    return found


@pytest.fixture
def followed(make_gate, gate_world):
    """Steps 1 and 2 of the page: a gate, and nftables.conf with its rules.

    The machine's file is Debian's; only the paths are ours.
    """
    g = make_gate()
    block = block_with("expire 12h")
    g.conf.write_text(f'state "{g.state}"\n{block}')
    done = g.run("check", program="postern")
    assert done.returncode == 0, done

    rules, conf = g.home / "imapgate.nft", g.home / "nftables.conf"
    rules.write_text(g.good("rules"))
    shutil.copy("/etc/nftables.conf", conf)
    [line] = re.findall(r"^echo '(include .*)' >>/etc/nftables.conf$", GUIDE,
                        re.M)
    with open(conf, "a") as f:
        f.write(line.replace("/etc/postern-imapgate.nft", str(rules)) + "\n")
    g.nftables_conf = conf
    gate_world.server.nft("-c", "-f", conf)
    gate_world.server.nft("-f", conf)
    return g


def test_the_page(followed, gate_world, dovecot, sshd):
    g, hotel = followed, gate_world.hotel

    g.good("sync")
    done = g.run("doctor")
    assert done.returncode == 0, done
    assert hotel.knock("203.0.113.7", 993) == "dark"
    assert hotel.knock("203.0.113.7", 143) == "dark"

    done = sshd.run(hotel, "203.0.113.7", daemon.BUILD / "imapgate", "-f",
                    g.conf, "allow", "-c", "hotel")
    assert re.fullmatch(r"allowed 203\.0\.113\.7 until \S+Z \(hotel\)\n",
                        done.stdout), done
    client = Imap(tls(hotel.connect("203.0.113.7", 993), dovecot)).login()
    assert client.subjects() == [SUBJECT]

    # Step 3 in its cron form: what a restart of nftables empties is back.
    gate_world.server.nft("-f", g.nftables_conf)
    assert g.in_firewall() == []
    g.good("expire")
    assert g.in_firewall() == ["203.0.113.7"]

    for line in block_with("imapgate revoke all ").splitlines():
        words = line.split("#")[0].replace('"at Bob\'s"', "bob").split()
        done = g.run(*words[1:])
        assert done.returncode == 0, (line, done)
    assert gate.cut(client.socket)
    client.close()
    assert hotel.knock("203.0.113.7", 993) == "dark"
    assert g.open_prefixes() == []


def test_the_undo(followed, gate_world):
    [line] = re.findall(r"^nft (delete chain .*)$", GUIDE, re.M)
    gate_world.server.nft(*line.split())
    assert followed.run("doctor").returncode == 1


def test_by_hand_when_imapgate_is_broken(followed, gate_world, dovecot):
    [line] = re.findall(r"`nft (add element inet [^`]*)`", GUIDE)
    gate_world.server.nft(line.replace("'", ""))
    assert gate_world.hotel.knock("203.0.113.7", 993) == "open"


@pytest.mark.parametrize("how, text, check", [
    ("doas", "permit nopass", ["doas", "-C"]),
    ("sudo", "Defaults!", ["visudo", "-cf"])])
def test_not_as_root(followed, lab_base, how, text, check):
    """The lines for doas and sudo let a user run imapgate, and it knows
    where he is."""
    program = str(daemon.BUILD / "imapgate")
    rules = block_with(text).replace(IMAPGATE, program)
    for words in (f"{program} ", f"{program} args "):
        rules = rules.replace(f"{words}allow", f"{words}-f {followed.conf} allow")
    rules = re.sub(r"\bann\b", "nobody", rules)
    etc = followed.home / "etc"
    etc.mkdir()
    file = etc / {"doas": "doas.conf", "sudo": "sudoers"}[how]
    file.write_text(rules)
    file.chmod(0o440)
    subprocess.run([*check, file], check=True, capture_output=True)

    wrapper = gate.overlaid({"/etc": etc})
    user = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")

    def run(*words):
        with followed.server.inside():
            return gate.text(subprocess.run(
                [*wrapper, *user, "env", "-i", "PATH=/usr/bin:/bin",
                 "SSH_CONNECTION=203.0.113.7 50022 192.0.2.1 22", how, "-n",
                 program, *words],
                stdin=subprocess.DEVNULL, capture_output=True, timeout=120))

    # The user's own words would read any file as root.
    for words in (["-f", "/etc/shadow", "-n"], ["allow", "-f", "/etc/shadow"],
                  ["allow", "203.0.113.9"]):
        done = run(*words)
        assert done.returncode != 0 and "root:" not in (
            done.stdout + done.stderr), done
    done = run("-f", followed.conf, "allow")
    assert done.returncode == 0, done
    [lease] = followed.list()
    assert lease["prefix"] == "203.0.113.7" and lease["who"] == "nobody"
