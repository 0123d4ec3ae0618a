# SPDX-License-Identifier: ISC
"""An SMTP client that says exactly what it is told, from any address."""

import base64
import socket
import ssl

from . import netns

SERVER4 = "192.0.2.1"
SERVER6 = "2001:db8::1"


class Reply:
    """One reply of the server, of one or more lines."""

    def __init__(self, lines):
        self.lines = [x.decode("utf-8", "surrogateescape") for x in lines]
        self.code = int(self.lines[0][:3])
        self.text = "\n".join(x[4:] for x in self.lines)

    @property
    def enhanced(self):
        return self.text.split(" ", 1)[0]

    def __repr__(self):
        return "\n".join(self.lines)


class Closed(AssertionError):
    """The server ended the connection where a reply was due."""


class Client:
    """One connection.  Every command returns the Reply to it."""

    def __init__(self, source, port, server=None, proxy=None, seconds=60):
        v6 = ":" in source
        server = server or (SERVER6 if v6 else SERVER4)
        self.socket = socket.socket(
            socket.AF_INET6 if v6 else socket.AF_INET, socket.SOCK_STREAM)
        self.socket.settimeout(seconds)
        self.socket.bind((source, 0))
        self.socket.connect((server, port))
        self.source_port = self.socket.getsockname()[1]
        self.file = self.socket.makefile("rb")
        if proxy is not None:
            self.send(proxy)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.drop()

    def send(self, data):
        self.socket.sendall(data)

    def reply(self):
        lines = []
        while True:
            line = self.file.readline()
            if not line.endswith(b"\n"):
                raise Closed(f"closed after {lines + [line]}")
            lines.append(line.rstrip(b"\r\n"))
            if line[3:4] != b"-":
                return Reply(lines)

    def command(self, line):
        if isinstance(line, str):
            line = line.encode("utf-8", "surrogateescape")
        self.send(line + b"\r\n")
        return self.reply()

    def banner(self):
        return self.reply()

    def ehlo(self, name="client.example.net"):
        return self.command(b"EHLO " + (name if isinstance(name, bytes)
                                        else name.encode()))

    def hello(self, name="client.example.net"):
        """Banner and EHLO, both of which must be good."""
        for reply in (self.banner(), self.ehlo(name)):
            assert reply.code in (220, 250), reply
        return reply

    def mail(self, sender="sender@example.net"):
        return self.command(f"MAIL FROM:<{sender}>")

    def rcpt(self, recipient):
        return self.command(f"RCPT TO:<{recipient}>")

    def data(self, message):
        """DATA and the message, whose lines end in \\n or \\r\\n."""
        reply = self.command("DATA")
        if reply.code != 354:
            return reply
        self.send(wire(message) + b".\r\n")
        return self.reply()

    def starttls(self):
        reply = self.command("STARTTLS")
        assert reply.code == 220, reply
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        self.file.close()
        self.socket = context.wrap_socket(self.socket,
                                          server_hostname=netns.HOST)
        self.file = self.socket.makefile("rb")

    def auth(self, user="user", password="secret"):
        plain = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        return self.command("AUTH PLAIN " + plain)

    def quit(self):
        reply = self.command("QUIT")
        self.drop()
        return reply

    def drop(self):
        """Hang up, as one whose line was cut."""
        self.file.close()
        self.socket.close()


def wire(message):
    """A message as DATA wants it: CRLF, leading dots doubled."""
    if isinstance(message, str):
        message = message.encode("utf-8", "surrogateescape")
    lines = message.replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")
    return b"".join((b"." + x if x.startswith(b".") else x) + b"\r\n"
                    for x in lines)


MESSAGE = "From: <sender@example.net>\nSubject: test\n\nHello.\n"


def deliver(client, box, message=MESSAGE, sender="sender@example.net"):
    """One whole message on a connection that has said hello."""
    assert client.mail(sender).code == 250
    reply = client.rcpt(f"{box}@example.org")
    assert reply.code == 250, reply
    reply = client.data(message)
    assert reply.code == 250, reply
    return reply
