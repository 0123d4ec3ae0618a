# SPDX-License-Identifier: ISC
"""What the scenarios of lists.py share: DNS, Postfix, clients.

The clients are of 198.18.0.0/15 (RFC 2544), each in a /24 of its own, so that
not even a step towards its name is in a cache when it comes.
"""

import pathlib
import shutil
import socket
import sys
import tempfile

from lab import daemon, edge, netns, root, wait
from lab.dns import start_nsd, start_unbound
from lab.postfix import Postfix, service
from lab.server import Server
from lab.zones import HEAD
import lab.postfix

from bench import DELAY_MS, HERE

NSD, DELAY, RECURSOR = "127.0.0.80", "127.0.0.81", "127.0.0.1"
NETWORK = "198.18.0.0/15"
NETS = 510
BANNED = "198.19.254"	# clients of the scenario of bans
NAMELESS = "198.19.255"	# the same, without PTR records
# What asks the root itself would not ask a loopback address: the same
# servers again, at those that the root names.
NAMES = "192.0.2.81"
# name of a DNS list: the address of its own server
LISTS = {name: f"127.0.0.{90 + n}" for n, name in enumerate(
    ("alpha", "bravo", "charlie", "delta", "echo"))}
OUTSIDE = {name: f"192.0.2.{90 + n}" for n, name in enumerate(LISTS)}
LAST = list(LISTS)[-1]
# Who is in which lists.
KINDS = {"listed by none": [], "listed by the last": [LAST],
         "listed by all": list(LISTS)}
NONE, BY_LAST, BY_ALL = KINDS
TTL = 3600


def zone(name):
    return f"{name}.dnsbl.example."


def upside_down(address):
    return ".".join(reversed(address.split(".")))


def head(name, server, address=None):
    """address: of the server, if its name is in this zone."""
    own = f"ns A {address}\n" if address else ""
    return (HEAD.replace("NS ns.example.org.", f"NS {server}")
            .format(name, TTL) + own)


def root_zone():
    text = HEAD.format(".", TTL) + f"ns.example.org. A {NAMES}\n"
    for name in ("bench.example.", "18.198.in-addr.arpa.",
                 "19.198.in-addr.arpa."):
        text += f"{name} NS ns.bench.example.\n"
    text += f"ns.bench.example. A {NAMES}\n"
    for name, address in OUTSIDE.items():
        text += f"{zone(name)} NS ns.{zone(name)}\n"
        text += f"ns.{zone(name)} A {address}\n"
    return text


def host_name(address):
    return f"h-{address.replace('.', '-')}.bench.example."


class Clients:
    """counts: how many of each kind; take() hands each out once."""

    def __init__(self, counts):
        assert sum(counts.values()) <= NETS, "too many rounds"
        nets = iter(range(NETS))
        self.of = {kind: [f"198.{18 + n // 256}.{n % 256}.{1 + n * 37 % 254}"
                          for n in (next(nets) for _ in range(count))]
                   for kind, count in counts.items()}
        self.left = {kind: iter(all) for kind, all in self.of.items()}

    def take(self, kind=NONE):
        return next(self.left[kind])

    def zones(self):
        server = "ns.bench.example."
        found = {"bench.example.": head("bench.example.", server, NAMES)}
        for net in ("18", "19"):
            reverse = f"{net}.198.in-addr.arpa."
            found[reverse] = head(reverse, server)
        for name in LISTS:		# with what is tested (RFC 5782, 5)
            found[zone(name)] = (
                head(zone(name), f"ns.{zone(name)}", OUTSIDE[name])
                + "2.0.0.127 A 127.0.0.2\n")
        for kind, addresses in self.of.items():
            for a in addresses:
                self.add(found, a, KINDS[kind])
        for n in range(1, 255):
            self.add(found, f"{BANNED}.{n}", [])
        return found

    @staticmethod
    def add(found, address, lists):
        name, reverse = host_name(address), upside_down(address)
        net = address.split(".")[1]
        found[f"{net}.198.in-addr.arpa."] += (
            f"{reverse}.in-addr.arpa. PTR {name}\n")
        found["bench.example."] += f"{name} A {address}\n"
        for one in lists:
            found[zone(one)] += (
                f"{reverse} A 127.0.0.2\n"
                f'{reverse} TXT "see https://help.example/?ip={address}"\n')


def needed(rounds):
    """Clients of each kind in all scenarios, those that warm up, too."""
    return {NONE: 10 * rounds + 12, BY_LAST: 7 * rounds + 2,
            BY_ALL: 5 * rounds + 2}


