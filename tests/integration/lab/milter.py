# SPDX-License-Identifier: ISC
"""The milter protocol as a mail server speaks it, for what Postfix never
sends."""

import socket
import struct

VERSION = 6
ALL_ACTIONS = 0x1ff
ALL_STEPS = 0x1fffff

# Steps that a filter may leave out or not answer: bits of the negotiation.
LEFT_OUT = {"C": 0x1, "H": 0x2, "M": 0x4, "R": 0x8}
NO_REPLY = {"C": 0x1000, "H": 0x2000, "M": 0x4000, "R": 0x8000}


class Milter:
    """One session with a filter at a Unix socket."""

    def __init__(self, path, seconds=60):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(seconds)
        self.socket.connect(str(path))
        self.file = self.socket.makefile("rb")
        self.steps = 0

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.file.close()
        self.socket.close()

    def send(self, command, data=b""):
        self.socket.sendall(struct.pack("!I", len(data) + 1)
                            + command.encode() + data)

    def read(self):
        """One packet of the filter: its letter and what follows."""
        head = self.file.read(4)
        if len(head) < 4:
            return "", b""
        packet = self.file.read(struct.unpack("!I", head)[0])
        return chr(packet[0]), packet[1:]

    def negotiate(self):
        self.send("O", struct.pack("!III", VERSION, ALL_ACTIONS, ALL_STEPS))
        letter, data = self.read()
        assert letter == "O", (letter, data)
        _, _, self.steps = struct.unpack("!III", data[:12])

    def step(self, command, data):
        """Send one event.  The answer, or None where none is due; ("", b"")
        when the filter has hung up."""
        if self.steps & LEFT_OUT[command]:
            return None
        try:
            self.send(command, data)
            return None if self.steps & NO_REPLY[command] else self.read()
        except ConnectionError:
            return "", b""

    def connect(self, family, address, port=4711, host="client"):
        data = host.encode() + b"\0" + family.encode()
        if family != "U":
            data += struct.pack("!H", port) + address.encode() + b"\0"
        return self.step("C", data)

    def to_rcpt(self, family, address, rcpt="<someone@example.org>"):
        """A session up to the answer to its recipient."""
        self.negotiate()
        self.connect(family, address)
        self.step("H", b"client.example.net\0")
        self.step("M", b"<sender@example.net>\0")
        return self.step("R", rcpt.encode() + b"\0")
