# SPDX-License-Identifier: ISC
"""The lab's DNS: authoritative NSDs, an unbound in front, mute servers."""

import socket
import threading

import dns.exception
import dns.flags
import dns.message
import dns.query
import dns.reversename

from . import wait, zones
from .server import Server

PORT = 53	# of our own network


class Mute:
    """A DNS server's address that swallows every question."""

    def __init__(self, address, port=PORT):
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind((address, port))

    def asked(self):
        """How many questions came since the last time."""
        n = 0
        while True:
            try:
                self.udp.recv(65535, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return n
            n += 1

    def stop(self):
        self.udp.close()


class Slow:
    """A DNS server's address that answers as another does, but later."""

    def __init__(self, address, behind, seconds):
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind((address, PORT))
        self.behind = behind
        self.seconds = seconds
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            question, asker = self.udp.recvfrom(65535)
            timer = threading.Timer(self.seconds, self.answer,
                                    (question, asker))
            timer.daemon = True
            timer.start()

    def answer(self, question, asker):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.settimeout(60)
            s.sendto(question, (self.behind, PORT))
            self.udp.sendto(s.recv(65535), asker)


def answers(server, name="example.org.", kind="SOA"):
    """Whether something answers at that address."""
    try:
        return dns.query.udp(dns.message.make_query(name, kind), server,
                             timeout=0.1, port=PORT)
    except (dns.exception.Timeout, OSError):
        return None


def start_nsd(base, name, address, zonefiles, more=()):
    """An authoritative server at that address, and at more of them."""
    home = base / name
    home.mkdir()
    conf = "server:\n"
    for one in (address, *more):
        conf += f"\tip-address: {one}@{PORT}\n"
    conf += f"""	server-count: 1
	username: ""
	chroot: ""
	zonesdir: "{home}"
	database: ""
	pidfile: "{home}/nsd.pid"
	xfrdfile: "{home}/xfrd.state"
	zonelistfile: "{home}/zone.list"
	xfrdir: "{home}"
	rrl-ratelimit: 0
	round-robin: no
remote-control:
	control-enable: no
"""
    for n, (zone, text) in enumerate(zonefiles.items()):
        conf += f'zone:\n\tname: "{zone}"\n\tzonefile: "{n}.zone"\n'
        if text is not None:
            (home / f"{n}.zone").write_text(text)
    (home / "nsd.conf").write_text(conf)
    server = Server(name, ["nsd", "-d", "-c", home / "nsd.conf"],
                    base / "log" / f"{name}.log")
    wait.until(lambda: f"{name}:\n{server.said()}",
               lambda: answers(address))
    return server


def start_unbound(base, name, address, stubs):
    """A recursor that knows where to ask about each zone of the lab."""
    home = base / name
    home.mkdir(exist_ok=True)
    conf = f"""server:
	interface: {address}@{PORT}
	access-control: 0.0.0.0/0 allow
	do-daemonize: no
	username: ""
	chroot: ""
	directory: "{home}"
	pidfile: ""
	use-syslog: no
	logfile: ""
	module-config: "iterator"
	do-not-query-localhost: no
	unblock-lan-zones: yes
	outgoing-range: 4096
	num-queries-per-thread: 4096
	so-rcvbuf: 0
	so-sndbuf: 0
	local-zone: "127.in-addr.arpa." nodefault
	local-zone: "2.0.192.in-addr.arpa." nodefault
	local-zone: "100.51.198.in-addr.arpa." nodefault
	local-zone: "113.0.203.in-addr.arpa." nodefault
	local-zone: "8.b.d.0.1.0.0.2.ip6.arpa." nodefault
remote-control:
	control-enable: no
"""
    for zone, server in stubs.items():
        conf += (f'stub-zone:\n\tname: "{zone}"\n'
                 f'\tstub-addr: {server}@{PORT}\n')
    (home / "unbound.conf").write_text(conf)
    server = Server(name, ["unbound", "-d", "-p", "-c",
                           home / "unbound.conf"],
                    base / "log" / f"{name}.log")
    wait.until(lambda: f"{name}:\n{server.said()}",
               lambda: answers(address))
    return server


class Dns:
    """All of it, for one lab."""

    def __init__(self, base):
        self.base = base
        self.mute = Mute(zones.MUTE)
        self.watched = Mute(zones.WATCHED)
        self.slow = Slow(zones.SLOW, zones.NSD, 0.9)
        self.silent = [Mute(server) for server in
                       (*zones.SILENT.values(), *zones.SILENT_NAME.values())]
        self.servers = [
            start_nsd(base, "nsd", zones.NSD, zones.zone_files()),
            start_nsd(base, "nsd-refuses", zones.NSD_REFUSES,
                      {"elsewhere.test.": None}),
            start_nsd(base, "nsd-lame", zones.NSD_LAME,
                      {".": zones.UPWARDS}),
            start_unbound(base, "unbound", zones.RECURSOR, zones.stubs()),
        ]

    def recursor(self, name, address):
        """One more, at another address; the caller stops it."""
        return start_unbound(self.base, name, address, zones.stubs())

    def validator(self, anchor):
        """An unbound at 127.0.0.82 that recurses from the private root."""
        home = self.base / "unbound-root"
        home.mkdir()
        (home / "unbound.conf").write_text(f"""server:
	interface: 127.0.0.82@{PORT}
	do-daemonize: no
	username: ""
	chroot: ""
	directory: "{home}"
	pidfile: ""
	use-syslog: no
	trust-anchor: "{anchor}"
remote-control:
	control-enable: no
""")
        server = Server("unbound-root", ["unbound", "-d", "-p", "-c",
                                         home / "unbound.conf"],
                        self.base / "log" / "unbound-root.log")
        wait.until(lambda: "unbound-root:\n" + server.said(),
                   lambda: answers("127.0.0.82"))
        return server

    def ask(self, name, kind, server=zones.RECURSOR, seconds=60):
        """The answer to one question, by TCP when it must be."""
        question = dns.message.make_query(name, kind)
        question.flags |= dns.flags.AD
        return dns.query.udp_with_fallback(question, server, timeout=seconds,
                                           port=PORT)

    def ask_ptr(self, address, **more):
        return self.ask(dns.reversename.from_address(address), "PTR", **more)

    def stop(self):
        for server in reversed(self.servers):
            server.kill()
        for mute in (self.mute, self.watched, *self.silent):
            mute.stop()
