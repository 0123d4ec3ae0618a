# SPDX-License-Identifier: ISC
"""A server, and clients that reach it over real links, with nftables between.

Each is a network namespace of its own.  The server is 192.0.2.1 and
2001:db8::1; a client may bind any address of its networks.  Every packet that
a client sends and gets can be looked at, so that "refused" means what it
says: the server has sent nothing back.
"""

import contextlib
import errno
import itertools
import json
import os
import select
import socket
import ssl
import subprocess

from . import daemon, netns, wait

SERVER4, SERVER6 = "192.0.2.1", "2001:db8::1"
HOTEL = ("203.0.113.0/24", "2001:db8:1::/48")
FRIEND = ("198.51.100.0/24", "2001:db8:2::/48")

NUMBERS = itertools.count(1)	# for the names of folders

ETH_P_ALL = 3
SYN, RST, ACK = 2, 4, 16


class Namespace:
    """A network namespace, which lives as long as this object."""

    def __init__(self):
        with kept():
            netns.checked("unshare", netns.libc.unshare(netns.CLONE_NEWNET))
            self.fd = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
            netns.ip("link", "set", "lo", "up")
            for name, value in (("accept_dad", "0"), ("accept_ra", "0")):
                for link in ("all", "default"):
                    sysctl(f"ipv6/conf/{link}/{name}", value)

    @contextlib.contextmanager
    def inside(self):
        """Sockets and processes that are made in here belong to it."""
        with kept():
            setns(self.fd)
            yield

    def ip(self, *words):
        with self.inside():
            netns.ip(*words)

    def path(self):
        return f"/proc/{os.getpid()}/fd/{self.fd}"

    def stop(self):
        os.close(self.fd)


def setns(fd):
    netns.checked("setns", netns.libc.setns(fd, netns.CLONE_NEWNET))


@contextlib.contextmanager
def kept():
    """Come back to the namespace of now, whatever happens."""
    here = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        yield
    finally:
        setns(here)
        os.close(here)


def sysctl(name, value):
    with open(f"/proc/sys/net/{name}", "w") as f:
        f.write(value)


class Server(Namespace):
    def __init__(self):
        super().__init__()
        self.ip("addr", "add", f"{SERVER4}/32", "dev", "lo")
        self.ip("-6", "addr", "add", f"{SERVER6}/128", "dev", "lo")

    def nft(self, *words, text=None, check=True):
        """Run nft; text is read by `nft -f -`.  Returns what it printed."""
        if text is not None:
            words = (*words, "-f", "-")
        with self.inside():
            done = subprocess.run(["nft", *words], input=text, text=True,
                                  capture_output=True, timeout=120)
        assert not check or done.returncode == 0, done.stderr
        return done.stdout

    def elements(self, name, table="inet filter"):
        """What a set holds, as texts."""
        said = json.loads(self.nft("-j", "list", "set", *table.split(), name))
        [found] = [x["set"] for x in said["nftables"] if "set" in x]
        return sorted(element(x) for x in found.get("elem", ()))

    def sockets(self, port):
        """The established sessions to a local port: their peers."""
        with self.inside():
            said = subprocess.run(
                ["ss", "-Htn", "state", "established", "sport", "=",
                 f":{port}"], check=True, capture_output=True, text=True)
        return [line.split()[3] for line in said.stdout.splitlines()]


def element(x):
    if isinstance(x, dict) and "elem" in x:
        x = x["elem"]["val"]
    if isinstance(x, dict) and "prefix" in x:
        return f"{x['prefix']['addr']}/{x['prefix']['len']}"
    if isinstance(x, dict) and "range" in x:
        return "-".join(x["range"])
    return x