class Asker:
    """A connection to an fcrdnsd, as the milter has them."""

    def __init__(self, state):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(20)
        self.socket.connect(str(state / "run" / "fcrdnsd.sock"))
        self.file = self.socket.makefile()

    def ask(self, address):
        self.socket.sendall(f"ask {address}\n".encode())
        return self.file.readline()

    def close(self):
        self.file.close()
        self.socket.close()


class World:
    def __init__(self, base, rounds):
        self.base = base
        for name in ("log", "san"):
            (base / name).mkdir()
        netns.ip("route", "add", "local", NETWORK, "dev", "lo")
        self.clients = Clients(needed(rounds))
        self.servers = []
        self.edge_world = None
        self.disks = []
        self.start_dns()
        self.start_postfix()

    def start_dns(self):
        text = self.clients.zones()
        fronts = {z: DELAY for z in text}
        fronts.update({zone(name): LISTS[name] for name in LISTS})
        self.servers.append(start_nsd(self.base, "nsd", NSD, text))
        delay = Server(
            "delay", [sys.executable, HERE / "delay.py",
                      ",".join([DELAY, *LISTS.values(), NAMES,
                                *OUTSIDE.values()]), NSD, DELAY_MS],
            self.base / "log" / "delay.log")
        self.servers.append(delay)
        wait.until(delay.said, lambda: "ready" in delay.said())
        for address in root.ROOT_SERVERS:
            netns.ip("route", "add", "local", f"{address}/32", "dev", "lo")
        self.servers.append(start_nsd(
            self.base, "nsd-root", root.OWN, {".": root_zone()},
            more=root.ROOT_SERVERS))
        # start_unbound() asks for a name of the lab's: serve none of it.
        self.servers.append(start_unbound(
            self.base, "unbound", RECURSOR,
            {**fronts, "example.org.": DELAY}))

    def start_postfix(self):
        five = ",".join(f"reject_rbl_client,{zone(name).rstrip('.')}"
                        for name in LISTS)
        lab.postfix.PORTS.update(rbl=2521, both=2522)
        lab.postfix.MASTER += service(
            "rbl", "n", smtpd_milters="", smtpd_client_restrictions=five)
        lab.postfix.MASTER += service(
            "both", "n", smtpd_milters="", smtpd_peername_lookup="yes",
            smtpd_client_restrictions="reject_unknown_client_hostname,"
            + five)
        self.postfix = Postfix(self.base)

    def edges(self):
        """What makes fronts, with an nginx behind them."""
        if self.edge_world is None:
            self.edge_world = edge.World(self.base)
        return self.edge_world

    def disk(self):
        """A folder outside of the lab, which is in memory."""
        self.disks.append(pathlib.Path(
            tempfile.mkdtemp(prefix="bench-", dir=daemon.BUILD)))
        self.disks[-1].chmod(0o755)
        return self.disks[-1]

    def stop(self):
        if self.edge_world is not None:
            self.edge_world.stop()
        self.postfix.stop()
        for server in reversed(self.servers):
            server.kill()
        for folder in self.disks:
            shutil.rmtree(folder)


class Machine:
    """One file, and both doors and postern-lists that run on it.

    top: beside those blocks; fcrdns, edge: statements of theirs.  Its state
    is on a disk, as an operator's is: in memory, fsync would cost nothing.
    """

    def __init__(self, world, top="", fcrdns="", edge=""):
        path = world.postfix.own_milter
        self.front = world.edges().edge(
            plain=False, top=edge, log="access log no",
            outside=f"firewall none\n{top}\nfcrdns {{\n"
            f"\tforward to {RECURSOR} port 53\n\tdnssec no\n{fcrdns}\n}}\n"
            f'milter {{ listen on socket "{path}" group "postfix" mode 0660 '
            "}\n")
        self.state = self.front.state
        netns.bind(world.disk(), self.state)
        self.daemons = {}
        for program in ("postern-lists", "fcrdnsd", "postern-milter"):
            self.daemons[program] = daemon.Daemon(
                world.base, program, self.front.conf,
                f"{self.front.name}-{program}").must_be_ready()
        self.daemons["postern-edge"] = self.front.start().daemon

    def stop(self):
        wrong = self.front.stop()
        for server in reversed(self.daemons.values()):
            if not server.stopped:
                wrong += server.complaints()
                server.stop()
        assert not wrong, wrong
