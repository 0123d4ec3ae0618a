# SPDX-License-Identifier: ISC
"""pf without OpenBSD: the stand-in of tests/pfctl at /sbin/pfctl.

Our programs see it in a mount namespace of their own; nothing else of them
is changed.  docs/pfctl-standin.md says what it does, and which files rule it.
"""

import os
import subprocess

from . import daemon, gate

ROOT = "/run/pfctl-standin"
SOURCE = daemon.ROOT / "tests" / "pfctl"

# What `pfctl -sr` prints of the rules of `imapgate rules`.
RULES = "".join(
    "block drop in quick on ! lo proto tcp from ! <imap_allowed> to any "
    f"port = {port}\n" for port in (993, 143)) + "".join(
    "pass in quick proto tcp from <imap_allowed> to any "
    f"port = {port} flags S/SA\n" for port in (993, 143)) \
    + "pass all flags S/SA\n"

STATE = """all tcp {ours} {arrow} {peer}       ESTABLISHED:ESTABLISHED
   [2863311530 + 65535] wscale 6  [1431655765 + 65535] wscale 7
   age 00:01:02, expires in 23:59:58, 120:110 pkts, 12000:34000 bytes, rule 2
   id: {id:016x} creatorid: {creator:08x}
"""


def compiled(base):
    path = base / "pfctl"
    if not path.exists():
        subprocess.run(["cc", "-O1", "-static", "-o", path,
                        *sorted(SOURCE.glob("*.c"))], check=True)
    return path


class Pf:
    """A pf of this test alone: one table, the rules, no states."""

    def __init__(self, base, name):
        home = base / name
        self.root = home / "root"
        (self.root / "tables").mkdir(parents=True)
        sbin, run = home / "sbin", home / "run"
        sbin.mkdir()
        (run / "pfctl-standin").mkdir(parents=True)
        os.link(compiled(base), sbin / "pfctl")
        self.wrapper = gate.overlaid(
            {"/usr/sbin": sbin, "/run": run},
            more=f"mount --bind {self.root} {ROOT}")
        self.write("tables/imap_allowed", "")
        self.write("rules", RULES)

    def pfctl(self, *words, stdin=""):
        """Run it by hand."""
        return subprocess.run(
            [*self.wrapper, "env", "-i", "/sbin/pfctl", *words], input=stdin,
            capture_output=True, text=True, timeout=120)

    def write(self, name, text):
        (self.root / name).write_text(text)

    def fault(self, text):
        """Faults from now on, as "hang replace"; none: ""."""
        self.write("fault", text + "\n")

    def table(self, name="imap_allowed"):
        lines = (self.root / "tables" / name).read_text().splitlines()
        return sorted(line.split()[0] for line in lines)

    def states(self, *states):
        """(our end, "<-" or "->", the peer's end), by ids from 1 on."""
        self.write("states", "".join(
            STATE.format(ours=ours, arrow=arrow, peer=peer,
                         id=(0x5f3e << 48) + n, creator=0x8a7b6c5d)
            for n, (ours, arrow, peer) in enumerate(states, 1)))

    def peers(self):
        """Those of the states that are left."""
        text = (self.root / "states").read_text()
        return [line.split()[4] for line in text.splitlines()
                if line[:1] not in (" ", "")]

    def calls(self):
        """The command lines so far."""
        path = self.root / "log"
        return path.read_text().splitlines() if path.exists() else []

    def complaints(self):
        """The invocations that pfctl does not know."""
        path = self.root / "wrong"
        return path.read_text().splitlines() if path.exists() else []