class Client(Namespace):
    """name is also that of the server's link to it."""

    def __init__(self, server, name, networks):
        super().__init__()
        self.ip("link", "add", "out", "address", "02:00:00:00:00:02", "type",
                "veth", "peer", "name", name, "address", "02:00:00:00:00:01",
                "netns", server.path())
        for space, link, own in ((self, "out", "fe80::2"),
                                 (server, name, "fe80::1")):
            space.ip("link", "set", "dev", link, "up")
            space.ip("-6", "addr", "add", f"{own}/64", "dev", link, "nodad")
        for network in networks:
            if ":" in network:
                self.ip("-6", "route", "add", "local", network, "dev", "lo")
                server.ip("-6", "route", "add", network, "via", "fe80::2",
                          "dev", name)
            else:
                self.ip("route", "add", "local", network, "dev", "lo")
                server.ip("route", "add", network, "dev", name)
        self.ip("route", "add", "default", "dev", "out")
        self.ip("-6", "route", "add", "default", "via", "fe80::1", "dev",
                "out")
        with self.inside():
            sysctl("ipv6/ip_nonlocal_bind", "1")

    def socket(self, source):
        """A TCP socket bound to that address."""
        six = ":" in source
        with self.inside():
            s = socket.socket(socket.AF_INET6 if six else socket.AF_INET)
        try:
            s.bind((source, 0))
        except OSError:
            s.close()
            raise
        return s

    def connect(self, source, port, seconds=wait.SECONDS):
        s = self.socket(source)
        try:
            s.settimeout(seconds)
            s.connect((server_for(source), port))
        except OSError:
            s.close()
            raise
        return s

    def knock(self, source, port, seconds=wait.SECONDS):
        """Try to connect: "open", "reset" or "dark".

        Dark is proven: the SYN went out twice, which takes a second, and
        nothing at all came back.
        """
        with self.inside():
            sniffer = socket.socket(socket.AF_PACKET, socket.SOCK_RAW,
                                    socket.htons(ETH_P_ALL))
        sniffer.bind(("out", 0))
        sniffer.setblocking(False)
        with sniffer, self.socket(source) as s:
            own = s.getsockname()[1]
            s.setblocking(False)
            error = s.connect_ex((server_for(source), port))
            assert error == errno.EINPROGRESS, os.strerror(error)
            sent = []

            def answered():
                for flags, ours in packets(sniffer, own, port):
                    if not ours:
                        return "open" if flags & SYN else "reset"
                    sent.append(flags)
                return "dark" if len(sent) >= 2 else None

            return wait.until(f"packets to port {port}", answered, seconds)


def listener(port):
    """A plain TCP server, at every address of this namespace."""
    return socket.create_server(("", port), family=socket.AF_INET6,
                                dualstack_ipv6=True)


def answers(host, port):
    try:
        with socket.create_connection((host, port), 60):
            return True
    except OSError:
        return False


def server_for(source):
    return SERVER6 if ":" in source else SERVER4


def packets(sniffer, own, port):
    """The TCP packets between these two ports: (flags, sent by us)."""
    while select.select([sniffer], [], [], 0)[0]:
        frame = sniffer.recv(65535)
        kind = frame[12:14]
        if kind == b"\x08\x00" and frame[23] == socket.IPPROTO_TCP:
            tcp = frame[14 + 4 * (frame[14] & 15):]
        elif kind == b"\x86\xdd" and frame[20] == socket.IPPROTO_TCP:
            tcp = frame[54:]
        else:
            continue
        ends = (int.from_bytes(tcp[:2], "big"),
                int.from_bytes(tcp[2:4], "big"))
        if ends == (own, port):
            yield tcp[13], True
        elif ends == (port, own):
            yield tcp[13], False


def cut(s, seconds=wait.SECONDS):
    """Wait until the other side ends this session: "eof" or "reset"."""
    s.setblocking(False)

    def ended():
        try:
            return None if s.recv(4096) else "eof"
        except (BlockingIOError, ssl.SSLWantReadError):
            return None
        except ConnectionResetError:
            return "reset"

    return wait.until("the end of the session", ended, seconds)


class World:
    """The server with its two clients."""

    def __init__(self):
        self.server = Server()
        self.hotel = Client(self.server, "hotel", HOTEL)
        self.friend = Client(self.server, "friend", FRIEND)

    def stop(self):
        for space in (self.hotel, self.friend, self.server):
            space.stop()


NFTABLES = 'backend nftables table "inet filter" set "imap_allowed" ' \
    'set6 "imap_allowed6"'
PF = "backend pf table <imap_allowed>"

# What an operator's own rules look like: let in what was there before, and
# all new sessions.  imapgate's must hold before these.
USERS_RULES = """
table inet users {
	chain input {
		type filter hook input priority 0; policy accept;
		ct state established,related accept
	}
}
"""


