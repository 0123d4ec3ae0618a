# SPDX-License-Identifier: ISC
"""WebSockets (RFC 6455), as little as an echo needs, on both sides."""

import base64
import hashlib
import os

MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE = 1, 8


def accept_of(key):
    return base64.b64encode(hashlib.sha1(key.encode() + MAGIC).digest()) \
        .decode()


def handshake(target, host, key, *fields):
    """The client's request."""
    return ("\r\n".join([
        f"GET {target} HTTP/1.1", f"Host: {host}", "Upgrade: websocket",
        "Connection: Upgrade", f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13", *fields]) + "\r\n\r\n").encode()


def new_key():
    return base64.b64encode(os.urandom(16)).decode()


def frame(data, op=TEXT, mask=False):
    size = bytes([len(data)]) if len(data) < 126 else \
        b"\x7e" + len(data).to_bytes(2, "big")
    if not mask:
        return bytes([0x80 | op]) + size + data
    key = os.urandom(4)
    return (bytes([0x80 | op, size[0] | 0x80]) + size[1:] + key
            + bytes(b ^ key[n % 4] for n, b in enumerate(data)))


def read_frame(side):
    """From anything with read(n): (op, data)."""
    first, size = side.read(2)
    masked, size = size & 0x80, size & 0x7f
    if size == 126:
        size = int.from_bytes(side.read(2), "big")
    key = side.read(4) if masked else b"\0\0\0\0"
    data = side.read(size)
    return first & 15, bytes(b ^ key[n % 4] for n, b in enumerate(data))


def switch(c, head):
    """The server's answer to that head."""
    from .origin import fields
    key = fields(head)["sec-websocket-key"]
    c.send(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
           b"Connection: Upgrade\r\nSec-WebSocket-Accept: "
           + accept_of(key).encode() + b"\r\n\r\n")


def echo(c):
    """A script of an origin: an echo until the client closes."""
    switch(c, c.head())
    while True:
        op, data = read_frame(c)
        c.send(frame(data, op))
        if op == CLOSE:
            return


class Socket:
    """The client's side, on an http.Client."""

    def __init__(self, client, target="/ws", host="www.example.org"):
        self.client = client
        key = new_key()
        self.answer = client.ask(handshake(target, host, key))
        assert self.answer.status == 101, self.answer
        assert self.answer["sec-websocket-accept"] == accept_of(key)
        assert self.answer["upgrade"].lower() == "websocket"
        assert self.answer["connection"].lower() == "upgrade"

    def say(self, text):
        """Send it and wait for its echo."""
        self.client.send(frame(text, mask=True))
        op, data = read_frame(self.client)
        assert (op, data) == (TEXT, text)

    def close(self):
        self.client.send(frame(b"", CLOSE, mask=True))
        assert read_frame(self.client)[0] == CLOSE

    def end(self):
        """The same, and the connection's end by both."""
        self.close()
        assert self.client.at_end()
        self.client.close()
