# SPDX-License-Identifier: ISC
"""DNS servers that misbehave on purpose, for DNS lists."""

import collections
import contextlib
import socket
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

from .dns import PORT


class Moody:
    """A DNS list's server that changes its mind: set mood to one of

    good	has the test entries (RFC 5782, 5) and the addresses listed
    servfail	fails
    mute	does not answer
    blocked	replies to all that they are not welcome
    everything	lists the world
    """

    def __init__(self, address, zone, listed=(), delay=0.0):
        self.zone = zone
        self.delay = delay	# seconds before each answer
        self.mood = "good"
        self.asked = 0
        self.questions = collections.Counter()	# (name, type)
        names = ["2.0.0.127"] + [".".join(reversed(a.split(".")))
                                 for a in listed]
        self.names = {f"{name}.{zone}" for name in names}
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind((address, PORT))
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            wire, asker = self.udp.recvfrom(65535)
            if not wire:
                return
            self.asked += 1
            if self.mood == "mute":
                continue
            timer = threading.Timer(self.delay, self.send,
                                    (self.answer(wire), asker))
            timer.daemon = True
            timer.start()

    def send(self, wire, asker):
        with contextlib.suppress(OSError):	# we may have stopped meanwhile
            self.udp.sendto(wire, asker)

    def answer(self, wire):
        question = dns.message.from_wire(wire)
        reply = dns.message.make_response(question)
        reply.flags |= dns.flags.AA
        asked = question.question[0]
        name = asked.name.to_text().lower()
        self.questions[name, asked.rdtype] += 1
        soa = dns.rrset.from_text(
            self.zone, 1, "IN", "SOA",
            "ns.example.org. hostmaster.example.org. 1 1 1 1 1")
        if self.mood == "servfail":
            reply.set_rcode(dns.rcode.SERVFAIL)
        elif asked.rdtype == 1 and self.mood == "blocked":
            reply.answer.append(dns.rrset.from_text(
                asked.name, 1, "IN", "A", "127.255.255.254"))
        elif asked.rdtype == 1 and (name in self.names
                                    or self.mood == "everything"):
            reply.answer.append(dns.rrset.from_text(
                asked.name, 1, "IN", "A", "127.0.0.2"))
        elif name == self.zone:
            reply.authority.append(soa)
        else:
            reply.set_rcode(dns.rcode.NXDOMAIN)
            reply.authority.append(soa)
        return reply.to_wire()

    def stop(self):
        """The address is free for another one then."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.sendto(b"", self.udp.getsockname())
        self.thread.join()
        self.udp.close()


class Rewriter:
    """A resolver's address that says what another does, but for a name that
    does not exist: there it has an address to offer."""

    def __init__(self, address, behind, offer):
        self.behind = behind
        self.offer = offer
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind((address, PORT))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                wire, asker = self.udp.recvfrom(65535)
            except OSError:
                return
            threading.Thread(target=self.relay, args=(wire, asker),
                             daemon=True).start()

    def relay(self, wire, asker):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.settimeout(60)
            s.sendto(wire, (self.behind, PORT))
            reply = dns.message.from_wire(s.recv(65535))
        asked = reply.question[0]
        if reply.rcode() == dns.rcode.NXDOMAIN and asked.rdtype == 1:
            reply.set_rcode(dns.rcode.NOERROR)
            reply.authority = []
            reply.answer = [dns.rrset.from_text(asked.name, 60, "IN", "A",
                                                self.offer)]
        with contextlib.suppress(OSError):	# we may have stopped meanwhile
            self.udp.sendto(reply.to_wire(), asker)

    def stop(self):
        self.udp.close()