class Gate:
    """One postern.conf with a state folder, run in the server's place.

    wrapper: words before each program, as Pf.wrapper.
    """

    def __init__(self, base, name, server, backend=NFTABLES, block="",
                 wrapper=()):
        self.base, self.name, self.server = base, name, server
        self.wrapper = tuple(wrapper)
        self.home = base / name
        self.home.mkdir()
        self.home.chmod(0o755)
        self.state = self.home / "state"
        self.leases = self.state / "imapgate" / "leases"
        self.conf = self.home / "postern.conf"
        self.daemon = None
        self.write(backend, block)

    def write(self, backend=NFTABLES, block="", top=""):
        self.conf.write_text(
            f'state "{self.state}"\n{top}\n'
            f"imapgate {{\n\t{backend}\n{block}\n}}\n")
        self.conf.chmod(0o644)

    def run(self, *words, program="imapgate", wrapper=(), env=None, **more):
        """env: variables more than, or (None) fewer than, those of here."""
        words = (*self.environment(env or {}), *self.wrapper, *wrapper,
                 daemon.BUILD / program, "-f", self.conf, *words)
        with self.server.inside():
            return text(daemon.command(
                self.base, "/usr/bin/env", *words, **more))

    def environment(self, env):
        """Words for env(1): no SSH session of the tester's shines in."""
        for name in ("SSH_CONNECTION", "SUDO_USER", "DOAS_USER"):
            yield from ("-u", name)
        for name, value in env.items():
            yield from ("-u", name) if value is None else (f"{name}={value}",)

    def good(self, *words, **more):
        """The same, which must succeed; returns its standard output."""
        done = self.run(*words, **more)
        assert done.returncode == 0, done
        return done.stdout

    def popen(self, *words, killed=False, **more):
        """killed: it will be, perhaps while its leaks are looked for."""
        env = {**os.environ, **daemon.sanitizer_env(self.base)}
        if killed:
            env["ASAN_OPTIONS"] += ":detect_leaks=0"
        with self.server.inside():
            return subprocess.Popen(
                [*self.wrapper, daemon.BUILD / "imapgate", "-f", self.conf,
                 *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, cwd="/", env=env, **more)

    def load(self, more=USERS_RULES):
        """The operator's rules, and those that `imapgate rules` prints."""
        self.server.nft(text="flush ruleset\n" + more + self.good("rules"))

    def list(self):
        return json.loads(self.good("list", "-j"))

    def open_prefixes(self):
        return sorted(x["prefix"] for x in self.list()
                      if x["state"] != "expired")

    def in_firewall(self):
        return sorted(self.server.elements("imap_allowed")
                      + self.server.elements("imap_allowed6"))

    def lines(self):
        return self.leases.read_text().splitlines()

    def edit(self, change):
        """Rewrite the lease file by hand: change is of its text."""
        self.leases.write_text(change(self.leases.read_text()))

    def serve(self):
        with self.server.inside():
            self.daemon = daemon.Daemon(
                self.base, "imapgate", self.conf, f"{self.name}-serve",
                wrapper=self.wrapper, flags=("serve", "-d")).must_be_ready()
        return self.daemon

    def stop(self):
        """What went wrong with the daemon."""
        if self.daemon is None or self.daemon.stopped:
            return []
        wrong = self.daemon.complaints()
        if self.daemon.alive() and self.daemon.stop() != 0:
            wrong.append(f"{self.name}: serve ended badly:\n"
                         + self.daemon.said())
        return wrong


def overlaid(folders, more="true"):
    """Words before a program that shall see files of ours among the machine's.

    folders: what it shall see -> the folder whose files are laid over it.
    more: shell commands to run before.
    """
    mounts = [f"mount -t overlay -o lowerdir={upper}:{lower} lab {lower}"
              for lower, upper in folders.items()]
    return ["unshare", "--mount", "--propagation", "private", "sh", "-ec",
            " && ".join([*mounts, more]) + ' && exec "$@"', "overlaid"]


def text(done):
    """A finished command, its output as text."""
    done.stdout = done.stdout.decode("utf-8", "surrogateescape")
    done.stderr = done.stderr.decode("utf-8", "surrogateescape")
    return done
