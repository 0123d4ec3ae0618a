# SPDX-License-Identifier: ISC
"""A client that sends exactly these bytes, and reads answers strictly."""

import socket
import ssl
import struct

SECONDS = 40
SITE = "www.example.org"


class Truncated(AssertionError):
    """The stream ended before the answer was whole."""


class Answer:
    def __init__(self, head):
        self.head = head
        line, *rest = head.decode("latin-1").rstrip("\r\n").split("\r\n")
        self.version, status, self.reason = (line + " ").split(" ", 2)
        self.status = int(status)
        self.fields = []
        for field in rest:
            name, colon, value = field.partition(":")
            assert colon and name and name.strip() == name, head
            self.fields.append((name, value.strip()))
        self.body = b""
        self.trailers = b""
        self.chunks = 0
        self.framing = None

    def all(self, name):
        return [v for n, v in self.fields if n.lower() == name.lower()]

    def __getitem__(self, name):
        """The one value, or None."""
        values = self.all(name)
        assert len(values) < 2, f"{name} twice: {self.head!r}"
        return values[0] if values else None

    def __repr__(self):
        return f"<{self.head!r} {self.body[:200]!r}>"


class Client:
    """A connection, plain or (context) TLS.

    name: for SNI; None sends none.  source: our own address.
    """

    def __init__(self, port, context=None, name=SITE, source=None,
                 seconds=SECONDS, address="127.0.0.1"):
        self.buffer = b""
        self.ended = False
        self.broken = False	# ended by a reset, or TLS without its end
        self.socket = socket.create_connection(
            (address, port), seconds, source and (source, 0))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if context:
            try:
                self.socket = context.wrap_socket(
                    self.socket, server_hostname=name,
                    suppress_ragged_eofs=False)
            except BaseException:
                self.socket.close()
                raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def send(self, *pieces):
        """Each piece is a write (and with TLS a record) of its own."""
        for piece in pieces:
            self.socket.sendall(piece)
        return self

    def try_send(self, *pieces):
        """The same, to a peer that may have closed already."""
        try:
            self.send(*pieces)
        except (OSError, ssl.SSLError):
            pass
        return self

    def more(self):
        """False at the end of the stream."""
        if self.ended:
            return False
        try:
            data = self.socket.recv(1 << 16)
        except (ConnectionResetError, ssl.SSLEOFError, BrokenPipeError):
            self.broken = True
            data = b""
        if not data:
            self.ended = True
            return False
        self.buffer += data
        return True

    def heard(self, seconds):
        """Has anything come, or the end, within that time?"""
        if self.buffer or self.ended:
            return True
        was = self.socket.gettimeout()
        self.socket.settimeout(seconds)
        try:
            self.more()
            return True
        except TimeoutError:
            return False
        finally:
            self.socket.settimeout(was)

    def until(self, mark):
        while mark not in self.buffer:
            if not self.more():
                raise Truncated(f"no {mark!r} in {self.buffer[-500:]!r}")
        end = self.buffer.index(mark) + len(mark)
        found, self.buffer = self.buffer[:end], self.buffer[end:]
        return found

    def read(self, n):
        """In pieces: to copy a large body again and again makes us slow."""
        pieces, have, more = [], 0, True
        while more:
            pieces.append(self.buffer)
            have += len(self.buffer)
            self.buffer = b""
            more = have < n and self.more()
        whole = b"".join(pieces)
        if have < n:
            self.buffer = whole
            raise Truncated(f"{have} bytes of {n}")
        found, self.buffer = whole[:n], whole[n:]
        return found

    def rest(self):
        """Everything to the end of the stream."""
        while self.more():
            pass
        found, self.buffer = self.buffer, b""
        return found

    def head(self):
        return Answer(self.until(b"\r\n\r\n"))

    def answer(self, method="GET"):
        """The next whole answer; Truncated if it is not."""
        a = self.head()
        lengths = a.all("content-length")
        chunked = a.all("transfer-encoding")
        assert len(lengths) + len(chunked) < 2, a
        if (method == "HEAD" or a.status in (204, 304)
                or a.status // 100 == 1):
            a.framing = "none"
        elif chunked:
            assert chunked == ["chunked"], a
            a.framing = "chunked"
            self.read_chunks(a)
        elif lengths:
            a.framing = "length"
            a.body = self.read(int(lengths[0]))
        else:
            a.framing = "close"
            a.body = self.rest()
        return a

    def read_chunks(self, a):
        while True:
            size = int(self.until(b"\r\n"), 16)
            if size == 0:
                break
            a.chunks += 1
            a.body += self.read(size)
            assert self.read(2) == b"\r\n"
        while (line := self.until(b"\r\n")) != b"\r\n":
            a.trailers += line

    def ask(self, request, method=None):
        """Send a request, read its answer."""
        self.send(request)
        return self.answer(method or request.split(b" ", 1)[0].decode())

    def at_end(self):
        """Has the peer closed, with nothing more said?  Waits for it."""
        return not self.buffer and not self.more()

    def half_close(self):
        self.socket.shutdown(socket.SHUT_WR)

    def reset(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                               struct.pack("ii", 1, 0))
        self.socket.close()

    def close(self):
        self.socket.close()


def request(target="/", method="GET", host=SITE, *fields, body=None):
    """A request's bytes; a body gets its length."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", *fields]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + (body or b"")


def chunked(*pieces, trailers=b""):
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces if p) \
        + b"0\r\n" + trailers + b"\r\n"
